"""Biểu 10: criteria and indicators of one unit in rows, periods in columns, to criterion_result and indicator_value."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from etl.clean.marks import MET, UNKNOWN, MarkReader, mark_reader
from etl.context import YES_OR_NO, CriteriaSet, Indicator, SheetContext
from etl.facts.criteria_columns import (
    RESULT,
    Judged,
    indicator_of,
    is_of_set,
    is_unlisted,
    number_of,
    part_of,
    report_missing,
)
from etl.facts.criteria_sets import find_criteria_set
from etl.facts.criterion_cells import (
    Blanks,
    Subject,
    Writing,
    add_criterion,
    add_indicator,
    read_figure,
    read_mark,
    writing_of,
)
from etl.facts.criterion_names import CONDITIONS, CriterionNames, Numbering, is_same_name
from etl.facts.criterion_remarks import RemarkColumns, remark_columns
from etl.facts.indicator_value import read_indicator
from etl.facts.matrix_totals import add_total
from etl.facts.period_columns import PeriodColumn, PeriodKey, period_columns, report_same_period
from etl.read.rows import ITEM, TOTAL, Row, read_body
from etl.read.title import read_legends

_NUMBER = re.compile(
    r"(?:tiêu chí|TC|chỉ tiêu|CT)?\s*(?:số)?\s*(\d{1,2}(?:[.,]\d{1,2})?|(?:ĐK|điều kiện)\s*\d?)\s*[.:)]?", re.I
)


@dataclass(frozen=True)
class _Group:
    """The columns of one period: its marks, its figures, or one column for either."""

    outcome: int | None
    result: int | None
    subject: Subject
    writings: Mapping[int, Writing]
    key: PeriodKey

    @property
    def mark(self) -> int | None:
        """The column where a criterion's mark stands."""
        return self.outcome or self.result

    @property
    def columns(self) -> tuple[int, ...]:
        return tuple(column for column in (self.outcome, self.result) if column)


@dataclass(frozen=True)
class _Line:
    """A row that is about a criterion, or about one of its indicators."""

    row: int
    criterion_no: str
    indicator: Indicator | None

    @property
    def code(self) -> str:
        return self.indicator.code if self.indicator else self.criterion_no


def read(context: SheetContext) -> None:
    """Read the criteria of the one unit that the head of the sheet names. Without a criteria set nothing is read."""
    body = read_body(context.table, context.column("content"), names_units=False).rows
    numbers = {number.partition(".")[0] for row in body if (number := _number(row.ordinal))}
    level = context.unit.level
    criteria_set = find_criteria_set(context, level, numbers, other_level="UNIT_OF_OTHER_LEVEL")
    groups = _groups(context, criteria_set, [row.number for row in body]) if criteria_set else []
    if criteria_set is None or not groups:
        return
    rows = context.rows("content", names_units=False)
    reader = mark_reader([], read_legends(context.table).general)
    lines = _lines(context, criteria_set, rows)
    remarks = remark_columns(context, [group.key for group in groups])
    for group in groups:
        met = _read_group(context, criteria_set, group, lines, reader, remarks[group.key])
        for row in rows:
            if row.kind == TOTAL and group.mark:
                add_total(context, row.number, group.mark, group.subject, criteria_set, met, row.name)
    report_missing(context, criteria_set, {line.criterion_no for line in lines})


def _groups(context: SheetContext, criteria_set: CriteriaSet, rows: Sequence[int]) -> list[_Group]:
    """Return the periods of the form; columns that mean the same twice are refused, those left blank mean nothing."""
    by_period: dict[PeriodKey, list[PeriodColumn]] = defaultdict(list)
    for column in period_columns(context, "judged"):
        by_period[column.key].append(column)
    groups = []
    for columns in by_period.values():
        results = [column.column for column in columns if part_of(column.heading) == RESULT]
        outcomes = [column.column for column in columns if column.column not in results]
        if len(results) > 1 or len(outcomes) > 1:
            report_same_period(context, columns)
            continue
        own = [column.column for column in columns]
        if not any(context.grid.text(row, column) or context.fault(row, column) for row in rows for column in own):
            continue
        first = columns[0]
        subject = Subject(context.unit, criteria_set.set_code, first.period_end, first.value_kind)
        writings = {column: writing_of(context, rows, column) for column in own}
        groups.append(_Group(next(iter(outcomes), None), next(iter(results), None), subject, writings, first.key))
    return groups


def _number(ordinal: str) -> str | None:
    match = _NUMBER.fullmatch(ordinal)
    return number_of(match[1]) if match else None


def _lines(context: SheetContext, criteria_set: CriteriaSet, rows: Sequence[Row]) -> list[_Line]:
    """Return the rows that are about criteria and indicators of the set; others are set aside."""
    names, numbering = CriterionNames(criteria_set), Numbering()
    lines: list[_Line] = []
    seen: dict[str, int] = {}
    for row in rows:
        if row.kind != ITEM:
            context.accept(row.number)
            continue
        line = _line(context, criteria_set, row, names, numbering)
        if line and line.code in seen:
            context.reject("CRITERION_ROW_TWICE", row.number, "content", number=line.code, first=seen[line.code])
        elif line:
            seen[line.code] = row.number
            lines.append(line)
            context.accept(row.number)
    return lines


