"""Money sums the same however it is divided into workbooks, sheets and rows; exactly, with and without credit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import product

import duckdb
import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from etl.ddl import create_table, insert_from
from etl.statements import statement
from ntm.catalog import tables
from ntm.metrics.payments import disbursement_by_source
from ntm.warehouse import query_text

MARTS = ("mart_funding_cell", "mart_funding")
DISTRICTS = ("930", "932", "935")
YEARS = (2021, 2022)
SOURCES = ("central", "local_province", "local_district", "integrated", "credit", "enterprise", "community")
GROUPS = ("central", "local", "integrated", "enterprise", "community", "other")
AMOUNT = st.integers(0, 10**14).map(lambda number: Decimal(number).scaleb(-6))
few = settings(
    max_examples=25, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture]
)

Fact = Mapping[str, object]


@pytest.fixture(scope="module")
def database() -> Iterator[duckdb.DuckDBPyConnection]:
    """An empty warehouse with the tables that the mart of money is made of, and three districts."""
    with duckdb.connect() as connection:
        for name in ("funding", "admin_unit", *MARTS):
            connection.execute(create_table(tables()[name]))
        for code in DISTRICTS:
            texts = {column.name: "x" for column in tables()["admin_unit"].columns if column.type == "VARCHAR"}
            dates = {"is_rural_commune": False, "valid_from": date(2000, 1, 1)}
            values = {**texts, "unit_code": code, "level": "district", "province_code": "93", **dates}
            insert(connection, "admin_unit", values)
        yield connection


def insert(connection: duckdb.DuckDBPyConnection, table: str, values: Mapping[str, object]) -> None:
    columns = [column.name for column in tables()[table].columns]
    connection.table(table).insert([values.get(column) for column in columns])


def facts_of(amounts: Mapping[tuple[str, int, str, str | None, str | None], Decimal]) -> list[Fact]:
    return [
        {"unit_code": unit, "year": year, "origin_year": year, "period_start": date(year, 1, 1),
         "period_end": date(year, 12, 31), "reported_on": date(year, 12, 31), "is_cumulative": False,
         "source_code": source, "nature": nature, "stage": "mobilised", "value_kind": "actual",
         "component_no": component, "amount_vnd_million": amount, "is_approximate": False}
        for (unit, year, source, nature, component), amount in amounts.items()
    ]  # fmt: skip


def load(connection: duckdb.DuckDBPyConnection, rows: Sequence[Fact], places: Sequence[int]) -> None:
    """Put the facts into the table, each from the sheet of a number."""
    connection.execute("delete from funding")
    for number, (row, place) in enumerate(zip(rows, places, strict=True)):
        cell = {"source_id": f"tep-{place // 2}", "sheet": f"trang-{place % 2}", "cell": f"A{number}"}
        insert(connection, "funding", {**row, **cell})
    connection.execute("delete from mart_funding_cell")
    connection.execute("delete from mart_funding")
    for mart in MARTS:
        connection.execute(insert_from(tables()[mart], statement("marts", mart)))


def sums(rows: Sequence[Fact], *keys: str) -> dict[tuple[object, ...], Decimal]:
    found: dict[tuple[object, ...], Decimal] = defaultdict(Decimal)
    for row in rows:
        found[tuple(row[key] for key in keys)] += row["amount_vnd_million"]  # type: ignore[operator]
    return dict(found)


def in_mart(connection: duckdb.DuckDBPyConnection, query: str) -> dict[tuple[object, ...], Decimal]:
    return {row[:-1]: row[-1] for row in connection.execute(query).fetchall()}


KEYS = st.sampled_from(list(product(DISTRICTS, YEARS, SOURCES, (None,), (None,))))
BY_NATURE = st.sampled_from(list(product(DISTRICTS, YEARS, SOURCES, ("investment", "recurrent"), (None,))))
BY_CONTENT = st.sampled_from(list(product(DISTRICTS, YEARS, SOURCES, (None,), ("01", "02", "11"))))


@few
@given(
    amounts=st.one_of(
        *(st.dictionaries(keys, AMOUNT, min_size=1, max_size=25) for keys in (KEYS, BY_NATURE, BY_CONTENT))
    ),
    data=st.data(),
)
def test_any_split_over_files_sheets_and_rows_sums_the_same(
    database: duckdb.DuckDBPyConnection,
    amounts: dict[tuple[str, int, str, str | None, str | None], Decimal],
    data: st.DataObject,
) -> None:
    rows = data.draw(st.permutations(facts_of(amounts)))
    load(database, rows, data.draw(st.lists(st.integers(0, 5), min_size=len(rows), max_size=len(rows))))
    expected = sums(rows, "unit_code", "year", "source_code")
    by_source = "select unit_code, year, source_code, sum(amount_vnd_million) from mart_funding group by all"
    assert in_mart(database, by_source) == expected
    assert in_mart(database, "select year, sum(amount_vnd_million) from mart_funding group by all") == sums(
        rows, "year"
    )
    credit = "select is_credit, sum(amount_vnd_million) from mart_funding group by all"
    with_credit = sum(in_mart(database, credit).values(), Decimal(0))
    lent = in_mart(database, credit).get((True,), Decimal(0))
    without = in_mart(database, credit).get((False,), Decimal(0))
    assert with_credit == lent + without == sum(amounts.values(), Decimal(0))


def test_no_column_of_money_is_a_float() -> None:
    """Amounts in đồng are DECIMAL in every table; shares alone may be floats."""
    money = [
        (table.name, column.name, column.type)
        for table in tables().values()
        for column in table.columns
        if "vnd" in column.name
    ]
    assert money
    assert [item for item in money if not item[2].startswith("DECIMAL")] == []


@pytest.mark.parametrize(
    ("query", "columns"),
    [
        ("funding", {"amount_vnd_million"}),
        ("funding_cells", {"amount_vnd_million"}),
        ("funding_forms", {"amount_vnd_million"}),
        ("funding_check_parts", {"own_amount", "parts_amount", "difference"}),
        ("funding_check_over", {"allocated", "disbursed", "amount_vnd_million"}),
    ],
)
def test_queries_give_money_exactly(sample_database: duckdb.DuckDBPyConnection, query: str, columns: set[str]) -> None:
    given = {"unit": "93", "year": 2022, "month": date(2022, 12, 31), "stages": None, "cutoff": None}
    text = query_text(query)
    found = sample_database.execute(text, {name: value for name, value in given.items() if f"${name}" in text})
    types = {name: str(kind) for name, kind, *_ in found.description or ()}
    assert {name: types[name].partition("(")[0] for name in columns} == dict.fromkeys(columns, "DECIMAL")


@few
@given(pairs=st.lists(st.tuples(AMOUNT, AMOUNT), min_size=1, max_size=6))
def test_a_rate_over_100_is_always_flagged(pairs: list[tuple[Decimal, Decimal]]) -> None:
    rows = [
        {"unit_code": "93", "year": 2022, "period_end": pd.Timestamp(2022, 12, 31), "source_code": source,
         "source_group": source, "is_credit": False, "nature": None, "stage": stage, "value_kind": "actual",
         "amount_vnd_million": float(amount), "is_latest": True}
        for source, pair in zip(GROUPS, pairs, strict=False)
        for stage, amount in zip(("allocated", "disbursed"), pair, strict=True)
    ]  # fmt: skip
    found = disbursement_by_source(pd.DataFrame(rows), 2022, date(2022, 12, 31))
    assert found is not None
    over = found["rate_pct"] > 100
    assert over[found["allocated"] > 0].tolist() == found.loc[found["allocated"] > 0, "is_over"].tolist()
    given = [(row["allocated"], row["disbursed"]) for row in found.to_dict("records")]
    assert given == [(float(allocated), float(disbursed)) for allocated, disbursed in pairs[: len(given)]]
