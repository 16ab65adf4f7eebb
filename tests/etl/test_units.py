"""Names of units in workbooks, and whom a sheet reports for (forms.md, cases 55-62)."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from etl.context import Options
from tests.etl.findings import Reader, codes, facts, message, only_issue, row_counts
from tests.etl.workbooks import KIEU_MAU, Row, matrix, recognition, recognitions, targets

VI_TAN = "31333"
MARKS = ("x", "x", "x", "x")


def named(*names: object) -> list[Row]:
    return [[number, name, *MARKS] for number, name in enumerate(names, start=1)]


@pytest.mark.case(55)
@pytest.mark.case(62)
@pytest.mark.parametrize(
    "name",
    [
        "xã Vị Tân",
        "Vị Tân",
        "X. Vị Tân",
        "Xã Vị tân",
        "XÃ VỊ TÂN",
        " Vị  Tân ",
        "Vị\u00a0Tân\u200b",
        unicodedata.normalize("NFD", "Xã Vị Tân"),
        "X.Vị Tân",
    ],
)
def test_commune_in_any_writing(read: Reader, name: str) -> None:
    reading = read(matrix(*named(name)))
    assert (reading.issues, set(facts(reading, "unit_code"))) == ([], {VI_TAN})


@pytest.mark.case(56)
@pytest.mark.case(62)
@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Hỏa Lựu", "31336"),  # the register writes Hoả Lựu
        ("Hoả Lựu", "31336"),
        ("Ðông Phú", "31375"),  # U+00D0
    ],
)
def test_place_of_the_tone_and_lookalikes(read: Reader, name: str, code: str) -> None:
    reading = read(matrix(*named(name)))
    assert (reading.issues, set(facts(reading, "unit_code"))) == ([], {code})


@pytest.mark.case(57)
def test_suffix_of_a_name_tells_communes_apart(read: Reader) -> None:
    reading = read(matrix(["I", "Huyện Châu Thành"], *named("Đông Phước", "Đông Phước A")))
    assert (reading.issues, len(set(facts(reading, "unit_code")))) == ([], 2)


@pytest.mark.case(57)
@pytest.mark.parametrize("name", ["Phường III", "P. III", "Phường 3", "Phường 03", "P3", "P.3", "3"])
def test_number_of_a_ward_in_roman_or_arabic_figures(read: Reader, name: str) -> None:
    reading = read(matrix(["I", "TP Vị Thanh"], *named(name)))
    assert (reading.issues, set(facts(reading, "unit_code"))) == ([], {"31321"})


@pytest.mark.case(57)
@pytest.mark.parametrize("name", ["3", "III"])
def test_number_alone_is_no_ward_where_no_district_is_known(read: Reader, name: str) -> None:
    """Rows pushed aside by a column have their ordinals where names were."""
    assert only_issue(read(matrix(*named(name)))).code == "UNIT_UNKNOWN"


@pytest.mark.case(58)
@pytest.mark.case(60)
def test_name_without_diacritics_is_proposed_never_taken(read: Reader) -> None:
    issue = only_issue(read(matrix(["I", "Thành phố Vị Thanh"], *named("Xã Vi Tan"))))
    assert (issue.code, issue.cell, issue.severity) == ("UNIT_UNKNOWN", "B9", "block")
    assert "'Xã Vi Tan'" in message(issue)
    assert "Gần giống: 'Xã Vị Tân'" in message(issue)


@pytest.mark.case(59)
def test_homonym_without_its_district_is_refused(read: Reader) -> None:
    """'Vĩnh Tường' is a xã of Vị Thuỷ and a phường of Long Mỹ."""
    issue = only_issue(read(matrix(*named("Vĩnh Tường"))))
    assert (issue.code, issue.cell, issue.severity) == ("UNIT_AMBIGUOUS", "B8", "block")
    assert "Xã Vĩnh Tường (Huyện Vị Thuỷ)" in message(issue)
    assert "Phường Vĩnh Tường (Thị xã Long Mỹ)" in message(issue)


@pytest.mark.case(59)
@pytest.mark.parametrize(
    ("district", "name"),
    [("Huyện Vị Thủy", "Vĩnh Tường"), ("Thị xã Long Mỹ", "Vĩnh Tường"), ("TX. Long Mỹ", "P. Vĩnh Tường")],
)
def test_district_or_kind_decides_a_homonym(read: Reader, district: str, name: str) -> None:
    assert read(matrix(["I", district], *named(name))).issues == []


@pytest.mark.case(59)
def test_commune_named_like_a_city_is_the_commune(read: Reader) -> None:
    """Xã Vị Thanh (31465) lies in huyện Vị Thuỷ, not in the city of that name."""
    reading = read(recognitions(recognition("Vị Thanh", "huyện Vị Thủy")))
    assert facts(reading, "unit_code") == ["31465"]


@pytest.mark.case(59)
def test_district_that_is_two_is_refused_and_its_communes_still_found(read: Reader) -> None:
    """'Long Mỹ' is a huyện and a thị xã; a commune that only one of them has is certain."""
    reading = read(matrix(["I", "Long Mỹ"], *named("Xã Thuận Hưng")))
    issue = only_issue(reading)
    assert (issue.code, issue.cell, issue.severity) == ("DISTRICT_AMBIGUOUS", "B8", "block")
    assert "Thị xã Long Mỹ" in message(issue)
    assert len(facts(reading, "unit_code")) == 4


def test_misspelt_district_does_not_leave_its_communes_to_the_one_before(read: Reader) -> None:
    rows = [["I", "Thành phố Vị Thanh"], *named("Vị Tân"), ["II", "Huyện Châu Thàn"], *named("Vị Tân")]
    reading = read(matrix(*rows))
    assert codes(reading) == ["DISTRICT_UNKNOWN", "UNIT_TWICE"]
    assert row_counts(reading) == (4, 3, 1)


def test_row_without_a_name_is_set_aside(read: Reader) -> None:
    reading = read(matrix(*named("Vị Tân", None)))
    assert (only_issue(reading).code, row_counts(reading)) == ("UNIT_MISSING", (2, 1, 1))


@pytest.mark.case(61)
def test_names_are_those_of_the_day(read: Reader) -> None:
    """After 1 July 2025 Hậu Giang is no province; its name in the head is not taken for another."""
    assert read(matrix(*named("Vị Tân"), cut_off="(Số liệu đến 30/6/2025)")).issues == []
    issue = only_issue(reading := read(matrix(*named("Vị Tân"), cut_off="(Số liệu đến 31/7/2025)")))
    assert (issue.code, issue.severity, reading.facts) == ("PROVINCE_NOT_IN_FORCE", "block", {})
    assert "Tỉnh Hậu Giang" in message(issue)
    assert "31/07/2025" in message(issue)


@pytest.mark.case(61)
def test_new_province_counts_with_its_new_communes(read: Reader) -> None:
    """Cần Thơ of 31 July 2025 holds communes that were Hậu Giang's."""
    parts = {"head": "UBND THÀNH PHỐ CẦN THƠ", "title": KIEU_MAU.replace("TỈNH HẬU GIANG", "")}
    reading = read(matrix(*named("Xã Vị Thanh 1"), cut_off="(Số liệu đến 31/7/2025)", **parts))
    assert (reading.issues, reading.reporting_unit_code, len(facts(reading, "unit_code"))) == ([], "92", 4)


