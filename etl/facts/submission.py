"""List of reports due (nộp báo cáo) to submission: one fact for a unit, a report and a period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from etl.clean.periods import Period, find_day, find_period, read_date
from etl.clean.vocabulary import vocabulary
from etl.context import SheetContext
from etl.facts.list_cells import due_day, needed
from etl.facts.records import items, unit_of
from ntm.geo.units import Unit

RECEIVED, NOT_RECEIVED, NOT_DUE, UNKNOWN = "received", "not_received", "not_due", "unknown"


@dataclass(frozen=True)
class Report:
    """A report that is due: its name, the last day of its period, its due date or the words for it."""

    form: str
    period_end: date
    due_date: date | None = None
    due_rule: str | None = None


def read(context: SheetContext) -> None:
    """Read one list. A row whose period is not clear is set aside: its report would be one of another month."""
    for item in items(context, "unit"):
        row = item.row
        unit = unit_of(context, row, item.district)
        form = needed(context, row, "form") if unit else None
        period = _period(context, row) if form else None
        if unit is None or form is None or period is None:
            continue
        due_date, due_rule = due_day(context, row, "due_date")
        context.accept(row)
        column = context.column("received_date")
        add_submission(context, row, column, unit, Report(form, period.end, due_date, due_rule))


def add_submission(context: SheetContext, row: int, column: int, unit: Unit, report: Report) -> None:
    """Add what a cell tells of a report: the day it came, or that it did not; a report that is not due is no fact."""
    state, received_date = _received(context, row, column)
    if state == NOT_DUE:
        return
    context.reading.add(
        "submission",
        {
            "unit_code": unit.unit_code,
            "form": report.form,
            "period_end": report.period_end,
            "due_date": report.due_date,
            "due_rule": report.due_rule,
            "received_date": received_date,
            "state": state,
            **context.provenance(row, column if context.grid.text(row, column) else context.column("unit")),
        },
    )


def _received(context: SheetContext, row: int, column: int) -> tuple[str, date | None]:
    """Return (state, day). Empty is not received; a day that does not exist is neither mended nor taken for none."""
    value, text = context.grid.value(row, column), context.grid.text(row, column)
    if not text:
        return NOT_RECEIVED, None
    if day := read_date(value) or find_day(text):
        return RECEIVED, day
    words = {str(mark).casefold(): state for state, marks in vocabulary("submission_marks").items() for mark in marks}
    state = words.get(text.casefold())
    if state == RECEIVED:
        context.report("RECEIVED_WITHOUT_DATE", row, column, found=text)
    elif state is None:
        is_date = any(character.isdigit() for character in text)
        context.report("DATE_INVALID" if is_date else "RECEIVED_UNCLEAR", row, column, found=text)
    return state or UNKNOWN, None


def _period(context: SheetContext, row: int) -> Period | None:
    """Return the period of a row's own cell, else that of the sheet; None sets the row aside."""
    text = context.text(row, "period")
    if not text:
        return context.period
    day = read_date(context.value(row, "period"))
    period = Period(date(day.year, 1, 1), day) if day else find_period(text) or find_period(f"tháng {text}")
    if period is None:
        context.reject("REPORT_PERIOD_UNREADABLE", row, "period", found=text)
    return period
