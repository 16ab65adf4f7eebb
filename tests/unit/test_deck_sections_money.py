"""What the sections on money and tasks say: of the sample, and of a copy of it with what the sample has nothing of."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from ntm.i18n import translator
from ntm.reports.deck.choice import Choice, material_of
from ntm.reports.deck.model import Deck, Figure, Slide
from ntm.reports.deck.request import Material, Period, Unit
from ntm.reports.deck.story import make_deck
from ntm.warehouse import Snapshot, current_path
from tests.numbers import conflicts, texts_of, unaccounted

OWN = ("funding", "arrears", "programmes", "tasks", "proposals")
PROVINCE, DISTRICT, COMMUNE, OWING = "93", "936", "31333", "31339"
PERIODS = [(2021, 2023), (2022, 2022), (2021, 2025)]
HOSTILE = '=HYPERLINK("http://x","{bấm}")<script>\u202e' + "dài " * 60
ADDED = Path(__file__).parent.parent / "fixtures" / "deck_money.sql"
Decks = Callable[..., Deck]


@pytest.fixture(scope="module")
def snapshot(sample_warehouse: Path) -> Iterator[Snapshot]:
    opened = Snapshot(current_path(sample_warehouse))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def changed(sample_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    """A copy of the sample with directives, reports due, villages, proposals, components, ties and gaps."""
    path = tmp_path_factory.mktemp("changed") / "ntm-changed.duckdb"
    shutil.copy(current_path(sample_warehouse), path)
    with duckdb.connect(str(path)) as connection:
        connection.execute(ADDED.read_text(encoding="utf-8"))
        connection.execute("update criterion_result set proposal = $text where proposal = 'hostile'", {"text": HOSTILE})
        connection.execute("update directive set task = $text where task = 'hostile'", {"text": HOSTILE})
    opened = Snapshot(path)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def deck_of(snapshot: Snapshot) -> Decks:
    return _decks(snapshot)


@pytest.fixture(scope="module")
def changed_deck_of(changed: Snapshot) -> Decks:
    return _decks(changed)


def _decks(snapshot: Snapshot) -> Decks:
    """Return a function that makes the deck of a unit and years once."""
    made: dict[tuple[Any, ...], Deck] = {}

    def of(unit: str, first: int = 2022, last: int = 2022, language: str = "vi") -> Deck:
        key = (unit, first, last, language)
        if key not in made:
            choice = Choice(unit, first, last)
            made[key] = make_deck(material_of(choice, snapshot.read, translator(language), "ntm-test"), OWN)
        return made[key]

    return of


def slide(deck: Deck, key: str) -> Slide:
    return next(found for found in deck.slides if found.key == key)


def said(found: Slide) -> str:
    return "\n".join([found.title, *(one.text for one in found.sentences), found.missing])


def texts(found: Slide) -> list[list[str | None]]:
    assert found.table
    return [[item.text if isinstance(item, Figure) else item for item in row] for row in found.table.rows]


def amounts(connection: duckdb.DuckDBPyConnection, unit: str, month: date) -> dict[tuple[str, int, str], Decimal]:
    """Return the sum of each stage, year and source at its latest cut-off, by a query of its own."""
    rows = connection.execute(
        """
        with told as (
            from mart_funding
            where unit_code = $unit and origin_year = year and (period_end <= $month or stage = 'need')
            qualify period_end = max(period_end) over (partition by year, stage)
        )
        select stage, year, source_group, sum(amount_vnd_million) from told group by all
        """,
        {"unit": unit, "month": month},
    ).fetchall()
    return {(stage, year, group): amount for stage, year, group, amount in rows}


def test_need_of_2022_stands_exactly(deck_of: Decks) -> None:
    """The six sources, the total, and both columns of shares."""
    for deck in (deck_of(PROVINCE), deck_of(PROVINCE, 2021, 2023)):
        found = slide(deck, "funding.need")
        assert texts(found) == [
            ["Ngân sách trung ương", "170.914", "2,73%", "25,50%"],
            ["Ngân sách địa phương", "217.040", "3,47%", "32,38%"],
            ["Vốn lồng ghép", "149.039", "2,38%", "22,24%"],
            ["Tín dụng", "5.589.382", "89,29%", None],
            ["Doanh nghiệp", "16.918", "0,27%", "2,52%"],
            ["Cộng đồng, người dân", "116.312", "1,86%", "17,35%"],
            ["Tổng không kể tín dụng", "670.223", "10,71%", "100,00%"],
            ["Tổng kể cả tín dụng", "6.259.605", "100,00%", None],
        ]
        figures = deck.figures()
        assert (figures["funding.need_2022_total"].value, figures["funding.need_2022_without"].value) == (
            Decimal(6259605),
            Decimal(670223),
        )
        assert found.title == "Nhu cầu 2022: 670.223 triệu đồng không kể tín dụng, 6.259.605 kể cả tín dụng"


@pytest.mark.parametrize("unit", [PROVINCE, DISTRICT, COMMUNE])
@pytest.mark.parametrize("period", PERIODS)
def test_amounts_are_the_sums_of_the_warehouse_and_of_their_cells(
    deck_of: Decks, snapshot: Snapshot, unit: str, period: tuple[int, int]
) -> None:
    deck = deck_of(unit, *period)
    figures = deck.figures()
    with duckdb.connect(str(snapshot.path), read_only=True) as connection:
        expected = {
            key: amount
            for key, amount in amounts(connection, unit, deck.as_of).items()
            if period[0] <= key[1] <= period[1]
        }
        cells = {
            tuple(place): amount
            for *place, amount in connection.execute(
                "select distinct path, told.sheet, cell, amount_vnd_million "
                "from funding as told join source_file using (source_id)"
            ).fetchall()
        }
    assert expected
    for (stage, year, group), amount in expected.items():
        figure = figures[f"funding.{stage}_{year}_{group}"]
        assert figure.value == amount
        assert isinstance(figure.value, Decimal)
        assert sum(cells[one.path, one.sheet, one.cell] for one in figure.cells) == amount
    for stage, year, _ in expected:
        own = {group: amount for (of, at, group), amount in expected.items() if (of, at) == (stage, year)}
        assert "credit" not in own or figures[f"funding.{stage}_{year}_total"].value == sum(own.values())
        without = sum(amount for group, amount in own.items() if group != "credit")
        assert figures[f"funding.{stage}_{year}_without"].value == without
    monthly = [figure for key, figure in figures.items() if key.startswith("funding.paid_")]
    assert all(sum(cells[one.path, one.sheet, one.cell] for one in figure.cells) == figure.value for figure in monthly)
    assert bool(monthly) == (unit == PROVINCE or (unit == DISTRICT and period[1] < 2025))


@pytest.mark.parametrize("unit", [PROVINCE, DISTRICT, COMMUNE])
@pytest.mark.parametrize("period", PERIODS)
def test_slides_keep_to_their_measure_and_every_number_is_accounted_for(
    deck_of: Decks, snapshot: Snapshot, unit: str, period: tuple[int, int]
) -> None:
    _check(deck_of(unit, *period), snapshot)


def test_english_says_the_same_figures(deck_of: Decks, snapshot: Snapshot) -> None:
    english = deck_of(PROVINCE, language="en")
    _check(english, snapshot)
    values = {key: figure.value for key, figure in english.figures().items()}
    assert values == {key: figure.value for key, figure in deck_of(PROVINCE).figures().items()}


def _check(deck: Deck, snapshot: Snapshot) -> None:
    assert {found.section for found in deck.slides} == set(OWN)
    assert unaccounted(deck, texts_of(snapshot.path)) == []
    assert conflicts(deck) == []
    for found in deck.slides:
        assert len(found.title) <= 90, found.title
        assert len(found.sentences) <= 5, found.key
        assert sum(part is not None for part in (found.chart, found.table, found.sheet)) <= 1
        assert found.sentences or found.chart or found.table or found.missing, found.key
        assert not found.table or len(found.table.rows) <= 10
        assert not found.chart or len(found.chart.categories) <= 12
        assert "**" not in said(found)


def test_rates_are_over_allocated_money_and_districts_have_ranks(deck_of: Decks) -> None:
    deck = deck_of(PROVINCE)
    assert texts(slide(deck, "funding.rates"))[-1] == ["Cộng (không kể tín dụng)", "498.924", "472.768", "94,8%"]
    ranks = texts(slide(deck, "funding.rate_districts"))
    assert [row[0] for row in ranks] == [str(number) for number in range(1, 9)]
    assert ranks[0][1:] == ["Thành phố Ngã Bảy", "24.492", "23.515", "96,0%"]
    assert "Đứng thứ 3 trong 8 đơn vị" in said(slide(deck_of(DISTRICT), "funding.rates"))
    years = texts(slide(deck_of(PROVINCE, 2021, 2023), "funding.rate_years"))
    assert [row[3] for row in years] == ["92,2%", "94,8%", "93,0%"]


def test_ties_have_one_rank_and_those_that_do_not_report_are_named(changed_deck_of: Decks) -> None:
    found = slide(changed_deck_of(PROVINCE), "funding.rate_districts")
    ranks = {row[1]: row[0] for row in texts(found)}
    assert ranks["Thành phố Vị Thanh"] == ranks["Thành phố Ngã Bảy"]
    assert "Huyện Châu Thành" not in ranks
    assert "1 đơn vị chưa báo cáo đủ" in said(found)
    assert "Huyện Châu Thành." in said(found)


def test_rate_is_refused_with_its_reason(changed_deck_of: Decks) -> None:
    found = slide(changed_deck_of(COMMUNE), "funding.rates")
    assert found.table is None
    assert "có vốn đã giao nhưng chưa có số giải ngân" in found.missing


def test_carried_over_money_is_told_apart(deck_of: Decks, changed_deck_of: Decks) -> None:
    found = slide(changed_deck_of(PROVINCE), "funding.steps")
    assert "chuyển nguồn từ năm 2021 sang năm 2022, giải ngân: 1.234,5 triệu đồng" in said(found)
    assert texts(found) == texts(slide(deck_of(PROVINCE), "funding.steps"))
    assert texts(found)[-1][:2] == ["Còn lại chuyển nguồn", "26.156"]


def test_curve_stands_beside_last_years(deck_of: Decks) -> None:
    chart = slide(deck_of(PROVINCE, 2021, 2023), "funding.curve").chart
    assert chart
    assert [len(series.figures) for series in chart.series] == [12, 12]
    assert [series.figures[-1].value for series in chart.series if series.figures[-1]] == [494570, 472768]
    assert chart.goal
    assert chart.goal.value == 531818
    assert chart.goal_name == "Đã giao"  # money allocated is no target


def test_districts_of_an_earlier_year_are_not_told_as_those_of_the_last(snapshot: Snapshot) -> None:
    """A review of 2021-2025 made at the end of 2023: nothing is known of 2025."""

    def read(query: str, **values: Any) -> pd.DataFrame:
        rows = snapshot.read(query, **values)
        return rows[rows["period_end"] < "2024-01-01"] if query == "months" else rows

    material = material_of(Choice(PROVINCE, 2021, 2025), read, translator("vi"), "ntm-test")
    assert material.period.month == date(2023, 12, 31)
    districts = slide(make_deck(material, ("funding",)), "funding.rate_districts")
    assert districts.table is None
    assert "Chưa so sánh được các huyện năm 2025" in districts.missing


def test_unit_without_money_or_lists_says_so(snapshot: Snapshot) -> None:
    t = translator("vi")
    unit = Unit("49", "Tỉnh Quảng Nam", "province", "49", "Tỉnh Quảng Nam")
    material = Material(unit, Period(2022, 2022, date(2022, 12, 31)), snapshot.read, t, True, "ntm-test")
    deck = make_deck(material, OWN)
    assert [found.key for found in deck.slides][:3] == ["funding.missing", "arrears.missing", "arrears.counterpart"]
    assert all(found.missing for found in deck.slides if found.section != "tasks")
    assert {found.section for found in deck.slides} == set(OWN)


@pytest.mark.parametrize("period", PERIODS)
def test_arrears_are_the_sums_of_the_latest_list(deck_of: Decks, snapshot: Snapshot, period: tuple[int, int]) -> None:
    deck = deck_of(PROVINCE, *period)
    figures = deck.figures()
    with duckdb.connect(str(snapshot.path), read_only=True) as connection:
        owed = connection.execute(
            "select unit_code, sum(amount_vnd_million), count(*) from arrears "
            "where period_end = $day and amount_vnd_million > 0 group by 1",
            {"day": deck.as_of},
        ).fetchall()
    assert figures[f"arrears.owed_{deck.as_of:%Y%m}"].value == sum(amount for _, amount, _ in owed)
    for unit, amount, works in owed:
        assert figures[f"arrears.owed_by_{unit}"].value == amount
        assert figures[f"arrears.works_of_{unit}"].value == len(figures[f"arrears.owed_by_{unit}"].cells) == works
    ages = [figure.value for key, figure in figures.items() if key.startswith("arrears.age_")]
    begun = [figure.value for key, figure in figures.items() if key in ("arrears.begun_before", "arrears.begun_since")]
    assert sum(ages) == sum(begun) == figures[f"arrears.owed_{deck.as_of:%Y%m}"].value  # type: ignore[arg-type]
    assert "chưa đủ điều kiện xét công nhận theo Quyết định 18/2022/QĐ-TTg" in said(slide(deck, "arrears.units"))


def test_commune_lists_its_works_and_another_owes_nothing(deck_of: Decks) -> None:
    works = texts(slide(deck_of(OWING), "arrears.works"))
    assert works == [["Trường trung học cơ sở xã Hoả Tiến", "2.658", "2017", "2019", "Bố trí ngân sách tỉnh năm 2023"]]
    assert "danh sách không ghi khoản nào" in said(slide(deck_of(COMMUNE), "arrears.sum"))


def test_counterpart_is_judged_only_by_a_rule_that_can_be_used(deck_of: Decks, changed_deck_of: Decks) -> None:
    assert "Chưa có quy định về tỷ lệ đối ứng" in said(slide(deck_of(PROVINCE), "arrears.counterpart"))
    judged = said(slide(changed_deck_of(PROVINCE), "arrears.counterpart"))
    assert "Phải có 234.981 triệu đồng, đã giao 200.319 triệu đồng, còn thiếu 34.662 triệu đồng" in judged


def test_ocop_is_told_up_to_its_list(deck_of: Decks, snapshot: Snapshot) -> None:
    deck = deck_of(PROVINCE)
    chart = slide(deck, "programmes.ocop").chart
    assert chart
    with duckdb.connect(str(snapshot.path), read_only=True) as connection:
        ranked = dict(
            connection.execute(
                "select stars, count(*) from ocop_product where decision_date <= $day group by 1", {"day": deck.as_of}
            ).fetchall()
        )
    assert [figure.value for figure in chart.series[0].figures if figure] == [
        ranked.get(stars, 0) for stars in (5, 4, 3)
    ]
    assert deck.figures()["programmes.ocop_new"].value == 36
    later = said(slide(deck_of(PROVINCE, 2021, 2023), "programmes.ocop"))
    assert "đến 31/1/2023" in later
    assert "của năm 2023 chưa rõ" in later
    missing = [found for found in deck.slides if found.section == "programmes" and found.missing]
    assert len(missing) == 1
    assert "thôn, bản, ấp đạt chuẩn; phường, thị trấn đạt chuẩn đô thị văn minh; vốn theo nội dung" in said(missing[0])


def test_villages_wards_and_components_stand_where_they_are_told(changed_deck_of: Decks) -> None:
    deck = changed_deck_of(PROVINCE)
    assert "Số thôn đạt chuẩn NTM: đạt 120/400 thôn (30,0%)" in said(slide(deck, "programmes.villages"))
    assert "đạt 6/24 phường, thị trấn (25,0%)" in said(slide(deck, "programmes.wards"))
    assert texts(slide(deck, "programmes.components"))[0][1:] == ["250,5"]
    assert all(found.key != "programmes.missing" for found in deck.slides)


def test_tasks_are_the_open_targets_and_the_fewest_criteria(deck_of: Decks) -> None:
    deck = deck_of(PROVINCE, 2021, 2023)
    targets = texts(slide(deck, "tasks.targets"))
    assert targets[0] == [
        "Lũy kế số xã đạt chuẩn nông thôn mới", "31/12/2025", "xã", "45", "5", "Đúng nhịp độ",
    ]  # fmt: skip
    assert "Cần ít nhất 12 tiêu chí ở 5 xã để có 45 xã" in said(slide(deck, "tasks.ntm"))
    assert "để không còn xã nào dưới 15 tiêu chí" in said(slide(deck, "tasks.floor"))
    assert "nhiệm vụ được giao theo văn bản; báo cáo phải nộp" in slide(deck, "tasks.missing").missing


def test_a_share_asked_stands_in_percent_and_what_it_lacks_in_units(snapshot: Snapshot) -> None:
    def read(query: str, **values: Any) -> pd.DataFrame:
        rows = snapshot.read(query, **values)
        if query == "targets":
            rows = rows[(rows["metric"] == "ntm_communes") & (rows["due_date"] == "2025-12-31")]
            rows = rows.assign(metric="ntm_share_pct", value=88.0, numerator=37.0, needed=45.0)
        return rows

    material = material_of(Choice(PROVINCE, 2022, 2022), read, translator("vi"), "ntm-test")
    rows = texts(slide(make_deck(material, ("tasks",)), "tasks.targets"))
    assert [row[2:5] for row in rows] == [["%", "88", "8 xã"]]


def test_directives_and_reports_that_are_due(changed_deck_of: Decks) -> None:
    deck = changed_deck_of(PROVINCE)
    directives = slide(deck, "tasks.directives")
    assert directives.title == "3 nhiệm vụ được giao chưa xong, 2 quá hạn"
    assert [row[-1] for row in texts(directives)] == ["quá hạn", "quá hạn", "đang làm"]
    assert HOSTILE in [row[0] for row in texts(directives)]
    submissions = slide(deck, "tasks.submissions")
    assert submissions.title == "2 báo cáo chưa nhận được, 1 quá hạn"
    assert "Trong 3 báo cáo phải nộp" in said(submissions)


def test_proposals_are_quoted_with_unit_and_cell(deck_of: Decks, changed_deck_of: Decks) -> None:
    assert "không ghi nguyên nhân hay kiến nghị" in slide(deck_of(PROVINCE), "proposals.missing").missing
    found = slide(changed_deck_of(PROVINCE), "proposals.quoted")
    assert found.title == "2 kiến nghị, đề xuất của 2 đơn vị"
    rows = texts(found)
    shown = [str(row[3]) for row in rows]
    assert any(text.startswith('=HYPERLINK("http://x","{bấm}")<script>\u202e') and text.endswith("…") for text in shown)
    assert any(HOSTILE in note for note in found.notes)
    assert all(" › " in note for note in found.notes)
    count = changed_deck_of(PROVINCE).figures()["proposals.count"]
    assert (count.value, len(count.cells)) == (2, 2)
    district = [one.section for one in changed_deck_of(DISTRICT).slides if one.missing]
    assert "proposals" in district


def test_units_with_a_cause_alone_are_not_counted_as_proposing(changed: Snapshot) -> None:
    def read(query: str, **values: Any) -> pd.DataFrame:
        rows = changed.read(query, **values)
        return rows.assign(proposal=[*rows["proposal"][:1], None], cause="Thiếu vốn") if query == "proposals" else rows

    material = material_of(Choice(PROVINCE, 2022, 2022), read, translator("vi"), "ntm-test")
    found = slide(make_deck(material, ("proposals",)), "proposals.quoted")
    assert found.title == "1 kiến nghị, đề xuất của 1 đơn vị"
    assert "1 đơn vị nêu 1 kiến nghị, 2 đơn vị nêu 2 nguyên nhân" in said(found)
