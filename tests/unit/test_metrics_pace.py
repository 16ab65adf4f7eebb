"""What is missing of a target in units, and the status by the stated rule. The figures of Hậu Giang 2022 are exact."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from ntm.metrics.pace import BEHIND, ON_PACE, assessed, scales_of
from ntm.metrics.targets import MISSED, OPEN, PENDING, REACHED, UNKNOWN, target_rules, with_years

BASE = pd.Timestamp("2021-12-31")
DUE_2025 = pd.Timestamp("2025-12-31")


def target(metric: str = "ntm_communes", **values: object) -> dict[str, object]:
    """Return a row of query targets: 45 communes by the end of 2025, 39 so far, unless said otherwise."""
    return {
        "target_id": "T", "metric": metric, "kind": "firm", "comparison": ">=", "value": 45.0, "value_max": None,
        "due_date": DUE_2025, "actual": 39.0, "gap": 6.0, "is_reached": False, "numerator": None, "needed": None,
        "other_needed": None, "known_communes": 51, "criteria_met_sum": 893, "set_code": "NEW",
    } | values  # fmt: skip


def history(*months: tuple[str, float | None], set_code: str = "NEW") -> pd.DataFrame:
    rows = [{"target_id": "T", "period_end": day, "value": value, "set_code": set_code} for day, value in months]
    table = pd.DataFrame(rows, columns=["target_id", "period_end", "value", "set_code"])
    return table.assign(period_end=pd.to_datetime(table["period_end"]))


def only(row: dict[str, object], past: pd.DataFrame, month: date) -> pd.Series:
    table = pd.DataFrame([row]).astype({"is_reached": "boolean", "value": "float", "gap": "float", "actual": "float"})
    return assessed(table, past, month).iloc[0]


@pytest.mark.parametrize(
    ("reached", "status"),
    [(39.0, ON_PACE), (38.0, BEHIND), (33.0, BEHIND)],
)
def test_a_target_is_on_pace_when_the_gain_a_year_is_at_least_the_one_needed(reached: float, status: str) -> None:
    """From 33 in two years: 39 is 3 a year and 6 in two years are needed, exactly the pace."""
    found = only(target(actual=reached, gap=45 - reached), history(("2021-12-31", 33.0)), date(2023, 12, 31))
    assert (found["status"], found["pace_so_far"]) == (status, (reached - 33) / 2)
    assert found["pace_needed"] == (45 - reached) / 2


def test_with_too_few_months_the_target_is_open_and_no_pace_is_said() -> None:
    months = int(target_rules()["pace"]["min_months"])
    short, enough = (BASE + pd.offsets.MonthEnd(number) for number in (months - 1, months))
    past = history(("2021-12-31", 33.0))
    assert only(target(), past, short.date())["status"] == OPEN
    assert only(target(), past, enough.date())["status"] == ON_PACE
    assert only(target(), history(), date(2023, 12, 31))["status"] == OPEN


def test_what_is_counted_from_criteria_is_compared_under_one_set_only() -> None:
    row = target("criteria_met_mean", value=18.5, actual=18.2, gap=0.3)
    past = pd.concat([history(("2021-12-31", 17.6), set_code="OLD"), history(("2022-07-31", 17.2))])
    assert only(row, past, date(2023, 7, 31))["pace_so_far"] == pytest.approx(1.0)
    assert only(row, history(("2021-12-31", 17.6), set_code="OLD"), date(2023, 7, 31))["status"] == OPEN
    assert only(target(), history(("2021-12-31", 33.0), set_code="OLD"), date(2023, 12, 31))["status"] == ON_PACE


def test_fewer_communes_below_15_is_a_gain() -> None:
    row = target("communes_below_15", comparison="<=", value=0.0, actual=4.0, gap=4.0)
    found = only(row, history(("2021-12-31", 8.0)), date(2023, 12, 31))
    assert (found["pace_so_far"], found["pace_needed"], found["status"]) == (2.0, 2.0, ON_PACE)


def test_what_is_counted_anew_each_year_has_the_pace_of_its_year_and_no_earlier_result() -> None:
    row = target("ocop_products_new", value=40.0, actual=15.0, gap=25.0)
    found = only(row, history(("2021-12-31", 50.0)), date(2025, 6, 30))
    assert (found["pace_so_far"], found["pace_needed"]) == (30.0, 50.0)
    early = only(target("ocop_products_new", actual=50.0, is_reached=True, gap=-10.0), history(), date(2024, 6, 30))
    assert early["status"] == UNKNOWN
    assert pd.isna(early["actual"])


def test_a_share_lacks_communes_and_not_points() -> None:
    row = target("ntm_share_pct", value=80.0, actual=72.549, gap=7.451, numerator=37.0, needed=41)
    found = only(row, history(("2021-12-31", 34.0)), date(2022, 12, 31))
    assert (found["missing"], found["counted"], found["pace_so_far"]) == (4.0, 37.0, 3.0)
    assert pd.isna(found["other_missing"])
    both = only(row | {"other_needed": 36}, history(), date(2022, 12, 31))
    assert (both["missing"], both["other_missing"]) == (4.0, 0.0)


@pytest.mark.parametrize(
    ("metric", "value", "actual", "gap", "missing", "criteria"),
    [
        ("ntm_communes", 38.0, 37.0, 1.0, 1.0, None),
        ("nang_cao_communes", 9.0, 7.0, 2.0, 2.0, None),
        ("criteria_met_mean", 18.2, 893 / 51, 0.7, 0.7, 33),
    ],
)
def test_the_gaps_of_hau_giang_2022(
    metric: str, value: float, actual: float, gap: float, missing: float, criteria: int | None
) -> None:
    """926 criteria are the fewest whose mean is printed 18,2 over 51 communes; 893 were met."""
    row = target(metric, value=value, actual=actual, gap=gap, due_date=pd.Timestamp("2022-12-31"))
    found = only(row, history(), date(2022, 12, 31))
    assert (found["status"], found["missing"]) == (MISSED, missing)
    assert pd.isna(found["missing_criteria"]) if criteria is None else found["missing_criteria"] == criteria


def test_a_target_that_waits_for_guidance_is_pending_and_lacks_nothing_that_is_known() -> None:
    found = only(target(value=None, gap=None, is_reached=pd.NA), history(), date(2025, 12, 31))
    assert found["status"] == PENDING
    assert pd.isna(found["missing"])


def test_a_reached_target_needs_no_pace_and_a_due_one_is_not_judged_by_it() -> None:
    reached = only(target(is_reached=True, gap=-1.0), history(("2021-12-31", 33.0)), date(2023, 12, 31))
    assert (reached["status"], reached["missing"]) == (REACHED, 0.0)
    assert pd.isna(reached["pace_needed"])
    assert only(target(), history(("2021-12-31", 33.0)), DUE_2025.date())["status"] == MISSED


def test_no_targets_stay_none() -> None:
    table = pd.DataFrame([target()]).astype({"is_reached": "boolean"}).head(0)
    assert len(assessed(table, history(), date(2025, 6, 30))) == 0


def test_scales_stand_in_the_order_of_the_rules() -> None:
    assert scales_of(pd.DataFrame({"metric": ["criteria_met_mean", "ntm_share_pct", "ntm_communes"]})) == [
        "communes", "share", "criteria",
    ]  # fmt: skip


def test_a_commune_named_for_an_earlier_year_too_has_slipped() -> None:
    plans = [("31378", "ntm", 2022), ("31378", "ntm", 2023), ("31378", "nang_cao", 2023), ("31379", "ntm", 2023)]
    units = with_years(pd.DataFrame(plans, columns=["unit_code", "standard", "target_year"]))
    assert units["planned_years"].tolist() == ["2022, 2023", "2022, 2023", "2023", "2023"]
    assert units["is_slipped"].tolist() == [False, True, False, False]
    assert with_years(units.head(0)).empty
