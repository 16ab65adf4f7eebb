"""The map in a browser that is refused every other address: drawn, in another colour, by how much, zoom kept."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, Route, sync_playwright

from tests.bench.results import Section, kilobytes, median
from tests.bench.server import fetch, served

BOUNDARIES = "NTM_BENCH_BOUNDARIES"
PAGE = "bench-large-map"
RUNS = 5
_FIRST_MILLISECONDS = 600_000  # the first run makes the shapes, too
_HEAD = (
    "map",
    "units",
    "shapes",
    "gzip",
    "drawn after the shell",
    "with the page",
    "other colours",
    "zoom kept",
    "bar",
)
_WATCH = """
window.bench = { shell: 0, clicked: 0 };
new MutationObserver(() => {
  if (!bench.shell && document.querySelector("[data-testid=stButtonGroup]"))
    bench.shell = performance.now();
}).observe(document, { subtree: true, childList: true });
document.addEventListener("click", () => { bench.clicked = performance.now(); }, true);
"""
_PAINTED = """
() => new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now()))))
"""


@dataclass(frozen=True)
class Area:
    """A map to measure: what the page is asked for, and the bars of its drawing and its size."""

    name: str
    query: str
    seconds: float
    bytes: int | None


@dataclass(frozen=True)
class _Run:
    drawn: float
    whole: float
    recoloured: float
    is_zoom_kept: bool
    url: str
    polygons: int


LARGE = Area("Thanh Hóa", "38", 1.5, 1_000_000)
COUNTRY = (Area("country, communes", "country", 4.0, None), Area("country, districts", "country-district", 4.0, None))


def measure_map_in_browser(warehouse: Path, chrome: str) -> Section:
    """Return the table: Thanh Hóa and the country, schematic and with the boundaries of the environment.

    `NTM_BENCH_BOUNDARIES` names a boundary file of the province, or of the country; it is not part of the project.
    """
    rows: list[tuple[str, ...]] = []
    files = os.environ.get(BOUNDARIES)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chrome, args=["--no-sandbox"])
        version = browser.version
        with _dashboard(warehouse) as address:
            rows += [_row(browser, address, area, "schematic") for area in (LARGE, *COUNTRY)]
        if files:
            with _dashboard(warehouse, NTM_BOUNDARIES=files) as address:
                rows += [_row(browser, address, area, "boundary file") for area in (LARGE, COUNTRY[0])]
        else:
            rows.append((f"{LARGE.name}, boundary file: left out, {BOUNDARIES} names none", *[""] * (len(_HEAD) - 1)))
        browser.close()
    return Section(f"The map in the browser (Chromium {version}, no screen, median of {RUNS})", _HEAD, tuple(rows))


@contextmanager
def _dashboard(warehouse: Path, **environment: str) -> Iterator[str]:
    with ExitStack() as stack:
        before = {name: os.environ.get(name) for name in environment}
        os.environ.update(environment)
        try:
            yield stack.enter_context(served("dashboard.py", warehouse))
        finally:
            for name, value in before.items():
                os.environ.pop(name) if value is None else os.environ.update({name: value})


def _row(browser: Browser, address: str, area: Area, source: str) -> tuple[str, ...]:
    runs = [_run(browser, address, area) for _ in range(1 + RUNS)][1:]
    content, wire = fetch(address, runs[-1].url)
    bar = f"< {area.seconds:g} s, < 0.3 s" + (f", < {area.bytes // 1_000_000} MB" if area.bytes else "")
    return (
        f"{area.name}, {source}",
        str(runs[-1].polygons),
        kilobytes(len(content)),
        kilobytes(wire),
        f"{median([run.drawn for run in runs]):.2f} s",
        f"{median([run.whole for run in runs]):.2f} s",
        f"{median([run.recoloured for run in runs]):.2f} s",
        "yes" if all(run.is_zoom_kept for run in runs) else "no",
        bar,
    )


def _run(browser: Browser, address: str, area: Area) -> _Run:
    """Open the page in a browser with an empty cache, zoom in, and change the colours."""
    asked: list[str] = []
    context = browser.new_context(locale="vi-VN", viewport={"width": 1440, "height": 900})
    context.add_init_script(_WATCH)

    def refuse_others(route: Route) -> None:
        url = route.request.url
        if "/geo/" in url:
            asked.append(url.partition(address)[2])
        route.continue_() if url.startswith(f"http://{address}/") else route.abort()

    context.route("**/*", refuse_others)
    page = context.new_page()
    page.goto(f"http://{address}/{PAGE}?area={area.query}")
    page.locator(".map[data-drawn]").wait_for(timeout=_FIRST_MILLISECONDS)
    whole, shell = float(page.evaluate(_PAINTED)), float(page.evaluate("bench.shell"))
    polygons = int(page.locator(".map").get_attribute("data-drawn") or 0)
    view = _zoomed_in(page)
    recoloured = _other_colours(page)
    is_zoom_kept = page.locator(".map").get_attribute("data-view") == view
    context.close()
    return _Run((whole - shell) / 1000, whole / 1000, recoloured, is_zoom_kept, asked[0], polygons)


def _zoomed_in(page: Page) -> str | None:
    page.locator(".map [data-act=zoom_in]").click()
    page.wait_for_timeout(800)
    return page.locator(".map").get_attribute("data-view")


def _other_colours(page: Page) -> float:
    paints = page.locator(".map").get_attribute("data-paint")
    page.get_by_role("radio", name="B").click()
    page.locator(f".map:not([data-paint='{paints}'])").wait_for()
    return (float(page.evaluate(_PAINTED)) - float(page.evaluate("bench.clicked"))) / 1000
