"""Headings of money that are easily taken for something else: wrong by a thousand, or of another stage or year."""

from __future__ import annotations

import pytest

from tests.etl.findings import Reader, codes, facts, message, only_issue
from tests.etl.money_books import MOBILISED, PAID, by_district, months
from tests.etl.workbooks import Row, funding

CENTRAL: Row = (1, "Ngân sách trung ương", 1000, 600)
CUT_OFF = "(Số liệu đến 30/9/2022)"


@pytest.mark.case(42)
def test_unit_of_money_of_one_column_is_not_that_of_its_neighbour(read: Reader) -> None:
    """'Kế hoạch (ĐVT: tỷ đồng)' beside 'Huy động': 95000 tỷ would be a thousandfold."""
    book = funding((1, "NSTW", 100, 95000), headings=("Kế hoạch (ĐVT: tỷ đồng)", "Huy động năm 2022"), unit="")
    reading = read(book)
    assert (only_issue(reading).code, reading.facts) == ("MONEY_UNIT_MISSING", {})


def test_unit_of_money_in_the_heading_of_the_names_is_that_of_the_table(read: Reader) -> None:
    book = funding(CENTRAL, headings=("Kế hoạch", "Giải ngân"), unit="")
    book.active["E6"] = "Ghi chú (ĐVT: tỷ đồng)"
    assert facts(read(book), "amount_vnd_million") == [1000000, 600000]


def test_two_units_of_money_above_a_table_are_none(read: Reader) -> None:
    book = funding(CENTRAL, headings=("Kế hoạch", "Giải ngân"), unit="ĐVT: Triệu đồng", remark="ĐVT: tỷ đồng")
    reading = read(book)
    assert (only_issue(reading).code, reading.facts) == ("MONEY_UNIT_UNKNOWN", {})


def test_lowest_heading_says_the_unit_of_money(read: Reader) -> None:
    paths = (("TT",), ("Huyện",), ("Vốn (tỷ đồng)", "NSTW"), ("Vốn (tỷ đồng)", "NSĐP (triệu đồng)"))
    reading = read(by_district((1, "Huyện Vị Thủy", 2, 500), paths=paths, unit=""))
    assert facts(reading, "amount_vnd_million") == [2000, 500]


@pytest.mark.parametrize(
    "heading",
    ["Vốn chưa giải ngân", "Còn lại chưa giải ngân", "KH vốn còn lại chuyển sang năm 2023"],
)
def test_what_is_left_is_not_read_as_paid_out_or_planned(read: Reader, heading: str) -> None:
    book = funding(CENTRAL, headings=(heading, "Giải ngân đến 30/9/2022"), cut_off=CUT_OFF)
    reading = read(book)
    assert facts(reading, "stage", "amount_vnd_million") == [("disbursed", 600)]
    assert heading in message(only_issue(reading))


def test_medium_term_plan_is_of_no_year(read: Reader) -> None:
    reading = read(funding(CENTRAL, headings=("KH trung hạn", "Vốn đã giao năm 2022")))
    assert (only_issue(reading).code, facts(reading, "stage")) == ("YEARS_TOGETHER", ["allocated"])


@pytest.mark.parametrize(
    "title",
    ["KẾ HOẠCH VỐN TỈNH HẬU GIANG NĂM 2022", "TÌNH HÌNH HUY ĐỘNG, GIẢI NGÂN VỐN TỈNH HẬU GIANG NĂM 2022"],
)
def test_carried_out_is_no_plan_and_not_one_of_two_stages(read: Reader, title: str) -> None:
    reading = read(funding(CENTRAL[:3], headings=("Thực hiện năm 2022",), title=title))
    assert (only_issue(reading).code, reading.facts) == ("STAGE_UNKNOWN", {})


