"""What stands around a page's content: title with as-of line, charts with their captions, tables, downloads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st
from pandas.io.formats.style import Styler
from streamlit.delta_generator import DeltaGenerator

from ntm.catalog import ColumnLabel, tables
from ntm.formatting import UNKNOWN
from ntm.geo.names import plain_key
from ntm.i18n import Translator
from ntm.reports.table_sheet import Origin, TableSheet
from ntm.ui import downloads
from ntm.ui.cache import read, snapshot

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
_ORIGIN = "page_origin"
"""Where a session keeps what the page says of itself, for tables that say nothing of their own."""


def begin_page(title: str) -> None:
    """Say which page is shown from here on, until its heading says more."""
    st.session_state[_ORIGIN] = Origin(title)


def page_origin(title: str = "") -> Origin:
    """Return what the page says of itself: heading and as of when; with a title of its own where a table has one."""
    said: Origin = st.session_state.get(_ORIGIN, Origin())
    return replace(said, title=title) if title else said


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
    st.session_state[_ORIGIN] = Origin(text, as_of)
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
        st.header(title)
        figure.layout.meta = {"picture": _picture(t, title, parts, as_of)}
        st.plotly_chart(figure, config=_chart_config(t), theme=None, key=key, alt=title)
        st.caption(" · ".join(parts))
        table_twin(t, table, labels, key, Origin(title, as_of, source, unit))


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


def table_twin(
    t: Translator, table: pd.DataFrame, labels: Mapping[str, str], key: str, origin: Origin | None = None
) -> None:
    """Show a closed drawer with the table of a chart or map; the table is made when it is opened."""
    in_drawer(t, key, lambda: _table(t, table, labels, f"{key}_table", origin))


def in_drawer(t: Translator, key: str, show: Callable[[], None]) -> None:
    """Show a closed drawer; what is in it is made when it is opened."""
    drawer = st.expander(t("frame.table"), key=f"{key}_drawer", on_change="rerun")
    if drawer.open:
        with drawer:
            show()


def data_table(
    t: Translator, table: pd.DataFrame, labels: Mapping[str, str], key: str, origin: Origin | None = None
) -> None:
    """Show a table whose columns are named by `labels`, with its downloads; a long one in a closed drawer.

    `origin` is what its files say of themselves; None: what the page says.
    """
    (table_twin if is_long(table) else _table)(t, table, labels, key, origin)


def is_long(table: pd.DataFrame) -> bool:
    """Tell whether writing a table takes so long that it waits until it is asked for."""
    return len(table) > _LONG_ROWS


def _table(t: Translator, table: pd.DataFrame, labels: Mapping[str, str], key: str, origin: Origin | None) -> None:
    """Show a table with its downloads. Unknown values are a dash."""
    st.dataframe(written(t, table, labels), hide_index=True, placeholder=UNKNOWN, width="stretch")
    download(t, table, labels, key, origin)


def download(
    t: Translator, table: pd.DataFrame, labels: Mapping[str, str], key: str, origin: Origin | None = None
) -> None:
    """Offer the columns that `labels` names as files: workbook, CSV, Parquet; values as they are, not as written."""
    downloads.show(t, table_sheet(table, labels, origin), key)


def table_sheet(table: pd.DataFrame, labels: Mapping[str, str], origin: Origin | None = None) -> TableSheet:
    """Return a table of the page with where it comes from, for its files."""
    return TableSheet(
        table=table,
        labels=dict(labels),
        origin=origin or page_origin(),
        build_id=snapshot().build_id,
        is_illustrative=is_illustrative(),
        address=downloads.page_address(),
    )


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


def column_label(t: Translator, table_name: str, column: str) -> str:
    """Return the label that the catalog gives a column; the files of a table say what it means."""
    found = next(item for item in tables()[table_name].columns if item.name == column)
    return ColumnLabel(t.label(found.label), t.label({"vi": found.meaning_vi, "en": found.meaning}))
