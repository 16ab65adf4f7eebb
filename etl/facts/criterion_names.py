"""How headings and rows call a criterion: by its name, a usual short form, or a number that the spreadsheet mangled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from etl.clean.vocabulary import vocabulary
from etl.context import CriteriaSet
from ntm.geo.names import text_key

CONDITIONS = "ĐK"
"""Number of the conditions that stand beside the criteria of a district's set."""
_JOINING_WORDS = frozenset({text_key("và"), text_key("về")})
_LONGEST_ABBREVIATION = 5


class CriterionNames:
    """The names of one set's criteria, as its own list gives them and as offices shorten them."""

    def __init__(self, criteria_set: CriteriaSet) -> None:
        self._exact = {text_key(name): number for number, name in criteria_set.criteria.items()}
        self._short: dict[str, list[str]] = defaultdict(list)
        short_forms: Mapping[str, Sequence[str]] = {
            text_key(name): words for name, words in vocabulary("criteria").items()
        }
        for key, number in self._exact.items():
            for word in short_forms.get(key, ()):
                self._short[text_key(word)].append(number)

    def find(self, path: Sequence[str]) -> tuple[list[str], str]:
        """Return (numbers, heading) of the lowest heading of a path that names a criterion; no number where none does.

        Several numbers: a short form that the set has twice.
        """
        for part in reversed(path):
            key = text_key(part)
            if found := [self._exact[key]] if key in self._exact else self._short.get(key, []):
                return found, part
        return [], path[-1]

    def of_other(self, name: str, number: str) -> str | None:
        """Return the number of the one criterion that a name is, where that is not the number written beside it."""
        found, _ = self.find([name])
        return found[0] if len(found) == 1 and found[0] != number else None


class Numbering:
    """Numbers of indicators in the order of a sheet: a spreadsheet stores 17.10 as 17.1, which stands behind 17.9."""

    def __init__(self) -> None:
        self._last: dict[str, str] = {}

    def next(self, code: str, *, is_figure: bool) -> str:
        """Return the number that is meant; `is_figure` tells that the cell holds a number and no text."""
        criterion, _, part = code.partition(".")
        if is_figure and part == "1" and self._last.get(criterion) in ("9", "10"):
            part = "10"
        self._last[criterion] = part
        return f"{criterion}.{part}" if part else criterion


def is_same_name(written: str, known: str) -> bool:
    """Tell whether a heading names a criterion; offices shorten ('Thủy lợi…', 'QP và AN', 'TT&TT')."""
    ours = [word for word in text_key(known).split() if word not in _JOINING_WORDS]
    theirs = [word for word in text_key(written).split() if word not in _JOINING_WORDS]
    initials = "".join(word[0] for word in ours)
    return bool({*ours} & {*theirs}) or (
        bool(theirs) and all(len(word) <= _LONGEST_ABBREVIATION and word in initials for word in theirs)
    )
