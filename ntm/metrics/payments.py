"""Disbursement: of the money allocated, how much was spent (giải ngân trên vốn được giao).

The one division there is: disbursed over allocated money of the same unit, year, cut-off, source and nature, both
reported as actual. Need, plan, mobilised or estimated money, and that of another year, source or cut-off, is never its
base, and credit is lending turnover and has no rate. Money that tells only one of the two is left out, and
`why_no_rate` says what is missing. A rate over 100% is kept as it is: it is to be checked, not clipped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd

from ntm.metrics.exact import exact_sum
from ntm.metrics.funding import SOURCE_GROUPS
from ntm.metrics.share import Share, share, shares_pct

PART = ["source_group", "source_code", "nature"]
"""The finest money that is told apart; nature is empty where it is not told."""
_KEY = ["year", "period_end", *PART]
NO_BASE = ("need", "plan", "mobilised", "estimate", "credit")
"""Money that may be told of a year and is never what a rate is over."""
_RATE_DECIMALS = 12
WHY = ("no_money", "no_allocated", "no_disbursed", "other_cutoff", "other_source", "zero")


@dataclass(frozen=True)
class Disbursement:
    """Disbursed of allocated for one year at one cut-off, over the sources that report both."""

    year: int
    cutoff: date
    allocated: Decimal
    disbursed: Decimal

    @property
    def rate(self) -> Share:
        """Rate over allocated money, the only base that it may have; need and plan are never its base."""
        return share(self.disbursed, self.allocated, "share.of_allocated")

    @property
    def is_over(self) -> bool:
        """Whether more was disbursed than allocated: to be checked."""
        return self.disbursed > self.allocated


@dataclass(frozen=True)
class NoRate:
    """Why a rate cannot be said: one of WHY, the cut-offs told of each stage, and what is told but is no base."""

    why: str
    allocated: tuple[date, ...]
    disbursed: tuple[date, ...]
    no_base: tuple[str, ...]


def reported(funding: pd.DataFrame, years: Sequence[int], month: date) -> pd.DataFrame:
    """Return the allocated and disbursed money of years up to a month that is reported as actual.

    Without credit, and without money carried over from an earlier year's budget: that is of another year. `funding` is
    rows of mart_funding of one unit; nature is '' where it is not told. Raises ValueError when the rows
    are of several units: their money has no common rate.
    """
    if (count := len(set(funding["unit_code"]))) > 1:
        raise ValueError(f"money of {count} units has no common rate")
    wanted = (
        funding["year"].isin(list(years))
        & (funding["period_end"] <= pd.Timestamp(month))
        & funding["stage"].isin(("allocated", "disbursed"))
        & (funding["value_kind"] == "actual")
        & ~funding["is_credit"].astype(bool)
    )
    if "origin_year" in funding:
        wanted &= funding["origin_year"] == funding["year"]
    rows = funding[wanted]
    return rows.assign(nature=rows["nature"].fillna("").astype(str))


def pairs_of(rows: pd.DataFrame) -> pd.DataFrame:
    """Return year, period_end, the columns of PART, allocated, disbursed of reported money that tells both."""
    # In Python: a year has some hundred rows, and pandas takes longer to begin than this to end.
    told: dict[tuple[Any, ...], dict[str, float]] = {}
    for *key, stage, amount in zip(*(rows[name] for name in (*_KEY, "stage", "amount_vnd_million")), strict=True):
        amounts = told.setdefault(tuple(key), {})
        amounts[stage] = amounts.get(stage, 0.0) + float(amount)
    both = [
        (*key, round(amounts["allocated"], 6), round(amounts["disbursed"], 6))
        for key, amounts in sorted(told.items())
        if len(amounts) == 2
    ]
    table = pd.DataFrame(both, columns=[*_KEY, "allocated", "disbursed"])
    return table.astype({"period_end": "datetime64[us]", "allocated": float, "disbursed": float})


def disbursement_pairs(funding: pd.DataFrame, year: int, month: date) -> pd.DataFrame | None:
    """Return those of the last cut-off on or before a month that tells both; None when there is none.

    A row is the finest money that is told apart. Later reports of payments alone have no rate.
    """
    pairs = pairs_of(reported(funding, (year,), month))
    return pairs[pairs["period_end"] == pairs["period_end"].max()].reset_index(drop=True) if len(pairs) else None


def rates_of(pairs: pd.DataFrame) -> tuple[Disbursement, ...]:
    """Return the disbursement at each year's cut-offs of the rows of pairs_of, by day."""
    parts: dict[tuple[int, date], list[tuple[float, float]]] = {}
    columns = (pairs[name] for name in ("year", "period_end", "allocated", "disbursed"))
    for year, cutoff, *amounts in zip(*columns, strict=True):
        parts.setdefault((int(year), cutoff.date()), []).append(tuple(amounts))
    return tuple(
        Disbursement(year, cutoff, *(exact_sum(amounts) for amounts in zip(*parts[year, cutoff], strict=True)))
        for year, cutoff in sorted(parts)
    )


