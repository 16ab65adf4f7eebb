"""What changed between two makings of a deck: figure by figure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ntm.reports.deck.model import Chart, Deck, Figure, Slide


@dataclass(frozen=True)
class Change:
    """One figure before and now; None where the deck had, or has, no such figure."""

    key: str
    before: Figure | None
    now: Figure | None


def changes(before: Deck, now: Deck) -> tuple[Change, ...]:
    """Return the figures that are not the same in both decks, in the order of the newer one, then those gone."""
    old, new = before.figures(), now.figures()
    found = [Change(key, old.get(key), figure) for key, figure in new.items() if not _same(old.get(key), figure)]
    return tuple(found + [Change(key, figure, None) for key, figure in old.items() if key not in new])


def _same(old: Figure | None, new: Figure) -> bool:
    return old is not None and (old.value, old.text) == (new.value, new.text)


@dataclass(frozen=True)
class Place:
    """Where a figure stands: the title of its first slide, and the sentence, row and column, or bar that it is in."""

    slide: str
    label: str


def places(deck: Deck) -> dict[str, Place]:
    """Return where each figure of a deck stands first, by its key."""
    found: dict[str, Place] = {}
    for slide in deck.slides:
        for key, label in _labels(slide):
            found.setdefault(key, Place(slide.title, label))
    return found


def _labels(slide: Slide) -> Iterator[tuple[str, str]]:
    if slide.table:
        for row in slide.table.rows:
            name = next((item for item in row if isinstance(item, str)), "")
            told = zip(slide.table.head, row, strict=True)
            yield from ((item.key, f"{name} · {head}") for head, item in told if isinstance(item, Figure))
    if slide.chart:
        yield from _labels_of_chart(slide.chart)
    for sentence in slide.sentences:
        yield from ((figure.key, sentence.text) for figure in sentence.figures)


def _labels_of_chart(chart: Chart) -> Iterator[tuple[str, str]]:
    for series in chart.series:
        told = zip(chart.categories, series.figures, strict=True)
        yield from ((figure.key, f"{category} · {series.name}") for category, figure in told if figure)
    if chart.goal:
        yield chart.goal.key, chart.title
