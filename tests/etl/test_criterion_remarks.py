"""Why a criterion is not met and what is proposed, beside its mark in the form of one unit (Biểu 10)."""

from __future__ import annotations

from datetime import date

import pytest
from openpyxl import Workbook

from etl.assemble import assemble
from tests.etl.criteria_books import XA_HEAD, Path, headed
from tests.etl.findings import BookReader, Reader, Warehouse, codes, message, only_issue
from tests.etl.workbooks import NTM_SET, Row, matrix

TITLE = "KẾT QUẢ THỰC HIỆN BỘ TIÊU CHÍ QUỐC GIA VỀ XÃ NÔNG THÔN MỚI"
MIXED = "Thiếu 3,2 km đường ấp; chưa bố trí vốn"
ASKED = "Tỉnh hỗ trợ 2.500 triệu đồng"
HEADINGS = ("Nguyên nhân", "Kiến nghị")


def monthly(first: Row, second: Row, *headings: object, rows: tuple[Row, ...] = ()) -> Workbook:
    """Ordinal, name, figure and mark of each criterion, then columns with such headings; what follows 2 is met."""
    paths: list[Path] = [("TT",), ("Tên tiêu chí",), ("Kết quả",), ("Đánh giá",)]
    paths += [heading if isinstance(heading, tuple) else (heading,) for heading in headings]
    others: list[Row] = [[str(number), None, None, "Đạt"] for number in range(3, 20)]
    own: list[Row] = [["1", "Quy hoạch", None, *first], ["2", "Giao thông", None, *second], *rows, *others]
    return headed(paths, own, title=TITLE, remark=NTM_SET, head=XA_HEAD)


def said(reading: object, *columns: str) -> dict[object, tuple[object, ...]]:
    """Return the given columns, else cause and proposal, of each criterion with either."""
    names = columns or ("cause", "proposal")
    facts = reading.facts["criterion_result"]  # type: ignore[attr-defined]
    return {
        fact["criterion_no"]: tuple(fact.get(name) for name in names)
        for fact in facts
        if "cause" in fact or "proposal" in fact
    }


def test_cause_and_proposal_stand_word_for_word_with_the_cell_of_the_mark(read: Reader) -> None:
    reading = read(monthly(["Đạt"], ["CĐ", f"  {MIXED} ", ASKED], *HEADINGS))
    assert codes(reading) == []
    assert said(reading) == {"2": (MIXED, ASKED)}
    assert said(reading, "outcome", "cell") == {"2": ("not_met", "D9")}


def test_cause_beside_a_met_criterion_is_kept_as_it_is(read: Reader) -> None:
    reading = read(monthly(["Đạt", "Mới phê duyệt", None], ["CĐ", MIXED], *HEADINGS))
    assert said(reading, "outcome", "cause") == {"1": ("met", "Mới phê duyệt"), "2": ("not_met", MIXED)}


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (("Nguyên nhân chưa đạt",), (MIXED, None)),
        (("Đề xuất",), (None, MIXED)),
        (("Ghi chú", "Kiến nghị"), (None, ASKED)),
    ],
)
def test_either_column_may_be_missing(
    read: Reader, headings: tuple[str, ...], expected: tuple[str | None, ...]
) -> None:
    assert said(read(monthly(["Đạt"], ["CĐ", MIXED, ASKED], *headings))) == {"2": expected}


@pytest.mark.parametrize(
    "headings",
    [
        ("NGUYÊN NHÂN CHƯA ĐẠT", "Kiến nghị, đề xuất"),
        ("Lý do chưa đạt", "Giải pháp/đề xuất"),
        ("Khó khăn, vướng mắc", "Đề xuất / kiến nghị"),
        (("Kết quả thực hiện", "Nguyên nhân"), ("Kết quả thực hiện", "Kiến nghị")),
        (("Tiêu chí chưa đạt", "Khó khăn, vướng mắc"), ("Tiêu chí chưa đạt", "Ý kiến đề xuất")),
    ],
)
def test_headings_that_mean_the_same_and_merged_ones(read: Reader, headings: tuple[object, ...]) -> None:
    reading = read(monthly(["Đạt"], ["CĐ", MIXED, ASKED], *headings))
    assert (codes(reading), said(reading)) == ([], {"2": (MIXED, ASKED)})


def test_notes_and_a_column_of_both_are_no_cause(read: Reader) -> None:
    reading = read(monthly(["Đạt"], ["CĐ", MIXED, ASKED], "Ghi chú", "Nguyên nhân, kiến nghị"))
    assert (codes(reading), said(reading)) == (["COLUMNS_NOT_READ"], {})


@pytest.mark.parametrize(
    "text", ['=HYPERLINK("http://x","y")', "<script>alert(1)</script>", "'; drop table x; --", "+1|A1"]
)
def test_hostile_text_stays_text(warehouse: Warehouse, text: str) -> None:
    book = monthly(["Đạt"], ["CĐ", None, ASKED], *HEADINGS)
    cell = book.active["E9"]
    cell.value, cell.data_type = text, "s"
    database = warehouse({"bieu.xlsx": book})
    query = "select cause, proposal from criterion_result where cause is not null"
    assert database.execute(query).fetchall() == [(text, ASKED)]


@pytest.mark.parametrize("text", [None, "-", "…", " "])
def test_cell_without_words_says_nothing(read: Reader, text: str | None) -> None:
    assert said(read(monthly(["Đạt"], ["CĐ", text, text], *HEADINGS))) == {}


