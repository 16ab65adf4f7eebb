"""Presentations in the browser: a deck under an address that nobody can guess, for as long as the server lives.

Routes are answered without login, as the pages of decks are shown: an address is known to whom it was given alone.
"""

from __future__ import annotations

import gzip
import hashlib
import hmac
import secrets
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from ntm.i18n import Translator, translator
from ntm.reports.deck.model import Deck
from ntm.reports.map_sheet import MapSheet
from ntm.settings import ROOT
from ntm.ui.browser_files import serve
from ntm.ui.filters import province_label, provinces_with_data
from ntm.ui.frozen import PARAMETER
from ntm.ui.language import KEY as LANGUAGE

ROUTE, MAP_ROUTE = "/trinh-chieu/{name}", "/trinh-chieu/{name}/ban-do/{slide:int}"
CONFERENCE = "hoi-nghi"
"""Address of the page that presentations are opened from."""

_MOST = 60
"""Presentations that are kept: the oldest goes when one more is asked for."""
_SECRET = secrets.token_bytes(32)
_STATIC = ROOT / "ntm" / "ui" / "static"
_FILES = ("reveal/reveal.css", "reveal/reveal.js", "presentation/presentation.css", "presentation/presentation.js")
_NOTHING_ELSE = "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; "
_PAGE_MAY = f"{_NOTHING_ELSE}script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; frame-src 'self'"
_MAP_MAY = f"{_NOTHING_ELSE}script-src 'unsafe-inline'; style-src 'unsafe-inline'"


@dataclass(frozen=True, eq=False)
class _Presented:
    """A deck as it was asked for, and the addresses of the dashboard's maps by the key of their slide."""

    deck: Deck
    t: Translator
    seconds: int | None
    map_pages: Mapping[str, str]
    back: str


_presented: OrderedDict[str, _Presented] = OrderedDict()
_pages: dict[str, bytes] = {}


def link(deck: Deck, t: Translator, seconds: int | None = None, *, back: str = f"/{CONFERENCE}") -> str:
    """Return the address of a deck on the wall: the same for the same deck while the server lives.

    seconds: after which the next slide comes; None until somebody asks for it. back: where its end leads, an address
    of the dashboard. Nothing is drawn before the address is opened.
    """
    asked = _Presented(deck, t, seconds, _map_pages(deck, t), f"..{back}")
    name = hmac.new(_SECRET, _told(asked).encode("utf-8", "replace"), hashlib.sha256).hexdigest()[:32]
    if name not in _presented:
        _presented[name] = asked
        while len(_presented) > _MOST:
            oldest, _ = _presented.popitem(last=False)
            _pages.pop(oldest, None)
    _presented.move_to_end(name)
    return f"/trinh-chieu/{name}"


async def presentation_response(request: Request) -> Response:
    """Answer with the page; 404, with the way to a new one, for what is kept no more."""
    name = str(request.path_params["name"])
    asked = _presented.get(name)
    if asked is None:
        return _gone()
    if name not in _pages:
        _pages[name] = gzip.compress(await run_in_threadpool(_page, name, asked), 5)
    return _answer(request, _pages[name], _PAGE_MAY)


async def presentation_map_response(request: Request) -> Response:
    """Answer with the map of a slide, by its place in the deck, which stands alone."""
    asked = _presented.get(str(request.path_params["name"]))
    place = int(request.path_params["slide"])
    slide = asked.deck.slides[place] if asked and place < len(asked.deck.slides) else None
    if asked is None or slide is None or slide.sheet is None:
        return Response(status_code=404)
    made = await run_in_threadpool(_map, slide.sheet, asked.t)
    return _answer(request, gzip.compress(made, 5), _MAP_MAY)


def _page(name: str, asked: _Presented) -> bytes:
    # Imported when the first is shown: the drawing of maps takes a second that no other visitor should wait for.
    from ntm.reports.deck.presentation import MapLinks, presentation

    maps = {
        slide.key: MapLinks(f"{name}/ban-do/{place}", asked.map_pages[slide.key])
        for place, slide in enumerate(asked.deck.slides)
        if slide.sheet
    }
    made = presentation(
        asked.deck, asked.t, seconds_per_slide=asked.seconds, scripts=_scripts(), maps=maps, back=asked.back
    )
    return made.encode("utf-8", "replace")


def _map(sheet: MapSheet, t: Translator) -> bytes:
    from ntm.reports.map_standalone import standalone_html

    return standalone_html(sheet, t)


def _answer(request: Request, packed: bytes, policy: str) -> Response:
    headers = {
        "Cache-Control": "private, no-cache",
        "Content-Security-Policy": policy,
        "Referrer-Policy": "same-origin",
        "Vary": "Accept-Encoding",
        "X-Content-Type-Options": "nosniff",
        "X-Robots-Tag": "noindex",
    }
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(packed, media_type="text/html", headers=headers | {"Content-Encoding": "gzip"})
    return Response(gzip.decompress(packed), media_type="text/html", headers=headers)


def _gone() -> Response:
    said = "".join(
        f'<p lang="{language}"><a href="../{CONFERENCE}">{translator(language)("deck.presentation.gone")}</a></p>'
        for language in ("vi", "en")
    )
    page = f'<!DOCTYPE html><html lang="vi"><meta charset="utf-8"><title>404</title><body>{said}</body></html>'
    return HTMLResponse(page, status_code=404)


@cache
def _scripts() -> dict[str, str]:
    """Return the addresses of scripts and styles by name, seen from the page: they hold below any base path."""
    files = {path.rpartition("/")[2]: (_STATIC / path).read_bytes() for path in _FILES}
    folder = serve(files)
    return {name: f"..{folder}/{name}" for name in files}


def _map_pages(deck: Deck, t: Translator) -> dict[str, str]:
    """Return the address of the dashboard's map for each map of a deck: its place, month, layer and snapshot."""
    provinces = provinces_with_data()
    found = {}
    for slide in deck.slides:
        if slide.sheet is None:
            continue
        asked = {LANGUAGE: t.language, PARAMETER: deck.snapshot, "month": f"{slide.sheet.as_of:%m/%Y}"}
        units = slide.sheet.table
        if len(provinces) > 1 and "province_code" in units and len(units):
            code = str(units["province_code"].iloc[0])
            asked["province"] = province_label(code, provinces)
        if len(deck.unit) == 3:
            asked["district"] = deck.place
        if slide.sheet.layer_key:
            asked["layer"] = slide.sheet.layer_key
        found[slide.key] = f"../ban-do?{urlencode(asked)}"
    return found


def _told(asked: _Presented) -> str:
    """Return all that a presentation shows as one text: what a figure was read from is not shown."""
    deck = asked.deck
    slides = [
        (
            slide.key,
            slide.title,
            slide.as_of,
            slide.source,
            [sentence.text for sentence in slide.sentences],
            [figure.text for figure in slide.figures()],
            slide.chart and (slide.chart.kind, slide.chart.title, slide.chart.categories),
            slide.table and (slide.table.head, slide.table.note),
            slide.sheet and (slide.sheet.layer, slide.sheet.shapes.notes, slide.sheet.shapes.missing),
            slide.missing,
        )
        for slide in deck.slides
    ]
    head = (deck.title, deck.subtitle, deck.place, deck.unit, deck.as_of, deck.snapshot, deck.is_illustrative)
    return repr((head, slides, asked.t.language, asked.seconds, asked.map_pages, asked.back))
