"""The fan: what was told, what comes, targets and experts' estimates by marks of their own."""

from __future__ import annotations

import pandas as pd

from ntm.charts.projection import fan
from ntm.i18n import translator

VI = translator("vi")


def test_estimates_and_targets_stand_beside_and_the_reform_is_a_line() -> None:
    told = pd.DataFrame({"period_end": pd.to_datetime(["2025-05-31", "2025-06-30"]), "value": [44.0, 45.0]})
    steps = pd.DataFrame(
        {
            "period_end": pd.to_datetime(["2025-07-31", "2025-12-31"]),
            "median": [45, 46],
            "low": [45, 45],
            "high": [46, 48],
        }
    )
    due = pd.Timestamp("2025-12-31")
    targets = pd.DataFrame({"due_date": [due, due], "value": [45, 46], "kind": ["firm", "stretch"]})
    figure = fan(told, steps, targets, pd.DataFrame({"period_end": [due], "value": [47]}), False, VI)
    traces = {trace.name: list(trace.y) for trace in figure.data if trace.name}
    assert traces[VI("projection.estimate")] == [47]
    assert traces[VI("projection.target")] == [45, 45]
    assert traces[VI("projection.target_stretch")] == [46, 46]
    assert traces[VI("projection.median")] == [45, 45, 46]
    assert traces[VI("projection.told")] == [44, 45]
    assert len(figure.layout.shapes) == 1
    assert figure.layout.annotations[0].text == VI("projection.reform_mark")
