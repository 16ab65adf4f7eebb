"""Criteria of districts and of the province: the set that the title names for what the rows are, or none."""

from __future__ import annotations

import pytest
from openpyxl import Workbook

from tests.etl.criteria_books import HUYEN, HUYEN_SET, TINH, TINH_SET, Path, headed
from tests.etl.findings import Reader, Warehouse, codes, facts, message, only_issue, row_counts, rows_of
from tests.etl.workbooks import NTM, NTM_SET, Row, matrix, ntm_matrix

VI_THUY = (1, "Huyện Vị Thủy")
NINE = tuple("xxxxxxxxx")
PATHS: list[Path] = [("STT",), ("Huyện",), *(("Tiêu chí", number) for number in range(1, 10)), ("Tổng số TC đạt",)]


def district_matrix(*rows: Row, title: str = HUYEN, remark: str = HUYEN_SET, paths: list[Path] = PATHS) -> Workbook:
    return headed(paths, rows, title=title, remark=remark)


def set_and_units(reading: object) -> list[tuple[object, ...]]:
    return sorted(set(rows_of(reading, "criterion_result", "set_code", "unit_code")))  # type: ignore[arg-type]


def test_districts_under_the_set_of_320(read: Reader) -> None:
    reading = read(district_matrix([*VI_THUY, *NINE, "9/9"], [2, "TP. Ngã Bảy", *"xxxxxxxx", "CĐ", 8]))
    assert reading.issues == []
    assert set_and_units(reading) == [("HUYEN_NTM_2021_2025", "931"), ("HUYEN_NTM_2021_2025", "935")]
    assert row_counts(reading) == (2, 2, 0)


@pytest.mark.parametrize("ordinals", [("I", "II"), ("1", "2"), (None, None)])
def test_districts_numbered_in_any_way(read: Reader, ordinals: tuple[str | None, str | None]) -> None:
    reading = read(district_matrix([ordinals[0], *VI_THUY[1:], *NINE], [ordinals[1], "Huyện Phụng Hiệp", *NINE]))
    assert (reading.issues, len(rows_of(reading, "criterion_result", "unit_code"))) == ([], 18)


@pytest.mark.case(30)
def test_total_of_a_district_is_of_nine(read: Reader) -> None:
    reading = read(district_matrix([*VI_THUY, *NINE, "9/19"]))
    assert (only_issue(reading).code, "có 9 tiêu chí" in message(only_issue(reading))) == ("TOTAL_OF_OTHER_SET", True)


@pytest.mark.parametrize(
    ("title", "remark", "expected"),
    [
        (HUYEN, HUYEN_SET, "HUYEN_NTM_2021_2025"),
        (HUYEN.replace("NÔNG THÔN MỚI", "NÔNG THÔN MỚI NÂNG CAO"), HUYEN_SET, "HUYEN_NTM_NANG_CAO_2021_2025"),
        # Decision 211 amends that of 2022 and holds a set of its own, of conditions alone.
        (HUYEN, "(Quyết định số 320/QĐ-TTg và Quyết định số 211/QĐ-TTg)", "HUYEN_NTM_2021_2025"),
        (f"{HUYEN} THEO BỘ TIÊU CHÍ GIAI ĐOẠN 2021-2025", "", "HUYEN_NTM_2021_2025"),
        (HUYEN, "", None),
    ],
)
def test_set_of_districts_is_named_or_unknown(read: Reader, title: str, remark: str, expected: str | None) -> None:
    reading = read(district_matrix([*VI_THUY, *NINE], title=title, remark=remark))
    if expected:
        assert set(facts(reading, "set_code")) == {expected}
    else:
        assert (codes(reading), reading.facts) == (["SET_UNKNOWN"], {})


@pytest.mark.parametrize(
    ("title", "remark", "row", "wanted", "found"),
    [
        (HUYEN, HUYEN_SET, (1, "Xã Vị Tân"), "của huyện", "là xã"),
        (NTM + " TỈNH HẬU GIANG", NTM_SET, VI_THUY, "của xã", "là huyện"),
    ],
)
def test_set_of_another_level_than_the_rows_is_refused(
    read: Reader, title: str, remark: str, row: Row, wanted: str, found: str
) -> None:
    paths: list[Path] = [("STT",), ("Đơn vị",), *(("Tiêu chí", number) for number in range(1, 10))]
    reading = read(district_matrix([*row, *NINE], title=title, remark=remark, paths=paths))
    issue = only_issue(reading)
    assert (issue.code, issue.severity, reading.facts) == ("SET_OF_OTHER_LEVEL", "block", {})
    assert wanted in message(issue)
    assert found in message(issue)


def test_conditions_of_towns_that_completed_the_task(read: Reader) -> None:
    title = HUYEN.replace("HUYỆN NÔNG THÔN MỚI", "THỊ XÃ, THÀNH PHỐ HOÀN THÀNH NHIỆM VỤ XÂY DỰNG NÔNG THÔN MỚI")
    paths: list[Path] = [("STT",), ("Huyện",), *(("Điều kiện", f"ĐK{number}") for number in (1, 2, 3)), ("ĐK",)]
    paths[5] = ("Điều kiện", "Đánh giá")
    reading = read(district_matrix([1, "Thành phố Ngã Bảy", 100, "100%", 92.5, "Đạt"], title=title, paths=paths))
    assert reading.issues == []
    assert rows_of(reading, "criterion_result", "set_code", "criterion_no", "outcome") == [
        ("TX_TP_HOAN_THANH_NTM_2021_2025", "ĐK", "met")
    ]
    assert [float(str(value)) for (value,) in rows_of(reading, "indicator_value", "value")] == [100, 100, 92.5]


