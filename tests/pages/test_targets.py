"""The target page over the sample, read as a person does: the published targets of Hậu Giang 2022 are exact."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from ntm.i18n import LANGUAGES, Translator, translator
from ntm.settings import settings
from ntm.warehouse import Snapshot, current_path
from tests.pages.reading import ENGLISH, NOTHING, PLACEHOLDER, RAW_KEY, VIETNAMESE, Visit

SAID = {
    "vi": (
        "chỉ tiêu 38/51 xã (74,51%) đến 31/12/2022, khi đến hạn thực hiện 37/51 xã (72,5%): **không đạt, thiếu 1 xã**",
        "9 xã (9/51 = 17,6% tổng số xã; 9/38 = 23,7% số xã NTM theo kế hoạch)",
        "khi đến hạn thực hiện 7 xã (7/51 = 13,7% tổng số xã; 7/37 = 18,9% số xã NTM): **không đạt, thiếu 2 xã**",
        "18,2 tiêu chí/xã đến 31/12/2022, khi đến hạn thực hiện 17,5 tiêu chí/xã: **không đạt, thiếu 0,7 tiêu chí/xã",
        "chỉ tiêu 14 tiêu chí đến 31/12/2022, khi đến hạn thực hiện 13 tiêu chí",
        "**Giao 3 xã đạt NTM:** Xã Phú Hữu (đã đạt), Xã Hiệp Hưng (chưa đạt, 18/19 tiêu chí), Xã Tân Phú (đã đạt).",
        "**Phấn đấu thêm 2 xã đạt NTM:** Xã Phú Tân (chưa đạt",
        "Cùng chỉ tiêu giao là 40/51 xã (78,4%)",
    ),
    "en": (
        "38 of 51 communes (74.51%) by 31 December 2022, actual 37 of 51 communes (72.5%) at the due date: **missed by",
        "9 communes (9/51 = 17.6% of all communes; 9/38 = 23.7% of the NTM communes planned)",
        "**missed by 2 communes**",
        "target 18.2 criteria per commune by 31 December 2022, actual 17.5",
        "**missed by 0.7 criteria per commune",
        "target 14 criteria by 31 December 2022, actual 13 criteria",
        "**3 firm communes for NTM:** Xã Phú Hữu (reached), Xã Hiệp Hưng (not yet, 18 of 19 criteria), Xã Tân Phú",
        "**2 more as stretch for NTM:** Xã Phú Tân (not yet",
        "With the firm target that is 40 of 51 communes (78.4%)",
    ),
}


@pytest.fixture(autouse=True)
def sample(monkeypatch: pytest.MonkeyPatch, sample_warehouse: Path) -> Iterator[None]:
    monkeypatch.setenv("NTM_WAREHOUSE", str(sample_warehouse))
    settings.cache_clear()
    yield
    settings.cache_clear()


@pytest.fixture(params=LANGUAGES)
def t(request: pytest.FixtureRequest) -> Translator:
    return translator(request.param)


def opened(patch: pytest.MonkeyPatch, **query: str) -> Visit:
    visit = Visit(patch, **query).open("targets.py")
    assert not visit.app.exception
    return visit


def test_hau_giang_2022_is_said_with_its_gaps_and_its_communes(monkeypatch: pytest.MonkeyPatch, t: Translator) -> None:
    visit = opened(monkeypatch, lang=t.language, month="12/2022", target_year="2022")
    assert [said for said in SAID[t.language] if said not in visit.text] == []
    table = next(table for table in visit.tables() if t("targets.pace_needed") in table)
    assert table[t("column.status")].tolist() == [t("status.missed")] * 3
    everything = list(visit.texts())
    for pattern in (NOTHING, RAW_KEY, PLACEHOLDER):
        assert [text for text in everything if pattern.search(text)] == []


def test_2025_is_shown_first_beside_the_frame_of_region_and_country(
    monkeypatch: pytest.MonkeyPatch, t: Translator
) -> None:
    visit = opened(monkeypatch, lang=t.language)
    assert visit.app.selectbox(key="target_year").value == "2025"
    frame = next(table for table in visit.tables() if t("targets.of_province", place="Tỉnh Hậu Giang") in table)
    own = frame.set_index([frame.columns[0], frame.columns[1]])[t("targets.of_province", place="Tỉnh Hậu Giang")]
    region = own.loc[t("region.DBSCL")]
    assert any(re.match(r"45(/| of )51 ", text) for text in region)
    assert any(re.match(r"5/8 ", text) for text in region), "district units that are NTM or completed the task"
    assert t("unknown") in own.loc[t("region.VN")].to_list(), "what no list tells is unknown and not zero"
    assert set(frame[frame.columns[-1]]) == {t("confidence.secondary")}


def test_the_communes_that_stand_between_are_listed_with_their_criteria_by_name(
    monkeypatch: pytest.MonkeyPatch, t: Translator
) -> None:
    visit = opened(monkeypatch, lang=t.language, targets_section="communes")
    firm, stretch, floor = (table for table in visit.tables() if t("targets.lacking") in table)
    assert (len(firm), len(stretch), len(floor)) == (8, 4, 3)
    slow = stretch[stretch[t("column.commune")] == "Xã Vĩnh Thuận Đông"][t("targets.lacking")].iloc[0]
    assert slow == ("Giao thông, Trường học, Thu nhập" if t.language == "vi" else "Transport, Schools, Income")
    unheard = firm[firm[t("column.commune")] == "Xã Tân Tiến"][t("targets.lacking")].iloc[0]
    assert unheard == t("targets.no_own_report", standard=t("standard.nang_cao")), "no report is no 'none'"
    said = [text for text in visit.texts(tables=False) if (ENGLISH if t.language == "vi" else VIETNAMESE).search(text)]
    assert said == []


def test_a_district_gets_no_part_of_the_provinces_targets(monkeypatch: pytest.MonkeyPatch) -> None:
    t = translator("vi")
    visit = opened(monkeypatch, district="Huyện Phụng Hiệp")
    assert t("targets.none_district", year=2025) in visit.text
    assert "45/51" not in visit.app.main.markdown[0].value
    assert "**Giao 2 xã đạt NTM:** Xã Hòa Mỹ (đã đạt), Xã Phương Bình (đã đạt)." in visit.text


def test_every_figure_opens_to_its_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    visit = opened(monkeypatch, month="12/2022", target_year="2022")
    for key, count in (("sources_targets", 7), ("sources_targets_ntm", 37), ("sources_targets_criteria", 51)):
        visit.app.button(key=key).click().run()
        rows = next(table for table in visit.tables() if "Ô" in table)
        assert len(rows) == count
        assert all(rows["Tệp"])
        assert rows["Ô"].is_unique or key != "sources_targets"


def test_products_behind_a_target_open_to_their_cells_as_many_as_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    visit = opened(monkeypatch, month="12/2022", target_year="2022")
    visit.app.button(key="sources_targets_products").click().run()
    assert not visit.app.exception
    rows = next(table for table in visit.tables() if "Ô" in table)
    assert len(rows) == 36, "mart_metric_month"
    assert all(rows["Ô"])


def test_districts_that_are_ntm_or_completed_the_task_are_counted_and_wards_are_unknown(
    sample_warehouse: Path,
) -> None:
    snapshot = Snapshot(current_path(sample_warehouse))

    def at(month: str) -> pd.Series:
        return snapshot.read("targets_metrics", unit="93", month=pd.Timestamp(month).date()).set_index("metric")[
            "value"
        ]

    assert (at("2022-12-31")["ntm_districts"], at("2025-06-30")["ntm_districts"]) == (3, 5)
    assert "civilised_wards" not in at("2025-06-30")
    assert "villages_ntm" not in at("2025-06-30")
