"""Funding by source (rows are sources, columns are stages) to funding. Money stays Decimal, in million đồng."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from etl.clean.numbers import is_ambiguous, number_style, read_number
from etl.clean.periods import Period, find_period
from etl.clean.vocabulary import longest_meaning, vocabulary
from etl.context import SheetContext
from etl.read.grid import cell_name
from etl.read.rows import DERIVED, GROUP, ITEM, TOTAL, Row
from etl.read.table import Heading
from ntm.geo.names import text_key

_CUMULATIVE = re.compile(r"l[uũ][yỹ] kế", re.I)


@dataclass(frozen=True)
class _AmountColumn:
    """A column of amounts: its stage, year and cut-off, and how its numbers are written."""

    column: int
    stage: str
    year: int
    period: Period
    is_cumulative: bool
    value_kind: str
    style: str | None


@dataclass
class _Line:
    """A row of the form: what source it means, and the rows that split it."""

    row: Row
    source: Mapping[str, str]
    parts: list[_Line] = field(default_factory=list)


def read(context: SheetContext) -> None:
    """Read one funding form. Without a unit of money the sheet is refused whole."""
    factor = _factor(context)
    if factor is None:
        return
    lines, total = _lines(context)
    for column in _amount_columns(context):
        stated = {id(line): _amount(context, line.row.number, column, factor) for line in _all_lines(lines)}
        for line in lines:
            _load(context, line, column, stated)
        tops = [amount for line in lines if (amount := stated[id(line)]) is not None]
        if total is not None and tops:
            _reconcile(
                context, total, column, _amount(context, total.number, column, factor), sum(tops, Decimal(0))
            )


def _factor(context: SheetContext) -> Decimal | None:
    """Return how many million đồng one of the sheet's unit of money is, or refuse the sheet."""
    written = context.title.unit_of_money or ""
    headings = [part for heading in context.recognised.columns["amount"] for part in heading.path]
    factors = {text_key(word): Decimal(factor) for word, factor in vocabulary("money_units").items()}
    for text in [written, *headings]:
        if text_key(text) in factors:
            return factors[text_key(text)]
    context.report("MONEY_UNIT_UNKNOWN" if written else "MONEY_UNIT_MISSING", written=written)
    return None


def _amount_columns(context: SheetContext) -> Iterator[_AmountColumn]:
    for heading in context.recognised.columns["amount"]:
        stage = _stage(heading.text) or _stage(context.title.title)
        if stage is None:
            context.report("STAGE_UNKNOWN", context.table.header_bottom, heading.column, heading=heading.text)
            continue
        stated = find_period(heading.text)
        year = (stated or context.period).end.year
        end = min(stated.end, context.period.end) if stated else context.period.end
        yield _AmountColumn(
            column=heading.column,
            stage=stage,
            year=year,
            period=Period(date(year, 1, 1), max(end, date(year, 1, 1))),
            is_cumulative=stage in ("disbursed", "mobilised") and _is_cumulative(heading),
            value_kind=_value_kind(heading, stage),
            style=_style(context, heading),
        )


def _style(context: SheetContext, heading: Heading) -> str | None:
    """Return how the column's numbers are written: by its own clear cells, else by those of its neighbours.

    A column of '217.040' alone is ambiguous; the same hand wrote '6.459.800' beside it, and that is noted.
    """
    own, neighbours = (
        [context.grid.value(row, column) for row in context.table.body_rows() for column in columns]
        for columns in ([heading.column], [item.column for item in context.recognised.columns["amount"]])
    )
    style = number_style(own)
    if style is None and any(is_ambiguous(value) for value in own):
        style = number_style(neighbours)
        if style:
            context.report("NUMBER_STYLE_OF_NEIGHBOURS", context.table.header_bottom, heading.column)
    return style


def _stage(text: str) -> str | None:
    padded = f" {text_key(text)} "
    for stage, words in vocabulary("funding_stages").items():
        if any(f" {text_key(word)} " in padded for word in words):
            return str(stage)
    return None


