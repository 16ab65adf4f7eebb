"""Charts of disbursement: rate by source, a year's curve with last year's and its projection, ranking of districts."""

from __future__ import annotations

import textwrap
from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from ntm.charts.theme import PROJECTED_FILL, STAGE_COLORS, YEAR_COLORS, draw, line_at
from ntm.i18n import Translator
from ntm.metrics.payments import Disbursement
from ntm.metrics.payments_curve import Curve
from ntm.metrics.payments_projection import Projection

_HATCH = "#2E7F63"  # of the bar's colour, light enough to be seen and dark enough for white words on it
_MARK, _RATE_MARK = 7, 13
_FIRST_X, _LAST_X = 0.6, 12.9
_LEGEND_LINE = 39  # letters: as many as a phone has room for
_BESIDE = (85, 106)  # percent: a label above such a point would lie on the line of 100%


def rate_by_source(table: pd.DataFrame, t: Translator) -> go.Figure:
    """Disbursed of allocated by source, in percent; rows of metrics.payments.disbursement_by_source."""
    return _rate_bars(table, [t(f"source.{group}") for group in table["source_group"]], t)


def rate_by_district(ranked: pd.DataFrame, t: Translator) -> go.Figure:
    """Districts by their rate, the highest first, with their ranks; rows of metrics.payments.ranking that have one."""
    return _rate_bars(ranked, [f"{rank}. {name}" for rank, name in zip(ranked["rank"], ranked["name"], strict=True)], t)


def disbursement_curve(this: Curve, last: Curve | None, projection: Projection | None, t: Translator) -> go.Figure:
    """Money disbursed by month in billion đồng, against the allocated money as 100%; last year's beside it.

    Days that are not told leave a gap. Percentages stand at the cut-offs that tell both amounts; the projection is
    dashed in a light band.
    """
    traces: list[dict[str, Any]] = []
    if projection is not None:
        traces += _projection_traces(projection, t)
    if last is not None and last.last is not None:
        is_below = this.last is not None and (last.at(this.last[0].month) or 0) < this.last[1]
        traces += _year_traces(last, "last", "bottom center" if is_below else "top left", t)
    else:
        is_below = True
    traces += _year_traces(this, "this", "top left" if is_below else "bottom center", t)
    layout = {
        "xaxis": {
            "title": {"text": t("payments.month_axis")},
            "tickvals": list(range(1, 13)),
            "range": [_FIRST_X, _LAST_X],
        },
        "yaxis": {"tickformat": ",.2~f", "rangemode": "tozero"},
        "legend": {"traceorder": "reversed"},
    }
    return draw(traces, layout, t.language, height=460)


def _year_traces(curve: Curve, which: str, labels: str, t: Translator) -> list[dict[str, Any]]:
    rates = {pd.Timestamp(rate.cutoff): rate for rate in curve.rates}
    days, amounts = list(curve.months["period_end"]), list(curve.months["disbursed"])
    name = t("payments.curve_year", year=curve.year)
    color, is_this = YEAR_COLORS[which], which == "this"
    near_base = {day for day, rate in rates.items() if is_this and _BESIDE[0] < (rate.rate.pct or 0) < _BESIDE[1]}
    traces: list[dict[str, Any]] = []
    if curve.base is not None:
        label = t("payments.base_line", year=curve.year, day=t.format.day(curve.base.cutoff))
        label = "<br>".join(textwrap.wrap(label, _LEGEND_LINE))
        allocated = float(curve.base.allocated)
        traces.append(
            {
                "type": "scatter",
                "x": [_FIRST_X, _LAST_X],
                "y": [allocated / 1000] * 2,
                "name": label,
                "mode": "lines",
                "line": {
                    "color": YEAR_COLORS["base"] if is_this else color,
                    "width": 3 if is_this else 1.5,
                    "dash": "dot",
                },
                "customdata": [t.format.money(allocated)] * 2,
                "hovertemplate": "%{customdata}<extra>" + label + "</extra>",
            }
        )
    traces.append(
        {
            "type": "scatter",
            "x": [_position(day) for day in days],
            "y": [amount / 1000 for amount in amounts],
            "name": name,
            "mode": "lines+markers+text",
            "connectgaps": False,
            "line": {"color": color, "width": 3 if is_this else 2},
            "marker": {"color": color, "size": [_RATE_MARK if day in rates else _MARK for day in days]},
            "text": [t.format.share(rates[day].rate.pct) if day in rates else "" for day in days],
            "textposition": ["bottom center" if day in near_base else labels for day in days],
            "textfont": {"color": color, "size": 15 if is_this else 13},
            "cliponaxis": False,
            "customdata": [_hover(day, amount, rates.get(day), t) for day, amount in zip(days, amounts, strict=True)],
            "hovertemplate": "%{customdata}<extra>" + name + "</extra>",
        }
    )
    return traces


