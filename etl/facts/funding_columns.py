"""What the columns of a funding form mean: stage, year, cut-off, unit of money, and how their numbers are written."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from etl.clean.numbers import clear_styles, is_ambiguous
from etl.clean.periods import Period, find_period
from etl.clean.value_kinds import value_kind
from etl.clean.vocabulary import first_meaning, vocabulary
from etl.context import SheetContext
from etl.read.table import Heading
from ntm.geo.names import text_key

_CUMULATIVE = re.compile(r"l[uũ][yỹ] kế|\bđến\b", re.I)
_SPENT = frozenset({"disbursed", "mobilised"})


@dataclass(frozen=True)
class AmountColumn:
    """A column of amounts. `factor` is how many million đồng one of its unit of money is."""

    column: int
    heading: str
    stage: str
    year: int
    period: Period
    is_cumulative: bool
    value_kind: str
    factor: Decimal
    style: str | None

    @property
    def key(self) -> tuple[object, ...]:
        """What tells its facts from those of other columns."""
        return self.stage, self.year, self.period.end, self.value_kind


def amount_columns(context: SheetContext) -> list[AmountColumn]:
    """Return the columns of amounts that can be read; a column that cannot has its finding.

    Without a unit of money none can. Nor can columns that mean the same (which is the whole and which a part would be a
    guess), nor one whose numbers can be read in two ways.
    """
    headings = context.recognised.columns["amount"]
    general = next((factor for text in context.title.units_of_money if (factor := _factor(text))), None)
    factors = {heading.column: _own_factor(heading) or general for heading in headings}
    if None in factors.values():
        written = ", ".join(context.title.units_of_money)
        context.report("MONEY_UNIT_UNKNOWN" if written else "MONEY_UNIT_MISSING", written=written)
        return []
    styles = _styles(context, factors)
    columns: dict[tuple[object, ...], list[AmountColumn]] = defaultdict(list)
    for heading in headings:
        factor = factors[heading.column]
        column = _amount_column(context, heading, factor, styles[heading.column]) if factor else None
        if column and not _is_ambiguous(context, column):
            columns[column.key].append(column)
    for same in columns.values():
        if len(same) > 1:
            texts = "; ".join(f"'{column.heading}'" for column in same)
            context.report("COLUMN_TWICE", context.table.header_bottom, same[0].column, headings=texts)
    return [same[0] for same in columns.values() if len(same) == 1]


def _own_factor(heading: Heading) -> Decimal | None:
    return next((factor for part in heading.path if (factor := _factor(part))), None)


def _factor(text: str) -> Decimal | None:
    """Return the unit of money that a text names, alone or in brackets, as million đồng."""
    parts = [text, *re.findall(r"\(([^)]*)\)", text), *re.split(r"[,;/(]", text)]
    known = (_factors().get(text_key(re.sub(r"^\W*ĐVT\W*", "", part))) for part in parts)
    return next((factor for factor in known if factor), None)


@cache
def _factors() -> Mapping[str, Decimal]:
    return {text_key(str(word)): Decimal(factor) for word, factor in vocabulary("money_units").items()}


def _styles(context: SheetContext, factors: Mapping[int, Decimal | None]) -> Mapping[int, str | None]:
    """Return how each column writes its numbers: by its own clear cells, else by those of the same unit of money."""
    rows = list(context.table.body_rows())
    own = {column: clear_styles(context.grid.value(row, column) for row in rows) for column in factors}
    styles: dict[int, str | None] = {}
    for column, factor in factors.items():
        others = {style for other in factors if factors[other] == factor for style in own[other]}
        found = own[column] or others
        styles[column] = next(iter(found)) if len(found) == 1 else None
        is_needed = any(is_ambiguous(context.grid.value(row, column)) for row in rows)
        if is_needed and not own[column] and styles[column]:
            context.report("NUMBER_STYLE_OF_NEIGHBOURS", context.table.header_bottom, column)
    return styles


def _amount_column(context: SheetContext, heading: Heading, factor: Decimal, style: str | None) -> AmountColumn | None:
    stage = first_meaning("funding_stages", heading.text)
    stage = stage or first_meaning("funding_stages", context.title.title)
    if stage is None:
        place = context.table.header_bottom, heading.column
        context.report("STAGE_UNKNOWN", *place, heading=heading.text)
        return None
    stated = find_period(heading.text)
    year = (stated or context.period).end.year
    is_cumulative = stage in _SPENT and bool(_CUMULATIVE.search(heading.text))
    start, end = date(year, 1, 1), min(context.period.end, date(year, 12, 31))
    if stated and stage in _SPENT:
        start, end = (start if is_cumulative else stated.start), min(end, stated.end)
    return AmountColumn(
        column=heading.column,
        heading=heading.text,
        stage=stage,
        year=year,
        period=Period(start, max(start, end)),
        is_cumulative=is_cumulative,
        value_kind=_value_kind(heading, stage),
        factor=factor,
        style=style,
    )


def _value_kind(heading: Heading, stage: str) -> str:
    """Need and plan are plans by their stage; an amount that is spent or assigned can be an estimate ('ước')."""
    if stage in ("need", "plan"):
        return "plan"
    return "estimate" if value_kind(heading.text) == "estimate" else "actual"


def _is_ambiguous(context: SheetContext, column: AmountColumn) -> bool:
    """Tell whether a column's numbers can be read in two ways, with its finding at the first of them."""
    if column.style:
        return False
    for row in context.table.body_rows():
        if is_ambiguous(context.grid.value(row, column.column)):
            context.report("NUMBER_AMBIGUOUS", row, column.column, heading=column.heading)
            return True
    return False
