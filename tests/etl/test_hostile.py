"""Hostile files are refused, each with its own message, in under 5 s and 300 MB: limits of the product itself."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from etl.issues import Issue
from tests.etl import hostile
from tests.etl.findings import message
from tests.etl.workbooks import matrix

MOST_SECONDS = 5
MOST_MEGABYTES = 300
# One process imports everything, then forks for each file: what is measured is the reading alone, as in a load.
READER = """
import json, os, sys, time
from pathlib import Path
from etl.read.workbook import read_workbook

def peak():
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))

read_workbook(Path(sys.argv[1]))
for line in sys.stdin:
    if os.fork():
        os.wait()
        continue
    before, start = peak(), time.perf_counter()
    grids, issue = read_workbook(Path(line.rstrip()))
    seconds, megabytes = time.perf_counter() - start, (peak() - before) / 1024
    told = (issue.code, issue.cell, dict(issue.values)) if issue else (None, None, {})
    print(json.dumps([len(grids), *told, seconds, megabytes]), flush=True)
    os._exit(0)
"""
pytestmark = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="peak memory is read from /proc")


class Outcome(NamedTuple):
    """What a child process that read one file says of it."""

    sheets: int
    code: str | None
    cell: str | None
    values: dict[str, object]
    seconds: float
    megabytes: float


Measure = Callable[[str, Callable[[Path], None]], Outcome]


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[subprocess.Popen[str]]:
    """A process that reads the files whose paths it is given, each in a child of its own."""
    sound = tmp_path_factory.mktemp("sound") / "bieu.xlsx"
    matrix([1, "Xã Vị Tân", "x"]).save(sound)
    command = [sys.executable, "-c", READER, sound]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.stdin.close()


@pytest.fixture
def measure(tmp_path: Path, reader: subprocess.Popen[str]) -> Measure:
    """Return a function that builds a file, has it read, and checks that this took little time and memory."""

    def measured(name: str, build: Callable[[Path], None]) -> Outcome:
        path = tmp_path / name
        build(path)
        reader.stdin.write(f"{path}\n")
        reader.stdin.flush()
        outcome = Outcome(*json.loads(reader.stdout.readline()))
        assert outcome.seconds < MOST_SECONDS
        assert outcome.megabytes < MOST_MEGABYTES
        return outcome

    return measured


def check_refused(outcome: Outcome, code: str, said: str) -> None:
    assert (outcome.code, outcome.sheets) == (code, 0)
    issue = Issue(code, cell=outcome.cell, values=outcome.values)
    assert (issue.severity, said in message(issue)) == ("block", True), message(issue)


@pytest.mark.parametrize(
    ("build", "code", "said"),
    [
        (hostile.inflating, "FILE_INFLATES", "kB nhưng bung ra trên 100 MB"),
        (hostile.overlapping, "FILE_INFLATES", "bung ra trên 100 MB"),
        (hostile.lying_about_its_size, "FILE_NOT_WORKBOOK", "tệp hỏng"),
        (hostile.endless_string, "FILE_INFLATES", "bung ra trên 100 MB"),
        (hostile.many_parts, "FILE_TOO_MANY_PARTS", "trên 2000 phần"),
        (hostile.zip_in_zip, "FILE_UNSUPPORTED", "có nội dung ZIP"),
    ],
)
def test_file_that_inflates(
    tmp_path: Path, measure: Measure, build: Callable[[Path], None], code: str, said: str
) -> None:
    outcome = measure("bieu.xlsx", build)
    assert (tmp_path / "bieu.xlsx").stat().st_size < 2**20
    check_refused(outcome, code, said)


@pytest.mark.parametrize(
    ("build", "code", "said"),
    [
        (hostile.ghost_rows, "SHEET_TOO_LONG", "A100001"),
        (hostile.ghost_rows_without_cells, "SHEET_TOO_LONG", "A100001"),
        (hostile.ghost_cell, "SHEET_TOO_WIDE", "XFD1048576"),
        (hostile.unnumbered_cells, "SHEET_TOO_WIDE", "BXY1"),
        (hostile.sheet_under_another_name, "SHEET_TOO_LONG", "A1048576"),
        (hostile.huge_merge, "SHEET_TOO_WIDE", "XFD1048576"),
        (hostile.many_merges, "RANGE_TOO_LARGE", "A101:BXX101"),
        (hostile.huge_link, "RANGE_TOO_LARGE", "A1:ZZ99999"),
        (hostile.too_many_cells, "SHEET_TOO_MANY_CELLS", "trên 500000 ô"),
        (hostile.too_many_styles, "SHEET_TOO_MANY_CELLS", "trên 1000000 ô hoặc mục"),
    ],
)
def test_ghosts_and_absurd_dimensions(measure: Measure, build: Callable[[Path], None], code: str, said: str) -> None:
    check_refused(measure("bieu.xlsx", build), code, said)


@pytest.mark.parametrize(
    ("rows", "code", "said"),
    [
        ("repeated rows", "SHEET_TOO_LONG", "A1048576"),
        ("repeated cells", "SHEET_TOO_WIDE", "XFD1"),
        ("repeated both", "SHEET_TOO_MANY_CELLS", "trên 500000 ô"),
        ("spanned", "RANGE_TOO_LARGE", "A1:BXW99999"),
        ("not a number", "FILE_NOT_WORKBOOK", "tệp hỏng"),
    ],
)
def test_absurd_counts_in_ods(measure: Measure, rows: str, code: str, said: str) -> None:
    check_refused(measure("bieu.ods", hostile.ods_with(rows)), code, said)


@pytest.mark.parametrize(
    ("build", "code", "said"),
    [
        (hostile.blank_cells_in_xls, "SHEET_TOO_MANY_CELLS", "trên 500000 ô"),
        (hostile.merges_in_xls, "RANGE_TOO_LARGE", "Vùng ô gộp"),
    ],
)
def test_absurd_dimensions_in_xls(measure: Measure, build: Callable[[Path], None], code: str, said: str) -> None:
    check_refused(measure("bieu.xls", build), code, said)


@pytest.mark.parametrize(
    ("name", "build"),
    [
        ("bieu.xlsx", hostile.laughs_in_styles),
        ("bieu.xlsx", hostile.laughs_in_wide_letters),
        ("bieu.xlsx", hostile.entity_from_a_file),
        ("bieu.ods", hostile.laughs_in_ods),
    ],
)
def test_entities(measure: Measure, name: str, build: Callable[[Path], None]) -> None:
    check_refused(measure(name, build), "FILE_ENTITIES", "DOCTYPE")


@pytest.mark.parametrize(
    ("name", "build"),
    [
        ("bieu.xlsx", hostile.encrypted_zip),
        ("bieu.xlsx", hostile.encrypted_package),
        ("bieu.xls", hostile.encrypted_xls),
        ("bieu.ods", hostile.encrypted_ods),
    ],
)
def test_password(measure: Measure, name: str, build: Callable[[Path], None]) -> None:
    check_refused(measure(name, build), "FILE_PASSWORD", "bỏ mật khẩu")


@pytest.mark.parametrize(
    ("name", "build"),
    [
        ("bieu.xlsm", hostile.macros_in_xlsx),
        ("bieu.xls", hostile.macros_in_xls),
        ("bieu.xls", hostile.macro_sheet_in_xls),
        ("bieu.ods", hostile.macros_in_ods),
    ],
)
def test_macros(measure: Measure, name: str, build: Callable[[Path], None]) -> None:
    check_refused(measure(name, build), "FILE_MACROS", "lưu lại thành .xlsx (không macro)")


def content(of: bytes) -> Callable[[Path], None]:
    return lambda path: path.write_bytes(of) and None


@pytest.mark.parametrize(
    ("build", "code", "said"),
    [
        (content("Kính gửi: Văn phòng Điều phối".encode()), "FILE_UNSUPPORTED", "có nội dung TXT"),
        (content(b"%PDF-1.7 \0"), "FILE_UNSUPPORTED", "có nội dung PDF"),
        (content(b"\x89PNG\r\n\x1a\n\0"), "FILE_UNSUPPORTED", "có nội dung PNG"),
        (content(b"\0\1\2\3"), "FILE_NOT_WORKBOOK", "00 01 02 03"),
        (content(hostile.ole_file({"WordDocument": b"x"})), "FILE_UNSUPPORTED", "có nội dung Word"),
        (hostile.truncated, "FILE_NOT_WORKBOOK", "tệp hỏng"),
        (hostile.damaged_sheet, "FILE_NOT_WORKBOOK", "tệp hỏng"),
        (hostile.damaged_xls, "FILE_NOT_WORKBOOK", "tệp hỏng"),
    ],
)
def test_not_a_workbook(measure: Measure, build: Callable[[Path], None], code: str, said: str) -> None:
    check_refused(measure("bieu.xlsx", build), code, said)


@pytest.mark.parametrize(
    ("name", "build", "said"),
    [("bieu.xlsx", hostile.too_large, "trên 50 MB"), ("bieu.csv", hostile.endless_line, "trên 10 MB")],
)
def test_too_large(measure: Measure, name: str, build: Callable[[Path], None], said: str) -> None:
    check_refused(measure(name, build), "FILE_TOO_LARGE", said)


def test_sound_file_passes_the_same_way(measure: Measure) -> None:
    """What the tests above measure: a sound workbook, read by the same child, gives its sheet."""
    outcome = measure("bieu.xlsx", lambda path: matrix([1, "Xã Vị Tân", "x"]).save(path))
    assert (outcome.sheets, outcome.code) == (1, None)
