"""What the marks of a criteria matrix mean, and which set they follow (forms.md, cases 23-33)."""

from __future__ import annotations

from datetime import date

import pytest
from openpyxl.styles import Font

from etl.clean.marks import mark_reader, planned_year
from etl.context import SheetReading
from tests.etl.findings import Reader, codes, facts, message, only_issue, row_counts, rows_of
from tests.etl.workbooks import HEADINGS_ROW, NTM, NTM_SET, Row, matrix, ntm_matrix, write

NO_LEGEND: tuple[str, ...] = ()
VI_TAN = (1, "Xã Vị Tân")
HOA_LUU = (2, "Xã Hoả Lựu")


def outcomes(reading: object) -> list[object]:
    return facts(reading, "outcome")  # type: ignore[arg-type]


@pytest.mark.case(23)
@pytest.mark.parametrize(
    "mark", ["x", "X", "×", "Đ", "đ", "Đạt", "ĐẠT", 1, 1.0, "1", True, "✓", "✔", "(R)", "v", "+", "có"]
)
def test_marks_for_met(read: Reader, mark: object) -> None:
    reading = read(matrix([*VI_TAN, mark, "CĐ", "CĐ", "CĐ"], below=NO_LEGEND))
    assert (reading.issues, outcomes(reading)) == ([], ["met", "not_met", "not_met", "not_met"])


@pytest.mark.case(23)
def test_letter_of_a_symbol_font_is_the_mark_that_it_draws(read: Reader) -> None:
    """'ü' is a tick in Wingdings and a letter in any other font."""
    book = matrix([*VI_TAN, "ü", "ü", "CĐ", "CĐ"], below=NO_LEGEND)
    book.active["C8"].font = Font(name="Wingdings")
    reading = read(book)
    assert outcomes(reading) == ["met", "unknown", "not_met", "not_met"]
    assert (only_issue(reading).code, only_issue(reading).cell) == ("MARK_UNKNOWN", "D8")


@pytest.mark.case(24)
@pytest.mark.parametrize("mark", ["CĐ", "Chưa đạt", "chưa", "K", "Không", "KĐ", 0, 0.0, "0", False, "o", "-", "–"])
def test_marks_for_not_met(read: Reader, mark: object) -> None:
    reading = read(matrix([*VI_TAN, "x", "x", "x", mark], below=NO_LEGEND))
    assert (reading.issues, outcomes(reading)) == ([], ["met", "met", "met", "not_met"])


@pytest.mark.case(25)
def test_blank_is_what_the_legend_says(read: Reader) -> None:
    for legend, outcome in (
        ("Ghi chú: x: đạt; để trống: chưa đạt.", "not_met"),
        ("Ghi chú: Đ: đạt; CĐ: chưa đạt; để trống: chưa có số liệu.", "unknown"),
        ("Ghi chú: dấu (x) là tiêu chí đạt, ô trống là chưa đạt", "not_met"),
        ("Chưa đạt: để trống; đạt: x", "not_met"),
    ):
        reading = read(matrix([*VI_TAN, "x", None, "x", "CĐ"], below=[legend]))
        assert (reading.issues, outcomes(reading)[1]) == ([], outcome), legend


@pytest.mark.case(25)
def test_blank_beside_marks_for_met_alone_is_not_met(read: Reader) -> None:
    reading = read(matrix([*VI_TAN, "x", None, "x", "x"], below=NO_LEGEND))
    assert (reading.issues, outcomes(reading)[1]) == ([], "not_met")


@pytest.mark.case(25)
@pytest.mark.parametrize("other", ["CĐ", "?", "N", "KH 2023"])
def test_blank_beside_any_other_mark_is_unknown_and_asked(read: Reader, other: str) -> None:
    """A district that has its own way to say 'not met' means something else by a blank."""
    reading = read(matrix([*VI_TAN, "x", None, other, "x"], below=NO_LEGEND))
    assert outcomes(reading)[1] == "unknown"
    issue = next(issue for issue in reading.issues if issue.code == "MARK_BLANK")
    assert (issue.cell, issue.severity) == ("D8", "ask")
    assert "Tiêu chí 2 để trống" in message(issue)


