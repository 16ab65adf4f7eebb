"""The choices of a scenario: which criteria are closed, who is late or withdrawn, which target, which weights."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal

import pandas as pd
import streamlit as st

from ntm.i18n import Translator
from ntm.metrics.scenario import MOST_MONTHS, Pair, Scenario, TargetChange, lacking, near_closures
from ntm.metrics.scenario_targets import COMPUTED
from ntm.metrics.standing import STANDARDS
from ntm.ui.choices import choose_one
from ntm.ui.commune_card import criterion_name
from ntm.ui.filters import WIDTH
from ntm.ui.wording import target_wording

_CHOICE = "whatif_if_"
_COMMUNES, _CLOSE = f"{_CHOICE}communes", f"{_CHOICE}close_"
_DELAYED, _MONTHS, _WITHDRAWN = f"{_CHOICE}delayed", f"{_CHOICE}months", f"{_CHOICE}withdrawn"
_TARGETS, _VALUE, _DUE = f"{_CHOICE}targets", f"{_CHOICE}value_", f"{_CHOICE}due_"
_WEIGHTED, _WEIGHT = f"{_CHOICE}weighted", f"{_CHOICE}weight_"
_ALL = "all"


def take(scenario: Scenario) -> None:
    """Set all choices to a scenario; to be called before they are shown."""
    clear()
    take_closures(scenario.closures)
    st.session_state[_DELAYED] = [unit for unit, _ in scenario.delays]
    st.session_state[_MONTHS] = max((months for _, months in scenario.delays), default=6)
    st.session_state[_WITHDRAWN] = list(scenario.withdrawn)
    st.session_state[_TARGETS] = [change.target_id for change in scenario.targets]
    for change in scenario.targets:
        if change.value is not None:
            st.session_state[_VALUE + change.target_id] = change.value
        if change.due_date is not None:
            st.session_state[_DUE + change.target_id] = change.due_date
    st.session_state[_WEIGHTED] = [number for number, _ in scenario.weights]
    st.session_state.update({_WEIGHT + number: weight for number, weight in scenario.weights})


def take_closures(closures: Iterable[Pair]) -> None:
    """Add closures to those chosen, as a preset or another section does; to be called before they are shown."""
    by_unit: dict[str, list[str]] = defaultdict(list)
    for unit, criterion in closures:
        by_unit[unit].append(criterion)
    chosen = st.session_state.get(_COMMUNES, [])
    for unit, criteria in by_unit.items():
        before = st.session_state.get(_CLOSE + unit, []) if unit in chosen else []
        st.session_state[_CLOSE + unit] = [*before, *(number for number in criteria if number not in before)]
    st.session_state[_COMMUNES] = [*chosen, *(unit for unit in by_unit if unit not in chosen)]


def clear() -> None:
    """Forget all choices."""
    for key in [key for key in st.session_state if str(key).startswith(_CHOICE)]:
        del st.session_state[key]


def choose(t: Translator, outcomes: pd.DataFrame, targets: pd.DataFrame, month: date) -> Scenario:
    """Show the choices and return the scenario that they stand at."""
    criteria = {
        str(row["criterion_no"]): f"{row['criterion_no']}. {criterion_name(t, row)}"
        for row in outcomes.drop_duplicates("criterion_no").to_dict("records")
    }
    open_communes = lacking(outcomes)
    with st.container(border=True):
        st.header(t("whatif.closures"))
        _presets(t, open_communes, criteria)
        closures = _closures(t, open_communes, criteria)
    with st.expander(t("whatif.others"), key="whatif_others"):
        delays, withdrawn = _communes(t, outcomes)
        changes = _targets(t, targets, month)
        weights = _weights(t, criteria)
    return Scenario(closures, delays, withdrawn, changes, weights)


def _presets(t: Translator, communes: pd.DataFrame, criteria: Mapping[str, str]) -> None:
    """Show the quick ways: what is missing in the communes that lack few, all of it or one criterion."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        options = {_ALL: t("whatif.all_criteria")} | dict(criteria)
        criterion = choose_one(t("whatif.preset_criterion"), options, key="whatif_preset")
        most = st.number_input(
            t("whatif.preset_most"), min_value=1, max_value=len(criteria), value=2, key="whatif_most", width=WIDTH
        )
        wanted = near_closures(communes, int(most), None if criterion == _ALL else [criterion])
        label = t("whatif.preset_add", closures=len(wanted), communes=len({unit for unit, _ in wanted}))
        st.button(label, key="whatif_add", on_click=take_closures, args=(wanted,), disabled=not wanted)
        st.button(t("whatif.clear"), key="whatif_clear", on_click=clear)
    untold = int((communes["unknown"] > 0).sum())
    if untold:
        st.caption(t("whatif.preset_unknown", count=t.format.number(untold)))


