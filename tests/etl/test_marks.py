"""What the marks of a criteria matrix mean, and which set they follow (forms.md, cases 23-33)."""

from __future__ import annotations

from datetime import date

import pytest
from openpyxl.styles import Font

from etl.clean.marks import mark_reader, planned_year
from tests.etl.findings import Reader, codes, facts, message, only_issue, row_counts
from tests.etl.workbooks import HEADINGS_ROW, NTM, NTM_SET, Row, matrix, ntm_matrix, write

NO_LEGEND: tuple[str, ...] = ()
VI_TAN = (1, "Xã Vị Tân")
HOA_LUU = (2, "Xã Hoả Lựu")


def outcomes(reading: object) -> list[object]:
    return facts(reading, "outcome")  # type: ignore[arg-type]


@pytest.mark.parametrize("mark", ["x", "X", "×", "Đ", "đ", "Đạt", "ĐẠT", 1, 1.0, "1", True, "✓", "✔", "v", "+", "có"])
def test_marks_for_met(read: Reader, mark: object) -> None:
    """Case 23."""
    reading = read(matrix([*VI_TAN, mark, "CĐ", "CĐ", "CĐ"], below=NO_LEGEND))
    assert (reading.issues, outcomes(reading)) == ([], ["met", "not_met", "not_met", "not_met"])


def test_letter_of_a_symbol_font_is_the_mark_that_it_draws(read: Reader) -> None:
    """Case 23: 'ü' is a tick in Wingdings and a letter in any other font."""
    book = matrix([*VI_TAN, "ü", "ü", "CĐ", "CĐ"], below=NO_LEGEND)
    book.active["C8"].font = Font(name="Wingdings")
    reading = read(book)
    assert outcomes(reading) == ["met", "unknown", "not_met", "not_met"]
    assert (only_issue(reading).code, only_issue(reading).cell) == ("MARK_UNKNOWN", "D8")


@pytest.mark.parametrize("mark", ["CĐ", "Chưa đạt", "chưa", "K", "Không", "KĐ", 0, 0.0, "0", False, "o", "-", "–"])
def test_marks_for_not_met(read: Reader, mark: object) -> None:
    """Case 24."""
    reading = read(matrix([*VI_TAN, "x", "x", "x", mark], below=NO_LEGEND))
    assert (reading.issues, outcomes(reading)) == ([], ["met", "met", "met", "not_met"])


def test_blank_is_what_the_legend_says(read: Reader) -> None:
    """Case 25."""
    for legend, outcome in (
        ("Ghi chú: x: đạt; để trống: chưa đạt.", "not_met"),
        ("Ghi chú: Đ: đạt; CĐ: chưa đạt; để trống: chưa có số liệu.", "unknown"),
        ("Ghi chú: dấu (x) là tiêu chí đạt, ô trống là chưa đạt", "not_met"),
        ("Chưa đạt: để trống; đạt: x", "not_met"),
    ):
        reading = read(matrix([*VI_TAN, "x", None, "x", "CĐ"], below=[legend]))
        assert (reading.issues, outcomes(reading)[1]) == ([], outcome), legend


def test_blank_beside_marks_for_met_alone_is_not_met(read: Reader) -> None:
    """Case 25."""
    reading = read(matrix([*VI_TAN, "x", None, "x", "x"], below=NO_LEGEND))
    assert (reading.issues, outcomes(reading)[1]) == ([], "not_met")


@pytest.mark.parametrize("other", ["CĐ", "?", "N", "KH 2023"])
def test_blank_beside_any_other_mark_is_unknown_and_asked(read: Reader, other: str) -> None:
    """Case 25: a district that has its own way to say 'not met' means something else by a blank."""
    reading = read(matrix([*VI_TAN, "x", None, other, "x"], below=NO_LEGEND))
    assert outcomes(reading)[1] == "unknown"
    issue = next(issue for issue in reading.issues if issue.code == "MARK_BLANK")
    assert (issue.cell, issue.severity) == ("D8", "ask")
    assert "Tiêu chí 2 để trống" in message(issue)


def test_row_of_blanks_is_not_reported_not_unmet(read: Reader) -> None:
    """Case 25: 0 of 4 is not what a district means that has not sent its figures."""
    rows: list[Row] = [[*VI_TAN, "x", "x", "x", "x"], [*HOA_LUU]]
    reading = read(matrix(*rows, below=["Ghi chú: x: đạt; để trống: chưa đạt."]))
    issue = only_issue(reading)
    assert (issue.code, issue.cell, issue.severity) == ("ROW_NOT_REPORTED", "B9", "note")
    assert "Xã Hoả Lựu" in message(issue)
    assert (row_counts(reading), set(facts(reading, "unit_code"))) == ((2, 1, 1), {"31333"})


