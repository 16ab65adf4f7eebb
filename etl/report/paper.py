"""How the sheets of a report look and are written: lines at the top, framed tables, links, the page they print on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import ceil

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.worksheet import Worksheet

from etl.report.marks import COLOURS, writable

FIRST_CELL = "KẾT QUẢ KIỂM TRA SỐ LIỆU (không phải số liệu báo cáo)"
"""First cell of every sheet of a report: the reader passes over a sheet that begins so (vocabulary titles, aids)."""

LINE = 16
_LONGEST = 1000
_MOST_LINES = 20
_CODE = re.compile(r"[A-Z]+(_[A-Z]+)+")
_FONT = "Times New Roman"
_SIDE = Side(style="thin", color="FFB0B7BF")
_FRAME = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
_HEADING = PatternFill("solid", start_color="FFE7ECF1")


def write_top(sheet: Worksheet, widths: Sequence[float], lines: Sequence[str]) -> int:
    """Set the page up, write the lines over the whole width, the first of them in bold; return the row after them."""
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    for row, line in enumerate([FIRST_CELL, *lines], start=1):
        cell = sheet.cell(row, 1)
        write_text(cell, line)
        cell.font = Font(_FONT, size=14 if row == 1 else 12, bold=row <= 2)
        cell.alignment = Alignment("left", "center", wrap_text=True)
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(widths))
        sheet.row_dimensions[row].height = LINE * max(1, ceil(len(line) / sum(widths))) + (8 if row == 1 else 3)
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.7, footer=0.3)
    sheet.oddFooter.right.text = "Trang &P/&N"
    return len(lines) + 2


def write_headings(sheet: Worksheet, row: int, headings: Sequence[str], first: int = 1) -> None:
    """Write the headings of a table; one that is '' continues the one before it."""
    for column, heading in enumerate(headings, start=first):
        cell = sheet.cell(row, column)
        frame(cell)
        cell.value = heading or None
        cell.font = Font(_FONT, size=11, bold=True)
        cell.fill = _HEADING
        cell.alignment = Alignment("center", "center", wrap_text=True)
        if not heading:
            sheet.merge_cells(start_row=row, end_row=row, start_column=column - 1, end_column=column)
    sheet.row_dimensions[row].height = 2 * LINE


def write_row(
    sheet: Worksheet, row: int, values: Sequence[object], aligns: Sequence[str], widths: Sequence[float], first: int = 1
) -> None:
    """Write a framed row, high enough for its texts. Texts are shown as they are, never calculated."""
    lines = 1
    for column, (value, align, width) in enumerate(zip(values, aligns, widths, strict=True), start=first):
        cell = sheet.cell(row, column)
        frame(cell)
        if isinstance(value, str):
            write_text(cell, value)
            lines = max(lines, _lines(value[:_LONGEST], width))
        else:
            cell.value = value
        cell.font = Font(_FONT, size=8 if _CODE.fullmatch(str(value)) else 11)
        cell.alignment = Alignment(align, "top", wrap_text=True)
    sheet.row_dimensions[row].height = min(lines, _MOST_LINES) * LINE + 4


def keep_in_view(sheet: Worksheet, row: int, last_row: int, last_column: int) -> None:
    """Freeze a table's headings, repeat them on every page and give them filters."""
    sheet.freeze_panes = sheet.cell(row + 1, 1)
    sheet.print_title_rows = f"{row}:{row}"
    sheet.auto_filter.ref = f"A{row}:{get_column_letter(last_column)}{last_row}"


def write_text(cell: Cell, text: str) -> None:
    """Write a text as it is, without what a workbook cannot hold; '' leaves the cell empty."""
    cell.value = writable(text, _LONGEST) or None
    if text:
        cell.data_type = "s"  # what begins with '=' is shown, not calculated


def write_link(cell: Cell, workbook: str, sheet: str, name: str) -> None:
    """Lead from a cell to one of this workbook (`workbook` is '') or of another beside it."""
    quoted = sheet.replace("'", "''")
    location = f"'{quoted}'!{name}"
    cell.hyperlink = Hyperlink(cell.coordinate, target=workbook or None, location=location)
    cell.font = Font(_FONT, size=11, color="FF0B5394", underline="single")


def frame(cell: Cell) -> None:
    """Draw the frame of a table's cell."""
    cell.border = _FRAME


def write_meaning(cell: Cell, text: str) -> None:
    """Write what a colour means."""
    write_text(cell, text)
    cell.font = Font(_FONT, size=11)
    cell.alignment = Alignment("left", "center", indent=1, shrink_to_fit=True)


def tint(cell: Cell, severity: str) -> None:
    """Fill a cell with the colour of a severity."""
    cell.fill = PatternFill("solid", start_color=COLOURS[severity])


def _lines(text: str, width: float) -> int:
    return sum(max(1, ceil(len(line) * 0.97 / width)) for line in text.splitlines() or [""])
