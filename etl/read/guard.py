"""A look at a workbook's packing before any library opens it: what would exhaust the machine is refused.

A 5 kB file with one cell at the last row and column, or one that inflates to gigabytes, aborts or hangs every reader
library. Sizes in the packing are written by the sender, so bytes are counted while they are unpacked.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

from etl.issues import Issue

MAX_FILE_BYTES = 50 * 2**20
MAX_PART_BYTES = 150 * 2**20
MAX_PARTS = 2000
MAX_ROW = 100_000
MAX_COLUMN = 2_000
_SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml$")
_CELL_REFERENCE = re.compile(rb'<c r="([A-Z]+)([0-9]+)"')
_CELL_BODY = re.compile(rb'<c r="[A-Z]+[0-9]+"[^>]*(?<!/)>(.*?)</c>', re.S)


@dataclass(frozen=True)
class Inspection:
    """What the look found: a refusal, or whether any formula is there without a stored result."""

    refusal: Issue | None = None
    has_uncached: bool = False


def inspect(path: Path) -> Inspection:
    """Look at a file without opening it as a workbook."""
    if path.suffix.lower() not in (".xlsx", ".xlsm"):
        return Inspection(Issue("FILE_UNSUPPORTED", values={"suffix": path.suffix or path.name}))
    size = path.stat().st_size
    if size > MAX_FILE_BYTES:
        return Inspection(Issue("FILE_TOO_LARGE", values={"megabytes": size // 2**20}))
    try:
        with zipfile.ZipFile(path) as archive:
            return _inspect_parts(archive)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError) as error:
        return Inspection(Issue("FILE_NOT_WORKBOOK", values={"reason": str(error)}))


def _inspect_parts(archive: zipfile.ZipFile) -> Inspection:
    parts = archive.infolist()
    if len(parts) > MAX_PARTS:
        return Inspection(Issue("FILE_TOO_LARGE", values={"megabytes": len(parts)}))
    sheets = 0
    has_uncached = False
    for part in parts:
        with archive.open(part) as file:
            content = file.read(MAX_PART_BYTES + 1)
        if len(content) > MAX_PART_BYTES:
            return Inspection(Issue("FILE_TOO_LARGE", values={"megabytes": MAX_PART_BYTES // 2**20}))
        if _SHEET_PART.match(part.filename):
            far = _far_cell(content)
            if far:
                return Inspection(Issue("SHEET_TOO_WIDE", cell=far))
            sheets += 1
            has_uncached = has_uncached or _has_formula_without_result(content)
    if not sheets:
        return Inspection(Issue("FILE_NOT_WORKBOOK", values={"reason": "xl/worksheets"}))
    return Inspection(has_uncached=has_uncached)


def _far_cell(content: bytes) -> str | None:
    for match in _CELL_REFERENCE.finditer(content):
        if int(match[2]) > MAX_ROW or _column_number(match[1]) > MAX_COLUMN:
            return (match[1] + match[2]).decode()
    return None


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _has_formula_without_result(content: bytes) -> bool:
    return b"<f" in content and any(
        b"<f" in match[1] and b"<v" not in match[1] for match in _CELL_BODY.finditer(content)
    )
