"""Biểu 04: documents that localities issued. A document needs its subject and a number; its day may be missing."""

from __future__ import annotations

from datetime import date

import pytest

from tests.etl.findings import Reader, Warehouse, facts, only_issue, row_counts
from tests.etl.list_books import policies
from tests.etl.workbooks import Row

NUMBER = "15/2022/NQ-HĐND ngày 14/4/2022"


def policy(number: object = NUMBER, subject: str | None = "Quy định mức hỗ trợ") -> Row:
    return [1, "Nghị quyết", number, subject, "Huy động nguồn lực", "Hỗ trợ theo nhóm xã"]


def test_document_with_number_and_day(read: Reader) -> None:
    reading = read(policies(policy()))
    assert facts(reading, "unit_code", "document_kind", "document_no", "issued_date", "subject", "aim", "content") == [
        (
            "93", "Nghị quyết", "15/2022/NQ-HĐND", date(2022, 4, 14), "Quy định mức hỗ trợ", "Huy động nguồn lực",
            "Hỗ trợ theo nhóm xã",
        )
    ]  # fmt: skip
    assert (reading.form, reading.issues, row_counts(reading)) == ("bieu_04", [], (1, 1, 0))


@pytest.mark.case(51)
def test_number_and_day_left_blank_are_not_known(read: Reader) -> None:
    reading = read(policies(policy("Số:    /KH-UBND ngày    tháng    năm 2022")))
    assert (facts(reading, "document_no", "issued_date"), reading.issues) == ([("chưa có số", None)], [])


@pytest.mark.case(52)
def test_impossible_day_is_left_empty_and_asked(read: Reader) -> None:
    reading = read(policies(policy("5/QĐ-UBND ngày 31/11/2016")))
    issue = only_issue(reading)
    assert (issue.code, issue.severity, issue.cell) == ("DATE_INVALID", "ask", "C8")
    assert facts(reading, "document_no", "issued_date") == [("5/QĐ-UBND", None)]


@pytest.mark.parametrize(("row", "cell"), [(policy(subject=None), "D8"), (policy(None), "C8")])
def test_row_without_subject_or_number_is_set_aside(read: Reader, row: Row, cell: str) -> None:
    issue = only_issue(reading := read(policies(row)))
    assert (issue.code, issue.cell, issue.severity, row_counts(reading)) == ("CELL_NEEDED", cell, "block", (1, 0, 1))


def test_kinds_of_documents_only_order_the_form(read: Reader) -> None:
    reading = read(policies(["I", "Nghị quyết của HĐND tỉnh"], policy(), ["II", "Kế hoạch của UBND huyện Vị Thủy"]))
    assert (facts(reading, "document_no"), reading.issues, row_counts(reading)) == (["15/2022/NQ-HĐND"], [], (3, 3, 0))


@pytest.mark.parametrize(
    ("issuer", "unit"),
    [("HĐND tỉnh", "93"), ("UBND huyện Vị Thủy", "935"), ("Sở Tài chính", "93"), (None, "93")],
)
def test_unit_that_issued_a_document(read: Reader, issuer: str | None, unit: str) -> None:
    headings = ["TT", "Loại văn bản", "Cơ quan ban hành", "Số văn bản", "Ngày ban hành", "Trích yếu"]
    row = [1, "Nghị quyết", issuer, "15/NQ-HĐND", "14/4/2022", "Quy định mức hỗ trợ"]
    reading = read(policies(row, headings=headings))
    assert facts(reading, "unit_code", "document_no", "issued_date") == [(unit, "15/NQ-HĐND", date(2022, 4, 14))]


def test_policies_are_loaded_with_their_cells(warehouse: Warehouse) -> None:
    connection = warehouse({"a.xlsx": policies(policy())})
    assert connection.execute("select document_no, cell from policy").fetchall() == [("15/2022/NQ-HĐND", "D8")]
