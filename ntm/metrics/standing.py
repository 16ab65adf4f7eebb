"""Where the communes of a district or province stand at a month.

Denominator of commune shares: units of kind xã in force at that date. Standards are nested, counts are 'at least'.
Decision 263/QĐ-TTg states the shares of nâng cao and kiểu mẫu of the NTM communes ('trong đó'), common speech those of
all communes: both are given.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from ntm.metrics.share import Share, share
from ntm.model import is_missing

STANDARDS = ("ntm", "nang_cao", "kieu_mau")


@dataclass(frozen=True)
class Standing:
    """Figures of one unit at one month; None is unknown."""

    period_end: date
    set_code: str | None
    communes: int
    known_communes: int
    unknown_communes: int
    not_reporting_communes: int
    stale_communes: int
    of_communes: dict[str, Share]
    of_ntm: dict[str, Share]
    criteria_met_mean: float | None
    communes_below_15: int | None


def standing_at(months: pd.DataFrame, month: date) -> Standing | None:
    """Return the standing at a month from the rows of standing_by_month; None when the month is not there."""
    rows = months[months["period_end"] == pd.Timestamp(month)]
    return _standing(rows.iloc[0]) if len(rows) else None


def _standing(row: pd.Series) -> Standing:
    counts = {standard: row[f"{standard}_communes"] for standard in STANDARDS}
    below = row["communes_below_15"]
    mean = row["criteria_met_mean"]
    return Standing(
        period_end=row["period_end"].date(),
        set_code=None if is_missing(row["set_code"]) else str(row["set_code"]),
        communes=int(row["communes"]),
        known_communes=int(row["known_communes"]),
        unknown_communes=int(row["unknown_communes"]),
        not_reporting_communes=int(row["not_reporting_communes"]),
        stale_communes=int(row["stale_communes"]),
        of_communes={
            standard: share(count, row["communes"], "share.of_communes") for standard, count in counts.items()
        },
        of_ntm={standard: share(count, counts["ntm"], "share.of_ntm") for standard, count in counts.items()},
        criteria_met_mean=None if is_missing(mean) else float(mean),
        communes_below_15=None if is_missing(below) else int(below),
    )
