"""Money of districts and of communes: invented parts of the province's own, so that the sums are exact.

What departments of the province spend themselves is in no district's money; the note below the table says so. Of the
communes only those of some districts report, and only what was given to them as investors.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from etl.sample.archive import new_workbook, save
from etl.sample.criteria import ROMAN
from etl.sample.funding import MILLION, UNIT, Amounts, HalfYears
from etl.sample.register import Commune, District, Province
from etl.sample.scenario import stream
from etl.sample.split import split, split_spent
from etl.sample.workbook import Column, Form, day_text

Money = Mapping[str, Amounts]
ByDistrict = Mapping[date, Mapping[District, Money]]
ByCommune = Mapping[date, Mapping[District, Mapping[Commune, Money]]]
# Headings over the scenario's sources: one, or the source with its parts.
CENTRAL = ("Ngân sách trung ương", {"Đầu tư phát triển": "central_investment", "Sự nghiệp": "central_recurrent"})
BUDGET: tuple[tuple[str, str | dict[str, str]], ...] = (
    CENTRAL,
    ("Ngân sách tỉnh", "local_province"),
    ("Ngân sách huyện", "local_district"),
    ("Ngân sách xã", "local_commune"),
    ("Vốn lồng ghép", "integrated"),
)
RAISED = {"Vốn tín dụng": ("credit",), "Vốn doanh nghiệp": ("enterprise",),
          "Dân đóng góp": ("community_cash", "community_kind")}  # fmt: skip
OF_COMMUNES = (CENTRAL, ("Ngân sách tỉnh", "local_province"), ("Ngân sách xã", "local_commune"))


def money_of_districts(province: Province, scenario: Mapping[str, Any], money: HalfYears, seed: int) -> ByDistrict:
    """The districts' parts of the province's money; departments keep the scenario's shares of some sources."""
    random, kept = stream(seed, "funding by district"), scenario["funding"]["departments"]
    districts = province.districts
    sizes = [len(district.communes) + 2 for district in districts]
    slowness = [random.uniform(0.7, 1.35) for _ in districts]
    years = sorted({day.year for day in money})
    weights = {
        (year, source): _weights(sizes, kept.get(source, 0), random)
        for year in years
        for source in next(iter(money.values()))
    }
    found = {}
    for day, by_source in money.items():
        parts = {
            source: _parts(amounts, weights[day.year, source], [*slowness, 1.0])
            for source, amounts in by_source.items()
        }
        found[day] = {
            district: {source: amounts[place] for source, amounts in parts.items()}
            for place, district in enumerate(districts)
        }
    return found


def money_of_communes(scenario: Mapping[str, Any], districts: ByDistrict, seed: int) -> ByCommune:
    """What the communes of some districts got, at the scenario's cut-offs: a share of their district's money."""
    random, rules = stream(seed, "funding by commune"), scenario["funding"]["communes"]
    found: dict[date, dict[District, dict[Commune, Money]]] = {}
    for day in rules["cut_offs"]:
        for district, money in districts[day].items():
            if district.name not in rules["districts"]:
                continue
            weights = [random.uniform(0.6, 1.6) for _ in district.communes]
            slowness = [random.uniform(0.5, 1.5) for _ in district.communes]
            parts = {
                source: _parts(_share(money[source], share), weights, slowness)
                for source, share in rules["share"].items()
            }
            found.setdefault(day, {})[district] = {
                commune: {source: amounts[place] for source, amounts in parts.items()}
                for place, commune in enumerate(district.communes)
            }
    return found


def write_districts(folder: Path, money: ByDistrict) -> list[Path]:
    """Write von_huyen_YYYY_MM.xlsx: districts x sources, allocated, disbursed and mobilised up to each half-year."""
    return [_write_districts(folder, day, by_district) for day, by_district in money.items()]


def write_communes(folder: Path, money: ByCommune) -> list[Path]:
    """Write von_xa_YYYY_MM.xlsx: communes x sources, allocated and disbursed in each year."""
    return [_write_communes(folder, day, by_district) for day, by_district in money.items()]


def _weights(sizes: Sequence[int], kept: float, random: Random) -> list[float]:
    """Weights of the districts and, last, of the departments."""
    weights = [size * random.uniform(0.75, 1.25) for size in sizes]
    return [*weights, sum(weights) * kept / (1 - kept)]


def _parts(whole: Amounts, weights: Sequence[float], slowness: Sequence[float]) -> list[Amounts]:
    plans = split(whole.plan, weights)
    if whole.allocated is None or whole.disbursed is None:
        mobilised = split(whole.mobilised or 0, weights)
        return [Amounts(plan, mobilised=amount) for plan, amount in zip(plans, mobilised, strict=True)]
    allocated = split(whole.allocated, weights)
    disbursed = split_spent(whole.disbursed, allocated, slowness)
    return [Amounts(plan, given, spent) for plan, given, spent in zip(plans, allocated, disbursed, strict=True)]


