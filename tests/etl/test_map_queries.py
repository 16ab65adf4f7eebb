"""Layers of the map over small warehouses: what was revoked, changed its set, has no money, or bears a used code."""

from __future__ import annotations

from datetime import date

import duckdb
import pandas as pd
import pytest

from ntm.charts.map_layers import NOT_RURAL, UNKNOWN, MapLayer, layers_for, map_layer
from ntm.i18n import translator
from ntm.warehouse import query_text
from tests.etl.findings import Warehouse
from tests.etl.money_books import arrears
from tests.etl.workbooks import NTM_SET_BEFORE, ntm_matrix, recognition, recognitions

VI = translator("vi")
VI_TAN, HOA_LUU, TAN_TIEN = "31333", "31336", "31338"


def read(database: duckdb.DuckDBPyConnection, query: str, **values: object) -> pd.DataFrame:
    return database.execute(query_text(query), values).df()


def layer(
    database: duckdb.DuckDBPyConnection, name: str, day: str, earlier: str | None = None, province: str = "93"
) -> MapLayer:
    """Return a layer of communes at a month."""
    month, before = date.fromisoformat(day), date.fromisoformat(earlier) if earlier else None
    rows = read(database, "map_communes", province=province, district=None, month=month, earlier=before)
    return map_layer(name, read(database, "commune_units", province=province, day=month), rows, VI)


def district_layer(database: duckdb.DuckDBPyConnection, name: str, day: str, province: str = "93") -> MapLayer:
    rows = read(database, "map_districts", province=province, month=date.fromisoformat(day))
    return map_layer(name, rows[["unit_code", "name"]], rows, VI)


def classes(found: MapLayer) -> dict[str, str]:
    return {unit.code: unit.class_key for unit in found.units}


def counts(found: MapLayer) -> dict[str, int]:
    return {item.key: item.count for item in found.classes if item.count}


def hover(found: MapLayer, code: str) -> tuple[str, ...]:
    return next(unit.tooltip for unit in found.units if unit.code == code)


def test_a_revoked_commune_is_on_no_layer_a_holder(warehouse: Warehouse) -> None:
    database = warehouse(
        {
            "a.xlsx": ntm_matrix("(Số liệu đến 30/6/2023)", {"Vị Tân": 9, "Hoả Lựu": 9}),
            "b.xlsx": recognitions(
                recognition(),
                recognition(standard="NTM nâng cao", day=date(2022, 5, 4), number="2/QĐ-UBND"),
                recognition("Xã Hoả Lựu"),
                recognition(day=date(2023, 3, 1), event="Thu hồi", number="3/QĐ-UBND"),
                cut_off="(Số liệu đến 30/6/2023)",
            ),
        }
    )
    standards = classes(layer(database, "standard", "2023-06-30"))
    assert (standards[VI_TAN], standards[HOA_LUU], standards[TAN_TIEN]) == ("none", "ntm", "none")
    watch = layer(database, "watch", "2023-06-30")
    assert (classes(watch)[VI_TAN], classes(watch)[HOA_LUU]) == ("below_15", "withdrawal")
    assert VI("layer.say.withdrawal") in hover(watch, HOA_LUU)
    steps = classes(layer(database, "next_standard", "2023-06-30"))
    assert (steps[VI_TAN], steps[HOA_LUU]) == ("ntm_4", UNKNOWN)


def test_a_change_of_set_between_the_months_is_not_compared_and_said(warehouse: Warehouse) -> None:
    database = warehouse(
        {
            "a.xlsx": ntm_matrix("(Số liệu đến 31/5/2022)", {"Vị Tân": 19, "Hoả Lựu": 12}, decision=NTM_SET_BEFORE),
            "b.xlsx": ntm_matrix("(Số liệu đến 30/6/2022)", {"Vị Tân": 17, "Hoả Lựu": 15}, decision=NTM_SET_BEFORE),
            "c.xlsx": ntm_matrix("(Số liệu đến 31/7/2022)", {"Vị Tân": 12, "Hoả Lựu": 11}),
        }
    )
    same = classes(layer(database, "change", "2022-06-30", "2022-05-31"))
    assert (same[VI_TAN], same[HOA_LUU], same[TAN_TIEN]) == ("below_0", "from_3", UNKNOWN)
    other = layer(database, "change", "2022-07-31", "2022-05-31")
    assert classes(other)[VI_TAN] == "other_set"
    assert {item.key for item in other.classes if item.hatched} == {"other_set", UNKNOWN}
    assert VI("layer.say.other_set", earlier="tháng 5/2022") in hover(other, VI_TAN)
    assert set(classes(layer(database, "change", "2022-05-31", "2022-06-30")).values()) == {UNKNOWN, NOT_RURAL}


def test_without_any_money_the_layers_of_money_are_unknown(warehouse: Warehouse) -> None:
    database = warehouse({"a.xlsx": ntm_matrix("(Số liệu đến 30/6/2022)", {"Vị Tân": 19})})
    for name in ("funding", "disbursement", "arrears"):
        assert counts(layer(database, name, "2022-06-30")) == {UNKNOWN: 51, NOT_RURAL: 24}, name
    for name in ("disbursement", "district_arrears", "district_standard", "ntm_share", "without_ntm"):
        assert counts(district_layer(database, name, "2022-06-30")) == {UNKNOWN: 8}, name


