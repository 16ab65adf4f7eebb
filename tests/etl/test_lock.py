"""One load at a time: the second refuses or waits; a load that died holds nothing."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from etl.publish import LOCK, held
from tests.etl.loading import Office
from tests.etl.workbooks import matrix

SOUND = matrix([1, "Xã Vị Tân", *"xxxx"])
SPAWN = multiprocessing.get_context("spawn")


def hold(warehouse: Path, told: Connection, with_child: bool) -> None:
    """Hold a warehouse until somebody ends the process; a child of it lives on, as one that reads a workbook would."""
    with held(warehouse):
        if with_child and os.fork() == 0:
            time.sleep(20)
            os._exit(0)
        told.send("held")
        time.sleep(60)


@pytest.fixture(params=[False, True], ids=["alone", "with a child"])
def holder(office: Office, request: pytest.FixtureRequest) -> Iterator[multiprocessing.process.BaseProcess]:
    here, there = SPAWN.Pipe()
    process = SPAWN.Process(target=hold, args=(office.warehouse, there, request.param))
    process.start()
    there.close()  # so that a child that dies ends the wait
    assert here.recv() == "held"
    yield process
    process.kill()
    process.join()


def test_second_load_refuses_at_once_and_says_what_to_do(
    office: Office, holder: multiprocessing.process.BaseProcess
) -> None:
    started = time.monotonic()
    assert office.load(exit_code=1, tieu_chi=SOUND)["state"] == "busy"
    assert time.monotonic() - started < 5
    said = office.run().output
    assert "kho số liệu đang có lần nạp khác" in said
    assert "--wait" in said
    assert [path.name for path in office.warehouse.iterdir()] == [LOCK]


def test_load_that_died_holds_nothing(office: Office, holder: multiprocessing.process.BaseProcess) -> None:
    os.kill(holder.pid or 0, signal.SIGKILL)
    holder.join()
    assert office.load(tieu_chi=SOUND)["state"] == "published"


def test_second_load_waits_for_the_first(office: Office) -> None:
    release = threading.Event()

    def first() -> None:
        with held(office.warehouse):
            release.wait(20)

    holder = threading.Thread(target=first)
    holder.start()
    while not (office.warehouse / LOCK).exists():
        time.sleep(0.01)
    threading.Timer(0.5, release.set).start()
    assert office.load("--wait", 30, tieu_chi=SOUND)["state"] == "published"
    holder.join()


def test_waiting_ends(office: Office) -> None:
    with held(office.warehouse):
        assert office.load("--wait", 0.2, exit_code=1, tieu_chi=SOUND)["state"] == "busy"


def test_checking_waits_for_nobody(office: Office) -> None:
    office.put(tieu_chi=SOUND)
    with held(office.warehouse):
        assert office.run(command="check").exit_code == 0


def test_next_load_removes_what_a_killed_one_left(office: Office) -> None:
    office.load(tieu_chi=SOUND)
    left = [office.warehouse / f"ntm-20220101T000000000000Z.part{end}" for end in ("", ".wal", ".rows.csv")]
    for path in left:
        path.touch()
    spilled = office.warehouse / "ntm-20220101T000000000000Z.part.tmp"
    spilled.mkdir()
    (spilled / "block").touch()
    office.load()
    assert not any(path.exists() for path in (*left, spilled))
