"""What are the figures made from? Files loaded, findings of the load, definitions, the meaning of every column."""

import streamlit as st

from ntm.ui import data_view
from ntm.ui.cache import read
from ntm.ui.language import current_translator

t = current_translator()
st.title(t("data.heading"))
files, issues = read("source_files"), read("load_issues")

data_view.sentences(t, read("snapshot").iloc[0], files, issues)
loaded, found, definitions, dictionary = st.tabs(
    [t("data.files"), t("data.issues"), t("data.definitions"), t("data.dictionary")]
)
with loaded:
    data_view.files(t, files)
with found:
    data_view.issues(t, issues)
with definitions:
    data_view.definitions(t)
    data_view.criteria_sets(t, read("criteria_sets"))
with dictionary:
    data_view.dictionary(t)
