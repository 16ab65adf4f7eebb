"""Arrears of works (nợ đọng xây dựng cơ bản) to arrears: what was built, what was paid for, what is owed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from etl.clean.money import in_million, is_thousandfold
from etl.context import Fact, SheetContext
from etl.facts.funding_checks import check_numbering
from etl.facts.funding_facts import MILLION, check_sum
from etl.facts.money_cells import Cells, MoneyColumn, money_columns, read_cells, settle_rows
from etl.facts.stated import Stated, add_stated
from etl.facts.sums import is_sum
from etl.facts.works import category_of, find_place
from etl.read.rows import GROUP, ITEM, TOTAL, Row
from ntm.geo.units import Unit

_OWED = "owed"
_AMOUNTS = (_OWED, "total_investment", "completed", "allocated")
_YEARS = re.compile(r"((?:19|20)\d{2})\s*[-–/]\s*((?:19|20)\d{2})")
_SAME_SIZE = (("total_investment", "completed"), ("completed", "allocated"))


@dataclass(frozen=True)
class _Money:
    """The columns of amounts and their cells, by role."""

    columns: Mapping[str, MoneyColumn]
    cells: Mapping[str, Cells]

    def million(self, row: int, role: str) -> Decimal | None:
        """Return an amount of a row in million đồng, None where there is none."""
        stated = self.cells[role].stated.get(row) if role in self.cells else None
        return None if stated is None else in_million(stated, self.columns[role].factor)


@dataclass
class _Group:
    """What the rows below a group row share: their unit, their kind of work. `works` are these rows."""

    row: Row | None
    unit: Unit
    name: str
    works: list[int]


def read(context: SheetContext) -> None:
    """Read one list of arrears. Without a unit of money the sheet is refused whole."""
    headings = {role: found[0] for role in _AMOUNTS if (found := context.recognised.columns.get(role))}
    by_column = {column.column: column for column in money_columns(context, list(headings.values()))}
    columns = {role: by_column[heading.column] for role, heading in headings.items() if heading.column in by_column}
    rows = context.rows("work") if _OWED in columns else ()
    numbers = [row.number for row in rows if row.kind != "derived"]
    money = _Money(columns, {role: read_cells(context, column, numbers) for role, column in columns.items()})
    groups, totals = _groups(context, rows)
    check_numbering(context, columns.values(), {row.number: row.name for row in rows if row.kind == ITEM})
    for group in groups:
        for number in group.works:
            _read_work(context, number, group, money)
        if group.row:
            _check_sum(context, group.row, group.unit, group.works, money)
    works = [number for group in groups for number in group.works]
    for total in totals:
        _check_sum(context, total, context.unit, works, money)
    settle_rows(context, works, [money.cells[_OWED]] if _OWED in money.cells else [])


def _groups(context: SheetContext, rows: tuple[Row, ...]) -> tuple[list[_Group], list[Row]]:
    groups = [_Group(None, context.unit, "", [])]
    totals = []
    for row in rows:
        if row.kind == GROUP:
            unit = find_place(context, row.name, context.unit)
            groups.append(_Group(row, unit or context.unit, "" if unit else row.name, []))
            context.accept(row.number)
        elif row.kind == TOTAL:
            totals.append(row)
            context.accept(row.number)
        elif row.name and row.kind != "derived":
            groups[-1].works.append(row.number)
        else:
            context.accept(row.number)
    return groups, totals


def _read_work(context: SheetContext, row: int, group: _Group, money: _Money) -> None:
    owed = money.million(row, _OWED)
    if owed is None:
        if row not in money.cells[_OWED].unread:
            context.reject("OWED_MISSING", row, _OWED)
        return
    _check_balance(context, row, owed, money)
    _check_sizes(context, row, money)
    work, location = context.text(row, "work"), context.text(row, "location")
    unit = find_place(context, location, group.unit) if location else group.unit
    if unit is None:
        context.report_role("LOCATION_UNKNOWN", row, "location", name=location, unit=group.unit.name)
    started, finished = _years(context, row)
    fact: Fact = {
        "unit_code": (unit or group.unit).unit_code,
        "period_end": context.period.end,
        "work": work,
        "category": category_of(context.text(row, "category"), work, group.name),
        "location": location or None,
        "started_year": started,
        "finished_year": finished,
        "amount_vnd_million": owed,
        "is_approximate": row in money.cells[_OWED].approximate,
        "plan": context.text(row, "plan") or None,
        **{f"{role}_vnd_million": money.million(row, role) for role in _AMOUNTS[1:]},
    }
    context.reading.add("arrears", fact | context.provenance(row, money.columns[_OWED].column))


def _check_balance(context: SheetContext, row: int, owed: Decimal, money: _Money) -> None:
    """Ask where what is owed is not what was built without being paid for; a numbering row says so itself (8=6-7)."""
    if any(rule.target == money.columns[_OWED].column for rule in context.table.rules):
        return
    completed, allocated = money.million(row, "completed"), money.million(row, "allocated")
    if completed is None or allocated is None or is_sum(completed, [allocated, owed]):
        return
    counted = completed - allocated
    context.report_role("OWED_MISMATCH", row, _OWED, stated=owed, counted=counted)


def _check_sizes(context: SheetContext, row: int, money: _Money) -> None:
    """Ask where amounts of one work are a thousand times apart: one of them is in another unit of money."""
    for one, other in _SAME_SIZE:
        first, second = money.million(row, one), money.million(row, other)
        if first is not None and second is not None and is_thousandfold(first, second):
            place = context.grid.name(row, money.columns[one].column)
            context.report_role("AMOUNT_THOUSANDFOLD", row, other, amount=second, other=first, place=place)


def _years(context: SheetContext, row: int) -> tuple[int | None, int | None]:
    """Return the years that building began and ended; a single year may be either, so it is left out."""
    text = context.text(row, "years")
    if match := _YEARS.fullmatch(text):
        return int(match[1]), int(match[2])
    if text:
        context.report_role("YEARS_UNREADABLE", row, "years", found=text)
    return None, None


def _check_sum(context: SheetContext, row: Row, unit: Unit, works: list[int], money: _Money) -> None:
    """Compare what a group or total row states with its works, and keep it as stated."""
    for role, column in money.columns.items():
        stated = money.cells[role].stated.get(row.number)
        if stated is None:
            continue
        if role == _OWED:
            kept = Stated(unit.unit_code, context.period.end, "actual", row.name, in_million(stated, column.factor),
                          metric="arrears", unit=MILLION, section=column.heading)  # fmt: skip
            add_stated(context, kept, row.number, column.column)
        amounts = [money.cells[role].stated[number] for number in works if number in money.cells[role].stated]
        check_sum(context, row.number, column.column, row.name, stated, amounts)
