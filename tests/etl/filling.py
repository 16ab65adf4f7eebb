"""Templates filled in for tests, as an office would send them back."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl import Workbook

from etl.template import Filling, template_book


def fill(
    name: str, rows: Sequence[Sequence[object]], *, period: str = "30/6/2022", place: str = "TỈNH HẬU GIANG"
) -> Workbook:
    """Return a template's workbook with rows in the order of its columns (those of `each` laid out).

    For a template with fixed rows, each row holds the cells that follow the fixed ones. `place` names who reports, the
    smallest unit first: 'XÃ VỊ TRUNG, HUYỆN VỊ THỦY, TỈNH HẬU GIANG'.
    """
    return template_book(name, Filling(place=place, period=period, rows=rows))