@pytest.mark.case(47)
@pytest.mark.parametrize("word", ["LK", "Hết", "Đến", "Lũy kế"])
def test_cumulative_months_in_their_short_forms(read: Reader, word: str) -> None:
    headings = [f"{word} tháng {month}" for month in (1, 2, 3)]
    reading = read(months((1, "NSTW", 10, 30, 60), headings=headings, title=PAID, cut_off="(Số liệu đến 31/3/2022)"))
    assert {str(day) for day in facts(reading, "period_start")} == {"2022-01-01"}
    assert set(facts(reading, "is_cumulative")) == {True}


def test_nature_in_the_same_heading_as_its_source(read: Reader) -> None:
    paths = (("TT",), ("Huyện",), ("NSTW (ĐTPT)",), ("NSTW (SN)",), ("NSĐP",))
    reading = read(by_district((1, "Huyện Vị Thủy", 60, 5, 15), paths=paths))
    natures = [("central", "investment"), ("central", "recurrent"), ("local", None)]
    assert (facts(reading, "source_code", "nature"), codes(reading)) == (natures, [])


def test_budgets_of_all_levels_in_their_short_forms(read: Reader) -> None:
    heads = ("NS Trung ương", "NS tỉnh", "NS huyện", "NS xã", "Dân góp")
    paths = (("TT",), ("Huyện",), *((head,) for head in heads))
    reading = read(by_district((1, "Huyện Vị Thủy", 1, 2, 3, 4, 5), paths=paths, title=MOBILISED))
    assert facts(reading, "source_code") == [
        "central",
        "local_province",
        "local_district",
        "local_commune",
        "community",
    ]


def test_some_part_of_a_source_does_not_replace_the_whole(read: Reader) -> None:
    """'Trong đó: vốn sự nghiệp' is not all of the source above, and nothing of the next row."""
    rows = [(1, "NSTW", 700), (None, "Trong đó: vốn sự nghiệp", 200), (2, "Ngân sách tỉnh", 300)]
    rows += [(None, "Trong đó: xổ số kiến thiết", 100), (3, "Ngân sách huyện", 200), (None, "Tổng cộng", 1200)]
    reading = read(funding(*rows))
    amounts = [("central", 700), ("local_province", 300), ("local_district", 200)]
    assert facts(reading, "source_code", "amount_vnd_million") == amounts
    assert codes(reading) == ["PARTS_INCOMPLETE", "PARTS_INCOMPLETE"]


@pytest.mark.case(35)
def test_column_that_can_be_read_in_two_ways_is_said_to_be_left_out_whole(read: Reader) -> None:
    reading = read(funding((1, "NSTW", "50.000"), (2, "NSĐP", 3000)))
    assert reading.facts == {}
    assert "Kế hoạch năm 2022" in message(only_issue(reading))
    assert "cả cột chưa được nạp" in message(only_issue(reading))


def test_unnumbered_row_of_no_known_source_takes_no_numbered_row_with_it(read: Reader) -> None:
    reading = read(funding((None, "Quỹ phúc lợi", 5), (1, "Vốn tín dụng", 300), (2, "Doanh nghiệp", 100)))
    assert (facts(reading, "source_code"), codes(reading)) == (["credit", "enterprise"], ["SOURCE_UNKNOWN"])


def test_total_called_capital_is_a_total(read: Reader) -> None:
    reading = read(funding((None, "Tổng vốn", 400), (1, "Vốn tín dụng", 300), (2, "Doanh nghiệp", 100)))
    assert (facts(reading, "source_code"), codes(reading)) == (["credit", "enterprise"], [])


def test_what_is_left_is_not_read_as_paid_out_by_districts(read: Reader) -> None:
    paths = (("TT",), ("Huyện",), ("Giải ngân", "NSTW"), ("Giải ngân", "NSĐP"), ("Chưa giải ngân", "NSTW"))
    reading = read(by_district((1, "Huyện Vị Thủy", 60, 20, 40), paths=paths))
    assert facts(reading, "amount_vnd_million") == [60, 20]
    assert codes(reading) == ["COLUMNS_NOT_READ"]
