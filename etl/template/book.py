"""A template to a workbook: blank for an office to fill in, or filled in already."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import shorten

from openpyxl import Workbook

from etl.clean.periods import find_period
from etl.template.form_sheet import FormSheet
from etl.template.lists import add_lists, add_note, kinds, note_text
from etl.template.schema import Cells, Template
from etl.template.styles import shade_until_filled_in

Row = Sequence[object]

_MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
_COMMITTEE = "BAN CHỈ ĐẠO CÁC CHƯƠNG TRÌNH MTQG"
_BLANK_PLACES = {
    "province": ("UBND TỈNH ………………", _COMMITTEE),
    "district": ("UBND TỈNH ………………", "UBND HUYỆN ………………"),
    "commune": ("UBND HUYỆN ……………, TỈNH ……………", "UBND XÃ ………………"),
}
_HEAD_NOTE = (
    "Ghi tên đơn vị báo cáo thay cho dấu chấm, ví dụ 'UBND TỈNH HẬU GIANG'. Thiếu tên tỉnh thì biểu không được nạp."
)
_PERIOD_NOTE = "Ghi ngày chốt số liệu thay cho dấu chấm, ví dụ 30/6/2022. Thiếu kỳ số liệu thì biểu không được nạp."
_BLANK_PERIOD, _BLANK_YEAR = "…/…/20…", "20…"
_ILLUSTRATIVE = "SỐ LIỆU MINH HOẠ (không phải số liệu báo cáo chính thức)"
_NOT_IN_SHEET_NAME = str.maketrans({"/": "-", "\\": "-", "[": "(", "]": ")", "*": "", "?": "", ":": ""})
_LONGEST_SHEET_NAME = 31
_ROMAN = re.compile(r"[IVXLC]+\.?")
_WIDEST_FROZEN = 60


@dataclass(frozen=True)
class Filling:
    """What is filled in already. `place` is who reports, the smallest unit first ('HUYỆN VỊ THỦY, TỈNH HẬU GIANG').

    `rows` follow the order of the template's columns and may be shorter; for a template with fixed rows they are the
    cells that follow the fixed ones. `units` are the (level, name) to choose from.
    """

    place: str = ""
    period: str = ""
    rows: Sequence[Row] = ()
    units: Sequence[tuple[str, str]] = ()
    is_illustrative: bool = False


BLANK = Filling()


def example_of(template: Template) -> Filling:
    """Return the filling of a template's sample: its examples, said to be illustrative."""
    return Filling(template.example_place, template.example_period, template.examples, is_illustrative=True)


def write_book(template: Template, filling: Filling) -> Workbook:
    """Return the workbook of a template with its filling."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = _sheet_name(template.label["vi"])
    columns = template.columns
    form = FormSheet(book, sheet, [column.width or kinds()[column.kind]["width"] for column in columns])
    _write_top(form, template, filling)
    years = _years(filling.period)
    numbering = [column.number or f"({number})" for number, column in enumerate(columns, start=1)]
    paths = [tuple(part.format_map(years) for part in column.heading) for column in columns]
    headings = form.headings(paths, numbering)
    for cell, column in zip(headings, columns, strict=True):
        if text := note_text(column):
            add_note(sheet, cell, text)
    first = form.row
    sheet.freeze_panes = sheet.cell(first, _frozen_columns(form.widths) + 1)
    fixed = _write_body(form, template, filling)
    rows = range(first, form.row)
    add_lists(
        book, sheet, columns, [rows if place >= fixed else range(0) for place in range(len(columns))], filling.units
    )
    _write_foot(form, template)
    sheet.print_area = f"A1:{sheet.cell(form.row, form.last).coordinate}"
    return book


def _sheet_name(label: str) -> str:
    """Return a label as a sheet can be called, cut off between words."""
    return shorten(label.translate(_NOT_IN_SHEET_NAME), _LONGEST_SHEET_NAME, placeholder="")


def _write_top(form: FormSheet, template: Template, filling: Filling) -> None:
    if template.form_number:
        form.line(template.form_number, "right")
    first, second = _letterhead(template, filling.place)
    top = form.row
    form.halves(first, _MOTTO[0], "superior", "motto")
    form.halves(second, _MOTTO[1], "office", "motto-line")
    if not filling.place:
        for row, line in enumerate((first, second), start=top):
            if "…" in line:
                _ask(form, row, _HEAD_NOTE)
    form.space()
    years = _years(filling.period)
    form.line(template.title.format_map(years), "title")
    if template.remark:
        form.line(template.remark.format_map(years), "remark")
    form.line(template.period_line.format_map(years | {"period": filling.period or _BLANK_PERIOD}), "remark")
    if not filling.period:
        _ask(form, form.row - 1, _PERIOD_NOTE)
    if filling.is_illustrative:
        form.line(_ILLUSTRATIVE, "warning")
    if template.unit_of_money:
        form.line(f"ĐVT: {template.unit_of_money}", "right")
    else:
        form.space()


def _ask(form: FormSheet, row: int, note: str) -> None:
    shade_until_filled_in(form.sheet, f"A{row}")
    add_note(form.sheet, f"A{row}", note)


def _letterhead(template: Template, place: str) -> tuple[str, str]:
    """Return the two lines of the office: the authority above it, then itself."""
    if not place:
        return _BLANK_PLACES[template.reports_for]
    own, _, above = place.partition(", ")
    return (f"UBND {above}", f"UBND {own}") if above else (f"UBND {own}", _COMMITTEE)


def _years(period: str) -> dict[str, str]:
    found = find_period(period) if period else None
    if found is None:
        return dict.fromkeys(("year", "next_year", "last_year"), _BLANK_YEAR)
    year = found.end.year
    return {"year": str(year), "next_year": str(year + 1), "last_year": str(year - 1)}


def _frozen_columns(widths: Sequence[float]) -> int:
    """Return how many columns stay in view: ordinal and name, where they leave room for the rest."""
    return 2 if sum(widths[:2]) <= _WIDEST_FROZEN else 1


def _write_body(form: FormSheet, template: Template, filling: Filling) -> int:
    """Write the rows and return how many columns are fixed."""
    aligns = [kinds()[column.kind]["align"] for column in template.columns]
    formats = [kinds()[column.kind]["format"] for column in template.columns]
    for row in _rows(template, filling):
        form.body(row, aligns, formats, "group" if _is_group(row) else "body")
    return max(map(len, template.rows), default=0)


def _is_group(row: Row) -> bool:
    """Tell a row that stands for others: a Roman number, or a name in capitals such as TỔNG SỐ."""
    ordinal, name = ([*map(str, row), "", ""])[:2]
    return bool(_ROMAN.fullmatch(ordinal)) or (not ordinal and name.isupper())


def _rows(template: Template, filling: Filling) -> list[Cells]:
    if template.rows:
        filled = [*filling.rows, *([()] * (len(template.rows) - len(filling.rows)))]
        return [(*fixed, *row) for fixed, row in zip(template.rows, filled, strict=True)]
    return [tuple(row) for row in filling.rows] or [()] * template.blank_rows


def _write_foot(form: FormSheet, template: Template) -> None:
    if template.legend:
        form.line(template.legend, "legend")
    form.space()
    form.halves("", "……………, ngày …… tháng …… năm 20……", "place", "place")
    form.halves("NGƯỜI LẬP BIỂU", "THỦ TRƯỞNG CƠ QUAN", "signature", "signature")
    form.halves("(Ký, ghi rõ họ tên)", "(Ký tên, đóng dấu)", "signature-line", "signature-line")
    form.space(3)
