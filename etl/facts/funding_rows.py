"""Rows of a form whose rows are sources, to a tree: which source each means and which rows split it.

Ordinals tell the depth, in whatever mixture they are typed: A, I, 1, 1.1, a), '-', '+'. A row without one is a part
where its name means a part of a row above it, else it stands by itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from etl.clean.vocabulary import vocabulary
from etl.context import SheetContext
from etl.facts.funding_sources import Source, find_source, is_sum_of_sources, source_in_budget
from etl.facts.sums import Node
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
_BULLET = re.compile(r"^([-–*•+])\s*(?=\w)")


@dataclass
class _Open:
    """A row that further rows can be parts of; those of a row of no known source are set aside with it."""

    depth: int
    node: Node


def read_lines(context: SheetContext) -> tuple[list[Node], Row | None]:
    """Return the lines of sources with their parts, and the total row; a row of no known source is set aside."""
    lines: list[Node] = []
    total = None
    above: list[_Open] = []
    for row in context.rows("source"):
        is_total = row.kind == TOTAL or (_is_total(row.name) and find_source(row.name) is None)
        if is_total or row.kind not in (GROUP, ITEM):
            total = row if is_total and total is None else total
            context.accept(row.number)
        elif is_of_which(row.name):
            _name_some(above)
            context.accept(row.number)
        else:
            _place(context, row, lines, above)
    return lines, total


def _name_some(above: list[_Open]) -> None:
    """Note of the row above that the parts that follow may not be all of it."""
    if above:
        above[-1].node.names_some = True


def _is_total(name: str) -> bool:
    """Tell whether a numbered row is a total all the same: 'A. TỔNG SỐ'."""
    words = vocabulary("rows")["total"]
    return text_key(name) in map(text_key, (*words["is"], *words["begins"]))


def _place(context: SheetContext, row: Row, lines: list[Node], above: list[_Open]) -> None:
    """Put a row below the one that it is a part of, or among the lines."""
    bullet = _BULLET.match(row.name)
    name = row.name[bullet.end() :] if bullet else row.name
    depth = _depth(bullet[1] if bullet else row.ordinal)
    some = without_of_which(name) if above and depth is None else ""
    if some:
        name = some
        _name_some(above)
        depth = above[-1].depth + 1
    elif depth is None:
        while above and not _means_part(name, above[-1].node):
            above.pop()
        depth = above[-1].depth + 1 if above else 0
    else:
        while above and above[-1].depth >= depth:
            above.pop()
    parent = above[-1] if above else None
    is_lost = parent is not None and parent.node.is_unknown
    source = None if is_lost else _source(name, parent.node if parent else None)
    is_known = source is not None or (not is_lost and is_sum_of_sources(name))
    if not is_known:
        context.reject("SOURCE_UNKNOWN", row.number, "source", name=row.name)
        if _depth(bullet[1] if bullet else row.ordinal) is None:
            depth = _DEPTH_OF_UNKNOWN
    node = Node(row.number, row.name, source, is_unknown=not is_known)
    if parent:
        parent.node.parts.append(node)
    else:
        lines.append(node)
    above.append(_Open(depth, node))


def _depth(ordinal: str) -> int | None:
    """Return how deep an ordinal lies, None for none: 'II' 1, '3' 2, '1.1' 3, '1.1.2' 4, 'a)' 7, '-' 8."""
    mark = ordinal.strip(" .()") or ordinal.strip()
    for pattern, depth in _DEPTHS:
        if pattern.fullmatch(mark):
            return depth + mark.count(".") - 1 if depth == 3 else depth
    return None


def _means_part(name: str, node: Node) -> bool:
    """Tell whether an unnumbered row divides a row above it, by its words: it says more, and nothing else than that."""
    own = node.meaning or {}
    if not own:
        return source_in_budget(name, node.name) is not None
    part = find_source(name, own)
    return part is not None and all(part[key] == own[key] for key in ("nature", "detail") if key in own)


def _source(name: str, above: Node | None) -> Source | None:
    """Return what a row means. A part that the vocabulary does not know is a detail of its source, by its own name.

    A part that names another source is no part of this one.
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
    return None if is_other else {**parent, "detail": name}
