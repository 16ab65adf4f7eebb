"""The dashboard in a real browser, over the sample, with every address outside refused."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from ntm.charts.theme import STANDARD_COLORS
from ntm.geo.shapes import province_shapes
from ntm.geo.shapes_geojson import to_geojson_bytes
from ntm.i18n import LANGUAGES, translator
from ntm.ui.pages import PAGES, PageEntry
from ntm.ui.sections import SECTIONS, section_key
from ntm.warehouse import open_snapshot
from tests.browser.barriers import barriers
from tests.browser.serving import Served, Visitor, chromium, grid, pixels, served, visiting

pytestmark = pytest.mark.browser

PROVINCE = "Tỉnh Hậu Giang"
SIZES = {"projector": (1920, 1080), "phone": (390, 844), "desk": (1280, 900)}
UNITS = 75
"""Xã, phường and thị trấn of Hậu Giang."""
HIGHLIGHT = (255, 232, 163)
BY_SCRIPT = {entry.script: entry for entry in PAGES}
MAP, FUNDING, TARGETS = (BY_SCRIPT[script] for script in ("map.py", "funding.py", "targets.py"))
VI = translator("vi")


@pytest.fixture(scope="module")
def browser(chrome_path: str) -> Iterator[Browser]:
    with chromium(chrome_path) as started:
        yield started


@pytest.fixture(scope="module")
def dashboard(sample_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(
        tmp_path_factory.mktemp("dashboard"),
        NTM_WAREHOUSE=str(sample_warehouse),
        NTM_BOUNDARIES="",
        NTM_SAVED=str(tmp_path_factory.mktemp("saved")),
    ) as running:
        yield running


@pytest.fixture(scope="module")
def windows(browser: Browser) -> dict[str, BrowserContext]:
    """A window of each size; each keeps its cache from visit to visit, as a person's browser does."""
    return {
        size: browser.new_context(viewport={"width": width, "height": height}, locale="vi-VN")
        for size, (width, height) in SIZES.items()
    }


@pytest.fixture
def visitor(windows: dict[str, BrowserContext], dashboard: Served) -> Iterator[Visitor]:
    with visiting(windows["desk"], dashboard) as opened:
        yield opened


def heading(entry: PageEntry, language: str = "vi") -> str:
    t = translator(language)
    key = entry.title.replace(".title", ".heading")
    return t(key, place=PROVINCE) if "{place}" in t.texts[key] else t(key)


def rgb(colour: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red, green, blue


def metric(page: Page, label: str) -> Locator:
    return page.get_by_test_id("stMetric").filter(has_text=label).get_by_test_id("stMetricValue")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.script)
def test_every_page_is_drawn_and_nothing_goes_out_or_wrong(
    windows: dict[str, BrowserContext], dashboard: Served, entry: PageEntry, language: str
) -> None:
    with visiting(windows["projector"], dashboard) as visitor:
        page = visitor.open(f"/{entry.address}?lang={language}", heading(entry, language))
        expect(page.locator("html")).to_have_attribute("lang", language)
        expect(page.get_by_test_id("stException")).to_have_count(0)
        expect(page.get_by_text(translator(language)("error.page"))).to_have_count(0)
        expect(page.get_by_text("Page not found")).to_have_count(0)
        for size in ("projector", "phone"):
            visitor.resize(*SIZES[size])
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{size}: scrolls sideways"
            assert barriers(page) == [], size
            if entry == MAP:
                expect(page.locator(".map")).to_have_attribute("data-drawn", str(UNITS))
                canvas = page.locator(".map canvas").first
                assert all(pixels(canvas, rgb(STANDARD_COLORS[key])) > 500 for key in ("ntm", "nang_cao", "not_rural"))


@pytest.mark.parametrize("topic", [topic for topic in SECTIONS if topic != "funding"])
def test_every_section_is_free_of_barriers_on_a_phone(
    windows: dict[str, BrowserContext], dashboard: Served, topic: str
) -> None:
    entry = next(entry for entry in PAGES if entry.script == f"{topic}.py")
    with visiting(windows["phone"], dashboard) as visitor:
        for section in SECTIONS[topic]:
            page = visitor.open(f"/{entry.address}?month=12/2022&{section_key(topic)}={section}", heading(entry))
            visitor.rest()
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{section} scrolls sideways"
            assert barriers(page) == [], section


