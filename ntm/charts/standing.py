"""Charts of where communes stand: over time, and district by district."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from ntm.charts.theme import STANDARD_COLORS, TARGET_COLOR, draw, line_at, month_ticks
from ntm.i18n import Translator

_LINES = ("ntm", "nang_cao", "kieu_mau")


def standing_over_time(months: pd.DataFrame, targets: pd.DataFrame, month: date, t: Translator) -> go.Figure:
    """Communes of each standard (at least) month by month, with the firm targets at their due dates.

    `months` are rows of standing_by_month, `targets` rows of the targets query (metrics *_communes, kind firm).
    """
    traces: list[dict[str, Any]] = []
    for standard in _LINES:
        values = months[f"{standard}_communes"]
        traces.append(
            {
                "type": "scatter",
                "x": months["period_end"],
                "y": values,
                "name": t(f"standard.{standard}"),
                "mode": "lines" if len(values) > 1 else "markers",
                "marker": {"size": 10, "color": STANDARD_COLORS[standard]},
                "line": {"color": STANDARD_COLORS[standard], "width": 3, "shape": "hv"},
                "customdata": [t.format.month(value) for value in months["period_end"]],
                "hovertemplate": "%{customdata}: %{y:d}<extra>" + t(f"standard.{standard}") + "</extra>",
            }
        )
    firm = targets[(targets["kind"] == "firm") & targets["metric"].isin([f"{name}_communes" for name in _LINES])]
    if len(firm):
        traces.append(
            {
                "type": "scatter",
                "x": firm["due_date"],
                "y": firm["value"],
                "name": t("chart.firm_target"),
                "mode": "markers+text",
                "text": [t.format.number(value) for value in firm["value"]],
                "textposition": "middle left",
                "textfont": {"color": TARGET_COLOR},
                "marker": {"symbol": "diamond", "size": 11, "color": TARGET_COLOR},
                "customdata": [
                    f"{t('standard.' + metric.removesuffix('_communes'))}, {t.format.day(due)}"
                    for metric, due in zip(firm["metric"], firm["due_date"], strict=True)
                ],
                "hovertemplate": "%{customdata}: %{y:d}<extra>" + t("chart.firm_target") + "</extra>",
            }
        )
    ticks = month_ticks(list(months["period_end"]))
    layout = {
        "xaxis": {"tickvals": ticks, "ticktext": [f"{value:%m/%Y}" for value in ticks]},
        "yaxis": {"rangemode": "tozero"},
        "shapes": [line_at("x", pd.Timestamp(month), color="#9AA7A0", width=1, dash="dot")],
    }
    return draw(traces, layout, t.language, height=360)


def standing_by_district(districts: pd.DataFrame, t: Translator) -> go.Figure:
    """Communes of each district by their highest standard, as stacked bars; rows of standing_by_district.

    Where no list of recognitions was loaded, all communes of a district are of unknown standard.
    """
    ordered = districts.iloc[::-1]
    is_unknown = ordered["ntm_communes"].isna()
    highest = {
        "kieu_mau": ordered["kieu_mau_communes"],
        "nang_cao": ordered["nang_cao_communes"] - ordered["kieu_mau_communes"],
        "ntm": ordered["ntm_communes"] - ordered["nang_cao_communes"],
        "none": ordered["communes"] - ordered["ntm_communes"],
    }
    if is_unknown.any():
        highest["unknown"] = ordered["communes"].where(is_unknown)
    traces: list[dict[str, Any]] = []
    for standard, counts in highest.items():
        values = counts.astype(float)
        label = t(f"highest.{standard}")
        traces.append(
            {
                "type": "bar",
                "y": ordered["name"],
                "x": values,
                "name": label,
                "orientation": "h",
                "marker": {"color": STANDARD_COLORS[standard], "line": {"color": "#FFFFFF", "width": 1}},
                "text": [f"{value:.0f}" if value > 0 else "" for value in values],
                "textposition": "inside",
                "insidetextanchor": "middle",
                "textfont": {"color": "#FFFFFF" if standard in ("kieu_mau", "nang_cao") else "#0E1814"},
                "hovertemplate": "%{y}: %{x:d}<extra>" + label + "</extra>",
            }
        )
    layout = {"barmode": "stack", "legend": {"traceorder": "normal"}, "xaxis": {"dtick": 2}}
    return draw(traces, layout, t.language, height=80 + 36 * max(len(ordered), 3))


def criteria_mean_over_time(
    months: pd.DataFrame, t: Translator, *, ends: tuple[float, float] | None = None
) -> go.Figure:
    """Mean criteria per commune, one line for each criteria set: sets are never drawn as one line.

    `ends` are those of the axis of means, where two districts stand side by side on one scale.
    """
    traces: list[dict[str, Any]] = []
    colors = ("#5B6B64", "#0072B2", "#CC79A7")
    known = months.dropna(subset=["criteria_met_mean", "set_code"])
    for number, (set_code, rows) in enumerate(known.groupby("set_code", sort=False)):
        name = t("chart.set", years=str(set_code)[-9:].replace("_", "-"))
        traces.append(
            {
                "type": "scatter",
                "x": rows["period_end"],
                "y": rows["criteria_met_mean"],
                "name": name,
                # A single month has no line: it is seen by its mark.
                "mode": "lines" if len(rows) > 1 else "markers",
                "marker": {"size": 10, "color": colors[number % len(colors)]},
                "line": {"color": colors[number % len(colors)], "width": 3},
                "customdata": [
                    [t.format.month(month), t.format.number(mean, 1)]
                    for month, mean in zip(rows["period_end"], rows["criteria_met_mean"], strict=True)
                ],
                "hovertemplate": "%{customdata[0]}: %{customdata[1]}<extra>" + name + "</extra>",
            }
        )
    ticks = month_ticks(list(months["period_end"]))
    layout = {
        "xaxis": {
            "tickvals": ticks,
            "ticktext": [f"{value:%m/%Y}" for value in ticks],
            "range": _with_margin(months["period_end"]),
        },
        "yaxis": {"tickformat": ",.1f", **({"range": list(ends)} if ends else {})},
    }
    return draw(traces, layout, t.language, height=360)


def _with_margin(days: pd.Series) -> list[pd.Timestamp]:
    """Return the ends of an axis over days, with room for the labels of the first and the last."""
    margin = pd.Timedelta(days=25)
    return [days.min() - margin, days.max() + margin]
