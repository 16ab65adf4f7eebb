"""A table of a sheet: its header, the rows of its body, and the lines above it that say what it is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from etl.read.grid import CellPosition, Grid
from etl.read.header import Header, Heading, is_numbering
from etl.read.rules import Rule, read_rules
from ntm.geo.names import text_key

_REPEATED_SHARE = 0.8
_FEWEST_HEADINGS = 2


@dataclass(frozen=True)
class Table:
    """A table on a sheet: rows from `top` to `header_bottom` are its header, from `body_top` to `bottom` its body.

    `grid` holds its own cells, of a sheet with one table all; `sheet` the whole sheet. `lines` are the cells of its
    title block; the lines of the table `above` count where it has none of its own. `repeats` are rows that say its
    header again. A transposed table has the one `as_written` beside it: its own rows are columns of the file.
    """

    grid: Grid
    sheet: Grid
    header: Header
    bottom: int
    lines: tuple[CellPosition, ...] = ()
    above: Table | None = None
    repeats: frozenset[int] = frozenset()
    as_written: Table | None = None

    @property
    def top(self) -> int:
        return self.header.top

    @property
    def header_bottom(self) -> int:
        return self.header.bottom

    @property
    def body_top(self) -> int:
        return self.header.body_top

    @property
    def ordinal_column(self) -> int:
        """The column of STT; 0, where a grid has nothing, in a table that has none."""
        return self.header.ordinal_column

    @property
    def first_column(self) -> int:
        """The column that names a row when nothing else does."""
        return self.header.ordinal_column or self.header.left

    @property
    def headings(self) -> tuple[Heading, ...]:
        return self.header.headings

    def heading(self, column: int) -> Heading:
        """Return the heading of a column of the table."""
        return next(heading for heading in self.headings if heading.column == column)

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The arithmetic that the numbering row states, such as 8=6-7."""
        row = self.header.numbering_row
        columns = self.grid.filled_rows.get(row, []) if row else []
        return tuple(read_rules({column: self.grid.own_text(row, column) for column in columns} if row else {}))

    def body_rows(self) -> Iterator[int]:
        """Yield the rows that hold something, from the first of the body, repeated headers left out."""
        for row in self.grid.filled_rows:
            if self.body_top <= row <= self.bottom and row not in self.repeats and not self.repeats_header(row):
                yield row

    def repeats_header(self, row: int) -> bool:
        """Tell whether a row says again what a header row says, as after a page break: at least 80% of its cells."""
        columns = self.grid.filled_rows.get(row, ())
        if len(columns) < _FEWEST_HEADINGS:
            return False
        firsts = (self.header.left, self.header.ordinal_column)
        if self.header.numbering_row and is_numbering(self.grid, row, firsts, self.header.right):
            return True
        keys = {column: text_key(self.grid.own_text(row, column)) for column in columns}
        return any(_share(keys, header_row) >= _REPEATED_SHARE for header_row in self._header_keys)

    @cached_property
    def _header_keys(self) -> tuple[Mapping[int, str], ...]:
        rows = range(self.top, self.header_bottom + 1)
        return tuple(
            {column: text_key(self.grid.own_text(row, column)) for column in self.grid.filled_rows.get(row, ())}
            for row in rows
        )


def _share(keys: Mapping[int, str], header: Mapping[int, str]) -> float:
    return sum(header.get(column) == key for column, key in keys.items()) / len(keys)
