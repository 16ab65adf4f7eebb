"""The committed reference facts: the unit register and the facts of the programme."""

from __future__ import annotations

import csv
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from etl.reference.__main__ import write_register
from etl.reference.conversions import known_conversions
from etl.reference.packages import conversions

REFERENCE = Path(__file__).parents[2] / "data" / "reference"
REGIONS = {"TDMNPB", "DBSH", "BTB", "DHNTB", "TN", "DNB", "DBSCL"}
FACT_FILES = (
    "capital_plan",
    "components",
    "counterpart_rules",
    "criteria",
    "criteria_sets",
    "indicators",
    "ocop_rules",
    "provinces_regions",
    "published_figures",
    "recognitions_published",
    "targets_national",
    "thresholds_by_year",
)
OLD, NEW = "2021-11-01", "2025-07-01"

Row = dict[str, str]


@cache
def rows(name: str) -> list[Row]:
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def units(valid_from: str, level: str, province: str | None = None) -> list[Row]:
    return [
        row
        for row in rows("units")
        if row["valid_from"] == valid_from and row["level"] == level and province in (None, row["province_code"])
    ]


def criteria_of(set_code: str) -> list[Row]:
    """The numbered criteria of a set; its conditions (ĐK) are none."""
    return [row for row in rows("criteria") if row["set_code"] == set_code and row["criterion_no"] != "ĐK"]


# The unit register


@pytest.mark.parametrize(
    ("valid_from", "level", "count"),
    [
        (OLD, "province", 63),
        (OLD, "district", 705),
        (OLD, "commune", 10599),
        (NEW, "province", 34),
        (NEW, "commune", 3321),
    ],
)
def test_both_maps_are_whole(valid_from: str, level: str, count: int) -> None:
    assert len(units(valid_from, level)) == count


def test_hau_giang_has_51_rural_communes_of_75_in_8_districts() -> None:
    communes = units(OLD, "commune", "93")
    assert len(communes) == 75
    assert sum(row["is_rural_commune"] == "true" for row in communes) == 51
    assert len(units(OLD, "district", "93")) == 8


def test_a_unit_is_known_by_code_level_and_validity() -> None:
    keys = Counter((row["unit_code"], row["level"], row["valid_from"]) for row in rows("units"))
    assert [key for key, times in keys.items() if times > 1] == []


def test_a_unit_lies_in_a_parent_of_the_same_validity() -> None:
    known = {(row["unit_code"], row["valid_from"], row["valid_to"]) for row in rows("units")}
    lost = [
        row["unit_code"]
        for row in rows("units")
        if row["level"] != "province" and (row["parent_code"], row["valid_from"], row["valid_to"]) not in known
    ]
    assert lost == []


def test_codes_keep_their_leading_zeros() -> None:
    digits = {"province": 2, "district": 3, "commune": 5}
    for row in rows("units"):
        assert len(row["unit_code"]) == digits[row["level"]], row
        assert len(row["province_code"]) == 2, row


def test_names_are_composed_unicode_without_stray_spaces() -> None:
    for row in rows("units"):
        name = row["name"]
        assert name == " ".join(unicodedata.normalize("NFC", name).split()), row
        assert name == f"{row['kind'].capitalize()} {row['short_name']}", row


def test_only_a_xa_is_a_rural_commune() -> None:
    for row in rows("units"):
        assert (row["is_rural_commune"] == "true") == (row["kind"] == "xã"), row


def test_points_lie_in_vietnam_or_are_empty() -> None:
    for row in rows("units"):
        if row["longitude"]:
            assert 102 < float(row["longitude"]) < 118, row
            assert 6 < float(row["latitude"]) < 24, row
        else:
            assert row["latitude"] == "", row


