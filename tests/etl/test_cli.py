"""The commands as people and machines call them: exit codes, the summary, --json."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner, Result

from etl.cli import app
from etl.publish import LOCK, POINTER
from tests.etl.workbooks import matrix

RUNNER = CliRunner()
SOUND = [1, "Xã Vị Tân", "x", "x", "x", "x"]
UNKNOWN = [2, "Xã Không Có", "x", "x", "x", "x"]
OUTCOME_PARTS = {
    "state", "build_id", "files", "facts", "changes", "sheets", "issues", "failed_checks", "losses",
}  # fmt: skip
ISSUE_PARTS = {
    "issue_no", "source_id", "path", "sheet", "cell", "severity", "code",
    "message_vi", "message_en", "raw_value", "remedy_vi", "remedy_en",
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one sound workbook."""
    folder = tmp_path / "so_tinh"
    folder.mkdir()
    matrix(SOUND).save(folder / "tieu_chi.xlsx")
    return folder


def run(*arguments: object) -> Result:
    return RUNNER.invoke(app, [str(argument) for argument in arguments])


def words(result: Result) -> str:
    """Return what a command said, lines joined."""
    return " ".join(result.output.split())


def test_load_publishes_and_says_so(folder: Path, tmp_path: Path) -> None:
    warehouse = tmp_path / "kho"
    result = run("load", folder, "--warehouse", warehouse)
    assert result.exit_code == 0, result.output
    snapshot = (warehouse / POINTER).read_text("utf-8").strip()
    assert f"Đã công bố bản số liệu {snapshot.removesuffix('.duckdb')}" in result.output
    assert "Biểu tiêu chí" in result.output
    with duckdb.connect(str(warehouse / snapshot), read_only=True) as connection:
        assert connection.execute("select count(*) from criterion_result").fetchone() == (4,)
        assert connection.execute("select build_id || '.duckdb' from snapshot").fetchone() == (snapshot,)
        comment = (
            "select comment from duckdb_columns() where table_name = 'funding' and column_name = 'amount_vnd_million'"
        )
        assert "million" in str(connection.execute(comment).fetchone())


def test_load_of_nothing_readable_is_refused(tmp_path: Path) -> None:
    folder, warehouse = tmp_path / "so_tinh", tmp_path / "kho"
    folder.mkdir()
    (folder / "bieu.docx").write_bytes(b"x")
    result = run("load", folder, "--warehouse", warehouse)
    assert (result.exit_code, "Không công bố bản số liệu nào" in result.output) == (1, True)
    assert "FILE_UNSUPPORTED" in result.output
    assert [path.name for path in warehouse.iterdir()] == [LOCK]


def test_failed_check_refuses_the_publication(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule of the data that does not hold: the snapshot of before stays, nothing else is left."""
    warehouse = tmp_path / "kho"
    assert run("load", folder, "--warehouse", warehouse).exit_code == 0
    before = sorted(path.name for path in warehouse.iterdir())
    checks = tmp_path / "etl"
    (checks / "checks").mkdir(parents=True)
    (checks / "checks" / "nothing_is_met.sql").write_text("select unit_code from criterion_result", encoding="utf-8")
    monkeypatch.setattr("etl.build.CHECKS", checks / "checks")
    matrix(SOUND, cut_off="(Số liệu đến 31/7/2022)").save(folder / "thang_7.xlsx")
    result = run("load", folder, "--warehouse", warehouse)
    assert result.exit_code == 1
    assert "Không công bố: kiểm tra nothing_is_met có 8 dòng" in result.output
    assert sorted(path.name for path in warehouse.iterdir()) == before


def test_check_tells_blocking_findings_by_its_exit_code(folder: Path) -> None:
    assert run("check", folder).exit_code == 0
    matrix(SOUND, UNKNOWN).save(folder / "khac.xlsx")
    result = run("check", folder)
    assert (result.exit_code, "không nạp khac.xlsx › Sheet › B9 (UNIT_UNKNOWN)" in words(result)) == (1, True)
    assert "Sửa tên theo danh mục" in words(result)
    assert "Không công bố" not in words(result)


def test_findings_of_one_kind_in_one_sheet_are_told_twice_then_listed(folder: Path) -> None:
    matrix(*[[number, f"Xã Lạ {number}", *"xxxx"] for number in range(1, 6)]).save(folder / "khac.xlsx")
    said = words(run("check", folder))
    assert said.count("(UNIT_UNKNOWN)") == 2
    assert "… và 3 chỗ khác như vậy: B10, B11, B12" in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["load"], "sources"),
        (["load", "{folder}/khong_co"], "không tìm thấy"),
        (["load", "{empty}"], "không có sổ tính nào"),
        (["load", "{folder}", "--period", "hôm qua"], "không phải là kỳ số liệu"),
        (["load", "{folder}", "--province", "999"], "không phải là mã tỉnh"),
        (["load", "{folder}", "--warehouse", "{folder}/tieu_chi.xlsx"], "không ghi được"),
        (["nap"], "nap"),
        ([], "load"),
    ],
)
def test_wrong_usage_exits_with_2(folder: Path, tmp_path: Path, arguments: list[str], said: str) -> None:
    empty = tmp_path / "rong"
    empty.mkdir()
    result = run(*(argument.format(folder=folder, empty=empty) for argument in arguments))
    assert (result.exit_code, said in words(result)) == (2, True), result.output


def test_json_for_machines(folder: Path, tmp_path: Path) -> None:
    matrix(SOUND, UNKNOWN, cut_off="(Số liệu đến 31/7/2022)").save(folder / "thang_7.xlsx")
    result = run("load", folder, "--warehouse", tmp_path / "kho", "--json")
    found = json.loads(result.stdout)
    assert set(found) == OUTCOME_PARTS
    assert (found["state"], found["files"], found["facts"]) == ("published", 2, {"criterion_result": 8})
    assert (found["failed_checks"], found["losses"]) == ([], [])
    assert found["build_id"].startswith("ntm-")
    sheet, _ = found["sheets"]
    assert (sheet["path"], sheet["form"], sheet["period_end"]) == ("thang_7.xlsx", "criteria_matrix", "2022-07-31")
    assert (sheet["rows_read"], sheet["rows_loaded"], sheet["rows_rejected"]) == (2, 1, 1)
    (issue,) = found["issues"]
    assert set(issue) == ISSUE_PARTS
    assert (issue["code"], issue["cell"], issue["severity"]) == ("UNIT_UNKNOWN", "B9", "block")


def test_module_is_a_command_with_the_same_exit_codes(folder: Path, root: Path) -> None:
    matrix(UNKNOWN).save(folder / "khac.xlsx")
    command = [sys.executable, "-m", "etl", "check", str(folder)]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert (done.returncode, "UNIT_UNKNOWN" in done.stdout) == (1, True)
