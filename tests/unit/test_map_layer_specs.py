"""The layers as they are written down: whole, worded in both languages, over columns that the queries have."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from etl.statements import statement
from ntm.charts.map_layers import Criterion, layers_for, map_layer, specs
from ntm.charts.map_layers.specs import class_keys
from ntm.i18n import LANGUAGES, translator
from ntm.warehouse import Snapshot, current_path
from tests.unit.test_charts_map_layers import COMMUNES, UNITS

WANTED = {
    "commune": {"standard", "criteria", "criterion", "change", "reported", "next_standard", "funding", "disbursement",
                "arrears", "watch"},
    "district": {"ntm_share", "mean_criteria", "district_standard", "without_ntm", "disbursement", "district_arrears",
                 "district_reported"},
    "province": {"ntm_share", "mean_criteria"},
}  # fmt: skip


@pytest.mark.parametrize("level", WANTED)
def test_each_level_has_its_layers(level: str) -> None:
    assert {entry.key for entry in layers_for(level)} == WANTED[level]  # type: ignore[arg-type]


def test_what_has_to_be_chosen_beside_the_month_is_told() -> None:
    assert {entry.key: entry.needs for entry in layers_for("commune") if entry.needs} == {
        "criterion": ("criterion",), "change": ("earlier",),
    }  # fmt: skip


@pytest.mark.parametrize("name", specs())
def test_bounds_rise_and_every_class_has_a_colour(name: str) -> None:
    spec = specs()[name]
    assert list(spec.bounds) == sorted(set(spec.bounds))
    assert all(re.fullmatch(r"#[0-9A-F]{6}", color) for color in spec.colors.values())
    assert len(set(spec.colors.values())) == len(spec.colors)
    if spec.kind == "bounds":
        made = {*class_keys(spec.bounds), *spec.exactly.values(), *spec.equals.values(), *spec.where.values()}
        assert made | {spec.missing} - {"unknown"} >= set(spec.colors)
        assert set(class_keys(spec.bounds)) <= set(spec.colors)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", specs())
def test_titles_notes_and_classes_are_written_without_gaps(sample_warehouse: Path, name: str, language: str) -> None:
    t, spec = translator(language), specs()[name]
    labels = [spec.label(key, t) for key in spec.colors]
    assert len(set(labels)) == len(labels)
    layer = map_layer(name, UNITS.head(0), COMMUNES.head(0), t, criterion=Criterion("S", 17, "Môi trường"))
    for text in (layer.title, layer.note, *labels):
        assert text
        assert "{" not in text


def test_columns_of_a_layer_are_in_the_queries_of_its_levels(sample_warehouse: Path) -> None:
    snapshot = Snapshot(current_path(sample_warehouse))
    values = {
        "commune": {"province": "93", "district": None, "month": None, "earlier": None},
        "district": {"province": "93", "month": None},
        "province": {"month": None},
    }
    columns = {level: set(snapshot.read(f"map_{level}s", **given)) for level, given in values.items()}  # type: ignore[arg-type]
    snapshot.close()
    for spec in specs().values():
        for level in spec.levels:
            asked = {spec.column, spec.known, *spec.equals, *spec.where} - {""}
            assert asked <= columns[level], (spec.name, level)


def test_ranges_are_written_from_the_bounds_in_the_language() -> None:
    labels = [item.label for item in map_layer("funding", UNITS.head(0), COMMUNES.head(0), translator("vi")).classes]
    assert labels[:3] == ["Dưới 500", "Từ 500 đến dưới 1.000", "Từ 1.000 đến dưới 2.000"]
    labels = [item.label for item in map_layer("arrears", UNITS.head(0), COMMUNES.head(0), translator("en")).classes]
    assert labels[:3] == ["Nothing owed", "Above 0, below 500", "500 to below 1,000"]


def test_the_layer_of_a_criterion_asks_for_one() -> None:
    with pytest.raises(ValueError, match="criterion"):
        map_layer("criterion", UNITS, COMMUNES, translator("vi"))


@pytest.mark.parametrize("mart", ["mart_commune_map", "mart_district_map"])
def test_credit_need_and_plan_are_never_in_a_rate(mart: str) -> None:
    assert "not money.is_credit and money.value_kind = 'actual'" in " ".join(statement("marts", mart).split())
