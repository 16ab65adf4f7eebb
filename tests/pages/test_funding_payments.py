"""Section 'payments' of the funding page: rates over their own base only, whatever the filters stand at."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from ntm.i18n import LANGUAGES, translator
from ntm.settings import settings
from ntm.warehouse import POINTER
from tests.pages.reading import ENGLISH, NOTHING, PLACEHOLDER, RAW_KEY, VIETNAMESE, Visit

VI = translator("vi")
RATE = VI("column.rate")
FILTERS = [("06/2022", None), ("10/2022", None), ("06/2025", "Huyện Châu Thành A")]


@pytest.fixture(scope="module")
def patch() -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as module_patch:
        yield module_patch
    settings.cache_clear()


def use(patch: pytest.MonkeyPatch, warehouse: Path) -> None:
    patch.setenv("NTM_WAREHOUSE", str(warehouse))
    settings.cache_clear()


@pytest.fixture
def sample(patch: pytest.MonkeyPatch, sample_warehouse: Path) -> Path:
    use(patch, sample_warehouse)
    return sample_warehouse


@pytest.fixture(scope="module")
def without_allocated(sample_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample as a province has it that reports need, plan, payments and estimates, and never what was allocated."""
    folder = tmp_path_factory.mktemp("no_base") / "warehouse"
    shutil.copytree(sample_warehouse, folder)
    path = folder / (folder / POINTER).read_text(encoding="utf-8").strip()
    path = path.rename(path.with_stem("ntm-no-base"))  # reads are kept by the snapshot's name
    (folder / POINTER).write_text(path.name, encoding="utf-8")
    path.chmod(0o644)
    with duckdb.connect(str(path)) as connection:
        connection.execute("delete from mart_funding where stage = 'allocated' and value_kind = 'actual'")
    return folder


def visit(patch: pytest.MonkeyPatch, month: str, district: str | None, **query: str) -> Visit:
    place = {"district": district} if district else {}
    return (
        Visit(patch, month=month, funding_section="payments", **place, **query).open("funding.py")._with_drawers_open()
    )


def own_amounts(warehouse: Path, unit: str, cutoff: str, source: str, nature: str) -> tuple[float, float]:
    """Return what was allocated and disbursed at one cut-off of its year, as the mart has it."""
    path = warehouse / (warehouse / POINTER).read_text(encoding="utf-8").strip()
    with duckdb.connect(str(path), read_only=True) as connection:
        found = connection.execute(
            """select sum(amount_vnd_million) filter (where stage = 'allocated')::double,
                sum(amount_vnd_million) filter (where stage = 'disbursed')::double
            from mart_funding
            where unit_code = $unit and period_end = $cutoff and year = year($cutoff::date) and origin_year = year
                and value_kind = 'actual' and not is_credit and $source in ('all', source_group)
                and $nature in ('all', nature)""",
            {"unit": unit, "cutoff": cutoff, "source": source, "nature": nature},
        ).fetchone()
    assert found
    return found


@pytest.mark.parametrize(("month", "district"), FILTERS)
def test_every_rate_on_the_page_is_over_its_own_row_whatever_the_filters(
    patch: pytest.MonkeyPatch, sample: Path, month: str, district: str | None
) -> None:
    unit, cutoff = ("932" if district else "93"), f"{month[3:]}-06-30"
    page, year_column = visit(patch, month, district), VI("payments.column_year", year=month[3:])
    for source, nature in (("all", "all"), ("central", "all"), ("local", "investment"), ("central", "recurrent")):
        page.app.selectbox(key="payments_source").set_value(source).run()
        page.app.segmented_control(key="payments_nature").set_value(nature).run()
        page._with_drawers_open()
        assert not page.app.exception
        allocated, disbursed = own_amounts(sample, unit, cutoff, source, nature)
        if allocated is None:
            assert VI("payments.why_no_money").partition("{")[0] in page.text
            continue
        assert f"{VI.format.share(100 * disbursed / allocated)} vốn" in page.text
        for table in page.tables():
            if RATE not in table:
                continue
            for _, row in table.iterrows():
                told = VI("column.disbursed") if VI("column.disbursed") in table else year_column
                base, paid, rate = (number(row[name]) for name in (VI("column.allocated"), told, RATE))
                if rate is not None:
                    assert base
                    assert paid is not None
                    assert rate == pytest.approx(100 * paid / base, abs=0.006)


def number(text: str) -> float | None:
    return None if text == "–" else float(text.replace(".", "").replace(",", "."))


@pytest.mark.parametrize(("month", "district"), FILTERS)
def test_without_allocated_money_no_filter_gives_a_rate_and_the_page_says_why(
    patch: pytest.MonkeyPatch, without_allocated: Path, month: str, district: str | None
) -> None:
    use(patch, without_allocated)
    page = visit(patch, month, district)
    for source, nature in (("all", "all"), ("central", "investment"), ("local", "all")):
        page.app.selectbox(key="payments_source").set_value(source).run()
        page.app.segmented_control(key="payments_nature").set_value(nature).run()
        page._with_drawers_open()
        assert "thiếu mẫu số" in page.text
        assert not re.search(r"\d% vốn", page.text.partition(VI("payments.rule"))[2])
        assert not any(RATE in table and (table[RATE] != "–").any() for table in page.tables())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_section_reads_in_both_languages(patch: pytest.MonkeyPatch, sample: Path, language: str) -> None:
    t = translator(language)
    page = visit(patch, "06/2025", None, lang=language)
    assert not page.app.exception
    headings = [item.value for item in page.app.header]
    assert (
        t(
            "payments.title_slower",
            day=t.format.day(pd.Timestamp("2025-06-30")),
            rate=t.format.share(39.278),
            points=t.format.number(2.0, 1),
        )
        in headings
    )
    assert "437" in page.text
    assert t("payments.projection").partition("{")[0] in page.text
    everything = list(page.texts())
    for pattern in (NOTHING, RAW_KEY, PLACEHOLDER):
        assert [text for text in everything if pattern.search(text)] == []
    foreign = ENGLISH if language == "vi" else VIETNAMESE
    section = page.text.partition(t("payments.rule"))[2]
    assert not foreign.search(re.sub(r"(Huyện|Thị xã|Thành phố) [^,;()]+|Hahn and Meeker", "", section))


def test_too_few_years_are_said_and_a_later_month_has_its_amount_and_the_last_rate(
    patch: pytest.MonkeyPatch, sample: Path
) -> None:
    page = visit(patch, "10/2022", None)
    assert "chưa đủ số liệu. Cần ít nhất 2 năm trước" in page.text
    heading = "Đến 31/10/2022 đã giải ngân 317,1 tỷ đồng; tỷ lệ gần nhất là 41,6% vốn giao, ở mốc 30/6/2022"
    assert heading in [item.value for item in page.app.header]


def test_the_amounts_of_a_chart_open_to_their_cells(patch: pytest.MonkeyPatch, sample: Path) -> None:
    page = visit(patch, "06/2025", None)
    for key, count in (("sources_payments_by_source", 12), ("sources_payments_ranking", 96)):
        page.app.button(key=key).click().run()
        cells = next(table for table in page.tables() if VI("sources.cell") in table)
        assert len(cells) == count
        page.app.session_state["sources_opened"] = None
        page.app.run()