def _projection_traces(projection: Projection, t: Translator) -> list[dict[str, Any]]:
    steps = projection.steps
    x = [_position(pd.Timestamp(projection.since)), *(_position(day) for day in steps["period_end"])]
    ends = {name: [projection.now / 1000, *(steps[name] / 1000)] for name in ("low", "value", "high")}
    color, name = YEAR_COLORS["this"], t("payments.projected")
    said = [
        t(
            "payments.projected_hover",
            day=t.format.day(row["period_end"]),
            value=t.format.money(row["value"]),
            low=t.format.money(row["low"]),
            high=t.format.money(row["high"]),
        )
        for row in steps.to_dict("records")
    ]
    edge = {"type": "scatter", "x": x, "mode": "lines", "line": {"width": 0}, "hoverinfo": "skip", "showlegend": False}
    return [
        {**edge, "y": ends["low"]},
        {**edge, "y": ends["high"], "fill": "tonexty", "fillcolor": PROJECTED_FILL},
        {
            "type": "scatter",
            "x": x,
            "y": ends["value"],
            "name": name,
            "mode": "lines",
            "line": {"color": color, "width": 2, "dash": "dash"},
            "customdata": ["", *said],
            "hovertemplate": "%{customdata}<extra>" + name + "</extra>",
        },
    ]


def _rate_bars(table: pd.DataFrame, names: Sequence[str], t: Translator) -> go.Figure:
    """Bars of rates on an axis that holds the longest: a rate over 100% is hatched and flagged, not clipped."""
    ordered, highest = table.iloc[::-1], table["rate_pct"].max()
    texts = [
        f"{t.format.share(rate)} – {t('payments.over')}" if is_over else t.format.share(rate)
        for rate, is_over in zip(ordered["rate_pct"], ordered["is_over"], strict=True)
    ]
    color = STAGE_COLORS["disbursed"]
    trace: dict[str, Any] = {
        "type": "bar",
        "y": list(names)[::-1],
        "x": ordered["rate_pct"],
        "orientation": "h",
        "marker": {
            "color": color,
            "pattern": {
                "shape": ["/" if is_over else "" for is_over in ordered["is_over"]],
                "bgcolor": color,
                "fgcolor": _HATCH,
            },
        },
        "text": texts,
        "textposition": ["inside" if rate > 40 else "outside" for rate in ordered["rate_pct"]],
        "customdata": [
            f"{t.format.money(disbursed)} / {t.format.money(allocated)} ({t.format.day(day)})"
            for disbursed, allocated, day in zip(
                ordered["disbursed"], ordered["allocated"], ordered["period_end"], strict=True
            )
        ],
        "hovertemplate": "%{y}: %{text} (%{customdata})<extra></extra>",
    }
    layout = {
        "showlegend": False,
        "margin": {"l": 8, "r": 8, "t": 30, "b": 8},  # the camera stands above the bars
        "xaxis": {"ticksuffix": "%", "range": [0, max(101, 1.04 * highest)], "dtick": 50},
        "shapes": [line_at("x", 100, color=STAGE_COLORS["allocated"], width=2, dash="dot")],
    }
    return draw([trace], layout, t.language, height=102 + 40 * max(len(ordered), 2))


def _hover(day: pd.Timestamp, amount: float, rate: Disbursement | None, t: Translator) -> str:
    said = f"{t.format.day(day)}: {t.format.money(amount)}"
    if rate is None or rate.rate.pct is None:
        return said
    return f"{said} = {t.format.share(rate.rate.pct)} ({t.format.money(rate.allocated)})"


def _position(day: date) -> float:
    """Return where a day lies on an axis of months: the end of January is 1."""
    return day.month - 1 + day.day / monthrange(day.year, day.month)[1]
