"""Every template is its form, asks for what is missing, and its sample loads without a finding."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from typer.testing import CliRunner

from etl.cli import app
from etl.forms.form import forms
from etl.template import TemplateError, read_template, template_book, template_names
from etl.template.lists import SHEET
from etl.template.schema import parse_template
from tests.etl.filling import fill
from tests.etl.findings import BookReader, codes

RUNNER = CliRunner()
EVERY = pytest.mark.parametrize("name", template_names())
ASKED_OF_A_BLANK = {"PERIOD_UNKNOWN", "PROVINCE_UNKNOWN", "UNIT_UNKNOWN"}
MODEL: dict[str, Any] = {
    "form": "recognition",
    "label": {"vi": "Danh sách", "en": "List"},
    "title": "DANH SÁCH",
    "reports_for": "province",
    "columns": [{"heading": ["TT"], "kind": "ordinal"}, {"heading": ["Tên xã"], "kind": "unit"}],
    "examples": [[1, "Xã Vị Tân"]],
}


@EVERY
def test_blank_template_is_its_form_and_holds_nothing(name: str, read_book: BookReader) -> None:
    reading = read_book(template_book(name))
    assert {sheet.form for sheet in reading.sheets} == {read_template(name).form}
    assert [sheet.facts for sheet in reading.sheets if sheet.facts] == []
    blocking = {issue.code for sheet in reading.sheets for issue in sheet.issues if issue.severity == "block"}
    assert blocking
    assert blocking <= ASKED_OF_A_BLANK


@EVERY
def test_sample_loads_without_a_finding(name: str, tmp_path: Path) -> None:
    path = tmp_path / "mau.xlsx"
    assert RUNNER.invoke(app, ["template", name, "--example", "--out", str(path)]).exit_code == 0
    result = RUNNER.invoke(app, ["check", str(path), "--json"])
    outcome = json.loads(result.stdout)
    assert outcome["issues"] == []
    assert sum(outcome["facts"].values()) > 0
    assert all(sheet["is_illustrative"] for sheet in outcome["sheets"])


@EVERY
def test_saved_template_opens_again_with_its_lists_and_notes(name: str) -> None:
    sheet = reopened(template_book(name)).worksheets[0]
    notes = {cell.coordinate: cell.comment for row in sheet.iter_rows() for cell in row if cell.comment}
    assert len(notes) >= 2, "the head and the period are asked for"
    columns = read_template(name).columns
    offered = sum(len(item.sqref.ranges) for item in sheet.data_validations.dataValidation if item.type == "list")
    choices = [column for column in columns if column.kind == "choice"]
    assert offered == len(choices)
    assert sheet.print_title_rows
    assert sheet.freeze_panes
    assert sheet.page_setup.orientation == "landscape"


@EVERY
def test_every_heading_stands_over_its_column(name: str) -> None:
    sheet = reopened(template_book(name)).worksheets[0]
    columns = read_template(name).columns
    numbering = next(row for row in sheet.iter_rows() if str(row[0].value) in {"(1)", "A", "1", columns[0].number})
    assert [cell.value for cell in numbering] == [
        column.number or f"({place})" for place, column in enumerate(columns, start=1)
    ]


def test_templates_cover_every_form() -> None:
    assert {form.name for form in forms()} - {read_template(name).form for name in template_names()} == set()


@EVERY
def test_template_for_an_office_is_understood_as_its_own(name: str, tmp_path: Path, read_book: BookReader) -> None:
    unit_code = {"province": "93", "district": "935", "commune": "31444"}[read_template(name).reports_for]
    path = tmp_path / "mau.xlsx"
    assert (
        RUNNER.invoke(
            app, ["template", name, "--unit", unit_code, "--period", "30/6/2022", "--out", str(path)]
        ).exit_code
        == 0
    )
    reading = read_book(load_workbook(path))
    assert {sheet.reporting_unit_code for sheet in reading.sheets} == {unit_code}
    assert {issue.code for sheet in reading.sheets for issue in sheet.issues if issue.severity != "note"} == set()


def test_template_for_a_province_has_its_communes_under_their_districts(read_book: BookReader, tmp_path: Path) -> None:
    path = tmp_path / "mau.xlsx"
    arguments = ["template", "criteria_matrix_ntm", "--province", "93", "--period", "30/6/2022", "--out", str(path)]
    assert RUNNER.invoke(app, arguments).exit_code == 0
    book = load_workbook(path)
    sheet = book.worksheets[0]
    rows = {cell.value: sheet.cell(cell.row, 1).value for cell in sheet["B"] if cell.value}
    assert rows["Thành phố Vị Thanh"] == "I"
    assert rows["Xã Vị Tân"] == 1
    assert sum(name.startswith("Xã ") for name in rows) == 51
    names = [cell.value for cell in book[SHEET]["A"]]
    assert "Xã Vị Tân" in names
    reading = read_book(book)
    assert set(codes(reading)) == {"ROW_NOT_REPORTED"}, "the names are understood, nothing is reported yet"
    assert len(reading.sheets) == 1, "the list of names is no form"


def test_template_names_no_province_by_itself() -> None:
    texts = [str(cell.value) for sheet in template_book("criteria_matrix_ntm") for row in sheet for cell in row]
    assert "HẬU GIANG" not in " ".join(texts).upper()


def test_drop_down_of_units_holds_every_name_of_the_province(tmp_path: Path) -> None:
    path = tmp_path / "mau.xlsx"
    RUNNER.invoke(app, ["template", "recognition", "--province", "93", "--out", str(path)])
    book = load_workbook(path)
    validations = book.worksheets[0].data_validations.dataValidation
    names = {str(item.sqref)[0]: book.defined_names[item.formula1] for item in validations if item.type == "list"}
    (_, cells), *_ = names["B"].destinations
    communes = [row[0].value for row in book[SHEET][cells]]
    assert len(communes) == len(set(communes)) == 75
    (_, cells), *_ = names["C"].destinations
    districts = [row[0].value for row in book[SHEET][cells]]
    assert len(districts) == 8


def test_template_for_a_district_stands_under_its_name(tmp_path: Path) -> None:
    path = tmp_path / "mau.xlsx"
    RUNNER.invoke(app, ["template", "criteria_matrix_ntm", "--unit", "935", "--out", str(path)])
    sheet = load_workbook(path).worksheets[0]
    assert [sheet["A1"].value, sheet["A2"].value] == ["UBND TỈNH HẬU GIANG", "UBND HUYỆN VỊ THUỶ"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["khong_co"], "không có mẫu 'khong_co'"),
        (["recognition", "--province", "00"], "không có đơn vị mã '00'"),
        (["recognition", "--period", "hôm nay"], "không phải là kỳ số liệu"),
        (["recognition", "--province", "93", "--period", "30/6/2026"], "không có trong danh mục tại ngày 30/06/2026"),
    ],
)
def test_wrong_wish_is_refused_with_the_reason(arguments: list[str], said: str) -> None:
    result = RUNNER.invoke(app, ["template", *arguments])
    assert result.exit_code == 2
    assert said in " ".join(result.output.replace("│", " ").split())


def test_workbook_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "da_dien.xlsx"
    path.write_bytes(b"filled in")
    assert RUNNER.invoke(app, ["template", "recognition", "--out", str(path)]).exit_code == 2
    assert path.read_bytes() == b"filled in"


def test_list_shows_every_template() -> None:
    output = RUNNER.invoke(app, ["template"]).output
    assert all(name in output and read_template(name).label["vi"] in output for name in template_names())


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda raw: raw.pop("title"), "missing keys: title"),
        (lambda raw: raw.update(titel="…"), "unknown keys: titel"),
        (lambda raw: raw.update(form="ledger"), "form 'ledger' is not in etl/forms"),
        (lambda raw: raw.update(reports_for="hamlet"), "reports_for is none of"),
        (lambda raw: raw["columns"][1].update(kind="number"), "column 2: kind 'number' is none of"),
        (lambda raw: raw["columns"][1].update(kind="choice"), "a choice needs choices"),
        (lambda raw: raw["columns"][1].update(each="criterion", set="XA"), "nothing to repeat"),
        (lambda raw: raw.update(examples=[[1, 2, 3]]), "3 cells for 2 columns"),
        (lambda raw: raw.update(rows=[["1", "Huyện A"], ["2"]]), "not all of one length"),
        (lambda raw: raw.update(rows="hamlets"), "rows are neither a list nor one of"),
    ],
)
def test_wrong_description_is_named(change: Callable[[dict[str, Any]], object], said: str) -> None:
    raw = {**MODEL, "columns": [dict(column) for column in MODEL["columns"]]}
    assert parse_template("mau", raw).columns[1].kind == "unit"
    change(raw)
    with pytest.raises(TemplateError, match=said):
        parse_template("mau", raw)


def test_repeated_group_of_columns_is_laid_out() -> None:
    group = [{"heading": ["Năm {item}", part], "kind": "money"} for part in ("Kế hoạch", "Giải ngân")]
    raw = {**MODEL, "columns": [*MODEL["columns"], {"each": [2021, 2022], "columns": group}]}
    raw["examples"] = [[1, "Xã Vị Tân", [1, 2, 3, 4]]]
    template = parse_template("mau", raw)
    assert [column.heading for column in template.columns[2:]] == [
        ("Năm 2021", "Kế hoạch"),
        ("Năm 2021", "Giải ngân"),
        ("Năm 2022", "Kế hoạch"),
        ("Năm 2022", "Giải ngân"),
    ]
    assert template.examples == ((1, "Xã Vị Tân", 1, 2, 3, 4),)


def test_headings_are_merged_where_they_are_shared() -> None:
    sheet = reopened(fill("criteria_matrix_ntm", [])).worksheets[0]
    merged = {str(part) for part in sheet.merged_cells.ranges}
    assert {"A8:A10", "B8:B10", "C8:U8", "V8:V10"} <= merged, merged


def test_wide_form_is_printed_on_larger_paper() -> None:
    forms_printed = ("bieu_09", "recognition")
    sizes = {name: reopened(template_book(name)).worksheets[0].page_setup.paperSize for name in forms_printed}
    assert sizes["bieu_09"] == int(Worksheet.PAPERSIZE_A3)
    assert sizes["recognition"] == int(Worksheet.PAPERSIZE_A4)


def test_prompt_loses_its_colour_when_it_is_filled_in() -> None:
    blank, filled = (
        reopened(template_book("recognition")).worksheets[0],
        reopened(fill("recognition", [])).worksheets[0],
    )
    shaded = {str(part.sqref): part.rules[0].formula for part in blank.conditional_formatting}
    assert shaded == {"A1": ['ISNUMBER(SEARCH("…",A1))'], "A5": ['ISNUMBER(SEARCH("…",A5))']}
    assert len(filled.conditional_formatting) == 0


def reopened(book: Workbook) -> Workbook:
    file = BytesIO()
    book.save(file)
    return load_workbook(file)


def test_numbers_are_shown_without_separators() -> None:
    sheet: Worksheet = reopened(fill("funding_by_source", [[217040.5, 1]])).worksheets[0]
    amount = next(cell for row in sheet.iter_rows() for cell in row if cell.value == 217040.5)
    assert "," not in amount.number_format


@pytest.mark.parametrize(
    ("out", "said"), [("bieu.pdf", "phải có đuôi .xlsx"), ("khong_co/bieu.xlsx", "không có thư mục")]
)
def test_template_goes_only_where_a_workbook_can_be(tmp_path: Path, out: str, said: str) -> None:
    result = RUNNER.invoke(app, ["template", "recognition", "--out", str(tmp_path / out)])
    assert (result.exit_code, list(tmp_path.iterdir())) == (2, [])
    assert said in " ".join(result.output.replace("│", " ").split())
