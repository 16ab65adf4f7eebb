"""Charts of the criteria page: communes by criterion, shares by district and month, what blocks, what was lost."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from numpy.typing import NDArray

from ntm.charts.profile import outcome_matrix, short_name
from ntm.charts.theme import INK, OUTCOME_COLORS, SHARE_COLORS, STATUS_COLORS, UNKNOWN_COLOR, draw, line_at, month_ticks
from ntm.i18n import Translator
from ntm.metrics.outcomes import OUTCOMES, OutcomeTable
from ntm.metrics.share import shares_pct

_SET_COLORS = ("#5B6B64", "#0072B2", "#CC79A7")
_AWAY_COLORS = {"alone": "#0B3C5D", "with_one": "#2878B5", "with_two": "#B0D6F2"}
_SCALE = [[place / 4, color] for place, color in enumerate(SHARE_COLORS.values())]
_ROW = 30


def communes_by_criterion(table: OutcomeTable, names: Sequence[str], t: Translator) -> go.Figure:
    """Communes by criterion, those of a district together under its name, who meets most first.

    `names` are the names of the table's criteria.
    """
    order = table.units.sort_values(["district_code", "met", "name"], ascending=[True, False, True], kind="stable")
    blank = np.full(len(names), None, dtype=object)
    outcomes = np.array(OUTCOMES, dtype=object)[table.codes]
    labels: list[str] = []
    rows: list[NDArray[np.object_]] = []
    district = None
    for place, name, of_district, met in zip(
        order.index, order["name"], order["district_name"], order["met"], strict=True
    ):
        if isinstance(of_district, str) and of_district != district:
            district = of_district
            labels.append(f"<b>{district}</b>")
            rows.append(blank)
        labels.append(f"{name.removeprefix('Xã ')} ({met})")
        rows.append(outcomes[place])
    numbers = list(table.criteria["criterion_no"])
    told = [f"{number}. {name}" for number, name in zip(numbers, names, strict=True)]
    axis = {
        "type": "category", "showgrid": False, "tickangle": 0, "tickfont": {"size": 11}, "side": "top",
        "tickvals": numbers[::2], "range": [-0.5, len(numbers) - 0.5],
    }  # fmt: skip
    return outcome_matrix(
        pd.DataFrame(np.array(rows, dtype=object), columns=numbers, dtype=object),
        x=numbers,
        y=labels,
        told=[told for _ in labels],
        layout={"xaxis": axis, "legend": {"y": 1.0, "yref": "container", "yanchor": "top", "itemclick": False}},
        t=t,
    )


def share_matrix(
    rows: pd.DataFrame,
    column: str,
    columns: Sequence[str],
    t: Translator,
    *,
    ticks: Sequence[str] | None = None,
) -> go.Figure:
    """Share of communes meeting each criterion (a row each) by district or month (a column each), of those known.

    `rows` has criterion_no, criterion (its name), met, not_met, unknown, and `column` with values of `columns`. Where
    nothing is known the cell is grey. Where `ticks` are given, only these columns get a name and cells have no text.
    """
    numbers = list(dict.fromkeys(rows["criterion_no"]))
    names = dict(zip(rows["criterion_no"], rows["criterion"], strict=True))
    at = pd.MultiIndex.from_product([numbers, columns])
    cells = rows.assign(pct=shares_pct(rows["met"], rows["met"] + rows["not_met"])).set_index(["criterion_no", column])
    cells = cells[["met", "not_met", "unknown", "pct"]].reindex(at)
    shape = (len(numbers), len(columns))
    pct = cells["pct"].to_numpy(dtype=float).reshape(shape)
    words = [
        "" if np.isnan(met) else t("criteria.cell", met=int(met), known=int(met + lacking), unknown=int(unknown))
        for met, lacking, unknown in cells[["met", "not_met", "unknown"]].to_numpy(dtype=float)
    ]
    known = [
        "" if np.isnan(met) else f"{met:.0f}/{met + lacking:.0f}" if met + lacking else "?"
        for met, lacking in cells[["met", "not_met"]].to_numpy(dtype=float)
    ]
    is_bare = ticks is not None
    y = [short_name(number, names[number]) for number in numbers]
    empty = np.where(np.isnan(pct), 0.0, np.nan)
    heat: dict[str, Any] = {
        "type": "heatmap", "x": list(columns), "y": y, "z": pct, "zmin": 0, "zmax": 100,
        "colorscale": _SCALE, "xgap": 0 if is_bare else 1, "ygap": 1,
        "text": np.array(known, dtype=object).reshape(shape), "texttemplate": "" if is_bare else "%{text}",
        "customdata": np.array(words, dtype=object).reshape(shape),
        "hovertemplate": "%{y} · %{x}: %{customdata}<extra></extra>", "hoverongaps": False,
        "colorbar": {
            "orientation": "h", "y": 1.0, "yanchor": "bottom", "thickness": 10, "len": 0.7, "x": 0, "xanchor": "left",
            "ticksuffix": "%", "tickvals": [0, 25, 50, 75, 100], "tickfont": {"size": 12},
        },
    }  # fmt: skip
    nothing = {
        "type": "heatmap", "x": list(columns), "y": y, "z": empty, "showscale": False, "hoverinfo": "skip",
        "colorscale": [[0, UNKNOWN_COLOR], [1, UNKNOWN_COLOR]], "xgap": 0 if is_bare else 1, "ygap": 1,
    }  # fmt: skip
    x_axis: dict[str, Any] = {"type": "category", "showgrid": False, "tickangle": -90, "tickfont": {"size": 11}}
    if ticks:
        x_axis |= {"tickvals": list(ticks), "tickangle": 0}
    layout = {
        "xaxis": x_axis,
        "yaxis": {"autorange": "reversed", "showgrid": False, "tickfont": {"size": 12}},
        "margin": {"l": 8, "r": 8, "t": 40, "b": 8},
    }
    return draw([nothing, heat], layout, t.language, height=150 + _ROW * len(numbers))


def criterion_over_time(rows: pd.DataFrame, t: Translator) -> go.Figure:
    """Share of communes meeting one criterion by month; each set is a line of its own, a break drawn between them.

    `rows` has period_end, set_code, label (the criterion and its set), met, not_met, unknown. A month of which some
    commune is unknown is an open mark.
    """
    rows = rows.assign(pct=shares_pct(rows["met"], rows["met"] + rows["not_met"]))
    traces: list[dict[str, Any]] = []
    breaks: list[pd.Timestamp] = []
    for place, (_, months) in enumerate(rows.groupby("set_code", sort=False)):
        color, name = _SET_COLORS[place % len(_SET_COLORS)], str(months["label"].iloc[0])
        if place:
            breaks.append(months["period_end"].iloc[0])
        traces.append(
            {
                "type": "scatter", "mode": "lines+markers", "x": months["period_end"], "y": months["pct"], "name": name,
                "line": {"color": color, "width": 3},
                "marker": {
                    "size": 7, "color": color,
                    "symbol": ["circle-open" if unknown else "circle" for unknown in months["unknown"]],
                },
                "customdata": [
                    f"{t.format.month(day)}: {t('criteria.cell', met=met, known=met + lacking, unknown=unknown)}"
                    for day, met, lacking, unknown in zip(
                        months["period_end"], months["met"], months["not_met"], months["unknown"], strict=True
                    )
                ],
                "hovertemplate": "%{customdata}<extra></extra>", "connectgaps": False,
            }
        )  # fmt: skip
    ticks = month_ticks(list(dict.fromkeys(rows["period_end"])))
    half = pd.Timedelta(days=15)
    layout = {
        "xaxis": {"tickvals": ticks, "ticktext": [f"{day:%m/%Y}" for day in ticks]},
        "yaxis": {"rangemode": "tozero", "ticksuffix": "%", "range": [0, 105]},
        "showlegend": True,
        "shapes": [line_at("x", day - half, color=INK, width=2, dash="dash") for day in breaks],
        "annotations": [
            {
                "x": day - half, "y": 0, "yref": "paper", "xanchor": "left", "yanchor": "bottom", "showarrow": False,
                "text": t("criteria.break", month=t.format.month(day)), "font": {"size": 13, "color": INK},
            }
            for day in breaks
        ],
    }  # fmt: skip
    return draw(traces, layout, t.language, height=360)


def agencies(rows: pd.DataFrame, t: Translator) -> go.Figure:
    """Results not met, and not told, of the criteria that each agency leads; `rows` has agency, not_met, unknown."""
    ordered = rows.iloc[::-1]
    parts = [(name, ordered[name], t(f"outcome.{name}"), OUTCOME_COLORS[name]) for name in ("not_met", "unknown")]
    return _bars(ordered["agency"], [part for part in parts if part[1].any()] or parts[:1], t)


def released(rows: pd.DataFrame, t: Translator) -> go.Figure:
    """Communes that each criterion blocks: alone, with one other, with two; released_by_one with `criterion`."""
    ordered = rows.iloc[::-1]
    y = [short_name(number, name) for number, name in zip(ordered["criterion_no"], ordered["criterion"], strict=True)]
    parts = [(name, ordered[name], t(f"criteria.{name}"), color) for name, color in _AWAY_COLORS.items()]
    return _bars(y, [part for part in parts if part[1].any()] or parts[:1], t)


def losses_by_month(rows: pd.DataFrame, until: date, t: Translator) -> go.Figure:
    """Criteria lost in each month up to one, met again since or not; `rows` is metrics.regressions.losses."""
    last = pd.Timestamp(until)
    first = min(rows["lost_on"].min(), last - pd.DateOffset(months=11))
    months = pd.date_range(first + pd.offsets.MonthEnd(0), last, freq="ME")
    of_month = rows["lost_on"] + pd.offsets.MonthEnd(0)
    labels = [f"{month:%m/%Y}" for month in months]
    is_open = rows["regained_on"].isna()
    traces = []
    for name, chosen, color in (
        ("still_lost", is_open, OUTCOME_COLORS["not_met"]), ("regained", ~is_open, STATUS_COLORS["open"])
    ):  # fmt: skip
        counts = of_month[chosen].value_counts().reindex(months, fill_value=0)
        traces.append(
            {
                "type": "bar", "x": labels, "y": list(counts), "name": t(f"criteria.{name}"),
                "marker": {"color": color},
                "hovertemplate": "%{x}: %{y}<extra>" + t(f"criteria.{name}") + "</extra>",
            }
        )  # fmt: skip
    ticks = [str(label) for label in month_ticks(labels)]
    layout = {
        "barmode": "stack", "showlegend": True, "yaxis": {"dtick": max(1, round(len(rows) / 8))},
        "xaxis": {"type": "category", "tickvals": ticks, "ticktext": ticks},
    }  # fmt: skip
    return draw(traces, layout, t.language, height=300)


def _bars(y: Sequence[str] | pd.Series, parts: Sequence[tuple[str, pd.Series, str, str]], t: Translator) -> go.Figure:
    labels = [name if len(name) <= 26 else f"{name[:25]}…" for name in y]
    most = int(sum(values for _, values, _, _ in parts).max()) if len(labels) else 1  # type: ignore[union-attr]
    traces = [
        {
            "type": "bar", "orientation": "h", "y": labels, "x": list(values), "name": name, "marker": {"color": color},
            "text": [str(value) if value else "" for value in values], "textposition": "inside", "textangle": 0,
            "textfont": {"color": INK if color == _AWAY_COLORS["with_two"] else "#FFFFFF"},
            "hovertemplate": "%{y}: %{x}<extra>" + name + "</extra>",
        }
        for _, values, name, color in parts
    ]  # fmt: skip
    layout = {
        "barmode": "stack", "showlegend": True, "legend": {"traceorder": "normal"},
        "xaxis": {"dtick": max(1, round(most / 6))}, "yaxis": {"tickfont": {"size": 12}},
    }  # fmt: skip
    return draw(traces, layout, t.language, height=90 + 32 * max(len(labels), 2))
