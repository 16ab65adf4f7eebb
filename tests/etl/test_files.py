"""Files that are no good workbooks, files given twice, children that die: each is told, none stops the others."""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

import etl.load
from etl.context import Options
from etl.load import Loaded, find_files, read_all
from etl.workbook import WorkbookReading
from ntm.settings import settings
from tests.etl.findings import message, only_issue
from tests.etl.workbooks import matrix

SOUND = matrix([1, "Xã Vị Tân", "x", "x", "x", "x"])


def read_folder(folder: Path) -> Loaded:
    return read_all(find_files([folder]), settings().reference_folder, Options())


def only_reading(folder: Path) -> WorkbookReading:
    (reading,) = read_folder(folder).readings
    return reading


@pytest.mark.parametrize(
    ("name", "content", "code", "said"),
    [
        ("1. ke hoach 2022.rar", b"Rar!\x1a\x07", "FILE_UNSUPPORTED", "'.rar' có nội dung RAR"),
        ("bao cao.doc", b"x", "FILE_UNSUPPORTED", "'.doc' có nội dung TXT"),
        ("bao cao.pdf", b"%PDF-1.7", "FILE_UNSUPPORTED", "PDF"),
        ("bieu.xls", b"<html><table><tr><td>1</td></tr></table>", "FILE_OTHER_SPREADSHEET", "Lưu thành… .xlsx"),
        ("bieu.xls", b"STT;Ten xa\n1;Vi Tan\n", "FILE_UNSUPPORTED", "TXT"),
        ("rong.xlsx", b"", "FILE_NOT_WORKBOOK", "lưu lại thành .xlsx"),
    ],
)
@pytest.mark.case(21)
def test_file_of_another_kind_is_refused_with_what_to_do(
    tmp_path: Path, name: str, content: bytes, code: str, said: str
) -> None:
    (tmp_path / name).write_bytes(content)
    reading = only_reading(tmp_path)
    issue = only_issue(reading)
    assert (issue.code, issue.severity, said in message(issue)) == (code, "block", True)
    assert reading.sha256 == hashlib.sha256(content).hexdigest()


@pytest.mark.case(21)
@pytest.mark.parametrize(
    ("part", "code", "said"),
    [
        ("a.xlsx", "FILE_UNSUPPORTED", "giải nén rồi gửi từng sổ tính"),
        ("word/document.xml", "FILE_UNSUPPORTED", "có nội dung Word"),
        ("xl/workbook.bin", "FILE_OTHER_SPREADSHEET", "có nội dung XLSB"),
    ],
)
def test_zip_that_is_no_workbook_is_refused(tmp_path: Path, part: str, code: str, said: str) -> None:
    with zipfile.ZipFile(tmp_path / "nen.zip", "w") as archive:
        archive.writestr(part, "x")
    issue = only_issue(only_reading(tmp_path))
    assert (issue.code, said in message(issue)) == (code, True)