def test_each_district_marks_in_its_own_way(read: Reader) -> None:
    """Case 26: a blank is 'not met' among x, unknown among 1 and 0."""
    rows: list[Row] = [["I", "Thành phố Vị Thanh"], [1, "Xã Vị Tân", "x", None, "x", "x"]]
    rows += [["II", "Thành phố Ngã Bảy"], [1, "Xã Đại Thành", 1, None, 0, 1]]
    reading = read(matrix(*rows, below=NO_LEGEND))
    assert outcomes(reading) == ["met", "not_met", "met", "met", "met", "unknown", "not_met", "met"]
    assert (only_issue(reading).code, only_issue(reading).cell) == ("MARK_BLANK", "D11")


def test_legend_of_a_district_stands_for_its_rows_alone(read: Reader) -> None:
    """Case 26: in Vị Thanh 'o' is met; elsewhere it stays not met, and the general legend explains blanks."""
    rows: list[Row] = [["I", "Thành phố Vị Thanh"], [1, "Xã Vị Tân", "o", "o", "x", "x"]]
    rows += [["II", "Thành phố Ngã Bảy"], [1, "Xã Đại Thành", "o", None, "x", "x"]]
    legends = ["Ghi chú: x: đạt; để trống: chưa đạt.", "Thành phố Vị Thanh: o: đạt; x: chưa đạt."]
    reading = read(matrix(*rows, below=legends))
    assert reading.issues == []
    assert outcomes(reading) == ["met", "met", "not_met", "not_met", "not_met", "not_met", "met", "met"]


def test_legends_of_two_districts_of_one_name(read: Reader) -> None:
    """Case 26, with 59: thị xã Long Mỹ marks by 'o', huyện Long Mỹ does not."""
    rows: list[Row] = [["I", "TX. Long Mỹ"], [1, "Xã Long Trị", "o", "o", "x", "x"]]
    rows += [["II", "Huyện Long Mỹ"], [1, "Xã Thuận Hưng", "o", "o", "x", "x"]]
    reading = read(matrix(*rows, below=["Ghi chú: x: đạt; o: chưa đạt.", "Thị xã Long Mỹ: o: đạt; x: chưa đạt."]))
    assert outcomes(reading) == ["met", "met", "not_met", "not_met", "not_met", "not_met", "met", "met"]


def test_letters_within_a_mark_do_not_decide(read: Reader) -> None:
    """Case 27: 'CĐ' holds a Đ, 'Chưa đạt' holds 'đạt'."""
    reading = read(matrix([*VI_TAN, "Đ", "CĐ", "Đạt", "Chưa đạt"], below=NO_LEGEND))
    assert outcomes(reading) == ["met", "not_met", "met", "not_met"]


@pytest.mark.parametrize("mark", ["đạt 1 phần", "cơ bản đạt", "95%", "đạt 16/19", 0.95])
def test_nearly_met_is_not_met_by_itself(read: Reader, mark: object) -> None:
    """Case 28."""
    reading = read(matrix([*VI_TAN, "x", "x", "x", mark], below=NO_LEGEND))
    assert outcomes(reading)[3] == "unknown"
    issue = only_issue(reading)
    assert (issue.code, issue.cell, issue.severity) == ("MARK_UNKNOWN", "F8", "ask")
    assert f"'{mark}'" in message(issue)


def test_whole_percentage_is_not_the_mark_1(read: Reader) -> None:
    """Case 28: Excel stores 100% as 1."""
    book = matrix([*VI_TAN, "x", "x", "x", 1], below=NO_LEGEND)
    book.active["F8"].number_format = "0%"
    assert outcomes(read(book))[3] == "unknown"


@pytest.mark.parametrize("mark", [2023, "2023", "KH 2023", "2024-2025", "Q4/2023", "KH 2022"])
def test_planned_year_is_not_met_and_said(read: Reader, mark: object) -> None:
    """Case 29: the report is of 2022."""
    reading = read(matrix([*VI_TAN, "x", "x", "CĐ", mark], below=NO_LEGEND))
    assert outcomes(reading)[3] == "not_met"
    issue = only_issue(reading)
    assert (issue.code, issue.cell) == ("MARK_PLANNED", "F8")
    assert "năm kế hoạch (202" in message(issue)


