"""The list of OCOP products: invented products whose numbers add up to the published totals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path
from random import Random
from typing import Any

from etl.sample.archive import new_workbook, save
from etl.sample.criteria import ROMAN
from etl.sample.register import District, Province
from etl.sample.scenario import stream
from etl.sample.workbook import Column, Form, day_text

COLUMNS = (
    Column("STT", width=6),
    Column("Tên sản phẩm", width=30, align="left"),
    Column("Nhóm SP", width=22),
    Column("Tên chủ thể", width=26),
    Column("Loại hình", width=16),
    Column("Địa chỉ", width=36),
    Column("Điểm", width=8),
    Column("Hạng", width=8),
    Column("Số, ngày QĐ", width=32),
    Column("Thời hạn", width=12),
    Column("Ghi chú", width=12),
)
PRODUCER_COLUMNS = (4, 5, 6)
PRODUCER_KINDS = ("Hợp tác xã", "Công ty TNHH", "Hộ kinh doanh")
# Points of each number of stars, the upper ones excluded (decision 1048/QĐ-TTg of 2019).
POINTS = {3: (50, 70), 4: (70, 90)}
YEARS_VALID = 3


@dataclass(frozen=True)
class Producer:
    """An invented producer and its address."""

    name: str
    kind: str
    address: str


@dataclass(frozen=True)
class Product:
    """One product under the decision that gave it its stars."""

    name: str
    group: str
    producer: Producer
    points: float
    stars: int
    decided: date


def write_products(folder: Path, province: Province, scenario: Mapping[str, Any], seed: int) -> Path:
    """Write ocop_2023_01.xlsx: products grouped by district, a producer's cells merged over its products."""
    rules = scenario["ocop"]
    as_of = rules["as_of"]
    workbook = new_workbook(f"Sản phẩm OCOP được công nhận đến {day_text(as_of)}")
    form = Form(workbook, "OCOP", COLUMNS)
    form.title_block(
        "Biểu số 08",
        ["DANH SÁCH SẢN PHẨM OCOP ĐƯỢC CÔNG NHẬN TRÊN ĐỊA BÀN TỈNH HẬU GIANG"],
        [f"(Số liệu đến {day_text(as_of)})"],
        illustrative=True,
    )
    form.header()
    by_district = invent_products(province, rules, stream(seed, "ocop"))
    decision_no = {day: no for no, day in enumerate(sorted({p.decided for ps in by_district.values() for p in ps}), 1)}
    number = 0
    for roman, (district, products) in zip(ROMAN, by_district.items(), strict=True):
        form.banner(f"{roman}. {district.name.upper()}", "group")
        for _, group in groupby(products, key=lambda product: product.producer):
            rows = []
            for product in group:
                number += 1
                rows.append(_write_product(form, number, product, decision_no[product.decided]))
            for column in PRODUCER_COLUMNS:
                form.merge_down(column, rows[0], rows[-1])
    everything = [product for products in by_district.values() for product in products]
    producers = {product.producer for product in everything}
    stars = ", ".join(f"{sum(p.stars == n for p in everything)} sản phẩm {n} sao" for n in (4, 3))
    form.banner(f"Tổng cộng: {len(everything)} sản phẩm của {len(producers)} chủ thể ({stars})", "group")
    form.banner("Ghi chú: tên sản phẩm, chủ thể và số quyết định (MH-) là minh hoạ.", "legend")
    form.signatures(as_of.year)
    return save(workbook, folder / f"ocop_{as_of:%Y_%m}.xlsx")


def invent_products(province: Province, rules: Mapping[str, Any], random: Random) -> dict[District, list[Product]]:
    """Products by district, those of one producer together, as many by stars and date as the rules say."""
    earlier = [date(year, month, 20) for year in (2020, 2021, 2022) for month in (7, 9, 12)]
    january = [date(2023, 1, 12), date(2023, 1, 19)]
    awards = [
        (int(stars), random.choice(days))
        for days, counts in ((earlier, rules["by_2022"]), (january, rules["january_2023"]))
        for stars, count in counts.items()
        for _ in range(count)
    ]
    random.shuffle(awards)
    by_district: dict[District, list[Product]] = {district: [] for district in province.districts}
    number = producers = 0
    while number < len(awards):
        producers += 1
        district = province.districts[producers % len(province.districts)]
        producer = _invent_producer(producers, district, random)
        for stars, decided in awards[number : number + random.choice([1, 1, 2, 2, 3, 4])]:
            number += 1
            word, group = random.choice(rules["products"])
            low, high = POINTS[stars]
            points = round(random.uniform(low, high - 1), 1)
            by_district[district].append(
                Product(f"{word} minh hoạ {number:03}", group, producer, points, stars, decided)
            )
    return by_district


def _invent_producer(number: int, district: District, random: Random) -> Producer:
    kind = random.choice(PRODUCER_KINDS)
    commune = random.choice(district.communes)
    return Producer(f"{kind} minh hoạ {number:02}", kind, f"{commune.name}, {district.name}")


def _write_product(form: Form, number: int, product: Product, decision_no: int) -> int:
    decided = product.decided
    valid_until = decided.replace(year=decided.year + YEARS_VALID) - timedelta(days=1)
    return form.row(
        [
            number,
            product.name,
            product.group,
            product.producer.name,
            product.producer.kind,
            product.producer.address,
            product.points,
            f"{product.stars} sao",
            f"MH-{decision_no:02}/QĐ-UBND ngày {day_text(decided)}",
            valid_until,
            None,
        ]
    )
