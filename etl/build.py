"""A snapshot's database from reference files and readings of workbooks: tables, marts, checks."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pyarrow as pa
import yaml

from etl import ddl
from etl.assemble import Assembled
from etl.sheet import WorkbookReading
from ntm.catalog import Table, table, tables

FOLDER = Path(__file__).parent
MARTS = (
    "mart_commune_month",
    "mart_district_month",
    "mart_criterion_month",
    "mart_funding",
    "mart_target_progress",
)
PRODUCT_VERSION = "0.1.0"


@dataclass(frozen=True)
class FailedCheck:
    """A check that returned rows: what must not be in a snapshot."""

    name: str
    rows: int
    example: str


def build(
    path: Path, reference: Path, readings: Sequence[WorkbookReading], assembled: Assembled
) -> list[FailedCheck]:
    """Write the database file and return the checks that failed. Raises OSError when a reference file is missing."""
    with duckdb.connect(str(path)) as connection:
        for described in tables().values():
            connection.execute(ddl.create_table(described))
        _load_reference(connection, reference)
        for name, rows in assembled.facts.items():
            _insert_rows(connection, table(name), rows)
        _insert_rows(connection, table("source_file"), assembled.source_files)
        _insert_rows(connection, table("load_issue"), assembled.issues)
        _insert_raw_cells(connection, readings)
        _insert_rows(
            connection, table("snapshot"), [_snapshot_row(path.stem, content_hash(reference, readings))]
        )
        for mart in MARTS:
            query = (FOLDER / "sql" / "marts" / f"{mart}.sql").read_text(encoding="utf-8")
            connection.execute(ddl.insert_from(table(mart), query))
        for described in tables().values():
            for comment in ddl.comments(described):
                connection.execute(comment)
        return list(_failed_checks(connection))


def content_hash(reference: Path, readings: Iterable[WorkbookReading]) -> str:
    """Return a hash of everything that went in: equal hash, equal figures."""
    digest = hashlib.sha256()
    for path in sorted(reference.glob("*.csv")):
        digest.update(path.read_bytes())
    for reading in sorted(readings, key=lambda item: item.path):
        digest.update(reading.path.encode() + reading.sha256.encode())
    return digest.hexdigest()[:16]


def reference_files() -> Mapping[str, str]:
    """Return the reference file of each table that is filled from one, in order of loading."""
    files: Mapping[str, str] = yaml.safe_load((FOLDER / "reference_files.yml").read_text(encoding="utf-8"))
    return files


def _load_reference(connection: duckdb.DuckDBPyConnection, reference: Path) -> None:
    for name, file in reference_files().items():
        queries = FOLDER / "sql" / "reference"
        query = queries / f"{name}.sql"
        text = (query if query.exists() else queries / "_as_written.sql").read_text(encoding="utf-8")
        values = {"path": str(reference / file)}
        if table(name).is_fact:
            values |= {
                "source_id": hashlib.sha256((reference / file).read_bytes()).hexdigest()[:12],
                "file": file,
            }
        connection.execute(ddl.insert_from(table(name), text), values)


def _insert_rows(
    connection: duckdb.DuckDBPyConnection, described: Table, rows: Sequence[Mapping[str, object]]
) -> None:
    if not rows:
        return
    columns = {name: [row.get(name) for row in rows] for name in described.column_names}
    types = {column.name: column.type for column in described.columns}
    frame = pa.table(
        {name: pa.array(values, type=_arrow_type(types[name])) for name, values in columns.items()}
    )
    connection.register("rows_to_insert", frame)
    connection.execute(ddl.insert_from(described, "from rows_to_insert"))
    connection.unregister("rows_to_insert")


def _insert_raw_cells(connection: duckdb.DuckDBPyConnection, readings: Sequence[WorkbookReading]) -> None:
    cells = [(reading.source_id, *cell) for reading in readings for cell in reading.raw_cells]
    described = table("raw_cell")
    columns = zip(*cells, strict=True) if cells else [[] for _ in described.columns]
    frame = pa.table(
        {
            column.name: pa.array(values, type=_arrow_type(column.type))
            for column, values in zip(described.columns, columns, strict=True)
        }
    )
    connection.register("rows_to_insert", frame)
    connection.execute(ddl.insert_from(described, "from rows_to_insert"))
    connection.unregister("rows_to_insert")


def _arrow_type(duckdb_type: str) -> pa.DataType:
    if duckdb_type.startswith("DECIMAL"):
        precision, scale = (int(part) for part in duckdb_type[len("DECIMAL(") : -1].split(","))
        return pa.decimal128(precision, scale)
    return {
        "VARCHAR": pa.string(),
        "INTEGER": pa.int32(),
        "DOUBLE": pa.float64(),
        "BOOLEAN": pa.bool_(),
        "DATE": pa.date32(),
        "TIMESTAMP": pa.timestamp("us"),
    }[duckdb_type]


def _snapshot_row(build_id: str, hashed: str) -> dict[str, object]:
    return {
        "build_id": build_id,
        "built_at": datetime.now(UTC).replace(tzinfo=None),
        "content_hash": hashed,
        "product_version": PRODUCT_VERSION,
    }


def _failed_checks(connection: duckdb.DuckDBPyConnection) -> Iterable[FailedCheck]:
    """Yield the checks that return rows: those of the descriptions, then those of etl/checks/*.sql."""
    checks: list[tuple[str, str]] = []
    for name, described in tables().items():
        checks.append((f"{name}.key", ddl.duplicate_keys(described)))
        for kind in (ddl.forbidden_values, ddl.broken_references):
            checks += [(f"{name}.{column}", query) for column, query in kind(described)]
    for path in sorted((FOLDER / "checks").glob("*.sql")):
        checks.append((path.stem, path.read_text(encoding="utf-8")))
    for name, query in checks:
        rows = connection.execute(query).fetchall()
        if rows:
            yield FailedCheck(name, len(rows), str(rows[0]))
