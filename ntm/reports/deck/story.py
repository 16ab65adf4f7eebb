"""The story of a review, section after section, in the order in which such conferences report."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from importlib import import_module

from ntm.reports.deck.model import Deck, Slide
from ntm.reports.deck.request import Material, kept

SECTIONS: Mapping[str, str] = {
    name: f"ntm.reports.deck.{name}"
    for name in (
        "results",
        "targets",
        "criteria",
        "funding",
        "arrears",
        "programmes",
        "below_15",
        "weaknesses",
        "tasks",
        "proposals",
    )
}
"""Section -> its module, in the order of the deck. Each has `slides(material)`."""

Slides = Callable[[Material], tuple[Slide, ...]]


def make_deck(material: Material, sections: Sequence[str] = tuple(SECTIONS)) -> Deck:
    """Return the deck of a unit and period with the sections asked for, in their order in SECTIONS."""
    wanted = [name for name in SECTIONS if name in sections]
    material = replace(material, read=kept(material.read))
    made: list[Slide] = []
    for name in wanted:
        write: Slides = import_module(SECTIONS[name]).slides
        made += write(material)
    t, unit, period = material.t, material.unit, material.period
    is_one_year = period.first_year == period.last_year
    span = str(period.last_year) if is_one_year else f"{period.first_year}–{period.last_year}"
    return Deck(
        title=t("deck.title", span=span),
        subtitle=t("deck.subtitle", place=unit.name),
        place=unit.name,
        unit=unit.code,
        as_of=period.month,
        snapshot=material.build_id,
        language=t.language,
        is_illustrative=material.is_illustrative,
        slides=tuple(made),
    )


def edited(deck: Deck, texts: Mapping[str, str]) -> Deck:
    """Return the deck with sentences that a person wrote over; `texts` is by the sentence's key.

    An empty text takes the sentence out. A figure in a sentence written over is not traced any more.
    """

    def of_slide(slide: Slide) -> Slide:
        sentences = []
        for sentence in slide.sentences:
            text = texts.get(sentence.key, sentence.text).strip()
            if text == sentence.text:
                sentences.append(sentence)
            elif text:
                sentences.append(replace(sentence, text=text, figures=(), is_edited=True))
        return replace(slide, sentences=tuple(sentences))

    return replace(deck, slides=tuple(of_slide(slide) for slide in deck.slides))
