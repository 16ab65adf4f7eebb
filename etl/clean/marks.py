"""Marks of a criteria matrix to outcomes. What a mark means is decided by the legend, then for each district's block.

Each district types its own way; one file mixes 'x', 'Đ/CĐ' and '1/0'. A blank means 'not met' only where the legend
says so or the block marks nothing but what is met; otherwise it is unknown (programme forms, case 25).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from etl.clean.vocabulary import vocabulary
from ntm.geo.lookalikes import latin
from ntm.geo.names import clean_text

MET, NOT_MET, UNKNOWN = "met", "not_met", "unknown"
_PLANNED_YEAR = re.compile(
    r"(kh|kế hoạch|năm)?\s*(?:q(?:uý)?\s*(?:[1-4]|i{1,3}|iv)\s*/\s*)?(20\d{2})(?:\s*[-–]\s*(20\d{2}))?"
)


@dataclass(frozen=True)
class MarkReader:
    """Reads the marks of one block. `is_blank_explained` tells whether an empty cell has a meaning there."""

    marks: Mapping[str, str]
    blank: str
    is_blank_explained: bool

    def outcome(self, value: object) -> str | None:
        """Return the outcome of a cell, or None when the mark is not known."""
        mark = mark_key(value)
        return self.blank if mark == "" else self.marks.get(mark)


def mark_key(value: object) -> str:
    """Return a mark for comparing: lower case, whole numbers without their decimals."""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return latin(clean_text(value)).casefold()


def mark_reader(values: Iterable[object], legend: Mapping[str, str]) -> MarkReader:
    """Return the reader of a block from its cells and its legend ('' there is the blank cell).

    Without a legend a blank is 'not met' only where every mark of the block is one for 'met': a mark that is not
    known may be the block's way to say 'not met'.
    """
    marks = {**usual_marks(), **{mark: outcome for mark, outcome in legend.items() if mark}}
    if "" in legend:
        return MarkReader(marks, legend[""], True)
    used = {marks.get(mark) for mark in map(mark_key, values) if mark}
    is_met_alone = used == {MET}
    return MarkReader(marks, NOT_MET if is_met_alone else UNKNOWN, is_met_alone)


@cache
def usual_marks() -> Mapping[str, str]:
    """Return the outcomes of marks where no legend explains them, by `mark_key`."""
    return {str(mark): outcome for outcome, words in vocabulary("marks").items() for mark in words}


def planned_year(value: object, period_end: date) -> int | None:
    """Return the year for which a mark plans the criterion ('KH 2023', '2024-2025', 'Q4/2023'), or None.

    A year alone is a plan only when it lies after the period: another may be the year in which the criterion was met.
    Of a span that begins after the period it is the last year: until then all of it may pass.
    """
    match = _PLANNED_YEAR.fullmatch(mark_key(value))
    if not match:
        return None
    year = int(match[2])
    is_said = (match[1] or "").startswith(("kh", "kế"))
    is_plan = year > period_end.year or (is_said and year == period_end.year)
    return max(year, int(match[3] or year)) if is_plan else None
