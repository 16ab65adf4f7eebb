"""What stands around a page's content: title with as-of line, charts with their captions, tables, downloads."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from ntm.catalog import tables
from ntm.formatting import UNKNOWN, is_missing
from ntm.i18n import Translator
from ntm.ui.cache import read

_CHART_CONFIG = {"displayModeBar": False, "responsive": True}


def header(t: Translator, text: str, as_of: date) -> None:
    """Show the page's title and, below it, as of when, and whether figures are illustrative."""
    st.title(text)
    parts = [t("frame.as_of", day=t.format.day(as_of))]
    if is_illustrative():
        parts.append(f":orange-badge[{t('frame.illustrative')}]")
    st.markdown(" · ".join(parts))


def is_illustrative() -> bool:
    """Tell whether any sheet of the snapshot says 'số liệu minh hoạ'."""
    return bool(read("snapshot")["illustrative_sheets"].iloc[0])


def chart(
    t: Translator,
    *,
    title: str,
    figure: go.Figure,
    table: pd.DataFrame,
    labels: Mapping[str, str],
    unit: str,
    as_of: date | None,
    source: str,
    key: str,
) -> None:
    """Show a chart with title, unit, as-of date and source, its table twin and the table's download.

    `labels` names the columns of the table that are shown, in their order.
    """
    with st.container(border=True):
        st.subheader(title)
        st.plotly_chart(figure, config=_CHART_CONFIG, theme=None, key=key, alt=title)
        parts = [t("frame.unit", unit=unit)]
        if as_of:
            parts.append(t("frame.as_of", day=t.format.day(as_of)))
        parts.append(t("frame.source", source=source))
        st.caption(" · ".join(parts))
        with st.expander(t("frame.table")):
            data_table(t, table, labels, key=f"{key}_table")


def data_table(t: Translator, table: pd.DataFrame, labels: Mapping[str, str], key: str) -> None:
    """Show a table whose columns are named by `labels`, with its download. Unknown values are a dash."""
    shown = labelled(t, table, labels)
    st.dataframe(shown, hide_index=True, placeholder="–", width="stretch")
    st.download_button(
        t("frame.download"), to_csv(shown), file_name=f"{key}.csv", mime="text/csv", key=f"{key}_download"
    )


def labelled(t: Translator, table: pd.DataFrame, labels: Mapping[str, str]) -> pd.DataFrame:
    """Return the columns that `labels` names, dates and numbers written in the language."""
    shown = pd.DataFrame(index=table.index)
    for column, label in labels.items():
        shown[label] = _written(t, table[column])
    return shown


def to_csv(table: pd.DataFrame) -> bytes:
    """Return a table as CSV that Excel opens in Unicode; text that begins like a formula stays text."""

    def inert(value: object) -> object:
        return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t\r" and len(value) > 1 else value

    return table.map(inert).to_csv(index=False).encode("utf-8-sig")


def column_label(t: Translator, table_name: str, column: str) -> str:
    """Return the label that the catalog gives a column."""
    found = next(item for item in tables()[table_name].columns if item.name == column)
    return t.label(found.label)


def _written(t: Translator, values: pd.Series) -> pd.Series:
    if pd.api.types.is_datetime64_any_dtype(values):
        return values.map(t.format.day)
    if pd.api.types.is_bool_dtype(values):
        return values.map({True: t("yes"), False: t("no")})
    if pd.api.types.is_float_dtype(values):
        decimals = 0 if (values.dropna() % 1 == 0).all() else 1
        return values.map(lambda value: t.format.number(value, decimals))
    if pd.api.types.is_integer_dtype(values):
        return values.map(t.format.number)
    return values.map(lambda value: UNKNOWN if is_missing(value) else value)
