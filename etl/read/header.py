"""The header of a table: which rows it has, and the path of headings over each of its columns.

Header rows end at the numbering row ('(1) (2) (3)=(4)+(5)', 'A B 1 2') when there is one, else at the foot of the
merged cells, else where the first row with an ordinal or a name begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from etl.clean.vocabulary import meanings
from etl.read.grid import Grid
from ntm.geo.names import text_key

ORDINAL_HEADINGS = frozenset(
    text_key(word) for word in ("STT", "TT", "Số TT", "S TT", "S.T.T", "T.T", "Số thứ tự", "Thứ tự")
)
NO_COLUMN = 0
"""In place of the ordinal column of a table that has none; a grid has nothing there."""
_NUMBERING = re.compile(r"^[(\[]?(\d{1,3}|[A-ZĐ])[)\]]?(\s*=.*)?$")
_NOT_ABOVE = re.compile(r"\b(?:ĐVT|đơn vị|số liệu|tính đến|biểu|phụ lục|mẫu|độc lập|cộng hòa|kèm theo|ngày)\b", re.I)
_DEPTH = 8
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
class Header:
    """The header rows of a table from `top` to `bottom`, its columns, and the row that numbers them, if any."""

    top: int
    bottom: int
    left: int
    right: int
    ordinal_column: int
    numbering_row: int | None
    headings: tuple[Heading, ...]

    @property
    def body_top(self) -> int:
        return (self.numbering_row or self.bottom) + 1


def read_header(grid: Grid, top: int, left: int, ordinal_column: int, right: int | None = None) -> Header:
    """Read the header whose heading cells begin in a row and column; `right` bounds it where another table follows."""
    last = right or grid.last_column
    firsts = (left, ordinal_column)
    numbering = next((row for row in range(top + 1, top + _DEPTH) if is_numbering(grid, row, firsts, last)), None)
    bottom = numbering - 1 if numbering else _bottom(grid, top, left, last, ordinal_column)
    while _is_above(grid, top - 1, left, last, ordinal_column):
        top -= 1
    last = max(column for row in range(top, bottom + 1) for column in _filled(grid, row, left, last))
    return Header(top, bottom, left, last, ordinal_column, numbering, _headings(grid, top, bottom, left, last))


def is_numbering(grid: Grid, row: int, firsts: Sequence[int], right: int) -> bool:
    """Tell a numbering row: 1, 2, 3=4+5 … or A, B, 1, 2 … from one of the first columns on, ever higher.

    A row of criterion numbers leaves the first column empty; a row of figures does not begin with 1, 2.
    """
    columns = _filled(grid, row, min(filter(None, firsts)), right)
    matches = [_NUMBERING.match(grid.own_text(row, column)) for column in columns]
    if len(columns) < _FEWEST_NUMBERS or columns[0] not in firsts or not all(matches):
        return False
    marks = [match[1] for match in matches if match]
    numbers = [int(mark) for mark in marks if mark.isdigit()]
    is_rising = all(low <= high for low, high in pairwise(numbers))
    return marks[:2] in (["1", "2"], ["A", "B"]) and numbers[:1] == [1] and is_rising


def _filled(grid: Grid, row: int, left: int, right: int) -> list[int]:
    return [column for column in grid.filled_rows.get(row, ()) if left <= column <= right]


def _bottom(grid: Grid, top: int, left: int, right: int, ordinal_column: int) -> int:
    """Return the last row of a header that has no numbering row."""
    bottom = top
    while True:
        feet = (m.bottom for m in grid.merges if top <= m.top <= bottom and left <= m.left <= right)
        lowest = max((foot for foot in feet if foot < top + _DEPTH), default=bottom)
        if lowest <= bottom:
            break
        bottom = lowest
    while bottom + 1 < top + _DEPTH and _goes_on(grid, bottom + 1, left, right, ordinal_column):
        bottom += 1
    return bottom


def _goes_on(grid: Grid, row: int, left: int, right: int, ordinal_column: int) -> bool:
    """Tell whether a row below the header's merged cells is one more of it: headings, and no row's ordinal or name."""
    columns = _filled(grid, row, left, right)
    first = left + 1 if left == ordinal_column else left
    if not columns or columns[0] <= first or not any(_is_shared(grid, row - 1, column) for column in columns):
        return False
    values = [grid.values.get((row, column)) for column in columns]
    if all(isinstance(value, int | float) or str(value).isdigit() for value in values):
        return [int(float(str(value))) for value in values] == list(range(1, len(values) + 1))
    texts = [grid.own_text(row, column) for column in columns]
    return all(isinstance(value, str) for value in values) and not all(text_key(t) in meanings("marks") for t in texts)


def _is_shared(grid: Grid, row: int, column: int) -> bool:
    """Tell whether a header cell is part of a heading over several columns: merged, or only drawn across them."""
    merge = grid.merge_at(row, column)
    return merge.right > merge.left if merge else not grid.own_text(row, column)


def _is_above(grid: Grid, row: int, left: int, right: int, ordinal_column: int) -> bool:
    """Tell whether the row above the ordinal heading is part of the header: headings that span columns right of it."""
    columns = grid.filled_rows.get(row, ())
    first = max(left, ordinal_column)
    if not columns or columns[0] <= first or columns[-1] > right:
        return False
    texts = [grid.own_text(row, column) for column in columns]
    merges = (grid.merge_at(row, column) for column in columns)
    is_spanning = any(merge and first < merge.left < merge.right <= right for merge in merges)
    return is_spanning and not any(_NOT_ABOVE.search(text) for text in texts)


def _headings(grid: Grid, top: int, bottom: int, left: int, right: int) -> tuple[Heading, ...]:
    """Return the path over each column. Each header row splits the groups of columns that the row above made."""
    columns = range(left, right + 1)
    paths: dict[int, list[str]] = {column: [] for column in columns}
    groups: dict[int, tuple[int, ...]] = dict.fromkeys(columns, ())
    for row in range(top, bottom + 1):
        heads = {column: _head(grid, row, bottom, column, groups) for column in columns}
        for column, head in heads.items():
            text = grid.text(row, head) if head else ""
            if text and (not paths[column] or paths[column][-1] != text):
                paths[column].append(text)
            groups[column] = (*groups[column], head)
    return tuple(Heading(column, tuple(path)) for column, path in paths.items())


def _head(grid: Grid, row: int, bottom: int, column: int, groups: dict[int, tuple[int, ...]]) -> int:
    """Return the column whose heading in a row stands over a column, 0 when none does.

    A heading that is only drawn across columns (centred, not merged) counts up to the next one, within the group of
    columns under the heading above it. Only a heading that has headings of its own below is spread; a leaf belongs to
    its column, and a merged one to its range.
    """
    if grid.text(row, column):
        return max(grid.origin(row, column)[1], min(groups))
    if row == bottom or grid.merge_at(row, column) or not _has_below(grid, row, bottom, column):
        return 0
    for head in range(column - 1, min(groups) - 1, -1):
        if groups[head] != groups[column]:
            return 0
        if grid.text(row, head):
            is_leaf = grid.merge_at(row, head) is not None or not _has_below(grid, row, bottom, head)
            return 0 if is_leaf else head
    return 0


def _has_below(grid: Grid, row: int, bottom: int, column: int) -> bool:
    return any(grid.text(lower, column) for lower in range(row + 1, bottom + 1))


def ordinal_headings(grid: Grid) -> Iterator[tuple[int, int]]:
    """Yield the cells that head a column of ordinals beside other headings, in order."""
    for row, columns in grid.filled_rows.items():
        for column in columns:
            if len(columns) > 1 and text_key(grid.own_text(row, column)) in ORDINAL_HEADINGS:
                yield row, column
