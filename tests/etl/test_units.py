"""Names of units in workbooks, and whom a sheet reports for (forms.md, cases 55-62)."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from etl.sheet import Options
from tests.etl.findings import Reader, codes, facts, message, only_issue, row_counts
from tests.etl.workbooks import KIEU_MAU, Row, matrix, recognition, recognitions, targets

VI_TAN = "31333"
MARKS = ("x", "x", "x", "x")


def named(*names: object) -> list[Row]:
    return [[number, name, *MARKS] for number, name in enumerate(names, start=1)]


@pytest.mark.parametrize(
    "name",
    [
        "xã Vị Tân",  # case 55
        "Vị Tân",
        "X. Vị Tân",
        "Xã Vị tân",
        "XÃ VỊ TÂN",
        " Vị  Tân ",
        "Vị\u00a0Tân\u200b",
        unicodedata.normalize("NFD", "Xã Vị Tân"),  # case 62
    ],
)
def test_commune_in_any_writing(read: Reader, name: str) -> None:
    reading = read(matrix(*named(name)))
    assert (reading.issues, set(facts(reading, "unit_code"))) == ([], {VI_TAN})


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Hỏa Lựu", "31336"),  # case 56: the register writes Hoả Lựu
        ("Hoả Lựu", "31336"),
        ("Ðông Phú", "31375"),  # case 62: U+00D0
    ],
)
def test_place_of_the_tone_and_lookalikes(read: Reader, name: str, code: str) -> None:
    reading = read(matrix(*named(name)))
    assert (reading.issues, set(facts(reading, "unit_code"))) == ([], {code})


def test_suffix_of_a_name_tells_communes_apart(read: Reader) -> None:
    """Case 57."""
    reading = read(matrix(["I", "Huyện Châu Thành"], *named("Đông Phước", "Đông Phước A")))
    assert (reading.issues, len(set(facts(reading, "unit_code")))) == ([], 2)


def test_name_without_diacritics_is_proposed_never_taken(read: Reader) -> None:
    """Cases 58 and 60."""
    issue = only_issue(read(matrix(["I", "Thành phố Vị Thanh"], *named("Xã Vi Tan"))))
    assert (issue.code, issue.cell, issue.severity) == ("UNIT_UNKNOWN", "B9", "block")
    assert "'Xã Vi Tan'" in message(issue)
    assert "Gần giống: 'Xã Vị Tân'" in message(issue)


def test_homonym_without_its_district_is_refused(read: Reader) -> None:
    """Case 59: 'Vĩnh Tường' is a xã of Vị Thuỷ and a phường of Long Mỹ."""
    issue = only_issue(read(matrix(*named("Vĩnh Tường"))))
    assert (issue.code, issue.cell, issue.severity) == ("UNIT_AMBIGUOUS", "B8", "block")
    assert "Xã Vĩnh Tường (Huyện Vị Thuỷ)" in message(issue)
    assert "Phường Vĩnh Tường (Thị xã Long Mỹ)" in message(issue)


@pytest.mark.parametrize(
    ("district", "name"),
    [("Huyện Vị Thủy", "Vĩnh Tường"), ("Thị xã Long Mỹ", "Vĩnh Tường"), ("TX. Long Mỹ", "P. Vĩnh Tường")],
)
def test_district_or_kind_decides_a_homonym(read: Reader, district: str, name: str) -> None:
    """Case 59."""
    assert read(matrix(["I", district], *named(name))).issues == []


def test_commune_named_like_a_city_is_the_commune(read: Reader) -> None:
    """Case 59: xã Vị Thanh (31465) lies in huyện Vị Thuỷ, not in the city of that name."""
    reading = read(recognitions(recognition("Vị Thanh", "huyện Vị Thủy")))
    assert facts(reading, "unit_code") == ["31465"]


def test_district_that_is_two_is_asked_and_its_communes_still_found(read: Reader) -> None:
    """Case 59: 'Long Mỹ' is a huyện and a thị xã; a commune that only one of them has is certain."""
    reading = read(matrix(["I", "Long Mỹ"], *named("Xã Thuận Hưng")))
    issue = only_issue(reading)
    assert (issue.code, issue.cell, issue.severity) == ("DISTRICT_AMBIGUOUS", "B8", "ask")
    assert "Thị xã Long Mỹ" in message(issue)
    assert len(facts(reading, "unit_code")) == 4


def test_misspelt_district_does_not_leave_its_communes_to_the_one_before(read: Reader) -> None:
    rows = [["I", "Thành phố Vị Thanh"], *named("Vị Tân"), ["II", "Huyện Châu Thàn"], *named("Vị Tân")]
    reading = read(matrix(*rows))
    assert codes(reading) == ["DISTRICT_UNKNOWN", "UNIT_TWICE"]
    assert row_counts(reading) == (4, 3, 1)


def test_row_without_a_name_is_set_aside(read: Reader) -> None:
    reading = read(matrix([1, None, *MARKS]))
    assert (only_issue(reading).code, row_counts(reading)) == ("UNIT_MISSING", (1, 0, 1))


def test_names_are_those_of_the_day(read: Reader) -> None:
    """Case 61: after 1 July 2025 Hậu Giang is no province; its name in the head is not taken for another."""
    assert read(matrix(*named("Vị Tân"), cut_off="(Số liệu đến 30/6/2025)")).issues == []
    issue = only_issue(reading := read(matrix(*named("Vị Tân"), cut_off="(Số liệu đến 31/7/2025)")))
    assert (issue.code, issue.severity, reading.facts) == ("PROVINCE_NOT_IN_FORCE", "block", {})
    assert "Tỉnh Hậu Giang" in message(issue)
    assert "31/07/2025" in message(issue)


def test_new_province_counts_with_its_new_communes(read: Reader) -> None:
    """Case 61: Cần Thơ of 31 July 2025 holds communes that were Hậu Giang's."""
    parts = {"head": "UBND THÀNH PHỐ CẦN THƠ", "title": KIEU_MAU.replace("TỈNH HẬU GIANG", "")}
    reading = read(matrix(*named("Xã Vị Thanh 1"), cut_off="(Số liệu đến 31/7/2025)", **parts))
    assert (reading.issues, reading.reporting_unit_code, len(facts(reading, "unit_code"))) == ([], "92", 4)


