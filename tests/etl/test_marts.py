"""Marts over a real database: sets, months without report, revocations, two provinces, codes that are used again."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import duckdb
from openpyxl import Workbook

from tests.etl.findings import Warehouse
from tests.etl.workbooks import (
    NTM_SET,
    NTM_SET_BEFORE,
    Row,
    funding,
    matrix,
    ntm_matrix,
    products,
    recognition,
    recognitions,
    targets,
)

VI_TAN, HOA_LUU, DAI_THANH = "31333", "31336", "31411"
OLD, NEW = "XA_NTM_2016_2020", "XA_NTM_2021_2025"


def month(database: duckdb.DuckDBPyConnection, unit: str, day: str, *columns: str) -> tuple[object, ...]:
    """Return columns of one commune and month."""
    rows = database.execute(
        "select columns(lambda name: name in $columns) from mart_commune_month "
        "where unit_code = $unit and period_end = $day",
        {"columns": list(columns), "unit": unit, "day": day},
    )
    names = [item[0] for item in rows.description]
    (row,) = rows.fetchall()
    return tuple(row[names.index(column)] for column in columns)


def province(database: duckdb.DuckDBPyConnection, code: str, day: str) -> dict[str, object]:
    """Return a province's row of a month."""
    rows = database.execute(
        "select * from mart_district_month where level = 'province' and unit_code = $code and period_end = $day",
        {"code": code, "day": day},
    )
    names = [item[0] for item in rows.description]
    (row,) = rows.fetchall()
    return dict(zip(names, row, strict=True))


def test_commune_without_a_report_is_unknown_and_in_no_mean(warehouse: Warehouse) -> None:
    database = warehouse(
        {"a.xlsx": ntm_matrix("(Số liệu đến 30/6/2022)", {"Vị Tân": 19, "Hoả Lựu": 12, "Tân Tiến": None})}
    )
    found = province(database, "93", "2022-06-30")
    assert (found["communes"], found["known_communes"], found["unknown_communes"]) == (51, 2, 49)
    assert (found["criteria_met_mean"], found["criteria_met_min"], found["communes_below_15"]) == (15.5, 12, 1)
    assert (found["communes_full"], found["communes_15_up"], found["communes_10_14"]) == (1, 0, 1)
    assert (found["ntm_communes"], found["is_without_ntm"]) == (None, None)
    assert month(database, "31338", "2022-06-30", "criteria_met", "is_count_known", "last_report") == (
        None,
        False,
        None,
    )


def test_district_of_which_nothing_is_known_has_no_counts(warehouse: Warehouse) -> None:
    database = warehouse({"a.xlsx": ntm_matrix("(Số liệu đến 30/6/2022)", {"Vị Tân": 19})})
    row = database.execute(
        "select communes, known_communes, communes_full, criteria_met_mean "
        "from mart_district_month where unit_code = '931'"
    ).fetchone()
    assert row == (2, 0, None, None)


def test_months_without_a_report_keep_the_last_one_and_grow_stale(warehouse: Warehouse) -> None:
    database = warehouse(
        {
            "a.xlsx": ntm_matrix("(Số liệu đến 31/1/2022)", {"Vị Tân": 12}, decision=NTM_SET_BEFORE),
            "b.xlsx": ntm_matrix("(Số liệu đến 31/5/2022)", {"Hoả Lựu": 13}, decision=NTM_SET_BEFORE),
        }
    )
    columns = ("criteria_met", "months_since_report", "is_stale")
    found = [month(database, VI_TAN, day, *columns) for day in ("2022-01-31", "2022-03-31", "2022-04-30", "2022-05-31")]
    assert found == [(12, 0, False), (12, 2, False), (12, 3, True), (12, 4, True)]
    assert month(database, HOA_LUU, "2022-04-30", *columns) == (None, None, False)
    assert province(database, "93", "2022-05-31")["not_reporting_communes"] == 50


def test_report_within_a_month_counts_for_its_end(warehouse: Warehouse) -> None:
    database = warehouse({"a.xlsx": ntm_matrix("(Số liệu đến 15/6/2022)", {"Vị Tân": 12})})
    assert month(database, VI_TAN, "2022-06-30", "criteria_met", "last_report") == (12, date(2022, 6, 15))


