"""Reviewed corrections of cells and accepted names of units: workbooks are never edited, what is read of them is.

A correction says which value it expects to replace: one that finds another value was made for another workbook, and
refuses the load instead of spoiling it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from openpyxl.utils.cell import coordinate_to_tuple

from etl.issues import Issue
from etl.read.grid import CellPosition, Grid
from ntm.geo.names import clean_text, unit_name_key

CellValue = str | int | float | date | None
REFUSING = frozenset({"CORRECTION_MISMATCH", "CORRECTION_NO_SHEET", "CORRECTION_OTHER_FILE"})
"""Findings of corrections that do not fit their workbook: with one of them nothing is published."""


@dataclass(frozen=True)
class Correction:
    """One cell of one file and the value that stands for it. The file is named by path, by checksum, or by both."""

    entry: str
    path: str | None
    sha256: str | None
    sheet: str
    cell: str
    expected: CellValue
    value: CellValue
    who: str
    when: date
    why: str

    def is_of(self, path: str, sha256: str) -> bool:
        """Tell whether the correction is about this file: the path decides, where it has one."""
        return path == self.path if self.path else bool(self.sha256) and sha256.startswith(str(self.sha256))


@dataclass(frozen=True)
class Alias:
    """A name that somebody accepted for a unit, within a province or district, from one day to another."""

    name: str
    level: str
    unit_code: str
    within: str
    valid_from: date
    valid_to: date | None
    who: str
    when: date
    why: str

    def is_meant(self, name: str, level: str, day: date, within: Iterable[str | None]) -> bool:
        """Tell whether a name as written in one of these places, on that day, is this alias."""
        kind, key = unit_name_key(name)
        own_kind, own_key = unit_name_key(self.name)
        return (
            (level, key) == (self.level, own_key)
            and (kind is None or own_kind is None or kind == own_kind)
            and self.within in within
            and self.valid_from <= day
            and (self.valid_to is None or day <= self.valid_to)
        )


@dataclass(frozen=True)
class Corrections:
    """What a reviewed file holds; empty where there is none."""

    cells: tuple[Correction, ...] = ()
    aliases: tuple[Alias, ...] = ()

    def unused(self, files: Iterable[tuple[str, str]]) -> list[Correction]:
        """Return the corrections of files that are not among these (path, checksum)."""
        known = list(files)
        return [item for item in self.cells if not any(item.is_of(*file) for file in known)]


NO_CORRECTIONS = Corrections()


def corrected(
    grids: Sequence[Grid], corrections: Corrections, path: str, sha256: str
) -> tuple[list[Grid], tuple[Issue, ...]]:
    """Return the sheets of a file with its corrections applied, and a finding for each: applied, or why it is not."""
    wanted = [item for item in corrections.cells if item.is_of(path, sha256)]
    by_sheet = {grid.sheet: grid for grid in grids}
    issues: list[Issue] = []
    for item in wanted:
        grid = by_sheet.get(item.sheet)
        if item.sha256 and not sha256.startswith(item.sha256):
            issues.append(_refused("CORRECTION_OTHER_FILE", item, wanted=item.sha256, checksum=sha256[:12]))
        elif grid is None:
            issues.append(_refused("CORRECTION_NO_SHEET", item, name=item.sheet, sheets=", ".join(by_sheet) or "…"))
        else:
            by_sheet[item.sheet], issue = _with_value(grid, item)
            issues.append(issue)
    return [by_sheet[grid.sheet] for grid in grids], tuple(issues)


def filled_cells(before: Grid, after: Grid) -> Iterator[CellPosition]:
    """Yield the cells that were empty before a correction filled them."""
    return (position for position in after.values if not _is_stored(before, position))


def _with_value(grid: Grid, item: Correction) -> tuple[Grid, Issue]:
    position = grid.origin(*coordinate_to_tuple(item.cell))
    shown = _shown(grid, position)
    if _written(shown) != _written(item.expected):
        found, expected = _written(shown) or "…", _written(item.expected) or "…"
        return grid, _refused("CORRECTION_MISMATCH", item, found=found, expected=expected)
    values = {key: value for key, value in grid.values.items() if key != position}
    if item.value is not None:
        values[position] = item.value
    changed = replace(
        grid,
        values=values,
        errors=_without(grid.errors, position),
        uncached=_without(grid.uncached, position),
        date_formats=_without(grid.date_formats, position),
    )
    told = {"old": _written(shown) or "…", "new": _written(item.value) or "…", "why": item.why, **_signed(item)}
    return changed, Issue("CORRECTION_APPLIED", item.sheet, item.cell, _written(shown), told)


def _refused(code: str, item: Correction, **values: object) -> Issue:
    return Issue(code, item.sheet, item.cell, values={"entry": item.entry, **_signed(item), **values})


def _signed(item: Correction) -> Mapping[str, object]:
    return {"who": item.who, "when": item.when}


def _shown(grid: Grid, position: CellPosition) -> object:
    return grid.errors.get(position) or grid.uncached.get(position) or grid.values.get(position)


def _is_stored(grid: Grid, position: CellPosition) -> bool:
    return position in grid.values or position in grid.errors or position in grid.uncached


def _without(cells: Mapping[CellPosition, str], position: CellPosition) -> Mapping[CellPosition, str]:
    return {key: text for key, text in cells.items() if key != position}


def _written(value: object) -> str:
    """Return a value as one would write it: a whole number without decimals, a day without its midnight."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and not (value.hour or value.minute or value.second):
        return value.date().isoformat()
    return clean_text(value)
