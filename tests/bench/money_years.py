"""A warehouse with ten years of a large province's money, made up: core tables filled by SQL, marts by the ETL's own.

Not read from workbooks: 3,000 of them would take the loader far longer than the pages that are measured, and what
they cost is measured in `loading.py`. The rows are those that such workbooks give (money_years.sql).
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from etl import ddl
from etl.build import MARTS, load_reference
from etl.statements import statement
from ntm.catalog import table, tables
from ntm.settings import ROOT
from ntm.warehouse import POINTER

PROVINCE = "38"
"""Thanh Hóa: 559 communes, phường and thị trấn in 27 districts at the end of 2022."""
_BUILD = "ntm-bench-money"
_SQL = Path(__file__).with_suffix(".sql")


def write_money_years(warehouse: Path) -> dict[str, int]:
    """Write the snapshot and make it the current one; return the rows of the tables of money."""
    path = warehouse / f"{_BUILD}.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.begin()
        for described in tables().values():
            connection.execute(ddl.create_table(described))
        load_reference(connection, ROOT / "data" / "reference")
        values = {"province": PROVINCE, "build": _BUILD}
        for asked in connection.extract_statements(_SQL.read_text(encoding="utf-8")):
            connection.execute(asked, {name: values[name] for name in asked.named_parameters})
        for mart in MARTS:
            connection.execute(ddl.insert_from(table(mart), statement("marts", mart)))
        connection.commit()
        rows = {
            name: connection.table(name).count("*").fetchall()[0][0]
            for name in ("funding", "mart_funding", "work_funding", "arrears")
        }
    (warehouse / POINTER).write_text(path.name, encoding="utf-8")
    return rows
