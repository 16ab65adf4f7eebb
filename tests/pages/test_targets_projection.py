"""Section 'projection' of the target page: what it says, what it is based on, and when it says nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ntm.i18n import LANGUAGES, translator
from ntm.settings import settings
from tests.pages.reading import ENGLISH, NOTHING, PLACEHOLDER, RAW_KEY, VIETNAMESE, Visit

VI = translator("vi")


@pytest.fixture(autouse=True)
def sample(monkeypatch: pytest.MonkeyPatch, sample_warehouse: Path) -> Iterator[None]:
    monkeypatch.setenv("NTM_WAREHOUSE", str(sample_warehouse))
    settings.cache_clear()
    yield
    settings.cache_clear()


def visit(patch: pytest.MonkeyPatch, **query: str) -> Visit:
    return Visit(patch, targets_section="projection", **query).open("targets.py")


def of_section(text: str, t: object = VI) -> str:
    return text.partition(t("projection.due"))[2]  # type: ignore[operator]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_where_the_pace_leads_with_interval_basis_and_coverage(
    monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    t = translator(language)
    page = visit(monkeypatch, lang=language)
    assert not page.app.exception
    said = of_section(page.text, t)
    assert t("projection.reform") in said  # 6/2025 to 12/2025
    assert t("projection.tested").partition("{")[0] in said
    assert t("projection.lacking_recognitions").partition(":")[0] in said  # kiểu mẫu: three decisions
    assert ("18,5; khả năng đạt" if language == "vi" else "18.5; chance") in said
    everything = list(page.texts())
    for pattern in (NOTHING, RAW_KEY, PLACEHOLDER):
        assert [text for text in everything if pattern.search(text)] == []
    foreign = ENGLISH if language == "vi" else VIETNAMESE
    assert not foreign.search(said.replace("Singer và Willett", ""))


def test_a_month_with_little_history_says_not_enough_data(monkeypatch: pytest.MonkeyPatch) -> None:
    page = visit(monkeypatch, month="03/2023")
    assert "Chưa đủ số liệu" in page.text
    assert "Mới có 9 tháng báo cáo" in page.text
    assert VI("projection.communes_note").partition(".")[0] not in page.text


def test_communes_that_plans_name_and_are_unlikely_need_attention(monkeypatch: pytest.MonkeyPatch) -> None:
    page = visit(monkeypatch, month="06/2024")
    tables = [table for table in page.tables() if VI("projection.watch") in table]
    assert len(tables) == 1
    named = tables[0].set_index(VI("column.commune"))
    assert named.loc["Xã Hòa Mỹ", VI("projection.watch")] == VI("projection.attention")
    assert named.index[0] in {"Xã Hòa Mỹ", "Xã Phương Bình"}


def test_the_reports_it_begins_with_open_to_their_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    page = visit(monkeypatch)
    page.app.button(key="sources_projection").click().run()
    cells = next(table for table in page.tables() if VI("sources.cell") in table)
    assert len(cells) == 51
    assert cells[VI("sources.path")].str.contains("tieu_chi_2025_06").all()
