"""The process that answers one question and ends: started by room.py, it knows nothing else of the product.

A question is bounded twice. DuckDB opens the snapshot read-only, without files, network, extensions and settings; and
the kernel is told the same: once the snapshot is open, the process can open no further file, folder or socket, and its
memory, its time on the processor and the length of its answer have limits. Where the system knows no such limits
(Windows), those of DuckDB and the time that room.py waits are all there is.

In: one JSON object (`file`, `sql`, `limits`). Out: a line of JSON that says why there is no answer or what its columns
are, behind it the rows by batches, each a line of JSON.
"""

from __future__ import annotations

import contextlib
import json
import sys
import time
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

_CLOSED = (
    "set temp_directory = ''",
    "set max_temp_directory_size = '0KiB'",
    "set autoinstall_known_extensions = false",
    "set autoload_known_extensions = false",
    "set allow_community_extensions = false",
    "set allow_persistent_secrets = false",
    "set python_enable_replacements = false",
    "set enable_external_access = false",
    "set lock_configuration = true",
)
"""In this order: the last ones close the way to the settings."""
_REFUSED: tuple[tuple[tuple[type[Exception], ...], str], ...] = (
    ((duckdb.OutOfMemoryException, MemoryError), "query.too_much_memory"),
    ((duckdb.PermissionException, duckdb.IOException), "query.no_access"),
    ((duckdb.ParserException, duckdb.SyntaxException), "query.syntax"),
    ((duckdb.CatalogException, duckdb.BinderException), "query.unknown_name"),
)
"""Errors of the engine and what they mean for a person; all others are `query.failed`."""
_SAID = 600
"""Letters of the engine's own words that are passed on."""
_BATCH = 1000


class RefusalError(Exception):
    """The question is not answered: the key of the text, what it quotes of the question, and the text's values."""

    def __init__(self, key: str, said: str = "", **values: int | str) -> None:
        super().__init__(key)
        self.answer = {"refused": key, "said": said[:_SAID], "values": values}


def main() -> None:
    """Read the question, answer it, write the answer."""
    request = json.loads(sys.stdin.buffer.read())
    batches: list[str] = []
    try:
        header = _answer(Path(request["file"]), request["sql"], request["limits"], batches)
    except RefusalError as refused:
        header = refused.answer
    except (duckdb.Error, MemoryError, ValueError, OverflowError) as error:
        keys = (key for kinds, key in _REFUSED if isinstance(error, kinds))
        header = {"refused": next(keys, "query.failed"), "said": str(error)[:_SAID]}
    sys.stdout.write(json.dumps(header) + "\n")
    if "refused" not in header:
        sys.stdout.writelines(batches)


def _answer(file: Path, sql: str, limits: dict[str, Any], batches: list[str]) -> dict[str, Any]:
    """Fill the batches; return names and types of the columns, whether there are more rows, and the seconds taken."""
    connection = _open(file, limits)
    _close_doors(limits)
    statement = _only_statement(connection.extract_statements(sql))
    began = time.monotonic()
    connection.execute(statement)
    columns = [(column[0], str(column[1])) for column in connection.description]
    if len(columns) > limits["columns"]:
        raise RefusalError("query.too_many_columns", columns=len(columns), most=limits["columns"])
    is_cut = _fetch(connection, limits, batches)
    return {"columns": columns, "is_cut": is_cut, "seconds": time.monotonic() - began}


def _open(file: Path, limits: dict[str, Any]) -> duckdb.DuckDBPyConnection:
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": f"{limits['memory_mb'] // 2}MiB",
        "threads": 1,
    }
    connection = duckdb.connect(str(file), read_only=True, config=config)
    for setting in _CLOSED:
        connection.execute(setting)
    return connection


def _close_doors(limits: dict[str, Any]) -> None:
    """Have the kernel refuse what DuckDB should have refused; nothing of it can be taken back."""
    try:
        import resource
    except ImportError:
        return
    with contextlib.suppress(OSError):
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        space = pages * resource.getpagesize() + limits["memory_mb"] * 2**20
        resource.setrlimit(resource.RLIMIT_AS, (space, space))
    seconds = int(limits["seconds"]) + 2
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    answer = 2 * limits["answer_mb"] * 2**20
    resource.setrlimit(resource.RLIMIT_FSIZE, (answer, answer))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))  # what is open stays open; nothing can be opened any more


def _only_statement(statements: list[duckdb.Statement]) -> duckdb.Statement:
    if not statements:
        raise RefusalError("query.empty")
    if len(statements) > 1:
        raise RefusalError("query.not_one", count=len(statements))
    (statement,) = statements
    if statement.type != duckdb.StatementType.SELECT:
        raise RefusalError("query.not_select", kind=statement.type.name)
    if statement.named_parameters:
        raise RefusalError("query.parameters", ", ".join(f"${name}" for name in sorted(statement.named_parameters)))
    return statement


def _fetch(connection: duckdb.DuckDBPyConnection, limits: dict[str, Any], batches: list[str]) -> bool:
    """Fetch the first rows as they are made, never all at once; return whether there are more."""
    room, size = limits["rows"], 0
    while rows := connection.fetchmany(_BATCH):
        told = [[_plain(value, limits["letters"]) for value in row] for row in rows[:room]]
        batches.append(json.dumps(told) + "\n")
        size += len(batches[-1])
        if size > limits["answer_mb"] * 2**20:
            raise RefusalError("query.too_large", megabytes=limits["answer_mb"])
        if len(rows) > room:
            return True
        room -= len(rows)
    return False


def _plain(value: object, most: int) -> object:
    """Return a value as JSON has it: numbers, booleans, days as 2022-12-31; all else is text, of lists by commas."""
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, Decimal):
        return float(value)
    text = _text(value)
    if len(text) > most:
        raise RefusalError("query.long_cell", letters=len(text), most=most)
    return text


def _text(value: object) -> str:
    if isinstance(value, (list, tuple)):
        return ", ".join("–" if item is None else _text(item) for item in value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    return str(value)


if __name__ == "__main__":
    main()
