"""Units × reports to submission: in each cell the day that a report came. Due dates stand in headings or in a row."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from etl.clean.periods import find_day, find_period, read_date
from etl.clean.vocabulary import contains, vocabulary
from etl.context import SheetContext
from etl.facts.records import unit_of
from etl.facts.row_units import match_district
from etl.facts.submission import Report, add_submission
from etl.read.header import Heading
from etl.read.rows import GROUP, ITEM, Row
from ntm.geo.names import KINDS, unit_name_key
from ntm.geo.units import Unit

_DUE = re.compile(r"\s*[(,;-]?\s*(?:thời\s+)?hạn(?:\s+(?:nộp|gửi))?\s*[:.]?\s*(.*?)\)?\s*$", re.I)
Reports = Mapping[int, Report]
"""Report by column."""


def read(context: SheetContext) -> None:
    """Read one table. A row 'Hạn nộp' holds the due dates of the reports above the units.

    A district without a single report is one that sent none, unless its communes follow: then it heads them.
    """
    reports: Reports = {column.column: _report(context, column) for column in context.recognised.columns["report"]}
    own = context.unit if context.unit.level == "district" else None
    district = own
    rows = context.rows("unit")
    for place, row in enumerate(rows):
        if contains(row.name, vocabulary("due_rules")["due"]):
            reports = _with_due_dates(context, row.number, reports)
        elif row.kind in (ITEM, GROUP) and not _heads_communes(context, rows[place:], reports):
            _read_unit(context, row.number, district, reports)
            continue
        elif row.kind == GROUP:
            district = match_district(context, row.number, row.name, "unit") or own
        context.accept(row.number)


def _read_unit(context: SheetContext, row: int, district: Unit | None, reports: Reports) -> None:
    unit = unit_of(context, row, district)
    if unit is None:
        return
    context.accept(row)
    for column, report in reports.items():
        if not context.report_fault(row, column):
            add_submission(context, row, column, unit, report)


def _heads_communes(context: SheetContext, rows: Sequence[Row], reports: Reports) -> bool:
    """Tell whether the first of some rows is a heading: a district without reports before rows that are none."""
    first, *following = rows
    is_empty = not any(context.grid.text(first.number, column) for column in reports)
    is_next_commune = bool(following) and following[0].kind == ITEM and not _is_district(following[0])
    return first.kind == GROUP and is_empty and (is_next_commune or not _is_district(first))


def _is_district(row: Row) -> bool:
    return unit_name_key(row.name)[0] in KINDS["district"]


def _report(context: SheetContext, heading: Heading) -> Report:
    """Return the report of a column: 'Báo cáo tháng 5/2022 (hạn 25/5/2022)'; its own period goes before the sheet's."""
    text = heading.path[-1]
    due = _DUE.search(text)
    name = text[: due.start()] if due else text
    period = find_period(name) or context.period
    return Report(name.strip(), period.end, find_day(due[1]) if due else None)


def _with_due_dates(context: SheetContext, row: int, reports: Reports) -> Reports:
    grid = context.grid
    due = {column: read_date(grid.value(row, column)) or find_day(grid.text(row, column)) for column in reports}
    return {column: replace(report, due_date=due[column] or report.due_date) for column, report in reports.items()}
