"""The data page over two loads: what changed in words, each change with both its places, and the loads so far."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from ntm.catalog import tables
from ntm.i18n import LANGUAGES, Translator, translator
from ntm.settings import settings
from ntm.ui.history_view import value_text
from tests.etl.loading import Office
from tests.etl.workbooks import funding, matrix, recognition, recognitions
from tests.pages.reading import NOTHING, PLACEHOLDER, RAW_KEY, Visit

CITY = ["I", "Thành phố Vị Thanh"]
BEFORE = matrix(CITY, [1, "Xã Vị Tân", *"xxxx"])
AFTER = matrix(CITY, [1, "Xã Vị Tân", "x", "x", "x", "CĐ"])
MONEY = funding(["I", "NGÂN SÁCH TRUNG ƯƠNG", 170914])


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Loaded twice: one outcome and the year of one recognition changed, one amount was added."""
    office = Office(tmp_path_factory.mktemp("office"))
    office.load(tieu_chi=BEFORE, cong_nhan=recognitions(recognition()))
    office.load(tieu_chi=AFTER, von=MONEY, cong_nhan=recognitions(recognition(year=2020)))
    return office


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Path, str], Visit]]:
    def visit(warehouse: Path, language: str) -> Visit:
        monkeypatch.setenv("NTM_WAREHOUSE", str(warehouse))
        settings.cache_clear()
        return Visit(monkeypatch, lang=language).open("data.py")

    yield visit
    settings.cache_clear()


@pytest.fixture(params=LANGUAGES)
def t(request: pytest.FixtureRequest) -> Translator:
    return translator(request.param)


def test_last_load_is_told_in_words_and_listed(
    office: Office, t: Translator, open_page: Callable[[Path, str], Visit]
) -> None:
    page = open_page(office.warehouse, t.language)
    assert not page.app.exception
    assert t("data.last_load", changed="2", added="1", removed="0") in page.text
    changes = next(table for table in page.tables() if t("column.old_place") in table)
    outcome, year, amount = changes.to_dict("records")
    old_place = "tieu_chi.xlsx › Sheet › F9"
    labels = {"vi": ("Giá trị cũ", "Giá trị mới"), "en": ("Old value", "New value")}[t.language]
    assert [outcome[label] for label in labels] == [t("outcome.met"), t("outcome.not_met")]
    assert (outcome[t("column.old_place")], outcome[t("sources.cell")]) == (old_place, "F9")
    assert (amount[t("sources.path")], amount[t("sources.cell")]) == ("von.xlsx", "C8")
    assert t.format.plain(170914) in amount[labels[1]]
    content = {"vi": "Nội dung", "en": "Content"}[t.language]
    assert t("event_name.recognised") in year[content]
    assert outcome[content].startswith({"vi": "Tiêu chí: 4; ", "en": "Criterion: 4; "}[t.language])
    loads = next(table for table in page.tables() if t("change.added").capitalize() in table)
    assert len(loads) == 2
    everything = list(page.texts())
    for pattern in (NOTHING, RAW_KEY, PLACEHOLDER):
        assert [text for text in everything if pattern.search(text)] == []


def test_every_code_of_a_fact_has_words(t: Translator) -> None:
    facts = [table for table in tables().values() if table.is_fact]
    codes = [
        (table.name, column, value)
        for table in facts
        for column in table.columns
        for value in column.values
        if value.replace("_", "").isalpha()
    ]
    raw = [(name, column.name, value) for name, column, value in codes if "_" in value_text(t, column, value, {})]
    same = [
        (name, column.name, value)
        for name, column, value in codes
        if t.language == "vi" and value_text(t, column, value, {}) == value
    ]
    assert (raw, same) == ([], [])


def test_snapshot_of_an_older_version_has_no_history(
    office: Office, t: Translator, tmp_path: Path, open_page: Callable[[Path, str], Visit]
) -> None:
    with duckdb.connect(str(tmp_path / "ntm-before-history.duckdb")) as connection:
        connection.execute("attach $path as new (read_only)", {"path": str(office.published())})
        connection.execute('copy from database new to "ntm-before-history"')
        connection.execute("drop table load_history; drop table fact_change; drop table file_history")
        connection.execute("alter table source_file drop column replaced_by")
    (tmp_path / "current").write_text("ntm-before-history.duckdb", encoding="utf-8")
    page = open_page(tmp_path, t.language)
    assert not page.app.exception
    assert t("error.page") not in page.text
    assert t("data.no_history") in page.text
