"""Works and what was planned and carried out of them, to work_funding.

A table of its own: the same money stands by source in funding, and 'thực hiện' is no stage that funding knows.
"""

from __future__ import annotations

from etl.context import SheetContext
from etl.facts.funding_checks import ReadColumn, check_course, check_numbering, check_sizes
from etl.facts.funding_column import EXECUTED
from etl.facts.funding_columns import funding_columns
from etl.facts.funding_facts import add_funding, check_total, read_funding_cells, report_difference
from etl.facts.funding_sources import source_of_title
from etl.facts.money_cells import settle_rows
from etl.facts.sums import Node, settle, walk
from etl.facts.works import category_of
from etl.read.rows import GROUP, TOTAL, Row


def read(context: SheetContext) -> None:
    """Read one list of works. Without a unit of money the sheet is refused whole."""
    columns = funding_columns(context, ("amount",), stages=frozenset({EXECUTED}))
    if not columns:
        return
    groups, total = _groups(context)
    nodes = list(walk(groups))
    rows = [node.number for node in nodes] + ([total.number] if total else [])
    table = [ReadColumn(column, read_funding_cells(context, column, rows)) for column in columns]
    of_title = {"unit_code": context.unit.unit_code, **(source_of_title(context.title) or {})}
    for item in table:
        for group in groups:
            loaded, differences = settle(group, item.cells.stated)
            for difference in differences:
                report_difference(context, difference, difference.node.number, item.column.column)
            for node in loaded:
                meanings = (of_title, node.meaning)
                add_funding(context, item.column, node.number, item.cells, *meanings, table="work_funding")
        if total:
            check_total(context, item.column, item.cells, total, groups)
    names = {node.number: node.name for node in nodes}
    check_course(context, table, names)
    check_sizes(context, table, names)
    check_numbering(context, [item.column for item in table], names)
    settle_rows(context, list(names), [item.cells for item in table])


def _groups(context: SheetContext) -> tuple[list[Node], Row | None]:
    """Return the works, under the group rows that sum them up, and the total row."""
    groups: list[Node] = []
    total = None
    group: Node | None = None
    for row in context.rows("work"):
        if row.kind == TOTAL:
            total = total or row
            context.accept(row.number)
        elif row.kind == GROUP:
            group = Node(row.number, row.name, _meaning(row.name))
            groups.append(group)
        elif row.name:
            node = Node(row.number, row.name, _meaning(row.name, group.name if group else ""))
            (group.parts if group else groups).append(node)
        else:
            context.accept(row.number)
    return groups, total


def _meaning(name: str, group: str = "") -> dict[str, str]:
    category = category_of(name, group)
    return {"work": name} | ({"category": category} if category else {})
