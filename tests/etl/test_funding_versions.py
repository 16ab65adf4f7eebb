"""Columns of one year's money that are versions or parts of one another, and budgets split by level."""

from __future__ import annotations

import pytest

from tests.etl.findings import Reader, codes, facts, message, only_issue
from tests.etl.money_books import MOBILISED, by_district
from tests.etl.workbooks import Row, funding

CENTRAL: Row = (1, "Ngân sách trung ương", 1000, 1200)


@pytest.mark.parametrize(
    ("initial", "final"),
    [
        ("Kế hoạch đầu năm", "Kế hoạch sau điều chỉnh"),
        ("Kế hoạch giao ban đầu", "Kế hoạch giao (đã điều chỉnh)"),
        ("Vốn giao bổ sung", "Vốn giao gồm cả bổ sung"),
    ],
)
def test_amount_after_all_changes_is_read(read: Reader, initial: str, final: str) -> None:
    reading = read(funding(CENTRAL, headings=(initial, final)))
    assert (codes(reading), facts(reading, "amount_vnd_million")) == (["COLUMN_SUPERSEDED"], [1200])


def test_amount_before_the_change_is_noted_as_not_read(read: Reader) -> None:
    reading = read(funding(CENTRAL, headings=("Kế hoạch giao đầu năm", "Kế hoạch giao sau điều chỉnh")))
    issue = only_issue(reading)
    assert (issue.code, issue.severity, issue.cell) == ("COLUMN_SUPERSEDED", "note", "C6")
    assert "'Kế hoạch giao đầu năm'" in message(issue)
    assert facts(reading, "amount_vnd_million") == [1200]


@pytest.mark.parametrize(
    "headings",
    [
        ("Kế hoạch đầu năm", "Kế hoạch điều chỉnh"),
        ("Kế hoạch giao đầu năm", "Kế hoạch giao điều chỉnh"),
        ("Vốn giao đầu năm", "Vốn giao bổ sung"),
        ("Vốn đã giao", "Vốn giao bổ sung"),
    ],
)
def test_change_that_may_be_a_difference_is_refused_in_clear_words(read: Reader, headings: tuple[str, str]) -> None:
    """'Điều chỉnh' can be the plan after the change, or by how much it changed: neither column is taken."""
    reading = read(funding(CENTRAL, headings=headings))
    issue = only_issue(reading)
    assert (issue.code, issue.severity, reading.facts) == ("PLAN_VERSIONS", "block", {})
    assert "sau điều chỉnh" in message(issue)


@pytest.mark.parametrize("heading", ["Vốn giao bổ sung", "Kế hoạch vốn giao bổ sung năm 2022", "Kế hoạch bổ sung"])
def test_what_was_added_is_not_the_whole(read: Reader, heading: str) -> None:
    reading = read(funding(CENTRAL, headings=(heading, "Giải ngân")))
    issue = only_issue(reading)
    assert (issue.code, issue.severity, issue.cell) == ("AMOUNT_OF_PART", "block", "C6")
    assert facts(reading, "stage", "amount_vnd_million") == [("disbursed", 1200)]


def test_title_says_that_all_is_what_was_added(read: Reader) -> None:
    title = "PHÂN BỔ VỐN BỔ SUNG XÂY DỰNG NÔNG THÔN MỚI TỈNH HẬU GIANG"
    reading = read(funding(CENTRAL[:3], headings=("Vốn giao",), title=title))
    assert (codes(reading), reading.facts) == (["AMOUNT_OF_PART"], {})


@pytest.mark.parametrize("heading", ["Vốn giao (gồm cả bổ sung)", "Kế hoạch vốn giao sau bổ sung"])
def test_whole_with_what_was_added_is_read(read: Reader, heading: str) -> None:
    reading = read(funding(CENTRAL[:3], headings=(heading,)))
    assert (facts(reading, "stage", "amount_vnd_million"), reading.issues) == ([("allocated", 1000)], [])


@pytest.mark.parametrize("budget", ["NSNN", "Ngân sách nhà nước", "Ngân sách"])
def test_levels_below_a_budget_are_its_sources(read: Reader, budget: str) -> None:
    levels = ("Trung ương", "Tỉnh", "Huyện", "Xã")
    paths = [("TT",), ("Huyện",), *((budget, level) for level in levels), ("Vốn tín dụng",)]
    reading = read(by_district((1, "Huyện Vị Thủy", 4, 3, 2, 1, 9), paths=paths, title=MOBILISED))
    assert reading.issues == []
    assert facts(reading, "source_code", "amount_vnd_million") == [
        ("central", 4),
        ("local_province", 3),
        ("local_district", 2),
        ("local_commune", 1),
        ("credit", 9),
    ]


def test_levels_in_rows_below_a_budget(read: Reader) -> None:
    rows = [("I", "Ngân sách nhà nước", 10), (1, "Trung ương", 4), (2, "Tỉnh", 3), (None, "Huyện, xã", 3)]
    reading = read(funding(*rows, ("II", "Vốn tín dụng", 9)))
    assert reading.issues == []
    assert facts(reading, "source_code", "detail", "amount_vnd_million") == [
        ("central", None, 4),
        ("local_province", None, 3),
        ("local", "huyện, xã", 3),
        ("credit", None, 9),
    ]


def test_level_without_a_budget_above_it_is_no_source(read: Reader) -> None:
    reading = read(funding((1, "Trung ương", 4), (2, "Vốn tín dụng", 9)))
    assert (codes(reading), facts(reading, "source_code")) == (["SOURCE_UNKNOWN"], ["credit"])
