"""New places for units whose own point is faulty, by rule, in metres."""

from __future__ import annotations

import numpy as np

from ntm.geo.points import FAR_FACTOR, NEIGHBOURS, Codes, Coordinates, Flags, distances, extent, spacing

HINT_REACH = 0.5
"""How far from its hint a unit may be put, in spacings of the points around it."""
GRID_POINTS = 400
LONE_SPACING_M = 5_000.0
"""What counts as the usual spacing where a single point is known."""


def place_faulty(xy: Coordinates, district: Codes, usable: Flags, hints: Coordinates) -> Coordinates:
    """Return the points with every unusable one put somewhere else; at least one must be usable.

    A unit goes near its hint (a second-best point, NaN where there is none); without one it is spread around
    the median point of its district, or of the province where the district has no usable point. Within reach
    it takes the spot farthest from all other points that still lies nearest to its own district. A hint that
    is far from the district is not followed.
    """
    placed = xy.copy()
    known, owners = xy[usable], district[usable]
    usual = float(np.median(spacing(known))) if len(known) > 1 else LONE_SPACING_M
    taken = known
    for index in sorted(np.flatnonzero(~usable), key=lambda unit: (district[unit], unit)):
        home = known[owners == district[index]]
        if _is_credible(hints[index], home, usual):
            around = np.sort(distances(hints[index : index + 1], known)[0])[:NEIGHBOURS].mean()
            anchor, reach = hints[index], HINT_REACH * min(float(around), 2 * usual)
        else:
            base = home if len(home) else known
            anchor, reach = np.median(base, axis=0), max(extent(base), usual)
        spots = _spots(anchor, reach)
        at_home = owners[np.argmin(distances(spots, known), axis=1)] == district[index]
        spots = spots[at_home] if at_home.any() else spots
        placed[index] = spots[np.argmax(distances(spots, taken).min(axis=1))]
        taken = np.vstack([taken, placed[index]])
    return placed


def _is_credible(hint: Coordinates, home: Coordinates, usual: float) -> bool:
    if np.isnan(hint).any():
        return False
    return len(home) == 0 or distances(hint[None], home).min() <= FAR_FACTOR * max(extent(home), usual)


def _spots(centre: Coordinates, reach: float) -> Coordinates:
    """Return the points of a square grid within reach of the centre."""
    steps = np.linspace(-reach, reach, int(np.sqrt(GRID_POINTS)))
    grid = np.array([(x, y) for x in steps for y in steps])
    return centre + grid[np.hypot(*grid.T) <= reach]
