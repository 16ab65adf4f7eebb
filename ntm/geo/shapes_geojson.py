"""Shapes as the browser gets them: compact GeoJSON under a bar of size, simplified as one net of borders."""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_left
from dataclasses import replace
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from ntm.geo.schematic import DECIMALS, DEGREES
from ntm.geo.shapes import Shapes, outlines

BYTES = 1_000_000
"""Largest GeoJSON that a page may send for one province, or for the districts or provinces of the country."""
COUNTRY_BYTES = 4_000_000
"""The same for the communes of the country: 0.6 MB on the wire."""
COUNTRY_DECIMALS = 4
"""About 11 m: the country fills a screen at 2 km a pixel."""
TOLERANCES = (0.0, 0.0001, 0.0002, 0.0004, 0.0008, 0.0016, 0.0032, 0.0064, 0.0128, 0.0256)
"""Steps of simplification, in degrees: from about 10 m to 3 km."""
FARTHEST_SHOWN = 2.0
"""Land farther than this many degrees from the main land is drawn but not zoomed to."""


def simplify_shapes(shapes: Shapes, max_bytes: int | None = None) -> Shapes:
    """Return the shapes with as few corners as their GeoJSON needs to stay under a size (that of their scope).

    Neighbours keep their common border (Visvalingam-Whyatt over the whole coverage), so no gaps open. Corners
    are rounded to five decimals, about a metre, in the country to four. The same shapes come out the same.
    """
    bar = max_bytes or (COUNTRY_BYTES if shapes.is_country and shapes.level == "commune" else BYTES)
    made: dict[float, Shapes] = {}

    def is_small(tolerance: float) -> bool:
        made[tolerance] = _simplified(shapes, tolerance)
        return len(_members(made[tolerance]).encode()) < bar

    if is_small(TOLERANCES[0]):
        return made[TOLERANCES[0]]
    step = bisect_left(TOLERANCES, True, lo=1, hi=len(TOLERANCES) - 1, key=is_small)
    return made.get(TOLERANCES[step]) or _simplified(shapes, TOLERANCES[step])


def to_geojson_bytes(shapes: Shapes) -> tuple[bytes, str]:
    """Return a compact GeoJSON FeatureCollection and the hash of its content (16 hexadecimal digits).

    Each feature has the properties code, name, district; a polygon of no unit has no code, its label as name, and
    `is_extra`. The member `districts`, beside `features`, is a collection of the lines around each district (in the
    country: around each province), with its name and the point for its label. `bbox` is what a map should zoom to.
    """
    bounds = [round(edge, _decimals(shapes)) for edge in view_bounds(shapes)] if len(shapes.communes) else []
    content = f'{{"type":"FeatureCollection","bbox":{_compact(bounds)},{_members(shapes)}}}'.encode()
    return content, hashlib.sha256(content).hexdigest()[:16]


def _members(shapes: Shapes) -> str:
    """Return the members `features` and `districts` of the collection."""
    units, extras, decimals = shapes.communes, shapes.extras, _decimals(shapes)
    properties = [
        *({"code": code, "name": name, "district": district}
          for code, name, district in zip(units["unit_code"], units["name"], units["district_code"], strict=True)),
        *({"code": "", "name": label, "district": district, "is_extra": True}
          for label, district in zip(extras["label"], extras["district_code"], strict=True)),
    ]  # fmt: skip
    polygons = np.concatenate([units.geometry.to_numpy(), extras.geometry.to_numpy()])
    features = _features(properties, _rounded(polygons, decimals))
    lines = _features(*_district_lines(shapes, decimals))
    return f'"features":{features},"districts":{{"type":"FeatureCollection","features":{lines}}}'


def view_bounds(shapes: Shapes) -> tuple[float, float, float, float]:
    """Return west, south, east, north of what a map should zoom to, in degrees.

    Islands hundreds of kilometres out at sea (Hoàng Sa, Trường Sa) belong to the map, not to its first view.
    """
    parts = shapely.get_parts(shapes.communes.geometry.to_numpy())
    boxes = shapely.box(*shapely.bounds(parts).T)
    land = shapely.get_parts(shapely.union_all(boxes))
    middle = shapely.Point(*np.median(shapely.get_coordinates(shapely.centroid(boxes)), axis=0))
    main = land[np.argmin(shapely.distance(land, middle))]
    west, south, east, north = shapely.total_bounds(boxes[shapely.dwithin(boxes, main, FARTHEST_SHOWN)])
    return float(west), float(south), float(east), float(north)


def _simplified(shapes: Shapes, tolerance: float) -> Shapes:
    decimals = _decimals(shapes)
    cells = np.concatenate([shapes.communes.geometry.to_numpy(), shapes.extras.geometry.to_numpy()])
    cells = shapely.coverage_simplify(cells, tolerance) if tolerance else cells
    units, extras = np.split(cells, [len(shapes.communes)])
    names = shapes.districts.set_index("district_code")["name"]
    lines = outlines(_with(shapes.communes, units), shapes.outline_code, names)
    return replace(
        shapes,
        communes=_with(shapes.communes, _rounded(units, decimals)),
        extras=_with(shapes.extras, _rounded(extras, decimals)),
        districts=_with(lines, _rounded(lines.geometry.to_numpy(), decimals)),  # round after joining, not before
    )


def _decimals(shapes: Shapes) -> int:
    return COUNTRY_DECIMALS if shapes.is_country else DECIMALS


def _with(frame: gpd.GeoDataFrame, geometries: NDArray[Any]) -> gpd.GeoDataFrame:
    return frame.set_geometry(gpd.GeoSeries(geometries, index=frame.index, crs=DEGREES))


def _district_lines(shapes: Shapes, decimals: int) -> tuple[list[dict[str, Any]], NDArray[Any]]:
    areas = _rounded(shapes.districts.geometry.to_numpy(), decimals)
    labels = [shapely.get_coordinates(label).round(decimals)[0].tolist() for label in shapely.point_on_surface(areas)]
    names = shapes.districts["name"]
    properties = [{"name": name, "label": label} for name, label in zip(names, labels, strict=True)]
    return properties, shapely.boundary(areas)


def _features(properties: list[dict[str, Any]], geometries: NDArray[Any]) -> str:
    texts = [
        f'{{"type":"Feature","properties":{_compact(values)},"geometry":{geometry}}}'
        for values, geometry in zip(properties, shapely.to_geojson(geometries), strict=True)
    ]
    return f"[{','.join(texts)}]"


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _rounded(geometries: NDArray[Any], decimals: int) -> NDArray[Any]:
    return shapely.transform(geometries, lambda corners: corners.round(decimals))