@pytest.mark.case(25)
def test_row_of_blanks_is_not_reported_not_unmet(read: Reader) -> None:
    """0 of 4 is not what a district means that has not sent its figures."""
    rows: list[Row] = [[*VI_TAN, "x", "x", "x", "x"], [*HOA_LUU]]
    reading = read(matrix(*rows, below=["Ghi chú: x: đạt; để trống: chưa đạt."]))
    issue = only_issue(reading)
    assert (issue.code, issue.cell, issue.severity) == ("ROW_NOT_REPORTED", "B9", "note")
    assert "Xã Hoả Lựu" in message(issue)
    assert (row_counts(reading), set(facts(reading, "unit_code"))) == ((2, 1, 1), {"31333"})


@pytest.mark.case(26)
def test_each_district_marks_in_its_own_way(read: Reader) -> None:
    """A blank is 'not met' among x, unknown among 1 and 0."""
    rows: list[Row] = [["I", "Thành phố Vị Thanh"], [1, "Xã Vị Tân", "x", None, "x", "x"]]
    rows += [["II", "Thành phố Ngã Bảy"], [1, "Xã Đại Thành", 1, None, 0, 1]]
    reading = read(matrix(*rows, below=NO_LEGEND))
    assert outcomes(reading) == ["met", "not_met", "met", "met", "met", "unknown", "not_met", "met"]
    assert (only_issue(reading).code, only_issue(reading).cell) == ("MARK_BLANK", "D11")


@pytest.mark.case(26)
def test_legend_of_a_district_stands_for_its_rows_alone(read: Reader) -> None:
    """In Vị Thanh 'o' is met; elsewhere it stays not met, and the general legend explains blanks."""
    rows: list[Row] = [["I", "Thành phố Vị Thanh"], [1, "Xã Vị Tân", "o", "o", "x", "x"]]
    rows += [["II", "Thành phố Ngã Bảy"], [1, "Xã Đại Thành", "o", None, "x", "x"]]
    legends = ["Ghi chú: x: đạt; để trống: chưa đạt.", "Thành phố Vị Thanh: o: đạt; x: chưa đạt."]
    reading = read(matrix(*rows, below=legends))
    assert reading.issues == []
    assert outcomes(reading) == ["met", "met", "not_met", "not_met", "not_met", "not_met", "met", "met"]


@pytest.mark.case(26)
@pytest.mark.case(59)
def test_legends_of_two_districts_of_one_name(read: Reader) -> None:
    """Thị xã Long Mỹ marks by 'o', huyện Long Mỹ does not."""
    rows: list[Row] = [["I", "TX. Long Mỹ"], [1, "Xã Long Trị", "o", "o", "x", "x"]]
    rows += [["II", "Huyện Long Mỹ"], [1, "Xã Thuận Hưng", "o", "o", "x", "x"]]
    reading = read(matrix(*rows, below=["Ghi chú: x: đạt; o: chưa đạt.", "Thị xã Long Mỹ: o: đạt; x: chưa đạt."]))
    assert outcomes(reading) == ["met", "met", "not_met", "not_met", "not_met", "not_met", "met", "met"]


@pytest.mark.case(27)
def test_letters_within_a_mark_do_not_decide(read: Reader) -> None:
    """'CĐ' holds a Đ, 'Chưa đạt' holds 'đạt'."""
    reading = read(matrix([*VI_TAN, "Đ", "CĐ", "Đạt", "Chưa đạt"], below=NO_LEGEND))
    assert outcomes(reading) == ["met", "not_met", "met", "not_met"]


