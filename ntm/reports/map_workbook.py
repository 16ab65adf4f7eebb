"""What the map shows as a workbook: the table, the legend, and where it all comes from."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from ntm.i18n import Translator
from ntm.reports.map_sheet import MapSheet, about, statements
from ntm.reports.map_table import shown_table
from ntm.reports.values import is_year, plain_value

PROVENANCE = ("path", "sheet", "cell", "source_id")
"""Columns that lead from a row to the cell of the workbook that it was read from."""
_FIRST_ROW = 5
_WIDEST, _NARROWEST = 60, 9
_HEAD = PatternFill("solid", fgColor="E3E7EA")
_LINE = Border(bottom=Side(style="thin", color="5B6B76"))
_BOLD, _TITLE = Font(name="Calibri", bold=True), Font(name="Calibri", bold=True, size=14)
_WRAPPED = Alignment(wrap_text=True, vertical="top")


def workbook(sheet: MapSheet, t: Translator) -> bytes:
    """Return an XLSX of three sheets: the table with each unit's class, the legend with counts, the sources.

    Numbers are numbers and days are days; an unknown value is an empty cell, which the sheet says. Texts are never
    formulas, whatever they begin with.
    """
    book = Workbook()
    book.properties.title = sheet.title
    _data(book.active, sheet, t)
    _legend(book.create_sheet(t("export.sheet_legend")), sheet, t)
    _sources(book.create_sheet(t("export.sheet_sources")), sheet, t)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _data(page: Worksheet, sheet: MapSheet, t: Translator) -> None:
    page.title = t("export.sheet_table")
    for row, words in enumerate((sheet.title, " · ".join(statements(sheet, t)), t("export.empty_cells")), start=1):
        _put(page.cell(row, 1), words)
    page["A1"].font = _TITLE
    table, headings = shown_table(sheet, t)
    _table(page, _FIRST_ROW, list(headings.values()), table, t)
    last = f"{get_column_letter(len(headings))}{_FIRST_ROW + len(table)}"
    page.auto_filter.ref = f"A{_FIRST_ROW}:{last}"
    page.freeze_panes = page.cell(_FIRST_ROW + 1, 3 if "unit_code" in headings else 2)
    page.print_title_rows = f"{_FIRST_ROW}:{_FIRST_ROW}"


def _legend(page: Worksheet, sheet: MapSheet, t: Translator) -> None:
    _put(page["A1"], sheet.layer.title)
    page["A1"].font = _TITLE
    _put(page["A2"], sheet.layer.note)
    headings = [t("export.class"), t("export.color"), t("export.count")]
    rows = [(entry.label, t("export.hatched") if entry.hatched else "", entry.count) for entry in sheet.layer.classes]
    rows.append((t("export.units"), "", len(sheet.layer.units)))
    _table(page, 4, headings, pd.DataFrame(rows, columns=headings), t)
    for row, entry in enumerate(sheet.layer.classes, start=5):
        look = {"patternType": "lightUp" if entry.hatched else "solid"}
        color = f"FF{entry.color.removeprefix('#')}"
        page.cell(row, 2).fill = PatternFill(fgColor=color, **look)
    page.cell(page.max_row, 1).font = page.cell(page.max_row, 3).font = _BOLD


def _sources(page: Worksheet, sheet: MapSheet, t: Translator) -> None:
    said = about(sheet, t)
    _table(page, 1, [t("export.item"), t("export.content")], said, t)
    given = [column for column in PROVENANCE if column in sheet.table]
    if given:
        shown = [column for column in ("unit_code", "name") if column in sheet.table] + given
        rows = sheet.table[shown].drop_duplicates()
        _table(page, page.max_row + 2, [str(sheet.labels.get(column, column)) for column in shown], rows, t)


def _table(page: Worksheet, first_row: int, headings: Sequence[str], rows: pd.DataFrame, t: Translator) -> None:
    for place, heading in enumerate(headings, start=1):
        cell = page.cell(first_row, place)
        _put(cell, heading)
        cell.font, cell.fill, cell.border, cell.alignment = _BOLD, _HEAD, _LINE, _WRAPPED
    for number, row in enumerate(rows.itertuples(index=False, name=None), start=first_row + 1):
        for place, (column, value) in enumerate(zip(rows.columns, row, strict=True), start=1):
            _put(page.cell(number, place), plain_value(value, t), is_year(str(column)))
    for place, heading in enumerate(headings, start=1):
        texts = [_shown(page.cell(row, place)) for row in range(first_row + 1, page.max_row + 1)]
        letters = max([len(heading) // 2, *map(len, texts)], default=0)
        page.column_dimensions[get_column_letter(place)].width = min(max(letters + 3, _NARROWEST), _WIDEST)
    for number in range(first_row, page.max_row + 1):
        _fit_height(page, number, len(headings))
    page.page_setup.orientation, page.page_setup.fitToHeight = "landscape", 0
    page.sheet_properties.pageSetUpPr.fitToPage = True


def _fit_height(page: Worksheet, row: int, columns: int) -> None:
    """Give a row the height of its longest text: not every program finds it out by itself."""
    cells = [page.cell(row, place) for place in range(1, columns + 1)]
    widths = [page.column_dimensions[get_column_letter(place)].width for place in range(1, columns + 1)]
    lines = max(math.ceil((len(_shown(cell)) + 2) / width) for cell, width in zip(cells, widths, strict=True))
    if lines > 1:
        page.row_dimensions[row].height = 15 * lines
        for cell in cells:
            cell.alignment = _WRAPPED


def _put(cell: Cell, value: object, as_year: bool = False) -> None:
    """Fill a cell; text stays text, also when somebody edits the cell later."""
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
        cell.data_type = "s"
        cell.quotePrefix = value[:1] in tuple("=+-@")
        return
    cell.value = value
    if as_year:
        cell.number_format = "0"
    elif isinstance(value, date):
        cell.number_format = "dd/mm/yyyy"
    elif isinstance(value, int):
        cell.number_format = "#,##0"
    elif isinstance(value, (float, Decimal)):
        cell.number_format = "#,##0.##" if value % 1 else "#,##0"


def _shown(cell: Cell) -> str:
    return "" if cell.value is None else "00/00/0000" if isinstance(cell.value, date) else str(cell.value)
