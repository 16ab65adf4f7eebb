"""A chart of a deck as a picture, drawn with its figures written on it in the language of the deck.

Lengths are centimetres: a picture is as wide as the text of an A4 page.
"""

from __future__ import annotations

import io
import textwrap
from collections.abc import Sequence
from functools import cache
from typing import Any, Literal

import matplotlib
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure as Picture
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from ntm.charts.theme import TARGET_COLOR
from ntm.i18n import Translator
from ntm.reports.deck.model import Chart, Figure
from ntm.reports.deck.plain_text import plain
from ntm.reports.map_canvas import INK, MUTED, PAPER, add_fonts, is_light

WIDTH = 17.0
Form = Literal["svg", "png"]
_DPI = 220
_CM = 1 / 2.54
_SIZE, _SMALL = 8.5, 7.5
_LETTER = 0.0205
"""Mean width of a letter for each point of its size, in centimetres."""
_LINE = 0.047
"""Height of a line for each point of its size, in centimetres."""
_AXIS = "#7C8A92"
_UNDER = {"facecolor": PAPER, "edgecolor": "none", "pad": 0.6}
"""What keeps the line of a goal from striking a value through."""


def chart_picture(chart: Chart, t: Translator, form: Form = "png", width: float = WIDTH) -> bytes:
    """Return a chart as PNG (220 dots an inch) or as SVG with real text in Be Vietnam Pro; title and unit not on it."""
    lies = chart.kind in ("bar", "stacked_bar")
    legend = _legend_lines(chart, t, width)
    top = 0.25 + len(legend) * 0.5
    categories = [plain(name) for name in chart.categories]
    if lies:
        labels = [_wrapped(name, 27, 2) for name in categories]
        bars = 1 if chart.kind == "stacked_bar" else len(chart.series)
        least = 0.92 if any("\n" in label for label in labels) else 0.72
        inner = max(1.6, len(categories) * max(least, 0.48 * bars + 0.24))
        left, below = 4.9, 0.15
    else:
        room = (width - 1.0) / max(1, len(categories))
        labels = [_wrapped(name, max(5, int(room / (_SMALL * _LETTER)) - 1), 4) for name in categories]
        inner, left = 5.2, 0.5
        below = 0.25 + _SMALL * _LINE * max((label.count("\n") + 1 for label in labels), default=1)
    height = top + inner + below
    add_fonts()
    picture = Picture(figsize=(width * _CM, height * _CM), dpi=_DPI, facecolor=PAPER)
    FigureCanvasAgg(picture)
    right = 1.9 if lies else 0.5
    axes = picture.add_axes((left / width, below / height, (width - left - right) / width, inner / height))
    draw = {"bar": _bars, "column": _bars, "stacked_bar": _stacks, "stacked_column": _stacks, "line": _lines}
    draw[chart.kind](axes, chart, t, width - left - right, inner)
    _axis(axes, labels, lies)
    _goal(axes, chart, t, lies)
    for at, line in enumerate(legend):
        _legend(picture, line, 1 - (0.1 + 0.5 * at) / height)
    return _saved(picture, form)


def _bars(axes: Axes, chart: Chart, t: Translator, width: float, height: float) -> None:
    """Draw bars side by side; the value stands at the end of each, upright over a column that is too slim for it."""
    lies, count = chart.kind == "bar", len(chart.series)
    thick = 0.72 / count
    longest, lowest = _largest(chart), min(0.0, _smallest(chart))
    letters = max((len(t.format.number(value, chart.decimals)) for value in _values(chart)), default=1)
    slim = not lies and letters * _SIZE * _LETTER > thick * width / max(1, len(chart.categories))
    for at, series in enumerate(chart.series):
        for place, figure in enumerate(series.figures):
            where = place - 0.36 + thick * (at + 0.5)
            value = _value(figure)
            (axes.barh if lies else axes.bar)(where, value or 0, thick * 0.92, color=series.color)
            words = t("unknown") if value is None else t.format.number(value, chart.decimals)
            _at_end(axes, words, where, value or 0, lies, slim)
    letters = max(letters, len(t("unknown")))
    above = (letters * _SMALL * _LETTER if slim else _SIZE * _LINE) + 0.2
    room = 1.02 if lies else height / (height - above)
    _limits(axes, lies, lowest * 1.15, longest * room or 1)


