"""Periods in Vietnamese office prose to first and last day. Dates are day/month/year, always."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ntm.geo.names import clean_text


@dataclass(frozen=True, order=True)
class Period:
    """First and last day of a period; for a cut-off date, the first day is that of its year."""

    start: date
    end: date


_YEAR = r"(20\d{2})(?!\d)"
_DATE = r"(?<!\d)(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*" + _YEAR
_DATE_IN_WORDS = r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+" + _YEAR
# What is not the period of the figures: the date of a decision that is cited, a date left blank in a signature, and
# the span of years of the programme.
_DOCUMENT_DATE = re.compile(
    r"(?:\d+|số[\s.…_]*|-)/[\w/-]*[^\W\d_][\w-]*"
    r"(?:\s+ngày\s+(?:\d+\s+tháng\s+\d+\s+năm\s+20\d{2}|[\d/. -]+\d)|\s+năm\s+20\d{2})",
    re.I,
)
_BLANK_DATE = re.compile(r"ngày(?:[\s\d.…_]*tháng[\s.…_]*|[\s.…_]*tháng[\s\d.…_]*)năm\s*20\d{2}", re.I)
_SPAN_OF_YEARS = re.compile(r"20\d{2}\s*(?:[-–—]|đến(?:\s+hết)?(?:\s+năm)?)\s*20\d{2}", re.I)
_WORDS = {"ba": 3, "sáu": 6, "chín": 9}
_ROMAN_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_YEAR_ALONE = re.compile(r"(?:năm\s*)?((?:19|20)\d{2})(?:\.0)?", re.I)
_SERIAL_DAY_ZERO = date(1899, 12, 30)
_SERIAL_DAYS = range(36526, 55154)  # 2000 to 2050

# From the most to the least exact; the first that fits wins.
_FORMS: tuple[tuple[str, Callable[[re.Match[str]], Period | None]], ...] = (
    (_DATE, lambda m: up_to(m[3], m[2], m[1])),
    (_DATE_IN_WORDS, lambda m: up_to(m[3], m[2], m[1])),
    (
        r"(?<!\d)(\d{1,2})\s*tháng\s*cuối\s*năm\s*" + _YEAR,
        lambda m: months(m[2], 13 - int(m[1]), 12),
    ),
    (
        r"(?<!\d)(\d{1,2})\s*(?:tháng|T)\s*(?:đầu)?\s*(?:năm\s*|[/.-]\s*)?" + _YEAR,
        lambda m: months(m[2], 1, int(m[1])),
    ),
    (
        r"\b(ba|sáu|chín)\s*tháng\s*(?:đầu)?\s*(?:năm\s*)?" + _YEAR,
        lambda m: months(m[2], 1, _WORDS[m[1].lower()]),
    ),
    (r"(?:quý|qúy|quí)\s*(iv|i{1,3}|[1-4])(?:\s*năm|\s*[/.-])?\s*" + _YEAR, lambda m: quarter(m[2], m[1])),
    (r"\bQ([1-4])\s*[/.-]?\s*" + _YEAR, lambda m: quarter(m[2], m[1])),
    (
        r"(?:tháng\s*|(?<![^\W_])T|(?<![\w/.-]))(\d{1,2})\s*[/.-]\s*" + _YEAR,
        lambda m: _month(m[2], m[1]),
    ),
    (r"tháng\s*(\d{1,2})\s*năm\s*" + _YEAR, lambda m: _month(m[2], m[1])),
    (r"(?<!\d)(20\d{2})[_.-](\d{2})(?!\d)", lambda m: _month(m[1], m[2])),
    (r"năm\s*" + _YEAR + r"(?!\s*[-–]\s*20)", lambda m: months(m[1], 1, 12)),
)
_LEADING_WORDS = re.compile(r"^(?:kỳ báo cáo|kỳ|thời điểm|thời gian|báo cáo|ngày|ước|số liệu)\s*:?\s*(?=\S)", re.I)
_COMPILED = tuple((re.compile(pattern, re.I), build) for pattern, build in _FORMS)


def find_period(text: str) -> Period | None:
    """Return the most exact period that a text states, or None.

    A span of years ('2021-2025') is not a period, nor is the date of a decision that the text cites, nor a date that
    was left blank ('ngày   tháng   năm 2022').
    """
    stated = clean_text(text)
    for other in (_DOCUMENT_DATE, _BLANK_DATE, _SPAN_OF_YEARS):
        stated = other.sub(" ", stated)
    for pattern, build in _COMPILED:
        match = pattern.search(stated)
        if match and (period := build(match)):
            return period
    return None


def find_cut_off(text: str) -> Period | None:
    """Return the period that ends where a text behind 'Số liệu đến' says, be it by the spreadsheet's day number."""
    if period := find_period(text):
        return period
    match = re.match(r"\W*(?:ngày\s*)?(\d{5})\b", text)
    day = read_date(int(match[1])) if match else None
    return Period(date(day.year, 1, 1), day) if day else None


def is_period(text: str) -> bool:
    """Tell whether a text says when and nothing else: '(Quý II năm 2022)', 'Kỳ báo cáo: 30/6/2022', '31/11/2016'."""
    stated = clean_text(text).strip(" ().,;")
    return any(
        pattern.fullmatch(words) for words in (stated, _LEADING_WORDS.sub("", stated)) for pattern, _ in _COMPILED
    )


def impossible_date(text: str) -> str | None:
    """Return the date of a text that is no day of the calendar, such as 31/11/2016; None when there is none."""
    stated = _DOCUMENT_DATE.sub(" ", clean_text(text))
    for pattern, build in _COMPILED[:2]:
        for match in pattern.finditer(stated):
            if build(match) is None:
                return match[0]
    return None


def find_day(text: str) -> date | None:
    """Return the first full date of a text such as '12/QĐ-UBND ngày 20/9/2020', or None."""
    for pattern, build in _COMPILED[:2]:
        match = pattern.search(clean_text(text))
        if match and (period := build(match)):
            return period.end
    return None


def read_date(value: object) -> date | None:
    """Return the day of a cell: a date or day number of the spreadsheet, or day/month/year text.

    None when it is no existing day.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int) and value in _SERIAL_DAYS:
        return _SERIAL_DAY_ZERO + timedelta(days=value)
    match = re.fullmatch(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})", clean_text(value))
    if not match:
        return None
    period = up_to(match[3], match[2], match[1])
    return period.end if period else None


def read_year(text: str) -> int | None:
    """Return the year of a text such as '2022' or 'năm 2022'; a span such as '2021-2025' is none."""
    match = _YEAR_ALONE.fullmatch(text)
    return int(match[1]) if match else None


def up_to(year: str | int, month: str, day: str) -> Period | None:
    """Return the days from 1 January to a day, None when there is no such day."""
    try:
        return Period(date(int(year), 1, 1), date(int(year), int(month), int(day)))
    except ValueError:
        return None


def _month(year: str, number: str) -> Period | None:
    return months(year, int(number), int(number))


def quarter(year: str | int, number: str) -> Period | None:
    """Return a quarter ('1' to '4', 'I' to 'IV') of a year."""
    place = _ROMAN_QUARTERS.get(number.lower()) or int(number)
    return months(year, 3 * place - 2, 3 * place)


def months(year: str | int, first: int, last: int) -> Period | None:
    """Return the days of some months of a year, None when there are no such months."""
    if not 1 <= first <= last <= 12:
        return None
    final_day = calendar.monthrange(int(year), last)[1]
    return Period(date(int(year), first, 1), date(int(year), last, final_day))
