"""A look through the records of an .xls workbook before xlrd reads it: password, macros, size, formulas not calculated.

The records are those of the Excel 97-2003 binary format ([MS-XLS]): two bytes of type, two of length, then the content.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from etl.read.grid import CellPosition
from etl.read.limits import RefusedError, check_count, check_merged

_FORMULA, _END, _MERGED, _FILEPASS, _MULRK, _MULBLANK = 0x0006, 0x000A, 0x00E5, 0x002F, 0x00BD, 0x00BE
_BEGINS = frozenset({0x0009, 0x0209, 0x0409, 0x0809})
_ONE_CELL = frozenset({_FORMULA, 0x0203, 0x0204, 0x0205, 0x027E, 0x00FD, 0x00D6, 0x0201})
_WORKSHEET, _MACRO_SHEET = 0x0010, 0x0040
_HEADER = struct.Struct("<HH")
_EMPTY_RESULTS = (b"\x03", b"\0" * 8)


@dataclass(frozen=True)
class Record:
    """One record of the stream: its type and its content."""

    kind: int
    content: memoryview


def inspect_records(stream: bytes, *, is_calculated: bool) -> list[frozenset[CellPosition]]:
    """Return, for each worksheet in the stream's order, the cells whose formula may never have been calculated.

    The format has no 'no result': a program that does not calculate writes 0 or an empty text. Where the file does not
    tell that it comes from one that does (`is_calculated`), such a result is taken for none. Raises RefusedError.
    """
    sheets: list[frozenset[CellPosition]] = []
    doubtful: set[CellPosition] = set()
    cells = covered = depth = 0
    is_sheet = False
    for record in _records(stream):
        if record.kind in _BEGINS:
            depth += 1
            kind = _number(record.content, 2)
            if kind == _MACRO_SHEET:
                raise RefusedError("FILE_MACROS")
            is_sheet = depth == 1 and kind == _WORKSHEET
        elif record.kind == _END:
            depth -= 1
            if depth == 0 and is_sheet:
                sheets.append(frozenset(doubtful))
                doubtful = set()
        elif record.kind == _FILEPASS:
            raise RefusedError("FILE_PASSWORD")
        elif record.kind == _MERGED:
            covered += _covered(record.content)
            check_merged(covered, "…")
        else:
            cells += _cells(record)
            check_count(cells)
            if record.kind == _FORMULA and not is_calculated and _is_empty_result(record.content):
                doubtful.add((_number(record.content, 0) + 1, _number(record.content, 2) + 1))
    return sheets


def _records(stream: bytes) -> Iterator[Record]:
    view = memoryview(stream)
    place = 0
    while place + _HEADER.size <= len(stream):
        kind, length = _HEADER.unpack_from(stream, place)
        place += _HEADER.size
        yield Record(kind, view[place : place + length])
        place += length


def _cells(record: Record) -> int:
    if record.kind in _ONE_CELL:
        return 1
    if record.kind in (_MULRK, _MULBLANK):
        return max(0, _number(record.content, len(record.content) - 2) - _number(record.content, 2) + 1)
    return 0


def _covered(content: memoryview) -> int:
    ranges = struct.iter_unpack("<4H", content[2 : 2 + (len(content) - 2) // 8 * 8])
    return sum((bottom - top + 1) * (right - left + 1) for top, bottom, left, right in ranges)


def _is_empty_result(content: memoryview) -> bool:
    result = bytes(content[6:14])
    return result == _EMPTY_RESULTS[1] or (result[:1] == _EMPTY_RESULTS[0] and result[6:8] == b"\xff\xff")


def _number(content: memoryview, place: int) -> int:
    return int.from_bytes(content[place : place + 2], "little") if place >= 0 else 0
