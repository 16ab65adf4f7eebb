"""Columns of money and their cells: the unit of money of a column, how its numbers are written, what a cell states.

Shared by all forms that hold money. Amounts stay Decimal, in the unit of their column, until they are loaded.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from etl.clean.money import Written, money_factor, take_apart
from etl.clean.numbers import clear_styles, is_ambiguous
from etl.context import SheetContext
from etl.read.header import Heading
from etl.read.title import units_of_money

_TOO_LARGE = Decimal(10) ** 12


@dataclass(frozen=True)
class MoneyColumn:
    """A column of amounts. `factor` is how many million đồng one of its unit of money is; `style` how it is written."""

    column: int
    heading: str
    path: tuple[str, ...]
    factor: Decimal
    style: str | None


@dataclass(frozen=True)
class Cells:
    """What the cells of a column state, by row, in the unit of the column.

    `approximate` are rows whose number is said to be no exact one; `unread` those whose cell states no number.
    """

    stated: Mapping[int, Decimal]
    approximate: frozenset[int]
    unread: frozenset[int]


def money_columns(context: SheetContext, headings: Sequence[Heading]) -> list[MoneyColumn]:
    """Return the columns of money that can be read; one whose numbers can be read in two ways has its finding.

    Without a unit of money none can: a guess would be wrong by a thousand. That of one column's headings is not that
    of its neighbours, and two units above the table are none.
    """
    written_above = _units_above(context, headings)
    above = {factor for text in written_above if (factor := money_factor(text))}
    general = next(iter(above)) if len(above) == 1 else None
    own = {heading.column: next(filter(None, map(money_factor, reversed(heading.path))), None) for heading in headings}
    factors = {column: factor or general for column, factor in own.items()}
    if None in factors.values():
        written = ", ".join(written_above)
        context.report("MONEY_UNIT_UNKNOWN" if written else "MONEY_UNIT_MISSING", written=written)
        return []
    styles = _styles(context, factors)
    columns = [
        MoneyColumn(heading.column, heading.text, heading.path, factor, styles[heading.column])
        for heading in headings
        if (factor := factors[heading.column])
    ]
    return [column for column in columns if not _is_ambiguous(context, column)]


def _units_above(context: SheetContext, headings: Sequence[Heading]) -> tuple[str, ...]:
    """Return the units of money of a whole table: of the lines above it, and of the headings that head no amounts."""
    amounts = {heading.column for heading in headings}
    others = (part for heading in context.table.headings if heading.column not in amounts for part in heading.path)
    return (*context.title.units_of_money, *units_of_money(others))


def read_cells(context: SheetContext, column: MoneyColumn, rows: Iterable[int]) -> Cells:
    """Read a column's cells in some rows; each that states no number, or a doubtful one, has its finding."""
    stated: dict[int, Decimal] = {}
    approximate: set[int] = set()
    unread: set[int] = set()
    for row in rows:
        written = take_apart(context.grid.value(row, column.column))
        number = written.read(column.style)
        if code := context.fault(row, column.column) or _fault(written, number, column.factor):
            context.report(code, row, column.column, heading=column.heading)
            unread.add(row)
        elif number is not None:
            stated[row] = number * (written.factor or column.factor) / column.factor
            approximate |= {row} if written.is_approximate else set()
            _report_doubts(context, column, row, written, number)
    return Cells(stated, frozenset(approximate), frozenset(unread))


def _fault(written: Written, number: Decimal | None, factor: Decimal) -> str | None:
    """Return the code of what keeps a cell from being an amount, None for an amount and for an empty cell."""
    if number is None:
        return None if written.number is None else "NUMBER_UNREADABLE"
    return "AMOUNT_TOO_LARGE" if abs(number * (written.factor or factor)) >= _TOO_LARGE else None


def _report_doubts(context: SheetContext, column: MoneyColumn, row: int, written: Written, number: Decimal) -> None:
    if number < 0:
        context.report("AMOUNT_NEGATIVE", row, column.column)
    if written.is_approximate:
        context.report("AMOUNT_APPROXIMATE", row, column.column)
    if written.factor and written.factor != column.factor:
        context.report("AMOUNT_UNIT_IN_CELL", row, column.column)


def settle_rows(context: SheetContext, rows: Iterable[int], read: Iterable[Cells]) -> None:
    """Count rows as loaded; one whose every cell that states something cannot be read is set aside."""
    cells = list(read)
    for row in rows:
        is_lost = any(row in item.unread for item in cells) and not any(row in item.stated for item in cells)
        if is_lost:
            context.reading.rejected.add(row)
        elif row not in context.reading.rejected:
            context.accept(row)


def _styles(context: SheetContext, factors: Mapping[int, Decimal | None]) -> Mapping[int, str | None]:
    """Return how each column writes its numbers: by its own clear cells, else by those of the same unit of money."""
    own = {column: clear_styles(_numbers(context, column)) for column in factors}
    styles: dict[int, str | None] = {}
    for column, factor in factors.items():
        others = {style for other in factors if factors[other] == factor for style in own[other]}
        found = own[column] or others
        styles[column] = next(iter(found)) if len(found) == 1 else None
        is_needed = any(is_ambiguous(number) for number in _numbers(context, column))
        if is_needed and not own[column] and styles[column]:
            context.report("NUMBER_STYLE_OF_NEIGHBOURS", context.table.header_bottom, column)
    return styles


def _numbers(context: SheetContext, column: int) -> list[object]:
    return [take_apart(context.grid.value(row, column)).number for row in context.table.body_rows()]


def _is_ambiguous(context: SheetContext, column: MoneyColumn) -> bool:
    """Tell whether a column's numbers can be read in two ways, with its finding at the first of them."""
    if column.style:
        return False
    for row in context.table.body_rows():
        if is_ambiguous(take_apart(context.grid.value(row, column.column)).number):
            context.report("NUMBERS_AMBIGUOUS", row, column.column, heading=column.heading)
            return True
    return False
