from __future__ import annotations

import pandas as pd
import pytest

from ntm.charts.map_layers import UNKNOWN
from ntm.charts.map_reform import MOST_LINES, part_lines, reform_layer
from ntm.charts.theme import REFORM_COLORS, STANDARD_COLORS
from ntm.i18n import LANGUAGES, translator
from ntm.metrics.reform import CLASSES

VI = translator("vi")


def unit(code: str, name: str = "Xã Mới") -> dict[str, object]:
    return {"unit_code": code, "name": name, "province_name": "Thành phố Cần Thơ", "is_rural_commune": True}


def part(
    new: str | None, old: str, standard: str | None = "ntm", kind: str = "xã", **values: object
) -> dict[str, object]:
    return {
        "new_code": new, "old_code": old, "old_name": f"Xã {old}", "old_kind": kind, "is_rural_commune": kind == "xã",
        "province_name": "Tỉnh Khác", "is_outside": False, "is_partial": False, "standard": standard,
        "criteria_met": 19, "criteria_total": 19,
    } | values  # fmt: skip


UNITS = pd.DataFrame([unit("1"), unit("2"), unit("3"), unit("4")])
PARTS = pd.DataFrame(
    [
        part("1", "a"), part("1", "b", "nang_cao"), part("2", "c", "none", criteria_met=12),
        part("2", "d", None, criteria_met=None), part("3", "e", None, "phường", criteria_met=None),
        part(None, "f"),
    ]
)  # fmt: skip


def test_every_unit_is_in_one_class_of_the_legend_and_counts_sum_to_the_units() -> None:
    layer = reform_layer(UNITS, PARTS, VI)
    found = {state.code: state.class_key for state in layer.units}
    assert found == {"1": "all_ntm", "2": "unknown", "3": "no_rural", "4": "unknown"}
    legend = {entry.key: entry.count for entry in layer.classes}
    assert sum(legend.values()) == len(UNITS)
    assert legend == {key: list(found.values()).count(key) for key in legend}


def test_what_is_unknown_is_hatched_and_nothing_else_is_and_its_count_is_always_said() -> None:
    layer = reform_layer(UNITS.head(1), PARTS, VI)
    assert {entry.key for entry in layer.classes if entry.hatched} == {UNKNOWN}
    assert next(entry.count for entry in layer.classes if entry.key == UNKNOWN) == 0


def test_colours_are_those_of_the_standards_that_all_old_communes_hold() -> None:
    assert set(REFORM_COLORS) == set(CLASSES)
    for standard in ("ntm", "nang_cao", "kieu_mau"):
        assert REFORM_COLORS[f"all_{standard}"] == STANDARD_COLORS[standard]
    assert (REFORM_COLORS["none"], REFORM_COLORS[UNKNOWN]) == (STANDARD_COLORS["none"], STANDARD_COLORS[UNKNOWN])


def test_hover_names_the_unit_and_each_old_part_with_where_it_stood() -> None:
    first, second = reform_layer(UNITS, PARTS, VI).units[:2]
    assert first.tooltip == (
        "Xã Mới", "Thành phố Cần Thơ", VI("reform.class.all_ntm"),
        "Xã a: Đạt chuẩn NTM, 19/19 tiêu chí", "Xã b: Đạt NTM nâng cao, 19/19 tiêu chí",
    )  # fmt: skip
    assert second.tooltip[3:] == ("Xã c: Chưa đạt chuẩn NTM, 12/19 tiêu chí", "Xã d: Chưa rõ")


def test_communes_come_before_wards_and_a_part_says_that_it_is_one_and_from_where() -> None:
    parts = pd.DataFrame(
        [part("1", "a", None, "thị trấn"), part("1", "b", is_partial=True), part("1", "c", None, is_outside=True)]
    )
    lines = part_lines(parts, VI)["1"]
    assert [line.partition(":")[0] for line in lines] == ["Xã b (một phần)", "Xã c, Tỉnh Khác", "Xã a"]


@pytest.mark.parametrize(("count", "more"), [(MOST_LINES, 0), (MOST_LINES + 1, 1), (18, 12)])
def test_of_many_parts_the_hover_names_some_and_how_many_more(count: int, more: int) -> None:
    parts = pd.DataFrame([part("1", f"{number:02}") for number in range(count)])
    (state,) = reform_layer(UNITS.head(1), parts, VI).units
    told = state.tooltip[3:]
    assert len(told) == MOST_LINES + (more > 0)
    assert (told[-1] == VI("reform.more", count=more)) == (more > 0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_legend_title_and_note_say_that_this_is_no_standard_of_the_new_unit(language: str) -> None:
    layer = reform_layer(UNITS, PARTS, translator(language))
    assert layer.title
    assert {"vi": "không phải chuẩn của đơn vị mới", "en": "not a standard of the new unit"}[language] in layer.note


def test_a_unit_of_a_province_without_parts_is_unknown_and_never_without_class() -> None:
    layer = reform_layer(UNITS, PARTS.head(0), VI)
    assert {state.class_key for state in layer.units} == {UNKNOWN}
