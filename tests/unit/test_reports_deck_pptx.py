"""Slides for PowerPoint: what stands on them, what can be edited, and that nothing in them is alive or runs over."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pptx import Presentation
from pptx.util import Inches, Pt

from ntm.errors import NtmError
from ntm.i18n import translator
from ntm.reports.deck import pptx_template
from ntm.reports.deck.model import Deck, Series
from ntm.reports.deck.plain_text import plain
from ntm.reports.deck.pptx import pptx
from ntm.reports.deck.pptx_chart_labels import number_format
from ntm.reports.deck.pptx_notes import MOST_CELLS
from ntm.reports.deck.pptx_text import Box, fitting_size, measure, shortened, wrap
from ntm.settings import Settings
from tests import decks

VI, EN = translator("vi"), translator("en")


def opened(content: bytes) -> Any:
    return Presentation(io.BytesIO(content))


def texts(slide: Any) -> list[str]:
    """Return every text that can be seen on a slide: shapes, tables, charts' titles and labels."""
    found = []
    for shape in slide.shapes:
        if shape.has_text_frame:
            found += [paragraph.text for paragraph in shape.text_frame.paragraphs]
        if shape.has_table:
            found += [cell.text for row in shape.table.rows for cell in row.cells]
        if shape.has_chart:
            found += [node.text or "" for node in shape.chart._chartSpace.xpath(".//a:t")]
    return found


def notes(slide: Any) -> str:
    return str(slide.notes_slide.notes_text_frame.text)


def charts(made: Any) -> Iterator[tuple[Any, Any]]:
    """Yield each chart with the sheet of its workbook."""
    for slide in made.slides:
        for shape in slide.shapes:
            if shape.has_chart:
                book = openpyxl.load_workbook(io.BytesIO(shape.chart.part.chart_workbook.xlsx_part.blob))
                yield shape.chart, book["Sheet1"]


@pytest.fixture(scope="module")
def plain_deck() -> Deck:
    return decks.deck()


@pytest.fixture(scope="module")
def made(plain_deck: Deck) -> Any:
    return opened(pptx(plain_deck, VI))


@pytest.fixture(scope="module")
def hostile() -> bytes:
    return pptx(decks.hostile_deck(), VI, ratio="4:3")


def test_title_and_contents_come_first_then_the_slides_in_their_order(made: Any, plain_deck: Deck) -> None:
    titles = [slide.shapes.title.text for slide in made.slides]
    assert titles == [plain_deck.title, "Nội dung", *(slide.title for slide in plain_deck.slides)]
    cover = texts(made.slides[0])
    for words in ("Tỉnh Hậu Giang", "Số liệu đến 31/12/2022", "Số liệu minh hoạ"):
        assert words in cover
    assert any(plain_deck.snapshot in words for words in cover)


def test_contents_name_the_slide_that_each_section_begins_on(made: Any, plain_deck: Deck) -> None:
    table = next(shape.table for shape in made.slides[1].shapes if shape.has_table)
    rows = [(row.cells[0].text, int(row.cells[1].text)) for row in list(table.rows)[1:]]
    titles = [slide.shapes.title.text for slide in made.slides]
    first = {slide.section: slide.title for slide in reversed(plain_deck.slides)}
    assert {name: titles[number - 1] for name, number in rows} == {
        VI(f"deck.section.{section}"): title for section, title in first.items()
    }


def test_a_short_deck_has_no_contents() -> None:
    short = opened(pptx(decks.deck((decks.text_slide(),)), VI))
    assert [slide.shapes.title.text for slide in short.slides][1] == "Nhiệm vụ sáu tháng cuối năm"


def test_sentences_and_tables_show_every_figure_as_it_is_printed(made: Any, plain_deck: Deck) -> None:
    for slide, drawn in zip(plain_deck.slides, list(made.slides)[2:], strict=True):
        shown = " ".join(texts(drawn))
        for sentence in slide.sentences:
            assert sentence.text in shown
        for row in slide.table.rows if slide.table else ():
            for item in row:
                assert (item if isinstance(item, str) else item.text if item else "–") in texts(drawn)


