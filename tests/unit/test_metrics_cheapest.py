from __future__ import annotations

import random
from collections.abc import Iterator
from decimal import Decimal
from itertools import chain, combinations
from typing import Any

import pandas as pd
import pytest

from ntm.metrics.cheapest import FAULTS, OBJECTIVES, Goal, Limits, Plan, cheapest, floor_of, settings_of_plans

CASES = 200
WORDS = {"m": "met", "n": "not_met", "u": "unknown"}


def outcomes(communes: dict[str, tuple[str, str, str]]) -> pd.DataFrame:
    """Return rows of commune_outcomes: commune -> district, standard, the outcomes of criteria 1, 2, … as m, n or u."""
    columns = ["unit_code", "district_code", "standard", "criterion_no", "lead_agency", "outcome"]
    rows = [
        [
            unit,
            district,
            standard,
            str(number),
            f"Sở {number % 2}, Sở chung" if number < 4 else f"Sở {number % 2}",
            WORDS[letter],
        ]
        for unit, (district, standard, letters) in communes.items()
        for number, letter in enumerate(letters, start=1)
    ]
    return pd.DataFrame(rows, columns=columns)


def closed(plan: Plan) -> set[tuple[str, str]]:
    return set(zip(plan.closures["unit_code"], plan.closures["criterion_no"], strict=True))


SIX = outcomes(
    {
        "a": ("D1", "ntm", "nnnn"),
        "b": ("D1", "none", "mmmm"),
        "c": ("D1", "none", "mmmn"),
        "d": ("D2", "none", "mmnn"),
        "e": ("D2", "none", "mmun"),
        "f": ("D2", "unknown", "nnnn"),
    }
)


class TestCount:
    def test_those_that_hold_the_standard_and_those_complete_are_the_base(self) -> None:
        plan = cheapest(SIX, Goal("count", 2))
        assert (plan.base.held, plan.base.complete, plan.base.standard_unknown) == (1, 1, 1)
        assert not len(plan.closures)
        assert plan.fault is None
        assert not plan.has_other

    def test_the_nearest_commune_comes_first_and_is_the_only_answer(self) -> None:
        plan = cheapest(SIX, Goal("count", 3))
        assert closed(plan) == {("c", "4")}
        assert not plan.has_other
        assert not len(plan.exchanges)

    def test_communes_that_miss_as_many_can_be_exchanged_and_both_are_named(self) -> None:
        plan = cheapest(SIX, Goal("count", 4))
        assert plan.has_other
        assert sorted(plan.exchanges["unit_code"]) == ["d", "e"]
        assert plan.exchanges["is_in_plan"].sum() == 1
        assert len(plan.closures) == 3

    def test_what_is_unknown_is_verified_at_no_known_cost(self) -> None:
        costs = {(unit, number): Decimal(5) for unit in "abcdef" for number in "1234"}
        plan = cheapest(SIX, Goal("count", 5), costs)
        assert closed(plan) == {("c", "4"), ("d", "3"), ("d", "4"), ("e", "3"), ("e", "4")}
        assert (plan.to_verify, plan.unknown_costs, plan.known_cost) == (1, 1, Decimal(20))

    def test_as_a_scenario_what_is_unknown_is_closed_and_costs(self) -> None:
        costs = {(unit, number): Decimal(5) for unit in "abcdef" for number in "1234"}
        plan = cheapest(SIX, Goal("count", 5), costs, is_unknown_unmet=True)
        assert (plan.to_verify, plan.unknown_costs, plan.known_cost) == (0, 0, Decimal(25))

    def test_an_unknown_cost_is_dearer_than_any_known_one(self) -> None:
        costs = {("d", "3"): Decimal(900), ("d", "4"): Decimal(900)}
        table = SIX[SIX["unit_code"].isin(["c", "d"])]
        assert closed(cheapest(table, Goal("count", 1), costs)) == {("c", "4")}
        plan = cheapest(table, Goal("count", 1), costs, objective="cost")
        assert closed(plan) == {("d", "3"), ("d", "4")}
        assert plan.known_cost == 1800

    def test_costs_are_compared_to_the_last_dong(self) -> None:
        costs = {("d", "3"): Decimal("4000000000.000001"), ("e", "3"): Decimal("4000000000")}
        table = outcomes({"d": ("D1", "none", "mmnm"), "e": ("D1", "none", "mmnm")})
        plan = cheapest(table, Goal("count", 1), costs)
        assert closed(plan) == {("e", "3")}
        assert not plan.has_other

    def test_a_cap_of_a_district_moves_the_choice(self) -> None:
        plan = cheapest(SIX, Goal("count", 4), limits=Limits(per_district=1))
        assert plan.fault is not None
        assert (plan.fault.code, plan.fault.most) == ("limits", 3)
        assert cheapest(SIX, Goal("count", 4), limits=Limits(per_district=2)).fault is None

    def test_more_than_there_are_is_refused_with_their_number(self) -> None:
        fault = cheapest(SIX, Goal("count", 7)).fault
        assert fault is not None
        assert (fault.code, fault.most) == ("more_than_communes", 6)

    def test_a_criterion_that_cannot_be_closed_keeps_its_communes_out(self) -> None:
        plan = cheapest(SIX, Goal("count", 3), limits=Limits(excluded=frozenset({"4"})))
        assert plan.fault is not None
        assert (plan.fault.code, plan.fault.most) == ("limits", 2)

    def test_a_criterion_led_by_several_is_closed_by_any_of_them(self) -> None:
        table = outcomes({"a": ("D1", "none", "mmnm"), "b": ("D1", "none", "mmmn")})
        plan = cheapest(table, Goal("count", 1), limits=Limits(agencies=frozenset({"Sở chung"})))
        assert closed(plan) == {("a", "3")}
        assert cheapest(table, Goal("count", 2), limits=Limits(agencies=frozenset({"Sở chung"}))).fault is not None


