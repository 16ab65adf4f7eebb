"""Money paid out month by month: in the month or cumulative, by source or by unit (forms.md, cases 47 and 48)."""

from __future__ import annotations

from datetime import date

import pytest

from tests.etl.findings import Reader, codes, facts, message, only_issue
from tests.etl.money_books import MILLION, PAID_CENTRAL, layered, months
from tests.etl.workbooks import form, funding

MONTHS = [f"Tháng {number}" for number in range(1, 13)]
CENTRAL = "Vốn ngân sách trung ương"


@pytest.mark.case(47)
def test_months_are_periods_of_their_own(read: Reader) -> None:
    reading = read(months([1, CENTRAL, 5, 7, "-"]))
    assert reading.issues == []
    assert reading.form == "disbursement_by_month"
    assert facts(reading, "stage", "period_start", "period_end", "is_cumulative", "amount_vnd_million") == [
        ("disbursed", date(2022, 1, 1), date(2022, 1, 31), False, 5),
        ("disbursed", date(2022, 2, 1), date(2022, 2, 28), False, 7),
        ("disbursed", date(2022, 3, 1), date(2022, 3, 31), False, 0),
    ]


@pytest.mark.case(47)
@pytest.mark.parametrize(
    ("title", "headings"),
    [
        ("LŨY KẾ GIẢI NGÂN VỐN XÂY DỰNG NÔNG THÔN MỚI TỈNH HẬU GIANG NĂM 2022", ["Tháng 1", "Tháng 2", "Tháng 3"]),
        ("GIẢI NGÂN VỐN XÂY DỰNG NÔNG THÔN MỚI TỈNH HẬU GIANG NĂM 2022", ["Đến T1/2022", "Đến tháng 2", "Lũy kế T3"]),
    ],
)
def test_cumulative_months_reach_from_january(read: Reader, title: str, headings: list[str]) -> None:
    reading = read(months([1, CENTRAL, 5, 7, 9], title=title, headings=headings))
    assert reading.issues == []
    assert facts(reading, "period_start", "period_end", "is_cumulative") == [
        (date(2022, 1, 1), date(2022, 1, 31), True),
        (date(2022, 1, 1), date(2022, 2, 28), True),
        (date(2022, 1, 1), date(2022, 3, 31), True),
    ]


@pytest.mark.case(47)
def test_month_and_cumulative_of_one_cut_off_are_both_loaded(read: Reader) -> None:
    headings = ["Giải ngân tháng 6", "Giải ngân lũy kế đến 30/6/2022", "Ước giải ngân cả năm"]
    reading = read(funding([1, CENTRAL, 5, 30, 60], headings=headings))
    assert reading.issues == []
    assert facts(reading, "period_start", "period_end", "is_cumulative", "value_kind", "amount_vnd_million") == [
        (date(2022, 6, 1), date(2022, 6, 30), False, "actual", 5),
        (date(2022, 1, 1), date(2022, 6, 30), True, "actual", 30),
        (date(2022, 1, 1), date(2022, 12, 31), False, "estimate", 60),
    ]


def test_months_under_one_heading_with_each_in_month_and_cumulative(read: Reader) -> None:
    paths = [("TT",), ("Nguồn vốn",)] + [
        (f"Tháng {month}", kind) for month in (1, 2, 3) for kind in ("Trong tháng", "Lũy kế")
    ]
    reading = read(layered(paths, [[1, CENTRAL, 5, 5, 7, 12, 9, 21]], title=PAID_CENTRAL))
    assert reading.issues == []
    assert facts(reading, "period_end", "is_cumulative", "amount_vnd_million") == [
        (date(2022, 1, 31), False, 5),
        (date(2022, 1, 31), True, 5),
        (date(2022, 2, 28), False, 7),
        (date(2022, 2, 28), True, 12),
        (date(2022, 3, 31), False, 9),
        (date(2022, 3, 31), True, 21),
    ]


