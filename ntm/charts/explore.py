"""Charts of the page Khám phá: bars, lines, matrix, histogram, scatter, small multiples, two side by side.

Each takes rows with `value` (a number in the unit of the measure, missing where unknown), `text` (as it is written) and
`hover`. A missing value is drawn as a gap, in a bar chart and matrix as a grey '?'.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from ntm.charts.theme import INK, UNKNOWN_COLOR, draw
from ntm.i18n import Translator

LINES = ("#0B3C5D", "#D9853B", "#2878B5", "#CC79A7", "#00694B", "#9C7B4F", "#56B4E9", "#5B6B64")
"""As many series as can be told apart; of more a matrix or small multiples are drawn."""
_SCALE = [[0, "#DCEBF7"], [0.33, "#8EC1E6"], [0.67, "#2878B5"], [1, "#0B3C5D"]]
_DASHES = ("solid", "dash", "dot", "dashdot")
_ROW, _PANEL = 30, 150
_WRITTEN = 5
"""Columns whose cells have room for their text on a phone; of more the colours are read, and the table below."""
_KINDS = {"Thành phố ": "TP ", "Thị xã ": "TX ", "Huyện ": "H. "}
"""Kind of a unit as it begins a name -> as forms shorten it."""
_HOVER = "%{customdata}<extra></extra>"


def bars(rows: pd.DataFrame, t: Translator) -> go.Figure:
    """A bar for each row (columns label, value, text, hover), the first at the top."""
    known = rows["value"].notna()
    trace = {
        "type": "bar", "orientation": "h", "y": list(range(len(rows))), "x": rows["value"].fillna(0),
        "text": [text if is_known else "?" for text, is_known in zip(rows["text"], known, strict=True)],
        "textposition": "outside", "cliponaxis": False, "marker": {"color": LINES[2]},
        "customdata": rows["hover"], "hovertemplate": _HOVER,
    }  # fmt: skip
    most = float(rows["value"].max()) if known.any() else 1.0
    layout = {
        "showlegend": False,
        # The texts stand right of the bars.
        "xaxis": {"range": [0, 1.35 * (most or 1.0)], "nticks": 5},
        "yaxis": _names(rows["label"]),
    }
    return draw([trace], layout, t.language, height=70 + _ROW * max(2, len(rows)))


def grouped_bars(rows: pd.DataFrame, labels: Sequence[str], series: Sequence[str], t: Translator) -> go.Figure:
    """Bars of each row label (column row_label) beside each other, one for each of `series` (column column_label)."""
    traces = []
    for number, name in enumerate(series):
        part = rows[rows["column_label"] == name].set_index("row_label").reindex(list(labels))
        traces.append(
            {
                "type": "bar", "orientation": "h", "name": name, "y": list(range(len(labels))), "x": part["value"],
                "marker": {"color": LINES[number]}, "customdata": part["hover"], "hovertemplate": _HOVER,
                "text": part["text"], "textposition": "outside", "cliponaxis": False,
            }
        )  # fmt: skip
    most = float(rows["value"].max()) if rows["value"].notna().any() else 1.0
    layout = {
        "barmode": "group", "showlegend": True, "xaxis": {"range": [0, 1.35 * (most or 1.0)], "nticks": 5},
        "yaxis": _names(labels), "legend": {"traceorder": "normal"},
    }  # fmt: skip
    return draw(traces, layout, t.language, height=110 + (12 + 20 * len(series)) * len(labels))


def lines(rows: pd.DataFrame, ticks: Sequence[str], series: Sequence[str], t: Translator) -> go.Figure:
    """A line for each of `series` (column column_label) over `ticks` (column row_label), months or years in order."""
    traces = [
        {
            "type": "scatter", "mode": "lines+markers", "name": name, "x": list(ticks), "y": part["value"],
            "line": {"color": LINES[number % len(LINES)], "width": 2.5, "dash": _DASHES[number % len(_DASHES)]},
            "customdata": part["hover"], "hovertemplate": _HOVER, "connectgaps": False,
        }
        for number, name in enumerate(series)
        for part in [rows[rows["column_label"] == name].set_index("row_label").reindex(list(ticks))]
    ]  # fmt: skip
    layout = {
        "showlegend": len(series) > 1,
        "xaxis": {"type": "category", "nticks": 7, "showgrid": False},
        "yaxis": {"rangemode": "tozero"},
    }
    return draw(traces, layout, t.language, height=360 + 14 * len(series))


def matrix(rows: pd.DataFrame, labels: Sequence[str], columns: Sequence[str], t: Translator) -> go.Figure:
    """A cell for each row label and column label, darker where more; a cell of which nothing is known is grey."""
    at = pd.MultiIndex.from_product([list(labels), list(columns)])
    found = rows.set_index(["row_label", "column_label"])[["value", "text", "hover"]].reindex(at)
    shape = (len(labels), len(columns))
    values = found["value"].to_numpy(dtype=float).reshape(shape)
    texts = found["text"].where(found["value"].notna(), "?").to_numpy(dtype=object).reshape(shape)
    is_wide = len(columns) > _WRITTEN
    trace = {
        "type": "heatmap", "x": list(range(len(columns))), "y": list(range(len(labels))), "z": values,
        "colorscale": _SCALE, "showscale": is_wide, "colorbar": {"thickness": 10}, "xgap": 2, "ygap": 2,
        "hoverongaps": False, "customdata": found["hover"].fillna("?").to_numpy(dtype=object).reshape(shape),
        "hovertemplate": _HOVER,
        **({} if is_wide else {"text": texts, "texttemplate": "%{text}", "textfont": {"size": 11}}),
    }  # fmt: skip
    names = {"tickvals": list(range(len(columns))), "ticktext": [_short(name, 16) for name in columns]}
    layout = {
        "plot_bgcolor": UNKNOWN_COLOR,
        "xaxis": {"side": "top", "showgrid": False, "tickangle": -90 if len(columns) > 2 else 0, **names},
        "yaxis": _names(labels, 20),
    }
    return draw([trace], layout, t.language, height=190 + 28 * max(2, len(labels)))


def histogram(bins: pd.DataFrame, t: Translator) -> go.Figure:
    """How many communes are in each bin: columns label, communes, hover."""
    trace = {
        "type": "bar", "x": list(range(len(bins))), "y": bins["communes"], "marker": {"color": LINES[0]},
        "text": [str(count) if count else "" for count in bins["communes"]], "textposition": "outside",
        "cliponaxis": False, "customdata": bins["hover"], "hovertemplate": _HOVER,
    }  # fmt: skip
    layout = {
        "showlegend": False, "bargap": 0.08,
        "xaxis": {
            "tickvals": list(range(len(bins))), "ticktext": bins["label"], "ticklabeloverflow": "allow",
            "showgrid": False,
        },
        "yaxis": {"range": [0, 1.2 * max(1, int(bins["communes"].max()))]},
    }  # fmt: skip
    return draw([trace], layout, t.language, height=320)


def scatter(rows: pd.DataFrame, x_title: str, y_title: str, t: Translator) -> go.Figure:
    """A mark for each commune with both values: columns x, y, hover."""
    trace = {
        "type": "scatter", "mode": "markers", "x": rows["x"], "y": rows["y"],
        "marker": {"color": LINES[2], "size": 11, "opacity": 0.75, "line": {"color": INK, "width": 1}},
        "customdata": rows["hover"], "hovertemplate": _HOVER,
    }  # fmt: skip
    layout = {
        "showlegend": False,
        "xaxis": {"title": {"text": x_title}, "zeroline": False, "tickformat": ",~f", "nticks": 6},
        "yaxis": {"title": {"text": y_title}, "zeroline": False},
    }
    return draw([trace], layout, t.language, height=440)


def multiples(rows: pd.DataFrame, ticks: Sequence[str], panels: Sequence[str], t: Translator) -> go.Figure:
    """A small chart of lines for each of `panels` (column column_label), all on one scale so that they compare."""
    across = 2  # as many as a phone has room for
    down = ceil(len(panels) / across)
    most = float(rows["value"].max()) if rows["value"].notna().any() else 1.0
    traces: list[dict[str, Any]] = []
    layout: dict[str, Any] = {"showlegend": False, "annotations": [], "margin": {"l": 8, "r": 8, "t": 28, "b": 8}}
    width, height = 1 / across, 1 / down
    for number, name in enumerate(panels):
        at = "" if number == 0 else str(number + 1)
        left, top = number % across * width, 1 - number // across * height
        part = rows[rows["column_label"] == name].set_index("row_label").reindex(list(ticks))
        traces.append(
            {
                "type": "scatter", "mode": "lines+markers", "x": list(ticks), "y": part["value"],
                "xaxis": f"x{at}", "yaxis": f"y{at}", "line": {"color": LINES[0], "width": 2}, "marker": {"size": 4},
                "customdata": part["hover"], "hovertemplate": _HOVER,
            }
        )  # fmt: skip
        layout[f"xaxis{at}"] = {
            "domain": [left + 0.08, left + width - 0.08], "anchor": f"y{at}", "type": "category", "showgrid": False,
            "tickvals": [ticks[0], ticks[-1]], "automargin": False, "tickfont": {"size": 10}, "tickangle": 0,
            "range": [-0.5, len(ticks) - 0.5],
        }  # fmt: skip
        layout[f"yaxis{at}"] = {
            "domain": [top - height + 0.3 * height, top - 0.14 * height], "anchor": f"x{at}",
            "range": [0, 1.1 * (most or 1.0)], "nticks": 3, "showticklabels": number % across == 0,
        }  # fmt: skip
        layout["annotations"].append(
            {"text": _short(name, 22), "x": left + 0.08, "y": top - 0.1 * height, "xref": "paper", "yref": "paper",
             "xanchor": "left", "yanchor": "bottom", "showarrow": False, "font": {"size": 13}}
        )  # fmt: skip
    return draw(traces, layout, t.language, height=40 + _PANEL * down)


def _names(labels: Sequence[str] | pd.Series, letters: int = 28) -> dict[str, Any]:
    names = [_short(str(label), letters) for label in labels]
    return {
        "range": [len(names) - 0.4, -0.6], "tickvals": list(range(len(names))), "ticktext": names, "showgrid": False,
    }  # fmt: skip


def _short(name: str, letters: int) -> str:
    name = next((name.replace(kind, short, 1) for kind, short in _KINDS.items() if name.startswith(kind)), name)
    return name if len(name) <= letters else f"{name[: letters - 1]}…"
