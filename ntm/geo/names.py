"""Keys under which names of places and headings are compared: equal key, same name.

Vietnamese text in workbooks differs in Unicode form (NFC, NFD), in the place of the tone mark (Hoà, Hòa), in
case, spaces and kind prefixes (Xã, X.). A key removes just these. It never removes diacritics: 19 pairs of communes
of one district differ by nothing else (Hoằng Phụ, Hoằng Phú).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_TONES = {"\u0300": "f", "\u0301": "s", "\u0309": "r", "\u0303": "x", "\u0323": "j"}
_LOOKALIKES = str.maketrans({"Ð": "Đ", "ð": "đ", "ƣ": "ư", "Ƣ": "Ư", "\u00a0": " "})
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff]")
_NOT_WORD = re.compile(r"[^\w]+")
_ROMAN = {
    "i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "x": "10",
    "xi": "11", "xii": "12", "xiii": "13", "xiv": "14", "xv": "15",
}  # fmt: skip
# Kinds of unit with their written forms. One letter counts with its dot only: 'H. Long Mỹ', but not 'H Neng'.
_LETTER_KINDS = {"p.": "phường", "h.": "huyện", "q.": "quận", "t.": "tỉnh", "x.": "xã"}
_KINDS = {
    "thị trấn": ("thị trấn", "tt"),
    "thành phố": ("thành phố", "tp"),
    "đặc khu": ("đặc khu",),
    "thị xã": ("thị xã", "tx"),
    "phường": ("phường",),
    "huyện": ("huyện",),
    "quận": ("quận",),
    "tỉnh": ("tỉnh",),
    "xã": ("xã",),
}


def clean_text(value: object) -> str:
    """Return the text of a cell in NFC, with look-alike letters mended and white space collapsed; case kept."""
    if value is None:
        return ""
    text = unicodedata.normalize("NFC", str(value)).translate(_LOOKALIKES)
    return " ".join(_INVISIBLE.sub("", text).split())


@lru_cache(maxsize=65536)
def text_key(value: str) -> str:
    """Return the key of a text: lower case words without punctuation, each with its tone moved to its end.

    The tone's place follows from the letters of a syllable, so 'Hoà' and 'Hòa' share the key 'hoaf'.
    """
    words = _NOT_WORD.sub(" ", clean_text(value).casefold()).split()
    return " ".join(_word_key(word) for word in words)


def _word_key(word: str) -> str:
    letters, tone = [], ""
    for character in unicodedata.normalize("NFD", word):
        if character in _TONES:
            tone = _TONES[character]
        else:
            letters.append(character)
    return unicodedata.normalize("NFC", "".join(letters)) + ("'" + tone if tone else "")


_KIND_KEYS = sorted(
    ((text_key(form), kind) for kind, forms in _KINDS.items() for form in forms),
    key=lambda pair: -len(pair[0]),
)


@lru_cache(maxsize=65536)
def unit_name_key(value: str) -> tuple[str | None, str]:
    """Return (kind or None, key of the name without its kind) of a unit's name.

    A Roman numeral or a number with leading zeros at the end becomes a plain number: 'Tam Xuân II' and 'Tam Xuân 2'
    are one name. A suffix letter stays: 'Đông Phước A' is not 'Đông Phước'.
    """
    text = clean_text(value)
    kind = _LETTER_KINDS.get(text[:2].lower())
    key = text_key(text[2:] if kind else text)
    for form, candidate in _KIND_KEYS if kind is None else ():
        if key.startswith(form + " "):
            kind, key = candidate, key[len(form) + 1 :]
            break
    words = key.split()
    if words:
        words[-1] = _ROMAN.get(words[-1], words[-1].lstrip("0") or words[-1])
    return kind, " ".join(words)


def plain_key(value: str) -> str:
    """Return the text without any diacritics, for searching and proposing only, never for matching."""
    text = unicodedata.normalize("NFD", clean_text(value).casefold()).replace("đ", "d")
    return " ".join(_NOT_WORD.sub(" ", "".join(c for c in text if not unicodedata.combining(c))).split())
