"""A deck as slides for PowerPoint: charts and tables that can be edited, sources in the notes of each slide."""

from __future__ import annotations

import io
import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from xml.sax.saxutils import quoteattr

from pptx.oxml import parse_xml

from ntm.i18n import Translator
from ntm.reports.deck import pptx_chart, pptx_map, pptx_table
from ntm.reports.deck.model import Deck, Table
from ntm.reports.deck.plain_text import plain
from ntm.reports.deck.pptx_notes import notes
from ntm.reports.deck.pptx_page import (
    add_slide,
    annotate,
    body_of,
    content_box,
    describe,
    entitle,
    foot,
    mark_section,
    place_of,
)
from ntm.reports.deck.pptx_plan import Page, pages, within
from ntm.reports.deck.pptx_template import INK, MUTED, Ratio, Stage, office_stage, office_template, own_stage
from ntm.reports.deck.pptx_text import INSET, SMALL, Box, fitting_size, height_of, write

MANY_SLIDES = 8
"""With more slides than this there is a slide of contents."""
_COVER_SIZES = (22, 20, 18)
_SECTIONS = (
    '<p:extLst xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main">'
    '<p:ext uri="{{521415D9-36F7-43E2-AB2F-B90AF26B5E84}}">'
    '<p14:sectionLst xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main">{sections}</p14:sectionLst>'
    "</p:ext></p:extLst>"
)


def pptx(deck: Deck, t: Translator, *, ratio: Ratio = "16:9", template: bytes | None = None) -> bytes:
    """Return a deck as .pptx. `template`: an office's .pptx, whose slides' size then holds instead of `ratio`.

    Without one it is the file that NTM_DECK_TEMPLATE names, if any. Raises NtmError for a template that cannot be used.
    """
    template = template or office_template()
    stage = office_stage(template) if template else own_stage(ratio)
    box = content_box(stage)
    planned = [page for slide in deck.slides for page in pages(slide, box, t)]
    contents = _contents(planned, within(box), t)
    _cover(stage, deck, t)
    for at, grid in enumerate(contents):
        _contents_slide(stage, deck, grid, within(box), t, is_continued=bool(at))
    for page in planned:
        _content_slide(stage, deck, page, t)
    _mark_sections(stage, planned, 1 + len(contents), t)
    return _saved(stage, deck)


def section_name(section: str, t: Translator) -> str:
    """Return what a section is called; a section without a name has none."""
    return t.texts.get(f"deck.section.{section}", "")


def _cover(stage: Stage, deck: Deck, t: Translator) -> None:
    slide = add_slide(stage, stage.title_layout)
    entitle(slide, plain(deck.title), t, is_cover=True)
    lines = [plain(deck.subtitle), plain(deck.place)] if deck.place not in deck.subtitle else [plain(deck.subtitle)]
    lines.append(t("frame.as_of", day=t.format.day(deck.as_of)))
    lines.append(t("deck.pptx.snapshot", snapshot=plain(deck.snapshot)))
    if deck.is_illustrative:
        lines.append(t("frame.illustrative"))
    shape = body_of(slide)
    if shape is not None:
        size = fitting_size(lines, place_of(shape), _COVER_SIZES) or _COVER_SIZES[-1]
        write(shape.text_frame, lines, size, language=t.language)
    _foot(slide, stage, deck, t)
    annotate(slide, "\n".join([plain(deck.title), *lines]))


def _foot(slide: Any, stage: Stage, deck: Deck, t: Translator, page: Page | None = None) -> None:
    """Write date and source; slides of no one source name the snapshot."""
    day, source = (page.slide.as_of, plain(page.slide.source)) if page else (deck.as_of, "")
    parts = [t("frame.as_of", day=t.format.day(day))]
    if deck.is_illustrative:
        parts.append(t("frame.illustrative"))
    parts.append(t("frame.source", source=source or t("deck.pptx.snapshot_source", snapshot=plain(deck.snapshot))))
    if page and not stage.is_own:
        parts.insert(0, section_name(page.slide.section, t))
    foot(slide, stage, [part for part in parts if part], t)


def _contents(planned: Sequence[Page], box: Box, t: Translator) -> list[pptx_table.Grid]:
    """Return the table of sections and the slides that they begin on; nothing for a short deck."""
    if len(planned) <= MANY_SLIDES:
        return []
    begins: dict[str, int] = {}
    for at, page in enumerate(planned):
        begins.setdefault(page.slide.section, at)

    def grids(before: int) -> list[pptx_table.Grid]:
        rows = tuple(
            (section_name(name, t) or plain(planned[at].slide.title), str(at + 1 + before))
            for name, at in begins.items()
        )
        table = Table("contents", (t("deck.pptx.section"), t("deck.pptx.slide")), rows)
        return [replace(grid, numeric=(False, True)) for grid in pptx_table.grids(table, box, box)]

    made = grids(2)
    return made if len(made) == 1 else grids(1 + len(made))


def _contents_slide(
    stage: Stage, deck: Deck, grid: pptx_table.Grid, box: Box, t: Translator, *, is_continued: bool
) -> None:
    slide = add_slide(stage, stage.content_layout)
    title = t("deck.pptx.contents")
    entitle(slide, t("deck.continued", title=title) if is_continued else title, t)
    _remove(body_of(slide))
    describe(pptx_table.draw(slide.shapes, grid, box, t.language), title)
    _foot(slide, stage, deck, t)


