"""The coordinate system of polygons that name none: degrees, or the VN-2000 zone in which they fall on their units.

Provinces survey in VN-2000 on a meridian of their own (Circular 973/2001/TT-TCDC): 20 zones of 3 degrees and two of
6 degrees in EPSG. Files often come without the name of theirs.
"""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS, Transformer

from ntm.geo.schematic import COUNTRY, DEGREES

ZONES = (3405, 3406, 5896, 5897, 5898, 5899, *range(9205, 9219))
"""EPSG codes of VN-2000: UTM 48N and 49N, TM-3 at 102-00, 105-00, 108-00, 107-45, and from 103-00 to 108-30."""
FEWEST_POINTS = 3
FITS_M = 500.0
"""Median offset of polygons from their units' points in the right zone: 96 m in the middle of 63 provinces, 291 m at
most. The nearest wrong zone of 3 degrees is off by 26 km."""
CLEARLY = 2.5
"""The second-best zone must be off by this many times as much. UTM 48N and TM-3 105-00 share their meridian and differ
by 320 to 700 m: with 2.5 none of 315 trials took the wrong one, and every sixth of these two was refused."""


@dataclass(frozen=True)
class Zone:
    """A coordinate system found by trying; is_swapped: x and y have to change places first."""

    crs: CRS
    is_swapped: bool

    @property
    def name(self) -> str:
        return str(self.crs.name)


def in_country(polygons: gpd.GeoSeries) -> bool:
    """Tell whether the middle of polygons in degrees lies in the country; one stray polygon does not decide."""
    west, south, east, north = COUNTRY
    longitude, latitude = np.nanmedian(_middles(polygons), axis=0)
    return bool(west <= longitude <= east and south <= latitude <= north)


def swapped(polygons: gpd.GeoSeries) -> gpd.GeoSeries:
    """Return the polygons with x and y in each other's place."""
    flipped = shapely.transform(polygons.to_numpy(), lambda corners: corners[:, ::-1])
    return gpd.GeoSeries(flipped, index=polygons.index, crs=polygons.crs)


def find_zone(polygons: gpd.GeoSeries, longitude: NDArray[np.float64], latitude: NDArray[np.float64]) -> Zone | None:
    """Return the VN-2000 zone in which polygons fall on the known points of their units; None when none clearly does.

    longitude, latitude: one for each polygon, in degrees, NaN where the unit's point is not known. A few wrong points
    do not matter: the median offset decides.
    """
    known = np.isfinite(longitude) & np.isfinite(latitude)
    if known.sum() < FEWEST_POINTS:
        return None
    middles = _middles(polygons[known])
    offsets: list[tuple[float, Zone]] = []
    for code in ZONES:
        to_zone = Transformer.from_crs(DEGREES, code, always_xy=True)
        points = np.column_stack(to_zone.transform(longitude[known], latitude[known]))
        for is_swapped in (False, True):
            offset = np.median((middles[:, ::-1] if is_swapped else middles) - points, axis=0)
            offsets.append((float(np.hypot(*offset)), Zone(CRS.from_epsg(code), is_swapped)))
    (best, zone), (second, _) = sorted(offsets, key=lambda item: item[0])[:2]
    return zone if best <= FITS_M and second >= CLEARLY * best else None


def _middles(polygons: gpd.GeoSeries) -> NDArray[np.float64]:
    west, south, east, north = polygons.bounds.to_numpy().T
    return np.column_stack([(west + east) / 2, (south + north) / 2])
