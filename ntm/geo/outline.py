"""A province's outline made from the points of its communes, in metres.

Each point gets a disc as wide as its neighbours are near, neighbours are joined by bands, holes are filled.
Points that lie across a wide gap form a part of their own, so that an island does not drag the coast out to
sea.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import MultiPoint
from shapely.geometry.base import BaseGeometry

from ntm.geo.points import NEIGHBOURS, Codes, Coordinates, distances, spacing

DISC = 0.5
"""Radius of a point's disc in spacings. Measured: the outlines then have the area of the real provinces."""
BAND = 2.0
"""Neighbours up to this many spacings apart are joined by a band."""
HOME_BAND = 2.5
"""The same for neighbours of one district, which hangs together."""
WIDEST = 2.0
"""No spacing counts for more than this many times that of the points around."""
GAP = 3.0
"""A gap wider than this many spacings of its denser side parts an island from the mainland."""
WIDEST_SPACING_M = 15_000.0
"""For that, no spacing counts for more than this: mountain communes lie as far apart, islands farther."""
OFFSHORE_M = 12_000.0
"""A district farther than this, and than two usual spacings, from any other consists of islands."""
ISLET_M = 4_000.0
"""Largest radius of a part of one point, which has no spacing of its own."""


def draw_outline(xy: Coordinates, district: Codes) -> BaseGeometry:
    """Return the outline around the points: one polygon, or several where islands lie apart."""
    parts = split_parts(xy, district)
    return shapely.union_all(
        [_draw_part(xy[parts == part], district[parts == part], xy[parts != part]) for part in np.unique(parts)]
    )


def split_parts(xy: Coordinates, district: Codes) -> NDArray[np.int_]:
    """Return a number for each point: equal numbers for points on the same piece of land."""
    apart = distances(xy, xy)
    wide = np.minimum(spacing(xy), WIDEST_SPACING_M)
    linked = apart <= GAP * np.minimum(wide[:, None], wide[None, :])
    for code in np.unique(district):
        inside = district == code
        gap = apart[np.ix_(inside, ~inside)].min(initial=np.inf)
        if inside.mean() < 0.5 and gap > max(OFFSHORE_M, 2 * np.median(wide)):
            linked[inside] &= inside & (apart[inside] <= OFFSHORE_M)
            linked[:, inside] &= linked[inside].T
    return _components(linked)


def _components(linked: NDArray[np.bool_]) -> NDArray[np.int_]:
    labels = np.arange(len(linked))
    while True:
        lowest = np.where(linked, labels[None, :], len(labels)).min(axis=1, initial=len(labels))
        lowest = np.minimum(lowest, labels)
        if (lowest == labels).all():
            return labels
        labels = lowest


def _draw_part(xy: Coordinates, district: Codes, others: Coordinates) -> BaseGeometry:
    if len(xy) == 1:
        gap = distances(xy, others).min(initial=np.inf)
        return shapely.buffer(shapely.points(xy[0]), min(ISLET_M, gap / 3))
    wide = spacing(xy)
    usual = float(np.median(wide))
    around = np.argsort(distances(xy, xy), axis=1)[:, 1 : NEIGHBOURS + 1]
    radius = DISC * np.minimum(wide, WIDEST * np.median(wide[around], axis=1))
    discs = shapely.buffer(shapely.points(xy), radius, quad_segs=4)
    land = _fill(shapely.union_all([*discs, *_bands(xy, district, radius)]).buffer(usual).buffer(-usual))
    land = _join(land, usual * DISC)
    return shapely.simplify(land, min(0.05 * usual, 0.5 * radius.min()))


def _bands(xy: Coordinates, district: Codes, radius: Coordinates) -> NDArray[Any]:
    """Return a band between each two neighbours that lie near for their spacings."""
    edges = shapely.get_parts(shapely.delaunay_triangles(MultiPoint(xy), only_edges=True))
    if len(edges) == 0:
        return edges
    order = {tuple(point): index for index, point in enumerate(xy)}
    ends = shapely.get_coordinates(edges).reshape(-1, 2, 2)
    pairs = np.array([[order[tuple(point)] for point in pair] for pair in ends])
    reach = radius[pairs]
    factor = np.where(district[pairs[:, 0]] == district[pairs[:, 1]], HOME_BAND, BAND)
    near = shapely.length(edges) <= factor * reach.mean(axis=1) / DISC
    return shapely.buffer(edges[near], reach[near].min(axis=1), quad_segs=4)


def _fill(land: BaseGeometry) -> BaseGeometry:
    return shapely.union_all(shapely.polygons(shapely.get_exterior_ring(shapely.get_parts(land))))


def _join(land: BaseGeometry, half_width: float) -> BaseGeometry:
    """Return the land as one polygon: its pieces, largest first, joined by the shortest bands."""
    while (pieces := shapely.get_parts(land)).size > 1:
        main = pieces[np.argmax(shapely.area(pieces))]
        others = shapely.union_all(pieces[~shapely.equals(pieces, main)])
        bridge = shapely.shortest_line(main, others).buffer(half_width)
        land = _fill(shapely.union_all([land, bridge]))
    return land
