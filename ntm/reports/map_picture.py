"""The map as a picture for a projector or for paper: title, map with names, legend with counts, date, source."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Literal

import geopandas as gpd
import shapely
from matplotlib.axes import Axes

from ntm.charts.map_layers import MapClass
from ntm.geo.shapes_geojson import view_bounds
from ntm.i18n import Translator
from ntm.reports.map_canvas import HEIGHT, INK, MUTED, PAPER, Page, PageSize, composed, is_light
from ntm.reports.map_names import DISTRICT_NAMES, short_name, write_names
from ntm.reports.map_sheet import MapSheet, areas, caveats, statements

Size = Literal["projector", "print", "print_a3"]
SIZES: Mapping[Size, PageSize] = {
    "projector": PageSize(1920, 1080, 100),
    "print": PageSize(3508, 2480, 300),
    "print_a3": PageSize(4961, 3508, 300),
}
"""Full HD; A4 and A3 lying at 300 dots an inch."""
COMMUNE_NAMES: Mapping[Size, float] = {"projector": 14, "print": 11, "print_a3": 9}
"""Height of a commune's name: 14 pixels on the wall, about 6 points on paper."""

_MARGIN, _PANEL, _GAP, _INSET = 44, 400, 30, 230
_INSETS = 3
"""Most boxes for islands side by side; more groups of them share one."""
_LINES, _DOTS = "#5B6B76", "#A9B4BC"
_DENSITY, _STRIP = 190, 0.24
"""Dots an inch of a bare map, and the part of its width that islands far out take."""
_BARE_COMMUNES, _BARE_DISTRICTS = 8, (13, 11, 9)
"""Points of the names on a bare map."""
_MANY = 2000
"""With more polygons than this their borders would hide their colours."""
_ILLUSTRATIVE = "#B45309"


def picture(sheet: MapSheet, t: Translator, size: Size = "projector") -> bytes:
    """Return the map as PNG. Units without a polygon are named below the map; the unknown is hatched."""
    page = Page(SIZES[size])
    top = _heading(page, sheet, t)
    bottom = _footing(page, sheet, t)
    inner = page.width - 2 * _MARGIN
    axes = page.axes(_MARGIN, top, inner - _PANEL - _GAP, bottom - top)
    outside = _map(page, axes, sheet, t, COMMUNE_NAMES[size])
    below = _panel(page, sheet, t, page.width - _MARGIN - _PANEL, top)
    if len(outside):
        left = page.width - _MARGIN - _PANEL
        _inset(page, outside, sheet, max(below + 20, bottom - _INSET), bottom, left, _PANEL)
    about = {"Title": sheet.title, "Description": ". ".join((sheet.subtitle, *statements(sheet, t)))}
    return page.png(tuple(about.items()))


def bare_picture(sheet: MapSheet, t: Translator, width: float, height: float) -> bytes:
    """Return the map alone as PNG, to stand beside words on a slide or a page: no title, legend or source.

    width, height: of its place, in points; names are written in the size that they have there.
    """
    pixels = _DENSITY / 72
    page = Page(PageSize(round(width * pixels), round(height * pixels), _DENSITY))
    unit = HEIGHT / height
    drawn = areas(sheet)
    strip = page.width * _STRIP if not drawn.empty and len(_far_parts(drawn, sheet)) else 0
    axes = page.axes(0, 0, page.width - strip, HEIGHT)
    outside = _map(page, axes, sheet, t, _BARE_COMMUNES * unit, tuple(points * unit for points in _BARE_DISTRICTS))
    if len(outside):
        _inset(page, outside, sheet, HEIGHT * 0.55, HEIGHT - 2, page.width - strip, strip - 2, _BARE_COMMUNES * unit)
    return page.png((("Title", sheet.title),))


def _heading(page: Page, sheet: MapSheet, t: Translator) -> float:
    width = page.width - 2 * _MARGIN
    if sheet.is_illustrative:
        mark = t("frame.illustrative")
        room = page.measure(mark, 20, bold=True) + 32
        left = page.width - _MARGIN - room
        page.box(left, 40, room, 40, facecolor="#FFF4E5", edgecolor=_ILLUSTRATIVE, linewidth=page.points(1.5))
        page.text(left + room / 2, 60, mark, 20, bold=True, color=_ILLUSTRATIVE, ha="center", va="center_baseline")
        width -= room + _GAP
    below = page.paragraph(_MARGIN, 36, composed(sheet.title), 33, width, bold=True)
    return page.paragraph(_MARGIN, below + 2, composed(sheet.subtitle), 22, width, color=MUTED) + 16


def _footing(page: Page, sheet: MapSheet, t: Translator) -> float:
    """Write date, source and caveats upwards from the lower edge; return where the map has to end."""
    width = page.width - 2 * _MARGIN
    parts = [
        (composed(" · ".join(statements(sheet, t)[:2])), 19, INK),
        (composed(" ".join(_closed(item) for item in caveats(sheet, t))), 16, MUTED),
    ]
    lines = [(line, height, color) for words, height, color in parts for line in page.wrap(words, height, width)]
    y = top = HEIGHT - 30 - sum(height * 1.32 for _, height, _ in lines)
    for line, height, color in lines:
        page.text(_MARGIN, y, line, height, color=color)
        y += height * 1.32
    return top - 18


def _closed(sentence: str) -> str:
    return sentence if sentence.endswith((".", "…", "!", "?")) else f"{sentence}."


