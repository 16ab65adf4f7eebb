"""Arithmetic of the numbering row as rules (cases 3, 39 and 45), and that every row read is accounted for."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.context import Options, SheetContext
from etl.facts import criterion_result
from etl.facts.rule_checks import check_rules
from etl.issues import shown
from etl.load import find_files, read_all
from etl.read.rules import Rule, read_rules
from etl.table_reading import RowsLostError
from ntm.settings import settings
from tests.etl.findings import Reader, message, only_issue
from tests.etl.workbooks import form, matrix, write

LABELS = {1: "(1)", 2: "(2)", 3: "(3)", 4: "(4)", 5: "(5)", 6: "(6)"}
VALUES = {column: Decimal(column) for column in range(1, 12)}


def rules(labels: Mapping[int, str]) -> dict[int, Rule]:
    return {rule.target: rule for rule in read_rules(labels)}


@pytest.mark.case(3)
@pytest.mark.parametrize(
    ("text", "columns", "value"),
    [
        ("(7)=(3)+(4)", {3, 4}, "7"),
        ("7=5-6", {5, 6}, "-1"),
        ("7 = 6/3", {3, 6}, "2"),
        ("(7)=(6)/(3)*100", {3, 6}, "200"),
        ("(7) = (6):(3)x100%", {3, 6}, "200"),
        ("(7)=((3)+(5))/(4)", {3, 4, 5}, "2"),
        ("[7]=[3]+[4]+[5]", {3, 4, 5}, "12"),
        ("7=3+…+6", {3, 4, 5, 6}, "18"),
        ("(7)=(3)+...+(6)", {3, 4, 5, 6}, "18"),
        ("(7=5–6)", {5, 6}, "-1"),
    ],
)
def test_formula_of_a_numbering_row(text: str, columns: set[int], value: str) -> None:
    rule = rules({**LABELS, 7: text})[7]
    assert (set(rule.columns), rule.compute(VALUES)) == (columns, Decimal(value))


@pytest.mark.case(3)
def test_numbers_are_those_of_the_row_wherever_its_columns_are() -> None:
    found = rules({1: "A", 2: "B", 3: "1=2+3", 4: "2", 5: "3"})
    assert (found[3].columns, found[3].compute(VALUES)) == ((4, 5), Decimal(9))


@pytest.mark.case(3)
@pytest.mark.parametrize(
    "text", ["7", "7=", "7=7", "7=3+99", "7=tổng", "7=__import__('os')", "7=(3", "7=3+…", "7=3**4", "7=100", "7=-3"]
)
def test_what_is_no_rule_is_none(text: str) -> None:
    assert rules({**LABELS, 7: text}) == {}


@given(st.dictionaries(st.integers(1, 9), st.text("0123456789()=+-*/:x%[]. AB…", max_size=20), max_size=9))
def test_no_numbering_row_breaks_the_reading(labels: dict[int, str]) -> None:
    for rule in read_rules(labels):
        rule.compute(dict.fromkeys(rule.columns, Decimal(0)))


def check(monkeypatch: pytest.MonkeyPatch, read: Reader, numbering: list[object], row: list[object]) -> list[str]:
    """Return the findings of a table of figures about one row under such a numbering row."""

    def checked(context: SheetContext) -> None:
        rows = context.rows("unit")
        check_rules(context, rows)
        for item in rows:
            context.accept(item.number)

    monkeypatch.setattr(criterion_result, "read", checked)
    headings = ["STT", "Tên xã", 1, 2, 3, 4]
    book = form("TIÊU CHÍ TỈNH HẬU GIANG", headings, [[1, "Xã Vị Tân", *row]], numbering=False)
    sheet = book.active
    sheet.insert_rows(7)
    write(sheet, 7, numbering)
    reading = read(book)
    return [f"{issue.code} {issue.cell} {shown(issue.values['computed'], 'vi')}" for issue in reading.issues]


SUM: list[object] = ["A", "B", "1=2+3+4", 2, 3, 4]
RATE: list[object] = ["A", "B", 1, 2, "3=1/2", 4]


@pytest.mark.case(3)
@pytest.mark.case(39)
@pytest.mark.case(45)
@pytest.mark.parametrize(
    ("numbering", "row", "findings"),
    [
        (SUM, [9, 2, 3, 4], []),
        (SUM, [10, 2, 3, 4], []),  # rounding: half a unit for each of three terms
        (SUM, [11, 2, 3, 4], ["RULE_MISMATCH C8 9"]),
        (SUM, [10.51, 2.01, 3, 4], ["RULE_MISMATCH C8 9,01"]),
        (SUM, [5, 2, 3, None], []),  # a blank term is nothing where others are stated
        (SUM, [7, 2, 3, None], ["RULE_MISMATCH C8 5"]),
        (SUM, [9, None, None, None], []),
        (SUM, [None, 2, 3, 4], []),
        (SUM, [9, 2, "217.040", 4], []),  # can be read in two ways
        (RATE, [61, 119, 51.2, None], []),  # cut off, not rounded
        (RATE, [61, 119, 0.512, None], []),
        (RATE, [61, 119, 51.4, None], ["RULE_MISMATCH E8 0,513"]),
        (RATE, [87, 7, 12.42, None], []),
        (RATE, [87, 0, 12, None], []),
    ],
)
def test_rows_are_checked_against_the_rules(
    monkeypatch: pytest.MonkeyPatch, read: Reader, numbering: list[object], row: list[object], findings: list[str]
) -> None:
    assert check(monkeypatch, read, numbering, row) == findings


@pytest.mark.case(3)
def test_rule_mismatch_asks(monkeypatch: pytest.MonkeyPatch, read: Reader) -> None:
    def checked(context: SheetContext) -> None:
        check_rules(context, rows := context.rows("unit"))
        context.accept(rows[0].number)

    monkeypatch.setattr(criterion_result, "read", checked)
    book = form("TIÊU CHÍ TỈNH HẬU GIANG", ["STT", "Tên xã", 1, 2, 3, 4], [SUM], numbering=False)
    write(book.active, 8, [1, "Xã Vị Tân", 11, 2, 3, 4])
    issue = only_issue(read(book))
    assert (issue.code, issue.severity, issue.cell) == ("RULE_MISMATCH", "ask", "C8")
    assert "'2+3+4'" in message(issue)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda context, row: None, "neither loaded nor rejected: [8]"),
        (lambda context, row: (context.accept(row), context.reject("UNIT_MISSING", row, "unit")), "rejected: [8]"),
        (lambda context, row: (context.accept(row), context.accept(99)), "not read: [99]"),
    ],
)
def test_row_that_a_module_forgets_is_an_error(
    monkeypatch: pytest.MonkeyPatch, read: Reader, wrong: object, words: str
) -> None:
    """Rows read are rows loaded and rows rejected, at every reading; the load turns the error into a finding."""

    def careless(context: SheetContext) -> None:
        for row in context.rows("unit"):
            wrong(context, row.number)  # type: ignore[operator]

    monkeypatch.setattr(criterion_result, "read", careless)
    with pytest.raises(RowsLostError) as caught:
        read(matrix([1, "Xã Vị Tân", *"xxxx"]))
    assert words in str(caught.value)


def test_forgotten_row_fails_its_file_in_a_load(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(criterion_result, "read", lambda context: context.rows("unit"))
    matrix([1, "Xã Vị Tân", *"xxxx"]).save(tmp_path / "bieu.xlsx")
    loaded = read_all(find_files([tmp_path]), settings().reference_folder, Options())
    issue = only_issue(loaded.readings[0])
    assert (issue.code, issue.severity, loaded.readings[0].sheets) == ("FILE_FAILED", "block", ())
    assert "RowsLostError" in message(issue)
