"""The conference page: chosen, mended, saved with its snapshot, opened by link, and told what a newer load changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from ntm.i18n import translator
from ntm.settings import settings
from ntm.ui.conference_preview import literal
from ntm.warehouse import PINNED, current_path
from tests.etl.loading import Office
from tests.etl.workbooks import ntm_matrix, recognition, recognitions
from tests.pages.reading import NOTHING, PLACEHOLDER, RAW_KEY, Visit

VI, EN = translator("vi"), translator("en")
SAY = "deck_text_results.say_ntm"
CITY = "Thành phố Vị Thanh"
FIRST = recognition()
SECOND = recognition(name="Xã Hoả Lựu", day=date(2022, 11, 1), year=2022, number="2/QĐ-UBND")


@pytest.fixture(scope="module")
def patch() -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as module_patch:
        yield module_patch
    settings.cache_clear()


@pytest.fixture
def sample(patch: pytest.MonkeyPatch, sample_warehouse: Path) -> None:
    patch.setenv("NTM_WAREHOUSE", str(sample_warehouse))
    settings.cache_clear()


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Loaded once: one of two communes holds the standard at the end of 2022."""
    office = Office(tmp_path_factory.mktemp("office"))
    criteria = ntm_matrix("(Số liệu đến 31/12/2022)", {"Xã Vị Tân": 19, "Xã Hoả Lựu": 19}, district=CITY)
    office.load(tieu_chi=criteria, cong_nhan=recognitions(FIRST))
    return office


def opened(patch: pytest.MonkeyPatch, **query: str) -> Visit:
    return Visit(patch, **{"deck_sections": "results", **query}).open("conference.py")


@pytest.mark.usefixtures("sample")
class TestOverTheSample:
    def test_level_unit_and_years_choose_what_the_deck_says(self, patch: pytest.MonkeyPatch) -> None:
        visit = opened(patch, deck_level="district", deck_district="936", deck_years="2022")
        assert not visit.app.exception
        assert visit.heading == VI("conference.heading", place="Huyện Long Mỹ")
        assert "**Huyện Long Mỹ**, giai đoạn 2022, số liệu đến **31/12/2022**" in visit.text
        assert current_path().stem in visit.text
        visit.choose("deck_years", "2021-2023")
        assert "số liệu đến **31/12/2023**" in visit.text

    def test_a_commune_has_a_deck_of_its_own(self, patch: pytest.MonkeyPatch) -> None:
        visit = opened(patch, deck_level="commune", deck_district="930", deck_commune="31333", lang="en")
        assert visit.heading == EN("conference.heading", place="Xã Vị Tân")
        assert not visit.app.error

    def test_a_figure_opens_to_its_cells(self, patch: pytest.MonkeyPatch) -> None:
        visit = opened(patch, deck_years="2022")
        visit.app.button(key="deck_cells_results.standing").click().run()
        rows = next(table for table in visit.tables() if "Ô" in table)
        assert set(rows["Tệp"]) == {"cong_nhan/cong_nhan_ntm.xlsx"}
        assert (rows[VI("conference.figure")] == "37").sum() >= 37

    def test_a_sentence_written_over_is_marked_and_an_empty_one_is_taken_out(self, patch: pytest.MonkeyPatch) -> None:
        visit = opened(patch, deck_years="2022")
        was = visit.app.text_area(key=SAY).value
        assert was
        assert was.startswith("37/51 xã")
        visit.app.text_area(key=SAY).set_value("Cơ bản [đạt](http://x.example)\u202e").run()
        assert f"{literal('Cơ bản [đạt](http://x.example)')} :orange-badge[{VI('conference.edited')}]" in visit.text
        visit.app.text_area(key=SAY).set_value("").run()
        assert was not in [item.value for item in visit.app.markdown]
        visit.app.button(key="deck_undo_results.standing").click().run()
        assert was in [item.value for item in visit.app.markdown]
        assert VI("conference.edited") not in visit.text

    def test_decks_of_all_communes_come_as_one_file(self, patch: pytest.MonkeyPatch) -> None:
        visit = opened(patch, deck_level="district", deck_district="931", deck_years="2022", deck_part="many")
        visit.choose("deck_kind", ".xlsx")
        visit.app.button(key="deck_many").click().run()
        assert VI("conference.made", made=2, count=2) in visit.text
        assert VI("conference.zip") in visit.text

    def test_a_snapshot_that_is_gone_is_told_and_the_current_one_shown(self, patch: pytest.MonkeyPatch) -> None:
        visit = Visit(patch, snapshot="ntm-20200101T000000000000Z")
        assert "Bản số liệu 'ntm-20200101T000000000000Z' không còn" in visit.text
        assert current_path().stem in visit.open("conference.py").text
        assert VI("frozen.back") not in visit.text


def test_a_saved_deck_keeps_its_figures_and_tells_what_a_newer_load_changed(
    patch: pytest.MonkeyPatch, office: Office, tmp_path: Path
) -> None:
    patch.setenv("NTM_WAREHOUSE", str(office.warehouse))
    patch.setenv("NTM_SAVED", str(tmp_path))
    settings.cache_clear()
    first = current_path().stem

    visit = opened(patch, deck_years="2022")
    visit.app.text_area(key=SAY).set_value("Câu của người trình bày.").run()
    visit.app.segmented_control(key="deck_part").set_value("saved").run()
    visit.app.text_input(key="conference_name").set_value("Sơ kết **2022**")
    visit.app.text_input(key="conference_author").set_value("Ánh")
    visit.app.button(key="deck_save_button").click().run()
    id = visit.app.query_params["deck"]
    assert (office.warehouse / PINNED).read_text(encoding="utf-8").split() == [first]
    assert VI("conference.unchanged_snapshot").partition("{")[0] in visit.text
    assert "Sơ kết **2022** · Ánh" in "\n".join(item.value for item in visit.app.text)

    office.load(cong_nhan=recognitions(FIRST, SECOND))
    again = Visit(patch, deck=id).open("conference.py")
    assert not again.app.exception
    assert VI("frozen.banner", build="").partition("{")[0][:30] in again.text
    assert "1/51 xã" in again.text
    assert "Câu của người trình bày." in again.text
    assert "**Số liệu đã thay đổi:**" in again.text
    table = next(table for table in again.tables() if VI("conference.column_before") in table)
    before, now = (table[VI(f"conference.column_{name}")] for name in ("before", "now"))
    held = table[(before == "1") & (now == "2")].iloc[0]
    assert "cong_nhan.xlsx › Sheet › " in held[VI("conference.column_cells_now")]
    everything = list(again.texts())
    for pattern in (NOTHING, RAW_KEY, PLACEHOLDER):
        assert [text for text in everything if pattern.search(text)] == []

    again.open("overview.py")
    assert VI("frozen.is_older") in again.text
    assert again.metrics[VI("overview.card_ntm")] == "1/51"
    again.open("conference.py").app.button(key="deck_take_current").click().run()
    assert VI("frozen.is_older") not in again.text
    assert "2/51 xã" in again.text
