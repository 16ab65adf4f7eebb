"""Works of some communes: invented ones, whose money makes up what the communes have of the central capital."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from openpyxl import Workbook

from etl.sample.archive import new_workbook, save
from etl.sample.criteria import ROMAN
from etl.sample.funding import MILLION, UNIT, Amounts
from etl.sample.funding_places import ByCommune
from etl.sample.register import Commune, Province
from etl.sample.scenario import stream
from etl.sample.split import split, split_spent
from etl.sample.workbook import Column, Form, day_text

SOURCE = "central_investment"


@dataclass(frozen=True)
class Work:
    """One work of a commune and the criterion that it is for; million VND."""

    name: str
    criterion: int
    allocated: int
    disbursed: int


def write_works(
    folder: Path,
    province: Province,
    scenario: Mapping[str, Any],
    criteria: Sequence[str],
    money: ByCommune,
    seed: int,
) -> list[Path]:
    """Write cong_trinh_YYYY.xlsx, a sheet for each commune: works under the criteria that they are for."""
    rules, random = scenario["works"], stream(seed, "works")
    paths = []
    for day, by_district in money.items():
        amounts = {commune: found[SOURCE] for of_one in by_district.values() for commune, found in of_one.items()}
        workbook = new_workbook(f"Công trình nông thôn mới của xã năm {day.year}")
        for commune in map(province.commune, rules["communes"]):
            _write_commune(workbook, commune, day, _invent(rules, amounts[commune], day, random), criteria)
        paths.append(save(workbook, folder / f"cong_trinh_{day.year}.xlsx"))
    return paths


def _invent(rules: Mapping[str, Any], money: Amounts, day: date, random: Random) -> list[Work]:
    numbers = sorted(random.sample(sorted(map(int, rules["names"])), random.choice(rules["per_commune"])))
    chosen = [number for number in numbers for _ in range(random.choice([1, 1, 2]))]
    allocated = split(money.allocated or 0, [random.uniform(0.6, 1.6) for _ in chosen])
    disbursed = split_spent(money.disbursed or 0, allocated, [random.uniform(0.6, 1.5) for _ in chosen])
    return [
        Work(f"{random.choice(rules['names'][str(number)])} {10 * (day.year - 2021) + place}", number, given, spent)
        for place, (number, given, spent) in enumerate(zip(chosen, allocated, disbursed, strict=True), start=1)
    ]


def _write_commune(
    workbook: Workbook, commune: Commune, day: date, works: Sequence[Work], criteria: Sequence[str]
) -> None:
    columns = (
        Column("TT", width=6),
        Column("Tên công trình", width=60, align="left"),
        Column(f"Vốn đã giao năm {day.year}", width=18, align="right", number_format=MILLION),
        Column(f"Giải ngân lũy kế đến {day_text(day)}", width=18, align="right", number_format=MILLION),
        Column("Ghi chú", width=16, align="left"),
    )
    form = Form(workbook, commune.short_name, columns)
    place = f"{commune.name}, {commune.district}".upper()
    titles = [
        "KẾT QUẢ THỰC HIỆN CÔNG TRÌNH TỪ VỐN ĐẦU TƯ CỦA NGÂN SÁCH TRUNG ƯƠNG",
        f"{place}, TỈNH HẬU GIANG NĂM {day.year}",
    ]
    form.title_block("Biểu số 13", titles, [f"(Số liệu đến {day_text(day)})"], illustrative=True, unit=UNIT)
    form.header()
    for roman, criterion in zip(ROMAN, sorted({work.criterion for work in works}), strict=False):
        own = [work for work in works if work.criterion == criterion]
        name = f"Tiêu chí số {criterion} {criteria[criterion - 1]}"
        form.row([roman, name, *_sums(own), None], bold=True, shade=True)
        for number, work in enumerate(own, start=1):
            form.row([number, work.name, work.allocated, work.disbursed, None])
    form.row(["Tổng cộng", None, *_sums(works), None], bold=True, label_span=2)
    form.signatures(day.year)


def _sums(works: Sequence[Work]) -> tuple[int, int]:
    return sum(work.allocated for work in works), sum(work.disbursed for work in works)
