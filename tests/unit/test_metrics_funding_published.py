"""Published money of the country: the reference files as they are, and what does not add up in them."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd

from ntm.metrics.funding_published import plan_parts, plan_published, year_lines, year_published
from ntm.settings import ROOT

REFERENCE = ROOT / "data" / "reference"
PLAN = pd.read_csv(REFERENCE / "capital_plan.csv")
FIGURES = pd.read_csv(REFERENCE / "published_figures.csv", parse_dates=["period_end"])
COUNTRY = FIGURES[FIGURES["place"] == "Việt Nam"]


def test_the_parts_of_the_plan_2021_2025_sum_to_its_total_and_no_part_of_a_part_is_added() -> None:
    plan = PLAN[PLAN["period"] == "2021-2025"]
    found = plan_published(plan)
    assert found
    assert (found.total, found.parts, found.difference) == (2_455_212, 2_455_212, 0)
    assert found.parts_without_credit == 665_212
    assert len(plan_parts(plan)) == 6


def test_the_parts_of_2022_are_129_8_more_than_the_total_that_was_published() -> None:
    lines = year_lines(COUNTRY, 2022)
    found = year_published(lines)
    assert found
    assert (found.total, found.parts) == (621_324, Decimal("621453.8"))
    assert found.difference == Decimal("129.8")
    assert found.parts_without_credit == Decimal("184715.8")
    assert not lines.set_index("metric").loc["mobilised_local", "is_part"], "it lies within the state budget"
    assert lines["metric"].iloc[-1] == "mobilised_total"


def test_nothing_published_says_nothing() -> None:
    assert plan_published(PLAN.head(0)) is None
    assert year_published(year_lines(COUNTRY, 2019)) is None
    lines = year_lines(COUNTRY, 2022)
    assert year_published(lines[lines["metric"] == "mobilised_total"]) is None, "a total without parts"
