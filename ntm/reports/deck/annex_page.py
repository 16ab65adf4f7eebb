"""One sheet of the annex: texts stay texts, numbers are numbers, the head stays and prints on each page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook

from ntm.formatting import Format as Spoken
from ntm.reports.deck.model import Figure
from ntm.reports.deck.plain_text import plain
from ntm.reports.sheet_text import write_text

Place = tuple[int, int]
LONGEST = 32_767
"""Letters that a cell of a workbook may hold."""
LAST_ROW = 1_048_576
_LINE = 16  # points of a line of 11-point text
_HIGHEST = 400  # points; Excel refuses rows of more than 409
_LETTERS = 0.95  # letters of 11 points to a character of a column's width
_LOCALE = {"vi": "[$-42A]", "en": "[$-409]"}
_DAY = {"vi": "d/m/yyyy", "en": "d mmmm yyyy"}
_SCALES = {1: "", 1_000: ",", 1_000_000: ",,"}
_MOST_DECIMALS = 3
_LOOKS: Mapping[str, Mapping[str, Any]] = {
    "title": {"bold": True, "font_size": 14},
    "plain": {},
    "note": {"italic": True, "font_color": "#3D4A54"},
    "warning": {"bold": True, "font_color": "#C00000"},
    "head": {"bold": True, "align": "center", "valign": "vcenter", "border": 1, "bg_color": "#EAF1F8"},
    "text": {"border": 4, "align": "left"},
    "number": {"border": 4, "align": "right"},
    "total_text": {"border": 1, "bold": True, "align": "left"},
    "total_number": {"border": 1, "bold": True, "align": "right"},
    "link": {"border": 4, "align": "left", "font_color": "#0B4F8A", "underline": 1},
}


@dataclass(frozen=True)
class Sum:
    """A figure that is the sum of cells (row, column from 0): written as a formula that has its result."""

    figure: Figure
    parts: tuple[Place, ...]


@dataclass(frozen=True)
class Link:
    """The name of another sheet of the workbook, which leads to it."""

    sheet: str


Item = str | Figure | Sum | Link | None


def inert(text: str) -> str:
    """Return a text as a cell of a workbook can hold it: the printable signs, cut where Excel would refuse it."""
    clean = plain(text)
    if len(clean.encode("utf-16-le")) <= 2 * LONGEST:
        return clean
    return clean.encode("utf-16-le")[: 2 * (LONGEST - 1)].decode("utf-16-le", errors="ignore") + "…"


def number_format(figure: Figure, language: str) -> str:
    """Return the format in which a workbook prints a figure's value as its text does, with the unit that it names.

    An amount spoken of in billions keeps its value in millions: the format scales it. A text that is not the number
    itself leaves the number plain, with all its decimals.
    """
    spoken, value = Spoken(language), figure.value
    if value is None or isinstance(value, date):
        return _LOCALE[language] + _DAY[language]
    for scale, commas in _SCALES.items():
        for decimals in range(_MOST_DECIMALS + 1):
            shown = spoken.number(value / scale, decimals)
            sign, found, unit = figure.text.replace("\u2212", "-").partition(shown)
            if found and sign in ("", "+") and not any(letter.isdigit() for letter in unit):
                places = "." + "0" * decimals if decimals else ""
                named = '"' + unit.replace('"', "") + '"' if unit else ""
                pattern, locale = f"#,##0{places}{commas}{named}", _LOCALE[language]
                signs = ("+", "-", "") if sign else ("",)
                return ";".join(f"{locale}{one}{pattern}" for one in signs)
    return _LOCALE[language] + ("#,##0" if value == int(value) else "#,##0.0##")


class AnnexPage:
    """Every method writes at `row` (from 0) and moves it on."""

    def __init__(self, book: Workbook, name: str, widths: Sequence[float], language: str) -> None:
        self.sheet = book.add_worksheet(name)
        self.name, self.widths, self.language, self.row = name, widths, language, 0
        self._book = book
        self._formats: dict[tuple[str, str], Format] = {}
        for column, width in enumerate(widths):
            self.sheet.set_column(column, column, width)
        self.sheet.hide_gridlines(2)
        self.sheet.set_landscape()
        self.sheet.set_paper(9)  # A4
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_margins(left=0.5, right=0.4, top=0.5, bottom=0.6)
        self.sheet.set_footer("&L&A&R&P/&N")

    def line(self, text: str, look: str = "plain") -> None:
        """Write a text over the sheet's width."""
        style, last = self._look(look), len(self.widths) - 1
        if last:
            self.sheet.merge_range(self.row, 0, self.row, last, "", style)
        write_text(self.sheet, self.row, 0, inert(text), style)
        size = _LOOKS[look].get("font_size", 11) / 11
        self._height([text], [sum(self.widths) / size], size)
        self.row += 1

    def head(self, names: Sequence[str], *, filters: bool = False, rows: int = 0) -> None:
        """Write the headings: they stay when the sheet is scrolled, and stand on each page that is printed."""
        for column, name in enumerate(names):
            write_text(self.sheet, self.row, column, inert(name), self._look("head"))
        self._height(names, self.widths)
        self.sheet.repeat_rows(self.row)
        if filters:
            self.sheet.autofilter(self.row, 0, self.row + rows, len(names) - 1)
        self.row += 1
        self.sheet.freeze_panes(self.row, 0)

    def body(self, items: Iterable[Item], *, unknown: str, total: bool = False) -> None:
        """Write one row; what is None, or a figure without a value, is printed as unknown."""
        texts = [self._put(column, item, unknown, "total_" if total else "") for column, item in enumerate(items)]
        self._height(texts, self.widths)
        self.row += 1

    def _put(self, column: int, item: Item, unknown: str, prefix: str) -> str:
        """Write one cell and return its text, if it is one that may need several lines."""
        figure = item.figure if isinstance(item, Sum) else item
        if isinstance(figure, Figure) and figure.value is not None:
            style = self._look(f"{prefix}number", number_format(figure, self.language))
            if isinstance(figure.value, date):
                self.sheet.write_datetime(self.row, column, figure.value, style)
            elif isinstance(item, Sum):
                self.sheet.write_formula(self.row, column, _sum(item.parts), style, float(figure.value))
            else:
                self.sheet.write_number(self.row, column, float(figure.value), style)
            return ""
        if isinstance(figure, Link):
            address = f"internal:'{figure.sheet}'!A1"
            self.sheet.write_url(self.row, column, address, self._look("link"), figure.sheet)
            return figure.sheet
        text = inert(figure if isinstance(figure, str) else unknown if figure is None else figure.text)
        look = "text" if isinstance(figure, str) else "number"
        write_text(self.sheet, self.row, column, text, self._look(prefix + look))
        return text

    def _height(self, texts: Sequence[str], widths: Sequence[float], size: float = 1) -> None:
        lines = max(
            (_lines(text, width) for text, width in zip(texts, widths, strict=False) if text),
            default=1,
        )
        if lines > 1 or size > 1:
            self.sheet.set_row(self.row, min(_HIGHEST, lines * _LINE * size + 3))

    def _look(self, look: str, pattern: str = "General") -> Format:
        if (look, pattern) not in self._formats:
            wraps = "number" not in look
            values = {"font_name": "Times New Roman", "font_size": 11, "valign": "top", "text_wrap": wraps}
            self._formats[look, pattern] = self._book.add_format({**values, **_LOOKS[look], "num_format": pattern})
        return self._formats[look, pattern]


def _lines(text: str, width: float) -> int:
    return sum(max(1, ceil(_LETTERS * len(part) / width)) for part in text.split("\n"))


def _sum(parts: Sequence[Place]) -> str:
    """Return the sum of cells, those that follow each other in a column or row as one range."""
    runs: list[list[Place]] = []
    for row, column in sorted(parts):
        last = runs[-1][-1] if runs else None
        if last in ((row - 1, column), (row, column - 1)):
            runs[-1].append((row, column))
        else:
            runs.append([(row, column)])
    return f"=SUM({','.join(_range(run) for run in runs)})"


def _range(run: Sequence[Place]) -> str:
    ends = dict.fromkeys((run[0], run[-1]))
    return ":".join(xl_rowcol_to_cell(*place) for place in ends)
