"""Damage that once put a value under a wrong label; each was found by damaging good workbooks at random."""

from __future__ import annotations

from openpyxl import Workbook

from tests.etl.findings import Reader, codes, facts, only_issue, row_counts
from tests.etl.workbooks import HEADINGS_ROW, funding, matrix, products, recognition, recognitions

NGA_BAY, PHUNG_HIEP = "931", "934"
PRODUCT = ("Trà mãng cầu", "HTX Ngã Bảy", 71.5, "4 sao", "1/QĐ-UBND ngày 05/01/2022")
OTHER = ("Cá thát lát", "Công ty Kỳ Như", 90, "5 sao", "2/QĐ-UBND ngày 06/01/2022")


def test_lost_name_of_a_commune_does_not_make_its_district_recognised(read: Reader) -> None:
    reading = read(recognitions(recognition(), recognition("", "Thị xã Long Mỹ", number="2/QĐ-UBND")))
    issue = only_issue(reading)
    assert (issue.code, issue.cell, facts(reading, "unit_code")) == ("UNIT_MISSING", "B9", ["31333"])


def test_lost_column_of_communes_does_not_make_their_districts_recognised(read: Reader) -> None:
    book = recognitions(recognition())
    book.active.delete_cols(2)
    issue = only_issue(reading := read(book))
    assert (issue.code, issue.severity, reading.facts) == ("UNIT_COLUMN_MISSING", "block", {})


def test_district_that_counts_its_products_is_a_district(read: Reader) -> None:
    groups = (["I. THÀNH PHỐ NGÃ BẢY", None, None, "1 SP"], ["II. HUYỆN PHỤNG HIỆP", None, None, "1 SP"])
    reading = read(products(groups[0], [1, *PRODUCT], groups[1], [1, *OTHER]))
    assert (reading.issues, facts(reading, "unit_code")) == ([], [NGA_BAY, PHUNG_HIEP])


def test_district_beside_its_first_product_counts(read: Reader) -> None:
    reading = read(products(["I. THÀNH PHỐ NGÃ BẢY"], [1, *PRODUCT], ["II. Huyện Phụng Hiệp", *OTHER]))
    assert facts(reading, "unit_code") == [NGA_BAY, PHUNG_HIEP]


def test_products_below_a_row_without_number_and_name_are_of_no_known_district(read: Reader) -> None:
    """It may have been the row of a district."""
    reading = read(products(["I. THÀNH PHỐ NGÃ BẢY"], [1, *PRODUCT], [None, None, None, 12], [1, *OTHER]))
    assert (codes(reading), facts(reading, "unit_code")) == (["NAME_MISSING", "DISTRICT_MISSING"], [NGA_BAY])


def test_homonym_below_a_row_without_number_and_name_is_refused(read: Reader) -> None:
    rows = (["I", "Huyện Vị Thuỷ"], [1, "Vị Trung", *"xxxx"], [None, None, *"xxxx"], [1, "Vĩnh Tường", *"xxxx"])
    reading = read(matrix(*rows))
    assert (codes(reading), row_counts(reading)) == (["UNIT_MISSING", "UNIT_AMBIGUOUS"], (4, 2, 2))


def test_numbering_row_astray_is_no_money(read: Reader) -> None:
    """Its columns were swapped, so that it is no numbering row either."""
    reading = read(funding(["I", "NGÂN SÁCH TRUNG ƯƠNG", 30], ["(1)", "(3)", "(2)"], [1, "Vốn đầu tư công", 30]))
    assert (facts(reading, "amount_vnd_million"), "SOURCE_UNKNOWN" in codes(reading)) == ([30], True)


def test_ordinals_without_a_heading_still_tell_the_districts(read: Reader) -> None:
    for ordinals in (headless(None), headless("#REF!")):
        reading = read(ordinals)
        assert facts(reading, "unit_code") == [NGA_BAY, PHUNG_HIEP]


def test_empty_column_behind_the_ordinals_does_not_part_the_districts_from_their_products(read: Reader) -> None:
    book = products(["I. THÀNH PHỐ NGÃ BẢY"], [1, *PRODUCT], ["II. HUYỆN PHỤNG HIỆP"], [1, *OTHER])
    book.active.insert_cols(2)
    assert facts(read(book), "unit_code") == [NGA_BAY, PHUNG_HIEP]


def headless(heading: str | None) -> Workbook:
    groups = (["I. THÀNH PHỐ NGÃ BẢY"], ["II. HUYỆN PHỤNG HIỆP"])
    book = products(groups[0], [1, *PRODUCT], groups[1], [1, *OTHER], numbering=False)
    book.active.cell(HEADINGS_ROW, 1).value = heading
    return book
