"""Decks that were saved: a choice, what was written over, and the snapshot, which is then kept for good.

Names and authors are what anybody typed: they are shown where nothing is read as markup (plain text, options, cells).
"""

from __future__ import annotations

import streamlit as st

from ntm.i18n import LANGUAGES, Translator
from ntm.reports.deck.choice import Choice, choice_of
from ntm.reports.deck.model import Deck
from ntm.saved import Saved
from ntm.ui import conference_changes, shelf
from ntm.ui import conference_deck as decks
from ntm.ui.cache import snapshot
from ntm.ui.conference_choice import take
from ntm.ui.frozen import build_text
from ntm.ui.shelf import DECKS


def open_by_link(t: Translator) -> Saved | None:
    """Return the deck that the URL names, with the choices and the snapshot set to it when it has just been opened.

    The figures are then those that it was saved with, on every page, as long as the snapshot is kept.
    """
    return shelf.open_by_link(t, DECKS, lambda found: choice_of(found.content), _take)


def _take(found: Saved, choice: Choice) -> None:
    """Set the page to a saved deck, then run it anew where it has to look at another snapshot."""
    before = snapshot().build_id
    language = found.content.get("language")
    texts = found.content.get("edits")
    if language in LANGUAGES and isinstance(texts, dict):
        decks.take_edits(language, choice, {str(key): str(text) for key, text in texts.items()})
    shelf.look_at(found.snapshot)
    take(choice)
    if snapshot().build_id != before:
        st.rerun()


def banner(t: Translator, opened: Saved) -> None:
    """Say whose deck is open, and what of its figures a newer snapshot has changed."""
    with st.container(border=True):
        st.markdown(f"**{t('conference.opened')}**")
        st.text(shelf.title(t, opened))
        shelf.show_link(t, DECKS, opened.id)
        written = opened.content.get("language")
        if opened.content.get("edits") and written != t.language and written in LANGUAGES:
            st.info(t("conference.other_language", language=t(f"conference.language_{written}")))
        conference_changes.show(t, opened, choice_of(opened.content))


def show(t: Translator, choice: Choice, deck: Deck) -> None:
    """Ask for a name and save the deck as it stands; list what was saved."""
    _form(t, choice, deck)
    _listed(t)


def _form(t: Translator, choice: Choice, deck: Deck) -> None:
    with st.form("deck_save"):
        st.header(t("conference.save"))
        name, author = shelf.ask_name_and_author(t, DECKS)
        st.caption(t("conference.save_note", build=build_text(t, deck.snapshot)))
        if not st.form_submit_button(t("conference.save_button"), key="deck_save_button"):
            return
    content = choice.content() | {"language": t.language, "edits": dict(decks.edits(t, choice))}
    shelf.put(t, DECKS, name, author, content, is_pinned=True)


def _listed(t: Translator) -> None:
    with st.container(border=True):
        st.header(t("conference.saved"))
        shelf.listed(t, DECKS)
