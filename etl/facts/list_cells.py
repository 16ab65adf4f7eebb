"""What list forms share: the cells of a row as words, years, dates, numbers and decisions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from etl.clean.decisions import DATED, NO_NUMBER, Decision, read_decision
from etl.clean.numbers import is_ambiguous, read_share
from etl.clean.periods import find_day, find_period, read_date, read_year
from etl.clean.standards import read_standard
from etl.clean.states import read_state
from etl.clean.vocabulary import contains, vocabulary
from etl.context import SheetContext
from ntm.geo.names import text_key

_SPAN_OF_YEARS = re.compile(r"(?:giai đoạn\s*)?((?:19|20)\d{2})\s*[-–]\s*((?:19|20)\d{2})", re.I)


def standard_of(context: SheetContext, row: int) -> str | None:
    """Return the standard of an item, or set the row aside."""
    text = context.text(row, "standard")
    standard = read_standard(text)
    if standard is None:
        context.reject("WORD_UNKNOWN", row, "standard", found=text or "…")
    return standard


def word(context: SheetContext, row: int, role: str, words: Mapping[str, str]) -> str | None:
    """Return the meaning of a required cell, compared as a whole, or set the row aside."""
    text = context.text(row, role)
    meaning = words.get(text_key(text))
    if meaning is None:
        context.reject("WORD_UNKNOWN", row, role, found=text or "…")
    return meaning


def needed(context: SheetContext, row: int, role: str) -> str | None:
    """Return the text of a cell that a row cannot do without, or set the row aside."""
    text = context.text(row, role)
    if not text:
        heading = context.recognised.columns[role][0].text if role in context.recognised.columns else role
        context.reject("CELL_NEEDED", row, role, heading=heading)
    return text or None


def year(context: SheetContext, row: int, role: str) -> int | None:
    """Return the year of a cell; None when it states none. A span such as '2021-2025' is no year."""
    value = context.value(row, role)
    if isinstance(value, date):
        return value.year
    return read_year(context.text(row, role))


def result_year(context: SheetContext, row: int) -> tuple[int | None, str | None]:
    """Return (year, span) of the result; a span is no year, and what is neither is left empty and asked about."""
    found, text = year(context, row, "result_year"), context.text(row, "result_year")
    years = _SPAN_OF_YEARS.fullmatch(text)
    span = f"{years[1]}-{years[2]}" if years else None
    if span:
        context.report_role("RESULT_YEAR_SPAN", row, "result_year", found=span)
    elif found is None and text:
        context.report_role("RESULT_YEAR_UNREADABLE", row, "result_year", found=text)
    return found, span


def day_if_stated(context: SheetContext, row: int, role: str) -> date | None:
    """Return the day of a cell. One that does not exist ('31/11/2016') is left empty and asked about, never mended."""
    text = context.text(row, role)
    found = read_date(context.value(row, role)) or find_day(text)
    if found is None and text:
        context.report_role("DATE_INVALID", row, role, found=text)
    return found


def due_day(context: SheetContext, row: int, role: str, *, is_needed: bool = False) -> tuple[date | None, str | None]:
    """Return (day, rule) of a due date: the last day of the period that it names ('quý II/2022'), and its wording.

    The wording is kept where it says more than a day. One that recurs ('trước ngày 20 hằng tháng') names no day: none
    is made up. A day that does not exist is asked about; `is_needed` sets a row without a day aside.
    """
    text = context.text(row, role)
    plain = read_date(context.value(row, role))
    days = [found for match in DATED.finditer(text) if (found := find_day(match[0]))]
    is_recurring = contains(text, vocabulary("due_rules")["recurring"])
    invalid = None if plain or days or is_recurring else read_decision(text).invalid_date
    period = None if plain or invalid or is_recurring else find_period(text)
    found = plain or (None if is_recurring else max(days, default=period.end if period else None))
    if found is None and is_needed:
        context.reject("DATE_NEEDED", row, role, found=text or "…")
    elif invalid:
        context.report_role("DATE_INVALID", row, role, found=invalid)
    return found, None if plain else text or None


def decision_of(context: SheetContext, row: int, *, is_needed: bool = False) -> Decision:
    """Return number and date of a row's decision, from one cell or two.

    A date that does not exist is asked about; `is_needed` sets a row without a date aside.
    """
    cell = context.value(row, "decision_no")
    stated = read_decision(cell if isinstance(cell, date) else context.text(row, "decision_no"))
    own = read_decision(context.value(row, "decision_date"))
    day, invalid = own.day or stated.day, own.invalid_date or stated.invalid_date
    if day is None and (is_needed or invalid):
        is_of_number = "decision_date" not in context.recognised.columns or (invalid and not own.invalid_date)
        role = "decision_no" if is_of_number else "decision_date"
        if is_needed:
            context.reject("DATE_NEEDED", row, role, found=context.text(row, role) or "…")
        else:
            context.report_role("DATE_INVALID", row, role, found=invalid)
    number = stated.number or (own.number if own.day and "/" in (own.number or "") else None)
    return Decision(number or NO_NUMBER, day, invalid)


def number_if_stated(context: SheetContext, row: int, role: str) -> Decimal | None:
    """Return the number of a cell; what is none is left out and written down, its row is kept."""
    number = context.number(row, role)
    if number is None and context.text(row, role):
        is_double = is_ambiguous(context.value(row, role))
        context.report_role("NUMBER_AMBIGUOUS" if is_double else "NUMBER_UNREADABLE", row, role)
    return number


def count_if_stated(context: SheetContext, row: int, role: str) -> int | None:
    """Return a count as lists state it (17, '17/19'); what is none is left out and written down, its row is kept."""
    share = read_share(context.value(row, role))
    if share is None and context.text(row, role):
        context.report_role("NUMBER_UNREADABLE", row, role)
    return share.part if share else None


def state_of(context: SheetContext, row: int) -> tuple[str | None, date | None]:
    """Return (state of a task or remedy, the day told with it); unknown words are left out and asked about."""
    text = context.text(row, "state")
    state, day = read_state(text)
    if state is None and text:
        context.report_role("STATE_UNKNOWN", row, "state", found=text)
    return state, day
