"""The interactive map of units: Leaflet on a canvas, mounted as a Streamlit component.

The browser fetches its scripts, the geometry and Leaflet from this server by URL and keeps them for the life of the
tab; a rerun sends only the classes, the texts and one short row per unit, so a change of month recolours the polygons
that changed and leaves zoom, centre and selection as they are.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import streamlit as st

from ntm.charts.map_layers import MapClass, MapFrame, MapUnit
from ntm.i18n import Translator
from ntm.ui.browser_files import ComponentFiles
from ntm.ui.map.packing import pack

LEAFLET_URL = "/app/static/leaflet/leaflet.js"
"""Leaflet 1.9.4 as the app serves it. Not inlined: a component's script is sent again with every change."""

_HERE = Path(__file__).parent
_FILES = ComponentFiles(_HERE)

_mount = st.components.v2.component(
    "ntm_commune_map",
    html=_FILES.styles + (_HERE / "map.html").read_text(encoding="utf-8"),
    js=_FILES.loader,
)


def part_texts(t: Translator) -> dict[str, str]:
    """Return the texts of the map's own parts: its months, its walk by keyboard, what fits no unit."""
    return {
        "play": t("map_part.play"),
        "pause": t("map_part.pause"),
        "month": t("map_part.month"),
        "no_unit": t("map_part.no_unit"),
        "walk": t("map_part.walk"),
        "nothing_here": t("map_part.nothing_here"),
        "shown_only": t("map_part.shown_only"),
        "shown_all": t("map_part.shown_all"),
        "locale": t.language,
    }


def map_selection(key: str) -> tuple[str | None, str | None]:
    """Return the unit that the map was last given and the one selected on it since (the same without a click)."""
    given, current = st.session_state.get(f"{key}_selection", (None, None))
    return given, current


def map_click(key: str) -> tuple[bool, str | None]:
    """Return whether somebody clicked on the map since this was last asked, and on which unit (None: on none).

    It is told once, as `map_frame` is.
    """
    given, current = map_selection(key)
    st.session_state[f"{key}_selection"] = (current, current)
    return given != current, current


def map_frame(key: str) -> str | None:
    """Return the frame that somebody has left the map at since this was last asked, or None.

    It is told once: the page that follows sets its own month by it, and a later choice made there is not undone.
    """
    frame: str | None = st.session_state.pop(f"{key}_frame", None)
    return frame


def commune_map(
    *,
    geometry_url: str,
    classes: Sequence[MapClass],
    units: Sequence[MapUnit],
    label: str,
    caption: str,
    texts: Mapping[str, str],
    selected: str | None,
    height: int,
    key: str,
    title: str = "",
    note: str = "",
    frames: Sequence[MapFrame] = (),
    frame: str | None = None,
    group: str | None = None,
    focus: Collection[str] | None = None,
    dimmed: bool = True,
    leaflet_url: str = LEAFLET_URL,
) -> str | None:
    """Draw the map and return the code of the unit selected on it, or None.

    `geometry_url` answers with a GeoJSON FeatureCollection of units (properties `code`, `name` and `district`) that
    never changes under that address. Its member `districts` is GeoJSON of the boundaries one level above; a feature in
    it with the property `name` is labelled, at its property `label` ([longitude, latitude]) if it has one. Polygons
    without a unit are drawn empty with a dashed line and say so, units without a polygon are not drawn.

    `texts` holds zoom_in, zoom_out, fit, legend, loading and failed; those of `part_texts` are wanted too. Optional are
    wheel and touch, shown when somebody scrolls over the map or drags it with one finger (both move the page).
    `title` heads the legend (in place of texts['legend']) and says what is shown, with its unit; `note` defines it,
    above the caption. A legend entry that is pressed shows its class alone, until it is pressed again or the layer
    has other classes; the server is not asked.

    `height` is in pixels, that of the map without caption; narrow screens get less. The map keeps its own
    selection through reruns: a click sets it, a click beside the units or Escape clears it, and `selected`
    sets it when it is another than at the last call. Each click causes one rerun, which already returns the
    new selection. `key` names the map; its selection lies under `<key>_selection` in the session.

    `frames` are the months that can be looked at without asking the server, oldest first, and `frame` the key of the
    one that `units` are of. With two or more there is a slider with play below the map; when it is left at another
    month, one rerun follows in which `map_frame` tells it.

    Maps of the same `group` on a page move together. `focus` are the units to zoom to: the others are faded where
    `dimmed`; None zooms to all. Nothing else of a rerun moves the map, except another geometry.

    Raises:
        KeyError: a unit's or a frame's class is no class.
        ValueError: a frame has not as many classes as there are units.
    """
    memory = f"{key}_selection"
    given, current = map_selection(key)
    if selected != given:
        current = selected
    st.session_state[memory] = (selected, current)

    # Triggers, not states: the browser repeats a state in every later rerun, so an old click would undo a selection
    # made elsewhere since. The callbacks run even if the script is then interrupted.
    def keep_click() -> None:
        st.session_state[memory] = (selected, st.session_state[key]["clicked"] or None)

    def keep_frame() -> None:
        st.session_state[f"{key}_frame"] = st.session_state[key]["frame"] or None

    _mount(
        key=key,
        data={
            "leaflet_url": leaflet_url,
            "geometry_url": geometry_url,
            "label": label,
            "title": title,
            "note": note,
            "caption": caption,
            "texts": dict(texts),
            "height": height,
            "selected": current,
            "group": group,
            "focus": None if focus is None else sorted(focus),
            "dimmed": dimmed,
            "classes": [asdict(item) for item in classes],
            "frame": frame,
            "frames": [{"key": item.key, "label": item.label, "counts": item.counts} for item in frames],
            "packed": pack(classes, units, frames),
        },
        on_clicked_change=keep_click,
        on_frame_change=keep_frame,
    )
    return current
