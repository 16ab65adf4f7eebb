"""The handout of a deck: PDF, A4, typeset by typst from data alone, with the fonts that are shipped and no other."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst
from matplotlib.ft2font import FT2Font

from ntm.i18n import Translator
from ntm.reports.deck.chart_picture import WIDTH, chart_picture
from ntm.reports.deck.model import Chart, Deck, Sentence, Slide, Table
from ntm.reports.deck.paper import (
    Sources,
    alt_text,
    chart_caption,
    column_widths,
    has_twin,
    is_of_figures,
    sections,
    source_text,
    text_of,
    twin,
)
from ntm.reports.deck.plain_text import plain
from ntm.reports.map_picture import picture
from ntm.reports.map_sheet import MapSheet

_TEMPLATE = Path(__file__).with_name("handout.typ")
_FONTS = Path(__file__).parents[1] / "fonts"
_LONG_WORD = re.compile(r"\S{21,}")
_PIECE = 7
"""Letters of a long word between two places where it may break: no Vietnamese syllable is longer."""
_WIDE_TABLE = 6
_LETTER = 0.0215
"""Width of a bold letter of Be Vietnam Pro for each point of its size, in centimetres."""
_MOST_WHOLE, _MOST_LETTERS = 13, 1500
"""Rows and letters of a table that stays on one page; a longer one goes on, with its head again."""


def handout(deck: Deck, t: Translator) -> bytes:
    """Return the deck as PDF: the same deck gives the same bytes. Maps stand on pages of their own, lying."""
    with TemporaryDirectory(prefix="handout-") as name:
        folder = Path(name)
        (folder / "deck.json").write_text(json.dumps(_Writer(deck, t, folder).data()), encoding="utf-8")
        (folder / "main.typ").write_bytes(_TEMPLATE.read_bytes())
        made = datetime.combine(deck.as_of, time(), UTC)
        content = typst.compile(str(folder / "main.typ"), root=name, font_paths=_fonts(), format="pdf", timestamp=made)
    return bytes(content)


@cache
def _fonts() -> typst.Fonts:
    """Return Be Vietnam Pro alone: a letter that it lacks shall not bring in a font that nobody chose."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(_FONTS)])


class _Writer:
    """Turns a deck into the data of the template, and its pictures into files beside it."""

    def __init__(self, deck: Deck, t: Translator, folder: Path) -> None:
        self.deck, self.t, self.folder = deck, t, folder
        self.sources = Sources()
        self._pictures = 0

    def data(self) -> dict[str, Any]:
        deck, t = self.deck, self.t
        made = [
            {"title": t(f"deck.section.{section}"), "slides": [self._slide(slide) for slide in slides]}
            for section, slides in sections(deck)
        ]
        day = t.format.day(deck.as_of)
        return {
            "title": _text(deck.title),
            "subtitle": _text(deck.subtitle),
            "place": _text(deck.place),
            "header": f"{_text(deck.place)} · {t('frame.as_of', day=day)}",
            "mark": t("frame.illustrative") if deck.is_illustrative else "",
            "snapshot": t("deck.paper.snapshot", snapshot=_text(deck.snapshot)),
            "language": deck.language,
            "year": deck.as_of.year,
            "month": deck.as_of.month,
            "day": deck.as_of.day,
            "texts": {
                "page": t("deck.pdf.page"),
                "sources": t("deck.paper.sources"),
                "about_sources": t("deck.paper.about_sources"),
            },
            "sections": made,
            "sources": [
                {"number": source.number, "text": _broken(source_text(source, t))} for source in self.sources.listed
            ],
        }

    def _slide(self, slide: Slide) -> dict[str, Any]:
        t = self.t
        # In the order of reading, in which their sources are numbered.
        sentences = [self._sentence(sentence) for sentence in slide.sentences]
        chart = self._chart(slide.chart) if slide.chart else None
        tables = [self._table(slide.table)] if slide.table else []
        if slide.chart and has_twin(slide.chart):
            tables.append(self._table(twin(slide.chart, t), is_twin=True))
        return {
            "title": _text(slide.title),
            "sentences": sentences,
            "missing": _text(slide.missing),
            "chart": chart,
            "tables": tables,
            "map": self._map(slide.sheet) if slide.sheet else None,
            "about": _text(t("deck.paper.about", source=slide.source, day=t.format.day(slide.as_of))),
        }

    def _sentence(self, sentence: Sentence) -> dict[str, Any]:
        return {"text": _text(sentence.text), "source": self.sources.of(sentence)}

    def _chart(self, chart: Chart) -> dict[str, Any]:
        caption = _text(chart_caption(chart, self.t))
        file = self._file(chart_picture(chart, self.t, "svg"), "svg")
        return {"caption": caption, "source": self.sources.of(chart), "file": file, "alt": alt_text(chart, self.t)}

    def _map(self, sheet: MapSheet) -> dict[str, Any]:
        return {"file": self._file(picture(sheet, self.t), "png"), "alt": plain(f"{sheet.title}. {sheet.subtitle}")}

    def _file(self, content: bytes, ending: str) -> str:
        self._pictures += 1
        name = f"picture-{self._pictures}.{ending}"
        (self.folder / name).write_bytes(content)
        return name

    def _table(self, table: Table, is_twin: bool = False) -> dict[str, Any]:
        head = [plain(words) for words in table.head]
        size = 8 if is_twin or len(head) >= _WIDE_TABLE else 9
        rows = [[text_of(item) for item in row] for row in table.rows]
        source = None if is_twin else self.sources.of(table)
        return {
            "caption": "" if source is None else self.t("deck.paper.table"),
            "source": source,
            "head": [_broken(words) for words in head],
            "rows": [[_broken(words) for words in row] for row in rows],
            "columns": column_widths([head, *rows], WIDTH, size * _LETTER),
            "right": [is_of_figures(table, at) for at in range(len(table.head))],
            "note": _text(table.note),
            "is_whole": len(rows) <= _MOST_WHOLE and sum(len(words) for row in rows for words in row) <= _MOST_LETTERS,
            "size": size,
        }


def _text(words: str) -> str:
    return _broken(plain(words))


@cache
def _letters() -> frozenset[int]:
    """Return the letters that both weights of the font have."""
    faces = [FT2Font(str(path)).get_charmap() for path in sorted(_FONTS.glob("*.ttf"))]
    return frozenset(set.intersection(*(set(face) for face in faces)) | {ord("\u200b")})


def _broken(words: str) -> str:
    """Return text with places to break in words too long for a line; a letter that the font lacks is '?'."""

    def pieces(found: re.Match[str]) -> str:
        word = found[0]
        return "\u200b".join(word[at : at + _PIECE] for at in range(0, len(word), _PIECE))

    seen = "".join(sign if ord(sign) in _letters() else "?" for sign in words)
    return _LONG_WORD.sub(pieces, seen)
