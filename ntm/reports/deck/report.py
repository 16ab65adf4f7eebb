"""The report of a review as DOCX, to be worked on: laid out as decree 30/2020/NĐ-CP, appendix I, wants documents to be.

Vietnamese reports carry the national title, number, place and date to be filled in, signature and recipients; English
ones, which no office issues, have title, sections and sources alone.
"""

from __future__ import annotations

import io
from datetime import datetime, time

from docx import Document
from docx.document import Document as Report
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Cm

from ntm.i18n import Translator
from ntm.reports.deck.chart_picture import chart_picture
from ntm.reports.deck.model import Chart, Deck, Sentence, Slide, Table
from ntm.reports.deck.paper import (
    Sources,
    alt_text,
    chart_caption,
    has_twin,
    sections,
    source_text,
    twin,
)
from ntm.reports.deck.plain_text import plain
from ntm.reports.deck.report_form import close, describe, head, number_pages, set_up, write
from ntm.reports.deck.report_table import add_table
from ntm.reports.map_picture import picture

_WIDTH = 16.0
"""Width of the text in centimetres: 21 less margins of 3 and 2."""
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")


def report(deck: Deck, t: Translator) -> bytes:
    """Return the deck as DOCX: sentences as paragraphs, tables of Word, pictures, maps and sources annexed."""
    document = Document()
    set_up(document, deck.language)
    core = document.core_properties
    core.title, core.author, core.subject = (plain(words) for words in (deck.title, deck.place, deck.subtitle))
    core.comments, core.last_modified_by = "", ""
    core.created = core.modified = datetime.combine(deck.as_of, time())
    number_pages(document.sections[0])
    head(document, deck, t)
    writer = _Writer(document, deck, t)
    writer.body()
    if deck.language == "vi":
        close(document, deck, t)
    writer.maps()
    writer.origins()
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


class _Writer:
    def __init__(self, document: Report, deck: Deck, t: Translator) -> None:
        self.document, self.deck, self.t = document, deck, t
        self.sources = Sources()
        self._maps: list[Slide] = []

    def body(self) -> None:
        """Write section after section: I, II, III, each slide as a numbered point under it."""
        for section, (name, slides) in enumerate(sections(self.deck)):
            title = f"{_ROMAN[section]}. {self.t(f'deck.section.{name}').upper()}"
            self.document.add_heading(title, 1)
            for point, slide in enumerate(slides, 1):
                self._slide(slide, point)

    def _slide(self, slide: Slide, point: int) -> None:
        t, document = self.t, self.document
        document.add_heading(f"{point}. {plain(slide.title)}", 2)
        for sentence in slide.sentences:
            write(document, plain(sentence.text), self._number(sentence))
        if slide.missing:
            write(document, plain(slide.missing))
        if slide.chart:
            self._chart(slide.chart)
        if slide.table:
            caption = t("deck.paper.table")
            self._table(slide.table, caption, self._number(slide.table))
        if slide.sheet:
            self._maps.append(slide)
            write(document, t("deck.docx.see_map", number=t.format.number(len(self._maps))))
        about = t("deck.paper.about", source=slide.source, day=t.format.day(slide.as_of))
        write(document, plain(about), style="Ghi chú")

    def _number(self, block: Sentence | Chart | Table) -> str:
        number = self.sources.of(block)
        return "" if number is None else f"[{number}]"

    def _chart(self, chart: Chart) -> None:
        caption = plain(chart_caption(chart, self.t))
        write(self.document, caption, self._number(chart), style="Tên bảng, hình")
        self._picture(chart_picture(chart, self.t, "png", _WIDTH), _WIDTH, alt_text(chart, self.t))
        if has_twin(chart):
            self._table(twin(chart, self.t))

    def _table(self, table: Table, caption: str = "", number: str = "") -> None:
        if caption:
            write(self.document, caption, number, style="Tên bảng, hình")
        add_table(self.document, table, _WIDTH)
        if table.note:
            write(self.document, plain(table.note), style="Ghi chú")

    def _picture(self, content: bytes, width: float, alt: str) -> None:
        paragraph = self.document.add_paragraph(style="Hình")
        describe(paragraph.add_run().add_picture(io.BytesIO(content), width=Cm(width)), alt)

    def maps(self) -> None:
        """Write each map on a page of its own, lying, as an annex."""
        for number, slide in enumerate(self._maps, 1):
            if slide.sheet is None:
                continue
            self._new_section(lies=True)
            title = self.t("deck.docx.map", number=self.t.format.number(number), title=plain(slide.title))
            self.document.add_heading(title, 1).alignment = ALIGN.CENTER
            alt = plain(f"{slide.sheet.title}. {slide.sheet.subtitle}")
            self._picture(picture(slide.sheet, self.t), 23.5, alt)

    def origins(self) -> None:
        """Write the numbered sources of the figures, the snapshot and whether figures are illustrative."""
        t = self.t
        self._new_section(lies=False)
        self.document.add_heading(t("deck.paper.sources").upper(), 1).alignment = ALIGN.CENTER
        about = [t("deck.paper.snapshot", snapshot=plain(self.deck.snapshot)) + "."]
        about.append(t("frame.as_of", day=t.format.day(self.deck.as_of)) + ".")
        if self.deck.is_illustrative:
            about.append(t("frame.illustrative") + ".")
        write(self.document, " ".join([*about, t("deck.paper.about_sources")]))
        for source in self.sources.listed:
            write(self.document, f"[{source.number}] {source_text(source, t)}", style="Nguồn")

    def _new_section(self, lies: bool) -> None:
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        long, short = Cm(29.7), Cm(21)
        section.orientation = WD_ORIENT.LANDSCAPE if lies else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = (long, short) if lies else (short, long)
        section.different_first_page_header_footer = False
