"""An .ods workbook (OpenDocument) to grids, read in one pass over its XML.

A row or cell may be stated once for a million ('repeated'): only what holds something is put out, within the bounds of
a report. A formula without a result has neither a value nor a paragraph; an error is a text with a type of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import IO
from xml.etree.ElementTree import Element, ParseError, iterparse, parse
from zipfile import ZipFile

from etl.read.cells import Cells
from etl.read.grid import Grid, Merge, cell_name
from etl.read.limits import MAX_COLUMN, RefusedError, check_count, check_place
from etl.read.ods_cell import CELL_TAG, COVERED_TAG, add_cell, has_content
from etl.read.ods_styles import OFFICE, TABLE, OdsStyles
from etl.read.package import BROKEN_ZIP

_SPREADSHEET, _SHEET = f"{OFFICE}spreadsheet", f"{TABLE}table"
_ROW, _COLUMN = f"{TABLE}table-row", f"{TABLE}table-column"
_STYLE_PARTS = frozenset({f"{OFFICE}font-face-decls", f"{OFFICE}automatic-styles"})
_HIDDEN = frozenset({"collapse", "filter"})
_CELLS = frozenset({CELL_TAG, COVERED_TAG})


def read_ods(path: Path) -> list[Grid]:
    """Return the sheets of a workbook. Raises RefusedError; OSError when the file cannot be read at all."""
    styles = OdsStyles()
    try:
        with ZipFile(path) as archive:
            if "styles.xml" in archive.namelist():
                with archive.open("styles.xml") as part:
                    styles.add(parse(part).getroot())  # noqa: S314 - a part with entities was refused before
            with archive.open("content.xml") as part:
                return list(_read_sheets(part, styles))
    except (ParseError, KeyError, ValueError, *BROKEN_ZIP) as error:
        raise RefusedError("FILE_NOT_WORKBOOK", reason=str(error)) from error


def _read_sheets(part: IO[bytes], styles: OdsStyles) -> Iterator[Grid]:
    above: list[str] = []
    sheet: _Sheet | None = None
    for event, element in iterparse(part, ("start", "end")):  # noqa: S314 - as above
        if event == "start":
            if element.tag == _SHEET and above[-1:] == [_SPREADSHEET]:
                sheet = _Sheet(element, styles)
            elif element.tag == _COLUMN and sheet and above.count(_SHEET) == 1:
                sheet.add_column(element)
            above.append(element.tag)
            continue
        above.pop()
        if element.tag in _STYLE_PARTS:
            styles.add(element)
        elif element.tag == _ROW and sheet and above.count(_SHEET) == 1:
            sheet.add_row(element)
            element.clear()
        elif element.tag == _SHEET and sheet and above[-1:] == [_SPREADSHEET]:
            yield sheet.grid()
            sheet = None


class _Sheet:
    """One sheet while its columns and rows come in."""

    def __init__(self, element: Element, styles: OdsStyles) -> None:
        self._name = element.get(f"{TABLE}name", "")
        self._is_hidden = styles.is_hidden_table(element.get(f"{TABLE}style-name", ""))
        self._styles = styles
        self._cells = Cells()
        self._merges: list[Merge] = []
        self._row = self._count = 0
        self._column_styles: list[str] = []
        self._hidden_columns: list[int] = []
        self._hidden_rows: list[int] = []

    def add_column(self, element: Element) -> None:
        """Take in a column, or a stretch of equal ones."""
        first = len(self._column_styles) + 1
        count = min(_repeated(element, "columns"), MAX_COLUMN - first + 1)
        self._column_styles += [element.get(f"{TABLE}default-cell-style-name", "")] * count
        if element.get(f"{TABLE}visibility") in _HIDDEN:
            self._hidden_columns += range(first, first + count)

    def add_row(self, element: Element) -> None:
        """Take in a row, or a stretch of equal ones. Raises RefusedError."""
        top, self._row = self._row + 1, self._row + _repeated(element, "rows")
        column = 0
        is_filled = False
        for cell in element:
            if cell.tag not in _CELLS:
                continue
            left, column = column + 1, column + _repeated(cell, "columns")
            self._add_merge(cell, top, left)
            if has_content(cell):
                is_filled = True
                check_place(self._row, column, cell_name(self._row, column))
                self._count += (self._row - top + 1) * (column - left + 1)
                check_count(self._count)
                style = cell.get(f"{TABLE}style-name") or element.get(f"{TABLE}default-cell-style-name")
                for row in range(top, self._row + 1):
                    for place in range(left, column + 1):
                        add_cell(self._cells, (row, place), cell, self._styles, style or self._column_style(place))
        if is_filled and element.get(f"{TABLE}visibility") in _HIDDEN:
            self._hidden_rows += range(top, self._row + 1)

    def _column_style(self, column: int) -> str:
        return self._column_styles[column - 1] if column <= len(self._column_styles) else ""

    def _add_merge(self, cell: Element, top: int, left: int) -> None:
        height, width = _number(cell, "number-rows-spanned"), _number(cell, "number-columns-spanned")
        if height > 1 or width > 1:
            merge = Merge(top, left, top + height - 1, left + width - 1)
            check_place(merge.bottom, merge.right, cell_name(merge.bottom, min(merge.right, MAX_COLUMN + 1)))
            self._merges.append(merge)

    def grid(self) -> Grid:
        """Return the grid of what came in."""
        return self._cells.grid(
            self._name,
            merges=self._merges,
            hidden_rows=self._hidden_rows,
            hidden_columns=self._hidden_columns,
            is_hidden=self._is_hidden,
        )


def _repeated(element: Element, what: str) -> int:
    return _number(element, f"number-{what}-repeated")


def _number(element: Element, attribute: str) -> int:
    return max(1, int(element.get(f"{TABLE}{attribute}", "1")))