def test_a_list_of_arrears_tells_of_the_communes_that_it_does_not_name(warehouse: Warehouse) -> None:
    work = [1, "Đường ấp 3", "Xã Vị Trung, huyện Vị Thủy", "2019-2021", 5200, 5000, 4100, 900, "Trả năm 2023"]
    second = [2, "Cầu ấp 3", "Xã Vị Trung, huyện Vị Thủy", "2019-2021", 5200, 5000, 4800, 200, None]
    database = warehouse(
        {
            "a.xlsx": ntm_matrix("(Số liệu đến 31/5/2022)", {"Vị Tân": 19}),
            "b.xlsx": ntm_matrix("(Số liệu đến 31/7/2022)", {"Vị Tân": 19}),
            "c.xlsx": arrears(work, second),
        }
    )
    assert counts(layer(database, "arrears", "2022-05-31")) == {UNKNOWN: 51, NOT_RURAL: 24}
    owed = layer(database, "arrears", "2022-07-31")
    assert counts(owed) == {"none": 50, "from_1000": 1, NOT_RURAL: 24}
    assert VI("layer.say.arrears", amount="1,1 tỷ đồng", works="2", day="30/6/2022") in hover(owed, "31444")
    districts = classes(district_layer(database, "district_arrears", "2022-07-31"))
    assert (districts["935"], districts["930"]) == ("from_1000", "none")


def test_a_code_that_is_used_again_is_another_unit(warehouse: Warehouse) -> None:
    """31465 was xã Vị Thanh (huyện Vị Thuỷ) and is xã Vị Thanh 1: nothing of the one is told of the other."""
    database = warehouse(
        {
            "a.xlsx": ntm_matrix("(Số liệu đến 30/6/2025)", {"Vị Thanh": 19}, district="Huyện Vị Thuỷ"),
            "b.xlsx": ntm_matrix(
                "(Số liệu đến 31/8/2025)", {"Vị Thuỷ": 11, "Vị Thanh 1": 12}, province="THÀNH PHỐ CẦN THƠ"
            ),
            "c.xlsx": arrears([1, "Đường", "Xã Vị Thanh, huyện Vị Thủy", "2019-2021", 5200, 5000, 4100, 900, None]),
        }
    )
    assert classes(layer(database, "criteria", "2025-06-30"))["31465"] == "full"
    assert classes(layer(database, "arrears", "2025-06-30"))["31465"] == "from_500"
    new = layer(database, "change", "2025-08-31", "2025-06-30", province="92")
    assert (classes(new)["31465"], hover(new, "31465")[-2]) == (UNKNOWN, VI("commune.criteria", met=12, total=19))
    assert VI("layer.say.no_earlier") in hover(new, "31465")
    assert set(classes(layer(database, "arrears", "2025-08-31", province="92")).values()) == {UNKNOWN, NOT_RURAL}
    assert read(database, "map_districts", province="92", month=date(2025, 8, 31)).empty


def test_every_month_is_what_each_month_is(warehouse: Warehouse) -> None:
    database = warehouse({
        "a.xlsx": ntm_matrix("(Số liệu đến 30/4/2022)", {"Vị Tân": 19}, decision=NTM_SET_BEFORE),
        "b.xlsx": ntm_matrix("(Số liệu đến 30/6/2022)", {"Vị Tân": 18}, decision=NTM_SET_BEFORE),
    })  # fmt: skip
    values = {"province": "93", "district": None, "earlier": date(2022, 4, 30)}
    whole = read(database, "map_communes", month=None, **values)
    for month in (date(2022, 4, 30), date(2022, 5, 31), date(2022, 6, 30)):
        one = read(database, "map_communes", month=month, **values)
        of_whole = whole[whole["period_end"] == pd.Timestamp(month)].reset_index(drop=True)
        named = ["name", "district_name"]
        pd.testing.assert_frame_equal(of_whole.drop(columns=named), one.drop(columns=named), check_dtype=False)
        assert one["name"].notna().all()
    part = read(database, "map_communes", month=date(2022, 6, 30), **values | {"district": "930"})
    assert set(part["district_code"]) == {"930"}


@pytest.mark.parametrize("level", ["commune", "district"])
def test_every_layer_stands_a_province_that_nothing_is_known_of(warehouse: Warehouse, level: str) -> None:
    database = warehouse({"a.xlsx": ntm_matrix("(Số liệu đến 30/6/2022)", {"Vị Tân": 19})})
    month = date(2022, 6, 30)
    for entry in layers_for(level):  # type: ignore[arg-type]
        if entry.needs == ("criterion",):
            continue
        if level == "commune":
            found = layer(database, entry.key, "2022-06-30", province="94")
            assert set(classes(found).values()) == {UNKNOWN, NOT_RURAL}
        else:
            rows = read(database, "map_districts", province="94", month=month)
            units = pd.DataFrame([{"unit_code": "941", "name": "Thành phố Sóc Trăng"}])
            assert classes(map_layer(entry.key, units, rows, VI)) == {"941": UNKNOWN}