def _line(
    context: SheetContext, criteria_set: CriteriaSet, row: Row, names: CriterionNames, numbering: Numbering
) -> _Line | None:
    """Return what a row is about, by its number, else by the criterion that it names; or set it aside."""
    number = _number(row.ordinal)
    if number:
        is_figure = isinstance(context.grid.value(row.number, context.table.ordinal_column), float)
        number = numbering.next(number, is_figure=is_figure)
    elif not row.ordinal:
        found, _ = names.find([row.name])
        number = found[0] if len(found) == 1 else None
    if number is None:
        context.reject("CRITERION_ROW_UNKNOWN", row.number, "content", name=row.name or row.ordinal)
        return None
    indicator = indicator_of(criteria_set, number)
    criterion = indicator.criterion_no if indicator else number
    if not is_of_set(criteria_set, criterion):
        context.reject("CRITERION_ROW_UNKNOWN", row.number, "content", name=f"{row.ordinal} {row.name}")
        return None
    if indicator and is_unlisted(criteria_set, indicator):
        context.report_role("INDICATOR_UNKNOWN", row.number, "content", code=indicator.code)
    if indicator and not indicator.unit:
        indicator = _described(context, row, indicator)
    known = criteria_set.criteria.get(criterion)
    if indicator is None and known and row.name and criterion != CONDITIONS and not is_same_name(row.name, known):
        other = names.of_other(row.name, criterion)
        values = {"number": criterion, "known": known, "name": row.name, "other": other}
        if other:
            context.reject("CRITERION_NAME_OF_OTHER", row.number, "content", **values)
            return None
        context.report_role("CRITERION_NAME_DIFFERS", row.number, "content", **values)
    return _Line(row.number, criterion, indicator)


def _described(context: SheetContext, row: Row, indicator: Indicator) -> Indicator:
    """Return an indicator that no list describes with the name and the unit that the form gives it."""
    unit = context.text(row.number, "measure")
    direction = YES_OR_NO if "đạt" in unit.casefold() else ">=" if unit else ""
    return Indicator(indicator.code, indicator.criterion_no, row.name, unit, direction)


def _read_group(
    context: SheetContext,
    criteria_set: CriteriaSet,
    group: _Group,
    lines: Sequence[_Line],
    reader: MarkReader,
    remarks: RemarkColumns,
) -> int:
    """Load one period and return how many criteria it meets."""
    blanks, unread, met = Blanks(), [], 0
    for line in lines:
        if line.indicator:
            remarks.leave(context, line.row, line.code)
            judged = Judged(line.criterion_no, line.indicator, group.outcome, group.result)
            read_indicator(context, line.row, group.subject, judged, group.writings, reader, blanks)
            continue
        outcome = _read_criterion(context, group, line, reader, blanks, remarks)
        met += outcome == MET and line.criterion_no.isdigit()
        if group.outcome and group.result and not _read_result(context, criteria_set, group, line, outcome):
            unread.append(line.criterion_no)
    blanks.report(context)
    remarks.report(context)
    if unread:
        context.report("RESULT_NOT_READ", numbers=", ".join(unread))
    return met


def _read_criterion(
    context: SheetContext, group: _Group, line: _Line, reader: MarkReader, blanks: Blanks, remarks: RemarkColumns
) -> str | None:
    """Load a criterion's mark and return its outcome; None for a blank one, which is asked about.

    Why it is so and what is proposed go with it, whatever the outcome.
    """
    column = group.mark
    if column is None:
        remarks.leave(context, line.row, line.code)
        return None
    is_blank = not context.grid.text(line.row, column) and not context.fault(line.row, column)
    if is_blank and not reader.is_blank_explained:
        blanks.places[line.row, column] = line.criterion_no
        remarks.leave(context, line.row, line.code)
        return None
    mark = read_mark(context, line.row, column, reader, group.subject)
    if mark is None:
        remarks.leave(context, line.row, line.code)
        return None
    said = remarks.read(context, line.row)
    add_criterion(context, group.subject, line.criterion_no, mark, line.row, column, said)
    return mark.outcome


def _read_result(
    context: SheetContext, criteria_set: CriteriaSet, group: _Group, line: _Line, outcome: str | None
) -> bool:
    """Load the figure beside a criterion that has one indicator; tell whether it is of none that is left unread."""
    column = group.result
    if column is None or not context.grid.text(line.row, column):
        return True
    indicator = criteria_set.only_indicator(line.criterion_no)
    if indicator is None:
        return False
    figure = read_figure(context, line.row, column, indicator, group.writings.get(column, Writing()))
    if figure:
        add_indicator(context, group.subject, indicator, figure, outcome or UNKNOWN, line.row, column)
    return True
