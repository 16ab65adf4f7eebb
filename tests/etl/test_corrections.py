"""Reviewed corrections: applied with a note, never beside the point; one that fits no longer refuses the load."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml
from openpyxl import load_workbook

from etl.workbook import checksum
from tests.etl.loading import Office, issue, issues
from tests.etl.workbooks import funding, matrix

SIGNED = {"who": "Nguyễn Văn An", "when": "2022-07-12", "why": "gõ nhầm, huyện đã xác nhận"}
CELL = {"path": "tieu_chi.xlsx", "sheet": "Sheet", "cell": "D9", "expected": "x", "value": "CĐ", **SIGNED}
ALIAS = {"name": "Xã Vĩ Thanh", "level": "commune", "unit_code": "31465", "within": "935", **SIGNED}
CITY = ["I", "Thành phố Vị Thanh"]
RURAL = ["II", "Huyện Vị Thuỷ"]
OUTCOMES = "select outcome from criterion_result order by criterion_no"


@pytest.fixture(autouse=True)
def sent(office: Office) -> None:
    """The workbook that corrections are about."""
    office.put(tieu_chi=matrix(CITY, [1, "Xã Vị Tân", *"xxxx"]))


def written(office: Office, *cells: Mapping[str, object], aliases: tuple[Mapping[str, object], ...] = ()) -> Path:
    """Write a file of corrections; days are written as days."""
    path = office.folder.parent / "sua_doi.yml"
    text = yaml.safe_dump({"corrections": list(cells), "aliases": list(aliases)}, allow_unicode=True)
    path.write_text(text.replace("'2022-07-12'", "2022-07-12").replace("'2022-01-01'", "2022-01-01"), "utf-8")
    return path


def test_corrected_cell_is_read_anew_and_says_who_and_why(office: Office) -> None:
    before = (office.folder / "tieu_chi.xlsx").read_bytes()
    found = office.load("--corrections", written(office, CELL))
    assert office.ask(OUTCOMES) == [("met",), ("not_met",), ("met",), ("met",)]
    note = issue(found, "CORRECTION_APPLIED")
    assert (note["severity"], note["cell"], note["raw_value"]) == ("note", "D9", "x")
    assert "'x' được đọc là 'CĐ'" in note["message_vi"]
    assert "Nguyễn Văn An, 12/07/2022: gõ nhầm" in note["message_vi"]
    assert (office.folder / "tieu_chi.xlsx").read_bytes() == before


def test_figure_still_leads_to_its_cell_as_the_workbook_has_it(office: Office) -> None:
    office.load("--corrections", written(office, CELL))
    row = "select outcome, text from criterion_result join raw_cell using (source_id, sheet) where cell = 'D9'"
    assert office.ask(f"{row} and row_no = 9 and column_no = 4") == [("not_met", "x")]


def test_blank_cell_is_filled_and_its_figure_leads_to_a_blank(office: Office) -> None:
    office.put(tieu_chi=matrix(CITY, [1, "Xã Vị Tân", "x", None, "x", "x"]))
    office.load("--corrections", written(office, {**CELL, "expected": None, "value": "x"}))
    assert office.ask(OUTCOMES) == [("met",)] * 4
    assert office.ask("select text from raw_cell where row_no = 9 and column_no = 4") == [(None,)]


def test_error_of_a_formula_is_corrected_to_a_number(office: Office) -> None:
    office.remove("tieu_chi")
    office.put(von=funding(["I", "NGÂN SÁCH TRUNG ƯƠNG", "#REF!"]))
    entry = {**CELL, "path": "von.xlsx", "cell": "C8", "expected": "#REF!", "value": 170914.5}
    found = office.load("--corrections", written(office, entry))
    assert office.ask("select amount_vnd_million::double from funding") == [(170914.5,)]
    assert issues(found, "block") == []


def test_file_is_named_by_its_checksum_wherever_it_lies(office: Office) -> None:
    sha256 = checksum(office.folder / "tieu_chi.xlsx")
    (office.folder / "tieu_chi.xlsx").rename(office.folder / "ten_khac.xlsx")
    entry = {key: value for key, value in CELL.items() if key != "path"} | {"sha256": sha256[:12]}
    office.load("--corrections", written(office, entry))
    assert ("not_met",) in office.ask(OUTCOMES)


@pytest.mark.parametrize(
    ("change", "code", "told"),
    [
        ({"expected": "CĐ"}, "CORRECTION_MISMATCH", "Sheet › D9 đang là 'x', không phải 'CĐ'"),
        ({"cell": "D30", "expected": "x"}, "CORRECTION_MISMATCH", "đang là '…', không phải 'x'"),
        ({"sheet": "Biểu 02"}, "CORRECTION_NO_SHEET", "không có trang tính 'Biểu 02' (có: Sheet)"),
        ({"sha256": "0123456789ab"}, "CORRECTION_OTHER_FILE", "dành cho tệp có mã 0123456789ab"),
    ],
)
def test_correction_that_fits_no_longer_refuses_the_load(
    office: Office, change: dict[str, object], code: str, told: str
) -> None:
    office.load()
    before = office.published()
    found = office.load("--corrections", written(office, {**CELL, **change}), exit_code=1)
    refusal = issue(found, code)
    assert (refusal["severity"], refusal["path"]) == ("block", "tieu_chi.xlsx")
    assert "corrections[1]" in refusal["message_vi"]
    assert told in refusal["message_vi"]
    assert (found["state"], found["build_id"], office.published()) == ("refused", None, before)


@pytest.mark.parametrize(
    ("change", "code", "told"),
    [
        ({"ghi_chu": "?"}, "CORRECTION_KEYS", "phần lạ: ghi_chu"),
        ({"who": None}, "CORRECTION_KEYS", "phần thiếu: who"),
        ({"path": None}, "CORRECTION_KEYS", "phần thiếu: path"),
        ({"when": "hôm qua"}, "CORRECTION_VALUE", "when là 'hôm qua', cần dạng: 2022-07-12"),
        ({"cell": "hàng 9"}, "CORRECTION_VALUE", "cell là 'hàng 9', cần dạng: D9"),
        ({"value": ["x"]}, "CORRECTION_VALUE", "value là '['x']'"),
    ],
)
def test_malformed_entry_is_named_before_anything_is_read(
    office: Office, change: dict[str, object], code: str, told: str
) -> None:
    path = written(office, CELL | {"cell": "E9"}, CELL | change)
    for command in ("load", "check"):
        result = office.run("--corrections", path, command=command)
        assert (result.exit_code, code in result.output) == (1, True)
        said = " ".join(result.output.split())
        assert "corrections[2] của tệp sửa đổi:" in said
        assert told in said
    assert not (office.warehouse / "current").exists()


def test_two_entries_for_one_cell_and_a_file_that_is_no_yaml(office: Office) -> None:
    found = office.load("--corrections", written(office, CELL, CELL), exit_code=1)
    assert "corrections[1]" in issue(found, "CORRECTION_TWICE")["message_vi"]
    path = written(office)
    path.write_text("corrections: [", "utf-8")
    assert issues(office.load("--corrections", path, exit_code=1)) == [("CORRECTIONS_UNREADABLE", "block")]


def test_entry_for_a_file_that_is_not_loaded_is_left_and_counted(office: Office) -> None:
    path = written(office, {**CELL, "path": "thang_7.xlsx"})
    result = office.run("--corrections", path)
    assert (result.exit_code, "1 mục sửa đổi thuộc các tệp không có trong lần nạp này" in result.output) == (0, True)


@pytest.mark.parametrize("name", ["Xã Vĩ Thanh", "X. VĨ THANH", "Vĩ Thanh"])
def test_accepted_name_is_matched_where_it_was_accepted(office: Office, name: str) -> None:
    office.put(tieu_chi=matrix(RURAL, [1, name, *"xxxx"]))
    refused = office.load(exit_code=1)
    assert issues(refused, "block") == [("UNIT_UNKNOWN", "block")]
    found = office.load("--corrections", written(office, aliases=(ALIAS,)))
    assert office.ask("select distinct unit_code from criterion_result") == [("31465",)]
    note = issue(found, "UNIT_BY_ALIAS")
    assert (note["severity"], note["cell"], "'Xã Vị Thanh'" in note["message_vi"]) == ("note", "B9", True)


def test_accepted_name_means_nothing_elsewhere(office: Office) -> None:
    office.put(tieu_chi=matrix(CITY, [1, "Xã Vị Tân", *"xxxx"], [2, "Xã Vĩ Thanh", *"xxxx"]))
    found = office.load("--corrections", written(office, aliases=(ALIAS,)))
    assert issues(found, "block") == [("UNIT_UNKNOWN", "block")]
    assert office.ask("select distinct unit_code from criterion_result") == [("31333",)]


def test_accepted_name_of_a_district(office: Office) -> None:
    office.put(tieu_chi=matrix(["I", "Thành phố Vỵ Thanh"], [1, "Xã Vị Tân", *"xxxx"]))
    alias = {**ALIAS, "name": "Thành phố Vỵ Thanh", "level": "district", "unit_code": "930", "within": "93"}
    found = office.load("--corrections", written(office, aliases=(alias,)))
    assert [code for code, _ in issues(found)] == ["UNIT_BY_ALIAS"]


@pytest.mark.parametrize(
    ("change", "code", "told"),
    [
        ({"unit_code": "99999"}, "ALIAS_NOT_IN_FORCE", "mã 99999"),
        ({"within": "930"}, "ALIAS_NOT_IN_FORCE", "Xã Vị Thanh (935, 01/11/2021 – 30/06/2025)"),
        ({"within": "92", "valid_from": "2022-01-01"}, "ALIAS_NOT_IN_FORCE", "Xã Vị Thanh 1 (92, 01/07/2025 – …)"),
        ({"level": "province"}, "CORRECTION_VALUE", "level là 'province'"),
    ],
)
def test_accepted_name_for_a_unit_not_in_force_is_malformed(
    office: Office, change: dict[str, object], code: str, told: str
) -> None:
    found = office.load("--corrections", written(office, aliases=({**ALIAS, **change},)), exit_code=1)
    assert told in issue(found, code)["message_vi"]
    assert not (office.warehouse / "current").exists()


def test_workbook_with_a_correction_is_checked_as_it_is_loaded(office: Office) -> None:
    path = written(office, {**CELL, "expected": "CĐ"})
    result = office.run("--corrections", path, command="check")
    assert (result.exit_code, "CORRECTION_MISMATCH" in result.output) == (1, True)
    assert load_workbook(office.folder / "tieu_chi.xlsx").active["D9"].value == "x"
