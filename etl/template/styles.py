"""How the cells of a template look: Times New Roman, thin frames, as offices print their forms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from openpyxl.cell import Cell, MergedCell
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

_THIN, _HAIR = Side(style="thin"), Side(style="hair")
_FRAME = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_BODY = Border(left=_THIN, right=_THIN, top=_HAIR, bottom=_HAIR)
_HEADING = PatternFill("solid", start_color="FFEAF1F8")
_GROUP = PatternFill("solid", start_color="FFF4F6F8")
_TO_FILL_IN = PatternFill("solid", start_color="FFFFF2CC", end_color="FFFFF2CC")

_LOOKS: Mapping[str, Mapping[str, Any]] = {
    "superior": {"size": 13},
    "office": {"size": 13, "bold": True},
    "motto": {"size": 13, "bold": True},
    "motto-line": {"size": 13, "bold": True, "underline": "single"},
    "title": {"size": 14, "bold": True},
    "remark": {"size": 13, "italic": True},
    "warning": {"size": 13, "bold": True, "color": "FFC00000"},
    "right": {"size": 12, "italic": True, "align": "right"},
    "heading": {"size": 12, "bold": True, "border": _FRAME, "fill": _HEADING},
    "heading-upright": {"size": 12, "bold": True, "border": _FRAME, "fill": _HEADING, "rotation": 90},
    "heading-upright-small": {"size": 9, "bold": True, "border": _FRAME, "fill": _HEADING, "rotation": 90},
    "numbering": {"size": 10, "italic": True, "border": _FRAME},
    "body": {"size": 12, "border": _BODY},
    "group": {"size": 12, "bold": True, "border": _BODY, "fill": _GROUP},
    "legend": {"size": 12, "italic": True, "align": "left"},
    "place": {"size": 13, "italic": True},
    "signature": {"size": 13, "bold": True},
    "signature-line": {"size": 12, "italic": True},
    "list-title": {"size": 13, "bold": True, "align": "left", "wrap": False},
}


def draw(book: Workbook, cell: Cell | MergedCell, look: str, *, align: str = "", number_format: str = "") -> None:
    """Give a cell a look, as a named style of the workbook: the office can change it in one place."""
    name = " ".join(part for part in ("NTM", look, align, number_format) if part)
    if name not in book.named_styles:
        book.add_named_style(_style(name, _LOOKS[look], align, number_format))
    cell.style = name


def shade_until_filled_in(sheet: Worksheet, cell: str) -> None:
    """Shade a cell of the title block as long as it holds dots that the office has to write over."""
    rule = FormulaRule([f'ISNUMBER(SEARCH("…",{cell}))'], fill=_TO_FILL_IN)
    sheet.conditional_formatting.add(cell, rule)


def _style(name: str, look: Mapping[str, Any], align: str, number_format: str) -> NamedStyle:
    style = NamedStyle(name, number_format=number_format or "General")
    style.font = Font(
        "Times New Roman",
        size=look["size"],
        bold=look.get("bold", False),
        italic=look.get("italic", False),
        underline=look.get("underline"),
        color=look.get("color"),
    )
    horizontal = align or look.get("align", "center")
    style.alignment = Alignment(
        horizontal,
        "center",
        indent=1 if align == "left" else 0,
        wrap_text=look.get("wrap", True),
        text_rotation=look.get("rotation", 0),
    )
    style.border = look.get("border", Border())
    if "fill" in look:
        style.fill = look["fill"]
    return style
