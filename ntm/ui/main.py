"""The script that every visit runs: look, language, navigation, then the page asked for."""

from __future__ import annotations

import streamlit as st

from ntm.settings import ROOT
from ntm.ui.frame import begin_page
from ntm.ui.frozen import choose_snapshot
from ntm.ui.help_view import page_help
from ntm.ui.language import choose_language
from ntm.ui.pages import FOLDER, PAGES
from ntm.ui.shell import document_language, footer, keep_filters_of_link
from ntm.ui.sources import close_sources_elsewhere

st.set_page_config(layout="wide", page_icon=str(ROOT / "ntm" / "ui" / "static" / "icon.png"))
t = choose_language()
document_language(t.language)
page = st.navigation(
    [
        st.Page(
            FOLDER / entry.script,
            title=t(entry.title),
            url_path=entry.address or None,
            default=number == 0,
        )
        for number, entry in enumerate(PAGES)
    ],
    expanded=True,  # Streamlit hides what is more than twelve behind words in English
)
close_sources_elsewhere(page.url_path)
choose_snapshot(t)
begin_page(page.title)
page_help(t, page.url_path)
page.run()
keep_filters_of_link()
footer(t)
