"""Standing of targets at a month: reached, open, missed, unknown, pending. Firm ones count, stretch ones stand beside.

What is counted and on what scale stands in targets.yml.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from ntm.yaml_files import read_yaml

REACHED, OPEN, MISSED, UNKNOWN, PENDING = "reached", "open", "missed", "unknown", "pending"
_RANK = {"none": 0, "ntm": 1, "nang_cao": 2, "kieu_mau": 3}
_PATH = Path(__file__).with_suffix(".yml")


@cache
def target_rules() -> Mapping[str, Any]:
    """Return scales, counted, of_the_year and pace of targets.yml."""
    rules: Mapping[str, Any] = read_yaml(_PATH)
    return rules


SCALES: Mapping[str, str] = {metric: scale for scale, metrics in target_rules()["scales"].items() for metric in metrics}
"""Metric -> the scale it is drawn on, in the order in which leaders ask."""
METRICS = tuple(SCALES)
COUNTED: Mapping[str, str] = target_rules()["counted"]
"""Share -> the metric that counts its numerator."""


def with_status(targets: pd.DataFrame, month: date) -> pd.DataFrame:
    """Return the targets with `status` and a `gap` that is never below zero, in the order of due date and METRICS.

    A target is missed when its due date has passed without it: the actual value at the due date counts, what came
    later does not mend it. One whose value the document leaves open (chờ hướng dẫn) is pending, whatever was done; one
    that counts a year's communes or products is unknown before that year.
    """
    table = targets.copy()
    of_the_year = table["metric"].isin(target_rules()["of_the_year"])
    is_early = of_the_year & (table["due_date"].dt.year > month.year)
    table["actual"] = table["actual"].mask(is_early)
    table["is_reached"] = table["is_reached"].mask(is_early)
    is_due = table["due_date"] <= pd.Timestamp(month)
    table["status"] = np.where(is_due, MISSED, OPEN)
    table.loc[table["is_reached"].fillna(False).astype(bool), "status"] = REACHED
    table.loc[table["is_reached"].isna(), "status"] = UNKNOWN
    table.loc[table["value"].isna(), "status"] = PENDING
    table["gap"] = table["gap"].clip(lower=0).mask(is_early)
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


def with_years(units: pd.DataFrame) -> pd.DataFrame:
    """Return the named communes with `planned_years` (text, ascending) and `is_slipped`: named for an earlier year too.

    `units` is all years of query target_units; one named again for a standard was not finished the year before.
    """
    years = units.groupby(["unit_code", "standard"])["target_year"].agg(lambda found: sorted(set(found)))
    keys = pd.MultiIndex.from_frame(units[["unit_code", "standard"]])
    planned = years.reindex(keys).to_list() if len(units) else []
    firsts = [found[0] for found in planned]
    return units.assign(
        planned_years=[", ".join(str(year) for year in found) for found in planned],
        is_slipped=[first < year for first, year in zip(firsts, units["target_year"], strict=True)],
    )
