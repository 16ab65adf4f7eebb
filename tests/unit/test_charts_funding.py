"""Charts of the way of the money: sums at every node, unknown steps without a bar, colours of the sources kept."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

from ntm.charts.funding_flow import funding_flow, short_name
from ntm.charts.funding_steps import funding_natures, funding_steps
from ntm.charts.theme import STAGE_COLORS
from ntm.i18n import LANGUAGES, translator
from ntm.metrics.exact import exact
from ntm.metrics.funding_flow import NOT_CODED
from ntm.metrics.funding_steps import by_nature, steps
from ntm.metrics.payments import disbursement_pairs
from tests.unit.test_charts import texts
from tests.unit.test_metrics_funding import DECEMBER, amount, money

VI, EN = translator("vi"), translator("en")
PLACES = {"930": "Thành phố Vị Thanh", "936": "Huyện Long Mỹ", "937": "Thị xã Long Mỹ", "93": "Cấp tỉnh"}
LINKS = pd.DataFrame(
    [
        ("central", "02", "930", 6.1),
        ("central", NOT_CODED, "936", 20.2),
        ("local", "02", "930", 3.0),
        ("local", NOT_CODED, "93", 0.7),
    ],
    columns=["source_group", "component_no", "unit_code", "amount_vnd_million"],
)
YEAR = money(
    amount("plan", 150_000, kind="plan"), amount("allocated", 120_000, nature="investment"),
    amount("disbursed", 95_000, nature="investment"), amount("allocated", 10_000, "local"),
)  # fmt: skip
PAIRS = disbursement_pairs(YEAR, 2022, DECEMBER)


def nodes(figure: Any) -> tuple[dict[str, Decimal], dict[str, Decimal]]:
    """Return what flows into and out of each node, by the node's text."""
    (sankey,) = figure.data
    names = [text.rpartition(":")[0] for text in sankey.node.customdata]
    into: dict[str, Decimal] = defaultdict(Decimal)
    out: dict[str, Decimal] = defaultdict(Decimal)
    for source, target, value in zip(sankey.link.source, sankey.link.target, sankey.link.value, strict=True):
        out[names[source]] += exact(value) or Decimal(0)
        into[names[target]] += exact(value) or Decimal(0)
    return dict(into), dict(out)


def test_every_node_of_the_flow_gives_on_exactly_what_it_gets() -> None:
    into, out = nodes(funding_flow(LINKS, PLACES, VI))
    middle = {name: into[name] for name in into if name in out}
    assert middle == {name: out[name] for name in middle}
    assert middle == {"Nội dung 02": Decimal("9.1"), "Không tách theo nội dung": Decimal("20.9")}
    assert {name: value for name, value in out.items() if name not in into} == {
        "NSTW": Decimal("26.3"),
        "NSĐP": Decimal("3.7"),
    }
    assert {name: value for name, value in into.items() if name not in out} == {
        "TP Vị Thanh": Decimal("9.1"),
        "H. Long Mỹ": Decimal("20.2"),
        "Cấp tỉnh": Decimal("0.7"),
    }


def test_a_single_node_in_the_middle_is_named_above_it_where_a_phone_has_room() -> None:
    figure = funding_flow(LINKS.assign(component_no=NOT_CODED), PLACES, EN)
    assert "" in figure.data[0].node.label
    assert "Not by<br>component" in figure.layout.annotations[1].text
    assert "" not in funding_flow(LINKS, PLACES, EN).data[0].node.label


def test_bands_keep_the_colour_of_their_source_to_the_district() -> None:
    link = funding_flow(LINKS, PLACES, VI).data[0].link
    assert len(set(link.color)) == 2
    assert len(link.color) == 8


def test_two_districts_of_one_name_are_told_apart() -> None:
    assert short_name("Huyện Long Mỹ") != short_name("Thị xã Long Mỹ")
    assert short_name("Tỉnh Hậu Giang") == "Tỉnh Hậu Giang"


def test_a_step_without_a_figure_says_so_and_has_no_bar() -> None:
    table = steps(YEAR, PAIRS, 2022, DECEMBER)
    bars, lacking = funding_steps(table, VI).data
    assert list(bars.x) == [None, 150, 130, 95, 25]
    assert bars.y[0] == "<b>Nhu cầu</b><br>chưa có số liệu"
    assert "0" not in bars.y[0]
    assert list(bars.base) == [0, 0, 0, 0, 95], "what is left begins where the disbursed money ends"
    assert list(lacking.x) == [None, None, 20, 35, None], "nothing lacks of a step that nobody told"
    assert "no figure yet" in funding_steps(table, EN).data[0].y[0]


def test_natures_show_only_the_stages_that_are_told() -> None:
    names = {"investment": "Đầu tư", "not_told": "Không tách"}
    figure = funding_natures(by_nature(YEAR, PAIRS, 2022, DECEMBER), VI, names)
    shown = {trace.name: list(trace.x) for trace in figure.data}
    assert shown["Đã giao"] == [120, 10]
    assert pd.isna(shown["Giải ngân"][1])
    assert {trace.marker.color for trace in figure.data} <= set(STAGE_COLORS.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_chart_of_the_way_shows_a_key_or_nothing(language: str) -> None:
    t = translator(language)
    names = {"investment": "Đầu tư", "not_told": "Không tách"}
    shown = [
        *texts(funding_steps(steps(YEAR, PAIRS, 2022, DECEMBER), t)),
        *texts(funding_natures(by_nature(YEAR, PAIRS, 2022, DECEMBER), t, names)),
        *funding_flow(LINKS, PLACES, t).data[0].node.customdata,
        *funding_flow(LINKS, PLACES, t).data[0].link.customdata,
    ]
    assert [text for text in shown if "nan" in text or "None" in text or "_" in text] == []
