"""The handout: all of a deck on paper, in one font, with nothing of it alive."""

from __future__ import annotations

import io
import re
import unicodedata
from dataclasses import replace

import pytest
from pypdf import PdfReader

from ntm.i18n import translator
from ntm.reports.deck.handout import handout
from ntm.reports.deck.model import Deck
from ntm.reports.deck.paper import text_of
from ntm.reports.deck.plain_text import plain
from tests import decks

VI, EN = translator("vi"), translator("en")
A4 = (595, 842)


@pytest.fixture(scope="module")
def made() -> bytes:
    return handout(decks.deck(), VI)


@pytest.fixture(scope="module")
def hostile() -> bytes:
    return handout(decks.hostile_deck(), VI)


def pages(content: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]


def letters(text: str) -> str:
    return re.sub(r"[\s\u200b\u2060]", "", unicodedata.normalize("NFC", text))


def told(content: bytes) -> str:
    return letters("".join(pages(content)))


def test_titles_sentences_and_figures_of_every_slide_are_there(made: bytes) -> None:
    said = told(made)
    for slide in decks.deck().slides:
        parts = [slide.title, slide.missing, *(sentence.text for sentence in slide.sentences)]
        if slide.table:
            parts += [text_of(item) for row in slide.table.rows for item in row]
        assert [part for part in parts if letters(part) not in said] == []
    assert {text for text in decks.numbers(decks.deck()) if text not in said} == set()


def test_each_page_names_place_day_snapshot_and_its_number(made: bytes) -> None:
    found = pages(made)
    for number, text in enumerate(found, 1):
        for part in ("Tỉnh Hậu Giang", "31/12/2022", VI("frame.illustrative"), "ntm-20230105T021500Z"):
            assert letters(part) in letters(text), number
        assert f"Trang{number}/{len(found)}" in letters(text)


def test_real_figures_bear_no_mark_of_illustration() -> None:
    slides = (decks.bar_slide(),)
    assert letters(VI("frame.illustrative")) not in told(handout(decks.deck(slides, is_illustrative=False), VI))


def test_every_figure_leads_to_definition_and_cells(made: bytes) -> None:
    said = told(made)
    assert letters("[1]Định nghĩa của results.ntm; Định nghĩa của results.n") in said
    assert letters("2022/TC_Huyện Vị Thuỷ_12.xlsx › Biểu 01 › E7:E46") in said


def test_letters_are_be_vietnam_pro_and_nothing_else(made: bytes, hostile: bytes) -> None:
    for content in (made, hostile):
        names = {name.split(b"+")[-1] for name in re.findall(rb"/FontName\s*/([^\s/]+)", content)}
        assert names == {b"BeVietnamPro-Regular", b"BeVietnamPro-Bold"}


def test_the_same_deck_gives_the_same_bytes(made: bytes) -> None:
    assert handout(decks.deck(), VI) == made


def test_pages_are_a4_upright_but_for_those_of_maps(made: bytes) -> None:
    sizes = [tuple(round(float(side)) for side in page.mediabox[2:]) for page in PdfReader(io.BytesIO(made)).pages]
    assert sizes.count(A4[::-1]) == 1
    assert set(sizes) == {A4, A4[::-1]}


def test_no_page_is_blank(made: bytes, hostile: bytes) -> None:
    for content in (made, hostile, handout(decks.long_deck(), VI)):
        assert all(len(letters(text)) > 100 for text in pages(content))


def test_a_table_that_goes_on_is_whole_and_has_its_head_on_each_page() -> None:
    first = decks.table_slide()
    assert first.table
    more = [
        replace(
            first, key=f"{first.key}_{at}", title="(tiếp)", sentences=(), table=replace(first.table, key=f"more_{at}")
        )
        for at in range(2, 9)
    ]
    found = pages(handout(decks.deck((first, *more)), VI))
    assert "(tiếp)" not in "".join(found)
    with_rows = [text for text in found if "Huyện Phụng Hiệp" in text]
    assert len(with_rows) > 1
    assert all("Đạt chuẩn NTM" in text for text in with_rows)


def test_hostile_text_is_printed_as_it_stands(hostile: bytes) -> None:
    said = told(hostile)
    for text in (decks.FORMULA, decks.MARKUP, decks.TYPST, decks.DECOMPOSED, decks.LONG_WORD):
        assert letters(plain(text)) in said
    assert "root:" not in said
    reader = PdfReader(io.BytesIO(hostile))
    assert not any(page.get("/Annots") for page in reader.pages)
    assert b"/OpenAction" not in hostile


def test_a_letter_that_the_font_lacks_is_seen_to_be_missing(hostile: bytes) -> None:
    assert letters("Xã gnort ? tên đảo") in told(hostile)


def test_long_words_and_texts_stay_on_the_page() -> None:
    edges: list[float] = []
    for page in PdfReader(io.BytesIO(handout(decks.long_deck(), VI))).pages:

        def at(text: str, *where: object) -> None:
            current, matrix = where[0], where[1]
            if text.strip():
                edges.append(float(current[4]) + float(matrix[4]) * float(current[0]))  # type: ignore[index]

        page.extract_text(visitor_text=at)
    assert edges
    assert max(edges) < A4[0] - 50


def test_english_decks_have_english_words() -> None:
    deck: Deck = decks.deck((decks.bar_slide(),), language="en")
    assert "Page1/1" in told(handout(deck, EN)) or "Page1/2" in told(handout(deck, EN))
