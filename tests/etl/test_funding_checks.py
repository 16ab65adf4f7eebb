"""Amounts that are read but doubtful are loaded and asked about (forms.md, cases 37, 39, 41, 43, 44)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.etl.findings import Reader, codes, facts, message, only_issue
from tests.etl.workbooks import funding

CENTRAL = "Vốn ngân sách trung ương"
RATES = ("Đã giao năm 2022", "Giải ngân lũy kế đến 30/6/2022", "Tỷ lệ giải ngân (%)")


@pytest.mark.case(44)
@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("trên 51.260,5", Decimal("51260.5")),
        ("gần 1.500.000", 1_500_000),
        ("khoảng 500", 500),
        ("≈ 12,5", Decimal("12.5")),
        (">= 700", 700),
        ("1200 trở lên", 1200),
    ],
)
def test_approximate_amount_is_loaded_with_its_mark_and_asked(read: Reader, cell: str, amount: object) -> None:
    reading = read(funding([1, CENTRAL, cell], [2, "Vốn tín dụng", 5]))
    assert facts(reading, "amount_vnd_million", "is_approximate") == [(amount, True), (5, False)]
    issue = only_issue(reading)
    assert (issue.code, issue.severity, issue.cell) == ("AMOUNT_APPROXIMATE", "ask", "C8")
    assert f"'{cell}'" in message(issue)


@pytest.mark.case(35)
@pytest.mark.case(44)
def test_approximate_amount_is_read_as_its_column_writes(read: Reader) -> None:
    reading = read(funding([1, CENTRAL, "trên 51.260"], [2, "Vốn tín dụng", "6.259.605"]))
    assert facts(reading, "amount_vnd_million") == [51260, 6259605]
    reading = read(funding([1, CENTRAL, "trên 51.260"]))
    assert (only_issue(reading).code, reading.facts) == ("NUMBERS_AMBIGUOUS", {})


@pytest.mark.case(41)
def test_unit_in_a_cell_is_converted_and_asked(read: Reader) -> None:
    reading = read(funding([1, CENTRAL, "12,5 tỷ"], [2, "Vốn tín dụng", "40 triệu đồng"], [3, "Vốn lồng ghép", 7]))
    assert facts(reading, "amount_vnd_million", "is_approximate") == [(12500, False), (40, False), (7, False)]
    issue = only_issue(reading)
    assert (issue.code, issue.severity, issue.cell) == ("AMOUNT_UNIT_IN_CELL", "ask", "C8")


@pytest.mark.case(42)
def test_unit_in_a_cell_is_no_unit_of_the_form(read: Reader) -> None:
    reading = read(funding([1, CENTRAL, "12,5 tỷ"], unit=""))
    assert (only_issue(reading).code, reading.facts) == ("MONEY_UNIT_MISSING", {})


@pytest.mark.case(43)
@pytest.mark.parametrize(("other", "is_asked"), [(1000, True), (0.001, True), (100, False), (3, False)])
def test_year_a_thousand_times_the_other_is_asked_once(read: Reader, other: float, is_asked: bool) -> None:
    rows = [[1, CENTRAL, 200, 210 * other], [2, "Vốn tín dụng", 5000, 5100 * other]]
    reading = read(funding(*rows, headings=("Kế hoạch năm 2022", "Kế hoạch năm 2021")))
    assert len(facts(reading, "cell")) == 4
    assert codes(reading) == (["AMOUNT_THOUSANDFOLD"] if is_asked else [])
    if is_asked:
        assert (reading.issues[0].severity, reading.issues[0].cell) == ("ask", "D8")
        assert "nhầm đơn vị tính" in message(reading.issues[0])


@pytest.mark.case(43)
def test_column_with_a_unit_of_its_own_is_compared_in_the_same_unit(read: Reader) -> None:
    headings = ("Kế hoạch năm 2022 (tỷ đồng)", "Kế hoạch năm 2021")
    assert read(funding([1, CENTRAL, 0.2, 210], headings=headings)).issues == []
    assert codes(read(funding([1, CENTRAL, 200, 210], headings=headings))) == ["AMOUNT_THOUSANDFOLD"]


@pytest.mark.case(37)
@pytest.mark.case(39)
@pytest.mark.parametrize("rate", [51.2, 51.3, "51,2", "51,26%", 0.512, 51.26])
def test_rate_may_be_cut_off_or_a_share(read: Reader, rate: object) -> None:
    """61 of 119 is 51,26%, published as 51,2."""
    assert read(funding([1, CENTRAL, 119, 61, rate], headings=RATES)).issues == []


@pytest.mark.case(37)
def test_rate_that_is_shown_as_a_percentage(read: Reader) -> None:
    book = funding([1, CENTRAL, 119, 61, 0.5126], headings=RATES)
    book.active["E8"].number_format = "0.0%"
    assert read(book).issues == []


@pytest.mark.case(39)
def test_rate_that_is_none_of_the_amounts_is_asked(read: Reader) -> None:
    reading = read(funding([1, CENTRAL, 119, 61, 53], headings=RATES))
    assert facts(reading, "amount_vnd_million") == [119, 61]
    issue = only_issue(reading)
    assert (issue.code, issue.severity, issue.cell) == ("RATE_MISMATCH", "ask", "E8")
    assert "ghi 53%" in message(issue)
    assert "51,26%" in message(issue)


def test_rate_over_the_plan_is_not_judged(read: Reader) -> None:
    headings = ("Kế hoạch năm 2022", "Giải ngân lũy kế đến 30/6/2022", "Tỷ lệ giải ngân (%)")
    assert read(funding([1, CENTRAL, 119, 61, 90], headings=headings)).issues == []


@pytest.mark.case(3)
def test_rule_of_the_numbering_row_is_checked(read: Reader) -> None:
    book = funding([1, CENTRAL, 119, 61, 53], headings=RATES)
    book.active["E7"] = "(5)=(4)/(3)"
    issue = only_issue(read(book))
    assert (issue.code, issue.severity, issue.cell) == ("RULE_MISMATCH", "ask", "E8")
