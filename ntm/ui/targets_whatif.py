"""What if these criteria were closed, that commune late, the target another? Before and after, saved and shared."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ntm.i18n import Translator
from ntm.metrics.cheapest_costs import costs_of
from ntm.metrics.scenario import Scenario
from ntm.metrics.scenario_effects import Effects, effects
from ntm.ui import targets_whatif_choices, targets_whatif_effects, targets_whatif_saved, targets_whatif_sentences
from ntm.ui.cache import read
from ntm.ui.filters import Place


def show(t: Translator, place: Place, targets: pd.DataFrame) -> None:
    """Show the section. `targets` are those of the place, all years, as query `targets` gives them."""
    outcomes = read("commune_outcomes", **place.scope)
    if not len(outcomes):
        st.info(t("whatif.no_reports"))
        return
    plans = read("target_units", province=place.province, month=place.month)
    costs = costs_of(read("cheapest_costs", province=place.province, year=place.month.year))

    def compute(scenario: Scenario) -> Effects:
        return effects(outcomes, scenario, targets=targets, plans=plans, month=place.month, costs=costs)

    opened = targets_whatif_saved.open_by_link(t)
    said = st.container(border=True)
    if opened:
        targets_whatif_saved.banner(t, place, opened, compute)
    scenario = targets_whatif_choices.choose(t, outcomes, targets, place.month)
    found = compute(scenario)
    with said:
        targets_whatif_sentences.sentences(t, found, scenario)
    if not scenario.is_empty:
        targets_whatif_effects.show(t, place, found, outcomes)
    targets_whatif_saved.save_form(t, place, scenario, found)
    targets_whatif_saved.saved_ones(t, place, compute)
