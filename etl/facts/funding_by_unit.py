"""Funding whose rows are districts, communes or contents of the programme and whose columns are sources, to funding."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from etl.context import SheetContext
from etl.facts.funding_checks import ReadColumn, check_course, check_rates, check_sizes, check_units
from etl.facts.funding_column import FundingColumn, is_part, is_sum_column, scope
from etl.facts.funding_columns import funding_columns
from etl.facts.funding_facts import add_funding, add_stated_total, check_sum, read_funding_cells, report_difference
from etl.facts.funding_sources import is_sum_of_sources
from etl.facts.funding_units import read_contents, read_units
from etl.facts.money_cells import settle_rows
from etl.facts.sums import Node, amounts_of, is_sum, settle, walk


def read(context: SheetContext) -> None:
    """Read one form whose columns (or title) name the sources.

    Without a unit of money, or a source named by a column or by the title, the sheet is refused whole.
    """
    columns = funding_columns(context, ("amount", "month", "whole"), name_sources=True)
    if columns and not any(column.source for column in columns):
        context.report("SOURCE_NOT_STATED", title=context.title.title)
        return
    columns = [column for column in columns if _is_known(context, column)]
    if not columns:
        return
    rows, total = read_contents(context) if context.recognised.column("component") else read_units(context)
    nodes = list(walk(rows))
    numbers = [node.number for node in nodes] + ([total.number] if total else [])
    table = [ReadColumn(column, read_funding_cells(context, column, numbers)) for column in columns]
    trees = _trees(table)
    for row in _to_load(rows, table):
        if row.meaning:
            _load_row(context, row, table, trees)
    for node in nodes:
        if node.parts:
            _check_whole(context, node, node.parts, table)
    if total:
        _check_whole(context, Node(total.number, total.name, {"unit_code": context.unit.unit_code}), rows, table)
    names = {node.number: node.name for node in nodes}
    check_course(context, table, names)
    check_sizes(context, [item for item in table if item.column.source], names)
    check_rates(context, table, names)
    check_units(context, table, rows)
    settle_rows(context, [node.number for node in nodes], [item.cells for item in table])


def _is_known(context: SheetContext, column: FundingColumn) -> bool:
    """Tell whether a column is a source or a sum of sources; another one has its finding."""
    if column.source or is_sum_column(column) or is_sum_of_sources(column.path[-1]):
        return True
    context.report("COLUMN_SOURCE_UNKNOWN", context.table.header_bottom, column.column, heading=column.heading)
    return False


def _trees(table: Sequence[ReadColumn]) -> list[list[Node]]:
    """Return for the columns of each stage and period the tree of sums: a column is a part of the nearest whole."""
    by_key: dict[tuple[object, ...], list[FundingColumn]] = defaultdict(list)
    for item in table:
        by_key[item.column.key].append(item.column)
    return [_tree(columns) for columns in by_key.values()]


def _tree(columns: Sequence[FundingColumn]) -> list[Node]:
    nodes = {
        column.column: Node(column.column, column.heading, None if column.is_of_years else column.source)
        for column in columns
    }
    tops: list[Node] = []
    for column in columns:
        wholes = [other for other in columns if other is not column and is_part(column, other)]
        whole = max(wholes, key=lambda other: len(scope(other)), default=None)
        (nodes[whole.column].parts if whole else tops).append(nodes[column.column])
    return tops


def _to_load(rows: Sequence[Node], table: Sequence[ReadColumn]) -> list[Node]:
    """Return the rows to load: the finest ones, but a content undivided where its parts do not make it up.

    A district is no fact beside its communes: what it states is kept as a stated total.
    """
    found: list[Node] = []
    for row in rows:
        is_content = bool(row.meaning and "component_no" in row.meaning)
        if not row.parts or (is_content and not all(_adds_up(row, item) for item in table)):
            found.append(row)
        else:
            found += _to_load(row.parts, table)
    return found


def _adds_up(row: Node, read: ReadColumn) -> bool:
    stated = read.cells.stated
    parts = amounts_of(row.parts, stated)
    return row.number not in stated or (bool(parts) and is_sum(stated[row.number], parts))


def _load_row(context: SheetContext, row: Node, table: Sequence[ReadColumn], trees: Sequence[Sequence[Node]]) -> None:
    """Load a row by the columns of sources; what it states as sums is compared and kept apart."""
    of_column = {item.column.column: item for item in table}
    told = ((number, item.cells.stated.get(row.number)) for number, item in of_column.items())
    stated = {number: amount for number, amount in told if amount is not None}
    unit_code = str((row.meaning or {}).get("unit_code", context.unit.unit_code))
    for tree in trees:
        for top in tree:
            loaded, differences = settle(top, stated)
            for difference in differences:
                report_difference(context, difference, row.number, difference.node.number)
            for node in loaded:
                item = of_column[node.number]
                meanings = (node.meaning, {"unit_code": unit_code}, row.meaning)
                add_funding(context, item.column, row.number, item.cells, *meanings)
        for node in walk(tree):
            if node.meaning is None and node.number in stated:
                _keep(context, row, of_column[node.number], unit_code)


def _check_whole(context: SheetContext, whole: Node, parts: Sequence[Node], table: Sequence[ReadColumn]) -> None:
    """Compare a row that sums up others with these, column by column, and keep what it states."""
    unit_code = str((whole.meaning or {}).get("unit_code", context.unit.unit_code))
    for item in table:
        stated = item.cells.stated.get(whole.number)
        if stated is None:
            continue
        if not whole.meaning or "component_no" not in whole.meaning:
            _keep(context, whole, item, unit_code)
        amounts = amounts_of(parts, item.cells.stated)
        check_sum(context, whole.number, item.column.column, whole.name, stated, amounts)


def _keep(context: SheetContext, row: Node, item: ReadColumn, unit_code: str) -> None:
    add_stated_total(context, item.column, row.number, row.name, item.cells.stated[row.number], unit_code)
