"""The year's curve with its gaps, and the projection: what it needs, what it gives, its back-test."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from ntm.metrics.payments_curve import Curve, curves, month_end
from ntm.metrics.payments_projection import Projection, TooFew, grow, project, project_rate
from tests.unit.test_metrics_funding import amount, money

JULY = 7
GROWING = [2.0, 4, 8, 15, 24, 35, 44, 54, 64, 74, 85, 100]
"""Spent by the end of each month."""


def year_of(year: int, by_month: list[float | None], *, allocated: float | None = None) -> list[dict[str, object]]:
    rows = [
        amount("disbursed", million, cutoff=month_end(year, number), year=year)
        for number, million in enumerate(by_month, 1)
        if million is not None
    ]
    if allocated is not None:
        months = {len(by_month), min(6, len(by_month))}
        rows += [amount("allocated", allocated, cutoff=month_end(year, number), year=year) for number in sorted(months)]
    return rows


def drawn(*years: list[dict[str, object]], now: date) -> tuple[Curve, list[Curve]]:
    rows = money(*(row for year in years for row in year))
    found = curves(rows, range(now.year, now.year - 6, -1), now)
    return found.pop(now.year), list(found.values())


def projected(*years: list[dict[str, object]], now: date) -> Projection | TooFew | None:
    return project(*drawn(*years, now=now))


def test_months_that_were_not_reported_are_gaps() -> None:
    this, _ = drawn(year_of(2022, [5, None, 20]), now=date(2022, 4, 30))
    assert this.months["period_end"].dt.month.tolist() == [1, 2, 3, 4]
    assert this.months["disbursed"].fillna(-1).tolist() == [5, -1, 20, -1]
    assert this.last == (date(2022, 3, 31), 20)


def test_a_month_that_only_some_sources_report_is_a_gap() -> None:
    rows = [
        *year_of(2022, [5, 9, 20]),
        *(amount("disbursed", 3, "local", cutoff=month_end(2022, number)) for number in (1, 3)),
    ]
    this, _ = drawn(rows, now=date(2022, 3, 31))
    assert this.months["disbursed"].fillna(-1).tolist() == [8, -1, 23]


def test_a_curve_is_of_the_sources_of_its_base_without_credit_and_estimates() -> None:
    rows = [
        *year_of(2022, [5, 9, 20], allocated=40),
        amount("disbursed", 100, "other", cutoff=date(2022, 3, 31)),
        amount("disbursed", 900, "credit", cutoff=date(2022, 3, 31)),
        amount("disbursed", 50, cutoff=date(2022, 3, 31), kind="estimate"),
    ]
    this, _ = drawn(rows, now=date(2022, 3, 31))
    assert this.months["disbursed"].tolist() == [5, 9, 20]
    assert this.base
    assert (this.base.allocated, this.base.rate.pct) == (40, 50)


def test_a_cut_off_within_a_month_is_a_point_of_its_own() -> None:
    this, _ = drawn([*year_of(2022, [5]), amount("disbursed", 7, cutoff=date(2022, 2, 15))], now=date(2022, 2, 28))
    assert this.last == (date(2022, 2, 15), 7)
    assert len(this.months) == 3
    assert project(this, []) is None


def test_a_year_of_nothing_has_no_curve_and_no_projection() -> None:
    this, earlier = drawn(year_of(2021, GROWING), now=date(2022, 7, 31))
    assert this.last is None
    assert this.base is None
    assert project(this, earlier) is None
    assert project_rate(this, earlier) is None


def test_years_of_one_shape_project_it_with_no_spread_and_no_error() -> None:
    found = projected(
        year_of(2020, GROWING), year_of(2021, [3 * value for value in GROWING]), year_of(2022, GROWING[:JULY]),
        now=date(2022, 7, 31),
    )  # fmt: skip
    assert isinstance(found, Projection)
    assert (found.since, found.now) == (date(2022, 7, 31), 44)
    assert found.steps["value"].tolist() == pytest.approx(GROWING[JULY:])
    assert (found.final.low, found.final.high) == (pytest.approx(100), pytest.approx(100))
    assert found.worst_error_pct == pytest.approx(0)


def test_years_of_different_shapes_give_an_interval_and_the_error_of_the_back_test() -> None:
    found = projected(
        year_of(2020, [10.0 * month for month in range(1, 13)]),
        year_of(2021, [*[5.0 * month for month in range(1, 12)], 120.0]),
        year_of(2022, [10.0, 20, 30, 40, 50, 60]),
        now=date(2022, 6, 30),
    )
    assert isinstance(found, Projection)
    # It doubled in one year and grew fourfold in the other: their geometric mean, and each year from the other.
    assert found.final.value == pytest.approx(60 * 8**0.5)
    assert found.now <= found.final.low < found.final.value < found.final.high
    assert found.tests.set_index("year")["error_pct"].to_dict() == {2020: pytest.approx(100), 2021: pytest.approx(-50)}
    assert found.worst_error_pct == pytest.approx(100)


def test_money_that_was_spent_stays_spent_in_the_interval() -> None:
    found = projected(
        year_of(2020, [1.0, *[100.0] * 11]), year_of(2021, [99.0, *[100.0] * 11]), year_of(2022, [50.0]),
        now=date(2022, 1, 31),
    )  # fmt: skip
    assert isinstance(found, Projection)
    assert found.final.low == 50


@pytest.mark.parametrize(
    ("earlier", "years"),
    [
        ([], ()),
        ([year_of(2021, GROWING)], (2021,)),
        ([year_of(2021, GROWING), year_of(2020, GROWING[:11])], (2021,)),
        ([year_of(2021, GROWING), year_of(2020, [*GROWING[:6], None, *GROWING[7:]])], (2021,)),
        ([year_of(2021, GROWING), year_of(2015, GROWING)], (2021,)),
    ],
    ids=["no year", "one year", "an unfinished year", "a gap in this month", "a year of another period"],
)
def test_fewer_than_two_whole_years_are_too_few(earlier: list[list[dict[str, object]]], years: tuple[int, ...]) -> None:
    found = projected(*earlier, year_of(2022, GROWING[:JULY]), now=date(2022, 7, 31))
    assert found == TooFew(date(2022, 7, 31), years, 2)


def test_a_year_that_is_over_is_not_projected() -> None:
    assert projected(*(year_of(year, GROWING) for year in (2020, 2021, 2022)), now=date(2022, 12, 31)) is None


def test_later_years_tell_nothing_of_an_earlier_one() -> None:
    years = [year_of(2021, GROWING), year_of(2022, GROWING), year_of(2020, GROWING[:JULY])]
    rows = money(*(row for year in years for row in year))
    found = curves(rows, range(2020, 2023), date(2022, 12, 31))
    assert project(found.pop(2020), list(found.values())) == TooFew(date(2020, 7, 31), (), 2)


def test_a_rate_is_projected_from_rates_at_the_same_cut_off_and_over_100_is_kept() -> None:
    now = date(2022, 6, 30)
    this, earlier = drawn(
        year_of(2020, GROWING, allocated=100), year_of(2021, GROWING, allocated=200),
        year_of(2022, GROWING[:6], allocated=30), now=now,
    )  # fmt: skip
    found = project_rate(this, earlier)
    assert isinstance(found, Projection)
    assert found.now == pytest.approx(100 * 35 / 30)
    assert found.final.value == pytest.approx(100 * 100 / 30), "no rate is clipped"
    without = [Curve(one.year, one.months, one.rates[1:]) for one in earlier]
    assert project_rate(this, without) == TooFew(now, (), 2), "rates of December alone have nothing at the same day"


def test_a_rate_may_fall_when_more_is_allocated_and_spent_money_may_not() -> None:
    factors = [0.9, 1.3]
    assert grow(60, factors).low < 60 <= grow(60, factors, least=60).low


def test_the_end_of_february_is_one_day_in_leap_years_too() -> None:
    rows = [amount(stage, 10, cutoff=date(2024, 2, 29), year=2024) for stage in ("allocated", "disbursed")]
    found = curves(money(*rows), [2024], date(2024, 12, 31))[2024]
    assert found.rate_on(date(2023, 2, 28)) == found.rates[0]
    assert found.rate_on(date(2024, 2, 28)) is None
    assert found.at(2) == 10


def test_frames_are_left_as_they_were() -> None:
    rows = money(*year_of(2022, GROWING, allocated=120))
    before = rows.copy(deep=True)
    curves(rows, [2021, 2022], date(2022, 12, 31))
    pd.testing.assert_frame_equal(rows, before)
