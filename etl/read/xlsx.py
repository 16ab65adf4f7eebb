"""An .xlsx workbook to grids, by openpyxl: it keeps errors, merges, fonts, number formats and what is hidden."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from zipfile import BadZipFile

import openpyxl
from openpyxl.cell import Cell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.merge import MergedCellRange
from openpyxl.worksheet.worksheet import Worksheet

from etl.read.cells import Cells
from etl.read.grid import CellPosition, Grid, Merge
from etl.read.limits import RefusedError
from etl.read.package import Package
from etl.read.texts import Run, is_special_font

_BROKEN = (
    InvalidFileException,
    BadZipFile,
    KeyError,
    IndexError,
    ValueError,
    TypeError,
    SyntaxError,
    AttributeError,
    RecursionError,
    OverflowError,
    NotImplementedError,
)


def read_xlsx(path: Path, package: Package) -> list[Grid]:
    """Return the sheets of a workbook, charts left out. Raises RefusedError when openpyxl cannot open it."""
    try:
        book = _open(path, data_only=True, rich_text=package.names_legacy_fonts)
        formulas = _open(path, data_only=False) if package.uncached else None
    except _BROKEN as error:
        raise RefusedError("FILE_NOT_WORKBOOK", reason=str(error)) from error
    fonts = {number: font.name for number, font in enumerate(book._fonts) if is_special_font(font.name)}
    return [
        _read_sheet(sheet, fonts, _uncached(formulas[sheet.title], package.uncached) if formulas else {})
        for sheet in book.worksheets
    ]


def _open(path: Path, *, data_only: bool, rich_text: bool = False) -> openpyxl.Workbook:
    with warnings.catch_warnings(), _without_borders():
        warnings.simplefilter("ignore")  # openpyxl warns of extensions that hold no values
        with path.open("rb") as file:  # by its path it would be refused for a suffix such as .xls
            return openpyxl.load_workbook(file, data_only=data_only, rich_text=rich_text, keep_links=False)


@contextmanager
def _without_borders() -> Iterator[None]:
    """Read without the borders of merged cells: openpyxl spends half its time on them, and no value needs them."""
    kept = MergedCellRange.format
    MergedCellRange.format = lambda _: None
    try:
        yield
    finally:
        MergedCellRange.format = kept


def _uncached(sheet: Worksheet, names: frozenset[str]) -> dict[CellPosition, str]:
    """Return the formulas of the cells that have no stored result. A result that is the empty text is one."""
    return {
        position: str(getattr(cell.value, "text", cell.value))  # an array formula is an object
        for position, cell in sheet._cells.items()
        if cell.data_type == "f" and cell.coordinate in names
    }


def _read_sheet(sheet: Worksheet, fonts: Mapping[int, str], uncached: Mapping[CellPosition, str]) -> Grid:
    cells = Cells(uncached=dict(uncached))
    # Stored cells alone: walking the declared range of a sheet with a ghost cell takes minutes.
    for position, cell in sheet._cells.items():
        value = cell.value
        if value is None:
            continue
        if cell.data_type == "e":
            cells.errors[position] = str(value)
        elif isinstance(value, str | CellRichText):
            is_plain = not fonts and isinstance(value, str)
            cells.add_text(position, str(value), () if is_plain else _runs(cell, value, fonts))
        else:
            cells.add_value(position, value, cell.number_format)
    return cells.grid(
        sheet.title,
        merges=(Merge(r.min_row, r.min_col, r.max_row, r.max_col) for r in sheet.merged_cells.ranges),
        hidden_rows=(row for row, size in sheet.row_dimensions.items() if size.hidden),
        hidden_columns=_hidden_columns(sheet),
        is_hidden=sheet.sheet_state != "visible",
    )


def _runs(cell: Cell, value: str | CellRichText, fonts: Mapping[int, str]) -> Sequence[Run]:
    """Return the fonts of a text when one of them is special."""
    own = fonts.get(cell._style.fontId, "") if cell.has_style else ""
    if not isinstance(value, CellRichText):
        return (Run(own, value),) if own else ()
    runs = [Run(part.font.rFont or own, part.text) if isinstance(part, TextBlock) else Run(own, part) for part in value]
    return runs if any(is_special_font(run.font) for run in runs) else ()


def _hidden_columns(sheet: Worksheet) -> frozenset[int]:
    """Return the hidden columns; a hidden stretch to the sheet's end counts up to its last stored cell."""
    last = max((column for _, column in sheet._cells), default=0)
    hidden = (size for size in sheet.column_dimensions.values() if size.hidden)
    return frozenset(column for size in hidden for column in range(size.min, min(size.max, last) + 1))
