"""The list of recognised districts: invented decisions, some time after the last commune of a district."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from etl.sample.archive import new_workbook, save
from etl.sample.events import Recognition, holders
from etl.sample.register import District, Province
from etl.sample.scenario import months_after
from etl.sample.workbook import Column, Form, day_text

# Decision 321/QĐ-TTg: a city or town completes the task, a district reaches the standard.
STANDARDS = {"huyện": "NTM", "thị xã": "Hoàn thành nhiệm vụ", "thành phố": "Hoàn thành nhiệm vụ"}
COLUMNS = (
    Column("TT", width=6),
    Column("Huyện, thị xã, thành phố", width=28, align="left"),
    Column("Mức", width=24),
    Column("Năm đạt", width=9),
    Column("Số quyết định", width=18),
    Column("Ngày quyết định", width=14),
    Column("Hình thức", width=14),
    Column("Ghi chú", width=24, align="left"),
)


@dataclass(frozen=True)
class DistrictRecognition:
    """One decision on one district, and the year of the result that it names."""

    district: District
    result_year: int
    decision_date: date


def district_log(
    province: Province, log: Collection[Recognition], scenario: Mapping[str, Any]
) -> list[DistrictRecognition]:
    """Districts all of whose communes are NTM, recognised by the scenario's last month, by date."""
    ntm, wait, last = (
        holders(log, "ntm", date.max),
        scenario["districts"]["months_after_communes"],
        scenario["last_month"],
    )
    events = []
    for district in province.districts:
        if all(commune in ntm for commune in district.communes):
            complete = max(ntm[commune].decision_date for commune in district.communes)
            decided = months_after(complete, wait).replace(day=15)
            events.append(DistrictRecognition(district, decided.year - 1, decided))
    return sorted((event for event in events if event.decision_date <= last), key=lambda event: event.decision_date)


def write_district_recognitions(folder: Path, events: Collection[DistrictRecognition], as_of: date) -> Path:
    """Write cong_nhan_huyen.xlsx: one row for each decision."""
    workbook = new_workbook("Danh sách huyện, thị xã, thành phố được công nhận")
    form = Form(workbook, "Danh sách", COLUMNS)
    titles = ["DANH SÁCH HUYỆN, THỊ XÃ, THÀNH PHỐ ĐƯỢC CÔNG NHẬN NÔNG THÔN MỚI TỈNH HẬU GIANG"]
    form.title_block("Biểu số 02a", titles, [f"(Số liệu đến {day_text(as_of)})"], illustrative=True)
    form.header()
    for number, event in enumerate(events, start=1):
        standard = STANDARDS[event.district.kind]
        decision = f"MH-{number:03}/QĐ-TTg"
        form.row(
            [number, event.district.name, standard, event.result_year, decision, event.decision_date, "Công nhận", None]
        )
    form.banner("Ghi chú: số quyết định bắt đầu bằng MH- là số minh hoạ.", "legend")
    form.signatures(as_of.year)
    return save(workbook, folder / "cong_nhan_huyen.xlsx")
