"""The slides' frame: our own look in both ratios, or the masters, layouts and theme of an office's file."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.util import Pt

from ntm.errors import NtmError
from ntm.reports.deck.pptx_text import FONT, Box, rgb
from ntm.settings import settings

Ratio = Literal["16:9", "4:3"]
SIZES: Mapping[Ratio, tuple[float, float]] = {"16:9": (960, 540), "4:3": (720, 540)}
"""Width and height in points: 13.33 and 10 inches wide, 7.5 high."""
INK, MUTED, DEEP, BRIGHT = "#0E1814", "#46545E", "#0B3C5D", "#2878B5"
_MARGIN = 36
_LARGEST = 200 * 2**20
"""Bytes of a template unpacked; more is no template."""
_TITLES = {PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE}
_CONTENTS = {PP_PLACEHOLDER.OBJECT, PP_PLACEHOLDER.BODY}
_LAST = {PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER}


@dataclass(frozen=True)
class Stage:
    """A presentation without slides and its two layouts; is_own: the look is ours, not an office's."""

    presentation: Any
    title_layout: Any
    content_layout: Any
    is_own: bool

    @property
    def width(self) -> float:
        return float(self.presentation.slide_width.pt)

    @property
    def height(self) -> float:
        return float(self.presentation.slide_height.pt)


def office_template() -> bytes | None:
    """Return the file that NTM_DECK_TEMPLATE names; None without one. Raises NtmError when it cannot be read."""
    path = settings().deck_template_file
    if path is None:
        return None
    try:
        return path.read_bytes()
    except OSError as error:
        raise NtmError("deck.pptx.template_missing", file=path.name) from error


def own_stage(ratio: Ratio) -> Stage:
    """Return our own look: Arial, a dark band above, left-aligned titles, a footer over the whole width."""
    made: Any = Presentation()
    width, height = SIZES[ratio]
    made.slide_width, made.slide_height = Pt(width), Pt(height)
    title, content = made.slide_layouts[0], made.slide_layouts[1]
    for layout in [made.slide_layouts[at] for at in range(2, len(made.slide_layouts))]:
        made.slide_layouts.remove(layout)
    _set_theme(made.slide_master)
    inner = width - 2 * _MARGIN
    places = {
        "title": Box(_MARGIN, 36, inner, 68),
        "body": Box(_MARGIN, 112, inner, 384),
        "ftr": Box(_MARGIN, 506, inner - 70, 24),
        "sldNum": Box(width - _MARGIN - 60, 506, 60, 24),
    }
    for holder in (made.slide_master, content, title):
        for shape in list(holder.placeholders):
            kind = shape.element.ph.get("type", "body")
            if kind == "dt":
                shape.element.getparent().remove(shape.element)
            elif kind in places:
                _place(shape, places[kind])
    for shape in title.placeholders:
        if shape.placeholder_format.type == PP_PLACEHOLDER.CENTER_TITLE:
            _place(shape, Box(_MARGIN + 24, 120, inner - 24, 150))
            shape.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
        elif shape.placeholder_format.type == PP_PLACEHOLDER.SUBTITLE:
            _place(shape, Box(_MARGIN + 24, 290, inner - 24, 190))
    _align(made.slide_master, title)
    _band(made.slide_master, Box(0, 0, width, 9), DEEP)
    _band(title, Box(_MARGIN, 120, 8, 360), BRIGHT)
    return Stage(made, title, content, is_own=True)


def office_stage(template: bytes) -> Stage:
    """Return an office's file without its slides, its layouts found by their placeholders.

    Raises NtmError for a file that is no .pptx, is broken, or lacks a layout of a title and a text.
    """
    made = _opened(template)
    for entry in list(made.slides._sldIdLst):
        made.part.drop_rel(entry.rId)
        made.slides._sldIdLst.remove(entry)
    whole = made.part._element
    for named in ("custShowLst", "extLst"):  # they would name slides that are gone
        for found in whole.findall(f"{{{whole.nsmap['p']}}}{named}"):
            whole.remove(found)
    layouts = [layout for master in made.slide_masters for layout in master.slide_layouts]
    content = _content_layout(layouts)
    if content is None:
        raise NtmError("deck.pptx.template_layouts")
    return Stage(made, _title_layout(layouts) or content, content, is_own=False)


