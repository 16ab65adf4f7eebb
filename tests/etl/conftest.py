"""What the tests of the ETL share: the reference facts, reading a workbook, building a small warehouse."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import duckdb
import pytest
from openpyxl import Workbook

from etl.assemble import assemble
from etl.build import build
from etl.context import Options, Reference, SheetReading
from etl.load import Loaded
from etl.reference_facts import read_reference
from etl.sample import write_sample
from etl.workbook import WorkbookReading, read_file
from ntm.settings import Settings, settings
from tests.etl.findings import Reader, Warehouse, issue_text, issues_of
from tests.etl.loading import Office

PROVINCES = ("92", "93", "94")
"""Cần Thơ, Hậu Giang and Sóc Trăng, which became the new Cần Thơ (92 again) on 1 July 2025."""


@pytest.fixture(scope="session")
def reference() -> Reference:
    """The reference facts of data/reference."""
    return read_reference(settings().reference_folder)


@pytest.fixture
def read_book(tmp_path: Path, reference: Reference) -> Callable[..., WorkbookReading]:
    """Return a function that saves a workbook and reads the file as the load does."""

    def read(book: Workbook, name: str = "bieu.xlsx", options: Options | None = None) -> WorkbookReading:
        path = tmp_path / name
        book.save(path)
        return read_file(path, name, reference, options or Options())

    return read


@pytest.fixture
def read(read_book: Callable[..., WorkbookReading]) -> Reader:
    """Return a function that saves a workbook and gives the reading of its first sheet."""

    def read_sheet(book: Workbook, name: str = "bieu.xlsx", options: Options | None = None) -> SheetReading:
        return read_book(book, name, options).sheets[0]

    return read_sheet


@pytest.fixture(scope="session")
def small_reference(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """data/reference with the units of three provinces: a warehouse over it is built in a moment."""
    folder = tmp_path_factory.mktemp("reference")
    for path in settings().reference_folder.glob("*.csv"):
        shutil.copy(path, folder)
    keep_rows(folder / "units.csv", lambda row: row["province_code"] in PROVINCES)
    keep_rows(folder / "unit_changes.csv", lambda row: False)
    return folder


def keep_rows(path: Path, is_kept: Callable[[Mapping[str, str]], bool]) -> None:
    """Leave in a CSV file the rows that are to be kept."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows = [row for row in reader if is_kept(row)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, reader.fieldnames or [])
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture
def warehouse(tmp_path: Path, small_reference: Path) -> Iterator[Warehouse]:
    """Return a function that loads workbooks (by file name) into a database whose checks all pass, and opens it."""
    opened: list[duckdb.DuckDBPyConnection] = []

    def load(books: Mapping[str, Workbook]) -> duckdb.DuckDBPyConnection:
        readings = []
        for name, book in books.items():
            path = tmp_path / name
            book.save(path)
            readings.append(read_file(path, name, read_reference(small_reference), Options()))
        blocked = [issue_text(issue) for item in readings for issue in issues_of(item) if issue.severity == "block"]
        assert not blocked
        snapshot = tmp_path / f"ntm-{len(opened)}.part"
        built = build(snapshot, small_reference, Loaded(tuple(readings), assemble(readings), Options()))
        assert built.failed == []
        opened.append(duckdb.connect(str(snapshot), read_only=True))
        return opened[-1]

    yield load
    for connection in opened:
        connection.close()


@pytest.fixture
def office(tmp_path: Path, small_reference: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """An empty folder of workbooks and a warehouse to load it into, over the units of three provinces."""
    monkeypatch.setattr(Settings, "reference_folder", small_reference)
    return Office(tmp_path)


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample workbooks, written anew by the generator."""
    folder = tmp_path_factory.mktemp("sample")
    write_sample(folder)
    return folder


@pytest.fixture(scope="module")
def sample_database(sample_warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The warehouse loaded from the sample, for reading."""
    snapshot = (sample_warehouse / "current").read_text(encoding="utf-8").strip()
    with duckdb.connect(str(sample_warehouse / snapshot), read_only=True) as connection:
        yield connection
