"""The page of money: what its sentences, its overview and its flow say over whole, partial and missing data."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ntm.i18n import LANGUAGES, Translator, translator
from ntm.settings import ROOT, settings
from ntm.ui.funding_sentences import carried_in
from ntm.ui.sections import SECTIONS
from tests.etl.loading import Office
from tests.etl.workbooks import funding, ntm_matrix
from tests.pages.reading import ENGLISH, NOTHING, PLACEHOLDER, RAW_KEY, VIETNAMESE, Visit
from tests.unit.test_metrics_funding import JUNE, amount, money

VI = translator("vi")
SAMPLE = ROOT / "data" / "sample"
MINE = ("overview", "flow")


@pytest.fixture(scope="module")
def patch() -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as module_patch:
        yield module_patch
    settings.cache_clear()


def use(patch: pytest.MonkeyPatch, warehouse: Path) -> None:
    patch.setenv("NTM_WAREHOUSE", str(warehouse))
    settings.cache_clear()


@pytest.fixture(params=LANGUAGES)
def t(request: pytest.FixtureRequest) -> Translator:
    return translator(request.param)


def read_through(visit: Visit, t: Translator) -> None:
    """Check that nothing failed, no key or missing value is shown and the texts are in one language."""
    assert not visit.app.exception
    assert not visit.app.error
    everything = list(visit.texts())
    for pattern in (NOTHING, RAW_KEY, PLACEHOLDER):
        assert [text for text in everything if pattern.search(text)] == []
    foreign = ENGLISH if t.language == "vi" else VIETNAMESE
    assert [text for text in visit.texts(tables=False) if foreign.search("".join(text.split("'")[::2]))] == []


@pytest.mark.parametrize("month", ["06/2025", "12/2022", "03/2022", "12/2021"])
@pytest.mark.parametrize("section", MINE)
def test_each_section_over_the_sample(
    patch: pytest.MonkeyPatch, sample_warehouse: Path, t: Translator, section: str, month: str
) -> None:
    use(patch, sample_warehouse)
    visit = Visit(patch, lang=t.language, month=month, funding_section=section).open("funding.py")
    read_through(visit, t)
    assert visit.app.segmented_control(key="funding_section").value == section


@pytest.mark.parametrize("section", MINE)
def test_each_section_of_a_district(
    patch: pytest.MonkeyPatch, sample_warehouse: Path, t: Translator, section: str
) -> None:
    use(patch, sample_warehouse)
    visit = Visit(patch, lang=t.language, month="12/2022", funding_section=section).open("funding.py")
    visit.choose("district", "Thị xã Long Mỹ")
    read_through(visit, t)
    assert "41.808/44.323" in visit.text or "41,808/44,323" in visit.text


@pytest.fixture(scope="module")
def criteria_alone(load_workbooks: Callable[[Path], Path]) -> Path:
    return load_workbooks(SAMPLE / "tieu_chi" / "tieu_chi_2022_12.xlsx")


@pytest.mark.parametrize("section", MINE)
def test_each_section_without_any_money(
    patch: pytest.MonkeyPatch, criteria_alone: Path, t: Translator, section: str
) -> None:
    use(patch, criteria_alone)
    visit = Visit(patch, lang=t.language, funding_section=section).open("funding.py")
    read_through(visit, t)
    for key in ("funding.none", "funding.no_debts", "funding.no_ranking", "funding.no_rate"):
        assert t(key).partition("{")[0] in visit.text


@pytest.fixture(scope="module")
def one_year(load_workbooks: Callable[[Path], Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("one_year")
    for name in ("tieu_chi/tieu_chi_2022_12.xlsx", "nguon_von/nguon_von_2022_12.xlsx"):
        (folder / Path(name).name).write_bytes((SAMPLE / name).read_bytes())
    return load_workbooks(folder)


@pytest.mark.parametrize("section", MINE)
def test_each_section_over_one_years_money_of_the_province_alone(
    patch: pytest.MonkeyPatch, one_year: Path, t: Translator, section: str
) -> None:
    use(patch, one_year)
    visit = Visit(patch, lang=t.language, funding_section=section).open("funding.py")
    read_through(visit, t)
    assert t("funding.no_ranking").partition("{")[0] in visit.text
    if section == "flow":
        assert t("funding.silent").partition("{")[0] in visit.text, "districts that tell nothing are listed"


def test_money_of_earlier_budgets_is_said_by_itself(t: Translator) -> None:
    rows = money(
        amount("allocated", 9, cutoff=JUNE), amount("allocated", 7), amount("disbursed", 3.5, "local")
    ).assign(origin_year=2021)  # fmt: skip
    lines = carried_in(t, rows, 2022)
    assert len(lines) == 2
    assert all("2021" in line and "2022" in line for line in lines)
    assert "**7 " in lines[0]
    assert ("3,5" if t.language == "vi" else "3.5") in lines[1]
    assert carried_in(t, rows.head(0), 2022) == []


@pytest.fixture(scope="module")
def carried(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An ended year in which money of the year before was used too, and some went into the next."""
    office = Office(tmp_path_factory.mktemp("office"))
    headings = ["Vốn đã giao năm 2022", "Giải ngân năm 2022", "Vốn giao năm 2021 kéo dài sang năm 2022",
                "Giải ngân vốn năm 2021 kéo dài", "Vốn năm 2022 chuyển sang năm 2023"]  # fmt: skip
    row = [1, "Vốn ngân sách trung ương", 100, 90, 20, 15, 7]
    end = "(Số liệu đến 31/12/2022)"
    office.load(nguon_von=funding(row, headings=headings, cut_off=end), tieu_chi=ntm_matrix(end, {"Xã Vị Tân": 17}))
    return office.warehouse


