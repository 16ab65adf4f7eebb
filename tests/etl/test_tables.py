"""Several tables on a sheet, one below the other and side by side; tables without an ordinal heading (case 13)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from etl.context import Options, Reference, SheetReading
from etl.forms.tables import find_tables
from etl.read.grid import Grid
from etl.workbook import read_sheet
from tests.etl.findings import BookReader, codes, facts, issues_of, message, only_issue, row_counts
from tests.etl.workbooks import KIEU_MAU, LEGEND, Row, form, funding, matrix, recognition, recognitions, write

MONEY = "TỔNG HỢP NGUỒN VỐN XÂY DỰNG NÔNG THÔN MỚI TỈNH HẬU GIANG NĂM 2022"
HEADINGS = ["TT", "Nguồn vốn", "Kế hoạch năm 2022"]
CREDIT = [1, "Vốn tín dụng", 100]
COMMUNE = [1, "Xã Vị Tân", "x", "x", "x", "x"]
MATRIX_HEADINGS = ["STT", "Tên xã", 1, 2, 3, 4, "Tổng số TC đạt", "Ghi chú"]


def place(book: Workbook, top: int, rows: Sequence[Row], left: int = 1) -> Workbook:
    """Write rows into a workbook's sheet from a cell on."""
    for number, row in enumerate(rows, start=top):
        write(book.active, number, [*[None] * (left - 1), *row])
    return book


def amounts(reading: SheetReading) -> list[object]:
    return facts(reading, "amount_vnd_million")


@pytest.mark.case(13)
@pytest.mark.parametrize(
    "below",
    [
        [LEGEND],
        [LEGEND, "Hậu Giang, ngày     tháng     năm 2022", "CHÁNH VĂN PHÒNG", "Nguyễn Văn A"],
        [],
    ],
)
def test_tables_one_below_the_other_are_read_each(read_book: BookReader, below: list[str]) -> None:
    """Each has its own title, unit of money and period; a gap, notes or signatures stand between them."""
    book = matrix(COMMUNE, below=below)
    lines: list[Row] = [[f"BIỂU 02. {MONEY}"], ["(Số liệu đến 30/9/2022)"], [None, None, "ĐVT: Tỷ đồng"]]
    place(book, 15, [*lines, HEADINGS, ["(1)", "(2)", "(3)"], CREDIT])
    first, second = read_book(book).sheets
    assert (first.form, first.table_no, first.period_end) == ("criteria_matrix", 1, date(2022, 6, 30))
    assert (second.form, second.table_no, second.period_end) == ("funding_by_source", 2, date(2022, 9, 30))
    assert (row_counts(first), row_counts(second)) == ((1, 1, 0), (1, 1, 0))
    assert facts(second, "amount_vnd_million", "cell") == [(100_000, "C20")]
    assert (first.title, second.title) == (KIEU_MAU, f"BIỂU 02. {MONEY}")
    assert not [issue for issue in first.issues if issue.severity != "ask"]
    assert second.issues == []


@pytest.mark.case(13)
def test_table_without_lines_of_its_own_has_those_above(read_book: BookReader) -> None:
    """The second table says its unit of money alone: period and province are those of the first."""
    book = funding(CREDIT)
    place(book, 12, [["II. Nợ đọng"], ["ĐVT: Tỷ đồng"], HEADINGS, CREDIT])
    place(book, 18, [[*HEADINGS[:2], "Giải ngân năm 2022"], CREDIT])
    first, second, third = read_book(book).sheets
    assert [reading.period_end for reading in (first, second, third)] == [date(2022, 6, 30)] * 3
    assert {reading.reporting_unit_code for reading in (first, second, third)} == {"93"}
    assert (amounts(first), amounts(second), amounts(third)) == ([100], [100_000], [100_000])


@pytest.mark.case(13)
def test_later_table_of_another_district_is_that_district_s(read_book: BookReader) -> None:
    book = funding(CREDIT, head="UBND HUYỆN PHỤNG HIỆP", title=f"{MONEY}")
    place(book, 12, [["UBND HUYỆN VỊ THỦY"], HEADINGS, CREDIT])
    first, second = read_book(book).sheets
    assert (first.reporting_unit_code, second.reporting_unit_code) == ("934", "935")


@pytest.mark.case(13)
def test_side_table_with_its_own_ordinals(read_book: BookReader) -> None:
    book = matrix(COMMUNE, [2, "Xã Hoả Lựu", "x", "x", "x", "x"])
    book.active["K1"] = "ĐVT: Triệu đồng"
    place(book, 6, [HEADINGS, [1, "Vốn tín dụng", 100], [2, "Vốn doanh nghiệp", 7], [3, "Vốn lồng ghép", 9]], left=10)
    left, right = read_book(book).sheets
    assert (left.form, row_counts(left), left.issues) == ("criteria_matrix", (2, 2, 0), [])
    assert (right.form, row_counts(right), right.issues) == ("funding_by_source", (3, 3, 0), [])
    assert facts(right, "amount_vnd_million", "cell") == [(100, "L7"), (7, "L8"), (9, "L9")]


