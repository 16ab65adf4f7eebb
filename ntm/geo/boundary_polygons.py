"""Polygons of a boundary file made fit for a map: in degrees, valid, one for each unit, borders shared."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from ntm.errors import NtmError
from ntm.geo.boundary_report import Note
from ntm.geo.schematic import DEGREES
from ntm.geo.zones import find_zone, in_country, swapped

SLIVER = 0.0001
"""Degrees, about 10 m: narrower gaps between neighbours are faults of drawing."""


def in_degrees(path: Path, polygons: gpd.GeoSeries, points: pd.DataFrame) -> tuple[gpd.GeoSeries, str, list[Note]]:
    """Return the polygons in EPSG:4326, the name of the system that they were in, and what has to be said of it.

    points: longitude and latitude of the unit of each polygon, NaN where not known, empty for polygons of no unit;
    same index. Without a named system, degrees in the country are taken as such, else the VN-2000 zone is looked for.
    Raises NtmError `boundary.no_crs`, `boundary.outside_country`.
    """
    found, name = _bounds(polygons), path.name
    ours = points.dropna().index
    if polygons.crs is None:
        for candidate, note in ((polygons, "boundary.crs_assumed"), (swapped(polygons), "boundary.axes_swapped")):
            if in_country(candidate):
                return candidate.set_crs(DEGREES), "WGS 84", [(note, {"file": name})]
        zone = find_zone(polygons[ours], *points.loc[ours].to_numpy(dtype=float).T)
        if zone is None:
            raise NtmError("boundary.no_crs", file=name, found=found)
        straight = swapped(polygons) if zone.is_swapped else polygons
        notes: list[Note] = [("boundary.zone_assumed", {"file": name, "zone": zone.name})]
        if zone.is_swapped:
            notes.append(("boundary.axes_swapped", {"file": name}))
        return straight.set_crs(zone.crs).to_crs(DEGREES), zone.name, notes
    system = str(polygons.crs.name)
    if in_country(polygons.to_crs(DEGREES)):
        return polygons.to_crs(DEGREES), system, []
    turned = swapped(polygons).to_crs(DEGREES)
    if in_country(turned):
        return turned, system, [("boundary.axes_swapped", {"file": name})]
    raise NtmError("boundary.outside_country", file=name, found=found, crs=system)


def _bounds(polygons: gpd.GeoSeries) -> str:
    left, bottom, right, top = polygons.total_bounds
    return f"x {left:.6g} - {right:.6g}, y {bottom:.6g} - {top:.6g}"


def repaired(polygons: gpd.GeoSeries) -> tuple[pd.Series, pd.Series]:
    """Return the polygons without heights, valid, and which of them were not; empty where nothing could be saved."""
    flat = shapely.force_2d(polygons.to_numpy())
    broken = ~shapely.is_valid(flat)
    # 'structure' keeps areas only: no stray lines or points are left in the polygon.
    flat[broken] = shapely.make_valid(flat[broken], method="structure", keep_collapsed=False)
    return pd.Series(flat, index=polygons.index), pd.Series(broken, index=polygons.index)


def united(polygons: pd.Series, codes: pd.Series) -> pd.Series:
    """Return one polygon for each code; codes whose polygons are all empty are left out."""
    filled = polygons[~shapely.is_empty(polygons.to_numpy())]
    grouped = filled.groupby(codes[filled.index])
    return grouped.agg(lambda rows: rows.iloc[0] if len(rows) == 1 else shapely.union_all(rows.to_numpy()))


def without_slivers(polygons: pd.Series) -> tuple[pd.Series, frozenset[str]]:
    """Return the polygons with equal borders between neighbours: no overlap, no gap narrower than SLIVER.

    Separately digitised polygons never quite meet, and lines around districts would show every sliver. The second value
    holds the labels of those that changed.
    """
    cells = polygons.to_numpy()
    cleaned = shapely.coverage_clean(cells, gap_width=SLIVER)
    changed = np.abs(shapely.area(cleaned) - shapely.area(cells)) > SLIVER**2
    return pd.Series(cleaned, index=polygons.index)[~shapely.is_empty(cleaned)], frozenset(polygons.index[changed])


def uncovered(polygons: pd.Series, cells: pd.Series) -> pd.Series:
    """Return what of each polygon none of the cells covers; empty polygons where that is next to nothing."""
    tree = shapely.STRtree(cells.to_numpy())
    rest = []
    for polygon in polygons:
        near = cells.to_numpy()[tree.query(polygon, predicate="intersects")]
        left = shapely.difference(polygon, shapely.union_all(near))
        areas = [part for part in shapely.get_parts(left) if shapely.area(shapely.buffer(part, -SLIVER)) > 0]
        rest.append(areas[0] if len(areas) == 1 else shapely.MultiPolygon(areas))
    return pd.Series(rest, index=polygons.index, dtype=object)
