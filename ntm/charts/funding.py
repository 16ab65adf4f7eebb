"""Charts of money: structure by source with and without credit, stages year by year."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from ntm.charts.theme import SOURCE_COLORS, STAGE_COLORS, draw
from ntm.i18n import Translator
from ntm.metrics.funding import STAGES

_BARS = {"share_pct": "funding.with_credit", "share_without_credit_pct": "funding.without_credit"}
_SHARES = tuple(_BARS)
_SMALLEST_LABEL_PCT = 6.0
_PERCENT = {"ticksuffix": "%", "range": [0, 101], "dtick": 50}


def funding_structure(table: pd.DataFrame, t: Translator) -> go.Figure:
    """Two bars of 100%: shares of all money and of money without credit; rows of metrics.funding.by_source."""
    traces: list[dict[str, Any]] = []
    # Where no credit is stated both bars would be the same: one says it.
    shares = _SHARES if (table["source_group"] == "credit").any() else _SHARES[1:]
    bars = [t(_BARS[column]) for column in shares]
    for row in table.to_dict("records"):
        values = [row[column] for column in shares]
        label = t(f"source.{row['source_group']}")
        traces.append(
            {
                "type": "bar",
                "y": bars[::-1],
                "x": values[::-1],
                "name": label,
                "orientation": "h",
                "marker": {"color": SOURCE_COLORS[row["source_group"]], "line": {"color": "#FFFFFF", "width": 1}},
                "text": [
                    t.format.share(value) if value and value >= _SMALLEST_LABEL_PCT else "" for value in values[::-1]
                ],
                "textposition": "inside",
                "insidetextanchor": "middle",
                "textangle": 0,
                "customdata": [t.format.share(value, 2) for value in values[::-1]],
                "hovertemplate": "%{y}: %{customdata}<extra>" + label + "</extra>",
            }
        )
    layout = {"barmode": "stack", "legend": {"traceorder": "normal"}, "xaxis": _PERCENT}
    return draw(traces, layout, t.language, height=100 + 90 * len(bars))


def funding_by_year(table: pd.DataFrame, t: Translator, *, most: float | None = None) -> go.Figure:
    """Amounts by year and stage in billion đồng; rows of metrics.funding.by_year_and_stage.

    `most` (million đồng) is the largest amount on the axis, where two units stand side by side on one scale.
    """
    traces: list[dict[str, Any]] = []
    for stage in STAGES:
        rows = table[table["stage"] == stage]
        if not len(rows):
            continue
        label = t(f"stage.{stage}")
        traces.append(
            {
                "type": "bar",
                "x": rows["year"].astype(str),
                "y": rows["amount_vnd_million"] / 1000,
                "name": label,
                "marker": {"color": STAGE_COLORS[stage]},
                "customdata": [
                    f"{t.format.money(amount)} ({t.format.day(cutoff)})"
                    for amount, cutoff in zip(rows["amount_vnd_million"], rows["period_end"], strict=True)
                ],
                "hovertemplate": "%{x}: %{customdata}<extra>" + label + "</extra>",
            }
        )
    layout = {
        "barmode": "group",
        "xaxis": {"type": "category", "categoryorder": "category ascending"},
        "yaxis": {"tickformat": ",.2~f", **({"range": [0, 1.05 * most / 1000]} if most else {})},
    }
    return draw(traces, layout, t.language, height=360)
