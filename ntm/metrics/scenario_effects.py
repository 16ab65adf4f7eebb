"""What a scenario would change: communes, districts, targets, ranking and need of money, before and after.

Closing criteria recognises nobody: who then meets all of them waits for a decision, which has more conditions than
that (18/2022/QĐ-TTg).
What is unknown stays unknown unless the scenario says that it is closed; figures are those of communes that tell all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

import numpy as np
import pandas as pd

from ntm.metrics.scenario import Pair, Scenario
from ntm.metrics.scenario_targets import Standings, targets_under
from ntm.metrics.standing import STANDARDS
from ntm.metrics.watch import watch_rules

_HELD = {standard: STANDARDS[rank:] for rank, standard in enumerate(STANDARDS)}


@dataclass(frozen=True)
class Figures:
    """Counts of communes; None is unknown. Criteria are counted over `known` communes, whose reports tell them all.

    `met_sum` are the criteria that those meet together, `waiting` the communes with all criteria that hold no standard,
    `without_ntm` the districts of which no commune holds one.
    """

    communes: int
    known: int
    met_sum: int
    full: int | None
    waiting: int | None
    below_15: int | None
    lowest: int | None
    ntm: int | None
    nang_cao: int | None
    kieu_mau: int | None
    without_ntm: int | None

    @property
    def mean(self) -> float | None:
        """Criteria met by a commune on average."""
        return self.met_sum / self.known if self.known else None

    def plain(self) -> dict[str, float | None]:
        """Return the figures by name, the mean among them: what is saved and compared."""
        return asdict(self) | {"mean": self.mean}


@dataclass(frozen=True)
class Effects:
    """`communes` are those that the scenario changes, `districts` one row for each, `targets` one for each that is due.

    `cost` is the need of the closures that it is known of, in million đồng, `uncosted` how many have none. `idle` are
    closures that change nothing: met already, or of a commune or criterion that is not there (any more).
    """

    before: Figures
    after: Figures
    targets: pd.DataFrame
    districts: pd.DataFrame
    communes: pd.DataFrame
    closures: tuple[Pair, ...]
    idle: tuple[Pair, ...]
    cost: Decimal
    uncosted: int


@dataclass(frozen=True)
class _State:
    """One row for each commune (unit_code, name, district_name, standard) and their outcomes, communes x criteria."""

    units: pd.DataFrame
    criteria: tuple[str, ...]
    met: np.ndarray
    told: np.ndarray
    withdrawn: tuple[str, ...] = ()

    @cached_property
    def is_known(self) -> np.ndarray:
        return np.asarray(self.told.all(axis=1))

    @cached_property
    def counts(self) -> np.ndarray:
        return self.met.sum(axis=1)

    @cached_property
    def is_full(self) -> np.ndarray:
        return np.asarray(self.is_known & self.met.all(axis=1))

    @cached_property
    def waiting(self) -> pd.Series:
        """Codes of the communes that meet all criteria and hold no standard; who loses one does not wait."""
        codes = self.units["unit_code"]
        is_none = (self.units["standard"] == "none") & ~codes.isin(self.withdrawn)
        return codes[self.is_full & is_none.to_numpy()]


def effects(
    outcomes: pd.DataFrame,
    scenario: Scenario,
    *,
    targets: pd.DataFrame,
    plans: pd.DataFrame,
    month: date,
    costs: Mapping[Pair, Decimal] | None = None,
) -> Effects:
    """Return what the scenario changes.

    `outcomes` are rows of commune_outcomes, at least one; `targets` of the query of that name, `plans` of target_units,
    `costs` the need in million đồng by commune and criterion.
    """
    before = _state(outcomes)
    after, changing = _with_closures(before, scenario)
    need = [None if costs is None else costs.get(pair) for pair in changing]
    figures = _figures(before), _figures(after)
    return Effects(
        before=figures[0],
        after=figures[1],
        targets=targets_under(
            targets, scenario, _standings(before, figures[0]), _standings(after, figures[1]), plans, month
        ),
        districts=_districts(before, after, scenario),
        communes=_changed(before, after),
        closures=changing,
        idle=tuple(pair for pair in scenario.closures if pair not in set(changing)),
        cost=sum((amount for amount in need if amount is not None), Decimal(0)),
        uncosted=sum(amount is None for amount in need),
    )


def _state(outcomes: pd.DataFrame) -> _State:
    rows, units = pd.factorize(outcomes["unit_code"])
    columns, criteria = pd.factorize(outcomes["criterion_no"])
    met = np.zeros((len(units), len(criteria)), dtype=bool)
    told = met.copy()
    met[rows, columns] = outcomes["outcome"] == "met"
    told[rows, columns] = outcomes["outcome"] != "unknown"
    names = ["unit_code", "name", "district_code", "district_name", "standard"]
    table = outcomes.drop_duplicates("unit_code")[names].reset_index(drop=True)
    return _State(table, tuple(map(str, criteria)), met, told)


def _with_closures(state: _State, scenario: Scenario) -> tuple[_State, tuple[Pair, ...]]:
    """Return the state under the scenario, and the closures that change something, each once."""
    row = {code: number for number, code in enumerate(state.units["unit_code"])}
    column = {number: place for place, number in enumerate(state.criteria)}
    met, told = state.met.copy(), state.told.copy()
    changing = []
    for unit, criterion in scenario.closures:
        if unit in row and criterion in column and not met[row[unit], column[criterion]]:
            met[row[unit], column[criterion]] = told[row[unit], column[criterion]] = True
            changing.append((unit, criterion))
    held = state.units["standard"]
    is_withdrawn = state.units["unit_code"].isin(scenario.withdrawn) & held.isin(STANDARDS)
    units = state.units.assign(standard=held.mask(is_withdrawn, "none"))
    return replace(state, units=units, met=met, told=told, withdrawn=scenario.withdrawn), tuple(changing)


def _figures(state: _State) -> Figures:
    known, counts, held = state.is_known, state.counts, state.units["standard"]
    is_held_known, some = not (held == "unknown").any(), bool(known.any())
    rule = watch_rules()["below_15"]
    holders = {name: int(held.isin(names).sum()) if is_held_known else None for name, names in _HELD.items()}
    ntm_by_district = held.isin(STANDARDS).groupby(state.units["district_code"]).any()
    return Figures(
        communes=len(held),
        known=int(known.sum()),
        met_sum=int(counts[known].sum()),
        full=int(state.is_full.sum()) if some else None,
        waiting=len(state.waiting) if some and is_held_known else None,
        below_15=int((counts[known] < rule["below"]).sum()) if some and len(state.criteria) == rule["of"] else None,
        lowest=int(counts[known].min()) if some else None,
        without_ntm=int((~ntm_by_district).sum()) if is_held_known and len(ntm_by_district) else None,
        **holders,
    )


def _standings(state: _State, figures: Figures) -> Standings:
    codes, held = state.units["unit_code"], state.units["standard"]
    holders = {name: set(codes[held.isin(names)]) for name, names in _HELD.items()}
    return Standings(figures.plain(), set(codes), holders, set(state.waiting))


def _changed(before: _State, after: _State) -> pd.DataFrame:
    """Return unit_code, name, district_name, met and standard before and after, is_waiting; None is unknown."""
    table = after.units.assign(
        met_before=pd.Series(before.counts).where(before.is_known),
        met_after=pd.Series(after.counts).where(after.is_known),
        standard_before=before.units["standard"],
        closed=(after.met & ~before.met).sum(axis=1),
        is_waiting=after.units["unit_code"].isin(after.waiting),
    )
    is_changed = (table["closed"] > 0) | (table["standard"] != table["standard_before"])
    return table[is_changed].reset_index(drop=True)


def _districts(before: _State, after: _State, scenario: Scenario) -> pd.DataFrame:
    """Return unit_code, name, communes, and known, met_sum, full, ntm, score with their ends _before and _after.

    Sums are of known communes; of each the score is its criteria by their weights, from 0 to 1. ntm is missing where a
    standard of the district is unknown.
    """
    weights = dict(scenario.weights)
    by = np.array([weights.get(number, 1.0) for number in before.criteria])
    total = by.sum() or np.nan
    place, codes = pd.factorize(before.units["district_code"], sort=True)  # -1: no district, as since 1 July 2025
    is_placed = place >= 0
    names = before.units.drop_duplicates("district_code").set_index("district_code")["district_name"]

    def sums(values: np.ndarray) -> np.ndarray:
        return np.bincount(place[is_placed], values[is_placed].astype(float), minlength=len(codes))

    table = {"unit_code": codes, "name": names.reindex(codes).to_numpy(), "communes": sums(np.ones(len(place)))}
    for end, state in (("before", before), ("after", after)):
        held = state.units["standard"]
        is_held_known = sums((held == "unknown").to_numpy()) == 0
        table |= {
            f"known_{end}": sums(state.is_known),
            f"met_sum_{end}": sums(np.where(state.is_known, state.counts, 0)),
            f"score_{end}": sums(np.where(state.is_known, state.met @ by / total, 0.0)),
            f"full_{end}": sums(state.is_full),
            # A commune of unknown standard makes its district's count unknown, as in the marts.
            f"ntm_{end}": np.where(is_held_known, sums(held.isin(STANDARDS).to_numpy()), np.nan),
        }
    return pd.DataFrame(table)
