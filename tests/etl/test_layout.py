"""Where a table is and what its rows are, whatever was done to the sheet (forms.md, cases 1-18 and 22)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from etl.context import Options, Reference
from etl.workbook import read_file
from tests.etl.findings import BookReader, Reader, codes, facts, message, only_issue, row_counts
from tests.etl.workbooks import (
    FIRST_ROW,
    HEADINGS_ROW,
    KIEU_MAU,
    KIEU_MAU_SET,
    LEGEND,
    Row,
    form,
    funding,
    matrix,
    products,
    write,
)

VI_TAN = "31333"
CITY = ["I", "Thành phố Vị Thanh"]


def commune(ordinal: object = 1, name: str = "Xã Vị Tân", marks: str = "xxxx") -> list[object]:
    return [ordinal, name, *marks]


def test_sound_matrix_is_read_without_a_finding(read: Reader) -> None:
    reading = read(matrix(CITY, commune(marks="xxxC"[:3] + "x")))
    assert reading.issues == []
    assert reading.form == "criteria_matrix"
    assert (reading.period_end, reading.reporting_unit_code) == (date(2022, 6, 30), "93")
    assert facts(reading, "unit_code", "criterion_no", "outcome", "cell") == [
        (VI_TAN, "1", "met", "C9"),
        (VI_TAN, "2", "met", "D9"),
        (VI_TAN, "3", "met", "E9"),
        (VI_TAN, "4", "met", "F9"),
    ]


@pytest.mark.case(1)
def test_merged_headings_over_three_rows_make_one_path(read: Reader) -> None:
    book = funding([1, "Vốn tín dụng", 100, 90], headings=("", ""), numbering=False)
    sheet = book.active
    sheet.delete_rows(HEADINGS_ROW + 1)
    write(sheet, 6, ["TT", "Nguồn vốn", "Vốn thực hiện", None, "Ghi chú"])
    write(sheet, 7, [None, None, "Năm 2022", None, None])
    write(sheet, 8, [None, None, "Kế hoạch", "Giải ngân", None])
    write(sheet, 9, [1, "Vốn tín dụng", 100, 90])
    for merged in ("A6:A8", "B6:B8", "C6:D6", "C7:D7", "E6:E8"):
        sheet.merge_cells(merged)
    reading = read(book)
    assert facts(reading, "stage", "year", "amount_vnd_million") == [("plan", 2022, 100), ("disbursed", 2022, 90)]


@pytest.mark.case(2)
def test_heading_drawn_across_columns_without_merging_belongs_to_all(read: Reader) -> None:
    """'Năm 2021' stands in C6 alone and is meant for C and D; 'Ghi chú' is a leaf and spreads nowhere."""
    book = form(
        "TỔNG HỢP NGUỒN VỐN XÂY DỰNG NÔNG THÔN MỚI",
        ["TT", "Nguồn vốn", "Năm 2021", None, "Ghi chú", None],
        [[None, None, "Kế hoạch", "Giải ngân"], ["(1)", "(2)", "(3)", "(4)", "(5)"], [1, "Vốn tín dụng", 100, 90]],
        unit="ĐVT: Triệu đồng",
        numbering=False,
    )
    reading = read(book)
    assert facts(reading, "stage", "year") == [("plan", 2021), ("disbursed", 2021)]


@pytest.mark.case(3)
@pytest.mark.parametrize(
    "numbering",
    [
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)=(3)+(4)+(5)+(6)", "(8)"],
        ["A", "B", 1, 2, 3, 4, "5=1+2+3+4", 6],
        [1, 2, 3, 4, 5, 6, 7, 8],
    ],
)
def test_numbering_row_ends_the_header(read: Reader, numbering: list[object]) -> None:
    book = matrix(commune())
    write(book.active, FIRST_ROW - 1, numbering)
    reading = read(book)
    assert (reading.issues, row_counts(reading)) == ([], (1, 1, 0))


@pytest.mark.case(3)
def test_row_of_numbers_in_the_body_is_no_numbering_row(read: Reader) -> None:
    """A commune's row without its name, marked by 1 and 0, is set aside and said."""
    reading = read(matrix(commune(marks="1111"), [2, None, 1, 1, 0, 1], below=()))
    assert (only_issue(reading).code, only_issue(reading).cell, row_counts(reading)) == (
        "UNIT_MISSING",
        "B9",
        (2, 1, 1),
    )


