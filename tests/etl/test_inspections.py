"""Inspections: what was found where, what is to be done by when, how far it is; ids stay the same in later reports."""

from __future__ import annotations

from datetime import date

import pytest

from etl.clean.states import read_state
from tests.etl.findings import Reader, Warehouse, facts, only_issue, row_counts
from tests.etl.list_books import inspections
from tests.etl.workbooks import Row

DAY = date(2022, 5, 10)


def inspection(
    unit: str | None = "Xã Vị Tân",
    content: str | None = "Việc duy trì tiêu chí",
    day: object = DAY,
    due: object = date(2022, 6, 30),
    state: str | None = "Chưa khắc phục",
    finding: str | None = "Thiếu hồ sơ",
) -> Row:
    return [1, unit, content, day, finding, "Bổ sung", due, state]


@pytest.mark.parametrize(
    ("text", "state", "day"),
    [
        ("Đã khắc phục", "done", None),
        ("đã khắc phục ngày 25/6/2022", "done", date(2022, 6, 25)),
        ("Đã khắc phục (25/6/2022)", "done", date(2022, 6, 25)),
        ("Đang khắc phục", "in_progress", None),
        ("Đã khắc phục một phần", "in_progress", None),
        ("Chưa khắc phục", "open", None),
        ("Quá hạn", "overdue", None),
        ("đã khắc phục 2/3 nội dung", None, None),
        ("", None, None),
    ],
)
def test_state_is_compared_as_a_whole(text: str, state: str | None, day: date | None) -> None:
    assert read_state(text) == (state, day)


def test_findings_of_one_day_are_one_inspection(read: Reader) -> None:
    rows = [inspection(), inspection(finding="Đường xuống cấp"), inspection(unit="Huyện Vị Thủy", day="12/5/2022")]
    reading = read(inspections(*rows))
    assert facts(reading, "inspection_id", "finding_no", "unit_code", "inspection_date", "cell") == [
        ("31333-20220510", 1, "31333", DAY, "C8"),
        ("31333-20220510", 2, "31333", DAY, "C9"),
        ("935-20220512", 1, "935", date(2022, 5, 12), "C10"),
    ]
    assert (reading.issues, row_counts(reading)) == ([], (3, 3, 0))


def test_unit_merged_over_its_findings(read: Reader) -> None:
    """A district's cell over two rows: the second is a finding of it, no heading of a group."""
    book = inspections(inspection(unit="Huyện Vị Thủy"), inspection(unit=None, content=None, finding="Chậm báo cáo"))
    book.active.merge_cells("B8:B9")
    book.active.merge_cells("C8:C9")
    reading = read(book)
    assert facts(reading, "unit_code", "finding") == [("935", "Thiếu hồ sơ"), ("935", "Chậm báo cáo")]
    assert row_counts(reading) == (2, 2, 0)


def test_document_is_part_of_the_inspection(read: Reader) -> None:
    headings = ["STT", "Xã", "Huyện", "Nội dung kiểm tra", "Ngày kiểm tra", "Văn bản kết luận", "Kết luận"]
    row = [1, "Vị Tân", "TP. Vị Thanh", "1.1", DAY, "Thông báo số 15/TB-VPĐP ngày 20/5/2022", "Đạt yêu cầu"]
    reading = read(inspections(row, headings=headings))
    assert facts(reading, "inspection_id", "document") == [
        ("31333-20220510-15/TB-VPĐP", "Thông báo số 15/TB-VPĐP ngày 20/5/2022")
    ]


@pytest.mark.parametrize(
    ("due", "day", "rule"),
    [
        ("30.6.2022", date(2022, 6, 30), None),
        ("quý III/2022", date(2022, 9, 30), "quý III/2022"),
        ("trước ngày 20 hằng tháng", None, "trước ngày 20 hằng tháng"),
        ("từ 1/3/2022 đến 30/6/2022", date(2022, 6, 30), "từ 1/3/2022 đến 30/6/2022"),
        (None, None, None),
    ],
)
def test_due_date_and_its_wording(read: Reader, due: object, day: date | None, rule: str | None) -> None:
    reading = read(inspections(inspection(due=due)))
    assert (facts(reading, "due_date", "due_rule"), reading.issues) == ([(day, rule)], [])


@pytest.mark.case(52)
@pytest.mark.parametrize("column", ["D", "G"])
def test_impossible_day_is_left_empty_and_asked(read: Reader, column: str) -> None:
    book = inspections(inspection())
    book.active[f"{column}8"] = "31/11/2016"
    reading = read(book)
    issue = only_issue(reading)
    assert (issue.code, issue.severity, issue.cell) == ("DATE_INVALID", "ask", f"{column}8")
    name = "inspection_date" if column == "D" else "due_date"
    assert (facts(reading, name), row_counts(reading)) == ([None], (1, 1, 0))


def test_state_that_is_not_known_is_left_empty_and_asked(read: Reader) -> None:
    reading = read(inspections(inspection(state="đang xem xét")))
    issue = only_issue(reading)
    assert (issue.code, issue.severity, facts(reading, "state")) == ("STATE_UNKNOWN", "ask", [None])


@pytest.mark.parametrize(
    ("row", "code", "cell"),
    [
        (inspection(unit=None), "UNIT_MISSING", "B8"),
        (inspection(content=None), "CELL_NEEDED", "C8"),
    ],
)
def test_row_without_unit_or_content_is_set_aside(read: Reader, row: Row, code: str, cell: str) -> None:
    issue = only_issue(reading := read(inspections(row)))
    assert (issue.code, issue.cell, issue.severity, row_counts(reading)) == (code, cell, "block", (1, 0, 1))


def test_later_report_tells_how_far_a_finding_is_by_then(warehouse: Warehouse) -> None:
    books = {
        "6.xlsx": inspections(inspection()),
        "9.xlsx": inspections(inspection(state="Đã khắc phục"), cut_off="(Số liệu đến 30/9/2022)"),
    }
    query = "select inspection_id, finding_no, state from inspection order by period_end"
    connection = warehouse(books)
    assert connection.execute(query).fetchall() == [("31333-20220510", 1, "open"), ("31333-20220510", 1, "done")]
    assert connection.execute("select code from load_issue").fetchall() == []