def _map(
    page: Page,
    axes: Axes,
    sheet: MapSheet,
    t: Translator,
    names_size: float,
    district_sizes: tuple[float, ...] = DISTRICT_NAMES,
) -> gpd.GeoDataFrame:
    """Draw the map and return the parts of polygons that lie beyond its edges: islands far out at sea."""
    drawn = areas(sheet)
    if drawn.empty:
        axes.text(0.5, 0.5, t("export.nothing"), ha="center", va="center", transform=axes.transAxes, **page.font(24))
        return drawn
    west, south, east, north = view_bounds(sheet.shapes)
    _fill(page, axes, drawn, sheet)
    margin = 0.01 * max(east - west, north - south)
    axes.set(xlim=(west - margin, east + margin), ylim=(south - margin, north + margin))
    axes.set_aspect(1 / math.cos(math.radians((south + north) / 2)))
    inks = {entry.key: INK if entry.hatched or is_light(entry.color) else PAPER for entry in sheet.layer.classes}
    patterned = {entry.key for entry in sheet.layer.classes if entry.hatched or entry.textured}
    names = drawn.assign(ink=drawn["class_key"].map(inks).fillna(INK), rim=drawn["class_key"].isin(patterned))
    around = sheet.shapes.districts
    if sheet.shapes.level != "commune":  # few and large: each is named, as districts are
        names, around = names.head(0), drawn
    write_names(page, axes, names, around, names_size, district_sizes)
    if not sheet.shapes.is_schematic:
        _north(page, axes, t)
    return _far_parts(drawn, sheet)


def _far_parts(drawn: gpd.GeoDataFrame, sheet: MapSheet) -> gpd.GeoDataFrame:
    """Return the parts of polygons that lie beyond the map's edges."""
    parts = drawn.explode(ignore_index=True)
    return parts[~parts.intersects(shapely.box(*view_bounds(sheet.shapes)))]


def _fill(page: Page, axes: Axes, drawn: gpd.GeoDataFrame, sheet: MapSheet, districts: bool = True) -> None:
    """Fill each class in its look, a polygon of no unit in none, and draw the lines around the districts."""
    thin = 0.7 if len(drawn) <= _MANY else 0
    shape = {"ax": axes, "aspect": None, "linewidth": page.points(thin), "edgecolor": _LINES}
    for entry in sheet.layer.classes:
        mine = drawn[drawn["class_key"] == entry.key]
        if len(mine):
            mine.plot(**shape, **_look(entry))
    rest = drawn[drawn["class_key"].isna()]
    if len(rest):
        rest.plot(**shape, facecolor="none")
    if districts and len(sheet.shapes.districts):
        sheet.shapes.districts.plot(ax=axes, aspect=None, facecolor="none", edgecolor=INK, linewidth=page.points(2))


def _look(entry: MapClass) -> dict[str, object]:
    if entry.hatched:
        return {"facecolor": PAPER, "hatch": "/////", "hatchcolor": entry.color}
    if entry.textured:
        return {"facecolor": entry.color, "hatch": "..", "hatchcolor": _DOTS}
    return {"facecolor": entry.color}


def _panel(page: Page, sheet: MapSheet, t: Translator, left: float, top: float) -> float:
    """Write the legend with the number of units of each class, and what the layer means."""
    y = page.paragraph(left, top + 6, composed(sheet.layer.title), 24, _PANEL, bold=True) + 12
    for entry in sheet.layer.classes:
        page.box(left, y, 46, 30, linewidth=page.points(1), edgecolor=_LINES, **_look(entry))
        count = t.format.number(entry.count)
        page.text(left + _PANEL, y + 1, count, 21, bold=True, ha="right")
        room = _PANEL - 62 - page.measure(count, 21, bold=True) - 14
        y = max(page.paragraph(left + 62, y + 1, composed(entry.label), 21, room), y + 30) + 10
    total = t.format.number(len(sheet.layer.units))
    page.text(left + 62, y + 4, t("export.units"), 18, color=MUTED)
    page.text(left + _PANEL, y + 4, total, 18, color=MUTED, ha="right")
    return page.paragraph(left, y + 48, composed(sheet.layer.note), 17, _PANEL, color=MUTED)


def _inset(
    page: Page,
    outside: gpd.GeoDataFrame,
    sheet: MapSheet,
    top: float,
    bottom: float,
    left: float,
    room: float,
    size: float = 17,
) -> None:
    """Draw islands far out at sea in boxes of their own: they belong to the map, at another scale."""
    groups = list(outside.groupby("name", sort=False))
    if len(groups) > _INSETS:
        groups = [(", ".join(short_name(str(name)) for name, _ in groups), outside)]
    width = (room - _GAP / 2 * (len(groups) - 1)) / len(groups)
    for name, parts in groups:
        page.box(left, top, width, bottom - top, facecolor=PAPER, edgecolor=MUTED, linewidth=page.points(1))
        y = page.paragraph(left + 12, top + 10, short_name(composed(str(name))), size, width - 24, bold=True)
        axes = page.axes(left + 12, y + 6, width - 24, max(bottom - y - 18, 20), zorder=2)
        _fill(page, axes, parts, sheet, districts=False)
        # Islets smaller than a dot of the picture are seen by their line.
        parts.plot(ax=axes, aspect=None, facecolor="none", edgecolor=INK, linewidth=page.points(1.5))
        axes.set_aspect(1 / math.cos(math.radians(sum(parts.total_bounds[1::2]) / 2)))
        left += width + _GAP / 2


def _north(page: Page, axes: Axes, t: Translator) -> None:
    """Draw the arrow to the north; a schematic map has no directions to trust."""
    box = axes.get_position(original=True)
    x, y = box.x0 * page.width + 30, (1 - box.y1) * HEIGHT + 8
    page.arrow(x, y + 44, y)
    page.text(x, y + 50, t("export.north"), 18, bold=True, ha="center")
