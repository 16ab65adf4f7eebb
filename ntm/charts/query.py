"""A chart of whatever somebody asked for: bars, lines or points of columns that they chose."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd
import plotly.graph_objects as go

from ntm.charts.theme import draw
from ntm.i18n import Translator

Kind = Literal["bar", "line", "scatter"]
KINDS: tuple[Kind, ...] = ("bar", "line", "scatter")
MOST_BARS, MOST_COLORS = 40, 8
"""More bars have no room for their names; more colours are not told apart."""
_COLORS = ("#2878B5", "#E69F00", "#00694B", "#CC79A7", "#56B4E9", "#8C3B0C", "#5B6B64", "#6A2F8E")
_ROW, _BAR, _HEIGHT = 12, 14, 420


@dataclass(frozen=True)
class Chosen:
    """Columns of the frame: along the axis, of the values (numbers), and of the colours where there are any."""

    kind: Kind
    x: str
    y: str
    color: str | None = None

    @property
    def columns(self) -> list[str]:
        return list(dict.fromkeys(filter(None, (self.x, self.y, self.color))))


def drawn_rows(rows: pd.DataFrame, chosen: Chosen) -> pd.DataFrame:
    """Return the rows that have a place in the chart: those with both values, of bars the first ones."""
    told = rows.dropna(subset=[chosen.x, chosen.y])
    return told.head(MOST_BARS) if chosen.kind == "bar" else told


def is_repeated(drawn: pd.DataFrame, chosen: Chosen) -> bool:
    """Tell whether several rows have one place: their bars would be drawn as a sum that nobody asked for."""
    places = [name for name in (chosen.x, chosen.color) if name]
    return chosen.kind == "bar" and bool(drawn.duplicated(places).any())


def answer_chart(rows: pd.DataFrame, chosen: Chosen, x_title: str, y_title: str, t: Translator) -> go.Figure:
    """Draw the rows of `drawn_rows`, one mark for each. Texts of the rows are never read as markup."""
    groups = [("", rows)] if chosen.color is None else _groups(rows, chosen.color)
    traces = [_trace(chosen, name, part, color) for (name, part), color in zip(groups, _COLORS, strict=False)]
    along, values = _axis(x_title, chosen.x), _axis(y_title, chosen.y)
    layout: dict[str, Any] = {"xaxis": along, "yaxis": values, "showlegend": chosen.color is not None}
    height = _HEIGHT
    if chosen.kind == "bar":
        layout |= {"xaxis": values | {"rangemode": "tozero"}, "barmode": "group"}
        layout |= {"yaxis": along | {"type": "category", "autorange": "reversed"}}
        height = max(height, rows[chosen.x].nunique() * (_ROW + _BAR * len(groups)))
    return draw(traces, layout, t.language, height)


def _axis(title: str, column: str) -> dict[str, Any]:
    is_year = column.endswith("year")
    return {"title": {"text": html.escape(title)}} | ({"tickformat": "d"} if is_year else {})


def _groups(rows: pd.DataFrame, color: str) -> list[tuple[str, pd.DataFrame]]:
    names = pd.Series(_texts(rows[color]), index=rows.index).where(rows[color].notna(), "–")
    return [(str(name), part) for name, part in rows.groupby(names, sort=False)][:MOST_COLORS]


def _trace(chosen: Chosen, name: str, rows: pd.DataFrame, color: str) -> dict[str, Any]:
    along, values = _texts(rows[chosen.x]), rows[chosen.y].tolist()
    shared = {"name": name, "marker": {"color": color}}
    if chosen.kind == "bar":
        return shared | {"type": "bar", "orientation": "h", "x": values, "y": along}
    mode = "lines+markers" if chosen.kind == "line" else "markers"
    return shared | {"type": "scatter", "mode": mode, "x": along, "y": values}


def _texts(values: pd.Series) -> list[Any]:
    if pd.api.types.is_datetime64_any_dtype(values):
        return [f"{value:%Y-%m-%d}" for value in values]
    return values.tolist() if pd.api.types.is_numeric_dtype(values) else [html.escape(str(text)) for text in values]
