"""A table's files say what the table says: values, types and units, and no text of it becomes a formula."""

from __future__ import annotations

import csv
import io
import json
import tomllib
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from pyarrow import parquet

from ntm.catalog import ColumnLabel
from ntm.i18n import translator
from ntm.reports.table_files import inert, make
from ntm.reports.table_sheet import Origin, TableSheet, columns, file_name, rows
from ntm.settings import ROOT
from tests.decks import HOSTILE, SHEET_MARKUP

VI = translator("vi")
FORMULA = tuple("=+-@＝＋－＠")
ROWS = 4

HOSTILE_TEXTS = [
    *HOSTILE,
    '=cmd|" /C calc"!A0', "\t=1+1", "\r\n=1+1", "a;=HYPERLINK(\"http://x.example\")", "a\n+1", "a\t@SUM(A1)",
    "＝1+1", "-", "<r><t>x</t></r>", "<r>", "http://x.example/", "mailto:a@x.example", "0123", "1e5", "'=1", "", "  ",
    "x" * 40_000,
]  # fmt: skip
TEXTS = st.one_of(st.sampled_from(HOSTILE_TEXTS), st.text(max_size=12))
KINDS: dict[str, st.SearchStrategy[Any]] = {
    "text": TEXTS,
    "number": st.floats(allow_nan=False, allow_infinity=False, width=32),
    "whole": st.integers(-(10**14), 10**14),
    "money": st.decimals(-(10**8), 10**8, places=6),
    "day": st.dates(date(1990, 1, 1), date(2099, 12, 31)),
    "flag": st.booleans(),
    "list": st.lists(st.sampled_from(["3", "10", "17"]), max_size=3).map(tuple),
}


@st.composite
def frames(draw: st.DrawFn) -> pd.DataFrame:
    """Frames of a few rows: columns of every kind, each with unknown values."""
    return pd.DataFrame(
        {
            name: pd.Series(draw(st.lists(st.one_of(st.none(), values), min_size=ROWS, max_size=ROWS)), dtype=object)
            for name, values in KINDS.items()
        }
    )


def sheet_of(table: pd.DataFrame, labels: dict[str, str] | None = None) -> TableSheet:
    return TableSheet(table, labels or {name: name for name in table}, build_id="ntm-1")


def expected(sheet: TableSheet) -> list[list[object]]:
    return [list(row) for row in rows(sheet, VI)]


def workbook_of(sheet: TableSheet) -> Any:
    return load_workbook(io.BytesIO(make("xlsx", sheet, VI)))


def fields_of(sheet: TableSheet) -> list[list[str]]:
    return list(csv.reader(io.StringIO(make("csv", sheet, VI).decode("utf-8-sig"), newline="")))


def same(shown: object, value: object) -> bool:
    """Whether a cell holds a value; one holds numbers to 15 digits, days as moments, and no empty text."""
    if isinstance(value, (int, float, Decimal)):
        return isinstance(shown, (int, float)) and shown == pytest.approx(float(value), rel=1e-14, abs=1e-300)
    if isinstance(value, date) and isinstance(shown, datetime):
        return shown.date() == value
    if isinstance(value, str) and len(value) > 32_767:
        return isinstance(shown, str) and shown[:-1] == value[:32_766]
    return (shown or None) == (value or None)


@settings(max_examples=25, deadline=None)
@given(frames())
def test_a_workbook_holds_the_values_and_no_text_is_a_formula_or_a_link(table: pd.DataFrame) -> None:
    sheet = sheet_of(table)
    page = workbook_of(sheet)["Bảng"]
    assert [cell.value for cell in page[1]] == [column.head for column in columns(sheet, VI)]
    for cells, values in zip(page.iter_rows(min_row=2, max_row=ROWS + 1), expected(sheet), strict=True):
        for cell, value in zip(cells, values, strict=True):
            assert same(cell.value, value), (cell.value, value)
            assert cell.data_type != "f"
            assert cell.hyperlink is None
            assert not isinstance(value, str) or cell.quotePrefix == value.startswith(("=", "+", "-", "@"))


