"""The register of units: which unit a name means at a date, within which parent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from pathlib import Path

from ntm.csv_files import read_columns
from ntm.geo.names import text_key, unit_name_key


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit during one period of validity (a row of admin_unit)."""

    unit_code: str
    level: str
    kind: str
    name: str
    short_name: str
    district_code: str
    province_code: str
    is_rural_commune: bool
    valid_from: date
    valid_to: date | None

    def in_force(self, day: date) -> bool:
        """Tell whether the unit exists on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


_COLUMNS = tuple(field.name for field in fields(Unit))


class Register:
    """All units, found by name or code. Both mean a unit only together with a day: codes are used again.

    Matching is exact after normalising. The names of one level and province are indexed when they are first asked
    for: a load asks for one province of 63.
    """

    def __init__(self, units: Iterable[Unit]) -> None:
        self.units = tuple(units)
        self._groups: dict[tuple[str, str | None], list[Unit]] = defaultdict(list)
        for unit in self.units:
            self._groups[unit.level, unit.province_code].append(unit)
            self._groups[unit.level, None].append(unit)
        self._names: dict[tuple[str, str | None], Mapping[str, list[Unit]]] = {}

    def find(
        self,
        name: str,
        *,
        level: str,
        day: date,
        province_code: str | None = None,
        district_code: str | None = None,
        any_kind: bool = False,
    ) -> list[Unit]:
        """Return the units that `name` means; empty when none, several when it is a homonym.

        A kind in the name ('xã', 'TX') narrows the choice unless `any_kind`. Units are looked for across the country
        when no province is given. A number alone is phường IV within its district, elsewhere an ordinal.
        """
        kind, named = self._units_of_name(name, level, province_code)
        if kind is None and district_code is None:
            named = [unit for unit in named if not unit_name_key(unit.name)[1].isdigit()]
        return [
            unit
            for unit in named
            if unit.in_force(day)
            and (any_kind or kind is None or unit.kind == kind)
            and (district_code is None or unit.district_code == district_code)
        ]

    def find_at_other_times(self, name: str, *, level: str, day: date, province_code: str) -> list[Unit]:
        """Return the units that `name` means in a province at times that do not include a day."""
        kind, named = self._units_of_name(name, level, province_code)
        return [unit for unit in named if not unit.in_force(day) and (kind is None or unit.kind == kind)]

    def by_code(self, unit_code: str, *, level: str, day: date) -> Unit | None:
        """Return the unit that a code means on a day, or None."""
        found = (unit for unit in self.units if unit.unit_code == unit_code and unit.level == level)
        return next((unit for unit in found if unit.in_force(day)), None)

    def within(self, province_code: str, day: date, level: str = "commune") -> list[Unit]:
        """Return the units of a level in a province on a day, in the order of the register."""
        return [unit for unit in self._groups.get((level, province_code), ()) if unit.in_force(day)]

    def _units_of_name(self, name: str, level: str, province_code: str | None) -> tuple[str | None, list[Unit]]:
        """Return (kind that the name states, units of the name); what looks like a kind may be of the name itself.

        'Phường Đúc' is written for phường Phường Đúc.
        """
        kind, key = unit_name_key(name)
        named = self._named(level, province_code)
        return (kind, named[key]) if key in named else (None, named.get(text_key(name), []))

    def _named(self, level: str, province_code: str | None) -> Mapping[str, list[Unit]]:
        group = level, province_code
        if group not in self._names:
            names: dict[str, list[Unit]] = defaultdict(list)
            for unit in self._groups.get(group, ()):
                names[unit_name_key(unit.name)[1]].append(unit)
            self._names[group] = names
        return self._names[group]


@cache
def read_register(path: Path) -> Register:
    """Return the register of a units.csv. Raises OSError when the file is missing."""
    return Register(map(_read_unit, read_columns(path, *_COLUMNS)))


def _read_unit(row: tuple[str, ...]) -> Unit:
    code, level, kind, name, short_name, district, province, is_rural_commune, valid_from, valid_to = row
    is_rural = is_rural_commune.lower() == "true"
    until = read_day(valid_to) if valid_to else None
    return Unit(code, level, kind, name, short_name, district, province, is_rural, read_day(valid_from), until)


read_day = cache(date.fromisoformat)
"""Return the day that an ISO date is; the files name a few days ten thousand times."""
