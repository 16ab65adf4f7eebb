"""Polygons of a boundary file made fit for a map: in degrees, valid, one for each unit, borders shared."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

from ntm.errors import NtmError
from ntm.geo.schematic import COUNTRY, DEGREES

SLIVER = 0.0001
"""Degrees, about 10 m: narrower gaps between neighbours are faults of drawing."""

Note = tuple[str, dict[str, object]]
"""A text key with its values."""


def in_degrees(path: Path, polygons: gpd.GeoSeries) -> tuple[gpd.GeoSeries, list[Note]]:
    """Return the polygons in EPSG:4326; without a named system, degrees in the country are taken as such."""
    notes: list[Note] = []
    found = _bounds(polygons)
    if polygons.crs is None:
        if not _inside_country(polygons):
            raise NtmError("boundary.no_crs", file=path.name, found=found)
        notes.append(("boundary.crs_assumed", {"file": path.name}))
        polygons = polygons.set_crs(DEGREES)
    in_degrees = polygons.to_crs(DEGREES)
    if not _inside_country(in_degrees):
        raise NtmError("boundary.outside_country", file=path.name, found=found, crs=polygons.crs.name)
    return in_degrees, notes


def _inside_country(polygons: gpd.GeoSeries) -> bool:
    """Tell whether the middle of the polygons lies in the country; one stray polygon does not decide."""
    west, south, east, north = COUNTRY
    longitude, latitude = polygons.bounds[["minx", "miny"]].median()
    return bool(west <= longitude <= east and south <= latitude <= north)


def _bounds(polygons: gpd.GeoSeries) -> str:
    left, bottom, right, top = polygons.total_bounds
    return f"x {left:.6g} - {right:.6g}, y {bottom:.6g} - {top:.6g}"


def one_valid_polygon_each(polygons: gpd.GeoSeries, codes: pd.Series) -> tuple[pd.Series, list[Note]]:
    """Return the polygon of each code: repaired where invalid, united where a unit has several rows."""
    notes: list[Note] = []
    flat = pd.Series(shapely.force_2d(polygons.to_numpy()), index=codes.to_numpy())
    broken = ~shapely.is_valid(flat.to_numpy())
    if broken.any():
        # 'structure' keeps areas only: no stray lines or points are left in the polygon.
        flat[broken] = shapely.make_valid(flat[broken].to_numpy(), method="structure", keep_collapsed=False)
        notes.append(("boundary.repaired", {"count": int(flat.index[broken].nunique())}))
    flat = flat[~shapely.is_empty(flat.to_numpy())]
    united = flat.groupby(level=0).agg(lambda rows: shapely.union_all(rows.to_numpy()))
    if len(united) < len(flat):
        notes.append(("boundary.rows_united", {"count": int(flat.index[flat.index.duplicated()].nunique())}))
    return united, notes


def without_slivers(polygons: pd.Series) -> tuple[pd.Series, list[Note]]:
    """Return the polygons with equal borders between neighbours: no overlap, no gap narrower than SLIVER.

    Separately digitised polygons never quite meet, and lines around districts would show every sliver.
    """
    cells = polygons.to_numpy()
    cleaned = shapely.coverage_clean(cells, gap_width=SLIVER)
    changed = int((abs(shapely.area(cleaned) - shapely.area(cells)) > SLIVER**2).sum())
    notes: list[Note] = [("boundary.borders_aligned", {"count": changed})] if changed else []
    return pd.Series(cleaned, index=polygons.index)[~shapely.is_empty(cleaned)], notes
