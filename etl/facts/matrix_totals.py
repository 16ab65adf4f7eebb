"""What a matrix states beside its marks: the total of criteria met, the year in which a unit reached the standard.

Both are kept as stated, apart from what is counted. A year in such a column is no recognition: that is an event with a
decision (Thừa Thiên Huế, 2019: 57 communes had completed the criteria, 45 had a decision; programme forms, case 32).
"""

from __future__ import annotations

import re

from etl.clean.date_shares import recovered_share
from etl.clean.marks import planned_year
from etl.clean.numbers import Share, read_share
from etl.clean.periods import read_year
from etl.context import CriteriaSet, SheetContext
from etl.facts.criterion_cells import Subject
from etl.facts.stated import Stated, add_stated

_SPAN = re.compile(r"20\d{2}\s*[-–]\s*20\d{2}")
CRITERIA_MET, ACHIEVED_YEAR, PLANNED_YEAR = "criteria_met", "achieved_year", "planned_year"


def read_total(context: SheetContext, row: int, subject: Subject, criteria_set: CriteriaSet, counted: int) -> None:
    """Keep the total that a row states, and compare it with what was counted and with the number of the set."""
    column = context.recognised.column("stated_total")
    if column:
        add_total(context, row, column, subject, criteria_set, counted, context.table.heading(column).text)


def add_total(
    context: SheetContext,
    row: int,
    column: int,
    subject: Subject,
    criteria_set: CriteriaSet,
    counted: int,
    content: str,
) -> None:
    """Keep a stated total of criteria met under its wording, and say where it differs."""
    if context.report_fault(row, column):
        return
    written = context.grid.text(row, column)
    if not written:
        return
    whole = criteria_set.total
    share = _share(context, row, column, whole)
    if share is None:
        context.report("TOTAL_UNREADABLE", row, column)
        return
    _add(context, row, column, subject, CRITERIA_MET, share.part, content)
    if share.whole is not None and whole is not None and share.whole != whole:
        context.report("TOTAL_OF_OTHER_SET", row, column, stated=written, total=whole)
    if share.part != counted:
        context.report("TOTAL_MISMATCH", row, column, stated=written, counted=counted)


def read_achieved_year(context: SheetContext, row: int, subject: Subject) -> None:
    """Keep the year of a column such as 'Năm đạt chuẩn/KH đạt chuẩn': reached, or planned when it lies ahead."""
    column = context.recognised.column("achieved_year")
    written = context.text(row, "achieved_year")
    if column is None or not written or context.fault(row, column):
        return
    if _SPAN.search(written):
        context.report("YEARS_NOT_ONE", row, column)
    elif planned := planned_year(context.value(row, "achieved_year"), subject.period_end):
        _add(context, row, column, subject, PLANNED_YEAR, planned, context.table.heading(column).text)
    elif year := read_year(written):
        _add(context, row, column, subject, ACHIEVED_YEAR, year, context.table.heading(column).text)


def _share(context: SheetContext, row: int, column: int, whole: int | None) -> Share | None:
    """Return the total of a cell; '12/19' may have become a date."""
    value, origin = context.grid.value(row, column), context.grid.origin(row, column)
    if origin not in context.grid.date_formats:
        return read_share(value)
    share = recovered_share(value, context.grid.date_formats[origin], whole)
    if share and share.whole:
        context.report("COUNT_FROM_DATE", row, column, typed=f"{share.part}/{share.whole}")
    return share


def _add(context: SheetContext, row: int, column: int, subject: Subject, metric: str, value: int, content: str) -> None:
    is_plan = metric == PLANNED_YEAR
    add_stated(
        context,
        Stated(
            unit_code=subject.unit.unit_code,
            period_end=subject.period_end,
            value_kind="plan" if is_plan else subject.value_kind,
            content=content,
            metric=metric,
            value=value,
            unit="tiêu chí" if metric == CRITERIA_MET else "năm",
            set_code=subject.set_code,
        ),
        row,
        column,
    )