@pytest.mark.case(13)
def test_side_table_without_ordinals_behind_an_empty_column(read_book: BookReader) -> None:
    book = matrix(COMMUNE)
    book.active["K5"] = "ĐVT: Triệu đồng"
    place(book, 6, [["Nguồn vốn", "Kế hoạch năm 2022"], ["Vốn tín dụng", 100], ["Vốn doanh nghiệp", 7]], left=10)
    left, right = read_book(book).sheets
    assert (left.form, row_counts(left), left.issues) == ("criteria_matrix", (1, 1, 0), [])
    assert (right.form, amounts(right), row_counts(right)) == ("funding_by_source", [100, 7], (2, 2, 0))


@pytest.mark.case(13)
def test_table_without_ordinals_left_of_one_that_has_them(read_book: BookReader) -> None:
    book = Workbook()
    book.active["A1"], book.active["A2"] = "TỈNH HẬU GIANG (Số liệu đến 30/6/2022)", "ĐVT: Triệu đồng"
    place(book, 6, [["Nguồn vốn", "Kế hoạch năm 2022"], ["Vốn tín dụng", 100], ["Vốn doanh nghiệp", 7]])
    place(book, 5, [[KIEU_MAU]], left=4)
    place(book, 6, [MATRIX_HEADINGS, [f"({number})" for number in range(1, 9)], COMMUNE, [LEGEND]], left=4)
    book.active["A3"] = "(Quyết định số 319/QĐ-TTg)"
    left, right = read_book(book).sheets
    assert (left.form, amounts(left), row_counts(left)) == ("funding_by_source", [100, 7], (2, 2, 0))
    assert (right.form, row_counts(right), facts(right, "cell")) == (
        "criteria_matrix",
        (1, 1, 0),
        ["F8", "G8", "H8", "I8"],
    )


@pytest.mark.case(13)
def test_side_table_that_begins_lower(read_book: BookReader) -> None:
    book = matrix(COMMUNE, [2, "Xã Hoả Lựu", "x", "x", "x", "x"], [3, "Xã Tân Tiến", "x", "x", "x", "x"])
    place(book, 8, [["ĐVT: Triệu đồng"], HEADINGS, CREDIT], left=10)
    left, right = read_book(book).sheets
    assert (row_counts(left), codes(left)) == ((3, 3, 0), [])
    assert (amounts(right), codes(right)) == ([100], [])


@pytest.mark.case(13)
def test_further_table_of_no_form_is_asked_about(read_book: BookReader) -> None:
    book = matrix(COMMUNE)
    place(book, 12, [["STT", "Loại đường", "Chiều dài (km)"], [1, "Đường xã", 12.5]])
    reading = read_book(book)
    assert facts(reading.sheets[0], "criterion_no") == ["1", "2", "3", "4"]
    issue = only_issue(reading)
    assert (issue.code, issue.severity) == ("TABLE_UNKNOWN", "ask")
    assert "Loại đường" in message(issue)


@pytest.mark.case(13)
def test_further_table_without_figures_is_no_report(read_book: BookReader) -> None:
    book = matrix(COMMUNE)
    place(book, 12, [["STT", "Họ và tên", "Chức vụ"], [1, "Nguyễn Văn A", "Chánh Văn phòng"]])
    reading = read_book(book)
    assert (len(reading.sheets), codes(reading)) == (1, [])


@pytest.mark.case(13)
def test_tables_of_one_meaning_are_both_read_and_asked_about(read_book: BookReader) -> None:
    book = matrix(COMMUNE)
    rows: list[Row] = [MATRIX_HEADINGS, [2, "Xã Hoả Lựu", "x", "x", "x", "x"], [LEGEND]]
    place(book, 12, rows)
    first, second = read_book(book).sheets
    assert first.issues == []
    issue = only_issue(second)
    assert (issue.code, issue.severity, issue.cell) == ("TABLES_ALIKE", "ask", "A12")
    assert "A6" in message(issue)
    assert len(facts(second, "cell")) == 4


@pytest.mark.case(13)
def test_tables_of_one_form_with_titles_of_their_own_are_two_reports(read_book: BookReader) -> None:
    book = funding(CREDIT)
    place(book, 12, [[MONEY.replace("2022", "2023")], HEADINGS, CREDIT])
    assert [codes(reading) for reading in read_book(book).sheets] == [[], []]


