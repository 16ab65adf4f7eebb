"""Counterpart funding (vốn đối ứng): what the local budget allocated beside another source, and what it had to.

Nothing is judged by a rule that is unverified, that names no ratio, or that holds for a part of the area alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pandas as pd

from ntm.metrics.exact import exact, exact_sum
from ntm.metrics.share import Share, share

USABLE = ("verbatim", "secondary")
"""Confidence of the rules that something is counted by (data/reference/README.md)."""


@dataclass(frozen=True)
class Counterpart:
    """Allocated money of a year at a cut-off: `base` of the source counted on, `assigned` of who adds to it.

    `ratio_pct` is the least ratio of a rule; None where no rule that can be used names one.
    """

    cutoff: date
    base: Decimal
    assigned: Decimal
    ratio_pct: Decimal | None = None

    @property
    def ratio(self) -> Share:
        return share(self.assigned, self.base, "share.of_central")

    @property
    def required(self) -> Decimal | None:
        return None if self.ratio_pct is None else self.base * self.ratio_pct / 100

    @property
    def shortfall(self) -> Decimal | None:
        """What is missing to the least that the rule asks for; zero where nothing is."""
        return None if self.required is None else max(self.required - self.assigned, Decimal(0))


def usable(rules: pd.DataFrame) -> pd.DataFrame:
    """Return the rules of query counterpart_rules that something can be counted by."""
    return rules[rules["confidence"].isin(USABLE) & rules["ratio_pct"].notna() & rules["area_note"].isna()]


def counterpart(
    money: pd.DataFrame,
    year: int,
    month: date,
    *,
    source: str = "central",
    paid_by: str = "local",
    nature: str | None = None,
    ratio_pct: object = None,
) -> Counterpart | None:
    """Return the counterpart of a year at the latest cut-off on or before a month that tells both; None without one.

    `money` is query funding. Only reported allocated money counts. `paid_by` 'local' is all levels of the local budget;
    `nature` None is all money of the sources, told apart or not.
    """
    rows = money[
        (money["year"] == year)
        & (money["stage"] == "allocated")
        & (money["value_kind"] == "actual")
        & (money["period_end"] <= pd.Timestamp(month))
    ]
    if nature is not None:
        rows = rows[rows["nature"] == nature]
    base = rows[rows["source_code"] == source]
    payer = rows["source_group"] if paid_by == "local" else rows["source_code"]
    assigned = rows[payer == paid_by]
    both = set(base["period_end"]) & set(assigned["period_end"])
    if not both:
        return None
    cutoff = max(both)
    return Counterpart(
        cutoff=pd.Timestamp(cutoff).date(),
        base=exact_sum(base.loc[base["period_end"] == cutoff, "amount_vnd_million"]),
        assigned=exact_sum(assigned.loc[assigned["period_end"] == cutoff, "amount_vnd_million"]),
        ratio_pct=exact(ratio_pct),
    )
