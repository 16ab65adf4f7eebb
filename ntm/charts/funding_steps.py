"""Charts of budget money on its way through a year, and of investment apart from recurrent money."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from ntm.charts.theme import STAGE_COLORS, draw
from ntm.formatting import Format
from ntm.i18n import Translator

_NATURE_STAGES = ("plan", "allocated", "disbursed")
_AXIS = {"tickformat": ",.2~f", "rangemode": "tozero", "nticks": 5, "tickangle": 0}


def funding_steps(table: pd.DataFrame, t: Translator) -> go.Figure:
    """Waterfall from need down to what is carried over, in billion đồng; rows of metrics.funding_steps.steps.

    A hatched part is what a step lacks of the one before. A step that nothing was reported of has no bar and says so.
    """
    rows = table.to_dict("records")
    labels = [_step_label(row, t) for row in rows]
    lengths, bases, lacking, lacking_bases = [], [], [], []
    before: float | None = None
    for row in rows:
        amount = _known(row["amount_vnd_million"])
        is_rest = row["step"] == "carried_over"
        lengths.append(None if amount is None else amount / 1000)
        bases.append((before or 0) / 1000 if is_rest else 0)
        lack = None if is_rest or amount is None or before is None or before <= amount else before - amount
        lacking.append(None if lack is None else lack / 1000)
        lacking_bases.append(None if lack is None or amount is None else amount / 1000)
        before = amount
    hover = [_hover(row, t.format) for row in rows]
    traces: list[dict[str, Any]] = [
        {
            "type": "bar",
            "orientation": "h",
            "y": labels,
            "x": lengths,
            "base": bases,
            "marker": {"color": [STAGE_COLORS[row["step"]] for row in rows]},
            "customdata": hover,
            "hovertemplate": "%{y}: %{customdata}<extra></extra>",
        },
        {
            "type": "bar",
            "orientation": "h",
            "y": labels,
            "x": lacking,
            "base": lacking_bases,
            "marker": {"color": "#FFFFFF", "pattern": {"shape": "/", "fgcolor": "#8A949E", "size": 7}},
            "customdata": hover,
            "hovertemplate": "%{y}: %{customdata}<extra></extra>",
        },
    ]
    layout = {
        "barmode": "overlay",
        "showlegend": False,
        "xaxis": _AXIS,
        "yaxis": {"autorange": "reversed", "type": "category", "categoryarray": labels, "categoryorder": "array"},
    }
    return draw(traces, layout, t.language, height=80 + 62 * len(rows))


def funding_natures(table: pd.DataFrame, t: Translator, names: dict[str, str]) -> go.Figure:
    """Plan, allocated and disbursed by nature in billion đồng; rows of metrics.funding_steps.by_nature.

    `names` are the words of the natures.
    """
    traces: list[dict[str, Any]] = []
    for stage in _NATURE_STAGES:
        amounts = table[stage]
        if amounts.isna().all():
            continue
        texts = [t.format.money(amount) for amount in amounts]
        label = t(f"stage.{stage}")
        traces.append(
            {
                "type": "bar",
                "orientation": "h",
                "y": [names[nature] for nature in table["nature"]],
                "x": amounts / 1000,
                "name": label,
                "marker": {"color": STAGE_COLORS[stage]},
                "customdata": texts,
                "hovertemplate": "%{y}: %{customdata}<extra>" + label + "</extra>",
            }
        )
    layout = {
        "barmode": "group",
        "xaxis": _AXIS,
        "yaxis": {"autorange": "reversed", "type": "category"},
    }
    return draw(traces, layout, t.language, height=90 + 100 * max(len(table), 1))


def _step_label(row: Mapping[Any, Any], t: Translator) -> str:
    amount = _known(row["amount_vnd_million"])
    name = t("funding.carried_over") if row["step"] == "carried_over" else t(f"stage.{row['step']}")
    return f"<b>{name}</b><br>{t('funding.not_told') if amount is None else t.format.money(amount)}"


def _hover(row: Mapping[Any, Any], form: Format) -> str:
    amount, change = _known(row["amount_vnd_million"]), _known(row["change_vnd_million"])
    if amount is None:
        return ""
    told = f"{form.money(amount)}, {form.day(row['period_end'])}"
    return told if change is None else f"{told} ({form.signed(change / 1000, 1)})"


def _known(value: float | None) -> float | None:
    return None if value is None or pd.isna(value) else float(value)
