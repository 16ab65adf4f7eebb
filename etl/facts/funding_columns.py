"""The columns of amounts of a funding form: what each means, and which of those that mean the same count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from etl.context import SheetContext
from etl.facts.funding_column import SPENT, FundingColumn, funding_column, is_part
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
    return told_apart(context, list(_over_years(context, found, name_sources)), name_sources=name_sources)


def _over_years(context: SheetContext, columns: Sequence[FundingColumn], name_sources: bool) -> Iterator[FundingColumn]:
    """Yield the columns; one that sums up the year's own money and what was carried over is no amount of either.

    Where nothing states the year's own money by itself, the column has its finding.
    """
    for column in columns:
        is_spent = column.stage in SPENT
        alike = (other for other in columns if other.year == column.year and (other.stage in SPENT) == is_spent)
        parts = [other for other in alike if other is not column and is_part(other, column)]
        is_sum = not column.is_carried and any(part.is_carried for part in parts)
        if not is_sum or (name_sources and column.source is None):
            yield column
        elif any(not part.is_carried for part in parts):
            yield replace(column, is_of_years=True)
        else:
            place = context.table.header_bottom, column.column
            context.report("YEARS_TOGETHER", *place, heading=column.heading)


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
