"""Older snapshots: listed, opened by their build id, and kept for good when something saved names them."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from etl.publish import new_snapshot_path, publish
from ntm.errors import NtmError
from ntm.warehouse import PINNED, kept_snapshots, open_build, pin


def published(warehouse: Path, communes: int = 1, keep: int = 2) -> str:
    """Publish a snapshot that tells a number of communes, and return its build id."""
    path = new_snapshot_path(warehouse)
    with duckdb.connect(str(path)) as connection:
        connection.execute("create table admin_unit as select 1 as unit from range($communes)", {"communes": communes})
    return publish(path, keep).stem


@pytest.fixture
def builds(tmp_path: Path) -> list[str]:
    return [published(tmp_path, communes) for communes in (1, 2, 3)]


def test_the_newest_stands_first_and_only_snapshots_are_listed(tmp_path: Path, builds: list[str]) -> None:
    (tmp_path / "copy of ntm.duckdb").touch()
    (tmp_path / "ntm-20220101.duckdb.wal").touch()
    assert kept_snapshots(tmp_path) == tuple(reversed(builds))


def test_an_older_one_is_opened_with_its_own_figures(tmp_path: Path, builds: list[str]) -> None:
    for communes, build_id in enumerate(builds, 1):
        snapshot = open_build(build_id, tmp_path)
        assert snapshot.build_id == build_id
        assert snapshot._connection.execute("select count(*) from admin_unit").fetchall() == [(communes,)]
        snapshot.close()


@pytest.mark.parametrize("build_id", ["ntm-20200101T000000000000Z", "current", "", "../ntm-1", "ntm-1/../x", "ntm-é"])
def test_one_that_is_gone_or_no_build_id_is_told(tmp_path: Path, builds: list[str], build_id: str) -> None:
    assert builds
    with pytest.raises(NtmError) as caught:
        open_build(build_id, tmp_path)
    assert (caught.value.key, caught.value.values) == ("frozen.gone", {"build_id": build_id})


def test_a_pinned_one_outlives_newer_loads_and_the_others_go(tmp_path: Path, builds: list[str]) -> None:
    first, second, _ = builds
    pin(first, tmp_path)
    newer = [published(tmp_path) for _ in range(4)]
    kept = kept_snapshots(tmp_path)
    assert first in kept
    assert second not in kept
    assert kept[:3] == tuple(reversed(newer[-3:]))
    open_build(first, tmp_path).close()


def test_pinned_twice_is_named_once(tmp_path: Path, builds: list[str]) -> None:
    for build_id in (builds[0], builds[1], builds[0]):
        pin(build_id, tmp_path)
    assert (tmp_path / PINNED).read_text(encoding="utf-8").split() == builds[:2]


def test_what_is_gone_cannot_be_pinned(tmp_path: Path, builds: list[str]) -> None:
    (tmp_path / f"{builds[0]}.duckdb").unlink()
    with pytest.raises(NtmError) as caught:
        pin(builds[0], tmp_path)
    assert caught.value.key == "frozen.gone"


def test_a_warehouse_that_cannot_be_written_is_told(tmp_path: Path, builds: list[str]) -> None:
    (tmp_path / PINNED).mkdir()
    with pytest.raises(NtmError) as caught:
        pin(builds[0], tmp_path)
    assert caught.value.key == "frozen.not_pinned"
