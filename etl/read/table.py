"""Where the table of a sheet is: its header rows, the path of headings over each column, and its body.

A table is found by its ordinal heading (STT, TT), never by position. Header rows end at the numbering row
('(1) (2) (3)=(4)+(5)', 'A B 1 2') when there is one, else at the foot of the heading's merged cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from etl.read.grid import Grid
from ntm.geo.names import text_key

ORDINAL_HEADINGS = frozenset(text_key(word) for word in ("STT", "TT", "Số TT", "Số thứ tự"))
_NUMBERING = re.compile(r"^\(?(\d{1,3}|[A-ZĐ])\)?(\s*=.*)?$")
_HEADER_DEPTH = 8
_REPEATED_SHARE = 0.8


@dataclass(frozen=True)
class Heading:
    """The headings over one column from top to bottom, neighbours that repeat left out."""

    column: int
    path: tuple[str, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(text_key(part) for part in self.path)

    @property
    def text(self) -> str:
        return " / ".join(self.path)


@dataclass(frozen=True)
class Table:
    """A table on a sheet. Rows from `top` to `header_bottom` are its header; `body_top` is its first row."""

    grid: Grid
    top: int
    header_bottom: int
    body_top: int
    ordinal_column: int
    headings: tuple[Heading, ...]

    def body_rows(self) -> Iterator[int]:
        """Yield the rows that hold something, from the first of the body, repeated headers left out."""
        header = {key for heading in self.headings for key in heading.keys if key}
        for row in range(self.body_top, self.grid.last_row + 1):
            keys = [text_key(text) for text in self.grid.row_texts(row)]
            if not keys:
                continue
            texts = [key for key in keys if key and not key.isdigit()]
            is_repeated = (
                len(texts) > 1 and sum(key in header for key in texts) / len(texts) >= _REPEATED_SHARE
            )
            if not is_repeated and not _is_numbering(self.grid, row, self.ordinal_column):
                yield row


def find_table(grid: Grid) -> Table | None:
    """Return the first table of a sheet, or None when no row holds an ordinal heading beside another heading."""
    for row, column in sorted(grid.values):
        if text_key(grid.own_text(row, column)) in ORDINAL_HEADINGS and len(grid.row_texts(row)) > 1:
            return _table_at(grid, row, column)
    return None


def _table_at(grid: Grid, top: int, ordinal_column: int) -> Table:
    numbering = next(
        (row for row in range(top + 1, top + _HEADER_DEPTH) if _is_numbering(grid, row, ordinal_column)), None
    )
    bottom = numbering - 1 if numbering else _merged_bottom(grid, top)
    last = max((column for row, column in grid.values if top <= row <= bottom), default=ordinal_column)
    headings = tuple(
        Heading(column, _path(grid, top, bottom, column)) for column in range(ordinal_column, last + 1)
    )
    return Table(grid, top, bottom, (numbering or bottom) + 1, ordinal_column, headings)


def _is_numbering(grid: Grid, row: int, ordinal_column: int) -> bool:
    """Tell a numbering row: it numbers the ordinal column too, which a row of criterion numbers does not."""
    texts = grid.row_texts(row)
    if len(texts) < 3 or not grid.own_text(row, ordinal_column):
        return False
    second = next((text for column, text in _texts_after(grid, row, ordinal_column)), "")
    return all(_NUMBERING.match(text) for text in texts) and bool(re.match(r"^\(?[2B]\)?", second))


def _texts_after(grid: Grid, row: int, column: int) -> Iterator[tuple[int, str]]:
    for place, _ in grid.row_cells(row):
        if place > column:
            yield place, grid.own_text(row, place)


def _merged_bottom(grid: Grid, top: int) -> int:
    return max((merge.bottom for merge in grid.merges if merge.top == top), default=top)


def _path(grid: Grid, top: int, bottom: int, column: int) -> tuple[str, ...]:
    path: list[str] = []
    for row in range(top, bottom + 1):
        text = grid.text(row, column) or _spread_text(grid, row, column, top)
        if text and (not path or path[-1] != text):
            path.append(text)
    return tuple(path)


def _spread_text(grid: Grid, row: int, column: int, top: int) -> str:
    """Return the heading that is only drawn across columns (centred, not merged), within one parent heading."""
    if row == top or grid.merge_at(row, column):
        return ""
    parent = grid.merge_at(row - 1, column)
    left = column - 1
    while parent and left >= parent.left:
        text = grid.text(row, left)
        if text:
            # Only a heading that has headings of its own below is spread; a leaf belongs to its column.
            return text if grid.text(row + 1, left) and grid.text(row + 1, column) else ""
        left -= 1
    return ""