@pytest.mark.parametrize("mark", [2022, "2019", "KH 2021"])
def test_year_that_may_be_the_one_of_achievement_is_unknown(read: Reader, mark: object) -> None:
    """Case 29: not after the report, so not a plan for sure."""
    reading = read(matrix([*VI_TAN, "x", "x", "CĐ", mark], below=NO_LEGEND))
    assert (outcomes(reading)[3], only_issue(reading).code) == ("unknown", "MARK_UNKNOWN")


def test_planned_year_reads_no_other_mark() -> None:
    assert [planned_year(mark, date(2022, 6, 30)) for mark in ("x", None, 19, "đạt 2023", "12/2023")] == [None] * 5


@pytest.mark.parametrize("total", [3, "3/4", "3/4 TC", "3 TC", "3"])
def test_total_in_any_writing_agrees(read: Reader, total: object) -> None:
    """Case 30."""
    assert read(matrix([*VI_TAN, "x", "x", "x", "CĐ", total])).issues == []


@pytest.mark.parametrize("total", [4, "4/4", "3/19"])
def test_total_that_differs_is_asked(read: Reader, total: object) -> None:
    """Case 31, and 30 for a total of another set."""
    reading = read(matrix([*VI_TAN, "x", "x", "x", "CĐ", total]))
    assert outcomes(reading) == ["met", "met", "met", "not_met"]
    issue = only_issue(reading)
    assert (issue.code, issue.cell, issue.severity) == ("TOTAL_MISMATCH", "G8", "ask")
    assert f"ghi {total}, đếm được 3" in message(issue)


def test_results_follow_the_set_that_the_title_names(read: Reader) -> None:
    """Case 33: the same communes under two sets are two results."""
    old = ntm_matrix(
        "(Số liệu đến 31/12/2021)",
        {"Xã Vị Tân": 19},
        decision="giai đoạn 2016-2020 (Quyết định số 1980/QĐ-TTg ngày 17/10/2016)",
    )
    new = ntm_matrix("(Số liệu đến 30/9/2022)", {"Xã Vị Tân": 17})
    assert set(facts(read(old), "set_code")) == {"XA_NTM_2016_2020"}
    assert set(facts(read(new), "set_code")) == {"XA_NTM_2021_2025"}


@pytest.mark.parametrize(
    ("title", "remark", "expected"),
    [
        (NTM, NTM_SET, "XA_NTM_2021_2025"),
        (f"{NTM} GIAI ĐOẠN 2021-2025", "", "XA_NTM_2021_2025"),
        (f"{NTM} NÂNG CAO", "(Quyết định 318/QĐ-TTg)", "XA_NTM_NANG_CAO_2021_2025"),
        (NTM, "(Quyết định số 318/QĐ-TTg và Quyết định số 211/QĐ-TTg)", "XA_NTM_2021_2025"),
        # The years of the programme say nothing of the set that an early report still counted with.
        (f"{NTM} (QĐ 1980/QĐ-TTg) CHƯƠNG TRÌNH GIAI ĐOẠN 2021-2025", "", "XA_NTM_2016_2020"),
        (f"{NTM} CHƯƠNG TRÌNH MTQG GIAI ĐOẠN 2021-2025", "", None),
        (NTM, "", None),
        ("KẾT QUẢ THỰC HIỆN CÁC TIÊU CHÍ GIAI ĐOẠN 2016-2020", "", None),
        ("KẾT QUẢ THỰC HIỆN CÁC TIÊU CHÍ", "(Quyết định số 318/QĐ-TTg)", None),
        ("KẾT QUẢ THỰC HIỆN TIÊU CHÍ NTM NÂNG CAO, NTM KIỂU MẪU", "(318/QĐ-TTg)", None),
        (NTM, "(Quyết định số 18/2025/QĐ-TTg)", None),
        (NTM, "(Quyết định số 1980/QĐ-TTg, nay là Quyết định số 318/QĐ-TTg)", None),
    ],
)
def test_set_is_named_or_unknown(read: Reader, title: str, remark: str, expected: str | None) -> None:
    """Case 33."""
    book = matrix([1, "Xã Vị Tân", *"x" * 19], criteria=range(1, 20), title=title, remark=remark)
    reading = read(book)
    if expected:
        assert set(facts(reading, "set_code")) == {expected}
        return
    issue = only_issue(reading)
    assert (issue.code, issue.severity, reading.facts) == ("SET_UNKNOWN", "block", {})
    assert "318/QĐ-TTg" in message(issue)


def test_criterion_that_the_set_lacks_is_refused(read: Reader) -> None:
    reading = read(matrix([*VI_TAN, *"xxxxx"], criteria=(1, 2, 3, 4, 5)))
    assert facts(reading, "criterion_no") == ["1", "2", "3", "4"]
    assert (only_issue(reading).code, only_issue(reading).cell) == ("CRITERION_UNKNOWN", "G6")


