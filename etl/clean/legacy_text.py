"""Vietnamese text from before Unicode (TCVN3, VNI) and spoilt Unicode, turned into what people see.

Which of them a text is follows from the font of its cell; where no font of a sheet says it, from all texts of the sheet
together. Never from one cell: 'Vò' is a word in Unicode and another in VNI.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache

from etl.clean.syllables import vietnamese_share
from etl.clean.vocabulary import vocabulary

TCVN3, VNI = "tcvn3", "vni"
_UNICODE_ONLY = re.compile("[\u1ea0-\u1ef9]")
_NO_LEGACY_LETTER = re.compile("[\u0102\u0103\u0110\u0111\u01a0\u01a1\u01af\u01b0\u0300-\u0323\u1ea0-\u1ef9]")
_FEWEST_TEXTS = 5
_SHARE_OF_VIETNAMESE = 0.7
_CLEARLY_BETTER = 0.4
_SHARE_OF_OTHERS = 0.05
_CAPITALS = "_capitals"


@cache
def encoding_of_font(font: str) -> str | None:
    """Return how a font stores letters ('tcvn3', 'tcvn3_capitals', 'vni'), None for a Unicode font."""
    name = font.strip()
    for rule in vocabulary("legacy_encodings")["fonts"]:
        if name.lower().startswith(rule["begins"]) and name.endswith(rule.get("ends", "")):
            return str(rule["encoding"]) + (_CAPITALS if rule.get("capitals") else "")
    return None


def decode(text: str, encoding: str) -> str:
    """Return the Unicode text of one that is stored in an encoding of `encoding_of_font`."""
    name = encoding.removesuffix(_CAPITALS)
    decoded = _DECODERS[name](text)
    return decoded.upper() if name != encoding else decoded


def can_be_legacy(text: str) -> bool:
    """Tell whether a text has no letter that is in Unicode alone, such as 'ị': fonts say little of what was typed."""
    return not _NO_LEGACY_LETTER.search(text)


def reads_better(texts: Iterable[str], encoding: str) -> bool:
    """Tell whether texts, taken together, are more Vietnamese when decoded than as they stand."""
    stored = list(texts)
    as_it_stands, _ = vietnamese_share(stored)
    decoded, _ = vietnamese_share(decode(text, encoding) for text in stored)
    return decoded > as_it_stands


def encoding_of_texts(texts: Iterable[str]) -> str | None:
    """Return the encoding that all texts of a sheet are in, by what they hold; None for Unicode and when in doubt.

    UTF-8 taken for another encoding is certain where nearly every text is UTF-8 again: no other text is by chance.
    """
    stored = [text for text in texts if not text.isascii()]
    if len(stored) < _FEWEST_TEXTS or any(map(_UNICODE_ONLY.search, stored)):
        return None
    for name in vocabulary("legacy_encodings")["mojibake"]:
        if sum(decode(text, name) == text for text in stored) <= _SHARE_OF_OTHERS * len(stored):
            return str(name)
    as_it_stands, _ = vietnamese_share(stored)
    found = {name: vietnamese_share(decode(text, name) for text in stored)[0] for name in (TCVN3, VNI)}
    best = max(found, key=lambda name: found[name])
    return best if found[best] >= max(_SHARE_OF_VIETNAMESE, as_it_stands + _CLEARLY_BETTER) else None


def _decode_tcvn3(text: str) -> str:
    return text.translate(_tcvn3_letters())


@cache
def _tcvn3_letters() -> dict[int, int]:
    table = vocabulary("legacy_encodings")[TCVN3]
    return str.maketrans(table["stored"], table["means"])


def _decode_vni(text: str) -> str:
    letters = _vni_letters()
    return _vni_form().sub(lambda found: letters[found[0]], text)


@cache
def _vni_letters() -> Mapping[str, str]:
    """Return what one or two stored characters mean; capitals draw small accents too ('Aâ')."""
    table = vocabulary("legacy_encodings")[VNI]
    small = dict(zip(table["letters"]["stored"], table["letters"]["means"], strict=True))
    for letter, accents in table["accents"].items():
        small |= {letter + accent: meant for accent, meant in zip(accents["stored"], accents["means"], strict=True)}
    capitals = {stored.upper(): meant.upper() for stored, meant in small.items()}
    mixed = {stored[0].upper() + stored[1:]: meant.upper() for stored, meant in small.items() if len(stored) > 1}
    return small | mixed | capitals


@cache
def _vni_form() -> re.Pattern[str]:
    return re.compile("|".join(sorted(_vni_letters(), key=len, reverse=True)))


def _mojibake(encoding: str) -> Callable[[str], str]:
    def decode_whole(text: str) -> str:
        try:
            return _to_bytes(text, encoding).decode("utf-8")
        except UnicodeError:
            return text

    return decode_whole


def _to_bytes(text: str, encoding: str) -> bytes:
    """Return the bytes taken for an encoding; one that it lacks was taken for itself, and a space was no-break."""
    spoilt = text.replace("Ă", "Ã") if encoding == "cp1252" else text  # Windows-1258 differs in this letter alone
    return b"".join(_byte(character, encoding) for character in spoilt.replace("Ã ", "Ã\u00a0"))


@cache
def _byte(character: str, encoding: str) -> bytes:
    try:
        return character.encode(encoding)
    except UnicodeEncodeError:
        return character.encode("latin-1")


_DECODERS: Mapping[str, Callable[[str], str]] = {
    TCVN3: _decode_tcvn3,
    VNI: _decode_vni,
    **{name: _mojibake(name) for name in vocabulary("legacy_encodings")["mojibake"]},
}
"""How a text is turned into Unicode, by the name of its encoding."""
