"""Questions that were saved with a name: opened by their link or from the list, never run by being opened."""

from __future__ import annotations

import streamlit as st

from ntm.i18n import Translator
from ntm.saved import Saved
from ntm.ui import shelf
from ntm.ui.query_editor import write
from ntm.ui.shelf import QUESTIONS

_SQL = "sql"


def open_by_link(t: Translator) -> Saved | None:
    """Return the question that the URL names, in the editor when it has just been opened."""
    return shelf.open_by_link(t, QUESTIONS, _question, lambda _, sql: write(sql))


def _question(found: Saved) -> str | None:
    sql = found.content.get(_SQL)
    return sql if isinstance(sql, str) else None


def save_form(t: Translator, sql: str) -> None:
    """Ask for a name, and for the author where no login tells one, and save the question that was run."""
    with st.form("query_save"):
        st.header(t("query.save"))
        name, author = shelf.ask_name_and_author(t, QUESTIONS)
        if not st.form_submit_button(t("query.save_button"), key="query_save_button"):
            return
    shelf.put(t, QUESTIONS, name, author, {_SQL: sql}, is_pinned=False)


def listed(t: Translator, opened: Saved | None) -> None:
    """Show the question that is open, with its link, and what else was saved."""
    with st.container(border=True):
        st.header(t("query.saved"))
        if opened:
            st.text(shelf.title(t, opened))
            shelf.show_link(t, QUESTIONS, opened.id)
        shelf.listed(t, QUESTIONS)
