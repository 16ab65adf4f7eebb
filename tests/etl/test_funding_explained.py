"""The cells behind an amount add up to it, and the money of a code is that of the unit that has it at the month."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import duckdb
import pandas as pd
import pytest

from etl.ddl import create_table
from ntm.catalog import tables
from ntm.warehouse import query_text
from tests.etl.test_funding_splits import Fact, insert, load

REFORM, DECEMBER = date(2025, 7, 1), date(2022, 12, 31)
UNITS = (
    ("93", "province", None, date(2021, 11, 1), None),
    ("930", "district", "93", date(2021, 11, 1), None),
    ("31300", "commune", "930", date(2021, 11, 1), None),
    ("31301", "commune", "930", date(2021, 11, 1), None),
    ("91", "province", None, date(2021, 11, 1), date(2025, 6, 30)),
    ("91", "province", None, REFORM, None),
)


@pytest.fixture(scope="module")
def database() -> Iterator[duckdb.DuckDBPyConnection]:
    """An empty warehouse: a province, a district, two communes of one name, and a code that two provinces have had."""
    with duckdb.connect() as connection:
        for name in (
            "funding", "admin_unit", "mart_funding_cell", "mart_funding", "source_file", "work_funding", "arrears",
        ):  # fmt: skip
            connection.execute(create_table(tables()[name]))
        texts = {column.name: "x" for column in tables()["admin_unit"].columns if column.type == "VARCHAR"}
        for code, level, parent, first, last in UNITS:
            name = {"91": "Tỉnh Kiên Giang" if last else "Tỉnh An Giang", "31300": "Xã Một", "31301": "Xã Một"}
            places = {"province_code": code[:2].replace("31", "93"), "parent_code": parent, "district_code": parent}
            unit = {**texts, **places, "unit_code": code, "level": level, "name": name.get(code, code)}
            insert(connection, "admin_unit", {**unit, "is_rural_commune": False, "valid_from": first, "valid_to": last})
        yield connection


def fact(unit: str, stage: str, amount: str, **other: object) -> Fact:
    day = other.get("period_end", DECEMBER)
    assert isinstance(day, date)
    year = {"year": day.year, "origin_year": day.year, "period_start": date(day.year, 1, 1), "period_end": day}
    told = {"reported_on": day, "is_cumulative": True, "source_code": "central", "nature": None, "value_kind": "actual"}
    return {**year, **told, "unit_code": unit, "stage": stage, "amount_vnd_million": Decimal(amount),
            "component_no": None, "is_approximate": False, **other}  # fmt: skip


def ask(connection: duckdb.DuckDBPyConnection, query: str, **values: object) -> pd.DataFrame:
    text = query_text(query)
    return connection.execute(text, {name: value for name, value in values.items() if f"${name}" in text}).df()


YEAR = {"unit": "93", "year": 2022, "month": DECEMBER}


def twice(unit: str, stage: str, amount: int) -> list[Fact]:
    """Money in two forms of one report: undivided and by nature, and an older report of the same."""
    parts = [fact(unit, stage, str(amount * share), nature=nature)
             for nature, share in (("investment", Decimal("0.6")), ("recurrent", Decimal("0.4")))]  # fmt: skip
    older = fact(unit, stage, "7", reported_on=date(2022, 11, 30))
    return [fact(unit, stage, str(amount)), *parts, older]


def test_cells_that_explain_the_units_below_add_up_to_both_amounts(database: duckdb.DuckDBPyConnection) -> None:
    rows = [*twice("93", "allocated", 100), *twice("930", "allocated", 50)]
    load(database, rows, [0, 1, 1, 2, 0, 1, 1, 2])
    (said,) = ask(database, "funding_check_parts", **YEAR).to_dict("records")
    cells = ask(database, "funding_check_parts_cells", **YEAR).groupby("name")["amount_vnd_million"].sum().to_dict()
    assert cells == {"93": said["own_amount"], "930": said["parts_amount"]} == {"93": 100, "930": 50}


def test_cells_of_the_curve_are_those_that_the_mart_counts_and_no_estimates(
    database: duckdb.DuckDBPyConnection,
) -> None:
    rows = [*twice("93", "disbursed", 100), fact("93", "disbursed", "999", value_kind="estimate")]
    load(database, rows, [0, 1, 1, 2, 0])
    cells = ask(database, "payments_cells", unit="93", year=2022, earlier=2021, until=DECEMBER)
    assert cells["amount_vnd_million"].tolist() == [60, 40]


def test_cells_of_all_cut_offs_have_no_estimate_beside_what_is_reported(database: duckdb.DuckDBPyConnection) -> None:
    estimates = [
        fact("93", "disbursed", "9", value_kind="estimate", period_end=day) for day in (date(2022, 6, 30), DECEMBER)
    ]
    load(database, [fact("93", "disbursed", "5"), *estimates], [0, 1, 1])
    cells = ask(database, "funding_cells", unit="93", year=2022, stages=None, cutoff=None)
    assert cells["amount_vnd_million"].tolist() == [9, 5], "an estimate stands where nothing is reported"


def test_cells_of_money_carried_over_are_of_the_amount_that_is_said(database: duckdb.DuckDBPyConnection) -> None:
    rows = [{**row, "origin_year": 2021} for row in twice("93", "disbursed", 100)]
    load(
        database, [*rows, fact("93", "disbursed", "3", period_end=date(2022, 6, 30), origin_year=2021)], [0, 1, 1, 2, 3]
    )
    assert ask(database, "funding_carried", **YEAR)["amount_vnd_million"].sum() == 103
    assert ask(database, "funding_carried_cells", **YEAR)["amount_vnd_million"].sum() == 100


def test_cells_of_more_paid_than_allocated_add_up_and_namesakes_are_two(database: duckdb.DuckDBPyConnection) -> None:
    paid = [
        row for unit in ("31300", "31301") for row in (fact(unit, "allocated", "100"), fact(unit, "disbursed", "130"))
    ]
    undivided = fact("31300", "disbursed", "129", nature="investment")
    load(database, [*paid, undivided], [0, 0, 0, 0, 1])
    found = ask(database, "funding_check_over", **YEAR)
    assert found.groupby(["unit_code", "stage"])["amount_vnd_million"].sum().tolist() == [100, 130, 100, 130]


def test_a_doubtful_amount_has_the_name_of_the_unit_that_reported_it(database: duckdb.DuckDBPyConnection) -> None:
    planned = fact("91", "need", "-5", period_end=date(2025, 12, 31), reported_on=date(2025, 3, 31))
    load(database, [planned], [0])
    (found,) = ask(database, "funding_check_amounts", unit="91", year=2025, month=date(2025, 6, 30)).to_dict("records")
    assert (found["name"], found["is_in_force"]) == ("Tỉnh Kiên Giang", True)


@pytest.mark.parametrize(
    ("month", "amounts"), [(date(2025, 6, 30), [1, 3, 2]), (date(2025, 9, 30), [5])], ids=["before", "after"]
)
def test_money_of_a_code_is_not_that_of_the_province_that_had_it_before(
    database: duckdb.DuckDBPyConnection, month: date, amounts: list[int]
) -> None:
    rows = [
        fact("91", "disbursed", "1", period_end=date(2020, 12, 31)),
        fact("91", "disbursed", "3", period_end=date(2025, 6, 30)),
        fact("91", "need", "2", period_end=date(2025, 12, 31), reported_on=date(2025, 3, 31)),
        fact("91", "disbursed", "5", period_end=date(2025, 9, 30)),
    ]  # fmt: skip
    load(database, rows, [0, 1, 2, 3])
    assert ask(database, "funding", unit="91", month=month)["amount_vnd_million"].tolist() == amounts
    cells = ask(database, "payments_cells", unit="91", year=2025, earlier=2024, until=month)
    assert cells["amount_vnd_million"].tolist() == ([3] if month < REFORM else [5])
