"""What all tests share: the project's folder, and browser tests only where there is a browser."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
WAREHOUSE_INPUTS = ("etl", "ntm/catalog.py", "ntm/geo", "ntm/tables", "data/reference", "data/sample")
WAREHOUSES_KEPT = 4


@pytest.fixture(scope="session")
def root() -> Path:
    """Folder of the project."""
    return ROOT


@pytest.fixture(scope="session")
def sample_warehouse(pytestconfig: pytest.Config) -> Path:
    """Folder of a warehouse loaded from data/sample; shared by workers and runs, so nobody writes into it."""
    cache: pytest.Cache | None = getattr(pytestconfig, "cache", None)  # none under -p no:cacheprovider
    shelf = cache.mkdir("warehouses") if cache else Path(tempfile.gettempdir()) / "ntm-test-warehouses"
    shelf.mkdir(exist_ok=True)
    folder = shelf / hash_of_files(WAREHOUSE_INPUTS)
    with locked(shelf / "lock"):
        if not folder.exists():
            load(ROOT / "data" / "sample", unfinished := folder.with_suffix(".new"))
            unfinished.rename(folder)
            older = sorted((path for path in shelf.iterdir() if path.is_dir()), key=lambda path: path.stat().st_mtime)
            for path in older[:-WAREHOUSES_KEPT]:
                shutil.rmtree(path)
    return folder


@pytest.fixture(scope="session")
def load_workbooks(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Path]:
    """Function that loads workbooks (a file or a folder) into a warehouse of their own and returns its folder."""

    def load_into_new(source: Path) -> Path:
        folder = tmp_path_factory.mktemp("warehouse")
        load(source, folder)
        return folder

    return load_into_new


def hash_of_files(names: tuple[str, ...]) -> str:
    """Return a hash of the names and contents of files, and of all files below folders."""
    digest = hashlib.sha256()
    for name in names:
        for path in sorted([ROOT / name, *(ROOT / name).rglob("*")]):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a lock that one process has at a time; it is free again even if the process dies."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def load(source: Path, warehouse: Path) -> None:
    """Load workbooks into a warehouse as an office does; what the command said is in the failure."""
    shutil.rmtree(warehouse, ignore_errors=True)
    command = [sys.executable, "-m", "etl", "load", str(source), "--warehouse", str(warehouse)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{source} was refused ({done.returncode}):\n{done.stdout}\n{done.stderr}")


@pytest.fixture(scope="session")
def chrome_path() -> str:
    """Path of the Chromium that `make test` found; only tests marked `browser` may ask for it."""
    return os.environ["CHROME_PATH"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave the browser tests out, and say so, where CHROME_PATH names no browser."""
    if os.environ.get("CHROME_PATH"):
        return
    no_browser = pytest.mark.skip(reason="no browser: CHROME_PATH is not set (scripts/browser.sh)")
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(no_browser)


@pytest.fixture
def summary(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Function that adds a line to what the run tells at its end."""
    return lambda line: record_property("summary", line)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Write the lines that tests want to be seen."""
    reports = [report for key in ("passed", "failed") for report in terminalreporter.stats.get(key, ())]
    lines = [text for report in reports for name, text in report.user_properties if name == "summary"]
    if lines:
        terminalreporter.section("figures of the tests")
        for line in lines:
            terminalreporter.write_line(line)