@pytest.mark.parametrize("entry", PAGES[1:2], ids=lambda entry: entry.script)
def test_the_first_deep_link_after_a_start_shows_its_page(
    windows: dict[str, BrowserContext], sample_warehouse: Path, tmp_path: Path, entry: PageEntry
) -> None:
    with (
        served(tmp_path, NTM_WAREHOUSE=str(sample_warehouse), NTM_BOUNDARIES="") as started,
        visiting(windows["desk"], started) as visitor,
    ):
        page = visitor.open(f"/{entry.address}", heading(entry))
        page.wait_for_timeout(1000)
        expect(page.get_by_text("Page not found")).to_have_count(0)
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(page).to_have_url(f"{started.url}/{entry.address}")


@pytest.mark.parametrize(
    ("month", "communes", "mean"),
    [("12/2021", "34/51", None), ("06/2022", "35/51", None), ("12/2022", "37/51", "17,5")],
)
def test_the_published_standing_is_on_the_overview(
    visitor: Visitor, month: str, communes: str, mean: str | None
) -> None:
    page = visitor.open(f"/?month={month}", heading(PAGES[0]))
    expect(metric(page, VI("overview.card_ntm"))).to_have_text(communes)
    expect(page.get_by_text(f"{communes} xã")).to_be_visible()
    if mean:
        expect(metric(page, VI("overview.card_mean"))).to_have_text(mean)


def test_the_targets_of_2022_and_their_communes_are_on_the_page_of_targets(visitor: Visitor) -> None:
    page = visitor.open("/muc-tieu-2025?month=12/2022&target_year=2022&targets_section=communes", heading(TARGETS))
    expect(page.get_by_text("chỉ tiêu 38/51 xã (74,51%) đến 31/12/2022")).to_be_visible()
    firm, stretch = (page.get_by_test_id("stDataFrame").nth(place) for place in (0, 1))
    assert {row[1] for row in grid(firm) if row[0] == "NTM"} == {"Xã Phú Hữu", "Xã Hiệp Hưng", "Xã Tân Phú"}
    assert {row[1] for row in grid(stretch) if row[0] == "NTM"} == {"Xã Phú Tân", "Xã Vị Bình"}


def test_the_need_of_2022_is_on_the_page_of_money(visitor: Visitor) -> None:
    page = visitor.open("/nguon-von?month=12/2022&stage=need", heading(FUNDING))
    expect(page.get_by_text("6.259.605 triệu đồng")).to_be_visible()
    expect(page.get_by_text("670.223 triệu đồng")).to_be_visible()


def test_two_clicks_lead_from_the_figure_to_each_communes_cell(visitor: Visitor) -> None:
    page = visitor.open("/?month=12/2022", heading(PAGES[0]))
    page.get_by_role("button", name=VI("overview.open_communes", count="37")).click()
    dialog = page.get_by_role("dialog").filter(has_text=VI("overview.card_ntm"))
    rows = dialog.get_by_test_id("stDataFrame")
    headings, first, *_ = grid(rows)
    assert headings[-3:] == ["Tệp", "Trang tính", "Ô"]
    expect(rows.locator("table")).to_have_attribute("aria-rowcount", str(1 + 37))
    name, (file, sheet, cell) = first[0], first[-3:]
    assert file == "cong_nhan/cong_nhan_ntm.xlsx"

    rows.locator(".dvn-scroller").click(position={"x": 15, "y": 52})
    expect(dialog.get_by_text(f"{file} › {sheet} › {cell}")).to_be_visible()
    excerpt = dialog.get_by_test_id("stDataFrame").nth(1)
    letters, *around = grid(excerpt)
    written = {row[0]: dict(zip(letters, row, strict=True)) for row in around}
    assert written[cell[1:]][cell[0]] == name
    page.wait_for_timeout(500)  # the table draws itself after it is there
    assert pixels(excerpt.locator("canvas").first, HIGHLIGHT) > 500


