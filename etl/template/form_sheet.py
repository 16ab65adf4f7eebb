"""The sheet of a template, written from top to bottom: letterhead, title block, headings, body, legend, signatures."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from math import ceil

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.worksheet import Worksheet

from etl.template.styles import draw

_LINE = 17  # points of a line of 12-point text
_NARROWEST = 135  # characters: what fills an A4 page laid sideways
_UPRIGHT_BELOW = 8
_UPRIGHT_LONG = 60  # letters
_UPRIGHT_HEIGHTS = {"heading-upright": 130, "heading-upright-small": 250}
_STRETCHED = 1.5
_WIDEST = 180  # characters: what an A4 page laid sideways holds before print is too small to read
_WIDEST_LARGE = 300  # the same of A3; a wider table goes over several pages, names on each
_PRESSED, _PRESSED_BELOW = 0.65, 20  # how far columns of figures may be narrowed, and which are those
_PAPER = {False: Worksheet.PAPERSIZE_A4, True: Worksheet.PAPERSIZE_A3}
_BOLD, _CAPITALS = 1.2, 1.7  # widths of letters of bold 12 to 14 points, in characters of a column's width


class FormSheet:
    """One sheet; every method writes at `row` and moves it on."""

    def __init__(self, book: Workbook, sheet: Worksheet, widths: Sequence[float]) -> None:
        self.book = book
        self.sheet = sheet
        self.widths = _fitted(widths)
        self.last = len(widths)
        self.row = 1
        for column, width in enumerate(self.widths, start=1):
            sheet.column_dimensions[get_column_letter(column)].width = width
        sheet.sheet_view.showGridLines = False
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = _PAPER[sum(self.widths) > _WIDEST]
        sheet.page_setup.fitToHeight = 0
        pages = ceil(sum(self.widths) / _WIDEST_LARGE)
        sheet.page_setup.fitToWidth = pages
        self.page_last = self.last
        if pages > 1:
            sheet.print_title_cols = "A:B"
            self.page_last = _columns_within(self.widths, sum(self.widths) / pages)
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.print_options.horizontalCentered = True
        sheet.page_margins = PageMargins(left=0.5, right=0.4, top=0.6, bottom=0.7, footer=0.3)
        sheet.oddFooter.right.text = "Trang &P/&N"

    @property
    def middle(self) -> int:
        """The last column of the first page's left half, by width; at least one column is left for the right half."""
        page = self.widths[: self.page_last]
        return min(_columns_within(page, sum(page) / 2) + 1, self.page_last - 1)

    def halves(self, left: str, right: str, look_left: str, look_right: str) -> None:
        """Write a line in two halves, as letterheads and signatures stand."""
        self._across(left, 1, self.middle, look_left)
        self._across(right, self.middle + 1, self.page_last, look_right)
        self.sheet.row_dimensions[self.row].height = _LINE + 2
        self.row += 1

    def line(self, text: str, look: str) -> None:
        """Write a text over the width of the first page."""
        self._across(text, 1, self.page_last, look)
        lines = _lines(text, sum(self.widths[: self.page_last]))
        self.sheet.row_dimensions[self.row].height = lines * _LINE + 4
        self.row += 1

    def space(self, rows: int = 1) -> None:
        self.row += rows

    def headings(self, paths: Sequence[tuple[str, ...]], numbering: Sequence[str]) -> list[str]:
        """Write the merged headings and the numbering row; return the cell of each column's own heading."""
        top, depth = self.row, max(map(len, paths))
        cells = []
        for column, path in enumerate(paths, start=1):
            is_upright = self.widths[column - 1] < _UPRIGHT_BELOW and len(path[-1]) > self.widths[column - 1]
            for level in range(depth):
                look = _upright_look(path[-1]) if is_upright and level >= len(path) - 1 else "heading"
                draw(self.book, self.sheet.cell(top + level, column), look)
            self._merge(top + len(path) - 1, column, top + depth - 1, column)
            self._head(top + len(path) - 1, column, path[-1], self.widths[column - 1], is_upright, depth - len(path))
            cells.append(self.sheet.cell(top + len(path) - 1, column).coordinate)
        for level in range(depth - 1):
            self._head_groups(paths, top, level)
        for column, text in enumerate(numbering, start=1):
            cell = self.sheet.cell(top + depth, column, text)
            draw(self.book, cell, "numbering")
        self.sheet.print_title_rows = f"{top}:{top + depth}"
        self.row = top + depth + 1
        return cells

    def body(self, values: Sequence[object], aligns: Sequence[str], formats: Sequence[str], look: str) -> None:
        """Write one ruled row; columns without a value stay empty."""
        for column, (align, number_format) in enumerate(zip(aligns, formats, strict=True), start=1):
            cell = self.sheet.cell(self.row, column)
            draw(self.book, cell, look, align=align, number_format=number_format)
            if column <= len(values) and values[column - 1] is not None:
                cell.value = values[column - 1]
        lines = [
            ceil(len(value) / width)
            for value, width in zip(values, self.widths, strict=False)
            if isinstance(value, str)
        ]
        self.sheet.row_dimensions[self.row].height = max([*lines, 1]) * _LINE + 3
        self.row += 1

    def _head_groups(self, paths: Sequence[tuple[str, ...]], top: int, level: int) -> None:
        """Merge the headings of one level over the neighbours that share them."""
        first = 0
        while first < self.last:
            path, end = paths[first], first + 1
            if len(path) > level + 1:
                while end < self.last and paths[end][: level + 1] == path[: level + 1] and len(paths[end]) > level + 1:
                    end += 1
                self._merge(top + level, first + 1, top + level, end)
                self._head(top + level, first + 1, path[level], sum(self.widths[first:end]), False, 0)
            first = end

    def _head(self, row: int, column: int, text: str, width: float, is_upright: bool, spare: int) -> None:
        """Write a heading and make its row high enough: not every program fits the height when it opens a file."""
        self.sheet.cell(row, column).value = int(text) if text.isdigit() else text
        upright = _UPRIGHT_HEIGHTS[_upright_look(text)]
        needed = upright if is_upright else (max(_lines(text, width) - spare, 1) * _LINE + 4)
        dimension = self.sheet.row_dimensions[row + spare]
        dimension.height = max(dimension.height or 0, needed)

    def _across(self, text: str, first: int, last: int, look: str) -> None:
        for column in range(first, last + 1):
            draw(self.book, self.sheet.cell(self.row, column), look)
        self.sheet.cell(self.row, first).value = text or None
        self._merge(self.row, first, self.row, last)

    def _merge(self, top: int, left: int, bottom: int, right: int) -> None:
        if (top, left) != (bottom, right):
            self.sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)


