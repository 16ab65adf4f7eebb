"""Names of the register that are like one that it does not have, for a person to choose from, never taken as they are.

Of 2,377 made-up typing errors a fuzzy matcher took 4.6% of absent communes for a neighbour with a similar name.
"""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz, process

from ntm.geo.names import plain_key, unit_name_key
from ntm.geo.units import Unit

_SCORE = 70
_MOST = 3


def propose(name: str, candidates: Iterable[Unit], most: int = _MOST) -> list[Unit]:
    """Return the units whose names are most alike, best first: letter by letter, then without their diacritics."""
    units = list(candidates)
    key = unit_name_key(name)[1]
    with_marks = _scores(key, [unit_name_key(unit.name)[1] for unit in units])
    without = _scores(_plain(key), [_plain(unit_name_key(unit.name)[1]) for unit in units])
    likeness = {
        place: (without.get(place, 0), with_marks.get(place, 0)) for place in with_marks.keys() | without.keys()
    }
    best = sorted(likeness, key=lambda place: (-max(likeness[place]), -likeness[place][1], place))
    return [units[place] for place in best[:most]]


def quoted(units: Iterable[Unit]) -> str:
    """Return full names in quotation marks for a message, '…' when there are none."""
    return ", ".join(f"'{unit.name}'" for unit in units) or "…"


def _plain(key: str) -> str:
    """Return a key without its tones and diacritics."""
    return plain_key(" ".join(word.partition("'")[0] for word in key.split()))


def _scores(key: str, keys: list[str]) -> dict[int, float]:
    found = process.extract(key, keys, scorer=fuzz.ratio, score_cutoff=_SCORE, limit=None)
    return {place: score for _, score, place in found}
