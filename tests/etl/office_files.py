"""Workbooks saved in other formats than .xlsx, by writers that share no code with the readers."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import datetime
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import xlwt
from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.cell.rich_text import CellRichText
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet.worksheet import Worksheet

ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        "office": "office",
        "table": "table",
        "text": "text",
        "style": "style",
        "number": "datastyle",
        "fo": "xsl-fo-compatible",
    }.items()
)
_CALC = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
_ODS_DATES = {
    "dd/mm/yyyy": '<number:day number:style="long"/><number:text>/</number:text><number:month number:style="long"/>'
    '<number:text>/</number:text><number:year number:style="long"/>',
    "d-mmm": '<number:day/><number:text>-</number:text><number:month number:textual="true"/>',
}


def save_as(book: Workbook, path: Path) -> Path:
    """Save a workbook in the format that the path's suffix names. A .csv has its first sheet alone."""
    match path.suffix:
        case ".xls":
            _save_xls(book, path)
        case ".ods":
            save_ods(path, ods_content(book))
        case ".csv":
            path.write_text(csv_text(book.active), encoding="utf-8")
        case _:
            book.save(path)
    return path


def _save_xls(book: Workbook, path: Path) -> None:
    written = xlwt.Workbook(encoding="utf-8")
    for sheet in book.worksheets:
        target = written.add_sheet(sheet.title)
        target.visibility = 0 if sheet.sheet_state == "visible" else 1
        for number, size in sheet.row_dimensions.items():
            target.row(number - 1).hidden = bool(size.hidden)
        for column in _hidden_columns(sheet):
            target.col(column - 1).hidden = True
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    _write_xls_cell(target, cell)
        for merge in sheet.merged_cells.ranges:
            target.merge(merge.min_row - 1, merge.max_row - 1, merge.min_col - 1, merge.max_col - 1)
    written.save(str(path))


def _hidden_columns(sheet: Worksheet) -> set[int]:
    return {column_index_from_string(letter) for letter, size in sheet.column_dimensions.items() if size.hidden}


def _write_xls_cell(target: xlwt.Worksheet, cell: Cell) -> None:
    style = xlwt.XFStyle()
    style.num_format_str = cell.number_format
    style.font.name = cell.font.name
    row, column = cell.row - 1, cell.column - 1
    if cell.data_type == "f":
        target.write(row, column, xlwt.Formula(str(cell.value)[1:]), style)
    elif cell.data_type == "e":
        target.row(row).set_cell_error(column, cell.value, style)
    elif isinstance(cell.value, CellRichText):
        parts = [(str(part), xlwt.easyfont(f"name {_font_of(part, cell)}")) for part in cell.value]
        target.write_rich_text(row, column, parts, style)
    else:
        target.write(row, column, cell.value, style)


def _font_of(part: object, cell: Cell) -> str:
    return str(part.font.rFont if hasattr(part, "font") else cell.font.name)


def csv_text(sheet: Worksheet, delimiter: str = ";") -> str:
    """Return a sheet as Excel writes it to .csv: numbers as they show, empty cells between delimiters."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    for row in sheet.iter_rows():
        writer.writerow(["" if cell.value is None else _shown(cell) for cell in row])
    return text.getvalue()


def _shown(cell: Cell) -> str:
    if isinstance(cell.value, datetime):
        return f"{cell.value:%d/%m/%Y}"
    return str(cell.value).replace(".", ",") if isinstance(cell.value, float) else str(cell.value)


def save_ods(path: Path, content: str, **parts: str) -> None:
    """Write an OpenDocument package with the content of its spreadsheet, and further parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", ODS_TYPE, zipfile.ZIP_STORED)
        archive.writestr("content.xml", content)
        for name, text in parts.items():
            archive.writestr(name, text)


def ods_content(book: Workbook) -> str:
    """Return the content.xml of a workbook: a style for each font and number format, empty stretches repeated."""
    styles: dict[str, str] = {}
    sheets = "".join(_ods_sheet(sheet, styles) for sheet in book.worksheets)
    return ods_document(sheets, "".join(styles.values()))


