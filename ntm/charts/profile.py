"""Charts of one commune or district: criteria as strips and matrices, criteria met over time, binding criteria."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from ntm.charts.theme import OUTCOME_COLORS, draw, month_ticks
from ntm.i18n import Translator

_OUTCOMES = ("met", "not_met", "unknown")
_SIGNS = {"met": "", "not_met": "✗", "unknown": "?"}
_LEGEND_SIGNS = {"met": "", "not_met": "✗ ", "unknown": "? "}
_SCALE = [
    [step, OUTCOME_COLORS[outcome]]
    for number, outcome in enumerate(_OUTCOMES)
    for step in (number / len(_OUTCOMES), (number + 1) / len(_OUTCOMES))
]
_LINE_COLORS = ("#5B6B64", "#0072B2", "#CC79A7", "#E69F00", "#56B4E9")
_LONGEST_NAME = 20
_ROW = 24
_MONTHS_CLOSE = 18
_COLUMNS_WITH_SIGNS = 24
_CRITERIA_AXIS = {"type": "category", "showgrid": False, "tickangle": 0, "tickfont": {"size": 11}}
_LEGEND = {"itemclick": False, "itemdoubleclick": False}


def criteria_strip(outcomes: pd.DataFrame, names: Mapping[str, str], t: Translator) -> go.Figure:
    """One criteria set of one commune as a strip: a row for each criterion, a column for each month.

    `outcomes` is metrics.history.by_month; `names` gives the name of each criterion's number. A month without a report
    stays blank.
    """
    months = [pd.Timestamp(month) for month in outcomes.columns]
    labels = [f"{month:%m/%Y}" for month in months]
    told = [[f"{number}. {names.get(number, '')}" for _ in months] for number in outcomes.index]
    return outcome_matrix(
        outcomes,
        x=labels,
        y=[short_name(number, names.get(number, "")) for number in outcomes.index],
        told=told,
        layout={"xaxis": {"type": "category", "showgrid": False, "tickangle": 0, **_ticks(months)}},
        t=t,
    )


def _ticks(months: Sequence[pd.Timestamp]) -> dict[str, Any]:
    """Return ticks that have room on a phone: each sixth month, or of a long strip each January with its year."""
    is_long = len(months) > _MONTHS_CLOSE
    marked = [month for month in months if month.month == 1] if is_long else month_ticks(months)
    values = [f"{month:%m/%Y}" for month in marked]
    return {"tickvals": values, "ticktext": [value[-4:] for value in values] if is_long else values}


def communes_by_criterion(rows: pd.DataFrame, t: Translator) -> go.Figure:
    """Communes of a district by criterion at one month; rows of commune_outcomes with `criterion` (its name)."""
    numbers = list(dict.fromkeys(rows["criterion_no"]))
    units = rows.drop_duplicates("unit_code")
    outcomes = rows.pivot_table(index="unit_code", columns="criterion_no", values="outcome", aggfunc="first")
    outcomes = outcomes.reindex(index=units["unit_code"], columns=numbers)
    names = rows.drop_duplicates("criterion_no").set_index("criterion_no")["criterion"]
    return outcome_matrix(
        outcomes,
        x=numbers,
        y=list(units["name"]),
        told=[[f"{number}. {names[number]}" for number in numbers] for _ in units["name"]],
        layout={"xaxis": {**_CRITERIA_AXIS, "tickvals": numbers[::2]}},
        t=t,
    )


def outcome_matrix(
    outcomes: pd.DataFrame,
    *,
    x: Sequence[str],
    y: Sequence[str],
    told: Sequence[Sequence[str]],
    layout: Mapping[str, Any],
    t: Translator,
) -> go.Figure:
    """A table of outcomes as coloured cells with signs: a row of `outcomes` for each of `y`, a column for each of `x`.

    A cell of None stays blank. `told` is what the hover says of each cell before its outcome; `layout` is plotly's.
    """
    codes = {outcome: number for number, outcome in enumerate(_OUTCOMES)}
    values = outcomes.to_numpy()
    is_close = len(x) > _COLUMNS_WITH_SIGNS
    heat: dict[str, Any] = {
        "type": "heatmap",
        "x": x,
        "y": list(range(len(y))),
        "z": [[codes.get(outcome) for outcome in row] for row in values],
        "zmin": -0.5,
        "zmax": len(_OUTCOMES) - 0.5,
        "colorscale": _SCALE,
        "showscale": False,
        "xgap": 0 if is_close else 1,
        "ygap": 2,
        # Signs and gaps have no room in a long strip.
        "text": [["" if is_close else _SIGNS.get(outcome, "") for outcome in row] for row in values],
        "texttemplate": "%{text}",
        "customdata": [
            [
                f"{label}: {t('outcome.' + outcome)}" if outcome else ""
                for label, outcome in zip(labels, row, strict=True)
            ]
            for labels, row in zip(told, values, strict=True)
        ],
        "hovertemplate": "%{x} · %{customdata}<extra></extra>",
        "hoverongaps": False,
    }
    legend = [
        {
            "type": "scatter", "x": [None], "y": [None], "mode": "markers", "hoverinfo": "skip",
            "name": f"{_LEGEND_SIGNS[outcome]}{t('outcome.' + outcome)}",
            "marker": {"symbol": "square", "size": 14, "color": OUTCOME_COLORS[outcome]},
        }
        for outcome in _OUTCOMES
    ]  # fmt: skip
    axis = {
        "tickvals": list(range(len(y))),
        "ticktext": list(y),
        "range": [len(y) - 0.5, -0.5],
        "showgrid": False,
        "zeroline": False,
        "tickfont": {"size": 12},
    }
    whole = {"yaxis": axis, "legend": _LEGEND, **layout}
    return draw([heat, *legend], whole, t.language, height=90 + _ROW * max(len(y), 2))


def short_name(number: str, name: str) -> str:
    """Return a criterion for an axis: its number and what of its name has room on a phone; the hover has the whole."""
    return f"{number} {name}" if len(name) <= _LONGEST_NAME else f"{number} {name[: _LONGEST_NAME - 1].rstrip(' ,')}…"


def criteria_met_over_time(
    counts: pd.DataFrame, names: Mapping[str, str], days: tuple[pd.Timestamp, pd.Timestamp], most: int, t: Translator
) -> go.Figure:
    """Criteria met at each report, one line for each criteria set: sets are never drawn as one line.

    `counts` is metrics.history.counts, `names` gives the name of each set; `days` and `most` are the ends of the axes,
    so that two communes stand side by side on one scale. A report that does not tell every criterion is an open mark.
    """
    traces: list[dict[str, Any]] = []
    for number, (set_code, rows) in enumerate(counts.groupby("set_code", sort=False)):
        color = _LINE_COLORS[number % len(_LINE_COLORS)]
        traces.append(
            {
                "type": "scatter",
                "x": rows["period_end"],
                "y": rows["met"],
                "name": names.get(str(set_code), str(set_code)),
                "mode": "lines+markers",
                "marker": {
                    "size": 6,
                    "color": color,
                    "symbol": ["circle-open" if unknown else "circle" for unknown in rows["unknown"]],
                },
                "line": {"color": color, "width": 2, "shape": "hv"},
                "customdata": [
                    f"{t.format.month(day)}: {met} {t('outcome.met')}, {unmet} {t('outcome.not_met')}, "
                    f"{unknown} {t('outcome.unknown')}"
                    for day, met, unmet, unknown in zip(
                        rows["period_end"], rows["met"], rows["not_met"], rows["unknown"], strict=True
                    )
                ],
                "hovertemplate": "%{customdata}<extra></extra>",
            }
        )
    months = list(pd.date_range(days[0] + pd.offsets.MonthEnd(0), days[1] + pd.offsets.MonthEnd(0), freq="ME"))
    ticks = month_ticks(months)
    margin = pd.Timedelta(days=25)
    layout = {
        "showlegend": True,
        "xaxis": {
            "tickvals": ticks,
            "ticktext": [f"{value:%m/%Y}" for value in ticks],
            "range": [days[0] - margin, days[1] + margin],
        },
        "yaxis": {"range": [0, most + 1], "dtick": 5},
    }
    return draw(traces, layout, t.language, height=320)


def binding_criteria(table: pd.DataFrame, most: int, t: Translator) -> go.Figure:
    """Communes that miss each criterion, and those that do not tell; rows of metrics.binding with `criterion`.

    `most` is the end of the axis: communes of the larger of two districts that stand side by side.
    """
    ordered = table.iloc[::-1]
    labels = [
        short_name(number, name) for number, name in zip(ordered["criterion_no"], ordered["criterion"], strict=True)
    ]
    traces: list[dict[str, Any]] = [
        {
            "type": "bar",
            "orientation": "h",
            "y": labels,
            "x": ordered[outcome],
            "name": t(f"outcome.{outcome}"),
            "marker": {"color": OUTCOME_COLORS[outcome]},
            "text": [str(count) if count else "" for count in ordered[outcome]],
            "textposition": "inside",
            "textangle": 0,
            "textfont": {"color": "#FFFFFF"},
            "customdata": [
                f"{number}. {name}: {count}/{communes}"
                for number, name, count, communes in zip(
                    ordered["criterion_no"], ordered["criterion"], ordered[outcome], ordered["communes"], strict=True
                )
            ],
            "hovertemplate": "%{customdata}<extra>" + t(f"outcome.{outcome}") + "</extra>",
        }
        for outcome in ("not_met", "unknown")
        if ordered[outcome].any()
    ]
    layout = {
        "barmode": "stack",
        "showlegend": True,
        "legend": {"traceorder": "normal"},
        "xaxis": {"range": [0, most], "dtick": max(1, round(most / 6))},
        "yaxis": {"tickfont": {"size": 12}},
    }
    return draw(traces, layout, t.language, height=90 + 32 * max(len(table), 2))
