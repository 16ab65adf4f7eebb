from __future__ import annotations

import pandas as pd
import pytest

from ntm.charts.profile import binding_criteria, communes_by_criterion, criteria_met_over_time, criteria_strip
from ntm.charts.theme import OUTCOME_COLORS
from ntm.i18n import LANGUAGES, Translator, translator

JULY = pd.Timestamp("2022-07-31")


@pytest.fixture(params=LANGUAGES)
def t(request: pytest.FixtureRequest) -> Translator:
    return translator(request.param)


def months(count: int) -> pd.DatetimeIndex:
    return pd.date_range(JULY, periods=count, freq="ME")


def test_a_strip_has_a_row_for_each_criterion_and_leaves_months_without_a_report_blank(t: Translator) -> None:
    outcomes = pd.DataFrame([["met", None, "not_met"], ["met", None, "unknown"]], ["2", "10"], months(3), dtype=object)
    heat, *legend = criteria_strip(outcomes, {"2": "Giao thông", "10": "Thu nhập"}, t).data
    assert [list(row) for row in heat.z] == [[0, None, 1], [0, None, 2]]
    assert [list(row) for row in heat.text] == [["", "", "✗"], ["", "", "?"]]
    assert heat.customdata[0][2] == f"2. Giao thông: {t('outcome.not_met')}"
    assert [entry.marker.color for entry in legend] == list(OUTCOME_COLORS.values())


def test_each_outcome_has_the_colour_of_its_legend() -> None:
    outcomes = pd.DataFrame([["met", "not_met", "unknown"]], ["2"], months(3), dtype=object)
    heat = criteria_strip(outcomes, {}, translator("vi")).data[0]
    steps = dict(zip(("met", "not_met", "unknown"), heat.colorscale[::2], strict=True))
    assert {outcome: color for outcome, (_, color) in steps.items()} == OUTCOME_COLORS
    assert (heat.zmin, heat.zmax) == (-0.5, 2.5)


def test_a_long_strip_names_the_years_and_leaves_the_signs_out() -> None:
    outcomes = pd.DataFrame([["not_met"] * 36], ["2"], months(36), dtype=object)
    figure = criteria_strip(outcomes, {"2": "Giao thông"}, translator("vi"))
    assert list(figure.layout.xaxis.ticktext) == ["2023", "2024", "2025"]
    assert set(figure.data[0].text[0]) == {""}


def test_criteria_met_are_one_line_for_each_set_on_the_scale_that_is_given() -> None:
    counts = pd.DataFrame(
        {"set_code": ["OLD", "NEW", "NEW"], "period_end": months(3), "met": [17, 15, 16], "not_met": [2, 4, 2],
         "unknown": [0, 0, 1]}
    )  # fmt: skip
    figure = criteria_met_over_time(counts, {"OLD": "Cũ", "NEW": "Mới"}, (JULY, months(12)[-1]), 19, translator("vi"))
    assert [(line.name, list(line.y)) for line in figure.data] == [("Cũ", [17]), ("Mới", [15, 16])]
    assert list(figure.data[1].marker.symbol) == ["circle", "circle-open"]
    assert list(figure.layout.yaxis.range) == [0, 20]


def district() -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"unit_code": unit, "name": f"Xã {unit}", "criterion_no": number, "criterion": f"Tiêu chí {number}",
             "outcome": outcome}
            for unit, outcomes in (("b", ("met", "not_met")), ("a", ("unknown", "met")))
            for number, outcome in zip(("2", "10"), outcomes, strict=True)
        ]
    )  # fmt: skip


def test_a_matrix_keeps_the_order_of_communes_and_criteria() -> None:
    figure = communes_by_criterion(district(), translator("vi"))
    assert [list(row) for row in figure.data[0].z] == [[0, 1], [2, 0]]
    assert list(figure.data[0].x) == ["2", "10"]
    assert list(figure.layout.yaxis.ticktext) == ["Xã b", "Xã a"]


def test_binding_criteria_stand_with_the_most_missed_on_top_and_the_unknown_apart(t: Translator) -> None:
    table = pd.DataFrame(
        {"criterion_no": ["10", "2"], "criterion": ["Thu nhập", "Giao thông"], "not_met": [3, 1], "unknown": [0, 2],
         "communes": [5, 5]}
    )  # fmt: skip
    figure = binding_criteria(table, 7, t)
    assert [(bar.name, list(bar.x)) for bar in figure.data] == [
        (t("outcome.not_met"), [1, 3]), (t("outcome.unknown"), [2, 0]),
    ]  # fmt: skip
    assert figure.data[0].y[-1] == "10 Thu nhập"
    assert list(figure.layout.xaxis.range) == [0, 7]