class TestFloor:
    def test_the_number_is_that_of_the_watch_list_unless_another_is_asked_for(self) -> None:
        assert floor_of(Goal("none_below_15")) == 15
        assert floor_of(Goal("none_below_15", 14)) == 14

    def test_each_commune_below_gets_what_it_lacks_and_may_take_other_criteria(self) -> None:
        plan = cheapest(SIX, Goal("none_below_15", 3))
        assert plan.closures["unit_code"].value_counts().to_dict() == {"a": 3, "f": 3, "d": 1, "e": 1}
        assert plan.has_other
        assert len(plan.exchanges[plan.exchanges["unit_code"] == "d"]) == 2

    def test_communes_that_cannot_come_there_are_named(self) -> None:
        fault = cheapest(SIX, Goal("none_below_15", 4), limits=Limits(excluded=frozenset({"3"}))).fault
        assert fault is not None
        assert (fault.code, fault.units) == ("communes", ("a", "d", "e", "f"))

    def test_a_floor_above_the_set_is_refused(self) -> None:
        fault = cheapest(SIX, Goal("none_below_15")).fault
        assert fault is not None
        assert (fault.code, fault.most) == ("floor_over_total", 4)

    def test_a_cap_that_is_too_small_is_said(self) -> None:
        fault = cheapest(SIX, Goal("none_below_15", 3), limits=Limits(per_district=4)).fault
        assert fault is not None
        assert fault.code == "cap"


class TestDistricts:
    def test_only_a_district_without_any_commune_asks_for_one(self) -> None:
        plan = cheapest(SIX, Goal("no_empty_district"))
        assert plan.communes == 1
        assert plan.closures["district_code"].unique().tolist() == ["D2"]
        assert sorted(plan.exchanges["unit_code"]) == ["d", "e"]

    def test_a_district_that_cannot_is_named(self) -> None:
        fault = cheapest(SIX, Goal("no_empty_district"), limits=Limits(per_district=1)).fault
        assert fault is not None
        assert (fault.code, fault.units) == ("districts", ("D2",))

    def test_where_there_are_no_districts_the_question_has_no_answer(self) -> None:
        fault = cheapest(SIX.assign(district_code=None), Goal("no_empty_district")).fault
        assert fault is not None
        assert fault.code == "no_district"


def test_without_rows_nothing_is_said() -> None:
    fault = cheapest(SIX.iloc[:0], Goal("count", 1)).fault
    assert fault is not None
    assert fault.code == "no_outcomes"
    assert fault.code in FAULTS


def test_every_objective_names_all_that_plans_are_compared_by() -> None:
    orders = settings_of_plans()["objectives"]
    assert set(orders) == set(OBJECTIVES)
    assert {tuple(sorted(order)) for order in orders.values()} == {("closures", "known_cost", "unknown_costs")}


Case = tuple[pd.DataFrame, Goal, dict[tuple[str, str], Decimal], str, Limits, bool]


def random_case(seed: int) -> Case:
    """Return a case with at most eight criteria that are not met."""
    chance = random.Random(seed)
    total, left = chance.randint(2, 4), 8
    communes = {}
    for unit in "abcdef"[: chance.randint(2, 6)]:
        letters = ""
        for _ in range(total):
            letter = chance.choice("mmnnu") if left else "m"
            left -= letter != "m"
            letters += letter
        communes[unit] = (chance.choice(["D1", "D2"]), chance.choice(["none", "none", "ntm", "unknown"]), letters)
    table = outcomes(communes)
    kind: Any = chance.choice(["count", "none_below_15", "no_empty_district"])
    number = {"count": chance.randint(1, len(communes)), "none_below_15": chance.randint(1, total)}.get(kind)
    costs = {
        (unit, str(criterion)): Decimal(chance.choice(["0", "1", "1", "2.5", "7"]))
        for unit in communes
        for criterion in range(1, total + 1)
        if chance.random() < 0.7
    }
    limits = Limits(
        agencies=frozenset({"Sở 0", "Sở chung"}) if chance.random() < 0.2 else None,
        excluded=frozenset({"1"}) if chance.random() < 0.2 else frozenset(),
        per_district=chance.randint(1, 6) if chance.random() < 0.5 else None,
    )
    return table, Goal(kind, number), costs, chance.choice(OBJECTIVES), limits, chance.random() < 0.3


