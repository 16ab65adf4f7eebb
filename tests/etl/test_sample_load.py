"""The sample workbooks in the warehouse: the published figures, each row accounted for, each fact led to its cell."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import openpyxl
import pytest

SAMPLE = Path(__file__).parents[2] / "data" / "sample"


def test_hau_giang_has_51_rural_communes(sample_database: duckdb.DuckDBPyConnection) -> None:
    count = sample_database.execute(
        "select count(*) from admin_unit where province_code = '93' and is_rural_commune and valid_to = '2025-06-30'"
    ).fetchone()
    assert count == (51,)


@pytest.mark.parametrize(
    ("day", "ntm", "advanced", "mean"),
    [("2021-12-31", 34, 5, 17.6), ("2022-06-30", 35, 5, 17.7), ("2022-12-31", 37, 7, 17.5)],
)
def test_standing_at_published_dates(
    sample_database: duckdb.DuckDBPyConnection, day: str, ntm: int, advanced: int, mean: float
) -> None:
    rows = sample_database.execute(
        "select communes, ntm_communes, nang_cao_communes, round(criteria_met_mean, 1), unknown_communes "
        "from mart_district_month where level = 'province' and unit_code = '93' and period_end = $day",
        {"day": day},
    ).fetchall()
    assert rows == [(51, ntm, advanced, mean, 0)]


def test_firm_target_of_2022_and_its_named_communes(sample_database: duckdb.DuckDBPyConnection) -> None:
    target = sample_database.execute(
        "select value, denominator from target "
        "where metric = 'ntm_communes' and kind = 'firm' and scope_code = '93' and due_date = '2022-12-31'"
    ).fetchall()
    assert target == [(Decimal(38), "51")]
    named = sample_database.execute(
        "select unit.short_name from target_unit inner join admin_unit as unit using (unit_code) "
        "where target_year = 2022 and standard = 'ntm' and target_unit.kind = 'firm' and unit.valid_to = '2025-06-30'"
    ).fetchall()
    assert {name for (name,) in named} == {"Phú Hữu", "Tân Phú", "Hiệp Hưng"}


def test_every_target_of_the_plan_is_loaded(sample_database: duckdb.DuckDBPyConnection) -> None:
    metrics = sample_database.execute(
        "select metric, value from target "
        "where scope_code = '93' and due_date = '2022-12-31' and confidence = 'reported'"
    ).fetchall()
    assert dict(metrics) == {
        "ntm_communes": 38,
        "nang_cao_communes": 9,
        "kieu_mau_communes": 1,
        "criteria_met_mean": Decimal("18.2"),
        "criteria_met_min": 14,
        "ocop_products_new": 40,
        "ocop_national_products": 5,
    }


def test_need_of_2022_by_six_sources(sample_database: duckdb.DuckDBPyConnection) -> None:
    rows = sample_database.execute(
        "select source_code, sum(amount_vnd_million) from mart_funding "
        "where stage = 'need' and year = 2022 group by all"
    ).fetchall()
    assert dict(rows) == {
        "central": 170914,
        "local": 217040,
        "integrated": 149039,
        "credit": 5589382,
        "enterprise": 16918,
        "community": 116312,
    }
    assert sum(amount for _, amount in rows) == 6259605


def test_text_amounts_of_2023_are_read_like_numbers(sample_database: duckdb.DuckDBPyConnection) -> None:
    """nguon_von_2023_12 is typed as text ('170.129'); two of its columns are clear by their neighbours alone."""
    rows = sample_database.execute(
        "select stage, sum(amount_vnd_million) from funding "
        "where unit_code = '93' and period_start = '2023-01-01' and period_end = '2023-12-31' group by all"
    ).fetchall()
    assert dict(rows) == {"plan": 6459800, "allocated": 531818, "disbursed": 494570, "mobilised": 6063154}


def test_products_of_2022_and_2023(sample_database: duckdb.DuckDBPyConnection) -> None:
    rows = sample_database.execute(
        "select decision_date < '2023-01-01', count(*) from ocop_product group by 1 order by 1"
    ).fetchall()
    assert rows == [(False, 70), (True, 105)]


def test_nothing_of_the_sample_is_refused(sample_database: duckdb.DuckDBPyConnection) -> None:
    """Two districts did not report once each; two columns of one sheet are read by their neighbours; communes repeat.

    What three communes report of themselves in two months is what the province's matrix says of them.
    """
    rows = sample_database.execute("select code, severity, count(*) from load_issue group by all order by 1").fetchall()
    notes = {"FACT_REPEATED": 6, "NUMBER_STYLE_OF_NEIGHBOURS": 2, "ROW_NOT_REPORTED": 14}
    assert rows == [(code, "note", count) for code, count in notes.items()]


def test_causes_and_proposals_lead_to_the_sheet_of_the_commune(sample_database: duckdb.DuckDBPyConnection) -> None:
    rows = sample_database.execute(
        "select result.period_end, sheet, count(cause), count(proposal), bool_and(outcome = 'not_met'), "
        "any_value(distinct path) from criterion_result as result inner join source_file using (source_id, sheet) "
        "where coalesce(cause, proposal) is not null group by all order by all"
    ).fetchall()
    others = [("Lương Tâm", 5, 4, True), ("Vị Đông", 3, 2, True)]
    assert [row[1:5] for row in rows] == [("Hòa An", 5, 4, True), *others, ("Hòa An", 4, 4, True), *others]
    assert {(f"{day:%Y_%m}", path) for day, *_, path in rows} == {
        (month, f"tieu_chi_xa/tieu_chi_xa_{month}.xlsx") for month in ("2025_05", "2025_06")
    }


def body_rows(path: Path, sheet: str) -> int:
    """Count the rows of a sample sheet from its numbering row to its notes, with nothing but the reader library."""
    rows = list(openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True))
    first = next(place for place, row in enumerate(rows) if row[0] == "(1)") + 1
    body = [row for row in rows[first:] if any(value is not None for value in row)]
    texts = [next(str(value) for value in row if value is not None) for row in body]
    ends = (place for place, text in enumerate(texts) if text.startswith("Ghi chú") or "ngày     tháng" in text)
    return next(ends, len(body))


def test_every_row_is_accounted_for(sample_database: duckdb.DuckDBPyConnection) -> None:
    """Counted again in one sheet of each form, and in a month of which a district did not report."""
    sheets = sample_database.execute(
        "select path, sheet, rows_read, rows_loaded, rows_rejected from source_file"
    ).fetchall()
    assert len(sheets) == 111
    assert [path for path, _, read, loaded, rejected in sheets if read != loaded + rejected] == []
    counted = ("chi_tieu_2022", "cong_nhan_ntm", "nguon_von_2022_12", "ocop_2023_01", "2022_04", "2023_08")
    by_place = ("von_huyen_2022_12", "von_xa_2025_06", "giai_ngan_thang_2025", "no_dong_2023_12", "nang_cao_2024_12")
    chosen = [row for row in sheets if Path(row[0]).stem.endswith((*counted, *by_place))]
    assert len(chosen) == 12
    for path, sheet, read, *_ in chosen:
        assert read == body_rows(SAMPLE / path, sheet), path


def test_figure_leads_to_the_cell_that_holds_it(sample_database: duckdb.DuckDBPyConnection) -> None:
    rows = sample_database.execute(
        "select file.path, fact.sheet, fact.cell, fact.amount_vnd_million from funding as fact "
        "inner join source_file as file using (source_id, sheet) where fact.stage = 'need'"
    ).fetchall()
    assert len(rows) == 6
    for path, sheet, cell, amount in rows:
        assert openpyxl.load_workbook(SAMPLE / path)[sheet][cell].value == amount


def test_latest_month_and_its_file(sample_database: duckdb.DuckDBPyConnection) -> None:
    row = sample_database.execute(
        "select max(period_end), max(last_report) from mart_commune_month where province_code = '93'"
    ).fetchone()
    assert row == (date(2025, 6, 30), date(2025, 6, 30))
