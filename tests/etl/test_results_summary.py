"""Biểu 05 and 06: contents in rows, periods in columns; bands to commune_count, the rest kept as stated."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from openpyxl import Workbook

from etl.facts.results_summary import metric_of
from tests.etl.criteria_books import Path, headed
from tests.etl.findings import Reader, Warehouse, codes, message, only_issue, row_counts, rows_of
from tests.etl.workbooks import HEAD, NTM_SET, Row

BIEU_06 = "KẾT QUẢ THỰC HIỆN CHƯƠNG TRÌNH MTQG XÂY DỰNG NÔNG THÔN MỚI TỈNH HẬU GIANG"
PERIODS = ("KQ đến 31/12 năm trước", "TH 6 tháng", "KH 6T cuối năm")
ROWS: list[Row] = [
    ["I", "Kết quả thực hiện bộ tiêu chí cấp xã"],
    [1, "Tổng số xã", 51, 51, 51],
    [2, "Số xã đạt 19 tiêu chí", 34, 35, 38],
    [3, "15 - 18", 10, 9, 8],
    [4, "10 - 14", 7, 7, 5],
    [5, "dưới 10", 0, "-", 0],
    [6, "Bình quân tiêu chí/xã", 17.6, "17,7", 18.2],
    ["II", "Kết quả cấp huyện"],
    [1, "Số huyện đạt chuẩn NTM", 2, 2, 3],
]


def bieu_06(*rows: Row, remark: str = f"(Bộ tiêu chí xã NTM {NTM_SET})", **more: str) -> Workbook:
    paths: list[Path] = [("TT",), ("Nội dung",), *((period,) for period in PERIODS), ("Ghi chú",)]
    parts = {"title": BIEU_06, "cut_off": "(6 tháng đầu năm 2022)", "head": HEAD, **more}
    return headed(paths, rows, remark=remark, **parts)  # type: ignore[arg-type]


def stated(reading: object, *columns: str) -> list[tuple[object, ...]]:
    return rows_of(reading, "stated_result", *columns)  # type: ignore[arg-type]


def test_bands_are_counts_and_the_rest_is_kept_as_stated(read: Reader) -> None:
    reading = read(bieu_06(*ROWS))
    assert reading.issues == []
    bands = rows_of(reading, "commune_count", "band_low", "band_high", "communes", "value_kind", "period_end")
    assert bands[:3] == [
        (19, 19, 34, "actual", date(2021, 12, 31)),
        (19, 19, 35, "actual", date(2022, 6, 30)),
        (19, 19, 38, "plan", date(2022, 12, 31)),
    ]
    assert [(low, high, count) for low, high, count, *_ in bands[9:]] == [(0, 9, 0)] * 3
    assert stated(reading, "metric", "value", "section") == [
        *[("communes", Decimal(51), "Kết quả thực hiện bộ tiêu chí cấp xã")] * 3,
        *[("criteria_met_mean", value, "Kết quả thực hiện bộ tiêu chí cấp xã") for value in
          (Decimal("17.6"), Decimal("17.7"), Decimal("18.2"))],
        *[("ntm_districts", value, "Kết quả cấp huyện") for value in (Decimal(2), Decimal(2), Decimal(3))],
    ]  # fmt: skip
    assert row_counts(reading) == (9, 9, 0)


def test_groups_of_communes_are_kept_apart(read: Reader) -> None:
    """Biểu 05: the same counts for communes of group 1, 2 and 3."""
    groups = ("Xã nhóm 1", "Xã nhóm 2", "Xã nhóm 3")
    paths: list[Path] = [("TT",), ("Nội dung",), ("ĐVT",)]
    paths += [(group, period) for group in groups for period in PERIODS]
    cells = [1, 2, 3, 4, 5, 6, 7, 8, 9]
    title = "KẾT QUẢ THỰC HIỆN BỘ TIÊU CHÍ QUỐC GIA VỀ XÃ NÔNG THÔN MỚI 6 THÁNG NĂM 2022 TỈNH HẬU GIANG"
    rows: list[Row] = [[1, "Số xã đạt 19 tiêu chí", "xã", *cells], [2, "Số xã đạt chuẩn NTM", "xã", *cells]]
    reading = read(headed(paths, rows, title=title, cut_off=""))
    assert reading.issues == []
    columns = ("unit_group", "communes", "value_kind")
    assert rows_of(reading, "commune_count", *columns)[3:6] == [
        ("2", 4, "actual"), ("2", 5, "actual"), ("2", 6, "plan"),
    ]  # fmt: skip
    assert {group for _, group in stated(reading, "metric", "unit_group")} == {"1", "2", "3"}


def test_bands_without_a_set_are_kept_as_wordings_and_asked(read: Reader) -> None:
    reading = read(bieu_06(*ROWS, remark=""))
    issue = only_issue(reading)
    assert (issue.code, issue.severity, issue.cell) == ("BANDS_WITHOUT_SET", "ask", "B10")
    assert "318/QĐ-TTg" in message(issue)
    assert set(reading.facts) == {"stated_result"}
    assert ("Số xã đạt 19 tiêu chí", None, 34) in stated(reading, "content", "metric", "value")


def test_bare_numbers_under_another_heading_are_no_bands_of_communes(read: Reader) -> None:
    rows: list[Row] = [["I", "Kết quả cấp huyện"], [1, "Số huyện đạt 9 tiêu chí", 1, 1, 2], [2, "5 - 8", 6, 6, 5]]
    reading = read(bieu_06(*rows))
    assert (set(reading.facts), len(stated(reading, "value"))) == ({"stated_result"}, 6)


@pytest.mark.case(38)
def test_band_that_became_a_date_in_a_row(read: Reader) -> None:
    book = bieu_06(["I", "Kết quả cấp xã"], [1, "Số xã đạt 10 tiêu chí", 1, 1, 1], [2, datetime(2022, 9, 5), 3, 2, 1])
    book.active["B10"].number_format = "d-mmm"
    reading = read(book)
    assert rows_of(reading, "commune_count", "band_low", "band_high")[3:] == [(5, 9)] * 3
    assert (only_issue(reading).code, only_issue(reading).cell) == ("COUNT_FROM_DATE", "B10")


@pytest.mark.case(40)
def test_blank_cells_state_nothing(read: Reader) -> None:
    reading = read(bieu_06([1, "Số xã đạt chuẩn NTM", 34, None, "-"], [2, "Số xã đạt chuẩn NTM nâng cao"]))
    assert stated(reading, "value", "value_kind") == [(34, "actual"), (0, "plan")]
    assert (reading.issues, row_counts(reading)) == ([], (2, 2, 0))


def test_row_whose_cells_cannot_be_read_is_set_aside(read: Reader) -> None:
    reading = read(bieu_06([1, "Số xã đạt chuẩn NTM", "nhiều", "nhiều", "nhiều"], [2, "Tổng số xã", 51, 51, 51]))
    assert (codes(reading), row_counts(reading)) == (["NUMBER_UNREADABLE"] * 3, (2, 1, 1))


@pytest.mark.parametrize(
    ("content", "metric"),
    [
        ("Số xã đạt chuẩn NTM", "ntm_communes"),
        ("Số xã được công nhận đạt chuẩn nông thôn mới nâng cao", "nang_cao_communes"),
        ("Số xã đạt chuẩn NTM kiểu mẫu", "kieu_mau_communes"),
        ("Tỷ lệ xã đạt chuẩn NTM", "ntm_communes_pct"),
        ("Bình quân tiêu chí/xã", "criteria_met_mean"),
        ("Số huyện đạt chuẩn NTM", "ntm_districts"),
        ("Số xã chưa đạt chuẩn NTM", None),
        ("Số thôn đạt chuẩn", None),
    ],
)
def test_wordings_and_what_they_count(content: str, metric: str | None) -> None:
    assert metric_of(content) == metric


def test_summary_in_the_warehouse(warehouse: Warehouse) -> None:
    database = warehouse({"bieu_06.xlsx": bieu_06(*ROWS)})
    query = "select value, cell from stated_result where metric = 'criteria_met_mean' and value_kind = 'plan'"
    assert database.execute(query).fetchall() == [(Decimal("18.200"), "E14")]
    assert database.execute("select count(*) from mart_commune_month").fetchall() == [(0,)]
