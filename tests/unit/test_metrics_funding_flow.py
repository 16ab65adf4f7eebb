"""Money from source through component to district: no đồng is lost, none is told twice, none is invented."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from ntm.metrics.exact import exact_sum
from ntm.metrics.funding_flow import NOT_CODED, Flow, Stand, flow, matrix, stand
from tests.unit.test_metrics_funding import DECEMBER, JUNE, amount, money

NAMES = {"930": "Thành phố Vị Thanh", "936": "Huyện Long Mỹ", "937": "Thị xã Long Mỹ"}
NOTHING_CODED = pd.DataFrame(
    columns=["unit_code", "period_end", "source_group", "stage", "value_kind", "component_no", "amount_vnd_million"]
)


def of(unit: str, *rows: dict[str, object]) -> list[dict[str, object]]:
    return [{**row, "unit_code": unit, "name": NAMES[unit]} for row in rows]


def districts(*rows: list[dict[str, object]], silent: tuple[str, ...] = ()) -> pd.DataFrame:
    """Rows as of query funding_districts: a unit that tells nothing has one without amounts."""
    empty: list[dict[str, object]] = [{"unit_code": unit, "name": NAMES[unit]} for unit in silent]
    return pd.DataFrame([row for unit in rows for row in unit] + empty)


def coded(
    unit: str, component: str, million: float, source: str = "central", stage: str = "allocated"
) -> dict[str, object]:
    return {
        "unit_code": unit, "period_end": pd.Timestamp(DECEMBER), "source_group": source, "stage": stage,
        "value_kind": "actual", "component_no": component, "amount_vnd_million": million,
    }  # fmt: skip


TWO = districts(
    of("930", amount("allocated", 10.1), amount("allocated", 5, "local_district"), amount("allocated", 900, "credit")),
    of("936", amount("allocated", 20.2), amount("allocated", 7, "local")),
    silent=("937",),
)
PROVINCE = money(amount("allocated", 40.3), amount("allocated", 12, "local"), amount("allocated", 1000, "credit"))


def found(rows: pd.DataFrame = TWO, whole: pd.DataFrame = PROVINCE, month: date = DECEMBER) -> Stand:
    there = stand(rows, whole, 2022, "allocated", month)
    assert there
    return there


def flows(rows: pd.DataFrame, whole: pd.DataFrame, parts: list[dict[str, object]], *, with_credit: bool = True) -> Flow:
    table = pd.DataFrame(parts) if parts else NOTHING_CODED
    return flow(found(rows, whole), table, "allocated", "93", with_credit=with_credit)


def by(links: pd.DataFrame, column: str) -> dict[str, Decimal]:
    return {str(key): exact_sum(rows["amount_vnd_million"]) for key, rows in links.groupby(column)}


@pytest.mark.parametrize(
    "parts",
    [
        [],
        [coded("930", "02", 6.1), coded("930", "11", 4)],
        [coded("930", "02", 6.1), coded("93", "02", 8), coded("93", "03", 1.5)],
        [coded("930", "02", 99)],
    ],
    ids=["nothing coded", "a district all coded", "some of both", "more than there is"],
)
def test_what_flows_into_each_node_flows_out_of_it(parts: list[dict[str, object]]) -> None:
    links = flows(TWO, PROVINCE, parts).links
    assert by(links, "source_group") == {"central": Decimal("40.3"), "local": Decimal(12), "credit": Decimal(1000)}
    assert by(links, "unit_code") == {"930": Decimal("915.1"), "936": Decimal("27.2"), "93": Decimal(110)}
    assert sum(by(links, "component_no").values()) == Decimal("1052.3")
    assert (links["amount_vnd_million"] > 0).all()


def test_money_that_is_not_coded_or_divided_goes_through_nodes_of_its_own() -> None:
    links = flows(TWO, PROVINCE, [coded("930", "02", 6.1)], with_credit=False).links
    rows = {tuple(row[:3]): row[3] for row in links.itertuples(index=False)}
    assert rows == {
        ("central", "02", "930"): 6.1, ("central", NOT_CODED, "930"): 4, ("central", NOT_CODED, "936"): 20.2,
        ("central", NOT_CODED, "93"): 10, ("local", NOT_CODED, "930"): 5, ("local", NOT_CODED, "936"): 7,
    }  # fmt: skip


def test_the_provinces_own_coding_is_of_what_is_left_when_the_districts_have_theirs() -> None:
    result = flows(TWO, PROVINCE, [coded("930", "02", 6.1), coded("93", "02", 8), coded("93", "03", 1.5)])
    rows = {tuple(row[:3]): row[3] for row in result.links.itertuples(index=False) if row[2] == "93"}
    assert rows["central", "02", "93"] == 1.9
    assert rows["central", "03", "93"] == 1.5
    assert rows["central", NOT_CODED, "93"] == 6.6
    assert result.unclear == ()


@pytest.mark.parametrize("unit", ["930", "93"])
def test_parts_that_cannot_be_parts_are_not_drawn_and_named(unit: str) -> None:
    result = flows(TWO, PROVINCE, [coded(unit, "02", 40)])
    assert set(result.links["component_no"]) == {NOT_CODED}
    assert result.unclear == (unit,)


def test_districts_that_tell_more_than_their_province_are_named() -> None:
    result = flows(TWO, money(amount("allocated", 30), amount("allocated", 12, "local")), [], with_credit=False)
    assert result.more_in_districts == ("central",)
    assert by(result.links, "source_group")["central"] == Decimal("30.3")
    assert "93" not in set(result.links["unit_code"])


def test_the_provinces_money_is_never_divided_where_no_district_tells_any() -> None:
    result = flows(
        districts(silent=tuple(NAMES)).assign(**dict.fromkeys(PROVINCE.columns.drop("unit_code"))), PROVINCE, []
    )
    assert set(result.links["unit_code"]) == {"93"}


def test_a_province_at_another_cut_off_is_set_against_nothing() -> None:
    there = found(whole=money(amount("allocated", 40, cutoff=JUNE)))
    assert not len(there.province)
    assert there.silent == ["Thị xã Long Mỹ"]
    assert set(matrix(there)["row"]) == {"unit", "sum"}


def test_a_district_with_an_older_cut_off_is_silent_at_the_newer() -> None:
    rows = districts(of("930", amount("allocated", 1)), of("936", amount("allocated", 2, cutoff=JUNE)))
    assert found(rows).silent == ["Huyện Long Mỹ"]
    assert found(rows, month=JUNE).silent == ["Thành phố Vị Thanh"]


def test_no_stage_told_by_anybody_is_nothing() -> None:
    assert stand(TWO, PROVINCE, 2022, "plan", DECEMBER) is None
    assert stand(TWO, PROVINCE, 2021, "allocated", DECEMBER) is None


def test_the_table_has_totals_with_and_without_credit_and_the_provinces_difference() -> None:
    table = matrix(found())
    rows = {row["name"] if row["row"] == "unit" else row["row"]: row for row in table.to_dict("records")}
    assert (rows["Thành phố Vị Thanh"]["total"], rows["Thành phố Vị Thanh"]["total_without_credit"]) == (915.1, 15.1)
    summed = rows["sum"]
    assert (summed["central"], summed["local"], summed["credit"]) == (30.3, 12, 900)
    assert summed["total_without_credit"] == 42.3
    assert rows["province"]["total"] == 1052.3
    gap = rows["difference"]
    assert (gap["central"], gap["local"], gap["total_without_credit"]) == (10, 0, 10)
    assert pd.isna(rows["Huyện Long Mỹ"]["credit"]), "not told is not zero"
    assert pd.isna(rows["Thị xã Long Mỹ"]["central"])
    assert pd.isna(rows["Thị xã Long Mỹ"]["total"])


def test_totals_of_different_sources_have_no_difference() -> None:
    whole = money(amount("allocated", 40.3), amount("allocated", 1000, "credit"))
    (gap,) = [row for row in matrix(found(TWO, whole)).to_dict("records") if row["row"] == "difference"]
    assert (gap["central"], gap["credit"]) == (10, 100)
    assert [pd.isna(gap[name]) for name in ("local", "total", "total_without_credit")] == [True] * 3
    whole = money(amount("allocated", 40.3), amount("allocated", 12, "local"))
    (gap,) = [row for row in matrix(found(TWO, whole)).to_dict("records") if row["row"] == "difference"]
    assert (pd.isna(gap["total"]), gap["total_without_credit"]) == (True, 10)


def test_one_district_alone_has_no_sum() -> None:
    one = stand(districts(of("930", amount("allocated", 5))), PROVINCE.head(0), 2022, "allocated", DECEMBER)
    assert one
    assert list(matrix(one)["row"]) == ["unit"]
