"""Targets under a scenario: the value now and under it, and what would be if all who can be are recognised in time.

Nothing here is a forecast. `possible` counts who holds the standard, who meets all criteria and waits, and who a firm
plan names for a day that is still to come, less those whose recognition the scenario puts after the due date.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date

import pandas as pd

from ntm.metrics.scenario import Scenario
from ntm.metrics.standing import STANDARDS
from ntm.metrics.targets import MISSED, OPEN, REACHED, UNKNOWN

COMPUTED = {
    **{f"{name}_communes": name for name in STANDARDS},
    "criteria_met_mean": "mean",
    "criteria_met_min": "lowest",
    "communes_below_15": "below_15",
}
"""Metrics that a scenario can change -> the figure that tells them."""


@dataclass(frozen=True)
class Standings:
    """Figures by name (None is unknown); codes of all communes, of holders of each standard, of those that wait."""

    figures: Mapping[str, float | None]
    communes: Set[str]
    holders: Mapping[str, Set[str]]
    waiting: Set[str]


def targets_under(
    targets: pd.DataFrame, scenario: Scenario, before: Standings, after: Standings, plans: pd.DataFrame, month: date
) -> pd.DataFrame:
    """Return the targets that a scenario can change and that are due at the month or later, or are put there by it.

    Besides the target's own columns: value_after, due_after, and with the ends _before and _after: actual, possible
    (counts of communes only), gap (never below zero), status.
    """
    changes = {change.target_id: change for change in scenario.targets}
    planned = planned_days(plans, month)
    rows = []
    for target in targets[targets["metric"].isin(list(COMPUTED)) & targets["value"].notna()].to_dict("records"):
        change = changes.get(str(target["target_id"]))
        value, due = float(target["value"]), target["due_date"].date()
        value_after = change.value if change and change.value is not None else value
        due_after = change.due_date if change and change.due_date else due
        if max(due, due_after) < month:
            continue
        row = {**target, "value": value, "value_after": value_after, "due_after": pd.Timestamp(due_after)}
        for end, standings, asked, day, supposed in (
            ("before", before, value, due, Scenario()),
            ("after", after, value_after, due_after, scenario),
        ):
            metric = str(target["metric"])
            actual = standings.figures[COMPUTED[metric]]
            is_count = COMPUTED[metric] in STANDARDS and actual is not None
            gap = _gap(str(target["comparison"]), actual, asked)
            row |= {
                f"actual_{end}": actual,
                f"possible_{end}": _possible(COMPUTED[metric], day, supposed, standings, planned, month)
                if is_count
                else None,
                f"gap_{end}": None if gap is None else max(gap, 0.0),
                f"status_{end}": _status(gap, day, month),
            }
        rows.append(row)
    return pd.DataFrame(rows)


def planned_days(plans: pd.DataFrame, month: date) -> dict[tuple[str, str], date]:
    """Return the day by which a firm plan names a commune for a standard, of those still to come: (code, standard)."""
    firm = plans[(plans["kind"] == "firm") & plans["standard"].isin(STANDARDS)].sort_values("target_year")
    named = zip(firm["unit_code"], firm["standard"], firm["target_year"], strict=True)
    days = {(str(unit), str(standard)): date(int(year), 12, 31) for unit, standard, year in named}
    return {key: day for key, day in days.items() if day > month}


def _possible(
    standard: str,
    due: date,
    scenario: Scenario,
    standings: Standings,
    planned: Mapping[tuple[str, str], date],
    month: date,
) -> int:
    days = {unit: day for (unit, named), day in planned.items() if named == standard}
    if standard == STANDARDS[0]:
        # Who waits and stands in no plan is taken to be recognised by the end of the year looked at.
        days = dict.fromkeys(standings.waiting, date(month.year, 12, 31)) | days
    late = dict(scenario.delays)
    coming = {unit for unit, day in days.items() if _later(day, late.get(unit, 0)) <= due}
    return len(standings.holders[standard] | (coming & standings.communes) - set(scenario.withdrawn))


def _later(day: date, months: int) -> date:
    """Return the last day of the month that lies some months after one."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, monthrange(year, month + 1)[1])


def _gap(comparison: str, actual: float | None, value: float) -> float | None:
    """Return what is missing; targets have one decimal at most, so a mean is compared as it is printed."""
    if actual is None:
        return None
    printed = round(actual, 1)
    if comparison == "=":
        return round(abs(value - printed), 3)
    return round(printed - value if comparison == "<=" else value - printed, 3)


def _status(gap: float | None, due: date, month: date) -> str:
    if gap is None:
        return UNKNOWN
    if gap <= 0:
        return REACHED
    return MISSED if due <= month else OPEN
