"""Rows of sources in the order and numbering that offices choose (forms.md 2.3, 2.4)."""

from __future__ import annotations

import pytest

from tests.etl.findings import Reader, codes, facts, only_issue, row_counts, rows_of
from tests.etl.workbooks import Row, funding

SOURCE = ("source_code", "nature", "detail", "amount_vnd_million")
BUDGETS = [
    ("central", "investment", None, 60),
    ("central", "recurrent", None, 40),
    ("local_province", "investment", None, 20),
    ("local_province", "recurrent", None, 10),
    ("local_commune", None, None, 5),
    ("credit", None, None, 900),
]
NAMES = [
    ("Ngân sách trung ương", 100), ("Vốn đầu tư phát triển", 60), ("Kinh phí thường xuyên", 40),
    ("Ngân sách địa phương", 35), ("Ngân sách tỉnh", 30), ("Vốn đầu tư", 20), ("Sự nghiệp", 10),
    ("Ngân sách xã", 5), ("Vốn tín dụng", 900),
]  # fmt: skip


def numbered(*ordinals: object) -> list[Row]:
    return [[ordinal, *line] for ordinal, line in zip(ordinals, NAMES, strict=True)]


@pytest.mark.parametrize(
    "ordinals",
    [
        ("I", 1, 2, "II", 1, "1.1", "1.2", 2, "III"),
        ("1", "1.1", "1.2", "2", "2.1", "2.1.1", "2.1.2", "2.2", "3"),
        (1, "a)", "b)", 2, "a)", "-", "-", "b)", 3),
        ("A", "I", "II", "B", "I", 1, 2, "II", "C"),
        ("I", "-", "-", "II", "-", "+", "+", "-", "III"),
        (1, "1.1", "1.2", 2, "2.1", "a", "b", "2.2", 3),
        ("1.0", 1.1, 1.2, "2.0", 2.1, "+", "+", 2.2, "3.0"),
    ],
)
def test_depth_is_told_by_the_ordinals_in_any_mixture(read: Reader, ordinals: tuple[object, ...]) -> None:
    reading = read(funding(*numbered(*ordinals)))
    assert reading.issues == []
    assert facts(reading, *SOURCE) == BUDGETS


def test_bullets_may_stand_before_the_names(read: Reader) -> None:
    rows = [
        [1, "Ngân sách trung ương", 100],
        [None, "- Vốn ĐTPT", 60],
        [None, "- Vốn SN", 40],
        [2, "Vốn tín dụng", 900],
    ]
    reading = read(funding(*rows))
    assert reading.issues == []
    assert facts(reading, *SOURCE) == [BUDGETS[0], BUDGETS[1], BUDGETS[5]]


def test_without_ordinals_names_tell_what_is_a_part(read: Reader) -> None:
    reading = read(
        funding(*([None, name, amount] for name, amount in NAMES if name not in ("Vốn đầu tư", "Sự nghiệp")))
    )
    assert reading.issues == []
    assert [row[0] for row in facts(reading, *SOURCE)] == [  # type: ignore[index]
        "central", "central", "local_province", "local_commune", "credit",
    ]  # fmt: skip


def test_bieu_07_total_first(read: Reader) -> None:
    rows = [
        [None, "TỔNG SỐ", 250, 120, 130],
        ["I", "NGÂN SÁCH TRUNG ƯƠNG", 100, 50, 50],
        [1, "Vốn đầu tư công", 60, 30, 30],
        [2, "Kinh phí thường xuyên", 40, 20, 20],
        ["II", "NGÂN SÁCH ĐỊA PHƯƠNG", 30, 10, 20],
        [1, "Tỉnh", 20, 5, 15],
        [2, "Xã", 10, 5, 5],
        ["III", "VỐN LỒNG GHÉP", 20, 10, 10],
        ["IV", "VỐN TÍN DỤNG CHÍNH SÁCH", 80, 40, 40],
        ["V", "VỐN DOANH NGHIỆP", 5, 5, 0],
        ["VI", "HUY ĐỘNG TỪ CỘNG ĐỒNG VÀ NGƯỜI DÂN", 15, 5, 10],
        [1, "Tiền mặt", 10, 3, 7],
        [2, "Ngày công và hiện vật quy đổi", 5, 2, 3],
    ]
    headings = ["Kế hoạch năm 2022", "KQ huy động 6T/năm 2022", "KH 6T cuối năm 2022"]
    reading = read(funding(*rows, headings=headings))
    assert reading.issues == []
    assert len(facts(reading, "cell")) == 3 * 9
    assert rows_of(reading, "stated_result", "metric", "content", "value") == [
        ("funding_plan", "TỔNG SỐ", 250),
        ("funding_mobilised", "TỔNG SỐ", 120),
        ("funding_plan", "TỔNG SỐ", 130),
    ]


