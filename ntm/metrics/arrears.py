"""What a unit owes for works of the Programme (nợ đọng xây dựng cơ bản)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd


@dataclass(frozen=True)
class Arrears:
    """What the latest list tells: `amount` in million đồng (0: the list names nothing), `works` that it names."""

    told_until: date
    amount: float
    works: int


def arrears_of(rows: pd.DataFrame) -> Arrears | None:
    """Return what rows of commune_arrears tell; None when no list tells of the unit.

    Where a list states the unit's total beside its works, the total counts and nothing is added twice.
    """
    told_until = rows["told_until"].iloc[0]
    if pd.isna(told_until):
        return None
    owed = rows.dropna(subset=["amount_vnd_million"])
    is_total = owed["work"].isna()
    counted = owed[is_total] if is_total.any() else owed
    return Arrears(told_until.date(), float(counted["amount_vnd_million"].sum()), int((~is_total).sum()))
