"""Units that the lines above a table name ('UBND HUYỆN PHỤNG HIỆP'), by the longest beginning that is a name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import partial

from etl.proposals import propose
from ntm.geo.names import clean_text, text_key
from ntm.geo.units import Register, Unit

_PROVINCE = re.compile(r"\b(?:tỉnh\s|thành phố\s|TP[.\s])\s*(?=(.+))", re.I)
_DISTRICT = re.compile(r"\b(huyện\s|quận\s|thị xã\s|thành phố\s|TX[.\s]|TP[.\s])\s*(?=(.+))", re.I)
# 'xã' alone, not that of 'thị xã'.
_COMMUNE = re.compile(r"(?<!thị )\b(xã|phường|thị trấn)(?:\s*:)?\s+(?=(.+))", re.I)
_AFTER_COMMUNE = frozenset(
    text_key(word) for word in ("huyện", "quận", "thị", "thành", "TP", "TX", "H", "tỉnh", "năm", "quý", "tháng", "đến")
)
_LONGEST_NAME = 4


def provinces_named(register: Register, texts: Iterable[str], day: date) -> list[Unit]:
    """Return the provinces in force that the lines above a table name ('UBND TỈNH HẬU GIANG'), each once."""
    return _named(texts, _PROVINCE, _beginnings, partial(register.find, level="province", day=day))


def provinces_alike(register: Register, texts: Iterable[str], day: date) -> list[Unit]:
    """Return the provinces in force whose names are most like one that the lines misspell ('TỈNH GIAI LAI')."""
    provinces = [unit for unit in register.units if unit.level == "province" and unit.in_force(day)]
    names = [name for text in texts for match in _PROVINCE.finditer(text) for name in _beginnings(match[1])]
    alike = (propose(name, provinces, most=1) for name in names if " " in name)
    return list(dict.fromkeys(unit for units in alike for unit in units))


def districts_named(register: Register, texts: Iterable[str], day: date, province: Unit | None) -> list[Unit]:
    """Return the districts in force that the lines above a table name ('UBND HUYỆN PHỤNG HIỆP'), each once."""
    code = province.unit_code if province else None
    find = partial(register.find, level="district", day=day, province_code=code)
    return _named(texts, _DISTRICT, _beginnings, find)


def communes_named(
    register: Register, texts: Iterable[str], day: date, province: Unit | None, districts: Sequence[Unit]
) -> list[Unit]:
    """Return the communes in force that the lines above a table name ('Xã: Đông Phú, huyện Châu Thành'), each once.

    They are looked for within the districts that the lines name, else within the province, else across the country.
    What goes on behind a name is no name: 'xã an toàn khu' is not xã An Toàn.
    """
    code = province.unit_code if province else None
    find = partial(register.find, level="commune", day=day, province_code=code)
    found = _named(texts, _COMMUNE, _whole_names, find)
    district_codes = {unit.unit_code for unit in districts}
    return [unit for unit in found if not district_codes or unit.district_code in district_codes]


def _named(
    texts: Iterable[str],
    pattern: re.Pattern[str],
    names_in: Callable[[str], Iterator[str]],
    find: Callable[[str], list[Unit]],
) -> list[Unit]:
    """Return the units that each match of a pattern names, each once: by the first of its names that is any's.

    The last group of the pattern holds what may begin with the name; one before it is the kind.
    """
    found: dict[str, Unit] = {}
    for match in (match for text in texts for match in pattern.finditer(text)):
        *kind, rest = match.groups()
        units = next(filter(None, (find(" ".join([*kind, name])) for name in names_in(rest))), [])
        found |= {unit.unit_code: unit for unit in units}
    return list(found.values())


def _whole_names(text: str) -> Iterator[str]:
    """Yield the beginnings of a text that can be a whole name: the line ends, or goes on with another matter."""
    words = clean_text(text).split()
    for name in _beginnings(text):
        following = words[len(name.split()) :]
        is_whole = not following or not name[-1].isalnum() or not following[0][0].isalpha()
        if is_whole or text_key(following[0]) in _AFTER_COMMUNE:
            yield name


def _beginnings(text: str) -> Iterator[str]:
    """Yield what a text begins with, four words, three, two, one: the longest name is the right one."""
    words = clean_text(text).split()
    for length in range(min(_LONGEST_NAME, len(words)), 0, -1):
        yield " ".join(words[:length])
