"""Funding by source (rows are sources, columns are stages, months or years) to funding."""

from __future__ import annotations

from collections.abc import Sequence

from etl.context import SheetContext
from etl.facts.funding_checks import ReadColumn, check_course, check_numbering, check_rates, check_sizes
from etl.facts.funding_column import is_part
from etl.facts.funding_columns import funding_columns
from etl.facts.funding_facts import add_funding, check_sum, check_total, read_funding_cells, report_difference
from etl.facts.funding_rows import read_lines
from etl.facts.money_cells import settle_rows
from etl.facts.sums import Node, settle, walk


def read(context: SheetContext) -> None:
    """Read one form whose rows are sources. Without a unit of money the sheet is refused whole."""
    columns = funding_columns(context, ("amount", "month"))
    if not columns:
        return
    lines, total = read_lines(context)
    nodes = list(walk(lines))
    rows = [node.number for node in nodes] + ([total.number] if total else [])
    table = [ReadColumn(column, read_funding_cells(context, column, rows)) for column in columns]
    for read_column in table:
        for line in lines:
            _load(context, line, read_column)
        if read_column.column.is_of_years:
            _check_years(context, read_column, table, nodes)
        if total:
            check_total(context, read_column.column, read_column.cells, total, lines)
    names = {node.number: node.name for node in nodes} | ({total.number: total.name} if total else {})
    check_course(context, table, names)
    check_sizes(context, table, names)
    check_rates(context, table, names)
    check_numbering(context, [item.column for item in table], names)
    settle_rows(context, [node.number for node in nodes], [item.cells for item in table])


def _check_years(context: SheetContext, whole: ReadColumn, table: Sequence[ReadColumn], nodes: Sequence[Node]) -> None:
    """Compare a column over the year's own money and what was carried over with the columns of these."""
    parts = [item for item in table if item.column.year == whole.column.year and is_part(item.column, whole.column)]
    for node in nodes:
        stated = whole.cells.stated.get(node.number)
        amounts = [item.cells.stated[node.number] for item in parts if node.number in item.cells.stated]
        if stated is not None:
            check_sum(context, node.number, whole.column.column, node.name, stated, amounts)


def _load(context: SheetContext, line: Node, read: ReadColumn) -> None:
    loaded, differences = settle(line, read.cells.stated)
    for difference in differences:
        report_difference(context, difference, difference.node.number, read.column.column)
    for node in loaded if not read.column.is_of_years else ():
        add_funding(context, read.column, node.number, read.cells, {"unit_code": context.unit.unit_code}, node.meaning)
