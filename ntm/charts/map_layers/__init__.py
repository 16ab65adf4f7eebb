"""Layers of the map: which class each unit is in, with colour, legend entry and hover text.

One place for the interactive map, the stand-alone file and the printed picture. The layers themselves are data
(map_layers.yml beside this folder).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ntm.charts.map_layers.classes import Keys, classify
from ntm.charts.map_layers.lines import tooltips, words_of
from ntm.charts.map_layers.model import (
    NOT_RURAL,
    UNKNOWN,
    Criterion,
    LayerEntry,
    MapClass,
    MapFrame,
    MapLayer,
    MapUnit,
)
from ntm.charts.map_layers.specs import LayerSpec, Level, layers_for, specs
from ntm.charts.theme import NOT_RURAL_COLOR, UNKNOWN_COLOR
from ntm.i18n import Translator

__all__ = [
    "NOT_RURAL", "UNKNOWN", "Criterion", "LayerEntry", "LayerSpec", "Level", "MapClass", "MapFrame",
    "MapLayer", "MapUnit", "layers_for", "map_frames", "map_layer", "specs",
]  # fmt: skip


def map_layer(
    name: str, units: pd.DataFrame, rows: pd.DataFrame, t: Translator, *, criterion: Criterion | None = None
) -> MapLayer:
    """Return a layer from all units of the map and the rows of one month.

    `units` has unit_code, name and, where they apply, district_name and is_rural_commune; `rows` is a frame of
    map_communes, map_districts or map_provinces. Every unit is in exactly one class: phường and thị trấn, and
    districts without communes, in their own, a unit without a row in 'unknown'.

    Raises:
        KeyError: an unknown layer, or `rows` lack a column that it needs.
        ValueError: the layer of a criterion without one.
    """
    spec = specs()[name]
    place = _places(units, rows)
    keys = np.full(len(units), UNKNOWN, dtype=object)
    if len(rows):
        keys[place[place >= 0]] = classify(spec, rows, criterion)[place >= 0]
    keys[~_is_rural(units, rows)] = NOT_RURAL
    codes = units["unit_code"].astype(str)
    states = zip(codes, keys, tooltips(spec, units, rows, place, keys, criterion, t), strict=True)
    words = words_of(spec, rows, criterion, t)
    return MapLayer(
        classes=_classes(spec, keys, t),
        units=tuple(MapUnit(code, key, lines) for code, key, lines in states),
        title=t(spec.text_key("title"), **words),
        note=t(spec.text_key("note"), **words),
    )


def map_frames(
    name: str,
    units: pd.DataFrame,
    rows_by_month: pd.DataFrame,
    t: Translator,
    layer: MapLayer,
    *,
    criterion: Criterion | None = None,
) -> tuple[MapFrame, ...]:
    """Return the classes of a layer's units at every month that `rows_by_month` tells of, oldest first.

    The rows are those of the layer's query without a month. The units are the layer's: one that was not in force at a
    month is unknown then. Raises as map_layer does.
    """
    if not len(rows_by_month):
        return ()
    legend: Sequence[str] = [item.key for item in layer.classes]
    number = {key: place for place, key in enumerate(legend)}
    months = pd.Index(rows_by_month["period_end"].unique()).sort_values()
    place, month = _places(units, rows_by_month), months.get_indexer(pd.Index(rows_by_month["period_end"]))
    found = pd.Series(classify(specs()[name], rows_by_month, criterion)).map(number).to_numpy("int64")
    grid = np.full((len(months), len(units)), number[UNKNOWN])
    grid[month[place >= 0], place[place >= 0]] = found[place >= 0]
    is_not_rural = np.array([unit.class_key == NOT_RURAL for unit in layer.units], dtype=bool)
    if is_not_rural.any():
        grid[:, is_not_rural] = number[NOT_RURAL]
    keys = np.array(legend, dtype=object)
    return tuple(
        MapFrame(
            key=day.date().isoformat(),
            label=f"{day:%m/%Y}",
            class_keys=tuple(keys[row]),
            counts=tuple(np.bincount(row, minlength=len(legend)).tolist()),
        )
        for day, row in zip(months, grid, strict=True)
    )


def _classes(spec: LayerSpec, keys: Keys, t: Translator) -> tuple[MapClass, ...]:
    """Return the legend. It always says how many are unknown, also when none is."""
    counts = Counter(keys)
    classes = [
        MapClass(key, spec.label(key, t), color, counts[key], hatched=key in spec.hatched)
        for key, color in spec.colors.items()
    ]
    classes.append(MapClass(UNKNOWN, spec.label(UNKNOWN, t), UNKNOWN_COLOR, counts[UNKNOWN], hatched=True))
    if counts[NOT_RURAL]:
        label = spec.label(NOT_RURAL, t)
        classes.append(MapClass(NOT_RURAL, label, NOT_RURAL_COLOR, counts[NOT_RURAL], textured=True))
    return tuple(classes)


def _places(units: pd.DataFrame, rows: pd.DataFrame) -> NDArray[np.intp]:
    """Return for each row the place of its unit among the units; -1 for a unit that the map does not have."""
    if not len(rows):
        return np.empty(0, dtype=np.intp)
    return pd.Index(units["unit_code"].astype(str)).get_indexer(pd.Index(rows["unit_code"].astype(str)))


def _is_rural(units: pd.DataFrame, rows: pd.DataFrame) -> NDArray[np.bool_]:
    """Tell which units the layer judges: communes of kind xã, and districts that have some."""
    if "is_rural_commune" in units:
        return units["is_rural_commune"].to_numpy(bool)
    if "communes" not in rows:
        return np.ones(len(units), dtype=bool)
    without = rows.loc[(rows["communes"] == 0).fillna(False), "unit_code"]
    return ~units["unit_code"].isin(without).to_numpy(bool)
