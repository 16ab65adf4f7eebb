"""A workbook file to grids, by openpyxl: it keeps errors, merges, fonts, percentages and what is hidden."""

from __future__ import annotations

import warnings
from pathlib import Path
from zipfile import BadZipFile

import openpyxl
from openpyxl.cell import Cell
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from etl.clean.vocabulary import vocabulary
from etl.issues import Issue
from etl.read.grid import CellPosition, Grid, Merge
from etl.read.guard import inspect
from ntm.geo.names import clean_text

_BROKEN = (
    InvalidFileException,
    BadZipFile,
    KeyError,
    IndexError,
    ValueError,
    TypeError,
    SyntaxError,
    AttributeError,
)


def read_workbook(path: Path) -> tuple[list[Grid], Issue | None]:
    """Return the sheets of a workbook, or the reason why it was not opened. Charts and empty sheets are left out.

    Raises OSError when the file cannot be read at all.
    """
    inspection = inspect(path)
    if inspection.refusal:
        return [], inspection.refusal
    try:
        book = _open(path, data_only=True)
        formulas = _open(path, data_only=False) if inspection.uncached else None
    except _BROKEN as error:
        return [], Issue("FILE_NOT_WORKBOOK", values={"reason": str(error)})
    grids = [
        _read_sheet(sheet, _uncached(formulas[sheet.title], inspection.uncached) if formulas else {})
        for sheet in book.worksheets
    ]
    return [grid for grid in grids if grid.filled_rows], None


def _open(path: Path, *, data_only: bool) -> openpyxl.Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of extensions that hold no values
        return openpyxl.load_workbook(path, data_only=data_only)


def _uncached(sheet: Worksheet, names: frozenset[str]) -> dict[CellPosition, str]:
    """Return the formulas of the cells that have no stored result. A result that is the empty text is one."""
    return {
        position: str(getattr(cell.value, "text", cell.value))  # an array formula is an object
        for position, cell in sheet._cells.items()
        if cell.data_type == "f" and cell.coordinate in names
    }


def _read_sheet(sheet: Worksheet, uncached: dict[CellPosition, str]) -> Grid:
    values: dict[CellPosition, object] = {}
    errors: dict[CellPosition, str] = {}
    percents: set[CellPosition] = set()
    # Stored cells alone: walking the declared range of a sheet with a ghost cell takes minutes.
    for position, cell in sheet._cells.items():
        value = cell.value
        if value is None or (isinstance(value, str) and not clean_text(value)):
            continue
        if cell.data_type == "e":
            errors[position] = str(value)
        elif isinstance(value, str):
            values[position] = _drawn(cell, value) if len(value) == 1 else value
        else:
            values[position] = value
            if cell.has_style and "%" in cell.number_format:
                percents.add(position)
    return Grid(
        sheet=sheet.title,
        values=values,
        merges=tuple(Merge(r.min_row, r.min_col, r.max_row, r.max_col) for r in sheet.merged_cells.ranges),
        errors=errors,
        uncached=uncached,
        percents=frozenset(percents),
        hidden_rows=frozenset(row for row, size in sheet.row_dimensions.items() if size.hidden),
        hidden_columns=_hidden_columns(sheet),
        is_hidden=sheet.sheet_state != "visible",
    )


def _drawn(cell: Cell, letter: str) -> str:
    """Return the mark that a symbol font draws for a letter; the letter itself in any other font."""
    if letter not in _SYMBOL_LETTERS or not cell.has_style:
        return letter
    marks: dict[str, str] = vocabulary("symbol_fonts").get(cell.font.name, {})
    return marks.get(letter, letter)


def _hidden_columns(sheet: Worksheet) -> frozenset[int]:
    """Return the hidden columns; a hidden stretch to the sheet's end counts up to its last stored cell."""
    last = max((column for _, column in sheet._cells), default=0)
    hidden = (size for size in sheet.column_dimensions.values() if size.hidden)
    return frozenset(column for size in hidden for column in range(size.min, min(size.max, last) + 1))


_SYMBOL_LETTERS = frozenset(letter for marks in vocabulary("symbol_fonts").values() for letter in marks)
