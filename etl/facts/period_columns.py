"""Columns of a form that are told apart by period: 'KQ đến 31/12 năm trước', 'TH 6 tháng', 'KH 6T cuối năm'."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from etl.clean.part_of_year import part_of_year, spans_years
from etl.clean.value_kinds import value_kind
from etl.context import SheetContext
from etl.facts.criteria_columns import part_of
from etl.read.table import Heading

PeriodKey = tuple[date, str, str | None]
_GROUP = re.compile(r"\bnhóm\s*(\d)\b", re.I)


@dataclass(frozen=True)
class PeriodColumn:
    """A column with the day its figures stand at, whether they are results or plans, and whose group of communes."""

    heading: Heading
    period_end: date
    value_kind: str
    unit_group: str | None

    @property
    def column(self) -> int:
        return self.heading.column

    @property
    def key(self) -> PeriodKey:
        """What tells its facts from those of other columns."""
        return self.period_end, self.value_kind, self.unit_group


def period_columns(context: SheetContext, role: str) -> list[PeriodColumn]:
    """Return the columns of a role whose period the sheet's unit was in force at; others have their finding.

    A column that names no period is of the sheet's. Codes of units are used again: a figure of a day before the unit
    began, or after it ended, would stand under another unit.
    """
    found = []
    refused: set[date] = set()
    for heading in context.recognised.columns.get(role, ()):
        place = context.table.header_bottom, heading.column
        if spans_years(heading.text):
            context.report("PERIOD_NOT_ONE", *place, heading=heading.text)
            continue
        column = _period_column(context, heading)
        if context.unit.in_force(column.period_end):
            found.append(column)
        elif column.period_end not in refused:
            refused.add(column.period_end)
            values = {"heading": heading.path[0], "day": column.period_end, "name": context.unit.name}
            context.report("COLUMN_OF_OTHER_TIME", *place, **values)
    return found


def report_same_period(context: SheetContext, columns: Sequence[PeriodColumn]) -> None:
    """Write down that columns mean the same: which of them counts would be a guess."""
    headings = "; ".join(f"'{column.heading.text}'" for column in columns)
    context.report("PERIOD_TWICE", context.table.header_bottom, columns[0].column, headings=headings)


def _period_column(context: SheetContext, heading: Heading) -> PeriodColumn:
    words = " / ".join(heading.path[:-1] if part_of(heading) else heading.path)  # 'KH 6T cuối năm / Kết quả' is a plan
    stated = part_of_year(words, context.period)
    kind = value_kind(words if stated else f"{words} {context.title.title}")
    end = stated.end if stated else context.period.end
    if kind == "actual":  # what is done is known up to the cut-off
        end = min(end, context.period.end)
    group = _GROUP.search(words)
    return PeriodColumn(heading, end, kind, group[1] if group else None)
