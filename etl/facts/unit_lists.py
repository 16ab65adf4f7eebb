"""Several communes in one cell: 'Quảng Phước, Quảng Vinh (Quảng Điền)', 'xã Bình Ninh, xã Tân Lộc, huyện Tam Bình'.

A district stands in brackets or behind the communes that are its own (programme forms 2.7). A cell is split only when
every part is exactly one unit of that district; else the row is set aside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from etl.context import SheetContext
from etl.facts.records import names_districts, unit_of
from ntm.geo.names import KINDS, clean_text, unit_name_key
from ntm.geo.units import Unit

_SEPARATOR = re.compile(r"\s*[,;\n]\s*(?:và\s+)?|\s+và\s+", re.I)
_BRACKETED = re.compile(r"(.*?)\s*\(([^()]*)\)\.?\s*", re.S)


def units_of(context: SheetContext, row: int, group: Unit | None, *, role: str = "unit") -> list[Unit]:
    """Return the units that an item names, most often one; empty when the row was set aside."""
    value = context.value(row, role)
    parts = _parts(value) if isinstance(value, str) else []
    of_districts = names_districts(context, role)
    if not of_districts and sum(not _is_district(part) for part in parts) < 2 and not all(map(_is_district, parts)):
        parts = []
    if len(parts) < 2:
        unit = unit_of(context, row, group, role=role)
        return [unit] if unit else []
    district = _district(context, context.text(row, "district")) if context.text(row, "district") else group
    found = [(part, _district(context, part)) for part in parts] if of_districts else _match(context, parts, district)
    found = list(found)
    missing = [part for part, unit in found if unit is None]
    if missing:
        context.reject("UNITS_NOT_SPLIT", row, role, found=context.text(row, role), parts=", ".join(missing))
        return []
    return [unit for _, unit in found if unit]


def _parts(value: str) -> list[str]:
    """Return the names of a cell in order, the district of brackets as one behind those that it is of."""
    bracketed = _BRACKETED.fullmatch(value)
    names = _SEPARATOR.split(bracketed[1]) if bracketed else _SEPARATOR.split(value)
    place = clean_text(bracketed[2]) if bracketed else ""
    if place and not _is_district(place):
        place = f"({place})"
    return [part for part in (*map(clean_text, names), place) if part]


def _is_district(part: str) -> bool:
    return part.startswith("(") or unit_name_key(part)[0] in KINDS["district"]


def _match(context: SheetContext, parts: list[str], district: Unit | None) -> Iterator[tuple[str, Unit | None]]:
    """Yield (name, unit or None) of each name: communes go to the district named behind them, else to `district`."""
    waiting: list[str] = []
    for part in parts:
        if not _is_district(part):
            waiting.append(part)
            continue
        named = _district(context, part.strip("()"))
        if not waiting or named is None:
            yield part, named
        for name in waiting:
            yield name, _commune(context, name, named)
        waiting = []
    for name in waiting:
        yield name, _commune(context, name, district)


def _district(context: SheetContext, name: str) -> Unit | None:
    found = context.units_named(name, "district")
    return found[0] if len(found) == 1 else None


def _commune(context: SheetContext, name: str, district: Unit | None) -> Unit | None:
    if district is None:
        return None
    found = context.units_named(name, "commune", district)
    return found[0] if len(found) == 1 else None
