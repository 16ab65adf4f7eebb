"""A sheet as cells: what the rest of the ETL reads, whatever the file was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from openpyxl.utils import get_column_letter

from ntm.geo.names import clean_text

CellPosition = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range, corners included, rows and columns from 1."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Grid:
    """Stored cells of one sheet: values by (row, column), from 1; empty cells are absent.

    `errors` are cells that hold an Excel error such as #REF!; `uncached` hold a formula without a stored result. Both
    carry no value in `values`: they are neither empty nor zero.
    """

    sheet: str
    values: Mapping[CellPosition, object]
    formats: Mapping[CellPosition, str] = field(default_factory=dict)
    merges: tuple[Merge, ...] = ()
    errors: Mapping[CellPosition, str] = field(default_factory=dict)
    uncached: frozenset[CellPosition] = frozenset()
    is_hidden: bool = False

    @cached_property
    def _merge_of(self) -> Mapping[CellPosition, Merge]:
        return {
            (row, column): merge
            for merge in self.merges
            for row in range(merge.top, merge.bottom + 1)
            for column in range(merge.left, merge.right + 1)
        }

    @cached_property
    def last_row(self) -> int:
        return max((row for row, _ in self.values), default=0)

    @cached_property
    def last_column(self) -> int:
        return max((column for _, column in self.values), default=0)

    @cached_property
    def _rows(self) -> Mapping[int, list[int]]:
        rows: dict[int, list[int]] = {}
        for row, column in sorted(self.values):
            rows.setdefault(row, []).append(column)
        return rows

    def merge_at(self, row: int, column: int) -> Merge | None:
        """Return the merged range that covers a cell."""
        return self._merge_of.get((row, column))

    def value(self, row: int, column: int) -> object:
        """Return what a cell shows: its own value, or that of the merged range over it; None when empty."""
        if (row, column) in self.values:
            return self.values[row, column]
        merge = self._merge_of.get((row, column))
        return self.values.get((merge.top, merge.left)) if merge else None

    def own_text(self, row: int, column: int) -> str:
        """Return the clean text that is stored in the cell itself."""
        return clean_text(self.values.get((row, column)))

    def text(self, row: int, column: int) -> str:
        """Return the clean text that the cell shows, merged ranges included."""
        return clean_text(self.value(row, column))

    def row_cells(self, row: int) -> Iterator[tuple[int, object]]:
        """Yield (column, value) of the stored cells of a row, from left to right."""
        for column in self._rows.get(row, ()):
            yield column, self.values[row, column]

    def row_texts(self, row: int) -> list[str]:
        """Return the clean texts of a row's stored cells, from left to right."""
        return [clean_text(value) for _, value in self.row_cells(row)]


def cell_name(row: int, column: int) -> str:
    """Return the name that a person sees in the spreadsheet, such as D17."""
    return f"{get_column_letter(column)}{row}"
