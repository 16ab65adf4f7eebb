"""Tables that stand on their side: communes are columns, what is said of them are rows (case 19)."""

from __future__ import annotations

import pytest
from openpyxl import Workbook

from etl.context import Reference
from tests.etl.findings import Reader, codes, facts, message, only_issue, row_counts
from tests.etl.workbooks import KIEU_MAU, KIEU_MAU_SET, LEGEND, NTM, NTM_SET, form, write

NAMES = ["Là xã đạt chuẩn NTM nâng cao", "Thu nhập", "Thôn thông minh", "Lĩnh vực nổi trội"]
VI_TAN, HOA_LUU = "31333", "31336"


def transposed(
    *communes: str, marks: str = "xxxx", headings: tuple[str, ...] = ("STT", "Tiêu chí"), below: tuple[str, ...] = ()
) -> Workbook:
    """Return a matrix of four criteria with its communes for columns, a column and a row of totals."""
    rows: list[list[object]] = []
    for number, mark in enumerate(marks, start=1):
        name = NAMES[number - 1]
        label = [number, name] if len(headings) > 1 else [f"{number}. {name}"]
        rows.append([*label, *[mark] * len(communes), len(communes) if mark == "x" else 0])
    total: list[object] = [None] * (len(headings) - 1)
    rows.append([*total, "Tổng số tiêu chí đạt", *[marks.count("x")] * len(communes)])
    return form(
        KIEU_MAU,
        [*headings, *communes, "Tổng cộng"],
        rows,
        remark=KIEU_MAU_SET,
        numbering=False,
        below=(LEGEND, *below),
    )


@pytest.mark.case(19)
def test_communes_in_columns_are_read_and_asked_about(read: Reader) -> None:
    reading = read(transposed("Xã Vị Tân", "Xã Hoả Lựu", below=("Hậu Giang, ngày    tháng    năm 2022",)))
    issue = only_issue(reading)
    assert (issue.code, issue.severity, issue.cell) == ("TABLE_TRANSPOSED", "ask", "C6")
    assert "C6" in message(issue)
    assert facts(reading, "unit_code", "criterion_no", "outcome", "cell") == [
        (unit, str(number), "met", f"{column}{number + 6}")
        for unit, column in ((VI_TAN, "C"), (HOA_LUU, "D"))
        for number in range(1, 5)
    ]
    assert row_counts(reading) == (3, 3, 0)  # two communes and the column of totals


@pytest.mark.case(19)
@pytest.mark.parametrize("headings", [("Tiêu chí",), ("TT", "Nội dung"), ("STT", "Tên tiêu chí", "ĐVT")])
def test_whatever_heads_the_criteria(read: Reader, headings: tuple[str, ...]) -> None:
    if len(headings) == 3:
        book = form(
            KIEU_MAU,
            [*headings, "Xã Vị Tân", "Hoả Lựu"],
            [[number, name, "Đạt", "x", "x"] for number, name in enumerate(NAMES, start=1)],
            remark=KIEU_MAU_SET,
            below=(LEGEND,),
        )
    else:
        book = transposed("Xã Vị Tân", "Hoả Lựu", headings=headings)
    reading = read(book)
    assert codes(reading) == ["TABLE_TRANSPOSED"]
    assert facts(reading, "unit_code") == [VI_TAN] * 4 + [HOA_LUU] * 4


@pytest.mark.case(19)
def test_nineteen_criteria_with_their_names_under_groups(read: Reader, reference: Reference) -> None:
    criteria = next(item.criteria for item in reference.criteria_sets if item.set_code == "XA_NTM_2021_2025")
    rows: list[list[object]] = [["I", "NHÓM HẠ TẦNG"]]
    rows += [[number, name, "x", "CĐ", "x"] for number, name in criteria.items()]
    book = form(
        f"{NTM} TỈNH HẬU GIANG",
        ["STT", "Tên tiêu chí", "Các xã"],
        [],
        remark=NTM_SET,
        numbering=False,
    )
    write(book.active, 7, [None, None, "Xã Vị Tân", "Xã Hoả Lựu", "Xã Tân Tiến"])
    for number, row in enumerate(rows, start=8):
        write(book.active, number, row)
    write(book.active, 28, [LEGEND])
    for merged in ("A6:A7", "B6:B7", "C6:E6"):
        book.active.merge_cells(merged)
    reading = read(book)
    assert codes(reading) == ["TABLE_TRANSPOSED"]
    outcomes = facts(reading, "unit_code", "outcome")
    assert (len(outcomes), outcomes.count((VI_TAN, "met")), outcomes.count((HOA_LUU, "not_met"))) == (57, 19, 19)


@pytest.mark.case(19)
def test_total_row_and_total_column_reconcile(read: Reader) -> None:
    book = transposed("Xã Vị Tân", "Xã Hoả Lựu")
    book.active["E7"] = 1  # of criterion 1, which both meet
    book.active["C11"] = 3  # of Vị Tân, which meets four
    reading = read(book)
    found = [(issue.code, issue.cell) for issue in reading.issues]
    assert found == [("TABLE_TRANSPOSED", "C6"), ("TOTAL_MISMATCH", "C11"), ("COUNT_MISMATCH", "E7")]


@pytest.mark.case(19)
def test_unknown_commune_sets_its_column_aside(read: Reader) -> None:
    reading = read(transposed("Xã Vị Tân", "Xã Hoả Lựu", "Xã Hoả Lưu"))
    issue = reading.issues[1]
    assert (issue.code, issue.cell, issue.severity) == ("UNIT_UNKNOWN", "E6", "block")
    assert set(facts(reading, "unit_code")) == {VI_TAN, HOA_LUU}
    assert row_counts(reading) == (4, 3, 1)


@pytest.mark.case(19)
def test_fewer_than_sixty_percent_communes_are_not_taken_for_them(read: Reader) -> None:
    book = transposed("Xã Vị Tân", "Xã Hoả Lựu", "Nhóm A", "Nhóm B", "Nhóm C")
    issue = only_issue(read(book))
    assert (issue.code, issue.severity) == ("FORM_UNKNOWN", "block")


@pytest.mark.case(19)
def test_hidden_column_is_named_as_in_the_file(read: Reader) -> None:
    book = transposed("Xã Vị Tân", "Xã Hoả Lựu")
    book.active.column_dimensions["D"].hidden = True
    issue = next(issue for issue in read(book).issues if issue.code == "CELLS_HIDDEN")
    assert "Xã Hoả Lựu" in message(issue)
