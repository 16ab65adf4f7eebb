"""Loads beside the reader library alone, each a command of its own: the sample, a province's year, ten of them."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from ntm.geo.units import read_register
from ntm.settings import ROOT, settings
from tests.bench.province_year import WORKBOOKS, write_province_years
from tests.bench.results import Section, median, milliseconds

SAMPLE = ROOT / "data" / "sample"
_RUNS = 3
_MANY = 10
_HEAD = ("what", "`etl load`", "openpyxl alone", "ratio", "bar")
_HEAD_MANY = (*_HEAD, "each workbook after the first", "× that of a year", "bar")
# As many processes as the load starts, each opening workbooks and doing nothing with them.
_READ_ALONE = """
import multiprocessing, os, sys
from pathlib import Path
from openpyxl import load_workbook

def read(path):
    load_workbook(path, data_only=True)

source = Path(sys.argv[1])
with multiprocessing.Pool(os.cpu_count()) as pool:
    pool.map(read, [source] if source.is_file() else sorted(source.rglob("*.xlsx")), chunksize=1)
"""


def measure_loading(warehouse: Path) -> Section:
    """Load the sample into the warehouse, and into others: again into one would change nothing; return the table.

    Raises CalledProcessError.
    """
    workbooks = len(list(SAMPLE.rglob("*.xlsx")))
    with TemporaryDirectory() as folder:
        loads, reads = _measure(SAMPLE, [warehouse, *(Path(folder) / str(run) for run in range(1, _RUNS))])
    row = (f"{workbooks} workbooks of the sample", *_times(loads, reads))
    return Section(f"Loading (whole commands, median of {_RUNS})", _HEAD, (row,))


def measure_growth() -> Section:
    """Load the workbooks of a province's year, then of ten, into new warehouses; return the table.

    What a load takes for its first workbook is start and end, which are the same for any number.
    """
    register = read_register(settings().reference_folder / "units.csv")
    each: list[float] = []
    rows = []
    for years, runs in ((1, _RUNS), (_MANY, 1)):
        with TemporaryDirectory() as folder:
            source = Path(folder) / "in"
            write_province_years(source, register, years)
            warehouses = [Path(folder) / f"warehouse{run}" for run in range(runs)]
            loads, reads = _measure(source, warehouses)
            if not each:
                single, _ = _measure(next(source.rglob("*.xlsx")), [Path(folder) / f"one{run}" for run in range(runs)])
        count = years * WORKBOOKS
        each.append((loads - single) / (count - 1))
        growth = (f"{each[-1] / each[0]:.2f}", "0.8 to 1.2") if years > 1 else ("", "")
        name = f"{count} workbooks, {years} × a province's year"
        rows.append((name, *_times(loads, reads), milliseconds(each[-1]), *growth))
    title = f"Loading much (8 districts × 12 months × 3 forms a year; a year: median of {_RUNS})"
    return Section(title, _HEAD_MANY, tuple(rows))


def _measure(source: Path, warehouses: Sequence[Path]) -> tuple[float, float]:
    load = [sys.executable, "-m", "etl", "load", str(source), "--warehouse"]
    read = [sys.executable, "-c", _READ_ALONE, str(source)]
    _seconds(read)  # the first run of all compiles
    pairs = [(_seconds([*load, str(warehouse)]), _seconds(read)) for warehouse in warehouses]
    loads, reads = (median(times) for times in zip(*pairs, strict=True))
    return loads, reads


def _times(loads: float, reads: float) -> tuple[str, ...]:
    return f"{loads:.1f} s", f"{reads:.1f} s", f"{loads / reads:.2f}", "≤ 2"


def _seconds(command: Sequence[str]) -> float:
    """Time a command as an office runs it: Python keeps what it compiled, whatever this environment says."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, env=environment)
    return time.perf_counter() - start
