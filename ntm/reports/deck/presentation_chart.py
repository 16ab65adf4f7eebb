"""A chart of a deck as places in per cent, which the presentation's page draws: texts stay texts, sharp at any size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ntm.i18n import Translator
from ntm.reports.deck.model import Chart, Figure
from ntm.reports.deck.plain_text import plain
from ntm.reports.map_canvas import INK, PAPER, is_light

_HEADROOM = 1.02
_LETTER = 1.15
"""Least width of a letter in a stacked bar, in per cent of the bar's room: what has no room is in the table alone."""
_WIDTHS = (1.1, 1.95)
"""Width of a letter above a column in per cent of a chart over the whole slide, and over half of it."""
_LEAST_HEIGHT = 9.0
"""Least height of a part of a stacked column that has its number on it, in per cent."""


Side = Literal["above", "below"]


@dataclass(frozen=True)
class Mark:
    """One value: where it begins and how long it is (per cent), its text, and the colours of both.

    is_told: its text has room. is_known: an unknown value has a text and no length.
    """

    start: float
    length: float
    text: str
    color: str
    ink: str
    is_told: bool = True
    is_known: bool = True


@dataclass(frozen=True)
class Line:
    """One series of a line chart: its points (per cent from the left, from below) in unbroken runs, and its labels.

    Those of each second series stand below their points, where the axis leaves them room.
    """

    color: str
    runs: tuple[tuple[tuple[float, float], ...], ...]
    labels: tuple[tuple[float, float, str, Side], ...]


@dataclass(frozen=True)
class Drawing:
    """A chart ready to be drawn. `rows` are marks by category, in per cent.

    letters: of the longest value. is_upright: values have no room beside each other above their columns.
    """

    kind: str
    title: str
    unit: str
    legend: tuple[tuple[str, str], ...]
    categories: tuple[str, ...]
    rows: tuple[tuple[Mark, ...], ...]
    lines: tuple[Line, ...]
    goal: float | None
    goal_text: str
    letters: int
    is_upright: bool


def drawing(chart: Chart, t: Translator, is_half: bool = False) -> Drawing:
    """Return what the page draws of a chart, over the slide's width or half of it.

    An unknown value is told as such and never drawn as zero.
    """
    is_stacked = chart.kind.startswith("stacked")
    scale = _Scale.of(chart, is_stacked)
    rows = [(_stack if is_stacked else _side_by_side)(chart, place, scale, t) for place in range(len(chart.categories))]
    letters = 0 if is_stacked else max((len(mark.text) for marks in rows for mark in marks), default=0)
    slots = len(chart.categories) * (len(chart.series) + 0.4)
    goal = chart.goal if chart.goal and _value(chart.goal) is not None else None
    return Drawing(
        kind=chart.kind,
        title=plain(chart.title),
        unit=plain(chart.unit),
        legend=tuple((plain(one.name), one.color) for one in chart.series) if len(chart.series) > 1 else (),
        categories=tuple(plain(name) for name in chart.categories),
        rows=tuple(rows),
        lines=tuple(_line(chart, at, scale) for at in range(len(chart.series))) if chart.kind == "line" else (),
        goal=scale.at(_value(goal) or 0) if goal else None,
        goal_text=t("deck.paper.goal", name=plain(chart.goal_name), value=plain(goal.text)) if goal else "",
        letters=letters or len(t("unknown")),
        is_upright=chart.kind == "column" and letters * _WIDTHS[is_half] > 100 / max(slots, 1),
    )


@dataclass(frozen=True)
class _Scale:
    lowest: float
    highest: float

    @classmethod
    def of(cls, chart: Chart, is_stacked: bool) -> _Scale:
        columns = list(zip(*(one.figures for one in chart.series), strict=True))
        known = [[value for figure in column if (value := _value(figure)) is not None] for column in columns]
        ends = [sum(values) for values in known] if is_stacked else [value for values in known for value in values]
        ends += [value for value in [_value(chart.goal)] if value is not None]
        highest, lowest = max([0.0, *ends]), min([0.0, *ends])
        return cls(lowest * _HEADROOM, highest * _HEADROOM or 1.0)

    def at(self, value: float) -> float:
        return round(100 * (value - self.lowest) / (self.highest - self.lowest), 3)

    def length(self, value: float) -> float:
        return round(100 * abs(value) / (self.highest - self.lowest), 3)


def _side_by_side(chart: Chart, place: int, scale: _Scale, t: Translator) -> tuple[Mark, ...]:
    marks = []
    for series in chart.series:
        figure = series.figures[place]
        value = _value(figure)
        if figure is None or value is None:
            marks.append(Mark(scale.at(0), 0, t("unknown"), series.color, INK, is_known=False))
        else:
            start = scale.at(min(value, 0))
            marks.append(Mark(start, scale.length(value), plain(figure.text), series.color, INK))
    return tuple(marks)


def _stack(chart: Chart, place: int, scale: _Scale, t: Translator) -> tuple[Mark, ...]:
    lies = chart.kind == "stacked_bar"
    marks, end = [], 0.0
    for series in chart.series:
        figure = series.figures[place]
        value = _value(figure)
        if figure is None or value is None:
            continue
        length, text = scale.length(value), plain(figure.text)
        is_told = value != 0 and length > (_LETTER * (len(text) + 1) if lies else _LEAST_HEIGHT)
        ink = INK if is_light(series.color) else PAPER
        marks.append(Mark(scale.at(end), length, text, series.color, ink, is_told))
        end += value
    return tuple(marks) or (Mark(scale.at(0), 0, t("unknown"), INK, INK, is_known=False),)


def _line(chart: Chart, at: int, scale: _Scale) -> Line:
    series, count = chart.series[at], len(chart.categories)
    runs: list[list[tuple[float, float]]] = [[]]
    told = []
    for place, figure in enumerate(series.figures):
        value = _value(figure)
        if figure is None or value is None:
            runs.append([])
            continue
        point = (round(100 * (place + 0.5) / count, 3), scale.at(value))
        runs[-1].append(point)
        told.append((*point, plain(figure.text)))
    fits = max((len(text) for _, _, text in told), default=0) * count <= 70
    labels = told if fits and len(chart.series) <= 2 else _first_and_last(told)
    sided: list[tuple[float, float, str, Side]] = [
        (x, y, text, "above" if at % 2 == 0 else "below") for x, y, text in labels if at % 2 == 0 or y > _LEAST_HEIGHT
    ]
    return Line(series.color, tuple(tuple(run) for run in runs if run), tuple(sided))


def _first_and_last(told: Sequence[tuple[float, float, str]]) -> list[tuple[float, float, str]]:
    return [told[0], told[-1]] if len(told) > 1 else list(told)


def _value(figure: Figure | None) -> float | None:
    return None if figure is None or figure.value is None else float(figure.value)  # type: ignore[arg-type]
