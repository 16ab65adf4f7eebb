"""Good workbooks, damaged at random: never a crash, never a value under the wrong label, never a row lost.

`make fuzz` damages more of them, in other ways each time; the tests damage the same ones in every run.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.utils.cell import coordinate_to_tuple

from etl.context import Reference, SheetReading
from etl.template import example_of, read_template, template_book, template_names
from etl.workbook import Options, WorkbookReading, read_file
from tests.etl.findings import issues_of
from tests.etl.fuzz_books import BOOKS
from tests.etl.fuzz_damage import DAMAGES, Damage
from tests.etl.fuzz_model import Sheet, book_of, copied, sheets_of
from tests.etl.fuzz_oracle import Oracle

ASKED = os.environ.get("NTM_FUZZ_EXAMPLES")
EXAMPLES = int(ASKED or 520)
TEMPLATES_SHARE = 0.25
MOST_DAMAGES = 4
DAMAGE = st.lists(st.sampled_from(DAMAGES), min_size=1, max_size=MOST_DAMAGES)


def examples(share: float) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return the settings of a test that takes a share of all examples."""
    return settings(
        max_examples=max(1, round(EXAMPLES * share)),
        deadline=None,
        database=None,
        derandomize=ASKED is None,
        suppress_health_check=list(HealthCheck),
    )


@cache
def good(name: str) -> tuple[Sheet, ...]:
    if name in BOOKS:
        return tuple(sheets_of(BOOKS[name]()))
    return tuple(sheets_of(template_book(name, example_of(read_template(name)))))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz")


@pytest.mark.parametrize("name", BOOKS)
def test_good_workbook_is_read_whole(name: str, folder: Path, reference: Reference) -> None:
    """What is damaged below is sound before, and whoever judges it agrees."""
    reading = read(good(name), folder, reference)
    assert [issue for issue in issues_of(reading) if issue.severity == "block"] == []
    assert sum(len(facts) for facts in reading.sheets[0].facts.values()) >= 3
    assert faults(good(name), reading) == []
    assert mislabelled(good(name), reading, reference) == []


@pytest.mark.parametrize("name", BOOKS)
def test_damaged_workbook_never_misleads(name: str, folder: Path, reference: Reference) -> None:
    @examples((1 - TEMPLATES_SHARE) / len(BOOKS))
    @given(DAMAGE, st.data())
    def damaged(damages: list[Damage], data: st.DataObject) -> None:
        sheets = damaged_sheets(name, damages, data)
        reading = read(sheets, folder, reference)
        assert faults(sheets, reading) + mislabelled(sheets, reading, reference) == []

    damaged()


def test_damaged_template_never_fails_nor_loses_a_row(folder: Path, reference: Reference) -> None:
    @examples(TEMPLATES_SHARE)
    @given(st.sampled_from(template_names()), DAMAGE, st.data())
    def damaged(name: str, damages: list[Damage], data: st.DataObject) -> None:
        sheets = damaged_sheets(name, damages, data)
        assert faults(sheets, read(sheets, folder, reference)) == []

    damaged()


def damaged_sheets(name: str, damages: Sequence[Damage], data: st.DataObject) -> list[Sheet]:
    sheets = [copied(sheet, sheet.title) for sheet in good(name)]
    for damage in damages:
        damage(sheets, data.draw)
    return sheets


def read(sheets: Sequence[Sheet], folder: Path, reference: Reference) -> WorkbookReading:
    path = folder / "bieu.xlsx"
    book_of(list(sheets)).save(path)
    return read_file(path, path.name, reference, Options())


def mislabelled(sheets: Sequence[Sheet], reading: WorkbookReading, reference: Reference) -> list[str]:
    """Return the facts that the cells around them do not bear out."""
    by_title = {sheet.title: sheet for sheet in sheets}
    found = []
    for part in reading.sheets:
        if part.period_end:
            found += Oracle(by_title[part.sheet], reference.register, part.period_end).faults(part)
    return found


def faults(sheets: Sequence[Sheet], reading: WorkbookReading) -> list[str]:
    """Return what must not be in any reading: findings that cannot be told, rows and cells that do not add up."""
    by_title = {sheet.title: sheet for sheet in sheets}
    found = []
    for issue in issues_of(reading):
        told = [issue.text(part, language) for part in ("message", "remedy") for language in ("vi", "en")]
        if issue.code == "FILE_FAILED" or not all(told):
            found.append(issue.code)
    for part in reading.sheets:
        found += _unaccounted(part)
        found += _nowhere(part, by_title[part.sheet])
    return found


def _unaccounted(part: SheetReading) -> list[str]:
    found = []
    if part.read != part.loaded | part.rejected or part.loaded & part.rejected:
        found.append(f"rows read {part.read}, loaded {part.loaded}, rejected {part.rejected}")
    if len(part.issues) < len(part.rejected):
        found.append(f"{len(part.rejected)} rows rejected, {len(part.issues)} findings")
    return found


def _nowhere(part: SheetReading, sheet: Sheet) -> list[str]:
    """Return the facts whose cell is empty. A mark may be blank if nothing is met by it, a target may have no value."""
    return [
        f"{table} at {fact['cell']}, which is empty"
        for table, rows in part.facts.items()
        for fact in rows
        if fact.get("outcome") in (None, "met")
        and (table, fact.get("value")) != ("target", None)
        and sheet.cells.get(coordinate_to_tuple(str(fact["cell"]))) is None
    ]
