"""The way of the budget money through a year, and money parted by nature."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from ntm.metrics.exact import exact, exact_sum
from ntm.metrics.funding_steps import STEPS, by_nature, carried_over, steps
from ntm.metrics.payments import disbursement_pairs
from tests.unit.test_metrics_funding import DECEMBER, JUNE, amount, money

YEAR = money(
    amount("need", 150, kind="plan"), amount("need", 40, "local", kind="plan"), amount("need", 9000, "credit"),
    amount("plan", 120, kind="plan"), amount("plan", 30, "local", kind="plan"),
    amount("allocated", 100), amount("allocated", 20, "local"),
    amount("disbursed", 80), amount("disbursed", 15, "local"),
)  # fmt: skip


def way(rows: pd.DataFrame, month: date = DECEMBER) -> pd.DataFrame:
    return steps(rows, disbursement_pairs(rows, 2022, month), 2022, month)


def left(rows: pd.DataFrame, month: date) -> float | None:
    return carried_over(disbursement_pairs(rows, 2022, month), 2022)


def natures(rows: pd.DataFrame) -> pd.DataFrame:
    return by_nature(rows, disbursement_pairs(rows, 2022, DECEMBER), 2022, DECEMBER)


def told(rows: pd.DataFrame, month: date = DECEMBER) -> dict[str, float | None]:
    table = way(rows, month)
    assert tuple(table["step"]) == STEPS
    return {
        row["step"]: None if pd.isna(row["amount_vnd_million"]) else row["amount_vnd_million"]
        for row in table.to_dict("records")
    }


def test_the_money_goes_from_need_to_what_is_left_and_credit_never_walks_along() -> None:
    assert told(YEAR) == {"need": 190, "plan": 150, "allocated": 120, "disbursed": 95, "carried_over": 25}
    changes = way(YEAR)["change_vnd_million"]
    assert changes.dropna().tolist() == [-40, -30, -25]


@pytest.mark.parametrize("stage", ["need", "plan", "allocated", "disbursed"])
def test_a_step_that_nothing_was_told_of_is_unknown_and_not_zero(stage: str) -> None:
    found = told(YEAR[YEAR["stage"] != stage])
    assert found[stage] is None
    assert (found["carried_over"] is None) == (stage in ("allocated", "disbursed"))


def test_nothing_is_carried_over_before_the_year_has_ended() -> None:
    half = money(amount("allocated", 100, cutoff=JUNE), amount("disbursed", 30, cutoff=JUNE))
    assert left(half, JUNE) is None
    assert left(half, DECEMBER) is None, "figures of June tell nothing of 31 December"
    assert told(YEAR, date(2022, 11, 30))["carried_over"] is None


def test_only_sources_that_tell_both_are_left_over() -> None:
    rows = money(amount("allocated", 100), amount("disbursed", 80), amount("allocated", 500, "integrated"))
    assert left(rows, DECEMBER) == 20


def test_more_disbursed_than_allocated_leaves_nothing_that_could_be_said() -> None:
    assert left(money(amount("allocated", 100), amount("disbursed", 130)), DECEMBER) is None


def test_investment_and_recurrent_money_stand_apart_from_what_is_not_told_apart() -> None:
    rows = money(
        amount("plan", 60, nature="investment", kind="plan"), amount("plan", 40, nature="recurrent", kind="plan"),
        amount("allocated", 50, nature="investment"), amount("disbursed", 25, nature="investment"),
        amount("allocated", 40, nature="recurrent"),
        amount("allocated", 200, "local"), amount("disbursed", 150, "local"),
    )  # fmt: skip
    table = natures(rows).set_index("nature")
    assert list(table.index) == ["investment", "recurrent", "not_told"]
    assert table["rate_pct"].dropna().to_dict() == {"investment": 50, "not_told": 75}
    assert table["disbursed"].isna()["recurrent"], "not told is not zero"
    assert table["plan"].isna()["not_told"]


def test_money_of_no_budget_source_has_no_nature() -> None:
    assert not len(natures(money(amount("mobilised", 5, "credit"))))


def test_sums_are_those_of_the_decimals_that_the_warehouse_holds() -> None:
    assert exact_sum([0.1, 0.2, None, float("nan")]) == Decimal("0.3")
    assert exact_sum(pd.Series([123456789.123456, 0.000001])) == Decimal("123456789.123457")
    assert exact(Decimal("1.10")) == Decimal("1.1")
    assert exact(pd.NA) is None
    assert exact_sum([]) == 0