def replace_in_sheet(path: Path, old: bytes, new: bytes) -> None:
    """Rewrite the first sheet of a workbook as no library would."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    assert old in parts[sheet]
    parts[sheet] = parts[sheet].replace(old, new, 1)
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


@pytest.mark.parametrize(
    ("old", "new", "cell"),
    [
        (b"</sheetData>", b'<row r="9999999"><c r="XFD1048576"><v>1</v></c></row></sheetData>', "XFD1048576"),
        (
            b"</sheetData>",
            b"<row r=\"99\"><x:c xmlns:x=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" s='1' r='XFD99'>"
            b"<x:v>1</x:v></x:c></row></sheetData>",
            "XFD99",
        ),
        (b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>', "XFD1048576"),
    ],
)
def test_cell_far_outside_is_refused_before_anything_opens_the_file(
    tmp_path: Path, old: bytes, new: bytes, cell: str
) -> None:
    path = tmp_path / "bieu.xlsx"
    SOUND.save(path)
    replace_in_sheet(path, old, new)
    issue = only_issue(only_reading(tmp_path))
    assert (issue.code, issue.cell, issue.severity) == ("SHEET_TOO_WIDE", cell, "block")
    assert cell in message(issue)


@pytest.mark.case(15)
def test_formula_with_its_result_is_read(tmp_path: Path) -> None:
    """As Excel saves it; beside it one without a result."""
    path = tmp_path / "bieu.xlsx"
    matrix([1, "Xã Vị Tân", "x", "x", "=2-1", "=2-1"]).save(path)
    cell = b'<c r="E8"><f>2-1</f><v></v></c>'
    replace_in_sheet(path, cell, cell.replace(b"<v></v>", b"<v>1</v>"))
    reading = only_reading(tmp_path)
    assert [fact["outcome"] for fact in reading.sheets[0].facts["criterion_result"]] == ["met"] * 3
    assert (only_issue(reading).code, only_issue(reading).cell) == ("CELL_UNCALCULATED", "F8")


@pytest.mark.case(15)
def test_stored_empty_text_is_a_result(tmp_path: Path) -> None:
    """Excel stores the result '' of a formula; beside it one without any result."""
    book = matrix([1, "Xã Vị Tân", "x", "x", '=IF(1=2,"x","")', '=IF(1,"x","")'])
    path = tmp_path / "bieu.xlsx"
    book.save(path)
    cell = b'<c r="E8"><f>IF(1=2,"x","")</f><v></v></c>'
    replace_in_sheet(path, cell, cell.replace(b'"E8"', b'"E8" t="str"'))
    issue = only_issue(only_reading(tmp_path))
    assert (issue.code, issue.cell) == ("CELL_UNCALCULATED", "F8")


def test_file_that_may_not_be_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "bieu.xlsx"
    path.mkdir()
    reading = etl.load.read_file(path, "bieu.xlsx", etl.load.read_reference(settings().reference_folder), Options())
    assert (only_issue(reading).code, reading.source_id) == ("FILE_UNREADABLE", "-")


def die(*_: object) -> WorkbookReading:
    os._exit(9)


def eat_memory(*_: object) -> WorkbookReading:
    raise MemoryError


def fail(*_: object) -> WorkbookReading:
    raise ZeroDivisionError


@pytest.mark.parametrize(
    ("fault", "code", "said"),
    [
        (die, "FILE_CRASHED", "bộ nhớ"),
        (eat_memory, "FILE_CRASHED", "bộ nhớ"),
        (fail, "FILE_FAILED", "ZeroDivisionError"),
    ],
)
def test_child_that_ends_early_refuses_its_file_alone(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    fault: Callable[..., WorkbookReading],
    code: str,
    said: str,
) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        SOUND.save(tmp_path / name)
    (tmp_path / "b.xlsx").write_bytes((tmp_path / "b.xlsx").read_bytes() + b"\0")
    sound = etl.load.read_file
    monkeypatch.setattr(
        etl.load, "read_file", lambda path, *rest: (fault if path.name == "b.xlsx" else sound)(path, *rest)
    )
    first, second = read_folder(tmp_path).readings
    assert first.sheets[0].facts
    issue = only_issue(second)
    assert (issue.code, issue.severity, said in message(issue)) == (code, "block", True)
    assert second.sha256 == hashlib.sha256((tmp_path / "b.xlsx").read_bytes()).hexdigest()


def test_file_that_takes_too_long_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(etl.load, "READ_SECONDS", 0.2)
    book = Workbook()
    for row in range(1, 4000):
        book.active.append([row] * 20)
    book.save(tmp_path / "lon.xlsx")
    issue = only_issue(only_reading(tmp_path))
    assert (issue.code, "quá 0.2 giây" in message(issue)) == ("FILE_TIMEOUT", True)


def test_reports_of_a_folder_are_found_in_order(tmp_path: Path) -> None:
    for name in ("b/2.xlsx", "a.xlsx", "~$a.xlsx", "README.md", ".an/3.xlsx", "b/1.rar"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert [shown for _, shown in find_files([tmp_path])] == ["a.xlsx", "b/1.rar", "b/2.xlsx"]
    assert [shown for _, shown in find_files([tmp_path / "a.xlsx", tmp_path])] == ["a.xlsx", "b/1.rar", "b/2.xlsx"]


def test_files_of_one_name_are_told_apart(tmp_path: Path) -> None:
    for folder in ("x", "y"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.xlsx").touch()
    found = find_files([tmp_path / "x", tmp_path / "y"])
    assert [shown for _, shown in found] == ["x/a.xlsx", "y/a.xlsx"]


def test_document_given_by_name_is_not_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "README.md"
    path.touch()
    assert find_files([path]) == [(path.resolve(), "README.md")]
