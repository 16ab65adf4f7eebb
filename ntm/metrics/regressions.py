"""Criteria that communes met before and lost: when, whether they were met again, and what stands at a month.

Criteria are compared within one set only; what a report does not tell is neither met nor lost (metrics.history.turns).
"""

from __future__ import annotations

import pandas as pd

from ntm.metrics.history import GAINED, LOST, turns

_KEY = ["unit_code", "set_code", "criterion_no"]


def losses(changes: pd.DataFrame) -> pd.DataFrame:
    """Return every loss that the reports tell of, the newest first.

    `changes` is rows of query criteria_changes. Columns besides theirs: `met_on` (the last report that told 'met'),
    `lost_on` (the first that told 'not met'; path, sheet and cell are its own), `is_after_gap` (reports or months in
    between do not tell), `regained_on` (the first report after it that told 'met' again; empty while none did) and
    `is_told_now` (the commune's latest report under the set tells the criterion).
    """
    turned = turns(changes, _KEY[:1]).sort_values("period_end", kind="stable")
    following = turned.groupby(_KEY, sort=False)[["turn", "period_end"]].shift(-1)
    regained = following["period_end"].where(following["turn"] == GAINED)
    found = turned.assign(regained_on=regained, is_told_now=turned["told_until"] == turned["latest_report"])
    found = found[found["turn"] == LOST].drop(columns=["turn", "outcome"])
    found = found.rename(columns={"before_day": "met_on", "period_end": "lost_on"})
    return found.sort_values("lost_on", ascending=False, kind="stable").reset_index(drop=True)


def still_lost(found: pd.DataFrame) -> pd.DataFrame:
    """Return the losses (of losses) after which no report told 'met' again."""
    return found[found["regained_on"].isna()].reset_index(drop=True)


def in_year(found: pd.DataFrame, year: int) -> pd.DataFrame:
    """Return the losses whose first report is of a year."""
    return found[found["lost_on"].dt.year == year].reset_index(drop=True)


def cells_of(found: pd.DataFrame, changes: pd.DataFrame) -> pd.DataFrame:
    """Return the cells behind losses: of each the last report that told 'met' and the first that told 'not met'."""
    days = found[[*_KEY, "met_on", "lost_on"]].melt(_KEY, value_name="period_end").drop(columns="variable")
    return changes.merge(days.drop_duplicates(), on=[*_KEY, "period_end"]).reset_index(drop=True)
