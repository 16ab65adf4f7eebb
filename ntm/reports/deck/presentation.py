"""A deck as a page that fills the screen: slides on a wall, moved by keys or by themselves, each with date and source.

Charts are drawn by the page from their values: texts stay texts, sharp on any wall and legible on a phone. The map is
a picture; a click opens the map that stands alone in place over the slide. So full screen is not left, nobody waits,
and its figures are those of the deck, whatever has been loaded since. From there the dashboard's map page opens in a
tab of its own: Streamlit adds to a tab's history, so that going back would not lead to the slide at once.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from ntm.i18n import Translator
from ntm.reports.deck.model import Deck, Slide, Table
from ntm.reports.deck.paper import is_of_figures, text_of, twin
from ntm.reports.deck.plain_text import plain
from ntm.reports.deck.presentation_chart import drawing
from ntm.reports.map_picture import bare_picture
from ntm.reports.map_sheet import MapSheet, caveats

_MAP = (450, 300)
"""Width and height of a map in points; on the wall it is larger, its names with it."""
LOOP_MINUTES = (10, 20, 30)
SECONDS = (10, 15, 30, 60)
_WORDS = (
    "deck.presentation.by_hand",
    "deck.presentation.controls",
    "deck.presentation.end",
    "deck.presentation.full",
    "deck.presentation.goes_on",
    "deck.presentation.map",
    "deck.presentation.next",
    "deck.presentation.open_map",
    "deck.presentation.open_page",
    "deck.presentation.pause",
    "deck.presentation.play",
    "deck.presentation.previous",
    "deck.presentation.return",
    "deck.presentation.time",
)
_MOST_LETTERS_BESIDE = 330
"""More text than this leaves a chart beside it no room: then the chart stands below, or on the next slide."""


@dataclass(frozen=True)
class MapLinks:
    """Where the maps of a slide are: the one that stands alone, and the dashboard's own, of the same figures."""

    standalone: str
    page: str


def presentation(
    deck: Deck,
    t: Translator,
    *,
    seconds_per_slide: int | None,
    scripts: Mapping[str, str],
    maps: Mapping[str, MapLinks] | None = None,
    back: str = "",
) -> str:
    """Return the page. It asks for nothing but `scripts`: addresses by the names of the files in ntm/ui/static.

    seconds_per_slide: after which the next slide comes; None until somebody asks for it. maps: by the slide's key.
    back: where Escape leads. Every text is escaped; what cannot be seen is taken out of it.
    """
    ways = maps or {}
    return _template().render(
        deck=deck,
        words={key.rpartition(".")[2]: t(key) for key in _WORDS},
        clean=plain,
        as_of=t("frame.as_of", day=t.format.day(deck.as_of)),
        snapshot=t("deck.presentation.snapshot", build=plain(deck.snapshot)),
        slides=[_slide(slide, t, ways.get(slide.key)) for slide in deck.slides],
        seconds=seconds_per_slide,
        times=_times(seconds_per_slide, t),
        scripts=scripts,
        back=back,
        illustrative=t("frame.illustrative") if deck.is_illustrative else "",
    )


def _times(seconds: int | None, t: Translator) -> list[tuple[int | str, str]]:
    """Return what the time of a slide can be set to: seconds, or a loop that all slides share."""
    each = [(count, t("deck.presentation.seconds", count=count)) for count in sorted({*SECONDS, seconds or SECONDS[0]})]
    loops = [(f"loop {minutes * 60}", t("deck.presentation.loop", count=minutes)) for minutes in LOOP_MINUTES]
    return [*each, *loops]


def _slide(slide: Slide, t: Translator, links: MapLinks | None) -> dict[str, object]:
    letters = sum(len(sentence.text) for sentence in slide.sentences)
    is_beside = bool(slide.chart and slide.sentences and letters <= _MOST_LETTERS_BESIDE)
    return {
        "key": slide.key,
        "title": plain(slide.title),
        "as_of": t("frame.as_of", day=t.format.day(slide.as_of)),
        "source": t("frame.source", source=plain(slide.source)),
        "sentences": [plain(sentence.text) for sentence in slide.sentences],
        "is_beside": is_beside,
        "chart": drawing(slide.chart, t, is_beside) if slide.chart else None,
        "table": _table(slide.table) if slide.table else None,
        "twin": _table(twin(slide.chart, t)) if slide.chart else None,
        "map": _map(slide.sheet, t, links) if slide.sheet else None,
        "missing": plain(slide.missing),
    }


def _table(table: Table) -> dict[str, object]:
    return {
        "head": [plain(name) for name in table.head],
        "rows": [[text_of(item) for item in row] for row in table.rows],
        "is_number": [is_of_figures(table, column) for column in range(len(table.head))],
        "note": plain(table.note),
    }


def _map(sheet: MapSheet, t: Translator, links: MapLinks | None) -> dict[str, object]:
    picture = base64.b64encode(bare_picture(sheet, t, *_MAP)).decode()
    return {
        "picture": f"data:image/png;base64,{picture}",
        "title": plain(sheet.layer.title),
        "alt": t("deck.presentation.map_alt", title=plain(sheet.layer.title)),
        "legend": [
            {
                "label": plain(entry.label),
                "color": entry.color,
                "look": "hatched" if entry.hatched else "textured" if entry.textured else "",
                "count": t.format.number(entry.count),
            }
            for entry in sheet.layer.classes
            if entry.count
        ],
        "caveats": [plain(text) for text in caveats(sheet, t)],
        "links": links,
    }


@cache
def _template() -> Template:
    loader = FileSystemLoader(Path(__file__).parent)
    jinja = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return jinja.get_template("presentation.html")
