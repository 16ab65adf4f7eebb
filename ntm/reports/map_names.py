"""Names on a printed map: all districts that have room, then the communes whose name lies within their polygon."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import shapely
from matplotlib.axes import Axes
from numpy.typing import NDArray

from ntm.reports.map_canvas import INK, Page, composed

DISTRICT_NAMES = (19, 15)
_LINE = 1.15
_AIR = 1.08
"""How much larger than its letters the place of a name has to be."""
_NARROWEST = 0.36
"""Least width of a letter, in its height: what cannot fit is not measured."""
_SHORT = {
    "xã": "", "huyện": "", "tỉnh": "", "phường": "P. ", "thị trấn": "TT. ", "thị xã": "TX. ", "thành phố": "TP. ",
    "quận": "Q. ",
}  # fmt: skip
_KINDS = re.compile(rf"^({'|'.join(_SHORT)})\s+", re.IGNORECASE)


@dataclass(frozen=True)
class _Name:
    """A name in one or two lines, with the width and height that it takes, in units of the page."""

    words: str
    width: float
    height: float


def write_names(
    page: Page,
    axes: Axes,
    units: gpd.GeoDataFrame,
    districts: gpd.GeoDataFrame,
    size: float,
    district_sizes: tuple[float, ...] = DISTRICT_NAMES,
) -> None:
    """Write names onto a map whose axes are set; `size` is that of the units, in units of the page.

    units: name, geometry, ink (colour of its name), rim (whether it needs a white one, on a pattern). No name lies on
    another, or beyond the axes. Names are short as on maps: without xã and huyện; P., TT., TX., TP. A district's may
    lie a little above or below its middle; a unit's is in one line or two, and left out where its polygon has no room.
    """
    axes.apply_aspect()
    frame = shapely.box(*(edge / page.pixels for edge in axes.bbox.extents))
    taken = [frame.boundary]
    for words, at in zip(districts["name"], _middles(page, axes, districts.geometry), strict=True):
        if words and frame.contains(at):
            _write_district(page, axes, short_name(composed(words)), at, taken, district_sizes)
    shapes = _on_page(page, axes, units.geometry)
    shapely.prepare(shapes)
    places = _middles(page, axes, units.geometry)
    for words, ink, rim, shape, at in zip(units["name"], units["ink"], units["rim"], shapes, places, strict=True):
        for lines in _breaks(short_name(composed(words))):
            if not _may_fit(lines, shape, size):
                continue
            name = _name(page, lines, size)
            box = _box(name, at)
            if shape.contains(box) and _is_free(box, taken):
                taken.append(box)
                _write(page, axes, name, at, size, color=ink, path_effects=page.halo(max(3, size / 5)) if rim else [])
                break


def _write_district(
    page: Page, axes: Axes, words: str, at: shapely.Point, taken: list[shapely.Geometry], sizes: tuple[float, ...]
) -> None:
    for size in sizes:
        name = _name(page, (words,), size, bold=True)
        for lines_up in (0, 0.6, -0.6, 1.2, -1.2):
            middle = shapely.Point(at.x, at.y + lines_up * size)
            if _is_free(box := _box(name, middle), taken):
                taken.append(box)
                _write(page, axes, name, middle, size, bold=True, color=INK, path_effects=page.halo(max(3.5, size / 6)))
                return


def short_name(name: str) -> str:
    """Return a unit's name as maps write it: 'Vị Tân', 'P. 1', 'TT. Nàng Mau'."""
    return _KINDS.sub(lambda kind: _SHORT[kind[1].casefold()], name)


def _breaks(name: str) -> list[tuple[str, ...]]:
    """Return the name in one line and, if it has several words, in the two most equal lines."""
    words = name.split()
    halves = [(" ".join(words[:cut]), " ".join(words[cut:])) for cut in range(1, len(words))]
    best = min(halves, key=lambda lines: max(map(len, lines)), default=None)
    return [(name,), best] if best else [(name,)]


def _may_fit(lines: tuple[str, ...], shape: shapely.Geometry, size: float) -> bool:
    west, south, east, north = shape.bounds
    return east - west > _NARROWEST * size * max(map(len, lines)) and north - south > size * len(lines)


def _name(page: Page, lines: tuple[str, ...], size: float, bold: bool = False) -> _Name:
    width = max(page.measure(line, size, bold) for line in lines)
    return _Name("\n".join(lines), width * _AIR, size * _LINE * len(lines))


def _box(name: _Name, at: shapely.Point) -> shapely.Polygon:
    return shapely.box(at.x - name.width / 2, at.y - name.height / 2, at.x + name.width / 2, at.y + name.height / 2)


def _is_free(box: shapely.Polygon, taken: list[shapely.Geometry]) -> bool:
    return not shapely.intersects(box, taken).any()


def _write(
    page: Page, axes: Axes, name: _Name, at: shapely.Point, size: float, bold: bool = False, **look: Any
) -> None:
    x, y = axes.transData.inverted().transform((at.x * page.pixels, at.y * page.pixels))
    look |= page.font(size, bold)
    axes.text(x, y, name.words, ha="center", va="center", linespacing=_LINE, zorder=5, **look)


def _middles(page: Page, axes: Axes, areas: gpd.GeoSeries) -> list[shapely.Point]:
    return list(shapely.point_on_surface(_on_page(page, axes, areas)))


def _on_page(page: Page, axes: Axes, areas: gpd.GeoSeries) -> NDArray[Any]:
    return shapely.transform(areas.to_numpy(), lambda corners: axes.transData.transform(corners) / page.pixels)
