"""What the page Khám phá counts, what it refuses, and that its figures are those of the warehouse."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import product
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest

from ntm.i18n import LANGUAGES
from ntm.metrics.explore import KINDS, SUBJECTS, dimensions, measures, of_communes, refusal
from ntm.metrics.explore_cells import bins, cells, facts, last_of_years, only, per_commune, same_set, silent
from ntm.metrics.share import shares_pct
from ntm.ui.explore_data import unit_names
from ntm.warehouse import Snapshot, open_snapshot

MEASURES = measures()
JUNE, JULY = pd.Timestamp("2025-06-30"), pd.Timestamp("2025-07-31")
MONTH = date(2025, 6, 30)
SCOPE = {"province": "93", "district": None, "first": MONTH, "month": MONTH}


@pytest.fixture(scope="module")
def snapshot(sample_warehouse: Path) -> Iterator[Snapshot]:
    opened = open_snapshot(sample_warehouse)
    yield opened
    opened.close()


def communes(*values: float | None, district: str = "1") -> pd.DataFrame:
    """Communes of one month with a standard (ntm), known or not."""
    return pd.DataFrame(
        {"district_code": district, "period_end": JUNE, "communes": 1, "ntm": pd.Series(values, dtype=float)}
    )


def test_a_group_with_an_unknown_commune_has_no_share() -> None:
    told = facts(pd.concat([communes(1, 0), communes(1, None, district="2")], ignore_index=True), MEASURES["ntm_share"])
    found = cells(told, MEASURES["ntm_share"], ["district_code"]).set_index("district_code")
    assert found.loc["1", "value"] == 50
    assert found["value"].isna().tolist() == [False, True]
    assert found["unknown"].tolist() == [0, 1]
    assert found["units"].tolist() == [2, 2]


def test_a_mean_is_over_the_known_alone_and_says_how_many_are_not() -> None:
    rows = communes(1, 1, 1).assign(criteria_met=[19.0, np.nan, 16.0], known=[1.0, np.nan, 1.0])
    (found,) = cells(facts(rows, MEASURES["criteria_mean"]), MEASURES["criteria_mean"], []).to_dict("records")
    assert (found["value"], found["numerator"], found["denominator"]) == (17.5, 35, 2)
    assert (found["unknown"], found["units"]) == (1, 3)


def test_unknown_outcomes_are_neither_met_nor_not_met() -> None:
    rows = pd.DataFrame({"period_end": [JUNE], "met": [3], "not_met": [1], "unknown": [2], "communes": [6]})
    (found,) = cells(facts(rows, MEASURES["criterion_share"]), MEASURES["criterion_share"], []).to_dict("records")
    assert (found["value"], found["denominator"], found["unknown"]) == (75, 4, 2)


def test_a_year_is_its_last_month_and_no_sum_of_months() -> None:
    rows = pd.concat([communes(1, 0).assign(period_end=JULY), communes(1, 1)], ignore_index=True)
    found = cells(facts(last_of_years(rows), MEASURES["ntm"]), MEASURES["ntm"], ["year"])
    assert found["value"].tolist() == [1]


def test_months_of_another_criteria_set_are_left_out() -> None:
    rows = pd.concat(
        [communes(1).assign(set_code="old"), communes(1).assign(period_end=JULY, set_code="new")], ignore_index=True
    )
    kept, months = same_set(rows)
    assert (kept["set_code"].tolist(), months) == (["new"], 1)


def test_a_unit_that_tells_nothing_is_named_and_is_no_zero() -> None:
    rows = pd.DataFrame(
        {"unit_code": ["1", "2"], "name": ["A", "B"], "period_end": [JUNE, pd.NaT], "source_code": ["central", None],
         "is_credit": [False, None], "amount_vnd_million": [5.0, np.nan]}
    )  # fmt: skip
    told = facts(rows, MEASURES["allocated"])
    assert silent(told) == ("B",)
    assert cells(told, MEASURES["allocated"], ["unit_code"])["value"].isna().tolist() == [False, True]
    assert cells(told, MEASURES["allocated"], ["source_code"])["value"].tolist() == [5]


def test_a_unit_without_an_amount_of_what_is_kept_is_named_and_not_dropped() -> None:
    rows = pd.DataFrame(
        {"unit_code": ["1", "1", "2"], "name": ["A", "A", "B"], "period_end": [JUNE] * 3,
         "source_code": ["central", "credit", "credit"], "is_credit": [False, True, True],
         "amount_vnd_million": [5.0, 7.0, 9.0]}
    )  # fmt: skip
    without_credit = facts(rows, MEASURES["plan"])
    central = facts(only(rows, rows["source_code"] == "central"), MEASURES["need"])
    for told in (without_credit, central):
        assert silent(told) == ("B",)
        assert cells(told, MEASURES["plan"], ["unit_code"])["value"].isna().tolist() == [False, True]
        assert cells(told, MEASURES["plan"], [])["value"].tolist() == [5]


def test_units_of_one_name_are_told_apart() -> None:
    told = pd.DataFrame(
        {"unit_code": ["1", "2", "3", "4", "5"], "name": ["Xã A", "Xã A", "Xã B", "Xã C", "Xã C"],
         "district_name": ["Huyện X", "Huyện Y", "Huyện X", "Huyện X", "Huyện X"]}
    )  # fmt: skip
    assert unit_names(told, "unit_code") == {
        "1": "Xã A (Huyện X)", "2": "Xã A (Huyện Y)", "3": "Xã B", "4": "Xã C (Huyện X) (4)", "5": "Xã C (Huyện X) (5)",
    }  # fmt: skip


def test_credit_is_counted_only_where_it_is_meant() -> None:
    rows = pd.DataFrame(
        {"unit_code": "1", "period_end": JUNE, "is_credit": [True, False], "amount_vnd_million": [90.0, 10.0]}
    )
    for key, value in (("need", 100), ("need_without_credit", 10)):
        assert cells(facts(rows, MEASURES[key]), MEASURES[key], [])["value"].tolist() == [value]


@pytest.mark.parametrize("language", LANGUAGES)
def test_combinations_without_meaning_are_refused_with_a_reason(language: str) -> None:
    def asked(measure: str, *dims: str) -> str | None:
        return refusal(MEASURES[measure], dims, language)

    for dims in product(dimensions(), repeat=2):
        assert asked("rate_over_need", *dims), "a rate has no other base than allocated money"
    for measure, *by in (
        ("allocated", "criterion", "district"), ("ntm", "source"), ("ntm_share", "standard"), ("rate", "kind"),
        ("criteria_mean", "band"), ("ntm", "district", "district"), ("ntm", "month", "year"),
        ("ntm", "district", "commune"), ("criterion_share", "standard"), ("need", "band"),
    ):  # fmt: skip
        reason = asked(measure, *by)
        assert reason
        assert "{" not in reason
    for measure, *by in (
        ("ntm_share", "district", "month"), ("rate", "source", "nature"), ("criterion_share", "criterion", "commune"),
        ("communes", "standard", "band"),
    ):  # fmt: skip
        assert asked(measure, *by) is None


def test_the_measures_are_described_whole() -> None:
    for measure in MEASURES.values():
        assert (measure.subject in SUBJECTS, measure.kind in KINDS) == (True, True)
        for words in (measure.label, measure.unit, measure.definition, measure.commune, measure.never):
            assert words is None or set(LANGUAGES) <= set(words)
        assert (measure.kind in ("share", "mean")) == (measure.denominator is not None) or measure.never
    assert len({measure.label["vi"] for measure in MEASURES.values()}) == len(MEASURES)
    with pytest.raises(ValueError, match="ntm"):
        per_commune(communes(1), MEASURES["ntm"])


@pytest.mark.parametrize(
    ("values", "edges", "is_whole"),
    [([14, 16], [13.5, 14.5, 15.5, 16.5], True), ([0, 90.5], [0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100], False)],
)
def test_bins_are_of_a_round_width(values: list[float], edges: list[float], is_whole: bool) -> None:
    assert bins(pd.Series(values, dtype=float)) == (edges, is_whole)
    with pytest.raises(ValueError, match="no value"):
        bins(pd.Series([np.nan]))


def test_a_value_at_the_edge_of_a_bin_is_above_it() -> None:
    values = pd.Series([0, 0.1, 0.2, 0.3, 0.4])
    edges, is_whole = bins(values)
    assert not is_whole
    assert pd.cut(values, edges, right=False, labels=False).tolist() == [edges.index(value) for value in values]


def test_whole_figures_are_those_of_the_marts(snapshot: Snapshot) -> None:
    rows = snapshot.read("explore_communes", **SCOPE)
    with duckdb.connect(str(snapshot.path), read_only=True) as direct:
        expected = direct.execute(
            "select ntm_communes, nang_cao_communes, kieu_mau_communes, criteria_met_mean, communes_below_15,"
            " communes_full, not_reporting_communes from mart_district_month where unit_code = '93' and period_end = ?",
            [MONTH],
        ).fetchone()
    keys = ("ntm", "nang_cao", "kieu_mau", "criteria_mean", "below_15", "full_count", "not_reporting")
    found = [cells(facts(rows, MEASURES[key]), MEASURES[key], [])["value"].iloc[0] for key in keys]
    assert found == pytest.approx(list(expected or ()))


def test_criteria_are_those_of_the_mart_in_every_month(snapshot: Snapshot) -> None:
    rows = snapshot.read("explore_criteria", **{**SCOPE, "first": date(2021, 12, 31)}, by_commune=False, criterion=None)
    keys = ["district_code", "period_end", "criterion_no"]
    found = rows.set_index(keys)[["met", "not_met", "unknown"]].sort_index()
    with duckdb.connect(str(snapshot.path), read_only=True) as direct:
        mart = direct.execute(
            "select unit_code as district_code, period_end, criterion_no, communes_met as met,"
            " communes_not_met as not_met, communes_unknown as unknown from mart_criterion_month"
            " where level = 'district' and province_code = '93' and criterion_no similar to '[0-9]+'"
        ).df()
    assert found.to_numpy().tolist() == mart.set_index(keys).sort_index().to_numpy().tolist()


@pytest.mark.parametrize("each", [False, True])
def test_rates_pair_money_of_one_source_and_cut_off(snapshot: Snapshot, each: bool) -> None:
    rows = snapshot.read("explore_rates", **SCOPE, level="district", each=each)
    ranked = snapshot.read("payments_districts", province="93", month=MONTH)
    columns = ["unit_code", "period_end", "source_code", "nature", "allocated", "disbursed"]
    told = ranked[ranked["period_end"] == ranked["period_end"].max()]
    assert rows[columns].to_numpy().tolist() == told[columns].to_numpy().tolist()
    assert shares_pct(rows["disbursed"], rows["allocated"]).notna().all()


def test_money_of_a_commune_is_that_of_its_map(snapshot: Snapshot) -> None:
    by_unit = snapshot.read("explore_communes", **SCOPE).set_index("unit_code")
    for key in ("allocated", "disbursed"):
        rows = snapshot.read("explore_money", **SCOPE, level="commune", each=False, stage=key)
        told = cells(facts(rows, MEASURES[key]), MEASURES[key], ["unit_code"]).set_index("unit_code")["value"]
        of_map = per_commune(by_unit, MEASURES[key])
        assert told.reindex(of_map.index).fillna(-1).tolist() == of_map.fillna(-1).tolist()
    assert set(of_communes()) == {"criteria_mean", "arrears", "allocated", "disbursed", "rate"}
