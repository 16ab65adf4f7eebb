"""What the sections on achievement say of the sample, figure by figure, against the queries that the pages ask."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from ntm.i18n import translator
from ntm.reports.deck.choice import Choice, material_of
from ntm.reports.deck.model import Deck, Figure, Slide
from ntm.reports.deck.request import Material, Read
from ntm.reports.deck.story import SECTIONS, make_deck
from ntm.warehouse import Snapshot, current_path
from tests.numbers import conflicts, left, texts_of, unaccounted

OWN = ("results", "targets", "criteria", "below_15", "weaknesses")
PROVINCE, DISTRICT, STRETCH, OPEN, LATE, THERE = "93", "934", "936", "31429", "31435", "31378"
MONTH = date(2022, 12, 31)
HOSTILE = '=HYPERLINK("http://x")<script>\u202e' + "Xã dài" * 40


@pytest.fixture(scope="module")
def snapshot(sample_warehouse: Path) -> Iterator[Snapshot]:
    opened = Snapshot(current_path(sample_warehouse))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def deck_of(snapshot: Snapshot) -> Callable[..., Deck]:
    """Function that returns the deck of a unit and years, made once."""
    made: dict[tuple[Any, ...], Deck] = {}

    def of(unit: str, first: int = 2022, last: int = 2022, language: str = "vi") -> Deck:
        key = (unit, first, last, language)
        if key not in made:
            made[key] = make_deck(_material(snapshot.read, unit, first, last, language), OWN)
        return made[key]

    return of


@pytest.fixture(scope="module")
def words(snapshot: Snapshot) -> frozenset[str]:
    """Texts of the sample that hold digits."""
    return texts_of(snapshot.path)


def _material(read: Read, unit: str, first: int = 2022, last: int = 2022, language: str = "vi") -> Material:
    return material_of(Choice(unit, first, last), read, translator(language), "ntm-test")


def slide(deck: Deck, key: str) -> Slide:
    return next(found for found in deck.slides if found.key == key)


def texts(deck: Deck) -> str:
    return "\n".join(one.text for found in deck.slides for one in found.sentences)


def column(found: Slide, place: int) -> list[object]:
    assert found.table
    return [item.text if isinstance(item, Figure) else item for item in (row[place] for row in found.table.rows)]


def test_province_says_what_the_queries_give(deck_of: Callable[..., Deck], snapshot: Snapshot) -> None:
    deck = deck_of(PROVINCE)
    figures = deck.figures()
    standing = slide(deck, "results.standing")
    assert standing.title == "37/51 xã đạt chuẩn NTM (72,5%)"
    assert standing.sentences[0].text == "37/51 xã đạt chuẩn NTM (72,5%) theo quyết định công nhận đến 31/12/2022."
    for standard in ("ntm", "nang_cao", "kieu_mau"):
        held = snapshot.read("holders", province=PROVINCE, district=None, month=MONTH, standard=standard)
        assert figures[f"results.{standard}"].value == len(held)
        assert {cell.cell for cell in figures[f"results.{standard}"].cells} == set(held["cell"])
    months = snapshot.read("standing_by_month", unit=PROVINCE)
    row = months[months["period_end"] == pd.Timestamp(MONTH)].iloc[0]
    assert figures["criteria.mean"].value == pytest.approx(row["criteria_met_mean"])
    assert figures["below_15.count"].value == row["communes_below_15"] == 5
    assert len(column(slide(deck, "below_15.communes"), 0)) == 5
    assert sum(int(text) for text in map(str, column(slide(deck, "results.districts"), 2))) == 37


def test_course_counts_who_held_the_standard_then(deck_of: Callable[..., Deck], snapshot: Snapshot) -> None:
    chart = slide(deck_of(PROVINCE, 2021, 2023), "results.course").chart
    assert chart
    assert chart.categories == ("31/12/2021", "31/12/2022", "31/12/2023")
    assert [figure.value for figure in chart.series[0].figures if figure] == [34, 37, 40]
    then = snapshot.read("holders", province=PROVINCE, district=None, month=date(2021, 12, 31), standard="ntm")
    first = chart.series[0].figures[0]
    assert first
    assert {cell.cell for cell in first.cells} == set(then["cell"])


def test_withdrawn_commune_counts_while_it_held_the_standard(snapshot: Snapshot) -> None:
    def read(query: str, **values: Any) -> pd.DataFrame:
        rows = snapshot.read(query, **values)
        if query == "holders" and values["month"] == MONTH:
            return rows.iloc[1:]  # the first was withdrawn in 2022
        return rows

    figures = make_deck(_material(read, PROVINCE), ("results",)).figures()
    assert len(figures["results.ntm_202112"].cells) == 34
    assert len(figures["results.ntm"].cells) == 36


def test_targets_of_2022_stand_with_their_gaps(deck_of: Callable[..., Deck]) -> None:
    deck = deck_of(PROVINCE)
    year = slide(deck, "targets.year_2022")
    assert year.title == "Năm 2022: 0/7 chỉ tiêu giao và tối thiểu đã đạt"
    assert "giao 38/51 xã (74,51%) đến 31/12/2022; thực hiện 37/51 xã (72,55%)" in texts(deck)
    assert list(zip(column(year, 2), column(year, 3), column(year, 4), strict=True))[:5] == [
        ("38", "37", "1"), ("9", "7", "2"), ("1", "0", "1"), ("18,2", "17,5", "0,7"), ("14", "13", "1"),
    ]  # fmt: skip
    assert column(year, 3)[-1] is None  # nobody reports products of the national contest: unknown, not zero
    figures = deck.figures()
    assert len(figures["targets.actual.93-ocop_products_new-firm-20221231"].cells) == 36
    assert figures["targets.value.93-ntm_communes-firm-20221231"].cells


def test_named_communes_still_open_stand_with_their_criteria(deck_of: Callable[..., Deck]) -> None:
    named = slide(deck_of(PROVINCE), "targets.named_2022")
    assert named.table
    assert named.table.rows[0] == ("Xã Hiệp Hưng (Huyện Phụng Hiệp)", "NTM", "Giao", "2022", "TC11")
    assert {"Giao", "Phấn đấu"} == set(column(named, 2))
    assert column(named, 2) == sorted(map(str, column(named, 2)))  # firm ones first


def test_a_commune_named_by_two_documents_is_counted_once(snapshot: Snapshot) -> None:
    def read(query: str, **values: Any) -> pd.DataFrame:
        rows = snapshot.read(query, **values)
        if query == "target_units":
            again = rows.assign(document="Kế hoạch số 5/KH-UBND", kind="stretch")
            rows = pd.concat([again, rows], ignore_index=True)
        return rows

    named = slide(make_deck(_material(read, PROVINCE), ("targets",)), "targets.named_2022")
    assert named.title == "Năm 2022: 4/8 lượt xã được giao chưa đạt"
    assert named.sentences[1].text == "Phấn đấu thêm năm 2022: 6/6 lượt xã chưa đạt, đến 31/12/2022."


def test_a_year_with_stretch_plans_alone_says_nothing_of_firm_ones(snapshot: Snapshot) -> None:
    named = slide(make_deck(_material(snapshot.read, STRETCH), ("targets",)), "targets.named_2025")
    assert named.title == "Năm 2025: 1/1 lượt xã phấn đấu thêm chưa đạt"
    assert [one.key for one in named.sentences] == ["targets.say_stretch_2025"]


def test_no_criterion_is_the_lowest_where_all_are_met(snapshot: Snapshot) -> None:
    def read(query: str, **values: Any) -> pd.DataFrame:
        rows = snapshot.read(query, **values)
        return rows.assign(outcome="met") if query == "commune_outcomes" else rows

    met = slide(make_deck(_material(read, DISTRICT), ("criteria",)), "criteria.met")
    assert met.sentences[-1].text == "Ở mọi tiêu chí đã biết kết quả, không có xã nào chưa đạt."


def test_projection_is_said_where_there_is_one(deck_of: Callable[..., Deck]) -> None:
    ahead = texts(deck_of(PROVINCE, 2021, 2025))
    assert "Dự báo theo nhịp các báo cáo đã có, đến 31/12/2025" in ahead
    assert "khoảng 80%" in ahead
    short = texts(deck_of(PROVINCE))  # six months under the set in use at the end of 2022
    assert "Dự báo" not in short
    assert "Dự báo" not in texts(deck_of(DISTRICT, 2021, 2025))


def test_lowest_criteria_keep_their_ties(deck_of: Callable[..., Deck]) -> None:
    deck = deck_of(DISTRICT)
    weak = slide(deck, "weaknesses.figures")
    assert weak.title == "TC2, TC10, TC13: tỷ lệ xã đạt thấp nhất, 66,7%"
    assert column(weak, 3) == ["66,7%"] * 3
    chart = slide(deck, "criteria.met").chart
    assert chart
    values = [figure.value for figure in chart.series[0].figures if figure]
    assert values == sorted(values, key=lambda value: float(str(value)))
    assert len(values) == 10


def test_district_lists_its_communes_and_who_is_late(deck_of: Callable[..., Deck]) -> None:
    deck = deck_of(DISTRICT)
    communes = [*column(slide(deck, "results.communes"), 0), *column(slide(deck, "results.communes_2"), 0)]
    assert len(communes) == len(set(communes)) == 12
    assert slide(deck, "results.communes_2").title.endswith("(tiếp)")
    assert column(slide(deck, "weaknesses.late"), 0) == ["Xã Hiệp Hưng"]
    assert "Chỉ tiêu của tỉnh không được chia cho huyện" in slide(deck, "targets.year_2022").missing


def test_commune_says_its_standard_criteria_and_plans(deck_of: Callable[..., Deck]) -> None:
    open_one = deck_of(OPEN)
    assert slide(open_one, "results.standing").title == "Xã Hiệp Hưng: Chưa đạt chuẩn NTM"
    assert column(slide(open_one, "criteria.strip"), 0) == ["TC11 Nghèo đa chiều"]
    assert slide(open_one, "targets.named").sentences[0].text == "NTM, có tên năm 2022: không đạt khi đến hạn."
    there = deck_of(THERE)
    assert slide(there, "targets.named").title == "1/1 chuẩn có tên trong kế hoạch đã đạt"
    assert slide(there, "criteria.strip").table is None
    assert "đạt sau năm dự kiến" in texts(deck_of(LATE, 2021, 2025))


@pytest.mark.parametrize(
    ("unit", "first", "last", "language"),
    [
        (PROVINCE, 2021, 2021, "vi"),  # before decision 18/2022, one month under the set of 2016-2020
        (PROVINCE, 2021, 2023, "vi"),
        (PROVINCE, 2022, 2022, "vi"),
        (PROVINCE, 2021, 2025, "vi"),
        (PROVINCE, 2021, 2025, "en"),
        (DISTRICT, 2022, 2022, "vi"),
        (DISTRICT, 2021, 2023, "en"),
        (DISTRICT, 2021, 2025, "vi"),
        (OPEN, 2022, 2022, "vi"),
        (OPEN, 2021, 2023, "en"),
        (LATE, 2021, 2025, "vi"),
    ],
)
def test_every_number_is_accounted_for(
    deck_of: Callable[..., Deck], words: frozenset[str], unit: str, first: int, last: int, language: str
) -> None:
    deck = deck_of(unit, first, last, language)
    assert unaccounted(deck, words) == []
    assert conflicts(deck) == []
    for found in deck.slides:
        assert found.sentences or found.chart or found.table or found.sheet or found.missing, found.key
        assert len(found.sentences) <= 5, found.key
        assert not found.table or len(found.table.rows) <= 10, found.key
        assert not found.chart or len(found.chart.categories) <= 12, found.key
        assert len(found.title) <= 90, found.title


def test_a_number_from_nowhere_is_found(deck_of: Callable[..., Deck]) -> None:
    deck = deck_of(PROVINCE)
    first = deck.slides[0]
    told = first.sentences[0]
    forged = replace(told, text=told.text.replace("37/51", "38/51"))
    wrong = replace(deck, slides=(replace(first, sentences=(forged,), title="Hơn 12,5%"), *deck.slides[1:]))
    found = unaccounted(wrong)
    assert any("38" in line for line in found)
    assert any("12,5" in line for line in found)
    assert left("7 xã đến 31/12/2022, Quyết định 18/2022/QĐ-TTg năm 2022, TC10", ()) == ["7"]


def test_without_recognitions_standards_are_unknown(load_workbooks: Callable[[Path], Path], root: Path) -> None:
    folder = load_workbooks(root / "data/sample/tieu_chi/tieu_chi_2022_12.xlsx")
    read = Snapshot(current_path(folder)).read
    for unit in (PROVINCE, DISTRICT, OPEN):
        deck = make_deck(_material(read, unit), OWN)
        assert "Chưa nạp danh sách công nhận" in slide(deck, "results.standing").missing
        assert "0 xã đạt chuẩn" not in texts(deck)
        assert not any(figure.key == "results.ntm" for figure in deck.figures().values())
    province = make_deck(_material(read, PROVINCE), OWN)
    assert slide(province, "below_15.communes").title == "5/51 xã dưới 15 tiêu chí"
    assert "Chưa biết đơn vị cấp huyện nào không có xã đạt chuẩn NTM" in texts(province)
    assert "chưa rõ chuẩn" in slide(province, "criteria.binding").title
    assert "Chưa nạp kế hoạch nào nêu tên xã" in texts(province)


def test_causes_are_quoted_as_reported_with_their_cells(snapshot: Snapshot, tmp_path: Path) -> None:
    told = tmp_path / "told.duckdb"
    shutil.copy(snapshot.path, told)
    with duckdb.connect(str(told)) as connection:
        for number, cause, proposal in (("11", "Thiếu 12 km đường", "  "), ("2", " ", "not met by nobody")):
            connection.execute(
                "update criterion_result set cause = $cause, proposal = $proposal "
                "where unit_code = $unit and period_end = $month and criterion_no = $number",
                {"cause": cause, "proposal": proposal, "unit": OPEN, "month": MONTH, "number": number},
            )
    deck = make_deck(_material(Snapshot(told).read, PROVINCE), ("weaknesses",))
    causes = slide(deck, "weaknesses.causes")
    assert causes.table
    # The second criterion is met: what is written beside it is no cause of anything unmet.
    assert causes.table.rows == (("Xã Hiệp Hưng", "TC11 Nghèo đa chiều", "“Thiếu 12 km đường”", ""),)
    assert len(deck.figures()["weaknesses.causes"].cells) == 1
    assert unaccounted(deck, texts_of(told)) == []


def test_hostile_name_stays_text(snapshot: Snapshot) -> None:
    def read(query: str, **values: Any) -> pd.DataFrame:
        rows = snapshot.read(query, **values)
        return rows.assign(name=rows["name"].where(rows["unit_code"] != OPEN, HOSTILE)) if _names(rows) else rows

    deck = make_deck(_material(read, DISTRICT), OWN)
    assert HOSTILE in column(slide(deck, "results.communes"), 0)
    own = make_deck(_material(read, OPEN), OWN)
    assert own.place == HOSTILE
    assert conflicts(own) == []
    braces = replace(
        _material(snapshot.read, OPEN), unit=replace(_material(snapshot.read, OPEN).unit, name="{day} {0}")
    )
    assert "{day} {0}" in texts(make_deck(braces, OWN))


def _names(rows: pd.DataFrame) -> bool:
    return {"name", "unit_code"} <= set(rows.columns)


def test_province_deck_is_a_whole_review(snapshot: Snapshot) -> None:
    deck = make_deck(_material(snapshot.read, PROVINCE))
    assert len(deck.slides) >= 15
    assert list(dict.fromkeys(found.section for found in deck.slides)) == list(SECTIONS)
