"""Charts that PowerPoint draws itself: the numbers lie in a workbook inside, and can be edited there.

A number format's ',' and '.' follow the machine's region, whatever locale code it carries. So whole numbers carry the
separators of the deck's language as letters of the format; numbers with decimals get labels that are text.
"""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import xlsxwriter
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_MARKER_STYLE, XL_TICK_MARK
from pptx.enum.dml import MSO_LINE
from pptx.util import Pt

from ntm.i18n import Translator
from ntm.reports.deck.model import Chart, Series
from ntm.reports.deck.plain_text import plain
from ntm.reports.deck.pptx_chart_axes import goal_of, label, labels_fit, line_scale, room, totals, value_of, values
from ntm.reports.deck.pptx_chart_labels import label_lines, label_points, number_format
from ntm.reports.deck.pptx_template import MUTED
from ntm.reports.deck.pptx_text import FONT, SMALL, Box, rgb, shortened, style
from ntm.reports.sheet_text import write_text

_KINDS = {
    "bar": XL_CHART_TYPE.BAR_CLUSTERED,
    "column": XL_CHART_TYPE.COLUMN_CLUSTERED,
    "stacked_bar": XL_CHART_TYPE.BAR_STACKED,
    "stacked_column": XL_CHART_TYPE.COLUMN_STACKED,
    "line": XL_CHART_TYPE.LINE_MARKERS,
}
_CATEGORY_WIDTH = 230
_GOAL = "#C2410C"


def has_values(chart: Chart) -> bool:
    """Tell whether any value is known."""
    return bool(values(chart))