@pytest.mark.case(61)
def test_plan_of_2025_names_the_units_that_it_was_made_for(read: Reader) -> None:
    """The year ends without Hậu Giang, the plan was given to it."""
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


@pytest.mark.case(60)
def test_misspelt_province_is_proposed(read: Reader) -> None:
    parts = {"head": "UBND TỈNH GIAI LAI", "title": KIEU_MAU.replace("TỈNH HẬU GIANG", "")}
    issue = only_issue(reading := read(matrix(*named("Xã Ia Ko"), **parts)))
    assert (issue.code, reading.facts, "Gần giống: 'Tỉnh Gia Lai'" in message(issue)) == ("PROVINCE_UNKNOWN", {}, True)


@pytest.mark.case(60)
def test_head_with_two_provinces_is_refused(read: Reader) -> None:
    """'Hà Giang' in a text about Hậu Giang."""
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


@pytest.mark.case(60)
@pytest.mark.parametrize(
    ("written", "proposed"), [("Vĩ Tân", "Xã Vị Tân"), ("Vị Tân A", "Xã Vị Tân"), ("Hoả Lưu", "Xã Hoả Lựu")]
)
def test_typing_error_is_proposed_and_nothing_loaded(read: Reader, written: str, proposed: str) -> None:
    issue = only_issue(reading := read(matrix(["I", "Thành phố Vị Thanh"], *named(f"Xã {written}"))))
    assert (issue.code, reading.facts, row_counts(reading)) == ("UNIT_UNKNOWN", {}, (2, 1, 1))
    assert f"Gần giống: '{proposed}'" in message(issue)