def test_charts_carry_their_numbers_in_a_workbook_and_leave_the_unknown_empty(made: Any, plain_deck: Deck) -> None:
    models = [slide.chart for slide in plain_deck.slides if slide.chart]
    found = list(charts(made))
    assert len(found) == len(models) > 4
    for (_, page), model in zip(found, models, strict=True):
        rows = list(page.iter_rows(values_only=True))
        assert [row[0] for row in rows[1:]] == list(model.categories)
        for column, series in enumerate(model.series, 1):
            assert rows[0][column] == series.name
            assert [row[column] for row in rows[1:]] == [one.value if one else None for one in series.figures]


def test_what_a_chart_does_not_know_is_said_below_it(made: Any) -> None:
    assert "– chưa có số liệu: Huyện Châu Thành A." in texts(made.slides[6])
    assert "– chưa có số liệu: Năm 2022 (03/2022, 07/2022)." in texts(made.slides[9])
    assert any("Mục tiêu: 38 xã." in words for words in texts(made.slides[2]))


@pytest.mark.parametrize(
    ("values", "decimals", "expected"),
    [
        ([5], 0, "0"),
        ([1000, 2], 0, r"[>=999.5]#\.##0;0"),
        ([6259605], 0, r"[>=999999.5]#\.###\.##0;[>=999.5]#\.##0;0"),
        ([18.2], 1, None),
        ([10**9], 0, None),
        ([-2000], 0, None),
    ],
)
def test_whole_numbers_carry_vietnamese_separators_on_every_machine(
    values: list[float], decimals: int, expected: str | None
) -> None:
    assert number_format(values, decimals, VI) == expected
    assert "," not in (expected or "")


def test_labels_with_decimals_are_text_and_the_notes_say_so(made: Any) -> None:
    slide = made.slides[5]
    assert {"16,9", "17,5", "17,2", "18,2"} <= set(texts(slide))
    assert VI("deck.pptx.note_labels") in notes(slide)
    assert r"#\,##0" in str(number_format([1000], 0, EN))


def test_a_goal_is_a_line_over_columns(made: Any) -> None:
    chart = next(chart for chart, _ in charts(made) if len(chart.plots) == 2)
    assert [series.name for series in chart.plots[1].series] == ["Mục tiêu: 18,2"]


def test_every_slide_has_date_source_number_and_notes(made: Any, plain_deck: Deck) -> None:
    for at, slide in enumerate(made.slides, 1):
        assert any("Số liệu đến 31/12/2022" in words and "Nguồn: " in words for words in texts(slide)), at
        assert slide.shapes._spTree.xpath('.//a:fld[@type="slidenum"]'), at
    for slide, drawn in zip(plain_deck.slides, list(made.slides)[2:], strict=True):
        for figure in slide.figures():
            assert f"• {figure.text}: {figure.definition}" in notes(drawn)
            for cell in figure.cells[:MOST_CELLS]:
                assert str(cell) in notes(drawn)


def test_notes_say_how_many_more_cells_there_are(made: Any) -> None:
    assert "và 28 ô khác, xem phụ lục XLSX" in notes(made.slides[2])
    assert "Số liệu do Văn phòng Điều phối đối chiếu." in notes(made.slides[2])
    assert "Sửa tay: giao các huyện rà soát." in notes(made.slides[11])


def test_missing_data_are_said_in_the_body(made: Any) -> None:
    assert "Chưa có biểu nợ đọng nào đến 31/12/2022." in texts(made.slides[10])


def test_a_chart_without_any_value_and_a_table_without_rows_are_said() -> None:
    chart = decks.money_slide().chart
    table = decks.table_slide().table
    assert chart
    assert table
    empty = replace(chart, series=(Series("Nhu cầu", (None,) * 6, "#000000"),))
    slides = (replace(decks.money_slide(), chart=empty), replace(decks.table_slide(), table=replace(table, rows=())))
    shown = opened(pptx(decks.deck(slides), VI))
    assert "Nhu cầu vốn theo nguồn: chưa có số liệu." in texts(shown.slides[1])
    assert VI("deck.pptx.table_empty") in texts(shown.slides[2])
    assert not list(charts(shown))


