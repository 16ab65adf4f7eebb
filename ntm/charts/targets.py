"""Chart of targets: what was reached as bars, what is asked as marks, one scale for each chart."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from textwrap import wrap
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from ntm.charts.theme import STATUS_COLORS, TARGET_COLOR, draw
from ntm.i18n import Translator
from ntm.model import is_missing

_LABEL_WIDTH = 18  # characters: what a phone has room for beside the bars
_ROOM = 1.12  # of the largest value, for marks at its end


def targets_against(targets: pd.DataFrame, t: Translator) -> go.Figure:
    """Reached values as bars in the colour of the status, targets as upright marks, stretch ones as diamonds.

    `targets` are rows of metrics.pace.assessed on one scale, in their own unit, with `with_stretch`: the value that
    stretch communes would add up to, missing without any. A target without an actual value has its mark alone.
    """
    rows = targets.iloc[::-1].to_dict("records")
    names = [_label(row, t) for row in rows]
    traces = [
        _bars(row_of, t)
        for status in STATUS_COLORS
        if (row_of := [(name, row) for name, row in zip(names, rows, strict=True) if row["status"] == status])
    ]
    marks = [(name, row[end]) for name, row in zip(names, rows, strict=True) for end in ("value", "value_max")]
    traces.append(_marks(t("chart.target"), marks, t, "line-ns-open", 26, 4))
    stretched = [(name, row.get("with_stretch")) for name, row in zip(names, rows, strict=True)]
    if any(not is_missing(value) for _, value in stretched):
        traces.append(_marks(t("chart.with_stretch"), stretched, t, "diamond-open", 12, 2))
    most = max((float(value) for _, value in [*marks, *stretched] if not is_missing(value)), default=1.0)
    most = max([most, *(float(row["actual"]) for row in rows if not is_missing(row["actual"]))])
    layout = {
        "barmode": "overlay",
        "xaxis": {"range": [0, most * _ROOM], "nticks": 6},
        "yaxis": {
            "categoryorder": "array",
            "categoryarray": names,
            "ticks": "outside",
            "ticklen": 6,
            "tickcolor": "rgba(0,0,0,0)",
        },
    }
    return draw(traces, layout, t.language, height=110 + 52 * max(len(rows), 2))


def _bars(rows: Sequence[tuple[str, Mapping[Hashable, Any]]], t: Translator) -> dict[str, Any]:
    known = [(name, row) for name, row in rows if not is_missing(row["actual"])]
    status = str(rows[0][1]["status"])
    return {
        "type": "bar",
        "name": t(f"status.{status}"),
        "y": [name for name, _ in known] or [rows[0][0]],
        "x": [float(row["actual"]) for _, row in known] or [None],
        "orientation": "h",
        "marker": {"color": STATUS_COLORS[status]},
        "hovertemplate": f"%{{y}}<br>{t(f'status.{status}')}<extra></extra>",
    }


def _marks(
    name: str, points: list[tuple[str, Any]], t: Translator, symbol: str, size: int, width: int
) -> dict[str, Any]:
    known = [(label, float(value)) for label, value in points if not is_missing(value)]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "y": [label for label, _ in known],
        "x": [value for _, value in known],
        "marker": {
            "symbol": symbol,
            "size": size,
            "color": TARGET_COLOR,
            "line": {"width": width, "color": TARGET_COLOR},
        },
        "customdata": [t.format.plain(value) for _, value in known],
        "hovertemplate": f"%{{y}}: {name} %{{customdata}}<extra></extra>",
    }


def _label(target: Mapping[Hashable, Any], t: Translator) -> str:
    """Return the name of a target's bar with reached and asked values: the shortest bar has no room for them.

    Stretch ones say so: bars of one name would lie on one another.
    """
    name = t(f"metric.{target['metric']}")
    if target["kind"] == "stretch":
        name += f" ({t('target_kind.stretch').lower()})"
    asked = t("status.pending").lower() if is_missing(target["value"]) else t.format.plain(target["value"])
    if not is_missing(target["value_max"]):
        asked += f"–{t.format.plain(target['value_max'])}"
    return "<br>".join([*wrap(name, _LABEL_WIDTH), f"<b>{t.format.plain(target['actual'], 1)} / {asked}</b>"])
