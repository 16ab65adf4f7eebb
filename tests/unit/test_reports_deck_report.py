"""The report skeleton: an official document that people go on writing in, with every figure of the deck."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from docx import Document
from docx.document import Document as Report
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from ntm.i18n import translator
from ntm.reports.deck.plain_text import plain
from ntm.reports.deck.report import report
from tests import decks

VI, EN = translator("vi"), translator("en")


@pytest.fixture(scope="module")
def content() -> bytes:
    return report(decks.deck(), VI)


@pytest.fixture(scope="module")
def made(content: bytes) -> Report:
    return Document(io.BytesIO(content))


def text(document: Report) -> str:
    """Return all text in its order, paragraphs and places of tables in lines of their own."""
    return "\n".join(
        "".join(part.text or "" for part in paragraph.iter(qn("w:t")))
        for paragraph in document.element.body.iter(qn("w:p"))
    )


def test_it_opens_with_national_title_number_place_and_date_to_fill_in(made: Report) -> None:
    left, right = (cell.text for cell in made.tables[0].rows[0].cells)
    assert left.split("\n")[:2] == ["ỦY BAN NHÂN DÂN", "TỈNH HẬU GIANG"]
    assert "Số: …/BC-…" in left
    assert right.split("\n")[:2] == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    assert "…, ngày … tháng … năm …" in right
    assert [paragraph.text for paragraph in made.paragraphs[:2]] == ["BÁO CÁO", decks.deck().title]


def test_paper_and_letters_are_those_of_decree_30(made: Report) -> None:
    section = made.sections[0]
    sides = (section.page_width, section.page_height, section.top_margin, section.left_margin, section.right_margin)
    width, height, top, left, right = (round(side.mm) if side else 0 for side in sides)
    assert (width, height) == (210, 297)
    assert 20 <= top <= 25
    assert 30 <= left <= 35
    assert 15 <= right <= 20
    names = used(made)
    fonts = {style.font.name for style in made.styles if style.type == 1 and style.name in names}
    assert fonts == {"Times New Roman"}
    assert made.styles["Nội dung"].font.size.pt in (13, 14)


def used(document: Report) -> set[str]:
    return {str(paragraph.style.name) for paragraph in document.paragraphs if paragraph.style}


def headed(document: Report, style: str) -> list[str]:
    return [one.text for one in document.paragraphs if one.style and one.style.name == style]


def test_sections_are_numbered_headings(made: Report) -> None:
    heads = headed(made, "Heading 1")
    expected = [VI(f"deck.section.{name}").upper() for name in ("results", "criteria", "funding", "arrears", "tasks")]
    assert [head.split(". ", 1)[0] for head in heads[:5]] == ["I", "II", "III", "IV", "V"]
    assert [head.split(". ", 1)[1] for head in heads[:5]] == expected
    points = [
        paragraph.text for paragraph in made.paragraphs if paragraph.style and paragraph.style.name == "Heading 2"
    ]
    assert points[:2] == ["1. 37/51 xã giữ chuẩn NTM (72,5%)", "2. Kết quả của từng huyện"]


def test_sentences_and_figures_of_the_deck_are_in_it(made: Report) -> None:
    said = text(made)
    deck = decks.deck()
    assert [one.text for slide in deck.slides for one in slide.sentences if one.text not in said] == []
    assert "Chưa có biểu nợ đọng nào đến 31/12/2022." in said
    descriptions = " ".join(shape._inline.docPr.get("descr", "") for shape in made.inline_shapes)
    assert {number for number in decks.numbers(deck) if number not in said + descriptions} == set()


def test_tables_are_tables_with_a_head_that_repeats(made: Report) -> None:
    districts = next(table for table in made.tables if table.rows[0].cells[0].text == "Huyện")
    assert [cell.text for cell in districts.rows[3].cells] == ["Thị xã Long Mỹ", "6", "–", "83,3%"]
    marks = [{mark.tag for mark in row._tr.get_or_add_trPr()} for row in districts.rows]
    assert [qn("w:tblHeader") in own for own in marks] == [True] + [False] * 8
    assert all(qn("w:cantSplit") in own for own in marks)


def test_charts_and_maps_are_pictures_with_words_for_the_blind(made: Report) -> None:
    words = [shape._inline.docPr.get("descr", "") for shape in made.inline_shapes]
    assert len(words) == 7
    assert words[0].startswith("Số xã giữ từng chuẩn (đơn vị: xã). Số xã: Đạt chuẩn NTM 37, NTM nâng cao 7")
    assert all(words)


def test_maps_lie_on_pages_of_an_annex_after_the_signature(made: Report) -> None:
    assert [section.orientation for section in made.sections] == [
        WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT,
    ]  # fmt: skip
    said = text(made)
    assert VI("deck.docx.see_map", number="1") in said
    assert said.index("Nơi nhận:") < said.index("PHỤ LỤC 1.") < said.index("NGUỒN SỐ LIỆU")


def test_sources_end_the_report_and_are_referred_to(made: Report) -> None:
    said = text(made)
    listed = said[said.index("NGUỒN SỐ LIỆU") :]
    assert "2022/TC_Huyện Vị Thuỷ_12.xlsx › Biểu 01 › E7:E46" in listed
    numbers = set(re.findall(r"^\[(\d+)\]", listed, re.M))
    raised = {run.text.strip("[]") for paragraph in made.paragraphs for run in paragraph.runs if run.font.superscript}
    assert raised == numbers
    assert VI("frame.illustrative") in listed
    assert "ntm-20230105T021500Z" in listed


def test_hostile_text_is_text() -> None:
    content = report(decks.hostile_deck(), VI)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        names = package.namelist()
        body = package.read("word/document.xml").decode()
        outside = [name for name in names if name.endswith(".rels") and b'TargetMode="External"' in package.read(name)]
    assert outside == []
    assert set(re.findall(r"<w:instrText[^>]*>([^<]*)", body)) == set()
    said = text(Document(io.BytesIO(content)))
    for words in (decks.FORMULA, decks.MARKUP, decks.RIGHT_TO_LEFT, decks.CONTROL, decks.SURROGATE, decks.LONG_WORD):
        assert plain(words) in said


def test_english_reports_have_no_national_title() -> None:
    said = text(Document(io.BytesIO(report(decks.deck((decks.bar_slide(),), language="en"), EN))))
    assert "CỘNG HÒA" not in said
    assert "Nơi nhận" not in said
    assert EN("deck.section.results").upper() in said
