"""The rate of places is counted in SQL: over generated money it is the one that ntm.metrics.payments counts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import duckdb
import pandas as pd
import pytest

from etl.ddl import create_table
from ntm.catalog import tables
from ntm.metrics.payments import disbursement
from ntm.metrics.places import with_rates
from ntm.model import is_missing
from ntm.warehouse import query_text
from tests.unit.test_payments_rule import UNITS, generated

MONTHS = (date(2022, 3, 31), date(2022, 8, 31), date(2022, 12, 31))
FIRST_DAY = date(2000, 1, 1)


@pytest.fixture
def database() -> Iterator[duckdb.DuckDBPyConnection]:
    """An empty warehouse with the tables that query places_money reads, and two communes."""
    with duckdb.connect() as connection:
        for name in ("funding", "mart_funding", "admin_unit"):
            connection.execute(create_table(tables()[name]))
        for code in UNITS:
            unit = {"unit_code": code, "level": "commune", "province_code": "93", "district_code": "93",
                    "is_rural_commune": True, "valid_from": FIRST_DAY}  # fmt: skip
            insert(connection, "admin_unit", pd.DataFrame([unit]))
        yield connection


def insert(connection: duckdb.DuckDBPyConnection, table: str, rows: pd.DataFrame) -> None:
    """Insert rows; what must be told and is not has a value that says nothing."""
    columns = tables()[table].columns
    nothing = {
        column.name: FIRST_DAY if column.type == "DATE" else column.type != "BOOLEAN" and "x"
        for column in columns
        if column.required
    }
    into = connection.table(table)
    for row in rows.to_dict("records"):
        told = {str(name): None if is_missing(value) else value for name, value in row.items()}
        into.insert([told.get(column.name, nothing.get(column.name)) for column in columns])


@pytest.mark.parametrize("seed", range(3))
def test_rates_of_places_are_those_of_payments(database: duckdb.DuckDBPyConnection, seed: int) -> None:
    rows = pd.DataFrame(generated(seed, 0.3))
    insert(database, "mart_funding", rows)
    insert(database, "funding", rows.drop(columns=["source_group", "is_credit", "is_latest"]).assign(
        reported_on=rows["period_end"], period_start=FIRST_DAY))  # fmt: skip
    compared = 0
    for month in MONTHS:
        values = {"province": "93", "district": None, "year": month.year, "month": month}
        found = with_rates(database.execute(query_text("places_money"), values).df()).set_index("unit_code")
        for unit in UNITS:
            expected = disbursement(rows[rows["unit_code"] == unit], month.year, month)
            row = found.loc[unit] if unit in found.index else None
            if expected is None:
                assert row is None or pd.isna(row["rate_until"])
                continue
            assert row is not None
            told = (row["rate_until"].date(), row["rate_allocated"], row["rate_disbursed"], row["is_over"])
            assert told == (expected.cutoff, expected.allocated, expected.disbursed, expected.is_over)
            assert row["rate_pct"] == pytest.approx(expected.rate.pct)
            compared += 1
    assert compared
