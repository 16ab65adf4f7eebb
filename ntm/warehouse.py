"""The snapshot that is read: opened read-only, asked by named queries with bound values.

A snapshot never changes under its reader: `current` names its file, and a newer one is another file.
"""

from __future__ import annotations

import threading
from datetime import date
from functools import cache
from pathlib import Path

import duckdb
import pandas as pd

from ntm.errors import NtmError
from ntm.settings import settings

POINTER = "current"
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
