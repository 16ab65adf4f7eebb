"""The map for geographic programs: GeoPackage with QGIS styles, and GeoJSON."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyogrio
import shapely

from ntm.geo.names import plain_key
from ntm.i18n import Translator
from ntm.model import is_missing
from ntm.reports.map_sheet import MapSheet, about, unit_rows
from ntm.reports.map_style import layer_style

LAYERS = {"commune": "communes", "district": "districts", "province": "provinces"}
"""Level of units -> name of their layer."""
FIELD_LENGTH = 30
_DAY = pd.ArrowDtype(pa.date32())
_RESERVED = {"fid", "geom", "geometry"}
_OWN = {"unit_code", "name", "district_code", "district", "district_name", "class", "class_name", "as_of", "source"}


def geopackage(sheet: MapSheet, t: Translator) -> bytes:
    """Return a GeoPackage (EPSG:4326): a layer of the units, one of the areas around them, and a table `about`.

    Each unit is a feature, one without a polygon has no geometry; fields: see `attributes`. The areas are districts, or
    provinces in the country; polygons of no unit are in a layer `other_areas`. The units open in QGIS in the colours of
    the map. `about` has what the map says of itself, and the heading of each field.
    """
    units = attributes(sheet)
    name, around = LAYERS[sheet.shapes.level], sheet.shapes.outline_code.removesuffix("_code")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "content.gpkg"
        _write(path, name, _as_multi(units))
        if around and len(sheet.shapes.districts):
            _write(path, LAYERS[around], _as_multi(_areas_around(sheet)))
        if len(sheet.shapes.extras):
            _write(path, "other_areas", _as_multi(sheet.shapes.extras))
        _write(path, "layer_styles", layer_style(sheet.layer.classes, name))
        _write(path, "about", pd.concat([about(sheet, t), _headings(sheet)]))
        return path.read_bytes()


def geojson(sheet: MapSheet, t: Translator) -> bytes:
    """Return the units as GeoJSON (RFC 7946) with the fields of `attributes`; member `about` has the map's words."""
    units = attributes(sheet)
    fields = list(units.columns.drop("geometry"))
    shapes = shapely.to_geojson(shapely.orient_polygons(units.geometry.to_numpy()))
    features = [
        {
            "type": "Feature",
            "properties": {field: _plain(value) for field, value in zip(fields, row, strict=True)},
            "geometry": None if is_missing(shape) else json.loads(shape),
        }
        for row, shape in zip(units[fields].itertuples(index=False), shapes, strict=True)
    ]
    told = [{"item": item, "content": words} for item, words in about(sheet, t).itertuples(index=False)]
    content = {"type": "FeatureCollection", "name": sheet.title, "about": told, "features": features}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def attributes(sheet: MapSheet) -> gpd.GeoDataFrame:
    """Return a feature for each unit, with everything that is known of it.

    Fields: unit_code, name, district_code, district, class, class_name, as_of, source; then, where the table has rows
    by unit_code, each of its columns under its name in the data dictionary, in ASCII and at
    most 30 characters: numbers as numbers, days as days, lists as text. The unknown is empty.
    """
    rows = unit_rows(sheet).rename(columns={"class_key": "class"})
    fields = rows.drop(columns="geometry")
    fields["as_of"] = pd.Series([sheet.as_of] * len(rows), dtype=_DAY)
    fields["source"] = sheet.source
    if "unit_code" in sheet.table:
        facts = sheet.table.drop_duplicates("unit_code").set_index("unit_code").reindex(rows["unit_code"])
        for column, field in field_names(facts.columns).items():
            fields[field] = _readable(facts[column]).array
    return gpd.GeoDataFrame(fields, geometry=rows.geometry)


def field_names(columns: Iterable[str]) -> dict[str, str]:
    """Return column -> field, for the columns that are not among the features' own."""
    taken = set(_OWN | _RESERVED)
    names: dict[str, str] = {}
    for column in columns:
        if column in _OWN:
            continue
        plain = re.sub(r"\W+", "_", plain_key(column.replace("_", " ")).replace(" ", "_"))[:FIELD_LENGTH] or "field"
        name, number = plain, 2
        while name in taken:
            name, number = f"{plain[: FIELD_LENGTH - 3]}_{number}", number + 1
        names[column] = name
        taken.add(name)
    return names


def _readable(values: pd.Series) -> pd.Series:
    """Return a column in a type that geographic programs know."""
    kinds = pd.api.types
    if kinds.is_datetime64_any_dtype(values):
        is_days = (values.dropna() == values.dropna().dt.normalize()).all()
        return values.dt.date.astype(_DAY) if is_days else values
    if kinds.is_bool_dtype(values):
        return values.astype("boolean")
    if kinds.is_integer_dtype(values):
        return values.astype("Int64")
    if kinds.is_numeric_dtype(values):
        whole = (values.dropna() % 1 == 0).all()
        return values.astype("Int64" if whole else "Float64")
    known = values[~values.map(is_missing)]
    if len(known) and known.map(lambda value: isinstance(value, bool)).all():
        return values.astype("boolean")
    if len(known) and known.map(lambda value: isinstance(value, (int, float, Decimal))).all():
        return values.astype("Float64")
    if len(known) and known.map(lambda value: type(value) is date).all():
        return values.astype(_DAY)
    return values.map(_as_text, na_action="ignore").astype("str")


def _as_text(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, (list, tuple, np.ndarray)) else str(value)


def _headings(sheet: MapSheet) -> pd.DataFrame:
    fields = field_names(sheet.table.columns)
    told = [(fields[column], heading) for column, heading in sheet.labels.items() if column in fields]
    return pd.DataFrame(told, columns=["item", "content"])


def _areas_around(sheet: MapSheet) -> gpd.GeoDataFrame:
    """Return the areas drawn as lines: their code, name, units (how many are drawn in each), as_of, source."""
    code, drawn = sheet.shapes.outline_code, sheet.shapes.communes
    around = sheet.shapes.districts[["district_code", "name", "geometry"]].rename(columns={"district_code": code})
    counts = drawn[code].value_counts() if code in drawn else pd.Series(dtype=int)
    around["units"] = around[code].map(counts).fillna(0).astype("Int64")
    around["as_of"] = pd.Series([sheet.as_of] * len(around), index=around.index, dtype=_DAY)
    return around.assign(source=sheet.source)


def _as_multi(features: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return features whose areas are all of one type, as a layer of a GeoPackage has to be."""
    areas = features.geometry.map(lambda area: area if area is None else shapely.multipolygons(shapely.get_parts(area)))
    return features.set_geometry(areas, crs=features.crs)


def _write(path: Path, layer: str, rows: pd.DataFrame) -> None:
    """Add a layer, or a table where the rows have no geometry."""
    geometry = {"geometry_type": "MultiPolygon"} if isinstance(rows, gpd.GeoDataFrame) else {}
    pyogrio.write_dataframe(rows, path, layer=layer, driver="GPKG", use_arrow=True, **geometry)


def _plain(value: Any) -> object:
    if is_missing(value):
        return None
    if isinstance(value, (date, pd.Timestamp)):
        return value.isoformat()
    return value.item() if isinstance(value, np.generic) else value
