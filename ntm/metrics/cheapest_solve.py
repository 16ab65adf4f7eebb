"""The smallest choice of bundles that meets every need: a small integer programme, solved exactly.

A bundle is what is only worth doing whole: one criterion, or all that a commune lacks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, vstack

Chosen = frozenset[int]
Level = tuple[int, ...]
"""A whole number for each bundle; of two choices the one with the smaller sum is better."""
_OPTIMAL, _INFEASIBLE = 0, 2


class UnprovenError(ArithmeticError):
    """The solver did not prove its answer in the time it has, or proved it only within its tolerance."""


@dataclass(frozen=True)
class Problem:
    """Bundles by number: each serves one need, belongs to one district and has a size (closures).

    `needs` is how many bundles each need takes, `cap` the most closures of one district; None is no cap.
    """

    need_of: tuple[int, ...]
    needs: tuple[int, ...]
    district_of: tuple[int, ...]
    sizes: Level
    cap: int | None = None
    seconds: float = 5.0


def smallest(problem: Problem, levels: Sequence[Level]) -> Chosen | None:
    """Return the choice that is smallest at the first level, among such ones at the second, and so on.

    None when no choice meets the needs. Raises UnprovenError.
    """
    chosen: Chosen | None = None
    bounds: list[tuple[Level, int]] = []
    for level in levels:
        if chosen is not None and not any(level):
            continue
        chosen = _solve(problem, level, bounds)
        if chosen is None:
            if bounds:
                raise UnprovenError("a choice that was found is not found again")
            return None
        bounds.append((level, sum(level[number] for number in chosen)))
    return chosen


def has_other(problem: Problem, levels: Sequence[Level], chosen: Chosen) -> bool:
    """Tell whether another choice is as small at every level. `chosen` is one that `smallest` found."""
    if not chosen:
        return False
    bounds = [(level, sum(level[number] for number in chosen)) for level in levels]
    # Every bundle has a size and sizes are a level: no other choice of equal sums holds all of this one.
    without = tuple(int(number in chosen) for number in range(len(problem.sizes)))
    return _solve(problem, (0,) * len(without), [*bounds, (without, len(chosen) - 1)]) is not None


def swaps(problem: Problem, levels: Sequence[Level], chosen: Chosen) -> tuple[Chosen, Chosen]:
    """Return the chosen bundles that one other can stand in for at no difference, and those others."""
    kinds: dict[tuple[int, ...], tuple[list[int], list[int]]] = {}
    for number, need in enumerate(problem.need_of):
        kind = (need, *(level[number] for level in levels))
        kinds.setdefault(kind, ([], []))[number in chosen].append(number)
    used = [0] * (max(problem.district_of, default=-1) + 1)
    for number in chosen:
        used[problem.district_of[number]] += problem.sizes[number]

    def fits(out: int, into: int) -> bool:
        district, size = problem.district_of[into], problem.sizes[into]
        freed = problem.sizes[out] if problem.district_of[out] == district else 0
        return problem.cap is None or used[district] - freed + size <= problem.cap

    leaving, coming = set(), set()
    for others, ours in kinds.values():
        leaving |= {out for out in ours if any(fits(out, into) for into in others)}
        coming |= {into for into in others if any(fits(out, into) for out in ours)}
    return frozenset(leaving), frozenset(coming)


def _solve(problem: Problem, level: Level, bounds: Sequence[tuple[Level, int]]) -> Chosen | None:
    """Return a choice of the smallest sum of `level` whose sums of the other levels stay within their bounds."""
    count = len(problem.sizes)
    if not count:
        return None if any(problem.needs) else frozenset()
    answer = milp(
        np.array(level, dtype=float),
        integrality=np.ones(count),
        bounds=Bounds(0, 1),
        constraints=_constraints(problem, bounds),
        options={"mip_rel_gap": 0.0, "time_limit": problem.seconds},
    )
    if answer.status == _INFEASIBLE:
        return None
    if answer.status != _OPTIMAL:
        raise UnprovenError(answer.message)
    chosen = frozenset(np.flatnonzero(answer.x > 0.5).tolist())
    if not _holds(problem, bounds, chosen):
        raise UnprovenError("the answer holds only within the solver's tolerance")
    return chosen


def _constraints(problem: Problem, bounds: Sequence[tuple[Level, int]]) -> list[LinearConstraint]:
    numbers = np.arange(len(problem.sizes))

    ones = csr_array((np.ones(len(numbers)), (problem.need_of, numbers)), shape=(len(problem.needs), len(numbers)))
    found = [LinearConstraint(ones, lb=np.array(problem.needs, dtype=float))]
    limits = [csr_array(np.array([level], dtype=float)) for level, _ in bounds]
    # Sums are whole numbers: half of one keeps a rounding error from shutting out a choice.
    most = [bound + 0.5 for _, bound in bounds]
    if problem.cap is not None:
        sizes = np.array(problem.sizes, dtype=float)
        by_district = csr_array((sizes, (problem.district_of, numbers)))
        limits.append(by_district)
        most += [problem.cap + 0.5] * by_district.shape[0]
    if limits:
        found.append(LinearConstraint(vstack(limits), ub=np.array(most)))
    return found


def _holds(problem: Problem, bounds: Sequence[tuple[Level, int]], chosen: Chosen) -> bool:
    """Tell, in whole numbers, whether a choice keeps what was asked of it."""
    met, used = [0] * len(problem.needs), [0] * (max(problem.district_of) + 1)
    for number in chosen:
        met[problem.need_of[number]] += 1
        used[problem.district_of[number]] += problem.sizes[number]
    is_met = all(have >= need for have, need in zip(met, problem.needs, strict=True))
    is_capped = problem.cap is None or max(used) <= problem.cap
    return is_met and is_capped and all(sum(level[number] for number in chosen) <= most for level, most in bounds)
