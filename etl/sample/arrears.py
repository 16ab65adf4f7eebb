"""Arrears of works (nợ đọng xây dựng cơ bản): invented, smaller at each date; a commune that owes is not recognised."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

from etl.sample.archive import new_workbook, save
from etl.sample.events import Recognition, holders
from etl.sample.funding import MILLION, UNIT
from etl.sample.register import Commune, Province
from etl.sample.scenario import months_after, stream
from etl.sample.workbook import Column, Form, day_text

COLUMNS = (
    Column("TT", width=6),
    Column("Tên công trình", width=32, align="left"),
    Column("Địa điểm XD", width=36, align="left"),
    Column("Năm KC-HT", width=12),
    Column("TMĐT", width=12, align="right", number_format=MILLION),
    Column("Giá trị KLHT", width=12, align="right", number_format=MILLION),
    Column("Vốn đã bố trí", width=12, align="right", number_format=MILLION),
    Column("Còn nợ", width=12, align="right", number="(8)=(6)-(7)", number_format=MILLION),
    Column("KH xử lý", width=30, align="left"),
    Column("Ghi chú", width=20, align="left"),
)


@dataclass(frozen=True)
class Debt:
    """A work that was built and not paid for in full; owed by date, million VND."""

    name: str
    commune: Commune
    years: str
    total_investment: int
    completed: int
    owed: Mapping[date, int]


def write_arrears(
    folder: Path, province: Province, log: Collection[Recognition], scenario: Mapping[str, Any], seed: int
) -> list[Path]:
    """Write no_dong_YYYY_MM.xlsx for each date: what was owed then, or at the date before."""
    rules = scenario["arrears"]
    debts = _invent(province, log, rules, stream(seed, "arrears"))
    dates = [None, *rules["dates"]]
    return [_write(folder, day, before, debts) for before, day in pairwise(dates)]


def _invent(province: Province, log: Collection[Recognition], rules: Mapping[str, Any], random: Random) -> list[Debt]:
    """Debts of the commune that paid before its recognition, and of communes that no later decision names."""
    dates: Sequence[date] = rules["dates"]
    recognised_by: date = rules["recognised_by"]
    busy = {event.commune for event in log if event.decision_date > recognised_by}
    steady = [commune for commune in province.communes if commune not in busy]
    held = holders(log, "ntm", recognised_by)
    late = rules["paid_before_recognition"]
    debtors = [
        *random.sample([commune for commune in steady if commune in held], rules["holders"]),
        *random.sample([commune for commune in steady if commune not in held], rules["others"]),
    ]
    courses = [(province.commune(late["commune"]), late["paid"])]
    courses += [(commune, rules["paid"][place % len(rules["paid"])]) for place, commune in enumerate(debtors)]
    courses += [(commune, random.choice(rules["paid"])) for commune in debtors[-2:]]
    return [
        _debt(rules["works"][place % len(rules["works"])], commune, dict(zip(dates, paid, strict=False)), random)
        for place, (commune, paid) in enumerate(courses)
    ]


def _debt(work: Mapping[str, Any], commune: Commune, paid: Mapping[date, float], random: Random) -> Debt:
    least, most = work["completed"]
    completed = random.randrange(least, most, 10)
    first = round(completed * random.uniform(0.08, 0.22))
    started, finished = work["years"]
    return Debt(
        name=f"{work['name']} {commune.short_name}",
        commune=commune,
        years=f"{started}-{finished}",
        total_investment=round(completed * random.uniform(1.0, 1.06)),
        completed=completed,
        owed={day: round(first * (1 - share)) for day, share in paid.items()},
    )


def _write(folder: Path, day: date, before: date | None, debts: Collection[Debt]) -> Path:
    workbook = new_workbook(f"Nợ đọng xây dựng cơ bản đến {day_text(day)}")
    form = Form(workbook, "Nợ đọng XDCB", COLUMNS)
    titles = [
        "TỔNG HỢP NỢ ĐỌNG XÂY DỰNG CƠ BẢN TRONG XÂY DỰNG NÔNG THÔN MỚI",
        "TRÊN ĐỊA BÀN CÁC XÃ TỈNH HẬU GIANG",
    ]
    form.title_block("Biểu số 09", titles, [f"(Số liệu đến {day_text(day)})"], illustrative=True, unit=UNIT)
    form.header()
    listed = [debt for debt in debts if debt.owed.get(day) or (before and debt.owed.get(before))]
    for number, debt in enumerate(listed, start=1):
        owed = debt.owed[day]
        form.row(
            [
                number,
                debt.name,
                f"{debt.commune.name}, {debt.commune.district}",
                debt.years,
                debt.total_investment,
                debt.completed,
                debt.completed - owed,
                owed,
                f"Bố trí ngân sách tỉnh năm {months_after(day, 1).year}" if owed else None,
                None if owed else f"Đã thanh toán xong trong năm {day.year}",
            ]
        )
    sums = [
        sum(debt.total_investment for debt in listed),
        sum(debt.completed for debt in listed),
        sum(debt.completed - debt.owed[day] for debt in listed),
        sum(debt.owed[day] for debt in listed),
    ]
    form.row(["Tổng cộng", None, None, None, *sums, None, None], bold=True, label_span=2)
    form.signatures(day.year)
    return save(workbook, folder / f"no_dong_{day:%Y_%m}.xlsx")