def _at_end(axes: Axes, words: str, where: float, value: float, lies: bool, slim: bool = False) -> None:
    """Write a value at the end of its bar, the unknown in grey at the axis."""
    back = value < 0
    look = _look(_SMALL if slim else _SIZE, color=INK if words[-1:].isdigit() else MUTED)
    look |= {"annotation_clip": False, "zorder": 4, "rotation": 90 if slim else 0}
    if lies:
        place, offset = (value, where), (-4 if back else 4, 0)
        look |= {"ha": "right" if back else "left", "va": "center_baseline"}
    else:
        place, offset = (where, value), (0, -3 if back else 3)
        look |= {"ha": "center", "va": "top" if back else "bottom"}
    axes.annotate(words, place, offset, textcoords="offset points", bbox=_UNDER, **look)


def _stacks(axes: Axes, chart: Chart, t: Translator, width: float, height: float) -> None:
    """Draw bars on top of each other; a value is written where its part has room for it."""
    lies = chart.kind == "stacked_bar"
    sums = [sum(_value(series.figures[at]) or 0 for series in chart.series) for at in range(len(chart.categories))]
    longest = max([*sums, _goal_value(chart)], default=0) or 1
    for place in range(len(chart.categories)):
        begun = 0.0
        for series in chart.series:
            value = _value(series.figures[place])
            if not value:
                continue
            if lies:
                axes.barh(place, value, 0.68, begun, color=series.color, edgecolor=PAPER, linewidth=0.7)
            else:
                axes.bar(place, value, 0.62, begun, color=series.color, edgecolor=PAPER, linewidth=0.7)
            words = t.format.number(value, chart.decimals)
            wide, high = len(words) * _SIZE * _LETTER * 1.15, _SIZE * _LINE
            long = value / longest
            if (long * width > wide) if lies else (long * height > high):
                middle = (begun + value / 2, place) if lies else (place, begun + value / 2)
                ink = INK if is_light(series.color) else PAPER
                axes.text(middle[0], middle[1], words, ha="center", va="center_baseline", **_look(_SIZE, color=ink))
            begun += value
        if all(_value(series.figures[place]) is None for series in chart.series):
            _at_end(axes, t("unknown"), place, 0, lies)
    _limits(axes, lies, 0, longest * (1.02 if lies else 1.06))


def _lines(axes: Axes, chart: Chart, t: Translator, width: float, height: float) -> None:
    """Draw lines with a gap at each unknown; where each point has no room for its value, first and last have theirs."""
    count = max(1, len(chart.categories))
    longest, lowest = _largest(chart) or 1, min(0.0, _smallest(chart))
    for at, series in enumerate(chart.series):
        values = [_value(figure) for figure in series.figures]
        heights = [float("nan") if value is None else value for value in values]
        axes.plot(range(count), heights, color=series.color, linewidth=2, marker="o", markersize=4)
        known = [place for place, value in enumerate(values) if value is not None]
        longest_word = max((len(t.format.number(values[place], chart.decimals)) for place in known), default=0)
        fits = longest_word * _SMALL * _LETTER * 1.1 < width / count and len(chart.series) == 1
        for place in known if fits else sorted({*known[:1], *known[-1:]}):
            words = t.format.number(values[place], chart.decimals)
            above = at % 2 == 0
            axes.annotate(
                words, (place, values[place] or 0), (0, 5 if above else -6), textcoords="offset points", ha="center",
                va="bottom" if above else "top", annotation_clip=False, bbox=_UNDER, zorder=4, **_look(_SMALL),
            )  # fmt: skip
    axes.set_xlim(-0.55, count - 0.45)
    _limits(axes, False, lowest - longest * 0.1, longest * 1.12)


def _axis(axes: Axes, labels: Sequence[str], lies: bool) -> None:
    """Write the categories; values stand at the bars, so there is no scale."""
    at = range(len(labels))
    for side in ("top", "right", "bottom" if lies else "left"):
        axes.spines[side].set_visible(False)
    axes.spines["left" if lies else "bottom"].set_color(_AXIS)
    if lies:
        axes.set_yticks(at, labels, linespacing=1.15, **_look(_SIZE))
        axes.set_ylim(len(labels) - 0.5, -0.5)
        axes.set_xticks([])
    else:
        axes.set_xticks(at, labels, linespacing=1.15, **_look(_SMALL if len(labels) <= 9 else _SMALL - 1))
        axes.set_xlim(-0.5, len(labels) - 0.5)
        axes.set_yticks([])
    axes.tick_params(length=0, pad=4)


