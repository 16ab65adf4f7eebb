"""Rows against the arithmetic of the numbering row (programme forms, cases 3, 39 and 45)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from etl.clean.numbers import read_percent
from etl.context import SheetContext
from etl.facts.sums import ROUNDING, last_digit
from etl.read.rows import ITEM, Row
from etl.read.rules import Rule

_TRUNCATION = Decimal("0.1")
_SHOWN_STEP = Decimal("0.001")
_PERCENT = 100


def check_rules(context: SheetContext, rows: Iterable[Row], styles: Mapping[int, str] | None = None) -> None:
    """Report the items of a table that differ from its numbering row's rules (8=6-7), each at its cell.

    A sum may differ by half a unit of the last digit written for each term, a rate by 0.1 (offices truncate: 61/119 is
    written 51,2). An empty term of a sum counts as nothing where another is stated; a row with a cell that is no number
    is not checked. `styles` says how columns write their numbers, where that was decided.
    """
    for row in (row for row in rows if row.kind == ITEM):
        for rule in context.table.rules:
            _check(context, row.number, rule, styles or {})


def _check(context: SheetContext, row: int, rule: Rule, styles: Mapping[int, str]) -> None:
    numbers = {
        column: number
        for column in (rule.target, *rule.columns)
        if (number := _number(context, row, column, styles.get(column))) is not None
    }
    blanks = {column for column in rule.columns if _is_blank(context, row, column)}
    terms = {column: numbers[column] for column in rule.columns if column in numbers}
    is_complete = len({*terms, *blanks}) == len(set(rule.columns)) and bool(terms)
    if rule.target not in numbers or not is_complete or (rule.is_rate and blanks):
        return
    stated = numbers[rule.target]
    computed = rule.compute({**dict.fromkeys(blanks, Decimal(0)), **terms})
    if computed is None or _is_close(rule, stated, computed, terms.values()):
        return
    shown = computed.quantize(_SHOWN_STEP)
    context.report("RULE_MISMATCH", row, rule.target, stated=stated, computed=shown, rule=rule.text)


def _number(context: SheetContext, row: int, column: int, style: str | None) -> Decimal | None:
    value, is_share = context.grid.value(row, column), context.grid.is_percent(row, column)
    return read_percent(value, style, is_share=is_share)


def _is_blank(context: SheetContext, row: int, column: int) -> bool:
    return context.grid.value(row, column) is None and not context.fault(row, column)


def _is_close(rule: Rule, stated: Decimal, computed: Decimal, terms: Iterable[Decimal]) -> bool:
    if not rule.is_rate:
        return abs(stated - computed) <= ROUNDING * len(rule.columns) * last_digit(stated, *terms)
    # 5=4/3 says nothing of per cent: 0,512 and 51,2 are the same rate.
    rates = (computed, computed * _PERCENT, computed / _PERCENT)
    return any(abs(stated - rate) <= max(last_digit(stated), _TRUNCATION if abs(rate) > 1 else 0) for rate in rates)
