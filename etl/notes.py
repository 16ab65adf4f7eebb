"""Notes on cells that can be read: large enough for their text, each beside its cell.

openpyxl writes every note to one spot of the sheet: a program that shows all notes would pile them up.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from math import ceil
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

_LETTERS, _LINE, _TALLEST = 46, 18, 560
_WIDTH = 330  # pixels, as all sizes here
_LETTER, _PADDING, _USUAL_COLUMN, _USUAL_ROW = 7, 5, 64, 20
_GAP = 12
_DRAWING = re.compile(r"xl/drawings/commentsDrawing(\d+)\.vml")
_SHAPE = re.compile(r"<(\w+:)?Row>(\d+)</(?:\w+:)?Row>\s*<(?:\w+:)?Column>(\d+)</(?:\w+:)?Column>")


def fit(note: Comment) -> Comment:
    """Give a note the size of its text and return it."""
    lines = sum(ceil(max(len(line), 1) / _LETTERS) for line in note.text.splitlines())
    note.width, note.height = _WIDTH, min(_LINE * (lines + 1), _TALLEST)
    return note


def save_with_notes(book: Workbook, path: Path) -> None:
    """Write a workbook with each note beside its cell. Raises OSError when it cannot be written."""
    file = BytesIO()
    book.save(file)
    sheets = [sheet for sheet in book.worksheets if any(cell.comment for cell in sheet._cells.values())]
    placed = BytesIO()
    with ZipFile(file) as source, ZipFile(placed, "w", ZIP_DEFLATED) as target:
        for item in source.infolist():
            content = source.read(item)
            if drawing := _DRAWING.fullmatch(item.filename):
                content = _placed(content.decode("utf-8"), sheets[int(drawing[1]) - 1]).encode("utf-8")
            target.writestr(item, content, ZIP_DEFLATED)
    path.write_bytes(placed.getvalue())


def _placed(drawing: str, sheet: Worksheet) -> str:
    """Return the drawing of a sheet's notes with a place for each."""

    def with_anchor(match: re.Match[str]) -> str:
        row, column = int(match[2]) + 1, int(match[3]) + 1
        note = sheet.cell(row, column).comment
        if note is None:
            return match[0]
        prefix = match[1] or ""
        return f"<{prefix}Anchor>{_anchor(sheet, row, column, note)}</{prefix}Anchor>{match[0]}"

    return _SHAPE.sub(with_anchor, drawing)


def _anchor(sheet: Worksheet, row: int, column: int, note: Comment) -> str:
    """Return where a note lies: column, offset, row, offset of its upper left and lower right corners, from 0."""
    top = max(row - 1, 1)
    right, right_rest = _reached(column + 1, note.width + _GAP, lambda number: _column_width(sheet, number))
    bottom, bottom_rest = _reached(top, note.height, lambda number: _row_height(sheet, number))
    return f"{column}, {_GAP}, {top - 1}, 4, {right - 1}, {right_rest}, {bottom - 1}, {bottom_rest}"


def _reached(first: int, length: float, size: Callable[[int], float]) -> tuple[int, int]:
    """Return the column or row in which a length ends that begins with the first one, and what is left over in it."""
    number = first
    while length > (own := size(number)):
        length -= own
        number += 1
    return number, int(length)


def _column_width(sheet: Worksheet, number: int) -> float:
    size = sheet.column_dimensions.get(get_column_letter(number))
    if size is None:
        return _USUAL_COLUMN
    return 0 if size.hidden else size.width * _LETTER + _PADDING


def _row_height(sheet: Worksheet, number: int) -> float:
    size = sheet.row_dimensions.get(number)
    if size is None:
        return _USUAL_ROW
    return 0 if size.hidden else (size.height or _USUAL_ROW * 0.75) / 0.75
