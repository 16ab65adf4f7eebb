"""The list of recognised communes."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path

from etl.sample.archive import new_workbook, save
from etl.sample.events import Recognition
from etl.sample.workbook import Column, Form, day_text

STANDARDS = {"ntm": "NTM", "nang_cao": "NTM nâng cao", "kieu_mau": "NTM kiểu mẫu"}
EVENTS = {"recognised": "Công nhận", "reaffirmed": "Cấp lại"}
COLUMNS = (
    Column("TT", width=6),
    Column("Tên xã", width=24, align="left"),
    Column("Huyện", width=24, align="left"),
    Column("Mức", width=16),
    Column("Năm đạt", width=9),
    Column("Số quyết định", width=18),
    Column("Ngày quyết định", width=14),
    Column("Hình thức", width=14),
    Column("Ghi chú", width=38, align="left"),
)


def write_recognitions(folder: Path, log: Collection[Recognition], as_of: date) -> Path:
    """Write cong_nhan_ntm.xlsx: decisions up to as_of, one row each, in the order of their dates."""
    workbook = new_workbook("Danh sách xã được công nhận đạt chuẩn nông thôn mới")
    form = Form(workbook, "Danh sách", COLUMNS)
    form.title_block(
        "Biểu số 02",
        ["DANH SÁCH XÃ ĐƯỢC CÔNG NHẬN ĐẠT CHUẨN NÔNG THÔN MỚI TỈNH HẬU GIANG"],
        [f"(Số liệu đến {day_text(as_of)})"],
        illustrative=True,
    )
    form.header()
    decided = [event for event in log if event.decision_date <= as_of]
    for number, event in enumerate(decided, start=1):
        form.row(
            [
                number,
                event.commune.name,
                event.commune.district,
                STANDARDS[event.standard],
                event.result_year,
                event.decision_no,
                event.decision_date,
                EVENTS[event.event],
                _note(event),
            ]
        )
    form.banner("Ghi chú: số quyết định bắt đầu bằng MH- là số minh hoạ.", "legend")
    form.signatures(as_of.year)
    return save(workbook, folder / "cong_nhan_ntm.xlsx")


def _note(event: Recognition) -> str | None:
    if event.event == "reaffirmed":
        return "Duy trì, đạt chuẩn theo Bộ tiêu chí giai đoạn 2021-2025"
    if event.decision_date.year > event.result_year:
        return f"Kết quả năm {event.result_year}, công nhận năm {event.decision_date.year}"
    return None