def test_districts_that_report_under_different_sets(warehouse: Warehouse) -> None:
    """One commune has gone over to the new set, two have not: the province counts with what most use.

    The other commune is known by its last report under that set, or not at all; sets are never mixed in a mean.
    """
    day = "(Số liệu đến 31/7/2022)"
    books = {
        "a.xlsx": ntm_matrix("(Số liệu đến 30/6/2022)", {"Đại Thành": 18}, decision=NTM_SET_BEFORE),
        "b.xlsx": ntm_matrix(day, {"Vị Tân": 19, "Hoả Lựu": 17}, decision=NTM_SET_BEFORE),
        "c.xlsx": ntm_matrix(day, {"Đại Thành": 15}),
    }
    database = warehouse(books)
    assert province(database, "93", "2022-07-31")["set_code"] == OLD
    assert month(database, DAI_THANH, "2022-07-31", "set_code", "criteria_met", "last_report") == (
        OLD,
        18,
        date(2022, 6, 30),
    )
    assert province(database, "93", "2022-07-31")["criteria_met_mean"] == 18


def test_new_set_is_in_use_once_most_communes_report_under_it(warehouse: Warehouse) -> None:
    books = {
        "a.xlsx": ntm_matrix(
            "(Số liệu đến 30/6/2022)", {"Vị Tân": 19, "Hoả Lựu": 17, "Đại Thành": 19}, decision=NTM_SET_BEFORE
        ),
        "b.xlsx": ntm_matrix("(Số liệu đến 31/7/2022)", {"Vị Tân": 16}),
        "c.xlsx": ntm_matrix("(Số liệu đến 31/8/2022)", {"Hoả Lựu": 15}),
    }
    database = warehouse(books)
    sets = [province(database, "93", day)["set_code"] for day in ("2022-06-30", "2022-07-31", "2022-08-31")]
    assert sets == [OLD, OLD, NEW]
    assert month(database, VI_TAN, "2022-07-31", "criteria_met") == (19,)
    assert month(database, VI_TAN, "2022-08-31", "criteria_met") == (16,)
    assert month(database, DAI_THANH, "2022-08-31", "criteria_met", "last_report") == (None, None)


def test_tie_between_sets_goes_to_the_newer(warehouse: Warehouse) -> None:
    day = "(Số liệu đến 31/7/2022)"
    old = ntm_matrix(day, {"Vị Tân": 19}, decision=NTM_SET_BEFORE)
    database = warehouse({"a.xlsx": old, "b.xlsx": ntm_matrix(day, {"Hoả Lựu": 17})})
    assert province(database, "93", "2022-07-31")["set_code"] == NEW


def test_result_of_another_standard_is_not_counted_as_ntm(warehouse: Warehouse) -> None:
    database = warehouse({"a.xlsx": matrix([1, "Vị Tân", *"xxxx"])})
    assert database.execute("select count(*) from mart_commune_month").fetchone() == (0,)
    assert database.execute("select count(*) from criterion_result").fetchone() == (4,)


def test_unknown_criteria_are_not_unmet(warehouse: Warehouse) -> None:
    marks = ["x"] * 17 + ["CĐ", "?"]
    book = ntm_matrix("(Số liệu đến 30/6/2022)", {"Vị Tân": 19})
    for column, mark in enumerate(marks, start=3):
        book.active.cell(8, column, mark)
    database = warehouse({"a.xlsx": book})
    columns = ("criteria_met", "criteria_not_met", "criteria_unknown", "is_count_known", "unmet", "unknown")
    assert month(database, VI_TAN, "2022-06-30", *columns) == (17, 1, 1, False, ["18"], ["19"])
    rows = database.execute(
        "select criterion_no, communes_met, communes_not_met, communes_unknown from mart_criterion_month "
        "where level = 'province' and criterion_no in ('1', '18', '19') order by criterion_no::integer"
    ).fetchall()
    assert rows == [("1", 1, 0, 50), ("18", 0, 1, 50), ("19", 0, 0, 51)]


def numbered(*rows: Row) -> Workbook:
    """Return a list of recognitions as of 30 June 2025, each with a decision number of its own."""
    return recognitions(*([*row[:5], f"{place}/QĐ-UBND", *row[6:]] for place, row in enumerate(rows)))


