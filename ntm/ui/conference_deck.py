"""The deck that the page shows: made once for a snapshot, a choice and a language, with what a person wrote over."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO

import streamlit as st
from PIL import Image

from ntm.errors import NtmError
from ntm.i18n import Translator, translator
from ntm.reports.deck.choice import Choice, deck_of
from ntm.reports.deck.model import Deck, Slide
from ntm.reports.deck.plain_text import plain
from ntm.reports.deck.story import edited
from ntm.reports.map_picture import picture
from ntm.ui.cache import snapshot, snapshot_of
from ntm.warehouse import OTHER_VERSION

LONGEST = 600
"""Letters of a sentence that a person writes."""
_EDITS = "deck_edits"
_WIDTH = 1460
"""Pixels of a map in the preview."""


def shown(t: Translator, choice: Choice) -> Deck:
    """Return the deck at the snapshot looked at, as it is written to files. Raises NtmError as `deck_of`."""
    return edited(untouched(t, choice), edits(t, choice))


def untouched(t: Translator, choice: Choice) -> Deck:
    """Return the deck as it was made from the figures. Raises NtmError as `deck_of`."""
    return deck_at(snapshot().build_id, t, choice)


def deck_at(build_id: str, t: Translator, choice: Choice) -> Deck:
    """Return the deck at a kept snapshot.

    Raises NtmError when the snapshot is gone or another version of the product made it, or as `deck_of`.
    """
    try:
        return _deck(build_id, choice, t.language)
    except OTHER_VERSION as error:
        raise NtmError("frozen.other_version", build_id=build_id) from error


@st.cache_resource(max_entries=40, show_spinner=False)
def _deck(build_id: str, choice: Choice, language: str) -> Deck:
    return deck_of(choice, snapshot_of(build_id).read, translator(language), build_id)


def map_picture(deck: Deck, slide: Slide, t: Translator) -> bytes:
    """Return the map of a slide as PNG, no wider than Streamlit sends it: it would shrink a wider one in every run."""
    return _map_picture((deck.snapshot, deck.unit, deck.as_of, deck.language, slide.key), slide, t)


@st.cache_resource(max_entries=20, show_spinner=False)
def _map_picture(key: tuple[object, ...], _slide: Slide, _t: Translator) -> bytes:
    if _slide.sheet is None:
        raise ValueError(_slide.key)
    drawn = Image.open(BytesIO(picture(_slide.sheet, _t, "projector")))
    small = BytesIO()
    drawn.resize((_WIDTH, drawn.height * _WIDTH // drawn.width), Image.Resampling.LANCZOS).save(small, "PNG")
    return small.getvalue()


def edits(t: Translator, choice: Choice) -> dict[str, str]:
    """Return what was written over, by the sentence's key; an empty text takes the sentence out."""
    return _edits(choice, t.language)


def write_over(t: Translator, choice: Choice, key: str, text: str, original: str) -> None:
    """Keep a sentence as a person wrote it; written as it was, it is traced again."""
    line = plain(text)[:LONGEST]
    if line == plain(original):
        edits(t, choice).pop(key, None)
    else:
        edits(t, choice)[key] = line


def take_edits(language: str, choice: Choice, texts: Mapping[str, str]) -> None:
    """Put what was written over in a saved deck in the place of what is written over here."""
    own = _edits(choice, language)
    own.clear()
    own.update({str(key): plain(text)[:LONGEST] for key, text in texts.items()})


def _edits(choice: Choice, language: str) -> dict[str, str]:
    """Return those of a unit, period and language; another choice of sections has the same sentences."""
    kept: dict[object, dict[str, str]] = st.session_state.setdefault(_EDITS, {})
    return kept.setdefault((choice.unit, choice.first_year, choice.last_year, language), {})
