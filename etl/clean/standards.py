"""Which standard a title or a cell names: NTM, nâng cao, kiểu mẫu. Each higher one has the words of NTM in its name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from etl.clean.vocabulary import contains, vocabulary
from ntm.geo.names import text_key

_LOWEST = "ntm"
_WITH_FIELD = "kieu_mau"


def find_standard(text: str) -> str | None:
    """Return the one standard that a text names; None when it names none, or several."""
    return _named(_padded(text))


def only_standard(title: str) -> str | None:
    """Return the standard of a title; None when it names several: 'ĐẠT CHUẨN NTM, NTM NÂNG CAO' is a list of both.

    The programme's own name ('xây dựng nông thôn mới') names no standard there.
    """
    key = _padded(without_programme(title))
    standard = _named(key)
    words: Mapping[str, Sequence[str]] = vocabulary("standards")["within"]
    higher = [word for name, names in words.items() if name != _LOWEST for word in names]
    is_of_both = standard != _LOWEST and any(_padded(word) in _without(key, higher) for word in words[_LOWEST])
    return None if is_of_both else standard


def without_programme(title: str) -> str:
    """Return a title without the programme's own name."""
    names = "|".join(map(re.escape, vocabulary("standards")["programme"]))
    return re.sub(rf"\b(?:{names})\b", " ", title, flags=re.I)


def _named(key: str) -> str | None:
    words: Mapping[str, Sequence[str]] = vocabulary("standards")["within"]
    named = {standard for standard, names in words.items() if any(_padded(name) in key for name in names)}
    if len(named) > 1:
        named.discard(_LOWEST)
    return named.pop() if len(named) == 1 else None


def _padded(text: str) -> str:
    return f" {text_key(text)} "


def _without(key: str, phrases: Iterable[str]) -> str:
    for phrase in sorted(map(_padded, phrases), key=len, reverse=True):
        key = key.replace(phrase, " ")
    return key


def read_standard(cell: str) -> str | None:
    """Return the standard of a cell; None when it names none, several, does not say that it is held, or says more.

    'NTM thông minh' is no NTM that the programme knows. Behind kiểu mẫu stands its field, in any words.
    """
    standard = standard_in(cell)
    if standard is None or standard == _WITH_FIELD:
        return standard
    words = vocabulary("standards")
    names = [*words["within"][standard], *words["alone"].get(standard, ())]
    others = _without(_padded(cell), [*names, *words["programme"], *words["around"]])
    return None if re.search(r"[^\W\d]", others) else standard


def standard_in(text: str) -> str | None:
    """Return the standard that a heading or a longer cell names as held; None when it names none or several."""
    words = vocabulary("standards")
    if contains(text, words["denied"]):
        return None
    key = text_key(text)
    alone: Mapping[str, Sequence[str]] = words["alone"]
    found = next((name for name, names in alone.items() if key in map(text_key, names)), None)
    return found or find_standard(text)
