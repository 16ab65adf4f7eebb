"""The tables of a sheet, one below the other or side by side, each with its own rows, columns and lines above it.

A table is found by its ordinal heading (STT, TT), or by headings that mean a form; never by position.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from etl.forms.recognise import is_form, may_head
from etl.read.grid import CellPosition, Grid
from etl.read.header import NO_COLUMN, Header, Heading, ordinal_headings, read_header
from etl.read.lines import first_line_above, is_heading_line
from etl.read.rows import district_in_ordinal, is_end, is_ordinal
from etl.read.table import Table
from ntm.geo.names import text_key

_FEWEST_HEADINGS = 2
_LONGEST_WORD = 25
_CONTINUED = re.compile(r"\(?\btiếp theo\b.*$", re.I)


@dataclass
class _Draft:
    """A table in the making."""

    header: Header
    above: _Draft | None = None
    lines: tuple[CellPosition, ...] = ()
    bottom: int = 0
    repeats: set[int] = field(default_factory=set)


def find_tables(grid: Grid) -> tuple[Table, ...]:
    """Return the tables of a sheet from top to bottom and from left to right; none when nothing heads columns."""
    ordinal = list(_split_at_gaps(grid, _by_ordinals(grid)))
    headers = sorted([*ordinal, *_by_meaning(grid, ordinal)], key=lambda header: (header.top, header.left))
    drafts: list[_Draft] = []
    for header in headers:
        _add(grid, header, drafts, headers)
    done: dict[int, Table] = {}
    for draft in drafts:
        is_alone = len(drafts) == 1
        done[id(draft)] = Table(
            grid=grid if is_alone else _own_part(grid, draft, drafts),
            sheet=grid,
            header=draft.header,
            bottom=draft.bottom,
            lines=draft.lines,
            above=done.get(id(draft.above)),
            repeats=frozenset(draft.repeats),
        )
    return tuple(done.values())


def _by_ordinals(grid: Grid) -> list[Header]:
    """Return the headers that have an ordinal heading; where two stand side by side, the second bounds the first."""
    headers: list[Header] = []
    places = list(ordinal_headings(grid))
    for row, column in places:
        if any(_covers(header, row, column) for header in headers):
            continue
        others = [header for header in headers if not header.left <= column <= header.right]
        left = next(c for c in grid.filled_rows[row] if not any(h.left <= c <= h.right for h in others))
        header = read_header(grid, row, left, column)
        beside = [c for r, c in places if c > column and header.top <= r <= header.bottom]
        headers.append(read_header(grid, row, left, column, min(beside) - 1) if beside else header)
    return headers


def _covers(header: Header, row: int, column: int) -> bool:
    return header.top <= row < header.body_top and header.left <= column <= header.right


def _split_at_gaps(grid: Grid, headers: Sequence[Header]) -> Iterator[Header]:
    """Yield headers, in two where a column that is empty throughout parts headings that mean a form by themselves."""
    for header in headers:
        tops = (other.top for other in headers if other.top > header.bottom)
        rows = range(header.top, min(tops, default=max(grid.filled_rows) + 1))
        for gap in (heading.column for heading in header.headings if not heading.path):
            left = [heading for heading in header.headings if heading.column < gap]
            right = [heading for heading in header.headings if heading.column > gap]
            is_left = header.ordinal_column < gap
            has_names = sum(bool(heading.path) for heading in (left if is_left else right)) > 1
            if has_names and _is_empty(grid, rows, gap) and is_form(right if is_left else left):
                ordinals = (header.ordinal_column, NO_COLUMN)
                first, second = ordinals if is_left else reversed(ordinals)
                yield read_header(grid, _top(grid, left, rows), header.left, first, gap - 1)
                yield read_header(grid, _top(grid, right, rows), gap + 1, second, header.right)
                break
        else:
            yield header


def _top(grid: Grid, headings: Sequence[Heading], rows: range) -> int:
    """Return the first of some rows in which one of the headings stands."""
    return next(row for row in rows if any(grid.text(row, heading.column) for heading in headings))


def _is_empty(grid: Grid, rows: range, column: int) -> bool:
    return not any(grid.text(row, column) for row in rows if row in grid.filled_rows)


def _by_meaning(grid: Grid, headers: Sequence[Header]) -> Iterator[Header]:
    """Yield the headers without an ordinal heading: a sheet's first, one behind an empty row, notes or signatures."""
    is_free = True
    reached = 0
    ordinal_column = NO_COLUMN
    for above, row in pairwise((0, *grid.filled_rows)):
        if header := next((item for item in headers if item.top <= row < item.body_top), None):
            is_free, ordinal_column = False, header.ordinal_column
            continue
        columns = grid.filled_rows[row]
        is_free = is_free or row > above + 1 or is_end(grid.own_text(row, ordinal_column), "", _first(grid, row))
        if not is_free or row <= reached or len(columns) < _FEWEST_HEADINGS or not may_head(grid.row_texts(row)):
            continue
        found = read_header(grid, row, columns[0], NO_COLUMN)
        is_clear = not any(other.top <= found.bottom and found.top <= other.bottom for other in headers)
        if is_clear and not _has_heading_line(grid, found) and is_form(found.headings):
            found = _with_bare_ordinals(grid, found)
            is_free, ordinal_column, reached = False, found.ordinal_column, found.body_top - 1
            yield found


