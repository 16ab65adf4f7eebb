"""Funding by source (rows are sources, columns are stages) to funding. Money stays Decimal, in million đồng."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from etl.clean.numbers import read_number
from etl.clean.vocabulary import contains, vocabulary
from etl.context import SheetContext
from etl.facts.funding_columns import AmountColumn, amount_columns
from etl.read.grid import cell_name
from etl.read.rows import GROUP, ITEM, TOTAL, Row

_STORED_STEP = Decimal("0.000001")
_TOO_LARGE = Decimal(10) ** 12
_ROUNDING = Decimal("0.5")


@dataclass
class _Line:
    """A row of the form: what source it means, and the rows that split it."""

    row: Row
    source: Mapping[str, str]
    parts: list[_Line] = field(default_factory=list)


@dataclass
class _Column:
    """The amounts of one column, in its unit of money, by row; `unread` are rows whose cell states no number."""

    meaning: AmountColumn
    stated: Mapping[int, Decimal]
    unread: frozenset[int]


def read(context: SheetContext) -> None:
    """Read one funding form. Without a unit of money the sheet is refused whole."""
    meanings = amount_columns(context)
    if not meanings:
        return
    lines, total = _lines(context)
    all_lines = list(_walk(lines))
    rows = [line.row for line in all_lines] + ([total] if total else [])
    columns = [_read_column(context, meaning, rows) for meaning in meanings]
    for column in columns:
        for line in lines:
            _load(context, line, column)
        if total:
            _check_total(context, total, lines, column)
    for line in all_lines:
        number = line.row.number
        if any(number in column.unread for column in columns) and not any(
            number in column.stated for column in columns
        ):
            context.reading.rejected.add(number)
        else:
            context.accept(number)


def _lines(context: SheetContext) -> tuple[list[_Line], Row | None]:
    """Return the lines of sources with their parts, and the total row; a row of no known source is set aside.

    Where a form has Roman numbers, the rows between them are parts; those of a row that was set aside go with it.
    """
    lines: list[_Line] = []
    total = None
    has_roman = False
    parent: _Line | None = None
    for row in context.rows("source"):
        if row.kind not in (GROUP, ITEM):
            total = row if row.kind == TOTAL and total is None else total
            context.accept(row.number)
            continue
        has_roman = has_roman or row.kind == GROUP
        is_part = has_roman and row.kind == ITEM
        source = None if is_part and not parent else _source(row.name, parent if is_part else None)
        if source is None:
            context.reject("SOURCE_UNKNOWN", row.number, "source", name=row.name)
        line = _Line(row, source) if source else None
        if is_part and parent and line:
            parent.parts.append(line)
        elif not is_part:
            parent = line if row.kind == GROUP else None
            lines += [line] if line else []
    return lines, total


def _source(name: str, parent: _Line | None) -> Mapping[str, str] | None:
    words = vocabulary("funding_sources")
    choices: Sequence[Mapping[str, object]] = words["top"]
    if parent:
        choices = words["under"].get(parent.source["source_code"], ())
    for choice in choices:
        names: Sequence[str] = choice["contains"]  # type: ignore[assignment]
        if contains(name, names):
            meaning = {key: str(value) for key, value in choice.items() if key != "contains"}
            return {**(parent.source if parent else {}), **meaning}
    return None


def _walk(lines: Sequence[_Line]) -> Iterator[_Line]:
    for line in lines:
        yield line
        yield from line.parts


def _read_column(context: SheetContext, meaning: AmountColumn, rows: Sequence[Row]) -> _Column:
    stated: dict[int, Decimal] = {}
    unread: set[int] = set()
    for row in rows:
        place = row.number, meaning.column
        value = context.grid.value(*place)
        number = read_number(value, meaning.style)
        if code := context.fault(*place) or _fault(value, number, meaning.factor):
            context.report(code, *place, heading=meaning.heading)
            unread.add(row.number)
        elif number is not None:
            stated[row.number] = number
            if number < 0:
                context.report("AMOUNT_NEGATIVE", *place)
    return _Column(meaning, stated, frozenset(unread))


def _fault(value: object, number: Decimal | None, factor: Decimal) -> str | None:
    """Return the code of what keeps a cell from being an amount, None for an amount and for an empty cell."""
    if number is None:
        return None if value is None else "NUMBER_UNREADABLE"
    return "AMOUNT_TOO_LARGE" if abs(number * factor) >= _TOO_LARGE else None


def _load(context: SheetContext, line: _Line, column: _Column) -> None:
    """Load a line by its parts where they make it up, else by itself; a difference is written down.

    Parts that leave some of the line untold (a blank or unreadable one among them) would make money disappear.
    """
    whole = column.stated.get(line.row.number)
    parts = [part for part in line.parts if part.row.number in column.stated]
    if not parts:
        if whole is not None:
            _add(context, line, column, whole)
        return
    amounts = [column.stated[part.row.number] for part in parts]
    counted = sum(amounts, Decimal(0))
    if whole is not None and not _is_sum(whole, amounts):
        is_whole_used = len(parts) < len(line.parts)
        code = "PARTS_INCOMPLETE" if is_whole_used else "SUM_MISMATCH"
        _report_sum(context, code, line.row, column, whole, counted)
        if is_whole_used:
            _add(context, line, column, whole)
            return
    for part, amount in zip(parts, amounts, strict=True):
        _add(context, part, column, amount)


def _is_sum(whole: Decimal, parts: Sequence[Decimal]) -> bool:
    """Tell whether parts add up to a whole, but for half a unit of the last digit written for each part.

    The tolerance is that of sums of rounded numbers (51.243 published beside parts that make 51.260).
    """
    written = [number.quantize(_STORED_STEP).normalize() for number in (whole, *parts)]
    last_digit = min(int(number.as_tuple().exponent) for number in written)
    step = Decimal(1).scaleb(min(last_digit, 0))
    return abs(whole - sum(parts)) <= _ROUNDING * len(parts) * step


def _add(context: SheetContext, line: _Line, column: _Column, amount: Decimal) -> None:
    meaning = column.meaning
    context.reading.add(
        "funding",
        {
            "unit_code": context.unit.unit_code,
            "year": meaning.year,
            "period_start": meaning.period.start,
            "period_end": meaning.period.end,
            "is_cumulative": meaning.is_cumulative,
            "stage": meaning.stage,
            "value_kind": meaning.value_kind,
            **line.source,
            "amount_vnd_million": (amount * meaning.factor).quantize(_STORED_STEP),
            **context.provenance(line.row.number, meaning.column),
        },
    )


def _check_total(context: SheetContext, total: Row, lines: Sequence[_Line], column: _Column) -> None:
    """Compare the total row with the lines; a line that is not stated itself counts by its parts."""
    amounts = []
    for line in lines:
        parts = [column.stated[part.row.number] for part in line.parts if part.row.number in column.stated]
        whole = column.stated.get(line.row.number, sum(parts, Decimal(0)) if parts else None)
        amounts += [whole] if whole is not None else []
    stated = column.stated.get(total.number)
    if stated is not None and amounts and not _is_sum(stated, amounts):
        _report_sum(context, "SUM_MISMATCH", total, column, stated, sum(amounts, Decimal(0)))


def _report_sum(context: SheetContext, code: str, row: Row, column: _Column, whole: Decimal, parts: Decimal) -> None:
    place = cell_name(row.number, column.meaning.column)
    context.report(code, row.number, column.meaning.column, stated=whole, counted=parts, place=place, row=row.name)
