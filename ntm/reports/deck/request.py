"""What a deck is asked for: whose, of which years, from which sections."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

import pandas as pd

from ntm.i18n import Translator

Level = Literal["commune", "district", "province"]
Read = Callable[..., pd.DataFrame]
"""Query and its values -> rows, as Snapshot.read."""


@dataclass(frozen=True)
class Unit:
    """The unit that reviews: its code and name, its level, and what it belongs to."""

    code: str
    name: str
    level: Level
    province: str
    province_name: str
    district: str | None = None


@dataclass(frozen=True)
class Period:
    """Whole years, the last one up to `month`: the end of the last month that the snapshot tells of in it."""

    first_year: int
    last_year: int
    month: date

    @property
    def years(self) -> range:
        return range(self.first_year, self.last_year + 1)


@dataclass(frozen=True)
class Material:
    """What a section is written from: the unit, the period, the queries, the language, and the snapshot asked."""

    unit: Unit
    period: Period
    read: Read
    t: Translator
    is_illustrative: bool
    build_id: str


def kept(read: Read) -> Read:
    """Return a read that asks the snapshot once for what several sections ask; each gets a frame of its own."""
    answers: dict[str, pd.DataFrame] = {}

    def read_once(query: str, **values: object) -> pd.DataFrame:
        asked = f"{query} {sorted(values.items())!r}"
        if asked not in answers:
            answers[asked] = read(query, **values)
        return answers[asked].copy(deep=False)

    return read_once