def _share(whole: Amounts, share: float) -> Amounts:
    allocated, disbursed = whole.allocated or 0, whole.disbursed or 0
    given = round(share * allocated)
    return Amounts(round(share * whole.plan), given, given - round(share * (allocated - disbursed)))


def _write_districts(folder: Path, day: date, by_district: Mapping[District, Money]) -> Path:
    workbook = new_workbook(f"Nguồn vốn nông thôn mới của các huyện đến {day_text(day)}")
    raised = (_total(), *(_column(label) for label in RAISED))
    columns = (
        Column("STT", width=6),
        Column("Huyện, thị xã, thành phố", width=22, align="left"),
        Column(f"Đã giao (phân bổ) năm {day.year}", children=_budget(BUDGET)),
        Column(f"Giải ngân lũy kế đến {day_text(day)}", children=_budget(BUDGET)),
        Column(f"Huy động lũy kế đến {day_text(day)}", children=raised),
        Column("Ghi chú", width=12, align="left"),
    )
    form = Form(workbook, "Biểu 07a", columns)
    _title(form, "Biểu số 07a", "CỦA CÁC HUYỆN, THỊ XÃ, THÀNH PHỐ", day)
    rows = [(district.name, _of_district(money)) for district, money in by_district.items()]
    for number, (name, amounts) in enumerate(rows, start=1):
        form.row([number, name, *amounts, None])
    totals = [sum(column) for column in zip(*(amounts for _, amounts in rows), strict=True)]
    form.row(["Tổng cộng các huyện, thị xã, thành phố", None, *totals, None], bold=True, shade=True, label_span=2)
    form.banner("Ghi chú: không gồm phần vốn do các sở, ngành tỉnh quản lý; tổng của toàn tỉnh ở Biểu số 07.", "legend")
    form.signatures(day.year)
    return save(workbook, folder / f"von_huyen_{day:%Y_%m}.xlsx")


def _of_district(money: Money) -> list[int]:
    raised = [sum(money[source].mobilised or 0 for source in sources) for sources in RAISED.values()]
    return [*_of_budget(money, BUDGET), sum(raised), *raised]


def _write_communes(folder: Path, day: date, by_district: Mapping[District, Mapping[Commune, Money]]) -> Path:
    workbook = new_workbook(f"Vốn nông thôn mới giao cho xã đến {day_text(day)}")
    columns = (
        Column("STT", width=6),
        Column("Huyện/xã", width=24, align="left"),
        Column(f"Đã giao (phân bổ) năm {day.year}", children=_budget(OF_COMMUNES)),
        Column(f"Giải ngân lũy kế đến {day_text(day)}", children=_budget(OF_COMMUNES)),
        Column("Ghi chú", width=12, align="left"),
    )
    form = Form(workbook, "Biểu 07b", columns)
    _title(form, "Biểu số 07b", "GIAO CHO CÁC XÃ LÀM CHỦ ĐẦU TƯ", day)
    for roman, (district, communes) in zip(ROMAN, by_district.items(), strict=False):
        form.row([roman, district.name, *[None] * (form.width - 2)], bold=True, shade=True)
        for number, (commune, money) in enumerate(communes.items(), start=1):
            form.row([number, commune.name, *_of_budget(money, OF_COMMUNES), None])
    form.banner("Ghi chú: mới có số liệu của các huyện nêu trong biểu; các huyện khác chưa tổng hợp.", "legend")
    form.signatures(day.year)
    return save(workbook, folder / f"von_xa_{day:%Y_%m}.xlsx")


def _title(form: Form, number: str, whose: str, day: date) -> None:
    titles = [f"TÌNH HÌNH PHÂN BỔ, GIẢI NGÂN VỐN XÂY DỰNG NÔNG THÔN MỚI {whose}", f"TỈNH HẬU GIANG NĂM {day.year}"]
    form.title_block(number, titles, [f"(Số liệu đến {day_text(day)})"], illustrative=True, unit=UNIT)
    form.header()


def _budget(sources: Iterable[tuple[str, str | dict[str, str]]]) -> tuple[Column, ...]:
    return (
        _total(),
        *(
            Column(label, children=tuple(_column(part) for part in source))
            if isinstance(source, dict)
            else _column(label)
            for label, source in sources
        ),
    )


def _of_budget(money: Money, sources: Iterable[tuple[str, str | dict[str, str]]]) -> list[int]:
    """Allocated, then disbursed: each its total and the amounts of the sources."""
    codes = [code for _, source in sources for code in (source.values() if isinstance(source, dict) else [source])]
    allocated = [money[code].allocated or 0 for code in codes]
    disbursed = [money[code].disbursed or 0 for code in codes]
    return [sum(allocated), *allocated, sum(disbursed), *disbursed]


def _total() -> Column:
    return _column("Tổng số")


def _column(label: str) -> Column:
    return Column(label, width=11, align="right", number_format=MILLION)
