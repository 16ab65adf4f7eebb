"""The map of a slide: a sharp picture, with its legend beside it as shapes and words that can be edited."""

from __future__ import annotations

import io
from typing import Any

from pptx.enum.dml import MSO_PATTERN
from pptx.enum.shapes import MSO_SHAPE
from pptx.util import Pt

from ntm.charts.map_layers import MapClass
from ntm.i18n import Translator
from ntm.reports.deck.plain_text import plain
from ntm.reports.deck.pptx_template import MUTED
from ntm.reports.deck.pptx_text import INSET, LINE, SMALL, Box, height_of, rgb, shortened, wrap, write
from ntm.reports.map_canvas import PAPER
from ntm.reports.map_picture import bare_picture
from ntm.reports.map_sheet import MapSheet, caveats

_PANEL = 250
_SWATCH = 24
_ROW = SMALL * LINE + 5


def draw(shapes: Any, sheet: MapSheet, box: Box, t: Translator, ink: str) -> Any:
    """Draw map and legend into a box; return the picture's shape. `ink`: as of charts."""
    panel = min(_PANEL, box.width * 0.36)
    place = Box(box.left, box.top, box.width - panel - 14, box.height)
    content = io.BytesIO(bare_picture(sheet, t, place.width, place.height))
    made = shapes.add_picture(content, *place.emu())
    _legend(shapes, sheet, Box(box.left + box.width - panel, box.top, panel, box.height), t, ink)
    return made


def _legend(shapes: Any, sheet: MapSheet, box: Box, t: Translator, ink: str) -> None:
    muted = MUTED if ink else ""
    inner = box.width - 2 * INSET
    title = shortened(plain(sheet.layer.title), SMALL, inner, 3, bold=True)
    y = _write(shapes, [title], box, 0, t, bold=True, color=ink)
    room = inner - _SWATCH - 6
    for entry in sheet.layer.classes:
        line = t("deck.pptx.class", label=plain(entry.label), count=t.format.number(entry.count))
        line = shortened(line, SMALL, room, 2)
        if y + len(wrap(line, SMALL, room)) * SMALL * LINE > box.height:
            break
        swatch = shapes.add_shape(MSO_SHAPE.RECTANGLE, *Box(box.left + INSET, box.top + y + 4, _SWATCH, SMALL).emu())
        _fill(swatch, entry)
        y = _write(shapes, [line], box, y, t, indent=_SWATCH + 6, color=ink)
    total = t("deck.pptx.class", label=t("export.units"), count=t.format.number(len(sheet.layer.units)))
    y = _write(shapes, [total], box, y, t, indent=_SWATCH + 6, color=muted)
    said = [plain(one) for one in (sheet.layer.note, *caveats(sheet, t)) if one]
    kept: list[str] = []
    for one in said:  # those that have no room stand in the notes, where all of them do
        if y + height_of([*kept, one], SMALL, inner) + 10 <= box.height:
            kept.append(one)
    if kept:
        _write(shapes, kept, box, y + 6, t, color=muted)


def _write(
    shapes: Any,
    texts: list[str],
    box: Box,
    y: float,
    t: Translator,
    *,
    indent: float = 0,
    bold: bool = False,
    color: str,
) -> float:
    """Write paragraphs into the panel at a height and return where the next may begin."""
    width = box.width - indent
    height = height_of(texts, SMALL, width - 2 * INSET, bold) + 5
    made = shapes.add_textbox(*Box(box.left + indent, box.top + y, width, height).emu())
    made.text_frame.margin_top = made.text_frame.margin_bottom = Pt(2)
    write(made.text_frame, texts, SMALL, bold=bold, color=color, language=t.language)
    return y + height


def _fill(shape: Any, entry: MapClass) -> None:
    if entry.hatched or entry.textured:
        shape.fill.patterned()
        shape.fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL if entry.hatched else MSO_PATTERN.PERCENT_20
        shape.fill.fore_color.rgb = rgb(entry.color if entry.hatched else MUTED)
        shape.fill.back_color.rgb = rgb(PAPER if entry.hatched else entry.color)
    else:
        shape.fill.solid()
        shape.fill.fore_color.rgb = rgb(entry.color)
    shape.line.color.rgb = rgb(MUTED)
    shape.line.width = Pt(0.75)
    element = shape._element
    element.remove(element.find(f"{{{element.nsmap['p']}}}style"))  # it has a shadow
