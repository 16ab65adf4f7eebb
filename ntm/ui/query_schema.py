"""The tables and columns that a question can name, from the catalog, with what each means."""

from __future__ import annotations

import streamlit as st

from ntm.catalog import table
from ntm.i18n import Translator
from ntm.ui import data_view
from ntm.ui.query_editor import write

_MOST = 100


def drawer(t: Translator) -> None:
    """Show a closed drawer with the dictionary; of the table looked at a question can be begun."""
    opened = st.expander(t("query.schema"), key="query_schema", on_change="rerun")
    if opened.open:
        with opened:
            st.caption(t("query.layers"))
            chosen = data_view.dictionary(t)
            st.button(t("query.begin"), key="query_begin", on_click=_begin, args=(chosen,))


def _begin(name: str) -> None:
    """Write a question that asks for all columns of a table, for the visitor to change."""
    columns = ",\n    ".join(table(name).column_names)
    write(f"select\n    {columns}\nfrom {name}\nlimit {_MOST}")
