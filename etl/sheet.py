"""One workbook to facts and findings: grid, table, form, title, rows. Runs in a child process; touches no database."""

from __future__ import annotations

import hashlib
import importlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from etl.clean.periods import Period, find_period
from etl.context import Reference, SheetContext, SheetReading
from etl.forms.form import Form
from etl.forms.recognise import Recognised, recognise
from etl.issues import Issue
from etl.read.grid import Grid
from etl.read.table import Table, find_table
from etl.read.title import TitleBlock, read_title
from etl.read.workbook import read_workbook
from etl.units import districts_named, provinces_named
from ntm.geo.units import Register, Unit

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
    sheets: tuple[SheetReading, ...] = ()
    issues: tuple[Issue, ...] = ()
    raw_cells: tuple[RawCell, ...] = ()

    @property
    def source_id(self) -> str:
        """The first characters of the checksum; '-' for a file whose content could not be read at all."""
        return self.sha256[:12] or "-"


def read_file(path: Path, shown_path: str, reference: Reference, options: Options) -> WorkbookReading:
    """Read one workbook. Never raises for what the file holds: a file that cannot be read gives an issue."""
    try:
        sha256 = checksum(path)
        grids, refusal = read_workbook(path)
    except OSError as error:
        issue = Issue("FILE_UNREADABLE", values={"reason": error.strerror or str(error)})
        return WorkbookReading(shown_path, "", issues=(issue,))
    return WorkbookReading(
        path=shown_path,
        sha256=sha256,
        sheets=tuple(read_sheet(grid, path, reference, options) for grid in grids),
        issues=(refusal,) if refusal else (),
        raw_cells=tuple(cell for grid in grids for cell in _raw_cells(grid)),
    )


def checksum(path: Path) -> str:
    """Return the SHA-256 of a file's content. Raises OSError when it cannot be read."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_sheet(grid: Grid, path: Path, reference: Reference, options: Options) -> SheetReading:
    """Read one sheet. What is missing for reading it at all (form, period, province) refuses it whole."""
    reading = SheetReading(sheet=grid.sheet)
    table = find_table(grid)
    if table is None:
        headings = ", ".join(grid.row_texts(next(iter(grid.filled_rows)))[:_HEADINGS_QUOTED])
        return _refuse(reading, "FORM_UNKNOWN", headings=headings or "…")
    title = read_title(table, (path.stem, grid.sheet))
    reading.title, reading.document = title.title, title.document
    reading.is_illustrative = title.is_illustrative
    fitting = recognise(table, f"{title.title} {' '.join(title.texts)}")
    if len(fitting) != 1:
        headings = ", ".join(heading.text for heading in table.headings if heading.path)
        names = ", ".join(item.form.label["vi"] for item in fitting)
        return _refuse(reading, "FORM_AMBIGUOUS" if fitting else "FORM_UNKNOWN", headings=headings, forms=names)
    reading.form = fitting[0].form.name
    _report_hidden(reading, table)
    if fitting[0].unknown:
        headings = "; ".join(f"'{heading.text}'" for heading in fitting[0].unknown)
        reading.issues.append(Issue("COLUMNS_NOT_READ", reading.sheet, values={"headings": headings}))
    period = title.period or (find_period(options.period) if options.period else None)
    if title.impossible_date:
        return _refuse(reading, "PERIOD_INVALID", found=title.impossible_date)
    if period is None:
        return _refuse(reading, "PERIOD_UNKNOWN")
    reading.period_end = period.end
    _read_rows(reading, table, fitting[0], title, period, reference, options)
    return reading


def _refuse(reading: SheetReading, code: str, **values: object) -> SheetReading:
    reading.issues.append(Issue(code, reading.sheet, values=values))
    return reading


def _read_rows(
    reading: SheetReading,
    table: Table,
    recognised: Recognised,
    title: TitleBlock,
    period: Period,
    reference: Reference,
    options: Options,
) -> None:
    """Find out whom the sheet reports for, then read its rows."""
    for day in _days(recognised.form, period):
        province, unit = _reporting_units(reference.register, title.texts, day, options)
        if province and unit:
            reading.reporting_unit_code = unit.unit_code
            context = SheetContext(table, recognised, title, period, day, province, unit, reference, reading)
            importlib.import_module(f"etl.facts.{recognised.form.facts}").read(context)
            return
    _report_province(reading, reference.register, title.texts, period)


def _days(form: Form, period: Period) -> list[date]:
    """Return the days by which a form's names of units are understood, in order of precedence."""
    return [{"start": period.start, "end": period.end}[part] for part in form.units_on]


def _reporting_units(
    register: Register, texts: tuple[str, ...], day: date, options: Options
) -> tuple[Unit | None, Unit | None]:
    """Return (province, unit reported for): the district that the sheet names alone, else the province."""
    provinces = provinces_named(register, texts, day)
    if len(provinces) > 1:
        return None, None
    province = provinces[0] if provinces else None
    if province is None and options.province_code:
        province = register.by_code(options.province_code, level="province", day=day)
    districts = districts_named(register, texts, day, province)
    district = districts[0] if len(districts) == 1 else None
    if province is None and district:
        province = register.by_code(district.province_code, level="province", day=day)
    return province, district or province


def _report_province(reading: SheetReading, register: Register, texts: tuple[str, ...], period: Period) -> None:
    named = provinces_named(register, texts, period.end)
    if len(named) > 1:
        _refuse(reading, "PROVINCE_AMBIGUOUS", choices=", ".join(unit.name for unit in named))
        return
    days = {unit.valid_from for unit in register.units if unit.level == "province"}
    other = next((found[0] for day in sorted(days) if (found := provinces_named(register, texts, day))), None)
    if other:
        _refuse(reading, "PROVINCE_NOT_IN_FORCE", name=other.name, day=f"{period.end:%d/%m/%Y}")
    else:
        _refuse(reading, "PROVINCE_UNKNOWN")


def _report_hidden(reading: SheetReading, table: Table) -> None:
    """Write down what of a table is hidden: it is read all the same, totals count it."""
    grid = table.grid
    if grid.is_hidden:
        reading.issues.append(Issue("SHEET_HIDDEN", reading.sheet))
    rows = [str(row) for row in grid.filled_rows if row >= table.top and row in grid.hidden_rows]
    columns = [heading.text or "…" for heading in table.headings if heading.column in grid.hidden_columns]
    if rows or columns:
        places = "; ".join(", ".join(part) for part in (columns, rows) if part)
        reading.issues.append(Issue("CELLS_HIDDEN", reading.sheet, values={"places": places}))


def _raw_cells(grid: Grid) -> Iterator[RawCell]:
    for cells in (grid.texts, grid.errors, grid.uncached):
        for (row, column), text in cells.items():
            yield grid.sheet, row, column, text
