"""What the reading of one sheet knows and what it gives: shared by all modules of etl.facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from etl.clean.numbers import read_percent
from etl.clean.periods import Period
from etl.corrections import Alias
from etl.forms.recognise import Recognised
from etl.issues import Issue
from etl.read.grid import Grid
from etl.read.rows import Row, read_body
from etl.read.table import Table
from etl.read.title import TitleBlock
from ntm.geo.changes import UnitChanges
from ntm.geo.names import clean_text
from ntm.geo.units import Register, Unit

Fact = dict[str, object]
YES_OR_NO = "bool"


@dataclass(frozen=True)
class Options:
    """What the person who loads may add where a sheet does not say it: a period ('6/2022') and a province code."""

    period: str | None = None
    province_code: str | None = None


@dataclass(frozen=True)
class Indicator:
    """What the reader needs of an indicator. `unit` is '%', 'đạt/không', 'triệu đồng/người/năm' …, '' when not known.

    `direction`: '>=', '<=', 'bool' (met or not), 'none' (must not exist), '' when not known.
    """

    code: str
    criterion_no: str
    name: str = ""
    unit: str = ""
    direction: str = ""

    @property
    def is_yes_or_no(self) -> bool:
        """Whether it is met or not, with nothing to measure."""
        return self.direction == YES_OR_NO


@dataclass(frozen=True)
class CriteriaSet:
    """What the reader needs of a criteria set: how a title may name it, its criteria and its indicators.

    `criteria` holds names by number; `counts` the number of indicators of a criterion where it is known.
    """

    set_code: str
    standard: str
    unit_level: str
    decision: str
    province_code: str
    criteria: Mapping[str, str]
    criterion_count: int | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    indicators: Mapping[str, Indicator] = field(default_factory=dict)

    @property
    def numbers(self) -> tuple[str, ...]:
        """The criteria that are counted; conditions ('ĐK') stand beside them."""
        return tuple(number for number in self.criteria if number.isdigit())

    @property
    def total(self) -> int | None:
        """How many criteria the set counts with."""
        return self.criterion_count or len(self.numbers) or None

    def only_indicator(self, criterion_no: str) -> Indicator | None:
        """Return the indicator of a criterion that has a single one; None when it has several, or is not known."""
        own = [item for item in self.indicators.values() if item.criterion_no == criterion_no]
        is_only = len(own) == 1 and (self.counts.get(criterion_no) == 1 or own[0].code == criterion_no)
        return own[0] if is_only else None


@dataclass(frozen=True)
class Validity:
    """How many months a certificate of an OCOP product holds that was given on a day or later."""

    valid_from: date
    months: int


@dataclass(frozen=True)
class Reference:
    """Reference facts that every sheet is read against."""

    register: Register
    criteria_sets: tuple[CriteriaSet, ...]
    changes: UnitChanges = field(default_factory=UnitChanges)
    aliases: tuple[Alias, ...] = ()
    product_validity: tuple[Validity, ...] = ()


@dataclass
class SheetReading:
    """What one table of a sheet gave; most sheets have one.

    Each row read is either loaded or rejected; a rejected row has an issue.

    The three sets of row numbers are kept apart on purpose: rows are read by walking the sheet, loaded and rejected by
    what became of them, so that a row which a module of etl.facts forgets shows.
    """

    sheet: str
    table_no: int = 1
    form: str | None = None
    title: str = ""
    document: str | None = None
    period_end: date | None = None
    reporting_unit_code: str | None = None
    is_illustrative: bool = False
    read: set[int] = field(default_factory=set)
    loaded: set[int] = field(default_factory=set)
    rejected: set[int] = field(default_factory=set)
    facts: dict[str, list[Fact]] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)

    def add(self, table: str, fact: Fact) -> None:
        self.facts.setdefault(table, []).append(fact)


@dataclass(frozen=True)
class SheetContext:
    """One table with a known form, and where its findings go.

    `unit` is what the sheet reports for: the province, the district or the commune that its title block names (its
    level tells). `day` is the day by which names of units are understood.
    """

    table: Table
    recognised: Recognised
    title: TitleBlock
    period: Period
    day: date
    province: Unit
    unit: Unit
    reference: Reference
    reading: SheetReading

    @property
    def grid(self) -> Grid:
        return self.table.grid

    def rows(self, role: str, *, names_units: bool | None = None) -> tuple[Row, ...]:
        """Return the rows of the body, named by a role's column, and count them as read.

        `names_units`: the column names communes under their districts; as a rule the one of role 'unit' does.
        """
        names_units = role == "unit" if names_units is None else names_units
        body = read_body(self.table, self.column(role), names_units=names_units)
        self.reading.read.update(row.number for row in body.rows)
        if body.left_out:
            self.report("ROWS_LEFT_OUT", body.left_out, self.table.first_column)
        return body.rows

    def column(self, role: str) -> int:
        """Return the column of a role that occurs once; the ordinal's when the table has no such column."""
        return self.recognised.column(role) or self.table.first_column

    def text(self, row: int, role: str) -> str:
        """Return the clean text of a role's column in a row; empty when the table has no such column."""
        column = self.recognised.column(role)
        return self.grid.text(row, column) if column else ""

    def value(self, row: int, role: str) -> object:
        """Return the value of a role's column in a row."""
        column = self.recognised.column(role)
        return self.grid.value(row, column) if column else None

    def number(self, row: int, role: str) -> Decimal | None:
        """Return the number of a role's column in a row, None when it is none or can be read in two ways.

        A share that is shown as a percentage becomes 0-100.
        """
        column = self.recognised.column(role)
        if not column:
            return None
        return read_percent(self.grid.value(row, column), is_share=self.grid.is_percent(row, column))

    def fault(self, row: int, column: int) -> str | None:
        """Return the code of what keeps a cell from having a value: an error, a formula without result; or None."""
        origin = self.grid.origin(row, column)
        if origin in self.grid.errors:
            return "CELL_ERROR"
        return "CELL_UNCALCULATED" if origin in self.grid.uncached else None

    def report_fault(self, row: int, column: int) -> bool:
        """Write down what keeps a cell from having a value; tell whether something does."""
        code = self.fault(row, column)
        if code:
            self.report(code, row, column)
        return bool(code)

    def units_named(self, name: str, level: str, district: Unit | None = None) -> list[Unit]:
        """Return the units of a level that a name means, within the province or one of its districts."""
        return self.reference.register.find(
            name,
            level=level,
            day=self.day,
            province_code=self.province.unit_code,
            district_code=district.unit_code if district else None,
        )

    def accept(self, row: int) -> None:
        """Count a row as loaded: it gave facts, or served for reconciling."""
        self.reading.loaded.add(row)

    def reject(self, code: str, row: int, role: str, /, **values: object) -> None:
        """Set a row aside, with its finding."""
        self.report_role(code, row, role, **values)
        self.reading.rejected.add(row)

    def report(self, code: str, row: int | None = None, column: int | None = None, /, **values: object) -> None:
        """Write down a finding about a cell (or about the whole sheet)."""
        cell = raw = None
        if row and column:
            origin = self.grid.origin(row, column)
            cell = self.grid.name(row, column)
            raw = self.grid.errors.get(origin) or self.grid.uncached.get(origin)
            raw = raw or clean_text(self.grid.values.get(origin))
        self.reading.issues.append(Issue(code, self.reading.sheet, cell, raw, values))

    def report_role(self, code: str, row: int, role: str, /, **values: object) -> None:
        """Write down a finding about the cell of a role's column."""
        self.report(code, row, self.column(role), **values)

    def provenance(self, row: int, column: int) -> Fact:
        """Return the columns that lead a fact back to its cell; the loader adds the file. `row` is not loaded."""
        return {"sheet": self.reading.sheet, "cell": self.grid.name(row, column), "row": row}
