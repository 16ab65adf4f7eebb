"""Published figures of the country against the 2025 targets of decision 263/QĐ-TTg: shares recomputed, never copied."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from ntm.metrics.share import Share, share

# Metric of the count, metric of its denominator, metric of the target, metric of the share as quoted.
SERIES = {
    "ntm": ("ntm_communes", "communes", "ntm_share_pct", "ntm_share_pct"),
    "nang_cao": ("nang_cao_communes", "ntm_communes", "nang_cao_share_pct", "nang_cao_share_of_ntm_pct"),
    "kieu_mau": ("kieu_mau_communes", "ntm_communes", "kieu_mau_share_pct", "kieu_mau_share_of_ntm_pct"),
}


@dataclass(frozen=True)
class Latest:
    """The latest published figure of one series against its target."""

    series: str
    share: Share
    period_end: pd.Timestamp
    quoted_pct: float | None
    target_pct: float | None

    @property
    def is_reached(self) -> bool | None:
        if self.share.pct is None or self.target_pct is None:
            return None
        return self.share.pct >= self.target_pct

    @property
    def differs_from_quoted(self) -> bool:
        """Whether the published percentage is neither the rounded nor the cut-off share of the published counts."""
        if self.quoted_pct is None or self.share.pct is None:
            return False
        decimals = max(0, -int(Decimal(str(self.quoted_pct)).normalize().as_tuple().exponent))
        scale = 10**decimals
        fitting = (round(self.share.pct, decimals), math.floor(self.share.pct * scale) / scale)
        return self.quoted_pct not in fitting


def series(figures: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return period_end, numerator, denominator, pct, quoted_pct, source of one series, oldest first.

    A period counts when both its count and its denominator were published. Where one period has several figures the
    first of the list is taken; all of them are in the table of sources.
    """
    count, base, _, quoted = SERIES[name]
    rows = figures[figures["value_kind"] == "actual"].sort_values("figure_no")

    def first(metric: str, column: str = "value") -> pd.Series:
        return rows[rows["metric"] == metric].groupby("period_end")[column].first()

    table = pd.DataFrame(
        {
            "numerator": first(count),
            "denominator": first(base),
            "quoted_pct": first(quoted),
            "source": first(count, "source"),
        }
    ).rename_axis("period_end")
    table["pct"] = 100 * table["numerator"] / table["denominator"]
    return table.dropna(subset=["pct"]).reset_index().sort_values("period_end")


def latest(rows: pd.DataFrame, targets: pd.DataFrame, name: str) -> Latest | None:
    """Return the latest figure of a series, as `series` gives it, with its national target; None without figures."""
    if not len(rows):
        return None
    row = rows.iloc[-1]
    target = targets[(targets["scope_code"] == "VN") & (targets["metric"] == SERIES[name][2])]
    return Latest(
        series=name,
        share=share(row["numerator"], row["denominator"], "share.of_communes" if name == "ntm" else "share.of_ntm"),
        period_end=row["period_end"],
        quoted_pct=None if pd.isna(row["quoted_pct"]) else float(row["quoted_pct"]),
        target_pct=float(target["value"].iloc[0]) if len(target) else None,
    )