def test_plan_of_2025_names_the_units_that_it_was_made_for(read: Reader) -> None:
    """Case 61: the year ends without Hậu Giang, the plan was given to it."""
    row = [1, "Lũy kế số xã đạt chuẩn nông thôn mới", "xã", 45, "giao", None, date(2025, 12, 31), "KH 1"]
    reading = read(targets(row, title="CHỈ TIÊU XÂY DỰNG NÔNG THÔN MỚI TỈNH HẬU GIANG NĂM 2025"))
    assert (reading.issues, facts(reading, "scope_code")) == ([], ["93"])


def test_head_without_a_province_is_refused_unless_one_is_given(read: Reader) -> None:
    parts = {"head": "BAN CHỈ ĐẠO", "title": KIEU_MAU.replace("TỈNH HẬU GIANG", "")}
    issue = only_issue(read(matrix(*named("Vị Tân"), **parts)))
    assert (issue.code, issue.severity) == ("PROVINCE_UNKNOWN", "block")
    assert "--province" in message(issue)
    reading = read(matrix(*named("Vị Tân"), **parts), "b.xlsx", Options(province_code="93"))
    assert (reading.issues, reading.reporting_unit_code) == ([], "93")


def test_head_with_two_provinces_is_refused(read: Reader) -> None:
    """Case 60: 'Hà Giang' in a text about Hậu Giang."""
    issue = only_issue(read(matrix(*named("Vị Tân"), head="UBND TỈNH HÀ GIANG")))
    assert (issue.code, issue.severity) == ("PROVINCE_AMBIGUOUS", "block")
    assert "Tỉnh Hà Giang, Tỉnh Hậu Giang" in message(issue)


@pytest.mark.parametrize(
    ("head", "unit"),
    [
        ("UBND HUYỆN CHÂU THÀNH A, TỈNH HẬU GIANG", "932"),
        ("UBND HUYỆN PHỤNG HIỆP", "934"),
        ("UBND TỈNH HẬU GIANG (huyện Phụng Hiệp, huyện Vị Thuỷ)", "93"),
    ],
)
def test_sheet_of_one_district_reports_for_it(read: Reader, head: str, unit: str) -> None:
    reading = read(recognitions(recognition("Xã Vị Tân"), head=head, title="DANH SÁCH XÃ ĐẠT CHUẨN NTM"))
    assert reading.reporting_unit_code == unit


def test_district_that_reports_decides_a_homonym(read: Reader) -> None:
    reading = read(matrix(*named("Vĩnh Tường"), head="UBND HUYỆN VỊ THỦY"))
    assert (reading.issues, len(set(facts(reading, "unit_code")))) == ([], 1)
