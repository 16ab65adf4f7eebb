"""The map component in a real browser, on a grid of nine square communes named A to I."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from ntm.ui.map import MapClass, MapUnit, commune_map

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
MET, UNMET, HATCH = [17, 102, 170], [238, 170, 102], [90, 90, 90]
HOSTILE = "<img src=x onerror='document.hacked=1'>"

APP = f"""
import streamlit as st
from starlette.responses import FileResponse, JSONResponse
from starlette.routing import Route

hits = {{}}

def grid(side):
    features = []
    for row in range(side):
        for column in range(side):
            x, y = 105 + column / 10, 10 - row / 10
            ring = [[x, y], [x + .1, y], [x + .1, y - .1], [x, y - .1], [x, y]]
            name = "ABCDEFGHI"[side * row + column]
            features.append({{
                "type": "Feature",
                "properties": {{"code": f"0000{{len(features) + 1}}", "name": name, "district": "D"}},
                "geometry": {{"type": "Polygon", "coordinates": [ring]}},
            }})
    edge = [[105, 10], [105 + side / 10, 10], [105 + side / 10, 10 - side / 10]]
    district = {{
        "type": "Feature",
        "properties": {{"name": "Huyện {HOSTILE}", "label": [105.15, 9.95]}},
        "geometry": {{"type": "LineString", "coordinates": edge}},
    }}
    districts = {{"type": "FeatureCollection", "features": [district]}}
    return {{"type": "FeatureCollection", "features": features, "districts": districts}}

async def geometry(request):
    name = request.path_params["name"]
    hits[name] = hits.get(name, 0) + 1
    if name == "missing":
        return JSONResponse({{}}, 404)
    return JSONResponse(grid(int(name)))

async def leaflet(request):
    return FileResponse({str(ROOT / "ntm/ui/static/leaflet/leaflet.js")!r})

async def counted(request):
    return JSONResponse(hits)

app = st.App(
    "script.py",
    routes=[Route("/geo/{{name}}", geometry), Route("/leaflet.js", leaflet), Route("/hits", counted)],
)
"""

SCRIPT = f"""
import streamlit as st
from ntm.ui.map import MapClass, MapUnit, commune_map

TEXTS = {{
    "zoom_in": "Phóng to", "zoom_out": "Thu nhỏ", "fit": "Toàn tỉnh", "legend": "Chú giải",
    "loading": "Đang tải", "failed": "Không tải được bản đồ",
}}
HOSTILE = {HOSTILE!r}

st.set_page_config(layout="wide")
st.session_state.runs = st.session_state.get("runs", 0) + 1
recoloured = st.toggle("recolour")
picked = "00001" if st.toggle("pick") else None
url = "/geo/2" if st.toggle("other") else "/geo/" + st.query_params.get("geo", "3")
hidden = st.toggle("hide")
page = st.tabs(["first", "second"])[1] if "tab" in st.query_params else st.container()

classes = [
    MapClass("met", "Đạt", "rgb(17,102,170)", 1234),
    MapClass("unmet", "<b>Chưa đạt</b>", "rgb(238,170,102)", 0),
    MapClass("unknown", "Chưa rõ", "rgb(90,90,90)", 1, hatched=True),
]
states = dict.fromkeys([f"0000{{n}}" for n in range(1, 9)], "met")
states |= {{"00005": "unmet" if recoloured else "met", "00006": "unknown"}}
units = [MapUnit(code, state, (HOSTILE, "Đạt chuẩn")) for code, state in states.items()]

with page:
    clicked = None if hidden else commune_map(
        geometry_url=url, classes=classes, units=units, label="Bản đồ xã", caption="Bản đồ sơ đồ",
        texts=TEXTS, selected=picked, height=500, key="map", leaflet_url="/leaflet.js",
    )
st.text(f"clicked {{clicked}} in run {{st.session_state.runs}}")
st.html("<div style='height: 2000px'></div>")
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("map")
    (folder / "app.py").write_text(APP, encoding="utf-8")
    (folder / "script.py").write_text(SCRIPT, encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = folder / "server.log"
    with log.open("w") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}",
             "--server.address=127.0.0.1", "--server.headless=true", "--browser.gatherUsageStats=false",
             "--server.fileWatcherType=none"],
            cwd=folder, env=os.environ | {"PYTHONPATH": str(ROOT)}, stdout=output, stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        url = f"http://127.0.0.1:{port}"
        wait_until_healthy(url, server, log)
        yield url
    finally:
        server.terminate()
        server.wait()


