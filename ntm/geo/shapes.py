"""The shapes that a map of one province draws: from a boundary file, or else schematic ones."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from ntm.errors import NtmError
from ntm.geo.boundaries import BoundaryMap, Note, load_boundaries
from ntm.geo.schematic import DECIMALS, DEGREES, SchematicMap, dissolve_districts, draw_schematic

BYTES = 1_000_000
"""Largest GeoJSON that a page may send for one province."""
TOLERANCES = (0.0, 0.0001, 0.0002, 0.0004, 0.0008, 0.0016, 0.0032, 0.0064)
"""Steps of simplification, in degrees: from about 10 m to 700 m."""
FARTHEST_SHOWN = 3.0
"""Land farther than this many degrees from the middle of its province is drawn but not zoomed to."""


@dataclass(frozen=True)
class Shapes:
    """The polygons of one province, in degrees.

    communes: unit_code, name, district_code, geometry. districts: district_code, name (empty when the units do not
    tell it), geometry (union of its communes; no rows where units have no district). notes: text keys with their
    values, for the caption. missing: codes of units without a polygon.
    """

    communes: gpd.GeoDataFrame
    districts: gpd.GeoDataFrame
    is_schematic: bool
    notes: tuple[Note, ...]
    missing: tuple[str, ...]


def province_shapes(
    units: pd.DataFrame, boundary_path: Path | None, hints: pd.DataFrame | None = None
) -> tuple[Shapes, NtmError | None]:
    """Return the shapes of a province and what was wrong with its boundary file, if anything.

    units: the commune-level units of one province at one date, as `draw_schematic` takes them, with its
    hints. The polygons come from the boundary file; without one, or when it cannot be used, from the
    schematic map. Where not even that can be drawn, the shapes are empty.
    """
    fault: NtmError | None = None
    if boundary_path is not None:
        try:
            return _named(_from_boundaries(load_boundaries(boundary_path, units)), units), None
        except NtmError as error:
            fault = error
    try:
        return _named(_from_schematic(draw_schematic(units, hints)), units), fault
    except NtmError as error:
        return _empty(units), fault or error


def simplify_shapes(shapes: Shapes, max_bytes: int = BYTES) -> Shapes:
    """Return the shapes with as few corners as their GeoJSON needs to stay under a size.

    Neighbours keep their common border (Visvalingam-Whyatt over the whole coverage), so no gaps open. Corners
    are rounded to five decimals, about a metre. Under the same bar the same shapes come out the same.
    """
    for tolerance in TOLERANCES:
        simplified = _with_cells(shapes, shapely.coverage_simplify(shapes.communes.geometry, tolerance))
        if len(to_geojson_bytes(simplified)[0]) < max_bytes:
            break
    return simplified


def to_geojson_bytes(shapes: Shapes) -> tuple[bytes, str]:
    """Return a compact GeoJSON FeatureCollection and the hash of its content (16 hexadecimal digits).

    Each feature has the properties code, name, district. The member `districts`, beside `features`, is a
    collection of the lines around each district, with its name and the point for its label. `bbox` is what a
    map should zoom to.
    """
    communes = shapes.communes
    features = [
        {
            "type": "Feature",
            "properties": {"code": code, "name": name, "district": district},
            "geometry": json.loads(geometry),
        }
        for code, name, district, geometry in zip(
            communes["unit_code"],
            communes["name"],
            communes["district_code"],
            shapely.to_geojson(_rounded(communes.geometry.to_numpy())),
            strict=True,
        )
    ]
    collection = {
        "type": "FeatureCollection",
        "bbox": [round(edge, DECIMALS) for edge in view_bounds(shapes)] if features else [],
        "features": features,
        "districts": {"type": "FeatureCollection", "features": _district_lines(shapes)},
    }
    content = json.dumps(collection, ensure_ascii=False, separators=(",", ":")).encode()
    return content, hashlib.sha256(content).hexdigest()[:16]


def _district_lines(shapes: Shapes) -> list[dict[str, Any]]:
    areas = _rounded(shapes.districts.geometry.to_numpy())
    return [
        {
            "type": "Feature",
            "properties": {"name": name, "label": shapely.get_coordinates(label).round(DECIMALS)[0].tolist()},
            "geometry": json.loads(shapely.to_geojson(line)),
        }
        for name, label, line in zip(
            shapes.districts["name"], shapely.point_on_surface(areas), shapely.boundary(areas), strict=True
        )
    ]


def view_bounds(shapes: Shapes) -> tuple[float, float, float, float]:
    """Return west, south, east, north of what a map should zoom to, in degrees.

    Islands hundreds of kilometres out at sea (Hoàng Sa, Trường Sa) belong to the map, not to its first view.
    """
    parts = gpd.GeoSeries(shapely.get_parts(shapes.communes.geometry.to_numpy()))
    middles = shapely.get_coordinates(shapely.centroid(shapes.communes.geometry.to_numpy()))
    middle = shapely.Point(*np.median(middles, axis=0))
    near = parts[parts.distance(middle) <= FARTHEST_SHOWN]
    west, south, east, north = (float(edge) for edge in near.total_bounds)
    return west, south, east, north


def _from_boundaries(found: BoundaryMap) -> Shapes:
    return Shapes(found.communes, dissolve_districts(found.communes), False, found.notes, found.missing)


def _from_schematic(drawn: SchematicMap) -> Shapes:
    names = drawn.communes.set_index("unit_code")["name"]
    moved = pd.DataFrame([(unit.reason, names[unit.unit_code]) for unit in drawn.moved], columns=["reason", "name"])
    notes: list[Note] = [("boundary.schematic", {})]
    for reason, units in moved.groupby("reason")["name"]:
        notes.append((f"boundary.moved_{reason}", {"count": len(units), "units": ", ".join(units)}))
    return Shapes(drawn.communes, drawn.districts, True, tuple(notes), ())


def _named(shapes: Shapes, units: pd.DataFrame) -> Shapes:
    known = units if "district_name" in units else units.assign(district_name="")
    names = known.dropna(subset=["district_name"]).drop_duplicates("district_code")
    by_code = names.set_index("district_code")["district_name"]
    labels = shapes.districts["district_code"].map(by_code).fillna("")
    return replace(shapes, districts=shapes.districts.assign(name=labels))


def _empty(units: pd.DataFrame) -> Shapes:
    nothing = gpd.GeoDataFrame(
        units[["unit_code", "name", "district_code"]].head(0), geometry=gpd.GeoSeries([], crs=DEGREES)
    )
    return Shapes(nothing, dissolve_districts(nothing).assign(name=""), True, (), tuple(sorted(units["unit_code"])))


def _with_cells(shapes: Shapes, cells: NDArray[Any]) -> Shapes:
    communes = shapes.communes.set_geometry(gpd.GeoSeries(_rounded(cells), crs=DEGREES))
    names = shapes.districts.set_index("district_code")["name"]
    districts = dissolve_districts(communes)
    return replace(shapes, communes=communes, districts=districts.assign(name=districts["district_code"].map(names)))


def _rounded(geometries: NDArray[Any]) -> NDArray[Any]:
    return shapely.transform(geometries, lambda corners: corners.round(DECIMALS))
