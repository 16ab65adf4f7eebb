"""The country's published figures: shares recomputed from the counts, quoted percentages only compared with them."""

from __future__ import annotations

import pandas as pd
import pytest

from ntm.metrics.national import SERIES, by_year, latest, quoted, reform_day, series, with_latest

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


def test_each_year_ends_with_its_last_figure_and_its_distance_from_the_target() -> None:
    figures = pd.concat(
        [
            published({"communes": 8167, "ntm_communes": 6370}, "2023-12-31"),
            published({"communes": 8177, "ntm_communes": 6022}, "2023-06-30"),
            published(JUNE_2025),
        ]
    )
    years = by_year(series(figures, "ntm"), 80)
    assert years["year"].tolist() == [2023, 2025]
    assert years["numerator"].tolist() == [6370, 6084]
    assert years["gap_pct"].round(1).tolist() == [-2.0, -0.7]
    assert years["is_reached"].tolist() == [False, False]
    assert by_year(series(figures, "ntm"), None)["is_reached"].tolist() == [None, None]


def test_figures_after_the_reform_join_no_series_and_judge_no_target() -> None:
    figures = pd.concat([published(JUNE_2025), published(JUNE_2025, str(reform_day().date()))])
    assert series(figures, "ntm")["period_end"].tolist() == [pd.Timestamp("2025-06-30")]
    assert quoted(figures.assign(place="Việt Nam"))["period_end"].max() == reform_day()


def test_every_quoted_percentage_of_any_place_and_period_is_recomputed() -> None:
    figures = pd.concat(
        [
            published(JUNE_2025, place="Việt Nam", source="a"),
            published({"ntm_communes": 123, "communes": 193, "ntm_share_pct": 64.7}, "2022-12-31", place="Quảng Nam"),
            published({"ntm_share_pct": 100}, "2023-06-30", place="Đồng bằng sông Hồng"),
        ]
    )
    table = quoted(figures)
    assert len(table) == 5
    differing = table[table["differs"]]
    assert set(zip(differing["place"], differing["value"], strict=True)) == {
        ("Việt Nam", 42.4), ("Việt Nam", 12.3), ("Quảng Nam", 64.7)
    }  # fmt: skip
    unknown = table[table["pct"].isna()]
    assert unknown["place"].tolist() == ["Đồng bằng sông Hồng"]
    assert not unknown["differs"].any()


def test_counts_of_the_same_source_come_before_others_of_the_day() -> None:
    figures = pd.concat(
        [
            published({"ntm_communes": 6009, "communes": 8211}, "2022-12-31", source="b", figure_no=1),
            published({"ntm_communes": 6001, "ntm_share_pct": 73.08}, "2022-12-31", source="a", figure_no=2),
        ]
    ).assign(place="Việt Nam")
    row = quoted(figures).iloc[0]
    assert (row["numerator"], row["denominator"], row["differs"]) == (6001, 8211, False)


def test_targets_meet_the_latest_published_figure_or_stay_unknown() -> None:
    figures = pd.concat(
        [
            published({"ntm_share_pct": 100}, "2023-06-30", place="Đồng bằng sông Hồng"),
            published({"provinces_completed": 5}, "2022-06-30", place="Việt Nam"),
            published({"provinces_completed": 12}, place="Việt Nam"),
        ]
    ).assign(confidence="secondary")
    targets = pd.DataFrame(
        [
            ("DBSH", "ntm_share_pct", ">=", 100.0, None),
            ("TN", "ntm_share_pct", ">=", 68.0, None),
            ("VN", "provinces_completed", "range", 17.0, 19.0),
            ("VN", "communes_below_15", "<=", 0.0, None),
        ],
        columns=["scope_code", "metric", "comparison", "value", "value_max"],
    )
    table = with_latest(targets, figures).set_index(["scope_code", "metric"])
    assert table["is_reached"].tolist() == [True, None, False, None]
    assert table.loc[("VN", "provinces_completed"), "actual"] == 12
    assert table.loc[("VN", "provinces_completed"), "actual_day"] == pd.Timestamp("2025-06-30")


def test_most_is_reached_from_below() -> None:
    figures = published({"communes_below_15": 0}, place="Việt Nam", confidence="secondary")
    targets = pd.DataFrame(
        [("VN", "communes_below_15", "<=", 0.0, None)],
        columns=["scope_code", "metric", "comparison", "value", "value_max"],
    )
    assert with_latest(targets, figures)["is_reached"].tolist() == [True]
    assert with_latest(targets, figures.assign(value=3))["is_reached"].tolist() == [False]
