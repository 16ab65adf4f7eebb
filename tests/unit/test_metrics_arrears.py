"""Arrears: how old, of which period, by how much less than before, and of whom nothing is known."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

from ntm.metrics.arrears import (
    UNKNOWN,
    age_bands,
    arrears_rules,
    by_age,
    by_period,
    by_unit,
    debts,
    owing_candidates,
    works_owed,
)

JUNE, DECEMBER = pd.Timestamp(2024, 6, 30), pd.Timestamp(2024, 12, 31)


def owed(
    amount: float | None, work: str | None = "Đường ấp 3", unit: str = "31444", **changed: object
) -> dict[str, Any]:
    """One row of query debts: a work in the latest list."""
    row = {
        "unit_code": unit,
        "level": "commune",
        "name": f"Xã {unit}",
        "is_rural_commune": True,
        "district_code": "935",
        "district_name": "Huyện Vị Thuỷ",
        "period_end": DECEMBER,
        "list_no": 1,
        "work": work,
        "started_year": None,
        "finished_year": None,
        "amount_vnd_million": amount,
        "is_counted": amount is not None,
    }
    return row | changed


def nothing(unit: str, **changed: object) -> dict[str, Any]:
    """A unit that a list covers without naming it."""
    return owed(None, None, unit, **changed)


def without_list(unit: str) -> dict[str, Any]:
    return nothing(unit, period_end=pd.NaT, list_no=None)


def frame(*rows: dict[str, Any]) -> pd.DataFrame:
    table = pd.DataFrame(rows)
    table["period_end"] = pd.to_datetime(table["period_end"])
    return table.astype({"amount_vnd_million": "float64", "list_no": "Int64"})


@pytest.mark.parametrize(
    ("started", "finished", "age", "band"),
    [
        (2019, 2024, 0, "below_1"),
        (2019, 2023, 1, "from_1"),
        (2019, 2022, 2, "from_1"),
        (2019, 2021, 3, "from_3"),
        (2015, 2020, 4, "from_3"),
        (2015, 2019, 5, "from_5"),
        (2021, None, 3, "from_3"),
        (2022, 2026, 2, "from_1"),
        (None, 2020, 4, "from_3"),
        (None, 2026, None, UNKNOWN),
        (2025, None, None, UNKNOWN),
        (None, None, None, UNKNOWN),
    ],
)
def test_age_is_from_the_end_of_building_else_from_its_beginning(
    started: int | None, finished: int | None, age: int | None, band: str
) -> None:
    (work,) = works_owed(frame(owed(9, started_year=started, finished_year=finished))).to_dict("records")
    assert (None if pd.isna(work["age"]) else work["age"], work["band"]) == (age, band)
    assert band in age_bands()


@pytest.mark.parametrize(("started", "begun"), [(2020, "before"), (2021, "since"), (2022, "since"), (None, "unknown")])
def test_the_period_is_that_of_the_beginning_of_building(started: int | None, begun: str) -> None:
    works = works_owed(frame(owed(9, started_year=started, finished_year=2022)))
    assert list(works["begun"]) == [begun]


def test_ages_and_periods_add_up_to_the_total_with_every_class_listed() -> None:
    rows = frame(
        owed(0.1, "a", started_year=2015, finished_year=2019),
        owed(0.2, "b", started_year=2022, finished_year=2024),
        owed(0.7, "c"),
        owed(0, "d", started_year=2015, finished_year=2019),
    )
    works = works_owed(rows)
    ages, periods = by_age(works), by_period(works)
    assert list(ages["band"]) == list(age_bands())
    assert dict(zip(ages["band"], ages["works"], strict=True)) == {
        "below_1": 1, "from_1": 0, "from_3": 0, "from_5": 1, UNKNOWN: 1,
    }  # fmt: skip
    assert periods.set_index("begun")["amount_vnd_million"].to_dict() == {"before": 0.1, "since": 0.2, "unknown": 0.7}
    found = debts(rows)
    assert found
    assert (found.amount, found.works) == (Decimal("1.0"), 3)


def test_who_is_not_named_owes_nothing_and_who_has_no_list_is_unknown() -> None:
    rows = frame(owed(9), nothing("31447"), without_list("31450"))
    units = by_unit(rows).set_index("unit_code")
    assert units["amount"].fillna(-1).to_dict() == {"31444": 9, "31447": 0, "31450": -1}
    assert units["works"].fillna(-1).to_dict() == {"31444": 1, "31447": 0, "31450": -1}
    found = debts(rows)
    assert found
    assert (found.owing, found.covered, found.uncovered) == (1, 2, 1)


def test_lists_of_parts_are_told_with_their_days() -> None:
    found = debts(frame(owed(9), nothing("31447", period_end=JUNE), owed(5, unit="31450", period_end=JUNE)))
    assert found
    assert dict(found.lists) == {date(2024, 12, 31): 1, date(2024, 6, 30): 2}
    assert found.amount == 14


def test_without_a_list_nothing_is_said() -> None:
    assert debts(frame(without_list("31444"), without_list("31447"))) is None


def test_a_total_beside_works_counts_once_and_the_works_stay_listed() -> None:
    rows = frame(owed(10, None, is_counted=True), owed(4, "a", is_counted=False), owed(6, "b", is_counted=False))
    found = debts(rows)
    assert found
    assert (found.amount, found.works) == (10, 2)
    assert list(works_owed(rows)["amount_vnd_million"]) == [4, 6]


def test_the_change_is_of_units_that_both_lists_tell_of() -> None:
    rows = frame(
        owed(9), owed(20, list_no=2, period_end=JUNE),
        nothing("31447"), owed(3, "b", "31447", list_no=2, period_end=JUNE),
        owed(100, "c", "31450"),
    )  # fmt: skip
    found = debts(rows)
    assert found
    assert (found.amount, found.change, found.changed_since) == (109, -14, date(2024, 6, 30))
    assert by_unit(rows).set_index("unit_code")["change"].fillna(0).to_dict() == {"31444": -11, "31447": -3, "31450": 0}


def test_without_an_earlier_list_there_is_no_change() -> None:
    found = debts(frame(owed(9)))
    assert found
    assert found.change is None


def named(unit: str, standard: str = "ntm", year: int = 2024, kind: str = "firm", now: str = "none") -> dict[str, Any]:
    return {"unit_code": unit, "standard": standard, "target_year": year, "kind": kind, "standard_now": now}


def test_candidates_are_those_of_the_year_that_do_not_hold_the_standard_yet() -> None:
    asked = pd.DataFrame(
        [
            named("31444"), named("31444", kind="stretch"), named("31444", year=2025),
            named("31447", now="ntm"), named("31450", "nang_cao", now="ntm"), named("31453", now="unknown"),
        ]
    )  # fmt: skip
    rows = frame(owed(9), owed(8, unit="31447"), nothing("31450"), without_list("31453"))
    found = owing_candidates(asked, rows, 2024)
    assert list(found["unit_code"]) == ["31444", "31450", "31453"]
    assert found["amount"].fillna(-1).tolist() == [9, 0, -1]
    assert list(found["kind"]) == ["firm"] * 3


def test_every_rule_has_its_document_and_says_how_far_it_is_known() -> None:
    for name in ("recognition", "period"):
        rule = arrears_rules()[name]
        assert rule["document"] in rule["source"]
        assert rule["confidence"] in {"verbatim", "secondary", "unverified"}
    bounds = arrears_rules()["age"]["bounds"]
    assert bounds == sorted(set(bounds))
