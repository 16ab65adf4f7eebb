"""A schematic map of a province: made from one point for each commune, where no boundary file is at hand.

Each commune gets the land that lies nearest to its point (Voronoi cell), cut at an outline made from the
points themselves. It shows who is whose neighbour and about how large a commune is; it is no boundary, and
every caption must say so. See docs/decisions/004-schematic-map.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from ntm.errors import NtmError
from ntm.geo.cells import draw_cells, pull_together
from ntm.geo.outline import draw_outline
from ntm.geo.placing import place_faulty
from ntm.geo.points import Codes, Coordinates, find_faults

METRIC_CRS = "EPSG:32648"
DEGREES = "EPSG:4326"
COUNTRY = (102.0, 6.0, 118.0, 24.0)
"""West, south, east, north of all land and islands, in degrees; a point beyond is no answer."""
ISLAND_KIND = "đặc khu"
"""The thirteen special zones of the register are islands."""
DECIMALS = 5
UNIT_COLUMNS = ("unit_code", "name", "district_code", "district_name", "province_code", "province_name")


@dataclass(frozen=True)
class MovedUnit:
    """A unit that is not drawn at its own point.

    reason: missing_point, shared_point, far_from_district, outside_province, or cut_off (its own point is
    kept as a fact, but its cell would have lain apart from the rest of its district).
    """

    unit_code: str
    reason: str


@dataclass(frozen=True)
class SchematicMap:
    """One province drawn from points.

    communes: unit_code, name, district_code and one polygon each, in degrees; together a coverage without gap
    or overlap, in the order of unit_code. districts: district_code and the union of its communes; empty where
    the units have no district. moved: what the caption has to own up to.
    """

    communes: gpd.GeoDataFrame
    districts: gpd.GeoDataFrame
    moved: tuple[MovedUnit, ...]


@dataclass(frozen=True, eq=False)
class PlacedUnits:
    """The units of one province on the ground: xy in metres as drawn, and the outline around them.

    units: as given, in the order of unit_code. faults: for each the reason why it is not at its own point, or ''.
    """

    units: pd.DataFrame
    district: Codes
    xy: Coordinates
    faults: Codes
    outline: BaseGeometry

    @property
    def moved(self) -> tuple[MovedUnit, ...]:
        pairs = zip(self.units["unit_code"], self.faults, strict=True)
        return tuple(MovedUnit(code, reason) for code, reason in pairs if reason)


def draw_schematic(points: pd.DataFrame, hints: pd.DataFrame | None = None) -> SchematicMap:
    """Draw the commune-level units of one province.

    points: one row a unit with unit_code, name, district_code (empty since July 2025), longitude, latitude
    (degrees, NaN where unknown). hints: unit_code, longitude, latitude of second-best points, used where a
    unit's own point is missing or wrong (see `successor_points`). The same input gives the same map.

    Raises NtmError `boundary.no_points` when no unit has a usable point.
    """
    placed = place_units(points, hints)
    communes = cells_in_degrees(placed.units, draw_cells(placed.xy, placed.outline))
    return SchematicMap(communes=communes, districts=dissolve(communes, "district_code"), moved=placed.moved)


def place_units(points: pd.DataFrame, hints: pd.DataFrame | None = None) -> PlacedUnits:
    """Return where the units of one province are drawn; arguments and errors as of `draw_schematic`."""
    units = points.assign(district_code=points["district_code"].fillna("")).sort_values("unit_code", ignore_index=True)
    district = units["district_code"].to_numpy(dtype=object)
    own = project(units)
    faults = find_faults(own, district)
    usable = faults == ""
    if not usable.any():
        raise NtmError("boundary.no_points", units=len(units))
    xy = place_faulty(own, district, usable, project(_aligned(hints, units)))
    outline = draw_outline(xy, np.where(units["kind"] == ISLAND_KIND, units["unit_code"], district))
    pulled = pull_together(xy, district, outline)
    faults[usable & (pulled != xy).any(axis=1)] = "cut_off"
    return PlacedUnits(units, district, pulled, faults, outline)


def cells_in_degrees(units: pd.DataFrame, cells: NDArray[Any]) -> gpd.GeoDataFrame:
    """Return the units with their cells, which are in metres, in degrees."""
    geometry = gpd.GeoSeries(cells, crs=METRIC_CRS).to_crs(DEGREES)
    rounded = shapely.transform(geometry.to_numpy(), lambda corners: corners.round(DECIMALS))
    columns = [name for name in UNIT_COLUMNS if name in units]
    return gpd.GeoDataFrame(units[columns], geometry=rounded, crs=DEGREES)


def successor_points(units: pd.DataFrame, changes: pd.DataFrame) -> pd.DataFrame:
    """Return for each old unit the point of the unit that it became part of.

    units: unit_code, valid_from, longitude, latitude; changes: old_code, new_code, change_date, is_partial.
    Where a unit was divided, the first of its successors that took it whole counts, else the first.
    """
    successors = changes.sort_values(["old_code", "is_partial"], kind="stable").drop_duplicates("old_code")
    places = units[["unit_code", "valid_from", "longitude", "latitude"]]
    found = successors.merge(
        places, left_on=["new_code", "change_date"], right_on=["unit_code", "valid_from"], how="inner"
    )
    return found[["old_code", "longitude", "latitude"]].rename(columns={"old_code": "unit_code"})


def dissolve(units: gpd.GeoDataFrame, code: str) -> gpd.GeoDataFrame:
    """Return each value of a column of codes and the union of its units, which share their borders."""
    grouped = units[units[code] != ""].groupby(code)["geometry"]
    areas = grouped.apply(lambda cells: _union(cells.to_numpy()))
    return gpd.GeoDataFrame({code: areas.index.to_numpy()}, geometry=areas.to_numpy(), crs=units.crs)


def _union(cells: NDArray[Any]) -> BaseGeometry:
    try:
        return shapely.coverage_union_all(cells)
    except shapely.GEOSException:  # corners that were rounded onto a neighbour's border
        return shapely.union_all(cells)


def _aligned(hints: pd.DataFrame | None, units: pd.DataFrame) -> pd.DataFrame:
    if hints is None:
        return pd.DataFrame({"longitude": np.nan, "latitude": np.nan}, index=units.index)
    return units[["unit_code"]].merge(hints.drop_duplicates("unit_code"), on="unit_code", how="left")


def project(places: pd.DataFrame) -> Coordinates:
    """Return coordinates in metres, NaN where there is no point or none in the country."""
    west, south, east, north = COUNTRY
    inside = places["longitude"].between(west, east) & places["latitude"].between(south, north)
    points = gpd.points_from_xy(places["longitude"].where(inside), places["latitude"].where(inside), crs=DEGREES)
    return shapely.get_coordinates(points.to_crs(METRIC_CRS))
