"""Money by source, stage and year. Credit is lending turnover: every total is given with and without it.

Amounts are those of a year from 1 January to their cut-off, as mart_funding holds them: cumulative ones where they are
reported, else months and quarters summed up where all of them from January on are told. A month is never added to a
cumulative amount, and a year that is told in pieces with gaps is unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from ntm.metrics.share import Share, share

SOURCE_GROUPS = ("central", "local", "integrated", "credit", "enterprise", "community", "other")
BUDGET_GROUPS = ("central", "local", "integrated")
STAGES = ("need", "plan", "allocated", "disbursed", "mobilised")
_KINDS = {"actual": 0, "estimate": 1, "plan": 2, "registered": 3}


@dataclass(frozen=True)
class Disbursement:
    """Disbursed of allocated for one year at one cut-off, over the sources that report both."""

    year: int
    cutoff: date
    allocated: float
    disbursed: float

    @property
    def rate(self) -> Share:
        """Rate over allocated money, the only base that it may have; need and plan are never its base."""
        return share(self.disbursed, self.allocated, "share.of_allocated")


def latest(funding: pd.DataFrame, year: int, stage: str, month: date | None = None) -> pd.DataFrame:
    """Return the rows of a year's stage at its latest cut-off on or before `month`; empty when there is none.

    Reported amounts come before estimated and planned ones, also newer ones: the two are never added.
    """
    rows = funding[(funding["year"] == year) & (funding["stage"] == stage)]
    if month is not None:
        rows = rows[rows["period_end"] <= pd.Timestamp(month)]
    rows = _surest(rows)
    return rows[rows["period_end"] == rows["period_end"].max()] if len(rows) else rows


def by_source(rows: pd.DataFrame) -> pd.DataFrame:
    """Return source_group, amount_vnd_million, share_pct and share_without_credit_pct (empty for credit).

    The shares are of the rows given; sources that the rows do not state are left out, not shown as zero.
    """
    amounts = rows.groupby("source_group", observed=True)["amount_vnd_million"].sum()
    amounts = amounts.reindex([group for group in SOURCE_GROUPS if group in amounts.index])
    total = amounts.sum()
    without = amounts.drop("credit", errors="ignore").sum()
    table = amounts.reset_index()
    table["share_pct"] = 100 * table["amount_vnd_million"] / total if total else None
    table["share_without_credit_pct"] = (
        (100 * table["amount_vnd_million"] / without).where(table["source_group"] != "credit") if without else None
    )
    return table


def totals(rows: pd.DataFrame) -> tuple[float | None, float | None]:
    """Return (total, total without credit) in million đồng; None when the rows state nothing."""
    if not len(rows):
        return None, None
    return float(rows["amount_vnd_million"].sum()), float(rows.loc[~rows["is_credit"], "amount_vnd_million"].sum())


def disbursement(funding: pd.DataFrame, year: int, month: date) -> Disbursement | None:
    """Return the disbursement of a year at its latest cut-off on or before a month; None when it was not reported.

    Only sources with both an allocated and a disbursed amount at the same cut-off count: a rate over money of another
    source, year or cut-off is none.
    """
    by_group = disbursement_by_source(funding, year, month)
    if by_group is None:
        return None
    return Disbursement(
        year=year,
        cutoff=by_group["period_end"].iloc[0].date(),
        allocated=float(by_group["allocated"].sum()),
        disbursed=float(by_group["disbursed"].sum()),
    )


def disbursement_by_source(funding: pd.DataFrame, year: int, month: date) -> pd.DataFrame | None:
    """Return source_group, period_end, allocated, disbursed, rate_pct for the sources that report both.

    The cut-off is the last one at which allocated money is told too: reports of a month's payments alone have no rate.
    """
    allocated = funding.loc[(funding["year"] == year) & (funding["stage"] == "allocated"), "period_end"]
    disbursed = latest(funding[funding["period_end"].isin(allocated)], year, "disbursed", month)
    if not len(disbursed):
        return None
    cutoff = disbursed["period_end"].iloc[0]
    rows = funding[
        (funding["year"] == year)
        & (funding["period_end"] == cutoff)
        & funding["stage"].isin(("allocated", "disbursed"))
        & (funding["value_kind"] == "actual")
    ]
    # The finest rows that are told apart: a source that states only one of the two is left out of the rate.
    finest = rows.pivot_table(
        index=["source_group", "source_code", rows["nature"].fillna("")],
        columns="stage",
        values="amount_vnd_million",
        aggfunc="sum",
        observed=True,
    )
    if not {"allocated", "disbursed"} <= set(finest.columns):
        return None
    table = finest.dropna(subset=["allocated", "disbursed"]).groupby(level="source_group").sum()
    table = table.reindex([group for group in SOURCE_GROUPS if group in table.index]).reset_index()
    table["period_end"] = cutoff
    table["rate_pct"] = (100 * table["disbursed"] / table["allocated"]).where(table["allocated"] > 0)
    return table if len(table) else None


def by_year_and_stage(funding: pd.DataFrame, *, with_credit: bool) -> pd.DataFrame:
    """Return year, stage, amount_vnd_million, period_end at the latest cut-off of each year's stage."""
    rows = _surest(funding[funding["is_latest"] & (with_credit | ~funding["is_credit"])])
    return rows.groupby(["year", "stage"], as_index=False, observed=True).agg(
        amount_vnd_million=("amount_vnd_million", "sum"), period_end=("period_end", "max")
    )


def by_year_until(funding: pd.DataFrame, month: date) -> pd.DataFrame:
    """Return the same without credit at the latest cut-off on or before a month; need is told for the whole year."""
    rows = funding[(funding["period_end"] <= pd.Timestamp(month)) | (funding["stage"] == "need")]
    rows = _surest(rows[~rows["is_credit"]])
    rows = rows[rows["period_end"] == rows.groupby(["year", "stage"], observed=True)["period_end"].transform("max")]
    return rows.groupby(["year", "stage"], as_index=False, observed=True).agg(
        amount_vnd_million=("amount_vnd_million", "sum"), period_end=("period_end", "max")
    )


def _surest(rows: pd.DataFrame) -> pd.DataFrame:
    """Return of each year's stage the rows of one kind: actual, else estimate, else plan."""
    rank = rows["value_kind"].map(_KINDS)
    return rows[rank == rank.groupby([rows["year"], rows["stage"]]).transform("min")]
