"""Money of the unit of a deck: which amounts are told of a stage, each with its cells, in million đồng and exact."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pandas as pd

from ntm.metrics.exact import exact
from ntm.metrics.funding import by_source, latest, totals
from ntm.metrics.payments import as_date
from ntm.reports.deck.model import Figure
from ntm.reports.deck.request import Material
from ntm.reports.deck.writing import Writer

DECIMALS = 6
"""Of an amount in the warehouse: it is printed with those that it has."""


@dataclass(frozen=True)
class Told:
    """Money of one stage and year at its latest cut-off: rows of mart_funding, and the cells that they add up from."""

    stage: str
    year: int
    cutoff: date
    kind: str
    rows: pd.DataFrame
    cells: pd.DataFrame

    def amounts(self) -> dict[str, Decimal]:
        """Return the amount of each source that is told, then of all ('total') and without credit ('without')."""
        found = _by_group(self.rows)
        total, without = totals(self.rows)
        if total is not None:
            found["total"] = total
        if without is not None and not self.rows["is_credit"].all():
            found["without"] = without
        return found

    def cells_of(self, group: str) -> pd.DataFrame:
        """Return the cells of one source, of 'total' or of 'without'."""
        return cells_of_groups(self.cells, group)


def money_of(material: Material) -> pd.DataFrame:
    """Return the unit's own money of all years, stages and cut-offs, without what was carried over."""
    if material.unit.level == "commune":
        return material.read("commune_money", unit=material.unit.code, month=material.period.month)
    return material.read("funding", unit=material.unit.code, month=material.period.month)


def told_of(material: Material, money: pd.DataFrame, stage: str) -> tuple[Told, ...]:
    """Return what is told of a stage in each year of the period; need is told for the whole year, whatever its day."""
    found = []
    for year in material.period.years:
        rows = latest(money, year, stage, None if stage == "need" else material.period.month)
        if len(rows):
            cutoff = as_date(rows["period_end"].max())
            cells = cells_at(material, year, [stage], cutoff)
            found.append(Told(stage, year, cutoff, str(rows["value_kind"].iloc[0]), rows, cells))
    return tuple(found)


def cells_at(material: Material, year: int, stages: list[str], cutoff: date) -> pd.DataFrame:
    """Return the cells of the unit's money of a year at a cut-off, with source_group."""
    cells = material.read("funding_cells", unit=material.unit.code, year=year, stages=stages, cutoff=cutoff)
    return cells.assign(source_group=cells["source_code"].str.partition("_")[0])


def cells_of_groups(cells: pd.DataFrame, group: str | Iterable[str]) -> pd.DataFrame:
    """Return the cells of one source, of 'total', of 'without' (credit), or of several sources."""
    if group == "total":
        return cells
    if group == "without":
        return cells[cells["source_group"] != "credit"]
    return cells[cells["source_group"].isin([group] if isinstance(group, str) else list(group))]


def summed(told: Iterable[Told]) -> dict[str, Decimal]:
    """Return the sums over years of the amounts that each of them tells; a source that one does not tell has none."""
    every = [one.amounts() for one in told]
    return {
        group: sum((amounts[group] for amounts in every), Decimal(0))
        for group in every[0]
        if all(group in amounts for amounts in every)
    }


def amount(
    w: Writer, name: str, value: object, definition: str, cells: pd.DataFrame | None = None, *, signed: bool = False
) -> Figure:
    """Return an amount in million đồng, exact to its last digit; a change with its sign."""
    number = exact(value)
    text = w.t.format.plain(abs(number) if signed and number is not None else number, DECIMALS)
    if signed and number:
        text = ("+" if number > 0 else "−") + text
    return w.figure(name, number, text, definition, cells)


def _by_group(rows: pd.DataFrame) -> dict[str, Decimal]:
    table = by_source(rows)
    amounts = zip(table["source_group"], table["amount_vnd_million"], strict=True)
    return {str(group): number for group, value in amounts if (number := exact(value)) is not None}