def disbursement(funding: pd.DataFrame, year: int, month: date) -> Disbursement | None:
    """Return the disbursement of a year at its latest cut-off on or before a month; None when it was not reported."""
    pairs = disbursement_pairs(funding, year, month)
    return None if pairs is None else rates_of(pairs)[-1]


def disbursement_by_source(funding: pd.DataFrame, year: int, month: date) -> pd.DataFrame | None:
    """Return source_group, period_end, allocated, disbursed, rate_pct, is_over for the sources that report both."""
    pairs = disbursement_pairs(funding, year, month)
    if pairs is None:
        return None
    table = _sums(pairs.groupby(["source_group", "period_end"], observed=True)[["allocated", "disbursed"]])
    table = table.reset_index().set_index("source_group")
    table = table.reindex([group for group in SOURCE_GROUPS if group in table.index]).reset_index()
    return table.assign(rate_pct=rate_pct(table), is_over=table["disbursed"] > table["allocated"])


def left_out(funding: pd.DataFrame, year: int, cutoff: date) -> tuple[tuple[str, str], ...]:
    """Return (source_code, nature) of the money that tells only one of both at a cut-off, and so is in no rate."""
    rows = reported(funding, (year,), cutoff)
    rows = rows[rows["period_end"] == pd.Timestamp(cutoff)]
    stages = rows.groupby(["source_code", "nature"])["stage"].nunique()
    return tuple(stages.index[stages < 2])


def why_no_rate(funding: pd.DataFrame, year: int, month: date) -> NoRate | None:
    """Return why a year has no rate up to a month; None when it has one."""
    rate = disbursement(funding, year, month)
    if rate is not None and rate.allocated > 0:
        return None
    rows = reported(funding, (year,), month)
    allocated, disbursed = (_cutoffs(rows[rows["stage"] == stage]) for stage in ("allocated", "disbursed"))
    if rate is not None:
        why = "zero"
    elif allocated and disbursed:
        why = "other_source" if set(allocated) & set(disbursed) else "other_cutoff"
    else:
        why = "no_allocated" if disbursed else "no_disbursed" if allocated else "no_money"
    of_year = funding[funding["year"] == year]
    told = set(of_year["stage"]) | set(of_year["value_kind"]) | ({"credit"} if of_year["is_credit"].any() else set())
    return NoRate(why, allocated, disbursed, tuple(kind for kind in NO_BASE if kind in told))


def ranking(rows: pd.DataFrame, *, source: str | None = None, nature: str | None = None) -> pd.DataFrame:
    """Return unit_code, name, period_end, allocated, disbursed, rate_pct, rank, is_reported, is_over of districts.

    `rows` is those of query payments_districts: a row for each part of a district's money that tells both amounts at
    a cut-off, and one with empty amounts for a district that reports none; `source` and `nature` narrow them. Rank 1 is
    the highest rate and equal rates have one rank. Only districts at one cut-off are compared, the one that most of
    them share (of equals the latest); others have a rate without a rank, and those that do not report come last, by
    name.
    """
    units = rows[["unit_code", "name"]].drop_duplicates()
    told = rows.dropna(subset=["allocated", "disbursed"])
    if source:
        told = told[told["source_group"] == source]
    if nature:
        told = told[told["nature"] == nature]
    told = told[told["period_end"] == told.groupby("unit_code")["period_end"].transform("max")]
    sums = _sums(told.groupby(["unit_code", "period_end"])[["allocated", "disbursed"]])
    table = units.merge(sums.reset_index(), on="unit_code", how="left")
    table["rate_pct"] = rate_pct(table)
    compared = table["rate_pct"].notna() & (table["period_end"] == common_cutoff(table))
    table["rank"] = table["rate_pct"].where(compared).rank(method="min", ascending=False).astype("Int64")
    table["is_reported"] = table["period_end"].notna()
    table["is_over"] = table["disbursed"] > table["allocated"]
    return table.sort_values(
        ["rank", "is_reported", "name"], ascending=[True, False, True], na_position="last", ignore_index=True
    )


def common_cutoff(ranked: pd.DataFrame) -> pd.Timestamp | None:
    """Return the cut-off at which districts are compared: the one that most share, of equals the latest."""
    counts = ranked["period_end"].value_counts()
    return counts.index[counts == counts.max()].max() if len(counts) else None


def rate_pct(table: pd.DataFrame) -> pd.Series:
    """Return 100 x disbursed / allocated of a table of pairs; missing where nothing was allocated.

    Equal rates are equal numbers: a float of 7/10 and one of 0.07/0.1 differ in their last digit.
    """
    return shares_pct(table["disbursed"], table["allocated"]).round(_RATE_DECIMALS)


def _sums(groups: Any) -> Any:
    """Return the sums of grouped amounts of DECIMAL(18,6), which frames hold as floats: right to its last digit."""
    return groups.sum().astype(float).round(6)


def as_date(day: Any) -> date:
    """Return the day of a value of a frame."""
    return pd.Timestamp(day).date()


def _cutoffs(rows: pd.DataFrame) -> tuple[date, ...]:
    return tuple(as_date(day) for day in sorted(rows["period_end"].unique()))
