"""A deck on the wall in a real browser: keys, its own clock, the map over a slide, what is always in view."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, expect
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from ntm.i18n import translator
from ntm.settings import ROOT
from ntm.ui import presentation
from ntm.ui.browser_files import ROUTE, browser_file_response
from ntm.ui.index_page import IndexPage
from tests import decks
from tests.browser.barriers import barriers
from tests.browser.serving import chromium

pytestmark = pytest.mark.browser

VI = translator("vi")
WALL, PROJECTOR, PHONE = (1280, 720), (1920, 1080), (390, 844)
LOOKED_THROUGH = {"cover", "results.standing", "results.map", "criteria.stacked_bar", "funding.paid"}
"""Slides that axe looks through: each of a kind of its own."""
CONTRAST = """
async () => (await axe.run({ runOnly: { type: "rule", values: ["color-contrast-enhanced"] } }))
  .violations.flatMap(({ nodes }) => nodes.map(({ target, any }) => `${target}: ${any[0]?.message}`))
"""
"""WCAG AAA: seven to one, four and a half for large letters."""


def _elsewhere(request: Request) -> Response:
    return HTMLResponse(f"<!DOCTYPE html><title>dashboard</title><h1>{request.url.path}</h1>")


# The routes of app.py without Streamlit, which is not needed for them and slow to start.
SERVED = Starlette(
    routes=[
        Route(presentation.ROUTE, presentation.presentation_response),
        Route(presentation.MAP_ROUTE, presentation.presentation_map_response),
        Route(ROUTE, browser_file_response),
        Route("/ban-do", _elsewhere),
        Route("/hoi-nghi", _elsewhere),
        Route("/favicon.ico", _elsewhere),
        Mount("/app/static", StaticFiles(directory=ROOT / "ntm" / "ui" / "static")),
    ],
    middleware=[Middleware(IndexPage)],
)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = uvicorn.Server(uvicorn.Config(SERVED, port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 20
    while not server.started and time.monotonic() < until:
        time.sleep(0.02)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(presentation, "provinces_with_data", lambda: {"93": "Tỉnh Hậu Giang"})
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="module")
def browser(chrome_path: str) -> Iterator[Browser]:
    with chromium(chrome_path) as started:
        yield started


@pytest.fixture
def window(browser: Browser, address: str) -> Iterator[BrowserContext]:
    """A window; at the end nothing may have gone out, and nothing wrong."""
    context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 720}, reduced_motion="reduce")
    requests: list[str] = []
    errors: list[str] = []
    context.on("request", lambda request: requests.append(request.url))
    context.on("weberror", lambda error: errors.append(str(error.error)))
    context.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    yield context
    context.close()
    assert errors == []
    assert [url for url in requests if not url.startswith((address, "data:", "blob:"))] == []


def show(window: BrowserContext, link: str, size: tuple[int, int] = WALL) -> Page:
    page = window.new_page()
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(link)
    expect(page.locator("body[data-ready]")).to_be_attached()
    return page


def shown(page: Page) -> str:
    return str(page.locator("section.present").get_attribute("id"))


def wait_for_slide(page: Page, name: str) -> None:
    expect(page.locator("section.present")).to_have_attribute("id", name)


def walk(page: Page) -> Iterator[str]:
    """Go through all slides by the key of a presenter's remote control and yield their ids."""
    for number in range(1, int(page.get_attribute("body", "data-ready") or 0) + 1):
        expect(page.locator("#number")).to_have_text(re.compile(rf"^{number}/"))
        yield shown(page)
        page.keyboard.press("PageDown")


def test_keys_move_the_slides_and_each_has_an_address(window: BrowserContext) -> None:
    page = show(window, presentation.link(decks.deck(), VI))
    assert shown(page) == "cover"
    page.keyboard.press("ArrowRight")
    assert shown(page) == "results.standing"
    page.wait_for_url(re.compile("#/results.standing$"))
    page.keyboard.press("ArrowLeft")
    assert shown(page) == "cover"
    page.keyboard.press("End")
    assert shown(page) == "tasks.tasks"
    page.keyboard.press("ArrowRight")  # the last leads to the first
    assert shown(page) == "cover"
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Home")
    assert shown(page) == "cover"
    page.get_by_role("button", name=VI("deck.presentation.next")).click()
    page.get_by_role("button", name=VI("deck.presentation.next")).press("Enter")  # the control's own key, once
    assert shown(page) == "results.districts"


def test_full_screen_is_left_by_escape_and_then_the_presentation(window: BrowserContext) -> None:
    page = show(window, presentation.link(decks.deck(), VI, back="/hoi-nghi?lang=vi"))
    page.keyboard.press("f")
    expect(page.locator("html:fullscreen")).to_be_attached()
    page.keyboard.press("Escape")
    expect(page.locator("html:not(:fullscreen)")).to_be_attached()
    expect(page.locator("#number")).to_have_text(re.compile("^1/"))
    page.keyboard.press("Escape")
    page.wait_for_url("**/hoi-nghi?lang=vi")


def test_slides_go_on_by_themselves_until_somebody_pauses(window: BrowserContext) -> None:
    page = show(window, presentation.link(decks.deck((decks.missing_slide(), decks.text_slide())), VI, 1))
    for expected in ("arrears.missing", "tasks.tasks", "cover"):
        wait_for_slide(page, expected)
    page.get_by_role("button", name=VI("deck.presentation.pause")).click()
    paused = shown(page)
    page.wait_for_timeout(1600)
    assert shown(page) == paused
    page.keyboard.press("p")
    expect(page.locator("section.present")).not_to_have_attribute("id", paused)
    page.keyboard.press("p")
    expect(page.get_by_role("button", name=VI("deck.presentation.play"))).to_be_visible()


