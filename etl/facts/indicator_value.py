"""Indicators of a criteria matrix (columns '1.1' … '18.6') to indicator_value.

A criterion's outcome is never made from its indicators, nor an indicator's from its threshold: both are as reported.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from etl.clean.marks import UNKNOWN, MarkReader, mark_key
from etl.context import CriteriaSet, Indicator, SheetContext
from etl.facts.criteria_columns import Judged
from etl.facts.criterion_cells import (
    Blanks,
    Figure,
    Mark,
    Subject,
    Writing,
    add_indicator,
    read_figure,
    read_mark,
    writing_of,
)


@dataclass(frozen=True)
class IndicatorCells:
    """The indicators of a matrix with their columns, and how each column of figures writes its numbers.

    `of_criteria` are figures of criteria that have one indicator: by column of the figure, that indicator and the
    column of the criterion's mark.
    """

    judged: Sequence[Judged]
    of_criteria: Mapping[int, tuple[Indicator, int]]
    writings: Mapping[int, Writing]

    def marks(self, context: SheetContext, rows: Sequence[int]) -> list[object]:
        """Return the cells that hold marks: those of columns of marks, and of indicators that are met or not."""
        columns = [
            item.outcome or item.result
            for item in self.judged
            if item.outcome or (item.indicator and item.indicator.is_yes_or_no)
        ]
        return [context.grid.value(row, column) for row in rows for column in columns if column]


def indicator_cells(
    context: SheetContext, criteria_set: CriteriaSet, judged: Sequence[Judged], rows: Sequence[int]
) -> IndicatorCells:
    """Return the indicators that can be read; the figures of criteria with several indicators are no indicator's."""
    own = [item for item in judged if item.indicator]
    taken = {item.code for item in own}
    of_criteria: dict[int, tuple[Indicator, int]] = {}
    unread: list[str] = []
    for item in judged:
        if item.indicator or not item.result or not item.outcome:
            continue
        indicator = criteria_set.only_indicator(item.criterion_no)
        if indicator and indicator.code not in taken:
            of_criteria[item.result] = (indicator, item.outcome)
        elif any(context.grid.text(row, item.result) for row in rows):
            unread.append(item.criterion_no)
    if unread:
        context.report("RESULT_NOT_READ", numbers=", ".join(unread))
    columns = [item.result for item in own if item.result] + list(of_criteria)
    return IndicatorCells(own, of_criteria, {column: writing_of(context, rows, column) for column in columns})


def read_indicators(
    context: SheetContext,
    row: int,
    subject: Subject,
    cells: IndicatorCells,
    reader: MarkReader,
    outcomes: Mapping[int, str],
) -> bool:
    """Load the indicators of one unit; `outcomes` are those of its criteria, by column. Tell whether there were any."""
    before = len(context.reading.facts.get("indicator_value", ()))
    blanks = Blanks()
    for item in cells.judged:
        read_indicator(context, row, subject, item, cells.writings, reader, blanks)
    blanks.report(context)
    for column, (indicator, mark_column) in cells.of_criteria.items():
        figure = read_figure(context, row, column, indicator, cells.writings[column])
        if figure:
            add_indicator(context, subject, indicator, figure, outcomes.get(mark_column, UNKNOWN), row, column)
    return len(context.reading.facts.get("indicator_value", ())) > before


def read_indicator(
    context: SheetContext,
    row: int,
    subject: Subject,
    item: Judged,
    writings: Mapping[int, Writing],
    reader: MarkReader,
    blanks: Blanks,
) -> None:
    """Load what the columns of one indicator say of one unit; blank cells state nothing."""
    indicator = item.indicator
    if indicator is None:
        return
    figure, mark = None, None
    if item.result:
        may_mark = None if item.outcome else reader
        figure = read_figure(context, row, item.result, indicator, writings[item.result], may_mark, subject)
    if item.outcome:
        mark = _mark(context, row, item.outcome, reader, subject, blanks, indicator)
    elif figure:
        mark = figure.mark
    elif item.result and indicator.is_yes_or_no and not context.fault(row, item.result):
        mark = _mark(context, row, item.result, reader, subject, blanks, indicator)
    if figure is None and mark is None:
        return
    column = item.result if figure and item.result else item.outcome or item.result
    if column:
        stated = Figure(
            figure.value if figure else None,
            figure.stated if figure else None,
            is_approximate=bool(figure and figure.is_approximate),
            mark=mark,
        )
        add_indicator(context, subject, indicator, stated, mark.outcome if mark else UNKNOWN, row, column)


def _mark(
    context: SheetContext,
    row: int,
    column: int,
    reader: MarkReader,
    subject: Subject,
    blanks: Blanks,
    indicator: Indicator,
) -> Mark | None:
    """Return the mark of a cell; of a blank one only where blanks have a meaning, else it is asked about."""
    if mark_key(context.grid.value(row, column)) == "" and not context.fault(row, column):
        if reader.is_blank_explained:
            return Mark(reader.blank)
        blanks.places[row, column] = indicator.code
        return None
    return read_mark(context, row, column, reader, subject)
