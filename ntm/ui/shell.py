"""What all pages share around their content: the document's language for screen readers, the snapshot's name below."""

from __future__ import annotations

import streamlit as st

from ntm.errors import NtmError
from ntm.i18n import Translator
from ntm.ui.cache import read

_set_language = st.components.v2.component(
    "ntm_document_language",
    html="<span></span>",
    js="export default ({ data }) => { document.documentElement.lang = data.language; };",
)


def document_language(language: str) -> None:
    """Tell browser and screen reader which language the page is in; Streamlit's own page says English."""
    with st.sidebar:
        _set_language(key="document_language", data={"language": language})


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
