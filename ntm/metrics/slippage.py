"""Communes that plans name, year after year: what was planned for when, and whether it came so."""

from __future__ import annotations

from datetime import date

import pandas as pd

from ntm.metrics.standing import STANDARDS
from ntm.model import is_missing

REACHED, LATE, OPEN, MISSED, UNKNOWN = "reached", "late", "open", "missed", "unknown"
STATES = (REACHED, LATE, OPEN, MISSED, UNKNOWN)
_RANK = {standard: rank for rank, standard in enumerate(STANDARDS)}


def slippage(named: pd.DataFrame, decisions: pd.DataFrame, month: date, *, is_known: bool) -> pd.DataFrame:
    """Return one row for each standard that plans name a unit for, in the order of their first years.

    `named` are rows of commune_targets, `decisions` rows of commune_recognitions up to the month, `is_known` whether a
    list of recognitions tells of the unit at all. Columns: standard, years (tuple, ascending), kind and document of the
    last plan, slipped_years (from the first year to the last, zero when it was reached by the first), reached_year,
    reached_on, state: one of STATES.

    The year of the result counts, where the decision states it: decisions often follow in the next year.
    """
    rows = []
    for standard, plans in named.groupby("standard", sort=False):
        years = tuple(sorted({int(year) for year in plans["target_year"]}))
        last = plans.sort_values("target_year", kind="stable").iloc[-1]
        reached_year, reached_on = _reached(decisions, str(standard))
        is_in_time = reached_year is not None and reached_year <= years[0]
        rows.append(
            {
                "standard": standard,
                "years": years,
                "kind": last["kind"],
                "document": last["document"],
                "slipped_years": 0 if is_in_time else years[-1] - years[0],
                "reached_year": reached_year,
                "reached_on": reached_on,
                "state": _state(years[-1], reached_year, month, is_known=is_known),
            }
        )
    columns = ["standard", "years", "kind", "document", "slipped_years", "reached_year", "reached_on", "state"]
    return pd.DataFrame(rows, columns=columns)


def _reached(decisions: pd.DataFrame, standard: str) -> tuple[int | None, pd.Timestamp | None]:
    """Return year of the result and day of the decision since which a standard is held; None when it is not."""
    reached: tuple[int | None, pd.Timestamp | None] = (None, None)
    for row in decisions.sort_values("decision_date", kind="stable").to_dict("records"):
        if not _tells_of(str(row["standard"]), standard, is_revoked=row["event"] == "revoked"):
            continue
        day = row["decision_date"]
        if row["event"] == "revoked":
            reached = (None, None)
        elif reached[1] is None:
            reached = (day.year if is_missing(row["result_year"]) else int(row["result_year"]), day)
    return reached


def _tells_of(decided: str, standard: str, *, is_revoked: bool) -> bool:
    """Tell whether a decision decides about a standard: those of communes are nested, others stand alone."""
    if decided not in _RANK or standard not in _RANK:
        return decided == standard
    return _RANK[decided] <= _RANK[standard] if is_revoked else _RANK[decided] >= _RANK[standard]


def _state(last_year: int, reached_year: int | None, month: date, *, is_known: bool) -> str:
    if reached_year is not None:
        return REACHED if reached_year <= last_year else LATE
    if not is_known:
        return UNKNOWN
    return MISSED if month >= date(last_year, 12, 31) else OPEN
