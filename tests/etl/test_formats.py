"""One workbook in four formats: the same facts, the same findings; what is no number never becomes one, nor empty."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.styles import Font

from etl.context import Options, Reference
from etl.read.grid import Grid
from etl.read.workbook import read_workbook
from etl.workbook import WorkbookReading, read_file
from tests.etl.findings import codes, facts, only_issue
from tests.etl.office_files import save_as
from tests.etl.workbooks import funding, matrix, products, recognition, recognitions, targets

FORMATS = (".xlsx", ".xls", ".ods", ".csv")
WITH_CELLS = (".xlsx", ".xls", ".ods")
ReadAs = Callable[[Workbook, str], WorkbookReading]


@pytest.fixture
def read_as(tmp_path: Path, reference: Reference) -> ReadAs:
    """Return a function that saves a workbook in a format and reads the file as the load does."""

    def read(book: Workbook, suffix: str) -> WorkbookReading:
        path = save_as(book, tmp_path / f"bieu{suffix}")
        return read_file(path, path.name, reference, Options())

    return read


def merged_matrix() -> Workbook:
    book = matrix(["I", "Thành phố Vị Thanh"], [1, "Xã Vị Tân", "x", "x", "CĐ", "x", 3])
    book.active.merge_cells("A2:H2")
    return book


def told(reading: WorkbookReading) -> object:
    """Return all that a file says, but for its own name."""
    return [
        (sheet.form, sheet.period_end, sheet.issues, [
            {key: value for key, value in fact.items() if key not in ("source_id", "sheet")}
            for rows in sheet.facts.values()
            for fact in rows
        ])
        for sheet in reading.sheets
    ]  # fmt: skip


@pytest.mark.case(20)
@pytest.mark.parametrize("suffix", FORMATS[1:])
@pytest.mark.parametrize(
    "book",
    [
        merged_matrix(),
        funding([1, "Ngân sách trung ương", 170914], [2, "Vốn tín dụng", 5589382.5]),
        products(["I", "Huyện Châu Thành"], [1, "Mật hoa dừa", "HTX A", 91, "5 sao", "1/QĐ-UBND ngày 20/9/2020"]),
        recognitions(recognition("Xã Vị Tân", day=datetime(2021, 12, 20))),
        targets([1, "Số xã đạt chuẩn nông thôn mới", "xã", 5, "giao", None, datetime(2022, 12, 31), "KH 1"]),
    ],
    ids=["matrix", "funding", "products", "recognitions", "targets"],
)
def test_facts_are_the_same_in_every_format(read_as: ReadAs, book: Workbook, suffix: str) -> None:
    expected, found = read_as(book, ".xlsx"), read_as(book, suffix)
    assert any(sheet.facts for sheet in expected.sheets)
    if suffix == ".csv":  # whose one sheet is named by the file
        assert [sheet.sheet for sheet in found.sheets] == ["bieu"]
    assert str(told(found)).replace("'bieu'", f"'{book.active.title}'") == str(told(expected))


CELL = st.one_of(
    st.text(st.characters(codec="utf-8", categories=("L", "N", "P"), exclude_characters="=+-@#%"), min_size=1),
    st.integers(-(10**9), 10**9),
    st.floats(-1e9, 1e9, allow_nan=False).map(lambda value: round(value, 6)),
    st.booleans(),
    st.sampled_from(["#REF!", "#DIV/0!", "#NUM!"]),
    st.dates(datetime(1990, 1, 1).date(), datetime(2040, 1, 1).date()),
    st.floats(0, 1).map(lambda value: (round(value, 4), "0.0%")),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    cells=st.dictionaries(st.tuples(st.integers(1, 12), st.integers(1, 8)), CELL, min_size=1, max_size=30),
    merge=st.sampled_from(["", "A1:B3", "C5:F5"]),
)
def test_cells_are_the_same_in_every_format(tmp_path: Path, cells: dict[tuple[int, int], object], merge: str) -> None:
    book = Workbook()
    book.active.title = "Biểu"
    for (row, column), value in cells.items():
        cell = book.active.cell(row, column)
        if isinstance(value, tuple):
            cell.value, cell.number_format = value
        elif hasattr(value, "year"):
            cell.value, cell.number_format = datetime(value.year, value.month, value.day), "dd/mm/yyyy"
        else:
            cell.value = value
            if isinstance(value, str) and not value.startswith("#"):
                cell.data_type = "s"
    if merge:
        book.active.merge_cells(merge)
    grids = [read_workbook(save_as(book, tmp_path / f"bieu{suffix}")) for suffix in WITH_CELLS]
    assert [issue for _, issue in grids] == [None] * len(WITH_CELLS)
    expected, *others = [[_plain(grid) for grid in found] for found, _ in grids]
    assert others == [expected] * len(others)


def _plain(grid: Grid) -> object:
    kinds = {position: type(value) for position, value in grid.values.items()}
    return grid.sheet, grid.values, kinds, grid.errors, grid.percents, grid.date_formats, sorted(map(str, grid.merges))


@pytest.mark.case(16)
@pytest.mark.parametrize("suffix", FORMATS)
def test_error_is_neither_empty_nor_zero(read_as: ReadAs, suffix: str) -> None:
    issue = only_issue(read_as(matrix([1, "Xã Vị Tân", "x", "x", "#REF!", "x"]), suffix).sheets[0])
    assert (issue.code, issue.cell, issue.raw_value, issue.severity) == ("CELL_ERROR", "E8", "#REF!", "block")


@pytest.mark.case(15)
@pytest.mark.parametrize("suffix", WITH_CELLS)
def test_formula_that_was_never_calculated_is_told(read_as: ReadAs, suffix: str) -> None:
    issue = only_issue(read_as(matrix([1, "Xã Vị Tân", "x", "x", "=1+0", "x"]), suffix).sheets[0])
    assert (issue.code, issue.cell, issue.severity) == ("CELL_UNCALCULATED", "E8", "block")


@pytest.mark.case(14)
@pytest.mark.parametrize("suffix", WITH_CELLS)
def test_what_is_hidden_is_read_and_told(read_as: ReadAs, suffix: str) -> None:
    book = matrix([1, "Xã Vị Tân", "x", "x", "x", "x"], [2, "Xã Hoả Lựu", "x", "x", "x", "x"])
    book.active.row_dimensions[9].hidden = True
    book.active.column_dimensions["D"].hidden = True
    book.create_sheet("Trống")  # a workbook has to show a sheet
    book.active.sheet_state = "hidden"
    (sheet,) = read_as(book, suffix).sheets
    assert len(sheet.facts["criterion_result"]) == 8
    assert codes(sheet) == ["SHEET_HIDDEN", "CELLS_HIDDEN"]
    assert (sheet.issues[1].values["columns"], sheet.issues[1].values["rows"]) == ("2", "9")


@pytest.mark.parametrize("suffix", WITH_CELLS)
def test_tick_of_a_symbol_font(read_as: ReadAs, suffix: str) -> None:
    book = matrix([1, "Xã Vị Tân", "ü", "ü", "û", "x"])
    for column in "CDE":
        book.active[f"{column}8"].font = Font(name="Wingdings")
    (sheet,) = read_as(book, suffix).sheets
    assert facts(sheet, "outcome") == ["met", "met", "not_met", "met"]


@pytest.mark.case(17)
def test_declared_range_far_beyond_the_table(read_as: ReadAs) -> None:
    """In .ods a stretch of empty cells up to column 16 000 and row 1 048 000 is stated once: it holds nothing."""
    (sheet,) = read_as(matrix([1, "Xã Vị Tân", "x", "x", "x", "x"]), ".ods").sheets
    assert (len(sheet.facts["criterion_result"]), sheet.issues) == (4, [])


@pytest.mark.case(20)
def test_xlsx_under_the_name_xls_is_read(tmp_path: Path) -> None:
    path = tmp_path / "bieu.xls"
    matrix([1, "Xã Vị Tân", "x"]).save(path.with_suffix(".xlsx"))
    path.with_suffix(".xlsx").rename(path)
    (grid,), issue = read_workbook(path)
    assert (grid.value(8, 2), issue) == ("Xã Vị Tân", None)


SAVED_BY_LIBREOFFICE = Path(__file__).parent / "files"


@pytest.mark.parametrize("suffix", [".ods", ".xls"])
def test_file_saved_by_libreoffice(suffix: str) -> None:
    """The same cells as in the .xlsx that it was converted from: calculated, with errors, fonts, formats."""
    (expected,), _ = read_workbook(SAVED_BY_LIBREOFFICE / "libreoffice.xlsx")
    (found,), issue = read_workbook(SAVED_BY_LIBREOFFICE / f"libreoffice{suffix}")
    assert issue is None
    assert _plain(found) == _plain(expected)
    assert (found.errors, found.uncached, found.hidden_rows, found.hidden_columns) == (
        {(2, 1): "#DIV/0!", (2, 2): "#REF!", (2, 4): "#N/A"}, {}, {2}, {3}
    )  # fmt: skip
    assert (found.value(3, 4), found.value(3, 6), found.value(3, 7)) == ("xã vị tân", "Tỉnh HẬU GIANG", "Xã Vị Tân")
