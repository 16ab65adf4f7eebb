"""The columns of amounts of a funding form: what each means, and which of those that mean the same count."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from etl.context import SheetContext
from etl.facts.funding_column import FundingColumn, funding_column
from etl.facts.funding_sources import is_sum_of_sources, source_of_path, source_of_title
from etl.facts.funding_twins import told_apart
from etl.facts.money_cells import money_columns
from etl.read.header import Heading
from etl.read.rows import is_of_which


def funding_columns(
    context: SheetContext, roles: Sequence[str], *, stages: frozenset[str] | None = None, name_sources: bool = False
) -> list[FundingColumn]:
    """Return the columns of amounts that can be read; one that cannot has its finding.

    `stages` are those that the form's table knows beside the ones of funding. Columns that mean the same (which is the
    whole and which a part would be a guess) are refused; those that state nothing mean nothing.
    """
    headings = [heading for role in roles for heading in context.recognised.columns.get(role, ())]
    headings = sorted(headings, key=lambda heading: heading.column)
    named = {heading.column: heading for heading in _with_parents(headings)}
    found = []
    for money in money_columns(context, headings):
        column = funding_column(context, money, named[money.column], stages or frozenset(), name_sources)
        if column:
            found.append(column)
    if name_sources:
        found = _of_title(context, found)
    return told_apart(context, found, name_sources=name_sources)


def _of_title(context: SheetContext, columns: Sequence[FundingColumn]) -> list[FundingColumn]:
    """Give columns that name no source that of the title, where no column names one; their headings may divide it."""
    source = source_of_title(context.title)
    if source is None or any(column.source for column in columns):
        return list(columns)
    return [
        column if is_sum_of_sources(column.path[-1]) else replace(column, source=source_of_path(column.path, source))
        for column in columns
    ]


def _with_parents(headings: Sequence[Heading]) -> Iterable[Heading]:
    """Yield headings with 'Trong đó' replaced by what it is a part of: the heading of the column to its left."""
    last: tuple[str, ...] = ()
    for heading in headings:
        place = next((place for place, part in enumerate(heading.path) if is_of_which(part)), None)
        if place is None:
            last = heading.path
            yield heading
        else:
            yield Heading(heading.column, (*last, *heading.path[place + 1 :]))
