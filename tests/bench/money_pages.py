"""What the server takes for each section of the page of money, over the sample and over ten large years."""

from __future__ import annotations

import tempfile
from pathlib import Path

from ntm.i18n import translator
from ntm.ui.sections import SECTIONS
from tests.bench.money_years import write_money_years
from tests.bench.pages import EMPTY
from tests.bench.results import Section, median, milliseconds, p95
from tests.bench.server import served
from tests.bench.visitor import Visitor

_PAGE = "nguon-von"
_ROUNDS, _WARM_UP = 20, 3
_T = translator("en")


def measure_money(dashboard: str) -> list[Section]:
    """Measure over the warehouse of a running dashboard, then over one of its own."""
    sample = _section("Page of money over the sample, by section", dashboard)
    with tempfile.TemporaryDirectory() as folder:
        rows = write_money_years(Path(folder))
        with served("dashboard.py", Path(folder)) as large:
            counts = ", ".join(f"{count:,} rows of {name}" for name, count in rows.items())
            return [sample, _section(f"Page of money over ten years of 559 communes ({counts})", large)]


def _section(title: str, address: str) -> Section:
    """Rerun each section, then change its month to one that this section has not shown; in turns with an empty page."""
    visitors = {name: Visitor(address, _PAGE, f"funding_section={name}") for name in SECTIONS["funding"]}
    visitors[EMPTY] = Visitor(address, EMPTY)
    boxes = {name: box for name, visitor in visitors.items() if (box := visitor.select_box("month"))}
    reruns: dict[str, list[float]] = {name: [] for name in visitors}
    changes: dict[str, list[float]] = {name: [] for name in visitors}
    for number in range(_WARM_UP + _ROUNDS):
        for name, visitor in visitors.items():
            seconds = visitor.rerun().seconds
            if number >= _WARM_UP:
                reruns[name].append(seconds)
    for number in range(1, _ROUNDS + 1):
        # Sections take turns in being the first to ask of a month: what all of them say is then kept for the others.
        order = [*boxes][number % len(boxes) :] + [*boxes][: number % len(boxes)]
        for name in order:
            widget_id, months = boxes[name]
            changes[name].append(visitors[name].choose(widget_id, months[number]).seconds)
    for visitor in visitors.values():
        visitor.close()
    empty = median(reruns[EMPTY])
    rows = [
        ("empty page", *_times(reruns[EMPTY], empty), "", "", ""),
        *(
            (_T(f"funding.section_{name}"), *_times(reruns[name], empty), *_times(changes[name], empty))
            for name in boxes
        ),
        ("bar", "", "< 200 ms", "≤ 3", "", "< 200 ms", "≤ 3"),
    ]
    return Section(
        f"{title} (median and p95 of {_ROUNDS})",
        ("section", "rerun", "p95", "× empty", "new month", "p95", "× empty"),
        tuple(rows),
    )


def _times(seconds: list[float], empty: float) -> tuple[str, str, str]:
    return milliseconds(median(seconds)), milliseconds(p95(seconds)), f"{median(seconds) / empty:.1f}"
