"""A sheet as cells: what the rest of the ETL reads, whatever the file was."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import TypeVar

from openpyxl.utils import get_column_letter

from etl.issues import Issue
from ntm.geo.names import clean_text

CellPosition = tuple[int, int]
Content = TypeVar("Content")


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
    carry no value in `values`: they are neither empty nor zero. `percents` are cells formatted as a percentage;
    `date_formats` are the number formats of cells whose value is a date, as the office's program writes them. Where
    `is_transposed`, rows here are columns in the file. `issues` are findings about its texts, such as a font's letters.
    """

    sheet: str
    values: Mapping[CellPosition, object]
    merges: tuple[Merge, ...] = ()
    errors: Mapping[CellPosition, str] = field(default_factory=dict)
    uncached: Mapping[CellPosition, str] = field(default_factory=dict)
    percents: frozenset[CellPosition] = frozenset()
    date_formats: Mapping[CellPosition, str] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    is_hidden: bool = False
    is_transposed: bool = False
    issues: tuple[Issue, ...] = ()

    @cached_property
    def _merge_of(self) -> Mapping[CellPosition, Merge]:
        return {
            (row, column): merge
            for merge in self.merges
            for row in range(merge.top, merge.bottom + 1)
            for column in range(merge.left, merge.right + 1)
        }

    @cached_property
    def filled_rows(self) -> Mapping[int, list[int]]:
        """Columns of the cells that hold anything, errors and formulas included, by row, both in order."""
        rows: dict[int, list[int]] = {}
        for row, column in sorted({*self.values, *self.errors, *self.uncached}):
            rows.setdefault(row, []).append(column)
        return rows

    @cached_property
    def last_column(self) -> int:
        """The last column in which anything stands, 0 in an empty sheet."""
        return max((columns[-1] for columns in self.filled_rows.values()), default=0)

    def merge_at(self, row: int, column: int) -> Merge | None:
        """Return the merged range that covers a cell."""
        return self._merge_of.get((row, column))

    def origin(self, row: int, column: int) -> CellPosition:
        """Return the cell that holds what a cell shows: the first one of its merged range, else itself."""
        merge = self._merge_of.get((row, column))
        return (merge.top, merge.left) if merge and (row, column) not in self.values else (row, column)

    def value(self, row: int, column: int) -> object:
        """Return what a cell shows: its own value, or that of the merged range over it; None when empty."""
        return self.values.get(self.origin(row, column))

    def is_percent(self, row: int, column: int) -> bool:
        """Tell whether what a cell shows is formatted as a percentage."""
        return self.origin(row, column) in self.percents

    @cached_property
    def texts(self) -> Mapping[CellPosition, str]:
        """Clean texts of the stored cells."""
        return {position: clean_text(value) for position, value in self.values.items()}

    def own_text(self, row: int, column: int) -> str:
        """Return the clean text that is stored in the cell itself."""
        return self.texts.get((row, column), "")

    def text(self, row: int, column: int) -> str:
        """Return the clean text that the cell shows, merged ranges included."""
        return self.texts.get(self.origin(row, column), "")

    def name(self, row: int, column: int) -> str:
        """Return the name that a person finds the cell by in the file; of a merged range, that of its first cell."""
        first, second = self.origin(row, column)
        return cell_name(second, first) if self.is_transposed else cell_name(first, second)

    def part(self, is_inside: Callable[[int, int], bool]) -> Grid:
        """Return the grid of the cells in some rows and columns, which keep their places."""
        return replace(
            self,
            values=_kept(self.values, is_inside),
            errors=_kept(self.errors, is_inside),
            uncached=_kept(self.uncached, is_inside),
            merges=tuple(merge for merge in self.merges if is_inside(merge.top, merge.left)),
        )

    def transposed(self) -> Grid:
        """Return the grid with its rows for columns; its cells keep their names."""
        return replace(
            self,
            values=_turned(self.values),
            errors=_turned(self.errors),
            uncached=_turned(self.uncached),
            merges=tuple(Merge(m.left, m.top, m.right, m.bottom) for m in self.merges),
            percents=frozenset((column, row) for row, column in self.percents),
            date_formats=_turned(self.date_formats),
            hidden_rows=self.hidden_columns,
            hidden_columns=self.hidden_rows,
            is_transposed=not self.is_transposed,
        )

    def row_texts(self, row: int) -> list[str]:
        """Return the clean texts of a row's cells that hold a value, from left to right."""
        columns = self.filled_rows.get(row, ())
        return [self.texts[row, column] for column in columns if (row, column) in self.texts]


def _kept(cells: Mapping[CellPosition, Content], is_inside: Callable[[int, int], bool]) -> dict[CellPosition, Content]:
    return {place: value for place, value in cells.items() if is_inside(*place)}


def _turned(cells: Mapping[CellPosition, Content]) -> dict[CellPosition, Content]:
    return {(column, row): value for (row, column), value in cells.items()}


@lru_cache(maxsize=65536)
def cell_name(row: int, column: int) -> str:
    """Return the name that a person sees in the spreadsheet, such as D17."""
    return f"{get_column_letter(column)}{row}"