@pytest.mark.case(60)
def test_misspelt_district_is_asked_with_the_one_that_may_be_meant(read: Reader) -> None:
    issue = only_issue(read(matrix(["I", "Huyện Phụng Hiêp"], *named("Xã Tân Bình"))))
    assert (issue.code, issue.cell, issue.severity) == ("DISTRICT_UNKNOWN", "B8", "ask")
    assert "Gần giống: 'Huyện Phụng Hiệp'" in message(issue)


@pytest.mark.case(58)
def test_variant_of_i_and_y_is_another_name(read: Reader) -> None:
    issue = only_issue(
        read(
            matrix(["I", "Huyện Long Mỹ"], *named("Thị trấn Vĩnh Viễn", "Xã Lương Tâm", "Xã Thuận Hòa", "Xã Xà Phyên"))
        )
    )
    assert (issue.code, issue.cell) == ("UNIT_UNKNOWN", "B12")
    assert "'Xã Xà Phiên'" in message(issue)


def test_commune_of_another_district_is_named_with_it(read: Reader) -> None:
    issue = only_issue(read(matrix(["I", "Thành phố Vị Thanh"], *named("Xã Đông Phú"))))
    assert (issue.code, "'Xã Đông Phú' (Huyện Châu Thành)" in message(issue)) == ("UNIT_UNKNOWN", True)


@pytest.mark.case(59)
@pytest.mark.parametrize(
    "name", ["Vĩnh Tường, huyện Vị Thủy", "Xã Vĩnh Tường (Vị Thuỷ)", "Vĩnh Tường - H. Vị Thủy, tỉnh Hậu Giang"]
)
def test_district_behind_a_name_decides_a_homonym(read: Reader, name: str) -> None:
    reading = read(matrix(*named(name)))
    assert (reading.issues, len(set(facts(reading, "unit_code")))) == ([], 1)


@pytest.mark.case(59)
def test_district_behind_a_name_must_be_the_one_above(read: Reader) -> None:
    issue = only_issue(read(matrix(["I", "Thị xã Long Mỹ"], *named("Vĩnh Tường (Vị Thuỷ)"))))
    assert (issue.code, issue.severity, "'Huyện Vị Thuỷ'" in message(issue)) == ("UNIT_DISTRICT_DIFFERS", "block", True)


@pytest.mark.case(61)
@pytest.mark.parametrize("note", ["sáp nhập", "mới", "nay là phường Vị Tân", "cũ"])
def test_note_beside_a_name_is_split_off_and_asked(read: Reader, note: str) -> None:
    issue = only_issue(reading := read(matrix(*named(f"Xã Vị Tân ({note})"))))
    assert (issue.code, issue.cell, issue.severity) == ("UNIT_NAME_NOTE", "B8", "ask")
    assert (f"'{note}'" in message(issue), set(facts(reading, "unit_code"))) == (True, {VI_TAN})


