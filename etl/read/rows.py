"""What each row of a table's body is: a group (district), an item, a total, a derived row; and where the body ends."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from etl.clean.vocabulary import vocabulary
from etl.read.grid import Grid
from etl.read.table import Table
from ntm.geo.names import KINDS, text_key, unit_name_key

GROUP, ITEM, TOTAL, DERIVED = "group", "item", "total", "derived"
_NOTE, _REMARK, _END = "note", "remark", "end"
_IN_A_BODY = {_NOTE: GROUP, _REMARK: DERIVED}
_ROMAN_ORDINAL = re.compile(r"^\(?(?=[IVX])(X{0,2}(IX|IV|V?I{0,3}))\)?[.\-/]?$")
_ROMAN_HEADING = re.compile(r"^([IVX]+)\s*[.\-/:–)]\s*(.+)$")
_ORDINAL = re.compile(r"^\(?(\d+([.,]\d+)*|[IVX]+|[A-ZĐa-zđ])\)?[.\-/)]?$")
# What a heading over the whole row says beside the district's name: 'THÀNH PHỐ NGÃ BẢY (08 sản phẩm)'.
_COUNT_BEHIND = re.compile(r"\s*(?:\([^)]*\d[^)]*\)|:\s*\d.*)$")
_PLACE_AND_DATE = re.compile(r"^(?:[^\d:]{0,40},)?[\s.…]*ngày\b.*tháng.*năm", re.I)
_FEWEST_CELLS = 3
_PROSE = 60


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

    A row with one text over the whole width is a group where items follow (a district without its kind), else a note; a
    sentence is a remark wherever it stands.
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
    while rows and rows[-1].kind in _IN_A_BODY:
        rows.pop()
    left_out = next((number for number in numbers[end:] if _looks_like_item(table, number, name_column)), None)
    return Body(tuple(replace(row, kind=_IN_A_BODY.get(row.kind, row.kind)) for row in rows), left_out)


def _looks_like_item(table: Table, number: int, name_column: int) -> bool:
    grid = table.grid
    columns = grid.filled_rows[number]
    is_filled = bool(grid.own_text(number, name_column)) and len(grid.row_texts(number)) >= _FEWEST_CELLS
    if table.ordinal_column:
        return is_filled and is_ordinal(grid.own_text(number, table.ordinal_column))
    return is_filled and any(isinstance(grid.values.get((number, column)), int | float) for column in columns)


def _classify(table: Table, number: int, name_column: int, names_units: bool) -> Row:
    grid = table.grid
    ordinal = grid.own_text(number, table.ordinal_column)
    name = grid.text(number, name_column)
    texts = grid.row_texts(number)
    first = texts[0] if texts else ""
    if is_end(ordinal, name, first):
        return Row(number, _END, ordinal, name)
    if _is_remark(ordinal, texts) and not is_summary(first):  # 'Tổng cộng: 08 sản phẩm của 04 chủ thể' is a total
        return Row(number, _REMARK, ordinal, first)
    if len(texts) == 1 and (heading := _ROMAN_HEADING.match(first)):
        return Row(number, GROUP, heading[1], _COUNT_BEHIND.sub("", heading[2]))
    if name in ("", ordinal) and (district := district_in_ordinal(ordinal)):
        return Row(number, GROUP, ordinal, district)  # its items are counted in another cell of the row
    label = name if name and name != ordinal else first
    # A numbered item may begin so too: 'Bình quân tiêu chí/xã' is a target, 'Tổng số xã' a content; but no unit is.
    if names_units or not is_ordinal(ordinal):
        if _is(label, "derived"):
            return Row(number, DERIVED, ordinal, label)
        if _is(label, "total") or unit_name_key(label)[0] in vocabulary("rows")["total"]["kinds"]:
            return Row(number, TOTAL, ordinal, label)
    is_district = names_units and unit_name_key(name)[0] in KINDS["district"]
    if _ROMAN_ORDINAL.match(ordinal) or is_district:
        return Row(number, GROUP, ordinal, _COUNT_BEHIND.sub("", name) if len(texts) == 1 else name)
    is_note = len(texts) == 1 and bool(ordinal) and not is_ordinal(ordinal) and _is_wide(grid, number, table)
    return Row(number, _NOTE, ordinal, name or ordinal) if is_note else Row(number, ITEM, ordinal, name)


def is_ordinal(text: str) -> bool:
    """Tell whether a cell numbers its row: '01', '1.0', 'II', 'a)'."""
    return bool(_ORDINAL.match(text))


def district_in_ordinal(ordinal: str) -> str:
    """Return the district that a cell of ordinals names ('II. HUYỆN PHỤNG HIỆP'), '' when it names none."""
    heading = _ROMAN_HEADING.match(ordinal)
    name = _COUNT_BEHIND.sub("", heading[2] if heading else ordinal)
    return name if unit_name_key(name)[0] in KINDS["district"] else ""


def may_be_heading(row: Row) -> bool:
    """Tell a row that lost both its number and its name: it may have named the district of the rows below."""
    return row.kind == ITEM and not row.ordinal and not row.name


def is_total(text: str) -> bool:
    """Tell whether a text begins like that of a total."""
    return _is(text, "total")


def is_of_which(text: str) -> bool:
    """Tell whether a text says no more than that parts follow: 'Trong đó'."""
    return _is(text, "of_which")


def without_of_which(text: str) -> str:
    """Return what stands behind 'Trong đó:' in a text, '' where it does not begin so."""
    before, separator, behind = text.partition(":")
    return behind.strip() if separator and is_of_which(before) else ""


def is_summary(text: str) -> bool:
    """Tell whether a text begins like that of a total or a derived row."""
    return _is(text, "total") or _is(text, "derived")


def is_end(ordinal: str, name: str, first: str) -> bool:
    """Tell whether a row is of the notes or signatures below a table, by its ordinal, its name and its first text."""
    if not ordinal:
        return _is(first, "end") or bool(_PLACE_AND_DATE.search(first))
    return name in ("", ordinal) and _is(ordinal, "end")


def _is_remark(ordinal: str, texts: Sequence[str]) -> bool:
    """Tell a remark that stands alone in its row, be it behind a '*': a sentence, no name."""
    is_alone = len(texts) == 1 or (len(texts) == 2 and not any(letter.isalnum() for letter in ordinal))
    text = texts[-1] if texts else ""
    return is_alone and not is_ordinal(ordinal) and (len(text) > _PROSE or text.rstrip(")").endswith((".", ":", ";")))


def _is_wide(grid: Grid, number: int, table: Table) -> bool:
    """Tell whether the ordinal cell's text runs over the naming column: it is no ordinal then."""
    merge = grid.merge_at(number, table.ordinal_column)
    return merge is None or merge.right > merge.left


def _is(text: str, kind: str) -> bool:
    words: Mapping[str, Sequence[str]] = vocabulary("rows")[kind]
    key = text_key(text)
    return any(key == text_key(word) for word in words.get("is", ())) or any(
        f"{key} ".startswith(text_key(word) + " ") for word in words.get("begins", ())
    )
