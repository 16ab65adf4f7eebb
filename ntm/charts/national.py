"""Chart of the country's published shares against the 2025 targets."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from ntm.charts.theme import STANDARD_COLORS, TARGET_COLOR, draw, line_at
from ntm.i18n import Translator


def published_share(rows: pd.DataFrame, target_pct: float | None, name: str, t: Translator) -> go.Figure:
    """Published share over time as points joined by a line, and the 2025 target; rows of metrics.national.series."""
    traces: list[dict[str, Any]] = []
    traces.append(
        {
            "type": "scatter",
            "x": rows["period_end"],
            "y": rows["pct"],
            "name": t("chart.published"),
            "mode": "lines+markers",
            "line": {"color": STANDARD_COLORS["nang_cao" if name != "ntm" else "kieu_mau"], "width": 2},
            "marker": {"size": 9},
            "customdata": [
                f"{t.format.day(row['period_end'])}: {t.format.number(row['numerator'])}/"
                f"{t.format.number(row['denominator'])} = {t.format.share(row['pct'])}"
                for row in rows.to_dict("records")
            ],
            "hovertemplate": "%{customdata}<extra></extra>",
        }
    )
    years = pd.date_range("2021-01-01", "2026-01-01", freq="YS")
    layout: dict[str, Any] = {
        "showlegend": False,
        "xaxis": {
            "range": ["2020-12-15", "2026-01-31"],
            "tickvals": list(years),
            "ticktext": [f"{year:%Y}" for year in years],
        },
        "yaxis": {"ticksuffix": "%", "rangemode": "tozero", "range": [0, None]},
    }
    if target_pct is not None:
        layout["shapes"] = [line_at("y", target_pct, color=TARGET_COLOR, width=2, dash="dash")]
        layout["annotations"] = [
            {
                "text": t("chart.target_pct", pct=t.format.share(target_pct, 0)),
                "font": {"color": TARGET_COLOR},
                "showarrow": False,
                "xref": "paper",
                "x": 0,
                "xanchor": "left",
                "y": target_pct,
                "yanchor": "bottom",
            }
        ]
    return draw(traces, layout, t.language, height=280)