def test_a_new_province_has_a_region_only_when_its_predecessors_share_it() -> None:
    region = {row["unit_code"]: row["region_code"] for row in units(OLD, "province")}
    assert set(region.values()) == REGIONS
    predecessors = defaultdict(set)
    for change in rows("unit_changes"):
        if len(change["old_code"]) == 2:
            predecessors[change["new_code"]].add(region[change["old_code"]])
    for row in units(NEW, "province"):
        shared = predecessors[row["unit_code"]]
        assert row["region_code"] == (next(iter(shared)) if len(shared) == 1 else ""), row


# The reform of 1 July 2025


def test_every_new_unit_has_a_predecessor() -> None:
    reached = {row["new_code"] for row in rows("unit_changes")}
    assert {row["unit_code"] for level in ("province", "commune") for row in units(NEW, level)} == reached


def test_every_old_commune_is_mapped_or_named_as_unmapped() -> None:
    mapped = {row["old_code"] for row in rows("unit_changes") if len(row["old_code"]) == 5}
    unmapped = {row["old_code"] for row in rows("unit_changes_unmapped")}
    assert mapped.isdisjoint(unmapped)
    assert mapped | unmapped == {row["unit_code"] for row in units(OLD, "commune")}
    assert all(row["reason"] for row in rows("unit_changes_unmapped"))


def test_only_a_split_unit_goes_in_parts() -> None:
    targets = Counter(row["old_code"] for row in rows("unit_changes"))
    for row in rows("unit_changes"):
        is_split = targets[row["old_code"]] > 1
        assert row["is_partial"] == str(is_split).lower(), row
        assert (row["kind"] == "split") == is_split, row


def test_changes_name_each_pair_once() -> None:
    pairs = Counter((row["old_code"], row["new_code"]) for row in rows("unit_changes"))
    assert max(pairs.values()) == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("31378", ["31378"]),  # Phú Hữu of Hậu Giang, namesake in Sóc Trăng
        ("31657", ["31654"]),  # Phú Hữu of Sóc Trăng
        ("31483", ["31495"]),  # Thuận Hưng of Hậu Giang, namesake in Sóc Trăng
        ("10798", ["10804", "10843"]),  # Hòa Bình of Hải Dương, truly divided; namesake in Hải Phòng
        ("00010", ["00004"]),  # Nguyễn Trung Trực, merged into Trúc Bạch before the reform
        ("755", ["26732"]),  # huyện Côn Đảo had no communes
    ],
)
def test_an_old_unit_goes_to_its_own_new_units(old: str, new: list[str]) -> None:
    assert [row["new_code"] for row in rows("unit_changes") if row["old_code"] == old] == new


def test_the_package_confuses_namesakes_and_the_rule_drops_only_parts() -> None:
    given = {(pair.old_key, pair.new_key): pair for pair in conversions()}
    kept = {(pair.old_key, pair.new_key) for pair in known_conversions()}
    dropped = [pair for key, pair in given.items() if key not in kept]
    assert len(dropped) == 31
    assert all(pair.is_partial for pair in dropped)
    assert {pair.old_key for pair in given.values()} == {old for old, _ in kept}


def test_the_committed_register_is_what_the_packages_give(tmp_path: Path) -> None:
    write_register(tmp_path)
    for name in ("units.csv", "unit_changes.csv", "unit_changes_unmapped.csv"):
        assert (tmp_path / name).read_bytes() == (REFERENCE / name).read_bytes(), name


# The facts of the programme


@pytest.mark.parametrize("name", FACT_FILES)
def test_every_fact_says_where_it_was_read_and_how_surely(name: str) -> None:
    assert rows(name)
    for row in rows(name):
        assert row["source"], row
        assert row["confidence"] in {"verbatim", "secondary", "unverified"}, row


