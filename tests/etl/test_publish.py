"""Publishing is one rename: readers keep their figures, the pointer is always valid, a stopped build is harmless."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from etl.publish import POINTER, discard, new_snapshot_path, publish


def built(warehouse: Path, value: int) -> Path:
    """Return a finished database that is not published yet."""
    path = new_snapshot_path(warehouse)
    with duckdb.connect(str(path)) as connection:
        connection.execute("create table figure as select $value as value", {"value": value})
    return path


def pointed_at(warehouse: Path) -> Path:
    return warehouse / (warehouse / POINTER).read_text(encoding="utf-8").strip()


def figure(connection: duckdb.DuckDBPyConnection) -> object:
    (row,) = connection.execute("select value from figure").fetchall()
    return row[0]


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A reader that opened the first snapshot."""
    publish(built(tmp_path, 1), keep=2)
    with duckdb.connect(str(pointed_at(tmp_path)), read_only=True) as connection:
        yield connection


def test_snapshot_is_not_visible_before_it_is_published(tmp_path: Path) -> None:
    path = built(tmp_path, 1)
    assert list(tmp_path.glob("*.duckdb")) == []
    snapshot = publish(path, keep=2)
    assert (pointed_at(tmp_path), snapshot.stem, path.exists()) == (snapshot, path.stem, False)
    assert sorted(item.name for item in tmp_path.iterdir()) == sorted([POINTER, snapshot.name])


def test_open_reader_keeps_its_figures(tmp_path: Path, reader: duckdb.DuckDBPyConnection) -> None:
    for value in range(2, 6):
        publish(built(tmp_path, value), keep=2)
        assert figure(reader.cursor()) == 1
    with duckdb.connect(str(pointed_at(tmp_path)), read_only=True) as later:
        assert figure(later) == 5


@pytest.mark.parametrize(("keep", "left"), [(0, 3), (2, 3), (4, 5)])
def test_at_least_two_older_snapshots_stay(tmp_path: Path, keep: int, left: int) -> None:
    published = [publish(built(tmp_path, value), keep) for value in range(6)]
    assert sorted(tmp_path.glob("*.duckdb")) == published[-left:]
    assert pointed_at(tmp_path) == published[-1]


def test_pointer_is_valid_at_every_moment(tmp_path: Path) -> None:
    """While another process publishes, each look finds a whole snapshot."""
    publish(built(tmp_path, 0), keep=2)
    publisher = multiprocessing.get_context("fork").Process(target=publish_many, args=(tmp_path, 15))
    publisher.start()
    seen = set()
    while publisher.is_alive():
        with duckdb.connect(str(pointed_at(tmp_path)), read_only=True) as connection:
            seen.add(figure(connection))
    publisher.join()
    assert publisher.exitcode == 0
    assert len(seen) > 1


def publish_many(warehouse: Path, times: int) -> None:
    for value in range(1, times + 1):
        publish(built(warehouse, value), keep=2)
        time.sleep(0.02)


def test_killed_build_changes_nothing(tmp_path: Path) -> None:
    before = publish(built(tmp_path, 1), keep=2)
    builder = multiprocessing.get_context("fork").Process(target=build_and_die, args=(tmp_path,))
    builder.start()
    builder.join()
    assert builder.exitcode == 9
    assert pointed_at(tmp_path) == before
    assert list(tmp_path.glob("*.duckdb")) == [before]


def build_and_die(warehouse: Path) -> None:
    with duckdb.connect(str(new_snapshot_path(warehouse))) as connection:
        connection.execute("create table figure as select 2 as value")
        os._exit(9)


def test_discarded_snapshot_leaves_nothing(tmp_path: Path) -> None:
    path = built(tmp_path, 1)
    path.with_name(path.name + ".wal").touch()
    discard(path)
    assert list(tmp_path.iterdir()) == []
