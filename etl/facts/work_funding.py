"""Works and what was planned and carried out of them, to work_funding.

A table of its own: the same money stands by source in funding, and 'thực hiện' is no stage that funding knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from etl.context import SheetContext
from etl.facts.funding_checks import ReadColumn, check_course, check_numbering, check_sizes
from etl.facts.funding_column import EXECUTED, FundingColumn
from etl.facts.funding_columns import funding_columns
from etl.facts.funding_facts import add_funding, check_total, read_funding_cells, report_difference
from etl.facts.funding_rows import ordinal_depth
from etl.facts.funding_sources import source_of_title
from etl.facts.money_cells import settle_rows
from etl.facts.sums import Node, settle, walk
from etl.facts.works import category_of, criterion_in_column, criterion_of
from etl.read.rows import GROUP, TOTAL, Row

_CRITERION = "criterion_no"


def read(context: SheetContext) -> None:
    """Read one list of works. Without a unit of money the sheet is refused whole."""
    columns = list(_of_the_year(context, funding_columns(context, ("amount",), stages=frozenset({EXECUTED}))))
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


def _of_the_year(context: SheetContext, columns: Iterable[FundingColumn]) -> Iterator[FundingColumn]:
    """Yield the columns of the year's own money; what was carried over is told by source, not by work."""
    for column in columns:
        if column.is_carried:
            context.report("CARRY_OVER_OF_WORKS", context.table.header_bottom, column.column, heading=column.heading)
        else:
            yield column


def _groups(context: SheetContext) -> tuple[list[Node], Row | None]:
    """Return the works, under the group rows that sum them up, and the total row.

    A row that names a criterion is the group of the works below it, in its own right or within a group.
    """
    groups: list[Node] = []
    total = None
    section: Node | None = None  # the row of a Roman number above
    group: Node | None = None  # the nearest row that sums up
    rows = context.rows("work")
    for row, after in zip(rows, (*rows[1:], None), strict=False):  # there may be none
        criterion = criterion_of(context, row.name)
        if row.kind == TOTAL:
            total = total or row
            context.accept(row.number)
        elif row.kind == GROUP:
            section = group = Node(row.number, row.name, _meaning(row.name, criterion))
            groups.append(group)
        elif criterion and _is_heading(row, after):
            is_within = section is not None and _CRITERION not in (section.meaning or {})
            group = Node(row.number, row.name, _meaning(row.name, criterion))
            (section.parts if section and is_within else groups).append(group)
        elif row.name:
            of_group = (group.meaning or {}).get(_CRITERION) if group else None
            criterion = criterion_in_column(context, row.number) or criterion or of_group
            node = Node(row.number, row.name, _meaning(row.name, criterion, group.name if group else ""))
            (group.parts if group else groups).append(node)
        else:
            context.accept(row.number)
    return groups, total


def _is_heading(row: Row, after: Row | None) -> bool:
    """Tell whether a row that names a criterion heads the row below it: works are numbered anew, or deeper."""
    if after is None or after.kind in (GROUP, TOTAL):
        return False
    own, below = ordinal_depth(row.ordinal), ordinal_depth(after.ordinal)
    return own is None or below is None or below > own or after.ordinal.strip(" .()") in ("1", "01", "1.0")


def _meaning(name: str, criterion: str | None, group: str = "") -> dict[str, str]:
    category = category_of(name, group)
    told = {"category": category, _CRITERION: criterion}
    return {"work": name} | {key: value for key, value in told.items() if value}
