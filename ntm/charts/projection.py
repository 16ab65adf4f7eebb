"""Chart of a projection: what was reported, the median and interval of what comes, the target, what experts expect."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from ntm.charts.theme import INK, PROJECTED_FILL, TARGET_COLOR, YEAR_COLORS, draw
from ntm.i18n import Translator

_REFORM = pd.Timestamp("2025-07-01")


def fan(
    told: pd.DataFrame,
    steps: pd.DataFrame,
    targets: pd.DataFrame,
    estimates: pd.DataFrame,
    is_mean: bool,
    t: Translator,
) -> go.Figure:
    """Reported values as a line, the projection dashed in a light band, targets as marks at their due date.

    `told`: period_end, value; `steps`: period_end, median, low, high; `targets`: due_date, value, kind; `estimates`
    (experts', never merged): period_end, value. The reform of 1 July 2025 is a line where the months cross it.
    """
    color, decimals = YEAR_COLORS["this"], 2 if is_mean else 0
    last = told.iloc[[-1]].rename(columns={"value": "median"})
    joined = pd.concat([last.assign(low=last["median"], high=last["median"]), steps], ignore_index=True)
    said = [
        t(
            "projection.hover",
            day=t.format.day(row["period_end"]),
            median=t.format.number(row["median"], decimals),
            low=t.format.number(row["low"], decimals),
            high=t.format.number(row["high"], decimals),
        )
        for row in joined.to_dict("records")
    ]
    edge = {"type": "scatter", "x": joined["period_end"], "mode": "lines", "line": {"width": 0}, "hoverinfo": "skip"}
    traces: list[dict[str, Any]] = [
        {**edge, "y": joined["low"], "showlegend": False},
        {**edge, "y": joined["high"], "fill": "tonexty", "fillcolor": PROJECTED_FILL, "name": t("projection.band")},
        {
            "type": "scatter",
            "x": told["period_end"],
            "y": told["value"],
            "name": t("projection.told"),
            "mode": "lines",
            "line": {"color": color, "width": 3},
            "hovertemplate": f"%{{x|%m/%Y}}: %{{y:.{decimals}f}}<extra></extra>",
        },
        {
            "type": "scatter",
            "x": joined["period_end"],
            "y": joined["median"],
            "name": t("projection.median"),
            "mode": "lines",
            "line": {"color": color, "width": 2, "dash": "dash"},
            "customdata": said,
            "hovertemplate": "%{customdata}<extra></extra>",
        },
    ]
    traces += _targets(targets, told, t)
    if len(estimates):
        traces.append(_marks(estimates["period_end"], estimates["value"], t("projection.estimate"), "x", INK, t))
    shapes, notes = [], []
    if told["period_end"].iloc[-1] < _REFORM <= steps["period_end"].iloc[-1]:
        line = {"color": INK, "width": 1, "dash": "dot"}
        shapes.append({"type": "line", "x0": _REFORM, "x1": _REFORM, "yref": "paper", "y0": 0, "y1": 1, "line": line})
        note = {"x": _REFORM, "y": 1, "yref": "paper", "yanchor": "bottom", "xanchor": "right", "showarrow": False}
        notes.append({**note, "text": t("projection.reform_mark")})
    layout = {
        "xaxis": {"tickformat": "%m/%Y", "nticks": 8},
        "yaxis": {"tickformat": f",.{decimals}f" if is_mean else ",d"},
        "shapes": shapes,
        "annotations": notes,
        "legend": {"y": 1.1},
    }
    return draw(traces, layout, t.language, height=420)


def _targets(targets: pd.DataFrame, told: pd.DataFrame, t: Translator) -> list[dict[str, Any]]:
    """A line to the firm target from the first month told, and the mark of each target at its due date."""
    traces = []
    for row in targets.to_dict("records"):
        is_firm = row["kind"] != "stretch"
        name = t("projection.target" if is_firm else "projection.target_stretch")
        line = {"color": TARGET_COLOR, "width": 2 if is_firm else 1, "dash": "solid" if is_firm else "dot"}
        values = [float(row["value"])] * 2
        traces.append(
            _marks([told["period_end"].iloc[0], row["due_date"]], values, name, "diamond", TARGET_COLOR, t)
            | {"mode": "lines+markers", "line": line, "marker": {"color": TARGET_COLOR, "size": [0, 11]}}
        )
    return traces


def _marks(x: Any, y: Any, name: str, symbol: str, color: str, t: Translator) -> dict[str, Any]:
    return {
        "type": "scatter",
        "x": x,
        "y": y,
        "name": name,
        "mode": "markers",
        "marker": {"symbol": symbol, "color": color, "size": 12},
        "customdata": [t.format.plain(value) for value in y],
        "hovertemplate": "%{customdata}<extra>" + name + "</extra>",
    }