def _with_bare_ordinals(grid: Grid, header: Header) -> Header:
    """Return a header with its column of ordinals where that has none: its first one, or the one before it."""
    for column in (header.left, header.left - 1):
        rows = range(header.body_top, max(grid.filled_rows) + 1)
        texts = [text for row in rows if (text := grid.own_text(row, column))]
        is_bare = column > 0 and not any(grid.text(row, column) for row in range(header.top, header.bottom + 1))
        if is_bare and any(is_ordinal(text) or district_in_ordinal(text) for text in texts):
            return read_header(grid, header.top, column, column)
    return header


def _has_heading_line(grid: Grid, header: Header) -> bool:
    """Tell whether the rows of a supposed header hold a line of a title block."""
    rows = range(header.top, header.bottom + 1)
    return any(is_heading_line(text) for row in rows for text in grid.row_texts(row) if len(text) > _LONGEST_WORD)


def _first(grid: Grid, row: int) -> str:
    return next(iter(grid.row_texts(row)), "")


def _add(grid: Grid, header: Header, drafts: list[_Draft], headers: Sequence[Header]) -> None:
    """Add the draft of a header, or its rows to the table above whose header it says again."""
    above = next((draft for draft in reversed(drafts) if _overlap(draft.header, header)), None)
    floor = above.header.body_top if above else 1
    beside = [other for other in headers if other is not header and not _overlap(other, header)]
    first_line = first_line_above(grid, header, above.header, beside) if above else 1
    lines = tuple(
        (row, column)
        for row in range(max(first_line, floor), header.top)
        for column in grid.filled_rows.get(row, ())
        if not any(other.top <= row and other.left <= column <= other.right for other in beside)
    )
    last = max(grid.filled_rows)
    if above and _goes_on(grid, above, header, lines):
        above.repeats.update(range(header.top, header.body_top))
        above.repeats.update(row for row, column in lines if _is_said(grid, above, grid.own_text(row, column)))
        return
    for draft in (draft for draft in drafts if _overlap(draft.header, header)):
        draft.bottom = min(draft.bottom, first_line - 1)
    drafts.append(_Draft(header, above or (drafts[-1] if drafts else None), lines, last))


def _overlap(one: Header, other: Header) -> bool:
    return one.left <= other.right and other.left <= one.right


def _goes_on(grid: Grid, above: _Draft, header: Header, lines: Sequence[CellPosition]) -> bool:
    """Tell whether a header repeats the one above it, as after a page break: no notes, no new title between them."""
    table = Table(grid, grid, above.header, above.bottom)
    texts = (grid.own_text(*place) for place in lines)
    if any(is_heading_line(text) and not _is_said(grid, above, text) for text in texts):
        return False
    between = (row for row in grid.filled_rows if above.header.body_top <= row < header.top)
    if any(is_end(grid.own_text(row, above.header.ordinal_column), "", _first(grid, row)) for row in between):
        return False
    rows = [row for row in range(header.top, header.bottom + 1) if row in grid.filled_rows]
    return header.left == above.header.left and all(table.repeats_header(row) for row in rows)


def _is_said(grid: Grid, above: _Draft, text: str) -> bool:
    """Tell whether the lines above a table say a text already: a title is pasted again as '… (tiếp theo)'."""
    said = {text_key(grid.own_text(*place)) for place in above.lines}
    return text_key(_CONTINUED.sub("", text)) in said


def _own_part(grid: Grid, draft: _Draft, drafts: Sequence[_Draft]) -> Grid:
    """Return the rows of a table, up to the columns of those beside it: what has no heading is its own too."""
    header = draft.header
    others = [other.header for other in drafts if header.top <= other.bottom and other.header.top <= draft.bottom]
    left = header.left if any(other.right < header.left for other in others) else 1
    right = min((other.left - 1 for other in others if other.left > header.right), default=grid.last_column)
    return grid.part(lambda row, column: header.top <= row <= draft.bottom and left <= column <= right)
