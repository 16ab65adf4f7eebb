"""The cheapest way to a target in a province of 559 communes and 19 criteria, made up."""

from __future__ import annotations

import random
import time
from decimal import Decimal

import pandas as pd

from ntm.metrics.cheapest import OBJECTIVES, Costs, Goal, Limits, cheapest
from tests.bench.results import Section, median, milliseconds

COMMUNES, CRITERIA, DISTRICTS, RUNS = 559, 19, 27, 5
_GOALS = (Goal("count", 400), Goal("none_below_15"), Goal("no_empty_district"))
_CAP = 50
_AGENCIES = tuple(f"Sở {number}" for number in range(9))


def measure_cheapest() -> Section:
    """Return the time for each goal, by closures and by cost, and with a cap of closures of each district."""
    outcomes, costs = province()
    rows = []
    for goal in _GOALS:
        for objective in OBJECTIVES:
            for cap in (None, _CAP):
                seconds = []
                for _ in range(RUNS):
                    start = time.perf_counter()
                    plan = cheapest(outcomes, goal, costs, objective=objective, limits=Limits(per_district=cap))
                    seconds.append(time.perf_counter() - start)
                said = plan.fault.code if plan.fault else f"{len(plan.closures)} closures"
                rows.append(
                    (
                        goal.kind,
                        objective,
                        str(cap or "none"),
                        said,
                        milliseconds(median(seconds)),
                        milliseconds(max(seconds)),
                    )
                )
    head = ("goal", "least of", "cap of a district", "answer", "median", "slowest", "bar")
    title = f"Cheapest way: {COMMUNES} communes, {CRITERIA} criteria"
    return Section(title, head, tuple((*row, "2 s") for row in rows))


def province() -> tuple[pd.DataFrame, Costs]:
    """Return rows of commune_outcomes and costs of half of what is not met. Seeded: every run makes the same."""
    chance = random.Random(559)
    rows, costs = [], {}
    for number in range(COMMUNES):
        unit, district = f"{number:05}", f"{number * DISTRICTS // COMMUNES:03}"
        is_left_behind = number * DISTRICTS // COMMUNES % 9 == 3
        quality = chance.uniform(0.6, 0.75) if is_left_behind else chance.uniform(0.6, 1)
        standard = "ntm" if quality > 0.85 else "none"
        for criterion in range(1, CRITERIA + 1):
            outcome = "met" if chance.random() < quality else "unknown" if chance.random() < 0.1 else "not_met"
            rows.append((unit, district, standard, str(criterion), _AGENCIES[criterion % len(_AGENCIES)], outcome))
            if outcome == "not_met" and chance.random() < 0.5:
                costs[unit, str(criterion)] = Decimal(chance.randrange(100_000, 9_000_000)) / 1000
    columns = ["unit_code", "district_code", "standard", "criterion_no", "lead_agency", "outcome"]
    return pd.DataFrame(rows, columns=columns), costs
