"""Counterpart money (vốn đối ứng) and the ways in which people contribute: details of their source."""

from __future__ import annotations

import pytest

from tests.etl.findings import Reader, codes, facts
from tests.etl.money_books import MOBILISED, by_district
from tests.etl.workbooks import Row, form, funding

TOLD = ("source_code", "nature", "detail", "amount_vnd_million")


@pytest.mark.parametrize(
    ("name", "source", "detail"),
    [
        ("Vốn đối ứng NSĐP", "local", "đối ứng"),
        ("Vốn đối ứng", "local", "đối ứng"),
        ("Đối ứng ngân sách huyện", "local_district", "đối ứng"),
        ("Ngân sách tỉnh đối ứng", "local_province", "đối ứng"),
        ("Vốn đối ứng của tỉnh", "local_province", "đối ứng"),
        ("Vốn đối ứng cấp xã", "local_commune", "đối ứng"),
        ("Vốn đối ứng ngân sách huyện, xã", "local", "đối ứng huyện, xã"),
        ("Đối ứng của người dân", "community", "đối ứng"),
        ("Ngân sách địa phương", "local", None),
    ],
)
def test_counterpart_is_a_detail_of_the_budget_that_gives_it(
    read: Reader, name: str, source: str, detail: str | None
) -> None:
    reading = read(funding([1, name, 30], headings=("Vốn đã giao",)))
    assert (facts(reading, *TOLD), reading.issues) == ([(source, None, detail, 30)], [])


def test_counterpart_beside_other_local_money(read: Reader) -> None:
    rows: list[Row] = [["I", "Ngân sách địa phương", 50], [1, "Vốn đối ứng", 30], [2, "Ngân sách huyện", 20]]
    reading = read(funding(*rows, headings=("Vốn đã giao",)))
    assert facts(reading, *TOLD) == [("local", None, "đối ứng", 30), ("local_district", None, None, 20)]
    rows = [["I", "Vốn đối ứng", 50], [1, "Ngân sách tỉnh", 30], [2, "Ngân sách huyện (đầu tư)", 20]]
    reading = read(funding(*rows, headings=("Vốn đã giao",)))
    assert facts(reading, *TOLD) == [("local_province", None, "đối ứng", 30), ("local_district", None, "đối ứng", 20)]


def test_counterpart_as_a_column(read: Reader) -> None:
    paths = [
        ("TT",),
        ("Huyện",),
        ("Vốn giao", "NSTW", "ĐTPT"),
        ("Vốn giao", "Vốn đối ứng"),
        ("Vốn giao", "Đối ứng NS xã"),
    ]
    reading = read(by_district([1, "Huyện Vị Thủy", 30, 5, 2], paths=paths, title="PHÂN BỔ VỐN TỈNH HẬU GIANG"))
    assert reading.issues == []
    assert facts(reading, *TOLD) == [
        ("central", "investment", None, 30),
        ("local", None, "đối ứng", 5),
        ("local_commune", None, "đối ứng", 2),
    ]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("VỐN ĐỐI ỨNG", ("local", "đối ứng")),
        ("VỐN ĐỐI ỨNG NGÂN SÁCH HUYỆN", ("local_district", "đối ứng")),
        ("VỐN NGÂN SÁCH TRUNG ƯƠNG VÀ VỐN ĐỐI ỨNG", None),
    ],
)
def test_title_names_the_counterpart(read: Reader, words: str, told: tuple[str, str] | None) -> None:
    title = f"TÌNH HÌNH GIẢI NGÂN {words} TỈNH HẬU GIANG NĂM 2022"
    headings = ["TT", "Huyện", "Vốn đã giao", "Giải ngân"]
    reading = read(form(title, headings, [[1, "Huyện Vị Thủy", 20, 15]], unit="ĐVT: Triệu đồng"))
    if told is None:
        assert (codes(reading), reading.facts) == (["SOURCE_NOT_STATED"], {})
    else:
        assert facts(reading, "source_code", "detail") == [told, told]


WAYS = [
    ("Tiền mặt", "tiền mặt"),
    ("Ngày công quy đổi", "ngày công quy đổi"),
    ("Hiện vật quy đổi", "hiện vật quy đổi"),
    ("Ngày công và hiện vật quy đổi", "ngày công và hiện vật quy đổi"),
    ("Hiến đất (quy đổi)", "hiến đất quy đổi"),
]


def test_ways_of_contributing_are_details_of_the_community(read: Reader) -> None:
    rows: list[Row] = [["-", name, number] for number, (name, _) in enumerate(WAYS, start=1)]
    reading = read(funding(["VI", "Dân đóng góp", 15], *rows, headings=("Huy động",)))
    assert reading.issues == []
    assert facts(reading, *TOLD) == [("community", None, way, number) for number, (_, way) in enumerate(WAYS, start=1)]


def test_ways_of_contributing_as_columns(read: Reader) -> None:
    paths = [("TT",), ("Huyện",), ("Huy động", "NSTW"), *(("Huy động", "Dân đóng góp", name) for name, _ in WAYS[:3])]
    reading = read(by_district([1, "Huyện Vị Thủy", 9, 1, 2, 3], paths=paths, title=MOBILISED))
    assert facts(reading, "detail", "amount_vnd_million")[1:] == [
        ("tiền mặt", 1),
        ("ngày công quy đổi", 2),
        ("hiện vật quy đổi", 3),
    ]


def test_way_in_the_name_of_the_source(read: Reader) -> None:
    rows: list[Row] = [[1, "Dân đóng góp bằng tiền mặt", 7], [2, "Nhân dân đóng góp ngày công", 3]]
    reading = read(funding(*rows, headings=("Huy động",)))
    assert facts(reading, *TOLD) == [("community", None, "tiền mặt", 7), ("community", None, "ngày công quy đổi", 3)]
