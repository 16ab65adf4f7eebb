"""A .csv file to a grid: one sheet, named by the file. Every value stays a text: its column tells which number."""

from __future__ import annotations

import codecs
import csv
import io
import unicodedata
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from openpyxl.cell.cell import ERROR_CODES

from etl.clean.legacy_text import encoding_of_texts
from etl.read.cells import Cells
from etl.read.grid import Grid, cell_name
from etl.read.limits import MAX_TEXT_BYTES, RefusedError

_DELIMITERS = (";", "\t", ",")
_ROWS_TRIED = 200
_STATED_DELIMITER = "sep="  # Excel's own first line
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_VIETNAMESE_IN_UTF_8 = tuple(chr(code) for code in range(0x1EA0, 0x1EFA))


def read_delimited(path: Path) -> list[Grid]:
    """Return the one sheet of a text file. Raises RefusedError; OSError when the file cannot be read at all."""
    if path.stat().st_size > MAX_TEXT_BYTES:
        raise RefusedError("FILE_TOO_LARGE", megabytes=MAX_TEXT_BYTES // 2**20)
    lines = io.StringIO(_decoded(path.read_bytes()), newline="").readlines()
    delimiter = _delimiter(lines)
    if lines and lines[0].lower().startswith(_STATED_DELIMITER):
        lines[0] = "\n"  # rows keep the numbers that people see
    cells = Cells()
    try:
        for row, fields in enumerate(csv.reader(lines, delimiter=delimiter), start=1):
            for column, text in enumerate(fields, start=1):
                if text.strip():
                    cells.check(row, column, cell_name(row, column))
                    _add(cells, row, column, text)
    except csv.Error as error:
        raise RefusedError("FILE_NOT_WORKBOOK", reason=str(error)) from error
    return [cells.grid(path.stem)]


def _add(cells: Cells, row: int, column: int, text: str) -> None:
    if text.strip() in ERROR_CODES:
        cells.errors[row, column] = text.strip()
    else:
        cells.add_text((row, column), text)


def _decoded(content: bytes) -> str:
    """Return the text of UTF-8, UTF-16 with its mark, or an 8-bit encoding: Windows-1258, or that of a font."""
    try:
        if content.startswith(_UTF_16):
            return content.decode("utf-16")
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        is_utf_8 = any(letter in content.decode("utf-8", errors="ignore") for letter in _VIETNAMESE_IN_UTF_8)
        if content.startswith(_UTF_16) or is_utf_8:
            raise _illegal(content, error, "UTF-16" if content.startswith(_UTF_16) else "UTF-8") from error
    try:
        text = unicodedata.normalize("NFC", content.decode("cp1258"))
    except UnicodeDecodeError as error:
        raise _illegal(content, error, "UTF-8, Windows-1258") from error
    stored = content.decode("cp1252", errors="replace")
    return stored if encoding_of_texts(stored.splitlines()) else text


def _illegal(content: bytes, error: UnicodeDecodeError, encoding: str) -> RefusedError:
    line = content.count(b"\n", 0, error.start) + 1
    before = content[content.rfind(b"\n", 0, error.start) + 1 : error.start]
    place = len(before.decode("utf-8", errors="ignore") if encoding == "UTF-8" else before) + 1
    return RefusedError("FILE_ENCODING", line=line, place=place, byte=f"{content[error.start]:02X}", encoding=encoding)


def _delimiter(lines: Sequence[str]) -> str:
    """Return what parts most rows into one number of columns; sentences of the title have commas too."""
    stated = lines[0].rstrip("\r\n")[len(_STATED_DELIMITER) :] if lines else ""
    if stated in _DELIMITERS and lines[0].lower().startswith(_STATED_DELIMITER):
        return stated
    return max(_DELIMITERS, key=lambda delimiter: _regularity(lines, delimiter))


def _regularity(lines: Sequence[str], delimiter: str) -> tuple[int, int]:
    """Return (number of rows with the usual number of columns, that number), rows of one column left out."""
    try:
        rows = [len(row) for row in islice(csv.reader(lines, delimiter=delimiter), _ROWS_TRIED)]
    except csv.Error:
        return 0, 0
    widths = Counter(width for width in rows if width > 1)
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    return count, width
