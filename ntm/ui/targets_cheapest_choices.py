"""The choices of the cheapest way: which goal, by what plans are compared, and what cannot be closed."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

import pandas as pd
import streamlit as st

from ntm.i18n import Translator
from ntm.metrics.cheapest import OBJECTIVES, Goal, Limits
from ntm.metrics.cheapest_bundles import agencies_of, units_of
from ntm.metrics.watch import watch_rules
from ntm.model import is_missing
from ntm.ui.choices import choose_one, choose_several, switch_one
from ntm.ui.commune_card import criterion_name
from ntm.ui.filters import WIDTH, Place
from ntm.ui.wording import target_wording

OWN, BELOW, DISTRICT = "own", "below_15", "district"
_COUNT, _SHARE = "ntm_communes", "ntm_share_pct"


@dataclass(frozen=True)
class Asked:
    """What the visitor asks for."""

    goal: Goal
    objective: str
    limits: Limits
    is_unknown_unmet: bool


def ask(t: Translator, place: Place, targets: pd.DataFrame, outcomes: pd.DataFrame) -> Asked:
    """Show the choices and return what they stand at."""
    goals = _goals_of(t, place, targets)
    units = units_of(outcomes)
    options = {code: label for code, (label, _) in goals.items()} | _other_goals(t, outcomes, units)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        first = _first_open(targets, goals)
        chosen = choose_one(t("cheapest.goal"), options, key="cheapest_goal", default=first, width=2 * WIDTH)
        goal = goals[chosen][1] if chosen in goals else _other_goal(t, chosen, units)
        objectives = {name: t(f"cheapest.objective_{name}") for name in OBJECTIVES}
        objective = switch_one(t("cheapest.objective"), objectives, key="cheapest_objective")
    limits, is_unknown_unmet = _limits(t, outcomes)
    return Asked(goal, objective, limits, is_unknown_unmet)


def _goals_of(t: Translator, place: Place, targets: pd.DataFrame) -> dict[str, tuple[str, Goal]]:
    """Return the goals that targets due this year or later set, with their labels, by target."""
    found = {}
    for _, row in targets[targets["due_date"].dt.year >= place.month.year].iterrows():
        goal = _goal_of(row)
        if goal:
            value = t.format.plain(row["value"])
            label = t("cheapest.goal_target", wording=target_wording(t, row), value=value, year=row["due_date"].year)
            found[str(row["target_id"])] = (label, goal)
    return found


def _goal_of(row: pd.Series) -> Goal | None:
    """Return the goal of a target; None for what criteria of the set in use do not tell (nâng cao, OCOP, means)."""
    # Of a share the communes needed are worked out with its denominator; while that is open, nothing is.
    value = row.get("needed") if row["metric"] == _SHARE else row["value"]
    if value is None or is_missing(value):
        return None
    if row["metric"] in (_COUNT, _SHARE):
        return Goal("count", ceil(value))
    if row["metric"] == "criteria_met_min":
        return Goal("none_below_15", ceil(value))
    return Goal("none_below_15") if row["metric"] == "communes_below_15" and value == 0 else None


def _first_open(targets: pd.DataFrame, goals: dict[str, tuple[str, Goal]]) -> str | None:
    """Return the first goal that is not reached yet: a plan for one that is would have nothing in it."""
    is_open = targets["is_reached"].eq(False).fillna(False).astype(bool)
    still = {str(target) for target in targets.loc[is_open, "target_id"]}
    return next((code for code in goals if code in still), next(iter(goals), None))


def _other_goals(t: Translator, outcomes: pd.DataFrame, units: pd.DataFrame) -> dict[str, str]:
    rule = watch_rules()["below_15"]
    goals = {OWN: t("cheapest.goal_own")}
    if outcomes["criterion_no"].nunique() == rule["of"]:
        goals[BELOW] = t("cheapest.goal_below", number=rule["below"])
    if units["district_code"].ne("").all():
        goals[DISTRICT] = t("cheapest.goal_district")
    return goals


def _other_goal(t: Translator, chosen: str, units: pd.DataFrame) -> Goal:
    if chosen == BELOW:
        return Goal("none_below_15")
    if chosen == DISTRICT:
        return Goal("no_empty_district")
    number = st.number_input(
        t("cheapest.number"),
        min_value=1,
        max_value=len(units),
        value=min(len(units), int(units["is_there"].sum()) + 1),
        key="cheapest_number",
        bind="query-params",
        width=WIDTH,
    )
    return Goal("count", int(number))


def _limits(t: Translator, outcomes: pd.DataFrame) -> tuple[Limits, bool]:
    criteria = {
        str(row["criterion_no"]): f"{row['criterion_no']}. {criterion_name(t, row)}"
        for row in outcomes.drop_duplicates("criterion_no").to_dict("records")
    }
    leading = sorted({agency for value in outcomes["lead_agency"].unique() for agency in agencies_of(value)})
    with st.expander(t("cheapest.limits")):
        st.caption(t("cheapest.limits_note"))
        everybody = t("cheapest.all_agencies")
        agencies = choose_several(
            t("cheapest.agencies"), {name: name for name in leading}, key="cheapest_agencies", placeholder=everybody
        )
        excluded = choose_several(
            t("cheapest.excluded"), criteria, key="cheapest_excluded", placeholder=t("cheapest.none_excluded")
        )
        per_district = None
        if outcomes["district_code"].notna().all():
            per_district = st.number_input(
                t("cheapest.per_district"),
                min_value=1,
                value=None,
                placeholder=t("cheapest.no_cap"),
                key="cheapest_cap",
                bind="query-params",
                width=WIDTH,
            )
        is_unmet = st.toggle(t("cheapest.unknown_unmet"), key="cheapest_unmet", bind="query-params")
    cap = None if per_district is None else int(per_district)
    return Limits(frozenset(agencies) or None, frozenset(excluded), cap), is_unmet
