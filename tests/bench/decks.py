"""Decks of a review by the command line: each a process of its own with its imports; no browser, no network."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import zipfile
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from ntm.settings import ROOT
from tests.bench.results import Section, median

_RUNS = 3
_PROVINCE = ("--unit", "93", "--period", "2022")
_HEAD = ("what", "seconds", "bar", "slides", "bar", "size")
_KINDS = {".pptx": "slides (PPTX)", ".pdf": "handout (PDF)", ".docx": "report (DOCX)", ".xlsx": "annex (XLSX)"}


def measure_decks(warehouse: Path) -> Section:
    """Make the province's deck in each kind of file, and the slides of all its districts; return the table."""
    rows = []
    with TemporaryDirectory() as folder:
        for ending, name in _KINDS.items():
            out = Path(folder) / f"deck{ending}"
            seconds = median([_seconds("deck", *_PROVINCE, "--out", out, warehouse=warehouse) for _ in range(_RUNS)])
            slides, bar = (_slides(out.read_bytes()), "≥ 15") if ending == ".pptx" else ("", "")
            limit = "< 10 s" if ending == ".pptx" else ""
            rows.append((f"province, {name}", f"{seconds:.1f} s", limit, str(slides), bar, _size(out)))
        out = Path(folder) / "decks.zip"
        seconds = _seconds("decks", *_PROVINCE, "--each", "district", "--out", out, warehouse=warehouse)
        with zipfile.ZipFile(out) as archive:
            counts = [_slides(archive.read(name)) for name in archive.namelist()]
        told = f"{min(counts)}–{max(counts)} each"
        rows.append((f"{len(counts)} districts, slides (PPTX)", f"{seconds:.1f} s", "< 60 s", told, "", _size(out)))
    title = f"Decks of the sample's province, 2022, by the command line (median of {_RUNS}; the districts once)"
    return Section(title, _HEAD, tuple(rows))


def _seconds(*arguments: object, warehouse: Path) -> float:
    """Return how long a command takes from its start to its end. Raises CalledProcessError when it fails."""
    command = [sys.executable, "-m", "ntm.reports", *map(str, arguments), "--warehouse", str(warehouse)]
    start = time.perf_counter()
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, env=_offline())
    return time.perf_counter() - start


def _offline() -> dict[str, str]:
    """Return the environment without a browser, and with nothing behind the network's door."""
    kept = {name: value for name, value in os.environ.items() if name != "CHROME_PATH"}
    return kept | dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), "http://127.0.0.1:9")


def _slides(content: bytes) -> int:
    with zipfile.ZipFile(BytesIO(content)) as parts:
        return sum(name.startswith("ppt/slides/slide") for name in parts.namelist())


def _size(path: Path) -> str:
    return f"{path.stat().st_size / 1e6:.1f} MB"
