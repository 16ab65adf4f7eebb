"""What the rows of a body are, in their nastier writings (cases 5, 7-11, 14, 18), and what is said of unknown forms."""

from __future__ import annotations

import pytest

from tests.etl.findings import Reader, codes, facts, message, only_issue, row_counts
from tests.etl.workbooks import LEGEND, form, funding, matrix, products, write

CITY = ["I", "Thành phố Vị Thanh"]
COMMUNE = [1, "Xã Vị Tân", *"xxxx"]
PRODUCT = [1, "Khóm", "HTX A", 62.5, "3 sao", "1/QĐ-UBND ngày 20/9/2022"]


@pytest.mark.case(5)
@pytest.mark.parametrize("ordinal", ["I", "I.", "I-", "(I)", "I/"])
def test_roman_ordinal_in_any_writing_is_a_district(read: Reader, ordinal: str) -> None:
    reading = read(matrix([ordinal, "Thành phố Vị Thanh"], [1, "Phường I", *"xxxx"]))
    assert (codes(reading), row_counts(reading)) == ([], (2, 2, 0))


@pytest.mark.case(7)
@pytest.mark.parametrize(
    "text",
    [
        "I. THÀNH PHỐ NGÃ BẢY (08 sản phẩm)",
        "I- THÀNH PHỐ NGÃ BẢY",
        "I/ Thành phố Ngã Bảy: 08 sản phẩm",
        "THÀNH PHỐ NGÃ BẢY (08 sản phẩm)",
        "I) TP. Ngã Bảy",
    ],
)
@pytest.mark.parametrize("merged", ["A8:F8", "A8:B8", ""])
def test_group_over_the_whole_row_with_a_count(read: Reader, text: str, merged: str) -> None:
    book = products([text], PRODUCT)
    if merged:
        book.active.merge_cells(merged)
    reading = read(book)
    assert (codes(reading), facts(reading, "unit_code")) == ([], ["931"])


@pytest.mark.case(8)
@pytest.mark.parametrize("ordinal", ["01", "1.", "1)", "(1)", "1/", 1.0, "1.0", "a", "-", None])
def test_ordinals_in_any_writing(read: Reader, ordinal: object) -> None:
    reading = read(matrix(CITY, [ordinal, "Xã Vị Tân", *"xxxx"]))
    assert (codes(reading), row_counts(reading)) == ([], (2, 2, 0))


@pytest.mark.case(9)
@pytest.mark.parametrize("label", ["Tổng cộng", "CỘNG", "TỔNG SỐ", "Toàn tỉnh", "Tỉnh Hậu Giang", "Tổng cộng (I+II)"])
@pytest.mark.parametrize("place", [[None, "{}"], ["{}", None], ["I", "{}"], ["A", "{}"]])
def test_total_in_any_place(read: Reader, label: str, place: list[str | None]) -> None:
    """First in the table, in the name's column, in the ordinal's, or with an ordinal of its own."""
    total = [text and text.format(label) for text in place]
    book = matrix([*total, 1, 1, 1, 1], CITY, COMMUNE)
    if place[1] is None:
        book.active.merge_cells("A8:B8")
    reading = read(book)
    assert (codes(reading), row_counts(reading)) == ([], (3, 3, 0))


@pytest.mark.case(10)
@pytest.mark.parametrize("label", ["Tỷ lệ (%)", "Tỉ lệ %", "Bình quân TC/xã", "So với KH (+/-)", "So KH năm"])
@pytest.mark.parametrize("ordinal", [None, "II"])
def test_derived_rows_below_the_total(read: Reader, label: str, ordinal: str | None) -> None:
    reading = read(matrix(CITY, COMMUNE, [None, "Tổng cộng", 1, 1, 1, 1], [ordinal, label, 100, 100, 100, 100]))
    assert (codes(reading), row_counts(reading)) == ([], (4, 4, 0))