@pytest.mark.case(61)
@pytest.mark.parametrize("name", ["Xã Vị Tân (1)", "Vị Tân*", "Xã Vị Tân (*)", "Vị Tân\u00b2"])
def test_footnote_mark_is_no_part_of_a_name(read: Reader, name: str) -> None:
    issue = only_issue(reading := read(matrix(*named(name))))
    assert (issue.code, issue.severity, set(facts(reading, "unit_code"))) == ("UNIT_FOOTNOTE", "note", {VI_TAN})


def test_ordinal_in_the_cell_of_the_name_is_left_out(read: Reader) -> None:
    assert read(matrix(*named("1. Xã Vị Tân"))).issues == []


NEW_CAN_THO = {
    "head": "UBND THÀNH PHỐ CẦN THƠ",
    "title": KIEU_MAU.replace("TỈNH HẬU GIANG", ""),
    "cut_off": "(Số liệu đến 31/7/2025)",
}


def test_number_in_brackets_is_not_taken_for_that_of_a_commune(read: Reader) -> None:
    """Vị Thanh (1) is not Vị Thanh 1 of the register: a person decides."""
    issue = only_issue(read(matrix(*named("Xã Vị Thanh (1)"), **NEW_CAN_THO)))
    assert issue.code == "UNIT_ENDED"  # Xã Vị Thanh, until 30 June 2025


@pytest.mark.case(61)
@pytest.mark.parametrize("name", ["Xã Vị Tân", "Vị Tân (cũ)"])
def test_commune_that_merged_is_set_aside_with_what_it_became(read: Reader, name: str) -> None:
    """Xã Vị Tân of Hậu Giang went into phường Vị Tân of the new Cần Thơ: they are two units."""
    issue = only_issue(reading := read(matrix(*named(name), **NEW_CAN_THO)))
    assert (issue.code, issue.severity, reading.facts) == ("UNIT_ENDED", "block", {})
    assert "chỉ có đến ngày 30/06/2025" in message(issue)
    assert "Đã nhập vào: 'Phường Vị Tân'" in message(issue)


@pytest.mark.case(61)
def test_commune_that_does_not_exist_yet_is_set_aside(read: Reader) -> None:
    issue = only_issue(read(matrix(*named("Xã Vị Thanh 1"))))
    assert (issue.code, issue.severity, "chỉ có từ ngày 01/07/2025" in message(issue)) == (
        "UNIT_NOT_YET",
        "block",
        True,
    )


@pytest.mark.case(61)
def test_district_after_districts_ended_is_asked_and_its_communes_found(read: Reader) -> None:
    reading = read(matrix(["I", "Huyện Vị Thuỷ"], *named("Xã Vị Thanh 1"), **NEW_CAN_THO))
    issue = only_issue(reading)
    assert (issue.code, issue.severity, len(facts(reading, "unit_code"))) == ("DISTRICT_NOT_IN_FORCE", "ask", 4)


@pytest.mark.case(61)
def test_kind_of_before_is_asked_where_the_name_is_one_unit(read: Reader) -> None:
    """Decisions of 2022 still write 'huyện Phú Quốc', a thành phố since 2021."""
    parts = {"head": "UBND TỈNH KIÊN GIANG", "title": KIEU_MAU.replace("HẬU GIANG", "KIÊN GIANG")}
    reading = read(matrix(["I", "Huyện Phú Quốc"], *named("Xã Cửa Dương", "Thị trấn Dương Đông"), **parts))
    assert [(issue.code, issue.cell, issue.severity) for issue in reading.issues] == [
        ("UNIT_KIND_DIFFERS", "B8", "ask"),
        ("UNIT_KIND_DIFFERS", "B10", "ask"),
    ]
    assert "'Thành phố Phú Quốc'" in message(reading.issues[0])
    assert len(set(facts(reading, "unit_code"))) == 2


@pytest.mark.case(61)
def test_kind_that_leaves_two_units_is_refused(read: Reader) -> None:
    issue = only_issue(read(matrix(*named("Thị trấn Vĩnh Tường"))))
    assert (issue.code, issue.severity) == ("UNIT_UNKNOWN", "block")
    assert "Xã Vĩnh Tường" in message(issue)
