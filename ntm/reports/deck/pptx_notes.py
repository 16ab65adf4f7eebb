"""Speaker notes: every figure of a slide with what it means and the cells that it was read from."""

from __future__ import annotations

from ntm.i18n import Translator
from ntm.reports.deck.model import Deck, Figure, Slide
from ntm.reports.deck.plain_text import plain
from ntm.reports.map_sheet import caveats

MOST_CELLS = 12
"""Cells of one figure in the notes; the workbook's sheet of provenance has all."""


def notes(slide: Slide, deck: Deck, t: Translator, more: tuple[str, ...] = ()) -> str:
    """Return the notes of a slide, a line each: what to say, the figures, the source."""
    lines = [plain(note) for note in (*slide.notes, *more)]
    if slide.sheet:
        lines += [plain(line) for line in (slide.sheet.layer.note, *caveats(slide.sheet, t))]
        lines += [
            t("deck.pptx.note_class", label=plain(entry.label), count=t.format.number(entry.count))
            for entry in slide.sheet.layer.classes
        ]
    if slide.table and slide.table.note:
        lines.append(plain(slide.table.note))
    lines += [t("deck.pptx.note_edited", text=plain(one.text)) for one in slide.sentences if one.is_edited]
    figures = {figure.key: figure for figure in slide.figures()}
    if figures:
        lines += ["", t("deck.pptx.note_figures")]
        lines += [f"• {_of(figure, t)}" for figure in figures.values()]
    lines += ["", t("frame.as_of", day=t.format.day(slide.as_of)), t("frame.source", source=plain(slide.source))]
    lines.append(t("deck.pptx.snapshot", snapshot=plain(deck.snapshot)))
    if deck.is_illustrative:
        lines.append(t("frame.illustrative"))
    return "\n".join(lines).strip()


def _of(figure: Figure, t: Translator) -> str:
    said = f"{plain(figure.text)}: {plain(figure.definition).rstrip('.')}"
    if not figure.cells:
        return said
    listed = "; ".join(plain(cell) for cell in figure.cells[:MOST_CELLS])
    rest = len(figure.cells) - MOST_CELLS
    if rest > 0:
        listed = t("deck.pptx.note_more_cells", cells=listed, count=t.format.number(rest))
    return f"{said}. {t('deck.pptx.note_cells', cells=listed)}"