@pytest.mark.case(28)
@pytest.mark.parametrize("mark", ["đạt 1 phần", "cơ bản đạt", "95%", "đạt 16/19", 0.95])
def test_nearly_met_is_not_met_by_itself(read: Reader, mark: object) -> None:
    reading = read(matrix([*VI_TAN, "x", "x", "x", mark], below=NO_LEGEND))
    assert outcomes(reading)[3] == "unknown"
    issue = only_issue(reading)
    assert (issue.code, issue.cell, issue.severity) == ("MARK_UNKNOWN", "F8", "ask")
    assert f"'{mark}'" in message(issue)


@pytest.mark.case(28)
def test_whole_percentage_is_not_the_mark_1(read: Reader) -> None:
    """Excel stores 100% as 1."""
    book = matrix([*VI_TAN, "x", "x", "x", 1], below=NO_LEGEND)
    book.active["F8"].number_format = "0%"
    assert outcomes(read(book))[3] == "unknown"


@pytest.mark.case(29)
@pytest.mark.parametrize(
    ("mark", "year"),
    [(2023, 2023), ("2023", 2023), ("KH 2023", 2023), ("2023-2024", 2024), ("Q4/2023", 2023), ("KH 2022", 2022)],
)
def test_planned_year_is_not_met_and_a_plan(read: Reader, mark: object, year: int) -> None:
    """The report is of 2022."""
    reading = read(matrix([*VI_TAN, "x", "x", "CĐ", mark], below=NO_LEGEND))
    assert outcomes(reading)[3] == "not_met"
    issue = only_issue(reading)
    assert (issue.code, issue.cell, issue.severity) == ("MARK_PLANNED", "F8", "note")
    assert f"năm kế hoạch ({year})" in message(issue)
    plan = rows_of(reading, "criterion_result", "criterion_no", "value_kind", "outcome", "period_end", "cell")[4:]
    assert plan == [("4", "plan", "met", date(year, 12, 31), "F8")]


@pytest.mark.case(29)
@pytest.mark.parametrize("mark", [2022, "2019", "KH 2021"])
def test_year_that_may_be_the_one_of_achievement_is_unknown(read: Reader, mark: object) -> None:
    """Not after the report, so not a plan for sure."""
    reading = read(matrix([*VI_TAN, "x", "x", "CĐ", mark], below=NO_LEGEND))
    assert (outcomes(reading)[3], only_issue(reading).code) == ("unknown", "MARK_UNKNOWN")


@pytest.mark.case(29)
@pytest.mark.parametrize("mark", ["KH 2025", "2024-2025"])
def test_plan_for_the_year_in_which_the_unit_ends_is_for_its_last_day(read: Reader, mark: str) -> None:
    """Communes of Hậu Giang ended on 30 June 2025; another commune may bear the code at the end of the year."""
    reading = read(matrix([*VI_TAN, "x", "x", "CĐ", mark], cut_off="(Số liệu đến 30/6/2023)"))
    assert facts(reading, "outcome", "period_end")[3:] == [
        ("not_met", date(2023, 6, 30)),
        ("met", date(2025, 6, 30)),
    ]


@pytest.mark.case(29)
def test_plan_for_a_year_after_the_unit_ended_is_not_kept(read: Reader) -> None:
    reading = read(matrix([*VI_TAN, "x", "x", "CĐ", "KH 2026"], cut_off="(Số liệu đến 31/12/2024)"))
    assert outcomes(reading) == ["met", "met", "not_met", "not_met"]
    assert codes(reading) == ["MARK_PLANNED", "PLAN_AFTER_UNIT"]


@pytest.mark.case(29)
def test_year_for_which_a_plan_is_made_is_met_in_that_plan(read: Reader) -> None:
    title = "KẾ HOẠCH THỰC HIỆN TIÊU CHÍ NTM KIỂU MẪU TỈNH HẬU GIANG"
    reading = read(matrix([*VI_TAN, "x", "x", "CĐ", "KH 2023"], title=title, cut_off="(Số liệu đến 31/12/2023)"))
    assert facts(reading, "outcome", "value_kind") == [(mark, "plan") for mark in ("met", "met", "not_met", "met")]


