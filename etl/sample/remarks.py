"""What some communes report of themselves: criteria in rows, why one is not met and what they propose; all invented."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from etl.sample.archive import new_workbook, save
from etl.sample.history import CRITERIA
from etl.sample.register import Commune, Province
from etl.sample.workbook import Column, Form, day_text

COLUMNS = (
    Column("TT", width=6),
    Column("Tên tiêu chí", width=36, align="left"),
    Column("Kết quả thực hiện", children=(Column("Kết quả", width=12), Column("Đánh giá", width=12))),
    Column("Nguyên nhân chưa đạt", width=44, align="left"),
    Column("Kiến nghị, đề xuất", width=44, align="left"),
    Column("Ghi chú", width=14, align="left"),
)


def write_remarks(
    folder: Path,
    province: Province,
    rules: Mapping[str, Any],
    history: Mapping[date, Mapping[Commune, frozenset[int]]],
    set_title: str,
    names: Sequence[str],
) -> list[Path]:
    """Write tieu_chi_xa_YYYY_MM.xlsx for each date, a sheet for each commune.

    The marks are those of the province's matrix of the month.
    """
    paths = []
    for day in rules["dates"]:
        workbook = new_workbook(f"Kết quả thực hiện tiêu chí nông thôn mới của xã đến {day_text(day)}")
        for commune in map(province.commune, rules["communes"]):
            _write_commune(workbook, commune, day, history[day][commune], rules, (set_title, names))
        paths.append(save(workbook, folder / f"tieu_chi_xa_{day:%Y_%m}.xlsx"))
    return paths


def _write_commune(
    workbook: Workbook,
    commune: Commune,
    day: date,
    unmet: frozenset[int],
    rules: Mapping[str, Any],
    criteria_set: tuple[str, Sequence[str]],
) -> None:
    form = Form(workbook, commune.short_name, COLUMNS)
    set_title, names = criteria_set
    titles = [
        "KẾT QUẢ THỰC HIỆN BỘ TIÊU CHÍ QUỐC GIA VỀ XÃ NÔNG THÔN MỚI",
        f"{commune.name}, {commune.district}, tỉnh Hậu Giang".upper(),
        set_title,
    ]
    form.title_block("Biểu số 10", titles, [f"(Số liệu đến {day_text(day)})"], illustrative=True)
    form.header()
    for number, name in zip(CRITERIA, names, strict=True):
        is_unmet = number in unmet
        said = [rules[part].get(str(number)) if is_unmet else None for part in ("cause", "proposal")]
        form.row([number, name, None, "Chưa đạt" if is_unmet else "Đạt", *said, None])
    form.banner("Ghi chú: Đạt: đạt; Chưa đạt: chưa đạt.", "legend")
    form.signatures(day.year)