def _opened(template: bytes) -> Any:
    try:
        with zipfile.ZipFile(io.BytesIO(template)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > _LARGEST:
                raise NtmError("deck.pptx.template_large", limit=str(_LARGEST // 2**20))
        return Presentation(io.BytesIO(template))
    except (zipfile.BadZipFile, SyntaxError, KeyError, ValueError, AttributeError, OSError) as error:
        raise NtmError("deck.pptx.template_broken") from error


def _content_layout(layouts: Iterable[Any]) -> Any | None:
    """Return the layout of one title and one content; of several the one with the largest content."""
    fitting = []
    for layout in layouts:
        kinds = [shape.placeholder_format.type for shape in layout.placeholders]
        rest = [kind for kind in kinds if kind not in _LAST]
        contents = [shape for shape in layout.placeholders if shape.placeholder_format.type in _CONTENTS]
        if len(rest) == 2 and len(contents) == 1 and _TITLES & set(kinds):
            shape = contents[0]
            is_object = shape.placeholder_format.type == PP_PLACEHOLDER.OBJECT
            fitting.append((is_object, (shape.width or 0) * (shape.height or 0), layout))
    return max(fitting, key=lambda found: found[:2])[2] if fitting else None


def _title_layout(layouts: Iterable[Any]) -> Any | None:
    for layout in layouts:
        kinds = {shape.placeholder_format.type for shape in layout.placeholders}
        if PP_PLACEHOLDER.SUBTITLE in kinds and _TITLES & kinds:
            return layout
    return None


def _place(shape: Any, box: Box) -> None:
    shape.left, shape.top, shape.width, shape.height = box.emu()


def _align(master: Any, title_layout: Any) -> None:
    """Align titles to the left in our colours, and the footer, which PowerPoint centres."""
    space = {"a": "http://schemas.openxmlformats.org/drawingml/2006/main"}
    for level in master.element.xpath("./p:txStyles/p:titleStyle/a:lvl1pPr"):
        level.set("algn", "l")
        style = level.find("a:defRPr", space)
        style.set("b", "1")
        style.set("sz", "2600")
        style.find("a:solidFill/a:schemeClr", space).set("val", "tx2")
    for holder in (master, title_layout):
        for shape in holder.placeholders:
            kind = shape.element.ph.get("type")
            for level in shape.element.xpath(".//a:lstStyle/a:lvl1pPr"):
                level.set("algn", "r" if kind == "sldNum" else "l")
            for tint in shape.element.xpath(".//a:lstStyle//a:tint"):
                tint.getparent().remove(tint)
            if kind == "title":
                shape.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE


def _band(holder: Any, box: Box, color: str) -> None:
    """Draw a band behind what else stands on a master or layout (which python-pptx adds no shapes to)."""
    tree = holder.shapes._spTree
    left, top, width, height = box.emu()
    made = tree.add_autoshape(9000 + len(tree), "band", "rect", left, top, width, height)
    tree.remove(made)
    tree.insert(2, made)
    shape = next(one for one in holder.shapes if one.element is made)
    shape.fill.solid()
    shape.fill.fore_color.rgb = rgb(color)
    shape.line.fill.background()
    made.remove(made.find(f"{{{made.nsmap['p']}}}style"))  # it has a shadow


def _set_theme(master: Any) -> None:
    """Set fonts and colours of the theme, so that what people add looks the same."""
    part = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    text = part.blob.decode("utf-8")
    text = re.sub(r'(<a:(?:major|minor)Font>\s*<a:latin typeface=")[^"]*', rf"\g<1>{FONT}", text)
    text = re.sub(r'(<a:font script="Viet" typeface=")[^"]*', rf"\g<1>{FONT}", text)
    colors = {"dk2": DEEP, "accent1": DEEP, "accent2": BRIGHT, "accent3": "#E69F00", "accent4": "#009E73"}
    for name, color in colors.items():
        text = re.sub(rf"(<a:{name}>).*?(</a:{name}>)", rf'\g<1><a:srgbClr val="{color[1:]}"/>\g<2>', text, flags=re.S)
    part._blob = text.encode("utf-8")
