"""Criteria with a figure beside the mark, and indicators ('2.1' … '18.6') beside or in place of criteria."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from etl.clean.vocabulary import vocabulary
from etl.context import Reference
from ntm.geo.names import text_key
from tests.etl.criteria_books import Path, headed, indicator_paths
from tests.etl.findings import Reader, codes, message, row_counts, rows_of

VI_TAN = (1, "Xã Vị Tân")
ALL = tuple(range(1, 20))
NO_ISSUES: list[object] = []


def values(reading: object, *columns: str) -> list[tuple[object, ...]]:
    return rows_of(reading, "indicator_value", "indicator_code", *columns)  # type: ignore[arg-type]


def met(reading: object) -> list[tuple[object, ...]]:
    return rows_of(reading, "criterion_result", "criterion_no", "outcome")  # type: ignore[arg-type]


def test_figure_beside_the_mark_is_that_of_the_only_indicator(read: Reader) -> None:
    """Criterion 10 (Thu nhập) has one indicator, criterion 2 (Giao thông) four: of which it is is not said."""
    paths: list[Path] = [("STT",), ("Tên xã",)]
    paths += [("Tiêu chí", number, part) for number in ALL for part in ("Kết quả", "Đánh giá")]
    cells = [cell for number in ALL for cell in ({2: "85%", 10: 52.5}.get(number), "x")]
    reading = read(headed(paths, [[*VI_TAN, *cells]]))
    assert values(reading, "value", "outcome", "cell") == [("10.1", Decimal("52.5"), "met", "U10")]
    assert len(met(reading)) == 19
    (issue,) = reading.issues
    assert (issue.code, issue.severity) == ("RESULT_NOT_READ", "note")
    assert "tiêu chí 2 " in message(issue)


def test_indicators_beside_their_criteria(read: Reader) -> None:
    """2.1 is a percentage, 1.1 is met or not, 10.1 an amount; marks and figures share a column."""
    reading = read(headed(indicator_paths(["1.1", "2.1", "3.1", "10.1"], criteria=ALL), [
        [*VI_TAN, "x", "100%", "CĐ", 52.5, *"x" * 19],
    ]))  # fmt: skip
    assert reading.issues == NO_ISSUES
    assert values(reading, "value", "stated", "outcome") == [
        ("1.1", None, None, "met"),
        ("2.1", Decimal(100), None, "unknown"),
        ("3.1", None, None, "not_met"),
        ("10.1", Decimal("52.5"), None, "unknown"),
    ]
    assert len(met(reading)) == 19


def test_indicators_with_figure_and_mark(read: Reader) -> None:
    paths = indicator_paths(["2.1", "9.1"], criteria=ALL, pairs=True)
    reading = read(headed(paths, [[*VI_TAN, 95.5, "Đạt", "Không", "Đạt", *"x" * 19]]))
    assert (reading.issues, values(reading, "value", "stated", "outcome", "cell")) == (
        NO_ISSUES,
        [("2.1", Decimal("95.5"), None, "met", "C10"), ("9.1", None, "Không", "met", "E10")],
    )


def test_criterion_is_never_made_from_its_indicators(read: Reader) -> None:
    reading = read(headed(indicator_paths(["1.1", "1.2", "2.1", "2.2"], criteria=ALL[2:]), [
        [*VI_TAN, "x", "x", 100, 100, *"x" * 17],
    ]))  # fmt: skip
    assert [number for number, _ in met(reading)] == [str(number) for number in ALL[2:]]
    assert len(values(reading)) == 4
    (issue,) = reading.issues
    assert (issue.code, issue.severity) == ("CRITERION_BY_INDICATORS", "ask")
    assert "Tiêu chí 1, 2 chỉ có cột chỉ tiêu" in message(issue)


@pytest.mark.parametrize(
    "written", [("17.8", "17.9", "17.10", "17.11"), (17.8, 17.9, 17.1, 17.11), ("17,8", "17,9", "17,10", "17,11")]
)
def test_numbers_of_indicators_as_the_spreadsheet_keeps_them(read: Reader, written: tuple[object, ...]) -> None:
    """17.10 typed as a number is stored as 17.1."""
    reading = read(headed(indicator_paths(written, criteria=ALL), [[*VI_TAN, 1.5, 2.5, 3.5, 4.5, *"x" * 19]]))
    assert [(code, value) for code, value in values(reading, "value")] == [
        ("17.8", Decimal("1.5")), ("17.9", Decimal("2.5")), ("17.10", Decimal("3.5")), ("17.11", Decimal("4.5")),
    ]  # fmt: skip


@pytest.mark.case(37)
@pytest.mark.parametrize(("cell", "number_format"), [(0.745, "0.0%"), ("74,5%", None), (74.5, None), ("74,5", None)])
def test_percentage_in_any_writing_is_74_5(read: Reader, cell: object, number_format: str | None) -> None:
    book = headed(indicator_paths(["2.1"], criteria=ALL), [[*VI_TAN, cell, *"x" * 19]])
    if number_format:
        book.active["C9"].number_format = number_format
    reading = read(book)
    assert (reading.issues, values(reading, "value")) == (NO_ISSUES, [("2.1", Decimal("74.5"))])


@pytest.mark.case(37)
def test_fraction_without_a_sign_among_percentages_is_asked(read: Reader) -> None:
    book = headed(indicator_paths(["2.1"], criteria=ALL), [
        [*VI_TAN, 0.745, *"x" * 19],
        [2, "Xã Hỏa Lựu", 0.8, *"x" * 19],
    ])  # fmt: skip
    book.active["C9"].number_format = "0.0%"
    reading = read(book)
    assert [value for _, value in values(reading, "value")] == [Decimal("74.5"), Decimal("0.8")]
    assert [(issue.code, issue.cell, issue.severity) for issue in reading.issues] == [("PERCENT_UNCLEAR", "C10", "ask")]


@pytest.mark.case(44)
@pytest.mark.parametrize(("cell", "value"), [("trên 95", 95), ("khoảng 74,5%", Decimal("74.5")), (">= 98", 98)])
def test_approximate_value_is_kept_and_asked(read: Reader, cell: str, value: object) -> None:
    reading = read(headed(indicator_paths(["2.1"], criteria=ALL), [[*VI_TAN, cell, *"x" * 19]]))
    assert values(reading, "value", "stated", "is_approximate") == [("2.1", value, cell, True)]
    assert [(issue.code, issue.cell, issue.severity) for issue in reading.issues] == [
        ("VALUE_APPROXIMATE", "C9", "ask")
    ]


@pytest.mark.case(38)
def test_share_that_became_a_date_is_no_value(read: Reader) -> None:
    book = headed(indicator_paths(["2.1"], criteria=ALL), [[*VI_TAN, datetime(2022, 10, 9), *"x" * 19]])
    book.active["C9"].number_format = "d-mmm"
    reading = read(book)
    assert [value for _, value in values(reading, "value")] == [None]
    assert [(issue.code, issue.cell, issue.severity) for issue in reading.issues] == [("INDICATOR_DATE", "C9", "ask")]


@pytest.mark.parametrize("cell", ["Không", "không", "có"])
def test_yes_or_no_to_what_must_not_be_is_asked(read: Reader, cell: str) -> None:
    """9.1 is 'Nhà tạm, dột nát': 'Không' may say that there are none, or that it is not met."""
    reading = read(headed(indicator_paths(["9.1"], criteria=ALL), [[*VI_TAN, cell, *"x" * 19]]))
    assert values(reading, "outcome", "stated") == [("9.1", "unknown", cell)]
    assert codes(reading) == ["INDICATOR_MARK_UNCLEAR"]


def test_words_where_a_number_belongs_are_kept_and_asked(read: Reader) -> None:
    reading = read(headed(indicator_paths(["2.1", "18.2"], criteria=ALL), [[*VI_TAN, "hầu hết", "Tốt", *"x" * 19]]))
    assert values(reading, "value", "stated") == [("2.1", None, "hầu hết"), ("18.2", None, "Tốt")]
    assert [(issue.code, issue.cell) for issue in reading.issues] == [("INDICATOR_IN_WORDS", "C9")]


@pytest.mark.case(29)
def test_planned_year_of_an_indicator_is_a_plan(read: Reader) -> None:
    reading = read(headed(indicator_paths(["1.1"], criteria=ALL), [[*VI_TAN, "KH 2023", *"x" * 19]]))
    assert values(reading, "outcome", "value_kind", "period_end") == [
        ("1.1", "not_met", "actual", date(2022, 6, 30)),
        ("1.1", "met", "plan", date(2023, 12, 31)),
    ]


def test_indicator_that_the_set_does_not_list_is_asked(read: Reader) -> None:
    reading = read(headed(indicator_paths(["2.7"], criteria=ALL), [[*VI_TAN, 95, *"x" * 19]]))
    assert values(reading, "value") == [("2.7", Decimal(95))]
    assert [(issue.code, issue.cell, issue.severity) for issue in reading.issues] == [
        ("INDICATOR_UNKNOWN", "C7", "ask")
    ]


def test_blank_indicator_is_not_reported(read: Reader) -> None:
    reading = read(headed(indicator_paths(["2.1", "10.1"], criteria=ALL), [[*VI_TAN, None, "-", *"x" * 19]]))
    assert (reading.issues, values(reading, "value")) == (NO_ISSUES, [("10.1", Decimal(0))])
    assert row_counts(reading) == (1, 1, 0)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["Quy hoạch", "Giao thông", "Thủy lợi", "Điện"], ["1", "2", "3", "4"]),
        (["QH", "GT", "Thuỷ lợi và PCTT", "Điện"], ["1", "2", "3", "4"]),
        (["Thu nhập", "Nghèo đa chiều", "Lao động", "QP và AN"], ["10", "11", "12", "19"]),
        (["TC1", "Tiêu chí số 2", "03", "4.0"], ["1", "2", "3", "4"]),
        (["Tiêu chí 1. Quy hoạch", "2. Giao thông", "TC 3: Thủy lợi", "Tiêu chí 4"], ["1", "2", "3", "4"]),
    ],
)
def test_criteria_named_or_numbered_in_any_way(read: Reader, names: list[str], expected: list[str]) -> None:
    paths: list[Path] = [("STT",), ("Tên xã",), *(("Tiêu chí", name) for name in names)]
    reading = read(headed(paths, [[*VI_TAN, *"xxxx"]]))
    assert [number for number, _ in met(reading)] == expected
    assert codes(reading) == ["CRITERION_MISSING"]


def test_name_of_another_set_or_of_two_criteria_is_refused(read: Reader) -> None:
    """'Hành chính công' is no criterion of communes' NTM; none is guessed."""
    paths: list[Path] = [("STT",), ("Tên xã",)]
    paths += [("Tiêu chí", name) for name in ("Quy hoạch", "Giao thông", "Điện", "Hành chính công")]
    reading = read(headed(paths, [[*VI_TAN, *"xxxx"]]))
    assert [number for number, _ in met(reading)] == ["1", "2", "4"]
    issue = next(issue for issue in reading.issues if issue.code == "CRITERION_NAME_UNKNOWN")
    assert (issue.cell, issue.severity) == ("F7", "block")
    assert "'Hành chính công'" in message(issue)


def test_every_criterion_of_the_reference_can_be_named(reference: Reference) -> None:
    """A set that is added to data/reference needs its names in etl/vocabulary/criteria.yml, none of them twice."""
    known = set(map(text_key, vocabulary("criteria")))
    for item in reference.criteria_sets:
        names = {text_key(name) for name in item.criteria.values()}
        assert names <= known, item.set_code
        assert len(names) == len(item.criteria), item.set_code
