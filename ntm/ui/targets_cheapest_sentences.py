"""What the cheapest way is, in sentences: the plan, what it rests on, what else would do, and by which rule."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ntm.i18n import Translator
from ntm.metrics.cheapest import Fault, Plan
from ntm.ui.filters import Place
from ntm.ui.targets_cheapest_choices import Asked

_NAMED = 8
"""Communes named in a sentence; the table of what can be exchanged has them all."""


def sentences(
    t: Translator, place: Place, plan: Plan, asked: Asked, outcomes: pd.DataFrame, *, has_needs: bool
) -> None:
    """Say the plan first, then what it does not tell."""
    names = _names(outcomes, "unit_code", "name")
    if plan.fault:
        st.markdown(_fault(t, plan, plan.fault, names, outcomes))
    elif not len(plan.closures):
        st.markdown(t(f"cheapest.reached_{plan.goal.kind}", **_base(t, plan)))
    else:
        st.markdown(_plan(t, plan, asked))
        lines = [_verify(t, plan), _cost(t, place, plan, has_needs=has_needs), _ties(t, plan, names)]
        st.markdown("\n".join(f"- {line}" for line in lines if line))
    st.caption(" ".join(_notes(t, plan, asked, outcomes)))


def _plan(t: Translator, plan: Plan, asked: Asked) -> str:
    communes = t.format.number(plan.communes)
    # Where no cost is known, the plan is one of the fewest criteria, and cheap is not said of it.
    objective = "closures" if plan.unknown_costs == len(plan.closures) else asked.objective
    least = t(f"cheapest.least_{objective}", closures=t.format.number(len(plan.closures)), communes=communes)
    return t(f"cheapest.say_{plan.goal.kind}", least=least, communes=communes, **_base(t, plan))


def _base(t: Translator, plan: Plan) -> dict[str, str]:
    base = plan.base
    numbers = {
        "number": plan.number,
        "there": base.held + base.complete,
        "held": base.held,
        "complete": base.complete,
    }
    return {name: t.format.number(value) for name, value in numbers.items()}


def _verify(t: Translator, plan: Plan) -> str:
    return t("cheapest.verify", count=t.format.number(plan.to_verify)) if plan.to_verify else ""


def _cost(t: Translator, place: Place, plan: Plan, *, has_needs: bool) -> str:
    if not has_needs:
        return t("cheapest.cost_none", year=place.month.year)
    known = len(plan.closures) - plan.unknown_costs
    return t(
        "cheapest.cost_known",
        amount=t.format.plain(plan.known_cost),
        known=t.format.number(known),
        unknown=t.format.number(plan.unknown_costs),
        year=place.month.year,
    )


def _ties(t: Translator, plan: Plan, names: dict[str, str]) -> str:
    if not plan.has_other:
        return t("cheapest.only")
    if not len(plan.exchanges):
        return t("cheapest.ties_several")
    is_in_plan = plan.exchanges["is_in_plan"].astype(bool)
    if plan.goal.kind == "none_below_15":
        units = list(plan.exchanges["unit_code"].unique())
        return t("cheapest.ties_criteria", communes=_named(t, units, names))
    ours = list(plan.exchanges.loc[is_in_plan, "unit_code"])
    others = list(plan.exchanges.loc[~is_in_plan, "unit_code"])
    return t("cheapest.ties_communes", ours=_named(t, ours, names), others=_named(t, others, names))


def _named(t: Translator, units: list[str], names: dict[str, str]) -> str:
    said = ", ".join(names[unit] for unit in units[:_NAMED])
    return said if len(units) <= _NAMED else f"{said} {t('and_more', count=len(units) - _NAMED)}"


def _notes(t: Translator, plan: Plan, asked: Asked, outcomes: pd.DataFrame) -> list[str]:
    notes = [t(f"cheapest.rule_{asked.objective}")]
    if plan.goal.kind != "none_below_15":
        notes.append(t("cheapest.not_recognised"))
    if plan.base.outcomes_unknown:
        key = "cheapest.unknown_is_unmet" if asked.is_unknown_unmet else "cheapest.unknown_outcomes"
        notes.append(t(key, count=t.format.number(plan.base.outcomes_unknown)))
    if plan.base.standard_unknown:
        notes.append(t("cheapest.unknown_standard", count=t.format.number(plan.base.standard_unknown)))
    stale = int(outcomes.drop_duplicates("unit_code")["is_stale"].sum())
    if stale:
        notes.append(t("cheapest.stale", count=t.format.number(stale)))
    return notes


def _fault(t: Translator, plan: Plan, fault: Fault, names: dict[str, str], outcomes: pd.DataFrame) -> str:
    if fault.code == "districts":
        names = _names(outcomes, "district_code", "district_name")
    return t(
        f"cheapest.fault_{fault.code}",
        number=t.format.number(plan.number),
        most=t.format.number(fault.most),
        names=_named(t, list(fault.units), names),
    )


def _names(outcomes: pd.DataFrame, code: str, name: str) -> dict[str, str]:
    rows = outcomes.drop_duplicates(code)
    return {str(unit): str(label) for unit, label in zip(rows[code], rows[name], strict=True)}
