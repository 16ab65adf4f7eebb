"""Columns that say why a criterion is not met and what is proposed ('Nguyên nhân', 'Kiến nghị'), by period."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from etl.clean.part_of_year import part_of_year
from etl.context import SheetContext
from etl.facts.period_columns import PeriodColumn, PeriodKey, period_columns, report_same_period

ROLES = ("cause", "proposal")


@dataclass
class RemarkColumns:
    """The columns of one period that hold causes and proposals, and the rows whose texts no fact can take.

    A fact has one cell, that of its mark: the texts are led back to by its row.
    """

    columns: Mapping[str, int]
    unread: dict[str, tuple[int, int]] = field(default_factory=dict)

    def read(self, context: SheetContext, row: int) -> Mapping[str, str]:
        """Return `cause` and `proposal` of a row as text, word for word; one that is blank, '-' or '…' is left out."""
        found = {}
        for name, column in self.columns.items():
            if not context.report_fault(row, column) and _is_said(context, row, column):
                found[name] = context.grid.text(row, column)
        return found

    def leave(self, context: SheetContext, row: int, number: str) -> None:
        """Remember the texts of a row without a result of a criterion; not those that are merged from a row above."""
        for column in self.columns.values():
            if context.grid.origin(row, column)[0] == row and _is_said(context, row, column):
                self.unread.setdefault(number, (row, column))

    def report(self, context: SheetContext) -> None:
        """Write down which rows' texts were not read, once for the period."""
        if self.unread:
            context.report("REMARK_NOT_READ", *min(self.unread.values()), numbers=", ".join(self.unread))


def remark_columns(context: SheetContext, periods: Sequence[PeriodKey]) -> Mapping[PeriodKey, RemarkColumns]:
    """Return the columns of causes and proposals of each period that a form has results of.

    A column below the heading of a period is of that period; any other is of the sheet's, or of the only one. Which
    period it is about is never guessed, nor which of two such columns of one period counts.
    """
    columns: dict[PeriodKey, dict[str, int]] = {period: {} for period in periods}
    for role in ROLES:
        by_period: dict[PeriodKey, list[PeriodColumn]] = defaultdict(list)
        for column in period_columns(context, role):
            period = _period_of(context, column, periods)
            if period:
                by_period[period].append(column)
            else:
                place = context.table.header_bottom, column.column
                context.report("REMARK_OF_NO_PERIOD", *place, heading=column.heading.text)
        for period, found in by_period.items():
            if len(found) == 1:
                columns[period][role] = found[0].column
            else:
                report_same_period(context, found)
    return {period: RemarkColumns(own) for period, own in columns.items()}


def _period_of(context: SheetContext, column: PeriodColumn, periods: Sequence[PeriodKey]) -> PeriodKey | None:
    if column.key in periods:
        return column.key
    is_stated = part_of_year(" / ".join(column.heading.path), context.period) is not None
    return periods[0] if len(periods) == 1 and not is_stated else None


def _is_said(context: SheetContext, row: int, column: int) -> bool:
    return any(map(str.isalnum, context.grid.text(row, column)))
