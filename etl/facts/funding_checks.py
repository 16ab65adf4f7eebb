"""What the amounts of one table must be to one another: cumulative ones rise, months add up, rates are right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations, pairwise

from etl.clean.money import in_million, is_thousandfold
from etl.clean.numbers import read_percent
from etl.context import SheetContext
from etl.facts.funding_column import SPENT, FundingColumn
from etl.facts.funding_facts import report_difference
from etl.facts.money_cells import Cells, MoneyColumn
from etl.facts.rule_checks import check_rules
from etl.facts.sums import Difference, Node, is_sum
from etl.read.rows import ITEM, Row

_RATE_TOLERANCE = Decimal("0.1")
_FEWEST_UNITS = 3
_ASSIGNED = frozenset({"need", "plan", "allocated"})
Names = Mapping[int, str]


@dataclass(frozen=True)
class ReadColumn:
    """A column and what its cells state."""

    column: FundingColumn
    cells: Cells

    def million(self, row: int) -> Decimal | None:
        """Return the amount of a row in million đồng, None where the cell states none."""
        stated = self.cells.stated.get(row)
        return None if stated is None else in_million(stated, self.column.factor)


def check_course(context: SheetContext, table: Sequence[ReadColumn], names: Names) -> None:
    """Ask about cumulative amounts that fall and about months that do not add up to what was spent until then.

    A fall can be right (money paid back, units merged), so it is asked, not refused (programme forms, case 48).
    """
    series: dict[tuple[object, ...], list[ReadColumn]] = defaultdict(list)
    for item in table:
        column = item.column
        if column.stage in SPENT:
            source = tuple(sorted((column.source or {}).items()))
            series[column.stage, column.year, column.origin_year, column.value_kind, source].append(item)
    for items in series.values():
        ordered = sorted(items, key=lambda item: item.column.period.end)
        for row, name in names.items():
            _check_rising(context, [item for item in ordered if item.column.is_cumulative], row)
            _check_months(context, ordered, row, name)


def _check_rising(context: SheetContext, items: Sequence[ReadColumn], row: int) -> None:
    stated = [(item, amount) for item in items if (amount := item.million(row)) is not None]
    for (earlier, before), (later, after) in pairwise(stated):
        if after < before:
            context.report(
                "MONTHS_FELL", row, later.column.column,
                before=before, after=after, earlier=earlier.column.heading, later=later.column.heading,
            )  # fmt: skip


def _check_months(context: SheetContext, items: Sequence[ReadColumn], row: int, name: str) -> None:
    """Compare each amount that reaches from January on with the months (quarters) up to its end, where all are told."""
    stated = [item for item in items if item.million(row) is not None]
    pieces = [item for item in stated if not item.column.is_cumulative]
    for whole in stated:
        parts = _tiling(pieces, whole)
        amounts = [amount for item in parts if (amount := item.million(row)) is not None]
        total = whole.million(row)
        if parts and total is not None and not is_sum(total, amounts):
            difference = Difference("MONTHS_MISMATCH", Node(row, name, None), total, sum(amounts, Decimal(0)))
            report_difference(context, difference, row, whole.column.column)


def _tiling(pieces: Sequence[ReadColumn], whole: ReadColumn) -> list[ReadColumn]:
    """Return the shortest periods that follow one another from 1 January to a period's end; none when days lack."""
    period = whole.column.period
    first = date(whole.column.year, 1, 1)
    if period.start != first:
        return []
    found: list[ReadColumn] = []
    start = first
    while start <= period.end:
        starting = [item for item in pieces if item is not whole and item.column.period.start == start]
        if not starting:
            return []
        found.append(min(starting, key=lambda item: item.column.period.end))
        start = found[-1].column.period.end + timedelta(days=1)
    return found if found[-1].column.period.end == period.end and len(found) > 1 else []