@settings(max_examples=25, deadline=None)
@given(frames())
def test_csv_holds_the_values_and_no_field_begins_like_a_formula(table: pd.DataFrame) -> None:
    sheet = sheet_of(table)
    head, *fields = fields_of(sheet)
    assert head == [column.head for column in columns(sheet, VI)]
    for line, values in zip(fields, expected(sheet), strict=True):
        for field, value in zip(line, values, strict=True):
            if isinstance(value, str):
                assert field == inert(value)
                for part in field.replace("\n", ";").replace("\t", ";").split(";"):
                    assert len(part) < 2 or not part.startswith(FORMULA)
            elif value is None:
                assert field == ""
            elif isinstance(value, date):
                assert date.fromisoformat(field) == value
            else:
                assert Decimal(field) == Decimal(repr(value) if isinstance(value, float) else value)


@settings(max_examples=25, deadline=None)
@given(frames())
def test_parquet_holds_the_values_in_their_own_types(table: pd.DataFrame) -> None:
    read = parquet.read_table(io.BytesIO(make("parquet", sheet_of(table), VI)))
    for name in table:
        told = [None if value is None else list(value) if isinstance(value, tuple) else value for value in table[name]]
        if name == "text":
            told = [row[0] for row in expected(sheet_of(table[["text"]]))]
        assert read[name].to_pylist() == told
    if table["money"].notna().any():
        assert pa.types.is_decimal(read.schema.field("money").type)


def test_units_stand_in_the_heading_and_the_dictionary_of_every_file() -> None:
    table = pd.DataFrame(
        {
            "name": ["Xã Vị Tân"], "rate_pct": [74.5], "amount_vnd_million": [Decimal("6259605.000001")],
            "year": [2022], "reported_on": [pd.Timestamp(2022, 6, 30)], "built_at": [pd.Timestamp(2022, 7, 1, 3, 49)],
            "is_over": [False], "other_pct": [np.nan],
        }
    )  # fmt: skip
    labels = {
        "name": "Xã", "rate_pct": "Tỷ lệ giải ngân (%)", "amount_vnd_million": "Số tiền", "year": "Năm",
        "reported_on": ColumnLabel("Mốc của báo cáo", "Mốc số liệu."), "built_at": "Lập lúc", "is_over": "Vượt",
        "other_pct": "Xã",
    }  # fmt: skip
    heads = [
        "Xã", "Tỷ lệ giải ngân (%)", "Số tiền (triệu đồng)", "Năm", "Mốc của báo cáo", "Lập lúc (UTC)", "Vượt",
        "Xã (%)",
    ]  # fmt: skip
    sheet = sheet_of(table, labels)
    book = workbook_of(sheet)
    assert [cell.value for cell in book["Bảng"][1]] == fields_of(sheet)[0] == heads
    formats = [cell.number_format for cell in book["Bảng"][2]]
    assert formats[3:6] == ["0", "dd/mm/yyyy", "dd/mm/yyyy hh:mm"]
    assert [cell.value for cell in book["Bảng"][2]][1:3] == [74.5, 6259605.000001]
    dictionary = {row[0]: row[1:] for row in book["Từ điển"].iter_rows(min_row=2, values_only=True)}
    assert list(dictionary) == heads
    assert dictionary["Số tiền (triệu đồng)"][:3] == ("amount_vnd_million", "số", "triệu đồng")
    assert dictionary["Mốc của báo cáo"][3] == "Mốc số liệu."
    assert columns(sheet_of(pd.DataFrame({"content_hash": ["a"]})), VI)[0].meaning.startswith("Dấu băm")
    assert dictionary["Vượt"][3] == VI("download.no_meaning")
    schema = parquet.read_schema(io.BytesIO(make("parquet", sheet, VI)))
    assert schema.names == heads
    assert schema.field("Tỷ lệ giải ngân (%)").metadata[b"unit"] == b"%"
    assert [str(schema.field(head).type) for head in heads[2:7]] == [
        "decimal128(13, 6)", "int64", "date32[day]", "timestamp[us]", "bool",
    ]  # fmt: skip


