"""Every number that a deck's texts show, and what accounts for it: what is not accounted for is returned.

A number is accounted for when it is the text of a figure that stands there, a date or year, the number of a document,
or part of a text that was read from a workbook (a name, a wording). What a person wrote over is theirs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import duckdb

from ntm.reports.deck.model import Deck, Figure, Slide

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAY = re.compile(rf"\b(\d{{1,2}}/)?\d{{1,2}}/(19|20)\d\d\b|\b(\d{{1,2}} )?({_MONTHS}) (19|20)\d\d\b")
_YEAR = re.compile(r"(?<![\d.,/])(19|20)\d\d(?![\d/]|[.,]\d)")
_DOCUMENT = re.compile(r"(?:\b[A-ZĐ]+-)?\b\d+/(?:\d{4}/)?[A-ZĐ][\wĐ-]*")
_NUMBER = re.compile(r"(?<![\w.,])\d(?:[\d.,]*\d)?")
_TABLES = (
    "admin_unit", "arrears", "capital_plan", "component", "counterpart_rule", "criteria_set", "criterion",
    "criterion_result", "directive", "indicator", "inspection", "ocop_product", "policy", "recognition", "submission",
    "target", "target_unit", "village_result", "work_funding",
)  # fmt: skip
_KEYS = ("source_id", "sheet", "cell", "path")
_LEAST = 6
"""Letters of a text that may hide the digits in it: '7 xã' would hide a count."""


def unaccounted(deck: Deck, words: Iterable[str] = ()) -> list[str]:
    """Return 'slide: number in text' for each number of the deck's texts that nothing accounts for.

    `words` are texts of the warehouse that may hold digits (see `texts_of`). Of maps only the title is looked at.
    """
    known = sorted({word for word in words if word}, key=len, reverse=True)
    found = []
    for text in (deck.title, deck.subtitle):
        found += [f"deck: {number} in {text!r}" for number in left(text, (), known)]
    for slide in deck.slides:
        for text, figures in _texts(slide, deck):
            found += [f"{slide.key}: {number} in {text!r}" for number in left(text, figures, known)]
    return found


def left(text: str, figures: Iterable[Figure], words: Iterable[str] = ()) -> list[str]:
    """Return the numbers of a text that are no text of its figures, no date, no document and in none of the words."""
    if not any(sign.isdigit() for sign in text):
        return []
    for word in words:
        if word in text:
            text = re.sub(rf"(?<![\d.,]){re.escape(word)}(?!\d|[.,]\d)", " # ", text)
    for pattern in (_DOCUMENT, _DAY, _YEAR):
        text = pattern.sub(" # ", text)
    for printed in sorted({figure.text for figure in figures}, key=len, reverse=True):
        text = re.sub(rf"(?<![\d.,]){re.escape(printed)}(?!\d|[.,]\d)", " # ", text)
    return _NUMBER.findall(text)


def conflicts(deck: Deck) -> list[str]:
    """Return the keys under which different figures, slides, sentences, charts or tables of a deck stand."""
    seen: dict[str, Figure] = {}
    figures = [figure for slide in deck.slides for figure in slide.figures()]
    found = [figure.key for figure in figures if _said(seen.setdefault(figure.key, figure)) != _said(figure)]
    parts = [part for slide in deck.slides for part in (slide, *slide.sentences, slide.chart, slide.table) if part]
    for kind in {type(part) for part in parts}:
        keys = [part.key for part in parts if type(part) is kind]
        found += sorted({key for key in keys if keys.count(key) > 1})
    return found


def texts_of(snapshot: Path) -> frozenset[str]:
    """Return the texts of a snapshot that hold digits and are no mere code: names, wordings, documents, works."""
    found: set[str] = set()
    with duckdb.connect(str(snapshot), read_only=True) as connection:
        for table in _TABLES:
            rows = connection.table(table).df()
            for column in rows.columns:
                if column not in _KEYS and not column.endswith("_code"):
                    found |= {text for text in rows[column].unique() if isinstance(text, str)}
    return frozenset(text for text in found if _is_word(text))


def _is_word(text: str) -> bool:
    return any(sign.isdigit() for sign in text) and sum(sign.isalpha() for sign in text) >= _LEAST


def _texts(slide: Slide, deck: Deck) -> Iterator[tuple[str, tuple[Figure, ...]]]:
    """Yield each text of a slide with the figures that may stand in it."""
    own = tuple(slide.figures())
    # A table goes on under the title of its first slide, whose figures stand there.
    above = tuple(figure for other in deck.slides if other.title in slide.title for figure in other.figures())
    yield slide.title, own + above
    yield slide.source, own
    yield slide.missing, own
    yield from ((note, own) for note in slide.notes)
    yield from ((one.text, one.figures) for one in slide.sentences if not one.is_edited)
    if slide.chart:
        chart = slide.chart
        texts = (chart.title, chart.unit, *chart.categories, *(series.name for series in chart.series))
        yield from ((text, own) for text in texts)
    if slide.table:
        yield from ((text, own) for text in (*slide.table.head, slide.table.note))
        yield from ((cell, ()) for row in slide.table.rows for cell in row if isinstance(cell, str))
    if slide.sheet:
        yield slide.sheet.title, own


def _said(figure: Figure) -> tuple[object, ...]:
    value = None if figure.value is None or figure.value != figure.value else str(figure.value)
    return (value, figure.text, figure.definition)
