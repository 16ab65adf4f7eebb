"""Keys under which names of places and headings are compared: equal key, same name.

Vietnamese text in workbooks differs in Unicode form (NFC, NFD), in the place of the tone mark (Hoà, Hòa), in
case, spaces and kind prefixes (Xã, X.). A key removes just these. It never removes diacritics: 19 pairs of communes
of one district differ by nothing else (Hoằng Phụ, Hoằng Phú).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from ntm.geo.lookalikes import latin

_TONES = {"\u0300": "f", "\u0301": "s", "\u0309": "r", "\u0303": "x", "\u0323": "j"}
_LOOKALIKES = str.maketrans({"Ð": "Đ", "ð": "đ", "ƣ": "ư", "Ƣ": "Ư", "\u00a0": " "})
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff]")
_APOSTROPHE = re.compile(r"\s*['’‘ʼ´`]\s*")
_NOT_WORD = re.compile(r"[\W_]+")
_ROMAN = {
    tens + ones: str(10 * ten + one)
    for ten, tens in enumerate(("", "x", "xx", "xxx"))
    for one, ones in enumerate(("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"))
    if ten or one
}
# One letter counts with its dot only ('H. Long Mỹ', but not 'H Neng'), or before a number ('P5', 'Q 1').
_ABBREVIATED_KIND = re.compile(r"(?:(t)\.?\s?([pxt])(?:\.\s*|\s+)|([phqtx])\.\s*|([pq])\s?(?=\d+$))(?=\w)", re.I)
_ABBREVIATIONS = {
    "tp": "thành phố",
    "tx": "thị xã",
    "tt": "thị trấn",
    "p": "phường",
    "h": "huyện",
    "q": "quận",
    "t": "tỉnh",
    "x": "xã",
}
KINDS: Mapping[str, frozenset[str]] = {
    "commune": frozenset({"xã", "phường", "thị trấn", "đặc khu"}),
    "district": frozenset({"huyện", "quận", "thị xã", "thành phố"}),
    "province": frozenset({"tỉnh"}),
}
"""Kinds of units by level; centrally run cities ('thành phố' too) are left to the register."""


def clean_text(value: object) -> str:
    """Return a cell's text in NFC, with look-alike letters mended and white space collapsed; case kept."""
    if value is None:
        return ""
    text = value if isinstance(value, str) else str(value)
    if not text.isascii():
        text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text).translate(_LOOKALIKES))
    return " ".join(text.split())


@lru_cache(maxsize=65536)
def text_key(value: str) -> str:
    """Return the key of a text: lower case words without punctuation, each with its tone moved to its end.

    The tone's place follows from the letters of a syllable, so 'Hoà' and 'Hòa' share the key "hoa'f". An apostrophe
    joins ("K' Dang", "K'Dang" and 'KDang' are written for one commune), any other sign parts words.
    """
    words = _NOT_WORD.sub(" ", _APOSTROPHE.sub("", latin(clean_text(value)).casefold())).split()
    return " ".join(_word_key(word) for word in words)


def _word_key(word: str) -> str:
    if word.isascii():
        return word
    letters, tones = [], ""
    for character in unicodedata.normalize("NFD", word):
        if character in _TONES:
            tones += _TONES[character]
        else:
            letters.append(character)
    return unicodedata.normalize("NFC", "".join(letters)) + ("'" + tones if tones else "")


_KIND_KEYS = [(text_key(kind) + " ", kind) for kinds in KINDS.values() for kind in sorted(kinds)]


@lru_cache(maxsize=65536)
def unit_name_key(value: str) -> tuple[str | None, str]:
    """Return (kind or None, key of the name without its kind) of a unit's name.

    A Roman numeral or a number with leading zeros at the end becomes a plain number: 'Tam Xuân II' and
    'Tam Xuân 2' are one name. A suffix letter stays: 'Đông Phước A' is not 'Đông Phước'.
    """
    text = latin(clean_text(value))
    kind = None
    if short := _ABBREVIATED_KIND.match(text):
        kind = _ABBREVIATIONS["".join(part for part in short.groups() if part).casefold()]
        key = text_key(text[short.end() :])
    else:
        key = text_key(text)
        for prefix, candidate in _KIND_KEYS:
            if key.startswith(prefix):
                kind, key = candidate, key.removeprefix(prefix)
                break
    words = key.split()
    if words:
        words[-1] = _ROMAN.get(words[-1], words[-1].lstrip("0") or words[-1])
    return kind, " ".join(words)


def plain_key(value: str) -> str:
    """Return the text without any diacritics, for searching and proposing only, never for matching."""
    text = unicodedata.normalize("NFD", clean_text(value).casefold()).replace("đ", "d")
    letters = "".join(character for character in text if not unicodedata.combining(character))
    return " ".join(_NOT_WORD.sub(" ", letters).split())
