"""Scenarios that were saved: opened by their link, saved with a name, listed, and two of them compared.

Names and authors are what anybody typed: they are shown where nothing is read as markup (plain text, options, cells).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from ntm.errors import NtmError
from ntm.i18n import Translator
from ntm.metrics.scenario import Scenario, from_content, to_content
from ntm.metrics.scenario_effects import Effects
from ntm.saved import Saved
from ntm.ui import frame, shelf
from ntm.ui.cache import snapshot
from ntm.ui.filters import Place
from ntm.ui.shelf import SCENARIOS
from ntm.ui.targets_whatif_choices import take
from ntm.ui.targets_whatif_effects import figures_table

Compute = Callable[[Scenario], Effects]


def open_by_link(t: Translator) -> Saved | None:
    """Return the scenario that the URL names, with the choices set to it when it has just been opened."""
    return shelf.open_by_link(
        t, SCENARIOS, lambda found: from_content(found.content), lambda _, scenario: take(scenario)
    )


def banner(t: Translator, place: Place, opened: Saved, compute: Compute) -> None:
    """Say whose scenario is open; made from another snapshot or month, put the figures of then beside those of now."""
    with st.container(border=True):
        st.markdown(f"**{t('whatif.opened')}**")
        st.text(shelf.title(t, opened))
        shelf.show_link(t, SCENARIOS, opened.id, [name for name in st.query_params if name != SCENARIOS.parameter])
        month = str(opened.content.get("month", ""))
        if opened.content.get("unit") != place.unit:
            st.warning(t("whatif.other_place"))
            return
        if opened.snapshot == snapshot().build_id and month == place.month.isoformat():
            return
        st.info(t("whatif.other_snapshot", day=t.format.time(opened.saved_at)))
        st.text(t("whatif.snapshots", then=opened.snapshot, then_month=month, now=snapshot().build_id,
                  now_month=place.month.isoformat()))  # fmt: skip
        now = compute(from_content(opened.content))
        if now.idle:
            st.markdown(t("whatif.idle", count=t.format.number(len(now.idle))))
        then = _figures(opened)
        columns = {
            "then_before": then["before"],
            "then_after": then["after"],
            "before": now.before.plain(),
            "after": now.after.plain(),
        }
        names = {"figure": t("whatif.figure"), "then_before": t("whatif.then_before")}
        names |= {"then_after": t("whatif.then_after"), "before": t("whatif.before"), "after": t("whatif.after")}
        frame.data_table(t, figures_table(t, columns), names, key="whatif_then")


def save_form(t: Translator, place: Place, scenario: Scenario, found: Effects) -> None:
    """Ask for a name, and for the author where no login tells one, and save the scenario with its figures."""
    with st.container(border=True):
        st.header(t("whatif.save"))
        with st.form("whatif_save", border=False):
            name, author = shelf.ask_name_and_author(t, SCENARIOS)
            st.caption(t("whatif.save_note"))
            is_asked = st.form_submit_button(
                t("whatif.save_button"), key="whatif_save_button", disabled=scenario.is_empty
            )
        if not is_asked:
            return
        content = to_content(scenario) | {
            "unit": place.unit,
            "month": place.month.isoformat(),
            "before": found.before.plain(),
            "after": found.after.plain(),
        }
        shelf.put(t, SCENARIOS, name, author, content, is_pinned=False)


def saved_ones(t: Translator, place: Place, compute: Compute) -> None:
    """Show what was saved for the place: to open one, or to compare two on the figures of now."""
    with st.container(border=True):
        st.header(t("whatif.saved"))
        found = shelf.listed(t, SCENARIOS, lambda item: item.content.get("unit") == place.unit)
        if not found:
            return
        titles = {id: shelf.title(t, item) for id, item in found.items()}
        chosen = st.multiselect(
            t("whatif.compare"),
            list(titles),
            format_func=titles.__getitem__,
            max_selections=2,
            placeholder=t("whatif.choose_saved"),
            select_all=False,
            key="whatif_compared",
        )
        if len(chosen) == 2:
            _compare(t, [found[id] for id in chosen], compute)


def _compare(t: Translator, pair: list[Saved], compute: Compute) -> None:
    try:
        a, b = (compute(from_content(item.content)) for item in pair)
    except NtmError as error:
        st.error(t(error.key, **error.values))
        return
    for letter, item in zip("AB", pair, strict=True):
        st.text(f"{letter}: {shelf.title(t, item)}")
    figures = figures_table(t, {"before": a.before.plain(), "a": a.after.plain(), "b": b.after.plain()})
    money: dict[str, object] = {"figure": t("whatif.figure_cost"), "before": None}
    money |= {name: None if effects.uncosted else float(effects.cost) for name, effects in (("a", a), ("b", b))}
    closed = {
        "figure": t("whatif.figure_closed"),
        "before": 0.0,
        "a": float(len(a.closures)),
        "b": float(len(b.closures)),
    }
    table = pd.concat([figures, _target_rows(a, b, t), pd.DataFrame([closed, money])], ignore_index=True)
    numbers = {name: pd.to_numeric(table[name]) for name in ("before", "a", "b")}
    labels = {"figure": t("whatif.figure"), "before": t("whatif.before"), "a": "A", "b": "B"}
    frame.data_table(t, table.assign(**numbers), labels, key="whatif_pair")
    st.caption(t("whatif.compared_note"))


def _target_rows(a: Effects, b: Effects, t: Translator) -> pd.DataFrame:
    """Return the gap of each target that both scenarios have, now and under each."""
    if not len(a.targets) or not len(b.targets):
        return pd.DataFrame(columns=["figure", "before", "a", "b"])
    both = a.targets.merge(b.targets[["target_id", "gap_after"]], on="target_id", suffixes=("", "_b"))
    names = [
        t("whatif.gap_of", target=t(f"metric.{metric}"), day=t.format.day(due))
        for metric, due in zip(both["metric"], both["due_date"], strict=True)
    ]
    return pd.DataFrame(
        {"figure": names, "before": both["gap_before"], "a": both["gap_after"], "b": both["gap_after_b"]}
    )


def _figures(item: Saved) -> dict[str, Mapping[str, float | None]]:
    """Return the figures of then, before and after; what is no number there is unknown."""

    def numbers(values: Any) -> dict[str, float | None]:
        told = values.items() if isinstance(values, dict) else ()
        return {name: float(value) for name, value in told if isinstance(value, (int, float))}

    return {end: numbers(item.content.get(end)) for end in ("before", "after")}
