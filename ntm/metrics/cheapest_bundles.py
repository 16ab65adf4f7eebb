"""What can be chosen on the cheapest way to a target: the criteria of a commune, one by one or all that it lacks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import gcd

import pandas as pd

from ntm.metrics.cheapest_solve import Level, Problem
from ntm.metrics.standing import STANDARDS
from ntm.model import is_missing

CLOSE, VERIFY = "close", "verify"
_DONG = 10**6  # of a million: costs are compared as whole đồng


@dataclass(frozen=True)
class Bundles:
    """The problem, the rows of cells of each bundle, and its commune and criterion (None: all that it lacks).

    `places` are what the needs are of: communes, districts, or one empty text for the whole place.
    """

    problem: Problem
    rows: tuple[tuple[int, ...], ...]
    keys: tuple[tuple[str, str | None], ...]
    places: tuple[str, ...]


def agencies_of(value: object) -> tuple[str, ...]:
    """Return the agencies that lead a criterion together ('Sở TN&MT, Sở Y tế')."""
    return () if is_missing(value) else tuple(part.strip() for part in str(value).split(","))


def units_of(outcomes: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each commune: district_code ('' for none), standard, total, met, is_held, is_there.

    is_there: it holds the standard or has all criteria met.
    """
    met = (outcomes["outcome"] == "met").groupby(outcomes["unit_code"]).agg(["size", "sum"])
    units = outcomes.drop_duplicates("unit_code").set_index("unit_code")[["district_code", "standard"]]
    units = units.assign(
        district_code=units["district_code"].fillna(""),
        total=met["size"],
        met=met["sum"],
        is_held=units["standard"].isin(STANDARDS),
    )
    return units.assign(is_there=units["is_held"] | (units["met"] == units["total"]))


def open_cells(
    outcomes: pd.DataFrame,
    costs: Mapping[tuple[str, str], Decimal],
    *,
    agencies: frozenset[str] | None,
    excluded: frozenset[str],
    is_unknown_unmet: bool,
) -> pd.DataFrame:
    """Return the criteria that are not met or unknown, with kind, cost and is_closable.

    What is to be verified has no known cost: whether anything is to be built is not known before.
    """
    cells = outcomes[outcomes["outcome"] != "met"].reset_index(drop=True)
    is_verified = (cells["outcome"] == "unknown") & (not is_unknown_unmet)
    kinds = [VERIFY if value else CLOSE for value in is_verified]
    keys = zip(cells["unit_code"], cells["criterion_no"], kinds, strict=True)
    told = [None if kind == VERIFY else costs.get((str(unit), str(criterion))) for unit, criterion, kind in keys]
    led = [agencies is None or bool(agencies & set(agencies_of(value))) for value in cells["lead_agency"]]
    return cells.assign(
        kind=pd.Series(kinds, dtype=object),
        cost=pd.Series(told, dtype=object),
        is_closable=pd.Series(led, dtype=bool) & ~cells["criterion_no"].isin(excluded),
    )


def whole_communes(
    units: pd.DataFrame, cells: pd.DataFrame, number: int | None, *, cap: int | None, seconds: float
) -> Bundles:
    """Return the communes that can come to all criteria met: `number` of all, or one in each district without any."""
    is_there = units["is_there"]
    empty = list(units["district_code"][~is_there.groupby(units["district_code"]).transform("any")].unique())
    all_closable = cells["is_closable"].groupby(cells["unit_code"]).all()
    wanted = set(all_closable[all_closable].index) - set(units.index[is_there])
    if number is None:
        wanted &= set(units.index[units["district_code"].isin(empty)])
    rows = {str(unit): tuple(part) for unit, part in cells.groupby("unit_code").indices.items() if unit in wanted}
    places = [""] if number is not None else empty
    needs = [max(0, number - int(is_there.sum()))] if number is not None else [1] * len(empty)
    served = [""] * len(rows) if number is not None else [str(units["district_code"][unit]) for unit in rows]
    keys = [(unit, None) for unit in rows]
    return _bundles(units, list(rows.values()), keys, served, places, needs, cap, seconds)


def single_criteria(
    units: pd.DataFrame, cells: pd.DataFrame, floor: int, *, cap: int | None, seconds: float
) -> Bundles:
    """Return the criteria that bring the communes below a number of criteria up to it."""
    short = (floor - units["met"])[units["met"] < floor]
    is_wanted = cells["is_closable"] & cells["unit_code"].isin(short.index)
    rows = [int(row) for row in cells.index[is_wanted]]
    keys = [(str(cells["unit_code"][row]), str(cells["criterion_no"][row])) for row in rows]
    served, needs = [unit for unit, _ in keys], [int(need) for need in short]
    return _bundles(units, [(row,) for row in rows], keys, served, list(short.index), needs, cap, seconds)


def _bundles(
    units: pd.DataFrame,
    rows: Sequence[tuple[int, ...]],
    keys: Sequence[tuple[str, str | None]],
    served: Sequence[str],
    places: Sequence[str],
    needs: Sequence[int],
    cap: int | None,
    seconds: float,
) -> Bundles:
    district_of_unit = units["district_code"].to_dict()
    districts = {code: number for number, code in enumerate(sorted(set(district_of_unit.values())))}
    place_numbers = {place: number for number, place in enumerate(places)}
    problem = Problem(
        need_of=tuple(place_numbers[place] for place in served),
        needs=tuple(needs),
        district_of=tuple(districts[district_of_unit[unit]] for unit, _ in keys),
        sizes=tuple(len(part) for part in rows),
        # Without districts there is none to have a cap.
        cap=None if "" in districts else cap,
        seconds=seconds,
    )
    return Bundles(problem, tuple(rows), tuple(keys), tuple(places))


def levels_of(cells: pd.DataFrame, bundles: Bundles, order: Sequence[str]) -> tuple[Level, ...]:
    """Return what plans are compared by, in the order given: closures, unknown_costs, known_cost (in whole numbers)."""
    costs = list(cells["cost"])
    known = [sum(_dong(costs[row]) for row in rows if costs[row] is not None) for rows in bundles.rows]
    # Divided by what all have in common, the numbers stay far within what the solver tells apart.
    unit = gcd(*known) or 1
    levels: Mapping[str, Level] = {
        "closures": bundles.problem.sizes,
        "unknown_costs": tuple(sum(costs[row] is None for row in rows) for rows in bundles.rows),
        "known_cost": tuple(cost // unit for cost in known),
    }
    return tuple(levels[name] for name in order)


def _dong(cost: Decimal) -> int:
    return int((cost * _DONG).to_integral_value())


def unreachable(bundles: Bundles) -> tuple[str, ...]:
    """Return the places whose own bundles cannot meet their need, whatever is chosen elsewhere."""
    problem = bundles.problem
    have = [0] * len(problem.needs)
    for need, size in zip(problem.need_of, problem.sizes, strict=True):
        have[need] += problem.cap is None or size <= problem.cap
    pairs = zip(bundles.places, have, problem.needs, strict=True)
    return tuple(place for place, count, need in pairs if count < need)


def most(bundles: Bundles) -> int:
    """Return how many bundles fit below the cap of closures of each district."""
    problem = bundles.problem
    if problem.cap is None:
        return len(problem.sizes)
    used: dict[int, int] = {}
    count = 0
    # The smallest first: of one district no other choice has more of them.
    for size, district in sorted(zip(problem.sizes, problem.district_of, strict=True)):
        if used.get(district, 0) + size <= problem.cap:
            used[district] = used.get(district, 0) + size
            count += 1
    return count
