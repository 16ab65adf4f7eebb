from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal

import pytest
from openpyxl import Workbook, load_workbook

from ntm.i18n import translator
from ntm.reports.deck.annex import annex
from ntm.reports.deck.annex_page import inert, number_format
from ntm.reports.deck.model import Cell, Deck, Figure, Table
from tests import decks

VI = translator("vi")


def opened(deck: Deck, language: str = "vi", *, values: bool = False) -> Workbook:
    return load_workbook(io.BytesIO(annex(deck, translator(language))), data_only=values)


def money(key: str, value: float) -> Figure:
    return decks.number(key, value)


def money_table(*rows: tuple[str, float, float, float]) -> Deck:
    """Return a deck with a table of two years and their sum."""
    told: tuple[tuple[str | Figure, ...], ...] = tuple(
        (name, *(money(f"funding.{at}_{place}", value) for place, value in enumerate(values)))
        for at, (name, *values) in enumerate(rows)
    )
    table = Table("funding.need", ("Nguồn", "2021", "2022", "Cộng"), told)
    return decks.deck((decks.slide("need", "Nhu cầu vốn", "funding", table=table),))


@pytest.fixture(scope="module")
def book() -> Workbook:
    return opened(decks.deck())


def test_contents_lead_to_each_sheet(book: Workbook) -> None:
    page = book["Mục lục"]
    links = {cell.value: cell.hyperlink.location for (cell,) in page["A5:A13"] if cell.hyperlink}
    assert list(links) == [*(f"Biểu 0{number}" for number in range(1, 8)), "Nguồn số liệu", "Thông tin"]
    assert links == {name: f"'{name}'!A1" for name in links}
    assert set(links) == set(book.sheetnames) - {"Mục lục"}
    assert page["B5"].value == "37/51 xã giữ chuẩn NTM (72,5%)"


def test_a_form_has_title_date_source_and_typed_numbers(book: Workbook) -> None:
    page = book["Biểu 02"]
    rows = [row[:4] for row in page.iter_rows(values_only=True)]
    assert rows[0][0] == "Kết quả của từng huyện"
    assert rows[1][0] == "Số liệu đến 31/12/2022 · Nguồn: Biểu tiêu chí các huyện gửi"
    assert rows[3] == ("Huyện", "Số xã", "Đạt chuẩn NTM", "Tỷ lệ")
    assert rows[4] == ("Thành phố Vị Thanh", 4, 3, 75)
    assert rows[6][2] == rows[7][3] == "–"
    assert rows[-1][0] == "Dấu – là chưa rõ, không phải bằng 0."
    assert page["B5"].number_format == "[$-42A]#,##0"
    assert page["D5"].number_format == '[$-42A]#,##0.0"%"'


def test_data_of_a_chart_stand_by_category_with_unit_and_goal(book: Workbook) -> None:
    rows = list(book["Biểu 03"].iter_rows(values_only=True))
    assert rows[3][0] == "Đơn vị: tiêu chí/xã"
    assert rows[4:] == [
        ("Nội dung", "Bình quân tiêu chí", "Kế hoạch"),
        ("31/12/2021", 16.9, 17.2),
        ("31/12/2022", 17.5, 18.2),
        ("Mục tiêu", 18.2, None),
    ]


def test_sheets_are_set_up_for_printing(book: Workbook) -> None:
    page = book["Biểu 02"]
    assert (page.page_setup.orientation, int(page.page_setup.paperSize)) == ("landscape", 9)
    assert (page.freeze_panes, page.print_title_rows) == ("A5", "$4:$4")
    assert book["Nguồn số liệu"].freeze_panes == "A2"


def test_every_cell_of_every_figure_is_listed(book: Workbook) -> None:
    deck = decks.deck()
    rows = list(book["Nguồn số liệu"].iter_rows(min_row=2, values_only=True))
    assert len(rows) == sum(max(len(figure.cells), 1) for figure in deck.figures().values())
    own = [row for row in rows if row[0] == "results.ntm"]
    assert {row[1:5] for row in own} == {("37/51 xã giữ chuẩn NTM (72,5%)", "37", 37, "Định nghĩa của results.ntm")}
    assert [row[5:8] for row in own] == [(cell.path, cell.sheet, cell.cell) for cell in decks.cells(40)]
    (unknown,) = [row for row in rows if row[0] == "results.kieu_mau"]
    assert unknown[2:4] == ("–", "–")


def test_a_figure_names_all_slides_that_it_stands_on() -> None:
    figure = decks.number("results.ntm", 37)
    slides = (decks.slide(name, name, sentences=(decks.sentence(name, "{a} xã", a=figure),)) for name in ("Một", "Hai"))
    rows = list(opened(decks.deck(tuple(slides)))["Nguồn số liệu"].iter_rows(min_row=2, values_only=True))
    assert [row[1] for row in rows] == ["Một; Hai"] * 2


