"""Old units followed to today's: over mergers that follow each other, codes that are used again, and in the sample."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from etl.ddl import create_table
from ntm.catalog import tables
from ntm.metrics.reform import new_units, reconcile
from ntm.warehouse import Snapshot, open_snapshot

MONTH = date(2022, 6, 30)
FIRST, MERGED, REFORM = "2021-11-01", "2024-12-01", "2025-07-01"
BEFORE_MERGED, BEFORE_REFORM = "2024-11-30", "2025-06-30"
UNITS = [
    ("93", "province", "Tỉnh Cũ", "93", FIRST, BEFORE_REFORM),
    ("94", "province", "Tỉnh Bên", "94", FIRST, BEFORE_REFORM),
    ("92", "province", "Thành phố Mới", "92", REFORM, None),
    # Merged in 2024, and what they became in 2025.
    ("00001", "commune", "Xã Một", "93", FIRST, BEFORE_MERGED),
    ("00002", "commune", "Xã Hai", "93", FIRST, BEFORE_MERGED),
    ("00002", "commune", "Xã Một Hai", "93", MERGED, BEFORE_REFORM),
    ("00003", "commune", "Xã Ba", "93", FIRST, BEFORE_REFORM),
    # Divided in 2024 between the merged one and one that stays.
    ("00004", "commune", "Xã Bốn", "93", FIRST, BEFORE_MERGED),
    ("00005", "commune", "Xã Năm", "93", FIRST, BEFORE_REFORM),
    # Nobody knows what it became; and a neighbour's that went into the same new one.
    ("00006", "commune", "Xã Sáu", "93", FIRST, BEFORE_REFORM),
    ("00007", "commune", "Xã Bảy", "94", FIRST, BEFORE_REFORM),
    ("00008", "commune", "Xã Tám", "94", FIRST, BEFORE_REFORM),
    # Today; 00003 is a code of before that means another unit now.
    ("00003", "commune", "Xã Mới", "92", REFORM, None),
    ("00005", "commune", "Xã Năm Mới", "92", REFORM, None),
    ("00008", "commune", "Xã Xa", "92", REFORM, None),
]
CHANGES = [
    ("00001", "00002", MERGED, False), ("00002", "00002", MERGED, False),
    ("00004", "00002", MERGED, True), ("00004", "00005", MERGED, True),
    ("00002", "00003", REFORM, False), ("00003", "00003", REFORM, False),
    ("00005", "00005", REFORM, False), ("00007", "00005", REFORM, False), ("00008", "00008", REFORM, False),
]  # fmt: skip


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    path = tmp_path_factory.mktemp("reform") / "ntm.duckdb"
    with duckdb.connect(str(path)) as connection:
        for name in ("admin_unit", "unit_change", "mart_commune_month"):
            statement = create_table(tables()[name]).replace(" not null", "")  # a few columns will do
            connection.execute(statement)
        connection.executemany(
            "insert into admin_unit by name select $1 as unit_code, $2 as level, 'xã' as kind, $3 as name,"
            " $4 as province_code, true as is_rural_commune, $5::date as valid_from, $6::date as valid_to",
            UNITS,
        )
        connection.executemany(
            "insert into unit_change (old_code, new_code, change_date, is_partial) values (?, ?, ?, ?)", CHANGES
        )
        connection.execute(
            "insert into mart_commune_month (unit_code, province_code, period_end, standard)"
            " select unit_code, '93', $1, 'ntm' from admin_unit"
            " where province_code = '93' and level = 'commune' and valid_from = $2::date and unit_code != '00006'",
            [MONTH, FIRST],
        )
    return Snapshot(path)


@pytest.fixture(scope="module")
def parts(snapshot: Snapshot) -> pd.DataFrame:
    return snapshot.read("reform_parts", province="93", month=MONTH)


def parts_of(parts: pd.DataFrame, code: str) -> dict[str, bool]:
    rows = parts[parts["new_code"] == code]
    return dict(zip(rows["old_name"], rows["is_partial"], strict=True))


def test_mergers_that_follow_each_other_are_followed_to_today(parts: pd.DataFrame) -> None:
    assert parts_of(parts, "00003") == {"Xã Một": False, "Xã Hai": False, "Xã Ba": False, "Xã Bốn": True}


def test_a_part_stays_a_part_when_a_later_change_took_the_whole(parts: pd.DataFrame) -> None:
    assert parts_of(parts, "00005")["Xã Bốn"]
    assert not parts_of(parts, "00005")["Xã Năm"]


def test_from_a_month_between_the_mergers_the_merged_unit_is_the_old_one(snapshot: Snapshot) -> None:
    later = snapshot.read("reform_parts", province="93", month=date(2025, 1, 31))
    assert parts_of(later, "00003") == {"Xã Một Hai": False, "Xã Ba": False}


def test_an_old_unit_of_another_province_is_a_part_of_unknown_standing(parts: pd.DataFrame) -> None:
    (outside,) = parts[parts["is_outside"]].to_dict("records")
    assert (outside["old_name"], outside["province_name"], outside["new_code"]) == ("Xã Bảy", "Tỉnh Bên", "00005")
    assert pd.isna(outside["standard"])
    classes = new_units(parts).set_index("new_code")["class_key"]
    assert dict(classes) == {"00003": "all_ntm", "00005": "unknown"}


def test_an_old_unit_whose_way_is_unknown_is_listed_without_a_new_one(parts: pd.DataFrame) -> None:
    assert list(parts[parts["new_code"].isna()]["old_name"]) == ["Xã Sáu"]


def test_units_are_those_that_took_in_something_of_the_province_and_lie_where_they_lie_today(
    snapshot: Snapshot, parts: pd.DataFrame
) -> None:
    units = snapshot.read("reform_units", province="93", day=MONTH)
    assert list(units["name"]) == ["Xã Mới", "Xã Năm Mới"]
    assert set(units["unit_code"]) == set(parts["new_code"].dropna())
    assert set(units["province_name"]) == {"Thành phố Mới"}
    assert list(units) == list(snapshot.read("commune_units", province="93", day=MONTH))


def test_after_the_reform_every_unit_is_its_own_only_part(snapshot: Snapshot) -> None:
    parts = snapshot.read("reform_parts", province="92", month=date(2025, 7, 31))
    assert list(parts["old_code"]) == list(parts["new_code"]) == ["00003", "00005", "00008"]
    assert not parts["is_partial"].any()


def test_a_chain_reconciles(snapshot: Snapshot, parts: pd.DataFrame) -> None:
    units = snapshot.read("commune_units", province="93", day=MONTH)
    communes = snapshot.read("communes", province="93", month=MONTH, district=None)
    found = reconcile(units, communes, parts)
    assert (found.old_units, found.whole, found.new_units) == (6, 4, 2)
    assert [divided.name for divided in found.divided] == ["Xã Bốn"]
    assert (found.unknown, found.outside) == (("Xã Sáu",), ("Xã Bảy (Tỉnh Bên)",))
    assert found.is_exact


@pytest.mark.parametrize("month", [date(2022, 6, 30), date(2025, 6, 30)])
def test_the_sample_reconciles_to_the_last_commune(sample_warehouse: Path, month: date) -> None:
    snapshot = open_snapshot(sample_warehouse)
    units = snapshot.read("commune_units", province="93", day=month)
    communes = snapshot.read("communes", province="93", month=month, district=None)
    parts = snapshot.read("reform_parts", province="93", month=month)
    found = reconcile(units, communes, parts)
    assert (found.old_units, found.old_communes, found.whole, found.new_units) == (75, 51, 75, 28)
    assert found.is_exact
    assert set(parts["old_code"]) == set(units["unit_code"])
    assert set(parts["new_code"]) == set(snapshot.read("reform_units", province="93", day=month)["unit_code"])
    sums = found.standings.set_index("standing")["in_parts"]
    assert sums.drop(["total", "not_rural"]).to_dict() == {
        standing: int((communes["standard"] == standing).sum())
        for standing in ("kieu_mau", "nang_cao", "ntm", "none", "unknown")
    }
    snapshot.close()


def test_a_province_with_divided_and_lost_communes_reconciles_too(sample_warehouse: Path) -> None:
    """Hải Phòng: 37 old units were divided, of 21 the new one is not known (unit_changes_unmapped.csv)."""
    snapshot = open_snapshot(sample_warehouse)
    values = {"province": "31", "month": MONTH}
    parts = snapshot.read("reform_parts", **values)
    units = snapshot.read("commune_units", province="31", day=MONTH)
    found = reconcile(units, snapshot.read("communes", district=None, **values), parts)
    assert (found.old_units, found.whole, len(found.divided), len(found.unknown)) == (217, 159, 37, 21)
    assert found.is_exact
    assert set(new_units(parts)["class_key"]) == {"unknown", "no_rural"}
    snapshot.close()