def test_money_carried_over_stands_in_the_steps_and_sentences_and_in_no_sum(
    patch: pytest.MonkeyPatch, carried: Path
) -> None:
    use(patch, carried)
    visit = Visit(patch, month="12/2022").open("funding.py")
    read_through(visit, VI)
    steps = next(table for table in visit.tables() if "So với bước trước (triệu đồng)" in table)
    amounts = {row[0]: row[1] for row in steps.itertuples(index=False)}
    assert (amounts["Đã giao"], amounts["Giải ngân"], amounts["Còn lại chuyển nguồn"]) == ("100", "90", "10")
    assert "(90/100 triệu đồng đã giao" in visit.text
    assert "chuyển nguồn từ năm 2021 sang năm 2022, đã giao: **20 triệu đồng**" in visit.text
    assert "chuyển nguồn từ năm 2021 sang năm 2022, giải ngân: **15 triệu đồng**" in visit.text
    visit.app.button(key="sources_carried").click().run()
    cells = next(table for table in visit.tables() if "Ô" in table)
    assert sorted(cells["Số tiền (triệu đồng)"]) == ["15", "20"]


class TestSample:
    """Over the sample, in Vietnamese."""

    @pytest.fixture(autouse=True)
    def sample(self, patch: pytest.MonkeyPatch, sample_warehouse: Path) -> None:
        use(patch, sample_warehouse)

    def open(self, patch: pytest.MonkeyPatch, **query: str) -> Visit:
        return Visit(patch, month="12/2022", **query).open("funding.py")

    def test_the_need_of_2022_by_the_six_sources_with_and_without_credit(self, patch: pytest.MonkeyPatch) -> None:
        visit = self.open(patch).choose("stage", "need")
        assert "(6.259.605 triệu đồng) kể cả tín dụng" in visit.text
        assert "(670.223 triệu đồng) không kể tín dụng" in visit.text
        rows = {row[0]: row[1:] for row in visit.tables()[0].itertuples(index=False)}
        assert rows == {
            "Ngân sách trung ương": ("170.914", "2,73", "25,5"),
            "Ngân sách địa phương": ("217.040", "3,47", "32,38"),
            "Vốn lồng ghép": ("149.039", "2,38", "22,24"),
            "Tín dụng": ("5.589.382", "89,29", "–"),
            "Doanh nghiệp": ("16.918", "0,27", "2,52"),
            "Cộng đồng, người dân": ("116.312", "1,86", "17,35"),
        }

    def test_the_sentences_say_promised_assigned_spent_owed_and_who_is_behind(self, patch: pytest.MonkeyPatch) -> None:
        text = self.open(patch).text
        assert "Kế hoạch năm 2022: **632,1 tỷ đồng** (632.100 triệu đồng) không kể tín dụng" in text
        assert "Đã giao năm 2022: **498,9 tỷ đồng** (498.924 triệu đồng)" in text
        assert "**94,8%** (472.768/498.924 triệu đồng đã giao, cùng nguồn, cùng mốc 31/12/2022)" in text
        assert "**8,1 tỷ đồng** (8.074 triệu đồng), 9 công trình" in text
        assert "**Huyện Châu Thành** 93,9% (46.383/49.417 triệu đồng)" in text

    @pytest.mark.parametrize("key", ["sources_sentences", "sources_debts_sentence", "sources_steps", "sources_years"])
    def test_two_clicks_lead_from_an_amount_to_its_cell(self, patch: pytest.MonkeyPatch, key: str) -> None:
        visit = self.open(patch)
        before = len(visit.tables())
        visit.app.button(key=key).click().run()
        assert not visit.app.exception
        assert len(visit.tables()) == before + 1
        rows = next(table for table in visit.tables() if "Ô" in table)
        assert len(rows)
        assert all(rows["Ô"])
        assert all(rows["Tệp"])

    def test_the_cells_of_the_sentences_sum_to_what_they_say(self, patch: pytest.MonkeyPatch) -> None:
        visit = self.open(patch)
        visit.app.button(key="sources_sentences").click().run()
        rows = next(table for table in visit.tables() if "Ô" in table)
        amounts = rows["Số tiền (triệu đồng)"].str.replace(".", "").astype(int)
        sums = amounts.groupby(rows["Giai đoạn"]).sum()
        assert (sums["Đã giao"], sums["Giải ngân"], sums["Kế hoạch"]) == (498_924, 472_768, 6_034_100)

    def test_what_is_carried_over_is_told_of_an_ended_year_alone(self, patch: pytest.MonkeyPatch) -> None:
        ended = next(table for table in self.open(patch).tables() if "So với bước trước (triệu đồng)" in table)
        assert ended.iloc[-1, :2].tolist() == ["Còn lại chuyển nguồn", "26.156"]
        running = Visit(patch, month="06/2025").open("funding.py")
        table = next(table for table in running.tables() if "So với bước trước (triệu đồng)" in table)
        assert table.iloc[-1, 1] == "–"
        assert VI("funding.no_carried_over") in running.text

    def test_the_countrys_figures_that_do_not_add_up_are_both_shown(self, patch: pytest.MonkeyPatch) -> None:
        text = self.open(patch).text
        assert "**2.455.212 tỷ đồng**, đúng bằng tổng các phần" in text
        assert "**621.324 tỷ đồng**, nhưng các phần cộng lại được **621.453,8 tỷ đồng**, nhiều hơn **129,8" in text

    def test_districts_and_province_stand_side_by_side_with_their_difference(self, patch: pytest.MonkeyPatch) -> None:
        visit = self.open(patch, funding_section="flow")
        table = next(table for table in visit.tables() if "Tổng không kể tín dụng" in table).set_index("Huyện")
        assert table.loc["Tỉnh báo cáo", "Tổng không kể tín dụng"] == "498.924"
        assert table.loc["Cộng các huyện", "Tổng không kể tín dụng"] == "430.390"
        assert table.loc["Tỉnh trừ các huyện", "Tổng không kể tín dụng"] == "68.534"
        assert "(68.534 triệu đồng)" in visit.text
        mobilised = visit.choose("stage", "mobilised").tables()
        with_credit = next(table for table in mobilised if "Tổng không kể tín dụng" in table).set_index("Huyện").T
        assert with_credit["Cộng các huyện"]["Tổng không kể tín dụng"] == "124.975"
        assert with_credit["Cộng các huyện"]["Tổng kể cả tín dụng"] == "5.737.993"

    def test_a_section_that_is_not_there_falls_back_to_the_first(self, patch: pytest.MonkeyPatch) -> None:
        visit = self.open(patch, funding_section="<script>")
        assert visit.app.segmented_control(key="funding_section").value == SECTIONS["funding"][0]
