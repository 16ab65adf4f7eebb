"""What the published snapshot remembers: the content that it was made from, and when each file first came."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import duckdb

from etl import ddl
from etl.statements import statement


class PreviousLostError(Exception):
    """The snapshot that the warehouse points to is missing or cannot be opened: nothing to compare a load with."""


@dataclass(frozen=True)
class Previous:
    """The snapshot before this load; without `path` there is none, or it is lost."""

    path: Path | None = None
    content_hash: str = ""
    first_loaded: Mapping[str, datetime] = field(default_factory=dict)
    is_lost: bool = False


NO_PREVIOUS = Previous()


def read_previous(path: Path | None) -> Previous:
    """Return what a snapshot remembers. One of an older product may lack tables and columns; they count as empty.

    Raises PreviousLostError when the file is missing or no snapshot.
    """
    if path is None:
        return NO_PREVIOUS
    if not path.exists():
        raise PreviousLostError(path.name)
    try:
        with duckdb.connect() as connection:
            attach(connection, path)
            (found,) = connection.execute(statement("history", "content_hash")).fetchall()
            first = connection.execute(statement("history", "first_loaded")).fetchall()
    except duckdb.Error as error:
        raise PreviousLostError(path.name) from error
    return Previous(path, str(found[0]), dict(first))


def attach(connection: duckdb.DuckDBPyConnection, path: Path | None) -> None:
    """Give a connection the tables of a snapshot, read-only, as `before_<table>`; all empty where there is none."""
    present: list[tuple[str, str]] = []
    if path is not None:
        connection.execute(ddl.ATTACH_PREVIOUS, {"path": str(path)})
        present = connection.execute(statement("history", "previous_columns")).fetchall()
    for view in ddl.previous_views(present):
        connection.execute(view)
