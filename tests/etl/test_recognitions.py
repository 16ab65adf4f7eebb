"""Lists of recognitions as offices lay them out: standards side by side, dates in one cell, withdrawals in notes."""

from __future__ import annotations

from datetime import date

import pytest
from openpyxl import Workbook

from etl.clean.decisions import read_decision
from etl.clean.standards import only_standard
from tests.etl.findings import Reader, codes, facts, message, only_issue, row_counts
from tests.etl.workbooks import Row, form, recognition, recognitions

TITLE = "DANH SÁCH XÃ ĐƯỢC CÔNG NHẬN ĐẠT CHUẨN NÔNG THÔN MỚI TỈNH HẬU GIANG"
CUT_OFF = "(Số liệu đến 30/6/2025)"
DAY = date(2021, 12, 20)
PLAIN = ["TT", "Tên xã", "Huyện", "Năm đạt", "Số QĐ", "Ngày QĐ", "Ghi chú"]


def listed(headings: Row, *rows: Row, title: str = TITLE, **parts: object) -> Workbook:
    return form(title, headings, rows, **{"cut_off": CUT_OFF, **parts})  # type: ignore[arg-type]


def vi_tan(*cells: object) -> Row:
    return [1, "Xã Vị Tân", "Thành phố Vị Thanh", *cells]


@pytest.mark.parametrize(
    ("text", "number", "day"),
    [
        ("Số 123/QĐ-UBND ngày 09/8/2023", "123/QĐ-UBND", date(2023, 8, 9)),
        ("15/2022/NQ-HĐND ngày 14/7/2022", "15/2022/NQ-HĐND", date(2022, 7, 14)),
        ("QĐ số 7, ngày 29/02/2020", "7", date(2020, 2, 29)),
        ("Số: 05 /QĐ- UBND", "05/QĐ-UBND", None),
        ("Số:    /QĐ-UBND ngày    tháng    năm 2022", None, None),
        (date(2022, 6, 30), None, date(2022, 6, 30)),
        (None, None, None),
    ],
)
@pytest.mark.case(51)
def test_number_and_date_of_a_decision(text: object, number: str | None, day: date | None) -> None:
    decision = read_decision(text)
    assert (decision.number, decision.day, decision.invalid_date) == (number, day, None)


@pytest.mark.parametrize(
    ("title", "standard"),
    [
        (TITLE, "ntm"),
        ("DANH SÁCH XÃ NTM NÂNG CAO, CHƯƠNG TRÌNH MTQG XÂY DỰNG NÔNG THÔN MỚI", "nang_cao"),
        ("DANH SÁCH THỊ XÃ HOÀN THÀNH NHIỆM VỤ XÂY DỰNG NÔNG THÔN MỚI", "hoan_thanh"),
        ("DANH SÁCH XÃ ĐẠT CHUẨN NTM, NTM NÂNG CAO", None),
        ("DANH SÁCH XÃ", None),
    ],
)
def test_standard_of_a_title(title: str, standard: str | None) -> None:
    assert only_standard(title) == standard


def test_number_and_date_stand_in_one_cell(read: Reader) -> None:
    headings = ["TT", "Tên xã", "Huyện", "Mức", "Năm đạt", "Số, ngày quyết định"]
    reading = read(listed(headings, vi_tan("NTM nâng cao", 2022, "Số 123/QĐ-UBND ngày 09/8/2023")))
    assert facts(reading, "standard", "decision_no", "decision_date", "result_year") == [
        ("nang_cao", "123/QĐ-UBND", date(2023, 8, 9), 2022)
    ]
    assert reading.issues == []


@pytest.mark.case(53)
def test_result_of_a_year_is_recognised_in_the_next(read: Reader) -> None:
    reading = read(recognitions(recognition(year=2022, day=date(2023, 8, 9))))
    assert facts(reading, "result_year", "decision_date") == [(2022, date(2023, 8, 9))]
    assert reading.issues == []


@pytest.mark.case(54)
@pytest.mark.parametrize(
    ("written", "span"),
    [("2021-2025", "2021-2025"), ("2023 – 2025", "2023-2025"), ("giai đoạn 2021-2025", "2021-2025")],
)
def test_span_of_years_is_no_year(read: Reader, written: str, span: str) -> None:
    reading = read(recognitions(recognition(year=written)))
    issue = only_issue(reading)
    assert (issue.code, issue.severity, issue.cell) == ("RESULT_YEAR_SPAN", "note", "E8")
    assert facts(reading, "result_year", "result_span") == [(None, span)]


