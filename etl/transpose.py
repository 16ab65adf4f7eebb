"""Tables that stand on their side: units are columns, what is said of them are rows (programme forms, case 19).

Such a table is read through a view with its rows for columns; the cells of the view keep their names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from etl.read.grid import Grid
from etl.read.header import NO_COLUMN, Header, Heading, read_header
from etl.read.rows import DERIVED, GROUP, is_end, is_summary, read_body
from etl.read.table import Table
from ntm.geo.units import Register

NamesUnit = Callable[[str], str | None]
"""Gives the level of the unit that a text names, None when it names none."""
_FEWEST_UNITS = 2
_SHARE_OF_UNITS = 0.6
_HEADINGS = {"commune": "Xã", "district": "Huyện"}


def unit_names(register: Register, day: date, province_code: str | None) -> NamesUnit:
    """Return what tells names of communes and districts, of a province where it is known."""

    def level(text: str) -> str | None:
        for level in _HEADINGS:
            if text and register.find(text, level=level, day=day, province_code=province_code):
                return level
        return None

    return level


def find_units_across(grid: Grid, names_unit: NamesUnit) -> Table | None:
    """Return the table whose header row names units, of a sheet on which no headings are known."""
    for row, columns in grid.filled_rows.items():
        if len(columns) > _FEWEST_UNITS and _units(grid, row, columns, names_unit):
            header = read_header(grid, row, columns[0], NO_COLUMN)
            lines = tuple(place for place in grid.texts if place[0] < row)
            return Table(grid, grid, header, max(grid.filled_rows), tuple(sorted(lines)))
    return None


def unit_view(table: Table, names_unit: NamesUnit) -> tuple[Table, int | None] | None:
    """Return (the table with its units down the first column, a row left out below it), None when none head columns.

    At least 60% of the columns must be named like units.
    """
    grid = table.grid
    for row in range(table.header_bottom, table.top - 1, -1):
        columns = [heading.column for heading in table.headings if grid.text(row, heading.column)]
        units = _units(grid, row, columns, names_unit)
        if units and min(units) > table.header.left:
            (level, _), *_ = Counter(units.values()).most_common(1)
            return view(table, row, min(units), _HEADINGS[level])
    return None


def view(table: Table, axis_row: int, first_column: int, heading: str) -> tuple[Table, int | None]:
    """Return the table turned on its side, and a row left out below it.

    `axis_row` holds the names that stand over the columns from `first_column` on; they come under `heading`. The
    columns before are the headings of the view.
    """
    labels = range(table.header.left, first_column)
    name_column = next((column for column in labels if column != table.ordinal_column), table.header.left)
    body = read_body(table, name_column, names_units=False)
    headings = [Heading(axis_row, (heading,))]
    group: tuple[str, ...] = ()
    for row in body.rows:
        path = _path(table.grid, row.number, (table.ordinal_column, name_column))
        group = path if row.kind == GROUP else group
        is_empty = not any(column >= first_column for column in table.grid.filled_rows[row.number])
        if row.kind != DERIVED and not is_empty:
            headings.append(Heading(row.number, path if row.kind == GROUP else (*group, *path)))
    kept = {heading.column for heading in headings}
    part = table.grid.part(lambda row, column: row in kept and table.header.left <= column <= table.header.right)
    header = Header(
        top=table.header.left,
        bottom=first_column - 1,
        left=axis_row,
        right=max(kept),
        ordinal_column=NO_COLUMN,
        numbering_row=None,
        headings=tuple(headings),
    )
    turned = replace(
        table, grid=part.transposed(), header=header, bottom=table.header.right, repeats=frozenset(), as_written=table
    )
    return turned, body.left_out


def _units(grid: Grid, row: int, columns: Sequence[int], names_unit: NamesUnit) -> dict[int, str]:
    """Return level by column of the units that head columns; none when they are too few of them."""
    levels = {column: level for column in columns if (level := names_unit(grid.text(row, column)))}
    if len(levels) < _FEWEST_UNITS:
        return {}
    texts = [grid.text(row, column) for column in columns if column >= min(levels)]
    others = [text for text in texts if not is_summary(text) and not is_end("", "", text)]
    return levels if len(levels) >= _SHARE_OF_UNITS * len(others) else {}


def _path(grid: Grid, row: int, columns: Sequence[int]) -> tuple[str, ...]:
    texts = [grid.text(row, column) for column in columns if column]
    return tuple(text for place, text in enumerate(texts) if text and text not in texts[:place])
