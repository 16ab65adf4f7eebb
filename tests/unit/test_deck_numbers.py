"""Every number of the files of a deck is the warehouse's: each is accounted for, and the main ones are asked again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import duckdb
import pytest

from ntm.i18n import translator
from ntm.reports.deck.choice import Choice, deck_of
from ntm.reports.deck.files import write
from ntm.reports.deck.model import Deck, Figure, Slide
from ntm.warehouse import Snapshot, current_path
from tests import decks, numbers_in_files

VI = translator("vi")
CHECKS = {
    ".pptx": numbers_in_files.of_pptx,
    ".docx": numbers_in_files.of_docx,
    ".pdf": numbers_in_files.of_pdf,
    ".xlsx": numbers_in_files.of_xlsx,
}
WRONG = 4711

VIEWS = (
    """
    create temp view commune as select unit_code from admin_unit
    where province_code = '93' and is_rural_commune
        and valid_from <= date '2022-12-31' and (valid_to is null or valid_to >= date '2022-12-31')
    """,
    """
    create temp view met as
    select unit_code, count(*) filter (outcome = 'met') as met, count(*) filter (outcome = 'unknown') as unknown
    from criterion_result
    where set_code = 'XA_NTM_2021_2025' and unit_code in (from commune) and period_end = (
        select max(other.period_end) from criterion_result as other
        where other.unit_code = criterion_result.unit_code
            and other.set_code = 'XA_NTM_2021_2025' and other.period_end <= date '2022-12-31'
    )
    group by unit_code
    """,
    """
    create temp view owed as select amount_vnd_million from arrears
    where period_end = date '2022-12-31' and amount_vnd_million > 0
    """,
)
HOLDERS = """
    select count(distinct unit_code) from recognition
    where decision_date <= date '2022-12-31' and unit_code in (from commune) and list_contains($names, standard)
"""
"""No decision of the sample takes a standard away."""
MONEY = """
    select sum(amount_vnd_million) from funding
    where unit_code = '93' and year = 2022 and origin_year = 2022 and stage = $stage
        and period_end = date '2022-12-31' and (period_start = date '2022-01-01' or period_start is null)
        and (source_code <> 'credit' or $with_credit)
"""
ASKED_AGAIN: dict[str, tuple[str, dict[str, object]]] = {
    "results.ntm": (HOLDERS, {"names": ["ntm", "nang_cao", "kieu_mau"]}),
    "results.nang_cao": (HOLDERS, {"names": ["nang_cao", "kieu_mau"]}),
    "results.kieu_mau": (HOLDERS, {"names": ["kieu_mau"]}),
    "results.communes": ("select count(*) from commune", {}),
    "criteria.mean": ("select avg(met) from met where unknown = 0", {}),
    "criteria.full": ("select count(*) from met where met = 19", {}),
    "below_15.count": ("select count(*) from met where met < 15 and unknown = 0", {}),
    "funding.need_2022_total": (MONEY, {"stage": "need", "with_credit": True}),
    "funding.need_2022_without": (MONEY, {"stage": "need", "with_credit": False}),
    "funding.allocated_2022_without": (MONEY, {"stage": "allocated", "with_credit": False}),
    "funding.disbursed_2022_without": (MONEY, {"stage": "disbursed", "with_credit": False}),
    "arrears.owed_202212": ("select sum(amount_vnd_million) from owed", {}),
    "arrears.works": ("select count(*) from owed", {}),
    "programmes.ocop": ("select count(*) from ocop_product where decision_date <= date '2022-12-31'", {}),
}


@pytest.fixture(scope="module")
def snapshot(sample_warehouse: Path) -> Iterator[Snapshot]:
    opened = Snapshot(current_path(sample_warehouse))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def province(snapshot: Snapshot) -> Deck:
    return deck_of(Choice("93", 2022, 2022), snapshot.read, VI, snapshot.build_id)


@pytest.mark.parametrize("ending", CHECKS)
def test_every_number_of_the_files_is_accounted_for(province: Deck, ending: str) -> None:
    assert CHECKS[ending](write(ending, province, VI), province) == []


@pytest.mark.parametrize("key", ASKED_AGAIN)
def test_the_main_figures_are_those_of_the_warehouse(province: Deck, snapshot: Snapshot, key: str) -> None:
    """Counted here from the facts as they were read, by SQL of this test."""
    figure = province.figures()[key]
    query, values = ASKED_AGAIN[key]
    with duckdb.connect(str(snapshot.path), read_only=True) as connection:
        for view in VIEWS:
            connection.execute(view)
        (found,) = connection.execute(query, values).fetchone() or (None,)
    assert found is not None
    assert figure.value is not None
    assert round(float(str(figure.value)), 9) == round(float(found), 9)


@pytest.mark.parametrize("ending", CHECKS)
@pytest.mark.parametrize("place", ["sentence", "chart", "table", "notes"])
def test_a_wrong_number_is_found(ending: str, place: str) -> None:
    """What the tests above rest on: a file that says another number than the deck is told from one that does not."""
    right = decks.deck((decks.bar_slide(), decks.table_slide()))
    assert CHECKS[ending](_written(ending, right), right) == []
    wrong = replace(right, slides=tuple(_with_wrong(slide, place) for slide in right.slides))
    is_written = wrong != right and place in WRITTEN[ending]
    assert bool(CHECKS[ending](_written(ending, wrong), right)) == is_written


WRITTEN = {
    ".pptx": {"sentence", "chart", "table", "notes"},
    ".docx": {"sentence", "table"},
    ".pdf": {"sentence", "chart", "table"},
    ".xlsx": {"chart", "table"},
}
"""What of a slide each file has as text or values: in a DOCX charts are pictures, which no text is read from."""


@cache
def _written(ending: str, deck: Deck) -> bytes:
    return write(ending, deck, VI)


def _with_wrong(slide: Slide, place: str) -> Slide:
    """Return a slide with a number that no figure of the deck has."""
    if place == "sentence" and slide.sentences:
        first = slide.sentences[0]
        return replace(slide, sentences=(replace(first, text=f"{first.text} {WRONG}"), *slide.sentences[1:]))
    if place == "chart" and slide.chart:
        series = slide.chart.series[0]
        changed = replace(series, figures=(_wrong(series.figures[0]), *series.figures[1:]))
        return replace(slide, chart=replace(slide.chart, series=(changed,)))
    if place == "table" and slide.table:
        name, first_figure, *others = slide.table.rows[0]
        return replace(
            slide, table=replace(slide.table, rows=((name, _wrong(first_figure), *others), *slide.table.rows[1:]))
        )
    if place == "notes" and slide.notes:
        return replace(slide, notes=(f"{slide.notes[0]} {WRONG}",))
    return slide


def _wrong(figure: object) -> Figure:
    assert isinstance(figure, Figure)
    return replace(figure, value=WRONG, text=str(WRONG))
