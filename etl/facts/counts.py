"""Cells that count units: 12, '38/51', '123 xã/194 xã', and dates that the spreadsheet made of such shares."""

from __future__ import annotations

from etl.clean.date_shares import recovered_share
from etl.clean.money import take_apart
from etl.clean.numbers import Share, read_share
from etl.context import SheetContext


def read_count(context: SheetContext, row: int, column: int, whole: int | None = None) -> Share | None:
    """Return the count of a cell, None when it is empty or none that can be read (with its finding).

    A lone dash is zero, an empty cell is not reported. `whole` is what the row says elsewhere of the number of units.
    """
    if context.report_fault(row, column):
        return None
    value, origin = context.grid.value(row, column), context.grid.origin(row, column)
    if not context.grid.text(row, column):
        return None
    if origin in context.grid.date_formats:
        return _recovered(context, row, column, whole)
    written = take_apart(value)
    share = read_share(written.number) if written.is_approximate else read_share(value)
    if share is None:
        context.report("NUMBER_UNREADABLE", row, column)
    elif written.is_approximate:
        context.report("VALUE_APPROXIMATE", row, column)
    return share


def read_span(context: SheetContext, row: int, column: int) -> str | None:
    """Return a span of counts ('5-9') that a cell holds as a date; None when it holds none, or one of several."""
    date_format = context.grid.date_formats.get(context.grid.origin(row, column))
    share = None if date_format is None else recovered_share(context.grid.value(row, column), date_format, None)
    if share is None or share.whole is None:
        return None
    typed = f"{share.part}-{share.whole}"
    context.report("COUNT_FROM_DATE", row, column, typed=typed)
    return typed


def _recovered(context: SheetContext, row: int, column: int, whole: int | None) -> Share | None:
    origin = context.grid.origin(row, column)
    share = recovered_share(context.grid.value(row, column), context.grid.date_formats[origin], whole)
    if share is None:
        context.report("DATE_FOR_COUNT", row, column)
        return None
    typed = str(share.part) if share.whole is None else f"{share.part}/{share.whole}"
    context.report("COUNT_FROM_DATE", row, column, typed=typed)
    return share
