"""What a person waits for in a browser: first visit, later visit, a new month, the map; beside a plain page."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.bench.map_payload import LARGE_MAP, SMALL_MAP
from tests.bench.results import Section, median

_RUNS = 3
_CHARTS = 3
_WATCH = """
window.bench = { changed: 0, clicked: 0 };
new MutationObserver(() => { bench.changed = performance.now(); }).observe(
  document, { subtree: true, childList: true, attributes: true, characterData: true });
document.addEventListener("click", () => { bench.clicked = performance.now(); }, true);
"""
_SETTLED = """
charts => document.querySelectorAll(".js-plotly-plot .main-svg").length >= charts
  && document.querySelector("[data-testid=stApp]")?.dataset.testScriptState === "notRunning"
  && performance.now() - bench.changed > 600
"""


class Person:
    """Somebody at one address, with a browser whose cache fills with the visits. All times are in seconds.

    A page has settled at its last change, when script and charts are done and 0.6 s pass without another.
    """

    def __init__(self, browser: Browser, address: str) -> None:
        self._browser, self._url = browser, f"http://{address}/"
        self._context = self._new_context()
        self._page = self._context.new_page()
        self._months = count(1)

    def first_visit(self) -> float:
        """Return the time of the overview in a browser that has never been there."""
        context = self._new_context()
        seconds = self._visit(context.new_page())
        context.close()
        return seconds

    def later_visit(self) -> float:
        """Return the time of the overview in a browser that has been there."""
        return self._visit(self._page)

    def new_month(self) -> float:
        """Return the time from the choice of another month until the overview, which is open, has settled."""
        self._page.get_by_role("combobox", name="Tháng").click()
        self._page.get_by_role("option").nth(next(self._months)).click()
        self._page.wait_for_function(_SETTLED, arg=_CHARTS)
        return float(self._page.evaluate("bench.changed - bench.clicked")) / 1000

    def map_drawn(self, page: str) -> float:
        """Return the time until the polygons of a page's map are on the screen."""
        self._page.goto(self._url + page)
        self._page.locator(".map[data-drawn]").wait_for()
        return float(self._page.evaluate("performance.now()")) / 1000

    def other_layer(self, page: str) -> float:
        """Return the time from the choice of the map's other layer until the polygons have its colours."""
        self.map_drawn(page)
        paints = self._page.locator(".map").get_attribute("data-paint")
        self._page.get_by_role("radio").last.click()
        self._page.locator(f".map:not([data-paint='{paints}'])").wait_for()
        return float(self._page.evaluate("performance.now() - bench.clicked")) / 1000

    def _new_context(self) -> BrowserContext:
        context = self._browser.new_context(locale="vi-VN", viewport={"width": 1440, "height": 900})
        context.add_init_script(_WATCH)
        return context

    def _visit(self, page: Page) -> float:
        page.goto(self._url)
        page.wait_for_function(_SETTLED, arg=_CHARTS)
        return float(page.evaluate("bench.changed")) / 1000


def measure_browser(dashboard: str, plain: str, chrome: str) -> Section:
    """Return the table: the dashboard and a plain page with the same charts, in turns."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chrome, args=["--no-sandbox"])
        ours, theirs = Person(browser, dashboard), Person(browser, plain)
        rows = (
            ("overview, first visit", *_beside(ours.first_visit, theirs.first_visit), "< 2 s"),
            ("overview, later visit", *_beside(ours.later_visit, theirs.later_visit), "< 1 s"),
            ("overview, new month", *_beside(ours.new_month, theirs.new_month), "< 0.4 s"),
            ("map of Hậu Giang drawn", *_alone(lambda: ours.map_drawn(SMALL_MAP)), "< 1.5 s"),
            ("map of Thanh Hóa drawn", *_alone(lambda: ours.map_drawn(LARGE_MAP)), "< 1.5 s"),
            ("map of Thanh Hóa, other layer", *_alone(lambda: ours.other_layer(LARGE_MAP)), "< 0.3 s"),
        )
        title = f"In the browser (Chromium {browser.version}, no screen, median of {_RUNS})"
        browser.close()
    return Section(title, ("what", "dashboard", "plain page", "ratio", "bar of the dashboard"), rows)


def _beside(ours: Callable[[], float], theirs: Callable[[], float]) -> tuple[str, str, str]:
    pairs = [(ours(), theirs()) for _ in range(1 + _RUNS)][1:]
    mine, plain = (median(times) for times in zip(*pairs, strict=True))
    return f"{mine:.2f} s", f"{plain:.2f} s", f"{mine / plain:.1f}"


def _alone(ours: Callable[[], float]) -> tuple[str, str, str]:
    return f"{median([ours() for _ in range(1 + _RUNS)][1:]):.2f} s", "", ""
