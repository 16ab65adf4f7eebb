"""The number of units in each entry of a legend is the mart's, counted anew here, for every layer and month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from ntm.charts.map_layers import Criterion, MapFrame, MapLayer, layers_for, map_frames, map_layer, specs
from ntm.i18n import translator
from ntm.metrics.payments import disbursement
from ntm.warehouse import Snapshot, current_path

VI = translator("vi")
PROVINCE = "93"
EARLIER = date(2022, 12, 31)
CRITERION = Criterion("XA_NTM_2021_2025", 17, "Môi trường")
COMMUNE_LAYERS = [entry.key for entry in layers_for("commune")]
DISTRICT_LAYERS = [entry.key for entry in layers_for("district")]
LayerAt = Callable[[str, date], MapLayer]

# How the mart counts each layer: the class of a commune (m: mart_commune_month) or of a district (d:
# mart_district_month). Written from the definitions, not from the queries of the map.
COUNTED = {
    "standard": """
        select period_end, standard, count(*)
        from mart_commune_month m group by all""",
    "criteria": """
        select period_end, coalesce(
        case when not is_count_known then 'unknown' when criteria_met = criteria_total then 'full'
        when criteria_met >= 15 then 'from_15' when criteria_met >= 10 then 'from_10'
        when criteria_met >= 5 then 'from_5' else 'below_5' end
        , 'unknown'), count(*)
        from mart_commune_month m group by all""",
    "criterion": """
        select period_end, coalesce(
        case when set_code != 'XA_NTM_2021_2025' or last_report is null or list_contains(unknown, '17')
        then 'unknown' when list_contains(unmet, '17') then 'not_met' else 'met' end
        , 'unknown'), count(*)
        from mart_commune_month m group by all""",
    "reported": """
        select period_end, coalesce(
        case when last_report is null then 'never' when months_since_report >= 6 then 'from_6'
        when months_since_report >= 3 then 'from_3' when months_since_report >= 1 then 'from_1'
        else 'below_1' end
        , 'unknown'), count(*)
        from mart_commune_month m group by all""",
    "change": """
        select period_end, coalesce(
        (select case when b.set_code != m.set_code then 'other_set'
        when not b.is_count_known or not m.is_count_known then 'unknown'
        when m.criteria_met - b.criteria_met >= 3 then 'from_3' when m.criteria_met > b.criteria_met then 'from_1'
        when m.criteria_met = b.criteria_met then 'from_0' else 'below_0' end
        from mart_commune_month b where b.unit_code = m.unit_code and b.period_end = date '2022-12-31'
        and m.period_end >= b.period_end)
        , 'unknown'), count(*)
        from mart_commune_month m group by all""",
    "watch": """
        select period_end, coalesce(
        case
        when standard in ('ntm', 'nang_cao', 'kieu_mau') and m.period_end >= date '2022-08-02'
            and (criteria_not_met >= 10 or (criteria_not_met >= 6 and list_has_any(unmet, ['10', '17', '19'])))
            then 'withdrawal'
        when is_count_known and criteria_met < 15 then 'below_15'
        when is_count_known and criteria_met = 18 and standard in ('none', 'unknown') then 'one_away'
        when is_count_known then 'none' else 'unknown' end
        , 'unknown'), count(*)
        from mart_commune_month m group by all""",
    "next_standard": """
        select period_end, coalesce(
        case when standard = 'kieu_mau' then 'top'
        when standard = 'none' and not is_count_known then 'unknown'
        when standard = 'none' then 'ntm_' || case when criteria_not_met >= 4 then '4' when criteria_not_met >= 2
            then '2' else criteria_not_met::varchar end
        else coalesce((
            select 'above_' || case when missing >= 4 then '4' when missing >= 2 then '2' else missing::varchar end
            from (
                select r.period_end, count(*) filter (where outcome = 'not_met') as missing,
                    count(*) filter (where outcome = 'unknown') as unknown
                from criterion_result r join criteria_set using (set_code)
                where r.unit_code = m.unit_code and r.value_kind = 'actual' and r.period_end <= m.period_end
                    and criteria_set.standard = case m.standard when 'ntm' then 'nang_cao' else 'kieu_mau' end
                group by r.period_end order by r.period_end desc limit 1
            ) where unknown = 0), 'unknown') end
        , 'unknown'), count(*)
        from mart_commune_month m group by all""",
    "funding": """
        select period_end, coalesce(
        coalesce((
        select case when amount >= 5000 then 'from_5000' when amount >= 2000 then 'from_2000'
            when amount >= 1000 then 'from_1000' when amount >= 500 then 'from_500' else 'below_500' end
        from (select period_end, sum(amount_vnd_million) as amount from mart_funding f
            where f.unit_code = m.unit_code and f.year = year(m.period_end) and f.stage = 'allocated'
                and f.value_kind = 'actual' and not f.is_credit and f.period_end <= m.period_end
            group by period_end order by period_end desc limit 1)), 'unknown')
        , 'unknown'), count(*)
        from mart_commune_month m group by all""",
    "arrears": """
        select period_end, coalesce(
        (select case when owed = 0 then 'none' when owed >= 2000 then 'from_2000'
            when owed >= 1000 then 'from_1000' when owed >= 500 then 'from_500' else 'below_500' end
        from (select coalesce(sum(a.amount_vnd_million), 0) as owed
            from (select max(period_end) as told from source_file
                where form = 'arrears' and period_end <= m.period_end) list
            left join arrears a on a.unit_code = m.unit_code and a.period_end = list.told
            where list.told is not null having count(list.told) > 0))
        , 'unknown'), count(*)
        from mart_commune_month m group by all""",
    "ntm_share": """
        select period_end, coalesce(
        case when ntm_communes is null then 'unknown' when ntm_communes = 0 then 'none'
        when ntm_communes = communes then 'from_100' when 10 * ntm_communes >= 8 * communes then 'from_80'
        when 2 * ntm_communes >= communes then 'from_50' else 'below_50' end
        , 'unknown'), count(*)
        from mart_district_month d where level = 'district' group by all""",
    "mean_criteria": """
        select period_end, coalesce(
        case when criteria_met_mean is null then 'unknown' when criteria_met_mean >= 18 then 'from_18'
        when criteria_met_mean >= 15 then 'from_15' when criteria_met_mean >= 10 then 'from_10'
        when criteria_met_mean >= 5 then 'from_5' else 'below_5' end
        , 'unknown'), count(*)
        from mart_district_month d where level = 'district' group by all""",
    "without_ntm": """
        select period_end, coalesce(
        case when ntm_communes is null then 'unknown' when ntm_communes = 0 then 'True'
        else 'False' end
        , 'unknown'), count(*)
        from mart_district_month d where level = 'district' group by all""",
    "district_standard": """
        select period_end, coalesce(
        case when (select count(*) from recognition where len(unit_code) = 3) = 0 then 'unknown'
        else coalesce((select max(case r.standard when 'hoan_thanh' then 'ntm' else r.standard end)
            from recognition r where r.unit_code = d.unit_code and r.decision_date <= d.period_end), 'none') end
        , 'unknown'), count(*)
        from mart_district_month d where level = 'district' group by all""",
    "district_reported": """
        select period_end, coalesce(
        (select case when count(last_report) < count(*) then 'never'
            when max(months_since_report) >= 6 then 'from_6' when max(months_since_report) >= 3 then 'from_3'
            when max(months_since_report) >= 1 then 'from_1' else 'below_1' end
        from mart_commune_month m where m.district_code = d.unit_code and m.period_end = d.period_end)
        , 'unknown'), count(*)
        from mart_district_month d where level = 'district' group by all""",
    "district_arrears": """
        select period_end, coalesce(
        (select case when owed = 0 then 'none' when owed >= 10000 then 'from_10000'
            when owed >= 5000 then 'from_5000' when owed >= 1000 then 'from_1000' else 'below_1000' end
        from (select coalesce(sum(a.amount_vnd_million), 0) as owed
            from (select max(period_end) as told from source_file
                where form = 'arrears' and period_end <= d.period_end) list
            left join arrears a on a.period_end = list.told and (a.unit_code = d.unit_code or a.unit_code in (
                select unit_code from admin_unit where district_code = d.unit_code and level = 'commune'))
            where list.told is not null having count(list.told) > 0))
        , 'unknown'), count(*)
        from mart_district_month d where level = 'district' group by all""",
}


@pytest.fixture(scope="module")
def database(sample_warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(current_path(sample_warehouse)), read_only=True) as connection:
        yield connection


@pytest.fixture(scope="module")
def snapshot(sample_warehouse: Path) -> Iterator[Snapshot]:
    opened = Snapshot(current_path(sample_warehouse))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def months(database: duckdb.DuckDBPyConnection) -> list[date]:
    found = database.execute("select distinct period_end from mart_commune_month order by 1").fetchall()
    assert len(found) >= 43
    return [month for (month,) in found]


def counted(database: duckdb.DuckDBPyConnection, name: str) -> dict[date, dict[str, int]]:
    """Return month -> class -> how many units of the mart are in it."""
    found: dict[date, dict[str, int]] = {}
    for month, key, count in database.execute(COUNTED[name]).fetchall():
        found.setdefault(month, {})[key] = count
    return found


def legend(layer: MapLayer, counts: tuple[int, ...] | None = None) -> dict[str, int]:
    """Return the classes that have units, without those that the mart does not have."""
    numbers = counts or tuple(item.count for item in layer.classes)
    pairs = zip(layer.classes, numbers, strict=True)
    return {item.key: count for item, count in pairs if count and item.key != "not_rural"}


@pytest.fixture(scope="module")
def commune_layer(snapshot: Snapshot) -> LayerAt:
    """Function that gives a layer of communes at a month; each month is read once."""

    @cache
    def read(month: date) -> tuple[pd.DataFrame, pd.DataFrame]:
        rows = snapshot.read("map_communes", province=PROVINCE, district=None, month=month, earlier=EARLIER)
        return snapshot.read("commune_units", province=PROVINCE, day=month), rows

    return lambda name, month: map_layer(name, *read(month), VI, criterion=CRITERION)


@pytest.fixture(scope="module")
def district_layer(snapshot: Snapshot) -> LayerAt:
    """The same of districts."""

    @cache
    def read(month: date) -> pd.DataFrame:
        return snapshot.read("map_districts", province=PROVINCE, month=month)

    return lambda name, month: map_layer(name, read(month)[["unit_code", "name"]], read(month), VI)


def expected_rates(money: dict[str, pd.DataFrame], month: date) -> Counter[str]:
    """Count the classes of disbursement from the metric of the page of money."""
    bands = ((90, "from_90"), (70, "from_70"), (50, "from_50"), (30, "from_30"), (-1e9, "below_30"))
    found: Counter[str] = Counter()
    for rows in money.values():
        told = disbursement(rows[~rows["is_credit"]], month.year, month) if len(rows) else None
        pct = told.rate.pct if told else None
        found["unknown" if pct is None else next(key for low, key in bands if pct >= low)] += 1
    return found


@pytest.mark.parametrize("name", [name for name in COMMUNE_LAYERS if name != "disbursement"])
def test_communes_of_each_class_are_as_many_as_in_the_mart(
    database: duckdb.DuckDBPyConnection, commune_layer: LayerAt, months: list[date], name: str
) -> None:
    expected = counted(database, name)
    for month in months:
        assert legend(commune_layer(name, month)) == expected[month], month


@pytest.mark.parametrize("name", [name for name in DISTRICT_LAYERS if name != "disbursement"])
def test_districts_of_each_class_are_as_many_as_in_the_mart(
    database: duckdb.DuckDBPyConnection, district_layer: LayerAt, months: list[date], name: str
) -> None:
    expected = counted(database, name)
    for month in months:
        assert legend(district_layer(name, month)) == expected[month], month


@pytest.mark.parametrize("level", ["commune", "district"])
def test_rates_of_disbursement_are_those_of_the_metric(
    snapshot: Snapshot, commune_layer: LayerAt, district_layer: LayerAt, months: list[date], level: str
) -> None:
    layers = commune_layer if level == "commune" else district_layer
    told = [unit.code for unit in layers("disbursement", months[0]).units if unit.class_key != "not_rural"]
    money = {unit: snapshot.read("funding", unit=unit, month=months[-1]) for unit in told}
    for month in (*months[::6], months[-1]):
        assert legend(layers("disbursement", month)) == expected_rates(money, month), month


@pytest.mark.parametrize("name", COMMUNE_LAYERS)
def test_a_legend_sums_to_the_commune_level_units_in_force(
    database: duckdb.DuckDBPyConnection, commune_layer: LayerAt, months: list[date], name: str
) -> None:
    for month in (months[0], months[-1]):
        total, urban = database.execute(
            "select count(*), count(*) filter (where kind != 'xã') from admin_unit where level = 'commune' and "
            "province_code = $province and $day between valid_from and coalesce(valid_to, date '9999-12-31')",
            {"province": PROVINCE, "day": month},
        ).fetchall()[0]
        counts = {item.key: item.count for item in commune_layer(name, month).classes}
        assert (sum(counts.values()), counts["not_rural"]) == (total, urban)


@pytest.mark.parametrize("level", ["commune", "district", "province"])
def test_frames_are_the_layers_of_their_months(snapshot: Snapshot, months: list[date], level: str) -> None:
    values = {
        "commune": {"province": PROVINCE, "district": None, "earlier": EARLIER},
        "district": {"province": PROVINCE},
        "province": {},
    }[level]
    month = months[20]
    rows, all_rows = (snapshot.read(f"map_{level}s", month=day, **values) for day in (month, None))  # type: ignore[arg-type]
    units = snapshot.read("commune_units", province=PROVINCE, day=month) if level == "commune" else rows
    for name, spec in specs().items():
        if level not in spec.levels:
            continue
        layer = map_layer(name, units, rows, VI, criterion=CRITERION)
        frames: dict[str, MapFrame] = {
            frame.key: frame for frame in map_frames(name, units, all_rows, VI, layer, criterion=CRITERION)
        }
        assert list(frames) == [day.isoformat() for day in months]
        same = frames[month.isoformat()]
        assert (same.label, same.class_keys) == (f"{month:%m/%Y}", tuple(unit.class_key for unit in layer.units))
        assert same.counts == tuple(item.count for item in layer.classes)
        first = snapshot.read(f"map_{level}s", month=months[0], **values)  # type: ignore[arg-type]
        other = map_layer(name, units, first, VI, criterion=CRITERION)
        assert frames[months[0].isoformat()].class_keys == tuple(unit.class_key for unit in other.units)


def test_the_sample_tells_of_every_layer(commune_layer: LayerAt, months: list[date]) -> None:
    """Else the counts above would be those of empty layers."""
    told = {
        name: {key for month in months for key in legend(commune_layer(name, month))} - {"unknown"}
        for name in COMMUNE_LAYERS
    }
    assert {name: keys for name, keys in told.items() if len(keys) < 2} == {}


@pytest.mark.parametrize("name", COMMUNE_LAYERS)
def test_communes_that_are_all_equal_are_in_one_class_and_a_single_one_is_a_map(snapshot: Snapshot, name: str) -> None:
    month = date(2024, 12, 31)
    rows = snapshot.read("map_communes", province=PROVINCE, district=None, month=month, earlier=EARLIER)
    equal = pd.concat([rows.head(1)] * len(rows), ignore_index=True).assign(unit_code=rows["unit_code"])
    units = snapshot.read("commune_units", province=PROVINCE, day=month)
    assert list(legend(map_layer(name, units, equal, VI, criterion=CRITERION)).values()) == [len(rows)]
    one = units[units["is_rural_commune"]].head(1)
    assert list(legend(map_layer(name, one, rows, VI, criterion=CRITERION)).values()) == [1]
    none = map_layer(name, units, rows.head(0), VI, criterion=CRITERION)
    assert legend(none) == {"unknown": len(rows)}
    assert map_frames(name, units, rows.head(0), VI, none, criterion=CRITERION) == ()


def test_provinces_have_their_own_figures_before_published_ones(snapshot: Snapshot) -> None:
    rows = snapshot.read("map_provinces", month=date(2022, 12, 31)).set_index("unit_code")
    own, published = rows.loc["93"], rows.loc["49"]
    assert (own["ntm_communes"], own["ntm_base"], pd.isna(own["ntm_source"])) == (37, 51, True)
    assert published["ntm_published_at"] == pd.Timestamp("2022-12-31")
    assert (published["ntm_communes"], published["ntm_base"]) == (123, 193)
    assert pd.isna(rows.loc["01", "ntm_pct"])
    assert len(rows) == 63
