"""The cheapest way to a target: the smallest set of criteria, commune by commune, whose closing reaches it.

A commune with all criteria of the set met is 'đủ tiêu chí', not recognised: decision 18/2022/QĐ-TTg asks for more. It
counts here beside those that hold the standard. A criterion that is unknown is neither met nor not met: it must be
verified first, which is a closure of its own kind at no known cost.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, partial
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from ntm.metrics.cheapest_bundles import (
    VERIFY,
    Bundles,
    levels_of,
    most,
    open_cells,
    single_criteria,
    units_of,
    unreachable,
    whole_communes,
)
from ntm.metrics.cheapest_solve import Chosen, UnprovenError, has_other, smallest, swaps
from ntm.metrics.watch import watch_rules
from ntm.yaml_files import read_yaml

GoalKind = Literal["count", "none_below_15", "no_empty_district"]
OBJECTIVES = ("closures", "cost")
FAULTS = (
    "no_outcomes", "no_district", "more_than_communes", "floor_over_total", "limits", "communes", "districts", "cap",
    "unproven",
)  # fmt: skip
Costs = Mapping[tuple[str, str], Decimal]
_PATH = Path(__file__).with_suffix(".yml")
_CLOSURE = ["unit_code", "district_code", "criterion_no", "lead_agency", "kind", "cost"]


@dataclass(frozen=True)
class Goal:
    """What is to be reached.

    count: `number` communes that hold the standard or have all criteria met; none_below_15: no commune below `number`
    criteria met (None: the number of watch.yml, 15); no_empty_district: each district has at least one such commune.
    """

    kind: GoalKind
    number: int | None = None


@dataclass(frozen=True)
class Limits:
    """What cannot be closed.

    Criteria that none of `agencies` leads (None: all can be), criteria in `excluded`, more than `per_district` in one
    district.
    """

    agencies: frozenset[str] | None = None
    excluded: frozenset[str] = frozenset()
    per_district: int | None = None


@dataclass(frozen=True)
class Base:
    """Where the communes stand now: `held` hold the standard, `complete` do not but have all criteria met."""

    communes: int
    held: int
    complete: int
    standard_unknown: int
    outcomes_unknown: int


@dataclass(frozen=True)
class Fault:
    """Why the goal cannot be reached: one of FAULTS, the most that can be, and the units that stand in the way.

    limits: at most `most` communes within the limits; communes, districts: `units` cannot be brought there by any
    choice; cap: districts need more closures than the cap allows.
    """

    code: str
    most: int | None = None
    units: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """A smallest set of closures. Never the only one where `has_other`.

    closures: unit_code, district_code, criterion_no, lead_agency, kind (close, verify), cost (Decimal million đồng;
    None is unknown). exchanges: unit_code, criterion_no (None: the whole commune), is_in_plan: each one in the plan can
    be left for one outside it at no difference.
    """

    goal: Goal
    base: Base
    number: int
    closures: pd.DataFrame
    has_other: bool
    exchanges: pd.DataFrame
    fault: Fault | None

    @property
    def communes(self) -> int:
        return int(self.closures["unit_code"].nunique())

    @property
    def to_verify(self) -> int:
        return int((self.closures["kind"] == VERIFY).sum())

    @property
    def unknown_costs(self) -> int:
        return sum(cost is None for cost in self.closures["cost"])

    @property
    def known_cost(self) -> Decimal:
        return sum((cost for cost in self.closures["cost"] if cost is not None), Decimal(0))


@cache
def settings_of_plans() -> Mapping[str, Any]:
    """Return the orders by which plans are compared, and the solver's time."""
    found: Mapping[str, Any] = read_yaml(_PATH)
    return found


def floor_of(goal: Goal) -> int:
    """Return the criteria that no commune may be below."""
    return goal.number if goal.number is not None else int(watch_rules()["below_15"]["below"])


