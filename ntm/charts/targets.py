"""Chart of targets: how far each has come."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from textwrap import wrap
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from ntm.charts.theme import STATUS_COLORS, TARGET_COLOR, draw, line_at
from ntm.i18n import Translator

_LABEL_WIDTH = 22  # characters: what a phone has room for beside the bars


def targets_reached(targets: pd.DataFrame, t: Translator) -> go.Figure:
    """Actual values as bars in percent of the target, the target itself as a line at 100%.

    `targets` are rows of metrics.targets.with_status; those without an actual value are left out.
    """
    known = targets[targets["actual"].notna() & (targets["value"] > 0)].iloc[::-1]
    rows = known.to_dict("records")
    traces: list[dict[str, Any]] = []
    traces.append(
        {
            "type": "bar",
            "y": [_label(row, t) for row in rows],
            "x": 100 * known["actual"] / known["value"],
            "orientation": "h",
            "marker": {"color": [STATUS_COLORS[row["status"]] for row in rows]},
            "text": [f"{t.format.plain(row['actual'], 1)} / {t.format.plain(row['value'])}" for row in rows],
            "textposition": "auto",
            "customdata": [t(f"status.{row['status']}") for row in rows],
            "hovertemplate": "%{y}: %{text} (%{customdata})<extra></extra>",
        }
    )
    layout = {
        "showlegend": False,
        "xaxis": {"ticksuffix": "%", "rangemode": "tozero", "dtick": 50},
        "shapes": [line_at("x", 100, color=TARGET_COLOR, width=2)],
    }
    return draw(traces, layout, t.language, height=70 + 48 * max(len(rows), 2))


def _label(target: Mapping[Hashable, Any], t: Translator) -> str:
    """Return the name of a target's bar. Stretch ones say so: bars of one name would lie on one another."""
    name = t(f"metric.{target['metric']}")
    if target["kind"] == "stretch":
        name += f" ({t('target_kind.stretch').lower()})"
    return "<br>".join(wrap(name, _LABEL_WIDTH))
