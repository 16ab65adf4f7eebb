"""Header rows of one to four levels, merged, only drawn, or neither (cases 1-4 and 12)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from openpyxl.utils import range_boundaries

from etl.forms.tables import find_tables
from etl.read.grid import Grid, Merge
from etl.read.table import Table
from tests.etl.findings import Reader, codes, facts, row_counts
from tests.etl.workbooks import LEGEND, Row, funding, matrix, write

# Biểu 09/12: the last two levels stand below 'NSTW' alone.
BIEU_09: list[Row] = [
    ["TT", "NỘI DUNG THỰC HIỆN", "Kết quả huy động 6 tháng", *[None] * 7, "Kế hoạch cuối năm", *[None] * 7, "Ghi chú"],
    [None, None, *["Tổng số", "Vốn đầu tư trực tiếp", None, None, None, "Vốn lồng ghép", "Vốn tín dụng", "Dân"] * 2],
    [None, None, *[None, "Tổng số", "NSTW", None, "NSĐP", None, None, None] * 2],
    [None, None, *[None, None, "ĐTPT", "SN", None, None, None, None] * 2],
]
MERGES = "A1:A4 B1:B4 C1:J1 K1:R1 S1:S4 C2:C4 D2:G2 D3:D4 E3:F3 G3:G4 H2:H4 I2:I4 J2:J4"
MERGES += " K2:K4 L2:O2 L3:L4 M3:N3 O3:O4 P2:P4 Q2:Q4 R2:R4"
DIRECT = "Vốn đầu tư trực tiếp"
PATHS = [
    ("Tổng số",),
    (DIRECT, "Tổng số"),
    (DIRECT, "NSTW", "ĐTPT"),
    (DIRECT, "NSTW", "SN"),
    (DIRECT, "NSĐP"),
    ("Vốn lồng ghép",),
    ("Vốn tín dụng",),
    ("Dân",),
]
NUMBERING: Row = [str(number) for number in range(1, 20)]
ITEM: Row = [1, "Đường giao thông", *range(100, 117)]


def table_of(rows: Sequence[Sequence[object]], merges: str = "") -> Table:
    """Return the only table of a sheet with such rows."""
    cells = {
        (row, column): value
        for row, line in enumerate(rows, start=1)
        for column, value in enumerate(line, start=1)
        if value is not None
    }
    bounds = [range_boundaries(merged) for merged in merges.split()]
    ranges = tuple(Merge(top, left, bottom, right) for left, top, right, bottom in bounds)
    (table,) = find_tables(Grid("Sheet", cells, ranges))
    return table


@pytest.mark.case(1)
@pytest.mark.case(2)
@pytest.mark.case(4)
@pytest.mark.parametrize("numbering", [[NUMBERING], []])
@pytest.mark.parametrize("merges", [MERGES, "", "A1:A4 B1:B4", "C1:J1 K1:R1 D2:G2 L2:O2"])
def test_four_levels_of_headings_give_the_whole_path(numbering: list[Row], merges: str) -> None:
    """Merged, drawn by centring, merged in part; with and without a numbering row."""
    table = table_of([*BIEU_09, *numbering, ITEM], merges)
    assert list(table.body_rows()) == [5 + len(numbering)]
    paths = [heading.path for heading in table.headings]
    groups = [("Kết quả huy động 6 tháng",), ("Kế hoạch cuối năm",)]
    expected = [(*group, *path) for group in groups for path in PATHS]
    assert paths == [("TT",), ("NỘI DUNG THỰC HIỆN",), *expected, ("Ghi chú",)]


@pytest.mark.case(1)
def test_headings_above_the_ordinal_heading_belong_to_the_path() -> None:
    """'STT' stands in the lower of two header rows and is not merged with the cell above it."""
    rows: list[Row] = [
        ["ĐVT: Triệu đồng"],
        [None, None, "Năm 2021", None, "Năm 2022", None],
        ["STT", "Nguồn vốn", "Kế hoạch", "Giải ngân", "Kế hoạch", "Giải ngân"],
        [1, "Vốn tín dụng", 1, 2, 3, 4],
    ]
    table = table_of(rows, "C2:D2 E2:F2")
    assert [heading.path for heading in table.headings[2:]] == [
        (year, stage) for year in ("Năm 2021", "Năm 2022") for stage in ("Kế hoạch", "Giải ngân")
    ]
    assert table.lines == ((1, 1),)


@pytest.mark.case(1)
def test_unit_of_money_above_the_header_is_no_heading() -> None:
    rows: list[Row] = [
        [None, None, "ĐVT: Triệu đồng"],
        ["TT", "Nguồn vốn", "Kế hoạch", "Giải ngân"],
        [1, "Vốn tín dụng", 1, 2],
    ]
    assert table_of(rows, "C1:D1").headings[2].path == ("Kế hoạch",)


@pytest.mark.case(2)
def test_heading_is_spread_within_its_parent_only() -> None:
    """'Trong đó' ends where 'Năm 2021' ends, though nothing stands in the cell right of it."""
    rows: list[Row] = [
        ["TT", "Nguồn vốn", "Năm 2021", None, None, "Năm 2022", None, None],
        [None, None, "Tổng", "Trong đó", None, None, None, None],
        [None, None, None, "NSTW", "NSĐP", "Tổng", "NSTW", "NSĐP"],
        [1, "Vốn", 1, 2, 3, 4, 5, 6],
    ]
    paths = [heading.path for heading in table_of(rows, "C1:E1 F1:H1").headings]
    assert paths[4] == ("Năm 2021", "Trong đó", "NSĐP")
    assert paths[5:] == [("Năm 2022", "Tổng"), ("Năm 2022", "NSTW"), ("Năm 2022", "NSĐP")]


@pytest.mark.case(3)
@pytest.mark.parametrize(
    "numbering",
    [
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)=(3)+…+(6)", "(8)"],
        ["[1]", "[2]", "[3]", "[4]", "[5]", "[6]", "[7]", "[8]"],
        ["A", "B", "C", 1, 2, 3, "4=1+2", 5],
        [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, "7=3+4+5+6", 8.0],
    ],
)
def test_numbering_rows_of_all_kinds(read: Reader, numbering: list[object]) -> None:
    book = matrix([1, "Xã Vị Tân", *"xxxx", 4])
    write(book.active, 7, numbering)
    reading = read(book)
    assert (codes(reading), row_counts(reading)) == ([], (1, 1, 0))


@pytest.mark.case(4)
def test_first_row_of_a_list_of_words_is_no_header(read: Reader) -> None:
    """A row that lacks its ordinal and name is read and set aside, not taken for one more level of headings."""
    book = matrix([None, None, "Đạt", "Đạt", "Chưa đạt", "Đạt"], [1, "Xã Vị Tân", *"xxxx"], numbering=False)
    reading = read(book)
    assert (codes(reading), row_counts(reading)) == (["UNIT_MISSING"], (2, 1, 1))


@pytest.mark.case(12)
def test_header_repeated_with_small_differences_is_left_out(read: Reader) -> None:
    """Pasted by hand after a page break: one heading of eight is worded otherwise, tones and case differ."""
    book = matrix([1, "Xã Vị Tân", *"xxxx", 4], below=())
    write(book.active, 10, ["Stt", "TÊN XÃ", 1, 2, 3, 4, "Tổng số tiêu chí", "Ghi chú"])
    write(book.active, 11, ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)"])
    write(book.active, 12, [2, "Xã Hoả Lựu", *"xxxx", 4])
    reading = read(book)
    assert (codes(reading), row_counts(reading)) == ([], (2, 2, 0))


@pytest.mark.case(12)
def test_header_of_two_rows_is_repeated_below_a_district(read: Reader) -> None:
    """The page ends behind the row that names the next district: its communes are that district's."""
    book = matrix(["I", "Thành phố Vị Thanh"], [1, "Xã Vị Tân", *"xxxx"], ["II", "Thành phố Ngã Bảy"], below=())
    write(book.active, 12, ["STT", "Tên xã", 1, 2, 3, 4, "Tổng số TC đạt", "Ghi chú"])
    write(book.active, 13, [1, "Xã Đại Thành", *"xxxx"])
    write(book.active, 14, [LEGEND])
    reading = read(book)
    assert (codes(reading), row_counts(reading)) == ([], (4, 4, 0))
    assert len(set(facts(reading, "unit_code"))) == 2


@pytest.mark.case(12)
def test_title_repeated_with_the_header_is_no_second_table(read: Reader) -> None:
    book = funding([1, "Vốn tín dụng", 100])
    title = str(book.active["A2"].value)
    write(book.active, 11, [title])
    write(book.active, 12, ["TT", "Nguồn vốn", "Kế hoạch năm 2022", "Ghi chú"])
    write(book.active, 13, [2, "Vốn doanh nghiệp", 7])
    reading = read(book)
    assert (codes(reading), facts(reading, "amount_vnd_million")) == ([], [100, 7])


@pytest.mark.case(17)
def test_columns_without_anything_in_them_are_no_headings() -> None:
    rows: list[Row] = [["TT", "Nguồn vốn", "Kế hoạch"], [1, "Vốn", 1]]
    assert [heading.column for heading in table_of(rows).headings] == [1, 2, 3]


@pytest.mark.case(2)
def test_paths_of_neighbours_differ() -> None:
    headings = table_of([*BIEU_09, ITEM]).headings
    assert all(left.path != right.path for left, right in pairwise(headings))
