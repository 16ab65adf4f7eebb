"""The dashboard served as `make run` serves it, and visitors who are refused everything outside of it."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    WebSocket,
    expect,
    sync_playwright,
)

from ntm.settings import ROOT

SECONDS_TO_START = 60
MILLISECONDS_TO_DRAW = 20_000
expect.set_options(timeout=MILLISECONDS_TO_DRAW)  # a busy machine is slow to load a component's script
AT_REST = """
() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  return all("[data-testid=stApp]").length === 1
    && all("[data-testid=stApp]")[0].dataset.testScriptState === "notRunning"
    && document.getAnimations().every(({ playState }) => playState !== "running")
    && all("[data-testid=stPlotlyChart]").every((chart) => chart.querySelector(".main-svg"))
    && all("[data-testid=stBidiComponentIsolated]").every(({ shadowRoot }) => shadowRoot?.childElementCount
      && !shadowRoot.querySelector("[inert]")
      && [...shadowRoot.querySelectorAll(".map")].every((map) => map.dataset.drawn > 0));
}
"""
"""The script has run, nothing fades in or stands for what is to come, every chart, map and component is drawn."""
EMPTY = "about:blank"
FAULT = re.compile(r"page failed|Uncaught|Unhandled|Exception in ASGI|Task exception", re.IGNORECASE)
"""What a server writes when something broke, other than a fault that it told the visitor how to mend."""


@dataclass(frozen=True)
class Served:
    """A running dashboard."""

    url: str
    log: Path

    @property
    def said(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")


@contextmanager
def served(folder: Path, **environment: str) -> Iterator[Served]:
    """Run `streamlit run app.py` on a free port. Raises RuntimeError with the server's words when it does not start."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    dashboard = Served(f"http://127.0.0.1:{port}", folder / f"server-{port}.log")
    with dashboard.log.open("w") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}", "--server.headless=true"],
            cwd=ROOT, env=os.environ | environment, stdout=output, stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        wait_for(dashboard, server)
        yield dashboard
    finally:
        server.terminate()
        server.wait()


def wait_for(dashboard: Served, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until and server.poll() is None:
        try:
            urllib.request.urlopen(f"{dashboard.url}/_stcore/health").close()  # noqa: S310
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"the server did not start:\n{dashboard.said}")


@contextmanager
def chromium(path: str) -> Iterator[Browser]:
    """Start a browser that cannot find any machine but this one."""
    with sync_playwright() as playwright:
        rules = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", rules])
        yield browser
        browser.close()


@dataclass
class Visitor:
    """Somebody with a page of the browser, who notes what goes out and what goes wrong."""

    page: Page
    url: str
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    runs: int = 0
    """How often the browser has asked the server to run the script."""

    @contextmanager
    def noting(self) -> Iterator[None]:
        """Note requests, sockets, errors of the console and of scripts."""
        heard: dict[Any, Callable[[Any], None]] = {
            "request": lambda request: self._note_address(request.url),
            "websocket": self._note_socket,
            "console": self._note_console,
            "pageerror": lambda error: self.errors.append(str(error)),
        }
        for event, note in heard.items():
            self.page.on(event, note)
        try:
            yield
        finally:
            for event, note in heard.items():
                self.page.remove_listener(event, note)

    def _note_socket(self, opened: WebSocket) -> None:
        self._note_address(opened.url.replace("ws:", "http:", 1))
        opened.on("framesent", lambda _: self._note_run())

    def _note_run(self) -> None:
        self.runs += 1

    def _note_address(self, address: str) -> None:
        if not address.startswith((self.url, "blob:", "data:")):
            self.outside.append(address)

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(f"{message.text} ({message.location.get('url', '')})")

    def open(self, address: str, heading: str | re.Pattern[str]) -> Page:
        """Go to an address and wait until its page is drawn, down to charts and map."""
        self.page.goto(self.url + address)
        return self.settle(heading)

    def settle(self, heading: str | re.Pattern[str]) -> Page:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading, timeout=MILLISECONDS_TO_DRAW)
        self.rest()
        return self.page

    def wait_for_run(self, number: int) -> None:
        """Wait until the browser has asked for so many runs, and the last of them is done."""
        until = time.monotonic() + MILLISECONDS_TO_DRAW / 1000
        while self.runs < number and time.monotonic() < until:
            self.page.wait_for_timeout(50)
        assert self.runs >= number
        self.page.wait_for_timeout(100)  # until the run has begun
        self.rest()

    def rest(self) -> None:
        """Wait until the script has run and every chart and map that it gave is drawn: all of it at one moment."""
        self.page.wait_for_function(AT_REST, timeout=MILLISECONDS_TO_DRAW)

    def resize(self, width: int, height: int) -> None:
        """Give the window another size and wait until the page has taken it."""
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.wait_for_timeout(100)  # until what hears of the new size has begun to move
        self.rest()

    def choose(self, label: str, value: str) -> None:
        """Choose in a select box with the keyboard."""
        box = self.page.get_by_test_id("stSelectbox").filter(has_text=label).locator("input")
        box.fill(value)
        box.press("Enter")
        expect(box).to_have_value(value)
        self.rest()

    def go(self, title: str, heading: str | re.Pattern[str]) -> Page:
        """Go to a page by its link in the navigation."""
        self.page.get_by_test_id("stSidebarNavLink").filter(has_text=title).click()
        return self.settle(heading)


@contextmanager
def visiting(context: BrowserContext, dashboard: Served) -> Iterator[Visitor]:
    """Take the empty page of a browser window. At the end nothing may have gone out, and nothing wrong.

    Its page is kept from visit to visit: the browser has read the scripts then, which is half of the time of a visit.
    """
    page = next((page for page in context.pages if page.url == EMPTY), None) or context.new_page()
    size = page.viewport_size
    visitor = Visitor(page, dashboard.url)
    before = len(dashboard.said)
    with visitor.noting():
        try:
            yield visitor
        finally:
            print(dashboard.said[before:])  # pytest shows it with a failure
            page.goto(EMPTY)
    if size:
        page.set_viewport_size(size)
    assert visitor.outside == []
    assert visitor.errors == []
    assert FAULT.search(dashboard.said, before) is None


def grid(table: Locator) -> list[list[str]]:
    """Return the headings and rows in view of a table; they are drawn on a canvas, and within it for screen readers."""
    expect(table.locator("canvas table")).to_be_attached()
    rows: list[list[str]] = table.locator("canvas table").evaluate(
        "table => [...table.rows].map(row => [...row.cells].map(cell => cell.textContent))"
    )
    return rows


def pixels(canvas: Locator, colour: tuple[int, int, int]) -> int:
    """Return how many pixels of a canvas have a colour."""
    count: int = canvas.evaluate(
        """(canvas, [red, green, blue]) => {
            const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
            let count = 0;
            for (let i = 0; i < data.length; i += 4)
                if (data[i] === red && data[i + 1] === green && data[i + 2] === blue) count += 1;
            return count;
        }""",
        list(colour),
    )
    return count
