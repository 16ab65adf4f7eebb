"""Money: the arithmetic of Hậu Giang's plan of 2022, the latest cut-off, and the years."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from ntm.metrics.funding import (
    by_source,
    by_year_and_stage,
    by_year_until,
    latest,
    totals,
)

JUNE, DECEMBER = date(2022, 6, 30), date(2022, 12, 31)
NEED_2022 = {
    "central": 170_914, "local": 217_040, "integrated": 149_039, "credit": 5_589_382, "enterprise": 16_918,
    "community": 116_312,
}  # fmt: skip
"""Million đồng, section on capital of the plan; they sum to the 6.259.605 that it states."""


def amount(
    stage: str,
    million: float,
    source: str = "central",
    *,
    cutoff: date = DECEMBER,
    year: int = 2022,
    kind: str = "actual",
    nature: str | None = None,
    is_latest: bool = True,
) -> dict[str, object]:
    return {
        "unit_code": "93", "year": year, "period_end": pd.Timestamp(cutoff), "source_code": source,
        "source_group": "local" if source.startswith("local") else source, "is_credit": source == "credit",
        "nature": nature, "stage": stage, "value_kind": kind, "amount_vnd_million": million, "is_latest": is_latest,
    }  # fmt: skip


def money(*rows: dict[str, object]) -> pd.DataFrame:
    return pd.DataFrame(rows)


@pytest.fixture
def need() -> pd.DataFrame:
    return money(*(amount("need", value, source, kind="plan") for source, value in NEED_2022.items()))


def test_the_six_sources_sum_to_the_stated_total(need: pd.DataFrame) -> None:
    assert totals(need) == (6_259_605, 670_223)


def test_shares_by_source_with_and_without_credit(need: pd.DataFrame) -> None:
    table = by_source(need).set_index("source_group")
    assert list(table.index) == ["central", "local", "integrated", "credit", "enterprise", "community"]
    assert table["share_pct"].round(2).to_dict() == {
        "central": 2.73, "local": 3.47, "integrated": 2.38, "credit": 89.29, "enterprise": 0.27, "community": 1.86,
    }  # fmt: skip
    without = table["share_without_credit_pct"].round(2)
    assert without.drop("credit").to_dict() == {
        "central": 25.50, "local": 32.38, "integrated": 22.24, "enterprise": 2.52, "community": 17.35,
    }  # fmt: skip
    assert pd.isna(without["credit"])
    assert table["share_pct"].sum() == pytest.approx(100)
    assert without.sum() == pytest.approx(100, abs=0.02)


def test_the_levels_of_the_local_budget_are_one_source() -> None:
    rows = money(
        amount("plan", 30, "local_province"), amount("plan", 20, "local_district"), amount("plan", 50, "credit")
    )
    table = by_source(rows).set_index("source_group")
    assert table["amount_vnd_million"].to_dict() == {"local": 50, "credit": 50}
    assert table["share_without_credit_pct"]["local"] == 100


def test_a_source_that_is_not_stated_is_left_out_and_one_of_zero_stays() -> None:
    table = by_source(money(amount("plan", 10), amount("plan", 0, "enterprise")))
    assert list(table["source_group"]) == ["central", "enterprise"]
    assert list(table["share_pct"]) == [100, 0]


@pytest.mark.parametrize("source", ["central", "credit"])
def test_money_that_sums_to_zero_has_no_shares(source: str) -> None:
    table = by_source(money(amount("plan", 0, source)))
    assert table["share_pct"].isna().all()
    assert table["share_without_credit_pct"].isna().all()


def test_nothing_stated_has_no_total() -> None:
    assert totals(money(amount("plan", 1)).head(0)) == (None, None)


def test_exact_amounts_of_the_warehouse_are_summed_exactly() -> None:
    rows = money(*(amount("plan", Decimal("0.1"), source) for source in ("central", "local", "community")))  # type: ignore[arg-type]
    assert totals(rows)[0] == Decimal("0.3")
    assert totals(rows.astype({"amount_vnd_million": float}))[0] == Decimal("0.3"), "as frames of the warehouse have it"


def test_the_latest_cut_off_is_not_after_the_month() -> None:
    rows = money(amount("allocated", 1, cutoff=JUNE), amount("allocated", 2), amount("disbursed", 9))
    assert latest(rows, 2022, "allocated")["amount_vnd_million"].tolist() == [2]
    assert latest(rows, 2022, "allocated", JUNE)["amount_vnd_million"].tolist() == [1]
    assert latest(rows, 2022, "allocated", date(2022, 5, 31)).empty
    assert latest(rows, 2021, "allocated").empty


def test_years_and_stages_are_summed_with_and_without_credit() -> None:
    rows = money(
        amount("plan", 10), amount("plan", 90, "credit"), amount("plan", 5, year=2023),
        amount("allocated", 3, cutoff=JUNE, is_latest=False), amount("allocated", 7),
    )  # fmt: skip
    key = ["year", "stage"]
    with_credit = by_year_and_stage(rows, with_credit=True).set_index(key)["amount_vnd_million"].to_dict()
    assert with_credit == {(2022, "allocated"): 7, (2022, "plan"): 100, (2023, "plan"): 5}
    without = by_year_and_stage(rows, with_credit=False).set_index(key)["amount_vnd_million"].to_dict()
    assert without == {(2022, "allocated"): 7, (2022, "plan"): 10, (2023, "plan"): 5}


def test_reported_and_estimated_money_of_one_stage_are_never_added() -> None:
    rows = money(amount("disbursed", 80), amount("disbursed", 95, kind="estimate"))
    assert totals(latest(rows, 2022, "disbursed", DECEMBER))[0] == 80
    assert by_year_and_stage(rows, with_credit=True)["amount_vnd_million"].tolist() == [80]


def test_registered_money_hides_no_plan() -> None:
    rows = money(amount("need", 70, kind="plan", cutoff=JUNE), amount("need", 95, kind="registered"))
    assert totals(latest(rows, 2022, "need", DECEMBER))[0] == 70


def test_frames_are_left_as_they_were(need: pd.DataFrame) -> None:
    rows = pd.concat([need, money(amount("allocated", 100), amount("disbursed", 80))], ignore_index=True)
    before = rows.copy(deep=True)
    by_source(rows)
    totals(rows)
    by_year_and_stage(rows, with_credit=False)
    pd.testing.assert_frame_equal(rows, before)


def test_money_until_a_month_is_that_of_the_latest_cut_off_before_it_and_never_credit() -> None:
    rows = pd.DataFrame(
        [
            amount("disbursed", 10, cutoff=JUNE),
            amount("disbursed", 30, cutoff=DECEMBER),
            amount("disbursed", 99, "credit", cutoff=JUNE),
            amount("disbursed", 12, cutoff=JUNE, kind="estimate"),
            amount("need", 50, cutoff=DECEMBER),
        ]
    )
    found = by_year_until(rows, date(2022, 9, 30)).set_index("stage")
    assert found["amount_vnd_million"].to_dict() == {"disbursed": 10, "need": 50}
    assert by_year_until(rows, DECEMBER).set_index("stage")["amount_vnd_million"]["disbursed"] == 30
    assert not len(by_year_until(rows.iloc[:3], date(2022, 3, 31)))
