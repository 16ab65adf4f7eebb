"""From a figure to the cells that it came from: a list with file, sheet and cell, and the cell among its neighbours."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pandas as pd
import streamlit as st
from openpyxl.utils import coordinate_to_tuple, get_column_letter

from ntm.i18n import Translator
from ntm.model import is_missing
from ntm.ui.cache import read
from ntm.ui.frame import download, page_origin, written

_ROWS_AROUND, _COLUMNS_AROUND = 3, 4
_OPENED, _PAGE = "sources_opened", "sources_page"
_PLACE = ("path", "sheet", "cell")
Rows = Callable[[], pd.DataFrame]


def source_button(t: Translator, *, label: str, title: str, rows: Rows, labels: Mapping[str, str], key: str) -> None:
    """Show a button that opens the rows behind a figure.

    `rows` gives them when they are asked for, with path, sheet, cell and source_id besides the columns of `labels`.
    """
    st.button(label, key=key, width="stretch", on_click=_open, args=(key,))
    if st.session_state.get(_OPENED) == key:
        _show_sources(t, title, rows, labels, key)


def _open(key: str) -> None:
    st.session_state[_OPENED] = key


def _close() -> None:
    st.session_state.pop(_OPENED, None)


def close_sources_elsewhere(address: str) -> None:
    """Forget which figure's rows are open when the visitor has come to another page, as by the browser's way back."""
    if st.session_state.get(_PAGE) != address:
        _close()
        st.session_state[_PAGE] = address


def _show_sources(t: Translator, title: str, rows: Rows, labels: Mapping[str, str], key: str) -> None:
    """Show the dialog in every run until it is closed: a run begun by something else would take it away otherwise."""

    @st.dialog(title, width="large", on_dismiss=_close)
    def dialog() -> None:
        source_table(t, rows(), labels, key, title=title)

    dialog()


def source_table(
    t: Translator,
    rows: pd.DataFrame,
    labels: Mapping[str, str],
    key: str,
    whole: Sequence[str] = (),
    title: str = "",
) -> None:
    """Show rows with their cells; a row that is chosen shows its cell as the workbook has it.

    `whole` names columns whose texts are too long for the table: the chosen row has them in full above its cell.
    `title` is what the files of the table say they are; the page's heading where it is empty.
    """
    if not len(rows):
        st.info(t("sources.none"))
        return
    columns = {**labels, **{part: t(f"sources.{part}") for part in _PLACE}}
    st.caption(t("sources.hint", count=t.format.number(len(rows))))
    chosen = st.dataframe(
        written(t, rows, columns),
        hide_index=True,
        placeholder="–",
        width="stretch",
        on_select="rerun",
        selection_mode="single-row",
        key=f"{key}_rows",
    )
    selected = chosen["selection"]["rows"]
    if selected and selected[0] < len(rows):
        row = rows.iloc[selected[0]]
        if texts := [f"{labels[name]}: {row[name]}" for name in whole if not is_missing(row[name])]:
            st.text("\n".join(texts))
        _show_cells(t, row)
    download(t, rows, columns, key, page_origin(title))


def _show_cells(t: Translator, row: pd.Series) -> None:
    """Show the cells around the one that a figure was read from; of reference files only the place."""
    place = f"{row['path']} › {row['sheet']} › {row['cell']}"
    cells = cells_around(str(row["source_id"]), str(row["sheet"]), str(row["cell"]))
    st.markdown(f"**{t('sources.cells')}** {place}")
    if cells is None:
        st.caption(t("sources.no_cells"))
        return
    wanted = _cells_of(str(row["cell"]))
    marks = pd.DataFrame("", index=cells.index, columns=cells.columns)
    for row_no, column_no in wanted:
        marks.loc[row_no, get_column_letter(column_no)] = "background-color: #FFE8A3; font-weight: 700"
    st.dataframe(cells.style.apply(lambda _: marks, axis=None), placeholder="", width="stretch")


def cells_around(source_id: str, sheet: str, cell: str) -> pd.DataFrame | None:
    """Return the texts around a cell or row of cells ('C48:U48'), rows by number, columns by letter.

    None when the snapshot keeps no copy of the sheet.
    """
    wanted = _cells_of(cell)
    rows, columns = [row for row, _ in wanted], [column for _, column in wanted]
    found = read(
        "cells_around",
        source_id=source_id,
        sheet=sheet,
        first_row=min(rows) - _ROWS_AROUND,
        last_row=max(rows) + _ROWS_AROUND,
        first_column=max(1, min(columns) - _COLUMNS_AROUND),
        last_column=max(columns) + _COLUMNS_AROUND,
    )
    if not len(found):
        return None
    table = found.pivot_table(index="row_no", columns="column_no", values="text", aggfunc="first").fillna("")
    table = table.reindex(
        index=sorted({*table.index, *rows}), columns=sorted({*table.columns, *columns}), fill_value=""
    )
    table.columns = pd.Index([get_column_letter(number) for number in table.columns])
    table.index.name = None
    return table


def _cells_of(cell: str) -> list[tuple[int, int]]:
    first, _, last = cell.partition(":")
    top, left = coordinate_to_tuple(first)
    bottom, right = coordinate_to_tuple(last or first)
    return [(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)]
