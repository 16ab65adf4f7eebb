"""How much a text looks like Vietnamese: its syllables are a closed set of beginnings, vowels, endings and tones."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_SOFT_HYPHEN = "\u00ad"
_WORD = re.compile(r"[^\W\d_]+")
_SYLLABLE = re.compile(
    r"(?!.*(?:[eoôơuưăâ](?:nh|ch)|(?<!i)(?<!y)ê(?:ng|c)|[iy](?:ng|c))$)"
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnpqrstvx])?"
    r"(?P<vowel>(?:o(?=[aăe])|u(?=[âêơy]))?(?:iê|yê|uô|ươ|ia|ya|ua|ưa|oo|[aăâeêioôơuưy]))"
    r"(?:ch|ng|nh|[cmnptiyou])?"
)


def vietnamese_share(texts: Iterable[str]) -> tuple[float, int]:
    """Return (share, number): of the words that are not plain ASCII, how many are Vietnamese syllables.

    The tone has to stand on the vowel: 'hoà' and 'hòa' are syllables, 'hoaù' (as VNI fonts store it) is none.
    """
    shown = (text.replace(_SOFT_HYPHEN, "") for text in texts if not text.isascii())
    words = [word for text in shown for word in _WORD.findall(text) if not word.isascii()]
    return (sum(map(_is_syllable, words)) / len(words) if words else 0.0), len(words)


def _is_syllable(word: str) -> bool:
    letters: list[str] = []
    tones: list[int] = []
    for character in unicodedata.normalize("NFD", word.lower()):
        if character in _TONES:
            tones.append(len(letters) - 1)
        else:
            letters.append(character)
    plain, places = _composed("".join(letters), tones)
    found = _SYLLABLE.fullmatch(plain)
    if not found or len(places) > 1:
        return False
    return all(found.start("vowel") <= place < found.end("vowel") for place in places)


def _composed(letters: str, tones: list[int]) -> tuple[str, list[int]]:
    """Return decomposed letters put together again (a + breve: ă), and where the tones stand then."""
    plain = unicodedata.normalize("NFC", letters)
    return plain, [len(unicodedata.normalize("NFC", letters[: tone + 1])) - 1 for tone in tones]
