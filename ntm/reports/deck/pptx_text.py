"""Text on slides: how wide and high it will be, which size fits, and how it is written. Lengths in points."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from PIL import ImageFont
from pptx.dml.color import RGBColor
from pptx.util import Pt

from ntm.reports.deck.plain_text import plain

FONT = "Arial"
"""On every Windows, with all Vietnamese letters."""
BODY_SIZES = (24, 22, 20, 18)
SMALL = 14
"""Least size of labels, tables and what stands below them."""
LINE = 1.2
"""Distance of lines, in heights of their letters."""
INSET = 7.2
"""What PowerPoint leaves free at the left and right of a text."""
_FONTS = Path(__file__).parents[1] / "fonts"
_LIKE_ARIAL = {False: 0.95, True: 0.98}
"""Words in Arial are narrower than in the face measured, which is always there: 19 of 20 by this, bold or not."""
_SPACE = 0.28
"""Width of Arial's space."""
_MEASURED = 100
_SURELY = 0.95
"""Part of a line that a text cut off fills at most."""


@dataclass(frozen=True)
class Box:
    """A place on a slide, in points from its upper left corner."""

    left: float
    top: float
    width: float
    height: float

    def emu(self) -> tuple[int, int, int, int]:
        """Return left, top, width and height as the file has them."""
        return Pt(self.left), Pt(self.top), Pt(self.width), Pt(self.height)

    def above(self, height: float) -> Box:
        return Box(self.left, self.top, self.width, height)

    def below(self, height: float) -> Box:
        """Return what remains below a height."""
        return Box(self.left, self.top + height, self.width, self.height - height)


@cache
def _face(bold: bool) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(_FONTS / f"be-vietnam-pro-{700 if bold else 400}.ttf"), _MEASURED)


@lru_cache(maxsize=20_000)
def _width(word: str, bold: bool) -> float:
    return _face(bold).getlength(word) / _MEASURED * _LIKE_ARIAL[bold]


def measure(text: str, size: float, bold: bool = False) -> float:
    """Return the width of one line."""
    words = text.split(" ")
    return (sum(_width(word, bold) for word in words) + _SPACE * (len(words) - 1)) * size


def wrap(text: str, size: float, width: float, bold: bool = False) -> list[str]:
    """Return text in lines of at most a width, broken between words, and within a word that is wider than a line."""
    lines: list[str] = []
    used, space = 0.0, measure(" ", size, bold)
    for word in text.split():
        for part in _parts(word, size, width, bold):
            long = measure(part, size, bold)
            if lines and used + space + long <= width:
                lines[-1] += f" {part}"
                used += space + long
            else:
                lines.append(part)
                used = long
    return lines or [""]


def _parts(word: str, size: float, width: float, bold: bool) -> list[str]:
    if measure(word, size, bold) <= width:
        return [word]
    parts = [""]
    for letter in word:
        if parts[-1] and measure(parts[-1] + letter, size, bold) > width:
            parts.append("")
        parts[-1] += letter
    return parts


def shortened(text: str, size: float, width: float, lines: int, bold: bool = False) -> str:
    """Return text that takes at most so many lines; what was cut off is shown by '…'."""
    found = wrap(text, size, width, bold)
    if len(found) <= lines:
        return text
    last = found[lines - 1].split(" ")
    while len(last) > 1 and measure(" ".join([*last, "…"]), size, bold) > width * _SURELY:
        last.pop()
    while len(last[-1]) > 1 and measure(f"{' '.join(last)} …", size, bold) > width * _SURELY:
        last[-1] = last[-1][:-1]
    return " ".join([*found[: lines - 1], *last, "…"])


def height_of(texts: Iterable[str], size: float, width: float, bold: bool = False) -> float:
    """Return the height of paragraphs with half a line between them."""
    counts = [len(wrap(text, size, width, bold)) for text in texts]
    return sum(counts) * size * LINE + max(len(counts) - 1, 0) * gap(size)


def gap(size: float) -> float:
    """Return the distance of paragraphs."""
    return size * 0.45


def fitting_size(
    texts: Sequence[str], box: Box, sizes: Sequence[float], bold: bool = False, indent: float = 0
) -> float | None:
    """Return the largest size at which paragraphs fit a box; None where none does."""
    width = box.width - 2 * INSET - indent
    return next((size for size in sizes if height_of(texts, size, width, bold) + INSET <= box.height), None)


def write(
    frame: Any, texts: Sequence[str], size: float, *, bold: bool = False, color: str = "", language: str = "vi"
) -> None:
    """Write paragraphs of one run each into a text frame of python-pptx; what stood there goes."""
    frame.clear()
    frame.word_wrap = True
    for at, text in enumerate(texts):
        paragraph = frame.paragraphs[0] if not at else frame.add_paragraph()
        paragraph.space_before, paragraph.space_after = Pt(gap(size) if at else 0), Pt(0)
        paragraph.line_spacing = 1.0
        run = paragraph.add_run()
        run.text = plain(text)
        style(run.font, size, bold=bold, color=color)
        run._r.get_or_add_rPr().set("lang", "vi-VN" if language == "vi" else "en-GB")


def style(font: Any, size: float, *, bold: bool | None = None, color: str = "") -> None:
    """Set a font's size and, where given, weight and colour ('#RRGGBB')."""
    font.size = Pt(size)
    if bold is not None:
        font.bold = bold
    if color:
        font.color.rgb = rgb(color)


def rgb(color: str) -> RGBColor:
    """Return the colour of '#RRGGBB'."""
    return RGBColor.from_string(color.lstrip("#").upper())
