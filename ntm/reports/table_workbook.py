"""A table as a workbook: its rows with typed cells, a dictionary of its columns, and where it comes from."""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter

from ntm.i18n import Translator
from ntm.reports.sheet_text import write_text
from ntm.reports.table_sheet import TableSheet, about, clean, columns, places, rows

_LONGEST_TEXT = 32_767
_EXACT = 10**15
"""Whole numbers from here on would lose digits in a cell: they stay text."""
_WIDEST, _NARROWEST, _ROWS_MEASURED = 60, 9, 500
_FONT = {"font_name": "Calibri", "font_size": 11, "valign": "top"}
_LOOKS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "text_wrap": True, "bg_color": "#E3E7EA", "bottom": 1, "bottom_color": "#5B6B76"},
    "text": {"text_wrap": True},
    "quoted": {"text_wrap": True, "quote_prefix": True},
    "whole": {"num_format": "#,##0"},
    "number": {"num_format": "#,##0.##"},
    "year": {"num_format": "0"},
    "day": {"num_format": "dd/mm/yyyy", "align": "left"},
    "time": {"num_format": "dd/mm/yyyy hh:mm", "align": "left"},
}
_PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}


def workbook(sheet: TableSheet, t: Translator) -> bytes:
    """Return an XLSX of three sheets: the table, its columns (heading, name, kind, unit, meaning), its sources.

    Numbers, percent (0-100) and days are cells of their kind, an unknown value is an empty cell, and text is never a
    formula or a link. Money of the warehouse has at most 15 digits, which a cell holds exactly.
    """
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, _PLAIN)
    book.set_properties({"title": clean(sheet.origin.title)[:200]})
    looks = {name: book.add_format(_FONT | look) for name, look in _LOOKS.items()}
    _Page(book, looks, t("download.sheet_table"), sheet.origin.title).table(
        [column.head for column in columns(sheet, t)],
        rows(sheet, t),
        [column.kind == "year" for column in columns(sheet, t)],
    )
    _dictionary(_Page(book, looks, t("download.sheet_dictionary"), sheet.origin.title), sheet, t)
    _sources(_Page(book, looks, t("download.sheet_sources"), sheet.origin.title), sheet, t)
    book.close()
    return content.getvalue()


class _Page:
    """A sheet that takes tables, one below the other; the first one has its head frozen and a filter."""

    def __init__(self, book: Any, looks: dict[str, Any], name: str, title: str) -> None:
        self._sheet, self._looks, self._next = book.add_worksheet(name), looks, 0
        self._widths: dict[int, int] = {}
        self._sheet.set_landscape()
        self._sheet.set_paper(9)
        self._sheet.fit_to_pages(1, 0)
        self._sheet.set_header(f"&L{clean(title).replace('&', '&&')[:200]}&R&P/&N")

    def table(self, heads: Sequence[str], lines: Iterable[Sequence[object]], years: Sequence[bool] = ()) -> None:
        first = self._next
        widths = self._widths
        for place, head in enumerate(heads):
            write_text(self._sheet, first, place, clean(head), self._looks["title"])
            widths[place] = max(widths.get(place, 0), min(len(head), max(map(len, head.split()), default=0) + 12))
        row = first
        for row, line in enumerate(lines, start=first + 1):
            for place, value in enumerate(line):
                shown = self._put(row, place, value, bool(years) and years[place])
                if row - first <= _ROWS_MEASURED:
                    widths[place] = max(widths[place], shown)
        for place, letters in widths.items():
            self._sheet.set_column(place, place, min(max(letters + 3, _NARROWEST), _WIDEST))
        if first == 0 and heads:
            self._sheet.freeze_panes(1, 1 if len(heads) > 2 else 0)
            self._sheet.autofilter(0, 0, row, len(heads) - 1)
            self._sheet.repeat_rows(0)
            self._sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{row + 1}"})
        self._next = row + 3

    def _put(self, row: int, place: int, value: object, is_year: bool) -> int:
        """Write a cell and return how many letters it shows."""
        if isinstance(value, datetime):
            self._sheet.write_datetime(row, place, value, self._looks["time"])
            return 16
        if isinstance(value, date):
            self._sheet.write_datetime(row, place, value, self._looks["day"])
            return 10
        if isinstance(value, (int, float, Decimal)) and math.isfinite(value) and _fits(value):
            look = "year" if is_year else "number" if value % 1 else "whole"
            self._sheet.write_number(row, place, value, self._looks[look])
            return len(f"{value:,.6f}".rstrip("0"))
        if value is None:
            return 0
        text = clean(str(value))
        text = text if len(text) <= _LONGEST_TEXT else f"{text[: _LONGEST_TEXT - 1]}…"
        # So that it stays text also when somebody edits the cell later.
        look = self._looks["quoted" if text[:1] in ("=", "+", "-", "@") else "text"]
        write_text(self._sheet, row, place, text, look)
        return max(map(len, text.split("\n")))


def _fits(value: float | Decimal) -> bool:
    return not isinstance(value, int) or abs(value) < _EXACT


def _dictionary(page: _Page, sheet: TableSheet, t: Translator) -> None:
    words = ("column.dictionary_name", "download.name", "column.dictionary_type", "download.column_unit")
    page.table(
        [*map(t, words), t("column.dictionary_meaning")],
        [
            (one.head, one.name, t(f"download.kind_{one.kind}"), one.unit, one.meaning or t("download.no_meaning"))
            for one in columns(sheet, t)
        ],
    )


def _sources(page: _Page, sheet: TableSheet, t: Translator) -> None:
    page.table([t("export.item"), t("export.content")], about(sheet, t))
    heads, found = places(sheet, t)
    if found:
        page.table(heads, found)