@pytest.mark.case(13)
def test_headings_of_a_form_need_no_ordinals(read_book: BookReader) -> None:
    headings = ["Tên xã", 1, 2, 3, 4, "Tổng số TC đạt"]
    book = form(KIEU_MAU, headings, [COMMUNE[1:], ["Xã Hoả Lựu", *"xxxx"]], remark="(QĐ 319/QĐ-TTg)")
    place(book, 10, [["Tổng cộng", 2, 2, 2, 2], [LEGEND], [], ["NGƯỜI LẬP BIỂU"]])
    (reading,) = read_book(book).sheets
    assert (reading.form, row_counts(reading)) == ("criteria_matrix", (3, 3, 0))
    assert facts(reading, "cell")[:4] == ["B8", "C8", "D8", "E8"]
    assert codes(reading) == []


@pytest.mark.case(13)
def test_rows_behind_the_notes_of_a_table_without_ordinals_are_said(read_book: BookReader) -> None:
    book = form(MONEY, HEADINGS[1:], [CREDIT[1:], ["Ghi chú: ước tính"]], unit="ĐVT: Triệu đồng", numbering=False)
    place(book, 10, [["Vốn doanh nghiệp", 7, 8]])
    assert [(issue.code, issue.cell) for issue in issues_of(read_book(book))] == [("ROWS_LEFT_OUT", "A10")]


@pytest.mark.case(22)
def test_cover_sheet_is_only_noted(read_book: BookReader) -> None:
    book = matrix(COMMUNE)
    cover = book.create_sheet("Bìa", 0)
    cover["A1"] = "BÁO CÁO NÔNG THÔN MỚI"
    issue = only_issue(read_book(book))
    assert (issue.code, issue.severity, issue.sheet) == ("SHEET_WITHOUT_TABLE", "note", "Bìa")


@pytest.mark.case(13)
def test_figures_under_no_heading_are_named(read_book: BookReader) -> None:
    """A column of figures that nothing heads is not read, and that is said."""
    book = matrix(COMMUNE, [2, "Xã Hoả Lựu", *"xxxx"])
    book.active["J9"] = 12
    issue = only_issue(read_book(book))
    assert (issue.code, issue.severity) == ("COLUMNS_UNHEADED", "ask")
    assert "J9" in message(issue)


@pytest.mark.case(13)
def test_texts_under_no_heading_are_asked_about(read_book: BookReader) -> None:
    """A heading lost over a column, of districts say, is told: its rows may mean something else by it."""
    book = recognitions(
        recognition("Xã Đông Phú", "Huyện Vị Thuỷ", "NTM", date(2019, 8, 6), "Công nhận", 2018, "106/QĐ-UBND")
    )
    sheet = book.active
    heading = next(cell for line in sheet.iter_rows() for cell in line if cell.value == "Huyện")
    heading.value = None
    issue = only_issue(read_book(book))
    assert (issue.code, issue.severity) == ("COLUMNS_UNHEADED", "ask")
    assert heading.column_letter in message(issue)


LINES: list[Row] = [
    ["STT", "Tên xã", 1, 2, 3, 4],
    ["TT", "Nguồn vốn", "Kế hoạch năm 2022"],
    ["Nguồn vốn", "Kế hoạch năm 2022", "Giải ngân năm 2022"],
    ["Tiêu chí", "Xã Vị Tân", "Xã Hoả Lựu"],
    ["(1)", "(2)", "(3)", "(4)"],
    ["ĐVT: Triệu đồng"],
    [f"{KIEU_MAU} (319/QĐ-TTg)"],
    ["UBND HUYỆN CHÂU THÀNH"],
    ["I", "Thành phố Vị Thanh"],
    [1, "Xã Vị Tân", *"xxxx"],
    [2, "Xã Hoả Lựu", *"xxxx"],
    [1, "Vốn tín dụng", 100],
    ["Vốn tín dụng", 100, 50],
    ["Tổng cộng", None, 1, 1],
    ["Ghi chú: x: đạt"],
    ["Tiêu chí 1", "x", "x"],
    [],
]


@pytest.mark.case(13)
@given(
    st.lists(st.sampled_from(LINES), min_size=1, max_size=16),
    st.lists(st.sampled_from(LINES), max_size=16),
    st.integers(3, 9),
)
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_cell_is_read_twice_and_no_row_is_lost(
    reference: Reference, left: list[Row], right: list[Row], column: int
) -> None:
    """However lines of tables are put below and beside each other; read_sheet raises where a row is lost."""
    cells = {
        (row, place): value
        for shift, lines in ((1, left), (1 + column, right))
        for row, line in enumerate(lines, start=1)
        for place, value in enumerate(line, start=shift)
        if value is not None
    }
    grid = Grid("Sheet", cells)
    owners = Counter(
        place for table in find_tables(grid) for place in table.grid.values if table.top <= place[0] <= table.bottom
    )
    assert [place for place, count in owners.items() if count > 1] == []
    if grid.filled_rows:
        assert read_sheet(grid, Path("T6.2022.xlsx"), reference, Options(province_code="93"))
