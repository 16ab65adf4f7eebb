"""Money by source: the published needs of 2022 and invented half-year reports of plan, allocation and use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from babel.numbers import format_decimal

from etl.sample.archive import new_workbook, save
from etl.sample.scenario import stream
from etl.sample.styles import Value
from etl.sample.workbook import Column, Form, day_text

MILLION = "#,##0"
UNIT = "ĐVT: Triệu đồng"
# Rows as in Biểu 07 of public NTM reporting systems: number, label, and the scenario's sources summed in it.
LINES: tuple[tuple[str | int, str, tuple[str, ...]], ...] = (
    ("I", "NGÂN SÁCH TRUNG ƯƠNG", ("central_investment", "central_recurrent")),
    (1, "Vốn đầu tư phát triển", ("central_investment",)),
    (2, "Vốn sự nghiệp", ("central_recurrent",)),
    ("II", "NGÂN SÁCH ĐỊA PHƯƠNG", ("local_province", "local_district", "local_commune")),
    (1, "Ngân sách tỉnh", ("local_province",)),
    (2, "Ngân sách huyện", ("local_district",)),
    (3, "Ngân sách xã", ("local_commune",)),
    ("III", "VỐN LỒNG GHÉP", ("integrated",)),
    ("IV", "VỐN TÍN DỤNG", ("credit",)),
    ("V", "VỐN DOANH NGHIỆP", ("enterprise",)),
    ("VI", "HUY ĐỘNG TỪ CỘNG ĐỒNG VÀ NGƯỜI DÂN", ("community_cash", "community_kind")),
    (1, "Tiền mặt", ("community_cash",)),
    (2, "Ngày công và hiện vật quy đổi", ("community_kind",)),
)
# Not budget money: it is mobilised, nobody allocates or disburses it.
MOBILISED = {"credit", "enterprise", "community_cash", "community_kind"}


@dataclass(frozen=True)
class Amounts:
    """Million VND of one source at one cut-off; None where the stage does not exist for the source."""

    plan: int
    allocated: int | None = None
    disbursed: int | None = None
    mobilised: int | None = None


HalfYears = Mapping[date, Mapping[str, Amounts]]
"""The province's money by cut-off and source."""


def write_needs(folder: Path, plan: Mapping[str, Any]) -> Path:
    """Write nhu_cau_von_2022.xlsx: the six published needs and their total."""
    workbook = new_workbook(f"Nhu cầu vốn năm {plan['year']}")
    columns = (
        Column("TT", width=8),
        Column("Nguồn vốn", width=52, align="left"),
        Column(f"Nhu cầu vốn năm {plan['year']}", width=22, align="right", number_format=MILLION),
        Column("Ghi chú", width=24, align="left"),
    )
    form = Form(workbook, "Nhu cầu vốn", columns)
    form.title_block(
        "Biểu số 06",
        [
            "TỔNG HỢP NHU CẦU VỐN THỰC HIỆN CHƯƠNG TRÌNH MTQG XÂY DỰNG NÔNG THÔN MỚI",
            f"TỈNH HẬU GIANG NĂM {plan['year']}",
        ],
        [f"(Nguồn: {plan['document']})"],
        illustrative=False,
        unit=UNIT,
    )
    form.header()
    for number, need in enumerate(plan["need"], start=1):
        form.row([number, need["source"], need["amount"], None])
    form.row(["Tổng cộng", None, sum(need["amount"] for need in plan["need"]), None], bold=True, label_span=2)
    form.banner("Ghi chú: nhu cầu do các địa phương đề xuất, không phải vốn được giao.", "legend")
    form.signatures(plan["year"])
    return save(workbook, folder / f"nhu_cau_von_{plan['year']}.xlsx")


def half_years(scenario: Mapping[str, Any], seed: int) -> HalfYears:
    """The province's money at each half-year of the scenario."""
    rules = scenario["funding"]
    years = sorted({day.year for day in rules["half_years"]})
    random = stream(seed, "funding")
    amounts = {year: _year(rules["plan"], year, random) for year in years}
    return {day: amounts[day.year][day.month] for day in rules["half_years"]}


def write_half_years(folder: Path, scenario: Mapping[str, Any], money: HalfYears) -> list[Path]:
    """Write nguon_von_YYYY_MM.xlsx for each half-year of the scenario."""
    as_text = scenario["funding"]["typed_as_text"]
    return [_write_half_year(folder, day, by_source, as_text=day == as_text) for day, by_source in money.items()]


