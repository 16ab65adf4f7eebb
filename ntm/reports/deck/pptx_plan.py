"""Which slides of a file a slide of the deck becomes: what fits stands on one, the rest goes on the next, '(tiếp)'."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ntm.i18n import Translator
from ntm.reports.deck import pptx_chart, pptx_table
from ntm.reports.deck.model import Chart, Slide, Table
from ntm.reports.deck.plain_text import plain
from ntm.reports.deck.pptx_chart_axes import goal_of
from ntm.reports.deck.pptx_table import Grid
from ntm.reports.deck.pptx_text import BODY_SIZES, INSET, SMALL, Box, fitting_size, height_of, shortened
from ntm.reports.map_sheet import MapSheet

INDENT = 20
"""Room of the bullet before a sentence."""
_GAP = 12
_ABOVE = 0.42
"""Most of the height that sentences may take above a table, chart or map."""
_BESIDE = 0.35
"""Part of the width that sentences take beside a chart, on wide slides."""
_WIDE = 1.9
_CAPTION_LINES = 2


@dataclass(frozen=True)
class Page:
    """One slide of the file: its sentences with their size and place, and what is drawn where."""

    slide: Slide
    texts: tuple[str, ...] = ()
    size: float = BODY_SIZES[-1]
    text_box: Box | None = None
    chart: Chart | None = None
    grid: Grid | None = None
    sheet: MapSheet | None = None
    visual_box: Box | None = None
    caption: str = ""
    is_continued: bool = False


def pages(slide: Slide, box: Box, t: Translator) -> list[Page]:
    """Return the slides that a slide needs within a box; at least one."""
    texts = [plain(sentence.text) for sentence in slide.sentences]
    chart = slide.chart
    if chart and not pptx_chart.has_values(chart):
        texts.append(t("deck.pptx.chart_unknown", title=plain(chart.title)))
        chart = None
    if slide.missing:
        texts.append(plain(slide.missing))
    table = slide.table if slide.table and slide.table.rows else None
    if slide.table and not table:
        texts.append(t("deck.pptx.table_empty"))
    if not (chart or table or slide.sheet):
        return _numbered(_texts(slide, texts, box))
    first = _beside(slide, texts, box, is_table=bool(table))
    made = [] if first else _texts(slide, texts, box)
    start = first or Page(slide, visual_box=box)
    if chart:
        made += _charts(start, chart, box, t)
    elif table:
        made += _tables(start, table, box)
    else:
        made.append(replace(start, sheet=slide.sheet))
    return _numbered(made)


def _numbered(made: list[Page]) -> list[Page]:
    return [replace(page, is_continued=bool(at)) for at, page in enumerate(made)]


def _texts(slide: Slide, texts: list[str], box: Box) -> list[Page]:
    """Return slides of sentences alone; one sentence that is too long for a slide is cut, and whole in the notes."""
    width = box.width - 2 * INSET - INDENT
    size = fitting_size(texts, box, BODY_SIZES, indent=INDENT)
    if size:
        return [Page(slide, tuple(texts), size, box)]
    size = BODY_SIZES[-1]
    lines = int((box.height - INSET) / (size * 1.2))
    made: list[list[str]] = [[]]
    for text in (shortened(one, size, width, lines) for one in texts):
        if made[-1] and height_of([*made[-1], text], size, width) + INSET > box.height:
            made.append([])
        made[-1].append(text)
    return [Page(slide, tuple(part), size, box) for part in made]


def _beside(slide: Slide, texts: list[str], box: Box, *, is_table: bool) -> Page | None:
    """Return the slide where sentences stand beside or above what is drawn; None where they have no room there."""
    if not texts:
        return Page(slide, visual_box=box)
    if box.width / box.height > _WIDE and not is_table and not slide.sheet:
        column = Box(box.left, box.top, box.width * _BESIDE, box.height)
        size = fitting_size(texts, column, BODY_SIZES, indent=INDENT)
        if size is None:
            return None
        rest = Box(column.left + column.width + _GAP, box.top, box.width - column.width - _GAP, box.height)
        return Page(slide, tuple(texts), size, column, visual_box=rest)
    above = box.above(box.height * _ABOVE)
    size = fitting_size(texts, above, BODY_SIZES[1:], indent=INDENT)
    if size is None:
        return None
    high = height_of(texts, size, box.width - 2 * INSET - INDENT) + INSET + 6
    return Page(slide, tuple(texts), size, box.above(high), visual_box=box.below(high + 4))


def _charts(start: Page, chart: Chart, box: Box, t: Translator) -> list[Page]:
    """Return the chart's slides: the first beside its sentences, others in the whole box."""
    place = start.visual_box or box
    caption = _caption(chart, place, t)
    parts = pptx_chart.parts(chart, _without(place, caption), t)
    if len(parts) > 1 and start.text_box:  # more room without the sentences, which then come first
        alone = pptx_chart.parts(chart, _without(box, _caption(chart, box, t)), t)
        if len(alone) < len(parts):
            return [replace(start, visual_box=None, text_box=box), *_charts(Page(start.slide), chart, box, t)]
    made = []
    for at, part in enumerate(parts):
        page = start if not at else Page(start.slide, visual_box=box)
        place = page.visual_box or box
        caption = _caption(part, place, t)
        made.append(replace(page, chart=part, visual_box=_without(place, caption), caption=caption))
    return made


def _without(box: Box, caption: str) -> Box:
    if not caption:
        return box
    return box.above(box.height - height_of([caption], SMALL, box.width - 2 * INSET) - 8)


def _caption(chart: Chart, box: Box, t: Translator) -> str:
    """Return what stands below a chart: its goal where no line shows it, and what is unknown."""
    said = []
    if chart.goal and chart.goal.value is not None and not goal_of(chart):
        name, value, unit = (plain(text) for text in (chart.goal_name, chart.goal.text, chart.unit))
        said.append(t("deck.pptx.goal_of", name=name, value=value, unit=unit))
    places = pptx_chart.unknown_places(chart)
    if places:
        said.append(t("deck.pptx.unknown", places="; ".join(places)))
    return shortened(" ".join(said), SMALL, box.width - 2 * INSET, _CAPTION_LINES) if said else ""


def _tables(start: Page, table: Table, box: Box) -> list[Page]:
    """Return the table's slides, its note below each part. One that fits on a slide of its own is not cut for words."""
    place, full = within(start.visual_box or box), within(box)
    note = shortened(plain(table.note), SMALL, full.width - 2 * INSET, _CAPTION_LINES)
    grids = pptx_table.grids(table, _without(place, note), _without(full, note))
    if len(grids) > 1 and start.texts and start.size > BODY_SIZES[-1]:
        return _tables(_smaller(start, box), table, box)
    if len(grids) > 1 and start.texts and len(pptx_table.grids(table, _without(full, note), full)) == 1:
        words = _texts(start.slide, list(start.texts), box)
        return [*words, *_tables(Page(start.slide), table, box)]
    made = []
    for at, grid in enumerate(grids):
        page = start if not at else Page(start.slide)
        made.append(replace(page, grid=grid, visual_box=full if at else place, caption=note))
    return made


def _smaller(page: Page, box: Box) -> Page:
    """Return the page with its sentences above in the least size."""
    size = BODY_SIZES[-1]
    high = height_of(page.texts, size, box.width - 2 * INSET - INDENT) + INSET + 6
    return replace(page, size=size, text_box=box.above(high), visual_box=box.below(high + 4))


def within(box: Box) -> Box:
    """Return a box whose edge is that of the words above, which stand a little within theirs."""
    return Box(box.left + INSET, box.top, box.width - 2 * INSET, box.height)
