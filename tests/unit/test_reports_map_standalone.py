"""What the stand-alone map holds; how it behaves is tested in a browser (tests/browser/test_map_exports.py)."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import folium
import pytest

from ntm.geo.shapes import Shapes
from ntm.i18n import LANGUAGES, translator
from ntm.reports.map_standalone import OfflineMap, folium_map, standalone_html
from tests.map_sheets import FORMULA, MARKUP, one_commune, shapes, sheet

VI = translator("vi")


class Read(HTMLParser):
    """The addresses that a page names, and its elements."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.tags: list[str] = []
        self.feed(content)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href", "action")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_names_no_other_file(language: str) -> None:
    page = standalone_html(sheet(), translator(language)).decode()
    assert Read(page).addresses == []
    assert not re.search(r"cdn|jsdelivr|googleapis|unpkg", page)


def test_hostile_texts_are_no_markup() -> None:
    made = sheet(title=MARKUP, subtitle=MARKUP, source=MARKUP, notes=(MARKUP,))
    read = Read(standalone_html(made, VI).decode())
    plain = Read(standalone_html(sheet(), VI).decode())
    assert read.tags == plain.tags
    assert "b" not in set(read.tags) - set(plain.tags)


def test_the_table_twin_has_every_row_written_in_the_language() -> None:
    page = standalone_html(sheet(), VI).decode()
    assert page.count("<tr>") == 1 + len(sheet().table)
    assert "<td>30/6/2022</td>" in page
    assert "<td>95,5</td>" in page
    assert "<td>2022</td>" in page
    assert "<td>–</td>" in page
    assert FORMULA.replace('"', "&#34;") in page


def test_a_folium_map_elsewhere_keeps_its_scripts() -> None:
    assert folium.Map.default_js
    assert OfflineMap.default_js == OfflineMap.default_css == []


def test_a_notebook_shows_it_without_a_request() -> None:
    shown: str = folium_map(one_commune(), VI)._repr_html_()
    assert "srcdoc=" in shown
    assert "<script src" not in shown
    assert "cdn" not in shown


def test_no_shape_at_all_is_a_page_with_a_legend() -> None:
    drawn = shapes()
    nothing = Shapes(drawn.communes.head(0), drawn.districts.head(0), True, (), ())
    page = standalone_html(replace(sheet(), shapes=nothing), VI).decode()
    assert "Đạt từ 15 tiêu chí" in page
    assert "9 đơn vị không có hình" in page
