"""What the server takes for each page, beside an empty page through the same main script and navigation."""

from __future__ import annotations

from ntm.i18n import translator
from ntm.ui.pages import PAGES
from tests.bench.results import Section, median, milliseconds, p95
from tests.bench.visitor import Visitor

EMPTY = "bench-empty"
_ROUNDS, _WARM_UP = 25, 3
_T = translator("en")


def measure_pages(address: str) -> Section:
    """Rerun each page, then change its month.

    In turns: what else the machine does meets all of them, and each visitor pauses between two questions, as people
    do. One who asks without a pause waits 40 ms more, as server and system then wait for each other's packets.
    """
    visitors = {entry.address: Visitor(address, entry.address) for entry in PAGES}
    after_start = visitors[PAGES[0].address].first.seconds
    visitors[EMPTY] = Visitor(address, EMPTY)
    reruns = _reruns(visitors)
    changes = _month_changes(visitors)
    for visitor in visitors.values():
        visitor.close()

    empty = median(reruns[EMPTY])
    nothing = ("", "", "")
    rows = [
        ("empty page", *_times(reruns[EMPTY], empty), *nothing),
        *(
            (
                _T(entry.title),
                *_times(reruns[entry.address], empty),
                *(_times(changes[entry.address], empty) if entry.address in changes else nothing),
            )
            for entry in PAGES
        ),
        ("bar", "", "", "≤ 3", "", "< 200 ms", "≤ 3"),
        ("overview, first of all after the start", milliseconds(after_start), "", "", *nothing),
    ]
    head = ("page", "rerun", "p95", "× empty", "new month", "p95", "× empty")
    return Section(f"Pages on the server (median and p95 of {_ROUNDS})", head, tuple(rows))


def _reruns(visitors: dict[str, Visitor]) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {page: [] for page in visitors}
    for _ in range(_WARM_UP + _ROUNDS):
        for page, visitor in visitors.items():
            times[page].append(visitor.rerun().seconds)
    return {page: seconds[_WARM_UP:] for page, seconds in times.items()}


def _month_changes(visitors: dict[str, Visitor]) -> dict[str, list[float]]:
    """Time a month that nobody has looked at yet, so the warehouse is asked, too."""
    boxes = {page: box for page, visitor in visitors.items() if (box := visitor.select_box("month"))}
    times: dict[str, list[float]] = {page: [] for page in boxes}
    for number in range(1, _ROUNDS + 1):
        for page, (widget_id, months) in boxes.items():
            times[page].append(visitors[page].choose(widget_id, months[number]).seconds)
    return times


def _times(seconds: list[float], empty: float) -> tuple[str, str, str]:
    return milliseconds(median(seconds)), milliseconds(p95(seconds)), f"{median(seconds) / empty:.1f}"
