"""The money page in a real browser: any amount opens to its cells in two clicks; forms, charts to take along."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, expect

from ntm.i18n import translator
from ntm.ui.sections import SECTIONS
from tests.browser.barriers import barriers
from tests.browser.serving import Served, Visitor, chromium, served, visiting

pytestmark = pytest.mark.browser

VI = translator("vi")
HEADING = re.compile(r"nguồn vốn xây dựng nông thôn mới$")
OPENS = re.compile(r"^Xem .*ô nguồn", re.IGNORECASE)
ADDRESS = "/nguon-von?month=12%2F2022&funding_section="


@pytest.fixture(scope="module")
def browser(chrome_path: str) -> Iterator[Browser]:
    with chromium(chrome_path) as started:
        yield started


@pytest.fixture(scope="module")
def dashboard(sample_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("money"), NTM_WAREHOUSE=str(sample_warehouse), NTM_BOUNDARIES="") as running:
        yield running


@pytest.fixture(scope="module")
def window(browser: Browser) -> BrowserContext:
    return browser.new_context(viewport={"width": 1400, "height": 1000}, locale="vi-VN", accept_downloads=True)


@pytest.fixture
def visitor(window: BrowserContext, dashboard: Served) -> Iterator[Visitor]:
    with visiting(window, dashboard) as opened:
        yield opened


@pytest.mark.parametrize("section", SECTIONS["funding"])
def test_every_section_is_free_of_barriers_and_opens_its_amounts_to_their_cells_in_two_clicks(
    visitor: Visitor, section: str
) -> None:
    page = visitor.open(f"{ADDRESS}{section}", HEADING)
    visitor.rest()
    assert barriers(page) == []
    buttons = page.locator("[data-testid=stMain]").get_by_role("button", name=OPENS)
    expect(buttons.nth(2)).to_be_visible()  # the two of the sentences, and the section's own
    count = buttons.count()
    for place in range(count):
        buttons.nth(place).click()
        dialog = page.get_by_role("dialog")
        expect(dialog.locator("[data-testid=stDataFrame]").first).to_be_visible()
        visitor.rest()
        table = dialog.locator("[data-testid=stDataFrame] canvas").first
        box = table.bounding_box()
        assert box
        page.mouse.click(box["x"] + 15, box["y"] + 52)  # the first row's mark; a scroller lies over the canvas
        expect(dialog.get_by_text(VI("sources.cells"))).to_be_visible()
        dialog.get_by_role("button", name=re.compile("^(Close|Đóng)$")).click()
        expect(dialog).to_have_count(0)
        visitor.rest()


def test_bieu_07_comes_down_with_its_sums(visitor: Visitor) -> None:
    page = visitor.open(f"{ADDRESS}checks", HEADING)
    with page.expect_download() as started:
        page.get_by_role("button", name=VI("forms.bieu_07")).click()
    assert started.value.suggested_filename == "bieu-07_tinh-hau-giang_2022-12.xlsx"
    sheet = load_workbook(io.BytesIO(Path(started.value.path()).read_bytes()), data_only=True)["Biểu 07"]
    amounts = {row[1].value: row[2].value for row in sheet.iter_rows()}
    assert amounts["TỔNG SỐ"] == 6_034_100


def test_a_chart_comes_down_as_a_picture_with_its_title_and_source(visitor: Visitor) -> None:
    """Twice the plot's size, with bands above and below it in which the words stand."""
    page = visitor.open(f"{ADDRESS}overview", HEADING)
    visitor.rest()
    plot = page.locator(".js-plotly-plot").first.bounding_box()
    assert plot
    camera = page.get_by_role("button", name=VI("frame.picture")).first
    with page.expect_download() as started:
        camera.click()
    assert started.value.suggested_filename.endswith(".png")
    assert re.match(r"[a-z0-9-]+_\d{4}-\d{2}-\d{2}\.png", started.value.suggested_filename)
    with Image.open(started.value.path()) as picture:
        grey = picture.convert("L")
    width, height, band = grey.width, round(2 * plot["height"]), 60
    assert width == pytest.approx(2 * plot["width"], abs=2)
    assert height + 2 * band < grey.height < height + 400
    for top in (0, grey.height - band):
        assert min(grey.crop((0, top, width, top + band)).tobytes()) < 128, "words stand above and below the plot"
