"""The funding page's sections on communes, works, arrears and counterpart funding, as people read them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from ntm.i18n import LANGUAGES, Translator, translator
from ntm.metrics.arrears import arrears_rules
from ntm.settings import settings
from ntm.warehouse import POINTER, Snapshot, current_path
from tests.etl.loading import Office
from tests.etl.money_books import arrears
from tests.etl.workbooks import form, ntm_matrix
from tests.pages.reading import ENGLISH, NOTHING, PLACEHOLDER, RAW_KEY, VIETNAMESE, Visit

VI = translator("vi")
CITY = "Thành phố Vị Thanh"


@pytest.fixture
def patch(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    yield monkeypatch
    settings.cache_clear()


@pytest.fixture(params=LANGUAGES)
def t(request: pytest.FixtureRequest) -> Translator:
    return translator(request.param)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Nothing but criteria of one city, a list of arrears that this city sent, and a plan that names two communes."""
    office = Office(tmp_path_factory.mktemp("office"))
    owed = [1, "Đường ấp 3", "Xã Vị Tân, thành phố Vị Thanh", "2019-2021", 5200, 5000, 4100, 900, "Trả năm 2023"]
    bare = [2, "Nhà văn hóa", "Xã Hoả Lựu, thành phố Vị Thanh", None, 100, 90, 50, 40, None]
    named = ["TT", "Tên xã", "Huyện", "Mức", "Năm", "Loại chỉ tiêu"]
    plan = [[1, "Xã Vị Tân", CITY, "NTM", 2022, "giao"], [2, "Xã Đông Phú", "Huyện Châu Thành", "NTM", 2022, "giao"]]
    title = "DANH SÁCH XÃ ĐĂNG KÝ ĐẠT CHUẨN NÔNG THÔN MỚI TỈNH HẬU GIANG NĂM 2022"
    office.load(
        t11=ntm_matrix("(Số liệu đến 30/11/2022)", {"Xã Vị Tân": 17, "Xã Hoả Lựu": 19}, district=CITY),
        t11b=ntm_matrix("(Số liệu đến 30/11/2022)", {"Xã Đông Phú": 12}, district="Huyện Châu Thành"),
        no_dong=arrears(
            owed, bare,
            title="TỔNG HỢP NỢ ĐỌNG XÂY DỰNG CƠ BẢN TRONG XÂY DỰNG NÔNG THÔN MỚI THÀNH PHỐ VỊ THANH TỈNH HẬU GIANG",
            cut_off="(Số liệu đến 30/9/2022)",
        ),
        dang_ky=form(title, named, plan, cut_off=""),
    )  # fmt: skip
    return office


