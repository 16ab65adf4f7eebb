"""A table as a file: a workbook for Excel, CSV for any program, Parquet with its types. Frames in, bytes out.

Texts that begin like a formula stay text in each of them.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd

from ntm.i18n import Translator
from ntm.model import is_missing
from ntm.reports.table_sheet import Column, TableSheet, about, clean, columns, plain, rows

_FORMULA = re.compile(r"(^|[;\t\n])(?=[=+\-@＝＋－＠].)", re.DOTALL)
"""Where a spreadsheet may see a formula begin: also behind what it takes for the end of a cell or row."""
_EXACT_WHOLE = 1e15
_THOUSANDS = re.compile(r"\.\d{3}(?=e|$)")
"""What is read as thousands where a point separates them, as in Vietnam: one more zero makes it none."""


@dataclass(frozen=True)
class FileKind:
    """A kind of file: ending of its name and media type."""

    ending: str
    mime: str


KINDS: Mapping[str, FileKind] = {
    "xlsx": FileKind(".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": FileKind(".csv", "text/csv"),
    "parquet": FileKind(".parquet", "application/vnd.apache.parquet"),
}


def make(kind: str, sheet: TableSheet, t: Translator) -> bytes:
    """Return the file of a kind of `KINDS`. All have the same headings, with the units, and the same rows."""
    # Imported when the first one is asked for: no visitor should wait for what writes workbooks.
    from ntm.reports.table_workbook import workbook

    makers: Mapping[str, Callable[[TableSheet, Translator], bytes]] = {
        "xlsx": workbook,
        "csv": csv_file,
        "parquet": parquet_file,
    }
    return makers[kind](sheet, t)


def csv_file(sheet: TableSheet, t: Translator) -> bytes:
    """Return the table as CSV in UTF-8 with the mark that Excel knows it by: numbers with a point, days as 2022-06-30.

    No number has exactly three decimals (docs/decisions/010-csv-downloads.md). An apostrophe stands before a text that
    begins like a formula; the unknown is an empty field.
    """
    content = io.StringIO()
    writer = csv.writer(content, lineterminator="\r\n")
    writer.writerow([inert(clean(column.head)) for column in columns(sheet, t)])
    writer.writerows([_field(value) for value in row] for row in rows(sheet, t))
    return content.getvalue().encode("utf-8-sig")


def inert(text: str) -> str:
    """Return a text that no spreadsheet reads as a formula, whichever sign it takes for the end of a cell."""
    return _FORMULA.sub(r"\1'", text)


def _field(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return _THOUSANDS.sub(r"\g<0>0", format(value, "f"))
    if isinstance(value, float):
        is_whole = value.is_integer() and abs(value) < _EXACT_WHOLE
        return f"{value:.0f}" if is_whole else _THOUSANDS.sub(r"\g<0>0", repr(value))
    return inert(value) if isinstance(value, str) else str(value)


def parquet_file(sheet: TableSheet, t: Translator) -> bytes:
    """Return the table as Parquet, each column in its own type, a Decimal as decimal, a day as a day.

    Name, unit and meaning of a column stand in its metadata, what the table says of itself in the file's.
    """
    import pyarrow as pa
    from pyarrow import parquet

    fields, arrays = [], []
    for column in columns(sheet, t):
        array = _array(column, sheet.table[column.name], t)
        told = {"name": column.name, "unit": column.unit, "meaning": column.meaning}
        fields.append(pa.field(column.head, array.type, metadata=told))
        arrays.append(array)
    notes: dict[str, str] = {}
    for item, text in about(sheet, t):
        notes[item] = f"{notes[item]} {text}" if item in notes else text
    content = io.BytesIO()
    parquet.write_table(
        pa.Table.from_arrays(arrays, schema=pa.schema(fields, metadata=notes)), content, compression="zstd"
    )
    return content.getvalue()


def _array(column: Column, values: pd.Series, t: Translator) -> Any:
    """Return a column of a frame as Arrow has it; as text where its values have no common type."""
    import pyarrow as pa

    if column.kind == "text":
        values = values.map(lambda value: clean(value) if isinstance(value, str) else value)
    try:
        array = pa.array(values, from_pandas=True)
    except (pa.ArrowException, UnicodeError, TypeError, ValueError, OverflowError):
        texts = [None if is_missing(value) else str(plain(value, t)) for value in values]
        return pa.array(texts, pa.string())
    return array.cast(pa.date32()) if column.kind == "day" and pa.types.is_timestamp(array.type) else array
