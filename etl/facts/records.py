"""What list forms share: walking the items under their district rows, reading words, years, dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from etl.clean.periods import read_date
from etl.clean.vocabulary import longest_meaning
from etl.context import SheetContext
from etl.read.rows import GROUP, ITEM
from etl.units import match_commune, match_district
from ntm.geo.units import Unit


def items(context: SheetContext, role: str) -> Iterator[tuple[int, Unit | None]]:
    """Yield (row, district of the group it stands under) of each item; other rows count as read."""
    district: Unit | None = None
    for row in context.rows(role):
        if row.kind == ITEM:
            yield row.number, district
            continue
        if row.kind == GROUP:
            district = match_district(context, row.number, row.name, role)
        context.reading.rows_loaded += 1


def commune_of(context: SheetContext, row: int, group: Unit | None) -> Unit | None:
    """Return the commune of an item, within its district column or its group; else the row is set aside."""
    name, district_name = context.text(row, "unit"), context.text(row, "district")
    if not name:
        context.reject("UNIT_MISSING", row, "unit")
        return None
    district = group
    if district_name:
        district = match_district(context, row, district_name, "district")
        if district is None:
            context.reading.rows_rejected += 1
            return None
    return match_commune(context, row, name, district)


def word(context: SheetContext, row: int, role: str, vocabulary_name: str) -> str | None:
    """Return the meaning of a word in a required column, or set the row aside."""
    text = context.text(row, role)
    meaning = longest_meaning(vocabulary_name, text)
    if meaning is None:
        context.reject("WORD_UNKNOWN", row, role, found=text or "…")
    return meaning


def year(context: SheetContext, row: int, role: str) -> int | None:
    """Return the year of a cell; None when it states none. A span such as '2021-2025' is no year."""
    match = re.fullmatch(r"(?:năm\s*)?((?:19|20)\d{2})(?:\.0)?", context.text(row, role), re.I)
    return int(match[1]) if match else None


def day(context: SheetContext, row: int, role: str) -> date | None:
    """Return the day of a required cell, or set the row aside: a day that does not exist is not mended."""
    found = read_date(context.value(row, role))
    if found is None:
        context.reject("DATE_INVALID", row, role, found=context.text(row, role) or "…")
    return found
