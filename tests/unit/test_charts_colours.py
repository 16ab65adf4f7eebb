"""Colours of one legend are told apart with any colour vision, and labels are legible on them."""

from __future__ import annotations

from itertools import combinations

import pytest

from ntm.charts import theme
from ntm.charts.map_layers import NOT_RURAL, UNKNOWN, specs
from tests.colour_vision import VISIONS, ciede2000, contrast, distance

TOLD_APART = 10.0
"""CIEDE2000 that areas of a map should lie apart to be told apart at a distance from each other (Brychtová and
Çöltekin 2017, 'The effect of spatial distance on the discriminability of colors in maps', CaGIS 44(3))."""

PALETTES = {
    "standards": theme.STANDARD_COLORS,
    "bands": theme.BAND_COLORS,
    "reform": theme.REFORM_COLORS,
    "sources": theme.SOURCE_COLORS,
    "stages": theme.STAGE_COLORS,
    "years": theme.YEAR_COLORS,
    "statuses": theme.STATUS_COLORS,
    "outcomes": theme.OUTCOME_COLORS,
    **{
        f"layer {name}": {**spec.colors, UNKNOWN: theme.UNKNOWN_COLOR, NOT_RURAL: theme.NOT_RURAL_COLOR}
        for name, spec in specs().items()
    },
}
SCALES = {
    "money": ["1", "2", "3", "4", "5"],
    "waiting": ["1", "2", "3", "4", "5"],
    "debt": ["1", "2", "3", "4"],
    "share": ["1", "2", "3", "4"],
    "distance": ["ntm_4", "ntm_2", "ntm_1", "ntm_0"],
    "change": ["1", "3"],
}
"""Palette of a layer -> its colours in the order of their meaning: more is darker."""


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("palette", PALETTES)
def test_colours_of_a_legend_are_told_apart(palette: str, vision: str) -> None:
    colors = PALETTES[palette]
    too_near = {
        f"{first}, {second}": round(apart, 1)
        for first, second in combinations(colors, 2)
        if (apart := distance(colors[first], colors[second], vision)) < TOLD_APART
    }
    assert too_near == {}


def test_a_nested_scale_grows_darker_with_each_standard_and_band() -> None:
    white = "#FFFFFF"
    nested = [theme.STANDARD_COLORS[name] for name in ("none", "ntm", "nang_cao", "kieu_mau")]
    shades = [contrast(color, white) for color in nested]
    assert shades == sorted(shades)


@pytest.mark.parametrize("palette", SCALES)
def test_the_scale_of_a_layer_grows_darker_in_one_direction(palette: str) -> None:
    colors = getattr(theme, f"{palette.upper()}_COLORS")
    shades = [contrast(colors[name], "#FFFFFF") for name in SCALES[palette]]
    assert shades == sorted(shades)
    if palette == "distance":
        above = [contrast(colors[name], "#FFFFFF") for name in ("above_4", "above_2", "above_1", "above_0", "top")]
        assert above == sorted(above)


def test_a_map_of_bands_uses_the_colours_of_standards_for_nothing_else_than_enough_or_not() -> None:
    assert theme.BAND_COLORS["unknown"] == theme.STANDARD_COLORS["unknown"]
    assert theme.BAND_COLORS["not_rural"] == theme.STANDARD_COLORS["not_rural"]


@pytest.mark.parametrize("color", sorted(set(theme.OUTCOME_COLORS.values())))
def test_marks_of_large_signs_have_enough_contrast_with_white(color: str) -> None:
    assert contrast(color, "#FFFFFF") >= 3


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
        ((50.0, 2.49, -0.001), (50.0, -2.49, 0.0011), 7.2195),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
        ((22.7233, 20.0904, -46.6940), (23.0331, 14.9730, -42.5619), 2.0373),
    ],
)
def test_the_distance_is_that_of_the_published_test_data(
    first: tuple[float, float, float], second: tuple[float, float, float], expected: float
) -> None:
    """Pairs of table 1 of Sharma, Wu and Dalal (2005)."""
    assert ciede2000(first, second) == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize(
    ("first", "second", "vision"),
    [
        ("#D55E00", "#6E7A00", "deuteranopia"),
        ("#C00000", "#3A3A00", "protanopia"),
        ("#0F8A9D", "#1B9E77", "tritanopia"),
    ],
)
def test_the_simulation_brings_confusable_colours_together(first: str, second: str, vision: str) -> None:
    assert distance(first, second, vision) < 0.6 * distance(first, second, "full")