@pytest.mark.case(3)
def test_row_of_criterion_numbers_is_no_numbering_row(read: Reader) -> None:
    """1, 2, 3, 4 without an ordinal are criteria, even where no numbering row follows."""
    book = form(KIEU_MAU, ["STT", "Tên xã", "Kết quả"], [], remark=KIEU_MAU_SET, numbering=False)
    write(book.active, 7, [None, None, 1, 2, 3, 4])
    write(book.active, 8, commune())
    for merged in ("A6:A7", "B6:B7", "C6:F6"):
        book.active.merge_cells(merged)
    assert facts(read(book), "criterion_no") == ["1", "2", "3", "4"]


@pytest.mark.case(4)
def test_without_a_numbering_row_the_body_begins_below_the_heading(read: Reader) -> None:
    reading = read(matrix(commune(), numbering=False))
    assert facts(reading, "cell") == ["C7", "D7", "E7", "F7"]


@pytest.mark.case(5)
def test_roman_row_is_a_district_and_no_commune(read: Reader) -> None:
    """Its figures count communes; they are compared, not loaded."""
    reading = read(matrix([*CITY, 1, 1, 1, 2], commune()))
    assert set(facts(reading, "unit_code")) == {VI_TAN}
    issue = only_issue(reading)
    assert (issue.code, issue.cell) == ("COUNT_MISMATCH", "F8")
    assert ": 2/1" in message(issue)


@pytest.mark.case(6)
def test_roman_numeral_in_the_name_is_a_name(read: Reader) -> None:
    """Phường I of Vị Thanh is no level of the table."""
    reading = read(matrix(CITY, commune(name="Phường I"), commune(2, "Phường III")))
    assert row_counts(reading) == (3, 3, 0)
    assert len(set(facts(reading, "unit_code"))) == 2


@pytest.mark.case(7)
@pytest.mark.parametrize("text", ["I. THÀNH PHỐ NGÃ BẢY", "THÀNH PHỐ NGÃ BẢY", "Ngã Bảy"])
@pytest.mark.parametrize("is_merged", [True, False])
def test_district_over_the_whole_row(read: Reader, text: str, is_merged: bool) -> None:
    """With its Roman number, with its kind, or with neither."""
    book = products([text], [1, "Khóm", "HTX A", 62.5, "3 sao", "1/QĐ-UBND ngày 20/9/2022"])
    if is_merged:
        book.active.merge_cells("A8:F8")
    reading = read(book)
    assert (reading.issues, facts(reading, "unit_code")) == ([], ["931"])


@pytest.mark.case(8)
@pytest.mark.parametrize("ordinals", [(1, 1), (1, 2), ("01", "02"), (1.0, 2.0), (None, None)])
def test_ordinals_are_no_key(read: Reader, ordinals: tuple[object, object]) -> None:
    reading = read(
        matrix(CITY, commune(ordinals[0]), ["II", "Thành phố Ngã Bảy"], commune(ordinals[1], "Xã Đại Thành"), below=[])
    )
    assert (reading.issues, len(set(facts(reading, "unit_code")))) == ([], 2)


@pytest.mark.case(9)
@pytest.mark.parametrize("label", ["Tổng cộng", "Cộng", "TỔNG SỐ", "Toàn tỉnh", "Tỉnh Hậu Giang"])
@pytest.mark.parametrize("is_first", [True, False])
def test_total_row_only_reconciles(read: Reader, label: str, is_first: bool) -> None:
    total = [None, label, 1, 1, 1, 7]
    reading = read(matrix(total, commune()) if is_first else matrix(commune(), total))
    assert set(facts(reading, "unit_code")) == {VI_TAN}
    issue = only_issue(reading)
    assert (issue.code, issue.raw_value) == ("COUNT_MISMATCH", "7")
    assert row_counts(reading) == (2, 2, 0)


