"""Lines between two tables: which of them stand above the second, as its title block."""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.clean.vocabulary import vocabulary
from etl.read.grid import Grid
from etl.read.header import Header
from etl.read.rows import is_end, is_ordinal, is_summary
from ntm.geo.names import text_key

_LABELLED = re.compile(
    r"^\W*(?:biểu|phụ lục|mẫu|bảng|PL|ĐVT|đơn vị(?: tính)?|số liệu|tính đến|kỳ báo cáo"
    r"|UBND|[uủ][yỷ] ban|ban chỉ đạo)\b",
    re.I,
)
_MOST_CELLS = 3


def is_heading_line(text: str) -> bool:
    """Tell a line of a title block: a title, who reports, a form's number, a unit of money, a cut-off."""
    return bool(_LABELLED.match(text)) or begins_title(text)


def begins_title(text: str) -> bool:
    """Tell whether a line begins like a title ('BIỂU TỔNG HỢP', 'DANH SÁCH', …)."""
    return text_key(text).startswith(tuple(map(text_key, vocabulary("titles")["starts"])))


def first_line_above(grid: Grid, header: Header, above: Header, beside: Sequence[Header]) -> int:
    """Return the first row of the lines that belong to a header below another table; its own top when it has none.

    They are texts without figures, at most three side by side, further up one alone; rows of the table above and its
    notes and signatures end them.
    """
    first, below = header.top, header.top
    has_gap = False
    for row in sorted((row for row in grid.filled_rows if above.body_top <= row < header.top), reverse=True):
        has_gap = has_gap or (row < below - 1 and first < header.top)
        columns = [column for column in grid.filled_rows[row] if not _is_in(column, beside)]
        below = row
        if not columns:
            continue
        if len(columns) > (1 if has_gap else _MOST_CELLS) or not _is_line(grid, row, columns, above):
            break
        first = row
    return first


def _is_line(grid: Grid, row: int, columns: Sequence[int], above: Header) -> bool:
    texts = [grid.own_text(row, column) for column in columns]
    ordinal = grid.own_text(row, above.ordinal_column)
    if is_ordinal(ordinal) or is_end(ordinal, "", texts[0]) or any(is_summary(text) for text in texts):
        return False
    is_text = all(isinstance(grid.values.get((row, column)), str) for column in columns)
    return is_text or any(map(is_heading_line, texts))


def _is_in(column: int, headers: Sequence[Header]) -> bool:
    return any(header.left <= column <= header.right for header in headers)
