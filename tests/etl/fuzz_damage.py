"""What happens to workbooks on their way: each function does one such thing to a workbook, at places that are drawn."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from tests.etl.fuzz_model import Cell, Place, Sheet, copied

Draw = Callable[[st.SearchStrategy], object]
Damage = Callable[[list[Sheet], Draw], None]

_FONTS = (".VnTime", ".VnTimeH", "VNI-Times", "Wingdings", "Wingdings 2", "Symbol", "Arial")
_FORMATS = ("0.0%", "0%", "dd/mm/yyyy", "mm/dd", "@", "#,##0", "General", '0" TC"')
_TYPED = (
    "217.040", "1,234", "1.234.567", "12 tỷ", "khoảng 5", "trên 1.000", "-", "x", " 5 ", "5/19", "95%", "(1.200)",
    "#", "…", "o", "Đ", "chưa", "đạt 1 phần", "KH 2023", "2024", "Tổng cộng", "I", "Ghi chú:", "1,5", "(2)", "0,5%",
)  # fmt: skip
_ERRORS = ("#REF!", "#N/A", "#DIV/0!", "#VALUE!")


def _number(draw: Draw, low: int, high: int) -> int:
    return int(str(draw(st.integers(low, max(low, high)))))


def _sheet(sheets: list[Sheet], draw: Draw) -> Sheet:
    return sheets[_number(draw, 0, len(sheets) - 1)]


def _place(sheet: Sheet, draw: Draw) -> Place:
    stored = sorted(sheet.cells)
    return stored[_number(draw, 0, len(stored) - 1)] if stored else (1, 1)


def _places(sheet: Sheet, draw: Draw, most: int = 6) -> list[Place]:
    return [_place(sheet, draw) for _ in range(_number(draw, 1, most))]


def clear_cells(sheets: list[Sheet], draw: Draw) -> None:
    sheet = _sheet(sheets, draw)
    for place in _places(sheet, draw):
        sheet.cells.pop(place, None)


def delete_row(sheets: list[Sheet], draw: Draw) -> None:
    sheet = _sheet(sheets, draw)
    gone = _place(sheet, draw)[0]
    sheet.move(lambda row: None if row == gone else row - (row > gone), lambda column: column)


def delete_column(sheets: list[Sheet], draw: Draw) -> None:
    sheet = _sheet(sheets, draw)
    gone = _place(sheet, draw)[1]
    sheet.move(lambda row: row, lambda column: None if column == gone else column - (column > gone))


def insert_rows(sheets: list[Sheet], draw: Draw) -> None:
    sheet, count = _sheet(sheets, draw), _number(draw, 1, 3)
    at = _place(sheet, draw)[0]
    sheet.move(lambda row: row + count * (row >= at), lambda column: column)


def insert_columns(sheets: list[Sheet], draw: Draw) -> None:
    sheet, count = _sheet(sheets, draw), _number(draw, 1, 2)
    at = _place(sheet, draw)[1]
    sheet.move(lambda row: row, lambda column: column + count * (column >= at))


def merge_cells(sheets: list[Sheet], draw: Draw) -> None:
    sheet = _sheet(sheets, draw)
    row, column = _place(sheet, draw)
    sheet.merge((row, column, row + _number(draw, 0, 2), column + _number(draw, 0, 3)))


def unmerge(sheets: list[Sheet], draw: Draw) -> None:
    sheet = _sheet(sheets, draw)
    if sheet.merges:
        sheet.merges.pop(_number(draw, 0, len(sheet.merges) - 1))


def shift_block(sheets: list[Sheet], draw: Draw) -> None:
    """Cut a block and paste it beside where it was, over what is there."""
    sheet = _sheet(sheets, draw)
    top, left = _place(sheet, draw)
    bottom, right = top + _number(draw, 0, 8), left + _number(draw, 0, 8)
    down, across = _number(draw, -2, 2), _number(draw, -2, 2)
    if min(top + down, left + across) < 1:
        return
    block = {
        place: sheet.cells.pop(place)
        for place in sorted(sheet.cells)
        if top <= place[0] <= bottom and left <= place[1] <= right
    }
    for (row, column), cell in block.items():
        sheet.cells[row + down, column + across] = cell
    _drop_covered(sheet)


def swap_cells(sheets: list[Sheet], draw: Draw) -> None:
    sheet = _sheet(sheets, draw)
    one, other = _place(sheet, draw), _place(sheet, draw)
    if sheet.cells:
        sheet.cells[one], sheet.cells[other] = sheet.cells[other], sheet.cells[one]


def swap_rows(sheets: list[Sheet], draw: Draw) -> None:
    sheet = _sheet(sheets, draw)
    one, other = _place(sheet, draw)[0], _place(sheet, draw)[0]
    sheet.cells = {
        ({one: other, other: one}.get(row, row), column): cell for (row, column), cell in sheet.cells.items()
    }
    _drop_covered(sheet)


def swap_columns(sheets: list[Sheet], draw: Draw) -> None:
    sheet = _sheet(sheets, draw)
    one, other = _place(sheet, draw)[1], _place(sheet, draw)[1]
    sheet.cells = {
        (row, {one: other, other: one}.get(column, column)): cell for (row, column), cell in sheet.cells.items()
    }
    _drop_covered(sheet)


def duplicate_row(sheets: list[Sheet], draw: Draw) -> None:
    sheet = _sheet(sheets, draw)
    twice = _place(sheet, draw)[0]
    line = {column: cell for (row, column), cell in sheet.cells.items() if row == twice}
    sheet.move(lambda row: row + (row > twice), lambda column: column)
    sheet.cells |= {(twice + 1, column): cell for column, cell in line.items()}
    _drop_covered(sheet)


def move_line(sheets: list[Sheet], draw: Draw) -> None:
    """Put one of the first lines somewhere else, also below the table."""
    sheet = _sheet(sheets, draw)
    first, to = _number(draw, 1, 6), _number(draw, 1, sheet.last_row + 3)
    line = {
        column: sheet.cells.pop((first, column))
        for column in range(1, sheet.last_column + 1)
        if (first, column) in sheet.cells
    }
    for column, cell in line.items():
        sheet.cells[to, column] = cell
    _drop_covered(sheet)


def hide(sheets: list[Sheet], draw: Draw) -> None:
    sheet = _sheet(sheets, draw)
    row, column = _place(sheet, draw)
    what = _number(draw, 0, 2)
    if what == 0:
        sheet.hidden_rows.add(row)
    elif what == 1:
        sheet.hidden_columns.add(column)
    elif sum(not other.is_hidden for other in sheets) > 1:
        sheet.is_hidden = True


def rename_sheet(sheets: list[Sheet], draw: Draw) -> None:
    sheet = _sheet(sheets, draw)
    name = str(draw(st.sampled_from(["Sheet1 (2)", "PL I", "bieu1", "T7.2022", "Tổng hợp", "2023-05"])))
    if all(other.title != name for other in sheets):
        sheet.title = name


def copy_sheet(sheets: list[Sheet], draw: Draw) -> None:
    if len(sheets) < 3:
        sheets.insert(_number(draw, 0, len(sheets)), copied(_sheet(sheets, draw), f"Bản sao {len(sheets)}"))


def second_table(sheets: list[Sheet], draw: Draw) -> None:
    """Paste what a sheet holds once more, below or beside itself."""
    sheet = _sheet(sheets, draw)
    is_below, gap = bool(draw(st.booleans())), _number(draw, 1, 3)
    first = _number(draw, 1, 6)
    down, across = (sheet.last_row + gap - first + 1, 0) if is_below else (0, sheet.last_column + gap)
    again = {(row + down, column + across): cell for (row, column), cell in sheet.cells.items() if row >= first}
    merges = [
        (top + down, left + across, bottom + down, right + across)
        for top, left, bottom, right in sheet.merges
        if top >= first
    ]
    sheet.cells |= again
    for area in merges:
        sheet.merge(area)


def fonts(sheets: list[Sheet], draw: Draw) -> None:
    sheet, font = _sheet(sheets, draw), str(draw(st.sampled_from(_FONTS)))
    is_all = bool(draw(st.booleans()))
    for place in list(sheet.cells) if is_all else _places(sheet, draw):
        if place in sheet.cells:
            sheet.cells[place] = replace(sheet.cells[place], font=font)


def number_formats(sheets: list[Sheet], draw: Draw) -> None:
    sheet = _sheet(sheets, draw)
    for place in _places(sheet, draw):
        if place in sheet.cells:
            sheet.cells[place] = replace(sheet.cells[place], number_format=str(draw(st.sampled_from(_FORMATS))))


def type_text(sheets: list[Sheet], draw: Draw) -> None:
    sheet = _sheet(sheets, draw)
    for place in _places(sheet, draw, 3):
        if not isinstance(sheet.cells.get(place, Cell("")).value, str):
            sheet.cells[place] = Cell(draw(st.sampled_from(_TYPED)))


def type_mark(sheets: list[Sheet], draw: Draw) -> None:
    """Type over a short cell: a mark, an ordinal."""
    sheet = _sheet(sheets, draw)
    for place in _places(sheet, draw, 3):
        if len(str(sheet.cells.get(place, Cell("")).value)) <= 2:
            sheet.cells[place] = Cell(draw(st.sampled_from((*_TYPED, 0, 1, 2023, True, date(2019, 12, 1), 0.745))))


def ghost(sheets: list[Sheet], draw: Draw) -> None:
    sheet = _sheet(sheets, draw)
    place = sheet.last_row + _number(draw, 1, 300), sheet.last_column + _number(draw, 1, 60)
    sheet.cells[place] = Cell(draw(st.sampled_from((" ", "x", 0, "STT", "Tên xã"))))


def errors(sheets: list[Sheet], draw: Draw) -> None:
    sheet = _sheet(sheets, draw)
    for place in _places(sheet, draw, 3):
        sheet.cells[place] = Cell(draw(st.sampled_from((*_ERRORS, "=A1+1", "=SUM(C8:C9)", '=IF(1,"x","")'))))


def write_otherwise(sheets: list[Sheet], draw: Draw) -> None:
    """Decompose letters, add spaces: nothing that changes what is said."""
    sheet = _sheet(sheets, draw)
    for place in _places(sheet, draw):
        value = sheet.cells.get(place, Cell(None)).value
        if isinstance(value, str) and not value.startswith("="):
            changed = (unicodedata.normalize("NFD", value), f" {value}\u00a0", value.replace(" ", "\u00a0"))
            sheet.cells[place] = replace(sheet.cells[place], value=draw(st.sampled_from(changed)))


def _drop_covered(sheet: Sheet) -> None:
    """Leave out what lies under merged ranges: no program stores it."""
    for area in sheet.merges:
        for place in [place for place in sheet.cells if sheet.area(*place) == area and place != area[:2]]:
            del sheet.cells[place]


DAMAGES: tuple[Damage, ...] = (
    clear_cells, delete_row, delete_column, insert_rows, insert_columns, merge_cells, unmerge, shift_block, swap_cells,
    swap_rows, swap_columns, duplicate_row, move_line, hide, rename_sheet, copy_sheet, second_table, fonts,
    number_formats, type_text, type_mark, ghost, errors, write_otherwise,
)  # fmt: skip
