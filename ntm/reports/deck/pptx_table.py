"""Tables that PowerPoint edits: columns as wide as their words ask, rows as high as their lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Pt

from ntm.formatting import UNKNOWN
from ntm.reports.deck.model import Figure, Table
from ntm.reports.deck.plain_text import plain
from ntm.reports.deck.pptx_text import INSET, LINE, SMALL, Box, measure, shortened, wrap, write

_SIZES = (18, 16, SMALL)
_PAD = 5
"""Room above and below the words of a cell."""
_MOST_LINES = 5
_NARROWEST, _LONGEST_WORD, _HEADING = 44, 150, 130

Item = str | Figure | None


@dataclass(frozen=True)
class Grid:
    """A table, or a part of its rows, with its size of letters, widths of columns and heights of rows (head first)."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]
    size: float
    widths: tuple[float, ...]
    heights: tuple[float, ...]


def words(item: Item) -> str:
    """Return what a cell shows: the unknown as a dash."""
    return UNKNOWN if item is None else plain(item.text if isinstance(item, Figure) else item) or UNKNOWN


def grids(table: Table, box: Box, rest: Box) -> list[Grid]:
    """Return the table in parts that fit: the first into a box, others into the `rest` of later slides.

    Letters are as large as let all rows stand in the box, and never smaller than 14 points.
    """
    head, rows = tuple(plain(one) for one in table.head), [tuple(words(item) for item in row) for row in table.rows]
    numeric = tuple(any(isinstance(row[at], Figure) for row in table.rows) for at in range(len(head)))
    for size in _SIZES:
        whole = _grid(head, rows, numeric, size, box.width)
        is_unbroken = sum(_floors(head, rows, numeric, size)) <= box.width
        if is_unbroken and sum(whole.heights) <= box.height:
            return [whole]
    if sum(whole.heights) <= box.height:
        return [whole]
    parts, room, start = [], box.height - whole.heights[0], 0
    for at, height in enumerate(whole.heights[1:]):
        if height > room and at > start:
            parts.append((start, at))
            start, room = at, rest.height - whole.heights[0]
        room -= height
    parts.append((start, len(rows)))
    return [
        Grid(
            whole.head, whole.rows[a:b], numeric, SMALL, whole.widths, (whole.heights[0], *whole.heights[1 + a : 1 + b])
        )
        for a, b in parts
    ]


def _grid(
    head: tuple[str, ...], rows: Sequence[tuple[str, ...]], numeric: tuple[bool, ...], size: float, width: float
) -> Grid:
    widths = _widths(head, rows, numeric, size, width)
    rooms = [one - 2 * INSET for one in widths]
    short = [
        tuple(shortened(text, size, room, _MOST_LINES) for text, room in zip(row, rooms, strict=True)) for row in rows
    ]
    top = tuple(shortened(text, size, room, 3, bold=True) for text, room in zip(head, rooms, strict=True))
    heights = [_height(top, rooms, size, bold=True), *(_height(row, rooms, size) for row in short)]
    return Grid(top, tuple(short), numeric, size, widths, tuple(heights))


def _height(row: Sequence[str], rooms: Sequence[float], size: float, bold: bool = False) -> float:
    lines = max(len(wrap(text, size, room, bold)) for text, room in zip(row, rooms, strict=True))
    return lines * size * LINE + 2 * _PAD


def _floors(
    head: tuple[str, ...], rows: Sequence[tuple[str, ...]], numeric: tuple[bool, ...], size: float
) -> list[float]:
    """Return widths below which a word, or a number with its unit, would be broken; very long words are."""
    floors = []
    for at, name in enumerate(head):
        parts = [word for row in rows for word in ([row[at]] if numeric[at] else row[at].split())]
        longest = max((measure(part, size) for part in parts), default=0)
        of_head = max((measure(word, size, bold=True) for word in name.split()), default=0)
        floors.append(max(min(max(longest, of_head), _LONGEST_WORD) + 2 * INSET + 3, _NARROWEST))
    return floors


def _widths(
    head: tuple[str, ...], rows: Sequence[tuple[str, ...]], numeric: tuple[bool, ...], size: float, width: float
) -> tuple[float, ...]:
    """Return widths that fill a width: no word is broken where that can be, and long words get what is left."""
    floors = _floors(head, rows, numeric, size)
    asked = []
    for at, name in enumerate(head):
        longest = max((measure(row[at], size) for row in rows), default=0)
        whole = min(measure(name, size, bold=True), _HEADING)
        asked.append(max(min(max(longest, whole), width * 0.6) + 2 * INSET + 3, floors[at]))
    total, least = sum(asked), sum(floors)
    if total <= width:
        return tuple(one + (width - total) / len(asked) for one in asked)
    if least >= width:
        return tuple(one * width / least for one in floors)
    share = (width - least) / (total - least)
    return tuple(floor + (one - floor) * share for one, floor in zip(asked, floors, strict=True))


def draw(shapes: Any, grid: Grid, box: Box, language: str) -> Any:
    """Draw a part of a table into a box and return its shape."""
    place = Box(box.left, box.top, sum(grid.widths), sum(grid.heights))
    frame = shapes.add_table(len(grid.rows) + 1, len(grid.head), *place.emu())
    table = frame.table
    for column, width in zip(table.columns, grid.widths, strict=True):
        column.width = Pt(width)
    for row, height in zip(table.rows, grid.heights, strict=True):
        row.height = Pt(height)
    for at, texts in enumerate((grid.head, *grid.rows)):
        for column, text in enumerate(texts):
            cell = table.cell(at, column)
            cell.margin_top = cell.margin_bottom = Pt(_PAD - 1)
            cell.vertical_anchor = MSO_ANCHOR.MIDDLE
            write(cell.text_frame, [text], grid.size, bold=not at, language=language)
            if grid.numeric[column]:
                cell.text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT
    return frame
