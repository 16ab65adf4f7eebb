"""Metrics of targets by month: shares in units and by either denominator, wards, villages, what is new in a year."""

from __future__ import annotations

from datetime import date

from etl.statements import statement
from ntm.metrics.targets import COUNTED
from tests.etl.findings import Warehouse
from tests.etl.list_books import village_counts
from tests.etl.workbooks import Row, ntm_matrix, recognition, recognitions, targets

NTM, HIGHER, MODEL = "Tỷ lệ xã đạt chuẩn NTM", "Tỷ lệ xã NTM nâng cao", "Tỷ lệ xã NTM kiểu mẫu"
SHARES: dict[tuple[str, float, str | None], tuple[object, ...]] = {
    (NTM, 4, "communes"): (2, 51, 3, None, None, False),
    (NTM, 3.92, "51"): (2, 51, 2, None, None, True),
    (HIGHER, 50, "ntm_communes"): (1, 2, 1, None, None, True),
    (HIGHER, 50, "communes"): (1, 51, 26, None, None, False),
    (HIGHER, 50, None): (1, 51, 26, 2, 1, None),
    (HIGHER, 1, None): (1, 51, 1, 2, 1, True),
    (MODEL, 10, None): (0, 51, 6, 2, 1, False),
    ("Tỷ lệ phường, thị trấn đạt chuẩn đô thị văn minh", 10, None): (1, 24, 3, None, None, False),
    ("Tỷ lệ huyện đạt chuẩn NTM", 50, None): (None, None, None, None, None, None),
}
"""Wording, value, denominator -> numerator, denominator, needed, other_denominator, other_needed, is_reached."""


def test_shares_are_compared_by_units_of_their_own_denominator(warehouse: Warehouse) -> None:
    """A value with decimals is a rounded one: 3,92% of 51 are 2. An open denominator is told only if both agree."""
    days = [date(2022, 12, day) for day, _ in enumerate(SHARES, start=1)]
    rows = [
        [1, wording, "%", value, "giao", denominator, day, "KH 1"]
        for day, (wording, value, denominator) in zip(days, SHARES, strict=True)
    ]
    held = [
        recognition("Xã Vị Tân", standard="NTM nâng cao", number="2/QĐ-UBND"),
        recognition("Xã Hoả Lựu"),
        recognition("Phường I", standard="Đô thị văn minh", number="3/QĐ-UBND"),
    ]
    database = warehouse(
        {
            "a.xlsx": ntm_matrix("(Số liệu đến 30/6/2022)", {"Vị Tân": 19, "Hoả Lựu": 12}),
            "b.xlsx": recognitions(*held),
            "c.xlsx": targets(*rows),
        }
    )
    found = database.execute(
        "select progress.numerator, progress.denominator, needed, other_denominator, other_needed, is_reached "
        "from mart_target_progress as progress inner join target using (target_id) "
        "where progress.period_end = '2022-06-30' order by due_date"
    ).fetchall()
    assert dict(zip(SHARES, found, strict=True)) == SHARES


def test_what_is_new_in_a_year_needs_the_end_of_the_year_before(warehouse: Warehouse) -> None:
    held = [
        recognition("Xã Vị Tân"),
        recognition("Xã Hoả Lựu", day=date(2022, 3, 1), number="2/QĐ-UBND"),
        recognition("Xã Vị Tân", day=date(2022, 5, 1), standard="NTM nâng cao", number="3/QĐ-UBND"),
    ]
    database = warehouse(
        {
            "a.xlsx": ntm_matrix("(Số liệu đến 31/12/2021)", {"Vị Tân": 19}),
            "b.xlsx": ntm_matrix("(Số liệu đến 30/6/2022)", {"Vị Tân": 19}),
            "c.xlsx": recognitions(*held, cut_off="(Số liệu đến 30/6/2022)"),
        }
    )
    rows = database.execute(
        "select metric, value from mart_metric_month "
        "where level = 'province' and period_end = '2022-06-30' and metric like '%_new' order by metric"
    ).fetchall()
    assert rows == [("kieu_mau_communes_new", 0), ("nang_cao_communes_new", 1), ("ntm_communes_new", 1)]
    none = database.execute(
        "select count(*) from mart_metric_month where period_end = '2021-12-31' and metric like '%_new'"
    ).fetchone()
    assert none == (0,)


def test_villages_are_counted_once_though_their_district_repeats_them(warehouse: Warehouse) -> None:
    counts: list[Row] = [
        [1, "Huyện Vị Thủy", 10, 7, 1],
        [2, "Xã Vị Trung", 6, 4, 1],
        [3, "Xã Vị Thủy", 4, 3, 0],
    ]
    database = warehouse(
        {
            "a.xlsx": ntm_matrix("(Số liệu đến 30/6/2022)", {"Vị Tân": 19}),
            "b.xlsx": village_counts(*counts),
        }
    )
    rows = database.execute(
        "select metric, value, units from mart_metric_month "
        "where level = 'province' and metric like 'villages%' order by metric"
    ).fetchall()
    assert rows == [("villages_kieu_mau", 1, 10), ("villages_ntm", 7, 10)]


def test_shares_count_what_the_rules_say() -> None:
    """The mart's list and that of targets.yml are one."""
    text = statement("marts", "mart_target_progress")
    assert {pair for pair in COUNTED.items() if f"('{pair[0]}', '{pair[1]}')" not in text} == set()
