"""What do I want to know that no page answers? One question in SQL over the snapshot, its table, chart and files."""

import streamlit as st

from ntm.ui import query_answer, query_editor, query_saved, query_schema
from ntm.ui.language import current_translator

t = current_translator()
st.title(t("query.heading"))
query_editor.introduction(t)
opened = query_saved.open_by_link(t)
asked = query_editor.ask(t)
query_schema.drawer(t)
if asked and query_answer.show(t, asked):
    query_saved.save_form(t, asked.question)
query_saved.listed(t, opened)
