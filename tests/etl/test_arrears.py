"""Arrears of works (forms.md 2.5): what is owed, where, and whether the amounts of a work fit one another."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.etl.findings import Reader, facts, message, only_issue, row_counts, rows_of
from tests.etl.money_books import arrears
from tests.etl.workbooks import Row

ROAD = [1, "Đường ấp 3", "Xã Vị Trung, huyện Vị Thủy", "2019-2021", 5200, 5000, 4100, 900, "Trả năm 2023"]
ROAD_CELL = "H8"


def work(**changed: object) -> Row:
    """The road with some of its cells changed."""
    names = ("number", "work", "location", "years", "total", "completed", "allocated", "owed", "plan")
    return [changed.get(name, value) for name, value in zip(names, ROAD, strict=True)]


def test_work_with_its_place_and_amounts(read: Reader) -> None:
    reading = read(arrears(ROAD))
    assert reading.issues == []
    columns = ("unit_code", "work", "category", "location", "started_year", "finished_year", "plan", "cell")
    assert facts(reading, *columns) == [
        ("31444", "Đường ấp 3", "giao thông", "Xã Vị Trung, huyện Vị Thủy", 2019, 2021, "Trả năm 2023", ROAD_CELL)
    ]
    names = ("total_investment", "completed", "allocated", "amount")
    assert facts(reading, *(f"{name}_vnd_million" for name in names)) == [(5200, 5000, 4100, 900)]


@pytest.mark.case(3)
def test_rule_of_the_numbering_row_is_checked(read: Reader) -> None:
    reading = read(arrears(work(owed=700)))
    issue = only_issue(reading)
    assert (issue.code, issue.severity, issue.cell) == ("RULE_MISMATCH", "ask", ROAD_CELL)
    assert facts(reading, "amount_vnd_million") == [700]


def test_without_a_rule_what_is_owed_is_what_was_built_and_not_paid_for(read: Reader) -> None:
    reading = read(arrears(work(owed=700), numbers=range(1, 10)))
    issue = only_issue(reading)
    assert (issue.code, issue.severity, issue.cell) == ("OWED_MISMATCH", "ask", ROAD_CELL)
    assert "ghi 700" in message(issue)
    assert "là 900" in message(issue)


def test_negative_balance_is_asked(read: Reader) -> None:
    reading = read(arrears(work(allocated=5100, owed=-100)))
    assert facts(reading, "amount_vnd_million") == [-100]
    assert (only_issue(reading).code, only_issue(reading).severity) == ("AMOUNT_NEGATIVE", "ask")


@pytest.mark.case(43)
def test_amounts_a_thousand_times_apart_are_asked(read: Reader) -> None:
    reading = read(arrears(work(total=5_200_000)))
    issue = only_issue(reading)
    assert (issue.code, issue.severity, issue.cell) == ("AMOUNT_THOUSANDFOLD", "ask", "F8")
    assert facts(reading, "amount_vnd_million") == [900]


@pytest.mark.case(44)
def test_approximate_balance_is_loaded_with_its_mark(read: Reader) -> None:
    reading = read(arrears(work(owed="khoảng 900")))
    assert facts(reading, "amount_vnd_million", "is_approximate") == [(900, True)]
    assert (only_issue(reading).code, only_issue(reading).severity) == ("AMOUNT_APPROXIMATE", "ask")


def test_work_that_states_nothing_owed_is_set_aside(read: Reader) -> None:
    reading = read(arrears(ROAD, work(number=2, work="Trường học", owed=None)))
    assert (only_issue(reading).code, only_issue(reading).cell, row_counts(reading)) == (
        "OWED_MISSING",
        "H9",
        (2, 1, 1),
    )


@pytest.mark.parametrize("years", ["2021", "2019 đến nay"])
def test_years_that_are_not_two_are_left_out(read: Reader, years: str) -> None:
    reading = read(arrears(work(years=years)))
    assert facts(reading, "started_year", "finished_year") == [(None, None)]
    assert (only_issue(reading).code, only_issue(reading).severity) == ("YEARS_UNREADABLE", "ask")


def test_unknown_place_counts_for_the_unit_that_reports(read: Reader) -> None:
    reading = read(arrears(work(location="Xã Không Có, huyện Vị Thủy")))
    assert facts(reading, "unit_code") == ["93"]
    assert (only_issue(reading).code, only_issue(reading).severity) == ("LOCATION_UNKNOWN", "ask")


def test_groups_give_unit_and_kind_and_their_sums_are_compared(read: Reader) -> None:
    rows = [
        ["I", "Huyện Vị Thủy", None, None, None, None, None, 950],
        work(location=None),
        work(number=2, work="Hạng mục khác", location="Xã Vị Trung", completed=150, allocated=100, owed=50, total=200),
        ["II", "Giao thông", None, None, None, None, None, 10],
        work(number=1, work="Hạng mục 2", location="Huyện Châu Thành A", completed=10, allocated=0, owed=10, total=12),
        [None, "Tổng cộng", None, None, None, None, None, 965],
    ]
    reading = read(arrears(*rows))
    issue = only_issue(reading)
    assert (issue.code, issue.cell) == ("SUM_MISMATCH", "H13")
    assert facts(reading, "unit_code", "category", "amount_vnd_million") == [
        ("935", "giao thông", 900),
        ("31444", "khác", 50),
        ("932", "giao thông", 10),
    ]
    kept = rows_of(reading, "stated_result", "unit_code", "metric", "content", "value")
    assert kept == [
        ("935", "arrears", "Huyện Vị Thủy", 950),
        ("93", "arrears", "Giao thông", 10),
        ("93", "arrears", "Tổng cộng", 965),
    ]


@pytest.mark.case(42)
def test_without_a_unit_of_money_arrears_are_refused(read: Reader) -> None:
    reading = read(arrears(ROAD, unit=""))
    assert (reading.facts, only_issue(reading).code) == ({}, "MONEY_UNIT_MISSING")


def test_amounts_are_converted_exactly(read: Reader) -> None:
    reading = read(
        arrears(work(total=None, completed="5.000.001", allocated="4.100.000", owed="900.001"), unit="ĐVT: đồng")
    )
    assert facts(reading, "amount_vnd_million") == [Decimal("0.900001")]
