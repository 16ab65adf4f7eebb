"""Money of one year's budget that is used in another (chuyển nguồn, kéo dài) stands apart from that year's own."""

from __future__ import annotations

from datetime import date

import pytest

from etl.clean.carry_over import MIXED, UNCLEAR, CarryOver, carry_over
from tests.etl.findings import Reader, Warehouse, codes, facts, only_issue
from tests.etl.money_books import PAID_CENTRAL, by_district, works
from tests.etl.workbooks import Row, form, funding

CENTRAL: Row = (1, "Ngân sách trung ương", 100, 20, 90, 15)
COLUMNS = ("stage", "year", "origin_year", "amount_vnd_million")
OF_2021, INTO_2023 = CarryOver(2021, 2022), CarryOver(2022, 2023)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Vốn năm 2021 chuyển sang năm 2022", OF_2021),
        ("Vốn 2021 kéo dài sang 2022", OF_2021),
        ("KH vốn năm 2021 kéo dài", OF_2021),
        ("Vốn kéo dài năm 2021", OF_2021),
        ("Vốn năm trước chuyển sang", OF_2021),
        ("Giải ngân vốn năm 2021 kéo dài đến 30/6/2022", OF_2021),
        ("Kế hoạch vốn năm 2020 chuyển nguồn sang năm 2022", CarryOver(2020, 2022)),
        ("KH vốn kéo dài", CarryOver(2021, 2022, is_assumed=True)),
        ("Vốn kéo dài sang năm 2022", CarryOver(2021, 2022, is_assumed=True)),
        ("Vốn kéo dài sang năm sau", INTO_2023),
        ("Chuyển nguồn sang năm 2023", INTO_2023),
        ("Vốn năm 2022 kéo dài", INTO_2023),
        ("Vốn kéo dài năm 2022", UNCLEAR),
        ("Vốn các năm trước chuyển sang", UNCLEAR),
        ("Vốn năm 2020, 2021 chuyển sang", UNCLEAR),
        ("Vốn năm 2023 chuyển sang năm 2022", UNCLEAR),
        ("Kế hoạch vốn (gồm cả vốn năm 2021 kéo dài)", MIXED),
        ("Kế hoạch vốn (không gồm vốn kéo dài)", None),
        ("Điều chuyển nguồn kinh phí", None),
        ("Vốn năm 2022", None),
    ],
)
def test_words_of_money_carried_over(text: str, told: object) -> None:
    assert carry_over(text, 2022) == told


@pytest.mark.parametrize(
    ("given", "paid"),
    [
        ("KH vốn giao năm 2021 kéo dài sang năm 2022", "Giải ngân vốn năm 2021 kéo dài"),
        ("Vốn giao năm 2021 chuyển sang", "Giải ngân vốn năm 2021 chuyển sang đến 30/6/2022"),
        ("Vốn năm 2021 chuyển nguồn sang năm 2022", "Giải ngân vốn năm trước chuyển sang"),
    ],
)
def test_columns_of_money_carried_over_are_of_the_year_before(read: Reader, given: str, paid: str) -> None:
    headings = ("Vốn đã giao năm 2022", given, "Giải ngân năm 2022", paid)
    reading = read(funding(CENTRAL, headings=headings))
    assert reading.issues == []
    assert facts(reading, *COLUMNS) == [
        ("allocated", 2022, 2022, 100),
        ("allocated", 2022, 2021, 20),
        ("disbursed", 2022, 2022, 90),
        ("disbursed", 2022, 2021, 15),
    ]


def test_year_of_origin_that_is_not_told_is_asked(read: Reader) -> None:
    reading = read(funding(CENTRAL[:4], headings=("Vốn đã giao năm 2022", "Vốn giao kéo dài")))
    issue = only_issue(reading)
    assert (issue.code, issue.severity, issue.cell) == ("CARRY_OVER_ASSUMED", "ask", "D6")
    assert facts(reading, *COLUMNS)[1] == ("allocated", 2022, 2021, 20)


def test_money_that_goes_into_the_next_year_is_of_this_one_and_used_in_that(read: Reader) -> None:
    reading = read(funding(CENTRAL[:4], headings=("Vốn đã giao năm 2022", "Vốn kéo dài sang năm sau")))
    assert reading.issues == []
    assert facts(reading, *COLUMNS, "period_start") == [
        ("allocated", 2022, 2022, 100, date(2022, 1, 1)),
        ("allocated", 2023, 2022, 20, date(2023, 1, 1)),
    ]


def test_what_is_asked_for_is_not_assigned(read: Reader) -> None:
    reading = read(funding(CENTRAL[:3], headings=("Vốn đề nghị kéo dài sang năm 2023",)))
    assert facts(reading, *COLUMNS) == [("plan", 2023, 2022, 100)]


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        ("Vốn giao các năm trước chuyển sang", "CARRY_OVER_UNCLEAR"),
        ("Kế hoạch vốn (gồm cả vốn năm 2021 kéo dài)", "YEARS_TOGETHER"),
    ],
)
def test_money_of_no_single_year_is_refused(read: Reader, heading: str, code: str) -> None:
    reading = read(funding(CENTRAL[:4], headings=(heading, "Giải ngân")))
    issue = only_issue(reading)
    assert (issue.code, issue.severity, issue.cell) == (code, "block", "C6")
    assert facts(reading, *COLUMNS) == [("disbursed", 2022, 2022, 20)]


SPLIT = (
    ("TT",),
    ("Nguồn vốn",),
    ("Vốn giao năm 2022", "Tổng số"),
    ("Vốn giao năm 2022", "Vốn năm 2021 chuyển sang"),
    ("Vốn giao năm 2022", "Vốn giao trong năm"),
)