@pytest.mark.case(9)
def test_subtotal_rows_below_their_districts(read: Reader) -> None:
    """'Cộng' below each district counts that district, 'Tổng cộng' the province."""
    rows: list[Row] = [CITY, commune(), [None, "Cộng", 1, 1, 1, 1]]
    rows += [["II", "Thành phố Ngã Bảy"], commune(1, "Xã Đại Thành"), [None, "Cộng", 1, 1, 1, 1]]
    reading = read(matrix(*rows, [None, "Tổng cộng", 2, 2, 2, 2]))
    assert (reading.issues, row_counts(reading)) == ([], (7, 7, 0))


@pytest.mark.case(9)
def test_commune_named_like_a_total_row_is_a_commune(read: Reader) -> None:
    """Xã Cộng Hòa has no ordinal in some forms; it is in no register of Hậu Giang, and said to be so."""
    issue = only_issue(read(matrix(commune(None, "Cộng Hòa"))))
    assert (issue.code, issue.cell) == ("UNIT_UNKNOWN", "B8")


@pytest.mark.case(10)
@pytest.mark.parametrize("label", ["Tỷ lệ (%)", "Bình quân", "So với KH (+/-)"])
def test_derived_row_is_left_out(read: Reader, label: str) -> None:
    reading = read(matrix(commune(), [None, label, 50, 50, 50, 50]))
    assert (reading.issues, row_counts(reading)) == ([], (2, 2, 0))


@pytest.mark.case(11)
def test_notes_and_signatures_end_the_table(read: Reader) -> None:
    book = matrix(commune(), below=(LEGEND, "Hậu Giang, ngày     tháng     năm 2022"))
    write(book.active, 12, ["NGƯỜI LẬP BIỂU", None, None, "CHÁNH VĂN PHÒNG"])
    write(book.active, 13, ["Nơi nhận: như trên"])
    book.active.merge_cells("A9:H9")
    reading = read(book)
    assert (reading.issues, row_counts(reading)) == ([], (1, 1, 0))


@pytest.mark.case(11)
def test_legend_line_without_a_heading_word_ends_the_table(read: Reader) -> None:
    """'x: đạt …' alone in a merged row is no commune."""
    book = matrix(commune(), below=("x: đạt; để trống: chưa đạt",))
    book.active.merge_cells("A9:H9")
    reading = read(book)
    assert (reading.issues, row_counts(reading)) == ([], (1, 1, 0))


@pytest.mark.case(13)
def test_rows_below_the_notes_are_not_lost_silently(read: Reader) -> None:
    """A second block below the signature is not read, and that is said."""
    book = matrix(commune(), below=(LEGEND,))
    write(book.active, 12, [2, "Xã Hoả Lựu", "x", "x", "x", "x"])
    issue = only_issue(read(book))
    assert (issue.code, issue.cell, issue.severity) == ("ROWS_LEFT_OUT", "A12", "ask")
    assert "Chuyển ghi chú xuống dưới cùng" in message(issue)


@pytest.mark.case(12)
def test_repeated_header_is_left_out(read: Reader) -> None:
    """Pasted again after a page break, numbering row included."""
    book = matrix(commune(), below=())
    write(book.active, 9, ["STT", "Tên xã", 1, 2, 3, 4, "Tổng số TC đạt", "Ghi chú"])
    write(book.active, 10, [f"({number})" for number in range(1, 9)])
    write(book.active, 11, commune(2, "Xã Hoả Lựu"))
    reading = read(book)
    assert (reading.issues, row_counts(reading)) == ([], (2, 2, 0))


@pytest.mark.case(14)
def test_hidden_sheet_is_read_and_flagged(read_book: BookReader) -> None:
    book = matrix(commune())
    book.active.sheet_state = "hidden"
    book.create_sheet("Trang 2")
    book.active = 1
    reading = read_book(book)
    assert len(facts(reading.sheets[0], "unit_code")) == 4
    issue = only_issue(reading)
    assert (issue.code, issue.severity) == ("SHEET_HIDDEN", "ask")


