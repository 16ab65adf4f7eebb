"""The map of a deck: one layer of the unit's communes, with the shapes that the map page has."""

from __future__ import annotations

import logging
from dataclasses import replace

import pandas as pd

from ntm.charts.map_layers import map_layer, specs
from ntm.errors import NtmError
from ntm.geo.boundary_files import find_boundary_file
from ntm.geo.shapes import Shapes, province_shapes
from ntm.reports.deck.request import Material
from ntm.reports.map_sheet import MapSheet
from ntm.settings import settings

_log = logging.getLogger(__name__)


def commune_sheet(material: Material, layer: str, title: str) -> MapSheet | None:
    """Return the map of the unit's communes by a layer of map_layers.yml; None where the unit has no communes."""
    unit, month, t = material.unit, material.period.month, material.t
    units = material.read("commune_units", province=unit.province, day=month)
    drawn = _shapes(material, units)
    if unit.district:
        units = units[units["district_code"] == unit.district]
        drawn = _within(drawn, unit.district)
    if not len(units):
        return None
    rows = material.read("map_communes", province=unit.province, district=unit.district, month=month, earlier=None)
    made = map_layer(layer, units, rows, t)
    return MapSheet(
        title=title,
        subtitle=made.title,
        as_of=month,
        source=t(f"layer.source.{specs()[layer].source}"),
        is_illustrative=material.is_illustrative,
        layer=made,
        shapes=drawn,
        table=units,
        labels={},
        notes=tuple(t(key, **values) for key, values in drawn.notes),
        build_id=material.build_id,
        layer_key=layer,
    )


def _shapes(material: Material, units: pd.DataFrame) -> Shapes:
    read, province, month = material.read, material.unit.province, material.period.month
    try:
        path = find_boundary_file(settings().boundary_folder, settings().boundary_file)
    except NtmError as error:
        _log.warning("boundary file refused", extra={"key": error.key})
        path = None
    made, _ = province_shapes(
        units,
        path,
        read("successor_points", province=province),
        country=read("commune_units", province=None, day=month) if path else None,
        islands=read("island_districts", province=province, day=month),
    )
    return made


def _within(drawn: Shapes, district: str) -> Shapes:
    """Return the shapes of one district."""
    communes = drawn.communes[drawn.communes["district_code"] == district]
    outlines = drawn.districts[drawn.districts["district_code"] == district]
    missing = tuple(sorted(set(drawn.missing) & set(communes["unit_code"])))
    return replace(drawn, communes=communes, districts=outlines, missing=missing)
