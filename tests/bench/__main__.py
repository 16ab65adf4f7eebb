"""Measure everything, print the tables and write them to docs/benchmarks.md. Takes about ten minutes on two cores.

`python -m tests.bench map` measures the map in the browser alone, `python -m tests.bench money` the page of money,
`python -m tests.bench decks` the decks of a review; they write nothing.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from ntm.settings import ROOT
from tests.bench.browser import measure_browser
from tests.bench.decks import measure_decks
from tests.bench.loading import SAMPLE, measure_growth, measure_loading
from tests.bench.map_browser import measure_map_in_browser
from tests.bench.map_payload import measure_map
from tests.bench.money_pages import measure_money
from tests.bench.pages import measure_pages
from tests.bench.results import as_markdown, machine, write_between_markers
from tests.bench.server import served

PAGE = ROOT / "docs" / "benchmarks.md"


def main() -> None:
    facts = machine()
    chrome = os.environ.get("CHROME_PATH")
    with tempfile.TemporaryDirectory() as folder:
        warehouse = Path(folder)
        sections = [measure_loading(warehouse), measure_growth(), measure_decks(warehouse)]
        with served("dashboard.py", warehouse) as dashboard:
            sections += [measure_pages(dashboard), *measure_money(dashboard), measure_map(dashboard)]
            if chrome:
                # From a folder without settings, as a plain page has none.
                with served("plain.py", warehouse, folder=warehouse) as plain:
                    sections.append(measure_browser(dashboard, plain, chrome))
            else:
                print("No browser (CHROME_PATH): its figures are left out.", file=sys.stderr)
        if chrome:
            sections.append(measure_map_in_browser(warehouse, chrome))
    figures = as_markdown(facts, sections)
    print(figures)
    write_between_markers(PAGE, figures)


def map_alone() -> None:
    """Print the table of the map in the browser; the shapes need no more than a loaded sample."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "etl", "load", str(SAMPLE), "--warehouse", folder], check=True)
        print(as_markdown(machine(), [measure_map_in_browser(Path(folder), os.environ["CHROME_PATH"])]))


def money_alone() -> None:
    """Print the tables of the page of money, over the sample and over ten years of a large province."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "etl", "load", str(SAMPLE), "--warehouse", folder], check=True)
        with served("dashboard.py", Path(folder)) as dashboard:
            print(as_markdown(machine(), measure_money(dashboard)))


def decks_alone() -> None:
    """Print the table of the decks of the sample."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "etl", "load", str(SAMPLE), "--warehouse", folder], check=True)
        print(as_markdown(machine(), [measure_decks(Path(folder))]))


if __name__ == "__main__":
    {"map": map_alone, "money": money_alone, "decks": decks_alone}.get("".join(sys.argv[1:]), main)()
