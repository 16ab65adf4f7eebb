"""A workbook as plain cells, for damaging it: rows and columns move with their merged ranges, as office programs do it.

What the damaged workbook shows is looked up here, not in what the reader makes of it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import date

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

Place = tuple[int, int]
Area = tuple[int, int, int, int]
"""Top, left, bottom, right."""


@dataclass(frozen=True)
class Cell:
    value: object
    font: str | None = None
    number_format: str | None = None


@dataclass
class Sheet:
    """One sheet: stored cells, merged ranges that do not meet, what is hidden."""

    title: str
    cells: dict[Place, Cell] = field(default_factory=dict)
    merges: list[Area] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    is_hidden: bool = False

    @property
    def last_row(self) -> int:
        return max((row for row, _ in self.cells), default=1)

    @property
    def last_column(self) -> int:
        return max((column for _, column in self.cells), default=1)

    def area(self, row: int, column: int) -> Area:
        """Return the merged range of a cell, or the cell alone."""
        return next((area for area in self.merges if _holds(area, row, column)), (row, column, row, column))

    def shown(self, row: int, column: int) -> object:
        """Return what a cell shows: inside a merged range, what its first cell holds."""
        cell = self.cells.get(self.area(row, column)[:2])
        return cell.value if cell else None

    def stored_text(self, row: int, column: int) -> str:
        """Return the text of what a cell itself holds, days as an office writes them."""
        cell = self.cells.get((row, column))
        value = cell.value if cell else None
        if isinstance(value, date):
            return f"{value:%d/%m/%Y}"
        return " ".join(unicodedata.normalize("NFC", str(value)).split()) if value is not None else ""

    def merge(self, area: Area) -> None:
        """Merge a range, as a program does: the first cell alone keeps its value. Ranges that meet stay apart."""
        if area[:2] == area[2:] or any(_meet(area, other) for other in self.merges):
            return
        for place in [place for place in self.cells if _holds(area, *place) and place != area[:2]]:
            del self.cells[place]
        self.merges.append(area)

    def move(self, new_row: Callable[[int], int | None], new_column: Callable[[int], int | None]) -> None:
        """Put every row and column where the functions say; None deletes it. Merged ranges shrink and grow with it."""
        moved: dict[Place, Cell] = {}
        for (row, column), cell in self.cells.items():
            to_row, to_column = new_row(row), new_column(column)
            if to_row is not None and to_column is not None:
                moved[to_row, to_column] = cell
        self.cells = moved
        areas = []
        for top, left, bottom, right in self.merges:
            rows = [to for row in range(top, bottom + 1) if (to := new_row(row)) is not None]
            columns = [to for column in range(left, right + 1) if (to := new_column(column)) is not None]
            if rows and columns:
                areas.append((min(rows), min(columns), max(rows), max(columns)))
        self.merges = []
        for area in areas:
            self.merge(area)


def _holds(area: Area, row: int, column: int) -> bool:
    return area[0] <= row <= area[2] and area[1] <= column <= area[3]


def _meet(one: Area, other: Area) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def sheets_of(book: Workbook) -> list[Sheet]:
    """Return a workbook that a builder made as plain cells."""
    sheets = []
    for source in book.worksheets:
        sheet = Sheet(source.title, is_hidden=source.sheet_state != "visible")
        for row in source.iter_rows():
            for cell in row:
                if cell.value is not None:
                    sheet.cells[cell.row, cell.column] = Cell(cell.value, number_format=cell.number_format)
        sheet.merges = [(area.min_row, area.min_col, area.max_row, area.max_col) for area in source.merged_cells.ranges]
        sheets.append(sheet)
    return sheets


def book_of(sheets: list[Sheet]) -> Workbook:
    """Return plain cells as a workbook."""
    book = Workbook()
    book.remove(book.active)
    for sheet in sheets:
        target = book.create_sheet(sheet.title)
        for (row, column), stored in sheet.cells.items():
            cell = target.cell(row, column, stored.value)
            if stored.font:
                cell.font = Font(name=stored.font)
            if stored.number_format:
                cell.number_format = stored.number_format
        for top, left, bottom, right in sheet.merges:
            target.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
        for row in sheet.hidden_rows:
            target.row_dimensions[row].hidden = True
        for column in sheet.hidden_columns:
            target.column_dimensions[get_column_letter(column)].hidden = True
        target.sheet_state = "hidden" if sheet.is_hidden else "visible"
    book.active = next((place for place, sheet in enumerate(sheets) if not sheet.is_hidden), 0)
    return book


def copied(sheet: Sheet, title: str) -> Sheet:
    """Return a sheet of the same content under another name."""
    return replace(
        sheet,
        title=title,
        cells=dict(sheet.cells),
        merges=list(sheet.merges),
        hidden_rows=copy(sheet.hidden_rows),
        hidden_columns=copy(sheet.hidden_columns),
    )
