"""Whose rows a matrix has: communes under their districts, districts, or the province; and the rows that count them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from etl.context import SheetContext
from etl.facts.criteria_sets import COMMUNE, DISTRICT, PROVINCE, naming_role
from etl.facts.row_units import match_commune, match_district
from etl.read.rows import GROUP, ITEM, TOTAL, Row, may_be_heading
from ntm.geo.names import text_key
from ntm.geo.units import Unit

_SUBTOTAL = text_key("cộng")


@dataclass
class Block:
    """Units that share a way of marking (the communes of one district, or all rows), and rows that count them."""

    name: str = ""
    district: Unit | None = None
    units: list[tuple[Row, Unit]] = field(default_factory=list)
    counts: list[Row] = field(default_factory=list)


def blocks(context: SheetContext, level: str) -> tuple[list[Block], list[Row]]:
    """Return the blocks of units of a level and the total rows; rows whose unit is not found are set aside."""
    return _commune_blocks(context) if level == COMMUNE else _one_block(context, level)


def _commune_blocks(context: SheetContext) -> tuple[list[Block], list[Row]]:
    found = [Block()]
    totals: list[tuple[Row, Block]] = []
    seen: dict[str, str] = {}
    for row in context.rows(naming_role(context), names_units=True):
        if row.kind == ITEM:
            _add_unit(context, row, found[-1], COMMUNE, seen)
            found += [Block()] if may_be_heading(row) else []
            continue
        context.accept(row.number)
        if row.kind == GROUP:
            district = match_district(context, row.number, row.name, naming_role(context))
            found.append(Block(row.name, district, counts=[row]))
        elif row.kind == TOTAL:
            totals.append((row, found[-1]))
    if len(totals) == 1:  # 'Cộng' alone is the province's; several are those of the districts above them
        return found, [totals[0][0]]
    for row, block in totals:
        if text_key(row.name).split()[:1] == [_SUBTOTAL]:
            block.counts.append(row)
    return found, [row for row, block in totals if row not in block.counts]


def _one_block(context: SheetContext, level: str) -> tuple[list[Block], list[Row]]:
    """Return all districts, or the province, as one block. A heading such as 'II. Thị xã, thành phố' names none."""
    block = Block()
    totals: list[Row] = []
    seen: dict[str, str] = {}
    rows = context.rows(naming_role(context), names_units=False)
    has_items = any(row.kind == ITEM for row in rows)
    for row in rows:
        is_own = level == PROVINCE and row.kind == TOTAL and not has_items
        is_numbered_roman = level == DISTRICT and row.kind == GROUP and bool(context.units_named(row.name, DISTRICT))
        if row.kind == ITEM or is_own or is_numbered_roman:
            _add_unit(context, row, block, level, seen)
            continue
        context.accept(row.number)
        if row.kind == TOTAL:
            totals.append(row)
    return [block], totals


def _add_unit(context: SheetContext, row: Row, block: Block, level: str, seen: dict[str, str]) -> None:
    unit = _unit(context, row, block.district, level, seen)
    if unit:
        seen[unit.unit_code] = context.grid.name(row.number, context.column(naming_role(context)))
        block.units.append((row, unit))


def _unit(context: SheetContext, row: Row, district: Unit | None, level: str, seen: Mapping[str, str]) -> Unit | None:
    """Return the unit of a row, or set the row aside: no name, not in the register, or there already."""
    role = naming_role(context)
    if code := context.fault(row.number, context.column(role)):
        context.reject(code, row.number, role)
        return None
    if not row.name:
        context.reject("UNIT_MISSING", row.number, role)
        return None
    if level == COMMUNE and role == "unit" and (own := context.text(row.number, DISTRICT)):
        district = match_district(context, row.number, own, DISTRICT)
        if district is None:
            context.reading.rejected.add(row.number)
            return None
    unit = match_unit(context, row.number, row.name, level, district)
    if unit and unit.unit_code in seen:
        context.reject("UNIT_TWICE", row.number, role, name=unit.name, first=seen[unit.unit_code])
        return None
    return unit


def match_unit(context: SheetContext, row: int, name: str, level: str, district: Unit | None = None) -> Unit | None:
    """Return the commune, district or province that a row names, or set the row aside with the reason."""
    if level == COMMUNE:
        return match_commune(context, row, name, district)
    if level == DISTRICT:
        unit = match_district(context, row, name, naming_role(context))
        if unit is None:
            context.reading.rejected.add(row)
        return unit
    own = context.province
    if text_key(name) in _names_of_province(own.name, own.short_name):
        return own
    context.reject("UNIT_UNKNOWN", row, naming_role(context), name=name, proposal=f"'{own.name}'")
    return None


def _names_of_province(*names: str) -> Iterable[str]:
    return {*map(text_key, names), text_key("Toàn tỉnh"), text_key(f"Toàn {names[0]}")}
