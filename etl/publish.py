"""A finished snapshot to its readers: one rename of the pointer file, older snapshots kept.

A snapshot is built under a name of its own that no reader looks for; only what passed its checks gets its final name.
One load at a time has the warehouse; readers never wait for it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

POINTER = "current"
PINNED = "pinned"
"""Build ids, one a line, of snapshots that something saved names: the dashboard writes it (ntm/warehouse.py)."""
LOCK = ".load.lock"
_UNFINISHED = ".part"


class WarehouseBusyError(Exception):
    """Another load has the warehouse."""


@contextmanager
def held(warehouse: Path, wait_seconds: float = 0) -> Iterator[None]:
    """Hold the warehouse for one load, clean of what killed loads left behind.

    The lock is the operating system's: it ends with the process that holds it, however that ends. The file of the lock
    stays. Raises OSError when the folder cannot be made or written, WarehouseBusyError when another load has it still
    after the waiting.
    """
    warehouse.mkdir(parents=True, exist_ok=True)
    lock = FileLock(warehouse / LOCK, timeout=wait_seconds)
    try:
        lock.acquire()
    except Timeout as error:
        raise WarehouseBusyError(warehouse.name) from error
    try:
        for path in warehouse.glob(f"ntm-*{_UNFINISHED}*"):
            _remove(path)
        yield
    finally:
        lock.release()


def current_snapshot(warehouse: Path) -> Path | None:
    """Return the file that the pointer names, whether it is there or not; None when nothing was published yet."""
    pointer = warehouse / POINTER
    return warehouse / pointer.read_text(encoding="utf-8").strip() if pointer.exists() else None


def new_snapshot_path(warehouse: Path) -> Path:
    """Return where to build the next snapshot: its stem is its build id. It is not visible before `publish`.

    Raises OSError when the folder cannot be made or written.
    """
    warehouse.mkdir(parents=True, exist_ok=True)
    return warehouse / f"ntm-{datetime.now(UTC):%Y%m%dT%H%M%S%f}Z{_UNFINISHED}"


def publish(unfinished: Path, keep: int) -> Path:
    """Give a snapshot its final name, point `current` at it in one rename, and return it.

    Of the older snapshots the newest `keep` stay, at least two: a reader that opened one goes on reading it whole.
    Those that are pinned stay besides. A stop at any moment leaves a pointer to a whole snapshot.
    """
    snapshot = unfinished.with_suffix(".duckdb")
    _write_through(unfinished)
    unfinished.replace(snapshot)
    waiting = snapshot.with_suffix(f".pointer{_UNFINISHED}")
    waiting.write_text(snapshot.name + "\n", encoding="utf-8")
    _write_through(waiting)
    waiting.replace(snapshot.parent / POINTER)
    older = sorted(path for path in snapshot.parent.glob("ntm-*.duckdb") if path != snapshot)
    pinned = _pinned(snapshot.parent)
    for path in older[: -max(keep, 2)]:
        if path.stem not in pinned:
            path.unlink(missing_ok=True)
    return snapshot


def _pinned(warehouse: Path) -> set[str]:
    path = warehouse / PINNED
    return set(path.read_text(encoding="utf-8").split()) if path.exists() else set()


def discard(unfinished: Path) -> None:
    """Remove a snapshot that is not to be published, with what its building left beside it."""
    for path in unfinished.parent.glob(unfinished.name + "*"):
        _remove(path)


def _remove(path: Path) -> None:
    """Remove a file, or the folder in which the database keeps what does not fit into memory."""
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _write_through(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