def standard_of(database: duckdb.DuckDBPyConnection, unit: str, day: str) -> object:
    """Return the highest standard that a commune holds at a month."""
    return month(database, unit, day, "standard")[0]


ADVANCED, MODEL = "NTM nâng cao", "NTM kiểu mẫu"
# Of one commune each: (year, standard, event) of its decisions as the list has them, and what it holds after all.
HISTORIES: dict[str, tuple[list[tuple[int, str, str]], str]] = {
    "Vị Tân": ([(2019, "NTM", "Công nhận")], "ntm"),
    "Hoả Lựu": ([(2019, "NTM", "Công nhận"), (2020, "NTM", "Thu hồi")], "none"),
    "Tân Tiến": ([(2019, "NTM", "Công nhận"), (2020, "NTM", "Thu hồi"), (2021, "NTM", "Công nhận lại")], "ntm"),
    "Hoả Tiến": ([(2020, "NTM", "Thu hồi"), (2021, "NTM", "Công nhận"), (2019, "NTM", "Công nhận")], "ntm"),
    "Đại Thành": ([(2019, "NTM", "Công nhận"), (2019, "NTM", "Thu hồi")], "none"),
    "Tân Thành": ([(2019, "NTM", "Công nhận"), (2020, MODEL, "Công nhận")], "kieu_mau"),
    "Phú Hữu": (
        [(2020, ADVANCED, "Công nhận"), (2021, MODEL, "Công nhận"), (2022, MODEL, "Thu hồi")],
        "nang_cao",
    ),
    # A commune that loses NTM loses what is built on it, and gets it back only by a decision.
    "Phú Tân": ([(2019, "NTM", "Công nhận"), (2020, ADVANCED, "Công nhận"), (2021, "NTM", "Thu hồi")], "none"),
    "Đông Phước": (
        [(2020, ADVANCED, "Công nhận"), (2021, "NTM", "Thu hồi"), (2022, "NTM", "Công nhận")],
        "ntm",
    ),
    # A list that begins late: nâng cao presumes NTM, and to lose nâng cao is not to lose NTM.
    "Đông Phú": ([(2020, ADVANCED, "Công nhận"), (2021, ADVANCED, "Thu hồi")], "ntm"),
    "Đông Thạnh": ([], "none"),
}


def test_standard_held_after_events(warehouse: Warehouse) -> None:
    rows = [
        recognition(name, "", standard, date(year, 5, 1), event)
        for name, (history, _) in HISTORIES.items()
        for year, standard, event in history
    ]
    found = warehouse({"a.xlsx": numbered(*rows)}).execute(
        "select name, standard from mart_commune_month where period_end = '2025-06-30'"
    )
    standards = {name.removeprefix("Xã "): standard for name, standard in found.fetchall()}
    assert {name: standards[name] for name in HISTORIES} == {
        name: standard for name, (_, standard) in HISTORIES.items()
    }


def test_standard_is_held_from_the_day_of_the_decision(warehouse: Warehouse) -> None:
    """The result of 2021 was decided in 2022; 19 of 19 criteria before it are no recognition."""
    books = {
        "a.xlsx": ntm_matrix("(Số liệu đến 31/3/2022)", {"Vị Tân": 19}),
        "b.xlsx": numbered(recognition(day=date(2022, 4, 15), year=2021)),
    }
    database = warehouse(books)
    days = ("2022-03-31", "2022-04-30", "2025-06-30")
    assert [standard_of(database, VI_TAN, day) for day in days] == ["none", "ntm", "ntm"]
    assert province(database, "93", "2022-03-31")["ntm_communes"] == 0


def test_list_of_one_district_says_nothing_of_the_others(warehouse: Warehouse) -> None:
    book = recognitions(recognition(), head="UBND THÀNH PHỐ VỊ THANH, TỈNH HẬU GIANG", title="DANH SÁCH XÃ NTM")
    database = warehouse({"a.xlsx": book})
    assert standard_of(database, VI_TAN, "2025-06-30") == "ntm"
    assert standard_of(database, HOA_LUU, "2025-06-30") == "none"
    assert standard_of(database, DAI_THANH, "2025-06-30") == "unknown"
    assert province(database, "93", "2025-06-30")["ntm_communes"] is None


