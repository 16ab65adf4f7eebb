"""The projection as a whole: its interval holds as often as it says, and too little history gives none."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from ntm.metrics.hazard import rules
from ntm.metrics.projection import (
    EVENTS,
    HORIZON,
    METRICS,
    MONTHS,
    NO_SET,
    RECOGNITIONS,
    Fan,
    Lacking,
    Missing,
    Projection,
    back_test,
    project,
    told_by_month,
)
from tests.bench.made_up_provinces import made_up
from tests.unit.test_metrics_hazard import end, reports

HELD_BY = (70, 90)
PROVINCES = (1, 2, 3)
"""The first of those that docs/projection.md has; all twenty take a minute (make backtest)."""


@pytest.fixture(scope="module")
def province() -> pd.DataFrame:
    return made_up(1)


@pytest.fixture(scope="module")
def projection(province: pd.DataFrame) -> Projection:
    found = project(province, end(province), date(2026, 12, 31), runs=300)
    assert isinstance(found, Projection)
    return found


@pytest.fixture(scope="module")
def tests() -> pd.DataFrame:
    tried = []
    for seed in PROVINCES:
        rows = made_up(seed)
        tried.append(back_test(rows[rows["period_end"] <= "2025-06-30"], date(2025, 6, 30)).assign(seed=seed))
    return pd.concat(tried, ignore_index=True)


def test_the_interval_holds_seven_to_nine_of_ten_outcomes(tests: pd.DataFrame) -> None:
    assert len(tests) > 300
    assert HELD_BY[0] <= 100 * tests["is_covered"].mean() <= HELD_BY[1]
    # Of one metric there are few outcomes that do not share their months: only a gross fault shows.
    by_metric = tests.groupby("metric")["is_covered"].mean()
    assert by_metric.min() > 0.5


def test_an_interval_of_independent_draws_would_be_too_narrow(tests: pd.DataFrame) -> None:
    middle = tests[tests["metric"] == "criteria_met_mean"]
    half = (middle["high"] - middle["low"]) / 4
    held = (middle["actual"] - middle["median"]).abs() <= half / 2
    assert 100 * held.mean() < HELD_BY[0]


def test_the_back_test_knows_nothing_of_later_months(province: pd.DataFrame) -> None:
    until = date(2024, 12, 31)
    cut = province[province["period_end"] <= pd.Timestamp(until)]
    later = project(province, until, date(2025, 12, 31), runs=100)
    known = project(cut, until, date(2025, 12, 31), runs=100)
    assert isinstance(later, Projection)
    assert isinstance(known, Projection)
    for metric, fan in known.fans.items():
        pd.testing.assert_frame_equal(fan.steps, later.fans[metric].steps)


def test_a_projection_begins_where_the_reports_end(projection: Projection, province: pd.DataFrame) -> None:
    now = told_by_month(province, projection.since).iloc[-1]
    for metric in ("ntm_communes", "nang_cao_communes", "full_communes"):
        if metric in projection.fans:
            first = projection.fans[metric].steps.iloc[0]
            assert now[metric] <= first["low"] <= first["median"] <= first["high"] <= 70
    assert set(projection.fans) | set(projection.lacking) == set(METRICS)
    assert projection.due == date(2026, 12, 31)
    assert len(projection.communes) + len(projection.left_out) == 70


def test_the_same_data_give_the_same_figures(projection: Projection, province: pd.DataFrame) -> None:
    again = project(province, end(province), date(2026, 12, 31), runs=300)
    assert isinstance(again, Projection)
    pd.testing.assert_frame_equal(again.communes, projection.communes)


def test_the_chance_is_a_share_of_runs() -> None:
    fan = Fan(pd.DataFrame(), np.array([17.94, 17.96, 18.2, 19.0]))
    assert fan.chance(18.0, ">=").pct == 75
    assert (fan.chance(18.0, "<=").numerator, fan.chance(18.0, "<=").denominator) == (2, 4)


def test_communes_that_are_not_fully_known_are_listed_and_left_out() -> None:
    rows = made_up(1)
    last = rows["period_end"].max()
    rows.loc[rows["unit_code"] == "00003", "unknown_mask"] |= 2
    found = project(rows, end(rows), date(2026, 6, 30), runs=50)
    assert isinstance(found, Projection)
    assert found.left_out["unit_code"].tolist() == ["00003"]
    assert "00003" not in set(found.communes["unit_code"])
    held = (rows.loc[rows["period_end"] == last, "standard"] != "none").sum()
    assert found.fans["full_communes"].steps["low"].iloc[0] >= held


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        (made_up(2, months=11), Lacking(MONTHS, 11, 12)),
        (reports({"a": ["--"] * 20, "b": ["+-"] * 20}), Lacking(EVENTS, 0, 10)),
        (reports({"a": ["--"] * 20}, set_code=None), Lacking(NO_SET, 0, 1)),
    ],
    ids=["months", "events", "no set"],
)
def test_a_province_with_too_little_history_gets_no_projection(rows: pd.DataFrame, why: Lacking) -> None:
    due = (rows["period_end"].max() + pd.DateOffset(months=6)).date()
    assert project(rows, end(rows), due) == Missing(why)
    assert not len(back_test(rows, end(rows)))


def test_a_due_date_far_away_is_not_projected(province: pd.DataFrame) -> None:
    assert project(province, end(province), date(2035, 12, 31)) == Missing(Lacking(HORIZON, 120, 36))


def test_few_decisions_give_communes_that_meet_all_instead() -> None:
    rows = made_up(1).assign(standard="none")
    found = project(rows, end(rows), date(2026, 6, 30), runs=50)
    assert isinstance(found, Projection)
    assert found.lacking["ntm_communes"] == Lacking(RECOGNITIONS, 0, rules()["min_recognitions"]["value"])
    assert "ntm_communes" not in found.fans
    assert found.fans["full_communes"].last["median"] > 0


@pytest.mark.parametrize(("since", "crosses"), [(date(2025, 6, 30), True), (date(2025, 7, 31), False)])
def test_a_projection_over_the_reform_says_so(province: pd.DataFrame, since: date, crosses: bool) -> None:
    found = project(province, since, date(2025, 12, 31), runs=20)
    assert isinstance(found, Projection)
    assert found.crosses_reform is crosses
