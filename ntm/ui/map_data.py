"""What a map is drawn from: the units of its view, their rows, its layer, months and shapes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pandas as pd
import streamlit as st

from ntm.charts.map_layers import Level, MapFrame, MapLayer, map_frames, map_layer
from ntm.charts.map_reform import reform_layer
from ntm.geo.shapes import Shapes
from ntm.ui.cache import read, snapshot
from ntm.ui.geometry import Geometry, geometry, shapes, units_geometry, units_shapes
from ntm.ui.language import current_translator
from ntm.ui.map_controls import View

_ROWS: dict[Level, str] = {"commune": "map_communes", "district": "map_districts", "province": "map_provinces"}
_MOST_FRAMES = 200_000
"""Units × months that are sent ahead for the slider; more would make the page heavy, and the country's map slow."""


def units_of(view: View) -> pd.DataFrame:
    """Return the units that the map draws: rows of reform_units, commune_units or map_units."""
    if view.is_today:
        return read("reform_units", province=view.place.province, day=view.month)
    if view.level == "commune":
        return read("commune_units", province=view.province, day=view.month)
    return read("map_units", level=view.level, province=view.province, day=view.month)


def rows_of(view: View, month: date | None) -> pd.DataFrame:
    """Return what the layers tell of the units at a month; at every month when it is None."""
    if view.level == "province":
        return read(_ROWS["province"], month=month)
    asked: dict[str, str | date | None] = {"province": view.province, "month": month}
    if view.level == "commune":
        asked |= {"district": None, "earlier": view.earlier}
    return read(_ROWS[view.level], **asked)


def layer_of(view: View) -> MapLayer:
    """Return what the map shows."""
    return _layer(snapshot().build_id, current_translator().language, _shown(view), view)


def frames_of(view: View) -> tuple[MapFrame, ...]:
    """Return the layer at every month; none where the units change with it or there are too many."""
    if view.is_today or len(units_of(view)) * len(view.place.months) > _MOST_FRAMES:
        return ()
    return _frames(snapshot().build_id, current_translator().language, _shown(view), view)


def focus_of(view: View) -> frozenset[str] | None:
    """Return the units of the district looked at; None where the map is of all."""
    if view.place.district is None or view.is_country or view.is_today:
        return None
    if view.level == "district":
        return frozenset({view.place.district})
    units = units_of(view)
    return frozenset(units.loc[units["district_code"] == view.place.district, "unit_code"])


def counted_of(view: View) -> tuple[MapLayer, tuple[MapFrame, ...]]:
    """Return the layer and its months with the counts of the district looked at: the others are only drawn."""
    layer, frames, focus = layer_of(view), frames_of(view), focus_of(view)
    if focus is None:
        return layer, frames
    keys = [item.key for item in layer.classes]
    inside = [place for place, unit in enumerate(layer.units) if unit.code in focus]

    def counts(class_keys: Sequence[str]) -> tuple[int, ...]:
        counted = Counter(class_keys[place] for place in inside)
        return tuple(counted[key] for key in keys)

    now = counts([unit.class_key for unit in layer.units])
    classes = tuple(item.counted(count) for item, count in zip(layer.classes, now, strict=True))
    months = tuple(replace(frame, counts=counts(frame.class_keys)) for frame in frames)
    return replace(layer, classes=classes), months


def geometry_of(view: View) -> Geometry:
    """Return where the browser gets the shapes."""
    if view.is_today:
        return units_geometry(units_of(view))
    return geometry(view.level, view.province, view.month)


def shown_of(view: View) -> MapLayer:
    """Return the layer of a file: of a district looked at its own units alone, as heading and table say."""
    layer, focus = counted_of(view)[0], focus_of(view)
    return layer if focus is None else replace(layer, units=tuple(unit for unit in layer.units if unit.code in focus))


def shapes_of(view: View) -> Shapes:
    """Return the shapes themselves, for files: those of the units of `shown_of`."""
    if view.is_today:
        return units_shapes(units_of(view))
    drawn, focus = shapes(view.level, view.province, view.month), focus_of(view)
    if focus is None:
        return drawn
    outlines = drawn.districts[drawn.districts["district_code"] == view.place.district]
    units = drawn.communes[drawn.communes["unit_code"].isin(focus)]
    return replace(drawn, communes=units, districts=outlines, missing=tuple(sorted(focus & set(drawn.missing))))


def parts_of(view: View) -> pd.DataFrame:
    """Return the old parts of today's units."""
    return read("reform_parts", province=view.place.province, month=view.month)


def _shown(view: View) -> tuple[object, ...]:
    """Return what a layer depends on: a unit chosen, or another district, changes nothing of it."""
    return (view.area, view.province, view.month, view.is_today, view.entry.key, view.criterion, view.earlier)


# Hover lines of the country's communes take half a second. Arguments that begin with an underscore are no part of the
# key: `shown` stands for the view.
@st.cache_resource(max_entries=100, show_spinner=False)
def _layer(build_id: str, language: str, shown: tuple[object, ...], _view: View) -> MapLayer:
    t = current_translator()
    if _view.is_today:
        return reform_layer(units_of(_view), parts_of(_view), t)
    rows = rows_of(_view, _view.month)
    return map_layer(_view.entry.key, units_of(_view), rows, t, criterion=_view.criterion)


@st.cache_resource(max_entries=50, show_spinner=False)
def _frames(build_id: str, language: str, shown: tuple[object, ...], _view: View) -> tuple[MapFrame, ...]:
    layer = layer_of(_view)
    by_month = rows_of(_view, None)
    return map_frames(
        _view.entry.key, units_of(_view), by_month, current_translator(), layer, criterion=_view.criterion
    )
