"""Biểu 10: criteria and indicators of one unit in rows, periods in columns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import Workbook

from tests.etl.criteria_books import HUYEN, HUYEN_SET, XA_HEAD, Path, headed
from tests.etl.findings import Reader, Warehouse, codes, message, only_issue, row_counts, rows_of
from tests.etl.workbooks import NTM_SET, Row

TITLE = "KẾT QUẢ THỰC HIỆN BỘ TIÊU CHÍ QUỐC GIA VỀ XÃ NÔNG THÔN MỚI"
PERIODS = ("KQ đến 31/12 năm trước", "TH 6 tháng", "KH 6T cuối năm")
OTHERS: list[Row] = [[str(number), None, None, None, "Đạt", None, "Đạt", None, "Đạt"] for number in range(3, 20)]
QUY_HOACH = ["1", "Quy hoạch", None, None, "Đạt", None, "Đạt", None, "Đạt"]


def bieu_10(
    *rows: Row, periods: Sequence[str] = PERIODS, others: Sequence[Row] = OTHERS, head: str = XA_HEAD, **more: str
) -> Workbook:
    """Ordinal, content, unit; figure and mark of each period; note. Criteria from 3 on are met."""
    paths: list[Path] = [("TT",), ("Nội dung",), ("ĐVT",)]
    paths += [(period, part) for period in periods for part in ("Kết quả", "Đánh giá")]
    parts = {"title": TITLE, "remark": NTM_SET, "cut_off": "(6 tháng đầu năm 2022)", **more}
    return headed([*paths, ("Ghi chú",)], [*rows, *others], head=head, **parts)  # type: ignore[arg-type]


def results(reading: object, *columns: str) -> list[tuple[object, ...]]:
    rows = rows_of(reading, "criterion_result", "criterion_no", *columns)  # type: ignore[arg-type]
    return [row for row in rows if row[0] in ("1", "2")]


def values(reading: object, *columns: str) -> list[tuple[object, ...]]:
    return rows_of(reading, "indicator_value", "indicator_code", *columns)  # type: ignore[arg-type]


def test_each_period_has_its_day_and_its_kind(read: Reader) -> None:
    rows: list[Row] = [QUY_HOACH, ["1.1", "Có quy hoạch chung", "Đạt", None, "Đạt", None, "Đạt", None, "Đạt"]]
    rows += [["2", "Giao thông", None, None, "Chưa đạt", None, "CĐ", None, "Đạt"]]
    rows += [["2.1", "Tỷ lệ đường xã", "%", 80, "Chưa đạt", "85,5%", "Chưa đạt", 100, "Đạt"]]
    reading = read(bieu_10(*rows))
    assert reading.issues == []
    assert results(reading, "outcome", "cell")[:2] == [("1", "met", "E9"), ("2", "not_met", "E11")]
    assert {row[1:] for row in results(reading, "period_end", "value_kind", "outcome") if row[0] == "2"} == {
        (date(2021, 12, 31), "actual", "not_met"),
        (date(2022, 6, 30), "actual", "not_met"),
        (date(2022, 12, 31), "plan", "met"),
    }
    assert [row for row in values(reading, "period_end", "value", "outcome") if row[0] == "2.1"] == [
        ("2.1", date(2021, 12, 31), Decimal(80), "not_met"),
        ("2.1", date(2022, 6, 30), Decimal("85.5"), "not_met"),
        ("2.1", date(2022, 12, 31), Decimal(100), "met"),
    ]
    assert set(rows_of(reading, "criterion_result", "unit_code", "set_code")) == {("31444", "XA_NTM_2021_2025")}
    assert row_counts(reading) == (21, 21, 0)


@pytest.mark.case(47)
@pytest.mark.parametrize(
    ("heading", "day", "kind"),
    [
        ("Ước thực hiện cả năm 2022", date(2022, 12, 31), "estimate"),
        ("Đăng ký năm 2023", date(2023, 12, 31), "registered"),
        ("Kế hoạch năm 2022", date(2022, 12, 31), "plan"),
        ("Kết quả đến 31/12/2021", date(2021, 12, 31), "actual"),
        ("KH 6 tháng cuối năm 2022", date(2022, 12, 31), "plan"),
    ],
)
def test_result_estimate_plan_and_registration_are_kept_apart(read: Reader, heading: str, day: date, kind: str) -> None:
    reading = read(bieu_10(QUY_HOACH[:7], periods=("TH 6 tháng", heading), others=[row[:7] for row in OTHERS]))
    kinds = set(rows_of(reading, "criterion_result", "period_end", "value_kind"))
    assert kinds == {(date(2022, 6, 30), "actual"), (day, kind)}


@pytest.mark.case(37)
def test_percentages_in_three_writings(read: Reader) -> None:
    """0.745 shown as 74.5%, '74,5%', and 74.5 in a row of %."""
    book = bieu_10(QUY_HOACH, ["2.1", "Tỷ lệ đường xã", "%", 0.745, "CĐ", "74,5%", "CĐ", 74.5, "CĐ"])
    book.active["D10"].number_format = "0.0%"
    assert [value for code, value in values(read(book), "value") if code == "2.1"] == [Decimal("74.5")] * 3


def test_single_period_without_a_heading_is_that_of_the_sheet(read: Reader) -> None:
    rows = [[row[0], row[1], None, None, "Đạt"] for row in ([QUY_HOACH, *OTHERS])]
    paths: list[Path] = [("TT",), ("Tên tiêu chí",), ("ĐVT",), ("Kết quả",), ("Đánh giá",)]
    reading = read(headed(paths, rows, title=TITLE, cut_off="(Số liệu đến 30/9/2022)", head=XA_HEAD))
    assert set(rows_of(reading, "criterion_result", "period_end")) == {(date(2022, 9, 30),)}
    assert codes(reading) == ["CRITERION_MISSING"]


def test_blank_mark_is_unknown_and_asked(read: Reader) -> None:
    reading = read(bieu_10(["1", "Quy hoạch", None, None, "Đạt", None, None, None, "Đạt"], ["2", "Giao thông"]))
    assert len(results(reading)) == 2
    assert [(issue.code, issue.cell) for issue in reading.issues] == [
        ("MARK_BLANK", "E10"), ("MARK_BLANK", "G9"), ("MARK_BLANK", "I10"),
    ]  # fmt: skip
    assert "Tiêu chí 1, 2 để trống" in message(reading.issues[1])


def test_period_left_blank_means_nothing(read: Reader) -> None:
    others = [row[:7] for row in OTHERS]
    reading = read(bieu_10(QUY_HOACH[:7], ["2", "Giao thông", None, None, "Đạt", None, "Đạt"], others=others))
    assert reading.issues == []
    assert {kind for (kind,) in rows_of(reading, "criterion_result", "value_kind")} == {"actual"}


def test_total_that_the_form_states_is_kept_beside_the_counted_one(read: Reader) -> None:
    rows: list[Row] = [QUY_HOACH, ["2", "Giao thông", None, None, "Đạt", None, "CĐ", None, "Đạt"]]
    total: Row = [None, "Tổng số tiêu chí đạt", None, None, 19, None, "19/19", None, 19]
    reading = read(bieu_10(*rows, others=[*OTHERS, total]))
    issue = only_issue(reading)
    assert (issue.code, issue.cell, "ghi 19/19, đếm được 18" in message(issue)) == ("TOTAL_MISMATCH", "G28", True)
    assert rows_of(reading, "stated_result", "metric", "value") == [("criteria_met", 19)] * 3


def test_form_without_its_commune_is_refused(read: Reader) -> None:
    reading = read(bieu_10(QUY_HOACH, head="UBND HUYỆN VỊ THỦY, TỈNH HẬU GIANG"))
    issue = only_issue(reading)
    assert (issue.code, issue.severity, reading.facts) == ("UNIT_OF_OTHER_LEVEL", "block", {})
    assert "XÃ VỊ TÂN" in message(issue)


def test_criteria_of_one_district_in_rows(read: Reader) -> None:
    rows = [[str(number), None, None, None, "Đạt", None, "Đạt", None, "Đạt"] for number in range(1, 10)]
    head = "UBND HUYỆN VỊ THỦY, TỈNH HẬU GIANG"
    reading = read(bieu_10(*rows, others=[], head=head, title=HUYEN, remark=HUYEN_SET))
    assert (reading.issues, {unit for (unit,) in rows_of(reading, "criterion_result", "unit_code")}) == ([], {"935"})


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (["20", "Tiêu chí mới", None, None, "Đạt"], "CRITERION_ROW_UNKNOWN"),
        (["a", "Nội dung khác", None, None, "Đạt"], "CRITERION_ROW_UNKNOWN"),
        (["3", "Thủy lợi và phòng, chống thiên tai", None, None, "Đạt"], "CRITERION_ROW_TWICE"),
    ],
)
def test_row_that_is_no_criterion_of_the_set_is_set_aside(read: Reader, row: Row, code: str) -> None:
    reading = read(bieu_10(QUY_HOACH, ["2", "Giao thông", *QUY_HOACH[2:]], others=[*OTHERS, row]))
    assert (codes(reading), row_counts(reading)) == ([code], (20, 19, 1))


def test_period_before_the_unit_was_is_not_read(read: Reader) -> None:
    """New communes began on 1 July 2025, some under codes of old ones."""
    rows = [QUY_HOACH, ["2", "Giao thông", *QUY_HOACH[2:]]]
    periods = ("KQ đến 31/12 năm trước", "KQ đến 31/12/2025", "Đăng ký năm 2026")
    head = "UBND XÃ VỊ THỦY, THÀNH PHỐ CẦN THƠ"
    reading = read(bieu_10(*rows, periods=periods, head=head, cut_off="(Số liệu đến 31/12/2025)"))
    issue = only_issue(reading)
    assert (issue.code, issue.severity, issue.cell) == ("COLUMN_OF_OTHER_TIME", "block", "D7")
    days = {day for (day,) in rows_of(reading, "criterion_result", "period_end")}
    assert days == {date(2025, 12, 31), date(2026, 12, 31)}


def test_commune_mart_counts_the_results_alone(warehouse: Warehouse) -> None:
    rows = [QUY_HOACH, ["2", "Giao thông", None, None, "Đạt", None, "CĐ", None, "Đạt"]]
    database = warehouse({"bieu_10.xlsx": bieu_10(*rows)})
    query = (
        "select period_end, criteria_met from mart_commune_month where unit_code = '31444' and last_report = period_end"
    )
    assert database.execute(query).fetchall() == [(date(2021, 12, 31), 19), (date(2022, 6, 30), 18)]
