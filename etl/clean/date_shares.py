"""Counts that a spreadsheet took for dates: '12/19' became 1 December 2019, '9/10' 9 October.

Excel reads what looks like day/month or month/year as a date, by the language of the computer, and stores no trace of
what was typed but the number format that it chose: 'd-mmm' for two numbers that can be a day and a month, 'mmm-yy'
where the second can only be a year (programme forms, case 38).
"""

from __future__ import annotations

import re
from datetime import date, datetime

from etl.clean.numbers import Share

_DAY_ZERO = date(1899, 12, 31)
# Excel counts a 29 February 1900 that never was.
_AFTER_LEAP_DAY = date(1900, 3, 1)
_LAST_SERIAL_YEAR = 1901
_HAS_DAY = re.compile(r"(?<![a-z])d{1,2}(?![a-z])", re.I)
_HAS_YEAR = re.compile(r"y", re.I)


def typed_shares(value: object, date_format: str) -> list[Share]:
    """Return what can have been typed where a cell of counts holds a date, as parts of wholes; the part is never more.

    A date of 1900 is a plain number that was given the format of a date.
    """
    day = value.date() if isinstance(value, datetime) else value
    if not isinstance(day, date):
        return []
    if day.year <= _LAST_SERIAL_YEAR:
        return [Share((day - _DAY_ZERO).days + (day >= _AFTER_LEAP_DAY), None)]
    found = []
    shows_day, shows_year = bool(_HAS_DAY.search(date_format)), bool(_HAS_YEAR.search(date_format))
    if not shows_year or shows_day:  # day and month, in one order or the other: the part is the smaller number
        found.append(Share(min(day.day, day.month), max(day.day, day.month)))
    if shows_year and day.day == 1 and day.month <= day.year % 100:
        found.append(Share(day.month, day.year % 100))
    return found


def recovered_share(value: object, date_format: str, whole: int | None) -> Share | None:
    """Return the share that was typed when only one is possible; `whole` is what the row says elsewhere, if it does."""
    found = typed_shares(value, date_format)
    if whole is not None and len(found) > 1:
        found = [share for share in found if share.whole == whole]
    return found[0] if len(found) == 1 else None
