"""Letters of other alphabets that stand for Latin ones because they look alike: 'TҺÁI ПǤUƔÊП' is 'THÁI NGUYÊN'.

Texts of theses and reports on the web are spoilt so on purpose, against copying, and are copied into workbooks all the
same; others have a Cyrillic 'х' or 'а' from a second keyboard. Which letter stands for which was taken from such texts.
"""

from __future__ import annotations

import unicodedata

_PAIRS = (
    # Cyrillic: those that look alike, then those that stand for another letter in spoilt texts.
    ("АВЕКМНОРСТУХІЈЅѴҺПГЬ", "ABEKMHOPCTYXIJSVHNRB"),
    ("авекмнорстухіјѕѵһпгь", "abekmhopctyxijsvhnrb"),
    # Greek.
    ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX"),
    ("αεικνορτυχ", "aeikvoptux"),
    # Latin letters with a stroke or hook that are in no Vietnamese word, Lao co la for c.
    ("ǤǥƔɣເ", "GgYyc"),
)
# Left out: the soft hyphen of a word processor, and the plus sign below that spoilt texts put under k and m.
_LATIN = str.maketrans("".join(first for first, _ in _PAIRS), "".join(second for _, second in _PAIRS), "\u00ad\u031f")


def latin(text: str) -> str:
    """Return a text with look-alike letters as the Latin ones that they stand for, accents kept; for matching only."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", text).translate(_LATIN))
