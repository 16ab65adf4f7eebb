"""Columns of money of one stage, year, period and source: which of them counts where their headings say it, or none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from etl.clean.numbers import read_number
from etl.clean.vocabulary import contains, vocabulary
from etl.context import SheetContext
from etl.facts.funding_column import SPENT, FundingColumn, is_sum_column, scope


def told_apart(context: SheetContext, columns: Sequence[FundingColumn], *, name_sources: bool) -> list[FundingColumn]:
    """Return the columns that count; of those that mean the same at most one, the others have their finding.

    Columns that state nothing mean nothing. With `name_sources` columns of no source are sums of those below them.
    """
    same: dict[tuple[object, ...], list[FundingColumn]] = defaultdict(list)
    for column in columns:
        source = tuple(sorted((column.source or {}).items()))
        is_sum = name_sources and (not column.source or is_sum_column(column))
        same[*column.key, column.origin_year, column.is_of_years, source, scope(column) if is_sum else ()].append(
            column
        )
    kept = set()
    for twins in same.values():
        telling = [column for column in twins if _states_something(context, column)] or twins[:1]
        if counting := _counting(context, telling):
            kept.add(counting.column)
    return [column for column in columns if column.column in kept]


def _counting(context: SheetContext, twins: Sequence[FundingColumn]) -> FundingColumn | None:
    """Return the one of some columns that counts, None where that is not certain."""
    if len(twins) == 1:
        return _whole(context, twins[0])
    to_cut_off = [column for column in twins if not column.is_of_longer]
    if len(to_cut_off) == 1:
        _report_longer(context, to_cut_off[0], [column for column in twins if column.is_of_longer])
        return to_cut_off[0]
    final = [column for column in twins if _says(column, "final") or is_sum_column(column)]
    others = [column for column in twins if column not in final]
    if len(final) == 1 and all(_is_version(column) for column in others):
        texts = _texts(others)
        context.report("COLUMN_SUPERSEDED", *_place(context, others[0]), headings=texts, read=final[0].heading)
        return final[0]
    code = "PLAN_VERSIONS" if any(_is_version(column) for column in twins) else "COLUMN_TWICE"
    context.report(code, *_place(context, twins[0]), headings=_texts(twins))
    return None


def _whole(context: SheetContext, column: FundingColumn) -> FundingColumn | None:
    """Return a column, unless its heading or the title says that it is what came on top of the year's money."""
    if not _is_part(column.heading) and (_says(column, "final") or not _is_part(context.title.title)):
        return column
    context.report("AMOUNT_OF_PART", *_place(context, column), heading=column.heading)
    return None


def _is_version(column: FundingColumn) -> bool:
    return _says(column, "initial") or _says(column, "changed") or _is_part(column.heading)


def _says(column: FundingColumn, what: str) -> bool:
    """Tell whether the heading of a plan or allocation says which of the year's it is (vocabulary funding_versions)."""
    return column.stage not in SPENT and contains(column.heading, vocabulary("funding_versions")[what])


def _is_part(text: str) -> bool:
    words = vocabulary("funding_versions")
    return contains(text, words["part"]) and not contains(text, words["final"])


def _report_longer(context: SheetContext, read: FundingColumn, longer: Sequence[FundingColumn]) -> None:
    """Write down the columns that speak of days after the cut-off; one that says no other amounts adds nothing."""
    for column in longer:
        if _says_other(context, column, read):
            values = {"heading": column.heading, "read": read.heading, "day": context.period.end}
            context.report("COLUMN_OF_LONGER_PERIOD", *_place(context, column), **values)


def _says_other(context: SheetContext, column: FundingColumn, read: FundingColumn) -> bool:
    def stated(row: int, column: FundingColumn) -> object:
        value = context.grid.value(row, column.column)
        number = read_number(value, column.style)
        return value if number is None else number

    return any(
        context.fault(row, column.column) or (stated(row, column) and stated(row, column) != stated(row, read))
        for row in context.table.body_rows()
    )


def _states_something(context: SheetContext, column: FundingColumn) -> bool:
    return any(context.grid.own_text(row, column.column) or context.fault(row, column.column)
               for row in context.table.body_rows())  # fmt: skip


def _texts(columns: Sequence[FundingColumn]) -> str:
    return "; ".join(f"'{column.heading}'" for column in columns)


def _place(context: SheetContext, column: FundingColumn) -> tuple[int, int]:
    return context.table.header_bottom, column.column
