"""Where the pace of the reports leads by the end of a year, in one sentence with its interval; or nothing."""

from __future__ import annotations

from datetime import date

import pandas as pd

from ntm.metrics.hazard import rules
from ntm.metrics.projection import Projection, project
from ntm.reports.deck.model import Sentence
from ntm.reports.deck.writing import Writer

METRIC, INSTEAD = "ntm_communes", "full_communes"


def projection_sentence(w: Writer, year: int, targets: pd.DataFrame) -> Sentence | None:
    """Return the projection of a province to the end of a year that has a target of NTM communes.

    None where the year is over, of a district, or where the history is too short: then nothing is said.
    """
    due, unit = date(year, 12, 31), w.material.unit
    if unit.level != "province" or due <= w.month or METRIC not in set(targets["metric"]):
        return None
    found = project(w.read("projection_reports", province=unit.code, month=w.month), w.month, due)
    if not isinstance(found, Projection):
        return None
    metric = METRIC if METRIC in found.fans else INSTEAD
    if metric not in found.fans:
        return None
    t, cells = w.t, w.read("criteria_counts", below=None, province=unit.code, district=None, month=w.month)
    definition = t("deck.targets.projected", what=t(f"projection.what_{metric}"), due=t.format.day(due))
    ends = {
        name: w.number(f"projected_{name}_{year}", value, definition, cells)
        for name, value in found.fans[metric].last.items()
    }
    coverage = rules()["coverage_pct"]["value"]
    return w.say(
        f"projected_{year}",
        "deck.targets.projection",
        due=t.format.day(due),
        what=t(f"projection.what_{metric}"),
        coverage=w.figure("projected_coverage", coverage, t.format.share(coverage, 0), t("deck.targets.coverage")),
        **ends,
    )
