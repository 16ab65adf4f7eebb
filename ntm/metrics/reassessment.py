"""Communes that were recognised under an earlier criteria set, and where they stand under the set in use.

Whoever does not meet the set in use holds the standard all the same until a decision withdraws it.
Decision 18/2022/QĐ-TTg says from when withdrawal is considered (metrics.watch).
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from ntm.metrics.share import Share, shares_pct
from ntm.metrics.standing import STANDARDS
from ntm.metrics.watch import watch_lists, watch_rules, withdrawal_grounds

ALL_MET, MISSING, UNKNOWN = "all_met", "missing", "unknown"
STATES = (ALL_MET, MISSING, UNKNOWN)
"""Under the set in use: all criteria met; some not met; none known not to be met, but not all known."""
CONSIDER, NOT_CONSIDERED, NOT_JUDGED, GONE = "consider", "not_considered", "not_judged", "gone"
VERDICTS = (CONSIDER, NOT_JUDGED, NOT_CONSIDERED, GONE)


def reassessment(rows: pd.DataFrame) -> pd.DataFrame:
    """Return where recognised communes stand under the set in use, those to be considered first, then the worst.

    `rows` is query criteria_recognised. Adds is_earlier (recognised under an earlier set, see is_of_earlier_set), state
    (one of STATES), verdict (one of VERDICTS), share_pct (of criteria not met, 0-100) and named (tuple: criteria not
    met that the decision names).
    """
    grounds = withdrawal_grounds(rows, watch_rules()["withdrawal"]["criteria"])
    considered = watch_lists(rows)["withdrawal"]
    missing = rows["criteria_not_met"].fillna(0) > 0
    found = rows.assign(
        is_earlier=is_of_earlier_set(rows),
        state=np.select([missing, rows["is_count_known"].astype(bool)], [MISSING, ALL_MET], UNKNOWN),
        verdict=np.select(
            [~rows["standard"].isin((*STANDARDS, "unknown")), considered.isna(), considered.fillna(False).astype(bool)],
            [GONE, NOT_JUDGED, CONSIDER],
            NOT_CONSIDERED,
        ),
        share_pct=shares_pct(grounds["failing"], rows["criteria_total"].astype("Float64")),
        named=pd.Series([_numbers(mask) for mask in grounds["named_mask"]], rows.index, dtype=object),
    )
    places = {name: place for place, name in enumerate(VERDICTS)}
    found = found.assign(place=found["verdict"].map(places))
    found = found.sort_values(["place", "criteria_not_met"], ascending=[True, False], kind="stable")
    return found.drop(columns="place").reset_index(drop=True)


def is_of_earlier_set(rows: pd.DataFrame) -> pd.Series:
    """Tell which first recognitions are of a set before the one in use at the month.

    The set that the decision names counts; else its result is of an earlier year than the set in use, or, where no year
    is stated, the decision itself is older than that set. Figures of 2021 still follow the set of 2016-2020.
    """
    by_year = rows["result_year"].astype("Float64") < rows["set_from"].dt.year
    by_day = rows["decision_date"] < rows["set_from"]
    earlier = by_year.where(rows["result_year"].notna(), by_day)
    named = rows["recognised_set"].notna()
    return earlier.mask(named, rows["recognised_set"] != rows["set_code"]).fillna(False).astype(bool)


def meeting_share(found: pd.DataFrame) -> Share:
    """Return how many communes (rows of reassessment) that are still recognised meet all of the set, of those known."""
    held = found[found["verdict"] != GONE]
    known = held[held["state"] != UNKNOWN]
    return Share(float((known["state"] == ALL_MET).sum()), float(len(known)), "criteria.of_known")


def _numbers(mask: int) -> tuple[int, ...]:
    return tuple(number for number in range(int(mask).bit_length()) if int(mask) >> number & 1)
