"""Funding by source (rows are sources, columns are stages, months or years) to funding."""

from __future__ import annotations

from collections.abc import Sequence

from etl.context import SheetContext
from etl.facts.funding_checks import Read, check_course, check_numbering, check_rates, check_sizes
from etl.facts.funding_columns import funding_columns
from etl.facts.funding_facts import add_funding, add_stated_total, read_funding_cells, report_difference
from etl.facts.funding_rows import read_lines
from etl.facts.money_cells import settle_rows
from etl.facts.sums import Difference, Node, is_sum, settle, total_of, walk
from etl.read.rows import Row


def read(context: SheetContext) -> None:
    """Read one form whose rows are sources. Without a unit of money the sheet is refused whole."""
    columns = funding_columns(context, ("amount", "month"))
    if not columns:
        return
    lines, total = read_lines(context)
    nodes = list(walk(lines))
    rows = [node.number for node in nodes] + ([total.number] if total else [])
    table = [Read(column, read_funding_cells(context, column, rows)) for column in columns]
    for read_column in table:
        for line in lines:
            _load(context, line, read_column)
        if total:
            _check_total(context, total, lines, read_column)
    names = {node.number: node.name for node in nodes} | ({total.number: total.name} if total else {})
    check_course(context, table, names)
    check_sizes(context, table, names)
    check_rates(context, table, names)
    check_numbering(context, [item.column for item in table], names)
    settle_rows(context, [node.number for node in nodes], [item.cells for item in table])


def _load(context: SheetContext, line: Node, read: Read) -> None:
    loaded, differences = settle(line, read.cells.stated)
    for difference in differences:
        report_difference(context, difference, difference.node.number, read.column.column)
    for node in loaded:
        add_funding(context, read.column, node.number, read.cells, {"unit_code": context.unit.unit_code}, node.meaning)


def _check_total(context: SheetContext, total: Row, lines: Sequence[Node], read: Read) -> None:
    """Compare the total row with the lines, and keep it as stated."""
    stated = read.cells.stated.get(total.number)
    if stated is None:
        return
    add_stated_total(context, read.column, total.number, total.name, stated, context.unit.unit_code)
    counted = total_of(lines, read.cells.stated)
    amounts = [amount for line in lines if (amount := total_of([line], read.cells.stated)) is not None]
    if counted is not None and not is_sum(stated, amounts):
        node = Node(total.number, total.name, None)
        difference = Difference("SUM_MISMATCH", node, stated, counted)
        report_difference(context, difference, total.number, read.column.column)