def wait_until_healthy(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(f"{url}/_stcore/health").close()  # noqa: S310
        except OSError:
            if server.poll() is not None:
                break
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"the server did not start:\n{log.read_text()}")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=os.environ.get("CHROME_PATH", "/usr/bin/chromium"), args=["--no-sandbox"]
        )
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=address)
    requests: list[str] = []
    errors: list[str] = []
    context.on("request", lambda request: requests.append(request.url))
    context.on("weberror", lambda error: errors.append(str(error.error)))
    yield context.new_page()
    context.close()
    assert errors == []
    assert [url for url in requests if not url.startswith((address, "blob:", "data:"))] == []


def opened(page: Page, address: str = "/") -> Locator:
    page.goto(address)
    root = page.locator(".map")
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


def colours(root: Locator, at: tuple[float, float]) -> set[tuple[int, ...]]:
    """Return the colours that the communes' canvas has in the 20 pixels around a point of the view."""
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


def switch(page: Page, name: str) -> None:
    page.get_by_test_id("stCheckbox").filter(has_text=name).locator("label").click()


def hits(page: Page) -> dict[str, int]:
    counted: dict[str, int] = page.request.get("/hits").json()
    return counted


def test_draws_every_commune_and_lists_the_classes(page: Page) -> None:
    root = opened(page)
    assert root.get_attribute("data-drawn") == "9"
    assert colours(root, cell(root, 0, 0)) == {tuple(MET)}
    legend = page.get_by_role("list", name="Chú giải")
    expect(legend.get_by_role("listitem")).to_have_text(["Đạt1.234", "<b>Chưa đạt</b>0", "Chưa rõ1"])
    expect(page.get_by_role("application", name="Bản đồ xã")).to_be_visible()
    for name in ("Phóng to", "Thu nhỏ", "Toàn tỉnh"):
        expect(page.get_by_role("button", name=name)).to_be_visible()


def test_a_click_returns_the_code_in_one_rerun(page: Page) -> None:
    root = opened(page)
    click(root, cell(root, 2, 0))
    expect(page.get_by_text("clicked 00003 in run 2")).to_be_visible()
    page.wait_for_timeout(700)
    expect(page.get_by_text("clicked 00003 in run 2")).to_be_visible()


def test_a_click_beside_the_communes_or_escape_clears(page: Page) -> None:
    root = opened(page)
    click(root, cell(root, 1, 1))
    expect(page.get_by_text("clicked 00005")).to_be_visible()
    click(root, (60, 30))
    expect(page.get_by_text("clicked None in run 3")).to_be_visible()
    click(root, cell(root, 1, 1))
    expect(page.get_by_text("clicked 00005")).to_be_visible()
    root.locator(".view").press("Escape")
    expect(page.get_by_text("clicked None in run 5")).to_be_visible()


def test_the_latest_of_a_click_and_the_callers_selection_holds(page: Page) -> None:
    root = opened(page)
    click(root, cell(root, 1, 1))
    expect(page.get_by_text("clicked 00005 in run 2")).to_be_visible()
    switch(page, "pick")
    expect(page.get_by_text("clicked 00001 in run 3")).to_be_visible()
    switch(page, "recolour")
    expect(page.get_by_text("clicked 00001 in run 4")).to_be_visible()
    click(root, cell(root, 1, 1))
    expect(page.get_by_text("clicked 00005 in run 5")).to_be_visible()
    switch(page, "recolour")
    expect(page.get_by_text("clicked 00005 in run 6")).to_be_visible()


def test_recolouring_keeps_the_zoom_and_fetches_nothing(page: Page) -> None:
    root = opened(page)
    before = hits(page)
    beside = cell(root, 0, 1)
    root.locator(".leaflet-map-pane").evaluate("pane => pane.dataset.first = 1")
    for _ in range(2):
        page.get_by_role("button", name="Phóng to").click()
        page.wait_for_timeout(500)
    paint = root.get_attribute("data-paint") or ""
    switch(page, "recolour")
    expect(root).not_to_have_attribute("data-paint", paint)
    # The middle commune now reaches to where its neighbour was.
    assert colours(root, beside) == {tuple(UNMET)}
    assert root.locator("[data-first]").count() == 1
    assert hits(page) == before


def test_another_geometry_replaces_the_first_and_is_fetched_once(page: Page) -> None:
    root = opened(page)
    before = hits(page).get("2", 0)
    for drawn in ("4", "9", "4"):
        switch(page, "other")
        expect(root).to_have_attribute("data-drawn", drawn)
    assert hits(page)["2"] == before + 1


def test_a_map_that_comes_back_keeps_its_selection_and_fetches_nothing(page: Page) -> None:
    root = opened(page)
    before = hits(page)
    click(root, cell(root, 1, 1))
    expect(page.get_by_text("clicked 00005 in run 2")).to_be_visible()
    switch(page, "hide")
    expect(root).to_have_count(0)
    switch(page, "hide")
    expect(root).to_have_attribute("data-drawn", "9")
    expect(page.get_by_text("clicked 00005 in run 4")).to_be_visible()
    assert hits(page) == before


