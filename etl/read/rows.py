"""What each row of a table's body is: a group (district), an item, a total, a derived row; and where the body ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from etl.clean.vocabulary import vocabulary
from etl.read.table import Table
from ntm.geo.names import text_key, unit_name_key

GROUP, ITEM, TOTAL, DERIVED = "group", "item", "total", "derived"
_ROMAN_ORDINAL = re.compile(r"^(?=[IVX])(X{0,2}(IX|IV|V?I{0,3}))\.?$")
_ROMAN_HEADING = re.compile(r"^([IVX]+)\.\s*(.+)$")
_BLANK_DATE = re.compile(r"ngày.*tháng.*năm", re.I)
_DISTRICT_KINDS = frozenset({"huyện", "quận", "thị xã", "thành phố"})


@dataclass(frozen=True)
class Row:
    """One row of the body: its kind, its ordinal and the name in its naming column (or the text of the whole row)."""

    number: int
    kind: str
    ordinal: str
    name: str


def body(table: Table, name_column: int) -> Iterator[Row]:
    """Yield the rows of a table's body until its notes or signatures begin."""
    for number in table.body_rows():
        row = _classify(table, number, name_column)
        if row is None:
            return
        yield row


def _classify(table: Table, number: int, name_column: int) -> Row | None:
    grid = table.grid
    ordinal = grid.own_text(number, table.ordinal_column)
    name = grid.text(number, name_column)
    first = next(iter(grid.row_texts(number)), "")
    if not ordinal and (_begins(first, "end") or _BLANK_DATE.search(first)):
        return None
    whole_row = _ROMAN_HEADING.match(first)
    if whole_row and len(grid.row_texts(number)) == 1:
        return Row(number, GROUP, whole_row[1], whole_row[2])
    if _begins(ordinal, "end") and name in ("", ordinal):
        return None
    label = name if name and name != ordinal else first
    is_numbered = bool(re.match(r"\d", ordinal))  # a numbered row is an item, however it begins
    if _begins(label, "derived") and not is_numbered:
        return Row(number, DERIVED, ordinal, label)
    if _begins(label, "total") and not is_numbered and not _ROMAN_ORDINAL.match(ordinal):
        return Row(number, TOTAL, ordinal, label)
    if _ROMAN_ORDINAL.match(ordinal) or unit_name_key(name)[0] in _DISTRICT_KINDS:
        return Row(number, GROUP, ordinal, name)
    return Row(number, ITEM, ordinal, name)


def _begins(text: str, kind: str) -> bool:
    key = text_key(text) + " "
    return any(key.startswith(text_key(word) + " ") for word in vocabulary("rows")[kind])
