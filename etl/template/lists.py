"""What a template offers and asks while it is filled in: drop-downs, questions about odd values, notes on headings.

The words to choose from stand on a sheet of their own: a list inside a validation is cut off at 255 characters. They
are named ranges: Excel saves a plain reference to another sheet as an extension that other programs lose. The sheet's
first cell says that it is no form (etl/vocabulary/titles.yml, aids), and the reader passes it over.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from etl.notes import fit
from etl.template.schema import Column
from etl.template.styles import draw
from ntm.yaml_files import read_yaml

SHEET = "Danh mục"
_FIRST_CELL = "Danh mục dùng để chọn trong biểu (không phải số liệu báo cáo)"
_LIST = "NTM_danh_sach_"
_HEADINGS, _FIRST = 3, 4
_AUTHOR = "NTM"
_LONGEST_PROMPT = 255


@cache
def kinds() -> Mapping[str, Mapping[str, Any]]:
    """Return what is common to the columns of a kind, by kind."""
    kinds: Mapping[str, Mapping[str, Any]] = read_yaml(Path(__file__).with_name("kinds.yml"))
    return kinds


def note_text(column: Column) -> str:
    """Return what a heading's note says: what the template says, then what its kind says; '' when neither does."""
    general = kinds()[column.kind].get("note", "").replace("{choices}", "; ".join(column.choices))
    return "\n".join(part for part in (column.note, general) if part)


def add_note(sheet: Worksheet, cell: str, text: str) -> None:
    """Put a note on a cell, large enough to be read whole."""
    sheet[cell].comment = fit(Comment(text, _AUTHOR))


def add_lists(
    book: Workbook, sheet: Worksheet, columns: Sequence[Column], rows: Sequence[range], units: Sequence[tuple[str, str]]
) -> None:
    """Add the drop-downs and questions of the body. `rows` are those to fill in, for each column."""
    places: dict[str, str] = {}
    validations: dict[tuple[object, ...], DataValidation] = {}
    for number, (column, body) in enumerate(zip(columns, rows, strict=True), start=1):
        if not body:
            continue
        letter = get_column_letter(number)
        words = column.choices or (_names(units, column.level) if column.kind == "unit" else ())
        # A formula speaks of the first cell of its range, so each column has its own; lists are shared.
        key = (column.kind, words) if words else (column.kind, number)
        if key not in validations:
            validation = _validation(book, columns, column, words, f"{letter}{body[0]}", places)
            if validation is None:
                continue
            validations[key] = validation
            sheet.add_data_validation(validation)
        validations[key].add(f"{letter}{body[0]}:{letter}{body[-1]}")


def _names(units: Sequence[tuple[str, str]], level: str) -> tuple[str, ...]:
    """Return the names of one level, or of all, each once."""
    return tuple(dict.fromkeys(name for of, name in units if level in ("", of)))


def _validation(
    book: Workbook,
    columns: Sequence[Column],
    column: Column,
    words: tuple[str, ...],
    first_cell: str,
    places: dict[str, str],
) -> DataValidation | None:
    kind = kinds()[column.kind]
    if words:
        is_shared = sum(other.choices == words for other in columns) > 1
        heading = column.heading[0 if is_shared else -1]
        asked = f"Không có trong danh sách (trang {SHEET}). Vẫn giữ nội dung này?"
        shown = DataValidation("list", formula1=_list_name(book, heading, words, places), error=asked)
    elif "allowed" in kind:
        formula = kind["allowed"].replace("{cell}", first_cell)
        shown = DataValidation("custom", formula1=formula, error=f"{kind['asked']} Vẫn giữ nội dung này?")
    elif column.kind == "unit":
        return DataValidation(
            promptTitle=column.heading[-1][:32], prompt=note_text(column)[:_LONGEST_PROMPT], showInputMessage=True
        )
    else:
        return None
    shown.errorStyle, shown.errorTitle, shown.showErrorMessage, shown.allowBlank = "warning", "Xem lại", True, True
    return shown


def _list_name(book: Workbook, heading: str, words: tuple[str, ...], places: dict[str, str]) -> str:
    """Return the name of the words' range on the list sheet, writing them there once."""
    key = "\n".join(words)
    if key not in places:
        sheet = book[SHEET] if SHEET in book.sheetnames else _list_sheet(book)
        column = len(places) + 1
        letter = get_column_letter(column)
        for row, word in enumerate([heading, *words], start=_HEADINGS):
            cell = sheet.cell(row, column, word)
            draw(book, cell, "heading" if row == _HEADINGS else "body", align="left", number_format="@")
        sheet.column_dimensions[letter].width = max(map(len, [heading, *words])) + 6
        place = f"'{SHEET}'!${letter}${_FIRST}:${letter}${_FIRST + len(words) - 1}"
        places[key] = f"{_LIST}{column}"
        book.defined_names[places[key]] = DefinedName(places[key], attr_text=place)
    return places[key]


def _list_sheet(book: Workbook) -> Worksheet:
    sheet = book.create_sheet(SHEET)
    draw(book, sheet.cell(1, 1, _FIRST_CELL), "list-title")
    return sheet
