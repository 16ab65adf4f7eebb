"""The schematic map of the country: the points of all provinces, placed as on their own maps, in one net of cells.

Maps of single provinces overlap along their borders, as each outline is made from its own points. Here the land is the
union of the outlines and every commune has what lies nearest to its point, so that provinces meet.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from ntm.geo.cells import draw_cells
from ntm.geo.points import SAME_PLACE_M, Coordinates
from ntm.geo.schematic import SchematicMap, cells_in_degrees, dissolve, place_units

GAP_M = 4_000.0
"""Gaps between provinces up to twice as wide are closed; no two islands lie so near."""
STEP = 0.2
"""Share of the way to its province's middle that the later of two units at one point is moved."""


def draw_country(points: pd.DataFrame, hints: pd.DataFrame | None = None) -> SchematicMap:
    """Draw the commune-level units of all provinces: points as of `draw_schematic`, with province_code.

    Takes about ten seconds for the 10,599 units of before July 2025. Raises NtmError `boundary.no_points` when a
    province has no usable point.
    """
    placed = [place_units(units, hints) for _, units in points.groupby("province_code")]
    units = pd.concat([province.units for province in placed], ignore_index=True)
    xy = _apart(np.vstack([province.xy for province in placed]), units["province_code"].to_numpy())
    land = _land([province.outline for province in placed])
    communes = cells_in_degrees(units, draw_cells(xy, land)).sort_values("unit_code", ignore_index=True)
    moved = tuple(unit for province in placed for unit in province.moved)
    return SchematicMap(communes=communes, districts=dissolve(communes, "district_code"), moved=moved)


def _land(outlines: list[BaseGeometry]) -> BaseGeometry:
    closed = shapely.union_all(outlines).buffer(GAP_M, quad_segs=4).buffer(-GAP_M, quad_segs=4)
    return shapely.union_all(shapely.polygons(shapely.get_exterior_ring(shapely.get_parts(closed))))


def _apart(xy: Coordinates, province: NDArray[np.object_]) -> Coordinates:
    """Return the points, moved where two provinces claim one place: each cell needs a point of its own."""
    moved = xy.copy()
    first, second = shapely.STRtree(shapely.points(xy)).query(
        shapely.points(xy), predicate="dwithin", distance=SAME_PLACE_M
    )
    for index in np.unique(second[first < second]):
        middle = np.median(xy[province == province[index]], axis=0)
        moved[index] += STEP * (middle - moved[index])
    return moved
