"""Villages: lists of those that hold a standard, counts by commune. They have no codes, so names stay as written."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from etl.clean.villages import split_village, village_kind, village_standard
from etl.context import SheetReading
from tests.etl.findings import Reader, Warehouse, codes, facts, only_issue, row_counts
from tests.etl.list_books import village_counts, villages
from tests.etl.workbooks import Row

DAY = date(2021, 12, 1)


def village(
    name: str | None = "Ấp 3",
    commune: str | None = "Xã Vị Trung",
    standard: str | None = "NTM",
    year: object = 2021,
    number: str | None = "12/QĐ-UBND",
    day: object = DAY,
    count: object = 10,
) -> Row:
    return [1, name, commune, "Huyện Vị Thủy", standard, year, number, day, count]


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("Thôn Đông Bình", "thôn", "Đông Bình"),
        ("Ấp 3", "ấp", "3"),
        ("KDC số 2", "khu dân cư", "số 2"),
        ("Khu dân cư Nam Sơn", "khu dân cư", "Nam Sơn"),
        ("Đông Bình", None, "Đông Bình"),
        ("Thôn", None, "Thôn"),
    ],
)
def test_kind_and_name_of_a_village(text: str, kind: str | None, name: str) -> None:
    assert split_village(text) == (kind, name)


def test_heading_of_several_kinds_tells_none() -> None:
    assert (village_kind("Tên ấp"), village_kind("Tên thôn, bản"), village_kind("Tên")) == ("ấp", None, None)


@pytest.mark.parametrize(
    ("text", "standard"),
    [
        ("NTM", "ntm"),
        ("NTM kiểu mẫu", "kieu_mau"),
        ("Khu dân cư kiểu mẫu", "kieu_mau"),
        ("chưa đạt kiểu mẫu", None),
        ("nâng cao", None),
    ],
)
def test_standard_of_a_village(text: str, standard: str | None) -> None:
    assert village_standard(text) == standard


def test_village_with_its_decision(read: Reader) -> None:
    reading = read(villages(village()))
    assert facts(
        reading, "unit_code", "village_kind", "village", "standard", "outcome", "criteria_met", "decision_no", "cell"
    ) == [("31444", "ấp", "3", "ntm", "met", 10, "12/QĐ-UBND", "B8")]
    assert (reading.issues, row_counts(reading)) == ([], (1, 1, 0))


def test_communes_head_their_villages(read: Reader) -> None:
    rows: list[Row] = [
        ["I", "Huyện Vị Thủy"],
        [1, "Xã Vị Trung"],
        [1, "Ấp 5", "Đạt"],
        [2, "Ấp 6", "Chưa đạt"],
        [3, "Ấp 7", None],
    ]
    reading = read(villages(*rows, headings=["STT", "Tên ấp", "Kết quả"]))
    assert facts(reading, "unit_code", "village", "outcome") == [
        ("31444", "5", "met"),
        ("31444", "6", "not_met"),
        ("31444", "7", "unknown"),
    ]
    assert (reading.issues, row_counts(reading)) == ([], (5, 5, 0))


def test_title_tells_kind_standard_and_outcome(read: Reader) -> None:
    title = "DANH SÁCH KHU DÂN CƯ ĐƯỢC CÔNG NHẬN NÔNG THÔN MỚI KIỂU MẪU TỈNH HẬU GIANG"
    rows = [[1, "Nam Sơn", "Xã Vị Trung", "Huyện Vị Thủy", None]]
    reading = read(villages(*rows, title=title, headings=["STT", "Tên", "Xã", "Huyện", "Năm đạt"]))
    assert codes(reading) == ["FORM_UNKNOWN"]
    reading = read(villages(*rows, title=title, headings=["STT", "Tên khu dân cư", "Xã", "Huyện", "Năm đạt"]))
    assert facts(reading, "village_kind", "standard", "outcome") == [("khu dân cư", "kieu_mau", "met")]


def test_title_of_two_standards_tells_none(read: Reader) -> None:
    title = "DANH SÁCH THÔN ĐẠT CHUẨN NTM, KHU DÂN CƯ NTM KIỂU MẪU TỈNH HẬU GIANG"
    issue = only_issue(reading := read(villages(village(standard=None), title=title)))
    assert (issue.code, reading.facts, row_counts(reading)) == ("STANDARD_UNKNOWN", {}, (1, 0, 1))


def test_registered_villages_are_no_results(read: Reader) -> None:
    title = "DANH SÁCH ẤP ĐĂNG KÝ ĐẠT CHUẨN NÔNG THÔN MỚI TỈNH HẬU GIANG"
    reading = read(villages(village(number=None, day=None, year=2023), title=title))
    assert facts(reading, "value_kind", "outcome", "result_year") == [("registered", "met", 2023)]


def test_planned_year_is_not_met(read: Reader) -> None:
    reading = read(villages(village(number=None, day=None, year=2024)))
    assert (only_issue(reading).code, facts(reading, "outcome")) == ("MARK_PLANNED", ["not_met"])


def test_village_list_of_the_programme_tells_its_outcome(read: Reader) -> None:
    """'Chương trình' is no 'trình' (to propose), and the programme's name is no standard."""
    title = "CHƯƠNG TRÌNH XÂY DỰNG NÔNG THÔN MỚI: DANH SÁCH KHU DÂN CƯ ĐẠT CHUẨN KIỂU MẪU TỈNH HẬU GIANG"
    reading = read(villages(village(standard=None, number=None, day=None, year=None), title=title))
    assert (facts(reading, "standard", "outcome"), reading.issues) == ([("kieu_mau", "met")], [])