def cheapest(
    outcomes: pd.DataFrame,
    goal: Goal,
    costs: Costs | None = None,
    *,
    objective: str = "closures",
    limits: Limits | None = None,
    is_unknown_unmet: bool = False,
) -> Plan:
    """Return a smallest plan for a goal.

    `outcomes` is query commune_outcomes: one row for each commune and criterion of one set; `costs` million đồng by
    commune and criterion; `objective` a key of cheapest.yml. `is_unknown_unmet` is the scenario that what is unknown is
    not met, so that it is closed and costs what it costs.
    """
    limits = limits or Limits()
    units = units_of(outcomes)
    cells = open_cells(
        outcomes,
        costs or {},
        agencies=limits.agencies,
        excluded=limits.excluded,
        is_unknown_unmet=is_unknown_unmet,
    )
    base = _base(units, outcomes)
    number = floor_of(goal) if goal.kind == "none_below_15" else goal.number or 0
    plan = partial(_plan, goal, base, number, cells)
    if fault := _fault_of_data(units, goal, number, base):
        return plan(fault=fault)
    cap, seconds = limits.per_district, float(settings_of_plans()["seconds"])
    if goal.kind == "none_below_15":
        bundles = single_criteria(units, cells, number, cap=cap, seconds=seconds)
    else:
        bundles = whole_communes(units, cells, number if goal.kind == "count" else None, cap=cap, seconds=seconds)
    if goal.kind != "count" and (places := unreachable(bundles)):
        return plan(fault=Fault("communes" if goal.kind == "none_below_15" else "districts", units=places))
    levels = levels_of(cells, bundles, settings_of_plans()["objectives"][objective])
    try:
        chosen = smallest(bundles.problem, levels)
        if chosen is None:
            reached = most(bundles) + base.held + base.complete
            return plan(fault=Fault("limits", reached) if goal.kind == "count" else Fault("cap"))
        out, into = swaps(bundles.problem, levels, chosen)
        is_tied = bool(out) or has_other(bundles.problem, levels, chosen)
    except UnprovenError:
        return plan(fault=Fault("unproven"))
    return plan(bundles=bundles, chosen=chosen, swapped=out | into, has_other=is_tied)


def _plan(
    goal: Goal,
    base: Base,
    number: int,
    cells: pd.DataFrame,
    *,
    bundles: Bundles | None = None,
    chosen: Chosen = frozenset(),
    swapped: Chosen = frozenset(),
    has_other: bool = False,
    fault: Fault | None = None,
) -> Plan:
    keys, rows = (bundles.keys, bundles.rows) if bundles else ((), ())
    closed = sorted(row for bundle in chosen for row in rows[bundle])
    exchanges = [(*keys[bundle], bundle in chosen) for bundle in sorted(swapped)]
    return Plan(
        goal=goal,
        base=base,
        number=number,
        closures=cells.iloc[closed][_CLOSURE].reset_index(drop=True),
        has_other=has_other,
        exchanges=pd.DataFrame(exchanges, columns=["unit_code", "criterion_no", "is_in_plan"]),
        fault=fault,
    )


def _base(units: pd.DataFrame, outcomes: pd.DataFrame) -> Base:
    return Base(
        communes=len(units),
        held=int(units["is_held"].sum()),
        complete=int((units["is_there"] & ~units["is_held"]).sum()),
        standard_unknown=int((units["standard"] == "unknown").sum()),
        outcomes_unknown=int((outcomes["outcome"] == "unknown").sum()),
    )


def _fault_of_data(units: pd.DataFrame, goal: Goal, number: int, base: Base) -> Fault | None:
    if not len(units):
        return Fault("no_outcomes")
    if goal.kind == "count" and number > base.communes:
        return Fault("more_than_communes", base.communes)
    if goal.kind == "none_below_15" and number > units["total"].min():
        return Fault("floor_over_total", int(units["total"].min()))
    if goal.kind == "no_empty_district" and units["district_code"].eq("").any():
        return Fault("no_district")
    return None
