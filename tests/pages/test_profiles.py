"""The pages of one commune and of one district: what is said, since when, beside whom, from which cell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import Workbook

from ntm.i18n import LANGUAGES, Translator, translator
from ntm.metrics.arrears import arrears_rules
from ntm.settings import settings
from ntm.ui.frame import column_label
from ntm.warehouse import Snapshot
from tests.etl.criteria_books import XA_HEAD, headed
from tests.etl.loading import Office
from tests.etl.money_books import arrears
from tests.etl.workbooks import NTM_SET, NTM_SET_BEFORE, form, ntm_matrix, recognition, recognitions
from tests.pages.reading import ENGLISH, NOTHING, PLACEHOLDER, RAW_KEY, VIETNAMESE, Visit

CITY = "Thành phố Vị Thanh"
VI_TAN, HOA_LUU = f"Xã Vị Tân ({CITY})", f"Xã Hoả Lựu ({CITY})"
NAMED = ["TT", "Tên xã", "Huyện", "Mức", "Năm", "Loại chỉ tiêu"]
PHU_HUU = "31378"
"""A code of two units: Xã Phú Hữu of Hậu Giang until 30 June 2025, another Xã Phú Hữu of Cần Thơ since then."""
CAUSE = "Thiếu 3,2 km *đường* <b>ấp</b>"
VI = translator("vi")

HELP = "tro-giup"
"""Address that the side bar of every page leads to."""


def plan(year: int) -> Workbook:
    title = f"DANH SÁCH XÃ ĐĂNG KÝ ĐẠT CHUẨN NÔNG THÔN MỚI TỈNH HẬU GIANG NĂM {year}"
    return form(title, NAMED, [[1, "Xã Vị Tân", CITY, "NTM", year, "giao"]], cut_off="")


def of_itself() -> Workbook:
    """A commune's own form: it says why criterion 2 is not met, and nothing of 3; criterion 1 is met."""
    paths = [(heading,) for heading in ("TT", "Tên tiêu chí", "Kết quả", "Đánh giá", "Nguyên nhân", "Kiến nghị")]
    rows: list[list[object]] = [[str(number), None, None, "Đạt", None, None] for number in range(1, 20)]
    rows[0][4] = "Mới phê duyệt"
    rows[1][3:] = ["CĐ", CAUSE, None]
    rows[2][3] = "CĐ"
    title = "KẾT QUẢ THỰC HIỆN BỘ TIÊU CHÍ QUỐC GIA VỀ XÃ NÔNG THÔN MỚI"
    return headed(paths, rows, title=title, remark=NTM_SET, head=XA_HEAD)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Two communes of 2022: one loses criteria, owes money and slips; the other falls silent after August."""
    office = Office(tmp_path_factory.mktemp("office"))
    owed = [1, "Đường ấp 3", "Xã Vị Tân, thành phố Vị Thanh", "2019-2021", 5200, 5000, 4100, 900, "Trả năm 2023"]
    both = {"Xã Vị Tân": 19, "Xã Hoả Lựu": 19}
    office.load(
        cu=ntm_matrix("(Số liệu đến 31/12/2021)", both, decision=NTM_SET_BEFORE, district=CITY),
        t8=ntm_matrix("(Số liệu đến 31/8/2022)", both, district=CITY),
        t9=ntm_matrix("(Số liệu đến 30/9/2022)", {"Xã Vị Tân": 18}, district=CITY),
        t10=ntm_matrix("(Số liệu đến 31/10/2022)", {"Xã Vị Tân": 17}, district=CITY),
        t11=ntm_matrix("(Số liệu đến 30/11/2022)", {"Xã Vị Tân": 17}, district=CITY),
        phu_huu=ntm_matrix(
            "(Số liệu đến 30/11/2022)", {"Xã Phú Hữu": 12, "Xã Đông Phú": 8}, district="Huyện Châu Thành"
        ),
        phu_huu_moi=ntm_matrix("(Số liệu đến 30/9/2025)", {"Xã Phú Hữu": 5}, province="THÀNH PHỐ CẦN THƠ"),
        no_dong=arrears(owed, cut_off="(Số liệu đến 30/9/2022)"),
        cong_nhan=recognitions(
            recognition("Xã Hoả Lựu"),
            recognition("Xã Đông Phú", "Huyện Châu Thành", number="2/QĐ-UBND"),
            cut_off="(Số liệu đến 30/11/2022)",
        ),
        dang_ky_2022=plan(2022),
        dang_ky_2023=plan(2023),
        vi_trung=of_itself(),
    )
    return office


@pytest.fixture
def patch(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    yield monkeypatch
    settings.cache_clear()


@pytest.fixture(params=LANGUAGES)
def t(request: pytest.FixtureRequest) -> Translator:
    return translator(request.param)


def visit(patch: pytest.MonkeyPatch, warehouse: Path, script: str, province: str = "93", **query: str) -> Visit:
    patch.setenv("NTM_WAREHOUSE", str(warehouse))
    patch.setenv("NTM_PROVINCE", province)
    settings.cache_clear()
    return Visit(patch, **query).open(script)


def in_hau_giang(patch: pytest.MonkeyPatch, office: Office, script: str, month: str, t: Translator = VI) -> Visit:
    return visit(patch, office.warehouse, script, lang=t.language, month=month)


def assert_well_said(page: Visit, t: Translator) -> None:
    assert not page.app.exception
    assert t("error.page") not in page.text
    everything = list(page.texts())
    for pattern in (NOTHING, RAW_KEY, PLACEHOLDER):
        assert [text for text in everything if pattern.search(text)] == []
    foreign = ENGLISH if t.language == "vi" else VIETNAMESE
    quoted_left_out = ("".join(text.split("'")[::2]) for text in page.texts(tables=False))
    assert [text for text in quoted_left_out if foreign.search(text)] == []


def table_with(page: Visit, column: str) -> pd.DataFrame:
    return next(table for table in page.tables() if column in table)


class TestCommune:
    def test_the_heading_answers_and_the_lines_say_since_when(
        self, patch: pytest.MonkeyPatch, office: Office, t: Translator
    ) -> None:
        page = in_hau_giang(patch, office, "commune.py", "11/2022", t).choose("commune", VI_TAN)
        assert_well_said(page, t)
        missing = t("commune.answer_missing", numbers="18, 19")
        standard = t("highest.none")
        answer = t("commune.answer", name="Xã Vị Tân", standard=standard, met="17", total="19", missing=missing)
        assert page.heading == answer
        lines = page.text.splitlines()
        for number, month in (("18", date(2022, 10, 31)), ("19", date(2022, 9, 30))):
            line = next(line for line in lines if line.startswith(f"- **{number} "))
            assert t("commune.since_met", month=t.format.month(month), before="") in line
        assert page.text.count('title="19. ') == page.text.count('aria-label="19. ') > 0

    def test_what_a_commune_says_of_its_unmet_criteria_is_shown_word_for_word_with_its_cell(
        self, patch: pytest.MonkeyPatch, office: Office, t: Translator
    ) -> None:
        page = in_hau_giang(patch, office, "commune.py", "11/2022", t)
        options = page.app.selectbox(key="commune").options
        page.choose("commune", next(option for option in options if option.startswith("Xã Vị Trung (")))
        assert_well_said(page, t)
        day = t.format.day(date(2022, 6, 30))
        assert t("profile.remarks_note", count="1", unmet="2", day=day) in [item.value for item in page.app.caption]
        label = column_label(t, "criterion_result", "cause")
        assert [item.value for item in page.app.text if CAUSE in item.value] == [f"{label}: {CAUSE}"], "inert"
        assert not any(CAUSE in item.value for item in page.app.markdown)
        page.app.button(key="sources_remarks").click().run()
        rows = page.tables()[-1]
        assert list(rows[label]) == [CAUSE]
        assert list(rows[t("sources.path")]) == ["vi_trung.xlsx"]
        assert list(rows[t("sources.cell")]) == ["D9"]

    def test_a_report_without_causes_says_that_there_are_none(self, patch: pytest.MonkeyPatch, office: Office) -> None:
        page = in_hau_giang(patch, office, "commune.py", "11/2022").choose("commune", VI_TAN)
        said = VI("profile.no_remarks", name="Xã Vị Tân", day="30/11/2022")
        assert said in [item.value for item in page.app.caption]

    def test_arrears_and_slippage_are_said_with_their_documents(
        self, patch: pytest.MonkeyPatch, office: Office, t: Translator
    ) -> None:
        page = in_hau_giang(patch, office, "commune.py", "11/2022", t).choose("commune", VI_TAN)
        day = t.format.day(date(2022, 9, 30))
        rule = arrears_rules()["recognition"]
        how_sure = t(f"confidence.{rule['confidence']}")
        said = {"amount": t.format.money(900), "day": day, "document": "18/2022/QĐ-TTg", "confidence": how_sure}
        assert t("commune.arrears", **said) in page.text
        assert "2022 → 2023" in page.text
        assert t("commune.slipped", years="1") in page.text
        assert t("commune.plan_open") in page.text

    def test_before_the_list_of_arrears_nothing_is_known_of_them(
        self, patch: pytest.MonkeyPatch, office: Office
    ) -> None:
        page = in_hau_giang(patch, office, "commune.py", "08/2022").choose("commune", VI_TAN)
        assert VI("commune.arrears_unknown") in page.text
        assert "18/2022" not in page.text

    def test_each_set_has_its_own_strip_and_what_was_lost_is_listed_with_its_cell(
        self, patch: pytest.MonkeyPatch, office: Office
    ) -> None:
        page = in_hau_giang(patch, office, "commune.py", "11/2022").choose("commune", VI_TAN)
        titles = [item.value for item in page.app.header]
        assert [title for title in titles if "NTM 20" in title] == [
            "Xã Vị Tân: NTM 2021–2025", "Xã Vị Tân: NTM 2016–2020",
        ]  # fmt: skip
        lost = table_with(page, VI("profile.turn"))
        assert list(lost[VI("profile.turn")]) == [VI("profile.turn_lost")] * 2
        page.app.button(key="sources_turns").click().run()
        rows = page.tables()[-1]
        assert list(rows[VI("sources.path")]) == ["t10.xlsx", "t9.xlsx"]
        assert list(rows[VI("sources.cell")]) == ["T9", "U9"]

    def test_a_commune_that_fell_silent_is_stale_and_not_worse(
        self, patch: pytest.MonkeyPatch, office: Office, t: Translator
    ) -> None:
        page = in_hau_giang(patch, office, "commune.py", "11/2022", t).choose("commune", HOA_LUU)
        assert_well_said(page, t)
        assert t("commune.stale", months="3") in [item.value for item in page.app.warning]
        assert t("profile.no_turns", name="Xã Hoả Lựu") in page.text
        assert t("commune.no_money") in page.text

    def test_two_communes_stand_side_by_side(self, patch: pytest.MonkeyPatch, office: Office, t: Translator) -> None:
        page = in_hau_giang(patch, office, "commune.py", "11/2022", t).choose("commune", VI_TAN)
        page.choose("with_commune", HOA_LUU)
        assert_well_said(page, t)
        both = table_with(page, t("profile.outcome_of", name="Xã Hoả Lựu"))
        assert len(both) == 19
        last = both.iloc[-1]
        assert last[t("profile.outcome_of", name="Xã Vị Tân")] == t("outcome.not_met")
        assert last[t("profile.outcome_of", name="Xã Hoả Lựu")] == t("outcome.met")
        assert last[t("profile.since_of", name="Xã Vị Tân")] == t.format.day(date(2022, 9, 30))
        assert page.app.button(key="sources_criteria_other")

    def test_a_holder_that_lost_too_many_criteria_is_to_be_considered_and_keeps_its_standing(
        self, patch: pytest.MonkeyPatch, office: Office, t: Translator
    ) -> None:
        page = in_hau_giang(patch, office, "commune.py", "11/2022", t)
        page.choose("commune", "Xã Đông Phú (Huyện Châu Thành)")
        assert_well_said(page, t)
        assert page.heading.startswith(f"Xã Đông Phú: {t('highest.ntm')}")
        assert t("commune.withdrawal", document="18/2022/QĐ-TTg") in [item.value for item in page.app.warning]
        page.choose("commune", "Xã Phú Hữu (Huyện Châu Thành)")
        assert not len(page.app.warning), "who holds no standard has none to lose"

    def test_wards_and_communes_without_any_report_say_so(
        self, patch: pytest.MonkeyPatch, office: Office, t: Translator
    ) -> None:
        page = in_hau_giang(patch, office, "commune.py", "11/2022", t)
        options = page.app.selectbox(key="commune").options
        ward = next(option for option in options if option.startswith("Phường"))
        page.choose("commune", ward)
        assert_well_said(page, t)
        assert page.heading == t("commune.answer_not_rural", name=ward.partition(" (")[0], kind="phường")
        page.choose("commune", next(option for option in options if option.startswith("Xã Tân Tiến")))
        assert_well_said(page, t)
        assert page.heading == t("commune.answer_no_report", name="Xã Tân Tiến", standard=t("highest.none"))
        assert t("profile.no_history", name="Xã Tân Tiến") in page.text

    def test_a_code_that_is_used_again_brings_nothing_of_the_unit_before(self, office: Office) -> None:
        snapshot = Snapshot(office.published())
        try:
            before, after = (
                snapshot.read("commune_history", unit=PHU_HUU, month=month)
                for month in (date(2025, 6, 30), date(2025, 9, 30))
            )
            parts = snapshot.read("commune_parts", unit=PHU_HUU, month=date(2025, 9, 30))
        finally:
            snapshot.close()
        assert {str(day.date()) for day in before["period_end"]} == {"2022-11-30"}
        assert {str(day.date()) for day in after["period_end"]} == {"2025-09-30"}
        assert set(parts["side"]) == {"before"}
        assert "Xã Phú Hữu" in set(parts["name"])


class TestSample:
    """Money, works and decisions of the sample."""

    def test_money_of_a_commune_is_said_by_year_and_opens_to_its_cells(
        self, patch: pytest.MonkeyPatch, sample_warehouse: Path, t: Translator
    ) -> None:
        page = visit(patch, sample_warehouse, "commune.py", lang=t.language, month="06/2025")
        page.choose("commune", "Xã Tân Phước Hưng (Huyện Phụng Hiệp)")
        assert_well_said(page, t)
        assert t("commune.no_money") not in page.text
        assert f"{t('stage.disbursed').lower()} " in page.text
        page.app.button(key="sources_money").click().run()
        rows = page.tables()[-1]
        assert set(rows[{"vi": "Năm", "en": "Year"}[t.language]]) == {"2022", "2023", "2024", "2025"}
        assert all(rows[t("sources.cell")])

    def test_the_card_beside_the_map_leads_to_the_pages(
        self, patch: pytest.MonkeyPatch, sample_warehouse: Path
    ) -> None:
        page = visit(patch, sample_warehouse, "commune.py", month="06/2025")
        page.choose("commune", "Xã Vĩnh Thuận Đông (Huyện Long Mỹ)")
        page.open("district.py").choose("district", "Huyện Long Mỹ")
        links = [link.proto for link in page.app.get("page_link") if link.proto.page != HELP]
        assert [link.page for link in links] == ["ho-so-xa"] * 7
        assert all("month=06%2F2025" in link.query_string for link in links)


class TestDistrict:
    def test_the_answer_what_binds_and_who_is_silent(
        self, patch: pytest.MonkeyPatch, office: Office, t: Translator
    ) -> None:
        page = in_hau_giang(patch, office, "district.py", "11/2022", t).choose("district", CITY)
        assert_well_said(page, t)
        assert page.heading.startswith(f"{CITY}: 1")
        binding = next(
            line for line in page.text.splitlines() if line.startswith(beginning(t("district.binding"), "- "))
        )
        assert binding.index("18 ") < binding.index("19 ")
        silent = next(item.value for item in page.app.warning)
        assert "Xã Hoả Lựu" in silent
        assert "Xã Vị Tân" not in silent
        communes = table_with(page, t("district.missing"))
        assert "18, 19" in set(communes[t("district.missing")])

    def test_without_a_choice_all_districts_are_offered(
        self, patch: pytest.MonkeyPatch, office: Office, t: Translator
    ) -> None:
        page = in_hau_giang(patch, office, "district.py", "11/2022", t)
        assert_well_said(page, t)
        assert len([link for link in page.app.get("page_link") if link.proto.page != HELP]) == 8

    def test_two_districts_stand_side_by_side(self, patch: pytest.MonkeyPatch, office: Office, t: Translator) -> None:
        page = in_hau_giang(patch, office, "district.py", "11/2022", t).choose("district", CITY)
        page.choose("with_district", "Huyện Châu Thành")
        assert_well_said(page, t)
        headings = [item.value for item in page.app.header]
        assert headings[0].startswith(CITY)
        assert any(heading.startswith("Huyện Châu Thành:") for heading in headings)

    def test_after_the_district_level_ended_the_page_says_so(
        self, patch: pytest.MonkeyPatch, office: Office, t: Translator
    ) -> None:
        page = visit(patch, office.warehouse, "district.py", "92", lang=t.language, month="09/2025")
        assert_well_said(page, t)
        assert t("district.none") in page.text


def beginning(text: str, before: str = "") -> str:
    return before + text.partition("{")[0]
