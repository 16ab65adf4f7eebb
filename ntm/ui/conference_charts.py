"""A chart of a deck in the browser, and the table of its figures."""

from __future__ import annotations

import html
from decimal import Decimal
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from ntm.charts.theme import TARGET_COLOR, draw, line_at
from ntm.formatting import UNKNOWN
from ntm.i18n import Translator
from ntm.reports.deck.model import Chart, Figure, Series
from ntm.reports.deck.plain_text import plain

_BAR, _TOP = 44, 90


def figure_of(chart: Chart, t: Translator) -> go.Figure:
    """Return the chart with the printed text of each figure on it; names are no markup."""
    lies = chart.kind in ("bar", "stacked_bar")
    bars = 1 if chart.kind.startswith("stacked") else len(chart.series)
    categories = [html.escape(plain(name)) for name in chart.categories]
    values = {"rangemode": "tozero", "tickformat": ",", "title": {"text": html.escape(chart.unit)}}
    layout: dict[str, Any] = {
        "barmode": "stack" if chart.kind.startswith("stacked") else "group",
        "showlegend": len(chart.series) > 1,
        ("yaxis" if lies else "xaxis"): {"type": "category", **({"autorange": "reversed"} if lies else {})},
        ("xaxis" if lies else "yaxis"): values,
    }
    if chart.goal and chart.goal.value is not None:
        layout["shapes"] = [line_at("x" if lies else "y", _number(chart.goal), color=TARGET_COLOR, width=2, dash="dot")]
    height = _TOP + _BAR * bars * len(categories) if lies else 380
    return draw([_trace(series, chart, categories) for series in chart.series], layout, t.language, height)


def table_of(chart: Chart) -> tuple[pd.DataFrame, dict[str, str]]:
    """Return the figures of a chart as they are printed, a category a row, and the headings of the columns."""
    columns = {"category": list(chart.categories)}
    labels = {"category": ""}
    for number, series in enumerate(chart.series):
        columns[f"series_{number}"] = [_text(figure) for figure in series.figures]
        labels[f"series_{number}"] = series.name
    return pd.DataFrame(columns), labels


def _trace(series: Series, chart: Chart, categories: list[str]) -> dict[str, Any]:
    values = [_number(figure) for figure in series.figures]
    lies = chart.kind in ("bar", "stacked_bar")
    name = html.escape(plain(series.name))
    common = {
        "x": values if lies else categories,
        "y": categories if lies else values,
        "name": name,
        "text": [html.escape(_text(figure)) for figure in series.figures],
        "hovertemplate": ("%{y}" if lies else "%{x}") + ": %{text}<extra>" + name + "</extra>",
    }
    if chart.kind == "line":
        line = {"color": series.color, "width": 3}
        return common | {"type": "scatter", "mode": "lines+markers+text", "textposition": "top center", "line": line}
    return common | {
        "type": "bar",
        "orientation": "h" if lies else "v",
        "marker": {"color": series.color},
        "textposition": "auto",
        "cliponaxis": False,
    }


def _number(figure: Figure | None) -> float | None:
    value = figure.value if figure else None
    return float(value) if isinstance(value, (int, float, Decimal)) else None


def _text(figure: Figure | None) -> str:
    return figure.text if figure else UNKNOWN
