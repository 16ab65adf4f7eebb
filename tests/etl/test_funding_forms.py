"""Biểu 07 and 09 that the app writes: read back, they are the same facts; their sums are alive and add up."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from etl.context import Options, Reference, SheetReading
from etl.template import read_template
from etl.workbook import read_file
from ntm.catalog import table
from ntm.reports.funding_form_09 import left_out
from ntm.reports.funding_form_lines import Source, lines_07
from ntm.reports.funding_forms import FundingForm, bieu_07, bieu_09
from ntm.warehouse import open_snapshot
from tests.etl.filling import fill
from tests.etl.findings import facts
from tests.etl.loading import Office
from tests.etl.workbooks import funding

FACTS = """
    select unit_code, year, period_start, period_end, reported_on, is_cumulative, source_code, nature, stage,
        value_kind, component_no, detail, amount_vnd_million
    from funding
    where stage in ('plan', 'mobilised') and unit_code = '93' and year = 2022
    order by all
"""
JUNE, DECEMBER = date(2022, 6, 30), date(2022, 12, 31)


@pytest.fixture
def read_content(tmp_path: Path, reference: Reference) -> Callable[[bytes], SheetReading]:
    """Return a function that reads the form of a written workbook; the sheets beside it are passed over."""

    def read(content: bytes) -> SheetReading:
        path = tmp_path / "bieu.xlsx"
        path.write_bytes(content)
        (reading,) = read_file(path, path.name, reference, Options()).sheets
        return reading

    return read


def form_of(warehouse: Path, month: date) -> FundingForm:
    snapshot = open_snapshot(warehouse)
    try:
        return FundingForm(
            unit_name="Tỉnh Hậu Giang",
            above="",
            year=month.year,
            month=month,
            amounts=snapshot.read("funding_forms", unit="93", year=month.year, month=month),
            money=snapshot.read("funding", unit="93", month=month),
            cells=snapshot.read("funding_cells", unit="93", year=month.year, stages=None, cutoff=None),
            build_id=snapshot.build_id,
            is_illustrative=True,
        )
    finally:
        snapshot.close()


def opened(content: bytes, *, values: bool = False) -> Workbook:
    return load_workbook(io.BytesIO(content), data_only=values)


def read_again(office: Office, content: bytes, ask: str) -> list[tuple[object, ...]]:
    """Load a form that was written from what an office published, alone, and ask the same of it."""
    folder = office.folder.parent / "again"
    folder.mkdir()
    again = Office(folder)
    (again.folder / "bieu.xlsx").write_bytes(content)
    assert again.load()["issues"] == []
    return again.ask(ask)


B07: list[list[object]] = [
    [1700, 910.75, 740], [500, 250.25, 250], [400, 200.25, 200], [100, 50, 50], [600, 310, 290], [400, 200, 200],
    [200, 110, 90], [200, 100.5, 100], [250, 150, 100], [50, 0, None], [100, 100, None], [80, 70, None], [20, 30, None],
]  # fmt: skip
HALF: list[Any] = [30, 20, 10.125, 1.875, 8, 5, 4, 0, 1]
SUMS = [11 * amount for amount in HALF]
B09: list[list[object]] = [list(row) for row in [SUMS * 2, *[HALF * 2] * 11]]


def test_bieu_07_read_back_gives_the_same_facts(office: Office) -> None:
    office.load(a=fill("bieu_07", B07))
    content = bieu_07(form_of(office.warehouse, JUNE))
    assert len(office.ask(FACTS)) == 24
    assert read_again(office, content, FACTS) == office.ask(FACTS)


def test_bieu_09_read_back_gives_the_same_facts(office: Office) -> None:
    office.load(a=fill("bieu_09", [[*row, ""] for row in B09]))
    content = bieu_09(form_of(office.warehouse, JUNE))
    assert len(office.ask(FACTS)) == 11 * 14
    assert read_again(office, content, FACTS) == office.ask(FACTS)


@pytest.mark.parametrize("period", ["31/3/2022", "30/9/2022", "31/12/2022"])
@pytest.mark.parametrize("name", ["bieu_07", "bieu_09"])
def test_forms_of_other_cut_offs_are_read_back_too(office: Office, name: str, period: str) -> None:
    """What remains of the year is another number of months then; a report of the year has none."""
    rows = [row[:2] for row in B07] if name == "bieu_07" else [row[:9] for row in B09]
    book = fill(name, rows, period=period)
    if name == "bieu_09":
        sheet = book.worksheets[0]
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value == "6T - Kết quả huy động":
                    cell.value = "Kết quả huy động năm 2022"
    office.load(a=book)
    day, month, year = map(int, period.split("/"))
    write = bieu_07 if name == "bieu_07" else bieu_09
    assert office.ask(FACTS)
    assert read_again(office, write(form_of(office.warehouse, date(year, month, day))), FACTS) == office.ask(FACTS)


def test_cumulative_amounts_stay_so_and_levels_of_the_budget_that_the_form_lacks_get_a_row(office: Office) -> None:
    rows: list[list[object]] = [["I", "NGÂN SÁCH ĐỊA PHƯƠNG"], [1, "Tỉnh", 5], [2, "Huyện", 7], ["II", "VỐN KHÁC", 2]]
    office.load(a=funding(*rows, headings=["Huy động lũy kế đến 30/6/2022"]))
    assert {row[5] for row in office.ask(FACTS)} == {True}
    assert read_again(office, bieu_07(form_of(office.warehouse, JUNE)), FACTS) == office.ask(FACTS)


def test_a_form_by_content_fills_bieu_07_where_no_form_by_source_tells(office: Office) -> None:
    office.load(a=fill("bieu_09", [[*row, ""] for row in B09]))
    sheet = opened(bieu_07(form_of(office.warehouse, JUNE)), values=True)["Biểu 07"]
    amounts = {row[1].value: row[3].value for row in sheet.iter_rows(min_row=10)}
    assert amounts["Vốn đầu tư công"] == 11 * 10.125
    assert amounts["TỔNG SỐ"] == 11 * 30


def test_a_form_that_nobody_told_anything_for_cannot_be_written(sample_warehouse: Path) -> None:
    form = form_of(sample_warehouse, DECEMBER)
    assert form.has_amounts
    assert not form.has_contents, "the sample divides no money by content"


def test_the_sample_read_back_gives_the_same_facts(
    sample_warehouse: Path, load_workbooks: Callable[[Path], Path], tmp_path: Path
) -> None:
    (tmp_path / "bieu_07.xlsx").write_bytes(bieu_07(form_of(sample_warehouse, DECEMBER)))
    told = [_told(folder) for folder in (sample_warehouse, load_workbooks(tmp_path))]
    assert len(told[0]) == 14
    assert told[0] == told[1]


def _told(warehouse: Path) -> list[tuple[object, ...]]:
    path = warehouse / (warehouse / "current").read_text(encoding="utf-8").strip()
    with duckdb.connect(str(path), read_only=True) as connection:
        return [row for row in connection.execute(FACTS).fetchall() if row[3] == DECEMBER]


def test_need_has_the_shares_of_the_plan_of_2022_with_and_without_credit(sample_warehouse: Path) -> None:
    content = bieu_07(form_of(sample_warehouse, DECEMBER))
    rows = [[cell.value for cell in row] for row in opened(content, values=True)["Cơ cấu nguồn vốn"].iter_rows()]
    start = next(number for number, row in enumerate(rows) if str(row[0]).startswith("Nhu cầu năm 2022")) + 2
    shown = [[value if isinstance(value, int) else value and round(value, 2) for value in row[1:4]]
             for row in rows[start : start + 8]]  # fmt: skip
    assert shown == [
        [170_914, 2.73, 25.50], [217_040, 3.47, 32.38], [149_039, 2.38, 22.24], [5_589_382, 89.29, None],
        [16_918, 0.27, 2.52], [116_312, 1.86, 17.35], [6_259_605, None, None], [670_223, None, None],
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["bieu_07", "bieu_09"])
def test_headings_rows_and_title_are_those_of_the_template(office: Office, name: str) -> None:
    rows: list[list[object]] = B07 if name == "bieu_07" else [[*row, ""] for row in B09]
    template = fill(name, rows)
    office.load(a=template)
    form = form_of(office.warehouse, JUNE)
    written = opened((bieu_07 if name == "bieu_07" else bieu_09)(form), values=True).worksheets[0]
    expected, found = (_texts(sheet) for sheet in (template.worksheets[0], written))
    # Headings of the halves of Biểu 09 name the year too.
    assert set(expected) - {"6T - Kết quả huy động", "KH cuối năm"} <= set(found)
    assert [row[1] for row in read_template(name).rows] == [text for text in found if text in _names(name)]


def _texts(sheet: Worksheet) -> list[str]:
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str) and cell.value]


def _names(name: str) -> set[object]:
    return {row[1] for row in read_template(name).rows}


def test_sums_are_formulas_with_their_results(office: Office) -> None:
    office.load(a=fill("bieu_07", B07), b=fill("bieu_09", [[*row, ""] for row in B09]))
    form = form_of(office.warehouse, JUNE)
    for content, fewest in ((bieu_07(form), 10), (bieu_09(form), 60)):
        alive, values = opened(content).worksheets[0], opened(content, values=True).worksheets[0]
        found = 0
        for row in alive.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith("=SUM("):
                    assert values[cell.coordinate].value == _sum(values, cell.value)
                    found += 1
        assert found >= fewest


def _sum(values: Worksheet, formula: str) -> float:
    places = formula.removeprefix("=SUM(").removesuffix(")")
    is_range = ":" in places
    cells = [cell for row in values[places] for cell in row] if is_range else [values[p] for p in places.split(",")]
    return float(sum(Decimal(repr(float(cell.value))) for cell in cells if cell.value is not None))


def test_what_is_whole_in_one_amount_and_divided_in_another_loses_nothing() -> None:
    lines = lines_07([{Source("central"), Source("central", "investment")}, {Source("central")}])
    central = [line.name for line in lines[: lines[0].parts[-1] + 1]]
    assert central == ["NGÂN SÁCH TRUNG ƯƠNG", "Vốn đầu tư công", "Kinh phí thường xuyên", "Chưa tách"]
    assert lines_07([{Source("central")}, {Source("central", "investment")}])[0].source == Source("central")


def test_what_bieu_09_does_not_divide_is_said() -> None:
    amounts = pd.DataFrame(
        [("mobilised", "central", None, 100), ("mobilised", "central", "01", 60), ("mobilised", "local", None, 5),
         ("rest", "local", "02", 5), ("mobilised", "credit", None, 7), ("mobilised", "credit", "03", 7)],
        columns=["part", "source_group", "component_no", "amount_vnd_million"],
    )  # fmt: skip
    form = FundingForm("Tỉnh Hậu Giang", "", 2022, DECEMBER, amounts, amounts, amounts, "", is_illustrative=True)
    assert left_out(form) == ["Ngoài biểu này: 45 triệu đồng đã huy động, báo cáo không tách theo nội dung."]
    assert left_out(replace(form, amounts=amounts.iloc[-2:])) == []


def test_each_amount_leads_to_its_cell_and_build(sample_warehouse: Path) -> None:
    form = form_of(sample_warehouse, DECEMBER)
    book = opened(bieu_07(form), values=True)
    rows = [[cell.value for cell in row] for row in book["Nguồn số liệu"].iter_rows()]
    assert any(form.build_id in str(row[0]) for row in rows)
    leading = [row for row in rows if str(row[0]).startswith("Biểu 07!")]
    assert len(leading) == 14
    for place, *_, amount, _, path, sheet, cell, source in [(row[0], row[3], *row[4:9]) for row in leading]:
        assert book["Biểu 07"][str(place).partition("!")[2]].value == amount
        assert path == "nguon_von/nguon_von_2022_12.xlsx"
        assert all((sheet, cell, source))


CODES = ["central", "local", "local_province", "local_district", "local_commune", "integrated", "credit", "enterprise",
         "community", "other"]  # fmt: skip
WHOLE = st.sampled_from([Source(code) for code in CODES])
DIVIDED = st.sampled_from([
    Source("central", "investment"), Source("central", "recurrent"), Source("local_province", "investment"),
    Source("community", None, "tiền mặt"), Source("community", None, "ngày công và hiện vật quy đổi"),
    Source("central", "investment", "trái phiếu Chính phủ"), Source("integrated", None, "Giảm nghèo"),
])  # fmt: skip
AMOUNT = st.integers(0, 10**15).map(lambda number: Decimal(number).scaleb(-6))


def _is_divided(source: Source, others: Iterable[Source]) -> bool:
    """Tell whether others divide a source: its own money would then have a name of its own in the form."""
    return any(
        other.group == source.group and other.parts != source.parts and other.parts[: len(source.parts)] == source.parts
        for other in others
    )


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=st.dictionaries(WHOLE | DIVIDED, AMOUNT, min_size=1))
def test_any_amounts_by_source_are_read_back_to_the_last_dong(
    drawn: dict[Source, Decimal], read_content: Callable[[bytes], SheetReading]
) -> None:
    amounts = {source: amount for source, amount in drawn.items() if not _is_divided(source, drawn)}
    rows = [
        {"part": "mobilised", "source_group": source.group, "source_code": source.source_code, "nature": source.nature,
         "detail": source.detail, "component_no": None, "amount_vnd_million": float(amount), "is_cumulative": False,
         "period_end": JUNE, "cutoff": JUNE, "path": "a.xlsx", "sheet": "1", "cell": "A1", "source_id": "1"}
        for source, amount in amounts.items()
    ]  # fmt: skip
    nothing = pd.DataFrame(columns=[column.name for column in table("mart_funding").columns])
    reading = read_content(
        bieu_07(FundingForm("Tỉnh Hậu Giang", "", 2022, JUNE, pd.DataFrame(rows), nothing, nothing, "b", True))
    )
    assert reading.issues == []
    found = facts(reading, "source_code", "nature", "detail", "amount_vnd_million")
    expected = [(source.source_code, source.nature, source.detail, amount) for source, amount in amounts.items()]
    assert sorted(found, key=str) == sorted(expected, key=str)
