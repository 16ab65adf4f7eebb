"""The buttons under a table that bring it as a file; a file is made when its button is pressed."""

from __future__ import annotations

from functools import partial
from urllib.parse import urlencode

import streamlit as st

from ntm.i18n import Translator
from ntm.reports.table_files import KINDS, make
from ntm.reports.table_sheet import TableSheet, file_name


def show(t: Translator, sheet: TableSheet, key: str) -> None:
    """Show a button for each kind of file, in one quiet line."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        for name, kind in KINDS.items():
            st.download_button(
                f":primary[{t(f'download.{name}')}]",
                # Called in a thread of its own: nothing in it may use Streamlit.
                partial(make, name, sheet, t),
                file_name(sheet, key, kind.ending),
                kind.mime,
                key=f"{key}_download_{name}",
                on_click="ignore",
                type="tertiary",
            )


def page_address() -> str:
    """Return the address of the page with its filters; only the filters where the browser has not told the address."""
    filters = urlencode(st.query_params.to_dict())
    return "?".join(filter(None, (st.context.url, filters)))
