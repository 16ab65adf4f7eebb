"""The map as one file that opens in any browser without a network: mailed, on a stick, or in a notebook."""

from __future__ import annotations

import json
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import folium
from folium.template import Template

from ntm.charts.map_layers import MapClass
from ntm.geo.shapes_geojson import simplify_shapes, to_geojson_bytes
from ntm.i18n import Translator
from ntm.reports.map_sheet import MapSheet, caveats, statements
from ntm.reports.map_table import written_rows
from ntm.settings import ROOT

_PAGE = Path(__file__).parent / "map_page.html"
_LEAFLET = ROOT / "ntm" / "ui" / "static" / "leaflet"
_MANY = 2000
"""With more polygons than this their borders would hide their colours."""
_NOWHERE = [[8.0, 102.0], [23.5, 110.0]]
"""South west and north east of the mainland: what an empty map shows."""


class OfflineMap(folium.Map):
    """A map whose scripts and styles lie in the file. A plain folium.Map fetches ten of them from other machines."""

    default_js: list[tuple[str, str]] = []  # noqa: RUF012  # as folium declares them
    default_css: list[tuple[str, str]] = []  # noqa: RUF012
    _template = Template(_PAGE.read_text(encoding="utf-8"))

    def __init__(self, sheet: MapSheet, t: Translator) -> None:
        super().__init__(tiles=None)
        root: Any = self.get_root()
        root.title = escape(sheet.title)
        self.title, self.subtitle = sheet.title, sheet.subtitle
        self.illustrative = t("frame.illustrative") if sheet.is_illustrative else ""
        self.layer_title, self.layer_note = sheet.layer.title, sheet.layer.note
        self.sentences = (" · ".join(statements(sheet, t)), *caveats(sheet, t))
        self.words = {
            "tooltip": t("export.tooltip"),
            "table": t("export.table"),
            "zoom_in": t("map.zoom_in"),
            "zoom_out": t("map.zoom_out"),
        }
        self.legend = [
            {"label": entry.label, "color": entry.color, "look": _look(entry), "count": t.format.number(entry.count)}
            for entry in sheet.layer.classes
        ]
        self.patterns = {entry.key: _look(entry) for entry in sheet.layer.classes if _look(entry)}
        self.headings, self.rows = written_rows(sheet, t)
        self.language = t.language
        self.leaflet_js, self.leaflet_css = _asset("leaflet.js"), _asset("leaflet.css")
        shapes = json.loads(_geometry(sheet))
        self.districts = shapes["districts"]
        west, south, east, north = shapes["bbox"] or (_NOWHERE[0][1], _NOWHERE[0][0], _NOWHERE[1][1], _NOWHERE[1][0])
        self.bounds = [[south, west], [north, east]]
        if shapes["features"]:
            self.add_child(_polygons(sheet, shapes["features"]))


def folium_map(sheet: MapSheet, t: Translator) -> folium.Map:
    """Return the map for a notebook, which shows it in place; no request leaves the machine."""
    return OfflineMap(sheet, t)


def standalone_html(sheet: MapSheet, t: Translator) -> bytes:
    """Return the map as an HTML file of its own: polygons, legend with counts, names, tooltips, date, source, table.

    It asks for nothing outside of itself. A province's polygons take at most a megabyte of it. Units without a polygon
    are named below the map and stand in the table.
    """
    page: str = OfflineMap(sheet, t).get_root().render()
    return page.encode()


def _polygons(sheet: MapSheet, features: list[dict[str, Any]]) -> folium.GeoJson:
    colors = {entry.key: entry.color for entry in sheet.layer.classes}
    units = {unit.code: unit for unit in sheet.layer.units}
    weight = 0.7 if len(features) <= _MANY else 0
    for number, feature in enumerate(features):
        told = feature["properties"]
        unit = units.get(told["code"])
        feature["id"] = number
        told["class_key"] = unit.class_key if unit else ""
        told["lines"] = list(unit.tooltip) if unit else [told["name"]]

    def style(feature: dict[str, Any]) -> dict[str, Any]:
        color = colors.get(feature["properties"]["class_key"])
        fill = {"fillColor": color, "fillOpacity": 1} if color else {"fillOpacity": 0}
        return {"color": "#5b6b76", "weight": weight, **fill}

    data = {"type": "FeatureCollection", "features": features}
    return folium.GeoJson(data, style_function=style, smooth_factor=0.5, on_each_feature=folium.JsCode("showUnit"))


def _geometry(sheet: MapSheet) -> bytes:
    """Return the shapes as the page's own map draws them, simplified where they are large."""
    if sheet.shapes.communes.empty:
        return b'{"features": [], "bbox": [], "districts": {"type": "FeatureCollection", "features": []}}'
    return to_geojson_bytes(simplify_shapes(sheet.shapes))[0]


def _look(entry: MapClass) -> str:
    return "hatched" if entry.hatched else "textured" if entry.textured else ""


@cache
def _asset(name: str) -> str:
    return (_LEAFLET / name).read_text(encoding="utf-8")
