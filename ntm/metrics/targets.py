"""Standing of targets at a month: reached, still open, missed, or unknown. Firm targets count; stretch ones stand beside."""

from __future__ import annotations

from datetime import date

import pandas as pd

REACHED, OPEN, MISSED, UNKNOWN = "reached", "open", "missed", "unknown"
_RANK = {"none": 0, "ntm": 1, "nang_cao": 2, "kieu_mau": 3}
COUNT_METRICS = ("ntm_communes", "nang_cao_communes", "kieu_mau_communes")


def with_status(targets: pd.DataFrame, month: date) -> pd.DataFrame:
    """Return the targets with `status` and a `gap` that is never below zero.

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
    return table


def named_units(units: pd.DataFrame) -> pd.DataFrame:
    """Return the named communes with `is_reached`: whether the standard held now is at least the one named."""
    table = units.copy()
    held = table["standard_now"].map(_RANK)
    table["is_reached"] = (held >= table["standard"].map(_RANK)).where(held.notna())
    return table
