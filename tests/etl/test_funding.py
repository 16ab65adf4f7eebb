"""Money: numbers, units of money, stages, sums (forms.md, cases 34-36, 40-46)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.etl.findings import Reader, codes, facts, message, only_issue, row_counts
from tests.etl.workbooks import FIRST_ROW, HEADINGS_ROW, Row, funding, write

CREDIT = "Vốn tín dụng"
LINES = ["Vốn lồng ghép", CREDIT, "Vốn doanh nghiệp"]
TWO_YEARS = ("Kế hoạch năm 2022", "Kế hoạch năm 2021")


def amounts(reading: object) -> list[object]:
    return facts(reading, "amount_vnd_million")  # type: ignore[arg-type]


def lines(*cells: object) -> list[Row]:
    """Rows of different sources with one amount each."""
    return [[number, LINES[number - 1], cell] for number, cell in enumerate(cells, start=1)]


def test_six_sources_of_the_plan_of_2022(read: Reader) -> None:
    """Form 2.4: wordings and figures as Hậu Giang published them; the sum is exact."""
    names = [
        "Vốn Trung ương hỗ trợ cho Chương trình",
        "Vốn Ngân sách địa phương (Tỉnh, huyện)",
        "Vốn lồng ghép",
        "Vốn tín dụng",
        "Vốn doanh nghiệp",
        "Vốn huy động dân đóng góp",
    ]
    values = [170914, 217040, 149039, 5589382, 16918, 116312]
    rows = [[place, name, value] for place, (name, value) in enumerate(zip(names, values, strict=True), start=1)]
    reading = read(funding(*rows, [None, "Tổng", 6259605], headings=["Nhu cầu vốn năm 2022"], cut_off=""))
    assert reading.issues == []
    assert facts(reading, "source_code", "stage", "value_kind", "year") == [
        (code, "need", "plan", 2022) for code in ("central", "local", "integrated", "credit", "enterprise", "community")
    ]
    assert sum(amounts(reading)) == 6259605  # type: ignore[arg-type]


def test_money_is_never_a_float(read: Reader) -> None:
    reading = read(funding(*lines(0.1, 64.70588235294117, "12,345678901")))
    assert amounts(reading) == [Decimal("0.1"), Decimal("64.705882"), Decimal("12.345679")]
    assert all(isinstance(amount, Decimal) for amount in amounts(reading))


@pytest.mark.case(34)
@pytest.mark.case(36)
@pytest.mark.case(40)
@pytest.mark.case(41)
@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("6.259.605", 6259605),
        ("6,259,605", 6259605),
        ("18,2", Decimal("18.2")),
        ("16.13", Decimal("16.13")),
        ("0.745", Decimal("0.745")),
        ("1.234,5", Decimal("1234.5")),
        ("1,234.5", Decimal("1234.5")),
        ("-", 0),
        ("–", 0),
        ("0", 0),
        (0, 0),
        (" 1 234 567 ", 1234567),
        ("149\u00a0039", 149039),
    ],
)
def test_number_that_can_be_written_in_one_way(read: Reader, cell: object, amount: object) -> None:
    reading = read(funding(*lines(cell)))
    assert (reading.issues, amounts(reading)) == ([], [amount])


@pytest.mark.case(41)
def test_brackets_are_a_minus_and_asked(read: Reader) -> None:
    reading = read(funding(*lines("6.259.605", "(1.200)")))
    assert amounts(reading)[1] == -1200
    issue = only_issue(reading)
    assert (issue.code, issue.cell, issue.severity) == ("AMOUNT_NEGATIVE", "C9", "ask")
    assert "điều chỉnh giảm" in message(issue)


@pytest.mark.case(40)
def test_empty_cell_is_not_reported_and_not_zero(read: Reader) -> None:
    reading = read(funding(*lines(5, None, "-")))
    assert facts(reading, "source_code", "amount_vnd_million") == [("integrated", 5), ("enterprise", 0)]
    assert (reading.issues, row_counts(reading)) == ([], (3, 3, 0))


@pytest.mark.case(35)
def test_column_decides_what_a_single_separator_is(read: Reader) -> None:
    assert amounts(read(funding(*lines("217.040", "6.259.605")))) == [217040, 6259605]
    assert amounts(read(funding(*lines("217.040", "6,259,605.5")))) == [Decimal("217.04"), Decimal("6259605.5")]


@pytest.mark.case(35)
def test_neighbours_of_the_same_unit_decide_for_a_column_and_that_is_noted(read: Reader) -> None:
    """Column, then what is under the same unit of money."""
    reading = read(funding([1, CREDIT, "217.040", "6.259.605"], headings=TWO_YEARS))
    assert amounts(reading) == [217040, 6259605]
    assert (only_issue(reading).code, only_issue(reading).severity) == ("NUMBER_STYLE_OF_NEIGHBOURS", "note")


@pytest.mark.case(35)
def test_column_that_is_clear_does_not_ask_its_neighbours(read: Reader) -> None:
    """The first column writes English numbers, the second Vietnamese ones."""
    rows = [[1, "Vốn lồng ghép", "217.040", "6.259.605"], [2, CREDIT, "16.13", "149.039"]]
    reading = read(funding(*rows, headings=TWO_YEARS))
    assert (reading.issues, amounts(reading)) == ([], [Decimal("217.04"), Decimal("16.13"), 6259605, 149039])


@pytest.mark.case(35)
def test_column_that_nothing_decides_is_refused_once(read: Reader) -> None:
    """217.040 may be 217 040 or 217,04; no cell is decided by itself."""
    reading = read(funding(*lines("217.040", "170.914", "149.039")))
    assert reading.facts == {}
    issue = only_issue(reading)
    assert (issue.code, issue.cell, issue.severity) == ("NUMBERS_AMBIGUOUS", "C8", "ask")
    assert "'217.040'" in message(issue)
    assert "dạng số của Excel" in message(issue)


@pytest.mark.case(35)
def test_cells_that_contradict_each_other_decide_nothing(read: Reader) -> None:
    """16.13 is English, 18,2 Vietnamese: 217.040 between them stays open."""
    reading = read(funding(*lines("16.13", "217.040", "18,2")))
    assert (only_issue(reading).code, only_issue(reading).cell, reading.facts) == ("NUMBERS_AMBIGUOUS", "C9", {})


@pytest.mark.parametrize("cell", ["12,5 tạ", "khoảng", "x", date(2022, 12, 19)])
def test_text_is_no_amount(read: Reader, cell: object) -> None:
    reading = read(funding(*lines(cell, 5)))
    assert amounts(reading) == [5]
    issue = only_issue(reading)
    assert (issue.code, issue.cell, issue.severity) == ("NUMBER_UNREADABLE", "C8", "block")
    assert row_counts(reading) == (2, 1, 1)


def test_impossible_amount_is_refused(read: Reader) -> None:
    reading = read(funding(*lines(10**12, 5)))
    assert (amounts(reading), only_issue(reading).code) == ([5], "AMOUNT_TOO_LARGE")


@pytest.mark.case(42)
@pytest.mark.parametrize(
    ("unit", "amount"),
    [
        ("ĐVT: triệu đồng", 1500),
        ("(Đơn vị tính: Tr.đ)", 1500),
        ("ĐVT: trđ", 1500),
        ("ĐVT: 1.000 đồng", Decimal("1.5")),
        ("ĐVT: 1000 đồng", Decimal("1.5")),
        ("ĐVT: nghìn đồng", Decimal("1.5")),
        ("ĐVT: ngàn đồng", Decimal("1.5")),
        ("ĐVT: tỷ đồng", 1500000),
        ("ĐVT: tỉ đồng", 1500000),
        ("ĐVT: đồng", Decimal("0.0015")),
        ("ĐVT: 1.000 đ", Decimal("1.5")),
        ("ĐVT: 1,000 VNĐ", Decimal("1.5")),
        ("ĐVT: Tr. đồng", 1500),
        ("ĐVT: Triệu VNĐ", 1500),
        ("ĐVT: 1.000.000 đ", 1500),
        ("ĐVT: Triệu đồng, %", 1500),
        ("Đơn vị: UBND tỉnh; ĐVT: Triệu đồng", 1500),
    ],
)
def test_unit_of_money(read: Reader, unit: str, amount: object) -> None:
    reading = read(funding(*lines(1500), unit=unit))
    assert (reading.issues, amounts(reading)) == ([], [amount])


@pytest.mark.case(42)
@pytest.mark.parametrize(
    ("unit", "code", "said"),
    [
        ("", "MONEY_UNIT_MISSING", "không ghi đơn vị tính"),
        ("ĐVT: USD", "MONEY_UNIT_UNKNOWN", "'USD'"),
        ("ĐVT: 10.000 đồng", "MONEY_UNIT_UNKNOWN", "'10.000 đồng'"),
    ],
)
def test_without_a_unit_of_money_the_form_is_refused(read: Reader, unit: str, code: str, said: str) -> None:
    reading = read(funding(*lines(1500), unit=unit))
    assert reading.facts == {}
    issue = only_issue(reading)
    assert (issue.code, issue.severity, said in message(issue)) == (code, "block", True)
    assert "triệu đồng" in message(issue).lower()


@pytest.mark.case(42)
def test_unit_in_a_heading_stands_for_its_column(read: Reader) -> None:
    headings = ("Kế hoạch năm 2022 (tỷ đồng)", "Kế hoạch năm 2021")
    assert amounts(read(funding([1, CREDIT, 5, 7], headings=headings))) == [5000, 7]


@pytest.mark.case(45)
@pytest.mark.parametrize(
    ("total", "code"),
    [(300, None), (301, None), ("298,6", "SUM_MISMATCH"), (305, "SUM_MISMATCH")],
)
def test_sum_may_differ_by_rounding_only(read: Reader, total: object, code: str | None) -> None:
    """Half a unit of the last digit for each of the three lines."""
    reading = read(funding(*lines(100, 100, 100), [None, "Tổng cộng", total]))
    assert codes(reading) == ([code] if code else [])
    if code:
        assert (reading.issues[0].cell, reading.issues[0].severity) == ("C11", "ask")
        assert "được 300" in message(reading.issues[0])


BUDGET = ["I", "NGÂN SÁCH TRUNG ƯƠNG"]


def test_parts_are_loaded_in_place_of_their_line(read: Reader) -> None:
    rows = [[*BUDGET, 100], [1, "Vốn đầu tư phát triển", 60], [2, "Vốn sự nghiệp", 40], ["II", CREDIT, 5]]
    reading = read(funding(*rows, [None, "TỔNG SỐ", 105]))
    assert reading.issues == []
    assert facts(reading, "source_code", "nature", "amount_vnd_million", "cell") == [
        ("central", "investment", 60, "C9"),
        ("central", "recurrent", 40, "C10"),
        ("credit", None, 5, "C11"),
    ]


@pytest.mark.case(45)
def test_parts_that_leave_a_part_untold_do_not_lose_money(read: Reader) -> None:
    """40 of 100 are in no row; the line is loaded undivided."""
    rows = [[*BUDGET, 100], [1, "Vốn đầu tư phát triển", 60], [2, "Vốn sự nghiệp", None]]
    reading = read(funding(*rows))
    assert facts(reading, "nature", "amount_vnd_million") == [(None, 100)]
    issue = only_issue(reading)
    assert (issue.code, issue.cell, issue.severity) == ("PARTS_INCOMPLETE", "C8", "ask")
    assert "ghi 100" in message(issue)
    assert "đủ 60" in message(issue)


def test_complete_parts_that_differ_from_their_line_are_used_and_asked(read: Reader) -> None:
    rows = [[*BUDGET, 100], [1, "Vốn đầu tư phát triển", 60], [2, "Vốn sự nghiệp", 50]]
    reading = read(funding(*rows))
    assert (amounts(reading), only_issue(reading).code) == ([60, 50], "SUM_MISMATCH")


def test_line_without_an_amount_of_its_own_counts_by_its_parts(read: Reader) -> None:
    rows = [[*BUDGET, None], [1, "Vốn đầu tư phát triển", 60], ["II", CREDIT, 5], [None, "Tổng cộng", 65]]
    assert read(funding(*rows)).issues == []


def test_parts_of_an_unknown_source_are_given_to_no_other(read: Reader) -> None:
    rows = [["I", "HUY ĐỘNG TỪ CỘNG ĐỒNG", 10], ["II", "Vốn ODA", 7], [1, "Tiền mặt", 7]]
    reading = read(funding(*rows))
    assert facts(reading, "source_code", "amount_vnd_million") == [("community", 10)]
    assert [(issue.code, issue.cell) for issue in reading.issues] == [
        ("SOURCE_UNKNOWN", "B9"),
        ("SOURCE_UNKNOWN", "B10"),
    ]
    assert row_counts(reading) == (3, 1, 2)


@pytest.mark.case(47)
@pytest.mark.parametrize(
    ("heading", "stage", "kind", "start", "end", "is_cumulative"),
    [
        ("Kế hoạch năm 2022", "plan", "plan", (2022, 1, 1), (2022, 6, 30), False),
        ("Kế hoạch vốn giao năm 2022", "allocated", "actual", (2022, 1, 1), (2022, 6, 30), False),
        ("Kế hoạch năm 2023", "plan", "plan", (2023, 1, 1), (2023, 1, 1), False),
        ("Giải ngân lũy kế đến 31/5/2022", "disbursed", "actual", (2022, 1, 1), (2022, 5, 31), True),
        ("Giải ngân quý II/2022", "disbursed", "actual", (2022, 4, 1), (2022, 6, 30), False),
        ("Ước giải ngân năm 2022", "disbursed", "estimate", (2022, 1, 1), (2022, 12, 31), False),
        ("Ước giải ngân", "disbursed", "estimate", (2022, 1, 1), (2022, 6, 30), False),
        ("Giải ngân tháng 6", "disbursed", "actual", (2022, 6, 1), (2022, 6, 30), False),
        ("KQ huy động 6T/năm", "mobilised", "actual", (2022, 1, 1), (2022, 6, 30), False),
        ("KH 6T cuối năm", "plan", "plan", (2022, 7, 1), (2022, 12, 31), False),
        ("Kế hoạch huy động năm 2022", "plan", "plan", (2022, 1, 1), (2022, 6, 30), False),
        ("Đăng ký vốn năm 2023", "need", "registered", (2023, 1, 1), (2023, 1, 1), False),
        ("Giải ngân năm 2021", "disbursed", "actual", (2021, 1, 1), (2021, 12, 31), False),
        ("Huy động", "mobilised", "actual", (2022, 1, 1), (2022, 6, 30), False),
    ],
)
def test_heading_tells_stage_and_period(
    read: Reader,
    heading: str,
    stage: str,
    kind: str,
    start: tuple[int, int, int],
    end: tuple[int, int, int],
    is_cumulative: bool,
) -> None:
    """In a report of 30 June 2022."""
    reading = read(funding([1, CREDIT, 5], headings=[heading]))
    assert facts(reading, "stage", "value_kind", "period_start", "period_end", "is_cumulative") == [
        (stage, kind, date(*start), date(*end), is_cumulative)
    ]


@pytest.mark.parametrize("heading", ["Tỷ lệ giải ngân", "Giải ngân (% kế hoạch)", "Giải ngân so với kế hoạch"])
def test_rates_are_no_money(read: Reader, heading: str) -> None:
    assert amounts(read(funding([1, CREDIT, 5, 74.5], headings=("Kế hoạch năm 2022", heading)))) == [5]


def test_columns_of_one_meaning_are_refused(read: Reader) -> None:
    """Investment and recurrent money side by side: neither is the plan, and their sum is no column."""
    book = funding([1, CREDIT, 5, 7], headings=("Kế hoạch năm 2022", None), numbering=False)
    sheet = book.active
    sheet.insert_rows(HEADINGS_ROW + 1)
    write(sheet, HEADINGS_ROW + 1, [None, None, "ĐTPT", "SN"])
    for merged in ("A6:A7", "B6:B7", "C6:D6"):
        sheet.merge_cells(merged)
    reading = read(book)
    assert reading.facts == {}
    issue = only_issue(reading)
    assert (issue.code, issue.severity) == ("COLUMN_TWICE", "block")
    assert "ĐTPT" in message(issue)


def test_column_without_a_stage_is_refused(read: Reader) -> None:
    reading = read(funding([1, CREDIT, 5], headings=["Số tiền"]))
    assert (only_issue(reading).code, only_issue(reading).cell, reading.facts) == ("STAGE_UNKNOWN", "C6", {})


@pytest.mark.case(16)
def test_error_in_an_amount_blocks_that_cell(read: Reader) -> None:
    reading = read(funding(*lines("#REF!", 5)))
    assert amounts(reading) == [5]
    assert (only_issue(reading).code, only_issue(reading).cell) == ("CELL_ERROR", f"C{FIRST_ROW}")


def test_district_that_reports_is_the_unit_of_its_money(read: Reader) -> None:
    reading = read(funding(*lines(5), head="UBND HUYỆN PHỤNG HIỆP TỈNH HẬU GIANG"))
    assert facts(reading, "unit_code") == ["934"]