def test_planned_year_reads_no_other_mark() -> None:
    assert [planned_year(mark, date(2022, 6, 30)) for mark in ("x", None, 19, "đạt 2023", "12/2023")] == [None] * 5


@pytest.mark.case(30)
@pytest.mark.parametrize("total", [3, "3/4", "3/4 TC", "3 TC", "3"])
def test_total_in_any_writing_agrees(read: Reader, total: object) -> None:
    assert read(matrix([*VI_TAN, "x", "x", "x", "CĐ", total])).issues == []


@pytest.mark.case(30)
@pytest.mark.parametrize("total", ["3/19", "3/19 TC", "3/9"])
def test_total_of_another_number_of_criteria_is_asked(read: Reader, total: str) -> None:
    """The whole is that of the set: 4 here, 19 for communes, 9 for districts, 10 from 2026 on."""
    issue = only_issue(read(matrix([*VI_TAN, "x", "x", "x", "CĐ", total])))
    assert (issue.code, issue.cell, issue.severity) == ("TOTAL_OF_OTHER_SET", "G8", "ask")
    assert f"'{total}', nhưng bộ tiêu chí đã nêu có 4" in message(issue)


@pytest.mark.case(31)
@pytest.mark.parametrize("total", [4, "4/4"])
def test_total_that_differs_is_asked(read: Reader, total: object) -> None:
    reading = read(matrix([*VI_TAN, "x", "x", "x", "CĐ", total]))
    assert outcomes(reading) == ["met", "met", "met", "not_met"]
    issue = only_issue(reading)
    assert (issue.code, issue.cell, issue.severity) == ("TOTAL_MISMATCH", "G8", "ask")
    assert f"ghi {total}, đếm được 3" in message(issue)
    assert rows_of(reading, "stated_result", "metric", "value", "cell") == [("criteria_met", 4, "G8")]


def test_total_that_is_no_number_is_said(read: Reader) -> None:
    issue = only_issue(read(matrix([*VI_TAN, "x", "x", "x", "CĐ", "gần đủ"])))
    assert (issue.code, issue.cell, issue.severity) == ("TOTAL_UNREADABLE", "G8", "ask")


@pytest.mark.case(32)
@pytest.mark.parametrize("total", ["Hoàn thành 4/4", "4/4", 4])
def test_all_criteria_met_is_no_recognition(read: Reader, total: object) -> None:
    """Thừa Thiên Huế, 2019: 57 communes had completed the criteria, 45 had a decision."""
    reading = read(matrix([*VI_TAN, *"xxxx", total]))
    assert (reading.issues, outcomes(reading)) == ([], ["met"] * 4)
    assert set(reading.facts) == {"criterion_result", "stated_result"}


@pytest.mark.case(32)
@pytest.mark.case(54)
@pytest.mark.parametrize(
    ("year", "expected", "found"),
    [
        (2021, [("achieved_year", 2021, "actual")], []),
        ("năm 2021", [("achieved_year", 2021, "actual")], []),
        ("KH 2023", [("planned_year", 2023, "plan")], []),
        (2024, [("planned_year", 2024, "plan")], []),
        ("2021-2025", [], ["YEARS_NOT_ONE"]),
    ],
)
def test_year_of_the_standard_is_kept_apart(read: Reader, year: object, expected: object, found: list[str]) -> None:
    """A year in a column is no recognition; a span of years is no year."""
    book = matrix([*VI_TAN, *"xxxx", None, year])
    book.active.cell(HEADINGS_ROW, 8, "Năm đạt chuẩn/KH đạt chuẩn")
    reading = read(book)
    assert rows_of(reading, "stated_result", "metric", "value", "value_kind") == expected
    assert (codes(reading), "recognition" in reading.facts) == (found, False)