def ods_document(sheets: str, styles: str = "") -> str:
    """Return a content.xml with sheets and styles given as XML."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_NAMESPACES} {_CALC}>'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{sheets}</office:spreadsheet></office:body></office:document-content>"
    )


def _ods_sheet(sheet: Worksheet, styles: dict[str, str]) -> str:
    display = "true" if sheet.sheet_state == "visible" else "false"
    table_style = f"ta{display}"
    styles[table_style] = (
        f'<style:style style:name="{table_style}" style:family="table">'
        f'<style:table-properties table:display="{display}"/></style:style>'
    )
    hidden = _hidden_columns(sheet)
    columns = "".join(
        f"<table:table-column{_collapsed(number in hidden)}/>" for number in range(1, sheet.max_column + 1)
    )
    rows = "".join(
        f"<table:table-row{_collapsed(sheet.row_dimensions[row[0].row].hidden)}>"
        f"{''.join(_ods_cell(sheet, cell, styles) for cell in row)}"
        '<table:table-cell table:number-columns-repeated="16000"/></table:table-row>'
        for row in sheet.iter_rows()
    )
    rest = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
    name = quoteattr(sheet.title)
    return f'<table:table table:name={name} table:style-name="{table_style}">{columns}{rows}{rest}</table:table>'


def _collapsed(hidden: bool | None) -> str:
    return ' table:visibility="collapse"' if hidden else ""


def _ods_cell(sheet: Worksheet, cell: Cell | MergedCell, styles: dict[str, str]) -> str:
    if isinstance(cell, MergedCell):
        return "<table:covered-table-cell/>"
    spans = "".join(
        f' table:number-rows-spanned="{merge.size["rows"]}" table:number-columns-spanned="{merge.size["columns"]}"'
        for merge in sheet.merged_cells.ranges
        if merge.start_cell.coordinate == cell.coordinate
    )
    if cell.value is None:
        return f"<table:table-cell{spans}/>"
    style = f' table:style-name="{_ods_style(cell, styles)}"'
    return f"<table:table-cell{style}{spans}{_ods_value(cell)}</table:table-cell>"


def _ods_style(cell: Cell, styles: dict[str, str]) -> str:
    written = _ODS_DATES.get(cell.number_format, "")
    data = f"N{sorted(_ODS_DATES).index(cell.number_format)}" if written else ""
    if written:
        styles[data] = f'<number:date-style style:name="{data}">{written}</number:date-style>'
    name = f"ce-{cell.font.name}-{data}".replace(" ", "_20_")
    data_style = f' style:data-style-name="{data}"' if data else ""
    styles[name] = (
        f'<style:style style:name="{name}" style:family="table-cell"{data_style}>'
        f'<style:text-properties style:font-name="{cell.font.name}"/></style:style>'
    )
    for part in cell.value if isinstance(cell.value, CellRichText) else ():
        font = _font_of(part, cell)
        styles[f"T-{font}"] = (
            f'<style:style style:name="T-{font}" style:family="text">'
            f'<style:text-properties fo:font-family="{font}"/></style:style>'
        )
    return name


def _ods_value(cell: Cell) -> str:
    value = cell.value
    if cell.data_type == "f":
        return f" table:formula={quoteattr(f'of:{value}')}>"
    if cell.data_type == "e":
        shown = f"<text:p>{value}</text:p>"
        return f' office:value-type="string" office:string-value="" calcext:value-type="error">{shown}'
    if isinstance(value, CellRichText):
        spans = "".join(
            f'<text:span text:style-name="T-{_font_of(p, cell)}">{escape(str(p))}</text:span>' for p in value
        )
        return f' office:value-type="string"><text:p>{spans}</text:p>'
    if isinstance(value, bool):
        return f' office:value-type="boolean" office:boolean-value="{str(value).lower()}"><text:p>.</text:p>'
    if isinstance(value, int | float):
        kind = "percentage" if "%" in cell.number_format else "float"
        return f' office:value-type="{kind}" office:value="{value!r}"><text:p>{value}</text:p>'
    if isinstance(value, datetime):
        return f' office:value-type="date" office:date-value="{value:%Y-%m-%d}"><text:p>{value:%d/%m}</text:p>'
    paragraphs = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(value).split("\n"))
    return f' office:value-type="string">{paragraphs}'
