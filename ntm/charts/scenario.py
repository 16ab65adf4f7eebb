"""Chart of a scenario: how far each target is, before and under it."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from ntm.charts.theme import INK, TARGET_COLOR, draw, line_at
from ntm.i18n import Translator

_JOIN = "#5B6B64"
_BEFORE = {"color": "#FFFFFF", "size": 12, "line": {"color": INK, "width": 2}}
_AFTER = {"color": INK, "size": 13}


def targets_under(rows: pd.DataFrame, t: Translator) -> go.Figure:
    """Targets one below the other in percent of what is asked: an open mark today, a filled one under the scenario.

    `rows` has label, pct_before, pct_after (each of the value asked for at its end), hover_before, hover_after.
    """
    shown = rows.reset_index(drop=True)
    gaps = [None] * len(shown)
    ends = zip(shown["pct_before"], shown["pct_after"], gaps, strict=True)
    places = zip(shown.index, shown.index, gaps, strict=True)
    traces: list[dict[str, Any]] = [
        {
            "type": "scatter", "mode": "lines", "hoverinfo": "skip", "showlegend": False,
            "x": [x for part in ends for x in part],
            "y": [y for part in places for y in part],
            "line": {"color": _JOIN, "width": 3},
        }
    ]  # fmt: skip
    for end, marker in (("before", _BEFORE), ("after", _AFTER)):
        traces.append(
            {
                "type": "scatter", "mode": "markers", "name": t(f"whatif.{end}"), "marker": marker,
                "x": shown[f"pct_{end}"], "y": shown.index, "customdata": shown[f"hover_{end}"],
                "hovertemplate": "%{customdata}<extra></extra>",
            }
        )  # fmt: skip
    layout = {
        "showlegend": True,
        "xaxis": {"ticksuffix": "%", "nticks": 5, "tickangle": 0},
        "yaxis": {
            "range": [len(shown) - 0.4, -0.6],
            "tickvals": list(shown.index),
            "ticktext": list(shown["label"]),
            "showgrid": False,
            "zeroline": False,
        },
        "shapes": [line_at("x", 100, color=TARGET_COLOR, width=2)],
    }
    return draw(traces, layout, t.language, height=110 + 60 * max(len(shown), 2))