def test_the_map_is_a_sharp_picture_with_its_legend_in_words(made: Any) -> None:
    picture = next(shape for shape in made.slides[4].shapes if shape.shape_type == 13)
    assert picture.image.size[0] / (picture.width / Inches(1)) > 180
    shown = texts(made.slides[4])
    assert {"Đạt từ 15 tiêu chí: 5", "Chưa rõ: 1"} <= set(shown)


@pytest.mark.parametrize("ratio", ["16:9", "4:3"])
def test_nothing_stands_beyond_the_slide_and_long_texts_go_on(ratio: Any) -> None:
    for deck in (decks.long_deck(), decks.deck()):
        shown = opened(pptx(deck, VI, ratio=ratio))
        assert round(shown.slide_width / shown.slide_height, 2) == {"16:9": 1.78, "4:3": 1.33}[ratio]
        for slide in shown.slides:
            for shape in slide.shapes:
                assert shape.left >= 0
                assert shape.left + shape.width <= shown.slide_width
                assert shape.top + shape.height <= shown.slide_height
    shown = opened(pptx(decks.long_deck(), VI, ratio=ratio))
    said = " ".join(words for slide in shown.slides for words in texts(slide))
    assert all(f"{at}. {decks.LONG}" in said for at in range(1, 6))
    assert any(slide.shapes.title.text.endswith("(tiếp)") for slide in shown.slides)
    assert all(decks.LONG in notes(slide) for slide in list(shown.slides)[1:3])


def test_letters_are_never_smaller_than_can_be_read() -> None:
    shown = opened(pptx(decks.long_deck(), VI, ratio="4:3"))
    for slide in shown.slides:
        body = [shape for shape in slide.placeholders if shape.placeholder_format.idx == 1]
        sizes = [run.font.size for shape in body for part in shape.text_frame.paragraphs for run in part.runs]
        assert all(size >= Pt(18) for size in sizes)
        tables = [shape.table for shape in slide.shapes if shape.has_table]
        cells = [cell for table in tables for row in table.rows for cell in row.cells]
        assert all(cell.text_frame.paragraphs[0].runs[0].font.size >= Pt(14) for cell in cells)


def test_hostile_texts_stay_text(hostile: bytes) -> None:
    shown = opened(hostile)
    said = "\n".join(words for slide in shown.slides for words in (*texts(slide), notes(slide)))
    assert decks.FORMULA in said
    assert decks.MARKUP in said
    assert "Xã Vị Tân" in said
    assert not set(said) & {"\u202e", "\x00", "\ud800", "\ufffe", "\x0b"}
    with zipfile.ZipFile(io.BytesIO(hostile)) as packed:
        relations = "".join(packed.read(name).decode() for name in packed.namelist() if name.endswith(".rels"))
        slides = "".join(packed.read(name).decode() for name in packed.namelist() if "/slides/slide" in name)
    assert "External" not in relations
    assert "hlinkClick" not in slides


def test_formulas_stay_text_in_the_workbook_of_a_chart(hostile: bytes) -> None:
    ((_, page),) = charts(opened(hostile))
    cells = [cell for row in page.iter_rows() for cell in row if cell.value is not None]
    assert {decks.FORMULA, decks.SHEET_MARKUP} <= {cell.value for cell in page["A"]}
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert not any(cell.hyperlink for cell in cells)


def office(*refused: str) -> bytes:
    """Return a template with a slide of its own and a name of its master, without the layouts named."""
    template: Any = Presentation()
    template.slide_master.name = "Mẫu của Sở"
    template.slide_width = Inches(12)
    for name in refused:
        template.slide_layouts.remove(template.slide_layouts.get_by_name(name))
    template.slides.add_slide(template.slide_layouts.get_by_name("Blank"))
    content = io.BytesIO()
    template.save(content)
    return content.getvalue()


