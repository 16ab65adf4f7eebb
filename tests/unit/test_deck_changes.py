"""A deck made again from a kept snapshot is the same; what a newer load changes is listed figure by figure."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook

from ntm.i18n import translator
from ntm.reports.deck.changes import Change, changes
from ntm.reports.deck.choice import Choice, deck_of
from ntm.reports.deck.files import write
from ntm.reports.deck.model import Deck
from ntm.warehouse import Snapshot
from tests import decks
from tests.etl.loading import Office
from tests.etl.workbooks import FIRST_ROW, funding, ntm_matrix, recognition, recognitions

VI = translator("vi")
AMOUNT = f"C{FIRST_ROW}"


def _money(central: int) -> Workbook:
    """Return the need of 2022 by source; the amount from the central budget stands in one cell."""
    return funding(
        [1, "Vốn Trung ương hỗ trợ cho Chương trình", central],
        [2, "Vốn Ngân sách địa phương (Tỉnh, huyện)", 200],
        headings=["Nhu cầu vốn năm 2022"],
        cut_off="(Số liệu đến 31/12/2022)",
    )


@pytest.fixture(scope="module")
def snapshots(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The snapshots of two loads; between them one cell of one workbook has changed."""
    office = Office(tmp_path_factory.mktemp("changes"))
    office.load(
        tc=ntm_matrix("(Số liệu đến 31/12/2022)", {"Xã Vị Tân": 14, "Xã Hỏa Lựu": 19}),
        cn=recognitions(recognition("Xã Hỏa Lựu")),
        von=_money(100),
    )
    older = office.published()
    office.load(von=_money(150))
    return older, office.published()


def _deck(path: Path) -> Deck:
    snapshot = Snapshot(path)
    try:
        return deck_of(Choice("93", 2022, 2022), snapshot.read, VI, snapshot.build_id)
    finally:
        snapshot.close()


@pytest.fixture(scope="module")
def made(snapshots: tuple[Path, Path]) -> tuple[Deck, Deck]:
    older, newer = snapshots
    return _deck(older), _deck(newer)


def test_the_kept_snapshot_gives_the_same_figures_again(snapshots: tuple[Path, Path], made: tuple[Deck, Deck]) -> None:
    again, before = _deck(snapshots[0]), made[0]
    assert again.figures() == before.figures()
    assert again.snapshot == before.snapshot != made[1].snapshot
    assert [slide.title for slide in again.slides] == [slide.title for slide in before.slides]
    assert [slide.sentences for slide in again.slides] == [slide.sentences for slide in before.slides]
    assert changes(before, again) == ()
    assert write(".xlsx", again, VI)  # a deck of a kept snapshot can be written, too


def test_what_changed_is_what_was_made_from_the_changed_cell(made: tuple[Deck, Deck]) -> None:
    before, now = made
    found = changes(before, now)
    assert found
    traced = {
        key
        for key, figure in now.figures().items()
        if any(cell.path == "von.xlsx" and cell.cell == AMOUNT for cell in figure.cells)
    }
    assert {change.key for change in found} <= traced
    said = {change.key: (change.before and change.before.text, change.now and change.now.text) for change in found}
    assert said["funding.need_2022_central"] == ("100", "150")
    assert said["funding.need_2022_without"] == ("300", "350")
    assert said["funding.need_2022_central_pct_without"] == ("33,33%", "42,86%")
    assert all(now.figures()[key].text == before.figures()[key].text for key in traced - set(said))


def test_figures_that_come_and_go_are_listed() -> None:
    before, now = decks.deck((decks.bar_slide(),)), decks.deck((decks.table_slide(),))
    found = changes(before, now)
    assert [change.key for change in found if change.before is None] == [*now.figures()]
    assert [change.key for change in found if change.now is None] == [*before.figures()]


def test_another_value_under_the_same_text_is_a_change() -> None:
    figure = decks.number("results.pct", 72.54, 1)
    before = decks.deck((decks.slide("a", "", sentences=(decks.sentence("s", "{one}", one=figure),)),))
    other = replace(figure, value=72.52)
    now = decks.deck((decks.slide("a", "", sentences=(decks.sentence("s", "{one}", one=other),)),))
    assert changes(before, now) == (Change("results.pct", figure, other),)
    assert changes(now, now) == ()
