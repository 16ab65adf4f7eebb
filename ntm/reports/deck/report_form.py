"""What an official document wants around its text: paper, letters, national title, signature, recipients.

Decree 30/2020/NĐ-CP, appendix I: A4, margins 20-25 mm above and below, 30-35 mm left, 15-20 mm right; Times New Roman,
black; page numbers at the top from the second page on. What only the office knows is left blank to be filled in.
"""

from __future__ import annotations

from docx.document import Document as Report
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shape import InlineShape
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from ntm.i18n import Translator
from ntm.reports.deck.model import Deck
from ntm.reports.deck.plain_text import plain

FONT = "Times New Roman"
TABLE_SIZE = 11.5
_TEXT = 14
_LANGUAGES = {"vi": "vi-VN", "en": "en-GB"}


def set_up(document: Report, language: str) -> None:
    """Set paper, margins and styles."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin = section.bottom_margin = section.right_margin = Cm(2)
    section.left_margin = Cm(3)
    section.header_distance = Cm(1)
    normal = _lettered(document, "Normal", _TEXT)
    normal.element.rPr.append(_language(language))
    own = normal.paragraph_format
    own.space_before, own.space_after, own.line_spacing = Pt(0), Pt(6), 1.15
    own.widow_control = True
    first = _lettered(document, "Heading 1", _TEXT, bold=True)
    first.paragraph_format.space_before, first.paragraph_format.space_after = Pt(12), Pt(6)
    second = _lettered(document, "Heading 2", _TEXT, bold=True)
    second.paragraph_format.space_before, second.paragraph_format.space_after = Pt(8), Pt(4)
    second.paragraph_format.first_line_indent = Cm(1)
    text = _lettered(document, "Nội dung", _TEXT)
    text.paragraph_format.first_line_indent = Cm(1)
    text.paragraph_format.alignment = ALIGN.JUSTIFY
    caption = _lettered(document, "Tên bảng, hình", 13, bold=True)
    caption.paragraph_format.keep_with_next, caption.paragraph_format.space_before = True, Pt(6)
    note = _lettered(document, "Ghi chú", 11, italic=True)
    note.paragraph_format.space_before = Pt(3)
    for name, size in (("Bảng", TABLE_SIZE), ("Hình", _TEXT), ("Nguồn", 10), ("Thể thức", 13)):
        style = _lettered(document, name, size)
        style.paragraph_format.line_spacing = 1
        style.paragraph_format.space_after = Pt(4 if name in ("Nguồn", "Hình") else 0)


def write(document: Report, text: str, source: str = "", style: str = "Nội dung") -> Paragraph:
    """Add a paragraph, with the number of its source raised at its end."""
    paragraph = document.add_paragraph(text, style)
    if source:
        paragraph.add_run(source).font.superscript = True
    return paragraph


def number_pages(section: Section) -> None:
    """Number the pages in the middle of the top margin, but for the first."""
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = ALIGN.CENTER
    for kind, words in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = words
        run._r.append(part)


def head(document: Report, deck: Deck, t: Translator) -> None:
    """Write what stands above the text: in Vietnamese the national title, number, place and date; then the title."""
    title = plain(deck.title)
    if deck.language != "vi":
        _line(document.add_paragraph(), title, 16, bold=True)
        _line(document.add_paragraph(), plain(deck.subtitle), _TEXT)
        _state(document, deck, t)
        return
    left, right = _two_columns(document, 6.2, 9.8)
    _line(left.paragraphs[0], t("deck.docx.office"), 12)
    _line(left.add_paragraph(), plain(deck.place).upper(), 12, bold=True)
    _rule(left, 2.2)
    _line(left.add_paragraph(), t("deck.docx.number"), 13)
    _line(right.paragraphs[0], t("deck.docx.nation"), 12, bold=True)
    _line(right.add_paragraph(), t("deck.docx.motto"), 13, bold=True)
    _rule(right, 5.2)
    _line(right.add_paragraph(), t("deck.docx.place_and_date"), 13, italic=True)
    name = _line(document.add_paragraph(), t("deck.docx.kind"), _TEXT, bold=True)
    name.paragraph_format.space_before = Pt(18)
    _line(document.add_paragraph(), title, _TEXT, bold=True)
    _line(document.add_paragraph(), plain(deck.subtitle), _TEXT, bold=True)
    _rule(document, 4)
    _state(document, deck, t)


def _state(document: Report, deck: Deck, t: Translator) -> None:
    """Write of which day the figures are, and whether they are illustrative: a skeleton must not pass for a report."""
    said = [t("frame.as_of", day=t.format.day(deck.as_of))] + [t("frame.illustrative")] * deck.is_illustrative
    _line(document.add_paragraph(), f"({'. '.join(said)})", 13, italic=True).paragraph_format.space_after = Pt(8)


def close(document: Report, deck: Deck, t: Translator) -> None:
    """Write recipients and the place of the signature; they stay together."""
    document.add_paragraph(style="Thể thức")
    for paragraph in document.paragraphs[-4:]:
        paragraph.paragraph_format.keep_with_next = True
    left, right = _two_columns(document, 7.6, 8.4)
    first = left.paragraphs[0]
    _line(first, t("deck.docx.recipients"), 12, bold=True, italic=True).alignment = ALIGN.LEFT
    for line in t("deck.docx.recipients_list").split("\n"):
        _line(left.add_paragraph(), line, 11).alignment = ALIGN.LEFT
    _line(right.paragraphs[0], t("deck.docx.on_behalf"), 14, bold=True)
    _line(right.add_paragraph(), t("deck.docx.post"), 14, bold=True)
    for _ in range(4):
        _line(right.add_paragraph(), "", 14)
    _line(right.add_paragraph(), t("deck.docx.signed_by"), 14, bold=True)


def describe(shape: InlineShape, words: str) -> None:
    """Give a picture its words for those who do not see it."""
    shape._inline.docPr.set("descr", words)


def _two_columns(document: Report, left: float, right: float) -> tuple[_Cell, _Cell]:
    table = document.add_table(1, 2)
    table.autofit = False
    row = table.rows[0]
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for cell, width in zip(row.cells, (left, right), strict=True):
        cell.width = Cm(width)
    for column, width in zip(table.columns, (left, right), strict=True):
        column.width = Cm(width)
    return row.cells[0], row.cells[1]


def _line(paragraph: Paragraph, words: str, size: float, *, bold: bool = False, italic: bool = False) -> Paragraph:
    paragraph.style = "Thể thức"
    paragraph.alignment = ALIGN.CENTER
    run = paragraph.add_run(words)
    run.font.size, run.bold, run.italic = Pt(size), bold or None, italic or None
    return paragraph


def _rule(place: Report | _Cell, width: float) -> None:
    """Draw the line under a name: the upper edge of an empty paragraph, as long as the decree wants."""
    paragraph = place.add_paragraph(style="Thể thức")
    inner = 16.0
    if isinstance(place, _Cell) and place.width is not None:
        inner = place.width.cm - 0.4
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Cm((inner - width) / 2)
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.line_spacing = Pt(3), Pt(7)
    borders, top = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _lettered(document: Report, name: str, size: float, *, bold: bool = False, italic: bool = False) -> ParagraphStyle:
    known = name in [style.name for style in document.styles]
    style = document.styles[name] if known else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    if not isinstance(style, ParagraphStyle):
        raise TypeError(name)
    if not known:
        style.base_style = document.styles["Normal"]
    font = style.font
    font.name, font.size, font.bold, font.italic = FONT, Pt(size), bold, italic
    font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)
    return style


def _language(language: str) -> BaseOxmlElement:
    lang = OxmlElement("w:lang")
    lang.set(qn("w:val"), _LANGUAGES[language])
    return lang
