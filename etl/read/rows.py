"""What each row of a table's body is: a group (district), an item, a total, a derived row; and where the body ends."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from etl.clean.vocabulary import vocabulary
from etl.read.grid import Grid
from etl.read.table import Table
from ntm.geo.names import text_key, unit_name_key

GROUP, ITEM, TOTAL, DERIVED = "group", "item", "total", "derived"
_NOTE, _END = "note", "end"
_ROMAN_ORDINAL = re.compile(r"^(?=[IVX])(X{0,2}(IX|IV|V?I{0,3}))\.?$")
_ROMAN_HEADING = re.compile(r"^([IVX]+)\.\s*(.+)$")
_ORDINAL = re.compile(r"^(\d+([.]\d+)*|[IVX]+)\.?$")
_BLANK_DATE = re.compile(r"ngày.*tháng.*năm", re.I)
_DISTRICT_KINDS = frozenset({"huyện", "quận", "thị xã", "thành phố"})
_FEWEST_CELLS = 3


@dataclass(frozen=True)
class Row:
    """One row of the body: its kind, its ordinal and the name in its naming column (or the text of the whole row)."""

    number: int
    kind: str
    ordinal: str
    name: str


@dataclass(frozen=True)
class Body:
    """The rows of a table until its notes or signatures begin; `left_out` is a later row like one of them."""

    rows: tuple[Row, ...]
    left_out: int | None


def read_body(table: Table, name_column: int, *, names_units: bool) -> Body:
    """Return the rows of a table's body. `names_units`: its naming column names districts and communes.

    A row with one text over the whole width is a group where items follow (a district without its kind), else a note.
    """
    rows: list[Row] = []
    numbers = list(table.body_rows())
    end = len(numbers)
    for position, number in enumerate(numbers):
        row = _classify(table, number, name_column, names_units)
        if row.kind == _END:
            end = position
            break
        rows.append(row)
    while rows and rows[-1].kind == _NOTE:
        rows.pop()
    left_out = next((number for number in numbers[end:] if _looks_like_item(table, number, name_column)), None)
    return Body(tuple(replace(row, kind=GROUP) if row.kind == _NOTE else row for row in rows), left_out)


def _looks_like_item(table: Table, number: int, name_column: int) -> bool:
    grid = table.grid
    return (
        bool(_ORDINAL.match(grid.own_text(number, table.ordinal_column)))
        and bool(grid.own_text(number, name_column))
        and len(grid.row_texts(number)) >= _FEWEST_CELLS
    )


def _classify(table: Table, number: int, name_column: int, names_units: bool) -> Row:
    grid = table.grid
    ordinal = grid.own_text(number, table.ordinal_column)
    name = grid.text(number, name_column)
    texts = grid.row_texts(number)
    first = texts[0] if texts else ""
    if _is_end(ordinal, name, first):
        return Row(number, _END, ordinal, name)
    if len(texts) == 1 and (heading := _ROMAN_HEADING.match(first)):
        return Row(number, GROUP, heading[1], heading[2])
    label = name if name and name != ordinal else first
    if not _ORDINAL.match(ordinal):  # a numbered item may begin so too: 'Bình quân tiêu chí/xã' is a target
        if _is(label, "derived"):
            return Row(number, DERIVED, ordinal, label)
        if _is(label, "total"):
            return Row(number, TOTAL, ordinal, label)
    is_district = names_units and unit_name_key(name)[0] in _DISTRICT_KINDS
    if _ROMAN_ORDINAL.match(ordinal) or is_district:
        return Row(number, GROUP, ordinal, name)
    is_note = len(texts) == 1 and bool(ordinal) and not _ORDINAL.match(ordinal) and _is_wide(grid, number, table)
    return Row(number, _NOTE, ordinal, name or ordinal) if is_note else Row(number, ITEM, ordinal, name)


def _is_end(ordinal: str, name: str, first: str) -> bool:
    if not ordinal:
        return _is(first, "end") or bool(_BLANK_DATE.search(first))
    return name in ("", ordinal) and _is(ordinal, "end")


def _is_wide(grid: Grid, number: int, table: Table) -> bool:
    """Tell whether the ordinal cell's text runs over the naming column: it is no ordinal then."""
    merge = grid.merge_at(number, table.ordinal_column)
    return merge is None or merge.right > merge.left


def _is(text: str, kind: str) -> bool:
    words: Mapping[str, Sequence[str]] = vocabulary("rows")[kind]
    key = text_key(text)
    return (
        any(key == text_key(word) for word in words.get("is", ()))
        or any(f"{key} ".startswith(text_key(word) + " ") for word in words.get("begins", ()))
        or unit_name_key(text)[0] in words.get("kinds", ())
    )
