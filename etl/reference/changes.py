"""Compiles unit_changes.csv: which unit of 2022 became which unit on 1 July 2025."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from etl.reference.conversions import known_conversions
from etl.reference.packages import LegacyUnit, legacy_units, new_units
from etl.reference.units import OLD_FROM, PLACED, REFORM_DATE, Unit
from ntm.geo.names import plain_key, unit_name_key


@dataclass(frozen=True)
class UnitChange:
    """One row of unit_changes.csv, keyed by old_code and new_code.

    kind is split when the old unit went to several new units (each row then is_partial), merge when the new
    unit has other predecessors too, unchanged when the full name stayed, rename otherwise.
    """

    old_code: str
    old_valid_from: str
    new_code: str
    change_date: str
    kind: str
    is_partial: bool
    source: str


@dataclass(frozen=True)
class UnmappedUnit:
    """One row of unit_changes_unmapped.csv: a commune of 2022 whose new unit is not known for certain."""

    old_code: str
    old_valid_from: str
    name: str
    district_code: str
    reason: str


@dataclass(frozen=True)
class Successor:
    """The new units of an old one, or the reason why they are not known."""

    new_codes: tuple[str, ...] = ()
    source: str = PLACED
    reason: str = ""


def province_successors() -> dict[str, str]:
    """Return the code of the province since 1 July 2025 by the code of the old province."""
    old = {unit.key: unit.province_code for unit in legacy_units()}
    new = {unit.key: unit.province_code for unit in new_units()}
    return {old[pair.old_key]: new[pair.new_key] for pair in known_conversions()}


def compile_changes(units: Iterable[Unit]) -> tuple[list[UnitChange], list[UnmappedUnit]]:
    """Return the changes of provinces, communes and the five island districts, and the communes left out."""
    old = {unit.unit_code: unit for unit in units if unit.valid_from == OLD_FROM}
    new_names = {unit.unit_code: unit.name for unit in units if unit.valid_from == REFORM_DATE}
    successors = {code: Successor((new,)) for code, new in province_successors().items()}
    successors |= _commune_successors(old)
    predecessors = _predecessors(successors)

    def kind(code: str, new_code: str) -> str:
        if len(successors[code].new_codes) > 1:
            return "split"
        if len(predecessors[new_code]) > 1:
            return "merge"
        return "unchanged" if unit_name_key(old[code].name) == unit_name_key(new_names[new_code]) else "rename"

    changes = [
        UnitChange(code, OLD_FROM, new, REFORM_DATE, kind(code, new), len(found.new_codes) > 1, found.source)
        for code, found in sorted(successors.items())
        for new in sorted(found.new_codes)
    ]
    unmapped = [
        UnmappedUnit(code, OLD_FROM, old[code].name, old[code].district_code, found.reason)
        for code, found in sorted(successors.items())
        if found.reason
    ]
    return changes, unmapped


def _commune_successors(old: Mapping[str, Unit]) -> dict[str, Successor]:
    """Follows a commune by its code; one merged away before the reform, by its name within its district."""
    targets = _new_codes_by_key()
    # The island districts have no communes: the package maps the district itself.
    by_code = {unit.code or unit.district_code: unit for unit in legacy_units()}
    neighbours = _units_of_later_districts(old, by_code)
    found = {code: Successor(targets[unit.key]) for code, unit in by_code.items() if code in old}
    for code, unit in old.items():
        if unit.level == "commune" and code not in found:
            found[code] = _successor_by_name(unit.name, neighbours[unit.district_code], targets)
    return found


def _successor_by_name(
    name: str, neighbours: Iterable[LegacyUnit], targets: Mapping[str, tuple[str, ...]]
) -> Successor:
    bearing = [unit for unit in neighbours if unit.name and unit_name_key(unit.name) == unit_name_key(name)]
    absorbing = [unit for unit in neighbours if _alias(name) in map(_alias, unit.aliases)]
    heirs = bearing or absorbing
    if len(heirs) != 1:
        return Successor(reason="no heir known" if not heirs else "several heirs of that name")
    heir = f"{heirs[0].code} {heirs[0].name}"
    if len(targets[heirs[0].key]) > 1:
        return Successor(reason=f"merged before the reform into {heir}, which the reform divided")
    return Successor(targets[heirs[0].key], f"{PLACED}; by name, merged before the reform into {heir}")


def _alias(name: str) -> str:
    """Return the name as `vietnamadminunits` writes former names: bare letters and digits without spaces."""
    return plain_key(name).replace(" ", "")


def _new_codes_by_key() -> dict[str, tuple[str, ...]]:
    codes = {unit.key: unit.code for unit in new_units()}
    targets: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for pair in known_conversions():
        targets[pair.old_key] += (codes[pair.new_key],)
    return targets


def _units_of_later_districts(
    old: Mapping[str, Unit], by_code: Mapping[str, LegacyUnit]
) -> dict[str, list[LegacyUnit]]:
    """Returns, by district of 2022, all units of the districts that its communes lay in in early 2025."""
    later: dict[str, set[str]] = defaultdict(set)
    members: dict[str, list[LegacyUnit]] = defaultdict(list)
    for code, unit in by_code.items():
        members[unit.district_code].append(unit)
        if code in old:
            later[old[code].district_code].add(unit.district_code)
    return {district: [unit for code in sorted(codes) for unit in members[code]] for district, codes in later.items()}


def _predecessors(successors: Mapping[str, Successor]) -> dict[str, set[str]]:
    """Return the old codes of each new unit, with those of units founded between 2022 and the reform."""
    targets = _new_codes_by_key()
    pairs = [(code, new) for code, found in successors.items() for new in found.new_codes]
    pairs += [(unit.code or unit.district_code, new) for unit in legacy_units() for new in targets[unit.key]]
    predecessors: dict[str, set[str]] = defaultdict(set)
    for code, new in pairs:
        predecessors[new].add(code)
    return predecessors
