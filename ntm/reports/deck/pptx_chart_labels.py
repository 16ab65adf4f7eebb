"""Labels of charts, written as the deck's language writes numbers on every machine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pptx.enum.chart import XL_LABEL_POSITION

from ntm.i18n import Translator
from ntm.reports.deck.model import Chart, Series
from ntm.reports.deck.pptx_chart_axes import (
    goal_of,
    is_label_wide,
    label,
    line_scale,
    plot_size,
    room,
    totals,
    value_of,
    values,
)
from ntm.reports.deck.pptx_template import INK
from ntm.reports.deck.pptx_text import LINE, SMALL, Box, measure, style
from ntm.reports.map_canvas import PAPER, is_light

_MANY_POINTS = 6


def number_format(known: Sequence[float], decimals: int, t: Translator) -> str | None:
    """Return a format that writes whole numbers alike on every machine; None where there is none.

    A format has two conditions at most: for thousands and millions. Decimals have a separator that is the machine's.
    """
    if decimals or any(value >= 999_999_999.5 or value <= -999.5 for value in known):
        return None
    dot = "\\" + t.format.number(1000)[1]
    millions = f"[>=999999.5]#{dot}###{dot}##0;" if any(value >= 999_999.5 for value in known) else ""
    thousands = f"[>=999.5]#{dot}##0;" if any(value >= 999.5 for value in known) else ""
    return f"{millions}{thousands}0"


def label_points(plot: Any, chart: Chart, box: Box, t: Translator, ink: str) -> None:
    """Label bars and columns at their ends, stacked ones within, where a label has room in its part."""
    is_stacked = chart.kind.startswith("stacked")
    position = XL_LABEL_POSITION.CENTER if is_stacked else XL_LABEL_POSITION.OUTSIDE_END
    whole = totals(chart)
    code = number_format(whole, chart.decimals, t)
    is_turned = is_label_wide(chart, len(chart.categories), box, t)
    for series, model in zip(plot.series, chart.series, strict=False):
        color = _ink_on(model.color) if is_stacked else ink
        labels = series.data_labels
        labels.show_value = True
        labels.number_format, labels.number_format_is_linked = code or "General", False
        labels.position = position
        style(labels.font, SMALL, color=color)
        if is_turned:
            _turn(labels._element)
        for at, figure in enumerate(model.figures):
            value = value_of(figure)
            if value is None:
                continue
            if _is_crossed(value, chart, box):
                _put(
                    series,
                    at,
                    label(value, chart, t),
                    code,
                    _ink_on(model.color),
                    XL_LABEL_POSITION.INSIDE_END,
                    is_turned,
                )
            elif is_stacked and not _has_room(value, max(whole), chart, box, t, is_turned):
                _drop(labels, at)
            elif code is None:
                _write(series, at, label(value, chart, t), color, position, is_turned)


def label_lines(plot: Any, chart: Chart, box: Box, t: Translator, ink: str) -> None:
    """Label the last known point of each line, and every point of a line that is alone and short.

    A label stands above its point, or below where another point, label or the goal is in the way.
    """
    low, high, _ = line_scale([*values(chart), *goal_of(chart)])
    line = SMALL * LINE * (high - low) / plot_size(chart, box)[1]
    code = number_format(values(chart), chart.decimals, t)
    is_alone = len(chart.series) == 1 and len(chart.categories) <= _MANY_POINTS
    taken: dict[int, list[float]] = {}
    for at, category in enumerate(zip(*(series.figures for series in chart.series), strict=True)):
        taken[at] = [*goal_of(chart), *(value for one in category if (value := value_of(one)) is not None)]
    for series, model in sorted(zip(plot.series, chart.series, strict=False), key=lambda pair: -_last(pair[1])[1]):
        for point, figure in enumerate(model.figures):
            value = value_of(figure)
            if value is None or not (is_alone or point == _last(model)[0]):
                continue
            others = [other for other in taken[point] if other != value]
            places = {XL_LABEL_POSITION.ABOVE: value + 0.8 * line, XL_LABEL_POSITION.BELOW: value - 0.8 * line}
            if any(other > value for other in others if other not in goal_of(chart)):
                places = dict(reversed(places.items()))
            free = {
                place: middle for place, middle in places.items() if all(abs(middle - o) > 0.7 * line for o in others)
            }
            position, middle = next(iter(free.items()), (XL_LABEL_POSITION.RIGHT, value))
            taken[point].append(middle)
            _put(series, point, label(value, chart, t), code, ink, position, False)


def _ink_on(color: str) -> str:
    return INK if is_light(color) else PAPER


def _last(series: Series) -> tuple[int, float]:
    """Return place and value of the last known point; of none a place before all."""
    known = [(at, value) for at, one in enumerate(series.figures) if (value := value_of(one)) is not None]
    return known[-1] if known else (-1, 0.0)


def _is_crossed(value: float, chart: Chart, box: Box) -> bool:
    """Tell whether the line of the goal would go through the label above a column."""
    if chart.kind != "column":
        return False
    line = SMALL * LINE * room(chart) / plot_size(chart, box)[1]
    return any(-0.1 * line < goal - value < 1.3 * line for goal in goal_of(chart))


def _put(series: Any, at: int, text: str, code: str | None, color: str, position: Any, is_turned: bool) -> None:
    """Give a point a label of its own: its number by the format, or a text where there is none."""
    if code is None:
        _write(series, at, text, color, position, is_turned)
        return
    made = series.points[at].data_label
    made.position = position
    style(made.font, SMALL, color=color)
    entry = made._dLbl
    form = entry.makeelement(f"{{{entry.nsmap['c']}}}numFmt", {"formatCode": code, "sourceLinked": "0"})
    entry.xpath("c:idx")[0].addnext(form)


def _has_room(value: float, longest: float, chart: Chart, box: Box, t: Translator, is_turned: bool) -> bool:
    width, height = plot_size(chart, box)
    text = measure(label(value, chart, t), SMALL)
    if chart.kind == "stacked_bar":
        return value / longest * width > text + 4 if longest else False
    return value / longest * height > (text + 4 if is_turned else SMALL * LINE) if longest else False


def _write(series: Any, at: int, text: str, color: str, position: Any, is_turned: bool) -> None:
    """Give a point a label that is text."""
    made = series.points[at].data_label
    made.text_frame.text = text
    style(made.text_frame.paragraphs[0].runs[0].font, SMALL, color=color)
    if is_turned:
        made.text_frame._txBody.bodyPr.set("rot", "-5400000")
        made.text_frame._txBody.bodyPr.set("vert", "horz")
    made.position = position


def _turn(labels: Any) -> None:
    """Let labels stand upright, read from below."""
    for body in labels.xpath("c:txPr/a:bodyPr"):
        body.set("rot", "-5400000")
        body.set("vert", "horz")


def _drop(labels: Any, at: int) -> None:
    """Leave a point without label."""
    entry = labels._element._insert_dLbl_in_sequence(at)
    for part in list(entry)[1:]:
        entry.remove(part)
    entry.append(entry.makeelement(f"{{{entry.nsmap['c']}}}delete", {"val": "1"}))
