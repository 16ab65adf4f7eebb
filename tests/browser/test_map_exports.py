"""The stand-alone map opened from a file, and the downloads of the page, in a real browser without a network."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from ntm.i18n import translator
from ntm.reports.map_standalone import standalone_html
from ntm.settings import ROOT
from ntm.ui.map_exports import FORMATS
from tests.browser.serving import Served, chromium, pixels, wait_for
from tests.map_sheets import COLORS, ISLAND, LABELS, MARKUP, one_commune, sheet

pytestmark = pytest.mark.browser

SCRIPT = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
import streamlit as st
from ntm.errors import NtmError
from ntm.i18n import translator
from ntm.ui import map_exports
from tests.map_sheets import sheet

asked = st.session_state.setdefault("asked", [])

def made():
    asked.append(1)
    if "fault" in st.query_params:
        raise NtmError("boundary.no_points", units=9)
    return sheet()

map_exports.show(translator("vi"), made, "export")
st.text(f"asked {{len(asked)}}")
"""
POLYGONS = """() => {
    const map = window[Object.keys(window).find((name) => /^map_[0-9a-f]{32}$/.test(name))];
    return Object.values(map._layers).filter((layer) => layer.feature?.properties?.lines);
}"""


@pytest.fixture(scope="module")
def browser(chrome_path: str) -> Iterator[Browser]:
    with chromium(chrome_path) as started:
        yield started


@pytest.fixture
def asked_for() -> list[str]:
    return []


@pytest.fixture
def page(browser: Browser, asked_for: list[str]) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": 1280, "height": 900})
    errors: list[str] = []
    opened.on("request", lambda request: asked_for.append(request.url))
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    yield opened
    opened.close()
    assert errors == []


@pytest.fixture
def opened(page: Page, tmp_path: Path) -> Page:
    path = tmp_path / "map.html"
    path.write_bytes(standalone_html(sheet(), translator("vi")))
    page.goto(path.as_uri())
    expect(page.locator(".name").first).to_be_visible()
    return page


def test_the_file_asks_for_nothing_but_itself(opened: Page, asked_for: list[str]) -> None:
    assert [Path(url).name for url in asked_for] == ["map.html"]
    assert opened.evaluate("document.documentElement.lang") == "vi"
    expect(opened).to_have_title(sheet().title)


def test_every_drawn_unit_is_a_polygon_in_the_colour_of_its_class(opened: Page) -> None:
    classes = opened.evaluate(f"({POLYGONS})().map((layer) => layer.feature.properties.class_key)")
    assert sorted(classes) == sorted(["met"] * 4 + ["not_met"] * 2 + ["unknown", "not_rural"])
    canvas = opened.locator("canvas").first
    drawn = {key: pixels(canvas, tuple(bytes.fromhex(color[1:]))) for key, color in COLORS.items()}  # type: ignore[arg-type]
    assert drawn["none_here"] == 0
    assert 1.7 < drawn["met"] / drawn["not_met"] < 2.3
    assert 0 < drawn["unknown"] < drawn["not_met"] / 4  # lines alone


def test_the_legend_tells_the_classes_and_how_many_units_each_has(opened: Page) -> None:
    entries = [" ".join(text.split()) for text in opened.locator("aside li").all_inner_texts()]
    assert entries == [f"{entry.label} {entry.count}" for entry in sheet().layer.classes]
    assert opened.locator(".swatch.hatched").count() == 1
    for words in ("Số liệu đến 30/6/2022", "Nguồn: Biểu tiêu chí", "Số liệu minh hoạ", "không có giá trị pháp lý"):
        expect(opened.locator("footer")).to_contain_text(words)


def test_a_unit_tells_its_lines_and_its_name_is_text(opened: Page) -> None:
    box = opened.locator(".folium-map").bounding_box()
    assert box
    side = min(box["width"], box["height"]) / 3.4
    opened.mouse.move(box["x"] + box["width"] / 2 - side, box["y"] + box["height"] / 2 - side)
    tooltip = opened.locator(".leaflet-tooltip")
    expect(tooltip.locator("strong")).to_have_text(MARKUP)
    expect(tooltip).to_contain_text(LABELS["met"])
    assert opened.evaluate("document.hacked") is None


def test_an_island_is_one_unit_with_all_its_parts(opened: Page) -> None:
    parts = opened.evaluate(
        f"({POLYGONS})().find((layer) => layer.feature.properties.code === '{ISLAND}').getLatLngs().length"
    )
    assert parts == 2


def test_the_table_opens_by_keyboard(opened: Page) -> None:
    opened.locator("summary").focus()
    opened.keyboard.press("Enter")
    expect(opened.get_by_role("columnheader", name="Số tiêu chí đạt")).to_be_visible()
    assert opened.get_by_role("row").count() == 1 + len(sheet().table)


def test_a_phone_has_the_map_and_the_legend_below_each_other(opened: Page) -> None:
    opened.set_viewport_size({"width": 390, "height": 844})
    drawn, legend = opened.locator(".folium-map").bounding_box(), opened.locator("aside").bounding_box()
    assert drawn
    assert legend
    assert drawn["height"] >= 300
    assert legend["y"] >= drawn["y"] + drawn["height"]
    assert opened.evaluate("document.documentElement.scrollWidth") <= 390


def test_one_unknown_commune(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "one.html"
    path.write_bytes(standalone_html(one_commune(), translator("en")))
    page.goto(path.as_uri())
    expect(page.locator(".name").first).to_be_visible()
    assert page.evaluate(f"({POLYGONS})().length") == 1
    assert page.evaluate("document.documentElement.lang") == "en"


@pytest.fixture(scope="module")
def downloads(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("exports")
    (folder / "script.py").write_text(SCRIPT, encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    served = Served(f"http://127.0.0.1:{port}", folder / "server.log")
    with served.log.open("w") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "script.py", f"--server.port={port}", "--server.headless=true",
             "--browser.gatherUsageStats=false", "--server.fileWatcherType=none"],
            cwd=folder, stdout=output, stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        wait_for(served, server)
        yield served
    finally:
        server.terminate()
        server.wait()


def test_each_format_is_downloaded_by_keyboard_under_a_telling_name(page: Page, downloads: Served) -> None:
    page.goto(downloads.url)
    expect(page.get_by_text("asked 0")).to_be_visible()  # nothing is made before somebody asks
    drawer = page.get_by_role("button", name="Tải bản đồ về")
    drawer.focus()
    page.keyboard.press("Enter")
    texts = translator("vi").texts
    begins = {".png": b"\x89PNG", ".html": b"<!DOCTYPE html>", ".xlsx": b"PK", ".gpkg": b"SQLite", ".geojson": b"{"}
    for name, kind in FORMATS.items():
        button = page.get_by_role("button", name=texts[f"export.{name}"])
        button.focus()
        with page.expect_download(timeout=60_000) as download:
            page.keyboard.press("Enter")
        assert download.value.suggested_filename == f"ban-do_hau-giang_tieu-chi_2022-06{kind.ending}"
        content = download.value.path().read_bytes()
        assert content.startswith(begins[f".{kind.ending.rpartition('.')[2]}"])
    assert "Error" not in downloads.said


def test_a_map_that_cannot_be_made_is_said(page: Page, downloads: Served) -> None:
    page.goto(f"{downloads.url}/?fault=1")
    page.get_by_role("button", name="Tải bản đồ về").click()
    expect(page.get_by_text("không có điểm vị trí nào dùng được trong 9 đơn vị")).to_be_visible()
