"""A finished snapshot to its readers: one rename of the pointer file, older snapshots kept.

A snapshot is built under a name of its own that no reader looks for; only what passed its checks gets its final name.
"""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime
from pathlib import Path

POINTER = "current"
_UNFINISHED = ".part"
_ABANDONED_AFTER_SECONDS = 24 * 3600


def new_snapshot_path(warehouse: Path) -> Path:
    """Return where to build the next snapshot: its stem is its build id. It is not visible before `publish`.

    Raises OSError when the folder cannot be made or written.
    """
    warehouse.mkdir(parents=True, exist_ok=True)
    return warehouse / f"ntm-{datetime.now(UTC):%Y%m%dT%H%M%S%f}Z{_UNFINISHED}"


def publish(unfinished: Path, keep: int) -> Path:
    """Give a snapshot its final name, point `current` at it in one rename, and return it.

    Of the older snapshots the newest `keep` stay, at least two: a reader that opened one goes on reading it whole. A
    stop at any moment leaves a pointer to a whole snapshot.
    """
    snapshot = unfinished.with_suffix(".duckdb")
    _write_through(unfinished)
    unfinished.replace(snapshot)
    waiting = snapshot.with_suffix(f".pointer{_UNFINISHED}")
    waiting.write_text(snapshot.name + "\n", encoding="utf-8")
    _write_through(waiting)
    waiting.replace(snapshot.parent / POINTER)
    older = sorted(path for path in snapshot.parent.glob("ntm-*.duckdb") if path != snapshot)
    for path in older[: -max(keep, 2)]:
        path.unlink(missing_ok=True)
    _remove_abandoned(snapshot.parent)
    return snapshot


def discard(unfinished: Path) -> None:
    """Remove a snapshot that is not to be published, with the log that the database may have left beside it."""
    for path in unfinished.parent.glob(unfinished.name + "*"):
        path.unlink(missing_ok=True)


def _write_through(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _remove_abandoned(warehouse: Path) -> None:
    """Remove what loads that were killed left behind; a load that still runs is younger than that."""
    oldest = time.time() - _ABANDONED_AFTER_SECONDS
    for path in warehouse.glob(f"ntm-*{_UNFINISHED}*"):
        if path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)
