"""Decks from the command line: files of every level, many at once, and what is wrong said in a sentence."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from ntm.errors import NtmError
from ntm.i18n import translator
from ntm.reports.command import app
from ntm.reports.deck.files import Fault, Job, write_all
from ntm.warehouse import current_path

_RUNNER = CliRunner()
VI = translator("vi")


def run(*arguments: object) -> Result:
    return _RUNNER.invoke(app, list(map(str, arguments)))


def deck(warehouse: Path, out: Path, unit: str = "31333", period: str = "2022", *more: object) -> Result:
    return run(
        "deck",
        "--unit",
        unit,
        "--period",
        period,
        "--out",
        out,
        "--sections",
        "results",
        "--warehouse",
        warehouse,
        *more,
    )


def texts(path: Path | BytesIO) -> str:
    book = load_workbook(path)
    return "\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value)


@pytest.mark.parametrize(
    ("unit", "period", "place", "day"),
    [("93", "2022", "Tỉnh Hậu Giang", "31/12/2022"), ("936", "2021-2023", "Huyện Long Mỹ", "31/12/2023")],
)
def test_the_unit_s_code_and_the_years_choose_the_deck(
    sample_warehouse: Path, tmp_path: Path, unit: str, period: str, place: str, day: str
) -> None:
    out = tmp_path / "new" / "F.xlsx"
    result = deck(sample_warehouse, out, unit, period)
    assert result.exit_code == 0, result.output
    written = texts(out)
    assert place in written
    assert day in written


def test_the_ending_chooses_the_writer_and_the_deck_names_its_snapshot(sample_warehouse: Path, tmp_path: Path) -> None:
    build_id = current_path(sample_warehouse).stem
    result = deck(sample_warehouse, tmp_path / "F.PPTX", "31333", "2022", "--snapshot", build_id, "--ratio", "4:3")
    assert result.exit_code == 0, result.output
    assert build_id in result.output
    with zipfile.ZipFile(tmp_path / "F.PPTX") as file:
        assert "ppt/presentation.xml" in file.namelist()


@pytest.mark.parametrize(
    ("unit", "period", "told"),
    [("99999", "2022", "99999"), ("93", "2035", "2035"), ("31318", "2022", "không phải là xã")],
)
def test_what_the_snapshot_has_not_is_one_sentence(
    sample_warehouse: Path, tmp_path: Path, unit: str, period: str, told: str
) -> None:
    result = deck(sample_warehouse, tmp_path / "F.xlsx", unit, period)
    assert result.exit_code == 1
    assert told in result.output
    assert "Traceback" not in result.output
    assert not (tmp_path / "F.xlsx").exists()


def test_a_snapshot_that_is_kept_no_more_is_told(sample_warehouse: Path, tmp_path: Path) -> None:
    result = deck(sample_warehouse, tmp_path / "F.xlsx", "93", "2022", "--snapshot", "ntm-20200101T000000000000Z")
    assert result.exit_code == 1
    assert "không còn" in result.output


@pytest.mark.parametrize(
    "wrong",
    [
        {"--out": "F.txt"},
        {"--period": "năm nay"},
        {"--period": "2023-2021"},
        {"--sections": "results,nothing"},
        {"--template": "no such file.pptx"},
    ],
)
def test_wrong_usage_ends_with_2(sample_warehouse: Path, tmp_path: Path, wrong: dict[str, str]) -> None:
    options = {"--unit": "93", "--period": "2022", "--out": str(tmp_path / "F.pptx"), "--warehouse": sample_warehouse}
    asked = [part for pair in (options | wrong).items() for part in pair]
    assert run("deck", *asked).exit_code == 2


def test_every_commune_of_a_district_gets_its_file_with_an_ascii_name(sample_warehouse: Path, tmp_path: Path) -> None:
    out = tmp_path / "decks.zip"
    result = run(
        "decks", "--unit", "931", "--period", "2022", "--each", "commune", "--out", out, "--kind", "xlsx",
        "--sections", "results", "--warehouse", sample_warehouse,
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    with zipfile.ZipFile(out) as archive:
        names = archive.namelist()
        assert len(names) == 2
        assert all(name.isascii() and name.endswith("_2022-12.xlsx") for name in names)
        assert "hoi-nghi_31411_xa-dai-thanh_2022-12.xlsx" in names
        assert "Xã Đại Thành" in texts(BytesIO(archive.read("hoi-nghi_31411_xa-dai-thanh_2022-12.xlsx")))


def test_a_unit_without_units_below_is_told(sample_warehouse: Path, tmp_path: Path) -> None:
    result = run(
        "decks", "--unit", "931", "--period", "2022", "--each", "district", "--out", tmp_path / "d.zip",
        "--warehouse", sample_warehouse,
    )  # fmt: skip
    assert result.exit_code == 1
    assert "không có đơn vị cấp dưới" in result.output


def test_one_deck_that_fails_is_told_and_the_others_go_on() -> None:
    def refuses() -> tuple[str, bytes]:
        raise NtmError("conference.no_months", period="2022")

    def breaks() -> tuple[str, bytes]:
        raise ZeroDivisionError

    def makes() -> tuple[str, bytes]:
        return "last.pptx", b"content"

    target = BytesIO()
    results = list(write_all([Job("A", refuses), Job("B", breaks), Job("C", makes)], target, VI))
    assert [(type(result), result.name) for result in results] == [(Fault, "A"), (Fault, "B"), (Job, "C")]
    with zipfile.ZipFile(target) as archive:
        assert archive.namelist() == ["last.pptx", "LOI.txt"]
        told = archive.read("LOI.txt").decode("utf-8").splitlines()
    assert told[0].startswith("A: không lập được, Bản số liệu không có tháng nào trong giai đoạn 2022")
    assert told[1].startswith("B: không lập được")
    assert len(told) == 2