def test_sources_of_hoa_binh(read: Reader) -> None:
    """Forms.md 2.4: TPCP, SN, ĐTPT within the central budget, district and commune together, others last."""
    rows = [
        [1, "Vốn ngân sách Trung ương", 90],
        ["-", "Vốn trái phiếu Chính phủ", 50],
        ["-", "Vốn sự nghiệp", 10],
        ["-", "Vốn đầu tư phát triển", 30],
        [2, "Ngân sách tỉnh", 20],
        [3, "Ngân sách huyện, xã", 15],
        [4, "Vốn lồng ghép", 7],
        [5, "Vốn doanh nghiệp, HTX", 6],
        [6, "Vốn tín dụng", 500],
        [7, "Cộng đồng dân cư đóng góp", 8],
        [8, "Nguồn khác", 1],
        [None, "Cộng", 647],
    ]
    reading = read(funding(*rows))
    assert reading.issues == []
    assert facts(reading, *SOURCE) == [
        ("central", "investment", "trái phiếu Chính phủ", 50),
        ("central", "recurrent", None, 10),
        ("central", "investment", None, 30),
        ("local_province", None, None, 20),
        ("local", None, "huyện, xã", 15),
        ("integrated", None, None, 7),
        ("enterprise", None, None, 6),
        ("credit", None, None, 500),
        ("community", None, None, 8),
        ("other", None, None, 1),
    ]


def test_line_over_several_sources_is_no_source(read: Reader) -> None:
    rows = [["I", "Ngân sách nhà nước", 110], [1, "Ngân sách trung ương", 70], [2, "Ngân sách tỉnh", 40]]
    reading = read(funding(*rows))
    assert reading.issues == []
    assert facts(reading, *SOURCE) == [("central", None, None, 70), ("local_province", None, None, 40)]


def test_line_over_several_sources_alone_is_of_no_source(read: Reader) -> None:
    reading = read(funding([1, "Ngân sách nhà nước", 110], [2, "Vốn tín dụng", 5]))
    assert facts(reading, "source_code") == ["credit"]
    assert (only_issue(reading).code, only_issue(reading).cell) == ("SUM_UNDIVIDED", "C8")


def test_row_that_names_two_sources_names_none(read: Reader) -> None:
    reading = read(funding([1, "Vốn doanh nghiệp và người dân", 5]))
    assert (only_issue(reading).code, reading.facts, row_counts(reading)) == ("SOURCE_UNKNOWN", {}, (1, 0, 1))


def test_unknown_part_is_a_detail_of_its_source(read: Reader) -> None:
    rows = [["I", "Vốn tín dụng", 9], [1, "Ngân hàng Chính sách xã hội", 5], [2, "Ngân hàng Nông nghiệp", 4]]
    reading = read(funding(*rows))
    assert reading.issues == []
    assert facts(reading, *SOURCE) == [
        ("credit", None, "Ngân hàng Chính sách xã hội", 5),
        ("credit", None, "Ngân hàng Nông nghiệp", 4),
    ]


def test_part_that_names_another_source_leaves_the_line_undivided(read: Reader) -> None:
    rows = [["I", "Ngân sách trung ương", 9], [1, "Vốn đầu tư", 5], [2, "Vốn doanh nghiệp", 4]]
    reading = read(funding(*rows))
    assert facts(reading, *SOURCE) == [("central", None, None, 9)]
    assert codes(reading) == ["SOURCE_UNKNOWN", "PARTS_INCOMPLETE"]


def test_bieu_11_is_that_of_a_commune(read: Reader) -> None:
    head = "UBND XÃ VỊ TRUNG, HUYỆN VỊ THỦY, TỈNH HẬU GIANG"
    rows = [["II", "NGÂN SÁCH ĐỊA PHƯƠNG", 30], [1, "Tỉnh", 20], [2, "Xã", 10]]
    title = "TỔNG HỢP KẾT QUẢ HUY ĐỘNG NGUỒN LỰC XÂY DỰNG NÔNG THÔN MỚI"
    reading = read(funding(*rows, headings=["KQ huy động 6T/năm 2022"], head=head, title=title))
    assert reading.issues == []
    assert facts(reading, "unit_code", "source_code", "amount_vnd_million") == [
        ("31444", "local_province", 20),
        ("31444", "local_commune", 10),
    ]