@pytest.mark.case(52)
@pytest.mark.parametrize("day", ["31/11/2016", "30/2"])
def test_day_that_does_not_exist_sets_a_recognition_aside_and_is_not_mended(read: Reader, day: str) -> None:
    """A recognition counts from its day; what is wrong with it is said once."""
    reading = read(recognitions(recognition(day=day)))
    issue = only_issue(reading)
    assert (issue.code, issue.severity, issue.cell) == ("DATE_NEEDED", "block", "G8")
    assert (reading.facts, row_counts(reading)) == ({}, (1, 0, 1))
    assert f"'{day}'" in message(issue)


@pytest.mark.case(51)
def test_date_left_blank_is_no_date(read: Reader) -> None:
    reading = read(recognitions(recognition(day="ngày    tháng    năm 2022")))
    assert (codes(reading)[-1], reading.facts) == ("DATE_NEEDED", {})


def test_standards_stand_side_by_side(read: Reader) -> None:
    """'Đạt chuẩn NTM: năm | số QĐ | ngày QĐ' beside the same of nâng cao; blank columns tell that it is not there."""
    book = listed(
        ["TT", "Tên xã", "Huyện", "Đạt chuẩn NTM", None, None, "NTM nâng cao", None, None],
        [None, None, None, "Năm", "Số QĐ", "Ngày QĐ", "Năm", "Số QĐ", "Ngày QĐ"],
        vi_tan(2015, "5/QĐ-UBND", date(2015, 12, 1), 2021, "12/QĐ-UBND", DAY),
        [2, "Xã Hoả Lựu", "Thành phố Vị Thanh", 2019, "9/QĐ-UBND", date(2019, 12, 1)],
        numbering=False,
    )
    for merged in ("A6:A7", "B6:B7", "C6:C7", "D6:F6", "G6:I6"):
        book.active.merge_cells(merged)
    reading = read(book)
    assert facts(reading, "standard", "result_year", "decision_no") == [
        ("ntm", 2015, "5/QĐ-UBND"),
        ("nang_cao", 2021, "12/QĐ-UBND"),
        ("ntm", 2019, "9/QĐ-UBND"),
    ]
    assert (reading.issues, row_counts(reading)) == ([], (2, 2, 0))


def test_group_rows_name_the_standard(read: Reader) -> None:
    """Read by its title alone, the second commune would hold the lower standard."""
    rows = [
        ["I", "Xã đạt chuẩn nông thôn mới"],
        vi_tan(2021, "1/QĐ-UBND", DAY),
        ["II", "Xã nông thôn mới nâng cao"],
        [1, "Xã Vị Trung", "Huyện Vị Thủy", 2021, "2/QĐ-UBND", DAY],
    ]
    reading = read(listed(PLAIN, *rows))
    assert facts(reading, "unit_code", "standard") == [("31333", "ntm"), ("31444", "nang_cao")]
    assert reading.issues == []


def test_title_names_the_standard_of_all(read: Reader) -> None:
    reading = read(listed(PLAIN, vi_tan(2021, "1/QĐ-UBND", DAY), title=TITLE.replace("MỚI TỈNH", "MỚI NÂNG CAO TỈNH")))
    assert (facts(reading, "standard"), reading.issues) == (["nang_cao"], [])


def test_row_whose_standard_nobody_names_is_set_aside(read: Reader) -> None:
    title = "DANH SÁCH XÃ ĐẠT CHUẨN NTM, NTM NÂNG CAO TỈNH HẬU GIANG"
    issue = only_issue(reading := read(listed(PLAIN, vi_tan(2021, "1/QĐ-UBND", DAY), title=title)))
    assert (issue.code, issue.severity, reading.facts) == ("STANDARD_UNKNOWN", "block", {})


def test_districts_that_completed_the_task(read: Reader) -> None:
    """A column headed 'Huyện, thị xã, thành phố' needs no kind before its names."""
    title = "DANH SÁCH THỊ XÃ, THÀNH PHỐ HOÀN THÀNH NHIỆM VỤ XÂY DỰNG NÔNG THÔN MỚI TỈNH HẬU GIANG"
    headings = ["TT", "Huyện, thị xã, thành phố", "Năm đạt", "Số QĐ", "Ngày QĐ"]
    rows = [
        [1, "Thành phố Ngã Bảy", 2019, "890/QĐ-TTg", date(2020, 6, 25)],
        [2, "Vị Thanh", 2019, "1/QĐ-TTg", date(2020, 7, 6)],
    ]
    reading = read(listed(headings, *rows, title=title))
    assert facts(reading, "unit_code", "standard") == [("931", "hoan_thanh"), ("930", "hoan_thanh")]
    assert (reading.issues, row_counts(reading)) == ([], (2, 2, 0))