def test_error_in_the_cell_is_told_and_no_cause(read: Reader) -> None:
    book = monthly(["Đạt"], ["CĐ", "#REF!", ASKED], *HEADINGS)
    book.active["E9"].data_type = "e"
    reading = read(book)
    assert (only_issue(reading).code, said(reading)) == ("CELL_ERROR", {"2": (None, ASKED)})


def test_text_that_no_result_can_take_is_told(read: Reader) -> None:
    """Beside an indicator, and beside a criterion whose mark is blank."""
    indicator: Row = ["2.1", "Tỷ lệ đường xã", 80, "CĐ", MIXED]
    reading = read(monthly([None, "Chưa rõ"], ["CĐ", None, ASKED], *HEADINGS, rows=(indicator,)))
    assert said(reading) == {"2": (None, ASKED)}
    issue = next(issue for issue in reading.issues if issue.code == "REMARK_NOT_READ")
    assert (issue.severity, issue.cell, "ở dòng 1, 2.1 không" in message(issue)) == ("note", "E8", True)


def test_cause_merged_down_to_the_indicators_is_the_criterion_s(read: Reader) -> None:
    book = monthly(["Đạt"], ["CĐ", MIXED], *HEADINGS, rows=(["2.1", "Tỷ lệ đường xã", 80, "CĐ"],))
    book.active.merge_cells("E9:E10")
    reading = read(book)
    assert (codes(reading), said(reading)) == ([], {"2": (MIXED, None)})


def by_period(*headings: Path) -> Workbook:
    """Marks of the year before and of the half-year, then columns with such headings; criterion 2 has their texts."""
    periods = ("KQ đến 31/12 năm trước", "TH 6 tháng")
    paths: list[Path] = [("TT",), ("Tên tiêu chí",), *((period, "Đánh giá") for period in periods), *headings]
    rows: list[Row] = [[str(number), None, "Đạt", "Đạt"] for number in range(1, 20)]
    rows[1] = ["2", "Giao thông", "CĐ", "CĐ", MIXED, ASKED]
    return headed(paths, rows, title=TITLE, remark=NTM_SET, head=XA_HEAD, cut_off="(6 tháng đầu năm 2022)")


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        ((("Nguyên nhân",), ("Kiến nghị",)), {(date(2022, 6, 30), MIXED, ASKED)}),
        (
            (("KQ đến 31/12 năm trước", "Nguyên nhân"), ("TH 6 tháng", "Nguyên nhân")),
            {(date(2021, 12, 31), MIXED, None), (date(2022, 6, 30), ASKED, None)},
        ),
    ],
)
def test_cause_is_of_the_period_above_it_else_of_the_sheet_s(
    read: Reader, headings: tuple[Path, ...], expected: set[tuple[object, ...]]
) -> None:
    reading = read(by_period(*headings))
    facts = [fact for fact in reading.facts["criterion_result"] if "cause" in fact or "proposal" in fact]
    assert codes(reading) == []
    assert {(fact["period_end"], fact.get("cause"), fact.get("proposal")) for fact in facts} == expected


@pytest.mark.parametrize(
    ("headings", "code"),
    [
        ((("Kế hoạch năm 2022", "Nguyên nhân"), ("Ghi chú",)), "REMARK_OF_NO_PERIOD"),
        ((("Nguyên nhân",), ("Khó khăn, vướng mắc",)), "PERIOD_TWICE"),
    ],
)
def test_which_period_or_column_counts_is_not_guessed(read: Reader, headings: tuple[Path, ...], code: str) -> None:
    reading = read(by_period(*headings))
    assert (codes(reading), said(reading)) == ([code], {})


def test_matrix_that_says_the_same_leaves_cause_and_cell_to_the_form(read_book: BookReader) -> None:
    """A matrix has no room for causes: whichever file comes first, nothing is in conflict and the texts stay."""
    form = monthly(["Đạt"], ["CĐ", MIXED, ASKED], *HEADINGS)
    marks = ["x", "CĐ", *["x"] * 17]
    shape = {"title": f"{TITLE} TỈNH HẬU GIANG", "remark": NTM_SET, "criteria": range(1, 20)}
    table = matrix(["I", "Huyện Vị Thủy"], [1, "Xã Vị Trung", *marks], **shape)  # type: ignore[arg-type]
    for names in (("a.xlsx", "b.xlsx"), ("b.xlsx", "a.xlsx")):
        books = zip((form, table), names, strict=True)
        assembled = assemble([read_book(book, name) for book, name in books])
        (fact,) = [item for item in assembled.facts["criterion_result"] if item["criterion_no"] == "2"]
        assert (fact["cause"], fact["proposal"], fact["cell"]) == (MIXED, ASKED, "D9")
        assert "FACT_CONFLICT" not in {issue["code"] for issue in assembled.issues}


def test_two_causes_for_one_result_are_asked_about(read_book: BookReader) -> None:
    one = read_book(monthly(["Đạt"], ["CĐ", MIXED], *HEADINGS), "a.xlsx")
    two = read_book(monthly(["Đạt"], ["CĐ", "Thiếu đất", ASKED], *HEADINGS), "b.xlsx")
    three = read_book(monthly(["Đạt"], ["CĐ", None, ASKED], *HEADINGS), "c.xlsx")
    assembled = assemble([one, two, three])
    found = [issue for issue in assembled.issues if issue["code"] == "FACT_CONFLICT"]
    assert [issue["path"] for issue in found] == ["b.xlsx", "c.xlsx"]
    assert MIXED in str(found[0]["message_vi"])
    assert {"2"} == {fact["criterion_no"] for fact in assembled.facts["criterion_result"] if fact.get("cause") == MIXED}
