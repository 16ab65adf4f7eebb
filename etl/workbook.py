"""One workbook to facts and findings: grid, table, form, title, rows. Runs in a child process; touches no database."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from pathlib import Path

from etl.context import Options, Reference, SheetReading
from etl.corrections import NO_CORRECTIONS, Corrections, corrected, filled_cells
from etl.forms.tables import find_tables
from etl.issues import Issue
from etl.read.aids import is_aid
from etl.read.grid import Grid
from etl.read.table import Table
from etl.read.title import TitleBlock, read_title
from etl.read.workbook import read_workbook
from etl.table_reading import read_table
from etl.transpose import find_units_across, unit_names

RawCell = tuple[str, int, int, str]
_HEADINGS_QUOTED = 6
_LONGEST_MARK = 2


@dataclass(frozen=True)
class WorkbookReading:
    """What one file gave. `issues` are about the whole file; those of a sheet are in its reading."""

    path: str
    sha256: str
    sheets: tuple[SheetReading, ...] = ()
    issues: tuple[Issue, ...] = ()
    raw_cells: tuple[RawCell, ...] = ()

    @property
    def source_id(self) -> str:
        """The first characters of the checksum; '-' for a file whose content could not be read at all."""
        return self.sha256[:12] or "-"

    @cached_property
    def written(self) -> Mapping[tuple[str, int, int], str]:
        """What the cells of the file hold, by sheet, row and column."""
        return {(sheet, row, column): text for sheet, row, column, text in self.raw_cells}


def read_file(
    path: Path,
    shown_path: str,
    reference: Reference,
    options: Options,
    corrections: Corrections = NO_CORRECTIONS,
) -> WorkbookReading:
    """Read one workbook. Never raises for what the file holds: a file that cannot be read gives an issue.

    What it says is kept as its cells have it; corrections change what is read of them.
    """
    try:
        sha256 = checksum(path)
        grids, refusal = read_workbook(path)
        grids = [grid for grid in grids if not is_aid(grid)]
    except OSError as error:
        issue = Issue("FILE_UNREADABLE", values={"reason": error.strerror or str(error)})
        return WorkbookReading(shown_path, "", issues=(issue,))
    mended, remarks = corrected(grids, corrections, shown_path, sha256)
    return WorkbookReading(
        path=shown_path,
        sha256=sha256,
        sheets=tuple(reading for grid in mended for reading in read_sheet(grid, path, reference, options)),
        issues=(*((refusal,) if refusal else ()), *(issue for grid in grids for issue in grid.issues), *remarks),
        raw_cells=tuple(cell for pair in zip(grids, mended, strict=True) for cell in _raw_cells(*pair)),
    )


def checksum(path: Path) -> str:
    """Return the SHA-256 of a file's content. Raises OSError when it cannot be read."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_sheet(grid: Grid, path: Path, reference: Reference, options: Options) -> tuple[SheetReading, ...]:
    """Read the tables of one sheet, each on its own, numbered from 1.

    Beside a table of a known form, one of none that holds no figures is no report (a list of contents, of signers).
    """
    tables = find_tables(grid) or _find_units_across(grid, reference)
    if not tables:
        return (_without_table(grid),)
    titles: dict[int, TitleBlock] = {}
    readings: list[tuple[SheetReading, Table]] = []
    for number, table in enumerate(tables, start=1):
        title = read_title(table, (grid.sheet, path.stem), titles.get(id(table.above)))
        titles[id(table)] = title
        reading = SheetReading(grid.sheet, number)
        read_table(reading, table, title, reference, options)
        readings.append((reading, table))
    if any(reading.form for reading, _ in readings):
        readings = [(_as_beside(reading), table) for reading, table in readings if reading.form or _has_figures(table)]
    _report_alike(readings)
    _report_outside(readings[0][0], grid, tables)
    return tuple(replace(reading, table_no=number) for number, (reading, _) in enumerate(readings, start=1))


def _find_units_across(grid: Grid, reference: Reference) -> tuple[Table, ...]:
    days = sorted({unit.valid_from for unit in reference.register.units if unit.level == "province"})
    found = (find_units_across(grid, unit_names(reference.register, day, None)) for day in days)
    return tuple(islice((table for table in found if table), 1))


def _without_table(grid: Grid) -> SheetReading:
    """Return the reading of a sheet on which nothing heads columns; without figures it is a cover or an explanation."""
    has_figures = any(isinstance(value, int | float) for value in grid.values.values())
    headings = ", ".join(grid.row_texts(next(iter(grid.filled_rows)))[:_HEADINGS_QUOTED]) or "…"
    code = "FORM_UNKNOWN" if has_figures else "SHEET_WITHOUT_TABLE"
    issue = Issue(code, grid.sheet, values={"headings": headings, "nearest": "…"})
    return SheetReading(grid.sheet, issues=[issue])


def _has_figures(table: Table) -> bool:
    """Tell whether a table holds figures or marks, its ordinals aside."""
    values = (
        value
        for (row, column), value in table.grid.values.items()
        if table.body_top <= row <= table.bottom and column != table.ordinal_column
    )
    return any(not isinstance(value, str) or len(value.strip()) <= _LONGEST_MARK for value in values)


def _as_beside(reading: SheetReading) -> SheetReading:
    """Return a reading with a table of no known form asked about: the sheet's form itself was read."""
    issues = [
        replace(issue, code="TABLE_UNKNOWN") if issue.code == "FORM_UNKNOWN" else issue for issue in reading.issues
    ]
    return replace(reading, issues=issues)


def _report_alike(readings: Sequence[tuple[SheetReading, Table]]) -> None:
    """Ask about a second table that means the same as one before it: it may be a copy, or a part of it."""
    seen: dict[tuple[object, ...], str] = {}
    for reading, table in readings:
        place = table.grid.name(table.top, table.first_column)
        key = reading.form, reading.title, reading.period_end, reading.reporting_unit_code
        if reading.form and reading.period_end and (first := seen.setdefault(key, place)) != place:
            reading.issues.append(Issue("TABLES_ALIKE", reading.sheet, place, values={"first": first}))


def _report_outside(reading: SheetReading, grid: Grid, tables: Sequence[Table]) -> None:
    """Ask about figures below the first header that belong to none of several tables."""
    if len(tables) == 1:
        return
    owned = {place for table in tables for place in (*table.grid.values, *table.lines)}
    top = min(table.top for table in tables)
    figures = (place for place, value in grid.values.items() if place[0] >= top and isinstance(value, int | float))
    if outside := sorted(place for place in figures if place not in owned):
        values = {"count": len(outside)}
        reading.issues.append(Issue("FIGURES_OUTSIDE", reading.sheet, grid.name(*outside[0]), values=values))


def _raw_cells(grid: Grid, mended: Grid) -> Iterator[RawCell]:
    """Yield what the cells hold in the file; one that was empty and is filled by a correction holds nothing."""
    for row, column in filled_cells(grid, mended):
        yield grid.sheet, row, column, ""
    for cells in (grid.texts, grid.errors, grid.uncached):
        for (row, column), text in cells.items():
            yield grid.sheet, row, column, text