def test_totals_are_formulas_with_their_results() -> None:
    deck = money_table(
        ("Ngân sách", 10, 20, 30), ("Tín dụng", 5, 6, 11), ("Doanh nghiệp", 1, 2, 3),
        ("Tổng không kể tín dụng", 11, 22, 33), ("Tổng kể cả tín dụng", 16, 28, 44),
    )  # fmt: skip
    formulas = list(opened(deck)["Biểu 01"].iter_rows(min_row=5, max_row=9, values_only=True))
    assert formulas[0][1:] == (10, 20, "=SUM(B5:C5)")
    assert formulas[3][1:] == ("=SUM(B5,B7)", "=SUM(C5,C7)", "=SUM(D5,D7)")
    assert formulas[4][1:] == ("=SUM(B5:B7)", "=SUM(C5:C7)", "=SUM(D5:D7)")
    results = list(opened(deck, values=True)["Biểu 01"].iter_rows(min_row=5, max_row=9, values_only=True))
    assert results[4][1:] == (16, 28, 44)


def test_what_is_no_sum_of_its_parts_stays_a_number() -> None:
    """A total that the reports state otherwise, and a row that adds up but is called no total."""
    deck = money_table(("Ngân sách", 10, 20, 31), ("Tín dụng", 5, 6, 11), ("Doanh nghiệp", 15, 26, 41))
    page = opened(deck)["Biểu 01"]
    assert {cell.data_type for row in page["B5:D7"] for cell in row} == {"n"}


def test_a_table_on_several_slides_is_one_form() -> None:
    first = decks.table_slide()
    assert first.table
    rest = replace(
        first, key=f"{first.key}_2", title=VI("deck.continued", title=first.title), sentences=(),
        table=replace(first.table, key=f"{first.table.key}_2"),
    )  # fmt: skip
    book = opened(decks.deck((first, rest)))
    assert book.sheetnames == ["Mục lục", "Biểu 01", "Nguồn số liệu", "Thông tin"]
    names = [row[0] for row in book["Biểu 01"].iter_rows(min_row=5, values_only=True)]
    assert names[:16] == [*decks.DISTRICTS, *decks.DISTRICTS]


def test_about_says_whose_and_which_snapshot(book: Workbook) -> None:
    told = dict(row[:2] for row in book["Thông tin"].iter_rows(values_only=True))
    assert told["Đơn vị"] == "Tỉnh Hậu Giang"
    assert told["Mã đơn vị"] == "93"
    assert told["Bản số liệu"] == "ntm-20230105T021500Z"
    assert told["Số liệu minh hoạ"] == "Có"
    assert told["Số liệu đến ngày"] == "31/12/2022"


def test_the_annex_in_english() -> None:
    book = opened(decks.deck(language="en"), "en")
    assert book.sheetnames[:2] == ["Contents", "Table 01"]
    assert book["Table 02"]["B5"].number_format == "[$-409]#,##0"


@pytest.mark.parametrize(
    ("value", "text", "pattern"),
    [
        (6259605, "6.259.605", "[$-42A]#,##0"),
        (Decimal("1234500"), "1.234,5 tỷ đồng", '[$-42A]#,##0.0," tỷ đồng"'),
        (Decimal("6259605"), "6,26 nghìn tỷ đồng", '[$-42A]#,##0.00,," nghìn tỷ đồng"'),
        (12, "+12", "[$-42A]+#,##0;[$-42A]-#,##0;[$-42A]#,##0"),
        (-12, "−12", "[$-42A]#,##0"),
        (17.5098, "17,5", "[$-42A]#,##0.0"),
        (3.25, "khoảng ba", "[$-42A]#,##0.0##"),
    ],
)
def test_numbers_are_shown_as_they_are_printed(value: int | float | Decimal, text: str, pattern: str) -> None:
    assert number_format(Figure("a.b", value, text, ""), "vi") == pattern


def test_a_text_longer_than_a_cell_is_cut_where_a_letter_ends() -> None:
    for letter in ("ặ", "\U0001f33e"):
        cut = inert(letter * 40_000)
        assert cut.endswith(f"{letter}…")
        assert len(cut.encode("utf-16-le")) // 2 <= 32_767
    figure = replace(decks.number("a.b", 1), definition="Dài " * 10_000, cells=(Cell("x" * 40_000, "=1+1", "A1"),))
    slide = decks.slide("long", "Dài", sentences=(decks.sentence("s", "{a}", a=figure),))
    row = next(opened(decks.deck((slide,)))["Nguồn số liệu"].iter_rows(min_row=2))
    assert [cell.data_type for cell in row] == ["s", "s", "s", "n", "s", "s", "s", "s"]
    assert len(row[4].value) <= 32_767
