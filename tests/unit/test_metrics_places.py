"""Money of communes, of criteria and of works; counterpart funding against its rule."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

from ntm.metrics.counterpart import counterpart, usable
from ntm.metrics.places import by_criterion, by_work, places_total, with_rates, without_money

JUNE, DECEMBER = pd.Timestamp(2022, 6, 30), pd.Timestamp(2022, 12, 31)


def unit(code: str, allocated: float | None, disbursed: float | None, until: pd.Timestamp = DECEMBER) -> dict[str, Any]:
    both = allocated is not None and disbursed is not None
    return {
        "unit_code": code,
        "name": f"Xã {code}",
        "allocated": allocated,
        "allocated_until": until if allocated is not None else pd.NaT,
        "disbursed": disbursed,
        "disbursed_until": until if disbursed is not None else pd.NaT,
        "rate_allocated": allocated if both else None,
        "rate_disbursed": disbursed if both else None,
        "rate_until": until if both else pd.NaT,
    }


def units(*rows: dict[str, Any]) -> pd.DataFrame:
    columns = ("allocated", "disbursed", "rate_allocated", "rate_disbursed")
    return pd.DataFrame(rows).astype(dict.fromkeys(columns, "float64"))


def test_units_that_tell_nothing_are_unknown_and_counted() -> None:
    rows = units(unit("1", 100, 80), unit("2", None, None), unit("3", 0, 0))
    assert list(without_money(rows)["unit_code"]) == ["2"]
    assert list(with_rates(rows)["unit_code"]) == ["1", "3"]
    total = places_total(rows)
    assert (total.told, total.unknown, total.allocated, total.disbursed) == (2, 1, 100, 80)


def test_the_rate_of_all_is_of_those_at_the_latest_cut_off() -> None:
    total = places_total(units(unit("1", 100, 80), unit("2", 50, 10, JUNE), unit("3", 70, None)))
    assert (total.rate.numerator, total.rate.denominator, total.rate_units) == (80, 100, 1)
    assert (total.allocated, total.rate_until) == (220, date(2022, 12, 31))


def test_without_both_amounts_there_is_no_rate() -> None:
    total = places_total(units(unit("1", 100, None), unit("2", None, 5)))
    assert total.rate.pct is None
    assert with_rates(units(unit("1", 0, 5)))["rate_pct"].isna().all()


def test_a_rate_above_100_is_flagged_and_not_clipped() -> None:
    rates = with_rates(units(unit("1", 100, 120), unit("2", 90, 90))).set_index("unit_code")
    assert rates["rate_pct"].to_dict() == {"1": 120, "2": 100}
    assert rates["is_over"].to_dict() == {"1": True, "2": False}


def work(name: str, criterion: str | None, stage: str, amount: float, unit_code: str = "31333") -> dict[str, Any]:
    return {
        "unit_code": unit_code,
        "unit_name": "Xã Vị Tân",
        "district_name": "Thành phố Vị Thanh",
        "work": name,
        "category": None,
        "criterion_no": criterion,
        "stage": stage,
        "period_end": DECEMBER,
        "amount_vnd_million": amount,
    }


WORKS = pd.DataFrame(
    [
        work("Đường a", "2", "allocated", 0.1),
        work("Đường a", "2", "allocated", 0.2),
        work("Đường a", "2", "disbursed", 0.3),
        work("Nhà b", "17", "allocated", 7),
        work("Cầu c", None, "allocated", 5),
        work("Cầu c", None, "disbursed", 4, "31336"),
    ]
)


def test_criteria_stand_by_number_and_uncoded_works_are_kept_apart_with_their_sum() -> None:
    table = by_criterion(WORKS)
    assert [None if pd.isna(number) else number for number in table["criterion_no"]] == ["2", "17", None]
    assert list(table["works"]) == [1, 1, 2]
    assert list(table["units"]) == [1, 1, 2]
    assert table["allocated"].tolist() == [0.3, 7, 5]
    assert table["disbursed"].fillna(-1).tolist() == [0.3, -1, 4]
    assert table["plan"].isna().all()


def test_a_work_is_one_row_with_its_stages_side_by_side() -> None:
    table = by_work(WORKS)
    assert len(table) == 4
    road = table[table["work"] == "Đường a"].iloc[0]
    assert (road["allocated"], road["disbursed"]) == (0.3, 0.3)
    assert pd.isna(road["plan"])
    assert table["allocated"].sum() == pytest.approx(
        WORKS.loc[WORKS["stage"] == "allocated", "amount_vnd_million"].sum()
    )
    assert table.loc[table["work"] == "Cầu c", "criterion_no"].isna().all()


def test_no_works_make_empty_tables() -> None:
    assert by_work(WORKS.head(0)).empty
    assert by_criterion(WORKS.head(0)).empty


def given(source: str, amount: float | Decimal, **changed: object) -> dict[str, Any]:
    group = "local" if source.startswith("local") else source
    row = {
        "year": 2022, "stage": "allocated", "value_kind": "actual", "period_end": DECEMBER, "source_code": source,
        "source_group": group, "nature": None, "amount_vnd_million": amount,
    }  # fmt: skip
    return row | changed


def test_all_levels_of_the_local_budget_are_the_counterpart_of_central_money() -> None:
    money = pd.DataFrame(
        [
            given("central", 100), given("local_province", 30), given("local_district", 20),
            given("credit", 900), given("local_province", 77, stage="plan"), given("local_province", 5, year=2021),
        ]
    )  # fmt: skip
    found = counterpart(money, 2022, date(2022, 12, 31), ratio_pct=60)
    assert found
    assert (found.base, found.assigned, found.ratio.pct) == (100, 50, 50)
    assert (found.required, found.shortfall) == (60, 10)
    of_province = counterpart(money, 2022, date(2022, 12, 31), paid_by="local_province", ratio_pct=30)
    assert of_province
    assert (of_province.assigned, of_province.shortfall) == (30, 0)


def test_without_a_ratio_nothing_is_judged() -> None:
    found = counterpart(pd.DataFrame([given("central", 100), given("local", 1)]), 2022, date(2022, 12, 31))
    assert found
    assert (found.required, found.shortfall) == (None, None)


def test_the_counterpart_is_of_one_cut_off_and_of_reported_money() -> None:
    money = pd.DataFrame(
        [
            given("central", 100, period_end=JUNE), given("local", 40, period_end=JUNE), given("central", 150),
            given("local", 999, value_kind="plan"),
        ]
    )  # fmt: skip
    found = counterpart(money, 2022, date(2022, 12, 31))
    assert found
    assert (found.cutoff, found.base, found.assigned) == (date(2022, 6, 30), 100, 40)
    assert counterpart(money, 2022, date(2022, 3, 31)) is None
    assert counterpart(money, 2021, date(2022, 12, 31)) is None


def test_a_rule_of_one_nature_counts_money_of_that_nature_alone() -> None:
    rows = [given("central", 100, nature="investment"), given("central", 60, nature="recurrent"),
            given("local", 80, nature="investment"), given("local", 9, nature="recurrent")]  # fmt: skip
    found = counterpart(pd.DataFrame(rows), 2022, date(2022, 12, 31), nature="investment", ratio_pct=100)
    assert found
    assert (found.base, found.assigned, found.shortfall) == (100, 80, 20)


def test_amounts_are_exact() -> None:
    rows = [given("central", 0.1), given("local", 0.1), given("local_province", 0.2)]
    found = counterpart(pd.DataFrame(rows), 2022, date(2022, 12, 31), ratio_pct=Decimal("450"))
    assert found
    assert (found.assigned, found.required, found.shortfall) == (Decimal("0.3"), Decimal("0.45"), Decimal("0.15"))


def test_unverified_rules_and_rules_without_a_ratio_or_of_a_part_are_not_used() -> None:
    rules = pd.DataFrame(
        {
            "document": ["a", "b", "c", "d"],
            "ratio_pct": [50.0, None, 70.0, 80.0],
            "area_note": [None, None, "xã đặc biệt khó khăn", None],
            "confidence": ["unverified", "verbatim", "verbatim", "secondary"],
        }
    )
    assert list(usable(rules)["document"]) == ["d"]