def test_unknown_is_hatched_and_a_commune_without_unit_is_empty(page: Page) -> None:
    root = opened(page)
    hatched = colours(root, cell(root, 2, 1))
    assert len(hatched) > 2
    assert {(255, 255, 255)} < hatched
    assert min(hatched) < (130, 130, 130)
    assert colours(root, cell(root, 2, 2)) == {(255, 255, 255)}


def test_a_failed_fetch_says_so(page: Page) -> None:
    page.goto("/?geo=missing")
    expect(page.get_by_text("Không tải được bản đồ")).to_be_visible(timeout=20_000)
    expect(page.locator(".map")).not_to_have_attribute("data-drawn", re.compile(".*"))
    switch(page, "other")
    expect(page.locator(".map")).to_have_attribute("data-drawn", "4")
    expect(page.get_by_text("Không tải được bản đồ")).to_be_hidden()


def test_markup_in_names_stays_text(page: Page) -> None:
    root = opened(page)
    x, y = cell(root, 1, 1)
    root.locator(".view").hover(position={"x": x, "y": y})
    expect(root.locator(".tooltip strong")).to_have_text(HOSTILE)
    expect(root.locator(".district")).to_have_text(f"Huyện {HOSTILE}")
    assert root.locator("img").count() == 0
    assert page.evaluate("document.hacked") is None


def test_the_wheel_scrolls_the_page_unless_ctrl_is_held(page: Page) -> None:
    root = opened(page)
    paint = root.get_attribute("data-paint") or ""
    click(root, cell(root, 1, 1))
    expect(page.get_by_text("clicked 00005")).to_be_visible()
    page.mouse.wheel(0, 100)
    page.wait_for_function("document.querySelector('[data-testid=stMain]').scrollTop === 100")
    assert root.get_attribute("data-paint") == paint
    page.keyboard.down("Control")
    page.mouse.wheel(0, -100)
    expect(root).not_to_have_attribute("data-paint", paint)
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop") == 100


def test_on_a_phone_one_finger_scrolls_two_move_the_map_and_a_tap_selects(browser: Browser, address: str) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, base_url=address
    )
    page = context.new_page()
    root = opened(page)
    view, legend = root.locator(".view").bounding_box(), root.locator(".legend").bounding_box()
    assert view
    assert legend
    assert legend["y"] >= view["y"] + view["height"]
    assert legend["x"] + legend["width"] <= 390
    paint = root.get_attribute("data-paint") or ""
    x, y = view["x"] + view["width"] / 2, view["y"] + view["height"] / 2

    drag(page, [(x, y)], by=-60)
    page.wait_for_function("document.querySelector('[data-testid=stMain]').scrollTop > 20")
    assert root.get_attribute("data-paint") == paint
    page.evaluate("document.querySelector('[data-testid=stMain]').scrollTo(0, 0)")
    drag(page, [(x - 40, y), (x + 40, y)], by=-60)
    expect(root).not_to_have_attribute("data-paint", paint)
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop") == 0
    page.touchscreen.tap(x, y - 60)
    expect(page.get_by_text("clicked 00005 in run 2")).to_be_visible()
    context.close()


def drag(page: Page, fingers: list[tuple[float, float]], by: float) -> None:
    session = page.context.new_cdp_session(page)

    def touch(kind: str, points: list[tuple[float, float]]) -> None:
        numbered = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(points)]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": numbered})

    for number in range(len(fingers)):
        touch("touchStart", fingers[: number + 1])
    for step in range(1, 11):
        touch("touchMove", [(x, y + by * step / 10) for x, y in fingers])
        page.wait_for_timeout(20)
    touch("touchEnd", [])
    page.wait_for_timeout(400)


def test_draws_when_its_tab_is_opened(page: Page) -> None:
    page.goto("/?tab")
    expect(page.locator(".map")).to_have_attribute("data-state", "ready", timeout=20_000)
    page.get_by_role("tab", name="second").click()
    root = page.locator(".map")
    expect(root).to_have_attribute("data-drawn", "9")
    assert colours(root, cell(root, 0, 0)) == {tuple(MET)}


def test_a_unit_of_no_class_is_refused() -> None:
    texts: dict[str, Any] = dict.fromkeys(["geometry_url", "label", "caption", "key"], "x")
    classes, units = [MapClass("a", "A", "red", 1)], [MapUnit("1", "nowhere", ("x",))]
    with pytest.raises(KeyError, match="nowhere"):
        commune_map(classes=classes, units=units, texts={}, selected=None, height=1, **texts)