@pytest.mark.parametrize(
    ("note", "event"), [("Thu hồi", "revoked"), ("cấp lại", "reaffirmed"), ("Xã bãi ngang", "recognised")]
)
def test_note_tells_the_event(read: Reader, note: str, event: str) -> None:
    reading = read(listed([*PLAIN[:-1], "Ghi chú (cấp lại, thu hồi)"], vi_tan(2021, "1/QĐ-UBND", DAY, note)))
    assert (facts(reading, "event"), reading.issues) == ([event], [])


def test_note_with_a_decision_is_an_event_of_its_own(read: Reader) -> None:
    note = "Thu hồi theo QĐ số 9/QĐ-UBND ngày 05/5/2023"
    reading = read(listed(PLAIN, vi_tan(2021, "1/QĐ-UBND", DAY, note)))
    assert facts(reading, "event", "decision_no", "decision_date", "cell") == [
        ("recognised", "1/QĐ-UBND", DAY, "B8"),
        ("revoked", "9/QĐ-UBND", date(2023, 5, 5), "G8"),
    ]
    assert reading.issues == []


@pytest.mark.parametrize("note", ["Đã thu hồi", "Đề nghị thu hồi", "Thu hồi năm 2023", "chưa cấp lại bằng"])
def test_note_of_an_event_without_decision_is_asked_about(read: Reader, note: str) -> None:
    reading = read(listed(PLAIN, vi_tan(2021, "1/QĐ-UBND", DAY, note)))
    issue = only_issue(reading)
    assert (issue.code, issue.severity, issue.cell) == ("NOTE_EVENT_UNCLEAR", "ask", "G8")
    assert facts(reading, "event") == ["recognised"]


@pytest.mark.parametrize(
    ("title", "event"),
    [
        ("DANH SÁCH XÃ BỊ THU HỒI QUYẾT ĐỊNH CÔNG NHẬN ĐẠT CHUẨN NÔNG THÔN MỚI TỈNH HẬU GIANG", "revoked"),
        ("THU HỒI QUYẾT ĐỊNH CÔNG NHẬN XÃ NÔNG THÔN MỚI TỈNH HẬU GIANG", "revoked"),
    ],
)
def test_title_of_withdrawals_lists_no_recognitions(read: Reader, title: str, event: str) -> None:
    reading = read(listed(PLAIN, vi_tan(2021, "1/QĐ-UBND", DAY), title=title))
    assert (facts(reading, "event"), reading.issues) == ([event], [])


def test_row_of_a_list_of_both_says_which_it_is(read: Reader) -> None:
    title = "DANH SÁCH CÔNG NHẬN, THU HỒI XÃ ĐẠT CHUẨN NÔNG THÔN MỚI TỈNH HẬU GIANG"
    rows = [vi_tan(2021, "1/QĐ-UBND", DAY, "Công nhận"), vi_tan(2021, "2/QĐ-UBND", DAY)]
    reading = read(listed(PLAIN, *rows, title=title))
    assert (facts(reading, "event"), codes(reading), row_counts(reading)) == (
        ["recognised"],
        ["EVENT_UNKNOWN"],
        (2, 1, 1),
    )


@pytest.mark.parametrize("words", ["ĐỀ NGHỊ CÔNG NHẬN", "ĐĂNG KÝ", "PHẤN ĐẤU", "CHƯA ĐƯỢC CÔNG NHẬN"])
def test_list_of_what_nobody_decided_is_refused(read: Reader, words: str) -> None:
    """Its columns 'Số', 'Ngày' are those of a proposal."""
    title = f"DANH SÁCH XÃ {words} ĐẠT CHUẨN NÔNG THÔN MỚI TỈNH HẬU GIANG"
    reading = read(listed(["TT", "Tên xã", "Huyện", "Số", "Ngày"], vi_tan("1/TTr-UBND", DAY), title=title))
    assert (codes(reading), reading.facts) == (["LIST_NOT_DECIDED"], {})


def test_programme_in_a_title_proposes_nothing(read: Reader) -> None:
    title = "CHƯƠNG TRÌNH MTQG: DANH SÁCH XÃ ĐẠT CHUẨN NÔNG THÔN MỚI TỈNH HẬU GIANG"
    assert facts(read(listed(PLAIN, vi_tan(2021, "1/QĐ-UBND", DAY), title=title)), "event") == ["recognised"]


