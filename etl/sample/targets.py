"""Targets of a year with the communes named for it: the published 2022, an invented 2025."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from etl.sample.archive import new_workbook, save
from etl.sample.recognition import STANDARDS
from etl.sample.workbook import Column, Form

TARGET_COLUMNS = (
    Column("TT", width=6),
    Column("Chỉ tiêu", width=48, align="left"),
    Column("ĐVT", width=12),
    Column("Giá trị", width=10),
    Column("Loại chỉ tiêu", width=14),
    Column("Mẫu số", width=9),
    Column("Hạn hoàn thành", width=13),
    Column("Văn bản", width=36, align="left"),
    Column("Ghi chú", width=30, align="left"),
)
COMMUNE_COLUMNS = (
    Column("TT", width=6),
    Column("Tên xã", width=24, align="left"),
    Column("Huyện", width=24, align="left"),
    Column("Mức", width=18),
    Column("Năm", width=9),
    Column("Loại chỉ tiêu", width=16),
)


def write_targets(folder: Path, plan: Mapping[str, Any], illustrative: bool) -> Path:
    """Write chi_tieu_YYYY.xlsx with the sheets 'Chi tieu' and 'Danh sach xa'.

    plan has document, year, due, target (name, unit, value, kind, optional denominator and note) and commune
    (name, district, standard, kind). A value that the plan does not state stays empty.
    """
    year = plan["year"]
    workbook = new_workbook(f"Chỉ tiêu xây dựng nông thôn mới năm {year}")
    form = Form(workbook, "Chi tieu", TARGET_COLUMNS)
    titles = [f"CHỈ TIÊU XÂY DỰNG NÔNG THÔN MỚI VÀ OCOP TỈNH HẬU GIANG NĂM {year}"]
    if not any("OCOP" in target["name"] for target in plan["target"]):
        titles = [f"CHỈ TIÊU XÂY DỰNG NÔNG THÔN MỚI TỈNH HẬU GIANG NĂM {year}"]
    source = [f"(Nguồn: {plan['document']})"]
    form.title_block("Biểu số 03", titles, source, illustrative)
    form.header()
    for number, target in enumerate(plan["target"], start=1):
        form.row(
            [
                number,
                target["name"],
                target["unit"],
                target["value"],
                target["kind"],
                target.get("denominator"),
                plan["due"],
                plan["document"],
                target.get("note"),
            ]
        )
    form.banner("Ghi chú: giao: chỉ tiêu được giao; phấn đấu: cố gắng hoàn thành thêm; tối thiểu: mức sàn.", "legend")
    form.signatures(year)
    _write_communes(Form(workbook, "Danh sach xa", COMMUNE_COLUMNS), plan["commune"], year, source, illustrative)
    return save(workbook, folder / f"chi_tieu_{year}.xlsx")


def _write_communes(
    form: Form, communes: Iterable[Mapping[str, str]], year: int, source: list[str], illustrative: bool
) -> None:
    title = f"DANH SÁCH XÃ PHẤN ĐẤU ĐẠT CHUẨN NÔNG THÔN MỚI TỈNH HẬU GIANG NĂM {year}"
    form.title_block("Biểu số 03a", [title], source, illustrative)
    form.header()
    for number, commune in enumerate(communes, start=1):
        name, district = commune["name"], commune["district"]
        form.row([number, name, district, STANDARDS[commune["standard"]], year, commune["kind"]])
    form.signatures(year)
