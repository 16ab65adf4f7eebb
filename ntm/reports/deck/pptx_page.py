"""What stands on each slide of the file: title, footer with date and source, number, notes."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from typing import Any

from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.util import Pt

from ntm.i18n import Translator
from ntm.reports.deck.pptx_template import MUTED, Stage
from ntm.reports.deck.pptx_text import INSET, SMALL, Box, fitting_size, measure, shortened, write

_TITLE_SIZES = (26, 24, 22, 20)
_COVER_SIZES = (40, 36, 32, 28, 24)
_LEAST_COVER = 32
"""A title of the first slide stands in one line where it can in this size."""
_FOOTER_SIZES = (12, 11, 10)
_LEAST_FOOTER = 0.5
"""Part of the slide's width that a footer needs for date and source."""


def add_slide(stage: Stage, layout: Any) -> Any:
    """Return a new slide of a layout."""
    return stage.presentation.slides.add_slide(layout)


def place_of(shape: Any) -> Box:
    """Return where a placeholder stands; it has the place of its layout or master."""
    return Box(shape.left.pt, shape.top.pt, shape.width.pt, shape.height.pt)


def body_of(slide: Any) -> Any | None:
    """Return the placeholder of a slide's content or subtitle."""
    wanted = {PP_PLACEHOLDER.OBJECT, PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.SUBTITLE}
    return next((shape for shape in slide.placeholders if shape.placeholder_format.type in wanted), None)


def content_box(stage: Stage) -> Box:
    """Return where the content of a slide stands: the content placeholder of the layout."""
    shape = next(
        shape
        for shape in stage.content_layout.placeholders
        if shape.placeholder_format.type in {PP_PLACEHOLDER.OBJECT, PP_PLACEHOLDER.BODY}
    )
    return place_of(shape)


def entitle(slide: Any, title: str, t: Translator, *, is_cover: bool = False) -> bool:
    """Write a title in the size that fits and return whether all of it stands there; else it ends in '…'."""
    shape = slide.shapes.title
    box = place_of(shape)
    sizes = _COVER_SIZES if is_cover else _TITLE_SIZES
    in_one_line = [
        one for one in sizes if one >= _LEAST_COVER and measure(title, one, bold=True) <= box.width - 2 * INSET
    ]
    size = in_one_line[0] if is_cover and in_one_line else fitting_size([title], box, sizes, bold=True)
    shown = title
    if size is None:
        size = sizes[-1]
        lines = max(int((box.height - INSET) / (size * 1.2)), 1)
        shown = shortened(title, size, box.width - 2 * INSET, lines, bold=True)
    write(shape.text_frame, [shown], size, bold=True, language=t.language)
    return shown == title


def mark_section(slide: Any, stage: Stage, words: str, t: Translator) -> None:
    """Write the section's name above the title, where our own look has room for it."""
    if not words or not stage.is_own:
        return
    title = place_of(slide.shapes.title)
    made = slide.shapes.add_textbox(*Box(title.left, 15, title.width, 22).emu())
    made.text_frame.margin_top = made.text_frame.margin_bottom = Pt(1)
    shown = shortened(words, SMALL, title.width - 2 * INSET, 1)
    write(made.text_frame, [shown], SMALL, color=MUTED, language=t.language)


def foot(slide: Any, stage: Stage, parts: Iterable[str], t: Translator) -> None:
    """Write footer and slide number into the layout's places for them, or where such places usually are."""
    number = _copied(slide, PP_PLACEHOLDER.SLIDE_NUMBER)
    content = content_box(stage)
    if number is None:
        number = slide.shapes.add_textbox(*Box(stage.width - 80, stage.height - 34, 60, 24).emu())
        _number_field(number)
    footer = _copied(slide, PP_PLACEHOLDER.FOOTER)
    at = place_of(number)
    if footer is None:
        footer = slide.shapes.add_textbox(*Box(content.left, at.top, content.width - at.width - 6, 24).emu())
    else:
        _widen(footer, at, content, stage)
    box = place_of(footer)
    words = " · ".join(parts)
    size = fitting_size([words], Box(0, 0, box.width, max(box.height, 24)), _FOOTER_SIZES)
    if size is None:
        size = _FOOTER_SIZES[-1]
        words = shortened(words, size, box.width - 2 * INSET, max(int(max(box.height, 24) / (size * 1.2)), 1))
    write(footer.text_frame, [words], size, language=t.language, color=MUTED if stage.is_own else "")


def _copied(slide: Any, kind: Any) -> Any | None:
    """Return the slide's copy of a placeholder of its layout, which python-pptx does not make by itself."""
    found = next((one for one in slide.slide_layout.placeholders if one.placeholder_format.type == kind), None)
    if found is None:
        return None
    element = copy.deepcopy(found.element)
    ids = [int(number) for number in slide.shapes._spTree.xpath("//p:cNvPr/@id")]
    element.nvSpPr.cNvPr.set("id", str(max(ids, default=1) + 1))
    slide.shapes._spTree.append(element)
    return next(one for one in slide.placeholders if one.element is element)


def _widen(footer: Any, number: Box, content: Box, stage: Stage) -> None:
    """Give a narrow footer the room beside the slide's number: the date of a layout is not printed."""
    box = place_of(footer)
    if box.width >= stage.width * _LEAST_FOOTER:
        return
    if number.left > box.left:
        left, right = min(content.left, box.left), number.left - 6
    else:
        left, right = number.left + number.width + 6, max(content.left + content.width, box.left + box.width)
    footer.left, footer.top, footer.width, footer.height = Box(left, box.top, right - left, box.height).emu()


def _number_field(shape: Any) -> None:
    write(shape.text_frame, [""], 12)
    paragraph = shape.text_frame.paragraphs[0]._p
    for run in paragraph.xpath("a:r"):
        paragraph.remove(run)
    space = paragraph.nsmap["a"]
    field = paragraph.makeelement(
        f"{{{space}}}fld", {"id": "{C1FF6DA9-008F-4B48-92A6-B652298478BF}", "type": "slidenum"}
    )
    text = field.makeelement(f"{{{space}}}t")
    text.text = "‹#›"
    field.append(text)
    paragraph.append(field)


def describe(shape: Any, words: str) -> None:
    """Set what a screen reader says of a chart, table or picture."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", words)


def annotate(slide: Any, text: str) -> None:
    """Write the speaker's notes."""
    slide.notes_slide.notes_text_frame.text = text
