"""Rows of a form whose rows are sources, to a tree: which source each means and which rows split it.

Ordinals tell the depth, in whatever mixture they are typed: A, I, 1, 1.1, a), '-', '+'. A row without one is a part
where its name means a part of a row above it, else it stands by itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from etl.clean.carry_over import is_carried
from etl.clean.vocabulary import vocabulary
from etl.context import SheetContext
from etl.facts.funding_carried import Budget, budget_of_row
from etl.facts.funding_sources import Source, find_source, is_sum_of_sources, source_in_budget
from etl.facts.sums import Node, walk
from etl.read.rows import GROUP, ITEM, TOTAL, Row, is_of_which, without_of_which
from ntm.geo.names import text_key

_DEPTHS: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(r"[IVX]+"), 1),
    (re.compile(r"[A-HĐ]"), 0),
    (re.compile(r"\d+(?:\.0)?|[IVX]+\.\d+"), 2),
    (re.compile(r"\d+(?:\.\d+)+"), 3),
    (re.compile(r"[a-zđ]"), 7),
    (re.compile(r"[-–*•]"), 8),
    (re.compile(r"\+"), 9),
)
# An unnumbered row of no known source has bulleted parts, no numbered ones: those below it are sources of their own.
_DEPTH_OF_UNKNOWN = 6
_ORIGIN = "origin_year"
_BULLET = re.compile(r"^([-–*•+])\s*(?=\w)")


@dataclass
class _Open:
    """A row that further rows can be parts of; those of a row of no known source are set aside with it.

    `origin_year` where it was carried over from another year; `is_of_year`: it tells of which year's budget it is.
    """

    depth: int
    node: Node
    origin_year: int | None = None
    is_of_year: bool = False


def read_lines(context: SheetContext) -> tuple[list[Node], Row | None]:
    """Return the lines of sources with their parts, and the total row; a row of no known source is set aside."""
    lines: list[Node] = []
    total = None
    above: list[_Open] = []
    rows = context.rows("source")
    has_carried = any(is_carried(row.name) for row in rows)
    for row in rows:
        is_total = row.kind == TOTAL or (_is_total(row.name) and find_source(row.name) is None)
        if is_total or row.kind not in (GROUP, ITEM):
            total = row if is_total and total is None else total
            context.accept(row.number)
        elif is_of_which(row.name):
            _name_some(above)
            context.accept(row.number)
        else:
            _place(context, row, lines, above, has_carried=has_carried)
    for node in walk(lines) if has_carried else ():
        years = {part.meaning.get(_ORIGIN) for part in walk([node]) if part.meaning}
        if len(years) > 1:
            node.meaning = None  # a sum over two years' budgets is no amount of either
    return lines, total


def _name_some(above: list[_Open]) -> None:
    """Note of the row above that the parts that follow may not be all of it."""
    if above:
        above[-1].node.names_some = True


def _is_total(name: str) -> bool:
    """Tell whether a numbered row is a total all the same: 'A. TỔNG SỐ'."""
    words = vocabulary("rows")["total"]
    return text_key(name) in map(text_key, (*words["is"], *words["begins"]))


def _place(context: SheetContext, row: Row, lines: list[Node], above: list[_Open], *, has_carried: bool) -> None:
    """Put a row below the one that it is a part of, or among the lines."""
    bullet = _BULLET.match(row.name)
    budget = budget_of_row(row.name, context.period.end.year, has_carried=has_carried)
    name = row.name[bullet.end() :] if bullet else row.name
    depth = ordinal_depth(bullet[1] if bullet else row.ordinal)
    some = without_of_which(name) if above and depth is None else ""
    if some:
        name = some
        _name_some(above)
        depth = above[-1].depth + 1
    elif depth is None:
        while above and not _means_part(name, above, is_of_year=budget.is_told):
            above.pop()
        depth = above[-1].depth + 1 if above else 0
    else:
        while above and above[-1].depth >= depth:
            above.pop()
    parent = above[-1] if above else None
    source, is_known = _meaning(context, row, name, parent.node if parent else None, budget)
    if not is_known and ordinal_depth(bullet[1] if bullet else row.ordinal) is None:
        depth = _DEPTH_OF_UNKNOWN
    origin = budget.origin_year or (parent.origin_year if parent else None)
    if source and origin:
        source = {**source, _ORIGIN: str(origin)}
    node = Node(row.number, row.name, source, is_unknown=not is_known)
    if parent:
        parent.node.parts.append(node)
    else:
        lines.append(node)
    above.append(_Open(depth, node, origin, budget.is_told))


def _meaning(
    context: SheetContext, row: Row, name: str, above: Node | None, budget: Budget
) -> tuple[Source | None, bool]:
    """Return (source, whether the row is known); one that is not has its finding. A sum is known and of no source."""
    if budget.is_unclear:
        context.reject("CARRY_OVER_UNCLEAR", row.number, "source", text=row.name)
        return None, False
    if budget.is_assumed:
        context.report_role("CARRY_OVER_ASSUMED", row.number, "source", text=row.name, origin=budget.origin_year)
    is_lost = above is not None and above.is_unknown
    source = None if is_lost else _source(name, above, is_of_year=budget.is_told)
    is_known = source is not None or (not is_lost and (budget.is_told or is_sum_of_sources(name)))
    if not is_known:
        context.reject("SOURCE_UNKNOWN", row.number, "source", name=row.name)
    return source, is_known


def ordinal_depth(ordinal: str) -> int | None:
    """Return how deep an ordinal lies, None for none: 'II' 1, '3' 2, '1.1' 3, '1.1.2' 4, 'a)' 7, '-' 8."""
    mark = ordinal.strip(" .()") or ordinal.strip()
    for pattern, depth in _DEPTHS:
        if pattern.fullmatch(mark):
            return depth + mark.count(".") - 1 if depth == 3 else depth
    return None


def _means_part(name: str, above: Sequence[_Open], *, is_of_year: bool) -> bool:
    """Tell whether an unnumbered row divides the last row above it: it says more, and nothing else than that.

    Below a row of one year's budget ('Vốn năm 2021 chuyển sang') stand sources, below a source such rows.
    """
    row = above[-1]
    own = row.node.meaning or {}
    if is_of_year:
        return bool(own) and not any(other.is_of_year for other in above)
    if row.is_of_year and not own:
        return find_source(name) is not None
    if not own:
        return source_in_budget(name, row.node.name) is not None
    part = find_source(name, own)
    return part is not None and all(part[key] == own[key] for key in ("nature", "detail") if key in own)


def _source(name: str, above: Node | None, *, is_of_year: bool) -> Source | None:
    """Return what a row means. A part that the vocabulary does not know is a detail of its source, by its own name.

    A part that names another source is no part of this one; one that tells a year's budget is no detail.
    """
    if above is None or above.meaning is None:
        return find_source(name) or (source_in_budget(name, above.name) if above else None)
    parent: Source = above.meaning
    part = find_source(name, parent)
    if part:
        return part
    if not any(letter.isalpha() for letter in name):
        return None  # no name at all, or a numbering row that came astray
    own = find_source(name)
    is_other = own is not None and own["source_code"] != parent["source_code"]
    if is_other:
        return None
    return parent if is_of_year else {**parent, "detail": name}