@pytest.mark.parametrize(
    "row", [[1, "Tỉnh Hậu Giang"], [None, "Tỉnh Hậu Giang"], [1, "Hậu Giang"], [None, "Toàn tỉnh"]]
)
def test_province_under_the_set_of_321(read: Reader, row: Row) -> None:
    paths: list[Path] = [("STT",), ("Đơn vị",), *(("Tiêu chí", number) for number in range(1, 9))]
    reading = read(headed(paths, [[*row, *"xxxxxxx", "CĐ"]], title=TINH, remark=TINH_SET))
    assert reading.issues == []
    assert set_and_units(reading) == [("TINH_HOAN_THANH_NTM_2021_2025", "93")]


def test_district_that_is_not_in_the_register_is_set_aside(read: Reader) -> None:
    reading = read(district_matrix([*VI_THUY, *NINE], [2, "Huyện Vị Thuỳ", *NINE]))
    assert (row_counts(reading), codes(reading)) == ((2, 1, 1), ["DISTRICT_UNKNOWN"])


@pytest.mark.case(33)
@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("KẾT QUẢ THỰC HIỆN 16 TIÊU CHÍ NTM NÂNG CAO TỈNH HẬU GIANG", "HAU_GIANG_XA_NANG_CAO_CU"),
        ("KẾT QUẢ THEO BỘ TIÊU CHÍ CỦA TỈNH VỀ XÃ NTM NÂNG CAO TỈNH HẬU GIANG", "HAU_GIANG_XA_NANG_CAO_CU"),
        ("KẾT QUẢ THỰC HIỆN 16 TIÊU CHÍ NTM KIỂU MẪU TỈNH HẬU GIANG", "HAU_GIANG_XA_KIEU_MAU_CU"),
        ("KẾT QUẢ THỰC HIỆN 14 TIÊU CHÍ NTM NÂNG CAO TỈNH HẬU GIANG", None),
        ("KẾT QUẢ THỰC HIỆN TIÊU CHÍ NTM NÂNG CAO TỈNH HẬU GIANG", None),
    ],
)
def test_older_set_of_the_province_is_named_as_its_own(read: Reader, title: str, expected: str | None) -> None:
    """Hậu Giang counted 16 criteria before decisions 318 and 319; their names are not known."""
    book = matrix([1, "Xã Vị Tân", *"x" * 16], criteria=range(1, 17), title=title, remark="")
    reading = read(book)
    assert set(facts(reading, "set_code")) == ({expected} if expected else set())
    assert codes(reading) == ([] if expected else ["SET_UNKNOWN"])


def test_criterion_beyond_the_number_of_a_set_is_refused(read: Reader) -> None:
    title = "KẾT QUẢ THỰC HIỆN 16 TIÊU CHÍ NTM NÂNG CAO TỈNH HẬU GIANG"
    reading = read(matrix([1, "Xã Vị Tân", *"x" * 17], criteria=range(1, 18), title=title, remark=""))
    assert (codes(reading), len(rows_of(reading, "criterion_result", "outcome"))) == (["CRITERION_UNKNOWN"], 16)


@pytest.mark.case(18)
def test_commune_with_its_district_in_a_column_of_its_own(read: Reader) -> None:
    paths: list[Path] = [("STT",), ("Huyện",), ("Xã",), *(("Tiêu chí", number) for number in range(1, 20))]
    book = headed(paths, [[1, "Huyện Vị Thủy", "Vị Trung", *"x" * 19], [2, None, "Vị Thắng", *"x" * 19]])
    book.active.merge_cells("B9:B10")
    reading = read(book)
    assert (reading.issues, len({unit for _, unit in set_and_units(reading)})) == ([], 2)


def test_plans_and_districts_stay_out_of_the_marts_of_communes(warehouse: Warehouse) -> None:
    """A planned year is a plan, a district's result a district's: neither changes what communes have met."""
    rows = [[1, "Xã Vị Tân", *["x"] * 18, "KH 2023"]]
    book = matrix(*rows, criteria=range(1, 20), title=NTM + " TỈNH HẬU GIANG", remark=NTM_SET)
    conditions: list[Path] = [*PATHS[:-1], ("Tiêu chí", "Điều kiện")]
    district = district_matrix([*VI_THUY, *NINE, "Đạt"], paths=conditions)
    alone = warehouse({"xa.xlsx": book}).execute("select * from mart_commune_month order by all").fetchall()
    database = warehouse({"xa.xlsx": book, "huyen.xlsx": district})
    assert database.execute("select * from mart_commune_month order by all").fetchall() == alone
    met = "select criteria_met, criteria_not_met from mart_commune_month where last_report is not null"
    assert database.execute(met).fetchall() == [(18, 1)]
    told = "select distinct set_code from mart_criterion_month union select distinct set_code from mart_district_month"
    assert database.execute(told).fetchall() == [("XA_NTM_2021_2025",)]
    kinds = "select value_kind, count(*) from criterion_result group by 1 order by 1"
    assert database.execute(kinds).fetchall() == [("actual", 29), ("plan", 1)]


@pytest.mark.case(33)
def test_fewer_criteria_under_a_new_set_are_no_fault(read: Reader) -> None:
    """19 of 19 by decision 1980, 17 by 318: two sets, both kept, nothing asked."""
    old = ntm_matrix(
        "(Số liệu đến 31/12/2021)",
        {"Xã Vị Tân": 19},
        decision="giai đoạn 2016-2020 (Quyết định số 1980/QĐ-TTg ngày 17/10/2016)",
    )
    new = ntm_matrix("(Số liệu đến 30/9/2022)", {"Xã Vị Tân": 17})
    assert (read(old).issues, read(new).issues) == ([], [])
