"""Chart of the country's published shares against the 2025 targets."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from ntm.charts.theme import INK, NOT_RURAL_COLOR, STANDARD_COLORS, TARGET_COLOR, draw, line_at
from ntm.i18n import Translator
from ntm.metrics.national import reform_day

_BEGIN, _END = "2020-12-15", "2026-01-31"


def published_share(rows: pd.DataFrame, target_pct: float | None, name: str, t: Translator) -> go.Figure:
    """Published share over time as points joined by a line, and the 2025 target; rows of metrics.national.series.

    The reform of 1 July 2025 is drawn as a break: a line, and beyond it a field where this series has no points.
    """
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
            "range": [_BEGIN, _END],
            "tickvals": list(years),
            "ticktext": [f"{year:%Y}" for year in years],
            "tickangle": 0,
            "tickfont": {"size": 11},
        },
        "yaxis": {"ticksuffix": "%", "rangemode": "tozero", "range": [0, None]},
    }
    reform = reform_day()
    layout["shapes"] = [
        {
            "type": "rect", "xref": "x", "yref": "paper", "x0": reform, "x1": _END, "y0": 0, "y1": 1,
            "fillcolor": NOT_RURAL_COLOR, "line": {"width": 0}, "layer": "below",
        },
        line_at("x", reform, color=INK, width=2),
    ]  # fmt: skip
    layout["annotations"] = [
        {
            "text": t("national.break_label", day=t.format.day(reform)),
            "showarrow": False, "xref": "x", "x": reform, "xanchor": "right", "xshift": -6,
            "yref": "paper", "y": 0.02, "yanchor": "bottom", "align": "right", "font": {"size": 12},
        }
    ]  # fmt: skip
    if target_pct is not None:
        # The target is due after the break, and is of the units before it: its line ends there.
        layout["shapes"].append(
            line_at("y", target_pct, color=TARGET_COLOR, width=2, dash="dash")
            | {"xref": "x", "x0": _BEGIN, "x1": reform}
        )
        layout["annotations"].append(
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
        )
    return draw(traces, layout, t.language, height=280)