@pytest.mark.parametrize("name", FACT_FILES)
def test_what_is_recalled_is_unverified(name: str) -> None:
    for row in rows(name):
        if row["source"].startswith("recalled"):
            assert row["confidence"] == "unverified", row


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("criteria_sets", ("set_code",)),
        ("criteria", ("set_code", "criterion_no")),
        ("indicators", ("set_code", "indicator_code")),
        ("thresholds_by_year", ("set_code", "indicator_code", "region_code", "year")),
        ("components", ("component_no",)),
        ("targets_national", ("target_id",)),
        ("capital_plan", ("period", "label_vi")),
        ("counterpart_rules", ("scope_code", "document", "source_code", "paid_by", "nature", "area_note")),
        ("provinces_regions", ("province_code",)),
        ("ocop_rules", ("rule", "key", "valid_from", "value")),
        ("published_figures", ("place", "metric", "period_end", "value_kind", "source")),
        (
            "recognitions_published",
            ("province_code", "commune_name", "standard", "result_year", "decision_no"),
        ),
    ],
)
def test_keys_are_unique(name: str, key: tuple[str, ...]) -> None:
    times = Counter(tuple(row[column] for column in key) for row in rows(name))
    assert [values for values, count in times.items() if count > 1] == []


def test_no_text_is_decomposed_or_padded() -> None:
    for name in FACT_FILES:
        for row in rows(name):
            for value in row.values():
                assert value == " ".join(unicodedata.normalize("NFC", value).split()), (name, row)


@pytest.mark.parametrize(
    ("set_code", "criteria", "indicators"),
    [("XA_NTM_2021_2025", 19, 57), ("XA_NTM_NANG_CAO_2021_2025", 19, 75)],
)
def test_the_commune_sets_are_whole(set_code: str, criteria: int, indicators: int) -> None:
    assert [int(row["criterion_no"]) for row in criteria_of(set_code)] == list(range(1, criteria + 1))
    listed = Counter(row["criterion_no"] for row in rows("indicators") if row["set_code"] == set_code)
    assert listed.total() == indicators
    assert listed == {row["criterion_no"]: int(row["indicator_count"]) for row in criteria_of(set_code)}
    declared = next(row for row in rows("criteria_sets") if row["set_code"] == set_code)
    assert (declared["criterion_count"], declared["indicator_count"]) == (str(criteria), str(indicators))


def test_a_set_counts_the_criteria_it_lists() -> None:
    for row in rows("criteria_sets"):
        listed = len(criteria_of(row["set_code"]))
        if listed:
            assert row["criterion_count"] == str(listed), row


def test_older_plans_find_their_sets_of_16() -> None:
    counts = {row["set_code"]: row["criterion_count"] for row in rows("criteria_sets") if row["province_code"] == "93"}
    assert set(counts.values()) == {"16"}


def test_criteria_and_indicators_belong_to_a_known_set() -> None:
    sets = {row["set_code"] for row in rows("criteria_sets")}
    criteria = {(row["set_code"], row["criterion_no"]) for row in rows("criteria")}
    indicators = {(row["set_code"], row["indicator_code"]) for row in rows("indicators")}
    assert {set_code for set_code, _ in criteria} <= sets
    assert {(row["set_code"], row["criterion_no"]) for row in rows("indicators")} <= criteria
    assert {(row["set_code"], row["indicator_code"]) for row in rows("thresholds_by_year")} <= indicators


def test_the_six_needs_of_hau_giang_sum_to_the_published_total() -> None:
    needs = {
        row["metric"]: Decimal(row["value"]) for row in rows("published_figures") if row["metric"].startswith("need_")
    }
    total = needs.pop("need_total")
    assert len(needs) == 6
    assert sum(needs.values()) == total == 6259605


def test_the_capital_plan_adds_up() -> None:
    for period, total in (("2021-2025", 2455212), ("2026-2030", 1044000)):
        plan = [row for row in rows("capital_plan") if row["period"] == period]
        parts = [row for row in plan if row["is_total"] == "false" and not row["nature"]]
        assert sum(Decimal(row["amount_vnd_billion"]) for row in parts) == total
        assert str(total) in {row["amount_vnd_billion"] for row in plan if row["is_total"] == "true"}


def is_date(text: str) -> bool:
    return date.fromisoformat(text).isoformat() == text


