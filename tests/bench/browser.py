"""What a person waits for in a browser: first visit, later visit, a new month, the map; beside a plain page."""

from __future__ import annotations

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


class Tab:
    """A person at one address: a browser of their own, whose cache fills with the first visit."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser, self.url = browser, f"http://{address}/"
        self.context = self._context()

    def first_visit(self) -> float:
        """Return the seconds until the overview has settled, in a browser that has never been there."""
        context = self._context()
        seconds = self._visit(context)
        context.close()
        return seconds
