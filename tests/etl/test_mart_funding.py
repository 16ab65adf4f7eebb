"""Money of a year in the mart: nothing in-period is added to what is cumulative, nothing is told twice (case 47)."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest
from openpyxl import Workbook

from ntm.warehouse import query_text
from tests.etl.findings import Warehouse
from tests.etl.money_books import arrears, by_district, months, works
from tests.etl.workbooks import Row, funding

CENTRAL = "Vốn ngân sách trung ương"
QUARTER = ("Giải ngân tháng 1", "Giải ngân tháng 2", "Giải ngân tháng 3")
MARCH = {"cut_off": "(Số liệu đến 31/3/2022)"}


def year_so_far(database: duckdb.DuckDBPyConnection) -> list[tuple[object, ...]]:
    """Cut-off and amount of all rows of the mart, in order."""
    return database.execute(
        "select period_end, amount_vnd_million from mart_funding order by period_end, source_code, nature"
    ).fetchall()


def by_month(*amounts: object, headings: Row = QUARTER) -> Workbook:
    return months([1, CENTRAL, *amounts], headings=headings, **MARCH)


@pytest.mark.case(47)
def test_months_are_not_added_to_the_cumulative_amount(warehouse: Warehouse) -> None:
    database = warehouse({"a.xlsx": by_month(5, 7, 9, 21, headings=[*QUARTER, "Lũy kế đến 31/3/2022"])})
    assert database.execute("select count(*) from funding").fetchone() == (4,)
    assert year_so_far(database) == [
        (date(2022, 1, 31), 5),
        (date(2022, 2, 28), 12),
        (date(2022, 3, 31), 21),
    ]


@pytest.mark.case(47)
def test_months_are_summed_where_all_from_january_are_told(warehouse: Warehouse) -> None:
    found = year_so_far(warehouse({"a.xlsx": by_month(5, 7, 9)}))
    assert found == [(date(2022, 1, 31), 5), (date(2022, 2, 28), 12), (date(2022, 3, 31), 21)]


@pytest.mark.case(47)
@pytest.mark.parametrize(("amounts", "told"), [((5, None, 9), [(date(2022, 1, 31), 5)]), ((None, 7, 9), [])])
def test_a_month_that_lacks_makes_the_later_ones_unknown(
    warehouse: Warehouse, amounts: tuple[object, ...], told: list[object]
) -> None:
    assert year_so_far(warehouse({"a.xlsx": by_month(*amounts)})) == told


def test_months_of_several_reports_are_summed(warehouse: Warehouse) -> None:
    books = {
        f"t{month}.xlsx": funding(
            [1, CENTRAL, month], headings=["Giải ngân trong tháng 3" if month == 3 else f"Giải ngân tháng {month}"],
            cut_off=f"(Số liệu đến {day}/{month}/2022)",
        )
        for month, day in ((1, 31), (2, 28), (3, 31))
    }  # fmt: skip
    found = year_so_far(warehouse(books))
    assert found == [(date(2022, 1, 31), 1), (date(2022, 2, 28), 3), (date(2022, 3, 31), 6)]


def test_a_part_without_all_its_months_makes_the_source_unknown(warehouse: Warehouse) -> None:
    rows = [["I", "NGÂN SÁCH TRUNG ƯƠNG"], [1, "Vốn đầu tư", 5, 7, 9], [2, "Vốn sự nghiệp", 1, None, 2]]
    found = year_so_far(warehouse({"a.xlsx": months(*rows, headings=QUARTER, **MARCH)}))
    assert found == [(date(2022, 1, 31), 5), (date(2022, 1, 31), 1)]


def test_newer_report_about_a_period_counts(warehouse: Warehouse) -> None:
    books = {
        "a.xlsx": funding([1, CENTRAL, 5], headings=["Giải ngân lũy kế đến 31/3/2022"], **MARCH),
        "b.xlsx": funding([1, CENTRAL, 6], headings=["Giải ngân lũy kế đến 31/3/2022"]),
    }
    database = warehouse(books)
    assert year_so_far(database) == [(date(2022, 3, 31), 6)]
    assert database.execute("select count(*) from load_issue").fetchone() == (0,)


@pytest.mark.parametrize("order", ["ab", "ba"])
def test_money_that_two_forms_tell_counts_once(warehouse: Warehouse, order: str) -> None:
    """By source undivided and divided, in one report: the division stands, the amount is not doubled."""
    books = [
        funding([1, CENTRAL, 100], headings=["Giải ngân năm 2022"]),
        funding(["I", CENTRAL, 100], [1, "Vốn đầu tư", 60], [2, "Vốn sự nghiệp", 40], headings=["Giải ngân 6T/2022"]),
    ]
    found = year_so_far(warehouse({f"{name}.xlsx": book for name, book in zip(order, books, strict=True)}))
    assert [amount for _, amount in found] == [60, 40]


def test_half_of_the_money_in_another_form_is_no_whole(warehouse: Warehouse) -> None:
    books = {
        "a.xlsx": funding([1, CENTRAL, 100], headings=["Giải ngân năm 2022"]),
        "b.xlsx": funding(["I", CENTRAL], [1, "Vốn đầu tư", 60], headings=["Giải ngân 6T/2022"]),
    }
    assert [amount for _, amount in year_so_far(warehouse(books))] == [100]


def test_money_by_content_is_not_added_to_money_by_source(warehouse: Warehouse) -> None:
    paths = [("TT",), ("Nội dung thực hiện",), ("Huy động", "NSTW"), ("Huy động", "Vốn tín dụng")]
    contents = by_district([1, "Quy hoạch", 30, 2], [2, "Hạ tầng", 70, 3], paths=paths)
    sources = funding([1, CENTRAL, 100], [2, "Vốn tín dụng", 5], headings=["Huy động năm 2022"])
    found = year_so_far(warehouse({"a.xlsx": contents, "b.xlsx": sources}))
    assert [amount for _, amount in found] == [100, 5]


def test_plan_of_the_last_months_is_not_the_plan_of_the_year(warehouse: Warehouse) -> None:
    database = warehouse({"a.xlsx": funding([1, CENTRAL, 100, 40], headings=["Kế hoạch năm 2022", "KH 6T cuối năm"])})
    assert database.execute("select count(*) from funding").fetchone() == (2,)
    assert [amount for _, amount in year_so_far(database)] == [100]


@pytest.mark.case(46)
def test_credit_stands_apart(warehouse: Warehouse) -> None:
    database = warehouse({"a.xlsx": funding([1, CENTRAL, 10], [2, "Vốn tín dụng", 90], headings=["Huy động năm 2022"])})
    sums = database.execute(
        "select is_credit, sum(amount_vnd_million) from mart_funding group by all order by 1"
    ).fetchall()
    assert sums == [(False, 10), (True, 90)]


def test_cells_behind_a_sum_of_months_are_the_months(warehouse: Warehouse) -> None:
    database = warehouse({"a.xlsx": by_month(5, 7, 9)})
    values = {"unit": "93", "year": 2022, "stages": ["disbursed"], "cutoff": date(2022, 3, 31)}
    cells = database.execute(query_text("funding_cells"), values).df()
    assert cells[["cell", "amount_vnd_million"]].to_numpy().tolist() == [["C8", 5], ["D8", 7], ["E8", 9]]


def test_cells_behind_a_cumulative_amount_are_its_own(warehouse: Warehouse) -> None:
    database = warehouse({"a.xlsx": by_month(5, 7, 9, 21, headings=[*QUARTER, "Lũy kế đến 31/3/2022"])})
    values = {"unit": "93", "year": 2022, "stages": ["disbursed"], "cutoff": date(2022, 3, 31)}
    cells = database.execute(query_text("funding_cells"), values).df()
    assert cells["cell"].tolist() == ["F8"]


def test_cells_behind_an_amount_that_two_forms_tell_are_those_of_the_one_that_counts(warehouse: Warehouse) -> None:
    books = {
        "a.xlsx": funding([1, CENTRAL, 100], headings=["Giải ngân năm 2022"]),
        "b.xlsx": funding(
            ["I", CENTRAL, 100], [1, "Vốn đầu tư", 60], [2, "Vốn sự nghiệp", 40], headings=["Giải ngân 6T/2022"]
        ),
    }
    database = warehouse(books)
    values = {"unit": "93", "year": 2022, "stages": ["disbursed"], "cutoff": date(2022, 6, 30)}
    cells = database.execute(query_text("funding_cells"), values).df()
    assert cells[["path", "amount_vnd_million"]].to_numpy().tolist() == [["b.xlsx", 60], ["b.xlsx", 40]]


def test_cells_behind_reported_money_are_not_those_of_estimates(warehouse: Warehouse) -> None:
    headings = ["Giải ngân lũy kế đến 30/6/2022", "Ước giải ngân lũy kế đến 30/6/2022"]
    database = warehouse({"a.xlsx": funding([1, CENTRAL, 100, 130], headings=headings)})
    kinds = database.execute("select distinct value_kind from mart_funding order by 1").fetchall()
    assert kinds == [("actual",), ("estimate",)]
    values = {"unit": "93", "year": 2022, "stages": ["disbursed"], "cutoff": date(2022, 6, 30)}
    cells = database.execute(query_text("funding_cells"), values).df()
    assert cells["amount_vnd_million"].tolist() == [100]


def test_cells_of_every_amount_of_the_sample_add_up_to_it(sample_database: duckdb.DuckDBPyConnection) -> None:
    """The amounts that the page says: of a unit, year and stage at a cut-off, of the surest kind told there."""
    said = sample_database.execute("""
        select unit_code, year, stage, period_end, sum(amount_vnd_million) as amount
        from mart_funding
        where origin_year = year
        group by unit_code, year, stage, period_end, value_kind
        qualify row_number() over (
            partition by unit_code, year, stage, period_end order by value_kind != 'actual', value_kind != 'estimate'
        ) = 1
        order by hash(unit_code, year, stage, period_end)
        limit 100
    """).fetchall()
    query = query_text("funding_cells")
    for unit, year, stage, cutoff, amount in said:
        values = {"unit": unit, "year": year, "stages": [stage], "cutoff": cutoff}
        found = sample_database.execute(query, values)
        place = [column[0] for column in found.description or ()].index("amount_vnd_million")
        assert sum(row[place] for row in found.fetchall()) == amount, values


def test_tables_of_works_and_arrears_pass_the_checks_of_a_snapshot(warehouse: Warehouse) -> None:
    """Every fact leads to a stored cell and is about a unit of the register."""
    road = [1, "Đường ấp 3", "Xã Vị Trung, huyện Vị Thủy", "2019-2021", 5200, 5000, 4100, 900, "Trả năm 2023"]
    database = warehouse({"a.xlsx": arrears(road), "b.xlsx": works([1, "Trường học", 400, 180])})
    assert database.execute("select count(*) from arrears").fetchone() == (1,)
    assert database.execute("select count(*) from work_funding").fetchone() == (2,)