def test_two_provinces_in_one_load_do_not_touch_each_other(warehouse: Warehouse) -> None:
    day = "(Số liệu đến 30/6/2022)"
    books = {
        "a.xlsx": ntm_matrix(day, {"Vị Tân": 19}),
        "b.xlsx": ntm_matrix(
            "(Số liệu đến 31/5/2022)", {"Ba Trinh": 10}, province="TỈNH SÓC TRĂNG", decision=NTM_SET_BEFORE
        ),
        "c.xlsx": numbered(recognition()),
    }
    database = warehouse(books)
    hau_giang, soc_trang = province(database, "93", "2022-06-30"), province(database, "94", "2022-05-31")
    assert (hau_giang["set_code"], hau_giang["criteria_met_mean"], hau_giang["ntm_communes"]) == (NEW, 19, 1)
    assert (soc_trang["set_code"], soc_trang["criteria_met_mean"], soc_trang["ntm_communes"]) == (OLD, 10, None)
    assert database.execute("select max(period_end) from mart_commune_month where province_code = '94'").fetchone() == (
        date(2022, 5, 31),
    )


NEW_CAN_THO = "THÀNH PHỐ CẦN THƠ"


def test_code_used_again_is_another_commune(warehouse: Warehouse) -> None:
    """31465 was xã Vị Thanh (huyện Vị Thuỷ) and is xã Vị Thanh 1, made of several communes, since 1 July 2025."""
    books = {
        "a.xlsx": ntm_matrix("(Số liệu đến 30/6/2025)", {"Vị Thanh": 19}, district="Huyện Vị Thuỷ"),
        "b.xlsx": numbered(recognition("Vị Thanh", "huyện Vị Thủy")),
        "c.xlsx": ntm_matrix("(Số liệu đến 31/8/2025)", {"Vị Thuỷ": 11}, province=NEW_CAN_THO),
    }
    database = warehouse(books)
    columns = ("province_code", "criteria_met", "standard", "last_report")
    assert month(database, "31465", "2025-06-30", *columns) == ("93", 19, "ntm", date(2025, 6, 30))
    assert month(database, "31465", "2025-08-31", *columns) == ("92", None, "unknown", None)
    assert province(database, "92", "2025-08-31")["known_communes"] == 1


def test_recognition_of_the_old_commune_is_not_the_new_one_s(warehouse: Warehouse) -> None:
    """Each map has its list; the new one does not name the commune that bears the old code now."""
    parts = {"cut_off": "(Số liệu đến 31/8/2025)", "head": f"UBND {NEW_CAN_THO}", "title": "DANH SÁCH XÃ NTM"}
    books = {
        "a.xlsx": numbered(recognition("Vị Thanh", "huyện Vị Thủy")),
        "b.xlsx": recognitions(recognition("Vị Thuỷ", "", number="9/QĐ-UBND"), **parts),
    }
    database = warehouse(books)
    assert month(database, "31465", "2025-06-30", "standard") == ("ntm",)
    assert month(database, "31465", "2025-08-31", "standard") == ("none",)


def test_list_of_the_new_map_counts_earlier_decisions_for_the_new_commune(warehouse: Warehouse) -> None:
    rows = recognition("Vị Thanh 1", "", day=date(2015, 12, 22))
    book = recognitions(rows, cut_off="(Số liệu đến 31/8/2025)", head=f"UBND {NEW_CAN_THO}", title="DANH SÁCH XÃ NTM")
    database = warehouse({"a.xlsx": book})
    assert month(database, "31465", "2025-08-31", "standard", "recognition_as_of") == ("ntm", date(2025, 8, 31))


def test_money_of_a_year_is_latest_for_the_old_and_the_new_province(warehouse: Warehouse) -> None:
    """92 is Cần Thơ before and after: the report of December does not replace that of another unit in June."""
    headings = ["Giải ngân năm 2025"]
    row = [1, "Vốn tín dụng", 5]
    parts = {"headings": headings, "title": "TỔNG HỢP NGUỒN VỐN XÂY DỰNG NÔNG THÔN MỚI", "head": f"UBND {NEW_CAN_THO}"}
    books = {
        "a.xlsx": funding(row, cut_off="(Số liệu đến 31/3/2025)", **parts),  # type: ignore[arg-type]
        "b.xlsx": funding(row, cut_off="(Số liệu đến 30/6/2025)", **parts),  # type: ignore[arg-type]
        "c.xlsx": funding(row, cut_off="(Số liệu đến 31/12/2025)", **parts),  # type: ignore[arg-type]
    }
    rows = warehouse(books).execute("select period_end, is_latest from mart_funding order by 1").fetchall()
    assert rows == [(date(2025, 3, 31), False), (date(2025, 6, 30), True), (date(2025, 12, 31), True)]


