"""One workbook to facts and findings: grid, table, form, title, rows. Runs in a child process; touches no database."""

from __future__ import annotations

import hashlib
import importlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from etl.clean.periods import find_period
from etl.context import Reference, SheetContext, SheetReading
from etl.forms.recognise import recognise
from etl.issues import Issue
from etl.read.grid import Grid
from etl.read.table import find_table
from etl.read.title import read_title
from etl.read.workbook import read_workbook
from etl.units import find_province
from ntm.geo.names import clean_text

RawCell = tuple[str, int, int, str]
_HEADINGS_QUOTED = 6


@dataclass(frozen=True)
class Options:
    """What the person who loads may add where a sheet does not say it: a period ('6/2022') and a province code."""

    period: str | None = None
    province_code: str | None = None


@dataclass(frozen=True)
class WorkbookReading:
    """What one file gave. `issues` are about the whole file; those of a sheet are in its reading."""

    path: str
    sha256: str
    sheets: tuple[SheetReading, ...]
    issues: tuple[Issue, ...]
    raw_cells: tuple[RawCell, ...]

    @property
    def source_id(self) -> str:
        return self.sha256[:12]


def read_file(path: Path, shown_path: str, reference: Reference, options: Options) -> WorkbookReading:
    """Read one workbook. Never raises for what the file holds: a file that cannot be read gives an issue."""
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    grids, refusal = read_workbook(path)
    sheets = tuple(read_sheet(grid, path, reference, options) for grid in grids)
    return WorkbookReading(
        path=shown_path,
        sha256=sha256,
        sheets=sheets,
        issues=(refusal,) if refusal else (),
        raw_cells=tuple(cell for grid in grids for cell in _raw_cells(grid)),
    )


def read_sheet(grid: Grid, path: Path, reference: Reference, options: Options) -> SheetReading:
    """Read one sheet. What is missing for reading it at all (form, period, province) refuses it whole."""
    reading = SheetReading(sheet=grid.sheet)
    table = find_table(grid)
    if table is None:
        headings = ", ".join(
            text for text in grid.row_texts(min(row for row, _ in grid.values))[:_HEADINGS_QUOTED]
        )
        reading.issues.append(Issue("FORM_UNKNOWN", grid.sheet, values={"headings": headings or "…"}))
        return reading
    title = read_title(table, (path.stem, grid.sheet))
    reading.title, reading.document, reading.is_illustrative = (
        title.title,
        title.document,
        title.is_illustrative,
    )
    fitting = recognise(table, f"{title.title} {' '.join(title.texts)}")
    if len(fitting) != 1:
        headings = ", ".join(heading.text for heading in table.headings if heading.path)
        names = ", ".join(item.form.label["vi"] for item in fitting)
        code = "FORM_AMBIGUOUS" if fitting else "FORM_UNKNOWN"
        reading.issues.append(Issue(code, grid.sheet, values={"headings": headings, "forms": names}))
        return reading
    reading.form = fitting[0].form.name
    period = title.period or (find_period(options.period) if options.period else None)
    if period is None:
        reading.issues.append(Issue("PERIOD_UNKNOWN", grid.sheet))
        return reading
    reading.period_end = period.end
    register = reference.register
    province = (
        find_province(register, title.texts, period.end)
        or find_province(register, title.texts, period.start)
        or next((u for u in register.units if u.level == "province" and u.unit_code == options.province_code), None)
    )
    if province is None:
        reading.issues.append(Issue("PROVINCE_UNKNOWN", grid.sheet))
        return reading
    reading.reporting_unit_code = province.unit_code
    context = SheetContext(table, fitting[0], title, period, province, reference, reading)
    importlib.import_module(f"etl.facts.{fitting[0].form.facts}").read(context)
    return reading


def _raw_cells(grid: Grid) -> Iterator[RawCell]:
    for (row, column), value in grid.values.items():
        yield grid.sheet, row, column, clean_text(value)
    for (row, column), error in grid.errors.items():
        yield grid.sheet, row, column, error