def test_sheet_of_which_no_criterion_is_known_is_not_called_silent(read: Reader) -> None:
    reading = read(matrix([*VI_TAN, *"xxxx"], criteria=(21, 22, 23, 24)))
    assert set(codes(reading)) == {"CRITERION_UNKNOWN", "CRITERION_MISSING"}
    assert reading.facts == {}


def test_criterion_without_a_column_is_unknown_and_asked(read: Reader) -> None:
    reading = read(matrix([1, "Xã Vị Tân", *"x" * 17], criteria=range(1, 18), title=NTM, remark=NTM_SET))
    assert (only_issue(reading).code, "18, 19" in message(only_issue(reading))) == ("CRITERION_MISSING", True)


def test_heading_of_another_criterion_is_asked(read: Reader) -> None:
    numbers = [f"{number}. Tiêu chí" for number in range(1, 20)]
    book = matrix([1, "Xã Vị Tân", *"x" * 19], criteria=numbers, title=NTM, remark=NTM_SET)
    write(book.active, HEADINGS_ROW, [None, None, "1. Quy hoạch", "2. Giáo dục", "3. Thủy lợi", "4. Điện"])
    for column in range(7, 22):
        book.active.cell(HEADINGS_ROW, column, column - 2)
    issue = only_issue(read(book))
    assert (issue.code, issue.cell) == ("CRITERION_NAME_DIFFERS", "D6")
    assert "'Giáo dục'" in message(issue)
    assert "'Giao thông'" in message(issue)


@pytest.mark.parametrize(("second", "code"), [("Đánh giá", None), ("Kết quả", "CRITERION_TWICE")])
def test_two_columns_of_a_criterion(read: Reader, second: str, code: str | None) -> None:
    """Value and mark side by side: the mark is the one headed 'Đánh giá', or it is not known which."""
    book = matrix([1, "Xã Vị Tân", 5.5, "x", "x", "x", "x"], criteria=(1, None, 2, 3, 4), numbering=False)
    sheet = book.active
    sheet.insert_rows(HEADINGS_ROW + 1)
    write(sheet, HEADINGS_ROW + 1, [None, None, "Kết quả", second])
    sheet.merge_cells("C6:D6")
    for column in "ABEFGHI":
        sheet.merge_cells(f"{column}6:{column}7")
    reading = read(book)
    assert facts(reading, "criterion_no") == (["2", "3", "4"] if code else ["1", "2", "3", "4"])
    assert codes(reading) == ([code] if code else [])


def test_commune_twice_is_loaded_once(read: Reader) -> None:
    reading = read(matrix([*VI_TAN, *"xxxx"], [2, "Vị Tân", "CĐ", "CĐ", "CĐ", "CĐ"]))
    assert outcomes(reading) == ["met"] * 4
    issue = only_issue(reading)
    assert (issue.code, issue.cell, row_counts(reading)) == ("UNIT_TWICE", "B9", (2, 1, 1))
    assert "ô B8" in message(issue)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("KẾT QUẢ THỰC HIỆN KẾ HOẠCH TIÊU CHÍ NTM KIỂU MẪU TỈNH HẬU GIANG", "actual"),
        ("TỔNG HỢP TIÊU CHÍ NTM KIỂU MẪU TỈNH HẬU GIANG", "actual"),
        ("TỔNG HỢP ĐĂNG KÝ THỰC HIỆN TIÊU CHÍ NTM KIỂU MẪU TỈNH HẬU GIANG", "plan"),
        ("KẾ HOẠCH THỰC HIỆN TIÊU CHÍ NTM KIỂU MẪU TỈNH HẬU GIANG", "plan"),
        ("TỔNG HỢP ƯỚC KẾT QUẢ TIÊU CHÍ NTM KIỂU MẪU TỈNH HẬU GIANG", "estimate"),
    ],
)
def test_title_tells_results_from_plans_and_estimates(read: Reader, title: str, kind: str) -> None:
    """Case 47: a plan is never counted as a result."""
    assert set(facts(read(matrix([*VI_TAN, *"xxxx"], title=title)), "value_kind")) == {kind}


def test_blank_has_a_meaning_only_where_one_is_given() -> None:
    assert mark_reader(["x", "x"], {}).outcome(None) == "not_met"
    assert mark_reader(["x", "0"], {}).outcome(None) == "unknown"
    assert mark_reader([], {}).outcome(None) == "unknown"
    assert mark_reader(["x", "0"], {"": "not_met"}).outcome(None) == "not_met"
