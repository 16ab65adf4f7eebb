"""Charts of a deck as pictures: every figure is written as people there write it, nothing of a name is alive."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from html import unescape

import pytest
from PIL import Image

from ntm.i18n import translator
from ntm.reports.deck.chart_picture import WIDTH, chart_picture
from ntm.reports.deck.model import Chart
from tests import decks

VI, EN = translator("vi"), translator("en")
CHARTS = {slide.key: slide.chart for slide in decks.plain_slides() if slide.chart}


def words(content: bytes) -> list[str]:
    return [unescape(text) for text in re.findall(r"<text\b[^>]*>([^<]*)</text>", content.decode())]


def chart(key: str) -> Chart:
    found = CHARTS[key]
    assert found
    return found


def test_values_stand_at_the_bars_with_the_separators_of_the_language() -> None:
    amounts = {"170.909", "217.034", "149.056", "5.589.382", "16.928", "116.296"}
    assert amounts < set(words(chart_picture(chart("funding.need"), VI, "svg")))
    assert "5,589,382" in words(chart_picture(chart("funding.need"), EN, "svg"))


def test_the_unknown_is_said_and_is_no_zero() -> None:
    said = words(chart_picture(chart("results.standing"), VI, "svg"))
    assert VI("unknown") in said
    assert "0" not in said


def test_a_goal_is_told_with_its_value() -> None:
    assert "Mục tiêu: 18,2" in words(chart_picture(chart("criteria.mean"), VI, "svg"))


def test_bars_have_the_colours_of_their_series() -> None:
    content = chart_picture(chart("criteria.stacked_bar"), VI, "svg").decode()
    assert all(color.lower() in content.lower() for color in decks.COLORS[:3])


def test_a_zero_of_a_stack_is_not_drawn_and_each_part_with_room_has_its_value() -> None:
    said = words(chart_picture(chart("criteria.stacked_bar"), VI, "svg"))
    assert "0" not in said
    assert sorted(text for text in said if re.fullmatch(r"\d+", text)) == sorted(
        str(figure.value)
        for series in chart("criteria.stacked_bar").series
        for figure in series.figures
        if figure and figure.value
    )


def test_a_line_is_broken_at_each_unknown() -> None:
    paths = re.findall(
        r'<path d="([^"]*)"[^>]*style="([^"]*)"', chart_picture(chart("funding.paid"), VI, "svg").decode()
    )
    lines = [path for path, style in paths if f"stroke: {decks.COLORS[2].lower()}; stroke-width: 2" in style]
    assert [path.count("M") for path in lines] == [3]


@pytest.mark.parametrize("key", CHARTS)
def test_the_same_chart_gives_the_same_bytes_as_wide_as_the_text_of_a_page(key: str) -> None:
    first, again = (chart_picture(chart(key), VI, "svg") for _ in range(2))
    assert first == again
    width, _ = Image.open(io.BytesIO(chart_picture(chart(key), VI))).size
    assert width == pytest.approx(WIDTH / 2.54 * 220, abs=2)


def test_slim_columns_have_their_values_upright() -> None:
    many = chart("criteria.mean")
    wide = replace(many, series=many.series * 3, categories=many.categories * 3, decimals=3)
    wide = replace(wide, series=tuple(replace(one, figures=one.figures * 3) for one in wide.series))
    assert b"rotate(-90" in chart_picture(wide, VI, "svg")
    assert b"rotate(-90" not in chart_picture(many, VI, "svg")


def test_hostile_names_are_text_and_long_ones_are_cut_off() -> None:
    hostile = next(slide.chart for slide in decks.hostile_slides() if slide.chart)
    content = chart_picture(hostile, VI, "svg")
    assert b"<script" not in content
    assert "<script>" in "".join(words(content))
    assert max(len(text) for text in words(content)) < 40
    assert chart_picture(hostile, VI).startswith(b"\x89PNG")
