"""Views of the page Khám phá that were saved: the choices by their codes and the snapshot, which is then kept for good.

Names and authors are what anybody typed: they are shown where nothing is read as markup (plain text, options).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import streamlit as st

from ntm.i18n import Translator
from ntm.saved import Saved
from ntm.ui import shelf
from ntm.ui.cache import snapshot
from ntm.ui.explore_choices import FILTERS
from ntm.ui.filters import DISTRICT, MONTH, PROVINCE
from ntm.ui.frozen import build_text
from ntm.ui.shelf import VIEWS

_CHOICE = re.compile(r"explore_[a-z]{1,20}")
_LONGEST = 400
_PLACE = (MONTH, DISTRICT, PROVINCE)
_SEVERAL = tuple(FILTERS.values())


def open_by_link(t: Translator) -> Saved | None:
    """Return the view that the URL names, with the choices and the snapshot set to it when it has just been opened.

    The figures are then those that it was saved with, as long as the snapshot is kept.
    """
    return shelf.open_by_link(t, VIEWS, lambda found: _plain(found.content.get("choices")), _take)


def _take(found: Saved, choices: Mapping[str, str]) -> None:
    """Set the page to a saved view: its snapshot, place and month, and each choice; the others to their first."""
    shelf.look_at(found.snapshot)
    for name in [name for name in st.query_params if _CHOICE.fullmatch(name)]:
        del st.query_params[name]
    for name in [
        str(name)
        for name in st.session_state
        if _CHOICE.fullmatch(str(name)) and name not in (VIEWS.opened, VIEWS.picked)
    ]:
        del st.session_state[name]
    for name in _PLACE:
        st.session_state.pop(name, None)
        if name in choices:
            st.session_state[name] = choices[name]
    for name, value in choices.items():
        if name not in _PLACE:
            st.session_state[name] = value.split(",") if name in _SEVERAL else value


def _plain(values: object) -> dict[str, str]:
    """Return those of a file's choices that are choices of this page: its content is whatever somebody wrote there."""
    told = values.items() if isinstance(values, dict) else ()
    return {
        name: value
        for name, value in told
        if isinstance(name, str) and isinstance(value, str) and len(value) <= _LONGEST
        and (name in _PLACE or _CHOICE.fullmatch(name))
        and name not in (VIEWS.opened, VIEWS.picked)
    }  # fmt: skip


def banner(t: Translator, opened: Saved) -> None:
    """Say whose view is open, of which snapshot, and the link to it."""
    with st.container(border=True):
        st.markdown(f"**{t('explore.opened')}**")
        st.text(shelf.title(t, opened))
        if opened.snapshot != snapshot().build_id:
            st.warning(t("explore.other_snapshot", build=build_text(t, opened.snapshot)))
        shelf.show_link(t, VIEWS, opened.id)


def show(t: Translator) -> None:
    """Ask for a name and save the view as it stands; list what was saved."""
    drawer = st.expander(t("explore.saved"), key="explore_saved_drawer", on_change="rerun")
    if drawer.open:
        with drawer:
            _form(t)
            shelf.listed(t, VIEWS)


def choices_now() -> dict[str, str]:
    """Return what the URL tells of the view: place, month and choices by their codes."""
    return _plain(st.query_params.to_dict())


def _form(t: Translator) -> None:
    with st.form("explore_save", border=False):
        name, author = shelf.ask_name_and_author(t, VIEWS)
        st.caption(t("explore.save_note", build=build_text(t, snapshot().build_id)))
        if not st.form_submit_button(t("explore.save_button"), key="explore_save_button"):
            return
    month = st.session_state.get(MONTH)
    choices = choices_now() | ({MONTH: month} if isinstance(month, str) else {})
    shelf.put(t, VIEWS, name, author, {"choices": choices}, is_pinned=True)
