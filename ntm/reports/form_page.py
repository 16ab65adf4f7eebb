"""A sheet in the layout of a form, written from top to bottom: title, merged headings, body, blank signatures.

Formulas are written with their results: a program that does not calculate reads the same figures as Excel.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook

from ntm.reports.sheet_text import write_text

_LINE = 17  # points of a line of 12-point text
_FRAME = {"border": 1, "bg_color": "#EAF1F8", "bold": True}
_BODY = {"top": 4, "bottom": 4, "left": 1, "right": 1}
_LOOKS: Mapping[str, Mapping[str, Any]] = {
    "plain": {"font_size": 13, "align": "center"},
    "bold": {"font_size": 13, "bold": True, "align": "center"},
    "motto": {"font_size": 13, "bold": True, "underline": 1, "align": "center"},
    "title": {"font_size": 14, "bold": True, "align": "center"},
    "remark": {"font_size": 13, "italic": True, "align": "center"},
    "warning": {"font_size": 13, "bold": True, "align": "center", "font_color": "#C00000"},
    "right": {"font_size": 12, "italic": True, "align": "right"},
    "note": {"font_size": 12, "italic": True, "align": "left"},
    "caption": {"font_size": 13, "bold": True, "align": "left"},
    "heading": {"font_size": 12, "align": "center", **_FRAME},
    "numbering": {"font_size": 10, "italic": True, "align": "center", "border": 1},
    "body": {"font_size": 12, **_BODY},
    "group": {"font_size": 12, "bold": True, "bg_color": "#F4F6F8", **_BODY},
}
_SIGNATURES = (("", "……………, ngày …… tháng …… năm 20……", "remark"), ("NGƯỜI LẬP BIỂU", "THỦ TRƯỞNG CƠ QUAN", "bold"),
               ("(Ký, ghi rõ họ tên)", "(Ký tên, đóng dấu)", "remark"))  # fmt: skip
_NUMBERS = {"money": "#,##0", "money.": "#,##0.0#####", "rate": "0.00", "text": "@"}
_ALIGNS = {"text": "left", "center": "center", "money": "right", "money.": "right", "rate": "right"}
_MIXED, _CAPITALS = 0.95, 1.2  # widths of letters of 12 points in characters of a column's width
_DIGIT, _MARK, _FRINGE = 1.2, 0.6, 2.5  # of bold digits and the marks between them, of a cell's indent and padding

Place = tuple[int, int]


@dataclass(frozen=True)
class Formula:
    """A formula with its result; `{}` in the text stand for the cells at `parts` (row, column of the sheet)."""

    text: str
    parts: tuple[Place, ...]
    value: Decimal | str


def money_width(amounts: Iterable[Decimal]) -> float:
    """Return the width, in characters, of a column in which the widest of some amounts stands whole, also in bold."""
    texts = [f"{amount:,.6f}".rstrip("0").removesuffix(".") for amount in amounts] or ["0"]
    return max(sum(_DIGIT if sign.isdigit() else _MARK for sign in text) for text in texts) + _FRINGE


def total(parts: Sequence[Place], value: Decimal) -> Formula:
    """Return the sum of some cells: of a range where they stand beside each other."""
    first, last = parts[0], parts[-1]
    rows, columns = {row for row, _ in parts}, {column for _, column in parts}
    is_range = min(len(rows), len(columns)) == 1 and len(parts) == max(last[0] - first[0], last[1] - first[1]) + 1
    if is_range and len(parts) > 1:
        return Formula("=SUM({}:{})", (first, last), value)
    return Formula(f"=SUM({','.join('{}' for _ in parts)})", tuple(parts), value)


Cell = str | int | Decimal | Formula | None


class FormPage:
    """One sheet; every method writes at `row` (from 0) and moves it on. `kinds`: 'text', 'center', 'money', 'rate'."""

    def __init__(
        self, book: Workbook, name: str, widths: Sequence[float], *, on_one_page: bool = False, is_upright: bool = False
    ) -> None:
        self.sheet = book.add_worksheet(name)
        self.widths = widths
        self.last = len(widths) - 1
        self.row = 0
        self._book = book
        self._formats: dict[tuple[str, str], Format] = {}
        for column, width in enumerate(widths):
            self.sheet.set_column(column, column, width)
        self.sheet.hide_gridlines(2)
        if not is_upright:
            self.sheet.set_landscape()
        self.sheet.set_paper(9)  # A4: few offices print on anything else
        self.sheet.fit_to_pages(1, 1 if on_one_page else 0)
        self.sheet.center_horizontally()
        self.sheet.set_margins(left=0.4, right=0.3, top=0.5, bottom=0.6)
        self.sheet.set_footer("&RTrang &P/&N")

    def line(self, text: str, look: str) -> None:
        """Write a text over the sheet's width."""
        self._across(text, 0, self.last, look)
        size = _LOOKS[look]["font_size"] / 12
        self.sheet.set_row(self.row, _lines(text, sum(self.widths) / size) * _LINE * size + 4)
        self.row += 1

    def halves(self, left: str, right: str, look_left: str, look_right: str) -> None:
        """Write a line in two halves, as letterheads and signatures stand."""
        reached, middle = 0.0, 0
        while middle < self.last - 1 and reached + self.widths[middle] <= sum(self.widths) / 2:
            reached += self.widths[middle]
            middle += 1
        self._across(left, 0, max(middle - 1, 0), look_left)
        self._across(right, max(middle, 1), self.last, look_right)
        self.sheet.set_row(self.row, _LINE + 3)
        self.row += 1

    def space(self, rows: int = 1) -> None:
        self.row += rows

    def headings(self, paths: Sequence[tuple[str, ...]]) -> None:
        """Write the headings, merged where neighbours share a part of their paths, and the numbering row."""
        depth = max(map(len, paths))
        for level in range(depth):
            self.sheet.set_row(self.row + level, 2 * _LINE)
            first = 0
            while first <= self.last:
                path, end = paths[first], first + 1
                if len(path) > level:
                    is_lowest = len(path) == level + 1
                    while not is_lowest and end <= self.last and paths[end][: level + 1] == path[: level + 1]:
                        end += 1
                    bottom = self.row + (depth - 1 if is_lowest else level)
                    self._merge(self.row + level, first, bottom, end - 1, path[level], self._look("heading"))
                first = end
        self.row += depth
        for column in range(self.last + 1):
            self.sheet.write_string(self.row, column, f"({column + 1})", self._look("numbering"))
        self.sheet.repeat_rows(self.row - depth, self.row)
        self.row += 1
        self.sheet.freeze_panes(self.row, min(2, self.last))

    def body(self, cells: Sequence[Cell], kinds: Sequence[str], look: str = "body") -> None:
        """Write one ruled row, of the sheet's first columns; what is None stays empty."""
        for column, (cell, kind) in enumerate(zip(cells, kinds, strict=True)):
            style = self._look(look, kind + "." if kind == "money" and _has_decimals(cell) else kind)
            if cell is None:
                self.sheet.write_blank(self.row, column, None, style)
            elif isinstance(cell, Formula):
                text = cell.text.format(*(xl_rowcol_to_cell(*place) for place in cell.parts))
                value = cell.value if isinstance(cell.value, str) else float(cell.value)
                self.sheet.write_formula(self.row, column, text, style, value)
            elif isinstance(cell, str):
                write_text(self.sheet, self.row, column, cell, style)
            else:
                self.sheet.write_number(self.row, column, float(cell), style)
        texts = zip(cells, self.widths, strict=False)
        lines = max(_lines(cell, width) if isinstance(cell, str) else 1 for cell, width in texts)
        self.sheet.set_row(self.row, lines * _LINE + 3)
        self.row += 1

    def signatures(self) -> None:
        """Write the block that people sign in, blank."""
        self.space()
        for left, right, look in _SIGNATURES:
            self.halves(left, right, look, look)
        self.space(3)

    def _across(self, text: str, first: int, last: int, look: str) -> None:
        self._merge(self.row, first, self.row, last, text, self._look(look))

    def _merge(self, top: int, left: int, bottom: int, right: int, text: str, style: Format) -> None:
        if (top, left) == (bottom, right):
            write_text(self.sheet, top, left, text, style)
        else:
            self.sheet.merge_range(top, left, bottom, right, "", style)
            write_text(self.sheet, top, left, text, style)

    def _look(self, look: str, kind: str = "") -> Format:
        if (look, kind) not in self._formats:
            values = {"font_name": "Times New Roman", "valign": "vcenter", "text_wrap": True, **_LOOKS[look]}
            if kind:
                values |= {"align": _ALIGNS[kind], "indent": int(kind != "center")}
                values["num_format"] = _NUMBERS.get(kind, "General")
                # A number that wraps loses its indent in LibreOffice.
                values["text_wrap"] = kind in ("text", "center")
            self._formats[look, kind] = self._book.add_format(values)
        return self._formats[look, kind]


def _lines(text: str, width: float) -> int:
    return max(1, ceil((_CAPITALS if text.isupper() else _MIXED) * len(text) / width))


def _has_decimals(cell: Cell) -> bool:
    value = cell.value if isinstance(cell, Formula) else cell
    return isinstance(value, Decimal) and value != value.to_integral_value()
