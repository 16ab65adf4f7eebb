"""The interactive map of communes: Leaflet on a canvas, mounted as a Streamlit component.

The browser fetches the geometry and Leaflet from this server by URL and keeps them for the life of the tab;
a rerun sends only the classes, the texts and one short row per commune, so a change of month recolours the
polygons that changed and leaves zoom, centre and selection as they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import streamlit as st

from ntm.charts.map_layers import MapClass, MapUnit

LEAFLET_URL = "/app/static/leaflet/leaflet.js"
"""Leaflet 1.9.4 as the app serves it. Not inlined: a component's script is sent again with every change."""

_HERE = Path(__file__).parent

_HTML = """
<figure class="map" aria-labelledby="caption">
  <div class="frame">
    <div class="stage">
      <div class="view" role="application" tabindex="0" aria-describedby="caption legend-title"></div>
      <div class="buttons">
        <button type="button" data-act="zoom_in">
          <svg viewBox="0 0 16 16" aria-hidden="true"><path d="M8 3v10M3 8h10"/></svg></button>
        <button type="button" data-act="zoom_out">
          <svg viewBox="0 0 16 16" aria-hidden="true"><path d="M3 8h10"/></svg></button>
        <button type="button" data-act="fit">
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <path d="M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10"/></svg></button>
      </div>
      <p class="hint" aria-hidden="true"></p>
      <p class="status" role="status"></p>
    </div>
    <div class="legend">
      <p id="legend-title"></p>
      <ul aria-labelledby="legend-title"></ul>
    </div>
    <div class="tooltip" aria-hidden="true" hidden></div>
  </div>
  <figcaption id="caption"></figcaption>
  <p class="spoken" role="status"></p>
</figure>
"""


_mount = st.components.v2.component(
    "ntm_commune_map",
    html=_HTML,
    css=(_HERE / "map.css").read_text(encoding="utf-8"),
    js=(_HERE / "map.js").read_text(encoding="utf-8"),
)


def map_selection(key: str) -> tuple[str | None, str | None]:
    """Return the commune that the map was last given and the one selected on it since (the same without a click)."""
    given, current = st.session_state.get(f"{key}_selection", (None, None))
    return given, current


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
    leaflet_url: str = LEAFLET_URL,
) -> str | None:
    """Draw the map and return the code of the commune selected on it, or None.

    `geometry_url` answers with a GeoJSON FeatureCollection of communes (properties `code`, `name` and
    `district`) that never changes under that address. Its member `districts` is GeoJSON of the district
    boundaries; a feature in it with the property `name` is labelled, at its property `label` ([longitude,
    latitude]) if it has one. Communes without a unit are drawn empty, units without a commune are not drawn.

    `texts` holds zoom_in, zoom_out, fit, legend, loading and failed. Optional are wheel and touch, shown when
    somebody scrolls over the map or drags it with one finger (both move the page), and locale, the language
    tag that the counts are written in ('vi' unless given).

    `height` is in pixels, that of the map without caption; narrow screens get less. The map keeps its own
    selection through reruns: a click sets it, a click beside the communes or Escape clears it, and `selected`
    sets it when it is another than at the last call. Each click causes one rerun, which already returns the
    new selection. `key` names the map; its selection lies under `<key>_selection` in the session.

    Raises:
        KeyError: a unit's `class_key` is no class.
    """
    memory = f"{key}_selection"
    given, current = map_selection(key)
    if selected != given:
        current = selected
    st.session_state[memory] = (selected, current)

    def keep_click() -> None:
        # A trigger, not a state: the browser repeats a state in every later rerun, so an old click would
        # undo a selection made elsewhere since. The callback runs even if the script is then interrupted.
        st.session_state[memory] = (selected, st.session_state[key]["clicked"] or None)

    _mount(
        key=key,
        data={
            "leaflet_url": leaflet_url,
            "geometry_url": geometry_url,
            "label": label,
            "caption": caption,
            "texts": dict(texts),
            "height": height,
            "selected": current,
            "classes": [asdict(item) for item in classes],
            **_packed(classes, units),
        },
        on_clicked_change=keep_click,
    )
    return current


def _packed(classes: Sequence[MapClass], units: Sequence[MapUnit]) -> dict[str, Any]:
    """Return the units as rows of code, class and tooltip lines, the latter two as positions in a list.

    Most lines are shared by many communes (a standard, a date): about a third of the size of plain rows.
    """
    positions = {item.key: position for position, item in enumerate(classes)}
    lines: dict[str, int] = {}
    rows = [
        [unit.code, positions[unit.class_key], *(lines.setdefault(line, len(lines)) for line in unit.tooltip)]
        for unit in units
    ]
    return {"lines": list(lines), "units": rows}
