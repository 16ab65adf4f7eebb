"""A copy of a workbook to mark up: the workbook itself opened again, or its cells in a new one."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from textwrap import shorten
from zipfile import BadZipFile, ZipFile

import openpyxl
from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.workbook.child import INVALID_TITLE_REGEX, avoid_duplicate_name

from etl.read.grid import Grid
from etl.read.kinds import ZIP, container_of
from etl.read.package import XLSX, inspect_package
from etl.read.workbook import read_workbook
from etl.report.marks import writable

_LONGEST_TEXT = 32767
_LONGEST_NAME = 28  # of 31: a number may follow
_DRAWING = "xl/drawings/drawing"  # LibreOffice writes empty ones
_DRAWN = ("xl/charts/", "xl/media/", "xl/diagrams/", "xl/pivotTables/", "xl/ctrlProps/")
_WIDTHS = (6, 40)
LOST_DRAWINGS = "Hình ảnh, biểu đồ, bảng xoay của tệp gốc có thể thiếu trong bản sao này; tệp gốc không bị thay đổi."
LOST_EXTENSIONS = "Một số danh sách chọn hoặc định dạng có điều kiện của tệp gốc không có trong bản sao này."
CELLS_ALONE = (
    "Tệp gốc không phải .xlsx: bản sao này chỉ giữ nội dung ô, không giữ định dạng; tệp gốc không bị thay đổi."
)


@dataclass(frozen=True)
class Copy:
    """A workbook with the content of a file, what of the file it does not hold, and new names of sheets by old."""

    book: Workbook
    lost: str = ""
    renamed: Mapping[str, str] = field(default_factory=dict)


def open_copy(path: Path) -> Copy:
    """Return a copy of a file that was read already: it has passed the guard.

    Raises RefusedError, OSError, ValueError or KeyError when it cannot be opened after all.
    """
    if container_of(path) == ZIP and inspect_package(path).kind == XLSX:
        with warnings.catch_warnings(record=True) as left_out, path.open("rb") as file:
            warnings.simplefilter("always")
            book = openpyxl.load_workbook(file, rich_text=True)  # by content: openpyxl refuses other names
        lost = {
            LOST_DRAWINGS: _has_drawings(path),
            LOST_EXTENSIONS: any("will be removed" in str(warning.message) for warning in left_out),
        }
        return Copy(book, " ".join(text for text, is_lost in lost.items() if is_lost))
    grids, _ = read_workbook(path)
    if not grids:
        raise ValueError(f"no cells in {path.name}")
    return _rebuilt(grids)


def _has_drawings(path: Path) -> bool:
    try:
        with ZipFile(path) as archive:
            return any(
                name.startswith(_DRAWN) or (name.startswith(_DRAWING) and b"Anchor>" in archive.read(name))
                for name in archive.namelist()
            )
    except BadZipFile:
        return False


def _rebuilt(grids: list[Grid]) -> Copy:
    book = Workbook()
    book.remove(book.worksheets[0])
    renamed = {}
    for grid in grids:
        sheet = book.create_sheet(avoid_duplicate_name(book.sheetnames, _sheet_name(grid.sheet)))
        renamed[grid.sheet] = sheet.title
        widths: dict[int, int] = {}
        for (row, column), value in [*grid.values.items(), *grid.errors.items(), *grid.uncached.items()]:
            cell = sheet.cell(row, column)
            if isinstance(value, str):
                cell.value = writable(value, _LONGEST_TEXT)
                cell.data_type = "s"  # what begins with '=' is shown, not calculated
                widths[column] = max(widths.get(column, 0), len(value) if not grid.merge_at(row, column) else 0)
            else:
                cell.value = value
            if (row, column) in grid.percents:
                cell.number_format = "0.0%"
            elif isinstance(value, date):
                cell.number_format = "dd/mm/yyyy"
        for column, width in widths.items():
            sheet.column_dimensions[get_column_letter(column)].width = min(max(width + 2, _WIDTHS[0]), _WIDTHS[1])
        for merge in grid.merges:
            sheet.merge_cells(
                start_row=merge.top, start_column=merge.left, end_row=merge.bottom, end_column=merge.right
            )
        for row in grid.hidden_rows:
            sheet.row_dimensions[row].hidden = True
        for column in grid.hidden_columns:
            sheet.column_dimensions[get_column_letter(column)].hidden = True
        sheet.sheet_state = "hidden" if grid.is_hidden else "visible"
    return Copy(book, CELLS_ALONE, renamed)


def _sheet_name(name: str) -> str:
    plain = INVALID_TITLE_REGEX.sub(" ", name)
    return shorten(plain, _LONGEST_NAME, placeholder="") or plain[:_LONGEST_NAME]
