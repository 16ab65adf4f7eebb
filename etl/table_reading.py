"""One table of a sheet to facts and findings: form, period, who reports, rows."""

from __future__ import annotations

import importlib
from dataclasses import replace
from datetime import date

from etl.clean.periods import Period, find_period
from etl.context import Options, Reference, SheetContext, SheetReading
from etl.forms.form import TRANSPOSED, Form, forms
from etl.forms.recognise import Recognised, nearest, recognise
from etl.issues import Issue
from etl.read.table import Table
from etl.read.title import TitleBlock
from etl.reporter import Reporter, find_reporter
from etl.transpose import unit_names, unit_view, view


class RowsLostError(Exception):
    """A module of etl.facts read rows that it neither loaded nor rejected, or counted one as both: its own fault."""


def read_table(reading: SheetReading, table: Table, title: TitleBlock, reference: Reference, options: Options) -> None:
    """Read one table into its reading. What is missing for reading it at all (form, period, unit) refuses it whole.

    Raises RowsLostError when rows read are not rows loaded and rows rejected.
    """
    reading.title, reading.document = title.title, title.document
    reading.is_illustrative = title.is_illustrative
    found = _recognise(reading, table, title, reference, options)
    if found is None:
        return
    table, recognised = found
    reading.form = recognised.form.name
    _report_hidden(reading, table.as_written or table)
    if recognised.unknown:
        _report(reading, "COLUMNS_NOT_READ", headings="; ".join(f"'{heading.text}'" for heading in recognised.unknown))
    if title.impossible_date:
        _report(reading, "PERIOD_INVALID", found=title.impossible_date)
        return
    period = _period(title, options)
    if period is None:
        _report(reading, "PERIOD_UNKNOWN")
        return
    reading.period_end = period.end
    reporter = _reporter(title, period, _days(recognised.form, period), reference, options)
    if isinstance(reporter, Issue):
        reading.issues.append(replace(reporter, sheet=reading.sheet))
        return
    reading.reporting_unit_code = reporter.unit.unit_code
    context = SheetContext(
        table, recognised, title, period, reporter.day, reporter.province, reporter.unit, reference, reading
    )
    importlib.import_module(f"etl.facts.{recognised.form.facts}").read(context)
    _assert_rows_conserved(reading)
    if cells := _unheaded(reading, table):
        _report(reading, "COLUMNS_UNHEADED", cells=", ".join(cells))


def _recognise(
    reading: SheetReading, table: Table, title: TitleBlock, reference: Reference, options: Options
) -> tuple[Table, Recognised] | None:
    """Return the table as it is to be read and its form, or write down why not."""
    lines = f"{title.title} {' '.join(title.texts)}"
    fitting = recognise(table, lines)
    if not fitting and (turned := _turned(table, title, reference, options)):
        turned_table, left_out = turned
        fitting = recognise(turned_table, lines)
        if len(fitting) == 1:
            cell = turned_table.grid.name(turned_table.body_top, turned_table.first_column)
            reading.issues.append(Issue("TABLE_TRANSPOSED", reading.sheet, cell))
            if left_out:
                place = table.grid.name(left_out, table.first_column)
                reading.issues.append(Issue("ROWS_LEFT_OUT", reading.sheet, place))
            table = turned_table
    if not fitting and (laid := _laid_down(table, lines)):
        return laid
    if len(fitting) == 1:
        return table, fitting[0]
    headings = ", ".join(heading.text for heading in table.headings if heading.path)
    if fitting:
        names = ", ".join(item.form.label["vi"] for item in fitting)
        _report(reading, "FORM_AMBIGUOUS", headings=headings, forms=names)
    else:
        _report(reading, "FORM_UNKNOWN", headings=headings, nearest=nearest(table.headings, lines) or "…")
    return None


def _turned(table: Table, title: TitleBlock, reference: Reference, options: Options) -> tuple[Table, int | None] | None:
    """Return the table with its units for rows, where units head its columns."""
    period = _period(title, options)
    if period is None:
        return None
    reporter = _reporter(title, period, [period.end, period.start], reference, options)
    province_code = reporter.province.unit_code if isinstance(reporter, Reporter) else None
    return unit_view(table, unit_names(reference.register, period.end, province_code))


def _laid_down(table: Table, lines: str) -> tuple[Table, Recognised] | None:
    """Return a table of a form that stands on its side by nature, its headings in its first columns."""
    candidates = [form for form in forms() if form.shape == TRANSPOSED]
    first = table.first_column + (2 if table.ordinal_column else 1)
    if not candidates or first > table.header.right:
        return None
    turned, _ = view(table, table.header_bottom, first, table.headings[first - 1 - table.header.left].text)
    fitting = recognise(turned, lines, candidates)
    return (turned, fitting[0]) if len(fitting) == 1 else None


def _period(title: TitleBlock, options: Options) -> Period | None:
    return title.period or (find_period(options.period) if options.period else None)


def _reporter(
    title: TitleBlock, period: Period, days: list[date], reference: Reference, options: Options
) -> Reporter | Issue:
    return find_reporter(reference.register, title.blocks, period.end, days, options.province_code)


def _days(form: Form, period: Period) -> list[date]:
    """Return the days by which a form's names of units are understood, in order of precedence."""
    return [{"start": period.start, "end": period.end}[part] for part in form.units_on]


def _report(reading: SheetReading, code: str, **values: object) -> None:
    reading.issues.append(Issue(code, reading.sheet, values=values))


def _report_hidden(reading: SheetReading, table: Table) -> None:
    """Write down what of a table is hidden: it is read all the same, totals count it."""
    grid = table.grid
    if grid.is_hidden:
        reading.issues.append(Issue("SHEET_HIDDEN", reading.sheet))
    rows = [str(row) for row in grid.filled_rows if row >= table.top and row in grid.hidden_rows]
    columns = [heading.text or "…" for heading in table.headings if heading.column in grid.hidden_columns]
    if rows or columns:
        values = {"columns": ", ".join(columns) or "–", "rows": ", ".join(rows) or "–"}
        reading.issues.append(Issue("CELLS_HIDDEN", reading.sheet, values=values))


def _unheaded(reading: SheetReading, table: Table) -> list[str]:
    """Return the first cells of columns that nothing heads, though rows that were read have something there.

    Texts count between the table's headings; beyond them, where remarks are written, only figures.
    """
    grid, header = table.grid, table.header
    headed = {heading.column for heading in table.headings if heading.path}
    places = [(row, column) for row in sorted(reading.read) for column in grid.filled_rows.get(row, ())]
    first = {
        column: grid.name(row, column)
        for row, column in reversed(places)
        if column not in headed
        and (header.left <= column <= header.right or isinstance(grid.values.get((row, column)), int | float))
    }
    return [first[column] for column in sorted(first)]


def _assert_rows_conserved(reading: SheetReading) -> None:
    counted = reading.loaded | reading.rejected
    wrong = {
        "neither loaded nor rejected": reading.read - counted,
        "loaded and rejected": reading.loaded & reading.rejected,
        "counted but not read": counted - reading.read,
    }
    faults = "; ".join(f"{what}: {sorted(rows)}" for what, rows in wrong.items() if rows)
    if faults:
        raise RowsLostError(f"form {reading.form}, sheet '{reading.sheet}', rows {faults}")
