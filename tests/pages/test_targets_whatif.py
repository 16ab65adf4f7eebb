"""The what-if section of the target page as people use it: choose, save, open by link, compare."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from ntm.i18n import LANGUAGES, Translator, translator
from ntm.saved import listing, save
from ntm.settings import settings
from tests.pages.reading import ENGLISH, NOTHING, PLACEHOLDER, RAW_KEY, VIETNAMESE, Visit

VI = translator("vi")
HOSTILE = '<img src=x onerror=alert(1)> [x](http://evil) **b** =HYPERLINK("http://evil")'
NEAR = [["31399", "15"], ["31408", "13"]]


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, sample_warehouse: Path, tmp_path: Path) -> Iterator[Path]:
    """Empty folder of saved things, with the sample as the warehouse."""
    monkeypatch.setenv("NTM_WAREHOUSE", str(sample_warehouse))
    monkeypatch.setenv("NTM_SAVED", str(tmp_path))
    settings.cache_clear()
    yield tmp_path
    settings.cache_clear()


@pytest.fixture
def visit(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Visit:
    return Visit(monkeypatch, targets_section="whatif").open("targets.py")


def content(**values: object) -> dict[str, object]:
    empty: dict[str, object] = {"closures": [], "delays": [], "withdrawn": [], "targets": [], "weights": []}
    return empty | {"unit": "93", "month": "2025-06-30", "before": {"full": 30}, "after": {"full": 33}} | values


def test_presets_change_the_figures_and_recognise_nobody(visit: Visit) -> None:
    assert VI("whatif.nothing_chosen") in visit.text
    visit.app.number_input(key="whatif_most").set_value(3).run()
    visit.app.button(key="whatif_add").click().run()
    assert "hoàn thành thêm 25 tiêu chí ở 14 xã" in visit.text
    assert "từ **34** thành **48/51 xã (94,1%)**" in visit.text
    assert "**3 xã đủ tiêu chí, chờ công nhận**" in visit.text
    assert "vẫn là **45**" in visit.text
    visit.app.button(key="whatif_clear").click().run()
    assert VI("whatif.nothing_chosen") in visit.text


def test_a_scenario_is_saved_with_a_hostile_name_that_stays_text(visit: Visit, folder: Path) -> None:
    visit.app.button(key="whatif_add").click().run()
    visit.app.text_input(key="whatif_name").set_value(HOSTILE)
    visit.app.text_input(key="whatif_author").set_value(HOSTILE)
    visit.app.button(key="whatif_save_button").click().run()
    (made,) = listing(folder, "scenario")
    assert made.name == HOSTILE
    assert visit.app.query_params["scenario"] == made.id
    assert any(HOSTILE in text.value for text in visit.app.text)
    markup = [*visit.app.markdown, *visit.app.caption, *visit.app.header, *visit.app.info, *visit.app.warning]
    assert [element.value for element in markup if "evil" in element.value] == []
    assert not visit.app.exception


def test_a_link_opens_the_scenario_and_sets_then_beside_now(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    closures = [*NEAR, ["31333", "1"], ["99999", "1"]]
    made = save(
        folder, "scenario", name="Hai xã", author="Ánh", snapshot="ntm-older", content=content(closures=closures)
    )
    visit = Visit(monkeypatch, targets_section="whatif", scenario=made.id).open("targets.py")
    assert "hoàn thành thêm 2 tiêu chí ở 2 xã" in visit.text
    assert "ntm-older" in visit.text
    assert VI("whatif.idle", count=2) in visit.text
    then = next(table for table in visit.tables() if VI("whatif.then_before") in table)
    row = then[then[VI("whatif.figure")] == VI("whatif.figure_full")].iloc[0]
    assert list(row)[1:] == ["30", "33", "34", "36"]


@pytest.mark.parametrize("id", ["../../etc/passwd", "aaaaaaaaaa", "<b>"])
def test_a_link_to_nothing_says_so(id: str, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    visit = Visit(monkeypatch, targets_section="whatif", scenario=id).open("targets.py")
    assert VI("whatif.not_found") in visit.text
    assert VI("whatif.nothing_chosen") in visit.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_are_compared_and_damaged_files_are_told_in_either_language(
    language: str, monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    t: Translator = translator(language)
    a = save(folder, "scenario", name="A", author="x", snapshot="s", content=content(closures=NEAR))
    b = save(
        folder, "scenario", name="B", author="y", snapshot="s",
        content=content(delays=[["31402", 12]], withdrawn=["31333"], weights=[["2", 3.0]]),
    )  # fmt: skip
    (folder / "scenario" / "hong.json").write_text("{", "utf-8")
    (folder / "scenario" / "aaaaaaaaaa.json").write_text(json.dumps([]), "utf-8")
    visit = Visit(monkeypatch, lang=language, targets_section="whatif", scenario=b.id).open("targets.py")
    visit.app.multiselect(key="whatif_compared").set_value([a.id, b.id]).run()
    assert t("saved.broken", count=2) in visit.text
    pair = next(table for table in visit.tables() if "A" in table and "B" in table)
    rows = pair.set_index(t("whatif.figure"))[["A", "B"]].T
    assert list(rows[t("whatif.figure_full")]) == ["36", "34"]
    assert list(rows[t("whatif.figure_ntm")]) == ["45", "44"]
    for text in visit.texts():
        assert not RAW_KEY.search(text), text
        assert not PLACEHOLDER.search(text), text
        assert not NOTHING.search(text), text
    section = [text for text in visit.texts(tables=False) if text not in ("A", "B")]
    wrong = ENGLISH if language == "vi" else VIETNAMESE
    own = {
        value
        for key, value in translator("vi" if language == "en" else "en").texts.items()
        if key.startswith("whatif.")
    }
    assert [text for text in section if text in own and wrong.search(text)] == []
