"""Reports due and received: what is empty was not received, never received today; what is unclear is asked about."""

from __future__ import annotations

from datetime import date

import pytest
from openpyxl import Workbook

from tests.etl.findings import Reader, Warehouse, codes, facts, only_issue, row_counts
from tests.etl.list_books import submissions
from tests.etl.workbooks import Row, form

DUE, CAME = date(2022, 5, 25), date(2022, 5, 24)


def submission(
    received: object = CAME,
    unit: str = "Huyện Vị Thủy",
    report: str | None = "Biểu tiêu chí cấp xã",
    period: object = "tháng 5/2022",
    due: object = DUE,
) -> Row:
    return [1, unit, report, period, due, received]


def matrix(*rows: Row, headings: Row = ("Biểu 01", "Biểu 02 (hạn 20/6/2022)", "Báo cáo tháng 5/2022")) -> Workbook:
    columns = ["STT", "Đơn vị", *headings, "Ghi chú"]
    return form("TÌNH HÌNH NỘP BÁO CÁO CỦA CÁC HUYỆN TỈNH HẬU GIANG", columns, rows)


@pytest.mark.parametrize(
    ("received", "state", "day", "code"),
    [
        (CAME, "received", CAME, None),
        ("24.5.2022", "received", CAME, None),
        ("Đã nộp ngày 24/5/2022", "received", CAME, None),
        (None, "not_received", None, None),
        ("chưa nộp", "not_received", None, None),
        ("x", "received", None, "RECEIVED_WITHOUT_DATE"),
        ("-", "unknown", None, "RECEIVED_UNCLEAR"),
        ("hôm nay", "unknown", None, "RECEIVED_UNCLEAR"),
        (0, "unknown", None, "DATE_INVALID"),
    ],
)
def test_what_a_cell_tells_of_a_report(
    read: Reader, received: object, state: str, day: date | None, code: str | None
) -> None:
    reading = read(submissions(submission(received)))
    assert facts(reading, "state", "received_date") == [(state, day)]
    assert (codes(reading), row_counts(reading)) == ([code] if code else [], (1, 1, 0))


@pytest.mark.case(52)
def test_impossible_day_is_neither_mended_nor_taken_for_none(read: Reader) -> None:
    """Left empty it would say that the report did not come."""
    reading = read(submissions(submission("31/11/2016")))
    issue = only_issue(reading)
    assert (issue.code, issue.severity, issue.cell) == ("DATE_INVALID", "ask", "F8")
    assert facts(reading, "state", "received_date") == [("unknown", None)]


@pytest.mark.case(49)
@pytest.mark.parametrize(
    ("period", "end"),
    [
        ("tháng 5/2022", date(2022, 5, 31)),
        ("5/2022", date(2022, 5, 31)),
        ("T5/2022", date(2022, 5, 31)),
        ("quý I/2022", date(2022, 3, 31)),
        (date(2022, 5, 31), date(2022, 5, 31)),
        (None, date(2022, 6, 30)),
    ],
)
def test_period_of_a_report(read: Reader, period: object, end: date) -> None:
    reading = read(submissions(submission(period=period)))
    assert (facts(reading, "period_end"), reading.issues) == ([end], [])


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (submission(period="kỳ này"), "REPORT_PERIOD_UNREADABLE"),
        (submission(report=None), "CELL_NEEDED"),
        (submission(unit="Huyện Vị Lạ"), "DISTRICT_UNKNOWN"),
        (submission(unit="Sở Tài chính"), "UNIT_UNKNOWN"),
    ],
)
def test_row_that_is_not_understood_is_set_aside(read: Reader, row: Row, code: str) -> None:
    reading = read(submissions(row))
    assert (codes(reading), reading.facts, row_counts(reading)) == ([code], {}, (1, 0, 1))


def test_report_that_is_not_due_is_no_fact(read: Reader) -> None:
    reading = read(submissions(submission("không phải nộp")))
    assert (reading.facts, reading.issues, row_counts(reading)) == ({}, [], (1, 1, 0))


def test_units_by_reports(read: Reader) -> None:
    rows: list[Row] = [
        [None, "Hạn nộp", "25/6/2022", None, "25/5/2022"],
        [1, "Huyện Vị Thủy", date(2022, 6, 24), None, date(2022, 5, 25)],
        [2, "TP. Vị Thanh", None, "20.6.2022", "x"],
    ]
    reading = read(matrix(*rows))
    assert facts(reading, "unit_code", "form", "period_end", "due_date", "received_date", "state", "cell") == [
        ("935", "Biểu 01", date(2022, 6, 30), date(2022, 6, 25), date(2022, 6, 24), "received", "C9"),
        ("935", "Biểu 02", date(2022, 6, 30), date(2022, 6, 20), None, "not_received", "B9"),
        ("935", "Báo cáo tháng 5/2022", date(2022, 5, 31), DUE, date(2022, 5, 25), "received", "E9"),
        ("930", "Biểu 01", date(2022, 6, 30), date(2022, 6, 25), None, "not_received", "B10"),
        ("930", "Biểu 02", date(2022, 6, 30), date(2022, 6, 20), date(2022, 6, 20), "received", "D10"),
        ("930", "Báo cáo tháng 5/2022", date(2022, 5, 31), DUE, None, "received", "E10"),
    ]
    assert (codes(reading), row_counts(reading)) == (["RECEIVED_WITHOUT_DATE"], (3, 3, 0))


def test_district_that_sent_nothing_has_sent_none(read: Reader) -> None:
    """Its row has a name alone, like the heading of a group; no commune follows it."""
    rows: list[Row] = [[1, "Huyện Vị Thủy", date(2022, 6, 24)], [2, "Huyện Phụng Hiệp"], ["III", "Huyện Long Mỹ"]]
    reading = read(matrix(*rows, headings=["Biểu 01"]))
    assert facts(reading, "unit_code", "state") == [
        ("935", "received"),
        ("934", "not_received"),
        ("936", "not_received"),
    ]
    assert (reading.issues, row_counts(reading)) == ([], (3, 3, 0))


def test_district_heads_its_communes(read: Reader) -> None:
    rows: list[Row] = [
        ["I", "Huyện Vị Thủy"],
        [1, "Vị Trung", date(2022, 6, 24)],
        [2, "Vị Thắng"],
        ["II", "Huyện Long Mỹ"],
    ]
    reading = read(matrix(*rows, headings=["Biểu 01"]))
    assert facts(reading, "unit_code", "state") == [
        ("31444", "received"),
        ("31450", "not_received"),
        ("936", "not_received"),
    ]


@pytest.mark.case(16)
def test_error_in_a_cell_is_no_report_and_no_lack_of_one(read: Reader) -> None:
    reading = read(matrix([1, "Huyện Vị Thủy", "#REF!", date(2022, 6, 24)], headings=["Biểu 01", "Biểu 02"]))
    assert (facts(reading, "form"), codes(reading)) == (["Biểu 02"], ["CELL_ERROR"])


def test_submissions_are_loaded_with_their_cells(warehouse: Warehouse) -> None:
    connection = warehouse({"a.xlsx": submissions(submission(), submission(None, "Xã Vị Tân"))})
    rows = connection.execute("select unit_code, state from submission order by unit_code").fetchall()
    assert rows == [("31333", "not_received"), ("935", "received")]
