"""How much room a chart's labels need, and how far its axis goes."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ntm.i18n import Translator
from ntm.reports.deck.model import Chart, Figure
from ntm.reports.deck.pptx_text import LINE, SMALL, Box, measure

GAP = 0.5
"""Room between categories, in widths of a bar."""
_ABOVE = 30
"""Height of a chart's title; its legend takes as much."""
_BESIDE = 190
"""Most that names of categories take beside bars."""
_HIGH = SMALL * LINE


def label(value: float, chart: Chart, t: Translator) -> str:
    """Return the printed label of a value."""
    return t.format.number(value, chart.decimals)


def value_of(figure: Figure | None) -> float | None:
    """Return what a chart draws of a figure: nothing where it is unknown."""
    return None if figure is None or figure.value is None else float(figure.value)  # type: ignore[arg-type]


def values(chart: Chart) -> list[float]:
    """Return the known values of a chart."""
    found = (value_of(figure) for series in chart.series for figure in series.figures)
    return [value for value in found if value is not None]


def widest(chart: Chart, t: Translator) -> float:
    """Return the width of the widest label."""
    return max((measure(label(value, chart, t), SMALL) for value in values(chart)), default=0)


def plot_size(chart: Chart, box: Box) -> tuple[float, float]:
    """Return about which width and height are left for the bars of a chart."""
    has_legend = len(chart.series) > 1
    height = box.height - _ABOVE * (2 if has_legend else 1)
    if chart.kind in {"bar", "stacked_bar"}:
        names = max((measure(name, SMALL) for name in chart.categories), default=0)
        return box.width - min(names + 16, _BESIDE) - 16, height
    return box.width - 24, height - 2 * _HIGH


def bars_in_group(chart: Chart) -> int:
    """Return how many bars stand side by side in a category."""
    return 1 if chart.kind.startswith("stacked") else len(chart.series)


def column_width(chart: Chart, categories: int, box: Box) -> float:
    """Return the width of one column (the height of one bar) where a chart has so many categories."""
    width, height = plot_size(chart, box)
    long = height if chart.kind in {"bar", "stacked_bar"} else width
    return long / max(categories, 1) / (bars_in_group(chart) + GAP)


def is_label_wide(chart: Chart, categories: int, box: Box, t: Translator) -> bool:
    """Tell whether labels of columns are wider than they may be, and have to stand upright."""
    is_upright = chart.kind in {"column", "stacked_column"}
    return is_upright and widest(chart, t) > column_width(chart, categories, box) * 1.05


def labels_fit(chart: Chart, categories: int, box: Box, t: Translator) -> bool:
    """Tell whether so many categories leave each label its place: in a line or, of columns, upright."""
    return chart.kind == "line" or column_width(chart, categories, box) >= _HIGH


def totals(chart: Chart) -> list[float]:
    """Return how far the bars reach: the values, or the sums of the stacked ones."""
    if not chart.kind.startswith("stacked"):
        return values(chart)
    columns = zip(*(series.figures for series in chart.series), strict=True)
    return [sum(value_of(one) or 0 for one in column) for column in columns]


def draws_goal(chart: Chart) -> bool:
    """Tell whether a goal can be a line over the chart; else it is said below it."""
    return chart.kind in {"line", "column"}


def goal_of(chart: Chart) -> list[float]:
    """Return the goal where it is drawn and known."""
    value = value_of(chart.goal)
    return [value] if value is not None and draws_goal(chart) else []


def room(chart: Chart) -> float:
    """Return the end of the axis of bars: a fifth longer than the longest, for its label."""
    return max([*totals(chart), *goal_of(chart)]) * (1.02 if chart.kind.startswith("stacked") else 1.2)


def line_scale(known: Sequence[float]) -> tuple[float, float, float]:
    """Return ends and step of the axis of lines, all whole; it begins at zero unless the lines would lie flat then."""
    low, high = min(known), max(known)
    base = min(low, 0) if low < 0.7 * high else low
    rough = max((high - base) / 5, 1)
    power = 10 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough)
    bottom = math.floor(base / step) * step
    top = math.ceil(high / step) * step
    return bottom, top + step if top - high < 0.35 * step else top, step