def brute_force(case: Case) -> tuple[tuple[Decimal, ...], set[frozenset[tuple[str, str]]]] | None:
    """Return the value of the best plans and all of them, by trying every set of closures; None when none will do."""
    table, goal, costs, objective, limits, is_unknown_unmet = case
    rows = table.to_dict("records")
    missing = {(row["unit_code"], row["criterion_no"]): row for row in rows if row["outcome"] != "met"}
    usable = [
        key
        for key, row in missing.items()
        if key[1] not in limits.excluded
        and (limits.agencies is None or set(row["lead_agency"].split(", ")) & limits.agencies)
    ]
    values: dict[frozenset[tuple[str, str]], tuple[Decimal, ...]] = {}
    for chosen in map(frozenset, chain.from_iterable(combinations(usable, size) for size in range(len(usable) + 1))):
        if not is_reached(rows, goal, chosen, limits):
            continue
        told = [
            None if missing[key]["outcome"] == "unknown" and not is_unknown_unmet else costs.get(key) for key in chosen
        ]
        parts = {
            "closures": Decimal(len(chosen)),
            "unknown_costs": Decimal(told.count(None)),
            "known_cost": sum((cost for cost in told if cost is not None), Decimal(0)),
        }
        order = ["closures", "unknown_costs", "known_cost"] if objective == "closures" else [
            "unknown_costs", "known_cost", "closures",
        ]  # fmt: skip
        values[chosen] = tuple(parts[name] for name in order)
    if not values:
        return None
    best = min(values.values())
    return best, {chosen for chosen, value in values.items() if value == best}


def is_reached(rows: list[dict[Any, Any]], goal: Goal, chosen: frozenset[tuple[str, str]], limits: Limits) -> bool:
    district = {row["unit_code"]: row["district_code"] for row in rows}
    held = {row["unit_code"] for row in rows if row["standard"] == "ntm"}
    met: dict[str, int] = dict.fromkeys(district, 0)
    for row in rows:
        met[row["unit_code"]] += row["outcome"] == "met" or (row["unit_code"], row["criterion_no"]) in chosen
    total = len(rows) // len(district)
    there = {unit for unit in district if unit in held or met[unit] == total}
    used = [sum(district[unit] == code for unit, _ in chosen) for code in set(district.values())]
    if limits.per_district is not None and max(used) > limits.per_district:
        return False
    if goal.kind == "count":
        return len(there) >= (goal.number or 0)
    if goal.kind == "none_below_15":
        return min(met.values()) >= floor_of(goal)
    return {district[unit] for unit in there} == set(district.values())


def plans_by_one_swap(best: set[frozenset[tuple[str, str]]], plan: frozenset[tuple[str, str]], goal: Goal) -> bool:
    """Whether one of the best plans differs by one commune (or by one criterion of one commune)."""

    def bundles(closures: frozenset[tuple[str, str]]) -> set[Any]:
        return set(closures) if goal.kind == "none_below_15" else {unit for unit, _ in closures}

    return any(len(bundles(other) - bundles(plan)) == 1 for other in best)


@pytest.mark.parametrize("first", range(0, CASES, 50))
def test_plans_are_those_that_trying_everything_finds(first: int) -> None:
    for seed in range(first, first + 50):
        case = random_case(seed)
        table, goal, costs, objective, limits, is_unknown_unmet = case
        plan = cheapest(table, goal, costs, objective=objective, limits=limits, is_unknown_unmet=is_unknown_unmet)
        found = brute_force(case)
        if found is None:
            assert plan.fault is not None, seed
            assert plan.fault.code != "unproven", seed
            continue
        assert plan.fault is None, seed
        best, plans = found
        ours = frozenset(closed(plan))
        assert ours in plans, (seed, best)
        assert plan.has_other == (len(plans) > 1), seed
        assert bool(len(plan.exchanges)) == plans_by_one_swap(plans, ours, goal), seed


def test_the_random_cases_are_of_all_kinds() -> None:
    cases = list(answers())
    assert {kind for kind, _, _ in cases} == {"count", "none_below_15", "no_empty_district"}
    assert sum(count == 0 for _, _, count in cases) > 10
    assert sum(count > 1 for _, _, count in cases) > 10
    assert sum(size > 1 for _, size, _ in cases) > 25


def answers() -> Iterator[tuple[str, int, int]]:
    for seed in range(0, CASES, 2):
        case = random_case(seed)
        found = brute_force(case)
        yield case[1].kind, len(next(iter(found[1]))) if found else 0, len(found[1]) if found else 0
