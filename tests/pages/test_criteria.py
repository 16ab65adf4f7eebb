"""The criteria page: what it answers before any chart, each of its sections, and what it says of the unknown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ntm.i18n import Translator, translator
from ntm.settings import settings
from ntm.ui.sections import SECTIONS
from tests.etl.loading import Office
from tests.etl.workbooks import NTM_SET_BEFORE, ntm_matrix, recognition, recognitions
from tests.pages.reading import ENGLISH, NOTHING, PLACEHOLDER, RAW_KEY, VIETNAMESE, Visit

CITY = "Thành phố Vị Thanh"
VI, EN = translator("vi"), translator("en")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """One recognised commune that fails by half, one a criterion away, one that lost two; the rest is silent."""
    office = Office(tmp_path_factory.mktemp("office"))
    before: dict[str, int | None] = {"Xã Vị Tân": 19, "Xã Hoả Lựu": 19, "Xã Hoả Tiến": 19}
    office.load(
        cu=ntm_matrix("(Số liệu đến 31/12/2021)", before, decision=NTM_SET_BEFORE, district=CITY),
        t10=ntm_matrix("(Số liệu đến 31/10/2022)", {**before, "Xã Vị Tân": 9}, district=CITY),
        t11=ntm_matrix(
            "(Số liệu đến 30/11/2022)", {"Xã Vị Tân": 9, "Xã Hoả Lựu": 18, "Xã Hoả Tiến": 17}, district=CITY
        ),
        cong_nhan=recognitions(recognition("Xã Vị Tân", year=2019), cut_off="(Số liệu đến 30/11/2022)"),
    )
    return office


@pytest.fixture
def patch(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    yield monkeypatch
    settings.cache_clear()


def visit(patch: pytest.MonkeyPatch, warehouse: Path, t: Translator, **query: str) -> Visit:
    patch.setenv("NTM_WAREHOUSE", str(warehouse))
    patch.setenv("NTM_PROVINCE", "93")
    settings.cache_clear()
    return Visit(patch, lang=t.language, **query).open("criteria.py")


def assert_well_said(page: Visit, t: Translator) -> None:
    assert not page.app.exception
    assert t("error.page") not in page.text
    everything = list(page.texts())
    for pattern in (NOTHING, RAW_KEY, PLACEHOLDER):
        assert [text for text in everything if pattern.search(text)] == []
    foreign = ENGLISH if t.language == "vi" else VIETNAMESE
    assert [text for text in page.texts(tables=False) if foreign.search(text)] == []


@pytest.mark.parametrize("section", SECTIONS["criteria"][1:])
def test_every_section_is_said_in_english_too(patch: pytest.MonkeyPatch, sample_warehouse: Path, section: str) -> None:
    """The first section is looked at in both languages with all pages."""
    assert_well_said(visit(patch, sample_warehouse, EN, month="12/2022", criteria_section=section), EN)


def test_the_sentences_name_what_binds_who_is_near_what_was_lost_and_who_is_to_be_considered(
    patch: pytest.MonkeyPatch, office: Office
) -> None:
    page = visit(patch, office.warehouse, VI, month="11/2022", criteria_section="reassessment")
    assert_well_said(page, VI)
    said = page.text
    assert "**19 Quốc phòng và An ninh**: 3 xã chưa đạt trong 3 xã biết kết quả; 48 xã chưa rõ" in said
    assert "**1 xã chưa đạt chuẩn chỉ còn thiếu 1 tiêu chí**: 19 Quốc phòng và An ninh (Xã Hoả Lựu)" in said
    assert "**Năm 2022 có 3 lần xã mất tiêu chí đã đạt** (ở 2 xã); **3 chưa đạt lại**" in said
    assert "**1 xã thuộc diện xem xét thu hồi** theo Quyết định 18/2022/QĐ-TTg: Xã Vị Tân." in said
    table = next(table for table in page.tables() if "Diện xem xét thu hồi" in table)
    (row,) = table[table["Xã"] == "Xã Vị Tân"].to_dict("records")
    assert row["Diện xem xét thu hồi"] == VI("criteria_verdict.consider")
    assert row["Căn cứ"].startswith("10/19 tiêu chí chưa đạt (52,6%), trong đó có 10 Thu nhập; 17 ")
    assert VI("criteria.districts_none") in said


def test_a_lost_criterion_has_both_reports_and_opens_to_the_cells_of_both(
    patch: pytest.MonkeyPatch, office: Office
) -> None:
    page = visit(patch, office.warehouse, VI, month="11/2022", criteria_section="regressions")
    assert_well_said(page, VI)
    table = next(table for table in page.tables() if VI("criteria.met_on") in table)
    assert set(table[VI("criteria.met_on")]) == {"31/10/2022"}
    assert set(table[VI("criteria.lost_on")]) == {"30/11/2022"}
    page.app.button(key="sources_criteria_lost_all").click().run()
    cells = next(table for table in page.tables() if VI("sources.cell") in table)
    assert len(cells) == 6
    assert set(cells[VI("sources.path")]) == {"t10.xlsx", "t11.xlsx"}
