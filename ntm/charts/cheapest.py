"""Chart of the cheapest way: how many communes close each criterion, and who leads it."""

from __future__ import annotations

from textwrap import shorten
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from ntm.charts.theme import OUTCOME_COLORS, draw
from ntm.i18n import Translator
from ntm.metrics.cheapest_bundles import CLOSE, VERIFY

_COLORS = {CLOSE: OUTCOME_COLORS["not_met"], VERIFY: OUTCOME_COLORS["unknown"]}
_LABEL_WIDTH = 24  # characters: what a phone has room for beside the bars
_TICKS = 6


def closures_by_criterion(table: pd.DataFrame, t: Translator) -> go.Figure:
    """Bars of communes by criterion, those to close and those to verify.

    `table` is one row for each criterion, the most communes first: criterion_no, criterion (its name), lead_agency,
    close, verify.
    """
    rows = table.iloc[::-1].to_dict("records")
    names = [f"{row['criterion_no']} {row['criterion']}" for row in rows]
    labels = [f"{_short(name)}<br>{_short(row['lead_agency'])}" for name, row in zip(names, rows, strict=True)]
    traces: list[dict[str, Any]] = [
        {
            "type": "bar",
            "orientation": "h",
            "y": labels,
            "x": [row[kind] for row in rows],
            "name": t(f"cheapest.kind_{kind}"),
            "marker": {"color": _COLORS[kind]},
            "text": [str(row[kind]) if row[kind] else "" for row in rows],
            "textposition": "inside",
            "textangle": 0,
            "textfont": {"color": "#FFFFFF"},
            "customdata": [
                f"{row['criterion_no']}. {row['criterion']} ({row['lead_agency']}): {row[kind]}" for row in rows
            ],
            "hovertemplate": "%{customdata}<extra>" + t(f"cheapest.kind_{kind}") + "</extra>",
        }
        for kind in (CLOSE, VERIFY)
        if table[kind].any()
    ]
    most = int((table["close"] + table["verify"]).max())
    layout = {
        "barmode": "stack",
        "showlegend": True,
        "legend": {"traceorder": "normal"},
        "xaxis": {"range": [0, most], "dtick": max(1, round(most / _TICKS))},
        "yaxis": {"tickfont": {"size": 12}},
    }
    return draw(traces, layout, t.language, height=90 + 46 * max(len(table), 2))


def _short(text: str) -> str:
    return shorten(text, _LABEL_WIDTH, placeholder="…")