def test_months_that_do_not_make_the_cumulative_amount_are_asked(read: Reader) -> None:
    headings = ["Tháng 1", "Tháng 2", "Tháng 3", "Lũy kế đến 31/3/2022"]
    assert read(months([1, CENTRAL, 5, 7, 9, 21], headings=headings)).issues == []
    reading = read(months([1, CENTRAL, 5, 7, 9, 25], headings=headings))
    issue = only_issue(reading)
    assert (issue.code, issue.severity, issue.cell) == ("MONTHS_MISMATCH", "ask", "F8")
    assert "ghi 25" in message(issue)
    assert "được 21" in message(issue)
    assert len(facts(reading, "cell")) == 4


@pytest.mark.case(48)
def test_cumulative_amount_that_falls_is_asked_and_loaded(read: Reader) -> None:
    headings = ["Lũy kế tháng 1", "Lũy kế tháng 2", "Lũy kế tháng 3"]
    reading = read(months([1, CENTRAL, 5, 9, 7], headings=headings))
    issue = only_issue(reading)
    assert (issue.code, issue.severity, issue.cell) == ("MONTHS_FELL", "ask", "E8")
    assert "'Lũy kế tháng 2' là 9" in message(issue)
    assert "thu hồi vốn" in message(issue)
    assert facts(reading, "amount_vnd_million") == [5, 9, 7]


def test_months_may_fall(read: Reader) -> None:
    assert read(months([1, CENTRAL, 5, 9, 7])).issues == []


def test_months_after_the_cut_off_state_no_result(read: Reader) -> None:
    """The whole year's form in June: later months are empty or 0, and neither says that nothing will be paid."""
    row = [1, CENTRAL, *[5] * 6, 0, "-", 3, None, None, None]
    reading = read(months(row, headings=MONTHS))
    assert facts(reading, "amount_vnd_million") == [5] * 6
    issue = only_issue(reading)
    assert (issue.code, issue.severity, issue.cell) == ("AMOUNT_IN_FUTURE", "block", "K8")


def test_rows_are_districts_and_the_title_names_the_source(read: Reader) -> None:
    headings = ["STT", "Huyện", "Tháng 1", "Tháng 2", "Tháng 3"]
    rows = [[1, "Vị Thuỷ", 5, 7, 9], [2, "Huyện Châu Thành A", 1, 2, 3], [None, "Tổng cộng", 6, 9, 12]]
    reading = read(form(PAID_CENTRAL, headings, rows, unit=MILLION))
    assert reading.issues == []
    assert reading.form == "disbursement_by_month_unit"
    assert facts(reading, "unit_code", "source_code", "amount_vnd_million") == [
        (code, "central", amount) for code, *amounts in (("935", 5, 7, 9), ("932", 1, 2, 3)) for amount in amounts
    ]


def test_without_a_source_in_the_title_amounts_of_units_are_refused(read: Reader) -> None:
    headings = ["STT", "Huyện", "Tháng 1", "Tháng 2", "Tháng 3"]
    title = "GIẢI NGÂN VỐN XÂY DỰNG NÔNG THÔN MỚI TỈNH HẬU GIANG NĂM 2022"
    reading = read(form(title, headings, [[1, "Huyện Vị Thuỷ", 5, 7, 9]], unit=MILLION))
    assert reading.facts == {}
    assert codes(reading) == ["SOURCE_NOT_STATED"]
    assert reading.issues[0].severity == "block"


@pytest.mark.parametrize(
    "heading", ["Kế hoạch giai đoạn 2021-2025", "Giải ngân từ đầu chương trình", "Huy động 2021-2022"]
)
def test_years_together_belong_to_no_year(read: Reader, heading: str) -> None:
    reading = read(funding([1, CENTRAL, 5, 7], headings=[heading, "Kế hoạch năm 2022"]))
    assert facts(reading, "amount_vnd_million") == [7]
    assert (only_issue(reading).code, only_issue(reading).severity) == ("YEARS_TOGETHER", "block")


def test_plan_of_the_first_months_is_not_that_of_the_year(read: Reader) -> None:
    reading = read(funding([1, CENTRAL, 5, 7], headings=["Kế hoạch 6 tháng đầu năm", "Kế hoạch năm 2022"]))
    assert facts(reading, "amount_vnd_million") == [7]
    assert (only_issue(reading).code, only_issue(reading).severity) == ("PLAN_OF_PART_OF_YEAR", "block")
