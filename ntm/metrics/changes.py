"""What changed in the communes between two months."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from ntm.metrics.standing import STANDARDS

_RANK = {"unknown": -1, "none": 0, **{standard: rank for rank, standard in enumerate(STANDARDS, start=1)}}


@dataclass(frozen=True)
class Changes:
    """Names of communes that reached or lost each standard; communes that gained or lost criteria.

    Criteria are compared under one set only: when the set changed between the months, `is_other_set` is true and no
    commune counts as better or worse.
    """

    reached: dict[str, tuple[str, ...]]
    lost: dict[str, tuple[str, ...]]
    better: tuple[str, ...]
    worse: tuple[str, ...]
    is_other_set: bool

    @property
    def is_empty(self) -> bool:
        return not (any(self.reached.values()) or any(self.lost.values()) or self.better or self.worse)


def changes(communes: pd.DataFrame) -> Changes:
    """Return the changes from the rows of commune_changes."""
    before = communes["standard_before"].map(_RANK)
    now = communes["standard"].map(_RANK)
    known = (before >= 0) & (now >= 0)

    def names(rows: pd.Series) -> tuple[str, ...]:
        return tuple(communes.loc[rows, "name"])

    return Changes(
        reached={
            standard: names(known & (before < _RANK[standard]) & (now >= _RANK[standard])) for standard in STANDARDS
        },
        lost={standard: names(known & (before >= _RANK[standard]) & (now < _RANK[standard])) for standard in STANDARDS},
        better=names(communes["criteria_change"] > 0),
        worse=names(communes["criteria_change"] < 0),
        is_other_set=bool(communes["is_other_set"].fillna(False).any()),
    )
