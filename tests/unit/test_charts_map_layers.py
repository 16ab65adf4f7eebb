from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from ntm.charts.map_layers import NOT_RURAL, UNKNOWN, MapLayer, map_layer
from ntm.i18n import LANGUAGES, translator

VI = translator("vi")
HOSTILE = "<img src=x onerror=alert(1)>{t}%{y}"


def unit(code: str, name: str = "Xã Một", kind: str = "xã", district: str | None = "Huyện Hai") -> dict[str, object]:
    return {
        "unit_code": code, "name": name, "kind": kind, "is_rural_commune": kind == "xã", "district_name": district,
    }  # fmt: skip


def commune(code: str, met: float | None = 19, standard: str = "ntm", **values: object) -> dict[str, object]:
    return {
        "unit_code": code, "standard": standard, "criteria_met": met, "criteria_total": 19,
        "is_count_known": met is not None, "last_report": pd.NaT if met is None else pd.Timestamp("2022-12-31"),
    } | values  # fmt: skip


UNITS = pd.DataFrame(
    [
        unit("31333"), unit("31336"), unit("31338"), unit("31339"), unit("31340"), unit("31341"), unit("31342"),
        unit("31343", "Phường Ba", "phường"), unit("31344", "Thị trấn Bốn", "thị trấn"),
    ]
)  # fmt: skip
COMMUNES = pd.DataFrame(
    [
        commune("31333", 19, "kieu_mau"), commune("31336", 18, "nang_cao"), commune("31338", 15),
        commune("31339", 14, "none"), commune("31340", 4, "none"), commune("31341", None, "unknown"),
    ]
)  # fmt: skip
"""31342 has no row at all: a commune that nothing is known of."""


def drawn(name: str = "standard", units: pd.DataFrame = UNITS, communes: pd.DataFrame = COMMUNES) -> MapLayer:
    return map_layer(name, units, communes, VI)


def classes(layer: MapLayer) -> dict[str, str]:
    return {state.code: state.class_key for state in layer.units}


@pytest.mark.parametrize("name", ["standard", "criteria"])
def test_every_unit_is_in_one_class_of_the_legend_and_counts_sum_to_the_units(name: str) -> None:
    layer = drawn(name)
    assert [state.code for state in layer.units] == list(UNITS["unit_code"])
    legend = {entry.key: entry.count for entry in layer.classes}
    assert set(classes(layer).values()) <= set(legend)
    assert len(legend) == len(layer.classes)
    assert sum(legend.values()) == len(UNITS)
    assert legend == {key: list(classes(layer).values()).count(key) for key in legend}


def test_standards_are_the_highest_held() -> None:
    found = classes(drawn("standard"))
    assert [found[code] for code in ("31333", "31336", "31338", "31339")] == ["kieu_mau", "nang_cao", "ntm", "none"]


@pytest.mark.parametrize(
    ("met", "band"),
    [(19, "full"), (18, "from_15"), (15, "from_15"), (14, "from_10"), (10, "from_10"), (9, "from_5"), (5, "from_5"),
     (4, "below_5"), (0, "below_5"), (18.0, "from_15")],
)  # fmt: skip
def test_bands_begin_where_the_programme_says(met: float, band: str) -> None:
    layer = drawn("criteria", UNITS.head(1), pd.DataFrame([commune("31333", met)]))
    assert classes(layer) == {"31333": band}


def test_all_criteria_of_a_set_of_sixteen_are_all() -> None:
    layer = drawn("criteria", UNITS.head(1), pd.DataFrame([commune("31333", 16, criteria_total=16)]))
    assert classes(layer) == {"31333": "full"}


@pytest.mark.parametrize("name", ["standard", "criteria"])
def test_wards_and_townships_stand_apart_whatever_is_known_of_them(name: str) -> None:
    communes = pd.concat([COMMUNES, pd.DataFrame([commune("31343", 19, "kieu_mau")])])
    found = classes(drawn(name, UNITS, communes))
    assert (found["31343"], found["31344"]) == (NOT_RURAL, NOT_RURAL)


