"""The language of the interface: Vietnamese unless the switch (and with it the URL) says English."""

from __future__ import annotations

import streamlit as st

from ntm.i18n import LANGUAGES, Translator, translator

KEY = "lang"


def choose_language() -> Translator:
    """Show the switch in the side bar and return the texts of the language chosen."""
    chosen = st.sidebar.segmented_control(
        "Ngôn ngữ · Language",
        LANGUAGES,
        default=LANGUAGES[0],
        key=KEY,
        bind="query-params",
        required=True,
    )
    return translator(chosen or LANGUAGES[0])


def current_translator() -> Translator:
    """Return the texts of the language that the switch stands at."""
    chosen = st.session_state.get(KEY)
    return translator(chosen if chosen in LANGUAGES else LANGUAGES[0])
