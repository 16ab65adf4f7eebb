"""Targets of districts and targets that give a number without names; OCOP products that are ranked again."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from openpyxl import Workbook

from tests.etl.findings import Reader, Warehouse, codes, facts, message, only_issue, row_counts
from tests.etl.workbooks import Row, form, ntm_matrix, products, targets

DUE = date(2022, 12, 31)
NAMED = ["TT", "Tên xã", "Huyện", "Mức", "Năm", "Loại chỉ tiêu"]
CITY = ["I. THÀNH PHỐ VỊ THANH"]


def target(wording: str, value: object, due: object = DUE) -> list[object]:
    return [1, wording, "xã", value, "giao", None, due, "KH 1"]


def named(*rows: list[object]) -> Workbook:
    return form("DANH SÁCH XÃ TỈNH HẬU GIANG NĂM 2022", NAMED, rows, cut_off="")


@pytest.mark.parametrize(
    ("wording", "metric"),
    [
        ("Số xã đạt chuẩn nông thôn mới công nhận thêm", "ntm_communes_new"),
        ("Công nhận thêm 04 xã nông thôn mới nâng cao", "nang_cao_communes_new"),
        ("Tỷ lệ xã đạt chuẩn NTM", "ntm_share_pct"),
        ("Lũy kế số xã đạt chuẩn nông thôn mới", "ntm_communes"),
        ("Số huyện đạt chuẩn nông thôn mới", "ntm_districts"),
        ("Số huyện đạt chuẩn NTM nâng cao", "nang_cao_districts"),
        ("Tỷ lệ đơn vị cấp huyện đạt chuẩn NTM", "district_share_pct"),
        ("Tỉnh hoàn thành nhiệm vụ xây dựng nông thôn mới", "provinces_completed"),
        ("Số phường, thị trấn đạt chuẩn đô thị văn minh", "civilised_wards"),
        ("Số thôn, bản đạt chuẩn NTM", "villages_ntm"),
        ("Số ấp đạt chuẩn NTM kiểu mẫu", "villages_kieu_mau"),
        ("Tỷ lệ thôn đạt chuẩn NTM", "village_share_pct"),
    ],
)
def test_wording_tells_what_is_counted(read: Reader, wording: str, metric: str) -> None:
    assert facts(read(targets(target(wording, 3))), "metric") == [metric]


@pytest.mark.parametrize(
    ("wording", "scope"),
    [
        ("Số xã đạt chuẩn NTM", "93"),
        ("Số xã đạt chuẩn NTM của huyện Vị Thủy", "935"),
        ("Số xã đạt chuẩn NTM tại TP. Vị Thanh", "930"),
    ],
)
def test_wording_names_whom_a_target_binds(read: Reader, wording: str, scope: str) -> None:
    reading = read(targets(target(wording, 3)))
    assert (facts(reading, "scope_code", "metric_vi"), reading.issues) == ([(scope, wording)], [])


def test_target_of_a_district_that_is_not_known_is_not_the_provinces(read: Reader) -> None:
    reading = read(targets(target("Số xã đạt chuẩn NTM của huyện Hương Khê", 4)))
    assert (reading.facts, row_counts(reading)) == ({}, (1, 0, 1))
    assert "Hương Khê" in message(only_issue(reading))


def test_targets_stand_under_their_districts(read: Reader) -> None:
    reading = read(targets(["I", "Huyện Vị Thủy"], target("Số xã đạt chuẩn NTM", 3)))
    assert (facts(reading, "scope_code"), reading.issues) == (["935"], [])


@pytest.mark.parametrize(
    ("due", "day"),
    [("quý III/2022", date(2022, 9, 30)), ("năm 2022", DUE), ("trước ngày 15/4/2022", date(2022, 4, 15))],
)
def test_due_period_ends_on_its_last_day(read: Reader, due: str, day: date) -> None:
    assert facts(read(targets(target("Số xã đạt chuẩn NTM", 3, due))), "due_date") == [day]


@pytest.mark.parametrize(
    ("name", "district", "scope"),
    [
        ("4 xã của huyện Vị Thủy", None, "935"),
        ("04 xã", "Huyện Phụng Hiệp", "934"),
        ("4 xã", None, "93"),
    ],
)
def test_number_without_names_is_a_target_and_invents_none(
    read: Reader, name: str, district: str | None, scope: str
) -> None:
    reading = read(named([1, name, district, "NTM", 2023, "phấn đấu"]))
    assert (set(reading.facts), reading.issues, row_counts(reading)) == ({"target"}, [], (1, 1, 0))
    assert facts(reading, "scope_code", "metric", "value", "due_date", "kind", "metric_vi") == [
        (scope, "ntm_communes_new", Decimal(4), date(2023, 12, 31), "stretch", name)
    ]


def test_number_of_an_unknown_district_is_set_aside(read: Reader) -> None:
    reading = read(named([1, "4 xã của huyện Hương Khê", None, "NTM", 2023, "phấn đấu"]))
    assert (reading.facts, row_counts(reading)) == ({}, (1, 0, 1))
    assert only_issue(reading).cell == "B8"


def test_several_communes_of_a_plan_are_each_named(read: Reader) -> None:
    reading = read(named([1, "Vị Trung, Vị Thắng", "Huyện Vị Thủy", "NTM", 2022, "giao"]))
    assert (facts(reading, "unit_code"), reading.issues) == (["31444", "31450"], [])


def test_product_ranked_again_keeps_both_decisions(read: Reader) -> None:
    rows = [
        [1, "Khóm", "HTX A", 62, "3 sao", "12/QĐ-UBND ngày 20/9/2019"],
        [2, "Khóm", "HTX A", 75, "4 sao", "30/QĐ-UBND ngày 20/9/2022"],
    ]
    assert facts(read(products(CITY, *rows)), "stars", "decision_no") == [(3, "12/QĐ-UBND"), (4, "30/QĐ-UBND")]


def test_product_ranked_again_is_no_new_product(warehouse: Warehouse) -> None:
    rows = [
        [1, "Khóm", "HTX A", 62, "3 sao", "12/QĐ-UBND ngày 20/9/2021"],
        [2, "Khóm", "HTX A", 75, "4 sao", "30/QĐ-UBND ngày 20/5/2022"],
        [3, "Chả", "HTX A", 75, "4 sao", "31/QĐ-UBND ngày 20/5/2022"],
    ]
    books = {
        "a.xlsx": products(CITY, *rows, cut_off="(Số liệu đến 30/6/2022)"),
        "b.xlsx": targets([1, "Số sản phẩm OCOP công nhận thêm", "sản phẩm", 5, "giao", None, DUE, "KH 1"]),
        "c.xlsx": ntm_matrix("(Số liệu đến 30/6/2022)", {"Xã Vị Tân": 19}),
    }
    actual = warehouse(books).execute("select actual from mart_target_progress where period_end = '2022-06-30'")
    assert actual.fetchall() == [(1.0,)]


@pytest.mark.parametrize(
    ("decided", "term", "valid_until", "is_stated"),
    [
        ("20/9/2023", None, date(2026, 9, 20), False),
        ("20/9/2022", None, None, False),
        ("20/9/2022", "36 tháng", date(2025, 9, 20), True),
        ("29/02/2024", "3 năm", date(2027, 2, 28), True),
        ("20/9/2022", date(2025, 9, 19), date(2025, 9, 19), True),
        ("20/9/2022", "đến 19/9/2025", date(2025, 9, 19), True),
    ],
)
def test_validity_is_stated_or_that_of_the_rule_in_force(
    read: Reader, decided: str, term: object, valid_until: date | None, is_stated: bool
) -> None:
    """The 36 months of 148/QĐ-TTg hold for decisions since 24 February 2023; for earlier ones none is made up."""
    headings = ["STT", "Tên sản phẩm", "Tên chủ thể", "Hạng", "Số, ngày QĐ", "Thời hạn"]
    rows: list[Row] = [CITY, [1, "Khóm", "HTX A", "3 sao", f"12/QĐ-UBND ngày {decided}", term]]
    reading = read(form("DANH SÁCH SẢN PHẨM OCOP TỈNH HẬU GIANG", headings, rows, cut_off="(Số liệu đến 30/6/2024)"))
    assert facts(reading, "valid_until", "is_validity_stated") == [(valid_until, is_stated)]
    assert reading.issues == []


def test_district_of_a_product_is_in_its_address(read: Reader) -> None:
    headings = ["STT", "Tên sản phẩm", "Tên chủ thể", "Địa chỉ", "Hạng", "Số, ngày QĐ"]
    rows = [[1, "Khóm", "HTX A", "xã Vị Trung, huyện Vị Thủy", "3 sao", "12/QĐ-UBND ngày 20/9/2022"]]
    reading = read(form("DANH SÁCH SẢN PHẨM OCOP TỈNH HẬU GIANG", headings, rows))
    assert (facts(reading, "unit_code"), reading.issues) == (["935"], [])


@pytest.mark.case(18)
def test_producer_merged_over_its_products_is_filled_down_and_no_further(read: Reader) -> None:
    rows = [
        [1, "Khóm", "HTX A", 62, "3 sao", "12/QĐ-UBND ngày 20/9/2022"],
        [2, "Chả", None, 62, "3 sao", "12/QĐ-UBND ngày 20/9/2022"],
        [3, "Mật", None, 62, "3 sao", "12/QĐ-UBND ngày 20/9/2022"],
    ]
    book = products(CITY, *rows)
    book.active.merge_cells("C9:C10")
    assert facts(read(book), "name", "producer") == [("Khóm", "HTX A"), ("Chả", "HTX A"), ("Mật", None)]


@pytest.mark.case(52)
def test_impossible_day_of_a_product_is_told_once(read: Reader) -> None:
    reading = read(products(CITY, [1, "Khóm", "HTX A", 62, "3 sao", "12/QĐ-UBND ngày 31/11/2022"]))
    assert (codes(reading), reading.facts) == (["DATE_NEEDED"], {})