@pytest.mark.parametrize(("total", "found"), [(120, []), (130, ["SUM_MISMATCH"])])
def test_sum_over_two_budgets_is_checked_and_not_loaded(read: Reader, total: int, found: list[str]) -> None:
    reading = read(by_district([1, "Ngân sách trung ương", total, 20, 100], paths=SPLIT, title=PAID_CENTRAL))
    assert codes(reading) == found
    assert facts(reading, *COLUMNS) == [("allocated", 2022, 2021, 20), ("allocated", 2022, 2022, 100)]


def test_sum_without_the_year_s_own_money_is_refused(read: Reader) -> None:
    """What is left of it after what was carried over stands in no cell."""
    reading = read(by_district([1, "Ngân sách trung ương", 120, 20], paths=SPLIT[:4], title=PAID_CENTRAL))
    assert codes(reading) == ["YEARS_TOGETHER"]
    assert facts(reading, *COLUMNS) == [("allocated", 2022, 2021, 20)]


def test_districts_by_source_and_budget(read: Reader) -> None:
    paths = [
        ("TT",),
        ("Huyện",),
        *(("Vốn giao", "NSTW", part) for part in ("Tổng số", "Năm 2021 chuyển sang", "Năm 2022")),
        *(("Vốn giao", "NSĐP", part) for part in ("Tổng số", "Năm 2021 chuyển sang", "Năm 2022")),
    ]
    reading = read(
        by_district([1, "Huyện Vị Thủy", 120, 20, 100, 7, 2, 5], paths=paths, title="PHÂN BỔ VỐN TỈNH HẬU GIANG")
    )
    assert reading.issues == []
    assert facts(reading, "source_code", *COLUMNS[1:]) == [
        ("central", 2022, 2021, 20),
        ("central", 2022, 2022, 100),
        ("local", 2022, 2021, 2),
        ("local", 2022, 2022, 5),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [["I", "Ngân sách trung ương", 120], [1, "Vốn năm 2022", 100], [2, "Vốn năm 2021 chuyển sang", 20]],
        [["I", "Ngân sách trung ương", 120], ["-", "Vốn giao trong năm", 100], ["-", "Vốn năm trước chuyển sang", 20]],
        [[1, "Ngân sách trung ương", 120], [None, "Vốn năm 2022", 100], [None, "Vốn năm 2021 kéo dài", 20]],
        [["A", "Vốn năm 2022", 100], [1, "NSTW", 100], ["B", "Vốn năm 2021 chuyển sang năm 2022", 20], [1, "NSTW", 20]],
        [[None, "Vốn giao năm 2022", 100], [None, "NSTW", 100], [None, "Vốn năm 2021 kéo dài", 20], [None, "NSTW", 20]],
        [[1, "Ngân sách trung ương", 100], [2, "Ngân sách trung ương năm 2021 chuyển sang", 20]],
    ],
)
def test_rows_of_money_carried_over(read: Reader, rows: list[Row]) -> None:
    reading = read(funding(*rows, headings=("Vốn đã giao",)))
    assert reading.issues == []
    assert facts(reading, "source_code", "detail", *COLUMNS[1:]) == [
        ("central", None, 2022, 2022, 100),
        ("central", None, 2022, 2021, 20),
    ]


def test_row_that_goes_into_the_next_year_is_set_aside(read: Reader) -> None:
    rows = [["I", "Ngân sách trung ương", 100], [1, "Vốn kéo dài sang năm sau", 20]]
    reading = read(funding(*rows, headings=("Vốn đã giao",)))
    assert codes(reading) == ["CARRY_OVER_UNCLEAR", "PARTS_INCOMPLETE"]
    assert facts(reading, *COLUMNS) == [("allocated", 2022, 2022, 100)]


def test_title_tells_of_all_columns_that_say_nothing(read: Reader) -> None:
    title = "GIẢI NGÂN VỐN NGÂN SÁCH TRUNG ƯƠNG NĂM 2021 KÉO DÀI SANG NĂM 2022 TỈNH HẬU GIANG"
    headings = ["TT", "Huyện", "Vốn đã giao", "Giải ngân"]
    rows = [[1, "Huyện Vị Thủy", 20, 15], [2, "Huyện Phụng Hiệp", 30, 5]]
    reading = read(form(title, headings, rows, unit="ĐVT: Triệu đồng"))
    assert reading.issues == []
    assert facts(reading, *COLUMNS) == [
        ("allocated", 2022, 2021, 20),
        ("disbursed", 2022, 2021, 15),
        ("allocated", 2022, 2021, 30),
        ("disbursed", 2022, 2021, 5),
    ]


def test_money_carried_over_is_not_told_by_work(read: Reader) -> None:
    title = "KẾT QUẢ THỰC HIỆN VỐN NGÂN SÁCH TRUNG ƯƠNG NĂM 2021 CHUYỂN SANG NĂM 2022 TỈNH HẬU GIANG"
    reading = read(works([1, "Trường học", 400], headings=("Kế hoạch giao",), title=title))
    assert (codes(reading), reading.facts) == (["CARRY_OVER_OF_WORKS"], {})


def test_mart_keeps_the_budgets_apart(warehouse: Warehouse) -> None:
    headings = (
        "Vốn đã giao năm 2022",
        "Vốn giao năm 2021 kéo dài",
        "Giải ngân năm 2022",
        "Giải ngân vốn năm 2021 kéo dài",
    )
    database = warehouse({"a.xlsx": funding(CENTRAL, headings=headings)})
    rows = database.execute(
        "select origin_year, stage, amount_vnd_million, is_latest from mart_funding where year = 2022 order by all"
    ).fetchall()
    assert rows == [
        (2021, "allocated", 20, True),
        (2021, "disbursed", 15, True),
        (2022, "allocated", 100, True),
        (2022, "disbursed", 90, True),
    ]
