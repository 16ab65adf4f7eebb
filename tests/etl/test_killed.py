"""A load that is killed at any moment harms nobody: readers always have a whole snapshot, the next load goes well.

Fifty loads are killed, each with all its children, while another process reads as the application does: forty at
moments spread over the whole length of a normal load, ten when a snapshot gets its name. A load is a process of its own
in which the product is imported already: killed before that it could not have touched anything, and the import of
libraries would be most of its time.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Iterator
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from multiprocessing.synchronize import Event
from pathlib import Path

import duckdb
import pytest

from etl import run
from etl.build import failed_checks
from etl.context import Options
from etl.workbook import checksum
from ntm.settings import Settings
from ntm.warehouse import Snapshot, current_path
from tests.etl.workbooks import funding, matrix, recognition, recognitions

SPREAD, AIMED = 40, 10
CITY = ["I", "Thành phố Vị Thanh"]
MONTHS = ("31/3/2022", "30/4/2022", "31/5/2022", "30/6/2022")
SERVER = multiprocessing.get_context("forkserver")
SERVER.set_forkserver_preload([__name__])
LONGEST = 60
Content = frozenset[tuple[str, int]]
"""Checksum and rows loaded of every sheet: what tells a whole snapshot of one data set."""


def write_data(folder: Path, amount: int, mark: str) -> Path:
    """Write one of two data sets, which have the same figures but one commune's and one amount."""
    folder.mkdir()
    for month in MONTHS:
        rows = [1, "Xã Vị Tân", *"xxxx"], [2, "Xã Hoả Lựu", "x", "x", "x", mark]
        book = matrix(CITY, *rows, cut_off=f"(Số liệu đến {month})")
        book.save(folder / f"tieu_chi_{month.replace('/', '_')}.xlsx")
    funding(["I", "NGÂN SÁCH TRUNG ƯƠNG", amount]).save(folder / "von.xlsx")
    recognitions(recognition(), recognition("Xã Hoả Lựu")).save(folder / "cong_nhan.xlsx")
    return folder


def load(folder: Path, warehouse: Path, reference: Path) -> None:
    """Load a folder as `python -m etl load` does, in a process group of its own."""
    os.setsid()
    Settings.reference_folder = reference  # type: ignore[method-assign, assignment]
    files = [(path, path.name) for path in sorted(folder.iterdir())]
    outcome = run.run_load(run.Request(files, Options()), warehouse, lambda _: None, wait_seconds=LONGEST)
    os._exit(0 if outcome.state == run.PUBLISHED else 1)


def read_on(warehouse: Path, stop: Event, told: Connection) -> None:
    """Read until told to stop, as the application does: at each look the snapshot that is current then."""
    seen: dict[Path, Snapshot] = {}
    contents: Counter[Content] = Counter()
    try:
        while not stop.is_set():
            path = current_path(warehouse)
            if path not in seen:
                seen[path] = Snapshot(path)
                with duckdb.connect(str(path), read_only=True) as connection:
                    assert not list(failed_checks(connection)), path
            for snapshot in list(seen.values())[-3:]:
                contents[content(snapshot)] += 1
                assert snapshot.read("snapshot")["build_id"].item() == snapshot.build_id
            time.sleep(0.02)
    except BaseException as error:
        told.send((repr(error), contents))
        raise
    told.send((None, contents))


def content(snapshot: Snapshot) -> Content:
    files = snapshot.read("source_files")
    return frozenset(zip(files["sha256"], files["rows_loaded"].astype(int), strict=True))


class Loads:
    """Two data sets that are loaded in turn into one warehouse, and are killed."""

    def __init__(self, folder: Path, reference: Path) -> None:
        self.warehouse, self.reference = folder / "kho", reference
        self.data = [write_data(folder / "a", 170914, "x"), write_data(folder / "b", 170915, "CĐ")]

    def start(self) -> BaseProcess:
        """Begin to load the data set that is not the published one: that one again would change nothing."""
        published = {path.name for path in self.warehouse.glob("current")} and self.published()
        folder = next(folder for folder in self.data if checksums(folder) != published)
        process = SERVER.Process(target=load, args=(folder, self.warehouse, self.reference))
        process.start()
        while process.is_alive() and os.getpgid(process.pid or 0) != process.pid:
            time.sleep(0.001)
        return process

    def finish(self) -> float:
        """Load without a disturbance and return the seconds that it took."""
        started = time.monotonic()
        process = self.start()
        process.join(LONGEST)
        assert process.exitcode == 0
        return time.monotonic() - started

    def kill(self, process: BaseProcess) -> str:
        """Kill a load with its children and return in which phase that was."""
        before = self.names()
        is_over = not process.is_alive()
        if not is_over:
            os.killpg(process.pid or 0, signal.SIGKILL)
        process.join()
        if is_over:
            return "finished"
        if any(name.endswith(".part") and "pointer" not in name for name in before):
            return "building"
        return "publishing" if before - self.known else "reading"

    def kill_after(self, seconds: float) -> str:
        self.known = self.names()
        process = self.start()
        time.sleep(seconds)
        return self.kill(process)

    def kill_when_named(self) -> str:
        """Kill a load as soon as its snapshot has its name: about then the pointer is renamed."""
        self.known = self.names()
        process = self.start()
        while process.is_alive() and not any(name.endswith(".duckdb") for name in self.names() - self.known):
            time.sleep(0.0002)
        return self.kill(process)

    def names(self) -> set[str]:
        return {path.name for path in self.warehouse.iterdir()} if self.warehouse.exists() else set()

    def published(self) -> set[str]:
        return {sha256 for sha256, _ in content(Snapshot(current_path(self.warehouse)))}


def checksums(folder: Path) -> set[str]:
    return {checksum(path) for path in folder.iterdir()}


@pytest.fixture
def loads(tmp_path: Path, small_reference: Path) -> Loads:
    return Loads(tmp_path, small_reference)


@pytest.fixture
def reader(loads: Loads) -> Iterator[tuple[Event, Connection]]:
    """How to stop a process that reads from the first snapshot on, and how to hear of it."""
    loads.finish()
    here, there = SERVER.Pipe()
    stop = SERVER.Event()
    process = SERVER.Process(target=read_on, args=(loads.warehouse, stop, there))
    process.start()
    yield stop, here
    process.kill()
    process.join()


def test_fifty_killed_loads_under_a_reader(loads: Loads, reader: tuple[Event, Connection]) -> None:
    stop, told = reader
    whole = [content(Snapshot(current_path(loads.warehouse)))]
    length = loads.finish()
    whole.append(content(Snapshot(current_path(loads.warehouse))))
    moments = random.Random(50)
    phases = Counter(loads.kill_after(moments.uniform(0, length)) for _ in range(SPREAD))
    phases += Counter(loads.kill_when_named() for _ in range(AIMED))
    loads.finish()
    stop.set()
    assert told.poll(LONGEST), "the reader still answers"
    error, contents = told.recv()
    assert error is None
    assert set(contents) == set(whole), "every look was at one data set, whole"
    assert not list(loads.warehouse.glob("*.part*")), "nothing of the killed loads is left"
    assert phases.total() == SPREAD + AIMED
    assert min(phases["reading"], phases["building"], phases["publishing"]) > 0, phases
    print(f"killed while {dict(phases)}, one load {length:.1f} s, {contents.total()} looks of the reader")
