"""What all pages share around their content: the document's language for screen readers, the snapshot's name below."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from ntm.errors import NtmError
from ntm.i18n import Translator
from ntm.ui.browser_files import ComponentFiles
from ntm.ui.cache import read

_set_language = st.components.v2.component(
    "ntm_document_language",
    html="<span></span>",
    js=ComponentFiles(Path(__file__).parent / "document").loader,
)
_ask_for_second_run = st.components.v2.component(
    "ntm_second_run",
    html="<span></span>",
    js="""
    let hasAsked = false;
    export default ({ setTriggerValue }) => {
      if (!hasAsked && location.search) setTriggerValue("asked", true);
      hasAsked = true;
    };
    """,
)


def document_language(language: str) -> None:
    """Tell browser and screen reader which language the page is in; Streamlit's own page says English.

    What does so also makes the pictures of charts, on every page.
    """
    with st.sidebar:
        _set_language(key="document_language", data={"language": language})


def keep_filters_of_link() -> None:
    """Have the page run once more after a visit by a link with filters; to be called when it has run.

    Streamlit (1.67) carries filters to the next page only from a second run on: who came by a link for a month would
    silently get another month on the next page.
    """
    with st.sidebar:
        _ask_for_second_run(key="second_run", on_asked_change=lambda: None)


def footer(t: Translator) -> None:
    """Name the snapshot that the figures come from, in the side bar."""
    try:
        row = read("snapshot").iloc[0]
    except NtmError:
        return
    with st.sidebar:
        st.caption(t("shell.snapshot", build_id=row["build_id"], sheets=t.format.number(int(row["sheets"]))))
        if row["illustrative_sheets"]:
            st.caption(t("shell.illustrative"))
