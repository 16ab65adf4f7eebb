"""What charts say: names, values, separators and order; not how they look in pixels."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from ntm.charts.funding import funding_by_year, funding_structure
from ntm.charts.national import published_share
from ntm.charts.payments import rate_by_source
from ntm.charts.standing import criteria_mean_over_time, standing_by_district, standing_over_time
from ntm.charts.targets import targets_against
from ntm.charts.theme import STATUS_COLORS, month_ticks
from ntm.i18n import LANGUAGES, Translator, translator
from ntm.metrics.funding import by_source

VI, EN = translator("vi"), translator("en")
DECEMBER = date(2022, 12, 31)

MONTHS = pd.DataFrame(
    {
        "period_end": pd.to_datetime(["2022-06-30", "2022-07-31", "2022-12-31"]),
        "ntm_communes": [35, 35, 37],
        "nang_cao_communes": [5, 5, 7],
        "kieu_mau_communes": [0, 0, 0],
        "set_code": ["XA_NTM_2016_2020", "XA_NTM_2021_2025", "XA_NTM_2021_2025"],
        "criteria_met_mean": [17.725, 17.039, 17.51],
    }
)
TARGETS = pd.DataFrame(
    {
        "metric": ["ntm_communes", "ntm_communes", "criteria_met_mean"],
        "metric_vi": ["Xã đạt chuẩn", "Xã đạt chuẩn (phấn đấu)", "Bình quân"],
        "kind": ["firm", "stretch", "firm"],
        "value": [38.0, 40.0, 18.2],
        "value_max": [None, None, 19.0],
        "with_stretch": [40.0, None, None],
        "actual": [37.0, 37.0, None],
        "due_date": pd.to_datetime(["2022-12-31"] * 3),
        "status": ["missed", "open", "unknown"],
        "wording": ["Xã đạt chuẩn", "Xã đạt chuẩn (phấn đấu)", "Bình quân"],
    }
)
DISTRICTS = pd.DataFrame(
    {
        "name": ["Huyện Một", "Huyện Hai"],
        "communes": [10, 5],
        "ntm_communes": [7, 5],
        "nang_cao_communes": [3, 0],
        "kieu_mau_communes": [1, 0],
    }
)
NEED = pd.DataFrame(
    {
        "source_group": ["central", "local", "integrated", "credit", "enterprise", "community"],
        "amount_vnd_million": [170_914, 217_040, 149_039, 5_589_382, 16_918, 116_312],
    }
)
YEARS = pd.DataFrame(
    {
        "year": [2021, 2022, 2022],
        "stage": ["plan", "plan", "disbursed"],
        "amount_vnd_million": [5_433_800.0, 6_034_100.0, 472_768.0],
        "period_end": pd.to_datetime(["2021-12-31", "2022-12-31", "2022-12-31"]),
    }
)
RATES = pd.DataFrame(
    {
        "source_group": ["central", "local"],
        "allocated": [200_000.0, 100_000.0],
        "disbursed": [150_000.0, 100_000.0],
        "rate_pct": [75.0, 100.0],
        "period_end": pd.to_datetime(["2022-12-31"] * 2),
        "is_over": [False, False],
    }
)
PUBLISHED = pd.DataFrame(
    {
        "period_end": pd.to_datetime(["2021-12-31", "2025-06-30"]),
        "numerator": [5614.0, 6084.0],
        "denominator": [8211.0, 7669.0],
        "pct": [68.37, 79.33],
    }
)

CHARTS: dict[str, Callable[[Translator], go.Figure]] = {
    "standing_over_time": lambda t: standing_over_time(MONTHS, TARGETS, DECEMBER, t),
    "standing_by_district": lambda t: standing_by_district(DISTRICTS, t),
    "criteria_mean_over_time": lambda t: criteria_mean_over_time(MONTHS, t),
    "funding_structure": lambda t: funding_structure(by_source(NEED), t),
    "funding_by_year": lambda t: funding_by_year(YEARS, t),
    "rate_by_source": lambda t: rate_by_source(RATES, t),
    "targets_against": lambda t: targets_against(TARGETS, t),
    "published_share": lambda t: published_share(PUBLISHED, 80.0, "ntm", t),
}


def traces(figure: go.Figure) -> dict[str, Any]:
    return {trace.name: trace for trace in figure.data}


@pytest.mark.parametrize("name", CHARTS)
def test_separators_and_font_are_those_of_the_language(name: str) -> None:
    assert CHARTS[name](VI).layout.separators == ",."
    assert CHARTS[name](EN).layout.separators == ".,"
    assert "Be Vietnam Pro" in CHARTS[name](VI).layout.template.layout.font.family


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", CHARTS)
def test_no_chart_shows_a_key_a_code_or_nothing(name: str, language: str) -> None:
    shown = texts(CHARTS[name](translator(language)))
    assert shown
    bad = [text for text in shown if text in ("nan", "None", "NaT", "undefined") or "_" in text]
    assert bad == []


def texts(figure: go.Figure) -> list[str]:
    """Return the texts that a chart shows: names, labels, hover lines and categories on its axes."""
    parts = [part for trace in figure.data for part in (trace.name, trace.text, trace.customdata, trace.x, trace.y)]
    return [text for text in strings(parts) if text]


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, tuple, np.ndarray)):
        for part in value:
            yield from strings(part)


def test_standing_shows_each_standard_month_by_month_and_firm_targets_at_their_due_date() -> None:
    shown = traces(standing_over_time(MONTHS, TARGETS, DECEMBER, VI))
    assert list(shown) == ["NTM", "NTM nâng cao", "NTM kiểu mẫu", "Chỉ tiêu giao"]
    assert list(shown["NTM"].y) == [35, 35, 37]
    assert list(shown["NTM nâng cao"].y) == [5, 5, 7]
    assert shown["NTM"].line.shape == "hv", "a standard holds until the next decision: steps, no slopes"
    firm = shown["Chỉ tiêu giao"]
    assert list(firm.y) == [38]
    assert pd.Timestamp(firm.x[0]) == pd.Timestamp(DECEMBER)
    assert list(firm.text) == ["38"]


def test_standing_of_an_unknown_month_is_a_gap_and_not_zero() -> None:
    months = MONTHS.assign(ntm_communes=[35.0, float("nan"), 37.0])
    line = traces(standing_over_time(months, TARGETS, DECEMBER, VI))["NTM"]
    assert pd.isna(line.y[1])
    assert line.connectgaps is None


def test_standing_without_firm_targets_has_no_target_in_its_legend() -> None:
    stretch = TARGETS[TARGETS["kind"] == "stretch"]
    assert "Chỉ tiêu giao" not in traces(standing_over_time(MONTHS, stretch, DECEMBER, VI))


def test_districts_are_stacked_by_highest_standard_and_each_sums_to_its_communes() -> None:
    figure = standing_by_district(DISTRICTS, VI)
    shown = traces(figure)
    assert list(shown) == ["Đạt NTM kiểu mẫu", "Đạt NTM nâng cao", "Đạt chuẩn NTM", "Chưa đạt chuẩn NTM"]
    first = {name: dict(zip(trace.y, trace.x, strict=True))["Huyện Một"] for name, trace in shown.items()}
    assert list(first.values()) == [1, 2, 4, 3]
    assert list(shown["Chưa đạt chuẩn NTM"].y) == ["Huyện Hai", "Huyện Một"], "the axis runs upwards: the first on top"
    assert figure.layout.barmode == "stack"


def test_districts_without_a_list_of_recognitions_are_unknown_and_not_without_standard() -> None:
    standards = ["ntm_communes", "nang_cao_communes", "kieu_mau_communes"]
    districts = DISTRICTS.assign(**dict.fromkeys(standards, pd.Series([7, None], dtype="Int32")))
    shown = traces(standing_by_district(districts, VI))
    second = {name: dict(zip(trace.y, trace.x, strict=True))["Huyện Hai"] for name, trace in shown.items()}
    assert second.pop("Chưa rõ") == 5
    assert all(pd.isna(count) for count in second.values())
    assert shown["Chưa đạt chuẩn NTM"].text == ("", "3")


def test_results_under_different_criteria_sets_are_no_one_line() -> None:
    shown = traces(criteria_mean_over_time(MONTHS, VI))
    assert list(shown) == ["Bộ tiêu chí 2016-2020", "Bộ tiêu chí 2021-2025"]
    assert list(shown["Bộ tiêu chí 2016-2020"].y) == [17.725]
    assert list(shown["Bộ tiêu chí 2021-2025"].y) == [17.039, 17.51]


def test_months_without_a_mean_are_left_out() -> None:
    months = MONTHS.assign(criteria_met_mean=[float("nan"), float("nan"), 17.51])
    assert list(traces(criteria_mean_over_time(months, VI))) == ["Bộ tiêu chí 2021-2025"]


def test_structure_shows_both_bars_in_the_words_and_numbers_of_the_language() -> None:
    shown = traces(funding_structure(by_source(NEED), VI))
    assert shown["Tín dụng"].y == ("Không kể tín dụng", "Kể cả tín dụng")
    assert shown["Tín dụng"].x[1] == pytest.approx(89.29, abs=0.005)
    assert pd.isna(shown["Tín dụng"].x[0])
    assert shown["Ngân sách trung ương"].customdata == ("25,50%", "2,73%")
    assert traces(funding_structure(by_source(NEED), EN))["Credit"].customdata[1] == "89.29%"


def test_structure_without_credit_is_one_bar_of_a_hundred_percent() -> None:
    figure = funding_structure(by_source(NEED[NEED["source_group"] != "credit"]), VI)
    assert {len(trace.x) for trace in figure.data} == {1}
    assert sum(trace.x[0] for trace in figure.data) == pytest.approx(100)


def test_a_share_too_small_for_its_label_has_none_and_keeps_its_hover() -> None:
    trace = traces(funding_structure(by_source(NEED), VI))["Doanh nghiệp"]
    assert trace.text == ("", "")
    assert trace.customdata == ("2,52%", "0,27%")


def test_years_are_in_billion_dong_with_the_exact_amount_and_cut_off_beside() -> None:
    shown = traces(funding_by_year(YEARS, VI))
    assert list(shown) == ["Kế hoạch", "Giải ngân"]
    assert list(shown["Kế hoạch"].x) == ["2021", "2022"]
    assert list(shown["Kế hoạch"].y) == [5433.8, 6034.1]
    assert shown["Giải ngân"].customdata == ("472,8 tỷ đồng (31/12/2022)",)


def test_targets_are_marks_beside_what_was_reached_in_their_own_unit() -> None:
    shown = traces(targets_against(TARGETS, VI))
    assert shown["Không đạt khi đến hạn"].x == (37.0,)
    assert shown["Không đạt khi đến hạn"].marker.color == STATUS_COLORS["missed"]
    assert sorted(shown["Chỉ tiêu"].x) == [18.2, 19.0, 38.0, 40.0], "both ends of a range are marked"
    assert shown["Cùng các xã phấn đấu"].x == (40.0,)


def test_a_target_without_a_result_has_its_mark_and_no_bar() -> None:
    assert traces(targets_against(TARGETS, VI))["Chưa rõ"].x == (None,)


def test_a_target_and_its_stretch_are_two_bars_with_their_values_in_their_names() -> None:
    names = traces(targets_against(TARGETS, VI))["Chỉ tiêu"].y
    assert len(set(names)) == 3, "plotly lays bars of the same name on one another"
    assert any(name.endswith("<b>37 / 38</b>") for name in names)
    assert any(name.endswith("<b>– / 18,2–19</b>") for name in names)


def test_published_shares_carry_their_counts_and_the_target_its_name() -> None:
    figure = published_share(PUBLISHED, 80.0, "ntm", VI)
    assert figure.data[0].customdata[1] == "30/6/2025: 6.084/7.669 = 79,3%"
    said = [note.text for note in figure.layout.annotations]
    assert said == ["từ 1/7/2025<br>đơn vị khác", "Mục tiêu 2025: 80%"]
    assert [note.text for note in published_share(PUBLISHED, None, "ntm", VI).layout.annotations] == said[:1]


@pytest.mark.parametrize(
    ("count", "ticks"),
    [(1, [0]), (6, [5]), (7, [0, 6]), (43, [0, 6, 12, 18, 24, 30, 36, 42]), (44, [1, 7, 13, 19, 25, 31, 37, 43])],
)
def test_ticks_stand_at_each_sixth_month_and_always_at_the_last(count: int, ticks: list[int]) -> None:
    assert month_ticks(range(count)) == ticks


@pytest.mark.parametrize(
    "draw",
    [
        lambda: standing_over_time(MONTHS.head(0), TARGETS.head(0), DECEMBER, VI),
        lambda: standing_by_district(DISTRICTS.head(0), VI),
        lambda: criteria_mean_over_time(MONTHS.assign(criteria_met_mean=None), VI),
        lambda: targets_against(TARGETS.head(0), VI),
        lambda: funding_by_year(YEARS.head(0), VI),
        lambda: published_share(PUBLISHED.head(0), 80.0, "ntm", VI),
    ],
)
def test_without_any_known_value_a_chart_is_empty_and_no_error(draw: Callable[[], go.Figure]) -> None:
    figure = draw()
    assert all(len(trace.x) == 0 or all(pd.isna(value) for value in trace.y) for trace in figure.data)


@pytest.mark.parametrize("name", CHARTS)
def test_frames_are_left_as_they_were(name: str) -> None:
    frames = (MONTHS, TARGETS, DISTRICTS, NEED, YEARS, RATES, PUBLISHED)
    before = [frame.copy(deep=True) for frame in frames]
    CHARTS[name](VI)
    for frame, copy in zip(frames, before, strict=True):
        pd.testing.assert_frame_equal(frame, copy)
