"""The map component in a real browser, on a grid of nine square communes named A to I."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from ntm.charts.map_layers import MapClass, MapUnit
from ntm.ui.map import commune_map
from tests.browser.component import HOSTILE, MET, UNMET, cell, click, colours, hits, hover, opened, paint, switch

pytestmark = pytest.mark.browser


def test_draws_every_commune_and_lists_the_classes(component_page: Page) -> None:
    page = component_page
    root = opened(page)
    assert root.get_attribute("data-drawn") == "9"
    assert colours(root, cell(root, 0, 0)) == {MET}
    legend = page.get_by_role("list", name="Chú giải")
    expect(legend.get_by_role("listitem")).to_have_text(["Đạt1.234", "<b>Chưa đạt</b>0", "Chưa rõ1"])
    expect(page.get_by_role("application", name="Bản đồ xã")).to_be_visible()
    for name in ("Phóng to", "Thu nhỏ", "Toàn tỉnh"):
        expect(page.get_by_role("button", name=name)).to_be_visible()


def test_a_click_returns_the_code_in_one_rerun(component_page: Page) -> None:
    page = component_page
    root = opened(page)
    click(root, cell(root, 2, 0))
    expect(page.get_by_text("clicked 00003 in run 2")).to_be_visible()
    page.wait_for_timeout(700)
    expect(page.get_by_text("clicked 00003 in run 2")).to_be_visible()


def test_a_click_beside_the_communes_or_escape_clears(component_page: Page) -> None:
    page = component_page
    root = opened(page)
    click(root, cell(root, 1, 1))
    expect(page.get_by_text("clicked 00005")).to_be_visible()
    click(root, (60, 30))
    expect(page.get_by_text("clicked None in run 3")).to_be_visible()
    click(root, cell(root, 1, 1))
    expect(page.get_by_text("clicked 00005")).to_be_visible()
    root.locator(".view").press("Escape")
    expect(page.get_by_text("clicked None in run 5")).to_be_visible()


def test_the_latest_of_a_click_and_the_callers_selection_holds(component_page: Page) -> None:
    page = component_page
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


def test_recolouring_keeps_the_zoom_and_fetches_nothing(component_page: Page) -> None:
    page = component_page
    root = opened(page)
    before = hits(page)
    beside = cell(root, 0, 1)
    root.locator(".leaflet-map-pane").evaluate("pane => pane.dataset.first = 1")
    for _ in range(2):
        page.get_by_role("button", name="Phóng to").click()
        page.wait_for_timeout(500)
    drawn = paint(root)
    switch(page, "recolour")
    expect(root).not_to_have_attribute("data-paint", drawn)
    # The middle commune now reaches to where its neighbour was.
    assert colours(root, beside) == {UNMET}
    assert root.locator("[data-first]").count() == 1
    assert hits(page) == before


def test_another_geometry_replaces_the_first_and_is_fetched_once(component_page: Page) -> None:
    page = component_page
    root = opened(page)
    before = hits(page).get("2", 0)
    for drawn in ("4", "9", "4"):
        switch(page, "other")
        expect(root).to_have_attribute("data-drawn", drawn)
    assert hits(page)["2"] == before + 1


def test_a_map_that_comes_back_keeps_its_selection_and_fetches_nothing(component_page: Page) -> None:
    page = component_page
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


def test_unknown_is_hatched_and_a_commune_without_unit_is_empty(component_page: Page) -> None:
    page = component_page
    root = opened(page)
    hatched = colours(root, cell(root, 2, 1))
    assert len(hatched) > 2
    assert {(255, 255, 255)} < hatched
    assert min(hatched) < (130, 130, 130)
    assert colours(root, cell(root, 2, 2)) == {(243, 245, 246)}
    hover(root, cell(root, 2, 2))
    expect(root.locator(".tooltip")).to_have_text("IVùng này không khớp với đơn vị nào trong danh mục.")


def test_a_failed_fetch_says_so(component_page: Page) -> None:
    page = component_page
    page.goto("/?geo=missing")
    expect(page.get_by_text("Không tải được bản đồ")).to_be_visible(timeout=20_000)
    expect(page.locator(".map")).not_to_have_attribute("data-drawn", re.compile(".*"))
    switch(page, "other")
    expect(page.locator(".map")).to_have_attribute("data-drawn", "4")
    expect(page.get_by_text("Không tải được bản đồ")).to_be_hidden()


def test_markup_in_names_stays_text(component_page: Page) -> None:
    page = component_page
    root = opened(page)
    hover(root, cell(root, 1, 1))
    expect(root.locator(".tooltip strong")).to_have_text(HOSTILE)
    expect(root.locator(".district")).to_have_text(f"Huyện {HOSTILE}")
    assert root.locator("img").count() == 0
    assert page.evaluate("document.hacked") is None


def test_the_wheel_scrolls_the_page_unless_ctrl_is_held(component_page: Page) -> None:
    page = component_page
    root = opened(page)
    before = paint(root)
    click(root, cell(root, 1, 1))
    expect(page.get_by_text("clicked 00005")).to_be_visible()
    page.mouse.wheel(0, 100)
    page.wait_for_function("document.querySelector('[data-testid=stMain]').scrollTop === 100")
    assert paint(root) == before
    page.keyboard.down("Control")
    page.mouse.wheel(0, -100)
    expect(root).not_to_have_attribute("data-paint", before)
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop") == 100


def test_on_a_phone_one_finger_scrolls_two_move_the_map_and_a_tap_selects(
    component_browser: Browser, component_address: str
) -> None:
    context = component_browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, base_url=component_address
    )
    page = context.new_page()
    root = opened(page)
    view, legend = root.locator(".view").bounding_box(), root.locator(".legend").bounding_box()
    assert view
    assert legend
    assert legend["y"] >= view["y"] + view["height"]
    assert legend["x"] + legend["width"] <= 390
    before = paint(root)
    x, y = view["x"] + view["width"] / 2, view["y"] + view["height"] / 2

    drag(page, [(x, y)], by=-60)
    page.wait_for_function("document.querySelector('[data-testid=stMain]').scrollTop > 20")
    assert paint(root) == before
    page.evaluate("document.querySelector('[data-testid=stMain]').scrollTo(0, 0)")
    drag(page, [(x - 40, y), (x + 40, y)], by=-60)
    expect(root).not_to_have_attribute("data-paint", before)
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


def test_draws_when_its_tab_is_opened(component_page: Page) -> None:
    page = component_page
    page.goto("/?tab")
    expect(page.locator(".map")).to_have_attribute("data-state", "ready", timeout=20_000)
    page.get_by_role("tab", name="second").click()
    root = page.locator(".map")
    expect(root).to_have_attribute("data-drawn", "9")
    assert colours(root, cell(root, 0, 0)) == {MET}


def test_a_unit_of_no_class_is_refused() -> None:
    texts: dict[str, Any] = dict.fromkeys(["geometry_url", "label", "caption", "key"], "x")
    classes, units = [MapClass("a", "A", "red", 1)], [MapUnit("1", "nowhere", ("x",))]
    with pytest.raises(KeyError, match="nowhere"):
        commune_map(classes=classes, units=units, texts={}, selected=None, height=1, **texts)
