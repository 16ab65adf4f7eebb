"""What stands around a page's content: title with as-of line, charts with their captions, tables, downloads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st
from pandas.io.formats.style import Styler
from streamlit.delta_generator import DeltaGenerator

from ntm.catalog import tables
from ntm.formatting import UNKNOWN
from ntm.geo.names import plain_key
from ntm.i18n import Translator
from ntm.ui.cache import read

_CHART_CONFIG: dict[str, Any] = {
    "displaylogo": False,
    "displayModeBar": True,
    "modeBarButtons": [["toImage"]],
    "responsive": True,
}
_LONG_ROWS = 150
"""Rows of ten columns that are written in a tenth of a second."""
_CAMERA = "Download plot as a PNG"
"""What plotly calls its only button; the browser makes the picture itself (ntm/ui/document/picture.js)."""


def page_top(title: str) -> tuple[DeltaGenerator, DeltaGenerator]:
    """Return the places of a page's heading and, below it, of its filters (side by side, wrapping on phones).

    The filters are asked first, for the heading needs what they stand at; until then, or when nothing can be shown,
    the page's plain title stands there.
    """
    top = st.empty()
    top.title(title)
    return top, st.container(horizontal=True, vertical_alignment="bottom")


def header(t: Translator, top: DeltaGenerator, text: str, as_of: date, say: Callable[[], None] | None = None) -> None:
    """Put the page's heading into its place, with as of when, whether figures are illustrative, and what `say` shows.

    What is said there stands above the filters: on a phone they take the whole first screen.
    """
    parts = [t("frame.as_of", day=t.format.day(as_of))]
    if is_illustrative():
        parts.append(f":orange-badge[{t('frame.illustrative')}]")
    with top.container():
        st.title(text)
        st.markdown(" · ".join(parts))
        if say:
            say()


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
        parts = [t("frame.unit", unit=unit)]
        if as_of:
            parts.append(t("frame.as_of", day=t.format.day(as_of)))
        parts.append(t("frame.source", source=source))
        st.subheader(title)
        figure.layout.meta = {"picture": _picture(t, title, parts, as_of)}
        st.plotly_chart(figure, config=_chart_config(t), theme=None, key=key, alt=title)
        st.caption(" · ".join(parts))
        table_twin(t, table, labels, key)


@dataclass(frozen=True)
class Chart:
    """What `chart` shows, made beforehand."""

    title: str
    figure: go.Figure
    table: pd.DataFrame
    labels: Mapping[str, str]
    unit: str
    as_of: date | None
    source: str
    key: str


def show_chart(t: Translator, made: Chart) -> None:
    """Show a chart that was made beforehand."""
    chart(t, **vars(made))


def _picture(t: Translator, title: str, parts: list[str], as_of: date | None) -> dict[str, str]:
    """Return what a picture of the chart says around its plot, and its file's name (ntm/ui/document/picture.js)."""
    words = [plain_key(title).replace(" ", "-"), as_of.isoformat() if as_of else ""]
    illustrative = [t("frame.illustrative")] if is_illustrative() else []
    return {"title": title, "note": " · ".join([*parts, *illustrative]), "file": "_".join(filter(None, words))}


def _chart_config(t: Translator) -> dict[str, Any]:
    """Return plotly's settings, with the words of its only button."""
    return _CHART_CONFIG | {
        "locale": t.language,
        "locales": {t.language: {"dictionary": {_CAMERA: t("frame.picture")}}},
    }


def table_twin(t: Translator, table: pd.DataFrame, labels: Mapping[str, str], key: str) -> None:
    """Show a closed drawer with the table of a chart or map; the table is made when it is opened."""
    in_drawer(t, key, lambda: _table(t, table, labels, f"{key}_table"))


def in_drawer(t: Translator, key: str, show: Callable[[], None]) -> None:
    """Show a closed drawer; what is in it is made when it is opened."""
    drawer = st.expander(t("frame.table"), key=f"{key}_drawer", on_change="rerun")
    if drawer.open:
        with drawer:
            show()


def data_table(t: Translator, table: pd.DataFrame, labels: Mapping[str, str], key: str) -> None:
    """Show a table whose columns are named by `labels`, with its download; a long one in a closed drawer."""
    (table_twin if is_long(table) else _table)(t, table, labels, key)


def is_long(table: pd.DataFrame) -> bool:
    """Tell whether writing a table takes so long that it waits until it is asked for."""
    return len(table) > _LONG_ROWS


def _table(t: Translator, table: pd.DataFrame, labels: Mapping[str, str], key: str) -> None:
    """Show a table with its download. Unknown values are a dash."""
    st.dataframe(written(t, table, labels), hide_index=True, placeholder=UNKNOWN, width="stretch")
    download(t, table, labels, key)


def download(t: Translator, table: pd.DataFrame, labels: Mapping[str, str], key: str) -> None:
    """Offer the columns that `labels` names as CSV, numbers unformatted."""
    # Written when the button is pressed: a table's CSV takes longer than all else of a rerun.
    content = partial(to_csv, table[list(labels)].rename(columns=dict(labels)))
    st.download_button(t("frame.download"), content, f"{key}.csv", "text/csv", key=f"{key}_download")


def written(t: Translator, table: pd.DataFrame, labels: Mapping[str, str]) -> Styler:
    """Return the columns that `labels` names, written as the language does; they still sort by their values."""
    shown = table[list(labels)].copy()
    formats: dict[str, Callable[[Any], str]] = {}
    for column, values in shown.items():
        label = labels[str(column)]
        if pd.api.types.is_datetime64_any_dtype(values):
            formats[label] = t.format.day
        elif pd.api.types.is_bool_dtype(values):
            shown[column] = values.map({True: t("yes"), False: t("no")})
        elif str(column).endswith("year"):
            formats[label] = "{:.0f}".format
        elif pd.api.types.is_numeric_dtype(values):
            formats[label] = t.format.plain
    return shown.rename(columns=dict(labels)).style.format(formats, na_rep=UNKNOWN)  # type: ignore[arg-type]


def to_csv(table: pd.DataFrame) -> bytes:
    """Return a table as CSV that Excel opens in Unicode; text that begins like a formula stays text."""

    def inert(value: object) -> object:
        return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t\r" and len(value) > 1 else value

    return table.map(inert).to_csv(index=False).encode("utf-8-sig")


def column_label(t: Translator, table_name: str, column: str) -> str:
    """Return the label that the catalog gives a column."""
    found = next(item for item in tables()[table_name].columns if item.name == column)
    return t.label(found.label)