def _closures(t: Translator, communes: pd.DataFrame, criteria: Mapping[str, str]) -> tuple[Pair, ...]:
    names = {
        str(row["unit_code"]): " · ".join(
            [
                _with_district(row),
                t("whatif.lacks", count=row["not_met"]),
                *([t("whatif.does_not_tell", count=row["unknown"])] if row["unknown"] else []),
            ]
        )
        for row in communes.to_dict("records")
    }
    chosen = _several(t("whatif.communes"), names, _COMMUNES, t("whatif.choose_communes"))
    open_pairs = dict(zip(communes["unit_code"], communes["criteria"], strict=True))
    closures: list[Pair] = []
    with st.container(horizontal=True):
        for unit in chosen:
            key = _CLOSE + unit
            options = {
                number: criteria[number] if outcome == "not_met" else t("whatif.is_unknown", name=criteria[number])
                for number, outcome in open_pairs[unit]
            }
            if key not in st.session_state:
                st.session_state[key] = [number for number, outcome in open_pairs[unit] if outcome == "not_met"]
            label = names[unit].partition(" · ")[0]
            closed = _several(label, options, key, t("whatif.choose_criteria"), width=2 * WIDTH)
            closures += [(unit, number) for number in closed]
    return tuple(closures)


def _communes(t: Translator, outcomes: pd.DataFrame) -> tuple[tuple[tuple[str, int], ...], tuple[str, ...]]:
    """Ask who is recognised later, and who loses the standard held."""
    units = outcomes.drop_duplicates("unit_code")
    names = {str(row["unit_code"]): _with_district(row) for row in units.to_dict("records")}
    holders = {str(unit): names[str(unit)] for unit in units.loc[units["standard"].isin(STANDARDS), "unit_code"]}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        late = _several(t("whatif.delayed"), names, _DELAYED, t("whatif.choose_communes"), width=2 * WIDTH)
        months = st.number_input(
            t("whatif.months"),
            min_value=1,
            max_value=MOST_MONTHS,
            key=_initial(_MONTHS, 6),
            width=WIDTH,
            persist_state="session",
        )
    withdrawn = _several(t("whatif.withdrawn"), holders, _WITHDRAWN, t("whatif.choose_communes"))
    st.caption(t("whatif.delays_note"))
    return tuple((unit, int(months)) for unit in late), tuple(withdrawn)


def _targets(t: Translator, targets: pd.DataFrame, month: date) -> tuple[TargetChange, ...]:
    rows = {str(row["target_id"]): row for _, row in targets[targets["metric"].isin(list(COMPUTED))].iterrows()}
    names = {key: f"{target_wording(t, row)} ({t.format.day(row['due_date'])})" for key, row in rows.items()}
    changes = []
    for key in _several(t("whatif.targets"), names, _TARGETS, t("whatif.choose_targets")):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            value = st.number_input(
                t("whatif.value_of", target=names[key]),
                min_value=0.0,
                step=0.1 if rows[key]["metric"] == "criteria_met_mean" else 1.0,
                format="%.1f" if rows[key]["metric"] == "criteria_met_mean" else "%.0f",
                key=_initial(_VALUE + key, float(rows[key]["value"])),
                width=2 * WIDTH,
                persist_state="session",
            )
            due = st.date_input(
                t("whatif.due"),
                min_value=date(month.year, 1, 1),
                max_value=date(2035, 12, 31),
                key=_initial(_DUE + key, max(rows[key]["due_date"].date(), month)),
                format="DD/MM/YYYY",
                width=WIDTH,
                persist_state="session",
            )
        changes.append(TargetChange(key, float(value), due))
    return tuple(changes)


def _weights(t: Translator, criteria: Mapping[str, str]) -> tuple[tuple[str, float], ...]:
    chosen = _several(t("whatif.weights"), criteria, _WEIGHTED, t("whatif.choose_criteria"))
    st.caption(t("whatif.weights_note"))
    weights = []
    with st.container(horizontal=True):
        for number in chosen:
            weight = st.number_input(
                criteria[number],
                min_value=0.0,
                max_value=100.0,
                step=0.5,
                format="%.1f",
                key=_initial(_WEIGHT + number, 2.0),
                width=WIDTH,
                persist_state="session",
            )
            weights.append((number, float(weight)))
    return tuple(weights)


def _several(
    label: str, options: Mapping[str, str], key: str, placeholder: str, width: int | Literal["stretch"] = "stretch"
) -> list[str]:
    """Show a choice of several; what was chosen and is no longer offered is dropped, as after a change of month."""
    st.session_state[key] = [code for code in st.session_state.get(key, []) if code in options]
    return st.multiselect(
        label,
        list(options),
        format_func=options.__getitem__,
        key=key,
        placeholder=placeholder,
        select_all=False,
        width=width,
        persist_state="session",
    )


def _initial(key: str, value: object) -> str:
    """Return the key, whose widget begins at the value."""
    if key not in st.session_state:
        st.session_state[key] = value
    return key


def _with_district(row: Mapping[object, object]) -> str:
    return f"{row['name']} ({row['district_name']})" if isinstance(row["district_name"], str) else str(row["name"])
