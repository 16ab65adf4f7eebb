"""Where the table of a sheet is: its header rows, the path of headings over each column, and its body.

A table is found by its ordinal heading (STT, TT), never by position. Header rows end at the numbering row
('(1) (2) (3)=(4)+(5)', 'A B 1 2') when there is one, else at the foot of the heading's merged cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from etl.read.grid import Grid
from ntm.geo.names import text_key

ORDINAL_HEADINGS = frozenset(text_key(word) for word in ("STT", "TT", "Số TT", "Số thứ tự"))
_NUMBERING = re.compile(r"^\(?(\d{1,3}|[A-ZĐ])\)?(\s*=.*)?$")
_HEADER_DEPTH = 8
_REPEATED_SHARE = 0.8
_FEWEST_HEADINGS = 2
_FEWEST_NUMBERS = 3


@dataclass(frozen=True)
class Heading:
    """The headings over one column from top to bottom, neighbours that repeat left out."""

    column: int
    path: tuple[str, ...]

    @cached_property
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
        for row in self.grid.filled_rows:
            if row >= self.body_top and not self._repeats_header(row) and not self._repeats_numbering(row):
                yield row

    def _repeats_header(self, row: int) -> bool:
        """Tell whether a row says again what a header row says, cell by cell, as after a page break."""
        columns = self.grid.filled_rows[row]
        if len(columns) < _FEWEST_HEADINGS:
            return False
        texts = self.grid.texts
        return any(
            sum(texts.get((row, column)) == texts.get((header, column)) for column in columns)
            >= _REPEATED_SHARE * len(columns)
            for header in range(self.top, self.header_bottom + 1)
        )

    def _repeats_numbering(self, row: int) -> bool:
        return self.body_top > self.header_bottom + 1 and _is_numbering(self.grid, row, self.ordinal_column)


def find_table(grid: Grid) -> Table | None:
    """Return the first table of a sheet, or None when no row holds an ordinal heading beside another heading."""
    for row, columns in grid.filled_rows.items():
        for column in columns:
            if text_key(grid.own_text(row, column)) in ORDINAL_HEADINGS and len(columns) > 1:
                return _table_at(grid, row, column)
    return None


def _table_at(grid: Grid, top: int, ordinal_column: int) -> Table:
    numbering = next(
        (row for row in range(top + 1, top + _HEADER_DEPTH) if _is_numbering(grid, row, ordinal_column)), None
    )
    bottom = numbering - 1 if numbering else _merged_bottom(grid, top)
    header = [columns[-1] for row, columns in grid.filled_rows.items() if top <= row <= bottom]
    headings = tuple(
        Heading(column, _path(grid, top, bottom, column, ordinal_column))
        for column in range(ordinal_column, max(header) + 1)
    )
    return Table(grid, top, bottom, (numbering or bottom) + 1, ordinal_column, headings)


def _is_numbering(grid: Grid, row: int, ordinal_column: int) -> bool:
    """Tell a numbering row: 1, 2, 3=4+5 … or A, B, 1, 2 … from the ordinal column on, ever higher.

    A row of criterion numbers leaves the ordinal column empty; a row of figures does not begin with 1, 2.
    """
    columns = [column for column in grid.filled_rows.get(row, ()) if column >= ordinal_column]
    matches = [_NUMBERING.match(grid.own_text(row, column)) for column in columns]
    if len(columns) < _FEWEST_NUMBERS or columns[0] != ordinal_column or not all(matches):
        return False
    marks = [match[1] for match in matches if match]
    numbers = [int(mark) for mark in marks if mark.isdigit()]
    is_rising = all(low <= high for low, high in pairwise(numbers))
    return marks[:2] in (["1", "2"], ["A", "B"]) and numbers[:1] == [1] and is_rising


def _merged_bottom(grid: Grid, top: int) -> int:
    return max((merge.bottom for merge in grid.merges if merge.top == top), default=top)


def _path(grid: Grid, top: int, bottom: int, column: int, ordinal_column: int) -> tuple[str, ...]:
    path: list[str] = []
    for row in range(top, bottom + 1):
        text = grid.text(row, column)
        if not text and row < bottom:
            text = _spread_text(grid, row, column, top, ordinal_column)
        if text and (not path or path[-1] != text):
            path.append(text)
    return tuple(path)


def _spread_text(grid: Grid, row: int, column: int, top: int, ordinal_column: int) -> str:
    """Return the heading that is only drawn across columns (centred, not merged), within its parent heading.

    Only a heading that has headings of its own below is spread; a leaf belongs to its column, and a merged one to
    its range.
    """
    if grid.merge_at(row, column) or not grid.own_text(row + 1, column):
        return ""
    parent = grid.merge_at(row - 1, column) if row > top else None
    if row > top and parent is None:
        return ""
    leftmost = parent.left if parent else ordinal_column + 1
    for left in range(column - 1, leftmost - 1, -1):
        if text := grid.text(row, left):
            is_bounded = grid.merge_at(row, left) is not None or not grid.own_text(row + 1, left)
            return "" if is_bounded else text
    return ""
