"""What somebody supposes: criteria that are closed, communes recognised later or withdrawn, other targets, weights.

A scenario is plain values only, so that it can be saved and sent. What it would change is told by scenario_effects.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from ntm.errors import NtmError

Pair = tuple[str, str]
"""A commune's code and the number of a criterion."""
MOST_MONTHS = 60
"""Longest delay that is asked for, in months."""


@dataclass(frozen=True)
class TargetChange:
    """Another value or due date of a target; None leaves the document's own."""

    target_id: str
    value: float | None = None
    due_date: date | None = None


@dataclass(frozen=True)
class Scenario:
    """What is supposed. `delays` are months by commune, `weights` by number of criterion (empty: all equal)."""

    closures: tuple[Pair, ...] = ()
    delays: tuple[tuple[str, int], ...] = ()
    withdrawn: tuple[str, ...] = ()
    targets: tuple[TargetChange, ...] = ()
    weights: tuple[tuple[str, float], ...] = ()

    @property
    def is_empty(self) -> bool:
        return self == Scenario()


def to_content(scenario: Scenario) -> dict[str, Any]:
    """Return the scenario as values of JSON."""
    return {
        "closures": [list(pair) for pair in scenario.closures],
        "delays": [list(delay) for delay in scenario.delays],
        "withdrawn": list(scenario.withdrawn),
        "targets": [
            [change.target_id, change.value, change.due_date.isoformat() if change.due_date else None]
            for change in scenario.targets
        ],
        "weights": [list(weight) for weight in scenario.weights],
    }


def from_content(content: Mapping[str, Any]) -> Scenario:
    """Return the scenario of what `to_content` gave. Raises NtmError for anything else: files are anybody's."""
    try:
        return Scenario(
            closures=tuple((_text(unit), _text(criterion)) for unit, criterion in content["closures"]),
            delays=tuple((_text(unit), _months(months)) for unit, months in content["delays"]),
            withdrawn=tuple(_text(unit) for unit in content["withdrawn"]),
            targets=tuple(
                TargetChange(
                    _text(target_id),
                    None if value is None else float(value),
                    None if due is None else date.fromisoformat(due),
                )
                for target_id, value, due in content["targets"]
            ),
            weights=tuple((_text(criterion), _weight(weight)) for criterion, weight in content["weights"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise NtmError("whatif.no_scenario") from error


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _months(value: object) -> int:
    if not isinstance(value, int) or not 0 <= value <= MOST_MONTHS:
        raise ValueError(value)
    return value


def _weight(value: object) -> float:
    if not isinstance(value, (int, float)) or not 0 <= value <= 100:
        raise ValueError(value)
    return float(value)


def lacking(outcomes: pd.DataFrame) -> pd.DataFrame:
    """Return the communes that lack a criterion or do not tell one: the fewest unmet first.

    Columns: unit_code, name, district_name, standard, not_met, unknown (numbers of criteria), criteria (their numbers,
    as tuples of (criterion_no, outcome) in the order of the set).
    """
    rows = outcomes[outcomes["outcome"] != "met"]
    pairs = pd.Series(list(zip(rows["criterion_no"], rows["outcome"], strict=True)), index=rows.index, dtype=object)
    groups = pairs.groupby(rows["unit_code"]).agg(tuple)
    table = rows.drop_duplicates("unit_code")[["unit_code", "name", "district_name", "standard"]]
    told = table["unit_code"].map(groups)
    table = table.assign(
        criteria=told,
        not_met=[sum(outcome == "not_met" for _, outcome in pairs) for pairs in told],
        unknown=[sum(outcome == "unknown" for _, outcome in pairs) for pairs in told],
    )
    return table.sort_values(["not_met", "unknown", "unit_code"], ignore_index=True)


def near_closures(communes: pd.DataFrame, most: int, criteria: Iterable[str] | None = None) -> tuple[Pair, ...]:
    """Return the unmet criteria of the communes that lack at most `most` and tell all others; `lacking` gives them.

    With `criteria`, those of them alone are closed.
    """
    wanted = None if criteria is None else set(criteria)
    near = communes[(communes["unknown"] == 0) & communes["not_met"].between(1, most)]
    return tuple(
        (str(unit), number)
        for unit, pairs in zip(near["unit_code"], near["criteria"], strict=True)
        for number, _ in pairs
        if wanted is None or number in wanted
    )
