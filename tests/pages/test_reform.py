"""Today's units as a person meets them: switch, sentence, sums and a unit's old parts; and reports by new units."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ntm.i18n import LANGUAGES, Translator, translator
from ntm.settings import settings
from tests.etl.loading import Office
from tests.etl.workbooks import ntm_matrix
from tests.pages.reading import NOTHING, PLACEHOLDER, RAW_KEY, Visit, parts, written_cells

Show = Callable[..., AppTest]
TODAY = "today"


def reform_page(language: str, month: str, province: str, unit: str | None) -> None:
    """A page that has nothing but what the map page shows of today's units."""
    from datetime import date

    from ntm.i18n import translator
    from ntm.ui import frame, reform_view
    from ntm.ui.cache import read
    from ntm.ui.filters import Place

    t = translator(language)
    day = date.fromisoformat(month)
    place = Place(province, "Tỉnh Hậu Giang", None, None, day, (day,))
    if reform_view.switch(t, place.month):
        units = read("reform_units", province=province, day=day)
        parts = read("reform_parts", province=province, month=day)
        reform_view.sentence(t, place, parts)
        row = units[units["unit_code"] == unit].iloc[0] if unit else None
        reform_view.parts_card(t, place, row, parts)
        reform_view.totals(t, read("commune_units", province=province, day=day), read("communes", **place.scope), parts)
        frame.table_twin(t, reform_view.table(t, units, parts), reform_view.table_labels(t), key="map")


@pytest.fixture
def show(sample_warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Show]:
    """Function that shows that page with today's units chosen and its drawers open."""
    monkeypatch.setenv("NTM_WAREHOUSE", str(sample_warehouse))
    settings.cache_clear()

    def run(
        language: str = "vi", month: str = "2022-06-30", province: str = "93", unit: str | None = None,
        link: str | None = TODAY,
    ) -> AppTest:  # fmt: skip
        app = AppTest.from_function(reform_page, args=(language, month, province, unit), default_timeout=60)
        if link:
            app.query_params["units"] = link
        app.run()
        for drawer in app.expander:
            app.session_state[drawer.key] = True
        return app.run()

    yield run
    settings.cache_clear()


def text(app: AppTest) -> str:
    return "\n".join(line for element in app.main for line in parts(element))


@pytest.fixture(params=LANGUAGES)
def t(request: pytest.FixtureRequest) -> Translator:
    return translator(request.param)


def test_the_page_begins_with_the_units_of_the_reports(show: Show, t: Translator) -> None:
    app = show(t.language, link=None)
    (choice,) = app.get("button_group")
    assert choice.value == "as_reported"
    assert t("reform.no_status") not in text(app)


def test_the_choice_stands_in_the_url_whatever_the_language(show: Show, t: Translator) -> None:
    app = show(t.language)
    assert app.query_params["units"] == TODAY
    app.get("button_group")[0].set_value("as_reported").run()
    assert "units" not in app.query_params
    assert t("reform.no_status") not in text(app)


def test_a_link_with_nonsense_shows_the_units_of_the_reports(show: Show) -> None:
    assert translator("vi")("reform.no_status") not in text(show(link="<b>x</b>"))


def test_todays_units_are_told_in_words_with_sums_that_agree(show: Show, t: Translator) -> None:
    app = show(t.language)
    shown = text(app)
    assert not app.exception
    assert t("reform.say_some", count=8) in shown
    assert t("reform.totals", units=75, communes=51, others=24, whole=75, divided=0, unknown=0) in shown
    assert t("reform.totals_same", new=28) in shown
    tables = [written_cells(table) for table in app.dataframe]
    assert [len(table) for table in tables] == [7, 75, 28]
    everything = [shown, *(str(cell) for table in tables for cell in table.to_numpy().ravel())]
    for pattern in (NOTHING, RAW_KEY, PLACEHOLDER):
        assert [line for line in everything if pattern.search(line)] == []


def test_every_old_commune_is_in_the_list_with_its_new_unit(show: Show) -> None:
    _, old, new = [written_cells(table) for table in show().dataframe]
    assert old["Mã cũ"].is_unique
    assert set(old["Mã mới"]) == set(new["Mã đơn vị"])


def test_the_card_shows_the_old_parts_and_derives_no_standard(show: Show, t: Translator) -> None:
    """Phường Vị Tân has the code that was xã Vị Tân's."""
    shown = text(show(t.language, unit="31333"))
    assert t("reform.not_derived", name="Phường Vị Tân") in shown
    for name in ("Xã Vị Tân", "Phường IV", "Phường V"):
        assert f"- **{name}** (Thành phố Vị Thanh, " in shown
    assert f"): {t('highest.ntm')}, {t('commune.criteria', met=19, total=19)}" in shown
    assert t("commune.not_rural", kind="phường") in shown
    assert "72/2025/QH15" in shown
    assert t("confidence.unverified") in shown


def test_divided_and_lost_communes_are_named_where_there_are_some(show: Show, t: Translator) -> None:
    app = show(t.language, province="38")
    shown = text(app)
    assert not app.exception
    assert t("reform.totals", units=559, communes=469, others=90, whole=548, divided=10, unknown=1) in shown
    assert "Xã Thiệu Phú (Huyện Thiệu Hóa)" in shown
    assert "Thị trấn Sơn Lư (Huyện Quan Sơn) → Xã Quan Sơn, Xã Tam Lư" in shown
    assert t("reform.more", count=4) in shown, "ten were divided, six are named before the table"
    assert t("reform.say_unknown", count=160) in shown, "a province without reports: nothing is known, nothing derived"


def test_once_the_reports_are_of_new_units_the_switch_is_gone(show: Show) -> None:
    app = show(month="2025-07-31", province="92")
    assert len(app.get("button_group")) == 0
    assert text(app) == ""


@pytest.fixture(scope="module")
def new_communes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse with the first report of Cần Thơ after the reform."""
    office = Office(tmp_path_factory.mktemp("can_tho"))
    met = {"Xã Vị Thanh 1": 19, "Xã Hỏa Lựu": 17, "Xã Phong Điền": None}
    office.load(tieu_chi=ntm_matrix("(Số liệu đến 31/7/2025)", met, province="THÀNH PHỐ CẦN THƠ"))
    return office.warehouse


def test_the_map_of_a_month_after_the_reform_has_new_units_and_no_districts(
    new_communes: Path, monkeypatch: pytest.MonkeyPatch, t: Translator
) -> None:
    monkeypatch.setenv("NTM_WAREHOUSE", str(new_communes))
    settings.cache_clear()
    visit = Visit(monkeypatch, lang=t.language).open("map.py")
    visit.app.query_params["unit"] = "31338"
    visit.app.run()
    assert not visit.app.exception
    assert t("error.page") not in visit.text
    assert "Thành phố Cần Thơ" in visit.heading
    assert t("commune.criteria", met=17, total=19) in visit.text
    drawn = visit.app.dataframe[-1].value
    assert len(drawn) == 103
    for pattern in (NOTHING, RAW_KEY, PLACEHOLDER):
        assert [line for line in visit.texts() if pattern.search(line)] == []
    settings.cache_clear()