def test_an_office_s_template_gives_master_size_and_layouts() -> None:
    deck = decks.deck((decks.bar_slide(), decks.table_slide()))
    shown = opened(pptx(deck, VI, template=office()))
    assert shown.slide_master.name == "Mẫu của Sở"
    assert shown.slide_width == Inches(12)
    assert [slide.slide_layout.name for slide in shown.slides] == ["Title Slide", *["Title and Content"] * 2]
    assert all(any("Số liệu đến 31/12/2022" in words for words in texts(slide)) for slide in shown.slides)
    assert VI("deck.section.results") in " ".join(texts(shown.slides[1]))


def test_without_a_layout_for_titles_the_other_one_serves() -> None:
    shown = opened(pptx(decks.deck((decks.text_slide(),)), VI, template=office("Title Slide")))
    assert shown.slides[0].slide_layout.name == "Title and Content"
    assert "Số liệu minh hoạ" in texts(shown.slides[0])


def test_the_setting_names_the_office_s_template(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "mau.pptx"
    monkeypatch.setattr(pptx_template, "settings", lambda: Settings(deck_template=str(path)))
    with pytest.raises(NtmError) as fault:
        pptx(decks.deck((decks.text_slide(),)), VI)
    assert "mau.pptx" in VI(fault.value.key, **fault.value.values)
    path.write_bytes(office())
    shown = opened(pptx(decks.deck((decks.text_slide(),)), VI))
    assert shown.slide_master.name == "Mẫu của Sở"


@pytest.mark.parametrize("template", [b"x", b"PK\x03\x04 not a zip", decks.FORMULA.encode()])
def test_a_broken_template_is_refused_in_words(template: bytes, plain_deck: Deck) -> None:
    with pytest.raises(NtmError) as fault:
        pptx(plain_deck, VI, template=template)
    assert fault.value.key == "deck.pptx.template_broken"
    assert ".pptx" in VI(fault.value.key, **fault.value.values)


def test_a_template_without_a_layout_for_contents_is_refused_in_words(plain_deck: Deck) -> None:
    refused = [layout.name for layout in Presentation().slide_layouts if layout.name not in {"Blank", "Title Only"}]
    with pytest.raises(NtmError) as fault:
        pptx(plain_deck, VI, template=office(*refused))
    assert fault.value.key == "deck.pptx.template_layouts"
    assert VI(fault.value.key)


def test_the_same_deck_gives_the_same_texts(made: Any, plain_deck: Deck) -> None:
    again = opened(pptx(plain_deck, VI))
    assert [texts(slide) for slide in again.slides] == [texts(slide) for slide in made.slides]
    assert [notes(slide) for slide in again.slides] == [notes(slide) for slide in made.slides]


def test_in_english_the_frame_is_english(plain_deck: Deck) -> None:
    shown = opened(pptx(replace(plain_deck, language="en"), EN))
    assert shown.slides[1].shapes.title.text == "Contents"
    assert not re.search("Nguồn|Số liệu đến", " ".join(texts(shown.slides[2])))


def test_plain_text_loses_what_cannot_be_seen_and_nothing_else() -> None:
    assert plain(decks.CONTROL) == "Xã [31mđỏ hết"
    assert plain(decks.RIGHT_TO_LEFT) == "Xã gnort ƶ tên đảo"
    assert plain("Tỷ lệ\n72,5%\t– “đạt” ₫ ≥ 15") == "Tỷ lệ 72,5% – “đạt” ₫ ≥ 15"


def test_text_is_measured_wrapped_and_cut_within_its_width() -> None:
    lines = wrap(decks.LONG, 18, 300)
    assert " ".join(lines) == decks.LONG
    assert all(measure(line, 18) <= 300 for line in (*lines, *wrap(decks.LONG_WORD, 18, 300)))
    cut = shortened(decks.LONG, 18, 300, 2)
    assert cut.endswith(" …")
    assert len(wrap(cut, 18, 300)) == 2
    assert shortened("Vị Tân", 18, 300, 2) == "Vị Tân"
    assert fitting_size([decks.LONG], Box(0, 0, 300, 60), (24, 18)) is None
    assert fitting_size(["Vị Tân"], Box(0, 0, 300, 60), (24, 18)) == 24
