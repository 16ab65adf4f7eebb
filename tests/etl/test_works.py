"""Works from development capital (Biểu 08, 13): plan and what was carried out, by work."""

from __future__ import annotations

from datetime import date

import pytest

from tests.etl.findings import Reader, codes, facts, message, only_issue, rows_of
from tests.etl.money_books import works


def test_plan_and_what_was_carried_out(read: Reader) -> None:
    reading = read(works([1, "Đường giao thông nông thôn", 400, 180, None]))
    assert reading.issues == []
    assert reading.form == "works_capital"
    columns = ("work", "category", "source_code", "nature", "stage", "value_kind", "period_start", "period_end")
    road = ("Đường giao thông nông thôn", "giao thông", "central", "investment")
    assert facts(reading, *columns, "amount_vnd_million") == [
        (*road, "plan", "plan", date(2022, 1, 1), date(2022, 6, 30), 400),
        (*road, "executed", "actual", date(2022, 1, 1), date(2022, 6, 30), 180),
    ]


def test_report_of_the_year_tells_the_half_year_and_the_year(read: Reader) -> None:
    reading = read(works([1, "Trường học", 400, 180, 390], cut_off="(Số liệu đến 31/12/2022)"))
    assert reading.issues == []
    assert [row[1:] for row in rows_of(reading, "work_funding", "stage", "period_end", "amount_vnd_million")] == [
        (date(2022, 12, 31), 400),
        (date(2022, 6, 30), 180),
        (date(2022, 12, 31), 390),
    ]


@pytest.mark.parametrize("year", [180, 0, "-", None])
def test_result_of_the_year_that_says_nothing_else_in_june_adds_nothing(read: Reader, year: object) -> None:
    reading = read(works([1, "Trường học", 400, 180, year]))
    assert (facts(reading, "stage", "amount_vnd_million"), reading.issues) == ([("plan", 400), ("executed", 180)], [])


def test_result_of_the_year_is_not_read_before_its_end(read: Reader) -> None:
    """In June the six months are certain; what 'cả năm' tells of days to come is no result."""
    reading = read(works([1, "Trường học", 400, 180, 390]))
    assert facts(reading, "stage", "amount_vnd_million") == [("plan", 400), ("executed", 180)]
    issue = only_issue(reading)
    assert (issue.code, issue.severity, issue.cell) == ("COLUMN_OF_LONGER_PERIOD", "block", "E6")
    assert "'KQ TH kế hoạch năm'" in message(issue)
    assert "'KQ TH 6 tháng' được đọc" in message(issue)


def test_amounts_of_works_have_the_source_of_the_title(read: Reader) -> None:
    title = "TÌNH HÌNH GIẢI NGÂN VỐN NGÂN SÁCH TRUNG ƯƠNG NĂM 2022 TỈNH HẬU GIANG"
    reading = read(
        works([1, "Trường học", 400, 180, 45], headings=("Kế hoạch giao", "Giải ngân", "Tỷ lệ %"), title=title)
    )
    assert facts(reading, "source_code", "nature", "stage") == [
        ("central", None, "allocated"),
        ("central", None, "disbursed"),
    ]
    assert reading.issues == []


def test_groups_are_sums_of_their_works(read: Reader) -> None:
    rows = [
        ["I", "Giao thông", 500, 200],
        [1, "Tuyến số 1", 300, 120],
        [2, "Tuyến số 2", 200, 80],
        [None, "Tổng số", 510, 200],
    ]
    reading = read(works(*rows))
    assert codes(reading) == ["SUM_MISMATCH"]
    assert reading.issues[0].cell == "C11"
    assert facts(reading, "work", "category", "amount_vnd_million") == [
        ("Tuyến số 1", "giao thông", 300),
        ("Tuyến số 2", "giao thông", 200),
        ("Tuyến số 1", "giao thông", 120),
        ("Tuyến số 2", "giao thông", 80),
    ]
    assert [value for (value,) in rows_of(reading, "stated_result", "value")] == [510, 200]


ROAD, DRAIN = "Đường ấp 3", "Cống ấp 3"


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (
            [["I", "Tiêu chí số 2 Giao thông", 300], [1, ROAD, 300], ["II", "TC 17: Môi trường", 5], [1, DRAIN, 5]],
            "2 17",
        ),
        ([["I", "Tiêu chí 02 - Giao thông", 305], [1, ROAD, 300], [2, DRAIN, 5]], "2 2"),
        ([["I", "Tiêu chí Giao thông", 305], ["-", ROAD, 300], ["-", DRAIN, 5]], "2 2"),
        ([[None, "Tiêu chí số 2", 305], [1, ROAD, 300], [2, DRAIN, 5]], "2 2"),
        ([["1", "Tiêu chí số 2", 300], ["1.1", ROAD, 300], ["2", "Tiêu chí số 3", 5], ["2.1", DRAIN, 5]], "2 3"),
        ([["I", "Vốn giao đợt 1", 305], [None, "Tiêu chí số 2", 305], [1, ROAD, 300], [2, DRAIN, 5]], "2 2"),
        ([["I", "Giao thông", 305], [1, ROAD, 300], [2, DRAIN, 5]], "- -"),
        ([["I", "Tiêu chí số 2", 300], [1, ROAD, 300], ["II", "Công trình khác", 5], [1, DRAIN, 5]], "2 -"),
        ([[1, ROAD, 300], [2, DRAIN, 5]], "- -"),
    ],
)
def test_heading_rows_tell_the_criterion_of_the_works_below(read: Reader, rows: list[list[object]], told: str) -> None:
    """What is built does not: a road is of no criterion where nothing says so."""
    reading = read(works(*rows, headings=("Kế hoạch năm",)))
    assert reading.issues == []
    numbers = [None if number == "-" else number for number in told.split()]
    assert facts(reading, "work", "criterion_no", "amount_vnd_million") == [
        (ROAD, numbers[0], 300),
        (DRAIN, numbers[1], 5),
    ]


def test_sum_of_a_criterion_without_works_is_of_that_criterion(read: Reader) -> None:
    rows = [[1, "Tiêu chí số 2 Giao thông", 300], [2, "Tiêu chí số 5 Trường học", 5]]
    reading = read(works(*rows, headings=("Kế hoạch năm",)))
    assert facts(reading, "criterion_no", "amount_vnd_million") == [("2", 300), ("5", 5)]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (2, "2"),
        ("02", "2"),
        ("2. Giao thông", "2"),
        ("Giao thông", "2"),
        ("TC số 17", "17"),
        ("2, 3", None),
        (None, None),
    ],
)
def test_column_of_criteria_tells_that_of_each_work(read: Reader, written: object, told: str | None) -> None:
    reading = read(works([1, ROAD, written, 300], headings=("Tiêu chí", "Kế hoạch năm")))
    assert (facts(reading, "criterion_no", "amount_vnd_million"), reading.issues) == ([(told, 300)], [])
