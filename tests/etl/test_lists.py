"""Lists of recognitions, targets, named communes and products: a row is loaded whole or set aside with its reason."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from etl.clean.standards import find_standard, read_standard
from tests.etl.findings import Reader, codes, facts, message, only_issue, row_counts
from tests.etl.workbooks import form, products, recognition, recognitions, targets

DUE = date(2022, 12, 31)
DECISION = "12/QĐ-UBND ngày 20/9/2022"


@pytest.mark.parametrize(
    ("cell", "standard"),
    [
        ("NTM", "ntm"),
        ("Nông thôn mới", "ntm"),
        ("Xã đạt chuẩn NTM", "ntm"),
        ("NTM nâng cao", "nang_cao"),
        ("Nâng cao", "nang_cao"),
        ("Xã nông thôn mới nâng cao", "nang_cao"),
        ("NTM kiểu mẫu", "kieu_mau"),
        ("Kiểu mẫu", "kieu_mau"),
        ("NTM kiểu mẫu về du lịch", "kieu_mau"),
        ("đô thị văn minh", "do_thi_van_minh"),
        ("Hoàn thành nhiệm vụ xây dựng NTM", "hoan_thanh"),
        ("chưa đạt NTM", None),
        ("đề nghị NTM nâng cao", None),
        ("NTM nâng cao, NTM kiểu mẫu", None),
        ("NTM thông minh", None),
        ("Nông thôn mới giai đoạn 2016-2020", "ntm"),
        ("giỏi", None),
        ("", None),
    ],
)
def test_standard_of_a_cell(cell: str, standard: str | None) -> None:
    assert read_standard(cell) == standard


def test_verb_in_a_title_names_no_standard() -> None:
    assert find_standard("NÂNG CAO CHẤT LƯỢNG CÁC TIÊU CHÍ NÔNG THÔN MỚI") == "ntm"
    assert find_standard("KHU DÂN CƯ KIỂU MẪU") is None


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("Công nhận", "recognised"),
        (None, "recognised"),
        ("Cấp lại", "reaffirmed"),
        ("Công nhận lại", "reaffirmed"),
        ("Thu hồi", "revoked"),
    ],
)
def test_event_of_a_recognition(read: Reader, text: str | None, event: str) -> None:
    reading = read(recognitions(recognition(event=text)))
    assert (reading.issues, facts(reading, "event")) == ([], [event])


@pytest.mark.parametrize("text", ["Không công nhận", "Đề nghị công nhận", "Chưa công nhận"])
def test_what_is_not_decided_is_no_recognition(read: Reader, text: str) -> None:
    reading = read(recognitions(recognition(event=text)))
    issue = only_issue(reading)
    assert (issue.code, issue.cell, reading.facts) == ("WORD_UNKNOWN", "H8", {})
    assert f"'{text}'" in message(issue)


def test_events_do_not_overwrite_each_other(read: Reader) -> None:
    """Recognised, revoked, recognised again: three facts of one commune."""
    rows = [
        recognition(day=date(2019, 5, 1), number="1/QĐ-UBND"),
        recognition(day=date(2021, 5, 1), number="2/QĐ-UBND", event="Thu hồi"),
        recognition(day=date(2022, 5, 1), number="3/QĐ-UBND"),
    ]
    reading = read(recognitions(*rows))
    assert facts(reading, "event", "decision_no") == [
        ("recognised", "1/QĐ-UBND"),
        ("revoked", "2/QĐ-UBND"),
        ("recognised", "3/QĐ-UBND"),
    ]


def test_district_of_a_list_is_recognised_itself(read: Reader) -> None:
    """Thành phố Ngã Bảy completed the task in 2020: no heading of a group, a row of its own."""
    row = recognition("Thành phố Ngã Bảy", "", "Hoàn thành nhiệm vụ", day=date(2020, 7, 6), year=2019)
    reading = read(recognitions(row, recognition()))
    assert facts(reading, "unit_code", "standard") == [("931", "hoan_thanh"), ("31333", "ntm")]
    assert (reading.issues, row_counts(reading)) == ([], (2, 2, 0))


@pytest.mark.case(49)
def test_day_is_read_in_any_form_of_the_spreadsheet(read: Reader) -> None:
    days = [date(2022, 6, 30), datetime(2022, 6, 30), "30/6/2022", "30.6.2022", "30-6-2022", 44742]
    days += ["ngày 30/6/2022", "ngày 30 tháng 6 năm 2022"]
    for day in days:
        assert facts(read(recognitions(recognition(day=day))), "decision_date") == [date(2022, 6, 30)], day


@pytest.mark.case(16)
def test_error_in_a_row_sets_it_aside(read: Reader) -> None:
    """What the cell would have said is not known, so nothing of the row is taken for empty."""
    reading = read(recognitions(recognition(event="#N/A"), recognition("Xã Hoả Lựu")))
    issue = only_issue(reading)
    assert (issue.code, issue.cell, row_counts(reading)) == ("CELL_ERROR", "H8", (2, 1, 1))


def test_district_that_is_not_known_sets_its_row_aside(read: Reader) -> None:
    issue = only_issue(reading := read(recognitions(recognition(district="Huyện Vị Không"))))
    assert (issue.code, issue.cell, reading.facts, row_counts(reading)) == ("DISTRICT_UNKNOWN", "C8", {}, (1, 0, 1))


def target(wording: str, value: object, kind: str = "giao", due: object = DUE) -> list[object]:
    return [1, wording, "xã", value, kind, None, due, "KH 1"]


@pytest.mark.parametrize(
    ("wording", "value", "metric", "comparison"),
    [
        ("Lũy kế số xã đạt chuẩn nông thôn mới", 38, "ntm_communes", ">="),
        ("Số xã đạt chuẩn nông thôn mới nâng cao", 9, "nang_cao_communes", ">="),
        ("Xã NTM kiểu mẫu", 1, "kieu_mau_communes", ">="),
        ("Bình quân số tiêu chí nông thôn mới đạt chuẩn/xã", 18.2, "criteria_met_mean", ">="),
        ("Mức sàn số tiêu chí nông thôn mới của mỗi xã", 14, "criteria_met_min", ">="),
        ("Số xã dưới 15 tiêu chí", 0, "communes_below_15", "<="),
        ("Số sản phẩm OCOP công nhận thêm", "40", "ocop_products_new", ">="),
    ],
)
def test_metric_follows_from_the_wording(
    read: Reader, wording: str, value: object, metric: str, comparison: str
) -> None:
    """'Bình quân …' begins like a derived row of a matrix, 'Mức sàn' names no standard."""
    reading = read(targets(target(wording, value)))
    assert (reading.issues, row_counts(reading)) == ([], (1, 1, 0))
    assert facts(reading, "metric", "comparison", "value") == [(metric, comparison, Decimal(str(value)))]


@pytest.mark.parametrize(
    ("value", "low", "high"),
    [("5 - 7", 5, 7), ("18,2", Decimal("18.2"), None), ("74,5%", Decimal("74.5"), None), (None, None, None)],
)
def test_value_of_a_target(read: Reader, value: object, low: object, high: object) -> None:
    reading = read(targets(target("Số xã đạt chuẩn NTM", value)))
    assert (reading.issues, facts(reading, "value", "value_max")) == ([], [(low, high)])


@pytest.mark.case(37)
def test_share_shown_as_a_percentage_is_0_to_100(read: Reader) -> None:
    """Excel stores 74,5% as 0.745."""
    book = targets(target("Số xã đạt chuẩn NTM", 0.745))
    book.active["D8"].number_format = "0.0%"
    assert facts(read(book), "value") == [Decimal("74.5")]


@pytest.mark.parametrize(
    ("row", "code", "cell"),
    [
        (target("Số khu dân cư", 3), "METRIC_UNKNOWN", "B8"),
        (target("Số xã đạt chuẩn NTM", "ít nhất 40"), "NUMBER_UNREADABLE", "D8"),
        (target("Số xã đạt chuẩn NTM", 3, kind="nếu có"), "WORD_UNKNOWN", "E8"),
        (target("Số xã đạt chuẩn NTM", 3, due="cuối năm"), "DATE_NEEDED", "G8"),
    ],
)
def test_target_that_is_not_understood_is_set_aside(read: Reader, row: list[object], code: str, cell: str) -> None:
    issue = only_issue(reading := read(targets(row)))
    assert (issue.code, issue.cell, issue.severity) == (code, cell, "block")
    assert (reading.facts, row_counts(reading)) == ({}, (1, 0, 1))


def test_target_whose_number_can_be_read_in_two_ways_waits_for_confirmation(read: Reader) -> None:
    issue = only_issue(reading := read(targets(target("Số xã đạt chuẩn NTM", "1.500"))))
    assert (issue.code, issue.cell, issue.severity) == ("NUMBER_AMBIGUOUS", "D8", "ask")
    assert (reading.facts, row_counts(reading)) == ({}, (1, 0, 1))


def test_group_row_of_targets_is_no_district(read: Reader) -> None:
    assert read(targets(["I", "Chỉ tiêu về xã"], target("Số xã đạt chuẩn NTM", 3))).issues == []


def test_communes_named_by_a_plan(read: Reader) -> None:
    rows = [[1, "Phú Hữu", "huyện Châu Thành", "NTM", 2022, "giao"]]
    rows += [[2, "Phú Tân", "huyện Châu Thành", "NTM", 2022, "phấn đấu"]]
    rows += [[3, "Tân Phú", "thị xã Long Mỹ", "NTM", "2022-2023", "giao"]]
    headings = ["TT", "Tên xã", "Huyện", "Mức", "Năm", "Loại chỉ tiêu"]
    reading = read(form("DANH SÁCH XÃ TỈNH HẬU GIANG NĂM 2022", headings, rows, cut_off=""))
    assert facts(reading, "standard", "target_year", "kind") == [("ntm", 2022, "firm"), ("ntm", 2022, "stretch")]
    assert (only_issue(reading).code, only_issue(reading).cell) == ("YEAR_UNREADABLE", "E10")


CITY = ["I. THÀNH PHỐ VỊ THANH"]


def test_product_has_its_rank_score_and_decision(read: Reader) -> None:
    rows = [
        [1, "Khóm", "HTX A", "62,5", "3 sao", DECISION],
        [2, "Chả", "HTX B", 80, "★★★★", "QĐ số 7, ngày 29/02/2020"],
    ]
    reading = read(products(CITY, *rows))
    assert reading.issues == []
    assert facts(reading, "stars", "score", "decision_no", "decision_date") == [
        (3, 62.5, "12/QĐ-UBND", date(2022, 9, 20)),
        (4, 80.0, "7", date(2020, 2, 29)),
    ]


@pytest.mark.parametrize(
    ("row", "code", "cell"),
    [
        ([1, None, "HTX A", 60, "3 sao", DECISION], "NAME_MISSING", "B9"),
        ([1, "Khóm", "HTX A", 60, "3 sao", "12/QĐ-UBND năm 2022"], "DATE_NEEDED", "F9"),
        ([1, "Khóm", "HTX A", 60, "3 sao", None], "DATE_NEEDED", "F9"),
    ],
)
def test_product_without_name_or_day_is_set_aside(read: Reader, row: list[object], code: str, cell: str) -> None:
    issue = only_issue(reading := read(products(CITY, row)))
    assert (issue.code, issue.cell, row_counts(reading)) == (code, cell, (2, 1, 1))


def test_product_without_a_district_is_set_aside(read: Reader) -> None:
    issue = only_issue(read(products([1, "Khóm", "HTX A", 60, "3 sao", DECISION])))
    assert (issue.code, "'Khóm'" in message(issue)) == ("DISTRICT_MISSING", True)


def test_rank_that_is_not_clear_is_left_empty_and_asked(read: Reader) -> None:
    reading = read(products(CITY, [1, "Khóm", "HTX A", 60, "ba", DECISION]))
    assert (facts(reading, "stars"), codes(reading)) == ([None], ["STARS_UNREADABLE"])
