"""Monthly criteria matrices (communes x 19 criteria) as districts' figures are summed up in a province."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from etl.sample.archive import new_workbook, save
from etl.sample.events import Recognition, holders
from etl.sample.history import CRITERIA
from etl.sample.register import Commune, District, Province
from etl.sample.styles import Value
from etl.sample.workbook import Column, Form, day_text

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")
SHORT_KINDS = {"Thành phố": "TP.", "Thị xã": "TX.", "Huyện": "H."}
NOT_REPORTED = "Chưa báo cáo"
# Met and not met, and the legend that explains them.
MARKS: dict[str, tuple[Value, Value]] = {"x": ("x", None), "dat": ("Đ", "CĐ"), "number": (1, 0)}
LEGENDS = {
    "x": "x: đạt; để trống: chưa đạt",
    "dat": "Đ: đạt; CĐ: chưa đạt",
    "number": "1: đạt; 0: chưa đạt",
}
STANDARD_NOTES = {"nang_cao": "NTM nâng cao", "kieu_mau": "NTM kiểu mẫu"}


class CriteriaMonth:
    """One month's workbook: unmet criteria, recognitions and the way it is typed."""

    def __init__(
        self,
        month: date,
        province: Province,
        unmet: Mapping[Commune, frozenset[int]],
        log: Collection[Recognition],
        typing: Mapping[str, Any],
    ) -> None:
        self.month = month
        self.province = province
        self.unmet = unmet
        self.result_year = {c: event.result_year for c, event in holders(log, "ntm", month).items()}
        self.note = {
            commune: note for standard, note in STANDARD_NOTES.items() for commune in holders(log, standard, month)
        }
        self.typing = typing

    def write(self, folder: Path, set_title: str, names: tuple[str, ...]) -> Path:
        """Write tieu_chi_YYYY_MM.xlsx: names are those of the 19 criteria of the set in force."""
        workbook = new_workbook(f"Kết quả thực hiện tiêu chí nông thôn mới đến {day_text(self.month)}")
        form = Form(workbook, self.typing.get("sheet", "Biểu 01"), _columns(names))
        form.title_block(
            "Biểu số 01",
            [
                "BIỂU TỔNG HỢP KẾT QUẢ THỰC HIỆN BỘ TIÊU CHÍ QUỐC GIA VỀ XÃ NÔNG THÔN MỚI TỈNH HẬU GIANG",
                set_title,
            ],
            [
                f"(Kèm theo Báo cáo số        /BC-VPĐP ngày     tháng     năm {self.month.year})",
                f"(Số liệu đến {day_text(self.month)})",
            ],
            illustrative=True,
        )
        form.header()
        totals_first = self.typing.get("totals_first", False)
        if totals_first:
            self._totals(form)
        running = 0
        for roman, district in zip(ROMAN, self.province.districts, strict=True):
            self._district(form, roman, district)
            for place, commune in enumerate(district.communes, start=1):
                running += 1
                self._commune(form, running if self.typing.get("numbering") == "running" else place, commune)
        if not totals_first:
            self._totals(form)
        for line in self._legend():
            form.banner(line, "legend")
        form.signatures(self.month.year)
        return save(workbook, folder / f"tieu_chi_{self.month:%Y_%m}.xlsx")

    def _district(self, form: Form, roman: str, district: District) -> None:
        name = district.name
        if self.typing.get("short_district_names"):
            name = f"{SHORT_KINDS[district.kind.capitalize()]} {district.short_name}"
        if self._missing(district.name):
            values: list[Value] = [roman, name, *[None] * 21, NOT_REPORTED]
        else:
            values = [roman, name, *self._counts(district.communes), None, f"{len(district.communes)} xã"]
        form.row(values, bold=True, shade=True)

    def _commune(self, form: Form, number: int, commune: Commune) -> None:
        name = commune.short_name if self.typing.get("bare_names") else commune.name
        if self._missing(commune.district):
            form.row([number, name, *[None] * 21, NOT_REPORTED])
            return
        met, not_met = MARKS[self._marks(commune.district)]
        unmet = self.unmet[commune]
        marks = [not_met if criterion in unmet else met for criterion in CRITERIA]
        total = len(CRITERIA) - len(unmet)
        form.row([number, name, *marks, total, self.result_year.get(commune), self.note.get(commune)])

    def _totals(self, form: Form) -> None:
        reporting = [c for c in self.province.communes if not self._missing(c.district)]
        counts = self._counts(reporting)
        shares: list[Value] = [100 * count / len(reporting) for count in counts[:-1]]
        form.row(["Tổng cộng", None, *counts, None, f"{len(reporting)} xã"], bold=True, label_span=2)
        form.row(["Tỷ lệ (%)", None, *shares, None, None, None], label_span=2)

    def _counts(self, communes: Collection[Commune]) -> list[int | float]:
        """Communes that meet each criterion, then the mean number of criteria met."""
        counts = [sum(criterion not in self.unmet[c] for c in communes) for criterion in CRITERIA]
        return [*counts, sum(counts) / len(communes)]

    def _legend(self) -> list[str]:
        """What each mark means, district by district where they differ."""
        main = self.typing.get("marks", "x")
        legend = f"Ghi chú: {LEGENDS[main]}"
        if "not_reported" in self.typing:
            legend += "; để trống: chưa có số liệu"
        others = [f"{name}: {LEGENDS[marks]}." for name, marks in self.typing.get("other_marks", {}).items()]
        return [legend + ".", *others]

    def _marks(self, district: str) -> str:
        marks: str = self.typing.get("other_marks", {}).get(district, self.typing.get("marks", "x"))
        return marks

    def _missing(self, district: str) -> bool:
        return bool(self.typing.get("not_reported") == district)


def criteria_columns(names: Sequence[str]) -> tuple[Column, ...]:
    """The columns of a matrix of communes and criteria, up to the number of criteria met."""
    criteria = tuple(
        Column(number, children=(Column(name, width=6, vertical=True),))
        for number, name in zip(CRITERIA, names, strict=True)
    )
    return (
        Column("STT", width=6),
        Column("Tên xã / Huyện", width=24, align="left"),
        Column("Kết quả thực hiện các tiêu chí", children=criteria),
        Column("Tổng số tiêu chí đạt", width=9),
    )


def _columns(names: Sequence[str]) -> tuple[Column, ...]:
    return (*criteria_columns(names), Column("Năm đạt chuẩn", width=9), Column("Ghi chú", width=16))
