"""Charts of ranking: units by rank now and at an earlier month, and how many communes stand at each count."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from ntm.charts.theme import INK, draw
from ntm.i18n import Translator

_ROW = 30
_GAP = "\N{NO-BREAK SPACE}" * 2  # an ordinary space is not drawn at the end of a text
_JOIN = "#5B6B64"
_THEN = {"color": "#FFFFFF", "size": 11, "line": {"color": INK, "width": 2}}
_NOW = {"color": INK, "size": 12}


def then_and_now(rows: pd.DataFrame, month: str, then: str | None, t: Translator) -> go.Figure:
    """Units by rank, the first at the top: a filled mark at `month`, an open one at the month `then`, joined.

    `rows` are ranked ones of metrics.ranking.ranked with `label` (rank and name), `group_name` ('' for all together),
    `value_text` (written beside the mark) and `hover`. Groups stand one below the other under their names.
    """
    places, ticks, at = [], [], 0
    for name, part in rows.groupby("group_name", sort=False):
        if name:
            ticks.append((at, f"<b>{name!s}</b>"))
            at += 1
        for label in part["label"]:
            ticks.append((at, label))
            places.append(at)
            at += 1
    rows = rows.assign(place=places)
    known = rows[rows["then_value"].notna()]
    traces: list[dict[str, Any]] = []
    if then and len(known):
        gaps = [None] * len(known)
        traces = [
            {
                "type": "scatter", "mode": "lines", "hoverinfo": "skip", "showlegend": False,
                "x": [x for ends in zip(known["then_value"], known["value"], gaps, strict=True) for x in ends],
                "y": [y for ends in zip(known["place"], known["place"], gaps, strict=True) for y in ends],
                "line": {"color": _JOIN, "width": 3},
            },
            _marks(known, "then_value", then, _THEN),
        ]  # fmt: skip
    traces.append(_marks(rows, "value", month, _NOW))
    traces.append(
        {
            "type": "scatter", "mode": "text", "hoverinfo": "skip", "showlegend": False, "cliponaxis": False,
            "x": rows[["value", "then_value"]].max(axis=1), "y": rows["place"],
            "text": [f"{_GAP}{text}" for text in rows["value_text"]], "textposition": "middle right",
        }
    )  # fmt: skip
    most = max(float(rows["value"].max()), float(known["then_value"].max()) if len(known) else 0.0)
    least = min(float(rows["value"].min()), float(known["then_value"].min()) if len(known) else most)
    span = max(most - least, 0.04 * most, 1e-9)
    layout = {
        "showlegend": bool(then and len(known)),
        # The texts stand right of the marks.
        "xaxis": {"range": [least - 0.08 * span, most + 0.45 * span], "nticks": 5},
        "yaxis": {
            "range": [at - 0.4, -0.6],
            "tickvals": [place for place, _ in ticks],
            "ticktext": [text for _, text in ticks],
            "showgrid": False,
            "zeroline": False,
        },
    }
    return draw(traces, layout, t.language, height=100 + _ROW * max(at, 2))


def _marks(rows: pd.DataFrame, column: str, name: str, marker: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "scatter", "mode": "markers", "name": name, "x": rows[column], "y": rows["place"], "marker": marker,
        "customdata": rows["hover"], "hovertemplate": "%{customdata}<extra></extra>",
    }  # fmt: skip


def communes_by_count(rows: pd.DataFrame, month: str, then: str | None, t: Translator) -> go.Figure:
    """How many communes meet each number of criteria at `month`, and at the month `then` as open bars beside.

    `rows` has criteria, communes and then_communes.
    """
    months: list[tuple[str, str, dict[str, Any]]] = [(month, "communes", {"color": INK})]
    if then:
        months.insert(0, (then, "then_communes", {"color": "#FFFFFF", "line": {"color": INK, "width": 2}}))
    traces: list[dict[str, Any]] = [
        {
            "type": "bar", "name": name, "x": rows["criteria"], "y": rows[column], "marker": marker,
            "text": [str(count) if count else "" for count in rows[column]], "textposition": "outside",
            "cliponaxis": False,
            "hovertemplate": "%{x}: %{y}<extra>" + name + "</extra>",
        }
        for name, column, marker in months
    ]  # fmt: skip
    layout = {
        "barmode": "group",
        "showlegend": bool(then),
        "xaxis": {"dtick": 1, "showgrid": False},
        # The counts stand above the bars.
        "yaxis": {"range": [0, 1.15 * max(1, rows[["communes", "then_communes"]].to_numpy().max())]},
    }
    return draw(traces, layout, t.language, height=300)
