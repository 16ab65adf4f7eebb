"""Asks a question of a snapshot in SQL that anybody may have typed. No text is safe: the process that runs it is.

Each question gets a process of its own (child.py), which inherits nothing: no variable of the environment, no open
file, no code of the server. It answers within the limits or is ended; the server and its other visitors go on. What
comes back is read as values (JSON), never as objects.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import BoundedSemaphore
from typing import IO, Any

import pandas as pd

from ntm.errors import NtmError
from ntm.query_room.values import to_frame

_CHILD = Path(__file__).with_name("child.py")
_ENVIRONMENT = {"LC_ALL": "C.UTF-8"}
"""All that the child knows of the environment."""

_OUT_OF_TIME = {-getattr(signal, "SIGXCPU", 0)} - {0}
"""How a child ends that the kernel stopped for its time on the processor."""


@dataclass(frozen=True)
class Limits:
    """What one question may take. `letters` of one cell are as many as a cell of Excel holds."""

    seconds: float = 5.0
    memory_mb: int = 512
    rows: int = 5_000
    columns: int = 100
    answer_mb: int = 16
    letters: int = 32_767
    question: int = 10_000


@dataclass(frozen=True)
class Answer:
    """Rows of a question: names and DuckDB types of its columns, the first rows, whether there are more."""

    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: pd.DataFrame
    is_cut: bool
    seconds: float


class QueryError(NtmError):
    """A question that is not answered; `said` are the engine's own words, plain text that quotes the question."""

    def __init__(self, key: str, said: str = "", **values: object) -> None:
        super().__init__(key, **values)
        self.said = said


class Room:
    """Answers questions, `at_once` at the same time; a further one waits for `patience` seconds, then is refused."""

    def __init__(self, limits: Limits | None = None, at_once: int = 2, patience: float = 3.0) -> None:
        self.limits = limits or Limits()
        self._places = BoundedSemaphore(at_once)
        self._patience = patience

    def ask(self, snapshot: Path, sql: str) -> Answer:
        """Return the answer of one SELECT. Raises QueryError, which says why there is none."""
        if len(sql) > self.limits.question:
            raise QueryError("query.too_long", letters=len(sql), most=self.limits.question)
        if not self._places.acquire(timeout=self._patience):
            raise QueryError("query.busy")
        try:
            with tempfile.TemporaryFile() as answer:
                self._run(snapshot, sql, answer)
                answer.seek(0)
                return _read(answer)
        finally:
            self._places.release()

    def _run(self, snapshot: Path, sql: str, answer: IO[bytes]) -> None:
        request = {"file": snapshot.name, "sql": sql, "limits": asdict(self.limits)}
        child = subprocess.Popen(
            [sys.executable, "-I", str(_CHILD)],
            stdin=subprocess.PIPE,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            cwd=snapshot.resolve().parent,  # the child's messages then name the file and no folder
            env=_ENVIRONMENT,
        )
        try:
            child.communicate(json.dumps(request).encode(), timeout=self.limits.seconds)
        except subprocess.TimeoutExpired as late:
            raise self._too_slow() from late
        finally:
            child.kill()
            child.wait()
        if child.returncode in _OUT_OF_TIME:
            raise self._too_slow()
        if child.returncode:
            raise QueryError("query.crashed", code=child.returncode)

    def _too_slow(self) -> QueryError:
        return QueryError("query.too_slow", seconds=f"{self.limits.seconds:g}")


def _read(answer: IO[bytes]) -> Answer:
    header: dict[str, Any] = json.loads(answer.readline())
    if "refused" in header:
        raise QueryError(header["refused"], header.get("said", ""), **header.get("values", {}))
    rows = to_frame(header["columns"], [row for line in answer for row in json.loads(line)])
    return Answer(
        columns=tuple(rows.columns),
        types=tuple(kind for _, kind in header["columns"]),
        rows=rows,
        is_cut=header["is_cut"],
        seconds=header["seconds"],
    )
