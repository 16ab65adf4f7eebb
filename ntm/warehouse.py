"""The snapshot that is read: opened read-only, asked by named queries with bound values.

A snapshot never changes under its reader: `current` names its file, and a newer one is another file. Older ones are
kept for a time, those that `pinned` names for good, and can be opened by their build id.
"""

from __future__ import annotations

import re
import threading
from datetime import date
from functools import cache
from pathlib import Path

import duckdb
import pandas as pd

from ntm.errors import NtmError
from ntm.settings import settings

POINTER = "current"
PINNED = "pinned"
"""File in the warehouse with a build id a line: of snapshots that publishing never deletes (etl/publish.py)."""
OTHER_VERSION = (duckdb.CatalogException, duckdb.BinderException)
"""What a query meets in a snapshot that another version of the product made: it has not the tables or columns."""
_BUILD_ID = re.compile(r"ntm-[\w-]{1,60}", re.ASCII)
_QUERIES = Path(__file__).parent / "queries"

QueryValue = str | int | float | bool | date | list[str] | None


class Snapshot:
    """One read-only snapshot. Safe to share between threads: every read has its own cursor."""

    def __init__(self, path: Path) -> None:
        try:
            self._connection = duckdb.connect(str(path), read_only=True)
        except duckdb.Error as error:
            raise NtmError("warehouse.unreadable", path=path.name, reason=str(error)) from error
        self.path = path
        self.build_id = path.stem
        self._lock = threading.Lock()

    def read(self, query: str, **values: QueryValue) -> pd.DataFrame:
        """Return the rows of ntm/queries/<query>.sql. Raises KeyError when there is no such query."""
        with self._lock:
            cursor = self._connection.cursor()
        try:
            return cursor.execute(query_text(query), values or None).df()
        finally:
            cursor.close()

    def write_parquet(self, table: str, path: Path) -> None:
        """Write a whole table into a Parquet file, its types kept. Raises duckdb.Error when there is no such table."""
        with self._lock:
            cursor = self._connection.cursor()
        try:
            cursor.table(table).to_parquet(str(path), compression="zstd")
        finally:
            cursor.close()

    def __enter__(self) -> Snapshot:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the snapshot; reads after this fail."""
        self._connection.close()


@cache
def query_text(query: str) -> str:
    """Return the SQL of a named query."""
    path = _QUERIES / f"{query}.sql"
    if not path.exists():
        raise KeyError(query)
    return path.read_text(encoding="utf-8")


def current_path(warehouse: Path | None = None) -> Path:
    """Return the file of the snapshot that is current. Raises NtmError when nothing was published yet."""
    folder = warehouse or settings().warehouse_folder
    pointer = folder / POINTER
    if not pointer.exists():
        raise NtmError("warehouse.empty", folder=folder.name)
    path = folder / pointer.read_text(encoding="utf-8").strip()
    if not path.exists():
        raise NtmError("warehouse.missing", path=path.name)
    return path


def open_snapshot(warehouse: Path | None = None) -> Snapshot:
    """Open the current snapshot, for a notebook or a script. Raises NtmError when there is none."""
    return Snapshot(current_path(warehouse))


def kept_snapshots(warehouse: Path | None = None) -> tuple[str, ...]:
    """Return the build ids of the snapshots in the warehouse, the newest first."""
    folder = warehouse or settings().warehouse_folder
    found = (path.stem for path in folder.glob("*.duckdb"))
    return tuple(sorted(filter(is_build_id, found), reverse=True))


def build_path(build_id: str, warehouse: Path | None = None) -> Path:
    """Return the file of a kept snapshot. Raises NtmError when it is there no more, or was never."""
    path = (warehouse or settings().warehouse_folder) / f"{build_id}.duckdb"
    if not is_build_id(build_id) or not path.is_file():
        raise NtmError("frozen.gone", build_id=build_id)
    return path


def open_build(build_id: str, warehouse: Path | None = None) -> Snapshot:
    """Open a kept snapshot, whether it is current or not. Raises NtmError when it is there no more."""
    return Snapshot(build_path(build_id, warehouse))


def is_build_id(text: str) -> bool:
    """Tell whether a text can be the build id of a snapshot; it then is a file's name and no path."""
    return bool(_BUILD_ID.fullmatch(text))


def pin(build_id: str, warehouse: Path | None = None) -> None:
    """Have a snapshot kept for good, because something saved names it.

    Raises NtmError when it is there no more or the warehouse cannot be written.
    """
    folder = warehouse or settings().warehouse_folder
    pinned = folder / PINNED
    try:
        known = pinned.read_text(encoding="utf-8").split() if pinned.exists() else []
        if build_id not in known:
            with pinned.open("a", encoding="utf-8") as file:  # one write at the end: of two at once both stay
                file.write(f"{build_id}\n")
    except OSError as error:
        raise NtmError("frozen.not_pinned", reason=error.strerror or type(error).__name__) from error
    build_path(build_id, folder)  # after it was named: what is there now is not deleted any more
