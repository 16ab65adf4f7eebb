"""The load of the sample workbooks beside the reader library alone, each a command of its own, in turns."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from ntm.settings import ROOT
from tests.bench.results import Section, median

SAMPLE = ROOT / "data" / "sample"
_RUNS = 3
_READ_ALONE = """
import sys
from openpyxl import load_workbook
for path in sys.argv[1:]:
    load_workbook(path, data_only=True)
"""


def measure_loading(warehouse: Path) -> Section:
    """Load the sample into the warehouse, several times; return the table. Raises CalledProcessError."""
    workbooks = sorted(str(path) for path in SAMPLE.rglob("*.xlsx"))
    load = [sys.executable, "-m", "etl", "load", str(SAMPLE), "--warehouse", str(warehouse)]
    read = [sys.executable, "-c", _READ_ALONE, *workbooks]
    pairs = [(_seconds(load), _seconds(read)) for _ in range(_RUNS)]
    loads, reads = (median(times) for times in zip(*pairs, strict=True))
    row = (
        f"{len(workbooks)} workbooks of the sample",
        f"{loads:.1f} s",
        f"{reads:.1f} s",
        f"{loads / reads:.2f}",
        "≤ 2",
    )
    head = ("what", "`etl load`", "openpyxl alone, one process", "ratio", "bar")
    return Section(f"Loading (whole commands, median of {_RUNS})", head, (row,))


def _seconds(command: Sequence[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return time.perf_counter() - start
