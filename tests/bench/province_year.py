"""The workbooks of a province's year, made up: 8 districts, 12 months, 3 templates filled in as offices send them."""

from __future__ import annotations

import calendar
import multiprocessing
import os
import random
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from etl.template import Filling, template_book
from ntm.geo.units import Register, Unit

YEAR = 2023
DISTRICTS, MONTHS = 8, 12
_DAY = date(YEAR, 6, 30)
_FORMS = ("criteria_matrix_ntm", "funding_by_source", "recognition")
WORKBOOKS = DISTRICTS * MONTHS * len(_FORMS)
_PARTS = (2, 3, 0, 0, 0, 2)
"""How many parts each source of the funding form has."""


def write_province_years(folder: Path, register: Register, count: int) -> None:
    """Write the workbooks of `count` provinces below a folder. Seeded: every run writes the same."""
    jobs = [
        (folder / province.unit_code, province, district, _communes(register, district))
        for province, districts in _provinces(register)[:count]
        for district in districts
    ]
    with multiprocessing.Pool(os.cpu_count()) as pool:
        pool.starmap(_write_district, jobs, chunksize=1)


def _provinces(register: Register) -> list[tuple[Unit, Sequence[Unit]]]:
    """Return the provinces that have enough districts, each with its first ones."""
    provinces = [unit for unit in register.units if unit.level == "province" and unit.in_force(_DAY)]
    found = [(unit, register.within(unit.unit_code, _DAY, "district")[:DISTRICTS]) for unit in provinces]
    return [(unit, districts) for unit, districts in found if len(districts) == DISTRICTS and unit.kind == "tỉnh"]


def _communes(register: Register, district: Unit) -> list[Unit]:
    communes = register.within(district.province_code, _DAY)
    return [unit for unit in communes if unit.district_code == district.unit_code and unit.is_rural_commune]


def _write_district(folder: Path, province: Unit, district: Unit, communes: Sequence[Unit]) -> None:
    chance = random.Random(district.unit_code)
    folder.mkdir(parents=True, exist_ok=True)
    place = f"{district.name.upper()}, {province.name.upper()}"
    for month in range(1, MONTHS + 1):
        period = f"{calendar.monthrange(YEAR, month)[1]}/{month}/{YEAR}"
        for form, rows in _rows(district, communes, month, chance).items():
            book = template_book(form, Filling(place=place, period=period, rows=rows))
            book.save(folder / f"{district.unit_code}_{month:02}_{form}.xlsx")


def _rows(
    district: Unit, communes: Sequence[Unit], month: int, chance: random.Random
) -> Mapping[str, Sequence[Sequence[object]]]:
    marks = [["x" if chance.random() < 0.7 else "CĐ" for _ in range(19)] for _ in communes]
    recognised = communes[: 3 + month % 3]
    lines = (
        [number, unit.name, district.name, "NTM", 2019, f"{number}/QĐ-UBND", date(2020, 1, number), "Công nhận"]
        for number, unit in enumerate(recognised, start=1)
    )
    matrix = (
        [number, unit.name, *own, own.count("x")]
        for number, (unit, own) in enumerate(zip(communes, marks, strict=True), start=1)
    )
    return dict(zip(_FORMS, ([*matrix], _amounts(chance), [*lines]), strict=True))


def _amounts(chance: random.Random) -> list[list[int]]:
    """Return the amounts of the funding form, plan and result: the total, then each source before its parts."""
    rows: list[list[int]] = []
    total = [0, 0]
    for count in _PARTS:
        parts = [[chance.randrange(1000, 9000), chance.randrange(1000)] for _ in range(max(1, count))]
        whole = [sum(column) for column in zip(*parts, strict=True)]
        total = [sum(pair) for pair in zip(total, whole, strict=True)]
        rows += [whole, *parts] if count else [whole]
    return [total, *rows]