def check_sizes(context: SheetContext, table: Sequence[ReadColumn], names: Names) -> None:
    """Ask about columns of which a row is a thousand times that of another year or of plan and allocation.

    Each pair of columns is asked about once: a unit of money that was mistaken is that of a whole column.
    """
    for one, other in combinations(table, 2):
        if not _are_of_one_size(one.column, other.column):
            continue
        for row in names:
            first, second = one.million(row), other.million(row)
            if first is not None and second is not None and is_thousandfold(first, second):
                context.report(
                    "AMOUNT_THOUSANDFOLD", row, other.column.column,
                    amount=second, other=first, place=context.grid.name(row, one.column.column),
                )  # fmt: skip
                break


def check_units(context: SheetContext, table: Sequence[ReadColumn], rows: Sequence[Node]) -> None:
    """Ask about a unit whose money, the columns of a stage together, is a thousand times that of most units."""
    by_key: dict[tuple[object, ...], list[ReadColumn]] = defaultdict(list)
    for item in table:
        by_key[item.column.key].append(item)
    for items in by_key.values():
        sums = {row.number: _sum_of(items, row.number) for row in rows if row.meaning and "unit_code" in row.meaning}
        known = {number: amount for number, amount in sums.items() if amount}
        if len(known) < _FEWEST_UNITS:
            continue
        middle = sorted(known.values())[len(known) // 2]
        for number, amount in known.items():
            if is_thousandfold(amount, middle):
                column = next(item.column.column for item in items if item.million(number))
                context.report("UNIT_THOUSANDFOLD", number, column, amount=amount, other=middle)


def _sum_of(items: Sequence[ReadColumn], row: int) -> Decimal:
    return sum((amount for item in items if (amount := item.million(row)) is not None), Decimal(0))


def _are_of_one_size(one: FundingColumn, other: FundingColumn) -> bool:
    if one.year - one.origin_year != other.year - other.origin_year or one.is_of_years or other.is_of_years:
        return False
    if one.source != other.source or one.value_kind != other.value_kind:
        return False
    if one.stage in _ASSIGNED and other.stage in _ASSIGNED:
        return one.period.start.month == other.period.start.month
    is_same_part = (one.period.start.month, one.period.end.month) == (other.period.start.month, other.period.end.month)
    return one.stage == other.stage and one.year != other.year and is_same_part


def check_numbering(context: SheetContext, columns: Iterable[MoneyColumn], names: Names) -> None:
    """Compare rows with the arithmetic of the numbering row (8=6-7), numbers read as their columns write them."""
    rows = [Row(number, ITEM, "", name) for number, name in names.items()]
    check_rules(context, rows, {column.column: column.style for column in columns if column.style})


def check_rates(context: SheetContext, table: Sequence[ReadColumn], names: Names) -> None:
    """Compare stated rates of disbursement with disbursed over allocated money of the same year and cut-off.

    Offices cut rates off instead of rounding them (51,26 published as 51,2): a tenth is allowed (case 39). A rate of
    which it is not said what it is over, or where several columns could be meant, is not judged; nor one for which the
    numbering row has a rule, which is checked by itself.
    """
    ruled = {rule.target for rule in context.table.rules}
    for heading in context.recognised.columns.get("rate", ()):
        if "giải ngân" not in heading.text.casefold() or heading.column in ruled:
            continue
        paid = [item for item in table if item.column.stage == "disbursed" and item.column.value_kind == "actual"]
        paid = [item for item in paid if item.column.period.start == date(item.column.year, 1, 1)]
        given = [item for item in table if item.column.stage == "allocated"]
        if len(paid) != 1 or len(given) != 1 or paid[0].column.year != given[0].column.year:
            continue
        for row in names:
            _check_rate(context, row, heading.column, paid[0].million(row), given[0].million(row))


def _check_rate(
    context: SheetContext, row: int, column: int, disbursed: Decimal | None, allocated: Decimal | None
) -> None:
    stated = read_percent(context.grid.value(row, column), is_share=context.grid.is_percent(row, column))
    if stated is None or disbursed is None or not allocated:
        return
    rate = 100 * disbursed / allocated
    # A column of percentages holds 0.745 as well as 74.5 (case 37): the one that is right is meant.
    if all(abs(rate - value) > _RATE_TOLERANCE for value in (stated, 100 * stated)):
        context.report("RATE_MISMATCH", row, column, stated=stated, counted=rate.quantize(Decimal("0.01")))
