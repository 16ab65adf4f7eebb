"""How the cells of the sample forms look: Times New Roman, thin frames, the colours of an office printer."""

from __future__ import annotations

from datetime import date
from typing import Any

from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side

Value = str | int | float | date | None

_THIN = Side(style="thin")
_HAIR = Side(style="hair")
_FRAME = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_SHADE = PatternFill("solid", start_color="FFDDEBF7")


def _font(size: int = 11, **look: Any) -> Font:
    return Font("Times New Roman", size=size, **look)


_FONTS = {
    "title": _font(13, bold=True),
    "warning": _font(12, bold=True, color="FFC00000"),
    "strong": _font(bold=True),
    "underlined": _font(bold=True, underline="single"),
    "note": _font(italic=True),
    "right": _font(italic=True),
    "legend": _font(italic=True),
    "header": _font(bold=True),
    "numbering": _font(9, italic=True),
    "group": _font(bold=True),
}
_BORDERS = {
    "header": _FRAME,
    "numbering": _FRAME,
    "group": _FRAME,
    "body": Border(left=_THIN, right=_THIN, top=_HAIR, bottom=_HAIR),
}
_ALIGNMENTS = {"right": "right", "legend": "left", "group": "left"}


def named_style(name: str, kind: str, number_format: str) -> NamedStyle:
    """The look of one kind of cell.

    A kind reads 'title', 'note', 'header-vertical' and so on; that of a table's values
    'body[-bold][-shade]-<alignment>'.
    """
    base, *details = kind.split("-")
    align = details[-1] if base == "body" else _ALIGNMENTS.get(base, "center")
    indent = 1 if base == "body" and align != "center" else 0
    style = NamedStyle(name, number_format=number_format)
    style.font = _font(bold=True) if "bold" in details else _FONTS.get(base, _font())
    style.alignment = Alignment(
        align, "center", text_rotation=90 if "vertical" in details else 0, wrap_text=True, indent=indent
    )
    style.border = _BORDERS.get(base, Border())
    if base == "group" or "shade" in details:
        style.fill = _SHADE
    return style


def number_format(value: Value, whole: str) -> str:
    """The Excel format of a value; whole is the one for whole numbers."""
    match value:
        case float():
            return "0.0"
        case int():
            return whole
        case date():
            return "dd/mm/yyyy"
        case _:
            return "General"
