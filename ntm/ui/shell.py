"""What all pages share around their content: the document's language for screen readers, the snapshot's name below."""

from __future__ import annotations

import streamlit as st

from ntm.errors import NtmError
from ntm.i18n import Translator
from ntm.ui.cache import read

_document = st.components.v2.component(
    "ntm_document",
    html="<span></span>",
    js="""
    let hasArrived = false;
    export default ({ data, setTriggerValue }) => {
      document.documentElement.lang = data.language;
      if (!hasArrived && location.search) setTriggerValue("arrived", true);
      hasArrived = true;
    };
    """,
)


def document(language: str) -> None:
    """Tell browser and screen reader which language the page is in; Streamlit's own page says English.

    A visit by a link with filters is answered with one more run: only what a second run has seen does Streamlit (1.67)
    carry over to the next page, and somebody who came for a month would silently get another one there.
    """
    with st.sidebar:
        _document(key="document", data={"language": language}, on_arrived_change=lambda: None)


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
