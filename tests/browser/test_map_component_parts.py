"""The parts of the map component in a real browser: legend, months, maps that move together, focus, walk by keys."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.component import (
    MET,
    UNMET,
    alpha,
    cell,
    click,
    colours,
    hits,
    hover,
    opened,
    paint,
    switch,
    view,
)

pytestmark = pytest.mark.browser

JANUARY, FEBRUARY, MARCH = "2022-01-31", "2022-02-28", "2022-03-31"
FAINT = 60
"""Most opacity, of 255, of a unit that is faded."""


def entry(page: Page, name: str) -> Locator:
    return page.locator(".legend").get_by_role("button", name=name)


def drag(root: Locator, by: int) -> None:
    box = root.locator(".view").bounding_box()
    assert box
    mouse, x, y = root.page.mouse, box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    mouse.move(x, y)
    mouse.down()
    mouse.move(x + by / 2, y + by, steps=3)
    mouse.move(x + by, y + by, steps=3)
    mouse.up()


def test_a_legend_entry_shows_its_class_alone_and_again_all(component_page: Page) -> None:
    page = component_page
    root = opened(page)
    met, unknown = cell(root, 0, 0), cell(root, 2, 1)
    before = paint(root)
    entry(page, "Chưa rõ").click()
    expect(entry(page, "Chưa rõ")).to_have_attribute("aria-pressed", "true")
    expect(root).to_have_attribute("data-only", "unknown")
    expect(root).not_to_have_attribute("data-paint", before)
    expect(root.locator(".says")).to_have_text("Chỉ hiện: Chưa rõ")
    assert 0 < alpha(root, met) < FAINT
    assert alpha(root, unknown) == 255
    expect(entry(page, "Đạt 1.234")).to_have_attribute("aria-pressed", "false")
    before = paint(root)
    entry(page, "Chưa rõ").click()
    expect(root).not_to_have_attribute("data-paint", before)
    assert alpha(root, met) == 255
    expect(page.get_by_text("in run 1").first).to_be_visible()


def test_a_legend_entry_is_pressed_by_keyboard_and_survives_a_recolour(component_page: Page) -> None:
    page = component_page
    root = opened(page)
    entry(page, "<b>Chưa đạt</b>").press("Space")
    expect(root).to_have_attribute("data-only", "unmet")
    before = paint(root)
    switch(page, "recolour")
    expect(page.get_by_text("in run 2").first).to_be_visible()
    expect(root).not_to_have_attribute("data-paint", before)
    expect(root).to_have_attribute("data-only", "unmet")
    assert colours(root, cell(root, 1, 1)) == {UNMET}
    assert alpha(root, cell(root, 1, 1)) == 255
    switch(page, "layer")
    expect(root).to_have_attribute("data-only", "")
    expect(page.locator(".legend [aria-pressed=true]")).to_have_count(0)


def test_the_slider_recolours_at_once_and_is_left_in_one_rerun(component_page: Page) -> None:
    page = component_page
    root = opened(page, "/?frames")
    before = hits(page)
    slider = page.get_by_role("slider", name="Tháng trên bản đồ")
    expect(slider).to_have_attribute("aria-valuetext", "03/2022")
    expect(root.locator(".month")).to_be_hidden()
    drawn = paint(root)
    slider.press("ArrowLeft")
    expect(root).to_have_attribute("data-frame", FEBRUARY)
    expect(slider).to_have_attribute("aria-valuetext", "02/2022")
    expect(root.locator(".month")).to_have_text("02/2022")
    expect(root).not_to_have_attribute("data-paint", drawn)
    assert colours(root, cell(root, 0, 0)) == {UNMET}
    expect(page.locator(".legend b")).to_have_text(["3", "8", "0"])
    expect(page.get_by_text(f"month {FEBRUARY} in run 2")).to_be_visible()
    # Moved there and back in one moment, as fast as no test presses keys: one rerun, with the last month.
    slider.evaluate("""slider => [2, 1, 0].forEach(value => {
        slider.value = value;
        ["input", "change"].forEach(name => slider.dispatchEvent(new Event(name)));
    })""")
    expect(page.get_by_text(f"month {JANUARY} in run 3")).to_be_visible()
    expect(root.locator(".month")).to_be_hidden()
    expect(root).to_have_attribute("data-frame", JANUARY)
    assert hits(page) == before


def test_play_walks_the_months_and_the_page_follows_where_it_is_stopped(component_page: Page) -> None:
    page = component_page
    root = opened(page, "/?frames")
    expect(root).to_have_attribute("data-playing", "false")
    page.get_by_role("button", name="Chạy theo tháng").click()
    for month in (JANUARY, FEBRUARY):
        expect(root).to_have_attribute("data-frame", month)
    page.get_by_role("button", name="Dừng").press("Space")
    expect(root).to_have_attribute("data-playing", "false")
    expect(page.get_by_text(f"month {FEBRUARY} in run 2")).to_be_visible()
    page.get_by_role("slider").press("Space")
    expect(root).to_have_attribute("data-playing", "true")
    expect(root).to_have_attribute("data-frame", MARCH)
    expect(root).to_have_attribute("data-playing", "false")
    expect(page.get_by_text(f"month {MARCH} in run 3")).to_be_visible()
    assert colours(root, cell(root, 0, 0)) == {MET}


def test_in_another_month_the_tooltip_tells_what_its_class_tells(component_page: Page) -> None:
    page = component_page
    root = opened(page, "/?frames")
    hover(root, cell(root, 0, 0))
    expect(root.locator(".tooltip > :not(strong)")).to_have_text(["Đạt chuẩn"])
    page.get_by_role("button", name="Chạy theo tháng").press("Enter")
    expect(root).to_have_attribute("data-frame", JANUARY)
    hover(root, cell(root, 1, 0))
    expect(root.locator(".tooltip > :not(strong)")).to_have_text(["<b>Chưa đạt</b>", re.compile("0[12]/2022")])


def test_maps_of_a_group_move_together_and_outline_the_same_unit(component_page: Page) -> None:
    page = component_page
    first = opened(page, "/?two")
    second = page.locator(".map").nth(1)
    expect(second).to_have_attribute("data-drawn", "9")
    expect(second).to_have_attribute("data-view", view(first))
    hover(first, cell(first, 1, 0))
    expect(second).to_have_attribute("data-outlined", "00002")
    whole = view(first)
    for leader, follower, act in (
        (first, second, "Phóng to"), (second, first, "Phóng to"), (second, first, "Toàn tỉnh"),
    ):  # fmt: skip
        before = view(follower)
        leader.get_by_role("button", name=act).click()
        expect(follower).not_to_have_attribute("data-view", before)
        expect(leader).to_have_attribute("data-view", view(follower))
    expect(first).to_have_attribute("data-view", whole)
    for move in (lambda: second.locator(".view").press("ArrowRight"), lambda: drag(first, by=-70)):
        before = view(first)
        move()
        expect(first).not_to_have_attribute("data-view", before)
        expect(second).not_to_have_attribute("data-view", before)
        expect(first).to_have_attribute("data-view", view(second))


def test_focus_zooms_to_its_units_and_dims_the_others_until_it_ends(component_page: Page) -> None:
    page = component_page
    root = opened(page)
    whole = view(root)
    switch(page, "focus")
    expect(root).not_to_have_attribute("data-view", whole)
    zoom, _, longitude = map(float, view(root).split())
    assert zoom > float(whole.split()[0]) + 1
    assert longitude == pytest.approx(105.05, abs=0.01)
    box = root.locator(".view").bounding_box()
    assert box
    assert alpha(root, (box["width"] / 2, box["height"] / 2)) == 255
    assert 0 < alpha(root, (box["width"] - 20, box["height"] / 2)) < 100
    focused = view(root)
    switch(page, "recolour")
    expect(page.get_by_text("in run 3").first).to_be_visible()
    expect(root).to_have_attribute("data-view", focused)
    switch(page, "focus")
    expect(root).to_have_attribute("data-view", whole)


def test_the_map_is_walked_by_keyboard(component_page: Page) -> None:
    page = component_page
    root = opened(page)
    at = root.locator(".view")
    page.get_by_role("button", name="Phóng to").focus()
    page.keyboard.press("Shift+Tab")
    expect(at).to_be_focused()
    expect(root.locator(".crosshair")).to_be_visible()
    expect(root).to_have_attribute("data-outlined", "00005")
    at.press("ArrowRight")
    at.press("ArrowRight")
    expect(root).to_have_attribute("data-outlined", "00006")
    expect(root.locator(".says")).to_have_text(re.compile("Đạt chuẩn"))
    at.press("Enter")
    expect(page.get_by_text("clicked 00006 in run 2")).to_be_visible()
    at.press("Escape")
    expect(page.get_by_text("clicked None in run 3")).to_be_visible()


def test_islands_are_one_unit_and_a_polygon_without_unit_says_so(component_page: Page) -> None:
    page = component_page
    page.set_viewport_size({"width": 600, "height": 900})  # the legend is below the map
    root = opened(page, "/?geo=islands")
    expect(root).to_have_attribute("data-drawn", "2")
    box = root.locator(".view").bounding_box()
    assert box
    middle, side = box["height"] / 2, box["width"] / 3
    for column in (0, 2):
        assert colours(root, (side * (column + 0.5), middle)) == {MET}
    hover(root, (box["width"] / 2, middle))
    expect(root.locator(".tooltip")).to_have_text("Vùng này không khớp với đơn vị nào trong danh mục.")
    click(root, (side * 2.5, middle))
    expect(page.get_by_text("clicked 00001 in run 2")).to_be_visible()
    click(root, (box["width"] / 2, middle))
    expect(page.get_by_text("clicked None in run 3")).to_be_visible()
