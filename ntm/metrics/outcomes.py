"""Who meets what at one month: communes by criteria of one set, with the counts both ways."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ntm.metrics.share import Share

OUTCOMES = ("met", "not_met", "unknown")
MET, NOT_MET, UNKNOWN = range(3)
"""Places in OUTCOMES: the codes of a table."""
_UNIT = ["unit_code", "name", "district_code", "district_name", "standard", "is_stale", "last_report"]
_CRITERION = ["set_code", "criterion_no", "name_vi", "name_en", "lead_agency"]


@dataclass(frozen=True)
class OutcomeTable:
    """`codes` has a row for each commune of `units` and a column for each criterion of `criteria`.

    Both frames carry the counts met, not_met and unknown: of the commune's criteria, of the criterion's communes.
    """

    units: pd.DataFrame
    criteria: pd.DataFrame
    codes: NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.units)

    @property
    def full(self) -> pd.DataFrame:
        """Return the communes that meet every criterion."""
        return self.units[self.units["met"] == len(self.criteria)]

    @property
    def waiting(self) -> pd.DataFrame:
        """Return those of them that hold no standard by the lists of recognitions."""
        return self.full[self.full["standard"] == "none"]

    def of(self, chosen: pd.Series) -> OutcomeTable:
        """Return the table of some communes; the counts of the criteria are theirs alone."""
        return _counted(self.units[chosen], self.criteria, self.codes[chosen.to_numpy(dtype=bool)])

    def numbers(self, code: int) -> pd.Series:
        """Return for each commune the numbers of the criteria with one outcome, as tuples."""
        names = self.criteria["criterion_no"].to_numpy(dtype=object)
        return pd.Series([tuple(names[row]) for row in self.codes == code], self.units.index, dtype=object)


def outcome_table(rows: pd.DataFrame) -> OutcomeTable:
    """Return the table of the rows of query commune_outcomes; a criterion without a row is unknown."""
    unit_at, units = pd.factorize(rows["unit_code"])
    criterion_at, criteria = pd.factorize(rows["criterion_no"])
    codes = np.full((len(units), len(criteria)), UNKNOWN, dtype=np.int8)
    codes[unit_at, criterion_at] = pd.Categorical(rows["outcome"], categories=OUTCOMES).codes
    first_of_units = np.flatnonzero(~rows["unit_code"].duplicated())
    first_of_criteria = np.flatnonzero(~rows["criterion_no"].duplicated())
    return _counted(
        rows[_UNIT].iloc[first_of_units].reset_index(drop=True),
        rows[_CRITERION].iloc[first_of_criteria].reset_index(drop=True),
        codes,
    )


def _counted(units: pd.DataFrame, criteria: pd.DataFrame, codes: NDArray[np.int8]) -> OutcomeTable:
    by_unit = {outcome: (codes == code).sum(axis=1) for code, outcome in enumerate(OUTCOMES)}
    by_criterion = {outcome: (codes == code).sum(axis=0) for code, outcome in enumerate(OUTCOMES)}
    return OutcomeTable(units.assign(**by_unit).reset_index(drop=True), criteria.assign(**by_criterion), codes)


def met_share(met: int, not_met: int) -> Share:
    """Return the share of those that meet a criterion among those whose outcome is known."""
    return Share(float(met), float(met + not_met), "criteria.of_known")
