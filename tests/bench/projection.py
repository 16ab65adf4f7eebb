"""Try the projection on the sample and on twenty made-up provinces; print the tables and write docs/projection.md.

`python -m tests.bench.projection`; about two minutes on two cores. Seeds are fixed and were used for nothing else: the
numbers of projection.yml were chosen on others (CHOSEN_ON).
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd

from ntm.metrics.hazard import rules
from ntm.metrics.projection import METRICS, back_test, project
from ntm.settings import ROOT
from ntm.warehouse import open_snapshot
from tests.bench.made_up_provinces import made_up, regime
from tests.bench.results import Section, as_markdown, machine, milliseconds, write_between_markers

PAGE = ROOT / "docs" / "projection.md"
BEGIN = "<!-- figures: written by make backtest -->"
SEEDS = tuple(range(1, 21))
CHOSEN_ON = tuple(range(100, 120))
SAMPLE_PROVINCE = "93"
RANGE = (70, 90)
"""Percent of outcomes that an interval of 80% should hold: coverage counted over few independent outcomes varies."""


def sample_rows() -> pd.DataFrame:
    """Return the rows of the sample, loaded anew."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [sys.executable, "-m", "etl", "load", str(ROOT / "data" / "sample"), "--warehouse", folder],
            check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        snapshot = open_snapshot(Path(folder))
        months = snapshot.read("months", province=SAMPLE_PROVINCE)
        last = months["period_end"].max().date()
        rows = snapshot.read("projection_reports", province=SAMPLE_PROVINCE, month=last)
        snapshot.close()
    return rows


def tried(rows: pd.DataFrame) -> pd.DataFrame:
    return back_test(rows, rows["period_end"].max().date())


def coverage(tests: pd.DataFrame, title: str) -> Section:
    """Return the table of one group of back-tests: by metric and distance, and all together."""
    rows = []
    for metric in METRICS:
        for ahead in sorted(tests["months_ahead"].unique()):
            part = tests[(tests["metric"] == metric) & (tests["months_ahead"] == ahead)]
            if len(part):
                rows.append((metric, str(ahead), *_figures(part)))
    rows.append(("all", "", *_figures(tests)))
    head = ("metric", "months ahead", "outcomes", "in the interval", "above", "below", "runs in the interval")
    return Section(title, head, tuple(rows))


def _figures(part: pd.DataFrame) -> tuple[str, ...]:
    inside = int(part["is_covered"].sum())
    above = int((part["actual"] > part["high"] + 1e-9).sum())
    share = f"{inside} ({100 * inside / len(part):.0f}%)"
    return str(len(part)), share, str(above), str(len(part) - inside - above), f"{part['inside_pct'].mean():.0f}%"


def by_province(tests: pd.DataFrame) -> Section:
    """Return one row for each made-up province: what it is like and how often the interval held."""
    rows = []
    for seed, part in tests.groupby("seed"):
        rules_of = regime(np.random.default_rng(int(seed)))
        what = f"{rules_of.communes} communes, speed {rules_of.speed}, campaigns {rules_of.campaigns}, "
        what += f"plan × {rules_of.plan_factor:.0f}, jolts {rules_of.jolt}, {len(rules_of.meetings)} meetings a year, "
        what += f"silent {rules_of.silent}"
        rows.append((str(seed), what, str(len(part)), f"{100 * part['is_covered'].mean():.0f}%"))
    return Section("Each made-up province", ("seed", "what it is like", "outcomes", "in the interval"), tuple(rows))


def speed(rows: pd.DataFrame) -> Section:
    """Time one projection of 36 months: the sample, and a made-up province of 559 communes."""
    tables = [(seed, made_up(seed)) for seed in CHOSEN_ON[:10]]
    many = pd.concat([table.assign(unit_code=f"{seed}-" + table["unit_code"]) for seed, table in tables])
    chosen = many["unit_code"].unique()[:559]
    many = many[many["unit_code"].isin(chosen)]
    found = []
    for table in (rows, many):
        since = table["period_end"].max()
        times = []
        for _ in range(3):
            begun = time.process_time()
            project(table, since.date(), (since + pd.DateOffset(months=36)).date())
            times.append(time.process_time() - begun)
        found.append((f"{table['unit_code'].nunique()} communes", milliseconds(min(times))))
    return Section(
        f"One projection of 36 months, {rules()['runs']['value']} runs, processor time, best of 3",
        ("what", "time"),
        tuple(found),
    )


def main() -> None:
    facts, sample = machine(), sample_rows()
    tests = pd.concat([tried(made_up(seed)).assign(seed=seed) for seed in SEEDS], ignore_index=True)
    of_sample = tried(sample)
    together = coverage(pd.concat([tests, of_sample], ignore_index=True), "Sample and made-up provinces together")
    sections = [
        together,
        coverage(of_sample, "Sample"),
        coverage(tests, f"Twenty made-up provinces (seeds {SEEDS[0]} to {SEEDS[-1]})"),
        by_province(tests),
        speed(sample),
    ]
    figures = as_markdown(facts, sections)
    print(figures)
    write_between_markers(PAGE, figures, BEGIN)


if __name__ == "__main__":
    main()
