"""Every page in both languages over whole, partial and missing data, and what the filters do."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from ntm.charts.map_layers import layers_for
from ntm.i18n import LANGUAGES, Translator, translator
from ntm.settings import ROOT, settings
from ntm.ui.pages import PAGES
from ntm.ui.sections import SECTIONS, section_key
from tests.pages.reading import ENGLISH, NOTHING, PLACEHOLDER, RAW_KEY, VIETNAMESE, Visit
from tests.percentages import wrong_in_table, wrong_in_text

VI = translator("vi")
SAMPLE = ROOT / "data" / "sample"
PROVINCE = "Tỉnh Hậu Giang"
SCRIPTS = [entry.script for entry in PAGES]
PLACES = ["overview.py", "map.py", "commune.py", "district.py", "funding.py", "targets.py", "criteria.py", "ranking.py"]
"""Pages about one province at one month."""
OF_ONE_PROVINCE = [*PLACES, "conference.py", "explore.py"]

HEADINGS = {script: f"{script.removesuffix('.py')}.heading" for script in SCRIPTS}
TITLES = {entry.script: entry.title for entry in PAGES}
NO_DATA = "no data"
SOURCES: dict[str, Path | None] = {
    "sample": None,
    "criteria of one month": SAMPLE / "tieu_chi" / "tieu_chi_2022_12.xlsx",
    "money of one year": SAMPLE / "nguon_von" / "nguon_von_2022_12.xlsx",
    NO_DATA: None,
}
MISSING: dict[str, dict[str, tuple[str, ...]]] = {
    "sample": {},
    "criteria of one month": {
        "overview.py": ("overview.no_recognitions", "overview.no_money", "overview.first_month"),
        "map.py": ("overview.no_recognitions",),
        "funding.py": ("funding.none",),
        "targets.py": ("targets.none",),
        "ranking.py": ("ranking.no_then",),
    },
    "money of one year": dict.fromkeys(OF_ONE_PROVINCE, ("warehouse.no_months",)),
    NO_DATA: dict.fromkeys(set(SCRIPTS) - {"help.py"}, ("warehouse.empty",)),
}
"""Data -> page -> the texts that say what is missing there."""


@pytest.fixture(scope="module")
def patch() -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as module_patch:
        yield module_patch
    settings.cache_clear()


@pytest.fixture(scope="module", params=SOURCES)
def data(
    request: pytest.FixtureRequest,
    patch: pytest.MonkeyPatch,
    load_workbooks: Callable[[Path], Path],
    tmp_path_factory: pytest.TempPathFactory,
) -> str:
    """Name of the data that the pages stand on, in NTM_WAREHOUSE for the tests of this parameter."""
    name = str(request.param)
    if name == "sample":
        folder = request.getfixturevalue("sample_warehouse")
    elif name == NO_DATA:
        folder = tmp_path_factory.mktemp("kho_so_lieu")
    else:
        folder = load_workbooks(SOURCES[name] or SAMPLE)
    use(patch, folder)
    return name


def use(patch: pytest.MonkeyPatch, warehouse: Path) -> None:
    patch.setenv("NTM_WAREHOUSE", str(warehouse))
    settings.cache_clear()


@pytest.fixture(scope="module", params=LANGUAGES)
def t(request: pytest.FixtureRequest) -> Translator:
    return translator(request.param)


@pytest.fixture(scope="module")
def visit(data: str, t: Translator, patch: pytest.MonkeyPatch) -> Visit:
    """One session that goes from page to page, as a visitor does."""
    return Visit(patch, lang=t.language)


@pytest.fixture
def page(visit: Visit, request: pytest.FixtureRequest) -> Visit:
    return visit.open(request.param)


def beginning(text: str) -> str:
    """Return what a text says before its first value."""
    return text.partition("{")[0]


@pytest.mark.parametrize("page", SCRIPTS, indirect=True)
def test_a_page_says_in_words_what_it_has_and_what_is_missing(
    page: Visit, data: str, t: Translator, request: pytest.FixtureRequest
) -> None:
    script = request.node.callspec.params["page"]
    missing = MISSING[data].get(script, ())
    assert not page.app.exception
    assert t("error.page") not in page.text
    assert "– xã" not in page.text, "a sentence about what nobody knows is left out"
    for key in missing:
        assert beginning(t(key)) in page.text
    if script not in OF_ONE_PROVINCE:
        assert page.heading == t(HEADINGS[script])
    elif any(key.startswith("warehouse.") for key in missing):
        assert page.heading == t(TITLES[script])
    else:
        assert page.heading == t(HEADINGS[script], place=PROVINCE)
    everything = list(page.texts())
    for pattern in (NOTHING, RAW_KEY, PLACEHOLDER):
        assert [text for text in everything if pattern.search(text)] == []
    assert [wrong for text in everything for wrong in wrong_in_text(text, t.language)] == []
    assert [wrong for table in page.tables() for wrong in wrong_in_table(table, t)] == []
    foreign = ENGLISH if t.language == "vi" else VIETNAMESE
    said = [text for text in page.texts(tables=False) if foreign.search(quoted_left_out(text))]
    assert said == []


def quoted_left_out(text: str) -> str:
    """Return a text without its quotations and terms, which keep the language of the programme."""
    return "".join(text.split("'")[::2])


def test_errors_say_what_to_do(t: Translator) -> None:
    verbs = ("Hãy", "python -m etl") if t.language == "vi" else ("Load", "Check", "python -m etl", "Please", "load")
    keys = [key for key in t.texts if key.startswith("warehouse.")]
    assert [key for key in keys if not any(verb in t(key) for verb in verbs)] == []


def test_a_fault_of_the_product_is_one_sentence_and_no_traceback(
    patch: pytest.MonkeyPatch, tmp_path: Path, t: Translator
) -> None:
    """A snapshot without the tables that pages ask for, as of another version of the product."""
    with duckdb.connect(str(tmp_path / "ntm-old.duckdb")) as connection:
        connection.execute("create table snapshot (build_id varchar)")
    (tmp_path / "current").write_text("ntm-old.duckdb", encoding="utf-8")
    use(patch, tmp_path)
    visit = Visit(patch, lang=t.language)
    assert not visit.app.exception
    assert t("error.page") in visit.text
    assert "duckdb" not in visit.text.lower()


class TestFilters:
    """Over the sample: the months, districts, years and stages that the plan and the reports of 2022 speak of."""

    @pytest.fixture(autouse=True)
    def sample(self, patch: pytest.MonkeyPatch, sample_warehouse: Path) -> None:
        use(patch, sample_warehouse)

    @pytest.mark.parametrize(
        ("month", "communes", "mean"),
        [("12/2022", "37/51", "17,5"), ("12/2021", "34/51", None), ("06/2022", "35/51", None)],
    )
    def test_overview_shows_the_published_standing_of_the_month(
        self, patch: pytest.MonkeyPatch, month: str, communes: str, mean: str | None
    ) -> None:
        visit = Visit(patch, month=month)
        assert visit.metrics["Xã đạt chuẩn NTM"] == communes
        assert f"{communes} xã" in visit.text
        assert mean is None or mean in visit.metrics.values()

    def test_without_a_choice_the_newest_month_is_shown(self, patch: pytest.MonkeyPatch) -> None:
        assert Visit(patch).app.selectbox(key="month").value == "06/2025"

    def test_the_first_month_compares_with_none(self, patch: pytest.MonkeyPatch) -> None:
        text = Visit(patch, month="12/2021").text
        assert VI("overview.first_month") in text
        assert beginning(VI("overview.new")) not in text

    def test_a_district_narrows_the_figures_and_districts_add_up(self, patch: pytest.MonkeyPatch) -> None:
        visit = Visit(patch, month="12/2022")
        districts = visit.app.selectbox(key="district").options
        assert len(districts) == 8
        counts = []
        for district in districts:
            visit.choose("district", district)
            assert visit.heading.startswith(district)
            counts.append([int(part) for part in visit.metrics["Xã đạt chuẩn NTM"].split("/")])
        assert [sum(column) for column in zip(*counts, strict=True)] == [37, 51]
        assert visit.choose("district", None).metrics["Xã đạt chuẩn NTM"] == "37/51"

    def test_the_button_of_a_figure_opens_its_rows_with_workbook_sheet_and_cell(
        self, patch: pytest.MonkeyPatch
    ) -> None:
        visit = Visit(patch, month="12/2022")
        before = len(visit.tables())
        visit.app.button(key="sources_ntm").click().run()
        assert len(visit.tables()) == before + 1
        rows = next(table for table in visit.tables() if "Ô" in table)
        assert len(rows) == 37
        assert set(rows["Tệp"]) == {"cong_nhan/cong_nhan_ntm.xlsx"}
        assert all(rows["Trang tính"])
        assert all(re.fullmatch(r"[A-Z]+\d+(:[A-Z]+\d+)?", cell) for cell in rows["Ô"])
        assert rows["Ô"].is_unique

    def test_the_rows_behind_a_figure_stay_open_when_the_page_runs_again(self, patch: pytest.MonkeyPatch) -> None:
        visit = Visit(patch, month="12/2022").open("overview.py")
        visit.app.button(key="sources_ntm").click().run()
        shown = len(visit.tables())
        visit.app.run()
        assert len(visit.tables()) == shown
        visit.open("map.py").open("overview.py")
        assert len(visit.tables()) < shown

    def test_credit_is_left_out_until_it_is_asked_for(self, patch: pytest.MonkeyPatch) -> None:
        visit = Visit(patch).open("funding.py").choose("month", "12/2022")

        def years() -> pd.DataFrame:
            return next(table for table in visit.tables() if "Năm" in table)

        without = years()
        visit.app.toggle(key="credit").set_value(True).run()
        amount = without.columns[2]
        assert not without[amount].equals(years()[amount])

    def test_the_map_counts_every_unit_and_a_chosen_commune_gets_its_card(self, patch: pytest.MonkeyPatch) -> None:
        visit = Visit(patch, unit="31333").open("map.py").choose("month", "12/2022")
        assert "37/51 xã (72,5%)" in visit.text
        assert len(visit.tables()[-1]) == 75
        assert "Xã Vị Tân" in [item.value for item in visit.app.header]
        assert "19/19 tiêu chí" in visit.text
        visit = Visit(patch, unit="31318").open("map.py")
        assert VI("commune.not_rural", kind="phường") in visit.text

    @pytest.mark.parametrize("area", ["communes", "districts"])
    def test_every_layer_of_the_map_is_drawn_and_said(self, patch: pytest.MonkeyPatch, area: str) -> None:
        visit = Visit(patch, area=area).open("map.py")
        level = "commune" if area == "communes" else "district"
        for entry in layers_for(level):
            visit.choose("layer", entry.key)
            assert not visit.app.exception
            assert VI(f"layer.{entry.key}.title").partition("{")[0] in visit.text

    def test_the_country_is_recomputed_and_quoted_shares_that_do_not_fit_are_named(
        self, patch: pytest.MonkeyPatch
    ) -> None:
        text = Visit(patch).open("national.py").text
        assert "6.084/7.669 xã (79,3%)" in text
        assert "dẫn 42,4%, tính lại được 2.567/6.084 = 42,2%" in text
        assert "dẫn 12,3%, tính lại được 743/6.084 = 12,2%" in text
        assert "Báo chí dẫn 79,3%" not in text

    @pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", "' or 1=1 --", "../../etc/passwd", "", "13/2022"])
    def test_a_hostile_address_falls_back_to_what_is_shown_without_it(
        self, patch: pytest.MonkeyPatch, hostile: str
    ) -> None:
        names = (
            "month",
            "district",
            "lang",
            "stage",
            *map(section_key, SECTIONS),
            "layer",
            "other_layer",
            "criterion",
            "earlier",
            "compare",
            "other_month",
            "area",
            "units",
            "unit",
            "commune",
            "with_commune",
            "with_district",
            "target_year",
            "credit",
            "province",
            "snapshot",
            "deck",
            "deck_level",
            "deck_years",
            "deck_sections",
            "deck_part",
            "topic",
            "section",
        )
        visit = Visit(patch, **dict.fromkeys(names, hostile))
        for script in SCRIPTS:
            visit.open(script)
            assert not visit.app.exception
            assert not visit.app.error
            assert not hostile or hostile not in visit.text
            if script in PLACES:
                assert visit.app.selectbox(key="month").value == "06/2025"
                assert visit.heading == VI(HEADINGS[script], place=PROVINCE)
