"""What a file is, by its content: an .xls that holds HTML, or an .xlsx in truth, is common in offices."""

from __future__ import annotations

import codecs
import re
from collections.abc import Collection
from pathlib import Path

from etl.clean.vocabulary import vocabulary
from etl.read.limits import RefusedError

ZIP, OLE, TEXT = "zip", "ole", "text"
TEXT_SUFFIXES = (".csv", ".tsv", ".txt")
_HEAD_BYTES = 4096
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0"
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x19]")


def container_of(path: Path) -> str:
    """Return zip, ole or text. Raises RefusedError for a file that holds something else than its name says."""
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if head.startswith(_ZIP):
        return ZIP
    if head.startswith(_OLE):
        return OLE
    for begins, told in vocabulary("file_kinds")["begins"].items():
        if head.startswith(begins.encode("latin-1")):
            raise refusal_of(path, told)
    if not head and path.suffix.lower() not in TEXT_SUFFIXES:
        raise RefusedError("FILE_NOT_WORKBOOK", reason="0 byte")
    _check_text(path, head)
    return TEXT


def _check_text(path: Path, head: bytes) -> None:
    is_wide = head.startswith(_UTF_16)
    if not is_wide and _NO_TEXT.search(head):
        raise RefusedError("FILE_NOT_WORKBOOK", reason=head[:8].hex(" "))
    text = head.decode("utf-16" if is_wide else "latin-1", errors="ignore").casefold()
    for says, told in vocabulary("file_kinds")["says"].items():
        if says in text:
            raise refusal_of(path, told)
    if path.suffix.lower() not in TEXT_SUFFIXES:
        raise refusal_of(path, {"kind": "TXT"})


def refusal_by_parts(path: Path, parts: Collection[str], otherwise: str) -> RefusedError:
    """Return the refusal of a package or container by the parts in it."""
    for part, told in vocabulary("file_kinds")["holds"].items():
        if part in parts:
            return refusal_of(path, told)
    return refusal_of(path, {"kind": otherwise})


def refusal_of(path: Path, told: dict[str, object]) -> RefusedError:
    """Return the refusal of a file that is of a known kind, but none that is read."""
    code = "FILE_OTHER_SPREADSHEET" if told.get("spreadsheet") else "FILE_UNSUPPORTED"
    return RefusedError(code, suffix=path.suffix or path.name, kind=told["kind"])
