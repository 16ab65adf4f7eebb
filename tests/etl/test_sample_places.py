"""The sample's money by place in the warehouse: districts, communes, months, works, arrears fit the province's own."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest

from etl.sample.advanced import advanced_history
from etl.sample.events import holders, recognition_log, recognition_queue
from etl.sample.funding import MOBILISED, half_years
from etl.sample.funding_places import money_of_communes, money_of_districts
from etl.sample.register import read_province
from etl.sample.scenario import read_scenario

STAGES = ("allocated", "disbursed", "mobilised")


def test_money_of_the_province_is_what_its_own_report_states(sample_database: duckdb.DuckDBPyConnection) -> None:
    """No district, commune or month is added to it."""
    rows = sample_database.execute(
        "select stage, sum(amount_vnd_million) from mart_funding "
        "where unit_code = '93' and period_end = '2023-12-31' group by all"
    ).fetchall()
    assert dict(rows) == {"plan": 6459800, "allocated": 531818, "disbursed": 494570, "mobilised": 6063154}


def test_districts_have_the_province_s_money_but_for_that_of_departments(
    sample_database: duckdb.DuckDBPyConnection,
) -> None:
    rows = sample_database.execute(
        """
        with money as (
            select length(unit_code) as digits, period_end, source_code, nature, stage,
                sum(amount_vnd_million) as amount, count(distinct unit_code) as units
            from mart_funding
            where stage in ('allocated', 'disbursed', 'mobilised')
            group by all
        )
        select
            whole.source_code, whole.nature, parts.units,
            round(parts.amount / whole.amount, 2)::double, parts.amount = whole.amount
        from money as whole
        inner join money as parts
            on whole.digits = 2 and parts.digits = 3
            and whole.period_end = parts.period_end
            and whole.source_code = parts.source_code
            and whole.nature is not distinct from parts.nature
            and whole.stage = parts.stage
        where whole.stage != 'disbursed'
        """
    ).fetchall()
    assert len(rows) == 8 * 9
    assert {units for _, _, units, _, _ in rows} == {8}
    assert {(source, nature, share) for source, nature, _, share, _ in rows} == {
        ("central", "investment", 0.96),
        ("central", "recurrent", 0.85),
        ("local_province", None, 0.8),
        ("local_district", None, 1.0),
        ("local_commune", None, 1.0),
        ("integrated", None, 0.75),
        ("credit", None, 1.0),
        ("enterprise", None, 1.0),
        ("community", None, 1.0),
    }
    assert all(is_whole for _, _, _, share, is_whole in rows if share == 1.0)


def test_communes_of_three_districts_have_a_part_of_their_district_s_money(
    sample_database: duckdb.DuckDBPyConnection,
) -> None:
    rows = sample_database.execute(
        """
        with own as (
            select unit.district_code, count(distinct unit_code) as communes, period_end, source_code, nature, stage,
                sum(amount_vnd_million) as amount
            from mart_funding
            inner join admin_unit as unit using (unit_code)
            where unit.level = 'commune' and unit.valid_to = '2025-06-30'
            group by all
        )
        select own.district_code, own.communes, own.period_end, sum(own.amount) < sum(district.amount_vnd_million)
        from own
        inner join mart_funding as district
            on own.district_code = district.unit_code
            and own.period_end = district.period_end
            and own.source_code = district.source_code
            and own.nature is not distinct from district.nature
            and own.stage = district.stage
        group by all
        """
    ).fetchall()
    assert {(district, communes) for district, communes, _, _ in rows} == {("930", 4), ("932", 6), ("934", 12)}
    assert {day.isoformat() for _, _, day, _ in rows} == {"2022-12-31", "2023-12-31", "2024-12-31", "2025-06-30"}
    assert all(is_part for *_, is_part in rows)


def test_months_make_up_the_half_years(sample_database: duckdb.DuckDBPyConnection) -> None:
    rows = sample_database.execute(
        """
        select half.period_end, half.amount_vnd_million, sum(month.amount_vnd_million), count(*)
        from funding as half
        inner join funding as month
            on half.unit_code = month.unit_code
            and half.year = month.year
            and half.stage = month.stage
            and half.source_code = month.source_code
            and half.nature is not distinct from month.nature
            and month.period_end <= half.period_end
        where half.unit_code = '93' and half.is_cumulative and half.stage = 'disbursed' and not month.is_cumulative
        group by all
        """
    ).fetchall()
    assert len(rows) == 7 * 6
    assert all((whole, count) == (total, day.month) for day, whole, total, count in rows)
    months = sample_database.execute(
        "select count(distinct period_end) from mart_funding where unit_code = '93' and stage = 'disbursed'"
    ).fetchone()
    assert months == (1 + 3 * 12 + 6,)


def test_works_make_up_the_central_capital_of_their_communes(sample_database: duckdb.DuckDBPyConnection) -> None:
    rows = sample_database.execute(
        """
        select work.unit_code, work.year, work.total = money.amount_vnd_million
        from (
            select unit_code, year, period_end, source_code, nature, stage, sum(amount_vnd_million) as total
            from work_funding
            group by all
        ) as work
        inner join mart_funding as money using (unit_code, year, period_end, source_code, nature, stage)
        """
    ).fetchall()
    assert len(rows) == 6 * 4 * 2
    assert all(is_whole for *_, is_whole in rows)
    assert sample_database.execute("select count(*) from work_funding where category is null").fetchone() == (0,)
    coded = "select distinct criterion_no, category from work_funding where criterion_no in ('2', '5') order by all"
    assert sample_database.execute(coded).fetchall() == [("2", "giao thông"), ("5", "trường học")]
    assert sample_database.execute("select count(*) from work_funding where criterion_no is null").fetchone() == (0,)


def test_arrears_fall_and_a_commune_that_owes_is_not_recognised(sample_database: duckdb.DuckDBPyConnection) -> None:
    rows = sample_database.execute(
        "select period_end, count(distinct unit_code) filter (where amount_vnd_million > 0), "
        "sum(amount_vnd_million)::integer, count(*) filter (where finished_year <= 2020) > 0, "
        "count(*) filter (where finished_year > 2020) > 0 from arrears group by period_end order by period_end"
    ).fetchall()
    totals = [total for _, _, total, _, _ in rows]
    assert [day.isoformat() for day, *_ in rows] == ["2022-12-31", "2023-12-31", "2024-12-31", "2025-06-30"]
    assert totals == sorted(totals, reverse=True)
    assert rows[0][1] == 7
    assert rows[-1][1] >= 3
    assert all(is_old and is_new for *_, is_old, is_new in rows)
    recognised = sample_database.execute(
        "select unit.name, recognition.decision_date from recognition inner join arrears using (unit_code) "
        "inner join admin_unit as unit on unit.unit_code = recognition.unit_code and unit.valid_to = '2025-06-30' "
        "where recognition.decision_date >= '2022-12-31' group by all"
    ).fetchall()
    assert recognised == [("Xã Vị Bình", date(2023, 12, 22))]
    owed = sample_database.execute(
        "select period_end, amount_vnd_million from arrears where work = 'Đường liên xã Vị Bình' order by period_end"
    ).fetchall()
    assert [(day.year, amount > 0) for day, amount in owed] == [(2022, True), (2023, False)]


def test_criteria_of_nang_cao_are_known_for_two_districts_and_full_for_holders(
    sample_database: duckdb.DuckDBPyConnection,
) -> None:
    rows = sample_database.execute(
        """
        select result.period_end, unit.district_code, result.unit_code, standing.standard,
            count(*) filter (where result.outcome = 'met') as met, count(*) as told
        from criterion_result as result
        inner join admin_unit as unit on result.unit_code = unit.unit_code and unit.valid_to = '2025-06-30'
        inner join mart_commune_month as standing
            on result.unit_code = standing.unit_code and result.period_end = standing.period_end
        where result.set_code = 'XA_NTM_NANG_CAO_2021_2025'
        group by all
        """
    ).fetchall()
    assert {district for _, district, *_ in rows} == {"933", "937"}
    assert {told for *_, told in rows} == {19}
    for _, _, _, standard, met, _ in rows:
        assert (met == 19) == (standard in ("nang_cao", "kieu_mau"))
        assert standard != "none"


def test_recognised_districts_have_ntm_communes_alone(sample_database: duckdb.DuckDBPyConnection) -> None:
    rows = sample_database.execute(
        """
        select month.name, recognition.standard, month.ntm_communes = month.communes
        from recognition
        inner join mart_district_month as month
            on recognition.unit_code = month.unit_code and month.period_end = '2025-06-30' and month.level = 'district'
        order by recognition.decision_date, month.unit_code
        """
    ).fetchall()
    assert len(rows) == 5
    assert all(is_full for *_, is_full in rows)
    assert {standard for name, standard, _ in rows if name.startswith("Huyện")} == {"ntm"}
    assert {standard for name, standard, _ in rows if not name.startswith("Huyện")} == {"hoan_thanh"}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_another_seed_splits_the_money_exactly_too(seed: int) -> None:
    """Nobody spends more than was allocated, and nothing that was spent by June is unspent in December."""
    scenario = read_scenario()
    province = read_province(scenario["province_code"])
    money = half_years(scenario, seed)
    districts = money_of_districts(province, scenario, money, seed)
    spent: dict[tuple[int, str, str], int] = {}
    for day, by_district in districts.items():
        for district, by_source in by_district.items():
            for source, amounts in by_source.items():
                if source not in MOBILISED:
                    assert 0 <= amounts.disbursed <= amounts.allocated  # type: ignore[operator]
                    before = spent.get((day.year, district.name, source), 0)
                    spent[day.year, district.name, source] = amounts.disbursed or 0
                    assert before <= (amounts.disbursed or 0)
        whole = money[day]["local_district"]
        for stage in STAGES[:2]:
            parts = [getattr(by_source["local_district"], stage) for by_source in by_district.values()]
            assert sum(parts) == getattr(whole, stage)
    own = [
        amounts
        for communes_of in money_of_communes(scenario, districts, seed).values()
        for by_commune in communes_of.values()
        for by_source in by_commune.values()
        for amounts in by_source.values()
    ]
    assert len(own) == 4 * 22 * 4
    assert all(0 <= (amounts.disbursed or 0) <= (amounts.allocated or 0) for amounts in own)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_another_seed_keeps_holders_of_nang_cao_at_all_its_criteria(seed: int) -> None:
    scenario = read_scenario()
    province = read_province(scenario["province_code"])
    queue = recognition_queue(province, scenario, seed)
    log = recognition_log(province, scenario, queue, seed)
    for day, unmet in advanced_history(province.districts, log, scenario["advanced"], seed).items():
        assert set(unmet) == set(holders(log, "ntm", day))
        assert {commune for commune, lacking in unmet.items() if not lacking} == set(holders(log, "nang_cao", day))
