"""A snapshot's database from reference files and readings of workbooks: tables, marts, history, checks."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import duckdb

from etl import ddl, history
from etl.assemble import issue_row
from etl.context import Options
from etl.corrections import Corrections
from etl.load import Loaded
from etl.previous import NO_PREVIOUS, Previous, attach
from etl.statements import statement
from ntm.catalog import table, tables
from ntm.settings import ROOT
from ntm.yaml_files import read_yaml

FOLDER = Path(__file__).parent
CHECKS = FOLDER / "checks"
MARTS = (
    "mart_commune_month",
    "mart_district_month",
    "mart_criterion_month",
    "mart_funding_cell",
    "mart_funding",
    "mart_commune_map",
    "mart_district_map",
    "mart_metric_month",
    "mart_target_progress",
)
PRODUCT_VERSION = "0.1.0"
PRODUCT_PARTS = ("etl", "ntm/tables", "ntm/geo")


@dataclass(frozen=True)
class FailedCheck:
    """A check that returned rows: what must not be in a snapshot."""

    name: str
    rows: int
    example: str


@dataclass(frozen=True)
class Built:
    """What came of building a snapshot: findings of all kinds, checks that failed, figures that would be lost.

    `changes` counts the facts added, changed and removed against the snapshot before.
    """

    failed: list[FailedCheck]
    issues: list[Mapping[str, object]]
    losses: list[history.Loss]
    changes: Mapping[str, int]


def build(
    path: Path,
    reference: Path,
    loaded: Loaded,
    previous: Previous = NO_PREVIOUS,
    *,
    allow_shrink: bool = False,
) -> Built:
    """Write the database file and say what came of it. Raises OSError when a reference file is missing.

    With `allow_shrink` figures that the snapshot before has and this one has no more become findings.
    """
    with duckdb.connect(str(path)) as connection:
        connection.begin()  # one transaction: 500 statements of their own would each be written through
        for described in tables().values():
            connection.execute(ddl.create_table(described))
        attach(connection, previous.path)
        load_reference(connection, reference)
        _load_readings(connection, path, reference, loaded)
        for mart in MARTS:
            connection.execute(ddl.insert_from(table(mart), statement("marts", mart)))
        losses = history.compare(connection, is_first=previous.path is None)
        found = history.findings_over_time(connection)
        found += [file.finding for file in history.by_file(losses) if allow_shrink]
        issues = [*loaded.assembled.issues, *(issue_row(item.source_id, item.path, item.issue) for item in found)]
        issues = [{**row, "issue_no": number} for number, row in enumerate(issues, start=1)]
        _insert(connection, "load_issue", path, _in_order("load_issue", issues))
        history.remember(connection, _note(previous, bool(losses)))
        changes = history.changed_facts(connection)
        for described in tables().values():
            for comment in ddl.comments(described):
                connection.execute(comment)
        connection.commit()
        return Built(list(failed_checks(connection)), issues, losses, changes)


def _note(previous: Previous, has_losses: bool) -> str | None:
    """Return the remark of load_history."""
    if previous.is_lost:
        return "previous_lost"
    if previous.path is None:
        return "first_load"
    return "shrink_allowed" if has_losses else None


def content_hash(reference: Path, files: Iterable[tuple[str, str]], options: Options, corrections: Corrections) -> str:
    """Return a hash of everything that went in, and of what reads it: equal hash, equal figures.

    `files` are (path, checksum). Of the product the reading and building parts count, whatever its version says.
    """
    digest = hashlib.sha256(repr((sorted(asdict(options).items()), corrections, _product())).encode())
    for file in sorted(reference.glob("*.csv")):
        digest.update(file.read_bytes())
    for path, checksum in sorted(files):
        digest.update(path.encode() + checksum.encode())
    return digest.hexdigest()[:16]


@cache
def _product() -> str:
    """Return a hash of the files that decide what becomes of a workbook."""
    digest = hashlib.sha256(PRODUCT_VERSION.encode())
    for part in PRODUCT_PARTS:
        for path in sorted((ROOT / part).rglob("*")):
            if path.suffix in (".py", ".sql", ".yml"):
                digest.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()


def reference_files() -> Mapping[str, str]:
    """Return the reference file of each table that is filled from one, in order of loading."""
    files: Mapping[str, str] = read_yaml(FOLDER / "reference_files.yml")
    return files


def load_reference(connection: duckdb.DuckDBPyConnection, reference: Path) -> None:
    """Load the reference files into their tables."""
    for name, file in reference_files().items():
        has_query = (FOLDER / "sql" / "reference" / f"{name}.sql").exists()
        query = statement("reference", name if has_query else "_as_written")
        values = {"path": str(reference / file)}
        if table(name).is_fact:
            checksum = hashlib.sha256((reference / file).read_bytes()).hexdigest()
            values |= {"source_id": checksum[:12], "file": file}
        connection.execute(ddl.insert_from(table(name), query), values)


def _load_readings(connection: duckdb.DuckDBPyConnection, path: Path, reference: Path, loaded: Loaded) -> None:
    """Load what the workbooks gave."""
    built_at = datetime.now(UTC).replace(tzinfo=None)
    files = [(reading.path, reading.sha256) for reading in loaded.readings]
    snapshot = {
        "build_id": path.stem,
        "built_at": built_at,
        "content_hash": content_hash(reference, files, loaded.options, loaded.corrections),
        "product_version": PRODUCT_VERSION,
    }
    listed = [
        {**row, "first_loaded_at": loaded.first_loaded.get(str(row["sha256"]), built_at)}
        for row in loaded.assembled.source_files
    ]
    rows = {**loaded.assembled.facts, "source_file": listed, "snapshot": [snapshot]}
    for name, content in rows.items():
        _insert(connection, name, path, _in_order(name, content))
    readings = loaded.assembled.readings
    cells = ((reading.source_id, *cell) for reading in readings for cell in reading.raw_cells)
    _insert(connection, "raw_cell", path, cells)


def _in_order(name: str, rows: Iterable[Mapping[str, object]]) -> Iterator[Sequence[object]]:
    columns = table(name).column_names
    return ([row.get(column) for column in columns] for row in rows)


def _insert(connection: duckdb.DuckDBPyConnection, name: str, snapshot: Path, rows: Iterable[Sequence[object]]) -> None:
    """Insert rows by a file written as those of data/reference, beside the snapshot: no other library is needed."""
    file = snapshot.with_name(f"{snapshot.name}.rows.csv")
    with file.open("w", encoding="utf-8", newline="") as output:
        writer = csv.writer(output)
        writer.writerow(table(name).column_names)
        writer.writerows(rows)
    values = {"path": str(file)}
    connection.execute(ddl.insert_from(table(name), statement("reference", "_as_written")), values)
    file.unlink()


def failed_checks(connection: duckdb.DuckDBPyConnection) -> Iterator[FailedCheck]:
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
