"""Two files that tell of the same: equal figures count once, different ones keep the first and ask."""

from __future__ import annotations

from openpyxl import Workbook

from etl.assemble import Assembled, assemble
from tests.etl.findings import BookReader
from tests.etl.workbooks import Row, funding, matrix, recognition, recognitions

CITY = ["I", "Thành phố Vị Thanh"]


def together(read_book: BookReader, **books: Workbook) -> Assembled:
    return assemble(read_book(book, f"{name}.xlsx") for name, book in books.items())


def book(*rows: Row, **parts: object) -> Workbook:
    return matrix(CITY, *rows, **parts)


def counts(assembled: Assembled) -> list[tuple[object, ...]]:
    names = ("path", "rows_read", "rows_loaded", "rows_rejected")
    return [tuple(row[name] for name in names) for row in assembled.source_files]


def test_first_file_by_name_is_kept_and_the_other_cell_is_named(read_book: BookReader) -> None:
    one, two = book([1, "Xã Vị Tân", *"xxxx"]), book([1, "Xã Vị Tân", "x", "x", "x", "CĐ"])
    assembled = together(read_book, b=two, a=one)
    outcomes = [fact["outcome"] for fact in assembled.facts["criterion_result"]]
    assert outcomes == ["met"] * 4
    conflict, repeated = assembled.issues
    assert (conflict["code"], conflict["severity"], conflict["path"], conflict["cell"]) == (
        "FACT_CONFLICT",
        "ask",
        "b.xlsx",
        "F9",
    )
    assert "giữ 'x' ở a.xlsx › Sheet › F9" in str(conflict["message_vi"])
    assert "không nạp 'CĐ' ở b.xlsx › Sheet › F9" in str(conflict["message_vi"])
    assert "bỏ tệp kia" in str(conflict["remedy_vi"])
    assert (repeated["code"], "3 số liệu trùng với a.xlsx" in str(repeated["message_vi"])) == ("FACT_REPEATED", True)


def test_two_amounts_are_named_as_they_are_read(read_book: BookReader) -> None:
    """In the unit that they are kept in: the two workbooks may use different ones."""
    one = funding([1, "NSTW", 12500], headings=("Giải ngân",), unit="ĐVT: nghìn đồng")
    two = funding([1, "NSTW", 13], headings=("Giải ngân",))
    (issue,) = together(read_book, a=one, b=two).issues
    assert "giữ Số tiền (triệu đồng) 12,5 ở a.xlsx › Sheet › C8" in str(issue["message_vi"])
    assert "không nạp Số tiền (triệu đồng) 13 ở b.xlsx" in str(issue["message_vi"])
    assert "Amount (VND million) 12.5 at a.xlsx" in str(issue["message_en"])


def test_row_that_is_overruled_as_a_whole_is_not_loaded(read_book: BookReader) -> None:
    """Rows read are still rows loaded and rejected, and the rejected one has its findings."""
    one = book([1, "Xã Vị Tân", *"xxxx"])
    two = book([1, "Xã Vị Tân", "CĐ", "CĐ", "CĐ", "CĐ"], [2, "Xã Hoả Lựu", *"xxxx"])
    assembled = together(read_book, a=one, b=two)
    assert counts(assembled) == [("a.xlsx", 2, 2, 0), ("b.xlsx", 3, 2, 1)]
    assert [issue["code"] for issue in assembled.issues] == ["FACT_CONFLICT"] * 4


def test_event_listed_again_in_a_later_list_is_one_event(read_book: BookReader) -> None:
    old = recognitions(recognition(), cut_off="(Số liệu đến 31/12/2022)")
    new = recognitions(recognition(), recognition("Xã Hoả Lựu"), cut_off="(Số liệu đến 31/12/2023)")
    assembled = together(read_book, a=old, b=new)
    assert len(assembled.facts["recognition"]) == 2
    assert [(issue["code"], issue["severity"]) for issue in assembled.issues] == [("FACT_REPEATED", "note")]
    assert counts(assembled) == [("a.xlsx", 1, 1, 0), ("b.xlsx", 2, 2, 0)]


def test_copy_of_a_file_counts_once_and_is_noted(read_book: BookReader) -> None:
    first = read_book(book([1, "Xã Vị Tân", *"xxxx"]), "a.xlsx")
    copy = type(first)("sao/a.xlsx", first.sha256, first.sheets, first.issues, first.raw_cells)
    assembled = assemble([copy, first])
    assert counts(assembled) == [("a.xlsx", 2, 2, 0)]
    (issue,) = assembled.issues
    assert (issue["code"], issue["severity"], issue["path"]) == ("FILE_REPEATED", "note", "sao/a.xlsx")
    assert "'a.xlsx'" in str(issue["message_vi"])
    assert [reading.path for reading in assembled.readings] == ["a.xlsx"]


def test_copy_under_the_name_of_another_month_is_asked(read_book: BookReader) -> None:
    """A sheet without a period: last month's file sent again as this month's."""
    rows = [1, "Xã Vị Tân", *"xxxx"]
    first = read_book(book(rows, cut_off=""), "tieu_chi_2022_05.xlsx")
    later = read_book(book(rows, cut_off=""), "tieu_chi_2022_06.xlsx")
    copy = type(first)(later.path, first.sha256, later.sheets, (), ())
    (issue,) = assemble([first, copy]).issues
    assert (issue["code"], issue["severity"]) == ("FILE_REPEATED_OTHER_PERIOD", "ask")
