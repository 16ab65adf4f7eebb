"""Chart of targets: how far each has come."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from ntm.charts.theme import STATUS_COLORS, TARGET_COLOR, layout
from ntm.i18n import Translator


def targets_reached(targets: pd.DataFrame, t: Translator) -> go.Figure:
    """Actual values as bars in percent of the target, the target as a line at 100%; rows of metrics.targets.with_status."""
    rows = targets[targets["actual"].notna() & (targets["value"] > 0)].iloc[::-1]
    names = [
        f"{row.metric_vi if t.language == 'vi' else t('metric.' + row.metric)}" for row in rows.itertuples()
    ]
    figure = go.Figure()
    figure.add_bar(
        y=names,
        x=100 * rows["actual"] / rows["value"],
        orientation="h",
        marker={"color": [STATUS_COLORS[status] for status in rows["status"]]},
        text=[f"{t.format.plain(row.actual, 1)} / {t.format.plain(row.value)}" for row in rows.itertuples()],
        textposition="auto",
        customdata=[t(f"status.{status}") for status in rows["status"]],
        hovertemplate="%{y}: %{text} (%{customdata})<extra></extra>",
    )
    figure.add_vline(x=100, line={"color": TARGET_COLOR, "width": 2})
    figure.update_layout(showlegend=False)
    figure.update_xaxes(ticksuffix="%", rangemode="tozero")
    return layout(figure, t.language, height=70 + 42 * max(len(rows), 2))
