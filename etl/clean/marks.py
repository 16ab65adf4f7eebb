"""Marks of a criteria matrix to outcomes. What a mark means is decided by the legend, then for each district's block.

Each district types its own way; one file mixes 'x', 'Đ/CĐ' and '1/0'. A blank means 'not met' only where the legend
says so or the block marks nothing but what is met; otherwise it is unknown (programme forms, case 25).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from etl.clean.vocabulary import vocabulary
from ntm.geo.names import clean_text

MET, NOT_MET, UNKNOWN = "met", "not_met", "unknown"


@dataclass(frozen=True)
class MarkReader:
    """Reads the marks of one block. `blank` is the outcome of an empty cell; `blank_rule` says why."""

    marks: Mapping[str, str]
    blank: str
    blank_rule: str

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
    return clean_text(value).casefold()


def mark_reader(values: Iterable[object], legend: Mapping[str, str]) -> MarkReader:
    """Return the reader of a block from its cells and the sheet's legend ('' there is the blank cell)."""
    marks = {str(mark): outcome for outcome, words in vocabulary("marks").items() for mark in words}
    marks |= {mark: outcome for mark, outcome in legend.items() if mark}
    used = {marks.get(mark_key(value)) for value in values} - {None}
    if "" in legend:
        return MarkReader(marks, legend[""], "legend")
    if used == {MET}:
        return MarkReader(marks, NOT_MET, "block")
    return MarkReader(marks, UNKNOWN, "none")