def test_language_and_month_hold_from_page_to_page(visitor: Visitor) -> None:
    page = visitor.open("/", heading(PAGES[0]))
    visitor.choose(VI("filter.month"), "12/2022")
    for entry in (MAP, BY_SCRIPT["commune.py"], FUNDING, TARGETS, PAGES[0]):
        visitor.go(VI(entry.title), heading(entry))
        expect(page.get_by_text(VI("frame.as_of", day="31/12/2022")).first).to_be_visible()
        expect(page).to_have_url(re.compile(r"month=12%2F2022"))
    page.get_by_test_id("stSidebar").get_by_role("radio", name="en").click()
    visitor.settle(heading(PAGES[0], "en"))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    for entry in (FUNDING, BY_SCRIPT["national.py"], PAGES[0]):
        visitor.go(translator("en")(entry.title), heading(entry, "en"))
        expect(page).to_have_url(re.compile(r"lang=en"))
    expect(page.get_by_text("As of 31 December 2022").first).to_be_visible()


@pytest.mark.parametrize("entry", [PAGES[0], FUNDING], ids=lambda entry: entry.script)
def test_the_month_and_language_of_a_link_hold_on_the_next_page(visitor: Visitor, entry: PageEntry) -> None:
    page = visitor.open(f"/{entry.address}?month=12/2022&lang=en", heading(entry, "en"))
    visitor.wait_for_run(2)
    visitor.go(translator("en")(MAP.title), heading(MAP, "en"))
    expect(page.get_by_text("As of 31 December 2022").first).to_be_visible()
    expect(page).to_have_url(re.compile(r"month=12%2F2022"))


def test_an_analyst_asks_three_questions_and_sends_a_saved_view(
    visitor: Visitor, browser: Browser, dashboard: Served
) -> None:
    page = visitor.open("/kham-pha?month=06/2025", VI("explore.heading", place=PROVINCE))
    expect(page.get_by_text("45/51 xã (88,2%)")).to_be_visible()
    visitor.choose(VI("explore.measure"), "Xã dưới 15 tiêu chí")
    expect(page.get_by_text("tháng 6/2025: 3 xã.")).to_be_visible()
    visitor.choose(VI("explore.measure"), "Tỷ lệ giải ngân trên nhu cầu")
    expect(page.get_by_text(VI("explore.refused"))).to_be_visible()
    visitor.choose(VI("explore.measure"), "Bình quân tiêu chí đạt một xã")
    page.get_by_text(VI("explore.saved"), exact=True).click()
    page.get_by_label(VI("explore.name")).fill("Bình quân tháng 6")
    page.get_by_label(VI("saved.author"), exact=True).fill("Văn phòng")
    page.get_by_role("button", name=VI("explore.save_button")).click()
    expect(page.get_by_text(VI("explore.opened"))).to_be_visible()
    said = page.get_by_text("929 tiêu chí ở 51 xã").inner_text()
    id = re.search(r"view=(\w+)", page.url)
    assert id
    with visiting(browser.new_context(locale="vi-VN"), dashboard) as other:
        opened = other.open(f"/kham-pha?view={id[1]}", VI("explore.heading", place=PROVINCE))
        expect(opened.get_by_text("929 tiêu chí ở 51 xã")).to_have_text(said)


def test_a_click_on_the_map_opens_the_card_of_the_commune(visitor: Visitor) -> None:
    page = visitor.open("/ban-do", heading(MAP))
    expect(page.locator(".map")).to_have_attribute("data-drawn", str(UNITS))
    view = page.locator(".map .view")
    box = view.bounding_box()
    assert box
    view.click(position={"x": box["width"] / 2, "y": box["height"] / 2})
    expect(page.get_by_text(VI("commune.choose"))).to_have_count(0)
    expect(page).to_have_url(re.compile(r"unit=\d{5}"))
    expect(page.get_by_test_id("stMain").get_by_role("heading", level=2).first).to_be_visible()