@pytest.fixture(scope="module")
def ruled(sample_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample with a resolution of the province: 150% for central money, in force from 2022."""
    folder = tmp_path_factory.mktemp("ruled") / "kho"
    shutil.copytree(sample_warehouse, folder)
    # Another name than the sample's: what was read is kept by it.
    ours = current_path(folder).rename(folder / "ntm-ruled.duckdb")
    (folder / POINTER).write_text(ours.name, encoding="utf-8")
    with duckdb.connect(str(ours)) as connection:
        connection.execute(
            "insert into counterpart_rule by name select '93' as scope_code, 'central' as source_code,"
            " 'local' as paid_by, 150 as ratio_pct, date '2022-01-01' as valid_from, 'NQ 99/2021/NQ-HĐND' as document,"
            " 'văn bản' as source, 'verbatim' as confidence"
        )
    return folder


def visit(
    patch: pytest.MonkeyPatch, warehouse: Path, section: str, month: str, t: Translator = VI, **query: str
) -> Visit:
    patch.setenv("NTM_WAREHOUSE", str(warehouse))
    patch.setenv("NTM_PROVINCE", "93")
    settings.cache_clear()
    return Visit(patch, lang=t.language, month=month, funding_section=section, **query).open("funding.py")


def assert_well_said(page: Visit, t: Translator) -> None:
    assert not page.app.exception
    assert t("error.page") not in page.text
    everything = list(page.texts())
    for pattern in (NOTHING, RAW_KEY, PLACEHOLDER):
        assert [text for text in everything if pattern.search(text)] == []
    foreign = ENGLISH if t.language == "vi" else VIETNAMESE
    quoted_left_out = ("".join(text.split("'")[::2]) for text in page.texts(tables=False))
    assert [text for text in quoted_left_out if foreign.search(text)] == []


def table_with(page: Visit, *columns: str) -> pd.DataFrame:
    return next(table for table in page.tables() if set(columns) <= set(table.columns))


class TestPlaces:
    def test_communes_are_told_with_those_that_are_unknown(
        self, patch: pytest.MonkeyPatch, sample_warehouse: Path, t: Translator
    ) -> None:
        page = visit(patch, sample_warehouse, "places", "12/2022", t)
        assert_well_said(page, t)
        assert "22/75" in page.text
        assert t.format.number(55636) in page.text
        assert t.format.number(53794) in page.text
        assert t("places.unknown", count="53", total="75") in page.text
        assert len(table_with(page, t("column.allocated"), t("places.rate_until"))) == 22

    def test_amounts_open_to_their_cells_that_sum_to_them(
        self, patch: pytest.MonkeyPatch, sample_warehouse: Path
    ) -> None:
        page = visit(patch, sample_warehouse, "places", "06/2025")
        page.app.button(key="sources_places").click().run()
        assert VI("sources.path") in page.tables()[-1]
        rows = Snapshot(current_path(sample_warehouse)).read(
            "places_cells", province="93", district=None, unit=None, year=2025, month=date(2025, 6, 30)
        )
        assert rows.groupby("stage")["amount_vnd_million"].sum().to_dict() == {"allocated": 47669, "disbursed": 21936}

    def test_works_stand_by_criterion_and_in_a_list(
        self, patch: pytest.MonkeyPatch, sample_warehouse: Path, t: Translator
    ) -> None:
        page = visit(patch, sample_warehouse, "places", "06/2025", t)
        assert_well_said(page, t)
        criteria = table_with(page, t("column.criterion"), t("places.units"))
        works = table_with(page, t("column.criterion"), t("column.unit"))
        assert criteria[t("debts.works")].astype(int).sum() == len(works)
        page.app.button(key="sources_works").click().run()
        assert t("sources.cell") in page.tables()[-1]

    def test_without_money_the_section_says_so_and_shows_no_zero(
        self, patch: pytest.MonkeyPatch, office: Office, t: Translator
    ) -> None:
        page = visit(patch, office.warehouse, "places", "11/2022", t)
        assert_well_said(page, t)
        assert t("places.none", year=2022, count="75") in page.text
        assert t("places.no_works", year=2022) in page.text


class TestDebts:
    def test_what_is_owed_is_said_with_its_day_and_change(
        self, patch: pytest.MonkeyPatch, sample_warehouse: Path, t: Translator
    ) -> None:
        page = visit(patch, sample_warehouse, "debts", "06/2025", t)
        assert_well_said(page, t)
        assert t.format.number(1296) in page.text
        assert t("debts.less", change="793", day=t.format.day(date(2024, 12, 31))) in page.text
        rule = arrears_rules()["recognition"]
        said = t("debts.rule", document=rule["document"], confidence=t(f"confidence.{rule['confidence']}"))
        assert said in page.text
        units = table_with(page, t("debts.change"))
        assert len(units) == 5

    def test_a_list_of_a_part_leaves_the_rest_unknown(
        self, patch: pytest.MonkeyPatch, office: Office, t: Translator
    ) -> None:
        page = visit(patch, office.warehouse, "debts", "11/2022", t)
        assert_well_said(page, t)
        covered = 9
        assert t("debts.list_day", day=t.format.day(date(2022, 9, 30)), count=str(covered)) in page.text
        assert t("debts.uncovered", count=str(75 - covered)) in page.text
        assert t("debts.effect_unknown", count="1") in page.text
        assert t("debts.begun_unknown", year=2021, amount="40", works="1") in page.text
        owing = table_with(page, t("debts.told_until"), t("column.unit"))
        assert list(owing[t("column.unit")]) == ["Xã Vị Tân"]
        assert t("debts.no_counterpart", place="Tỉnh Hậu Giang", year=2022) in page.text

    def test_before_any_list_nothing_is_known(self, patch: pytest.MonkeyPatch, sample_warehouse: Path) -> None:
        page = visit(patch, sample_warehouse, "debts", "11/2022")
        assert VI("debts.none", place="Tỉnh Hậu Giang") in page.text
        assert "18/2022" not in page.text

    def test_works_open_to_their_cells(self, patch: pytest.MonkeyPatch, office: Office) -> None:
        page = visit(patch, office.warehouse, "debts", "11/2022")
        page.app.button(key="sources_debts").click().run()
        rows = page.tables()[-1]
        assert set(rows[VI("sources.path")]) == {"no_dong.xlsx"}
        assert rows[VI("debts.owed")].tolist() == ["900", "40"]

    def test_a_district_is_told_alone(self, patch: pytest.MonkeyPatch, sample_warehouse: Path, t: Translator) -> None:
        page = visit(patch, sample_warehouse, "debts", "06/2025", t).choose("district", "Huyện Long Mỹ")
        assert_well_said(page, t)
        assert t.format.number(448) in page.text
        assert t("debts.no_rule_district") in page.text


class TestCounterpart:
    def test_without_a_verified_rule_the_ratio_is_told_and_not_judged(
        self, patch: pytest.MonkeyPatch, sample_warehouse: Path, t: Translator
    ) -> None:
        page = visit(patch, sample_warehouse, "debts", "12/2022", t)
        assert t("debts.no_rule") in page.text
        assert t.format.number(200319) in page.text
        assert t.format.number(156654) in page.text
        assert t("confidence.unverified") in " ".join(page.texts())

    def test_a_rule_of_the_province_is_counted_against_what_was_assigned(
        self, patch: pytest.MonkeyPatch, ruled: Path, t: Translator
    ) -> None:
        page = visit(patch, ruled, "debts", "12/2022", t)
        assert_well_said(page, t)
        assert t("debts.no_rule") not in page.text
        assert "NQ 99/2021/NQ-HĐND" in page.text
        assert t.format.number(156654 * 3 // 2) in page.text
        assert t.format.number(156654 * 3 // 2 - 200319) in page.text

    def test_enough_is_said_so(self, patch: pytest.MonkeyPatch, ruled: Path) -> None:
        page = visit(patch, ruled, "debts", "06/2025")
        assert "đủ (đến 30/6/2025)" in page.text

    def test_the_rule_of_the_province_does_not_bind_a_district(self, patch: pytest.MonkeyPatch, ruled: Path) -> None:
        page = visit(patch, ruled, "debts", "12/2022").choose("district", "Huyện Long Mỹ")
        assert "NQ 99/2021/NQ-HĐND" not in page.text
        assert VI("debts.no_rule_district") in page.text


def test_the_rules_of_a_narrower_scope_go_before_the_wider_ones(ruled: Path) -> None:
    snapshot = Snapshot(current_path(ruled))
    assert list(snapshot.read("counterpart_rules", unit="93", day=date(2022, 6, 30))["scope_code"]) == ["93"]
    assert list(snapshot.read("counterpart_rules", unit="93", day=date(2021, 12, 31))["scope_code"]) == ["VN"]
    assert list(snapshot.read("counterpart_rules", unit="49", day=date(2022, 7, 20))["scope_code"]) == ["49"]
    assert list(snapshot.read("counterpart_rules", unit="49", day=date(2022, 7, 19))["scope_code"]) == ["VN"]