def _content_slide(stage: Stage, deck: Deck, page: Page, t: Translator) -> None:
    slide = add_slide(stage, stage.content_layout)
    title = plain(page.slide.title)
    is_whole = entitle(slide, _continued(title, t) if page.is_continued else title, t)
    mark_section(slide, stage, section_name(page.slide.section, t), t)
    body = body_of(slide)
    if page.texts and page.text_box and body is not None:
        body.left, body.top, body.width, body.height = page.text_box.emu()
        write(body.text_frame, page.texts, page.size, language=t.language)
    else:
        _remove(body)
    _draw(slide, stage, page, title, t)
    _foot(slide, stage, deck, t, page)
    annotate(slide, notes(page.slide, deck, t, _more(page, title, is_whole, t)))


def _continued(title: str, t: Translator) -> str:
    """Return the title of a slide that goes on; a section may have said so already."""
    return title if title.endswith(t("deck.continued", title="").strip()) else t("deck.continued", title=title)


def _more(page: Page, title: str, is_whole: bool, t: Translator) -> tuple[str, ...]:
    """Return what the notes say besides: what was cut on the slide, and labels that are texts."""
    said = [] if is_whole else [title]
    cut = [text.removesuffix(" …") for text in page.texts if text.endswith(" …")]
    said += [text for text in (plain(one.text) for one in page.slide.sentences) if _begins(text, cut)]
    if page.grid and page.slide.table:
        shown = {text for row in page.grid.rows for text in row}
        cut = [text.removesuffix(" …") for text in shown if text.endswith(" …")]
        whole_texts = (pptx_table.words(item) for row in page.slide.table.rows for item in row)
        said += dict.fromkeys(text for text in whole_texts if text not in shown and _begins(text, cut))
    if page.chart and page.caption.endswith("…"):
        said.append(t("deck.pptx.unknown", places="; ".join(pptx_chart.unknown_places(page.chart))))
    if page.chart and pptx_chart.has_text_labels(page.chart, t):
        said.append(t("deck.pptx.note_labels"))
    return tuple(said)


def _begins(text: str, cut: Sequence[str]) -> bool:
    """Tell whether a text is one of those that were cut; a long word was broken where it was."""
    bare = text.replace(" ", "")
    return any(bare.startswith(one.replace(" ", "")) for one in cut)


def _draw(slide: Any, stage: Stage, page: Page, title: str, t: Translator) -> None:
    box = page.visual_box
    if box is None:
        return
    bottom, ink = box.top + box.height, INK if stage.is_own else ""
    if page.chart:
        of_chart, unit = plain(page.chart.title), plain(page.chart.unit)
        key = "deck.pptx.unit" if of_chart in {title, ""} else "deck.pptx.chart_title"
        words = t(key, title=of_chart, unit=unit)
        described = pptx_chart.draw(slide.shapes, page.chart, box, t, words, ink=ink)
        describe(described, of_chart or title)
    elif page.grid:
        made = pptx_table.draw(slide.shapes, page.grid, box, t.language)
        describe(made, title)
        bottom = box.top + sum(page.grid.heights)
        if not stage.is_own:  # its letters may be wider than those measured
            bottom = max(bottom, box.top + box.height - height_of([page.caption], SMALL, box.width) - 8)
    elif page.sheet:
        describe(pptx_map.draw(slide.shapes, page.sheet, box, t, ink), plain(page.sheet.title))
    if page.caption:
        high = height_of([page.caption], SMALL, box.width - 2 * INSET)
        left = box.left - INSET if page.grid else box.left
        made = slide.shapes.add_textbox(*Box(left, bottom + 2, box.width + 2 * INSET, high + 6).emu())
        made.text_frame.margin_top = made.text_frame.margin_bottom = 0
        write(made.text_frame, [page.caption], SMALL, color=MUTED if ink else "", language=t.language)


def _remove(shape: Any | None) -> None:
    if shape is not None:
        shape.element.getparent().remove(shape.element)


def _mark_sections(stage: Stage, planned: Sequence[Page], before: int, t: Translator) -> None:
    """Group the slides by section, as PowerPoint's list of slides shows them."""
    ids = [entry.get("id") for entry in stage.presentation.slides._sldIdLst]
    groups: list[tuple[str, list[str]]] = [(t("deck.pptx.opening"), ids[:before])]
    last = ""
    for page, number in zip(planned, ids[before:], strict=True):
        if page.slide.section != last:
            last = page.slide.section
            groups.append((section_name(last, t) or plain(page.slide.title), []))
        groups[-1][1].append(number)
    whole = stage.presentation.part._element
    for old in whole.xpath("p:extLst"):
        whole.remove(old)
    listed = "".join(_section(at, name, numbers) for at, (name, numbers) in enumerate(groups))
    whole.append(parse_xml(_SECTIONS.format(sections=listed)))


def _section(at: int, name: str, numbers: Sequence[str]) -> str:
    members = "".join(f'<p14:sldId id="{number}"/>' for number in numbers)
    made = str(uuid.uuid5(uuid.NAMESPACE_OID, f"{at} {name}")).upper()
    return f'<p14:section name={quoteattr(name)} id="{{{made}}}"><p14:sldIdLst>{members}</p14:sldIdLst></p14:section>'


def _saved(stage: Stage, deck: Deck) -> bytes:
    about = stage.presentation.core_properties
    about.title, about.subject = plain(deck.title)[:255], plain(deck.subtitle)[:255]
    about.author = about.last_modified_by = about.keywords = ""
    about.comments = plain(deck.snapshot)[:255]
    about.language = deck.language
    about.created = about.modified = datetime(deck.as_of.year, deck.as_of.month, deck.as_of.day)
    content = io.BytesIO()
    stage.presentation.save(content)
    return content.getvalue()
