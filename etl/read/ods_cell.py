"""One cell of an OpenDocument spreadsheet: its value by its stated type, its text with the fonts of its stretches."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from xml.etree.ElementTree import Element

from openpyxl.cell.cell import ERROR_CODES
from openpyxl.utils.datetime import from_excel

from etl.read.cells import Cells
from etl.read.grid import CellPosition
from etl.read.ods_styles import CELL, OFFICE, TABLE, TEXT, OdsStyles
from etl.read.texts import Run, is_special_font

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CALC_TYPE = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
CELL_TAG, COVERED_TAG = f"{TABLE}table-cell", f"{TABLE}covered-table-cell"
_PARAGRAPH = f"{_TEXT}p"
_SPACES = {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
_STRETCHES = frozenset({f"{_TEXT}span", f"{_TEXT}a"})
_NUMBERS = frozenset({"float", "currency", "percentage"})
_TIME = re.compile(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?")
_ERROR = re.compile(r"Err:\d+|" + "|".join(map(re.escape, ERROR_CODES)))
_PERCENT = "0%"
_MOST_SPACES = 1000


def has_content(cell: Element) -> bool:
    """Tell whether a cell holds anything at all."""
    return (
        f"{OFFICE}value-type" in cell.attrib
        or f"{TABLE}formula" in cell.attrib
        or any(child.tag == _PARAGRAPH for child in cell)
    )


def add_cell(cells: Cells, position: CellPosition, cell: Element, styles: OdsStyles, style: str) -> None:
    """Put what a cell holds among the cells of its sheet."""
    kind = cell.get(f"{OFFICE}value-type")
    formula = cell.get(f"{TABLE}formula")
    runs = list(_runs(cell, styles, styles.font(CELL, style)))
    text = "".join(run.text for run in runs)
    if cell.get(_CALC_TYPE) == "error" or (formula and _ERROR.fullmatch(text.strip())):
        cells.errors[position] = text.strip() or "#?"
    elif kind is None and formula and not any(child.tag == _PARAGRAPH for child in cell):
        cells.uncached[position] = formula
    elif (value := _value(cell, kind)) is not None:
        cells.add_value(position, value, _PERCENT if kind == "percentage" else styles.date_format(style))
    else:
        is_special = any(is_special_font(run.font) for run in runs)
        cells.add_text(position, text or cell.get(f"{OFFICE}string-value", ""), runs if is_special else ())


def _value(cell: Element, kind: str | None) -> object:
    """Return the number, date, time or truth value of a cell; None for a text, and where what is stated is none."""
    try:
        if kind in _NUMBERS:
            return float(cell.get(f"{OFFICE}value", ""))
        if kind == "date":
            return datetime.fromisoformat(cell.get(f"{OFFICE}date-value", ""))
        if kind == "time" and (found := _TIME.fullmatch(cell.get(f"{OFFICE}time-value", ""))):
            hours, minutes, seconds = (float(part or 0) for part in found.groups())
            span = timedelta(hours=hours, minutes=minutes, seconds=seconds)
            return from_excel(span / timedelta(days=1), timedelta=span >= timedelta(days=1))
    except (ValueError, OverflowError):
        return None
    return cell.get(f"{OFFICE}boolean-value") == "true" if kind == "boolean" else None


def _runs(cell: Element, styles: OdsStyles, font: str) -> Iterator[Run]:
    """Yield the stretches of a cell's paragraphs; comments and drawings are none of it."""
    is_first = True
    for child in cell:
        if child.tag == _PARAGRAPH:
            if not is_first:
                yield Run(font, "\n")
            is_first = False
            yield from _stretches(child, styles, font)


def _stretches(element: Element, styles: OdsStyles, font: str) -> Iterator[Run]:
    if element.text:
        yield Run(font, element.text)
    for child in element:
        if child.tag in _STRETCHES:
            yield from _stretches(child, styles, styles.font(TEXT, child.get(f"{_TEXT}style-name", "")) or font)
        elif child.tag == f"{_TEXT}s":
            yield Run(font, " " * min(int(child.get(f"{_TEXT}c", "1")), _MOST_SPACES))
        elif child.tag in _SPACES:
            yield Run(font, _SPACES[child.tag])
        if child.tail:
            yield Run(font, child.tail)
