"""Text into a cell of a workbook that xlsxwriter writes: whatever it reads like, it stays text."""

from __future__ import annotations

from typing import Any


def write_text(sheet: Any, row: int, column: int, text: str, look: Any = None) -> None:
    """Write a text into a cell of a worksheet. `look` is a format of its workbook.

    xlsxwriter (3.3) would write a text that begins with <r> and ends with </r> as markup of the file, which breaks it
    or says something else; in pieces it is text.
    """
    if not (text.startswith("<r>") and text.endswith("</r>")):
        sheet.write_string(row, column, text, look)
    elif look is None:
        sheet.write_rich_string(row, column, text[:1], text[1:2], text[2:])
    else:
        sheet.write_rich_string(row, column, text[:1], look, text[1:], look)
