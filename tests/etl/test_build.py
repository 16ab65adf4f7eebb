"""A snapshot that breaks a rule of the data is not built: each check sees its fault, and what went in is hashed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from etl.assemble import assemble
from etl.build import build, content_hash
from etl.context import Fact, Options, SheetReading
from etl.corrections import NO_CORRECTIONS
from etl.load import Loaded
from etl.workbook import WorkbookReading
from tests.etl.findings import BookReader
from tests.etl.workbooks import matrix


def first_fact(reading: SheetReading) -> Fact:
    return reading.facts["criterion_result"][0]


FAULTS: list[tuple[str, Callable[[SheetReading], object]]] = [
    ("criterion_result.outcome", lambda reading: first_fact(reading).update(outcome="maybe")),
    ("criterion_result.set_code", lambda reading: first_fact(reading).update(set_code="XA_KHONG_CO")),
    ("facts_have_units", lambda reading: first_fact(reading).update(unit_code="99999")),
    ("facts_lead_to_cells", lambda reading: first_fact(reading).update(cell="AB99")),
    ("rows_conserved", lambda reading: reading.loaded.clear()),
    ("rejected_rows_explained", lambda reading: (reading.loaded.clear(), reading.rejected.add(8))),
]


@pytest.fixture
def reading(read_book: BookReader) -> WorkbookReading:
    return read_book(matrix([1, "Xã Vị Tân", *"xxxx"]))


def failed(folder: Path, reference: Path, reading: WorkbookReading) -> list[str]:
    loaded = Loaded((reading,), assemble([reading]), Options())
    return [check.name for check in build(folder / "ntm.part", reference, loaded).failed]


def test_sound_reading_fails_no_check(tmp_path: Path, small_reference: Path, reading: WorkbookReading) -> None:
    assert failed(tmp_path, small_reference, reading) == []


@pytest.mark.parametrize(("name", "break_it"), FAULTS, ids=[name for name, _ in FAULTS])
def test_check_sees_its_fault(
    tmp_path: Path,
    small_reference: Path,
    reading: WorkbookReading,
    name: str,
    break_it: Callable[[SheetReading], object],
) -> None:
    break_it(reading.sheets[0])
    assert name in failed(tmp_path, small_reference, reading)


def test_two_facts_of_one_cell_far_right_lead_there(
    tmp_path: Path, small_reference: Path, read_book: BookReader
) -> None:
    """Column AB is the 28th: the check counts columns as a spreadsheet does."""
    book = matrix([1, "Xã Vị Tân", *"xxxx"])
    book.active.insert_cols(3, 23)
    assert failed(tmp_path, small_reference, read_book(book)) == []


def test_hash_tells_content_and_options_apart(small_reference: Path, reading: WorkbookReading) -> None:
    def hashed(*readings: WorkbookReading, period: str | None = None) -> str:
        files = [(reading.path, reading.sha256) for reading in readings]
        return content_hash(small_reference, files, Options(period), NO_CORRECTIONS)

    other = WorkbookReading("khac.xlsx", "0" * 64)
    assert hashed(reading, other) == hashed(other, reading)
    assert len({hashed(reading), hashed(reading, other), hashed(reading, period="6/2022")}) == 3
