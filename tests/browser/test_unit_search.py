"""The search of a unit in a real browser, by mouse, keyboard and link."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.component import switch

pytestmark = pytest.mark.browser


def opened(page: Page, address: str = "/?search") -> Locator:
    page.goto(address)
    box = page.get_by_role("combobox", name="Tìm xã")
    expect(box).to_be_visible(timeout=20_000)
    return box


def options(page: Page) -> Locator:
    return page.locator(".search").get_by_role("option")


@pytest.mark.parametrize("text", ["vi tan", "vitan", "Vị Tân", "TAN VI", "xa vi tan", "vi tan vi thanh", "00001"])
def test_finds_a_name_however_it_is_typed(component_page: Page, text: str) -> None:
    box = opened(component_page)
    box.fill(text)
    expect(options(component_page).first).to_have_text("Xã Vị TânThành phố Vị Thanh")
    expect(box).to_have_attribute("aria-activedescendant", "option-0")


def test_d_with_and_without_stroke_are_one_and_homonyms_are_told_apart(component_page: Page) -> None:
    box = opened(component_page)
    box.fill("dong")
    expect(options(component_page)).to_have_text(["Xã Đông PhúHuyện Châu Thành"])
    box.fill("tân phú")
    found = options(component_page)
    expect(found).to_have_text(["Xã Tân PhúThành phố Vị Thanh", "Xã Tân PhúHuyện Vị Thủy"])
    expect(found.first).to_have_class("homonym")
    box.fill("so")
    expect(found).to_have_count(12)
    box.fill("không có đâu")
    expect(found).to_have_count(0)
    expect(component_page.get_by_text("Không tìm thấy đơn vị nào.")).to_be_visible()


def test_is_used_by_keyboard_alone(component_page: Page) -> None:
    page = component_page
    box = opened(page)
    box.focus()
    box.press_sequentially("tan phu")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(options(page)).to_have_count(2)
    box.press("ArrowDown")
    expect(options(page).nth(1)).to_have_attribute("aria-selected", "true")
    box.press("Enter")
    expect(page.get_by_text("chosen 00012 in run 2")).to_be_visible()
    expect(box).to_have_value("Xã Tân Phú")
    box.press("ArrowDown")
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("Xã Tân Phú")
    box.press("Escape")
    expect(page.get_by_text("chosen None in run 3")).to_be_visible()


def test_a_click_chooses_and_the_cross_clears(component_page: Page) -> None:
    page = component_page
    box = opened(page)
    box.fill("mai dam")
    options(page).first.click()
    expect(page.get_by_text("chosen 00003 in run 2")).to_be_visible()
    expect(page).to_have_url(re.compile("unit=00003"))
    page.get_by_role("button", name="Xoá lựa chọn").click()
    expect(page.get_by_text("chosen None in run 3")).to_be_visible()
    expect(page).not_to_have_url(re.compile("unit="))
    expect(box).to_have_value("")


def test_a_link_chooses_and_the_callers_selection_is_shown(component_page: Page) -> None:
    page = component_page
    box = opened(page, "/?search&unit=00001")
    expect(page.get_by_text("chosen 00001 in run 1")).to_be_visible()
    expect(box).to_have_value("Xã Vị Tân")
    switch(page, "pick")
    expect(page.get_by_text("chosen 00002 in run 2")).to_be_visible()
    expect(box).to_have_value("Xã Vị Bình")
    expect(page).to_have_url(re.compile("unit=00002"))


def test_a_link_to_no_unit_chooses_nothing(component_page: Page) -> None:
    opened(component_page, "/?search&unit=99999")
    expect(component_page.get_by_text("chosen None in run 1")).to_be_visible()
    expect(component_page).not_to_have_url(re.compile("unit="))