def test_money_is_summed_over_details_with_credit_apart(warehouse: Warehouse) -> None:
    rows = [
        ["I", "HUY ĐỘNG TỪ CỘNG ĐỒNG", 10],
        [1, "Tiền mặt", 4],
        [2, "Ngày công và hiện vật", 6],
        ["II", "Vốn tín dụng", 7],
    ]
    database = warehouse({"a.xlsx": funding(*rows, headings=["Huy động năm 2022"])})
    found = database.execute(
        "select source_group, is_credit, amount_vnd_million from mart_funding order by source_group"
    ).fetchall()
    assert found == [("community", False, Decimal(10)), ("credit", True, Decimal(7))]


def test_target_is_compared_as_it_is_printed(warehouse: Warehouse) -> None:
    """A mean of 18.15 is printed 18,2 and reaches it: gap and answer agree."""
    counts = {
        "Vị Tân": 19,
        "Hoả Lựu": 19,
        "Tân Tiến": 18,
        "Hoả Tiến": 17,
        "Đại Thành": 18,
        "Tân Thành": 18,
        "Phú Hữu": 18,
    }
    row = [1, "Bình quân số tiêu chí nông thôn mới đạt chuẩn/xã", "", 18.1, "giao", None, date(2022, 12, 31), "KH"]
    database = warehouse({"a.xlsx": ntm_matrix("(Số liệu đến 30/6/2022)", counts), "b.xlsx": targets(row)})
    actual, gap, is_reached = database.execute(
        "select actual, gap, is_reached from mart_target_progress"
    ).fetchone() or (0, 0, 0)
    assert (round(actual, 3), gap, is_reached) == (18.143, 0, True)


def test_target_of_the_old_province_ends_with_it(warehouse: Warehouse) -> None:
    row = [1, "Số xã đạt chuẩn NTM", "xã", 40, "giao", None, date(2025, 12, 31), "KH 1"]
    books = {
        "a.xlsx": targets(row, head="UBND THÀNH PHỐ CẦN THƠ", title="CHỈ TIÊU NÔNG THÔN MỚI NĂM 2025"),
        "b.xlsx": ntm_matrix("(Số liệu đến 30/6/2025)", {"Trung Hưng": 19}, province=NEW_CAN_THO),
        "c.xlsx": ntm_matrix("(Số liệu đến 31/7/2025)", {"Vị Thuỷ": 19}, province=NEW_CAN_THO),
    }
    rows = warehouse(books).execute("select period_end from mart_target_progress").fetchall()
    assert rows == [(date(2025, 6, 30),)]


def test_products_are_counted_within_the_year_and_while_the_list_tells(warehouse: Warehouse) -> None:
    """Decided before the register's first day: counted all the same. After the list's date nothing is known."""
    rows = [["I. THÀNH PHỐ VỊ THANH"]]
    for place, day in enumerate(("20/7/2021", "20/9/2021", "12/01/2022"), start=1):
        rows.append([place, f"Khóm {place}", "HTX A", 60, "3 sao", f"{place}/QĐ-UBND ngày {day}"])  # type: ignore[list-item]
    target = [1, "Số sản phẩm OCOP công nhận thêm", "", 2, "giao", None, date(2022, 12, 31), "KH 1"]
    books = {
        "a.xlsx": products(*rows, cut_off="(Số liệu đến 31/01/2022)"),
        "b.xlsx": targets(target),
        "c.xlsx": ntm_matrix("(Số liệu đến 31/12/2021)", {"Vị Tân": 19}),
        "d.xlsx": ntm_matrix("(Số liệu đến 28/02/2022)", {"Vị Tân": 19}, decision=NTM_SET),
    }
    found = (
        warehouse(books)
        .execute("select period_end, actual, is_reached from mart_target_progress order by 1")
        .fetchall()
    )
    assert found == [
        (date(2021, 12, 31), 2, True),
        (date(2022, 1, 31), 1, False),
        (date(2022, 2, 28), None, None),
    ]
