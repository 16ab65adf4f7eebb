"""How long a decision takes: monthly hazards of recognition among the communes that could be recognised.

19/19 is not recognition. A commune waits for NTM from the month whose report tells that it meets every criterion; for
nâng cao and kiểu mẫu every commune that holds the standard below is eligible, for their own criteria are hardly
reported. The month of the year counts only where the history is long enough (projection.yml).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ntm.metrics.hazard import MET, RANKS, Floats, History, month_weights, rules

STANDARDS = ("ntm", "nang_cao", "kieu_mau")


@dataclass(frozen=True)
class Pace:
    """Recognitions and months at risk (older ones count less), `seen` recognitions as they are, and month effects.

    `of_month`: twelve factors of the pace, all 1 where the month of the year is not let count.
    """

    events: float
    exposure: float
    seen: int
    of_month: Floats

    @property
    def is_enough(self) -> bool:
        return self.seen >= int(rules()["min_recognitions"]["value"])


def paces(history: History) -> dict[str, Pace]:
    """Return the pace of recognition of each standard."""
    held = history.standards
    before, after = held[:, :-1], held[:, 1:]
    is_told = (before != RANKS["unknown"]) & (after != RANKS["unknown"])
    is_full = (history.outcomes == MET).all(axis=2)[:, 1:]
    found = {}
    for standard in STANDARDS:
        rank = RANKS[standard]
        # A commune that is recognised twice in a month, as NTM and beyond, was eligible for the first alone.
        at_risk = is_told & (before == rank - 1) & (is_full if standard == "ntm" else True)
        found[standard] = _pace(at_risk, at_risk & (after >= rank), history.months[1:])
    return found


def _pace(at_risk: np.ndarray, is_event: np.ndarray, months: pd.DatetimeIndex) -> Pace:
    weights = month_weights(len(months))
    events, exposure = is_event.sum(axis=0) @ weights, at_risk.sum(axis=0) @ weights
    seen, rule = int(is_event.sum()), rules()["min_month_effect"]
    of_month = np.ones(12)
    if seen >= rule["value"] and len(months) >= rule["months"]:
        strength = float(rules()["strength"]["month"])
        number = np.asarray(months.month) - 1
        got = np.bincount(number, is_event.sum(axis=0), 12)
        wanted = np.bincount(number, at_risk.sum(axis=0), 12) * seen / at_risk.sum()
        of_month = (got + strength) / (wanted + strength)
    return Pace(float(events), float(exposure), seen, of_month)