def _year(plans: Mapping[str, Mapping[str, int]], year: int, random: Random) -> dict[int, dict[str, Amounts]]:
    """Amounts by source at the end of June and of December: within a year they only grow."""
    june, december = {}, {}
    for source, by_year in plans.items():
        plan = by_year[str(year)]
        if source in MOBILISED:
            mobilised = plan * random.uniform(0.92, 1.08)
            december[source] = Amounts(plan, mobilised=round(mobilised))
            june[source] = Amounts(plan, mobilised=round(mobilised * random.uniform(0.42, 0.55)))
        else:
            allocated = plan * random.uniform(0.96, 1.0)
            december[source] = _used(plan, allocated, random.uniform(0.89, 0.985))
            june[source] = _used(plan, allocated * random.uniform(0.85, 1.0), random.uniform(0.36, 0.49))
    return {6: june, 12: december}


def _used(plan: int, allocated: float, share: float) -> Amounts:
    return Amounts(plan, allocated=round(allocated), disbursed=round(allocated * share))


def _write_half_year(folder: Path, day: date, by_source: Mapping[str, Amounts], as_text: bool) -> Path:
    period = f"6 THÁNG ĐẦU NĂM {day.year}" if day.month == 6 else f"NĂM {day.year}"
    workbook = new_workbook(f"Nguồn vốn nông thôn mới đến {day_text(day)}")
    form = Form(workbook, "Biểu 07", _columns(day))
    form.title_block(
        "Biểu số 07",
        [
            "TỔNG HỢP KẾT QUẢ HUY ĐỘNG, PHÂN BỔ VÀ GIẢI NGÂN VỐN THỰC HIỆN CHƯƠNG TRÌNH",
            f"MTQG XÂY DỰNG NÔNG THÔN MỚI TỈNH HẬU GIANG {period}",
        ],
        [
            f"(Kèm theo Báo cáo số        /BC-VPĐP ngày     tháng     năm {day.year})",
            f"(Số liệu đến {day_text(day)})",
        ],
        illustrative=True,
        unit=UNIT,
    )
    form.header()
    lines = [(None, "TỔNG SỐ", tuple(by_source)), *LINES]
    for number, label, sources in lines:
        values = _values(_sum(by_source[source] for source in sources))
        if as_text:
            values = [_typed(value) for value in values]
        form.row([number, label, *values, None], bold=label.isupper(), shade=number is None)
    form.banner("Ghi chú: ô để trống là không áp dụng cho nguồn vốn đó.", "legend")
    form.signatures(day.year)
    return save(workbook, folder / f"nguon_von_{day:%Y_%m}.xlsx")


def _columns(day: date) -> tuple[Column, ...]:
    cut_off = day_text(day)
    stages = (
        Column(f"Đã giao (phân bổ) năm {day.year}", width=17, align="right", number_format=MILLION),
        Column(f"Giải ngân lũy kế đến {cut_off}", width=17, align="right", number_format=MILLION),
        Column("Tỷ lệ giải ngân (%)", width=14, align="right", number="(6)=(5)/(4)"),
        Column(f"Huy động lũy kế đến {cut_off}", width=17, align="right", number_format=MILLION),
    )
    return (
        Column("STT", width=7),
        Column("Nguồn vốn", width=42, align="left"),
        Column(f"Kế hoạch năm {day.year}", width=17, align="right", number_format=MILLION),
        Column("Kết quả thực hiện", children=stages),
        Column("Ghi chú", width=16, align="left"),
    )


def _sum(parts: Iterable[Amounts]) -> Amounts:
    """Each stage summed over the sources that have it."""
    amounts = list(parts)

    def total(stage: str) -> int | None:
        known = [value for part in amounts if (value := getattr(part, stage)) is not None]
        return sum(known) if known else None

    return Amounts(sum(part.plan for part in amounts), total("allocated"), total("disbursed"), total("mobilised"))


def _values(amounts: Amounts) -> list[Value]:
    rate = None
    if amounts.allocated is not None and amounts.disbursed is not None:
        rate = round(100 * amounts.disbursed / amounts.allocated, 1)
    return [amounts.plan, amounts.allocated, amounts.disbursed, rate, amounts.mobilised]


def _typed(value: Value) -> Value:
    """A number as a clerk types it into a text cell: 170.914 or 94,5."""
    if not isinstance(value, int | float):
        return value
    return format_decimal(value, "#,##0.0" if isinstance(value, float) else "#,##0", locale="vi")
