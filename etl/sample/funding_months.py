"""Budget money paid out month by month: invented months that make up the half-years exactly."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from etl.sample.archive import new_workbook, save
from etl.sample.funding import LINES, MILLION, MOBILISED, UNIT, Amounts, HalfYears
from etl.sample.scenario import stream
from etl.sample.split import split
from etl.sample.styles import Value
from etl.sample.workbook import Column, Form, day_text

Months = Mapping[str, list[int]]


def write_months(folder: Path, scenario: Mapping[str, Any], money: HalfYears, seed: int) -> list[Path]:
    """Write giai_ngan_thang_YYYY.xlsx for each year of the scenario: sources x months, each month by itself."""
    rules, random = scenario["funding"]["months"], stream(seed, "funding by month")
    paths = []
    for year in rules["years"]:
        halves = [(day, by_source) for day, by_source in money.items() if day.year == year]
        months = _months(halves, rules["weights"], random)
        paths.append(_write_year(folder, max(day for day, _ in halves), months))
    return paths


def _months(halves: list[tuple[date, Mapping[str, Amounts]]], weights: list[int], random: Random) -> Months:
    """By source the months up to the last half-year: those of each half are what was paid out in it."""
    months: dict[str, list[int]] = {}
    for source in (source for source in halves[0][1] if source not in MOBILISED):
        paid: list[int] = []
        for day, by_source in halves:
            chances = [weight * random.uniform(0.8, 1.2) for weight in weights[len(paid) : day.month]]
            paid += split((by_source[source].disbursed or 0) - sum(paid), chances)
        months[source] = paid
    return months


def _write_year(folder: Path, day: date, months: Months) -> Path:
    workbook = new_workbook(f"Giải ngân vốn nông thôn mới theo tháng năm {day.year}")
    by_month = tuple(Column(f"Tháng {month}", width=9, align="right", number_format=MILLION) for month in range(1, 13))
    columns = (
        Column("STT", width=6),
        Column("Nguồn vốn", width=32, align="left"),
        Column(f"Giải ngân trong tháng, năm {day.year}", children=by_month),
        Column("Ghi chú", width=12, align="left"),
    )
    form = Form(workbook, "Giải ngân tháng", columns)
    titles = [
        "TÌNH HÌNH GIẢI NGÂN VỐN NGÂN SÁCH THEO THÁNG THỰC HIỆN CHƯƠNG TRÌNH",
        f"MTQG XÂY DỰNG NÔNG THÔN MỚI TỈNH HẬU GIANG NĂM {day.year}",
    ]
    form.title_block("Biểu số 07c", titles, [f"(Số liệu đến {day_text(day)})"], illustrative=True, unit=UNIT)
    form.header()
    budget = [line for line in LINES if not MOBILISED & set(line[2])]
    for number, label, sources in [(None, "TỔNG SỐ", tuple(months)), *budget]:
        paid = [sum(amounts) for amounts in zip(*(months[source] for source in sources), strict=True)]
        values: list[Value] = [*paid, *[None] * (12 - len(paid))]
        form.row([number, label, *values, None], bold=label.isupper(), shade=number is None)
    form.signatures(day.year)
    return save(workbook, folder / f"giai_ngan_thang_{day.year}.xlsx")