def test_the_workbook_says_where_the_table_comes_from_and_leads_to_each_cell() -> None:
    table = pd.DataFrame(
        {"name": ["A", "B"], "path": ["x.xlsx", None], "sheet": ["Biểu 01", None], "cell": ["C4", None]}
    )
    origin = Origin("Xã đạt chuẩn", date(2022, 12, 31), "danh sách công nhận", "xã")
    sheet = TableSheet(table, {"name": "Xã"}, origin, "ntm-1", True, "http://x.example/ban-do?month=12/2022")
    book = workbook_of(sheet)
    assert book.sheetnames == ["Bảng", "Từ điển", "Nguồn"]
    lines = [tuple(value for value in row if value is not None) for row in book["Nguồn"].iter_rows(values_only=True)]
    for said in (
        ("Tên bảng", "Xã đạt chuẩn"), ("Số liệu đến ngày", "31/12/2022"), ("Nguồn", "danh sách công nhận"),
        ("Đơn vị của biểu đồ", "xã"), ("Bản số liệu", "ntm-1"), ("Số liệu minh hoạ", "Có"),
        ("Địa chỉ trang và bộ lọc", "http://x.example/ban-do?month=12/2022"), (2, "x.xlsx", "Biểu 01", "C4"), (3,),
    ):  # fmt: skip
        assert said in lines
    page = book["Bảng"]
    assert (page.freeze_panes, page.auto_filter.ref) == ("A2", "A1:A3")
    assert file_name(sheet, "sources_ntm", ".csv") == "xa-dat-chuan_sources-ntm_2022-12-31.csv"
    notes = parquet.read_schema(io.BytesIO(make("parquet", sheet, VI))).metadata
    assert json.dumps(notes["Bản số liệu".encode()].decode()) == '"ntm-1"'


def test_values_without_a_common_type_are_kept_as_text_in_parquet_and_as_they_are_elsewhere() -> None:
    sheet = sheet_of(pd.DataFrame({"criterion_no": pd.Series([10, "chưa ghi mã", None], dtype=object)}))
    assert parquet.read_table(io.BytesIO(make("parquet", sheet, VI)))["criterion_no"].to_pylist() == [
        "10", "chưa ghi mã", None,
    ]  # fmt: skip
    assert [row[0] for row in workbook_of(sheet)["Bảng"].iter_rows(min_row=2, values_only=True)] == [10, "chưa ghi mã"]
    assert [line[:1] for line in fields_of(sheet)[1:]] == [["10"], ["chưa ghi mã"], [""]]


def test_a_heading_that_reads_like_markup_of_the_file_stays_a_heading() -> None:
    page = workbook_of(sheet_of(pd.DataFrame({SHEET_MARKUP: [1]})))["Bảng"]
    assert page["A1"].value == SHEET_MARKUP


def test_no_number_of_a_csv_reads_as_thousands_where_a_point_separates_them() -> None:
    table = pd.DataFrame({"amount": [Decimal("12.345"), Decimal("6259605.001"), 12.345, -0.5, 1.234e-05, 12345.0]})
    fields = [line[0] for line in fields_of(sheet_of(table.astype(object)))[1:]]
    assert fields == ["12.3450", "6259605.0010", "12.3450", "-0.5", "1.2340e-05", "12345"]


def test_tables_on_the_screen_have_no_csv_of_their_own() -> None:
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    assert config["client"]["disableDataExport"] is True


def test_a_table_without_rows_has_its_headings_in_every_file() -> None:
    sheet = sheet_of(pd.DataFrame({"name": pd.Series(dtype=str), "rate_pct": pd.Series(dtype=float)}))
    assert [cell.value for cell in workbook_of(sheet)["Bảng"][1]] == ["name", "rate_pct (%)"]
    assert fields_of(sheet) == [["name", "rate_pct (%)"]]
    assert parquet.read_table(io.BytesIO(make("parquet", sheet, VI))).num_rows == 0
