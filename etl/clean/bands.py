"""Bands of criteria as headings and rows name them, by their meaning: '15-18', 'từ 15 đến 18', 'dưới 5', '19 TC'.

Bands are not fixed: Thừa Thiên Huế counts '8-9' and 'dưới 8', Hưng Yên '17-18', Hà Tĩnh 'dưới 11', Tây Ninh '05-09'.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ntm.geo.names import clean_text

_WORDS = re.compile(r"\b(?:số|tổng số|xã|đạt|được|nhóm|có|đủ|tiêu chí|TC|từ)\b", re.I)
_SPAN = re.compile(r"(\d{1,2})\s*(?:-|–|—|đến|tới)\s*(?:dưới\s+)?(\d{1,2})", re.I)
_BELOW = re.compile(r"(?:<|dưới|ít hơn|nhỏ hơn)\s*(\d{1,2})", re.I)
_AT_MOST = re.compile(r"(?:≤|<=|=<|không quá|tối đa)\s*(\d{1,2})|(\d{1,2})\s*trở xuống", re.I)
_ABOVE = re.compile(r"(?:>|trên|hơn|lớn hơn)\s*(\d{1,2})", re.I)
_AT_LEAST = re.compile(r"(?:≥|>=|=>|ít nhất|tối thiểu)\s*(\d{1,2})|(\d{1,2})\s*trở lên", re.I)
_FULL = re.compile(r"(\d{1,2})\s*/\s*(\d{1,2})")
_ONE = re.compile(r"(\d{1,2})")


@dataclass(frozen=True, order=True)
class Band:
    """Numbers of criteria from `low` to `high`, both included."""

    low: int
    high: int

    @property
    def text(self) -> str:
        return str(self.low) if self.low == self.high else f"{self.low}-{self.high}"


def read_band(text: str, total: int) -> Band | None:
    """Return the band that a text names, None when it names none that a set of `total` criteria can have."""
    bare = " ".join(_WORDS.sub(" ", clean_text(text)).split()).strip(" :.")
    low, high = _bounds(bare, total) or (1, 0)
    return Band(low, high) if 0 <= low <= high <= total else None


def _bounds(text: str, total: int) -> tuple[int, int] | None:
    if span := _SPAN.fullmatch(text):
        return int(span[1]), int(span[2]) - ("dưới" in text.casefold())
    if below := _BELOW.fullmatch(text):
        return 0, int(below[1]) - 1
    if most := _AT_MOST.fullmatch(text):
        return 0, int(most[1] or most[2])
    if above := _ABOVE.fullmatch(text):
        return int(above[1]) + 1, total
    if least := _AT_LEAST.fullmatch(text):
        return int(least[1] or least[2]), total
    if (full := _FULL.fullmatch(text)) and full[1] == full[2]:
        return int(full[1]), int(full[1])
    one = _ONE.fullmatch(text)
    return (int(one[1]), int(one[1])) if one else None


def overlaps(bands: Sequence[Band]) -> list[tuple[Band, Band]]:
    """Return neighbouring bands that share a number of criteria: a commune is counted in both."""
    return [(a, b) for a, b in pairwise(sorted(bands)) if b.low <= a.high]


def gaps(bands: Sequence[Band], total: int) -> list[Band]:
    """Return the numbers of criteria, from 0 to `total`, that no band holds."""
    held = {number for band in bands for number in range(band.low, band.high + 1)}
    missing = [number for number in range(total + 1) if number not in held]
    starts = [number for number in missing if number - 1 not in missing]
    ends = [number for number in missing if number + 1 not in missing]
    return [Band(low, high) for low, high in zip(starts, ends, strict=True)]
