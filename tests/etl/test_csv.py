"""Text files as tables: whatever the encoding and the delimiter, or told where it cannot be read."""

from __future__ import annotations

import codecs
import unicodedata
from pathlib import Path

import pytest

from etl.context import Options, Reference
from etl.read.grid import Grid
from etl.read.limits import MAX_TEXT_BYTES
from etl.read.workbook import read_workbook
from etl.workbook import read_file
from tests.etl.findings import facts, message, only_issue
from tests.etl.office_files import csv_text
from tests.etl.workbooks import funding, matrix

TEXT = csv_text(matrix([1, "Xã Vị Tân", "x", "x", "CĐ", "x"], [2, "Xã Hoả Lựu", "x", "x", "x", "x"]).active)
WINDOWS_TONES = {"\u0300": b"\xcc", "\u0309": b"\xd2", "\u0303": b"\xde", "\u0301": b"\xec", "\u0323": b"\xf2"}


def windows_1258(text: str) -> bytes:
    """Return a text as Windows writes it: vowels with their mark, the tone as a character of its own behind them."""
    content = b""
    for letter in text:
        marks = unicodedata.normalize("NFD", letter)
        tones = [mark for mark in marks if mark in WINDOWS_TONES]
        base = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in WINDOWS_TONES))
        content += base.encode("cp1258") + b"".join(WINDOWS_TONES[tone] for tone in tones)
    return content


def read(path: Path, content: bytes) -> Grid:
    path.write_bytes(content)
    (grid,), issue = read_workbook(path)
    assert issue is None
    return grid


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        windows_1258(TEXT),
        unicodedata.normalize("NFD", TEXT).encode(),
    ],
    ids=["utf-8", "utf-8-bom", "utf-16-le", "utf-16-be", "windows-1258", "nfd"],
)
def test_encoding_is_found(tmp_path: Path, reference: Reference, content: bytes) -> None:
    path = tmp_path / "bieu.csv"
    path.write_bytes(content)
    reading = read_file(path, path.name, reference, Options())
    assert reading.issues == ()
    (sheet,) = reading.sheets
    assert facts(sheet, "outcome") == ["met", "met", "not_met", "met", "met", "met", "met", "met"]
    assert [text for *_, text in reading.raw_cells if text.startswith("Xã")] == ["Xã Vị Tân", "Xã Hoả Lựu"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimiter_is_what_parts_the_table(tmp_path: Path, delimiter: str) -> None:
    """Sentences have commas, amounts too: neither makes a table."""
    book = funding([1, "Ngân sách trung ương, địa phương", 217.04], [2, "Vốn tín dụng", 18.2])
    grid = read(tmp_path / "bieu.csv", csv_text(book.active, delimiter).encode())
    assert [grid.value(8, column) for column in (1, 2, 3)] == ["1", "Ngân sách trung ương, địa phương", "217,04"]
    assert grid.value(2, 1) == book.active["A2"].value


def test_stated_delimiter_is_taken(tmp_path: Path) -> None:
    grid = read(tmp_path / "bieu.csv", b"sep=;\na,b;c\n")
    assert (grid.value(2, 1), grid.value(2, 2), grid.value(1, 1)) == ("a,b", "c", None)


def test_numbers_stay_texts_under_the_name_of_the_file(tmp_path: Path) -> None:
    grid = read(tmp_path / "Biểu 01.csv", "STT;Vốn\n1;217.040\n".encode())
    assert (grid.sheet, grid.value(2, 2)) == ("Biểu 01", "217.040")


def test_line_break_in_a_cell(tmp_path: Path) -> None:
    grid = read(tmp_path / "bieu.csv", b'a;"b\nc"\r\nd;e\r\n')
    assert [grid.value(1, 2), grid.value(2, 1)] == ["b\nc", "d"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"STT;Ten\n1;X\xe3 V\xee \x8d\n", "Dòng 2, ký tự thứ 9: byte 8D không hợp lệ trong mã UTF-8, Windows-1258"),
        ("STT;Tên\n1;Xã Vị Tân".encode() + b"\xe1\n", "Dòng 2, ký tự thứ 12: byte E1 không hợp lệ trong mã UTF-8"),
        (codecs.BOM_UTF16_LE + b"a\0b", "không hợp lệ trong mã UTF-16"),
    ],
    ids=["no encoding", "broken utf-8", "broken utf-16"],
)
def test_illegal_byte_is_told_with_its_place(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "bieu.csv"
    path.write_bytes(content)
    grids, issue = read_workbook(path)
    assert (grids, issue and issue.code, issue and issue.severity) == ([], "FILE_ENCODING", "block")
    assert said in message(issue)


def test_text_in_a_legacy_font_s_bytes_is_asked_about(tmp_path: Path, reference: Reference) -> None:
    """A .csv names no font: TCVN3 is seen by the whole text, and said."""
    path = tmp_path / "bieu.csv"
    stored = "\n".join(
        f"{n};x· {name}"
        for n, name in enumerate(("vÞ t©n", "háa l\xadu", "®«ng ph\xad\xedc", "thuËn hßa", "t©n tiÕn", "long mü"))
    )
    path.write_bytes(stored.encode("latin-1"))
    reading = read_file(path, path.name, reference, Options())
    assert [text for *_, text in reading.raw_cells][1] == "xã vị tân"
    assert ("TEXT_GUESSED", "ask") in [(issue.code, issue.severity) for issue in reading.issues]


def test_endless_line_is_refused(tmp_path: Path, reference: Reference) -> None:
    path = tmp_path / "bieu.csv"
    path.write_bytes(b";" * (MAX_TEXT_BYTES + 1))
    assert only_issue(read_file(path, path.name, reference, Options())).code == "FILE_TOO_LARGE"


def test_field_far_to_the_right_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bieu.csv"
    path.write_bytes(b"a" + b";" * 2_000 + b"b")
    _, issue = read_workbook(path)
    assert (issue and issue.code, issue and issue.cell) == ("SHEET_TOO_WIDE", "BXY1")
