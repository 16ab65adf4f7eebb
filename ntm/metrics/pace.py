"""What is missing of a target in units, the pace so far against the pace needed, and the status by a stated rule.

The rule stands in targets.yml: a target that is not due is on pace when what was gained a year since the base is at
least what is needed a year until the due date. It says where a straight line leads, it promises nothing.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from ntm.metrics.targets import OPEN, SCALES, target_rules, with_status

ON_PACE, BEHIND = "on_pace", "behind"
STATUSES = ("reached", ON_PACE, BEHIND, "open", "missed", "unknown", "pending")
_MONTHS = 12


def assessed(targets: pd.DataFrame, history: pd.DataFrame, month: date) -> pd.DataFrame:
    """Return the targets of with_status with what is missing and the paces; `open` only where no pace is known.

    `targets` is rows of query targets, `history` of targets_history (target_id, period_end, value, set_code). New
    columns: counted (units or value reached so far), missing (in the metric's units: of a share in units, not points),
    other_missing (by the other denominator, where the document leaves it open), missing_criteria (of a mean: criteria
    of all communes together), pace_so_far, pace_of_year and pace_needed (units a year).
    """
    table = with_status(targets, month)
    is_share = table["needed"].notna()
    numerator = table["numerator"].astype(float)
    lacking = (table["needed"].astype(float) - numerator).clip(lower=0)
    table["counted"] = numerator.where(is_share, table["actual"].astype(float))
    table["missing"] = lacking.where(is_share, table["gap"].astype(float)).mask(table["status"] == "pending")
    table["other_missing"] = (table["other_needed"].astype(float) - numerator).clip(lower=0)
    table["missing_criteria"] = _missing_criteria(table)
    end = pd.Timestamp(month)
    day = table["due_date"].where(table["due_date"] <= end, end)
    table["pace_so_far"] = _pace(table, history, day, pd.Timestamp(target_rules()["pace"]["base"]))
    table["pace_of_year"] = _pace(table, history, day, pd.Timestamp(month.year - 1, 12, 31))
    left = _months_between(day, table["due_date"]) / _MONTHS
    table["pace_needed"] = (table["missing"] / left.where(left > 0)).where(table["status"].isin([OPEN]))
    # What is counted anew each year has no pace but that of its year.
    of_the_year = table["metric"].isin(target_rules()["of_the_year"])
    table["pace_so_far"] = table["pace_so_far"].mask(of_the_year, table["pace_of_year"])
    enough = table["pace_so_far"] >= target_rules()["pace"]["on_pace_from"] * table["pace_needed"]
    is_judged = (table["status"] == OPEN) & table["pace_so_far"].notna() & table["pace_needed"].notna()
    table["status"] = table["status"].mask(is_judged, np.where(enough, ON_PACE, BEHIND))
    return table


def scales_of(targets: pd.DataFrame) -> list[str]:
    """Return the scales that targets are on, in the order of targets.yml."""
    present = set(targets["metric"].map(SCALES))
    return [scale for scale in target_rules()["scales"] if scale in present]


def _pace(table: pd.DataFrame, history: pd.DataFrame, day: pd.Series, base: pd.Timestamp) -> pd.Series:
    """Return what was gained a year from the base (or the first month after it) to `day`; missing when it is short."""
    since = _of_one_set(table, history[history["period_end"] >= base]).sort_values("period_end", kind="stable")
    first = since.dropna(subset=["value"]).drop_duplicates("target_id").set_index("target_id")
    of_the_year = table["metric"].isin(target_rules()["of_the_year"])
    year_before = pd.to_datetime((day.dt.year - 1).astype(str) + "-12-31")
    first = first.reindex(table["target_id"]).set_index(table.index)
    begun = pd.to_datetime(first["period_end"]).mask(of_the_year, year_before)
    value = first["value"].astype(float).mask(of_the_year, 0.0)
    months = _months_between(begun, day)
    gained = (table["counted"] - value) * np.where(table["comparison"] == "<=", -1, 1)
    return (_MONTHS * gained / months.where(months >= target_rules()["pace"]["min_months"])).astype(float)


def _of_one_set(table: pd.DataFrame, history: pd.DataFrame) -> pd.DataFrame:
    """Leave out, of what is counted from criteria, the months under another set than that of the month looked at."""
    row = table.set_index("target_id")[["metric", "set_code"]].reindex(history["target_id"]).set_index(history.index)
    of_criteria = row["metric"].isin(target_rules()["of_criteria"])
    return history[~of_criteria | (history["set_code"] == row["set_code"])]


def _months_between(start: pd.Series, end: pd.Series) -> pd.Series:
    return (_MONTHS * (end.dt.year - start.dt.year) + end.dt.month - start.dt.month).astype(float)


def _missing_criteria(table: pd.DataFrame) -> pd.Series:
    """Return how many criteria all communes together lack for a mean: one that is printed as the target reaches it."""
    is_mean = table["metric"] == "criteria_met_mean"
    asked = (table["value"].astype(float) - 0.05) * table["known_communes"].astype(float)
    lacking = asked.round(6).map(np.ceil) - table["criteria_met_sum"].astype(float)
    return lacking.clip(lower=0).where(is_mean)
