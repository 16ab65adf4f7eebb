"""Rows of a form of money that are units (districts, communes) or contents of the programme, to a tree."""

from __future__ import annotations

import re

from etl.clean.vocabulary import contains, place_in, vocabulary
from etl.context import SheetContext
from etl.facts.row_units import match_commune, match_district
from etl.facts.sums import Node
from etl.read.rows import GROUP, ITEM, TOTAL, Row
from ntm.geo.names import KINDS, unit_name_key
from ntm.geo.units import Unit

_PART = re.compile(r"\d+(?:\.\d+)+\.?|[a-zđ][.)]?|[-–+*]")
_BULLET = re.compile(r"^[-–+*•]\s*(?=\w)")
_DISTRICT = "district"


def read_units(context: SheetContext) -> tuple[list[Node], Row | None]:
    """Return districts with the communes below them (or communes alone) and the total row.

    A commune lies in the district of its own row's column, else in that of its group. A row whose unit is not known, or
    that names a unit again, is set aside with its finding.
    """
    role = "unit" if context.recognised.column("unit") else _DISTRICT
    nodes: list[Node] = []
    total = None
    group: Node | None = None
    district: Unit | None = context.unit if context.unit.level == _DISTRICT else None
    seen: dict[str, str] = {}
    for row in context.rows(role, names_units=True):
        own = context.text(row.number, _DISTRICT) if role == "unit" else ""
        if row.kind not in (GROUP, ITEM):
            total = row if row.kind == TOTAL and total is None else total
            context.accept(row.number)
        elif row.kind == ITEM and own and row.name:
            nodes.append(_node(context, row, role, _commune_of(context, row, own), seen))
        elif row.kind == GROUP or _is_district(context, row, role, district):
            name, column = (row.name, role) if row.name else (own, _DISTRICT)
            district = match_district(context, row.number, name, column)
            group = _node(context, row, role, district, seen)
            nodes.append(group)
            if district is None:
                context.reading.rejected.add(row.number)
        else:
            commune = match_commune(context, row.number, row.name, district, role)
            (group.parts if group else nodes).append(_node(context, row, role, commune, seen))
    return nodes, total


def _commune_of(context: SheetContext, row: Row, district_name: str) -> Unit | None:
    """Return the commune of a row that names its district beside it."""
    district = match_district(context, row.number, district_name, _DISTRICT)
    if district is None:
        context.reading.rejected.add(row.number)
        return None
    return match_commune(context, row.number, row.name, district)


def _is_district(context: SheetContext, row: Row, role: str, district: Unit | None) -> bool:
    """Tell whether a row without a district's ordinal is one: by its kind, its column, or as no commune's name fits."""
    kind = unit_name_key(row.name)[0]
    if kind or context.unit.level != "province":
        return kind in KINDS[_DISTRICT]
    heading = " ".join(context.recognised.columns[role][0].path)
    names_districts, names_communes = contains(heading, ["huyện"]), contains(heading, ["xã", "phường"])
    if names_districts != names_communes:
        return names_districts
    is_district, is_commune = (bool(context.units_named(row.name, level)) for level in (_DISTRICT, "commune"))
    return is_district and not is_commune and district is None


def _node(context: SheetContext, row: Row, role: str, unit: Unit | None, seen: dict[str, str]) -> Node:
    """Return the row as a node; without a unit, or with one that was there before, it means nothing."""
    place = context.grid.name(row.number, context.column(role))
    if unit and unit.unit_code in seen:
        context.reject("UNIT_TWICE", row.number, role, name=row.name, first=seen[unit.unit_code])
        unit = None
    if unit is None:
        return Node(row.number, row.name, None, is_unknown=True)
    seen[unit.unit_code] = place
    return Node(row.number, row.name, {"unit_code": unit.unit_code})


def read_contents(context: SheetContext) -> tuple[list[Node], Row | None]:
    """Return the contents of the programme with the rows that split them, and the total row."""
    nodes: list[Node] = []
    total = None
    for row in context.rows("component"):
        if row.kind not in (GROUP, ITEM):
            total = row if row.kind == TOTAL and total is None else total
            context.accept(row.number)
            continue
        above = nodes[-1] if nodes else None
        is_part = bool(_PART.fullmatch(row.ordinal) or _BULLET.match(row.name))
        if is_part and above:
            name = _BULLET.sub("", row.name)
            meaning = {**above.meaning, "detail": name} if above.meaning else None
            if meaning is None:
                context.reject("COMPONENT_UNKNOWN", row.number, "component", name=row.name)
            above.parts.append(Node(row.number, row.name, meaning, is_unknown=meaning is None))
            continue
        number = _component(row.name)
        if number is None:
            context.reject("COMPONENT_UNKNOWN", row.number, "component", name=row.name)
        meaning = {"component_no": number} if number else None
        nodes.append(Node(row.number, row.name, meaning, is_unknown=number is None))
    return nodes, total


def _component(name: str) -> str | None:
    """Return the number of the content that a name means: the one whose words it alone has, or has first."""
    places = {
        number: min(place for word in words if (place := place_in(name, word)) is not None)
        for number, words in vocabulary("components").items()
        if contains(name, words)
    }
    return min(places, key=lambda number: places[number]) if places else None