def _columns_within(widths: Sequence[float], limit: float) -> int:
    """Return how many columns from the left lie within a width."""
    return sum(reached <= limit for reached in accumulate(widths))


def _upright_look(text: str) -> str:
    """Return how an upright heading looks; a long one is small, so that its lines fit beside each other."""
    return "heading-upright-small" if len(text) > _UPRIGHT_LONG else "heading-upright"


def _lines(text: str, width: float) -> int:
    """Return how many lines a bold text takes, word by word; capitals are wider."""
    lines, used = 1, 0.0
    for word in text.split():
        needed = len(word) * (_CAPITALS if word.isupper() else _BOLD)
        if used and used + needed > width:
            lines, used = lines + 1, 0.0
        used += needed + 1
    return lines


def _fitted(widths: Sequence[float]) -> list[float]:
    """Return widths that fill a page: columns of figures of a wide table are narrowed, a narrow table is stretched."""
    figures = sum(width for width in widths if _UPRIGHT_BELOW <= width < _PRESSED_BELOW)
    surplus = sum(widths) - _WIDEST
    if surplus > 0 and figures:
        factor = max(1 - surplus / figures, _PRESSED)
        return [width * factor if _UPRIGHT_BELOW <= width < _PRESSED_BELOW else width for width in widths]
    missing = _NARROWEST - sum(widths)
    wide = [width for width in widths if width >= _UPRIGHT_BELOW]
    if missing <= 0 or not wide:
        return list(widths)
    factor = 1 + missing / sum(wide)
    return [width * min(factor, _STRETCHED) if width >= _UPRIGHT_BELOW else width for width in widths]
