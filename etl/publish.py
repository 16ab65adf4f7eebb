"""A finished snapshot to its readers: one rename of the pointer file, older snapshots kept."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

POINTER = "current"


def new_snapshot_path(warehouse: Path) -> Path:
    """Return the path of the next snapshot: its build id is its name. It is not visible before `publish`."""
    warehouse.mkdir(parents=True, exist_ok=True)
    return warehouse / f"ntm-{datetime.now(UTC):%Y%m%dT%H%M%S%f}Z.duckdb"


def publish(snapshot: Path, keep: int) -> None:
    """Point `current` at a snapshot in one rename, then remove snapshots beyond `keep` older ones.

    A reader that opened an older file goes on reading it whole; at least two older ones always stay.
    """
    pointer = snapshot.parent / POINTER
    waiting = pointer.with_suffix(".new")
    waiting.write_text(snapshot.name + "\n", encoding="utf-8")
    os.replace(waiting, pointer)
    older = sorted(path for path in snapshot.parent.glob("ntm-*.duckdb") if path != snapshot)
    for path in older[: -max(keep, 2)]:
        path.unlink(missing_ok=True)