@pytest.mark.case(11)
@pytest.mark.parametrize(
    "row",
    [
        ["Ghi chú: số liệu chưa gồm xã Vị Thanh"],
        [None, "Ghi chú:"],
        ["*", "Số liệu của các xã do Phòng Nông nghiệp tổng hợp."],
        ["(*) Số liệu chưa bao gồm các xã mới chia tách, nhập theo nghị quyết của Uỷ ban Thường vụ Quốc hội"],
        ["Nơi nhận:", None, None, None, "TM. ỦY BAN NHÂN DÂN"],
        [None, None, None, None, "Hậu Giang, ngày      tháng      năm 2022"],
        [None, None, "Vị Thanh, ngày 05 tháng 7 năm 2022"],
        ["NGƯỜI LẬP BIỂU", None, None, "CHÁNH VĂN PHÒNG"],
        ["Người tổng hợp", None, None, None, "Giám đốc"],
        ["Lưu ý: x là đạt"],
        ["KT. TRƯỞNG BAN"],
        ["- Như trên;"],
    ],
)
def test_notes_and_signatures_in_any_place_end_the_table(read: Reader, row: list[object]) -> None:
    """What a signature's lines hold below (names, titles) is no commune."""
    book = matrix(CITY, COMMUNE, below=())
    write(book.active, 10, row)
    write(book.active, 12, [LEGEND])
    write(book.active, 15, ["Nguyễn Văn A", None, None, "Trần Thị B"])
    reading = read(book)
    assert (codes(reading), row_counts(reading)) == ([], (2, 2, 0))


@pytest.mark.case(11)
def test_remark_between_communes_is_no_commune(read: Reader) -> None:
    """A sentence in the table's middle ends nothing, and is no unit either."""
    reading = read(
        matrix(CITY, COMMUNE, [None, "(Xã Hoả Lựu tách từ xã Vị Tân theo nghị quyết.)"], [2, "Xã Hoả Lựu", *"xxxx"])
    )
    assert len(set(facts(reading, "unit_code"))) == 2
    assert "UNIT_UNKNOWN" not in codes(reading)


@pytest.mark.case(14)
def test_hidden_rows_and_columns_of_a_table_are_read(read: Reader) -> None:
    book = funding([1, "Vốn tín dụng", 100], [2, "Vốn doanh nghiệp", 7])
    book.active.row_dimensions[9].hidden = True
    reading = read(book)
    assert facts(reading, "amount_vnd_million") == [100, 7]
    assert (only_issue(reading).code, only_issue(reading).severity) == ("CELLS_HIDDEN", "ask")


@pytest.mark.case(18)
def test_district_merged_down_beside_its_communes(read: Reader) -> None:
    """Merged data cells: each of the rows has what their merged range shows, and leads back to its first cell."""
    book = products(["I. THÀNH PHỐ VỊ THANH"], PRODUCT, [2, "Chả cá", None, 70, "4 sao", None])
    book.active["C9"], book.active["F9"] = "HTX A", "1/QĐ-UBND ngày 20/9/2022"
    book.active.merge_cells("C9:C10")
    book.active.merge_cells("F9:F10")
    reading = read(book)
    assert (codes(reading), facts(reading, "producer")) == ([], ["HTX A", "HTX A"])


@pytest.mark.case(22)
def test_unknown_form_names_the_nearest_one_and_what_it_lacks(read: Reader) -> None:
    book = form("TỔNG HỢP TIÊU CHÍ TỈNH HẬU GIANG", ["STT", "Họ tên", *range(1, 20)], [[1, "A", *"x" * 19]])
    issue = only_issue(read(book))
    assert (issue.code, issue.severity) == ("FORM_UNKNOWN", "block")
    assert "Gần nhất: Biểu tiêu chí (thiếu cột 'Xã')" in message(issue)


@pytest.mark.case(22)
def test_form_without_its_title_is_told_what_the_title_lacks(read: Reader) -> None:
    book = form("BÁO CÁO TỈNH HẬU GIANG", ["STT", "Tên xã", *range(1, 20)], [[1, "Xã Vị Tân", *"x" * 19]])
    assert "(thiếu chữ 'tiêu chí' ở tiêu đề biểu)" in message(only_issue(read(book)))
