"""Whom a template is written for: the office's name at its head, the names to choose from, a row for each unit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from etl.template.book import Filling, Row
from etl.template.schema import Template
from ntm.geo.units import Register, Unit

_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def filling_for(template: Template, register: Register, unit: Unit, period: str, day: date) -> Filling:
    """Return what a unit's office finds filled in: its name, the period, the units below it on a day."""
    districts, communes = _below(register, unit, day)
    return Filling(
        place=", ".join(item.name.upper() for item in _with_those_above(register, unit, day)),
        period=period,
        rows=_unit_rows(template.unit_rows, districts, communes),
        units=[(item.level, item.name) for item in _grouped(districts, communes)],
    )


def latest(register: Register, unit_code: str) -> Unit | None:
    """Return the unit of a code as it is, or as it was last; None when there never was one."""
    found = [unit for unit in register.units if unit.unit_code == unit_code]
    return max(found, key=lambda unit: unit.valid_from, default=None)


def _below(register: Register, unit: Unit, day: date) -> tuple[list[Unit], list[Unit]]:
    """Return the districts and the communes of a unit; it counts as below itself."""
    districts, communes = (
        [
            item
            for item in register.within(unit.province_code, day, level)
            if unit.level == "province" or _is_in(item, unit)
        ]
        for level in ("district", "commune")
    )
    return districts, communes


def _is_in(item: Unit, unit: Unit) -> bool:
    if unit.level == "district":
        return item.district_code == unit.unit_code or item.unit_code == unit.unit_code
    return item.unit_code == unit.unit_code


def _with_those_above(register: Register, unit: Unit, day: date) -> list[Unit]:
    codes = {"commune": ("district_code", "province_code"), "district": ("province_code",), "province": ()}
    above = (register.by_code(getattr(unit, name), level=name.split("_")[0], day=day) for name in codes[unit.level])
    return [unit, *(item for item in above if item)]


def _grouped(districts: Sequence[Unit], communes: Sequence[Unit]) -> list[Unit]:
    """Return each district with its communes after it; communes under none, as since July 2025, come last."""
    codes = {district.unit_code for district in districts}
    grouped = [
        item
        for district in districts
        for item in [district, *(c for c in communes if c.district_code == district.unit_code)]
    ]
    return grouped + [commune for commune in communes if commune.district_code not in codes]


def _unit_rows(kind: str, districts: Sequence[Unit], communes: Sequence[Unit]) -> list[Row]:
    if kind == "districts":
        return [[number, district.name] for number, district in enumerate(districts, start=1)]
    if kind != "communes":
        return []
    rural = [commune for commune in communes if commune.is_rural_commune]
    homes = {commune.district_code for commune in rural}
    rows: list[Row] = []
    group = ordinal = 0
    for unit in _grouped([district for district in districts if district.unit_code in homes], rural):
        if unit.level == "district":
            group, ordinal = group + 1, 0
            rows.append([_roman(group), unit.name])
        else:
            ordinal += 1
            rows.append([ordinal, unit.name])
    return rows


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        text += letters * times
    return text
