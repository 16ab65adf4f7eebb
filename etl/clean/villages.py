"""Names and standards of villages (thôn, ấp, bản, khu dân cư): they have no codes, so a name stays as written."""

from __future__ import annotations

import re
from functools import cache

from etl.clean.standards import only_standard, read_standard, without_programme
from etl.clean.vocabulary import contains, vocabulary
from ntm.geo.names import clean_text

STANDARDS = ("ntm", "kieu_mau")
_KIEU_MAU = "kieu_mau"


def split_village(text: str) -> tuple[str | None, str]:
    """Return (kind or None, name without it): 'Thôn 1' is ('thôn', '1'), 'Đông Bình' is (None, 'Đông Bình')."""
    name = clean_text(text)
    match = _pattern().match(name)
    return (_kinds()[match[1].casefold()], match[2]) if match else (None, name)


def village_kind(text: str) -> str | None:
    """Return the kind of village that a heading or title names; None when it names none, or several."""
    found = {kind for kind, words in vocabulary("villages")["kinds"].items() if contains(text, words)}
    return found.pop() if len(found) == 1 else None


def village_standard(text: str, *, is_title: bool = False) -> str | None:
    """Return the standard of a village; 'khu dân cư kiểu mẫu' needs no NTM in its name. None when not clear."""
    found = only_standard(text) if is_title else read_standard(text)
    stated = without_programme(text) if is_title else text
    if found is None and contains(stated, vocabulary("villages")["kieu_mau"]):
        is_denied = not is_title and contains(stated, vocabulary("standards")["denied"])
        has_lowest = contains(stated, vocabulary("standards")["within"]["ntm"])
        found = None if is_denied or has_lowest else _KIEU_MAU
    return found if found in STANDARDS else None


@cache
def _kinds() -> dict[str, str]:
    return {str(word): kind for kind, words in vocabulary("villages")["kinds"].items() for word in words}


@cache
def _pattern() -> re.Pattern[str]:
    words = "|".join(map(re.escape, sorted(_kinds(), key=len, reverse=True)))
    return re.compile(rf"({words})[\s.:]+(\S.*)", re.I)