@pytest.mark.parametrize("name", ["standard", "criteria"])
def test_what_is_unknown_is_hatched_and_nothing_else_is(name: str) -> None:
    layer = drawn(name)
    assert classes(layer)["31341"] == UNKNOWN
    assert classes(layer)["31342"] == UNKNOWN
    assert {entry.key for entry in layer.classes if entry.hatched} == {UNKNOWN}


def test_a_partly_known_count_is_unknown_and_not_a_band() -> None:
    row = commune("31333", 12, is_count_known=False)
    assert classes(drawn("criteria", UNITS.head(1), pd.DataFrame([row]))) == {"31333": UNKNOWN}


def test_classes_that_no_unit_is_in_stay_in_the_legend_and_so_does_the_unknown() -> None:
    layer = drawn("standard", UNITS.head(1), COMMUNES.head(1))
    assert [(entry.key, entry.count) for entry in layer.classes] == [
        ("kieu_mau", 1), ("nang_cao", 0), ("ntm", 0), ("none", 0), ("unknown", 0),
    ]  # fmt: skip


def test_only_what_the_layer_does_not_judge_is_textured() -> None:
    assert {entry.key for entry in drawn().classes if entry.textured} == {NOT_RURAL}


def test_the_legend_is_in_the_language() -> None:
    assert drawn("criteria").classes[0].label == "Đủ tiêu chí"
    assert map_layer("criteria", UNITS, COMMUNES, translator("en")).classes[0].label != "Đủ tiêu chí"


def test_the_first_line_of_a_tooltip_is_the_name_and_the_rest_says_what_is_known() -> None:
    lines: dict[str, tuple[str, ...]] = {state.code: state.tooltip for state in drawn().units}
    assert lines["31336"] == ("Xã Một", "Huyện Hai", "Đạt NTM nâng cao", "18/19 tiêu chí", "báo cáo đến 31/12/2022")
    assert lines["31341"] == ("Xã Một", "Huyện Hai", "Chưa rõ", "Chưa có báo cáo theo bộ tiêu chí đang dùng.")
    assert lines["31342"] == ("Xã Một", "Huyện Hai", "Chưa rõ")
    assert lines["31343"] == ("Phường Ba", "Huyện Hai", "Phường, thị trấn")


@pytest.mark.parametrize("none", [None, float("nan"), pd.NA])
def test_a_unit_without_district_has_no_line_for_it(none: Any) -> None:
    layer = drawn("standard", pd.DataFrame([unit("31333", district=none)]), COMMUNES)
    assert layer.units[0].tooltip[1] == "Đạt NTM kiểu mẫu"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["standard", "criteria"])
def test_hostile_names_stay_text(name: str, language: str) -> None:
    units = pd.DataFrame([unit("31333", HOSTILE, district=HOSTILE)])
    layer = map_layer(name, units, COMMUNES, translator(language))
    assert layer.units[0].tooltip[:2] == (HOSTILE, HOSTILE)


def test_codes_keep_their_leading_zeros() -> None:
    layer = drawn("standard", pd.DataFrame([unit("00004")]), pd.DataFrame([commune("00004", 19, "ntm")]))
    assert classes(layer) == {"00004": "ntm"}


def test_without_any_report_all_communes_are_unknown() -> None:
    found = classes(drawn("criteria", UNITS, COMMUNES.head(0)))
    assert set(found.values()) == {UNKNOWN, NOT_RURAL}


def test_an_unknown_layer_is_a_fault() -> None:
    with pytest.raises(KeyError):
        drawn("population")


def test_frames_are_left_as_they_were() -> None:
    before = UNITS.copy(deep=True), COMMUNES.copy(deep=True)
    for name in ("standard", "criteria"):
        drawn(name)
    pd.testing.assert_frame_equal(UNITS, before[0])
    pd.testing.assert_frame_equal(COMMUNES, before[1])