def _goal(axes: Axes, chart: Chart, t: Translator, lies: bool) -> None:
    if not _goal_value(chart):
        return
    look: dict[str, Any] = {"color": TARGET_COLOR, "linestyle": (0, (5, 3)), "linewidth": 1.4, "zorder": 3}
    (axes.axvline if lies else axes.axhline)(_goal_value(chart), **look)


def _legend_lines(chart: Chart, t: Translator, width: float) -> list[list[tuple[str, str, bool]]]:
    """Return name, colour and whether it is the goal, in lines that fit the width."""
    entries = [(_wrapped(plain(one.name), 60, 1), one.color, False) for one in chart.series]
    if len(entries) == 1:
        entries = []
    if chart.goal and _goal_value(chart):
        value = t.format.number(_goal_value(chart), chart.decimals)
        entries.append((t("deck.paper.goal", name=plain(chart.goal_name), value=value), TARGET_COLOR, True))
    lines: list[list[tuple[str, str, bool]]] = []
    room = 0.0
    for entry in entries:
        need = len(entry[0]) * _SIZE * _LETTER + 1.0
        if not lines or need > room:
            lines.append([])
            room = width - 0.4
        lines[-1].append(entry)
        room -= need
    return lines


def _legend(picture: Picture, entries: Sequence[tuple[str, str, bool]], y: float) -> None:
    signs = [
        Line2D([], [], color=color, linestyle=(0, (5, 3)), linewidth=1.4) if is_goal else Patch(color=color)
        for _, color, is_goal in entries
    ]
    family = _look(_SIZE)
    made = picture.legend(
        signs, [name for name, _, _ in entries], loc="upper left", bbox_to_anchor=(0.01, y), ncols=len(entries),
        frameon=False, borderaxespad=0, borderpad=0, handlelength=1.6, columnspacing=1.4,
        prop={"family": family["family"], "size": _SIZE},
    )  # fmt: skip
    for words in made.get_texts():
        words.set_parse_math(False)
        words.set_color(INK)


def _limits(axes: Axes, lies: bool, lowest: float, highest: float) -> None:
    (axes.set_xlim if lies else axes.set_ylim)(lowest, highest if highest > lowest else lowest + 1)


def _value(figure: Figure | None) -> float | None:
    return None if figure is None or figure.value is None else float(figure.value)  # type: ignore[arg-type]


def _values(chart: Chart) -> list[float]:
    found = [_value(figure) for series in chart.series for figure in series.figures]
    return [value for value in found if value is not None]


def _largest(chart: Chart) -> float:
    return max([*_values(chart), _goal_value(chart)], default=0)


def _smallest(chart: Chart) -> float:
    return min(_values(chart), default=0)


def _goal_value(chart: Chart) -> float:
    return _value(chart.goal) or 0.0


def _wrapped(words: str, width: int, most: int) -> str:
    """Return a label in at most so many lines, the last one cut off with '…'."""
    lines = textwrap.wrap(words, width, max_lines=most, placeholder=" …") or [""]
    return "\n".join(lines)


def _look(size: float, **look: Any) -> dict[str, Any]:
    return {"family": ["Be Vietnam Pro", "DejaVu Sans"], "fontsize": size, "color": INK, "parse_math": False, **look}


@cache
def _set_up_svg() -> None:
    """Make SVG of the same chart the same bytes, with text as text: both can be set for the whole process alone."""
    matplotlib.rcParams["svg.hashsalt"] = "ntm"
    matplotlib.rcParams["svg.fonttype"] = "none"


def _saved(picture: Picture, form: Form) -> bytes:
    content = io.BytesIO()
    if form == "svg":
        _set_up_svg()
        picture.savefig(content, format="svg", metadata={"Date": None})
    else:
        picture.savefig(content, format="png", dpi=_DPI)
    return content.getvalue()