def test_a_loop_of_twenty_minutes_is_shared_by_the_slides(window: BrowserContext) -> None:
    page = show(window, presentation.link(decks.deck(), VI))
    assert page.evaluate("Reveal.getConfig().autoSlide") == 0
    page.get_by_role("combobox").select_option("loop 1200")
    total = int(page.get_attribute("body", "data-ready") or 0)
    assert page.evaluate("Reveal.getConfig().autoSlide") == pytest.approx(1_200_000 / total)
    expect(page.get_by_role("button", name=VI("deck.presentation.pause"))).to_be_visible()


def test_each_slide_fits_tells_day_and_source_and_bars_nobody(window: BrowserContext) -> None:
    page = show(window, presentation.link(decks.deck(), VI))
    for name in walk(page):
        slide = page.locator("section.present")
        foot = slide.locator("footer")
        expect(foot).to_be_in_viewport(ratio=1)
        for words in ("Số liệu đến 31/12/2022", "Nguồn: ", "Số liệu minh hoạ"):
            expect(foot).to_contain_text(words)
        expect(slide.get_by_role("heading").first).to_be_in_viewport(ratio=1)
        body = slide.locator(".body")
        assert body.evaluate("b => b.scrollHeight <= b.clientHeight + 2 && b.scrollWidth <= b.clientWidth + 2"), name
        if name in LOOKED_THROUGH:
            assert (name, barriers(page)) == (name, [])
            assert (name, page.evaluate(CONTRAST)) == (name, [])


def test_letters_are_read_from_the_last_row(window: BrowserContext) -> None:
    page = show(window, presentation.link(decks.deck(), VI))
    least = {".said": 28, ".rows": 20, "footer": 18, ".chart": 20, ".classes": 20, ".missing": 28}
    for selector, pixels in least.items():
        sizes = page.locator(selector).evaluate_all("all => all.map(n => parseFloat(getComputedStyle(n).fontSize))")
        assert min(sizes) >= pixels, selector
    page.set_viewport_size({"width": PROJECTOR[0], "height": PROJECTOR[1]})
    assert page.locator(".said").first.evaluate("n => parseFloat(getComputedStyle(n).fontSize)") >= 42


def test_the_map_opens_over_its_slide_and_the_clock_waits(window: BrowserContext) -> None:
    page = show(window, presentation.link(decks.deck((decks.map_slide(), decks.text_slide())), VI, 2))
    wait_for_slide(page, "results.map")
    page.keyboard.press("m")
    polygon = page.frame_locator("iframe").locator(".folium-map canvas").first
    expect(polygon).to_be_visible()
    page.wait_for_timeout(2300)  # longer than a slide has
    assert shown(page) == "results.map"
    polygon.click()  # the map's frame has the keys now
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_be_hidden()
    assert shown(page) == "results.map"
    wait_for_slide(page, "tasks.tasks")


def test_from_the_map_to_the_map_page_and_back_to_the_same_slide(window: BrowserContext) -> None:
    page = show(window, presentation.link(decks.deck(), VI))
    for name in walk(page):
        if name == "results.map":
            break
    page.wait_for_url(re.compile("#/results.map$"))
    page.get_by_role("button", name=re.compile(re.escape(VI("deck.presentation.open_map")))).click()
    with window.expect_page() as opened:
        page.get_by_role("link", name=VI("deck.presentation.open_page")).click()
    opened.value.wait_for_url(re.compile(r"/ban-do\?.*snapshot="))
    opened.value.close()
    page.get_by_role("button", name=re.compile(VI("deck.presentation.return"))).click()
    assert shown(page) == "results.map"
    page.reload()
    expect(page.locator("body[data-ready]")).to_be_attached()
    assert shown(page) == "results.map"


def test_hostile_and_long_texts_stay_text_and_go_on_over_slides(window: BrowserContext) -> None:
    page = show(window, presentation.link(decks.hostile_deck(), VI))
    expect(page).to_have_title(re.compile("^=HYPERLINK"))
    assert page.evaluate("document.hacked") is None
    assert page.locator("section script, section b:not(.value):not(.mark b), section a").count() == 0
    page = show(window, presentation.link(decks.long_deck(), VI))
    names = list(walk(page))
    assert len(names) > 3
    assert len(set(names)) == len(names)
    said = page.locator(".said li").all_text_contents()
    assert [text[:2] for text in said] == ["1.", "2.", "3.", "4.", "5."]
    numbers = page.locator(".rows tbody tr td:first-child").all_text_contents()
    assert [text.partition(".")[0] for text in numbers] == [str(number) for number in range(1, 11)]


def test_on_a_phone_a_slide_is_a_page_to_be_scrolled(window: BrowserContext) -> None:
    page = show(window, presentation.link(decks.deck(decks.plain_slides()[:5]), VI), PHONE)
    for _ in walk(page):
        assert page.evaluate("document.querySelector('section.present').scrollWidth") <= PHONE[0]
        size = page.locator("section.present footer").evaluate("n => parseFloat(getComputedStyle(n).fontSize)")
        assert size >= 12
    assert barriers(page) == []
