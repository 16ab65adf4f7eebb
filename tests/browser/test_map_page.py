"""The map page in a real browser: down to a commune and back, links, months, two maps, search, both sets of units."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from ntm.i18n import translator
from tests.browser.serving import Served, Visitor, chromium, served, visiting

pytestmark = pytest.mark.browser

VI = translator("vi")
HEADING = re.compile(r"bản đồ nông thôn mới$")
DISTRICT = "Huyện Vị Thuỷ"


@pytest.fixture(scope="module")
def browser(chrome_path: str) -> Iterator[Browser]:
    with chromium(chrome_path) as started:
        yield started


@pytest.fixture(scope="module")
def dashboard(sample_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("maps"), NTM_WAREHOUSE=str(sample_warehouse), NTM_BOUNDARIES="") as running:
        yield running


@pytest.fixture(scope="module")
def window(browser: Browser) -> BrowserContext:
    return browser.new_context(viewport={"width": 1400, "height": 1000}, locale="vi-VN")


@pytest.fixture
def visitor(window: BrowserContext, dashboard: Served) -> Iterator[Visitor]:
    with visiting(window, dashboard) as opened:
        yield opened


def open_map(visitor: Visitor, query: str = "") -> Page:
    return visitor.open(f"/ban-do{query}", HEADING)


def click_middle(root: Locator) -> None:
    box = root.locator(".view").bounding_box()
    assert box
    root.locator(".view").click(position={"x": box["width"] / 2, "y": box["height"] / 2})


def steps(page: Page) -> Locator:
    return page.locator(".st-key-map_breadcrumb")


def choose_more(page: Page, *, area: str | None = None, press: str | None = None) -> None:
    """Choose in the drawer of area, units and comparison."""
    page.get_by_role("button", name=VI("map.more")).click()
    if area:
        box = page.get_by_test_id("stSelectbox").filter(has_text=VI("map.area")).locator("input")
        box.fill(area)
        box.press("Enter")
    if press:
        page.get_by_role("radio", name=press).or_(page.get_by_role("button", name=press)).first.click()
    page.keyboard.press("Escape")


def find(page: Page, text: str) -> None:
    box = page.get_by_role("combobox", name=VI("map.search"))
    box.fill(text)
    expect(page.get_by_role("option").first).to_be_visible()
    box.press("Enter")


def test_by_mouse_down_from_the_districts_to_a_commune_and_back(visitor: Visitor) -> None:
    page = open_map(visitor)
    choose_more(page, area=VI("map.area_districts"))
    root = page.locator(".map")
    expect(root).to_have_attribute("data-drawn", "8")
    visitor.rest()
    click_middle(root)
    expect(page).to_have_url(re.compile("district="))
    expect(root).to_have_attribute("data-drawn", "75")
    visitor.rest()
    click_middle(root)
    expect(page).to_have_url(re.compile(r"unit=\d{5}"))
    expect(page.get_by_test_id("stMain").get_by_role("heading", level=2).first).to_be_visible()
    steps(page).get_by_role("button", name="Tỉnh Hậu Giang").click()
    expect(page).not_to_have_url(re.compile("unit=|district="))
    expect(steps(page)).not_to_contain_text("Huyện")


def test_by_keyboard_to_the_unit_at_the_middle_and_back(visitor: Visitor) -> None:
    page = open_map(visitor)
    page.locator(".map .view").focus()
    expect(page.locator(".map")).to_have_attribute("data-outlined", re.compile(r"\d{5}"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"unit=\d{5}"))
    back = steps(page).get_by_role("button", name="Tỉnh Hậu Giang")
    back.focus()
    back.press("Enter")
    expect(page).not_to_have_url(re.compile("unit="))


def test_a_link_restores_month_layer_district_unit_and_comparison(visitor: Visitor) -> None:
    query = "?month=12/2023&layer=criteria&district=Huyện+Vị+Thuỷ&unit=31459&compare=month&other_month=12/2022"
    page = open_map(visitor, query)
    expect(page.locator(".map")).to_have_count(2)
    expect(page.get_by_role("heading", level=1)).to_contain_text(DISTRICT)
    expect(page.get_by_text(VI("map.of", layer="Số tiêu chí đạt", month="tháng 12/2023"))).to_be_visible()
    expect(page.get_by_text(VI("map.of", layer="Số tiêu chí đạt", month="tháng 12/2022"))).to_be_visible()
    expect(page.get_by_test_id("stMain").get_by_role("heading", level=2).first).to_have_text("Xã Vĩnh Tường")


def test_the_page_follows_the_month_that_the_map_is_left_at(visitor: Visitor) -> None:
    page = open_map(visitor)
    root = page.locator(".map")
    slider = root.get_by_role("slider")
    slider.focus()
    slider.press("Home")
    expect(root).to_have_attribute("data-frame", "2021-12-31")
    slider.blur()
    expect(page).to_have_url(re.compile("month=12(%2F|/)2021"))
    expect(page.get_by_test_id("stMain")).to_contain_text(VI("frame.as_of", day="31/12/2021"))


def test_two_layers_side_by_side_move_together(visitor: Visitor) -> None:
    page = open_map(visitor)
    choose_more(page, press=VI("map.compare_layer"))
    maps = page.locator(".map")
    expect(maps).to_have_count(2)
    visitor.rest()
    before = maps.nth(1).get_attribute("data-view")
    maps.nth(0).get_by_role("button", name=VI("map.zoom_in")).click()
    expect(maps.nth(1)).not_to_have_attribute("data-view", before or "")
    zooms = {(item.get_attribute("data-view") or "").split()[0] for item in maps.all()}
    assert len(zooms) == 1


def test_a_unit_is_found_without_accents_and_its_card_opened(visitor: Visitor) -> None:
    page = open_map(visitor)
    find(page, "vi tan")
    expect(page).to_have_url(re.compile("unit=31333"))
    expect(page.get_by_test_id("stMain").get_by_role("heading", level=2).first).to_have_text("Xã Vị Tân")
    expect(steps(page)).to_contain_text("Thành phố Vị Thanh")


def test_a_layer_changes_without_moving_the_map(visitor: Visitor) -> None:
    page = open_map(visitor)
    root = page.locator(".map")
    root.get_by_role("button", name=VI("map.zoom_in")).click()
    expect(root).not_to_have_attribute("data-paint", "1")
    page.wait_for_timeout(600)  # the map comes to rest
    view = root.get_attribute("data-view")
    visitor.choose(VI("map.layer"), VI("layer.watch.name"))
    expect(root.locator("#legend-title")).to_have_text(VI("layer.watch.title"))
    assert root.get_attribute("data-view") == view


def test_todays_units_show_their_old_parts(visitor: Visitor) -> None:
    page = open_map(visitor)
    choose_more(page, press=VI("reform.today"))
    root = page.locator(".map")
    expect(root.locator("#legend-title")).to_have_text(VI("reform.title"))
    visitor.rest()
    click_middle(root)
    expect(page.get_by_test_id("stMain")).to_contain_text(re.compile(VI.texts["reform.made_of"].partition("{")[0]))


def test_the_country_leads_to_the_province_with_data(visitor: Visitor) -> None:
    page = open_map(visitor)
    steps(page).get_by_role("button", name=VI("map.country")).click()
    root = page.locator(".map")
    expect(root).to_have_attribute("data-drawn", "63", timeout=60_000)
    find(page, "hau giang")
    expect(root).to_have_attribute("data-drawn", "75")
