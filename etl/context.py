"""What the reading of one sheet knows and what it gives: shared by all modules of etl.facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from etl.clean.periods import Period
from etl.forms.recognise import Recognised
from etl.issues import Issue
from etl.read.grid import Grid, cell_name
from etl.read.rows import Row, body
from etl.read.table import Table
from etl.read.title import TitleBlock
from ntm.geo.names import clean_text
from ntm.geo.units import Register, Unit

Fact = dict[str, object]


@dataclass(frozen=True)
class CriteriaSet:
    """What the reader needs of a criteria set: how a title may name it, and the names of its criteria."""

    set_code: str
    standard: str
    unit_level: str
    decision: str
    province_code: str
    criteria: Mapping[str, str]


@dataclass(frozen=True)
class Reference:
    """Reference facts that every sheet is read against."""

    register: Register
    criteria_sets: tuple[CriteriaSet, ...]


@dataclass
class SheetReading:
    """What one sheet gave. rows_read is always rows_loaded + rows_rejected; a rejected row has an issue."""

    sheet: str
    form: str | None = None
    title: str = ""
    document: str | None = None
    period_end: date | None = None
    reporting_unit_code: str | None = None
    is_illustrative: bool = False
    rows_read: int = 0
    rows_loaded: int = 0
    rows_rejected: int = 0
    facts: dict[str, list[Fact]] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)

    def add(self, table: str, fact: Fact) -> None:
        self.facts.setdefault(table, []).append(fact)


@dataclass(frozen=True)
class SheetContext:
    """One table with a known form, and where its findings go."""

    table: Table
    recognised: Recognised
    title: TitleBlock
    period: Period
    province: Unit
    reference: Reference
    reading: SheetReading

    @property
    def day(self) -> date:
        """The day on which units are looked up: the period's last on which the province was in force.

        A plan for 2025 names the units of its beginning, which ended on 30 June 2025.
        """
        return self.period.end if self.province.in_force(self.period.end) else self.period.start

    @property
    def grid(self) -> Grid:
        return self.table.grid

    def rows(self, role: str) -> Iterator[Row]:
        """Yield the rows of the body, named by a role's column, and count them as read."""
        for row in body(self.table, self.recognised.column(role) or self.table.ordinal_column):
            self.reading.rows_read += 1
            yield row

    def text(self, row: int, role: str) -> str:
        """Return the clean text of a role's column in a row; empty when the table has no such column."""
        column = self.recognised.column(role)
        return self.grid.text(row, column) if column else ""

    def value(self, row: int, role: str) -> object:
        """Return the value of a role's column in a row."""
        column = self.recognised.column(role)
        return self.grid.value(row, column) if column else None

    def cell(self, row: int, role: str) -> str:
        """Return the name of the cell of a role's column; the ordinal's when there is no such column."""
        return cell_name(row, self.recognised.column(role) or self.table.ordinal_column)

    def report(self, code: str, row: int | None = None, column: int | None = None, **values: object) -> None:
        """Write down a finding about a cell (or about the whole sheet)."""
        cell = cell_name(row, column) if row and column else None
        raw = None
        if row and column:
            raw = self.grid.errors.get((row, column)) or clean_text(self.grid.value(row, column))
        self.reading.issues.append(Issue(code, self.reading.sheet, cell, raw, values))

    def report_role(self, code: str, row: int, role: str, **values: object) -> None:
        """Write down a finding about the cell of a role's column."""
        self.report(code, row, self.recognised.column(role) or self.table.ordinal_column, **values)

    def reject(self, code: str, row: int, role: str, **values: object) -> None:
        """Set a row aside, with its finding."""
        self.report_role(code, row, role, **values)
        self.reading.rows_rejected += 1

    def provenance(self, row: int, column: int) -> Fact:
        """Return the columns that lead a fact back to its cell; the loader adds the file."""
        merge = self.grid.merge_at(row, column)
        place = (merge.top, merge.left) if merge else (row, column)
        return {"sheet": self.reading.sheet, "cell": cell_name(*place)}
