"""Money by source, stage and year. Credit is lending turnover: every total is given with and without it.

Amounts are those of a year from 1 January to their cut-off, as mart_funding holds them: cumulative ones where they are
reported, else months and quarters summed up where all of them from January on are told. A month is never added to a
cumulative amount, and a year that is told in pieces with gaps is unknown.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np
import pandas as pd

from ntm.metrics.exact import exact_sum
from ntm.metrics.share import shares_pct

SOURCE_GROUPS = ("central", "local", "integrated", "credit", "enterprise", "community", "other")
BUDGET_GROUPS = ("central", "local", "integrated")
STAGES = ("need", "plan", "allocated", "disbursed", "mobilised")
_KINDS = {"actual": 0, "estimate": 1, "plan": 2, "registered": 3}


def latest(funding: pd.DataFrame, year: int, stage: str, month: date | None = None) -> pd.DataFrame:
    """Return the rows of a year's stage at its latest cut-off on or before `month`; empty when there is none.

    Reported amounts come before estimated and planned ones, also newer ones: the two are never added.
    """
    wanted = (funding["year"] == year) & (funding["stage"] == stage)
    if month is not None:
        wanted &= funding["period_end"] <= pd.Timestamp(month)
    rows = funding[wanted]
    if not len(rows):
        return rows
    kinds, days = np.array([_KINDS[kind] for kind in rows["value_kind"]]), rows["period_end"].to_numpy()
    is_surest = kinds == kinds.min()
    return rows[is_surest & (days == days[is_surest].max())]


def by_source(rows: pd.DataFrame) -> pd.DataFrame:
    """Return source_group, amount_vnd_million, share_pct and share_without_credit_pct (empty for credit).

    The shares are of the rows given; sources that the rows do not state are left out, not shown as zero.
    """
    amounts = rows.groupby("source_group", observed=True)["amount_vnd_million"].sum().astype(float).round(6)
    amounts = amounts.reindex([group for group in SOURCE_GROUPS if group in amounts.index])
    total = amounts.sum()
    without = amounts.drop("credit", errors="ignore").sum()
    table = amounts.reset_index()
    table["share_pct"] = shares_pct(table["amount_vnd_million"], total) if total else None
    table["share_without_credit_pct"] = (
        shares_pct(table["amount_vnd_million"], without).where(table["source_group"] != "credit") if without else None
    )
    return table


def totals(rows: pd.DataFrame) -> tuple[Decimal, Decimal] | tuple[None, None]:
    """Return (total, total without credit) in million đồng, exact; None when the rows state nothing."""
    if not len(rows):
        return None, None
    return exact_sum(rows["amount_vnd_million"]), exact_sum(rows.loc[~rows["is_credit"], "amount_vnd_million"])


def by_year_and_stage(funding: pd.DataFrame, *, with_credit: bool) -> pd.DataFrame:
    """Return year, stage, amount_vnd_million, period_end at the latest cut-off of each year's stage."""
    rows = _surest(funding[funding["is_latest"] & (with_credit | ~funding["is_credit"])])
    return _yearly(rows)


def by_year_until(funding: pd.DataFrame, month: date) -> pd.DataFrame:
    """Return the same without credit at the latest cut-off on or before a month; need is told for the whole year."""
    rows = funding[(funding["period_end"] <= pd.Timestamp(month)) | (funding["stage"] == "need")]
    rows = _surest(rows[~rows["is_credit"]])
    rows = rows[rows["period_end"] == rows.groupby(["year", "stage"], observed=True)["period_end"].transform("max")]
    return _yearly(rows)


def _yearly(rows: pd.DataFrame) -> pd.DataFrame:
    yearly = rows.groupby(["year", "stage"], as_index=False, observed=True).agg(
        amount_vnd_million=("amount_vnd_million", "sum"), period_end=("period_end", "max")
    )
    return yearly.round({"amount_vnd_million": 6})


def _surest(rows: pd.DataFrame) -> pd.DataFrame:
    """Return of each year's stage the rows of one kind: actual, else estimate, else plan."""
    rank = rows["value_kind"].map(_KINDS).to_numpy()
    stages = rows.groupby(["year", "stage"], sort=False, observed=True).ngroup().to_numpy()
    surest = np.full(len(rows), len(_KINDS))
    np.minimum.at(surest, stages, rank)
    return rows[rank == surest[stages]]
