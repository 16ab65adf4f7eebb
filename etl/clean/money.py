"""Amounts of money as offices write them: unit of money, number, and whether the number is said to be no exact one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from etl.clean.numbers import read_number
from etl.clean.vocabulary import vocabulary
from ntm.geo.names import clean_text, text_key

STORED_STEP = Decimal("0.000001")
_BARE_DONG = Decimal("0.000001")
THOUSANDFOLD = (Decimal(900), Decimal(1100))
_NUMBER_AND_WORDS = re.compile(r"([(-]?\s*\d[\d.,\s]*\)?)\s*([^\W\d].*)")


@dataclass(frozen=True)
class Written:
    """A cell of money taken apart: what is left as its number, the unit that it names itself, or None.

    `factor` is how many million đồng one of that unit is.
    """

    number: object
    factor: Decimal | None = None
    is_approximate: bool = False

    def read(self, style: str | None) -> Decimal | None:
        """Return the number by the style of its column, None when it is none."""
        return read_number(self.number, style)


def take_apart(value: object) -> Written:
    """Return what a cell such as 'trên 12,5 tỷ' is made of; anything but a text is its own number."""
    if not isinstance(value, str):
        return Written(value)
    text = clean_text(value)
    exact = _without_approximation(text)
    parts = _NUMBER_AND_WORDS.fullmatch(exact)
    factor = money_factor(parts[2]) if parts else None
    return Written(parts[1] if parts and factor else exact, factor, is_approximate=exact != text)


def money_factor(text: str) -> Decimal | None:
    """Return the unit of money that a text names, alone or in brackets, as million đồng; None when it names none."""
    stated = re.sub(r"^\W*ĐVT\W*", "", text)
    parts = [stated, *re.findall(r"\(([^)]*)\)", stated), *re.split(r"[;/()]|,(?!\d)", stated)]
    known = (_factors().get(text_key(re.sub(r"^\W*(?:ĐVT|đơn vị tính)\W*", "", part, flags=re.I))) for part in parts)
    return next((factor for factor in known if factor), None)


def is_thousandfold(a: Decimal, b: Decimal) -> bool:
    """Tell whether two amounts that should be of one size are about a thousand times apart: a unit was mistaken.

    The bounds are 900 to 1,100, or the inverse (programme forms, case 43).
    """
    low, high = sorted((abs(a), abs(b)))
    return low > 0 and THOUSANDFOLD[0] <= high / low <= THOUSANDFOLD[1]


def in_million(amount: Decimal, factor: Decimal) -> Decimal:
    """Return an amount in million đồng, as exact as it is stored."""
    return (amount * factor).quantize(STORED_STEP)


@cache
def _factors() -> Mapping[str, Decimal]:
    words = vocabulary("money_units")
    scales = {str(scale): Decimal(factor) for scale, factor in words["scales"].items()}
    factors = {text_key(currency): _BARE_DONG for currency in words["currencies"]}
    factors |= {text_key(scale): scales[scale] for scale in words["alone"]}
    for scale, factor in scales.items():
        for currency in words["currencies"]:
            factors |= {text_key(f"{scale}{space}{currency}"): factor for space in ("", " ")}
    return factors


def _without_approximation(text: str) -> str:
    before, after = _approximations()
    for word in before:
        if text.casefold().startswith(word) and (rest := text[len(word) :].strip())[:1].isdigit():
            return rest
    for word in after:
        if text.casefold().endswith(word) and text[:1].isdigit():
            return text[: -len(word)].strip()
    return text


@cache
def _approximations() -> tuple[list[str], list[str]]:
    """Return the words before and after a number that call it no exact one, the longest first."""
    words = vocabulary("approximate")
    before, after = (sorted(map(str.casefold, words[part]), key=len, reverse=True) for part in ("before", "after"))
    return before, after
