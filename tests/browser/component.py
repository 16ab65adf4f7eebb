"""What the tests of the components share: the words of their page, and how to look at the map."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

HOSTILE = "<img src=x onerror='document.hacked=1'>"
MONTHS = {"2022-01-31": "01/2022", "2022-02-28": "02/2022", "2022-03-31": "03/2022"}
"""Key and label of the frames; the page stands at the last."""
MET, UNMET = (17, 102, 170), (238, 170, 102)


def opened(page: Page, address: str = "/") -> Locator:
    """Go to a page of the map and wait until it is drawn."""
    page.goto(address)
    root = page.locator(".map").first
    expect(root).to_have_attribute("data-drawn", re.compile(r"\d+"), timeout=20_000)
    return root


def cell(root: Locator, column: int, row: int) -> tuple[float, float]:
    """Return the middle of a cell of the three by three grid, in pixels of the map's view."""
    box = root.locator(".view").bounding_box()
    assert box
    side = (box["height"] - 32) / 3
    return box["width"] / 2 + (column - 1) * side * 0.98, box["height"] / 2 + (row - 1) * side


def click(root: Locator, at: tuple[float, float]) -> None:
    root.locator(".view").click(position={"x": at[0], "y": at[1]})


def hover(root: Locator, at: tuple[float, float]) -> None:
    root.locator(".view").hover(position={"x": at[0], "y": at[1]})


def colours(root: Locator, at: tuple[float, float]) -> set[tuple[int, ...]]:
    """Return the colours that the units' canvas has in the 20 pixels around a point of the view."""
    pixels: list[int] = root.locator("canvas").first.evaluate(
        """(canvas, [x, y]) => {
            const frame = canvas.getBoundingClientRect();
            const view = canvas.closest('.view').getBoundingClientRect();
            const left = view.left + x - frame.left - 10, top = view.top + y - frame.top - 10;
            return [...canvas.getContext('2d').getImageData(left, top, 20, 20).data];
        }""",
        list(at),
    )
    return {tuple(pixels[start : start + 3]) for start in range(0, len(pixels), 4)}


def alpha(root: Locator, at: tuple[float, float]) -> int:
    """Return how opaque the units' canvas is at a point of the view, from 0 to 255."""
    opacity: int = root.locator("canvas").first.evaluate(
        """(canvas, [x, y]) => {
            const frame = canvas.getBoundingClientRect();
            const view = canvas.closest('.view').getBoundingClientRect();
            const at = [view.left + x - frame.left, view.top + y - frame.top];
            return canvas.getContext('2d').getImageData(...at, 1, 1).data[3];
        }""",
        list(at),
    )
    return opacity


def paint(root: Locator) -> str:
    """Return the number of times that the units have been drawn."""
    return root.get_attribute("data-paint") or ""


def view(root: Locator) -> str:
    """Return zoom and centre."""
    return root.get_attribute("data-view") or ""


def switch(page: Page, name: str) -> None:
    page.get_by_test_id("stCheckbox").filter(has_text=name).locator("label").click()


def hits(page: Page) -> dict[str, int]:
    counted: dict[str, int] = page.request.get("/hits").json()
    return counted
