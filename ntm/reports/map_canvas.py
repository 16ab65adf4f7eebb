"""A page of paper or a slide to draw on: text in a fixed unit of length, whatever the resolution.

The unit is 1/1080 of the page's height, so a layout is written once for the projector and for paper.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, fontManager
from matplotlib.patches import FancyArrowPatch, Rectangle
from matplotlib.patheffects import withStroke

HEIGHT = 1080
INK, MUTED, PAPER = "#0E1814", "#46545E", "#FFFFFF"
_FONTS = Path(__file__).parent / "fonts"
_SPACE = 0.28
"""Width of a space, in heights of the letters: a little more than the font's own."""
_LINE = 1.32
"""Distance of lines of text, in heights of their letters."""


@dataclass(frozen=True)
class PageSize:
    """A page in pixels; `dpi` is written into the picture, so that it prints at its size."""

    width: int
    height: int
    dpi: int


class _Canvas(FigureCanvasAgg):
    """Draws when it is saved: geopandas asks for a drawing after each of its layers."""

    def draw_idle(self, *_: Any, **__: Any) -> None:
        return


class Page:
    """A matplotlib figure of its own (no pyplot, so any thread may draw) with the origin at the top left."""

    def __init__(self, size: PageSize) -> None:
        self.size = size
        self.width = HEIGHT * size.width / size.height
        self.figure = Figure(figsize=(size.width / size.dpi, size.height / size.dpi), dpi=size.dpi, facecolor=PAPER)
        self._renderer = _Canvas(self.figure).get_renderer()
        self._widths: dict[tuple[str, float, bool], float] = {}
        self.pixels = size.height / HEIGHT

    def points(self, length: float) -> float:
        """Return a length in typographic points, which matplotlib measures text and lines in."""
        return length * self.pixels * 72 / self.size.dpi

    def axes(self, left: float, top: float, width: float, height: float, zorder: float = 0) -> Axes:
        """Return bare axes in a box of the page; what is drawn in them keeps its shape."""
        box = (left / self.width, 1 - (top + height) / HEIGHT, width / self.width, height / HEIGHT)
        axes: Axes = self.figure.add_axes(box, zorder=zorder)
        axes.set_axis_off()
        return axes

    def text(self, x: float, y: float, words: str, size: float, **look: Any) -> None:
        """Write one line with its top at y."""
        place = (x / self.width, 1 - y / HEIGHT)
        self.figure.text(
            *place, words, **{"va": "top", "color": INK, **self.font(size, look.pop("bold", False)), **look}
        )

    def paragraph(self, x: float, y: float, words: str, size: float, width: float, **look: Any) -> float:
        """Write text in lines of at most a width and return where the next text may begin."""
        for line in self.wrap(words, size, width, look.get("bold", False)):
            self.text(x, y, line, size, **look)
            y += size * _LINE
        return y

    def wrap(self, words: str, size: float, width: float, bold: bool = False) -> list[str]:
        """Return text in lines of at most a width, broken between words."""
        lines: list[str] = []
        for word in words.split():
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self.measure(longer, size, bold) <= width:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines

    def measure(self, words: str, size: float, bold: bool = False) -> float:
        """Return the width of a line of text, as the sum of its words and spaces."""
        parts = words.split(" ")
        return sum(self._width(part, size, bold) for part in parts) + _SPACE * size * (len(parts) - 1)

    def _width(self, word: str, size: float, bold: bool) -> float:
        known = (word, size, bold)
        if known not in self._widths:
            look = self.font(size, bold)
            face = FontProperties(family=look["family"], weight=look["weight"], size=look["fontsize"])
            width, _, _ = self._renderer.get_text_width_height_descent(word, face, ismath=False)
            self._widths[known] = float(width / self.pixels)
        return self._widths[known]

    def font(self, size: float, bold: bool = False) -> dict[str, Any]:
        """Return what makes a matplotlib text ours; a dollar sign is no formula."""
        add_fonts()
        family = ["Be Vietnam Pro", "DejaVu Sans"]
        return {"family": family, "weight": 700 if bold else 400, "fontsize": self.points(size), "parse_math": False}

    def halo(self, width: float) -> list[withStroke]:
        """Return the white rim that keeps a name legible on any colour."""
        return [withStroke(linewidth=self.points(width), foreground=PAPER, alpha=0.85)]

    def box(self, x: float, y: float, width: float, height: float, **look: Any) -> None:
        """Draw a rectangle with its top left corner at x, y."""
        place = (x / self.width, 1 - (y + height) / HEIGHT)
        size = (width / self.width, height / HEIGHT)
        self.figure.add_artist(Rectangle(place, *size, transform=self.figure.transFigure, **look))

    def arrow(self, x: float, tail: float, head: float) -> None:
        """Draw an upright arrow."""
        places = [(x / self.width, 1 - y / HEIGHT) for y in (tail, head)]
        look: dict[str, Any] = {
            "arrowstyle": "-|>",
            "mutation_scale": self.points(30),
            "color": INK,
            "linewidth": self.points(2.5),
        }
        self.figure.add_artist(FancyArrowPatch(*places, transform=self.figure.transFigure, **look))

    def png(self, about: Sequence[tuple[str, str]]) -> bytes:
        """Return the page as PNG, with texts about it in the file."""
        content = io.BytesIO()
        self.figure.savefig(content, format="png", dpi=self.size.dpi, metadata=dict(about))
        return content.getvalue()


@cache
def add_fonts() -> None:
    """Make the fonts that are shipped known to matplotlib."""
    for path in sorted(_FONTS.glob("*.ttf")):
        fontManager.addfont(path)


def composed(words: str) -> str:
    """Return text with each letter and its marks as one character: matplotlib does not put marks onto letters."""
    return unicodedata.normalize("NFC", words)


def is_light(color: str) -> bool:
    """Tell whether dark letters stand out more from a colour than white ones (WCAG 2.2, relative luminance)."""
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(color))
    return bool((0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05) ** 2 > 1.05 * 0.05)
