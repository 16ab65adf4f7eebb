"""Tables of figures, printed and written between the markers of docs/benchmarks.md."""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

from ntm.docs import markdown_table

BEGIN, END = "<!-- figures: written by make bench -->", "<!-- end of figures -->"
_LIBRARIES = ("streamlit", "duckdb", "pandas", "plotly", "openpyxl")


@dataclass(frozen=True)
class Section:
    """One table of figures; the first column says what was measured."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def machine() -> str:
    """Return what the figures depend on besides the program; the load is that of other programs before the start."""
    libraries = ", ".join(f"{name} {version(name)}" for name in _LIBRARIES)
    load = f", load average {os.getloadavg()[0]:.1f} at the start" if hasattr(os, "getloadavg") else ""
    return (
        f"{date.today():%Y-%m-%d}, {platform.system()}, {os.cpu_count()} cores{load}. "
        f"Python {platform.python_version()}, {libraries}."
    )


def as_markdown(facts: str, sections: Sequence[Section]) -> str:
    """Return the facts and the tables as Markdown."""
    tables = [f"### {section.title}\n\n{markdown_table(section.head, section.rows)}" for section in sections]
    return "\n\n".join([facts, *tables])


def write_between_markers(path: Path, figures: str, begin: str = BEGIN) -> None:
    """Put the figures in place of those of the last run. Raises ValueError when the file has no markers."""
    before, _, rest = path.read_text(encoding="utf-8").partition(begin)
    _, found, after = rest.partition(END)
    if not found:
        raise ValueError(f"no markers in {path.name}")
    path.write_text(f"{before}{begin}\n\n{figures}\n\n{END}{after}", encoding="utf-8")


def median(values: Sequence[float]) -> float:
    return statistics.median(values)


def p95(values: Sequence[float]) -> float:
    return statistics.quantiles(values, n=20, method="inclusive")[-1]


def milliseconds(seconds: float) -> str:
    return f"{1000 * seconds:.0f} ms"


def kilobytes(size: float) -> str:
    return f"{size / 1000:.1f} kB"
