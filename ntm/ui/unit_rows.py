"""A table of communes of which one is chosen: its card and the cells of its figures are a click away."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd
import streamlit as st

from ntm.formatting import UNKNOWN
from ntm.i18n import Translator
from ntm.ui.filters import Place
from ntm.ui.frame import download, in_drawer, is_long, written
from ntm.ui.profile_links import commune_link


def commune_rows(
    t: Translator,
    place: Place,
    table: pd.DataFrame,
    labels: Mapping[str, str],
    key: str,
    more: Callable[[pd.Series], None] | None = None,
) -> None:
    """Show rows with unit_code, name and district_name; of the one chosen its link, and `more` where it is given.

    Many rows wait in a closed drawer until they are asked for.
    """

    def show() -> None:
        _rows(t, place, table, labels, key, more)

    if is_long(table):
        in_drawer(t, key, show)
    else:
        show()


def _rows(
    t: Translator,
    place: Place,
    table: pd.DataFrame,
    labels: Mapping[str, str],
    key: str,
    more: Callable[[pd.Series], None] | None,
) -> None:
    st.caption(t("places.choose_row"))
    chosen = st.dataframe(
        written(t, table, labels),
        hide_index=True,
        placeholder=UNKNOWN,
        width="stretch",
        on_select="rerun",
        selection_mode="single-row",
        key=f"{key}_rows",
    )
    selected = chosen["selection"]["rows"]
    if selected and selected[0] < len(table):
        row = table.iloc[selected[0]]
        commune_link(t, place, row, t("places.open_card", name=row["name"]))
        if more:
            more(row)
    download(t, table, labels, key)
