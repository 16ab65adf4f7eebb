"""Which standard a title or a cell names: NTM, nâng cao, kiểu mẫu. Each higher one has the words of NTM in its name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from etl.clean.vocabulary import contains, vocabulary
from ntm.geo.names import text_key

_LOWEST = "ntm"


def find_standard(text: str) -> str | None:
    """Return the one standard that a text names; None when it names none, or several."""
    words: Mapping[str, Sequence[str]] = vocabulary("standards")["within"]
    named = {standard for standard, names in words.items() if contains(text, names)}
    if len(named) > 1:
        named.discard(_LOWEST)
    return named.pop() if len(named) == 1 else None


def read_standard(cell: str) -> str | None:
    """Return the standard of a cell; None when it names none, several, or does not say that it is held."""
    if contains(cell, vocabulary("standards")["denied"]):
        return None
    alone: Mapping[str, Sequence[str]] = vocabulary("standards")["alone"]
    key = text_key(cell)
    for standard, words in alone.items():
        if key in map(text_key, words):
            return standard
    return find_standard(cell)