@pytest.mark.case(14)
def test_hidden_columns_and_rows_are_read_and_named(read: Reader) -> None:
    book = matrix(commune(), commune(2, "Xã Hoả Lựu"))
    book.active.column_dimensions["D"].hidden = True
    book.active.row_dimensions[9].hidden = True
    reading = read(book)
    assert len(facts(reading, "unit_code")) == 8
    issue = only_issue(reading)
    assert (issue.code, issue.severity) == ("CELLS_HIDDEN", "ask")
    assert "cột 2; hàng 9" in message(issue)


@pytest.mark.case(15)
def test_formula_without_a_result_blocks_its_cell(read: Reader) -> None:
    """A file written by a program; blank or zero would both be wrong."""
    reading = read(matrix([*commune(marks="xxx"), '=IF(1,"x","")']))
    assert facts(reading, "criterion_no") == ["1", "2", "3"]
    issue = only_issue(reading)
    assert (issue.code, issue.cell, issue.severity) == ("CELL_UNCALCULATED", "F8", "block")
    assert issue.raw_value == '=IF(1,"x","")'
    assert "lưu lại" in message(issue)


@pytest.mark.case(15)
def test_row_of_formulas_without_results_is_not_called_blank(read: Reader) -> None:
    reading = read(matrix([1, "Xã Vị Tân", "=A1", "=A1", "=A1", "=A1"]))
    assert codes(reading) == ["CELL_UNCALCULATED"] * 4
    assert row_counts(reading) == (1, 0, 1)


@pytest.mark.case(16)
@pytest.mark.parametrize("error", ["#REF!", "#DIV/0!", "#N/A"])
def test_error_blocks_its_cell(read: Reader, error: str) -> None:
    reading = read(matrix([*commune(marks="xxx"), error]))
    assert facts(reading, "criterion_no") == ["1", "2", "3"]
    issue = only_issue(reading)
    assert (issue.code, issue.cell, issue.severity) == ("CELL_ERROR", "F8", "block")
    assert error in message(issue)


@pytest.mark.case(17)
def test_empty_declared_columns_cost_nothing(read: Reader) -> None:
    """Styled cells without content up to column 256."""
    book = matrix(commune())
    for column in range(10, 257):
        book.active.cell(HEADINGS_ROW, column).number_format = "0.00"
        book.active.cell(FIRST_ROW, column).value = "  "
    reading = read(book)
    assert (reading.issues, row_counts(reading)) == ([], (1, 1, 0))


@pytest.mark.case(18)
def test_vertical_merge_fills_down_within_its_range_only(read: Reader) -> None:
    """One producer for two products; the third has none."""
    rows = [[number, f"Khóm {number}", None, 60, "3 sao", "1/QĐ-UBND ngày 20/9/2022"] for number in (1, 2, 3)]
    book = products(["I. THÀNH PHỐ VỊ THANH"], *rows)
    book.active["C9"] = "HTX A"
    book.active.merge_cells("C9:C10")
    assert facts(read(book), "producer") == ["HTX A", "HTX A", None]


@pytest.mark.case(22)
@pytest.mark.parametrize("name", ["Biểu 01", "bieu1", "Sheet1 (2)", "PL I"])
def test_sheet_name_says_nothing(read: Reader, name: str) -> None:
    book = matrix(commune())
    book.active.title = name
    assert read(book).form == "criteria_matrix"


def test_sheet_without_a_known_form_names_its_headings(read: Reader) -> None:
    issue = only_issue(read(form("BÁO CÁO", ["STT", "Họ và tên", "Ngày sinh"], [[1, "A", 1990]])))
    assert (issue.code, issue.severity) == ("FORM_UNKNOWN", "block")
    assert "Họ và tên" in message(issue)


def test_column_that_is_no_part_of_the_form_is_named(read: Reader) -> None:
    book = matrix(commune())
    book.active.cell(HEADINGS_ROW, 9, "Dân số")
    issue = only_issue(read(book))
    assert (issue.code, issue.severity) == ("COLUMNS_NOT_READ", "note")
    assert "Dân số" in message(issue)


def test_empty_workbook_gives_nothing(tmp_path: Path, reference: Reference) -> None:
    path = tmp_path / "rong.xlsx"
    Workbook().save(path)
    assert read_file(path, path.name, reference, Options()).sheets == ()
