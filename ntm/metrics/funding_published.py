"""Published money of the country: parts, their sum and the total that was published beside them, never made to fit."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from ntm.metrics.exact import exact, exact_sum

TOTAL = "mobilised_total"
PARTS = {
    "mobilised_state_budget": None,
    "mobilised_integrated": "integrated",
    "mobilised_credit": "credit",
    "mobilised_enterprise": "enterprise",
    "mobilised_community": "community",
}
"""Figure of the country's money of a year -> its source; the state budget is central and local together."""
PART_OF_PART = {"mobilised_local": "local"}
"""Figures that lie within another part: shown, never added."""


@dataclass(frozen=True)
class Published:
    """A published total (billion đồng), the sum of its parts, and both without credit where credit is told."""

    total: Decimal
    parts: Decimal
    credit: Decimal | None

    @property
    def difference(self) -> Decimal:
        """Sum of the parts less the published total; zero when they agree."""
        return self.parts - self.total

    @property
    def parts_without_credit(self) -> Decimal | None:
        return None if self.credit is None else self.parts - self.credit


def plan_parts(plan: pd.DataFrame) -> pd.DataFrame:
    """Return the lines of a capital plan that add up to its total: no totals, no 'trong đó' lines."""
    return plan[~plan["is_total"] & plan["nature"].isna()]


def plan_published(plan: pd.DataFrame) -> Published | None:
    """Return total and parts of a capital plan; None when it states no total. Sub-totals are smaller than the total."""
    totals = plan.loc[plan["is_total"], "amount_vnd_billion"]
    if not len(totals):
        return None
    parts = plan_parts(plan)
    return Published(
        total=exact(totals.max()) or Decimal(0),
        parts=exact_sum(parts["amount_vnd_billion"]),
        credit=_credit(parts.loc[parts["source_code"] == "credit", "amount_vnd_billion"]),
    )


def year_lines(figures: pd.DataFrame, year: int) -> pd.DataFrame:
    """Return the lines of the country's mobilised money of a year (published figures): parts first, total last.

    metric, value (billion đồng), is_part, source, confidence, note, period_end.
    """
    order = ["mobilised_state_budget", *PART_OF_PART, *list(PARTS)[1:], TOTAL]
    rows = figures[(figures["period_end"].dt.year == year) & figures["metric"].isin(order)]
    rows = rows.assign(is_part=rows["metric"].isin(PARTS))
    return rows.sort_values("metric", key=lambda names: names.map(order.index)).reset_index(drop=True)


def year_published(lines: pd.DataFrame) -> Published | None:
    """Return total and parts of the lines of a year; None when the total or every part is missing."""
    total, parts = lines.loc[lines["metric"] == TOTAL, "value"], lines[lines["is_part"]]
    if not len(total) or not len(parts):
        return None
    return Published(
        total=exact(total.iloc[0]) or Decimal(0),
        parts=exact_sum(parts["value"]),
        credit=_credit(parts.loc[parts["metric"] == "mobilised_credit", "value"]),
    )


def _credit(amounts: pd.Series) -> Decimal | None:
    return exact_sum(amounts) if len(amounts) else None
