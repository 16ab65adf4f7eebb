"""Money that is used in another year than that of its budget, by the words of a title, a heading or a row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from etl.clean.vocabulary import contains, vocabulary
from ntm.geo.names import clean_text, text_key

MIXED, UNCLEAR = "mixed", "unclear"
# A year by itself, not that of a date or a period: '2021', not '31/12/2021' or '2021-2025'.
_YEAR = re.compile(r"(?:\bnăm\s+)?(?<![\d/.–-])(20\d{2})(?![\d–-])", re.I)


@dataclass(frozen=True)
class CarryOver:
    """Money of the budget of `origin_year` that is used in `year`, a later one.

    `is_assumed`: no year of origin is told; money is carried over into the next year.
    """

    origin_year: int
    year: int
    is_assumed: bool = False


def carry_over(text: str, year: int) -> CarryOver | str | None:
    """Return what a text of a report on `year` says of money carried over; None when it speaks of none.

    MIXED: the year's own money and what was carried over stand in one number. UNCLEAR: from which year, or into which,
    is not certain: 'Vốn kéo dài năm 2022' in 2022 may be either.
    """
    if not is_carried(text):
        return None
    if contains(text, _words("with")):
        return MIXED
    stated = clean_text(text)
    onward = _onward().search(stated)
    used = int(onward[1]) if onward else year + 1 if contains(text, _words("year_after")) else None
    years = {int(match[1]) for match in _YEAR.finditer(stated) if onward is None or match.start(1) != onward.start(1)}
    if len(years) > 1 or contains(text, _words("years_before")):
        return UNCLEAR
    origin = next(iter(years), (used or year) - 1)
    if used is None:
        if origin == year and not _stands_first(stated):
            return UNCLEAR
        used = year if origin < year else origin + 1
    is_told = bool(years) or used > year or contains(text, _words("year_before"))
    return CarryOver(origin, used, not is_told) if origin < used and used in (year, year + 1) else UNCLEAR


def is_carried(text: str) -> bool:
    """Tell whether a text speaks of money carried over."""
    return contains(text, _words("words")) and not contains(text, (*_words("other"), *_words("without")))


def is_proposed(text: str) -> bool:
    """Tell whether a text speaks of what is asked for only."""
    return contains(text, _words("proposed"))


def without_years(text: str) -> str:
    """Return a text of money carried over without the years that it names: what is left may name a part of the year."""
    left = _onward().sub(" ", clean_text(text))
    return " ".join(_relative().sub(" ", _YEAR.sub(" ", left)).split())


def is_own_year(name: str, year: int) -> bool:
    """Tell whether a row beside what was carried over is the year's own money: 'Vốn năm 2022', 'Vốn giao trong năm'."""
    years = {int(match[1]) for match in _YEAR.finditer(clean_text(name))}
    return years <= {year} and text_key(without_years(name)) in map(text_key, _words("own"))


def _stands_first(text: str) -> bool:
    """Tell whether the year stands before the words: 'Vốn năm 2022 kéo dài' is of 2022."""
    year = _YEAR.search(text)
    return year is not None and not contains(text[: year.start()], _words("words"))


def _words(name: str) -> Sequence[str]:
    lists: Mapping[str, Sequence[str]] = vocabulary("carry_over")
    return lists[name]


@cache
def _onward() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_either(_words('onward'))})\s+(?:năm\s+)?(20\d{{2}})(?![\d–-])", re.I)


@cache
def _relative() -> re.Pattern[str]:
    words = (*_words("years_before"), *_words("year_before"), *_words("year_after"))
    return re.compile(rf"\b(?:{_either(words)})\b", re.I)


def _either(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, words))