@pytest.mark.case(33)
def test_results_follow_the_set_that_the_title_names(read: Reader) -> None:
    """The same communes under two sets are two results."""
    old = ntm_matrix(
        "(Số liệu đến 31/12/2021)",
        {"Xã Vị Tân": 19},
        decision="giai đoạn 2016-2020 (Quyết định số 1980/QĐ-TTg ngày 17/10/2016)",
    )
    new = ntm_matrix("(Số liệu đến 30/9/2022)", {"Xã Vị Tân": 17})
    assert set(facts(read(old), "set_code")) == {"XA_NTM_2016_2020"}
    assert set(facts(read(new), "set_code")) == {"XA_NTM_2021_2025"}


@pytest.mark.case(33)
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


def headed(read: Reader, heading: str) -> SheetReading:
    """Return the reading of a matrix of 19 criteria whose second is headed so."""
    names = ["1. Quy hoạch", heading, "3. Thủy lợi", "4. Điện"]
    return read(matrix([1, "Xã Vị Tân", *"x" * 19], criteria=[*names, *range(5, 20)], title=NTM, remark=NTM_SET))


def test_criterion_headed_in_new_words_is_asked(read: Reader) -> None:
    issue = only_issue(reading := headed(read, "2. Cầu cống"))
    assert (issue.code, issue.cell, issue.severity) == ("CRITERION_NAME_DIFFERS", "D6", "ask")
    assert "'Cầu cống'" in message(issue)
    assert "'Giao thông'" in message(issue)
    assert len(facts(reading, "criterion_no")) == 19


def test_criterion_headed_by_the_name_of_another_is_not_read(read: Reader) -> None:
    """Where the numbers only count columns, the mark would land under the wrong criterion."""
    reading = headed(read, "2. Điện")
    assert [(issue.code, issue.cell, issue.severity) for issue in reading.issues][:1] == [
        ("CRITERION_NAME_OF_OTHER", "D6", "block")
    ]
    assert "2" not in facts(reading, "criterion_no")


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
    met = [number for (number,) in rows_of(reading, "criterion_result", "criterion_no")]
    assert met == (["2", "3", "4"] if code else ["1", "2", "3", "4"])
    assert codes(reading) == ([code] if code else [])


def test_commune_twice_is_loaded_once(read: Reader) -> None:
    reading = read(matrix([*VI_TAN, *"xxxx"], [2, "Vị Tân", "CĐ", "CĐ", "CĐ", "CĐ"]))
    assert outcomes(reading) == ["met"] * 4
    issue = only_issue(reading)
    assert (issue.code, issue.cell, row_counts(reading)) == ("UNIT_TWICE", "B9", (2, 1, 1))
    assert "ô B8" in message(issue)


@pytest.mark.case(47)
@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("KẾT QUẢ THỰC HIỆN KẾ HOẠCH TIÊU CHÍ NTM KIỂU MẪU TỈNH HẬU GIANG", "actual"),
        ("TỔNG HỢP TIÊU CHÍ NTM KIỂU MẪU TỈNH HẬU GIANG", "actual"),
        ("TỔNG HỢP ĐĂNG KÝ THỰC HIỆN TIÊU CHÍ NTM KIỂU MẪU TỈNH HẬU GIANG", "registered"),
        ("KẾ HOẠCH THỰC HIỆN TIÊU CHÍ NTM KIỂU MẪU TỈNH HẬU GIANG", "plan"),
        ("TỔNG HỢP ƯỚC KẾT QUẢ TIÊU CHÍ NTM KIỂU MẪU TỈNH HẬU GIANG", "estimate"),
    ],
)
def test_title_tells_results_from_plans_and_estimates(read: Reader, title: str, kind: str) -> None:
    """A plan is never counted as a result."""
    assert set(facts(read(matrix([*VI_TAN, *"xxxx"], title=title)), "value_kind")) == {kind}


def test_blank_has_a_meaning_only_where_one_is_given() -> None:
    assert mark_reader(["x", "x"], {}).outcome(None) == "not_met"
    assert mark_reader(["x", "0"], {}).outcome(None) == "unknown"
    assert mark_reader([], {}).outcome(None) == "unknown"
    assert mark_reader(["x", "0"], {"": "not_met"}).outcome(None) == "not_met"
