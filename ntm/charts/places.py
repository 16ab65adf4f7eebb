"""Charts of money by place and of arrears: communes, criteria, ages of debts, one list after the other."""

from __future__ import annotations

import textwrap
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from ntm.charts.theme import DEBT_COLORS, STAGE_COLORS, UNKNOWN_COLOR, draw
from ntm.i18n import Translator
from ntm.metrics.arrears import UNKNOWN, arrears_rules

_STAGES = ("allocated", "disbursed")
_LINE = 24
_FEW = 3  # bars, which would be as wide as the page


def money_bars(table: pd.DataFrame, names: str, t: Translator) -> go.Figure:
    """Allocated and disbursed money (million đồng), one row of bars for each row of the table, named by a column."""
    ordered = table.iloc[::-1]
    traces = [
        {
            "type": "bar",
            "y": [_wrapped(name) for name in ordered[names]],
            "x": ordered[stage],
            "name": t(f"stage.{stage}"),
            "orientation": "h",
            "marker": {"color": STAGE_COLORS[stage]},
            "customdata": [t.format.money(amount) for amount in ordered[stage]],
            "hovertemplate": "%{y}: %{customdata}<extra>" + t(f"stage.{stage}") + "</extra>",
        }
        for stage in _STAGES[::-1]
    ]
    layout = {
        "barmode": "group",
        "legend": {"traceorder": "reversed"},
        "yaxis": {"type": "category"},
        "xaxis": {"tickformat": ",.2~f", "nticks": 3, "tickangle": 0},
    }
    return draw(traces, layout, t.language, height=90 + 44 * max(len(ordered), 2))


def arrears_by_age(table: pd.DataFrame, t: Translator) -> go.Figure:
    """What is owed by age of the debt (million đồng); rows of metrics.arrears.by_age. The oldest is the darkest."""
    ordered = table.iloc[::-1]
    trace: dict[str, Any] = {
        "type": "bar",
        "y": [band_label(t, band) for band in ordered["band"]],
        "x": ordered["amount_vnd_million"],
        "orientation": "h",
        "marker": {"color": [_color(band) for band in ordered["band"]]},
        "text": [t.format.plain(amount) for amount in ordered["amount_vnd_million"]],
        "textposition": "auto",
        "textangle": 0,
        "customdata": ordered["works"],
        "hovertemplate": "%{y}: %{text}<extra>" + t("debts.works") + ": %{customdata}</extra>",
    }
    layout = {"showlegend": False, "xaxis": {"tickformat": ",.2~f", "nticks": 3, "tickangle": 0}}
    return draw([trace], layout, t.language, height=80 + 44 * len(ordered))


def arrears_by_list(table: pd.DataFrame, t: Translator) -> go.Figure:
    """What each list states (million đồng) with the units that it covers; rows of query debts_by_list."""
    trace: dict[str, Any] = {
        "type": "bar",
        "x": [t.format.day(day) for day in table["period_end"]],
        "y": table["amount_vnd_million"],
        "marker": {"color": DEBT_COLORS["3"]},
        "text": [t.format.plain(amount) for amount in table["amount_vnd_million"]],
        "textposition": "auto",
        "textangle": 0,
        "width": 0.8 if len(table) > _FEW else 0.3,
        "customdata": [t("debts.covers", count=t.format.number(count)) for count in table["units_told"]],
        "hovertemplate": "%{x}: %{text}<extra>%{customdata}</extra>",
    }
    layout = {
        "showlegend": False, "xaxis": {"type": "category"}, "yaxis": {"tickformat": ",.2~f", "rangemode": "tozero"},
    }  # fmt: skip
    return draw([trace], layout, t.language, height=320)


def band_label(t: Translator, band: str) -> str:
    """Return a band of age in words: 'Từ 1 đến dưới 3 năm'."""
    bounds = list(arrears_rules()["age"]["bounds"])
    if band == UNKNOWN:
        return t("debts.age_unknown")
    low = int(band.partition("_")[2])
    if band.startswith("below"):
        return t("debts.age_below", high=low)
    place = bounds.index(low)
    if place == len(bounds) - 1:
        return t("debts.age_from", low=low)
    return t("debts.age_between", low=low, high=bounds[place + 1])


def _wrapped(name: str) -> str:
    """Return a name in lines: on a phone a long one would leave no room for the bars."""
    return "<br>".join(textwrap.wrap(name, _LINE))


def _color(band: str) -> str:
    if band == UNKNOWN:
        return UNKNOWN_COLOR
    bounds = list(arrears_rules()["age"]["bounds"])
    step = 0 if band.startswith("below") else 1 + bounds.index(int(band.partition("_")[2]))
    return DEBT_COLORS[str(min(step + 1, 4))]
