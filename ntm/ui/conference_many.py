"""Decks of every district or commune of the unit at once, into a zip."""

from __future__ import annotations

from functools import partial
from io import BytesIO

import streamlit as st

from ntm.i18n import Translator
from ntm.reports.deck.choice import Choice, deck_of, file_name, material_of, members, span
from ntm.reports.deck.files import KINDS, Fault, Job, fault_text, write, write_all
from ntm.reports.deck.model import Deck
from ntm.reports.deck.request import Level, Read
from ntm.ui.cache import snapshot
from ntm.ui.choices import choose_one

_MADE = "deck_many_made"
_LEVELS: tuple[Level, ...] = ("district", "commune")


def show(t: Translator, choice: Choice, deck: Deck) -> None:
    """Ask for level and kind of file, and make the decks of all units when the button is pressed."""
    opened = snapshot()
    unit = material_of(choice, opened.read, t, opened.build_id).unit
    found = {level: members(unit, level, opened.read, deck.as_of) for level in _LEVELS}
    levels: dict[str, str] = {level: t(f"conference.each_{level}") for level in _LEVELS if found[level]}
    if not levels:
        st.info(t("conference.no_members", place=unit.name))
        return
    with st.container(border=True):
        st.markdown(t("conference.many_note"))
        with st.container(horizontal=True, vertical_alignment="bottom"):
            level = choose_one(t("conference.each"), levels, key="deck_each")
            kinds = {ending: t(f"conference.kind_{ending.lstrip('.')}") for ending in KINDS}
            ending = choose_one(t("conference.kind"), kinds, key="deck_kind")
        units = found["district" if level == "district" else "commune"]
        asked = (opened.build_id, choice, level, ending, t.language)
        count = t.format.number(len(units))
        if st.button(t("conference.make_many", count=count), key="deck_many"):
            _make(t, choice, units, ending, asked)
        _offer(t, asked, f"hoi-nghi_{unit.code}_{span(choice.first_year, choice.last_year)}".replace("–", "-"))


def make(read: Read, build_id: str, t: Translator, choice: Choice, ending: str) -> tuple[str, bytes]:
    """Return name and content of the file of one unit's deck."""
    made = deck_of(choice, read, t, build_id)
    return file_name(made, ending), write(ending, made, t)


def _make(t: Translator, choice: Choice, units: dict[str, str], ending: str, asked: tuple[object, ...]) -> None:
    """Make the decks one after the other, with how far it is; a click elsewhere on the page stops it."""
    opened, target, faults = snapshot(), BytesIO(), []
    jobs = [
        Job(
            name,
            partial(
                make,
                opened.read,
                opened.build_id,
                t,
                Choice(code, choice.first_year, choice.last_year, choice.sections),
                ending,
            ),
        )
        for code, name in units.items()
    ]
    bar = st.progress(0.0, t("conference.begun"))
    for number, result in enumerate(write_all(jobs, target, t), 1):
        if isinstance(result, Fault):
            faults.append(fault_text(t, result))
        done = t("conference.done", number=number, count=len(jobs), name=result.name)
        bar.progress(number / len(jobs), done)
    bar.empty()
    made = target.getvalue() if len(faults) < len(jobs) else None
    st.session_state[_MADE] = (asked, made, len(jobs), faults)


def _offer(t: Translator, asked: tuple[object, ...], name: str) -> None:
    """Offer what was made for this very question; what was made for another is forgotten."""
    kept = st.session_state.get(_MADE)
    if not kept or kept[0] != asked:
        return
    _, content, count, faults = kept
    st.markdown(t("conference.made", made=count - len(faults), count=count))
    if content:
        file = f"{name}{asked[3]}.zip".replace(".", "_", 1)
        st.download_button(
            t("conference.zip"), content, file, "application/zip", key="deck_zip", on_click="ignore", type="primary"
        )
    for fault in faults:
        st.text(fault)
