"""The country's published figures: shares recomputed from the counts, quoted percentages only compared with them."""

from __future__ import annotations

import pandas as pd
import pytest

from ntm.metrics.national import SERIES, latest, series

JUNE_2025 = {
    "communes": 7669, "ntm_communes": 6084, "nang_cao_communes": 2567, "kieu_mau_communes": 743,
    "ntm_share_pct": 79.3, "nang_cao_share_of_ntm_pct": 42.4, "kieu_mau_share_of_ntm_pct": 12.3,
}  # fmt: skip
"""As the Central Coordination Office gave them; two of the three percentages fit another denominator."""

TARGETS = pd.DataFrame(
    {
        "scope_code": ["VN", "DBSH", "VN"],
        "metric": ["ntm_share_pct"] * 2 + ["nang_cao_share_pct"],
        "value": [80, 100, 40],
    }
)


def published(values: dict[str, float], period: str = "2025-06-30", **more: object) -> pd.DataFrame:
    rows = [
        {
            "figure_no": number, "period_end": pd.Timestamp(period), "metric": metric, "value": value,
            "value_kind": "actual", "source": f"source {number}",
        } | more
        for number, (metric, value) in enumerate(values.items(), start=1)
    ]  # fmt: skip
    return pd.DataFrame(rows)


@pytest.mark.parametrize(
    ("name", "pct", "differs"), [("ntm", 79.3, False), ("nang_cao", 42.2, True), ("kieu_mau", 12.2, True)]
)
def test_a_quoted_percentage_that_the_counts_do_not_give_is_reported(name: str, pct: float, differs: bool) -> None:
    found = latest(series(published(JUNE_2025), name), TARGETS, name)
    assert found
    assert round(found.share.pct or 0, 1) == pct
    assert found.differs_from_quoted is differs
    assert found.quoted_pct == JUNE_2025[SERIES[name][3]]


@pytest.mark.parametrize(
    ("quoted", "differs"), [(66.7, False), (66.6, False), (67, False), (66, False), (66.8, True), (66.67, False)]
)
def test_a_rounded_or_cut_off_percentage_fits_and_another_does_not(quoted: float, differs: bool) -> None:
    figures = published({"communes": 3, "ntm_communes": 2, "ntm_share_pct": quoted})
    found = latest(series(figures, "ntm"), TARGETS, "ntm")
    assert found
    assert found.differs_from_quoted is differs


def test_shares_of_higher_standards_are_of_ntm_communes() -> None:
    row = series(published(JUNE_2025), "nang_cao").iloc[-1]
    assert (row["numerator"], row["denominator"]) == (2567, 6084)
    assert series(published(JUNE_2025), "ntm").iloc[-1]["denominator"] == 7669


def test_the_target_is_that_of_the_country_and_reached_is_told_exactly() -> None:
    found = latest(series(published(JUNE_2025), "ntm"), TARGETS, "ntm")
    assert found
    assert found.target_pct == 80
    assert found.is_reached is False
    assert getattr(latest(series(published(JUNE_2025), "nang_cao"), TARGETS, "nang_cao"), "is_reached", None) is True


def test_without_a_target_nothing_is_reached_or_missed() -> None:
    found = latest(series(published(JUNE_2025), "kieu_mau"), TARGETS, "kieu_mau")
    assert found
    assert (found.target_pct, found.is_reached) == (None, None)


def test_a_period_without_its_denominator_is_no_point_of_the_series() -> None:
    figures = pd.concat([published(JUNE_2025), published({"ntm_communes": 6100}, "2025-09-30")])
    assert series(figures, "ntm")["period_end"].tolist() == [pd.Timestamp("2025-06-30")]


def test_a_percentage_without_counts_is_no_point_of_the_series() -> None:
    assert series(published({"ntm_share_pct": 78.0}), "ntm").empty
    assert latest(series(published({"ntm_share_pct": 78.0}), "ntm"), TARGETS, "ntm") is None


def test_plans_and_estimates_are_no_points_of_the_series() -> None:
    assert series(published(JUNE_2025, value_kind="estimate"), "ntm").empty


def test_without_any_figure_there_is_no_series() -> None:
    assert latest(series(published(JUNE_2025).head(0), "ntm"), TARGETS, "ntm") is None


def test_periods_stand_in_time_and_the_latest_is_the_last() -> None:
    figures = pd.concat([published(JUNE_2025), published({"communes": 8177, "ntm_communes": 5500}, "2021-12-31")])
    assert series(figures, "ntm")["period_end"].is_monotonic_increasing
    found = latest(series(figures, "ntm"), TARGETS, "ntm")
    assert found
    assert found.period_end == pd.Timestamp("2025-06-30")


def test_of_several_figures_for_one_period_the_first_of_the_list_is_taken() -> None:
    doubled = pd.concat([published({"ntm_communes": 6000}, figure_no=9), published(JUNE_2025)])
    row = series(doubled, "ntm").iloc[-1]
    assert (row["numerator"], row["source"]) == (6084, "source 2")


def test_the_frame_is_left_as_it_was() -> None:
    figures = published(JUNE_2025)
    before = figures.copy(deep=True)
    for name in SERIES:
        latest(series(figures, name), TARGETS, name)
    pd.testing.assert_frame_equal(figures, before)
