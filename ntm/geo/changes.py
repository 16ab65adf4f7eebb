"""What became of units: which went into which, and when (unit_changes.csv)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from pathlib import Path

from ntm.csv_files import read_columns
from ntm.geo.units import read_day


@dataclass(frozen=True, slots=True)
class UnitChange:
    """A unit of before a day that went, whole or in part, into one of since then (a row of unit_change)."""

    old_code: str
    new_code: str
    change_date: date
    kind: str
    is_partial: bool


_COLUMNS = tuple(field.name for field in fields(UnitChange))


class UnitChanges:
    """Changes by either end. Codes are used again: each is one of its own side of the change."""

    def __init__(self, changes: Iterable[UnitChange] = ()) -> None:
        self._of_old: dict[str, list[UnitChange]] = defaultdict(list)
        self._of_new: dict[str, list[UnitChange]] = defaultdict(list)
        for change in changes:
            self._of_old[change.old_code].append(change)
            self._of_new[change.new_code].append(change)

    def of_old(self, code: str) -> tuple[UnitChange, ...]:
        """Return what a unit of before the change went into; empty when that is not known."""
        return tuple(self._of_old.get(code, ()))

    def of_new(self, code: str) -> tuple[UnitChange, ...]:
        """Return what a unit of since the change was made of."""
        return tuple(self._of_new.get(code, ()))


@cache
def read_changes(path: Path) -> UnitChanges:
    """Return the changes of a unit_changes.csv. Raises OSError when the file is missing."""
    return UnitChanges(
        UnitChange(old_code, new_code, read_day(day), kind, is_partial.lower() == "true")
        for old_code, new_code, day, kind, is_partial in read_columns(path, *_COLUMNS)
    )
