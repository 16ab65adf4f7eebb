"""Periods in Vietnamese office prose to first and last day. Dates are day/month/year, always."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from ntm.geo.names import clean_text


@dataclass(frozen=True, order=True)
class Period:
    """First and last day of a period; for a cut-off date, the first day is that of its year."""

    start: date
    end: date


_ROMAN_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_YEAR = r"(20\d{2})"
_DOCUMENT_DATE = re.compile(r"\d+/[\w-]*[^\W\d_][\w-]*\s+ngày\s+[\d/. -]+\d")
_SPAN_OF_YEARS = re.compile(r"20\d{2}\s*[-–]\s*20\d{2}")
_QUARTER = r"quý\s*(iv|i{1,3}|[1-4])(?:\s*năm|\s*[/.-])?\s*" + _YEAR
_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Period | None]], ...] = (
    (re.compile(r"\b(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*" + _YEAR), lambda m: _day(m[3], m[2], m[1])),
    (
        re.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+" + _YEAR, re.I),
        lambda m: _day(m[3], m[2], m[1]),
    ),
    (
        re.compile(r"(?:6\s*tháng\s*đầu\s*năm|6T)\s*(?:đầu năm)?[/ ]*" + _YEAR, re.I),
        lambda m: _months(m[1], 1, 6),
    ),
    (re.compile(r"9\s*tháng(?:\s*đầu)?(?:\s*năm)?\s*" + _YEAR, re.I), lambda m: _months(m[1], 1, 9)),
    (re.compile(_QUARTER, re.I), lambda m: _quarter(m[1], m[2])),
    (re.compile(r"\bQ([1-4])\s*[/.-]?\s*" + _YEAR, re.I), lambda m: _quarter(m[1], m[2])),
    (
        re.compile(r"(?:tháng\s*|\bT|(?<![\w/.-]))(\d{1,2})\s*[/.-]\s*" + _YEAR, re.I),
        lambda m: _month(m[2], m[1]),
    ),
    (re.compile(r"tháng\s*(\d{1,2})\s*năm\s*" + _YEAR, re.I), lambda m: _month(m[2], m[1])),
    (re.compile(r"(?<!\d)" + _YEAR + r"[_.-](\d{2})(?!\d)"), lambda m: _month(m[1], m[2])),
    (re.compile(r"năm\s*" + _YEAR + r"(?!\s*[-–]\s*20)", re.I), lambda m: _months(m[1], 1, 12)),
)


def find_period(text: str) -> Period | None:
    """Return the first period that a text states, or None.

    A span of years ('2021-2025') is not a period, nor is the date of a decision that the text cites.
    """
    stated = _SPAN_OF_YEARS.sub(" ", _DOCUMENT_DATE.sub(" ", clean_text(text)))
    for pattern, build in _FORMS:
        match = pattern.search(stated)
        if match and (period := build(match)):
            return period
    return None


def read_date(value: object) -> date | None:
    """Return the day of a cell: a date of the spreadsheet or day/month/year text; None when it is no existing day."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    match = re.fullmatch(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})", clean_text(value))
    if not match:
        return None
    try:
        return date(int(match[3]), int(match[2]), int(match[1]))
    except ValueError:
        return None


def _day(year: str, month: str, day: str) -> Period | None:
    try:
        return Period(date(int(year), 1, 1), date(int(year), int(month), int(day)))
    except ValueError:
        return None


def _month(year: str, month: str) -> Period | None:
    return _months(year, int(month), int(month)) if 1 <= int(month) <= 12 else None


def _quarter(quarter: str, year: str) -> Period:
    number = _ROMAN_QUARTERS.get(quarter.lower()) or int(quarter)
    return _months(year, 3 * number - 2, 3 * number)


def _months(year: str, first: int, last: int) -> Period:
    final_day = calendar.monthrange(int(year), last)[1]
    return Period(date(int(year), first, 1), date(int(year), last, final_day))
