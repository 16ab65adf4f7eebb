"""How large a file may be for it to be read, and the refusal of one that is larger or is no workbook."""

from __future__ import annotations

import re

from etl.issues import Issue

MAX_FILE_BYTES = 50 * 2**20
MAX_TEXT_BYTES = 10 * 2**20
MAX_UNPACKED_BYTES = 100 * 2**20
MAX_PARTS = 2_000
MAX_TAGS = 4_000_000
MAX_TAGS_BESIDE_CELLS = 1_000_000
MAX_CELLS = 500_000
MAX_MERGED_CELLS = 200_000
MAX_ROW = 100_000
MAX_COLUMN = 2_000
_PLACE = re.compile(r"\$?([A-Z]+)\$?([0-9]+)", re.I)


class RefusedError(Exception):
    """A file that is not read; `issue` is the finding that says why and what to do."""

    def __init__(self, code: str, cell: str | None = None, /, **values: object) -> None:
        super().__init__(code)
        self.issue = Issue(code, cell=cell, values=values)


def check_place(row: int, column: int, name: str) -> None:
    """Refuse a cell far outside of any report. Raises RefusedError."""
    if column > MAX_COLUMN:
        raise RefusedError("SHEET_TOO_WIDE", name)
    if row > MAX_ROW:
        raise RefusedError("SHEET_TOO_LONG", name)


def check_count(cells: int) -> None:
    """Refuse more cells than a report can have. Raises RefusedError."""
    if cells > MAX_CELLS:
        raise RefusedError("SHEET_TOO_MANY_CELLS", most=MAX_CELLS)


def check_merged(cells: int, name: str) -> None:
    """Refuse merged ranges that cover more cells, taken together, than a report has. Raises RefusedError."""
    if cells > MAX_MERGED_CELLS:
        raise RefusedError("RANGE_TOO_LARGE", name)


def place_of(name: str) -> tuple[int, int] | None:
    """Return (row, column), from 1, of a cell's name such as XFD1048576; None when it is no such name."""
    found = _PLACE.fullmatch(name)
    if not found:
        return None
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column