def is_amount(text: str) -> bool:
    return Decimal(text) >= 0


def is_percent(text: str) -> bool:
    return 0 <= Decimal(text) <= 100


@pytest.mark.parametrize(
    ("name", "column", "check", "may_be_empty"),
    [
        ("units", "valid_from", is_date, False),
        ("units", "valid_to", is_date, True),
        ("unit_changes", "change_date", is_date, False),
        ("criteria_sets", "valid_from", is_date, True),
        ("criteria_sets", "valid_to", is_date, True),
        ("ocop_rules", "valid_from", is_date, True),
        ("ocop_rules", "valid_to", is_date, True),
        ("targets_national", "due_date", is_date, False),
        ("targets_national", "value", is_amount, False),
        ("targets_national", "value_max", is_amount, True),
        ("published_figures", "period_end", is_date, False),
        ("published_figures", "value", is_amount, False),
        ("recognitions_published", "decision_date", is_date, True),
        ("capital_plan", "amount_vnd_billion", is_amount, False),
        ("capital_plan", "share_pct", is_percent, True),
        ("counterpart_rules", "ratio_pct", is_amount, True),
        ("counterpart_rules", "valid_from", is_date, True),
        ("thresholds_by_year", "value", is_amount, False),
    ],
)
def test_dates_are_iso_and_amounts_are_plain_numbers(
    name: str, column: str, check: Callable[[str], bool], may_be_empty: bool
) -> None:
    for row in rows(name):
        assert may_be_empty or row[column], row
        if row[column]:
            assert check(row[column]), row


def test_percentages_are_counted_to_100() -> None:
    figures = [*rows("published_figures"), *rows("targets_national")]
    for row in figures:
        if row["unit"] == "%":
            assert is_percent(row["value"]), row
        assert (row["unit"] == "%") == row["metric"].endswith("_pct"), row


def test_an_empty_threshold_is_not_found_and_a_filled_one_is_a_number_or_a_word() -> None:
    words = {"Đạt", "Không", "Khá", "Mức độ 2", "Mức độ 3", "Không xảy ra"}
    columns = ["threshold_common", *(f"thr_{region}" for region in REGIONS)]
    for row in rows("indicators"):
        assert row["direction"] in {">=", "<=", "bool", "none"}, row
        for column in columns:
            if row[column] not in words | {""}:
                assert is_amount(row[column]), row


def test_figures_of_the_plan_of_hau_giang_are_plan_beside_the_actual_ones() -> None:
    known = {
        (row["metric"], row["period_end"], row["value_kind"]): row["value"]
        for row in rows("published_figures")
        if row["place"] == "Hậu Giang"
    }
    assert known["ntm_communes", "2021-12-31", "actual"] == "34"
    assert known["ntm_communes", "2022-06-30", "actual"] == "35"
    assert known["ntm_communes", "2022-12-31", "actual"] == "37"
    assert known["ntm_communes", "2022-12-31", "plan"] == "38"
    assert known["criteria_met_mean", "2022-12-31", "actual"] == "17.5"
    assert known["criteria_met_mean", "2022-12-31", "plan"] == "18.2"


def test_a_plan_or_a_vote_is_no_decision() -> None:
    for row in rows("recognitions_published"):
        assert row["state"] in {"issued", "voted", "plan"}, row
        if row["state"] != "issued":
            assert row["decision_no"] == row["decision_date"] == "", row


def test_the_planned_communes_of_hau_giang_are_in_the_register() -> None:
    districts = {row["unit_code"]: row["short_name"] for row in units(OLD, "district", "93")}
    communes = {(row["short_name"], districts[row["parent_code"]]) for row in units(OLD, "commune", "93")}
    planned = [row for row in rows("recognitions_published") if row["state"] == "plan"]
    assert len(planned) == 8
    for row in planned:
        assert any(
            name == row["commune_name"] and row["district_name"].endswith(f" {district}") for name, district in communes
        ), row
