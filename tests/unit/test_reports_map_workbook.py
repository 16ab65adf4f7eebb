from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pandas as pd
import pytest
from openpyxl import Workbook, load_workbook

from ntm.i18n import translator
from ntm.reports.map_sheet import file_name
from ntm.reports.map_workbook import workbook
from tests.map_sheets import CODES, COLORS, FORMULA, HEADINGS, LABELS, one_commune, sheet

VI = translator("vi")
FIRST = 5


def opened(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content))


@pytest.fixture(scope="module")
def book() -> Workbook:
    return opened(workbook(sheet(), VI))


def test_there_are_the_table_the_legend_and_the_sources(book: Workbook) -> None:
    assert book.sheetnames == ["Số liệu", "Chú giải", "Nguồn"]
    assert opened(workbook(sheet(), translator("en"))).sheetnames == ["Data", "Legend", "Sources"]


def test_the_table_has_the_headings_and_each_unit_its_class(book: Workbook) -> None:
    rows = list(book["Số liệu"].iter_rows(min_row=FIRST, values_only=True))
    assert rows[0] == ("Mã đơn vị", *HEADINGS.values(), "Lớp trên bản đồ")
    assert [row[0] for row in rows[1:]] == list(sheet().table["unit_code"])
    assert [row[-1] for row in rows[1:]] == [LABELS[key] for key in ("met",) * 3 + ("not_met",) * 2 + ("met",) * 2]


def test_numbers_are_numbers_days_are_days_and_the_unknown_is_empty(book: Workbook) -> None:
    page = book["Số liệu"]
    first = [page.cell(FIRST + 1, place).value for place in range(1, 10)]
    assert first == [
        CODES[0], sheet().table["name"][0], 19, 95.5, datetime(2022, 6, 30), "Không", 2022, "không có", LABELS["met"],
    ]  # fmt: skip
    assert page.cell(FIRST + 1, 5).number_format == "dd/mm/yyyy"
    assert page.cell(FIRST + 1, 7).number_format == "0"  # a year has no thousands
    last = [page.cell(FIRST + 7, place).value for place in (3, 5, 6, 8)]
    assert last == [None, None, "Có", None]
    assert page["A3"].value == VI("export.empty_cells")


def test_text_that_begins_like_a_formula_stays_text() -> None:
    names = [FORMULA, "+1+1", "-2+3", "@SUM(A1)", "=1", "\t=1", "x\x07"]
    page = opened(workbook(sheet(table=sheet().table.assign(name=names), title="=1+1"), VI))["Số liệu"]
    cells = [page.cell(FIRST + 1 + place, 2) for place in range(len(names))]
    assert [cell.data_type for cell in [*cells, page["A1"]]] == ["s"] * 8
    assert [cell.value for cell in cells] == [*names[:-1], "x"]
    assert [cell.quotePrefix for cell in cells[:5]] == [True] * 5


def test_the_table_can_be_filtered_and_its_head_stays(book: Workbook) -> None:
    page = book["Số liệu"]
    assert page.auto_filter.ref == f"A{FIRST}:I{FIRST + 7}"
    assert page.freeze_panes == f"C{FIRST + 1}"
    assert 9 <= page.column_dimensions["B"].width <= 60


def test_the_legend_has_every_class_with_its_count_and_colour(book: Workbook) -> None:
    page = book["Chú giải"]
    rows = list(page.iter_rows(min_row=5, max_row=9))
    assert [(row[0].value, row[2].value) for row in rows] == [
        (entry.label, entry.count) for entry in sheet().layer.classes
    ]
    assert [row[1].fill.fgColor.rgb for row in rows] == [f"FF{color[1:]}" for color in COLORS.values()]
    assert [row[1].value for row in rows] == [None, None, None, "gạch chéo", None]
    assert [page.cell(10, place).value for place in (1, 3)] == ["Tổng số đơn vị", 9]
    assert "Quyết định 318" in page["A2"].value


def test_the_sources_say_where_it_comes_from(book: Workbook) -> None:
    told = list(book["Nguồn"].iter_rows(values_only=True))
    assert ("Nguồn", "Biểu tiêu chí các huyện gửi") in told
    assert ("Số liệu đến ngày", "30/6/2022") in told
    assert ("Số liệu minh hoạ", "Có") in told
    assert ("Bản số liệu", "ntm-20220701") in told
    assert ("Lưu ý", "1 đơn vị không có hình trên bản đồ: Xã Thuận Hòa.") in told


def test_cells_of_the_workbooks_are_named_where_they_are_given() -> None:
    traced = sheet().table.assign(path="bieu_01.xlsx", sheet="Biểu", cell="C7")
    told = list(opened(workbook(sheet(table=traced), VI))["Nguồn"].iter_rows(values_only=True))
    assert (CODES[3], "Xã Vị Tân", "bieu_01.xlsx", "Biểu", "C7") in told


def test_a_table_without_rows_and_one_that_is_not_of_units() -> None:
    empty = replace(one_commune(), table=sheet().table.head(0))
    assert opened(workbook(empty, VI))["Số liệu"].max_row == FIRST
    money = pd.DataFrame({"source": ["Ngân sách"], "amount": [Decimal("12.5")]})
    page = opened(workbook(sheet(table=money, labels={"source": "Nguồn", "amount": "Số tiền"}), VI))["Số liệu"]
    assert [cell.value for cell in page[FIRST + 1]] == ["Ngân sách", 12.5]


def test_file_names_are_ascii_and_tell_place_layer_and_month() -> None:
    assert file_name(sheet(), VI, ".png") == "ban-do_hau-giang_tieu-chi_2022-06.png"
    assert file_name(sheet(topics=()), translator("en"), "_a4.png") == "map_2022-06_a4.png"
    hostile = sheet(topics=("../Đắk Lắk/", "Tiêu chí <13>?"))
    assert file_name(hostile, VI, ".gpkg") == "ban-do_dak-lak_tieu-chi-13_2022-06.gpkg"
