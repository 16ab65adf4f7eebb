"""An .xls workbook (Excel 97-2003) to grids, by xlrd: values, merges, fonts, number formats and what is hidden."""

from __future__ import annotations

import io
import struct
from collections.abc import Mapping, Sequence
from pathlib import Path

import xlrd
from olefile.olefile import OleFileError, OleFileIO
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel
from xlrd.sheet import Cell, Sheet

from etl.read.biff import inspect_records
from etl.read.cells import Cells
from etl.read.grid import CellPosition, Grid, Merge
from etl.read.kinds import refusal_by_parts
from etl.read.limits import RefusedError
from etl.read.texts import Run, is_special_font

_STREAMS = ("Workbook", "Book")
_ENCRYPTED = "EncryptedPackage"
_MACROS = frozenset({"_VBA_PROJECT_CUR", "Macros", "VBA"})
_WRITER = "\x05SummaryInformation"
_NOT_CALCULATED = "=…"
_BROKEN = (
    xlrd.XLRDError,
    xlrd.compdoc.CompDocError,
    struct.error,
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    AssertionError,
    OverflowError,
    NotImplementedError,
)


def read_xls(path: Path) -> list[Grid]:
    """Return the worksheets of a workbook. Raises RefusedError; OSError when the file cannot be read at all."""
    stream, is_calculated = _workbook_stream(path)
    doubtful = inspect_records(stream, is_calculated=is_calculated)
    try:
        with xlrd.open_workbook(
            file_contents=stream, formatting_info=True, ragged_rows=True, logfile=io.StringIO()
        ) as book:
            sheets = book.sheets()
            by_sheet = doubtful if len(doubtful) == len(sheets) else [frozenset().union(*doubtful)] * len(sheets)
            return [_read_sheet(sheet, cells) for sheet, cells in zip(sheets, by_sheet, strict=True)]
    except _BROKEN as error:
        raise RefusedError("FILE_NOT_WORKBOOK", reason=str(error)) from error


def _workbook_stream(path: Path) -> tuple[bytes, bool]:
    """Return the records of the workbook, and whether they come from a program that calculates.

    Excel and LibreOffice describe a document in a stream of its own; libraries that write cells alone leave it out.
    """
    try:
        with OleFileIO(path) as container:
            names = container.listdir(streams=True, storages=True)
            tops = {parts[0] for parts in names}
            if _ENCRYPTED in tops:
                raise RefusedError("FILE_PASSWORD")
            stream = next((name for name in _STREAMS if name in tops), None)
            if stream is None:
                raise refusal_by_parts(path, tops, "OLE")
            if _MACROS & {part for parts in names for part in parts}:
                raise RefusedError("FILE_MACROS")
            return container.openstream(stream).read(), _WRITER in tops
    except (OleFileError, struct.error, ValueError, IndexError, TypeError) as error:
        raise RefusedError("FILE_NOT_WORKBOOK", reason=str(error)) from error


def _read_sheet(sheet: Sheet, doubtful: frozenset[CellPosition]) -> Grid:
    cells = Cells()
    fonts = {number: font.name for number, font in enumerate(sheet.book.font_list) if is_special_font(font.name)}
    for row in range(sheet.nrows):
        for column in range(sheet.row_len(row)):
            position = row + 1, column + 1
            if position in doubtful:
                cells.uncached[position] = _NOT_CALCULATED
            else:
                _add(cells, position, sheet, sheet.cell(row, column), fonts)
    return cells.grid(
        sheet.name,
        merges=(Merge(top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells),
        hidden_rows=(row + 1 for row, size in sheet.rowinfo_map.items() if size.hidden),
        hidden_columns=(column + 1 for column, size in sheet.colinfo_map.items() if size.hidden),
        is_hidden=sheet.visibility != 0,
    )


def _add(cells: Cells, position: CellPosition, sheet: Sheet, cell: Cell, fonts: Mapping[int, str]) -> None:
    if cell.ctype == xlrd.XL_CELL_ERROR:
        cells.errors[position] = xlrd.error_text_from_code.get(cell.value, "#?")
    elif cell.ctype == xlrd.XL_CELL_TEXT:
        cells.add_text(position, cell.value, _runs(position, sheet, cell, fonts) if fonts else ())
    elif cell.ctype == xlrd.XL_CELL_BOOLEAN:
        cells.add_value(position, bool(cell.value))
    elif cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        number_format = _number_format(sheet, cell)
        is_date = is_date_format(number_format)
        cells.add_value(position, _day(sheet, cell.value, number_format) if is_date else cell.value, number_format)


def _number_format(sheet: Sheet, cell: Cell) -> str:
    """Return a number format as .xlsx names it, so that equal cells of both formats are equal here."""
    key = sheet.book.xf_list[cell.xf_index].format_key
    written = sheet.book.format_map.get(key)
    return str(BUILTIN_FORMATS.get(key) or (written.format_str if written else "General"))


def _day(sheet: Sheet, serial: float, number_format: str) -> object:
    epoch = CALENDAR_MAC_1904 if sheet.book.datemode else CALENDAR_WINDOWS_1900
    try:
        return from_excel(serial, epoch, timedelta=is_timedelta_format(number_format))
    except (OverflowError, ValueError):  # no day of the calendar: the number stands
        return serial


def _runs(position: CellPosition, sheet: Sheet, cell: Cell, fonts: Mapping[int, str]) -> Sequence[Run]:
    """Return the fonts of a text when one of them is special."""
    own = sheet.book.xf_list[cell.xf_index].font_index
    starts = [(0, own), *sheet.rich_text_runlist_map.get((position[0] - 1, position[1] - 1), ())]
    ends = [start for start, _ in starts[1:]] + [len(cell.value)]
    runs = [
        Run(fonts.get(font, ""), cell.value[start:end])
        for (start, font), end in zip(starts, ends, strict=True)
        if start < end
    ]
    return runs if any(run.font for run in runs) else ()
