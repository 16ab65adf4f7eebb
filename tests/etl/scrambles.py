"""Ways in which a unit's name is written, and mistyped, and how a person would tell two written names to be one.

Written without the product's own keys, to judge them. Seeded: every run makes the same.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from ntm.geo.units import Unit

Scramble = Callable[[Unit, random.Random], str]

TONES = "\u0300\u0301\u0303\u0309\u0323"
_TONE_PAIRS = [(vowel[0] + tone + vowel[1:], vowel + tone) for vowel in ("oa", "oe", "uy") for tone in TONES]
TONE_PLACES = [
    (unicodedata.normalize("NFC", one), unicodedata.normalize("NFC", other))
    for pair in _TONE_PAIRS
    for one, other in (pair, pair[::-1])
]
"""Old and new place of the tone, each way: 'òa' and 'oà'."""

PREFIXES = {
    "xã": ("xã ", "XÃ ", "Xã: ", "X. ", "X.", "x. ", ""),
    "phường": ("phường ", "PHƯỜNG ", "P. ", "P.", ""),
    "thị trấn": ("thị trấn ", "THỊ TRẤN ", "Thị Trấn ", "TT ", "TT. ", "T.T. ", "tt. ", ""),
    "đặc khu": ("đặc khu ", "ĐẶC KHU ", ""),
}
ROMAN = [
    tens + ones for tens in ("", "X", "XX") for ones in ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
]
_TELEX = {"\u0300": "f", "\u0301": "s", "\u0303": "x", "\u0309": "r", "\u0323": "j", "\u0302": "", "\u0306": "w"}
_KEYBOARD = ["qwertyuiop", "asdfghjkl", "zxcvbnm"]
_BESIDE = {
    letter: row[max(0, place - 1) : place] + row[place + 1 : place + 2]
    for row in _KEYBOARD
    for place, letter in enumerate(row)
}


@lru_cache(maxsize=65536)
def canonical(name: str) -> str:
    """Return what two writings of one name share: letters with their diacritics, the tone of each word, the number."""
    words = []
    for word in re.findall(r"\w+", unicodedata.normalize("NFC", name).casefold().replace("'", "")):
        parts = unicodedata.normalize("NFD", word)
        letters = "".join(letter for letter in parts if letter not in TONES)
        words.append(unicodedata.normalize("NFC", letters) + "".join(letter for letter in parts if letter in TONES))
    if words and words[-1].upper() in ROMAN:
        words[-1] = str(ROMAN.index(words[-1].upper()))
    return " ".join([*words[:-1], words[-1].lstrip("0") or "0"]) if words else ""


def is_without_kind(unit: Unit, text: str) -> bool:
    """Tell whether a writing by one of the functions below leaves the kind of unit out."""
    bare = unicodedata.normalize("NFC", text).replace("\u00d0", "Đ").casefold().split()
    return bool(bare) and bare[0] == unit.short_name.casefold().split()[0] and unit.kind.split()[0] != bare[0]


def tone_place(unit: Unit, _: random.Random) -> str:
    name = unit.name
    for one, other in TONE_PLACES:
        at = name.casefold().find(one)
        if at >= 0 and name[at - 1 : at].casefold() != "q":
            return name[:at] + other + name[at + 2 :]
    return name


def nfd(unit: Unit, _: random.Random) -> str:
    return unicodedata.normalize("NFD", unit.name)


def prefix(unit: Unit, chance: random.Random) -> str:
    return chance.choice(PREFIXES[unit.kind]) + unit.short_name


def case(unit: Unit, chance: random.Random) -> str:
    return chance.choice((str.upper, str.lower, str.title, str.swapcase))(unit.name)


def numeral(unit: Unit, chance: random.Random) -> str:
    *words, last = unit.name.split()
    if last.isdigit() and int(last) < len(ROMAN):
        last = chance.choice((ROMAN[int(last)], f"{int(last):02}", str(int(last))))
    elif last in ROMAN:
        last = str(ROMAN.index(last))
    return " ".join([*words, last])


def look_alike(unit: Unit, _: random.Random) -> str:
    return unit.name.replace("Đ", "\u00d0").replace("đ", "\u00f0").replace("ư", "\u01a3").replace("Ư", "\u01a2")


def zero_width(unit: Unit, chance: random.Random) -> str:
    at = chance.randrange(len(unit.name) + 1)
    return unit.name[:at] + chance.choice("\u200b\u200c\u200d\u2060\ufeff") + unit.name[at:]


def spaces(unit: Unit, chance: random.Random) -> str:
    space = chance.choice(("  ", "\u00a0", " \u00a0", "\t", "\n", "\u3000"))
    return chance.choice(("", " ", "\u00a0")) + unit.name.replace(" ", space) + chance.choice(("", "  ", "\u00a0"))


def footnote(unit: Unit, chance: random.Random) -> str:
    return unit.name + chance.choice(("*", " *", " (*)", "\u00b9", " **"))


def together(unit: Unit, chance: random.Random) -> str:
    """Several of the above at once."""
    name = prefix(unit, chance)
    name = chance.choice((str, str.upper, str.lower))(name).replace("Đ", chance.choice("Đ\u00d0"))
    name = unicodedata.normalize(chance.choice(("NFC", "NFD")), name)
    return name.replace(" ", chance.choice((" ", "  ", "\u00a0"))) + chance.choice(("", " ", "\u200b"))


def _typed(unit: Unit, change: Callable[[str], str]) -> str:
    return unit.name[: len(unit.name) - len(unit.short_name)] + change(unit.short_name)


def _letter(name: str, chance: random.Random) -> int:
    return chance.choice([place for place, letter in enumerate(name) if letter.isalnum()])


def dropped(unit: Unit, chance: random.Random) -> str:
    at = _letter(unit.short_name, chance)
    return _typed(unit, lambda name: name[:at] + name[at + 1 :])


def doubled(unit: Unit, chance: random.Random) -> str:
    at = _letter(unit.short_name, chance)
    return _typed(unit, lambda name: name[: at + 1] + name[at:])


def swapped(unit: Unit, chance: random.Random) -> str:
    at = chance.randrange(max(1, len(unit.short_name) - 1))
    return _typed(unit, lambda name: name[:at] + name[at + 1 : at + 2] + name[at : at + 1] + name[at + 2 :])


def neighbour_key(unit: Unit, chance: random.Random) -> str:
    places = [place for place, letter in enumerate(unit.short_name) if letter.casefold() in _BESIDE]
    if not places:
        return unit.name
    at = chance.choice(places)
    other = chance.choice(_BESIDE[unit.short_name[at].casefold()])
    return _typed(unit, lambda name: name[:at] + other + name[at + 1 :])


def _marks(name: str, kept: Callable[[str], bool]) -> str:
    letters = (
        letter for letter in unicodedata.normalize("NFD", name) if not unicodedata.combining(letter) or kept(letter)
    )
    return unicodedata.normalize("NFC", "".join(letters))


def no_diacritics(unit: Unit, _: random.Random) -> str:
    return _typed(unit, lambda name: _marks(name, lambda mark: False).replace("đ", "d").replace("Đ", "D"))


def no_tones(unit: Unit, _: random.Random) -> str:
    return _typed(unit, lambda name: _marks(name, lambda mark: mark not in TONES))


def other_tone(unit: Unit, chance: random.Random) -> str:
    tone = chance.choice(TONES)
    return _typed(
        unit,
        lambda name: unicodedata.normalize(
            "NFC", re.sub(f"[{TONES}]", tone, unicodedata.normalize("NFD", name), count=1)
        ),
    )


def telex(unit: Unit, chance: random.Random) -> str:
    """One word as it is typed: 'Vij' for 'Vị', 'Taan' for 'Tân'."""
    words = unit.short_name.split()
    at = chance.randrange(len(words))
    tail, typed = "", ""
    for letter in unicodedata.normalize("NFD", words[at]):
        if letter == "\u0302":
            typed += typed[-1].lower()
        elif letter in _TELEX:
            tail += _TELEX[letter]
        else:
            typed += {"đ": "dd", "Đ": "DD", "\u031b": "w"}.get(letter, letter)
    words[at] = typed + tail
    return _typed(unit, lambda _: " ".join(words))


HARMLESS: tuple[Scramble, ...] = (
    tone_place, nfd, prefix, case, numeral, look_alike, zero_width, spaces, footnote, together
)  # fmt: skip
TYPING_ERRORS: tuple[Scramble, ...] = (
    dropped, doubled, swapped, neighbour_key, no_diacritics, no_tones, other_tone, telex
)  # fmt: skip
