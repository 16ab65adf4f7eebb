"""Disbursement: the rate and what it stands on, why there is none, districts by rate."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from ntm.metrics.payments import (
    common_cutoff,
    disbursement,
    disbursement_by_source,
    left_out,
    ranking,
    why_no_rate,
)
from tests.unit.test_metrics_funding import DECEMBER, JUNE, amount, money

SEPTEMBER = date(2022, 9, 30)


def test_the_rate_is_over_money_allocated_to_the_same_source_at_the_same_cut_off() -> None:
    rows = money(
        amount("allocated", 100), amount("disbursed", 80),
        amount("allocated", 50, "local"), amount("disbursed", 10, "local"),
    )  # fmt: skip
    found = disbursement(rows, 2022, DECEMBER)
    assert found
    assert (found.allocated, found.disbursed, found.cutoff) == (150, 90, DECEMBER)
    assert found.rate.pct == pytest.approx(60)
    assert found.rate.definition == "share.of_allocated"


@pytest.mark.parametrize("base", ["need", "plan", "mobilised"])
def test_a_rate_over_need_plan_or_mobilised_money_cannot_come_out(base: str) -> None:
    rows = money(amount(base, 6_259_605), amount("disbursed", 472_768))
    assert disbursement(rows, 2022, DECEMBER) is None
    assert disbursement_by_source(rows, 2022, DECEMBER) is None


def test_allocated_money_of_a_plan_is_no_base() -> None:
    rows = money(amount("allocated", 100, kind="plan"), amount("disbursed", 80))
    assert disbursement(rows, 2022, DECEMBER) is None


def test_allocated_money_of_another_cut_off_or_year_is_no_base() -> None:
    rows = money(amount("allocated", 100, cutoff=JUNE), amount("allocated", 100, year=2021), amount("disbursed", 80))
    assert disbursement(rows, 2022, DECEMBER) is None


def test_a_later_cut_off_of_payments_alone_leaves_the_last_rate() -> None:
    rows = money(
        amount("allocated", 100, cutoff=JUNE), amount("disbursed", 30, cutoff=JUNE),
        amount("disbursed", 45, cutoff=date(2022, 9, 30)),
    )  # fmt: skip
    found = disbursement(rows, 2022, DECEMBER)
    assert found
    assert (found.disbursed, found.cutoff) == (30, JUNE)


def test_a_source_that_tells_only_one_of_both_is_left_out_of_the_rate() -> None:
    rows = money(
        amount("allocated", 100), amount("disbursed", 80),
        amount("allocated", 900, "integrated"), amount("disbursed", 70, "community"),
    )  # fmt: skip
    found = disbursement(rows, 2022, DECEMBER)
    assert found
    assert (found.allocated, found.disbursed) == (100, 80)


def test_a_nature_that_tells_only_one_of_both_is_left_out_of_the_rate() -> None:
    rows = money(
        amount("allocated", 100, nature="investment"), amount("disbursed", 80, nature="investment"),
        amount("allocated", 40, nature="recurrent"),
    )  # fmt: skip
    found = disbursement(rows, 2022, DECEMBER)
    assert found
    assert (found.allocated, found.disbursed) == (100, 80)


def test_of_nothing_allocated_there_is_no_rate() -> None:
    rows = money(amount("allocated", 0), amount("disbursed", 0))
    found, table = disbursement(rows, 2022, DECEMBER), disbursement_by_source(rows, 2022, DECEMBER)
    assert found
    assert found.rate.pct is None
    assert table is not None
    assert table["rate_pct"].isna().all()


def test_the_rate_is_that_of_the_month_looked_at() -> None:
    rows = money(
        amount("allocated", 100, cutoff=JUNE), amount("disbursed", 30, cutoff=JUNE),
        amount("allocated", 100), amount("disbursed", 80),
    )  # fmt: skip
    found = disbursement(rows, 2022, date(2022, 9, 30))
    assert found
    assert (found.cutoff, found.rate.pct) == (JUNE, 30)
    assert disbursement(rows, 2022, date(2022, 3, 31)) is None


def test_a_newer_estimate_does_not_hide_the_latest_reported_rate() -> None:
    rows = money(
        amount("allocated", 100, cutoff=JUNE), amount("disbursed", 30, cutoff=JUNE),
        amount("disbursed", 95, kind="estimate"),
    )  # fmt: skip
    found = disbursement(rows, 2022, DECEMBER)
    assert found
    assert (found.cutoff, found.rate.pct) == (JUNE, 30)


def test_the_last_cut_off_with_both_counts_although_a_later_one_has_planned_allocations_or_estimates() -> None:
    rows = money(
        amount("allocated", 100, cutoff=JUNE), amount("disbursed", 30, cutoff=JUNE),
        amount("allocated", 500, kind="plan"), amount("disbursed", 80),
    )  # fmt: skip
    found = disbursement(rows, 2022, DECEMBER)
    assert found
    assert (found.cutoff, found.allocated) == (JUNE, 100)


def test_credit_has_no_rate_and_changes_none() -> None:
    rows = money(amount("allocated", 100), amount("disbursed", 80))
    credit = money(amount("allocated", 5000, "credit"), amount("disbursed", 4000, "credit"))
    assert disbursement(credit, 2022, DECEMBER) is None
    assert disbursement(pd.concat([rows, credit]), 2022, DECEMBER) == disbursement(rows, 2022, DECEMBER)


def test_money_carried_over_is_no_base_of_the_years_payments() -> None:
    rows = money(amount("allocated", 100), amount("disbursed", 80)).assign(origin_year=2022)
    carried = money(amount("allocated", 40), amount("disbursed", 40)).assign(origin_year=2021)
    assert disbursement(pd.concat([rows, carried]), 2022, DECEMBER) == disbursement(rows, 2022, DECEMBER)
    crossed = pd.concat([rows[rows["stage"] == "disbursed"], carried[carried["stage"] == "allocated"]])
    assert disbursement(crossed, 2022, DECEMBER) is None


def test_money_of_several_units_has_no_common_rate() -> None:
    rows = money(amount("allocated", 100), amount("disbursed", 80) | {"unit_code": "930"})
    with pytest.raises(ValueError, match="2 units"):
        disbursement(rows, 2022, DECEMBER)


def test_parts_of_a_rate_are_exact() -> None:
    parts = [
        amount(stage, 0.1, source) for stage in ("allocated", "disbursed") for source in ("central", "local", "other")
    ]
    found = disbursement(money(*parts), 2022, DECEMBER)
    assert found
    assert (found.allocated, found.disbursed) == (Decimal("0.3"), Decimal("0.3"))
    assert not found.is_over


def test_more_disbursed_than_allocated_is_flagged_and_not_clipped() -> None:
    rows = money(
        amount("allocated", 100), amount("disbursed", 130),
        amount("allocated", 100, "local"), amount("disbursed", 100, "local"),
    )  # fmt: skip
    found, table = disbursement(rows, 2022, DECEMBER), disbursement_by_source(rows, 2022, DECEMBER)
    assert found
    assert found.is_over
    assert table is not None
    assert table["rate_pct"].tolist() == [130, 100]
    assert table["is_over"].tolist() == [True, False]


def test_what_is_left_out_of_a_rate_is_named() -> None:
    rows = money(
        amount("allocated", 100), amount("disbursed", 80),
        amount("allocated", 900, "integrated", nature="investment"),
        amount("disbursed", 70, "local_commune"), amount("disbursed", 70, "credit"),
    )  # fmt: skip
    assert set(left_out(rows, 2022, DECEMBER)) == {("integrated", "investment"), ("local_commune", "")}


NO_RATE = {
    "no_money": [amount("need", 5, kind="plan")],
    "no_allocated": [amount("disbursed", 5), amount("need", 9), amount("allocated", 9, kind="plan")],
    "no_disbursed": [amount("allocated", 5), amount("disbursed", 4, kind="estimate"), amount("disbursed", 4, "credit")],
    "other_cutoff": [amount("allocated", 5, cutoff=JUNE), amount("disbursed", 4)],
    "other_source": [amount("allocated", 5), amount("disbursed", 4, "local")],
    "zero": [amount("allocated", 0), amount("disbursed", 4)],
}


@pytest.mark.parametrize("why", NO_RATE)
def test_where_there_is_no_rate_it_is_said_why(why: str) -> None:
    missing = why_no_rate(money(*NO_RATE[why]), 2022, DECEMBER)
    assert missing
    assert missing.why == why


def test_what_is_missing_is_told_with_the_cut_offs_there_are_and_what_is_no_base() -> None:
    rows = money(amount("allocated", 5, cutoff=JUNE), amount("disbursed", 4), amount("need", 9, kind="plan"))
    missing = why_no_rate(rows, 2022, DECEMBER)
    assert missing
    assert (missing.allocated, missing.disbursed, missing.no_base) == ((JUNE,), (DECEMBER,), ("need", "plan"))
    assert why_no_rate(money(amount("allocated", 5), amount("disbursed", 4)), 2022, DECEMBER) is None


def district(name: str, allocated: float | None, disbursed: float | None, cutoff: date = JUNE) -> dict[str, object]:
    return {
        "unit_code": name, "name": name, "period_end": pd.NaT if allocated is None else pd.Timestamp(cutoff),
        "source_group": "central", "source_code": "central", "nature": None, "allocated": allocated,
        "disbursed": disbursed,
    }  # fmt: skip


def test_equal_rates_have_one_rank_and_who_does_not_report_comes_last_without_one() -> None:
    ranked = ranking(
        pd.DataFrame(
            [district("A", 100, 50), district("B", 10, 9), district("C", 30, 15), district("D", None, None),
             district("E", 7, 1)]
        )
    )  # fmt: skip
    assert ranked["name"].tolist() == ["B", "A", "C", "E", "D"]
    assert ranked["rank"].tolist()[:4] == [1, 2, 2, 4]
    assert ranked["rank"].isna().tolist() == [False] * 4 + [True]
    assert ranked["is_reported"].tolist() == [True] * 4 + [False]


def test_equal_rates_of_other_amounts_are_equal() -> None:
    ranked = ranking(pd.DataFrame([district("A", 0.1, 0.07), district("B", 10, 7), district("C", 0.07, 0.07)]))
    assert ranked["rank"].tolist() == [1, 2, 2]
    assert ranked["rate_pct"].tolist() == [100, 70, 70]


def test_districts_at_another_cut_off_are_not_ranked_with_the_others() -> None:
    rows = [district("A", 10, 5), district("B", 10, 9, SEPTEMBER), district("C", 10, 2)]
    ranked = ranking(pd.DataFrame([*rows, district("C", 9, 1, date(2022, 3, 31))])).set_index("name")
    assert common_cutoff(ranked) == pd.Timestamp(JUNE)
    assert ranked["rank"].fillna(0).to_dict() == {"A": 1, "C": 2, "B": 0}
    assert ranked["rate_pct"]["B"] == 90
    assert ranked["allocated"]["C"] == 10


def test_a_ranking_over_100_is_flagged_and_one_over_nothing_has_no_rank() -> None:
    ranked = ranking(pd.DataFrame([district("A", 10, 12), district("B", 0, 0)])).set_index("name")
    assert ranked["is_over"].to_dict() == {"A": True, "B": False}
    assert ranked["rate_pct"]["A"] == 120
    assert pd.isna(ranked["rank"]["B"])


def test_a_ranking_of_nobody_is_empty() -> None:
    nobody = ranking(pd.DataFrame([district("A", None, None)]))
    assert nobody["is_reported"].tolist() == [False]
    assert not len(ranking(pd.DataFrame([district("A", 1, 1)]).head(0)))
