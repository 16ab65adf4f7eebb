"""Compiles units.csv: every unit of the map of 2022 and of the map since 1 July 2025."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from etl.reference.packages import PINNED, Point, legacy_units, listed_units, new_units
from ntm.geo.names import unit_name_key

OLD_FROM, OLD_TO, REFORM_DATE = "2021-11-01", "2025-06-30", "2025-07-01"
LISTED, PLACED = (f"{name} {number}" for name, number in PINNED.items())
LEVELS = ("province", "district", "commune")
NEW_KINDS = ("tỉnh", "thành phố", "xã", "phường", "đặc khu")


@dataclass(frozen=True)
class Unit:
    """One row of units.csv, keyed by unit_code, level and valid_from.

    A province names itself in province_code and a district itself in district_code; there are no districts
    since the reform. Longitude and latitude are degrees, WGS84, None when no point is known.
    """

    unit_code: str
    level: str
    kind: str
    name: str
    short_name: str
    parent_code: str
    district_code: str
    province_code: str
    region_code: str
    is_rural_commune: bool
    valid_from: str
    valid_to: str
    longitude: float | None
    latitude: float | None
    source: str


def compile_units(regions: Mapping[str, str], successors: Mapping[str, str]) -> list[Unit]:
    """Return all units of both maps, sorted by validity, level and code.

    Args:
        regions: region code by code of the 63 provinces.
        successors: code of the province since 1 July 2025 by code of the old province.
    """
    units = [*_old_units(regions), *_new_units(regions_since_reform(regions, successors))]
    return sorted(units, key=lambda unit: (unit.valid_from, LEVELS.index(unit.level), unit.unit_code))


def regions_since_reform(regions: Mapping[str, str], successors: Mapping[str, str]) -> dict[str, str]:
    """Return the region of each new province, empty when its predecessors lie in more than one."""
    found: dict[str, set[str]] = {}
    for old, new in successors.items():
        found.setdefault(new, set()).add(regions[old])
    return {new: next(iter(codes)) if len(codes) == 1 else "" for new, codes in found.items()}


def _old_units(regions: Mapping[str, str]) -> Iterator[Unit]:
    province_of = {district.code: district.parent_code for district in listed_units("district")}
    for level in LEVELS:
        points = _points_by_code(level)
        for listed in listed_units(level):
            district = {"province": "", "district": listed.code, "commune": listed.parent_code}[level]
            province = province_of[district] if district else listed.code
            name = f"{listed.kind.capitalize()} {listed.short_name}"
            placed_name, point = points.get(listed.code, ("", None))
            yield Unit(
                unit_code=listed.code,
                level=level,
                kind=listed.kind,
                name=name,
                short_name=listed.short_name,
                parent_code=listed.parent_code,
                district_code=district,
                province_code=province,
                region_code=regions[province],
                is_rural_commune=listed.kind == "xã",
                valid_from=OLD_FROM,
                valid_to=OLD_TO,
                longitude=point.longitude if point else None,
                latitude=point.latitude if point else None,
                source=_source(name, placed_name),
            )


def _source(name: str, placed_name: str) -> str:
    if not placed_name:
        return LISTED
    if unit_name_key(name) == unit_name_key(placed_name):
        return f"{LISTED}; point: {PLACED}"
    return f"{LISTED}; point: {PLACED}, which knows the code as {placed_name}"


def _points_by_code(level: str) -> dict[str, tuple[str, Point]]:
    legacy = legacy_units()
    if level == "province":
        return {unit.province_code: (unit.province, unit.province_point) for unit in legacy}
    if level == "district":
        return {unit.district_code: (unit.district, unit.district_point) for unit in legacy}
    return {unit.code: (unit.name, unit.point) for unit in legacy if unit.code and unit.name and unit.point}


def _new_units(regions: Mapping[str, str]) -> Iterator[Unit]:
    communes = new_units()
    provinces = {unit.province_code: (unit.province, unit.province_point) for unit in communes}
    for code, (name, point) in provinces.items():
        yield _new_unit(code, "province", name, "", code, regions[code], point)
    for unit in communes:
        province = unit.province_code
        yield _new_unit(unit.code, "commune", unit.name, province, province, regions[province], unit.point)


def _new_unit(code: str, level: str, name: str, parent: str, province: str, region: str, point: Point) -> Unit:
    kind = next(kind for kind in NEW_KINDS if name.lower().startswith(f"{kind} "))
    return Unit(
        unit_code=code,
        level=level,
        kind=kind,
        name=name,
        short_name=name[len(kind) + 1 :],
        parent_code=parent,
        district_code="",
        province_code=province,
        region_code=region,
        is_rural_commune=kind == "xã",
        valid_from=REFORM_DATE,
        valid_to="",
        longitude=point.longitude,
        latitude=point.latitude,
        source=PLACED,
    )
