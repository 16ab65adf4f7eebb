"""Facts of funding: one amount of one unit, source, stage and period; what a form states as its total stands apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from etl.clean.money import in_million
from etl.context import Fact, SheetContext
from etl.facts.funding_column import FundingColumn
from etl.facts.money_cells import Cells, read_cells
from etl.facts.stated import Stated, add_stated
from etl.facts.sums import Difference, Node, amounts_of, is_sum
from etl.read.rows import Row

MILLION = "triệu đồng"


def read_funding_cells(context: SheetContext, column: FundingColumn, rows: Iterable[int]) -> Cells:
    """Read a column's cells. Results of days after the cut-off cannot be: zeros say nothing, others are left out."""
    cells = read_cells(context, column, rows)
    if not column.is_future:
        return cells
    wrong = {row for row, amount in cells.stated.items() if amount}
    for row in sorted(wrong):
        context.report("AMOUNT_IN_FUTURE", row, column.column, heading=column.heading, day=context.period.end)
    return Cells({}, frozenset(), cells.unread | wrong)


def add_funding(
    context: SheetContext,
    column: FundingColumn,
    row: int,
    cells: Cells,
    *meanings: Mapping[str, str] | None,
    table: str = "funding",
) -> None:
    """Add the amount of a row as a fact; `meanings` say whose it is and from which source."""
    fact: Fact = {
        "year": column.year,
        "period_start": column.period.start,
        "period_end": column.period.end,
        "reported_on": context.period.end,
        "is_cumulative": column.is_cumulative,
        "stage": column.stage,
        "value_kind": column.value_kind,
        "is_approximate": row in cells.approximate,
        "amount_vnd_million": in_million(cells.stated[row], column.factor),
    }
    for meaning in meanings:
        fact |= meaning or {}
    if table == "funding":
        origin = int(str(fact.get("origin_year", column.origin_year)))
        if origin > column.year:  # the row tells of a later year than the column
            context.report("CARRY_OVER_UNCLEAR", row, column.column, text=column.heading)
            return
        fact["origin_year"] = origin
    context.reading.add(table, fact | context.provenance(row, column.column))


def add_stated_total(
    context: SheetContext, column: FundingColumn, row: int, name: str, amount: Decimal, unit_code: str
) -> None:
    """Keep what a workbook states as a sum, in million đồng: beside the counted figures, never among them."""
    stated = Stated(
        unit_code=unit_code,
        period_end=column.period.end,
        value_kind=column.value_kind,
        section=column.heading,
        content=name,
        value=in_million(amount, column.factor),
        metric=f"funding_{column.stage}",
        unit=MILLION,
    )
    add_stated(context, stated, row, column.column)


def check_sum(
    context: SheetContext, row: int, column: int, name: str, stated: Decimal, amounts: Sequence[Decimal]
) -> None:
    """Compare what a row states in a column with the amounts that it sums up, where there are any."""
    if amounts and not is_sum(stated, amounts):
        _report_sum(context, "SUM_MISMATCH", row, column, name, stated, sum(amounts, Decimal(0)))


def check_total(context: SheetContext, column: FundingColumn, cells: Cells, total: Row, parts: Iterable[Node]) -> None:
    """Keep what a total row states in a column, and compare it with its parts."""
    stated = cells.stated.get(total.number)
    if stated is not None:
        add_stated_total(context, column, total.number, total.name, stated, context.unit.unit_code)
        check_sum(context, total.number, column.column, total.name, stated, amounts_of(parts, cells.stated))


def report_difference(context: SheetContext, difference: Difference, row: int, column: int) -> None:
    """Write down that a whole is not what its parts make, at the whole's cell."""
    _report_sum(context, difference.code, row, column, difference.node.name, difference.stated, difference.counted)


def _report_sum(
    context: SheetContext, code: str, row: int, column: int, name: str, stated: Decimal, counted: Decimal
) -> None:
    place = context.grid.name(row, column)
    context.report(code, row, column, stated=stated, counted=counted, place=place, row=name)
