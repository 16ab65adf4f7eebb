"""Faulty points of communes, found by rule.

Geocoded points are wrong in known ways: no answer, one answer given to several communes, a namesake in
another district or province. The rules look at the points and the districts alone, never at names, and work
in metres.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Coordinates = NDArray[np.float64]
Codes = NDArray[Any]
Flags = NDArray[np.bool_]

SAME_PLACE_M = 50.0
"""Points nearer than this are one answer given twice; wards of the densest quarters lie 150 m apart."""
NEIGHBOURS = 4
SURROUNDED_BY = 6
"""A point is abroad when none of this many nearest points belongs to its district."""
FAR_FACTOR = 2.5
"""A point is far when its district begins this many times the district's own extent away."""
FEWEST_POINTS = 4
"""A district with fewer points has no extent to measure by."""
OUTSIDE_FACTOR = 4.0
"""A far point with nothing nearer than this many times the usual distance lies outside the province."""


def distances(a: Coordinates, b: Coordinates) -> Coordinates:
    """Return the distance of every point of `a` (rows) to every point of `b` (columns), in metres."""
    return np.hypot(a[:, None, 0] - b[None, :, 0], a[:, None, 1] - b[None, :, 1])


def spacing(xy: Coordinates) -> Coordinates:
    """Return the mean distance of each point to its nearest four others, in metres."""
    if len(xy) < 2:
        return np.full(len(xy), np.inf)
    return np.sort(distances(xy, xy), axis=1)[:, 1 : NEIGHBOURS + 1].mean(axis=1)


def extent(xy: Coordinates) -> float:
    """Return the median distance of points from their median point, which a few wrong points do not move."""
    return float(np.median(np.hypot(*(xy - np.median(xy, axis=0)).T)))


def find_faults(xy: Coordinates, district: Codes) -> Codes:
    """Return for each point the reason why it cannot be used, or an empty text.

    xy has NaN where there is no point. Reasons: missing_point, shared_point, far_from_district,
    outside_province. A shared point stays with one unit: the one whose district's median lies nearest, then
    the first by order; with none when nothing around belongs to the district.
    """
    faults = np.where(np.isnan(xy).any(axis=1), "missing_point", "").astype(object)
    near: Flags = distances(xy, xy) < SAME_PLACE_M
    np.fill_diagonal(near, False)
    faults[_sharing(xy, district, near)] = "shared_point"
    usable = np.flatnonzero(faults == "")
    was_shared = np.asarray(near.any(axis=1))
    faults[usable] = _misplaced(xy[usable], district[usable], was_shared[usable])
    return faults


def _sharing(xy: Coordinates, district: Codes, near: Flags) -> list[int]:
    """Return the units that share a point with one that has the better claim to it."""
    in_group = near.any(axis=1)
    alone = ~in_group & ~np.isnan(xy).any(axis=1)
    claim = np.full(len(xy), np.inf)
    for index in np.flatnonzero(in_group):
        own = alone & (district == district[index])
        if own.any():
            # Rounded, so that points a few metres apart are ordered by code and not by chance.
            claim[index] = np.hypot(*(xy[index] - np.median(xy[own], axis=0))).round(-2)
    kept: list[int] = []
    sharing: list[int] = []
    for unit in sorted(np.flatnonzero(in_group).tolist(), key=lambda unit: (claim[unit], unit)):
        (sharing if near[unit, kept].any() else kept).append(unit)
    return sharing


def _misplaced(xy: Coordinates, district: Codes, was_shared: Flags) -> Codes:
    """Return the reason for each point that lies among other districts, away from its own, else ''.

    Islands and long districts pass, since their own district is what lies nearest to them. A point that was
    shared is doubtful already: for it the surroundings decide alone.
    """
    reasons = np.full(len(xy), "", dtype=object)
    if len(xy) <= SURROUNDED_BY:
        return reasons
    apart = distances(xy, xy)
    np.fill_diagonal(apart, np.inf)
    own = district[:, None] == district[None, :]
    own_around = np.take_along_axis(own, np.argsort(apart, axis=1), axis=1)
    abroad: Flags = np.asarray(~own_around[:, :SURROUNDED_BY].any(axis=1))
    reasons[was_shared & ~own_around[:, :NEIGHBOURS].any(axis=1)] = "shared_point"
    nearest = apart.min(axis=1)
    home = np.where(own, apart, np.inf).min(axis=1)
    for code in np.unique(district):
        members = np.flatnonzero((district == code) & (reasons == ""))
        if len(members) >= FEWEST_POINTS:
            far = members[abroad[members] & (home[members] > FAR_FACTOR * extent(xy[members]))]
            outside = nearest[far] > OUTSIDE_FACTOR * np.median(nearest)
            reasons[far] = np.where(outside, "outside_province", "far_from_district")
    return reasons
