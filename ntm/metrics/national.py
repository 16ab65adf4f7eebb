"""Published figures of the country against the 2025 targets of decision 263/QĐ-TTg: shares recomputed, never copied."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from ntm.metrics.share import Share, fits, share, shares_pct
from ntm.yaml_files import read_yaml

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
        return not fits(self.quoted_pct, self.share.pct)


@cache
def rules() -> Mapping[str, Any]:
    """Return national.yml: names of the regions, and the day from which the units of count are others."""
    found: Mapping[str, Any] = read_yaml(Path(__file__).with_suffix(".yml"))
    return found


def reform_day() -> pd.Timestamp:
    """Return the first day of the units of today."""
    return pd.Timestamp(rules()["reform"]["day"])


def series(figures: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return period_end, numerator, denominator, pct, quoted_pct, source, figure_no of one series, oldest first.

    A period counts when both its count and its denominator were published, and before the reform of 1 July 2025: later
    counts are of other units and no points of the same series. Where one period has several figures the
    first of the list is taken; all of them are in the table of sources.
    """
    count, base, _, quoted = SERIES[name]
    is_of_series = (figures["value_kind"] == "actual") & (figures["period_end"] < reform_day())
    rows = figures[is_of_series].sort_values("figure_no")

    firsts = rows[rows["metric"].isin((count, base, quoted))].drop_duplicates(["metric", "period_end"])
    told = {metric: part.set_index("period_end") for metric, part in firsts.groupby("metric")}
    nothing = firsts.head(0).set_index("period_end")
    counts = told.get(count, nothing)
    table = pd.DataFrame(
        {
            "numerator": counts["value"],
            "denominator": told.get(base, nothing)["value"],
            "quoted_pct": told.get(quoted, nothing)["value"],
            "source": counts["source"],
            "figure_no": counts["figure_no"],
        }
    ).rename_axis("period_end")
    table["pct"] = shares_pct(table["numerator"], table["denominator"])
    return table.dropna(subset=["pct"]).reset_index().sort_values("period_end")


def every_series(figures: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return each of SERIES by its name, of the figures of one place."""
    return {name: series(figures, name) for name in SERIES}


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


def by_year(rows: pd.DataFrame, target_pct: float | None) -> pd.DataFrame:
    """Return the last figure of each year of a series with year, gap_pct (points above the target) and is_reached."""
    table = rows.assign(year=rows["period_end"].dt.year).groupby("year").tail(1)
    gap = table["pct"] - (float("nan") if target_pct is None else target_pct)
    return table.assign(gap_pct=gap, is_reached=(gap >= 0).astype(object).where(gap.notna(), None))


def quoted(figures: pd.DataFrame) -> pd.DataFrame:
    """Return every published percentage of SERIES, of any place and period, beside the share of the published counts.

    Columns: those of published_figure, and numerator, denominator, pct, differs. Counts of the same source are taken
    before others of the same day. Without counts pct is missing, and nothing is said to differ.
    """
    rows = figures[figures["value_kind"] == "actual"].sort_values("figure_no", ascending=False)
    counts: dict[tuple[object, ...], float] = {}
    for place, day, metric, source, value in rows[["place", "period_end", "metric", "source", "value"]].to_numpy():
        counts[place, day, metric, source] = counts[place, day, metric] = float(value)
    parts = {metric: (count, base) for count, base, _, metric in SERIES.values()}
    table = rows[rows["metric"].isin(parts)].iloc[::-1].reset_index(drop=True)
    told: list[list[float]] = [[], []]
    for place, day, metric, source in table[["place", "period_end", "metric", "source"]].to_numpy():
        for values, part in zip(told, parts[metric], strict=True):
            other = counts.get((place, day, part), float("nan"))
            values.append(counts.get((place, day, part, source), other))
    table["numerator"], table["denominator"] = told
    table["pct"] = shares_pct(table["numerator"], table["denominator"])
    table["differs"] = [
        pd.notna(pct) and not fits(float(value), pct) for value, pct in zip(table["value"], table["pct"], strict=True)
    ]
    return table.sort_values(["differs", "period_end"], ascending=[False, True], kind="stable", ignore_index=True)


def with_latest(targets: pd.DataFrame, figures: pd.DataFrame) -> pd.DataFrame:
    """Return targets with the latest published figure of the same metric: actual, actual_day and so on, is_reached.

    The place of a region is the one that national.yml names. What was not published stays missing and is neither
    reached nor missed. A range is reached from its lower end on. Percentages are as quoted, without
    counts.
    """
    places = {"VN": "Việt Nam"} | rules()["regions"]
    told = figures[(figures["value_kind"] == "actual") & (figures["period_end"] < reform_day())]
    last = told.sort_values(["period_end", "figure_no"], ascending=[True, False]).groupby(["place", "metric"]).tail(1)
    columns = {"value": "actual", "period_end": "actual_day", "source": "actual_source"}
    columns |= {"confidence": "actual_confidence", "figure_no": "figure_no"}
    table = targets.assign(place=targets["scope_code"].map(places)).merge(
        last[["place", "metric", *columns]].rename(columns=columns), on=["place", "metric"], how="left"
    )
    is_most = table["comparison"] == "<="
    actual, value = table["actual"].astype(float), table["value"].astype(float)
    reached = (actual >= value).where(~is_most, actual <= value)
    return table.assign(is_reached=reached.astype(object).where(actual.notna() & value.notna(), None))