def _is_cumulative(heading: Heading) -> bool:
    return bool(_CUMULATIVE.search(heading.text)) or " đến " in f" {heading.text.lower()} "


def _value_kind(heading: Heading, stage: str) -> str:
    """Need and plan are plans by their stage; an amount that is spent or assigned can be an estimate ('ước')."""
    if stage in ("need", "plan"):
        return "plan"
    return "estimate" if longest_meaning("value_kinds", heading.text) == "estimate" else "actual"


def _lines(context: SheetContext) -> tuple[list[_Line], Row | None]:
    """Return the lines of sources with their parts, and the total row. Other rows are set aside."""
    lines: list[_Line] = []
    total = None
    has_roman = False
    for row in context.rows("source"):
        has_roman = has_roman or row.kind == GROUP
        if row.kind in (TOTAL, DERIVED):
            total = row if row.kind == TOTAL and total is None else total
            context.reading.rows_loaded += 1
            continue
        parent = lines[-1] if has_roman and row.kind == ITEM and lines else None
        source = _source(row.name, parent)
        if source is None:
            context.reject("SOURCE_UNKNOWN", row.number, "source", name=row.name)
            continue
        context.reading.rows_loaded += 1
        (parent.parts if parent else lines).append(_Line(row, source))
    return lines, total


def _source(name: str, parent: _Line | None) -> Mapping[str, str] | None:
    words = vocabulary("funding_sources")
    choices: Sequence[Mapping[str, object]] = words["top"]
    if parent:
        choices = words["under"].get(parent.source["source_code"], ())
    padded = f" {text_key(name)} "
    for choice in choices:
        contained: Sequence[str] = choice["contains"]  # type: ignore[assignment]
        if any(f" {text_key(word)} " in padded for word in contained):
            meaning = {key: str(value) for key, value in choice.items() if key != "contains"}
            return {**(parent.source if parent else {}), **meaning}
    return None


def _all_lines(lines: Sequence[_Line]) -> Iterator[_Line]:
    for line in lines:
        yield line
        yield from line.parts


def _amount(context: SheetContext, row: int, column: _AmountColumn, factor: Decimal) -> Decimal | None:
    """Return an amount in million đồng; None when the cell states none, with a finding when it holds something."""
    place = (row, column.column)
    if place in context.grid.errors or place in context.grid.uncached:
        context.report("CELL_ERROR" if place in context.grid.errors else "CELL_UNCALCULATED", *place)
        return None
    value = context.grid.value(*place)
    number = read_number(value, column.style)
    if number is None:
        if value not in (None, ""):
            context.report("NUMBER_AMBIGUOUS" if is_ambiguous(value) else "NUMBER_UNREADABLE", *place)
        return None
    if number < 0:
        context.report("AMOUNT_NEGATIVE", *place)
    return number * factor


def _load(
    context: SheetContext, line: _Line, column: _AmountColumn, stated: Mapping[int, Decimal | None]
) -> None:
    """Load a line by its parts where they are stated, else by itself; a sum that differs is written down."""
    whole = stated[id(line)]
    parts = [part for part in line.parts if stated[id(part)] is not None]
    if parts:
        total = sum((stated[id(part)] or Decimal(0) for part in parts), Decimal(0))
        _reconcile(context, line.row, column, whole, total)
        for part in parts:
            _load(context, part, column, stated)
    elif whole is not None:
        context.reading.add(
            "funding",
            {
                "unit_code": context.province.unit_code,
                "year": column.year,
                "period_start": column.period.start,
                "period_end": column.period.end,
                "is_cumulative": column.is_cumulative,
                "stage": column.stage,
                "value_kind": column.value_kind,
                **line.source,
                "amount_vnd_million": whole,
                **context.provenance(line.row.number, column.column),
            },
        )


def _reconcile(
    context: SheetContext, row: Row, column: _AmountColumn, whole: Decimal | None, parts: Decimal
) -> None:
    if whole is not None and whole != parts:
        place = cell_name(row.number, column.column)
        context.report("SUM_MISMATCH", row.number, column.column, stated=whole, counted=parts, place=place)
