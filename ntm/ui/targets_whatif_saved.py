"""Scenarios that were saved: opened by their link, saved with a name, listed, and two of them compared.

Names and authors are what anybody typed: they are shown where nothing is read as markup (plain text, options, cells).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from ntm.errors import NtmError
from ntm.i18n import Translator
from ntm.metrics.scenario import Scenario, from_content, to_content
from ntm.metrics.scenario_effects import Effects
from ntm.saved import LONGEST_AUTHOR, LONGEST_NAME, Saved, listing, load, save, unreadable
from ntm.settings import settings
from ntm.ui import frame
from ntm.ui.cache import snapshot
from ntm.ui.filters import Place
from ntm.ui.targets_whatif_choices import take
from ntm.ui.targets_whatif_effects import figures_table

KIND = "scenario"
_PARAMETER, _OPENED, _PICKED = "scenario", "whatif_opened", "whatif_pick"
Compute = Callable[[Scenario], Effects]


def open_by_link(t: Translator) -> Saved | None:
    """Return the scenario that the URL names, with the choices set to it when it has just been opened."""
    id = st.query_params.get(_PARAMETER)
    if not id:
        st.session_state.pop(_OPENED, None)
        return None
    try:
        found = load(settings().saved_folder, KIND, id)
        scenario = from_content(found.content) if found else None
    except NtmError as error:
        st.error(t(error.key, **error.values))
        return None
    if found is None or scenario is None:
        st.warning(t("whatif.not_found"))
        return None
    if st.session_state.get(_OPENED) != id:
        st.session_state[_OPENED] = id
        take(scenario)
    return found


def banner(t: Translator, place: Place, opened: Saved, compute: Compute) -> None:
    """Say whose scenario is open; made from another snapshot or month, put the figures of then beside those of now."""
    with st.container(border=True):
        st.markdown(f"**{t('whatif.opened')}**")
        st.text(_title(t, opened))
        st.caption(t("whatif.share_link"))
        st.code(_link(opened.id), language=None, wrap_lines=True)
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
        st.subheader(t("whatif.save"))
        with st.form("whatif_save", border=False):
            name = st.text_input(t("whatif.name"), max_chars=LONGEST_NAME, key="whatif_name")
            known = _login_name()
            if known:
                st.text(t("whatif.author_is", name=known))
            author = known or st.text_input(t("whatif.author"), max_chars=LONGEST_AUTHOR, key="whatif_author")
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
        try:
            made = save(
                settings().saved_folder, KIND, name=name, author=author, snapshot=snapshot().build_id, content=content
            )
        except NtmError as error:
            st.error(t(error.key, **error.values))
            return
        st.session_state[_OPENED] = made.id
        st.query_params[_PARAMETER] = made.id
        st.rerun()


def _login_name() -> str | None:
    """Return the name that a login gives; None where there is no login."""
    name = st.user.get("name")
    return name if isinstance(name, str) and name.strip() else None


def saved_ones(t: Translator, place: Place, compute: Compute) -> None:
    """Show what was saved for the place: to open one, or to compare two on the figures of now."""
    folder = settings().saved_folder
    found = {item.id: item for item in listing(folder, KIND) if item.content.get("unit") == place.unit}
    with st.container(border=True):
        st.subheader(t("whatif.saved"))
        broken = unreadable(folder, KIND)
        if broken:
            st.warning(t("whatif.broken", count=t.format.number(len(broken))))
            st.text(", ".join(broken[:5]))
        if not found:
            st.markdown(t("whatif.none_saved"))
            return
        titles = {id: _title(t, item) for id, item in found.items()}
        if st.session_state.get(_PICKED) not in found:
            st.session_state[_PICKED] = None
        st.selectbox(
            t("whatif.pick"),
            list(titles),
            index=None,
            format_func=titles.__getitem__,
            placeholder=t("whatif.choose_saved"),
            key=_PICKED,
            on_change=_open_picked,
        )
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


def _open_picked() -> None:
    if id := st.session_state.get(_PICKED):
        st.query_params[_PARAMETER] = id


def _compare(t: Translator, pair: list[Saved], compute: Compute) -> None:
    try:
        a, b = (compute(from_content(item.content)) for item in pair)
    except NtmError as error:
        st.error(t(error.key, **error.values))
        return
    for letter, item in zip("AB", pair, strict=True):
        st.text(f"{letter}: {_title(t, item)}")
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


def _title(t: Translator, item: Saved) -> str:
    return f"{item.name} · {item.author} · {t.format.time(item.saved_at)}"


def _link(id: str) -> str:
    """Return the address of this page with the scenario, language and month as they stand."""
    kept = {name: value for name, value in st.query_params.to_dict().items() if name != _PARAMETER}
    return f"{(st.context.url or '').partition('?')[0]}?{urlencode(kept | {_PARAMETER: id})}"
