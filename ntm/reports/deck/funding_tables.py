"""The money of one stage as figures: by source and year, summed over the years told, and in shares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from ntm.metrics.funding import SOURCE_GROUPS
from ntm.metrics.share import share
from ntm.reports.deck.amounts import Told, amount, summed
from ntm.reports.deck.model import Figure
from ntm.reports.deck.writing import Writer

WITHOUT = "without"
SUM = "sum"
_SHARE_DECIMALS = 2
Amounts = Mapping[tuple[str, str], Figure]
"""(year or 'sum', source, 'without' or 'total') -> amount."""


@dataclass(frozen=True)
class StageMoney:
    """`span` is the column that shares are of: the only year told, or the sum of those that are."""

    stage: str
    name: str
    told: tuple[Told, ...]
    groups: tuple[str, ...]
    amounts: Amounts
    pct: Mapping[str, Figure]
    pct_without: Mapping[str, Figure]
    days_text: str

    @property
    def years(self) -> list[str]:
        return [str(one.year) for one in self.told]

    @property
    def span(self) -> str:
        return self.years[0] if len(self.told) == 1 else SUM

    @property
    def years_text(self) -> str:
        """Return '2022', '2021–2023' of years without a gap, or the years one by one."""
        first, last = self.told[0].year, self.told[-1].year
        if first == last:
            return str(first)
        return f"{first}–{last}" if last - first + 1 == len(self.told) else ", ".join(self.years)

    @property
    def has_credit(self) -> bool:
        return "credit" in self.groups

    @property
    def has_without(self) -> bool:
        """Whether anything beside credit is told, of every year of the span."""
        return (self.span, WITHOUT) in self.amounts

    def shares(self, group: str) -> Sequence[Figure | None]:
        """Return the shares of a source, or of a total, that stand beside its amount."""
        if not (self.has_credit and self.has_without):
            return [(self.pct if self.has_credit else self.pct_without).get(group)]
        return [self.pct.get(group), self.pct_without.get(group)]


def stage_money(w: Writer, told: tuple[Told, ...]) -> StageMoney | None:
    """Return the figures of a stage; None when no year of the period tells of it."""
    if not told:
        return None
    stage, name = told[0].stage, w.t(f"stage.{told[0].stage}")
    found = {str(one.year): one.amounts() for one in told}
    amounts = {
        (year, group): _amount(w, one, year, group, value)
        for one, (year, by_group) in zip(told, found.items(), strict=True)
        for group, value in by_group.items()
    }
    span = next(iter(found))
    whole = found[span]
    cells = {group: told[0].cells_of(group) for group in whole}
    if len(told) > 1:
        span, whole = SUM, summed(told)
        cells = {group: pd.concat([one.cells_of(group) for one in told], ignore_index=True) for group in whole}
        years = ", ".join(found)
        for group, value in whole.items():
            definition = w.t("deck.funding.definition_sum", stage=name, source=_source(w, group), years=years)
            amounts[SUM, group] = amount(w, f"{stage}_{SUM}_{group}", value, definition, cells[group])
    groups = tuple(group for group in SOURCE_GROUPS if any(group in by_group for by_group in found.values()))
    rest = {group: value for group, value in whole.items() if group not in ("credit", "total")}
    return StageMoney(
        stage,
        name,
        told,
        groups,
        amounts,
        _shares(w, f"{stage}_{span}", "total", whole, cells, "deck.funding.of_total"),
        _shares(w, f"{stage}_{span}", WITHOUT, rest, cells, "deck.funding.of_without"),
        "; ".join(w.t.format.day(one.cutoff) for one in told),
    )


def _amount(w: Writer, one: Told, year: str, group: str, value: Decimal) -> Figure:
    definition = w.t(
        "deck.funding.definition",
        stage=w.t(f"stage.{one.stage}"),
        source=_source(w, group),
        year=year,
        day=w.t.format.day(one.cutoff),
    )
    return amount(w, f"{one.stage}_{year}_{group}", value, definition, one.cells_of(group))


def _source(w: Writer, group: str) -> str:
    named = {"total": "deck.funding.every_source", WITHOUT: "deck.funding.every_but_credit"}
    return w.t(named[group]) if group in named else w.t(f"source.{group}")


def _shares(
    w: Writer,
    name: str,
    base: str,
    amounts: Mapping[str, Decimal],
    cells: Mapping[str, pd.DataFrame],
    definition: str,
) -> dict[str, Figure]:
    """Return the share of each amount in one of them; nothing where that is not told."""
    if base not in amounts:
        return {}
    ending = "pct" if base == "total" else "pct_without"
    return {
        group: w.pct(
            f"{name}_{group}_{ending}", share(value, amounts[base], definition), cells[base], decimals=_SHARE_DECIMALS
        )
        for group, value in amounts.items()
    }
