"""What list forms share: walking the items under their district rows, reading words, years, dates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from etl.clean.periods import read_date
from etl.clean.standards import read_standard
from etl.context import SheetContext
from etl.read.rows import GROUP, ITEM, Row
from etl.units import match_commune, match_district
from ntm.geo.names import text_key, unit_name_key
from ntm.geo.units import Unit

_UNREAD_ROLES = frozenset({"ordinal", "note"})
_DISTRICT_KINDS = frozenset({"huyện", "quận", "thị xã", "thành phố"})


def items(context: SheetContext, role: str, *, under_districts: bool = True) -> Iterator[tuple[int, Unit | None]]:
    """Yield (item, district that it stands under) of a list: that of its group, else the one that reports.

    Other rows count as loaded. An item with an error in a column of the form is set aside: nothing of it is taken for
    empty.
    """
    district = own = context.unit if context.unit.level == "district" else None
    for row in context.rows(role):
        if row.kind == ITEM or _is_filled(context, row, role):
            if not _has_fault(context, row.number):
                yield row.number, district
            continue
        if row.kind == GROUP and under_districts:
            district = match_district(context, row.number, row.name, role) or own
        context.accept(row.number)


def _is_filled(context: SheetContext, row: Row, role: str) -> bool:
    """Tell whether a row named like a district is an item of its own: its required columns are filled."""
    required = [item.name for item in context.recognised.form.roles if item.is_required and item.name != role]
    return row.kind == GROUP and all(context.grid.own_text(row.number, context.column(name)) for name in required)


def _has_fault(context: SheetContext, row: int) -> bool:
    roles = [name for name in context.recognised.columns if name not in _UNREAD_ROLES]
    for role in roles:
        if code := context.fault(row, context.column(role)):
            context.reject(code, row, role)
            return True
    return False


def unit_of(context: SheetContext, row: int, group: Unit | None) -> Unit | None:
    """Return the commune of an item, within its district column or its group; else the row is set aside.

    An item whose name says that it is a district is that district.
    """
    name, district_name = context.text(row, "unit"), context.text(row, "district")
    if not name:
        context.reject("UNIT_MISSING", row, "unit")
        return None
    if unit_name_key(name)[0] in _DISTRICT_KINDS:
        return _district_of(context, row, name, "unit")
    district = _district_of(context, row, district_name, "district") if district_name else group
    if district_name and district is None:
        return None
    return match_commune(context, row, name, district)


def _district_of(context: SheetContext, row: int, name: str, role: str) -> Unit | None:
    district = match_district(context, row, name, role)
    if district is None:
        context.reading.rejected.add(row)
    return district


def standard_of(context: SheetContext, row: int) -> str | None:
    """Return the standard of an item, or set the row aside."""
    text = context.text(row, "standard")
    standard = read_standard(text)
    if standard is None:
        context.reject("WORD_UNKNOWN", row, "standard", found=text or "…")
    return standard


def word(context: SheetContext, row: int, role: str, words: Mapping[str, str]) -> str | None:
    """Return the meaning of a required cell, compared as a whole, or set the row aside."""
    text = context.text(row, role)
    meaning = words.get(text_key(text))
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
