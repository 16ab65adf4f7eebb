"""A snapshot's database from reference files and readings of workbooks: tables, marts, checks."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import yaml

from etl import ddl
from etl.load import Loaded
from etl.sheet import Options, WorkbookReading
from ntm.catalog import table, tables

FOLDER = Path(__file__).parent
CHECKS = FOLDER / "checks"
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


def build(path: Path, reference: Path, loaded: Loaded) -> list[FailedCheck]:
    """Write the database file and return the checks that failed. Raises OSError when a reference file is missing."""
    with duckdb.connect(str(path)) as connection:
        connection.begin()  # one transaction: 500 statements of their own would each be written through
        for described in tables().values():
            connection.execute(ddl.create_table(described))
        _load_reference(connection, reference)
        _load_readings(connection, reference, loaded, path.stem)
        for mart in MARTS:
            connection.execute(ddl.insert_from(table(mart), _sql("marts", mart)))
        for described in tables().values():
            for comment in ddl.comments(described):
                connection.execute(comment)
        connection.commit()
        return list(_failed_checks(connection))


def content_hash(reference: Path, readings: Iterable[WorkbookReading], options: Options) -> str:
    """Return a hash of everything that went in: equal hash and version, equal figures."""
    digest = hashlib.sha256(repr(sorted(asdict(options).items())).encode())
    for path in sorted(reference.glob("*.csv")):
        digest.update(path.read_bytes())
    for reading in sorted(readings, key=lambda item: item.path):
        digest.update(reading.path.encode() + reading.sha256.encode())
    return digest.hexdigest()[:16]


def reference_files() -> Mapping[str, str]:
    """Return the reference file of each table that is filled from one, in order of loading."""
    files: Mapping[str, str] = yaml.safe_load((FOLDER / "reference_files.yml").read_text(encoding="utf-8"))
    return files


def _sql(folder: str, name: str) -> str:
    return (FOLDER / "sql" / folder / f"{name}.sql").read_text(encoding="utf-8")


def _load_reference(connection: duckdb.DuckDBPyConnection, reference: Path) -> None:
    for name, file in reference_files().items():
        has_query = (FOLDER / "sql" / "reference" / f"{name}.sql").exists()
        query = _sql("reference", name if has_query else "_as_written")
        values = {"path": str(reference / file)}
        if table(name).is_fact:
            checksum = hashlib.sha256((reference / file).read_bytes()).hexdigest()
            values |= {"source_id": checksum[:12], "file": file}
        connection.execute(ddl.insert_from(table(name), query), values)


def _load_readings(connection: duckdb.DuckDBPyConnection, reference: Path, loaded: Loaded, build_id: str) -> None:
    """Load what the workbooks gave, by files written as those of data/reference: no other library is needed for it."""
    rows: dict[str, Sequence[Mapping[str, object]]] = {
        **loaded.assembled.facts,
        "source_file": loaded.assembled.source_files,
        "load_issue": loaded.assembled.issues,
        "snapshot": [
            {
                "build_id": build_id,
                "built_at": datetime.now(UTC).replace(tzinfo=None),
                "content_hash": content_hash(reference, loaded.readings, loaded.options),
                "product_version": PRODUCT_VERSION,
            }
        ],
    }
    with TemporaryDirectory() as folder:
        file = Path(folder) / "rows.csv"
        for name, content in rows.items():
            columns = table(name).column_names
            _insert(connection, name, file, ([row.get(column) for column in columns] for row in content))
        readings = loaded.assembled.readings
        cells = ((reading.source_id, *cell) for reading in readings for cell in reading.raw_cells)
        _insert(connection, "raw_cell", file, cells)


def _insert(connection: duckdb.DuckDBPyConnection, name: str, file: Path, rows: Iterable[Sequence[object]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as output:
        writer = csv.writer(output)
        writer.writerow(table(name).column_names)
        writer.writerows(rows)
    connection.execute(ddl.insert_from(table(name), _sql("reference", "_as_written")), {"path": str(file)})


def _failed_checks(connection: duckdb.DuckDBPyConnection) -> Iterator[FailedCheck]:
    """Yield the checks that return rows: those of the descriptions, then those of etl/checks/*.sql."""
    checks: list[tuple[str, str]] = []
    for name, described in tables().items():
        checks.append((f"{name}.key", ddl.duplicate_keys(described)))
        for kind in (ddl.forbidden_values, ddl.broken_references):
            checks += [(f"{name}.{column}", query) for column, query in kind(described)]
    for path in sorted(CHECKS.glob("*.sql")):
        checks.append((path.stem, path.read_text(encoding="utf-8")))
    for name, query in checks:
        rows = connection.execute(query).fetchall()
        if rows:
            yield FailedCheck(name, len(rows), str(rows[0]))
