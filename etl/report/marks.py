"""Findings on the cells of a workbook: a note with what was found and what to do, a colour for how grave it is.

The colour is a conditional format, so that the format of the cell itself stays as it is, and the marks of an earlier
check can be taken off whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import PatternFill
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from etl.issues import SEVERITIES
from etl.notes import fit
from etl.report.findings import Finding

COLOURS = {"block": "FFFFC7CE", "ask": "FFFFE699", "note": "FFDDEBF7"}
AUTHOR = "Kiểm tra số liệu NTM"
LONGEST_NOTE = 1500
_HEAD = "— Kết quả kiểm tra —"
_MORE = "… (xem đầy đủ ở trang Kết quả kiểm tra)"
_FORMULA = 'LEN("kiểm tra số liệu NTM")>0'


def mark(book: Workbook, findings: Iterable[Finding]) -> None:
    """Put the findings on their cells; one about a whole sheet goes to its first cell, one about the file nowhere."""
    by_cell: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        if finding.sheet in book.sheetnames:
            sheet = book[finding.sheet]
            cell = str(_whole_cell(sheet, finding.cell or "A1")).split(":", maxsplit=1)[0]
            by_cell.setdefault((finding.sheet, cell), []).append(finding)
    for (name, cell), found in by_cell.items():
        sheet = book[name]
        _add_note(sheet, cell, "\n\n".join(finding.text for finding in found))
        gravest = min((finding.severity for finding in found), key=list(SEVERITIES).index)
        fill = PatternFill("solid", start_color=COLOURS[gravest], end_color=COLOURS[gravest])
        sheet.conditional_formatting.add(str(_whole_cell(sheet, cell)), FormulaRule([_FORMULA], fill=fill))


def unmark(book: Workbook) -> None:
    """Take off the marks of an earlier check; other notes and formats stay."""
    for sheet in book.worksheets:
        for cell in list(sheet._cells.values()):
            if cell.comment and _HEAD in cell.comment.text:
                own = cell.comment.text.partition(_HEAD)[0].rstrip()
                cell.comment = Comment(own, cell.comment.author) if own else None
        kept = ConditionalFormattingList()
        for formatted in sheet.conditional_formatting:
            for rule in formatted.rules:
                if rule.formula != [_FORMULA]:
                    kept.add(str(formatted.sqref), rule)
        sheet.conditional_formatting = kept


def size_notes(book: Workbook) -> None:
    """Make every note large enough to be read whole: the sizes in the file are not read."""
    for sheet in book.worksheets:
        for cell in list(sheet._cells.values()):
            if cell.comment:
                fit(cell.comment)


def writable(text: str, longest: int) -> str:
    """Return a text as a workbook can hold it: without control characters, cut off where it is too long."""
    plain = ILLEGAL_CHARACTERS_RE.sub("", text)
    return plain if len(plain) <= longest else plain[: longest - 1] + "…"


def _add_note(sheet: Worksheet, name: str, text: str) -> None:
    cell = sheet[name]
    own = f"{cell.comment.text}\n\n" if cell.comment else ""
    author = cell.comment.author if cell.comment else AUTHOR
    plain = writable(text, 2 * LONGEST_NOTE)
    plain = plain if len(plain) <= LONGEST_NOTE else re.sub(r"\s+\S*$", "", plain[:LONGEST_NOTE]) + f"\n{_MORE}"
    cell.comment = Comment(f"{own}{_HEAD}\n{plain}", author)


def _whole_cell(sheet: Worksheet, cell: str) -> CellRange:
    """Return the merged range that a cell belongs to, or the cell itself."""
    return next((part for part in sheet.merged_cells.ranges if cell in part), CellRange(cell))