@pytest.fixture(scope="module")
def dashboard_with_boundaries(
    sample_warehouse: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Served, Path]]:
    folder = tmp_path_factory.mktemp("boundaries")
    path = folder / "ranh_gioi_xa.geojson"
    with served(folder, NTM_WAREHOUSE=str(sample_warehouse), NTM_BOUNDARIES=str(path)) as running:
        yield running, path


class TestBoundaryFile:
    """An office's own boundary file, named by NTM_BOUNDARIES and replaced while the server runs."""

    @pytest.fixture
    def visitor(
        self, windows: dict[str, BrowserContext], dashboard_with_boundaries: tuple[Served, Path]
    ) -> Iterator[Visitor]:
        with visiting(windows["desk"], dashboard_with_boundaries[0]) as opened:
            yield opened

    @pytest.fixture
    def path(self, dashboard_with_boundaries: tuple[Served, Path]) -> Path:
        return dashboard_with_boundaries[1]

    def survey(self, warehouse: Path) -> dict[str, Any]:
        """Return GeoJSON with a polygon for each unit of the province but the last: the schematic ones with codes."""
        snapshot, day = open_snapshot(warehouse), date(2025, 6, 30)
        units = snapshot.read("commune_units", province="93", day=day)
        shapes, fault = province_shapes(units, None, snapshot.read("successor_points", province="93"))
        assert fault is None
        collection = json.loads(to_geojson_bytes(shapes)[0])
        features = [
            {"type": "Feature", "properties": {"MAXA": item["properties"]["code"]}, "geometry": item["geometry"]}
            for item in collection["features"][:-1]
        ]
        return {"type": "FeatureCollection", "features": features}

    def replace(self, path: Path, content: str) -> None:
        path.write_text(content, encoding="utf-8")
        os.utime(path, (path.stat().st_mtime + len(content),) * 2)

    def test_a_fitting_file_is_drawn_and_named_in_the_caption(
        self, path: Path, sample_warehouse: Path, visitor: Visitor
    ) -> None:
        self.replace(path, json.dumps(self.survey(sample_warehouse)))
        page = visitor.open("/ban-do", heading(MAP))
        expect(page.locator(".map")).to_have_attribute("data-drawn", str(UNITS - 1))
        caption = page.locator(".map figcaption")
        expect(caption).to_contain_text(VI("boundary.from_file", file=path.name).rstrip("."))
        expect(caption).not_to_contain_text(VI("boundary.schematic").rstrip("."))
        expect(page.get_by_test_id("stAlert").filter(has_text=path.name)).to_have_count(0)

    @pytest.mark.parametrize(
        ("fault", "content"),
        [
            ("unreadable", lambda survey: json.dumps(survey)[:-200]),
            ("wrong_province", lambda survey: json.dumps(survey).replace('"MAXA": "3', '"MAXA": "2')),
        ],
    )
    def test_a_file_that_cannot_be_used_is_told_and_the_schematic_map_drawn(
        self, path: Path, sample_warehouse: Path, visitor: Visitor, fault: str, content: Callable[[Any], str]
    ) -> None:
        self.replace(path, content(self.survey(sample_warehouse)))
        self.sees_fault_and_schematic_map(visitor, fault, path)

    def test_a_file_that_is_gone_is_told_and_the_schematic_map_drawn(self, path: Path, visitor: Visitor) -> None:
        path.unlink(missing_ok=True)
        self.sees_fault_and_schematic_map(visitor, "file_not_found", path)

    def sees_fault_and_schematic_map(self, visitor: Visitor, fault: str, path: Path) -> None:
        page = visitor.open("/ban-do", heading(MAP))
        message = VI.texts[f"boundary.{fault}"].partition("{")[0]
        expect(page.get_by_test_id("stAlert").filter(has_text=message)).to_contain_text(path.name)
        expect(page.locator(".map")).to_have_attribute("data-drawn", str(UNITS))
        expect(page.locator(".map figcaption")).to_contain_text(VI("boundary.schematic").rstrip("."))
