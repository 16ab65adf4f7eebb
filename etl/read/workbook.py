"""A workbook file to grids, by openpyxl: it keeps errors, merges and number formats."""

from __future__ import annotations

import warnings
from pathlib import Path
from zipfile import BadZipFile

import openpyxl
from openpyxl.cell import Cell
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from etl.issues import Issue
from etl.read.grid import CellPosition, Grid, Merge
from etl.read.guard import inspect


def read_workbook(path: Path) -> tuple[list[Grid], Issue | None]:
    """Return the sheets of a workbook, or the reason why it was not opened. Charts and empty sheets are left out."""
    inspection = inspect(path)
    if inspection.refusal:
        return [], inspection.refusal
    try:
        book = _open(path, data_only=True)
        formulas = _open(path, data_only=False) if inspection.has_uncached else None
    except (
        InvalidFileException,
        BadZipFile,
        KeyError,
        ValueError,
        TypeError,
        SyntaxError,
        AttributeError,
    ) as error:
        return [], Issue("FILE_NOT_WORKBOOK", values={"reason": str(error)})
    grids = [_read_sheet(sheet, formulas[sheet.title] if formulas else None) for sheet in book.worksheets]
    return [grid for grid in grids if grid.values], None


def _open(path: Path, *, data_only: bool) -> openpyxl.Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of extensions that hold no values
        return openpyxl.load_workbook(path, data_only=data_only)


def _read_sheet(sheet: Worksheet, formulas: Worksheet | None) -> Grid:
    values: dict[CellPosition, object] = {}
    formats: dict[CellPosition, str] = {}
    errors: dict[CellPosition, str] = {}
    # Stored cells alone: walking the declared range of a sheet with a ghost cell takes minutes.
    for position, cell in sheet._cells.items():
        if cell.value is None or cell.value == "":
            continue
        if cell.data_type == "e":
            errors[position] = str(cell.value)
        elif isinstance(cell, Cell):
            values[position] = cell.value
            if cell.has_style and cell.number_format != "General":
                formats[position] = cell.number_format
    uncached = frozenset(
        position
        for position, cell in (formulas._cells.items() if formulas else ())
        if cell.data_type == "f" and sheet._cells[position].value is None
    )
    merges = tuple(Merge(r.min_row, r.min_col, r.max_row, r.max_col) for r in sheet.merged_cells.ranges)
    return Grid(
        sheet=sheet.title,
        values=values,
        formats=formats,
        merges=merges,
        errors=errors,
        uncached=uncached,
        is_hidden=sheet.sheet_state != "visible",
    )
