"""A look at a zip package before any library opens it: what would exhaust the machine is refused.

A 5 kB file with one cell at the last row and column, or one that inflates to gigabytes, aborts or hangs every reader
library. Sizes in the packing are written by the sender, so bytes are counted while they are unpacked, in small pieces.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from etl.read.kinds import refusal_by_parts
from etl.read.limits import MAX_PARTS, MAX_UNPACKED_BYTES, RefusedError
from etl.read.xml_scan import XmlScan

XLSX, ODS = "xlsx", "ods"
BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
_ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_ODS_PASSWORD = b"encryption-data"
_DIRECTORY_ENTRY = b"PK\x01\x02"
_MACROS = re.compile(r"(.*/)?vbaProject\.bin|xl/macrosheets/.+|(Basic|Scripts)/.+", re.I)
_ENCRYPTED = 0x1
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_PIECE_BYTES = 2**16


@dataclass(frozen=True)
class Package:
    """What the look found: xlsx or ods, the names of cells with a formula that has no stored result, legacy fonts."""

    kind: str
    uncached: frozenset[str]
    names_legacy_fonts: bool


def inspect_package(path: Path) -> Package:
    """Look through a zip package. Raises RefusedError; OSError when the file cannot be read at all."""
    if path.read_bytes().count(_DIRECTORY_ENTRY) > MAX_PARTS:
        raise RefusedError("FILE_TOO_MANY_PARTS", most=MAX_PARTS)
    try:
        with zipfile.ZipFile(path) as archive:
            kind = _kind(path, archive)
            _check_parts(path, archive)
            scan = XmlScan()
            left = MAX_UNPACKED_BYTES
            for part in archive.infolist():
                left = _scan_part(archive, part, scan, left)
    except BROKEN_ZIP as error:
        raise RefusedError("FILE_NOT_WORKBOOK", reason=str(error)) from error
    return Package(kind, frozenset(scan.uncached), scan.names_legacy_fonts)


def _kind(path: Path, archive: zipfile.ZipFile) -> str:
    parts = archive.infolist()
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise RefusedError("FILE_PASSWORD")
    names = frozenset(part.filename for part in parts)
    if any(name.lower() == "xl/workbook.xml" for name in names):
        return XLSX
    if "mimetype" in names and _begin(archive, "mimetype").startswith(_ODS_TYPE):
        if "META-INF/manifest.xml" in names and _ODS_PASSWORD in _begin(archive, "META-INF/manifest.xml"):
            raise RefusedError("FILE_PASSWORD")
        return ODS
    raise refusal_by_parts(path, names, "ZIP")


def _begin(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        return part.read(_PIECE_BYTES)


def _check_parts(path: Path, archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if any(_MACROS.fullmatch(part.filename) for part in parts):
        raise RefusedError("FILE_MACROS")
    if sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
        raise _inflates(path)
    for part in parts:
        if part.compress_type not in _PACKINGS:
            raise RefusedError("FILE_NOT_WORKBOOK", reason=f"compression {part.compress_type}")


def _scan_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, scan: XmlScan, left: int) -> int:
    """Unpack one part piece by piece; return how many bytes may still follow it."""
    scan.begin()
    with archive.open(part) as file:
        while piece := file.read(_PIECE_BYTES):
            left -= len(piece)
            if left < 0:
                raise _inflates(Path(archive.filename or ""))
            scan.feed(piece)
    scan.end()
    return left


def _inflates(path: Path) -> RefusedError:
    kilobytes = max(1, path.stat().st_size // 1024)
    return RefusedError("FILE_INFLATES", kilobytes=kilobytes, megabytes=MAX_UNPACKED_BYTES // 2**20)
