"""Tables of a report as tables of Word: their head on each page, rows that stay whole, widths by what they hold."""

from __future__ import annotations

from docx.document import Document as Report
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import _Cell, _Row

from ntm.reports.deck.model import Table
from ntm.reports.deck.paper import column_widths, is_of_figures, text_of
from ntm.reports.deck.plain_text import plain
from ntm.reports.deck.report_form import TABLE_SIZE

_WIDE_TABLE, _SMALL = 6, 10
_LETTER = 0.019
"""Width of a bold letter of Times New Roman for each point of its size, in centimetres."""


def add_table(document: Report, table: Table, width: float) -> None:
    """Add a table as wide as the text (`width` in centimetres)."""
    head = [plain(words) for words in table.head]
    rows = [[text_of(item) for item in row] for row in table.rows]
    size = TABLE_SIZE if len(head) < _WIDE_TABLE else _SMALL
    widths = column_widths([head, *rows], width, size * _LETTER)
    made = document.add_table(0, len(head), style="Table Grid")
    made.alignment, made.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, own in zip(made.columns, widths, strict=True):
        column.width = Cm(own)
    figures = [is_of_figures(table, at) for at in range(len(head))]
    for number, texts in enumerate([head, *rows]):
        row = made.add_row()
        _mark(row, "cantSplit")
        if number == 0:
            _mark(row, "tblHeader")
        for cell, text, own, is_figure in zip(row.cells, texts, widths, figures, strict=True):
            cell.width = Cm(own)
            _fill(cell, text, size, is_head=number == 0, is_figure=is_figure)


def _fill(cell: _Cell, text: str, size: float, is_head: bool, is_figure: bool) -> None:
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    paragraph = cell.paragraphs[0]
    paragraph.style = "Bảng"
    run = paragraph.add_run(text)
    run.bold = is_head or None
    run.font.size = Pt(size) if size != TABLE_SIZE else None
    if is_head:
        paragraph.alignment = ALIGN.CENTER
        paragraph.paragraph_format.keep_with_next = True
        shade = OxmlElement("w:shd")
        shade.set(qn("w:val"), "clear")
        shade.set(qn("w:fill"), "EDEDED")
        cell._tc.get_or_add_tcPr().append(shade)
    elif is_figure:
        paragraph.alignment = ALIGN.RIGHT


def _mark(row: _Row, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(f"w:{name}"))
