"""Criteria of nâng cao of the NTM communes of some districts: invented, all met where nâng cao is recognised."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from etl.sample.archive import new_workbook, save
from etl.sample.criteria import LEGENDS, MARKS, ROMAN, criteria_columns
from etl.sample.events import Recognition, holders
from etl.sample.history import CRITERIA
from etl.sample.register import Commune, District, Province
from etl.sample.scenario import stream
from etl.sample.styles import Value
from etl.sample.workbook import Column, Form, day_text

Unmet = Mapping[Commune, frozenset[int]]


def write_advanced(
    folder: Path,
    province: Province,
    log: Collection[Recognition],
    scenario: Mapping[str, Any],
    names: Sequence[str],
    seed: int,
) -> list[Path]:
    """Write nang_cao_YYYY_MM.xlsx for each date: the communes that hold NTM then x the criteria of nâng cao."""
    rules = scenario["advanced"]
    districts = [district for district in province.districts if district.name in rules["districts"]]
    unmet = advanced_history(districts, log, rules, seed)
    title = scenario["criteria_sets"]["new"]["title"]
    return [_write(folder, day, districts, unmet[day], title, names) for day in rules["dates"]]


def advanced_history(
    districts: Sequence[District], log: Collection[Recognition], rules: Mapping[str, Any], seed: int
) -> dict[date, Unmet]:
    """Criteria of nâng cao not met, by date: what is met once stays met."""
    random = stream(seed, "advanced")
    nearly = holders(log, "nang_cao", rules["dates"][-1])
    unmet: dict[Commune, list[int]] = {}
    history: dict[date, Unmet] = {}
    for day in rules["dates"]:
        reached = holders(log, "nang_cao", day)
        for commune in (commune for district in districts for commune in district.communes):
            if commune in unmet:
                unmet[commune] = unmet[commune][random.randint(*rules["met_since"]) :]
            else:
                bounds = rules["unmet_nearly"] if commune in nearly else rules["unmet"]
                unmet[commune] = random.sample(CRITERIA, random.randint(*bounds))
        history[day] = {
            commune: frozenset() if commune in reached else frozenset(unmet[commune])
            for commune in unmet
            if commune in holders(log, "ntm", day)
        }
    return history


def _write(
    folder: Path, day: date, districts: Sequence[District], unmet: Unmet, set_title: str, names: Sequence[str]
) -> Path:
    workbook = new_workbook(f"Kết quả thực hiện tiêu chí nông thôn mới nâng cao đến {day_text(day)}")
    columns = (*criteria_columns(names), Column("Ghi chú", width=16))
    form = Form(workbook, "Biểu 01a", columns)
    titles = [
        "TỔNG HỢP KẾT QUẢ THỰC HIỆN BỘ TIÊU CHÍ QUỐC GIA VỀ XÃ NÔNG THÔN MỚI NÂNG CAO TỈNH HẬU GIANG",
        set_title,
    ]
    form.title_block("Biểu số 01a", titles, [f"(Số liệu đến {day_text(day)})"], illustrative=True)
    form.header()
    met, not_met = MARKS["dat"]
    for roman, district in zip(ROMAN, districts, strict=False):
        form.row([roman, district.name, *[None] * (form.width - 2)], bold=True, shade=True)
        listed = [commune for commune in district.communes if commune in unmet]
        for number, commune in enumerate(listed, start=1):
            marks: list[Value] = [not_met if criterion in unmet[commune] else met for criterion in CRITERIA]
            form.row([number, commune.name, *marks, len(CRITERIA) - len(unmet[commune]), None])
    form.banner(
        f"Ghi chú: {LEGENDS['dat']}. Chỉ gồm các xã đã đạt chuẩn nông thôn mới của các huyện nêu trên.", "legend"
    )
    form.signatures(day.year)
    return save(workbook, folder / f"nang_cao_{day:%Y_%m}.xlsx")