@pytest.mark.parametrize(
    ("cell", "set_code"),
    [("QĐ 318/QĐ-TTg", "XA_NTM_2021_2025"), ("2016-2020", "XA_NTM_2016_2020"), (None, None)],
)
def test_criteria_set_of_a_row(read: Reader, cell: str | None, set_code: str | None) -> None:
    reading = read(listed([*PLAIN[:-1], "Bộ tiêu chí"], vi_tan(2021, "1/QĐ-UBND", DAY, cell)))
    assert (facts(reading, "set_code"), reading.issues) == ([set_code], [])


def test_criteria_set_that_is_not_known_is_left_empty_and_asked(read: Reader) -> None:
    reading = read(listed([*PLAIN[:-1], "Bộ tiêu chí"], vi_tan(2021, "1/QĐ-UBND", DAY, "bộ mới")))
    assert (only_issue(reading).code, facts(reading, "set_code")) == ("SET_OF_ROW_UNKNOWN", [None])


@pytest.mark.parametrize(
    ("name", "units"),
    [
        ("Vị Tân, Hỏa Lựu và Hỏa Tiến (Vị Thanh)", ["31333", "31336", "31339"]),
        ("xã Vị Trung, xã Vị Thắng, huyện Vị Thủy", ["31444", "31450"]),
        ("xã Vị Tân, TP. Vị Thanh và xã Vị Trung, huyện Vị Thủy", ["31333", "31444"]),
    ],
)
def test_cell_with_several_communes_is_split(read: Reader, name: str, units: list[str]) -> None:
    headings = ["TT", "Tên xã", "Năm đạt", "Số QĐ", "Ngày QĐ"]
    reading = read(listed(headings, [1, name, 2021, "1/QĐ-UBND", DAY]))
    assert (facts(reading, "unit_code"), reading.issues, row_counts(reading)) == (units, [], (1, 1, 0))


@pytest.mark.parametrize(
    ("name", "doubtful"),
    [
        ("Vị Tân, Hỏa Lưu (Vị Thanh)", "Hỏa Lưu"),
        ("Vị Tân, Vị Trung (Vị Thanh)", "Vị Trung"),
        ("Vị Tân, Hỏa Lựu", "Vị Tân, Hỏa Lựu"),
    ],
)
def test_cell_with_a_doubtful_commune_is_set_aside_whole(read: Reader, name: str, doubtful: str) -> None:
    headings = ["TT", "Tên xã", "Năm đạt", "Số QĐ", "Ngày QĐ"]
    issue = only_issue(reading := read(listed(headings, [1, name, 2021, "1/QĐ-UBND", DAY])))
    assert (issue.code, issue.severity, row_counts(reading)) == ("UNITS_NOT_SPLIT", "block", (1, 0, 1))
    assert f": {doubtful};" in message(issue)


@pytest.mark.case(32)
def test_list_of_completed_communes_without_decisions_is_no_list_of_recognitions(read: Reader) -> None:
    """19/19 is not recognition: without number and date of a decision there is no event."""
    reading = read(
        listed(["TT", "Tên xã", "Huyện", "Mức", "Năm đạt", "Ghi chú"], vi_tan("NTM", 2021, "19/19 tiêu chí"))
    )
    assert "recognition" not in reading.facts
    assert codes(reading) == ["FORM_UNKNOWN"]


def test_heading_of_standards_with_its_choices(read: Reader) -> None:
    """'Mức (NTM/nâng cao/kiểu mẫu)' (programme forms 2.7)."""
    book = recognitions(recognition(standard="nâng cao"))
    book.active["D6"] = "Mức (NTM/nâng cao/kiểu mẫu)"
    assert facts(read(book), "standard") == ["nang_cao"]


def test_lettered_row_names_the_standard_of_the_rows_below(read: Reader) -> None:
    """The title says NTM; what stands below 'A | XÃ NÔNG THÔN MỚI NÂNG CAO' is of that standard all the same."""
    book = recognitions(
        ["A", "XÃ NÔNG THÔN MỚI NÂNG CAO"], recognition(), ["B", "XÃ NÔNG THÔN MỚI"], recognition("Xã Hoả Lựu")
    )
    book.active.delete_cols(4)
    reading = read(book)
    assert (facts(reading, "standard"), codes(reading)) == (["nang_cao", "ntm"], [])