def parts(chart: Chart, box: Box, t: Translator) -> list[Chart]:
    """Return the chart in as many charts as its categories need for their labels to stand apart."""
    count = len(chart.categories)
    most = next((size for size in range(count, 0, -1) if labels_fit(chart, size, box, t)), 1)
    pieces = -(-count // most)
    size = -(-count // pieces)
    return [_cut(chart, slice(start, start + size)) for start in range(0, count, size)]


def _cut(chart: Chart, part: slice) -> Chart:
    series = tuple(replace(one, figures=one.figures[part]) for one in chart.series)
    return replace(chart, categories=chart.categories[part], series=series)


def unknown_places(chart: Chart) -> list[str]:
    """Return where nothing is known: categories that all series lack, then each series with those that it lacks."""
    lacking = {
        plain(series.name): [at for at, figure in enumerate(series.figures) if value_of(figure) is None]
        for series in chart.series
    }
    of_all = set.intersection(*map(set, lacking.values())) if lacking else set()
    names = [plain(category) for category in chart.categories]
    places = [names[at] for at in sorted(of_all)]
    for series, found in lacking.items():
        own = [names[at] for at in found if at not in of_all]
        places += [f"{series} ({', '.join(own)})"] if own else []
    return places


def has_text_labels(chart: Chart, t: Translator) -> bool:
    """Tell whether labels are texts, which stay as they are when the numbers are edited."""
    return number_format(totals(chart), chart.decimals, t) is None


def draw(shapes: Any, chart: Chart, box: Box, t: Translator, title: str, *, ink: str) -> Any:
    """Draw a chart with values into a box and return its shape. `title` is written above it.

    ink: the colour of words; empty where an office's theme has its own, and its own face.
    """
    drawn = _with_goal(chart, t)
    data = CategoryChartData(number_format=number_format(values(drawn), chart.decimals, t) or "General")
    data.categories = [shortened(plain(name), SMALL, _CATEGORY_WIDTH, 2) or " " for name in chart.categories]
    for series in drawn.series:
        data.add_series(plain(series.name), [value_of(figure) for figure in series.figures])
    frame = shapes.add_chart(_KINDS[chart.kind], *box.emu(), data)
    made = frame.chart
    made.part.chart_workbook.update_from_xlsx_blob(_workbook(drawn))
    style(made.font, SMALL, color=ink)
    if ink:
        made.font.name = FONT
    _entitle(made, shortened(title, SMALL, box.width - 20, 2, bold=True), ink)
    plot = made.plots[0]
    for series, model in zip(plot.series, drawn.series, strict=True):
        _color(series, model.color, chart.kind)
    made.has_legend = len(drawn.series) > 1
    if made.has_legend:
        made.legend.position, made.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
        style(made.legend.font, SMALL)
    _axes(made, drawn, t)
    if chart.kind == "line":
        label_lines(plot, chart, box, t, ink)
    else:
        plot.gap_width = 50
        if chart.kind.startswith("stacked"):
            plot.overlap = 100
        label_points(plot, chart, box, t, ink)
        if len(drawn.series) > len(chart.series):
            _as_line(made)
    return frame


def _with_goal(chart: Chart, t: Translator) -> Chart:
    """Return the chart with its goal as one more line, where lines can be drawn over it."""
    drawn = goal_of(chart)
    if not drawn:
        return chart
    name = t("deck.paper.goal", name=chart.goal_name, value=label(drawn[0], chart, t))
    goal = Series(name, (chart.goal,) * len(chart.categories), _GOAL)
    return replace(chart, series=(*chart.series, goal))


def _workbook(chart: Chart) -> bytes:
    """Return the workbook of a chart as PowerPoint lays it out; no text of it is a formula, a link or a number."""
    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(content, options) as book:
        page = book.add_worksheet("Sheet1")
        for row, category in enumerate(chart.categories, 1):
            write_text(page, row, 0, plain(category))
        for column, series in enumerate(chart.series, 1):
            write_text(page, 0, column, plain(series.name))
            for row, figure in enumerate(series.figures, 1):
                value = value_of(figure)
                if value is not None:
                    page.write_number(row, column, value)
        page.set_column(0, len(chart.series), 20)
    return content.getvalue()


def _entitle(made: Any, title: str, ink: str) -> None:
    made.has_title = bool(title)
    if not title:
        return
    frame = made.chart_title.text_frame
    frame.text = title
    style(frame.paragraphs[0].runs[0].font, SMALL, bold=True, color=ink)
    made.chart_title.include_in_layout = False


def _color(series: Any, color: str, kind: str) -> None:
    if kind != "line":
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = rgb(color)
        series.invert_if_negative = False
        return
    series.smooth = False
    series.format.line.color.rgb = rgb(color)
    series.format.line.width = Pt(2.5)
    if color == _GOAL:
        series.format.line.dash_style = MSO_LINE.DASH
        series.marker.style = XL_MARKER_STYLE.NONE
        return
    series.marker.style, series.marker.size = XL_MARKER_STYLE.CIRCLE, 7
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = rgb(color)
    series.marker.format.line.color.rgb = rgb(color)


def _axes(made: Any, chart: Chart, t: Translator) -> None:
    names, axis = made.category_axis, made.value_axis
    names.major_tick_mark = axis.major_tick_mark = XL_TICK_MARK.NONE
    style(names.tick_labels.font, SMALL)
    names.format.line.color.rgb = rgb(MUTED)
    names.reverse_order = chart.kind in {"bar", "stacked_bar"}
    known = values(chart)
    if chart.kind != "line":
        axis.visible = axis.has_major_gridlines = False
        axis.minimum_scale = 0 if min(known) >= 0 else None
        axis.maximum_scale = room(chart) if max(known) > 0 else 1
        return
    low, high, step = line_scale(known)
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = low, high, step
    axis.major_gridlines.format.line.color.rgb = rgb("#D5DBDF")
    axis.format.line.fill.background()
    style(axis.tick_labels.font, SMALL)
    axis.tick_labels.number_format = number_format([low, high], 0, t) or "0"
    axis.tick_labels.number_format_is_linked = False


def _as_line(made: Any) -> None:
    """Turn the last series of a column chart, its goal, into a dashed line over the same axes."""
    bars = made._chartSpace.chart.plotArea.xpath("c:barChart")[0]
    series = bars.xpath("c:ser")[-1]
    for unfit in series.xpath("c:invertIfNegative|c:dLbls|c:spPr"):
        series.remove(unfit)
    name = series.nsmap["c"]
    line = bars.makeelement(f"{{{name}}}lineChart", nsmap=bars.nsmap)
    bars.addnext(line)
    for tag, value in (("grouping", "standard"), ("varyColors", "0")):
        line.append(line.makeelement(f"{{{name}}}{tag}", {"val": value}))
    line.append(series)
    line.append(line.makeelement(f"{{{name}}}marker", {"val": "1"}))
    for axis in bars.xpath("c:axId"):
        line.append(line.makeelement(f"{{{name}}}axId", {"val": axis.get("val")}))
    plot = next(one for one in made.plots if one._element is line)
    _color(plot.series[0], _GOAL, "line")
