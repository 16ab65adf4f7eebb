"""Charts of disbursement: gaps stay gaps, a rate over 100% is whole and flagged, a projection is seen to be one."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from ntm.charts.payments import disbursement_curve, rate_by_district, rate_by_source
from ntm.charts.theme import PROJECTED_FILL, YEAR_COLORS
from ntm.i18n import LANGUAGES, translator
from ntm.metrics.payments_curve import Curve, curves, month_end
from ntm.metrics.payments_projection import Projection, project
from tests.unit.test_metrics_funding import amount, money

VI = translator("vi")
RATES = pd.DataFrame(
    {
        "source_group": ["central", "local"],
        "period_end": pd.to_datetime(["2022-12-31"] * 2),
        "allocated": [200_000.0, 100_000.0],
        "disbursed": [150_000.0, 130_000.0],
        "rate_pct": [75.0, 130.0],
        "is_over": [False, True],
    }
)
DISTRICTS = RATES.assign(name=["Huyện Một", "Huyện Hai"], rank=[1, 1])


def traces(figure: go.Figure) -> dict[str, Any]:
    return {trace.name: trace for trace in figure.data if trace.name}


@pytest.fixture
def years() -> tuple[Curve, list[Curve], Projection]:
    rows = [
        amount(
            "disbursed",
            1000.0 * number * (1 + 0.02 * (year - 2020) * number),
            cutoff=month_end(year, number),
            year=year,
        )
        for year in (2020, 2021, 2022)
        for number in (1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12)
        if year < 2022 or number <= 6
    ]
    rows += [amount("allocated", 20_000, cutoff=date(2021, 12, 31), year=2021)]
    rows += [amount("allocated", 12_000, cutoff=date(2022, 6, 30))]
    found = curves(money(*rows), [2022, 2021, 2020], date(2022, 6, 30))
    this, *earlier = found.values()
    projection = project(this, earlier)
    assert isinstance(projection, Projection)
    return this, earlier, projection


def test_rates_show_both_amounts_and_the_cut_off() -> None:
    (bar,) = rate_by_source(RATES, VI).data
    assert bar.y == ("Ngân sách địa phương", "Ngân sách trung ương")
    assert bar.text[1] == "75,0%"
    assert bar.customdata[1] == "150,0 tỷ đồng / 200,0 tỷ đồng (31/12/2022)"


def test_a_rate_over_100_is_whole_hatched_and_flagged() -> None:
    figure = rate_by_source(RATES, VI)
    (bar,) = figure.data
    assert list(bar.x) == [130, 75]
    assert bar.text[0] == "130,0% – cần kiểm tra"
    assert bar.marker.pattern.shape == ("/", "")
    assert bar.marker.pattern.bgcolor == bar.marker.color, "a hatched bar has its colour too"
    assert figure.layout.xaxis.range[1] > 130


def test_districts_of_one_rank_carry_it_both() -> None:
    (bar,) = rate_by_district(DISTRICTS, VI).data
    assert bar.y == ("1. Huyện Hai", "1. Huyện Một")


def test_months_that_are_not_told_are_gaps_and_rates_stand_only_at_cut_offs_with_both(
    years: tuple[Curve, list[Curve], Projection],
) -> None:
    this, earlier, projection = years
    shown = traces(disbursement_curve(this, earlier[0], projection, VI))
    line = shown["Giải ngân 2022"]
    assert [position for position, value in zip(line.x, line.y, strict=True) if pd.isna(value)] == [3]
    assert line.connectgaps is False
    assert [text for text in line.text if text] == ["62,0%"]
    assert [text for text in shown["Giải ngân 2021"].text if text] == ["74,4%"]
    assert list(shown["100% năm 2022: vốn giao đến 30/6/2022"].y) == [12, 12]


def test_a_projection_is_dashed_in_a_light_band_and_named_as_one(years: tuple[Curve, list[Curve], Projection]) -> None:
    this, earlier, projection = years
    figure = disbursement_curve(this, earlier[0], projection, VI)
    line = traces(figure)["Dự báo (không phải số liệu báo cáo)"]
    assert line.line.dash == "dash"
    assert line.x[-1] == 12
    assert [trace.fillcolor for trace in figure.data if trace.fill] == [PROJECTED_FILL]
    assert traces(figure)["Giải ngân 2022"].line.dash is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_year_alone_is_drawn_without_base_last_year_and_projection(language: str) -> None:
    t = translator(language)
    this = curves(money(amount("disbursed", 5, cutoff=date(2022, 1, 31))), [2022], date(2022, 3, 31))[2022]
    (line,) = disbursement_curve(this, None, None, t).data
    assert line.name == t("payments.curve_year", year=2022)
    assert line.line.color == YEAR_COLORS["this"]
    assert not any(line.text)
