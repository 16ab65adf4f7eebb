"""What are the figures made from? Files loaded, findings of the load, definitions, the meaning of every column."""

import streamlit as st

from ntm.ui import data_view, history_view, snapshot_files
from ntm.ui.cache import read
from ntm.ui.language import current_translator

t = current_translator()
st.title(t("data.heading"))
files, issues = read("source_files"), read("load_issues")

data_view.sentences(t, read("snapshot").iloc[0], files, issues)
has_history = history_view.is_known()
if has_history:
    history_view.sentence(t)
names = ("data.files", "data.issues", "data.changes", "data.history", "data.definitions", "data.dictionary")
loaded, found, changes, history, definitions, dictionary = st.tabs([t(name) for name in names])
with loaded:
    data_view.files(t, files)
    snapshot_files.show(t)
with found:
    data_view.issues(t, issues)
for part, show in ((changes, history_view.changes), (history, history_view.loads)):
    with part:
        show(t) if has_history else st.info(t("data.no_history"))
with definitions:
    data_view.definitions(t)
    data_view.criteria_sets(t, read("criteria_sets"))
with dictionary:
    data_view.dictionary(t)
