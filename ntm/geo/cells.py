"""Voronoi cells of points within an outline, as a coverage: no gap, no overlap, shared corners equal."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import MultiPoint
from shapely.geometry.base import BaseGeometry

from ntm.geo.points import Codes, Coordinates, distances

GRID_M = 1.0
"""Corners lie on a grid of this size, so that neighbours share them exactly."""
PULL = 0.2
"""Share of the way to its district that a cut-off point is moved in one round."""
ROUNDS = 25
"""After these rounds 0.4% of the way is left: what is cut off then stays so (one district in 700)."""


def draw_cells(xy: Coordinates, outline: BaseGeometry) -> NDArray[Any]:
    """Return one polygon for each point: what of the outline lies nearest to it.

    A piece of a cell that a bay of the outline cuts off goes to the neighbour with the longest border, so
    that a cell is one polygon.
    """
    edges = shapely.voronoi_polygons(MultiPoint(xy), extend_to=outline, only_edges=True)
    lines = shapely.union_all([edges, shapely.boundary(outline)], grid_size=GRID_M)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(lines)))
    inner = shapely.get_coordinates(shapely.point_on_surface(faces))
    shapely.prepare(outline)
    on_land = shapely.contains_xy(outline, inner)
    faces, inner = faces[on_land], inner[on_land]
    nearest = shapely.STRtree(shapely.points(xy)).nearest(shapely.points(inner))
    owner = _give_away_pieces(faces, nearest, len(xy))
    return np.array([shapely.coverage_union_all(faces[owner == index]) for index in range(len(xy))])


def _give_away_pieces(faces: NDArray[Any], owner: NDArray[np.int_], count: int) -> NDArray[np.int_]:
    """Return the owner of each face after all but the largest face of each owner went to a neighbour."""
    size = shapely.area(faces)
    main = np.zeros(len(faces), dtype=bool)
    main[[max(np.flatnonzero(owner == index), key=lambda face: size[face]) for index in range(count)]] = True
    given = owner.copy()
    for piece in np.flatnonzero(~main):
        touching = np.flatnonzero(main & shapely.touches(faces, faces[piece]))
        borders = shapely.length(shapely.intersection(faces[touching], faces[piece]))
        if borders.max(initial=0) > 0:
            given[piece] = owner[touching[np.argmax(borders)]]
    return given


def pull_together(xy: Coordinates, district: Codes, outline: BaseGeometry) -> Coordinates:
    """Return the points, those moved whose cells lie apart from the rest of their district.

    Such a point goes towards the nearest one of its district, step by step and no farther than needed: once
    that is the nearest point of all, their cells share a border. Each part of the outline is looked at for
    itself.
    """
    pulled = xy.copy()
    parts = shapely.get_parts(outline)
    part = np.argmin([shapely.distance(shapely.points(xy), piece) for piece in parts], axis=0)
    groups = [
        np.flatnonzero((district == code) & (part == number))
        for code, number in sorted(set(zip(district, part, strict=True)))
    ]
    for _ in range(ROUNDS):
        cells = draw_cells(pulled, outline)
        moves = [move for members in groups for move in _moves(pulled, cells, members)]
        if not moves:
            break
        for index, target in moves:
            nearer = pulled[index] + PULL * (target - pulled[index])
            if shapely.contains_xy(outline, *nearer):  # not across a bay: out there is no land to draw
                pulled[index] = nearer
    return pulled


def _moves(xy: Coordinates, cells: NDArray[Any], members: NDArray[np.int_]) -> list[tuple[int, Coordinates]]:
    """Return for each piece of a district but the main one the point to move and where to."""
    pieces = shapely.get_parts(shapely.coverage_union_all(cells[members]))
    if len(pieces) == 1:
        return []
    x, y = xy[members].T
    piece = np.argmax(shapely.contains_xy(pieces[:, None], x[None], y[None]), axis=0)
    counts = np.bincount(piece, minlength=len(pieces))
    main = members[piece == np.argmax(counts)]
    moves = []
    for number in set(piece) - {np.argmax(counts)}:
        outer = members[piece == number]
        apart = distances(xy[outer], xy[main])
        row, column = np.unravel_index(np.argmin(apart), apart.shape)
        moves.append((int(outer[row]), xy[main[column]]))
    return moves