def test_village_of_which_nothing_is_told_is_unknown(read: Reader) -> None:
    title = "DANH SÁCH ẤP ĐỀ NGHỊ CÔNG NHẬN NÔNG THÔN MỚI TỈNH HẬU GIANG"
    reading = read(villages(village(number=None, day=None, year=None), title=title))
    issue = only_issue(reading)
    assert (issue.code, issue.severity, facts(reading, "outcome")) == ("VILLAGE_OUTCOME_UNKNOWN", "ask", ["unknown"])


@pytest.mark.case(52)
def test_impossible_day_is_left_empty_and_asked(read: Reader) -> None:
    reading = read(villages(village(day="31/11/2016")))
    issue = only_issue(reading)
    assert (issue.code, issue.severity, issue.cell) == ("DATE_INVALID", "ask", "H8")
    assert facts(reading, "decision_date", "decision_no") == [(None, "12/QĐ-UBND")]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (village(name=None), "CELL_NEEDED"),
        (village(commune="Xã Vị Lạ"), "UNIT_UNKNOWN"),
        (village(standard="giỏi"), "WORD_UNKNOWN"),
    ],
)
def test_village_that_is_not_understood_is_set_aside(read: Reader, row: Row, code: str) -> None:
    reading = read(villages(row))
    assert (codes(reading), reading.facts, row_counts(reading)) == ([code], {}, (1, 0, 1))


COUNTS = [["I", "Huyện Vị Thủy", 10, 7, 1], [1, "Xã Vị Trung", 6, 5, 1], [2, "Xã Vị Thắng", 4, 2, "-"]]


def test_villages_are_counted_by_commune_and_district(read: Reader) -> None:
    reading = read(village_counts(*COUNTS, [None, "Tổng cộng", 10, 7, 1]))
    assert facts(reading, "unit_code", "metric", "value")[:4] == [
        ("935", "villages", 10),
        ("935", "villages_ntm", 7),
        ("935", "villages_kieu_mau", 1),
        ("31444", "villages", 6),
    ]
    assert (reading.issues, row_counts(reading)) == ([], (4, 4, 0))


@pytest.mark.case(40)
def test_dash_is_none_and_blank_is_not_reported(read: Reader) -> None:
    reading = read(village_counts([1, "Xã Vị Trung", 6, "-", None], [2, "Xã Vị Tân", None, None, None]))
    assert facts(reading, "metric", "value") == [("villages", Decimal(6)), ("villages_ntm", Decimal(0))]
    assert codes(reading) == ["ROW_NOT_REPORTED"]


def test_part_above_the_whole_is_asked_about(read: Reader) -> None:
    issue = only_issue(read(village_counts([1, "Xã Vị Trung", 6, 7, 1])))
    assert (issue.code, issue.severity, issue.cell) == ("PART_EXCEEDS_WHOLE", "ask", "D8")


@pytest.mark.parametrize(
    ("rows", "cell"),
    [
        ([["I", "Huyện Vị Thủy", 11, 7, 1], *COUNTS[1:]], "C8"),
        ([*COUNTS, [None, "Tổng cộng", 10, 8, 1]], "D11"),
    ],
)
def test_sum_that_differs_is_asked_about(read: Reader, rows: list[Row], cell: str) -> None:
    issue = only_issue(read(village_counts(*rows)))
    assert (issue.code, issue.severity, issue.cell) == ("SUM_MISMATCH", "ask", cell)


def test_count_that_is_no_number_is_left_out(read: Reader) -> None:
    reading = read(village_counts([1, "Xã Vị Trung", 6, "nhiều", 1], [2, "Xã Vị Tân", "ít", None, None]))
    assert facts(reading, "metric") == ["villages", "villages_kieu_mau"]
    assert (codes(reading), row_counts(reading)) == (["NUMBER_UNREADABLE"] * 2, (2, 1, 1))


def test_villages_are_loaded_with_their_cells(warehouse: Warehouse) -> None:
    connection = warehouse({"a.xlsx": villages(village()), "b.xlsx": village_counts(*COUNTS)})
    assert connection.execute("select count(*) from village_result").fetchall() == [(1,)]
    assert connection.execute("select count(*) from stated_result").fetchall() == [(9,)]


@pytest.mark.case(38)
def test_counts_of_villages_as_shares_and_with_their_word(read: Reader) -> None:
    reading = read(village_counts([1, "Xã Vị Trung", "10 ấp", "8/10", 2]))
    assert (facts_of_counts(reading), codes(reading)) == ([10, 8, 2], [])


@pytest.mark.case(38)
def test_share_of_another_number_of_villages_is_asked_about(read: Reader) -> None:
    reading = read(village_counts([1, "Xã Vị Trung", 10, "8/12", 2]))
    assert (only_issue(reading).code, only_issue(reading).cell) == ("COUNT_OF_OTHER_WHOLE", "D8")


def facts_of_counts(reading: SheetReading) -> list[object]:
    return [row["value"] for row in reading.facts["stated_result"]]
