"""Standing of targets at a month: reached, open, missed, or unknown. Firm targets count; stretch ones stand beside."""

from __future__ import annotations

from datetime import date

import pandas as pd

REACHED, OPEN, MISSED, UNKNOWN = "reached", "open", "missed", "unknown"
_RANK = {"none": 0, "ntm": 1, "nang_cao": 2, "kieu_mau": 3}
# The order in which a leader asks for them.
METRICS = (
    "ntm_communes", "nang_cao_communes", "kieu_mau_communes", "ntm_communes_new", "nang_cao_communes_new",
    "kieu_mau_communes_new", "ntm_share_pct", "nang_cao_share_pct", "kieu_mau_share_pct", "criteria_met_mean",
    "communes_below_15", "criteria_met_min", "ocop_products_new", "ocop_national_products",
)  # fmt: skip


def with_status(targets: pd.DataFrame, month: date) -> pd.DataFrame:
    """Return the targets with `status` and a `gap` that is never below zero, in the order of due date and METRICS.

    A target is missed when its due date has passed without it: the actual value at the due date counts, what came
    later does not mend it.
    """
    table = targets.copy()
    is_due = table["due_date"] <= pd.Timestamp(month)
    table["status"] = OPEN
    table.loc[is_due, "status"] = MISSED
    table.loc[table["is_reached"].fillna(False).astype(bool), "status"] = REACHED
    table.loc[table["is_reached"].isna(), "status"] = UNKNOWN
    table["gap"] = table["gap"].clip(lower=0)
    rank = table["metric"].map({metric: number for number, metric in enumerate(METRICS)})
    return table.assign(rank=rank).sort_values(["due_date", "rank", "kind"]).drop(columns="rank")


def named_units(units: pd.DataFrame) -> pd.DataFrame:
    """Return the named communes with `is_reached`: whether the standard held now is at least the one named.

    Empty where months do not tell: no list of recognitions, or a standard beside the three nested ones.
    """
    table = units.copy()
    held, named = table["standard_now"].map(_RANK), table["standard"].map(_RANK)
    table["is_reached"] = (held >= named).where(held.notna() & named.notna())
    return table
