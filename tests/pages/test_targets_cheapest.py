"""The target page's cheapest way, as people read it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from ntm.i18n import LANGUAGES, Translator, translator
from ntm.settings import settings
from tests.etl.loading import Office
from tests.etl.money_books import works
from tests.etl.workbooks import ntm_matrix, recognition, recognitions
from tests.pages.reading import NOTHING, PLACEHOLDER, RAW_KEY, Visit

VI = translator("vi")
CITY = "Thành phố Vị Thanh"
NEEDS = "NHU CẦU VỐN ĐẦU TƯ CÁC CÔNG TRÌNH NÔNG THÔN MỚI XÃ VỊ TÂN, THÀNH PHỐ VỊ THANH, TỈNH HẬU GIANG NĂM 2025"


@pytest.fixture
def patch(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    yield monkeypatch
    settings.cache_clear()


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """One city: a commune that holds the standard, two near to it, one of them with its needs of money, one silent."""
    office = Office(tmp_path_factory.mktemp("office"))
    day = "(Số liệu đến 30/6/2025)"
    met = {"Xã Vị Tân": 17, "Xã Hoả Lựu": 18, "Xã Tân Tiến": 19, "Xã Hoả Tiến": None}
    needs = [
        ["I", "Tiêu chí số 18 Hệ thống chính trị", 300], [1, "Trụ sở xã", 300],
        ["II", "Tiêu chí số 19 Quốc phòng và An ninh", 45], [1, "Nhà làm việc", 45],
    ]  # fmt: skip
    office.load(
        tieu_chi=ntm_matrix(day, met, district=CITY),
        cong_nhan=recognitions(recognition("Xã Tân Tiến")),
        nhu_cau=works(*needs, headings=("Nhu cầu vốn năm 2025",), title=NEEDS, cut_off=day),
    )
    return office


def visit(patch: pytest.MonkeyPatch, warehouse: Path, t: Translator = VI, **query: str) -> Visit:
    patch.setenv("NTM_WAREHOUSE", str(warehouse))
    patch.setenv("NTM_PROVINCE", "93")
    settings.cache_clear()
    query = {"lang": t.language, "month": "06/2025", "targets_section": "cheapest"} | query
    page = Visit(patch, **query).open("targets.py")
    assert not page.app.exception
    for pattern in (NOTHING, RAW_KEY, PLACEHOLDER):
        assert [text for text in page.texts() if pattern.search(text)] == []
    return page


def communes(page: Visit, t: Translator = VI) -> pd.DataFrame:
    return next(table for table in page.tables() if {t("column.commune"), t("cheapest.agency")} <= set(table.columns))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_target_that_is_open_is_answered_in_a_sentence_with_its_communes(
    patch: pytest.MonkeyPatch, sample_warehouse: Path, language: str
) -> None:
    t = translator(language)
    page = visit(patch, sample_warehouse, t)
    least = t("cheapest.least_closures", closures="3", communes="3")
    assert t("cheapest.say_none_below_15", least=least, number="15") in page.text
    assert t("cheapest.cost_none", year=2025) in page.text
    table = communes(page, t)
    assert list(table[t("column.commune")]) == ["Xã Hòa An", "Xã Lương Tâm", "Xã Xà Phiên"]
    for _, row in table.iterrows():
        either = f"{row[t('cheapest.kind_close')]}, {row[t('cheapest.others')]}".split(", ")
        assert len(set(either)) == 5
    page.app.button(key="sources_cheapest").click().run()
    cells = page.tables()[-1]
    assert len(cells) == 3
    assert cells[t("sources.cell")].str.fullmatch("[A-Z]+[0-9]+").all()


def test_communes_that_would_do_as_well_are_named_and_the_plan_goes_into_what_if(
    patch: pytest.MonkeyPatch, sample_warehouse: Path
) -> None:
    page = visit(patch, sample_warehouse, cheapest_goal="own", cheapest_number="49")
    least = VI("cheapest.least_closures", closures="14", communes="4")
    said = VI("cheapest.say_count", least=least, communes="4", number="49", held="45", complete="0")
    assert said in page.text
    assert VI("cheapest.not_recognised") in page.text
    tied = {"Xã Hòa An", "Xã Lương Tâm", "Xã Xà Phiên"}
    (line,) = {line for line in page.text.splitlines() if "Không phải cách duy nhất" in line}
    assert all(name in line for name in tied)
    taken = set(communes(page)[VI("column.commune")])
    assert len(taken & tied) == 1
    page.app.button(key="cheapest_take").click().run()
    assert not page.app.exception
    assert page.app.session_state["targets_section"] == "whatif"
    assert all(name in page.text for name in taken)


def test_more_than_the_limits_allow_is_refused_with_what_they_do(
    patch: pytest.MonkeyPatch, sample_warehouse: Path
) -> None:
    page = visit(patch, sample_warehouse, cheapest_goal="own", cheapest_number="49", cheapest_excluded="9,17")
    assert VI("cheapest.fault_limits", number="49", most="47") in page.text


def test_known_costs_go_before_unknown_ones_and_open_to_their_cells(patch: pytest.MonkeyPatch, office: Office) -> None:
    fewest = visit(patch, office.warehouse, cheapest_goal="own", cheapest_number="2")
    assert list(communes(fewest)[VI("column.commune")]) == ["Xã Hoả Lựu"]
    page = visit(patch, office.warehouse, cheapest_goal="own", cheapest_number="2", cheapest_objective="cost")
    assert list(communes(page)[VI("column.commune")]) == ["Xã Vị Tân"]
    assert VI("cheapest.least_cost", closures="2", communes="1") in page.text
    assert VI("cheapest.cost_known", amount="345", known="2", unknown="0", year=2025) in page.text
    page.app.button(key="sources_cheapest_costs").click().run()
    assert page.tables()[-1][VI("cheapest.cost")].tolist() == ["300", "45"]


def test_what_is_unknown_is_verified_first_and_as_a_scenario_not_met(patch: pytest.MonkeyPatch, office: Office) -> None:
    page = visit(patch, office.warehouse, cheapest_goal="own", cheapest_number="4")
    assert VI("cheapest.verify", count="19") in page.text
    assert VI("and_more", count=51 - 3 - 1 - 8) in page.text
    page.app.toggle(key="cheapest_unmet").set_value(True).run()
    assert VI("cheapest.verify", count="19") not in page.text
    assert "Giả định đang bật" in page.text
