"""A worksheet written from top to bottom the way Vietnamese offices lay out a report form.

The shape (organisation and national blocks, form number, title, cut-off line, merged header, numbering row,
legend, signatures) is common clerical practice; no circular prescribes one form for 2021-2023.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.worksheet import Worksheet

from etl.sample.styles import Value, named_style, number_format

ILLUSTRATIVE = "SỐ LIỆU MINH HOẠ"
ORGANISATION = ("BAN CHỈ ĐẠO CÁC CHƯƠNG TRÌNH MTQG TỈNH HẬU GIANG", "VĂN PHÒNG ĐIỀU PHỐI NÔNG THÔN MỚI")
MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
LINE = 15  # points


@dataclass(frozen=True)
class Column:
    """A column of a form; with children, a merged heading over them.

    number is the text of the numbering row, '(n)' if empty; number_format that of whole numbers.
    """

    label: str | int
    width: float = 10
    children: tuple[Column, ...] = ()
    align: str = "center"
    vertical: bool = False
    number: str = ""
    number_format: str = "0"

    @property
    def leaves(self) -> tuple[Column, ...]:
        """The columns that hold values."""
        return tuple(leaf for child in self.children for leaf in child.leaves) or (self,)

    @property
    def depth(self) -> int:
        """Header rows that the column needs."""
        return 1 + max((child.depth for child in self.children), default=0)


class Form:
    """One sheet of a workbook; every method writes at next_row and moves it on."""

    def __init__(self, workbook: Workbook, name: str, columns: Sequence[Column]) -> None:
        self.workbook = workbook
        self.sheet: Worksheet = workbook.create_sheet(name)
        self.columns = tuple(columns)
        self.leaves = tuple(leaf for column in columns for leaf in column.leaves)
        self.width = len(self.leaves)
        self.next_row = 1
        for number, leaf in enumerate(self.leaves, start=1):
            self.sheet.column_dimensions[get_column_letter(number)].width = leaf.width
        self.sheet.page_setup.orientation = "landscape"
        self.sheet.page_setup.paperSize = self.sheet.PAPERSIZE_A4
        self.sheet.page_setup.fitToHeight = 0
        self.sheet.sheet_properties.pageSetUpPr.fitToPage = True
        self.sheet.print_options.horizontalCentered = True
        self.sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.5)

    def title_block(
        self,
        form_number: str,
        titles: Sequence[str],
        notes: Sequence[str],
        illustrative: bool,
        unit: str = "",
    ) -> None:
        """Everything above the header: titles in bold, notes in italics, the unit of measure at the right."""
        split = self._halfway()
        for left, right in zip(ORGANISATION, MOTTO, strict=True):
            underline = left == ORGANISATION[-1]
            self._merged(left, 1, split, "underlined" if underline else "plain")
            self._merged(right, split + 1, self.width, "underlined" if underline else "strong")
            self.next_row += 1
        self.banner(form_number, "right")
        for title in titles:
            self.banner(title, "title")
        for note in notes:
            self.banner(note, "note")
        if illustrative:
            self.banner(f"{ILLUSTRATIVE} (không phải số liệu báo cáo chính thức)", "warning")
        if unit:
            self.banner(unit, "right")

    def header(self) -> None:
        """The merged header and the numbering row; freezes what is above and left of the values."""
        self.sheet.row_dimensions[self.next_row].height = 6
        depth, top = max(column.depth for column in self.columns), self.next_row + 1
        first = 1
        for column in self.columns:
            first += self._heading(column, top, first, depth)
        if any(leaf.vertical for leaf in self.leaves):
            self.sheet.row_dimensions[top + depth - 1].height = 125
        self.next_row = top + depth
        for number, leaf in enumerate(self.leaves, start=1):
            self._write(self.next_row, number, leaf.number or f"({number})", "numbering")
        self.sheet.print_title_rows = f"{top}:{self.next_row}"
        self.next_row += 1
        self.sheet.freeze_panes = self.sheet.cell(self.next_row, 3)

    def row(self, values: Sequence[Value], bold: bool = False, shade: bool = False, label_span: int = 1) -> int:
        """One value for each leaf column, the first label_span cells merged. Returns the row's number."""
        written = self.next_row
        for number, (leaf, value) in enumerate(zip(self.leaves, values, strict=True), start=1):
            kind = "body" + ("-bold" if bold else "") + ("-shade" if shade else "")
            self._write(written, number, value, f"{kind}-{leaf.align}", number_format(value, leaf.number_format))
            if number > label_span:
                self._fit(written, value, leaf.width)
        if label_span > 1:
            self.sheet.merge_cells(start_row=written, end_row=written, start_column=1, end_column=label_span)
        self.next_row += 1
        return written

    def banner(self, text: str, kind: str) -> None:
        """A text merged over the whole width."""
        self._merged(text, 1, self.width, kind)
        self.next_row += 1

    def merge_down(self, column: int, first: int, last: int) -> None:
        """Merge the cells of one column over some rows already written."""
        if last > first:
            self.sheet.merge_cells(start_row=first, end_row=last, start_column=column, end_column=column)

    def signatures(self, year: int) -> None:
        """Place and date left open, as in the published documents, and the two signatories."""
        split = self._halfway()
        self.next_row += 1
        self._merged(f"Hậu Giang, ngày     tháng     năm {year}", split + 1, self.width, "note")
        self.next_row += 1
        for left, right, kind in (
            ("NGƯỜI LẬP BIỂU", "CHÁNH VĂN PHÒNG", "strong"),
            ("(Ký, ghi rõ họ tên)", "(Ký tên, đóng dấu)", "note"),
        ):
            self._merged(left, 1, split, kind)
            self._merged(right, split + 1, self.width, kind)
            self.next_row += 1

    def _heading(self, column: Column, row: int, first: int, depth: int) -> int:
        last, last_row = first + len(column.leaves) - 1, row if column.children else row + depth - 1
        for r in range(row, last_row + 1):
            for c in range(first, last + 1):
                self._write(r, c, None, "header-vertical" if column.vertical else "header")
        self.sheet.cell(row, first).value = column.label
        if not column.vertical:
            self._fit(last_row, column.label, sum(leaf.width for leaf in column.leaves), spare=last_row - row)
        if last > first or last_row > row:
            self.sheet.merge_cells(start_row=row, end_row=last_row, start_column=first, end_column=last)
        for child in column.children:
            first += self._heading(child, row + 1, first, depth - 1)
        return len(column.leaves)

    def _halfway(self) -> int:
        """The last column of the left half, by width."""
        total, reached = sum(leaf.width for leaf in self.leaves), 0.0
        for number, leaf in enumerate(self.leaves, start=1):
            reached += leaf.width
            if reached >= total / 2:
                return min(number, self.width - 1)
        raise ValueError("a form has at least two columns")

    def _merged(self, text: str, first: int, last: int, kind: str) -> None:
        self._write(self.next_row, first, text, kind)
        self.sheet.merge_cells(start_row=self.next_row, end_row=self.next_row, start_column=first, end_column=last)

    def _fit(self, row: int, value: Value, width: float, spare: int = 0) -> None:
        """Make the row high enough for wrapped text; spare rows above it take some of the lines.

        Written out because not every program fits the height by itself when it opens a file.
        """
        lines = ceil(len(str(value)) / (1.05 * width)) - spare
        if lines > 1 and isinstance(value, str):
            dimension = self.sheet.row_dimensions[row]
            dimension.height = max(dimension.height or 0, lines * LINE)

    def _write(self, row: int, column: int, value: Value, kind: str, cell_format: str = "General") -> None:
        name = f"{kind} {cell_format}"
        if name not in self.workbook.named_styles:
            self.workbook.add_named_style(named_style(name, kind, cell_format))
        cell = self.sheet.cell(row, column)
        cell.value = value
        cell.style = name


def day_text(day: date) -> str:
    """A date as clerks write it: 30/6/2022, 08/3/2022."""
    return f"{day.day:02}/{day.month}/{day.year}" if day.month > 2 else f"{day:%d/%m/%Y}"
