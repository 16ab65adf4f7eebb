"""Which part of a year a heading speaks of: '6T/năm 2022', 'Quý II', 'Tháng 5', 'KH 6T cuối năm', 'Cả năm'.

Headings leave out what the title says: without a year, they mean that of the sheet's period.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from etl.clean.periods import Period, find_period, months, quarter, up_to
from ntm.geo.names import clean_text

_YEAR = re.compile(r"(?<!\d)(20\d{2})(?!\d)")
_SPAN_OF_YEARS = re.compile(r"20\d{2}\s*[-–]\s*(?:20)?\d{2}(?!\d)|giai đoạn|trung hạn|từ đầu chương trình", re.I)
_FULL_DATE = re.compile(
    r"\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*20\d{2}|ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+20", re.I
)
# From the most to the least exact; the first that fits wins. '6T/năm' of a template means the one or the other: the
# year up to the cut-off.
_FORMS: tuple[tuple[str, Callable[[re.Match[str], int, Period], Period | None]], ...] = (
    (r"\d{1,2}\s*(?:tháng|T)\s*/\s*năm", lambda m, year, cut_off: _until(year, cut_off)),
    (r"(?<![\d/.])(\d{1,2})\s*[/.]\s*(\d{1,2})(?![\d/.])", lambda m, year, _: up_to(year, m[2], m[1])),
    (r"(?<!\d)(\d{1,2})\s*(?:tháng|T)\s*cuối", lambda m, year, _: months(year, 13 - int(m[1]), 12)),
    (r"(?<!\d)(\d{1,2})\s*(?:tháng|T)(?![^\W_])", lambda m, year, _: months(year, 1, int(m[1]))),
    (r"(?:\bquý\s*|\bQ)(iv|i{1,3}|[1-4])\b", lambda m, year, _: quarter(year, m[1])),
    (r"(?:\btháng|\bT)\W*(\d{1,2})(?!\d)", lambda m, year, _: months(year, int(m[1]), int(m[1]))),
    (r"cuối năm", lambda m, year, cut_off: _rest(year, cut_off)),
    (r"cả năm|\bnăm\b", lambda m, year, _: months(year, 1, 12)),
)
_COMPILED = tuple((re.compile(pattern, re.I), build) for pattern, build in _FORMS)


def spans_years(text: str) -> bool:
    """Tell whether a heading speaks of several years together ('2021-2025', 'từ đầu chương trình')."""
    return bool(_SPAN_OF_YEARS.search(clean_text(text)))


def part_of_year(text: str, cut_off: Period) -> Period | None:
    """Return the days that a heading speaks of, None when it names none.

    A date alone reaches from the year's first day to it. `cut_off` is the sheet's period: it gives the year that the
    heading leaves out ('năm trước' is the one before it).
    """
    stated = clean_text(text)
    if _FULL_DATE.search(stated):
        return find_period(stated)
    years = {int(year) for year in _YEAR.findall(stated)}
    if len(years) > 1:
        return None
    default = cut_off.end.year - ("năm trước" in stated.casefold())
    year = next(iter(years), default)
    without_year = re.sub(r"[/.-]?\s*(?<!\d)20\d{2}(?!\d)", " ", stated)
    for pattern, build in _COMPILED:
        if (match := pattern.search(without_year)) and (period := build(match, year, cut_off)):
            return period
    return months(year, 1, 12) if years else None


def _until(year: int, cut_off: Period) -> Period:
    return Period(date(year, 1, 1), min(max(cut_off.end, date(year, 1, 1)), date(year, 12, 31)))


def _rest(year: int, cut_off: Period) -> Period | None:
    """Return the months of a year after those that the sheet reports; none when it reports to the year's end."""
    first = cut_off.end.month + 1
    return months(year, first, 12) if cut_off.end.year == year and first <= 12 else None
