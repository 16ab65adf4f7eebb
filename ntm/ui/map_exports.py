"""Downloads of the map: a button for each format; a file is made when its button is pressed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import streamlit as st

from ntm.errors import NtmError
from ntm.i18n import Translator
from ntm.reports.map_sheet import MapSheet, file_name


@dataclass(frozen=True)
class _Format:
    """A kind of file: ending of its name (what stands before the dot tells two sizes apart) and media type."""

    ending: str
    mime: str


_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS: Mapping[str, _Format] = {
    "projector": _Format(".png", "image/png"),
    "print": _Format("_a4.png", "image/png"),
    "print_a3": _Format("_a3.png", "image/png"),
    "html": _Format(".html", "text/html"),
    "xlsx": _Format(".xlsx", _XLSX),
    "gpkg": _Format(".gpkg", "application/geopackage+sqlite3"),
    "geojson": _Format(".geojson", "application/geo+json"),
}


def show(t: Translator, sheet: Callable[[], MapSheet], key: str) -> None:
    """Show a button that opens the list of formats; `sheet` is asked for what the map says when the list is open.

    What is wrong with a sheet that cannot be made (NtmError) is said in place of the list.
    """
    drawer = st.popover(t("export.open"), key=f"{key}_drawer", on_change="rerun")
    if not drawer.open:
        return
    with drawer:
        try:
            made = sheet()
        except NtmError as error:
            st.warning(t(error.key, **error.values))
            return
        for name, kind in FORMATS.items():
            st.download_button(
                t(f"export.{name}"),
                partial(make, name, made, t),
                file_name(made, t, kind.ending),
                kind.mime,
                key=f"{key}_{name}",
                on_click="ignore",
                width="stretch",
            )
        st.caption(t("export.hint"))


def make(name: str, sheet: MapSheet, t: Translator) -> bytes:
    """Return the file of a format of `FORMATS`.

    Streamlit calls this in a thread of its own when the button is pressed: nothing in it may use Streamlit.
    """
    # Imported when the first file is asked for: matplotlib and folium take a second that no visitor should wait for.
    from ntm.reports import map_gis, map_picture, map_standalone, map_workbook

    makers: Mapping[str, Callable[[], bytes]] = {
        "projector": lambda: map_picture.picture(sheet, t, "projector"),
        "print": lambda: map_picture.picture(sheet, t, "print"),
        "print_a3": lambda: map_picture.picture(sheet, t, "print_a3"),
        "html": lambda: map_standalone.standalone_html(sheet, t),
        "xlsx": lambda: map_workbook.workbook(sheet, t),
        "gpkg": lambda: map_gis.geopackage(sheet, t),
        "geojson": lambda: map_gis.geojson(sheet, t),
    }
    return makers[name]()
