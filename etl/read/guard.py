"""A look at a workbook's packing before any library opens it: what would exhaust the machine is refused.

A 5 kB file with one cell at the last row and column, or one that inflates to gigabytes, aborts or hangs every reader
library. Sizes in the packing are written by the sender, so bytes are counted while they are unpacked.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from etl.issues import Issue

MAX_FILE_BYTES = 50 * 2**20
MAX_UNPACKED_BYTES = 300 * 2**20
MAX_PARTS = 2000
MAX_ROW = 100_000
MAX_COLUMN = 2_000
SUFFIXES = (".xlsx", ".xlsm")
OTHER_SPREADSHEETS = (".xls", ".xlsb", ".ods", ".csv")
_SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml$", re.I)
# Excel writes '<c r="A1"'; other programs put a prefix ('<x:c') or other attributes first.
_PLACES = (
    re.compile(rb'<(?:\w+:)?c\s(?:[^>]*?\s)?r="([A-Z]+)([0-9]+)"'),
    re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="[A-Z]+[0-9]+:([A-Z]+)([0-9]+)"'),
)
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_RESULT = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>[^<]")
_TEXT_RESULT = re.compile(rb'\st="str"')  # Excel stores the empty text, a result too, as an empty value of this type
_CELL = re.compile(rb"<(?:\w+:)?c(\s[^>]*)(?<!/)>(.*?)</(?:\w+:)?c>", re.S)
_CELL_NAME = re.compile(rb'\sr="([A-Z]+[0-9]+)"')


@dataclass(frozen=True)
class Inspection:
    """What the look found: a refusal, or the names of the cells that hold a formula without a stored result."""

    refusal: Issue | None = None
    uncached: frozenset[str] = frozenset()


def inspect(path: Path) -> Inspection:
    """Look at a file without opening it as a workbook. Raises OSError when it cannot be read at all."""
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        code = "FILE_OTHER_SPREADSHEET" if suffix in OTHER_SPREADSHEETS else "FILE_UNSUPPORTED"
        return Inspection(Issue(code, values={"suffix": path.suffix or path.name}))
    size = path.stat().st_size
    if size > MAX_FILE_BYTES:
        return _too_large(MAX_FILE_BYTES)
    try:
        with zipfile.ZipFile(path) as archive:
            return _inspect_parts(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        return Inspection(Issue("FILE_NOT_WORKBOOK", values={"reason": str(error)}))


def _inspect_parts(archive: zipfile.ZipFile) -> Inspection:
    parts = archive.infolist()
    if len(parts) > MAX_PARTS:
        return Inspection(Issue("FILE_NOT_WORKBOOK", values={"reason": f"{len(parts)} parts"}))
    left = MAX_UNPACKED_BYTES
    sheets = 0
    uncached: set[str] = set()
    for part in parts:
        with archive.open(part) as file:
            content = file.read(left + 1)
        left -= len(content)
        if left < 0:
            return _too_large(MAX_UNPACKED_BYTES)
        if _SHEET_PART.match(part.filename):
            if far := _far_cell(content):
                return Inspection(Issue("SHEET_TOO_WIDE", cell=far))
            sheets += 1
            uncached |= _formulas_without_result(content)
    if not sheets:
        return Inspection(Issue("FILE_NOT_WORKBOOK", values={"reason": "xl/worksheets"}))
    return Inspection(uncached=frozenset(uncached))


def _too_large(limit: int) -> Inspection:
    return Inspection(Issue("FILE_TOO_LARGE", values={"megabytes": limit // 2**20}))


def _far_cell(content: bytes) -> str | None:
    for form in _PLACES:
        for letters, digits in form.findall(content):
            if len(digits) > len(str(MAX_ROW)) - 1 and int(digits) > MAX_ROW:
                return (letters + digits).decode()
            if len(letters) > len("ZZ") and _column_number(letters) > MAX_COLUMN:
                return (letters + digits).decode()
    return None


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _formulas_without_result(content: bytes) -> set[str]:
    if not _FORMULA.search(content):
        return set()
    cells = (
        (_CELL_NAME.search(attributes), attributes, body)
        for attributes, body in _CELL.findall(content)
        if _FORMULA.search(body) and not _RESULT.search(body)
    )
    return {name[1].decode() for name, attributes, _ in cells if name and not _TEXT_RESULT.search(attributes)}
