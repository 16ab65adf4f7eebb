"""Templates of forms of money: written, filled with any amounts, saved and read back equal."""

from __future__ import annotations

import io
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from etl.context import Reference
from tests.etl.filling import fill
from tests.etl.findings import BookReader, facts, rows_of

AMOUNT = st.integers(0, 10**9).map(lambda number: Decimal(number) / 10)
MAYBE = st.none() | AMOUNT
few = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

Cells = Sequence[Decimal | None]


def total(cells: Cells) -> Decimal | None:
    """Sum of what is stated; nothing where nothing is."""
    known = [cell for cell in cells if cell is not None]
    return sum(known, Decimal(0)) if known else None


def rows_of_sources(leaves: Sequence[Cells], groups: Sequence[Sequence[int]]) -> list[list[Decimal | None]]:
    """Rows of a form of sources: a line for each group, above the leaves that it sums up where it has several."""
    rows = []
    for group in groups:
        parts = [leaves[place] for place in group]
        whole = [total(column) for column in zip(*parts, strict=True)]
        rows += [whole, *parts] if len(group) > 1 else parts
    return [list(row) for row in rows]


def in_million(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.000001"))


BIEU_07 = [("central", "investment", None), ("central", "recurrent", None), ("local_province", None, None),
           ("local_commune", None, None), ("integrated", None, None), ("credit", None, None),
           ("enterprise", None, None), ("community", None, "tiền mặt"),
           ("community", None, "ngày công và hiện vật quy đổi")]  # fmt: skip
GROUPS_07 = [[0, 1], [2, 3], [4], [5], [6], [7, 8]]


@few
@given(leaves=st.lists(st.tuples(AMOUNT, AMOUNT, AMOUNT), min_size=9, max_size=9))
def test_bieu_07(read_book: BookReader, leaves: list[Cells]) -> None:
    rows = rows_of_sources(leaves, GROUPS_07)
    sums = [total(column) for column in zip(*leaves, strict=True)]
    reading = read_book(fill("bieu_07", [sums, *rows])).sheets[0]
    assert reading.issues == []
    stages = [("plan", "plan", 1), ("mobilised", "actual", 1), ("plan", "plan", 7)]
    expected = [
        (*source, stage, kind, month, in_million(amounts[place]))  # type: ignore[arg-type]
        for place, (stage, kind, month) in enumerate(stages)
        for source, amounts in zip(BIEU_07, leaves, strict=True)
    ]
    columns = ("source_code", "nature", "detail", "stage", "value_kind", "period_start", "amount_vnd_million")
    found = [(*row[:5], row[5].month, row[6]) for row in facts(reading, *columns)]  # type: ignore[misc,attr-defined,index]
    assert sorted(found, key=str) == sorted(expected, key=str)
    assert [value for (value,) in rows_of(reading, "stated_result", "value")] == sums


SOURCES_09 = [("central", "investment"), ("central", "recurrent"), ("local", None), ("integrated", None),
              ("credit", None), ("enterprise", None), ("community", None)]  # fmt: skip


def half(cells: Cells) -> list[Decimal | None]:
    """One half of Biểu 09: the total and the direct capital before the sources that make them up."""
    return [total(cells), total(cells[:3]), *cells]


@few
@given(contents=st.lists(st.lists(AMOUNT, min_size=14, max_size=14), min_size=11, max_size=11))
def test_bieu_09(read_book: BookReader, contents: list[list[Decimal]]) -> None:
    rows = [[*half(content[:7]), *half(content[7:])] for content in contents]
    sums = [total(column) for column in zip(*rows, strict=True)]
    reading = read_book(fill("bieu_09", [sums, *rows])).sheets[0]
    assert reading.issues == []
    expected = [
        (f"{number:02}", *SOURCES_09[place % 7], "mobilised" if place < 7 else "plan", in_million(amount))
        for number, content in enumerate(contents, start=1)
        for place, amount in enumerate(content)
    ]
    found = facts(reading, "component_no", "source_code", "nature", "stage", "amount_vnd_million")
    assert sorted(found, key=str) == sorted(expected, key=str)


DISTRICTS = {"Thành phố Vị Thanh": "930", "Huyện Vị Thủy": "935", "Huyện Châu Thành A": "932"}


@few
@given(units=st.lists(st.lists(AMOUNT, min_size=7, max_size=7), min_size=3, max_size=3))
def test_funding_by_district(read_book: BookReader, units: list[list[Decimal]]) -> None:
    rows = [
        [number, name, total(cells), *cells]
        for number, (name, cells) in enumerate(zip(DISTRICTS, units, strict=True), start=1)
    ]
    reading = read_book(fill("funding_by_district", rows)).sheets[0]
    assert [issue.code for issue in reading.issues if issue.code != "UNIT_THOUSANDFOLD"] == []
    expected = [
        (code, *source, in_million(amount))
        for code, cells in zip(DISTRICTS.values(), units, strict=True)
        for source, amount in zip(SOURCES_09, cells, strict=True)
    ]
    found = facts(reading, "unit_code", "source_code", "nature", "amount_vnd_million")
    assert sorted(found, key=str) == sorted(expected, key=str)


@few
@given(leaves=st.lists(st.lists(AMOUNT, min_size=6, max_size=6), min_size=3, max_size=3))
def test_disbursement_by_month(read_book: BookReader, leaves: list[list[Decimal]]) -> None:
    given_money = Decimal(10**9)
    cells = [[given_money, *months, *[None] * 6, total(months)] for months in leaves]
    rows = rows_of_sources(cells, [[0, 1], [2]])
    sums = [total(column) for column in zip(*cells, strict=True)]
    reading = read_book(fill("disbursement_by_month", [*rows, sums])).sheets[0]
    assert reading.issues == []
    columns = ("stage", "source_code", "nature", "is_cumulative", "period_end", "amount_vnd_million")
    found = [row[1:] for row in rows_of(reading, "funding", *columns) if row[0] == "disbursed"]
    sources = [("central", "investment"), ("central", "recurrent"), ("local", None)]
    ends = [31, 28, 31, 30, 31, 30]
    expected = {
        (*source, False, month, day, in_million(amount))
        for source, months in zip(sources, leaves, strict=True)
        for month, (day, amount) in enumerate(zip(ends, months, strict=True), start=1)
    } | {
        (*source, True, 6, 30, in_million(total(months) or Decimal(0)))
        for source, months in zip(sources, leaves, strict=True)
    }
    assert {(*row[:3], row[3].month, row[3].day, row[4]) for row in found} == expected


@few
@given(months=st.lists(st.lists(AMOUNT, min_size=6, max_size=6).map(sorted), min_size=3, max_size=3))
def test_cumulative_disbursement_of_districts(read_book: BookReader, months: list[list[Decimal]]) -> None:
    rows = [[number, name, 10**9, *cells] for number, (name, cells) in enumerate(zip(DISTRICTS, months, strict=True))]
    reading = read_book(fill("disbursement_by_month_unit", rows)).sheets[0]
    assert [issue.code for issue in reading.issues if issue.code != "UNIT_THOUSANDFOLD"] == []
    found = facts(reading, "unit_code", "stage", "is_cumulative", "source_code", "amount_vnd_million")
    expected = [
        (code, "disbursed", True, "central", in_million(amount))
        for code, cells in zip(DISTRICTS.values(), months, strict=True)
        for amount in cells
    ]
    assert sorted(row for row in found if row[1] == "disbursed") == sorted(expected)  # type: ignore[index,type-var]


@few
@given(pairs=st.lists(st.tuples(AMOUNT, AMOUNT), min_size=3, max_size=3))
def test_disbursement_of_one_source(read_book: BookReader, pairs: list[tuple[Decimal, Decimal]]) -> None:
    rows = [[number, name, *cells] for number, (name, cells) in enumerate(zip(DISTRICTS, pairs, strict=True))]
    reading = read_book(fill("funding_of_one_source", rows)).sheets[0]
    doubts = {"UNIT_THOUSANDFOLD", "AMOUNT_THOUSANDFOLD"}
    assert [issue.code for issue in reading.issues if issue.code not in doubts] == []
    found = facts(reading, "unit_code", "stage", "source_code", "amount_vnd_million")
    expected = [
        (code, stage, "central", in_million(amount))
        for code, cells in zip(DISTRICTS.values(), pairs, strict=True)
        for stage, amount in zip(("allocated", "disbursed"), cells, strict=True)
    ]
    assert sorted(found) == sorted(expected)  # type: ignore[type-var]


PLACE = "Xã Vị Trung, huyện Vị Thủy"


@few
@given(works=st.lists(st.tuples(AMOUNT, AMOUNT), min_size=1, max_size=8))
def test_arrears(read_book: BookReader, works: list[tuple[Decimal, Decimal]]) -> None:
    rows = [
        [number, f"Công trình {number}", PLACE, "2019-2021", None, paid + owed, paid, owed, "Trả năm 2023"]
        for number, (paid, owed) in enumerate(works, start=1)
    ]  # fmt: skip
    reading = read_book(fill("arrears", rows)).sheets[0]
    assert [issue.code for issue in reading.issues if issue.code != "AMOUNT_THOUSANDFOLD"] == []
    found = facts(reading, "work", "unit_code", "allocated_vnd_million", "amount_vnd_million", "plan")
    assert found == [
        (f"Công trình {number}", "31444", in_million(paid), in_million(owed), "Trả năm 2023")
        for number, (paid, owed) in enumerate(works, start=1)
    ]


@few
@given(works=st.lists(st.tuples(AMOUNT, MAYBE), min_size=1, max_size=13))
def test_bieu_08(read_book: BookReader, works: list[tuple[Decimal, Decimal | None]]) -> None:
    rows = [[number, f"Công trình số {number}", *cells] for number, cells in enumerate(works, start=1)]
    reading = read_book(fill("bieu_08", rows)).sheets[0]
    assert reading.issues == []
    expected = [
        (f"Công trình số {number}", stage, in_million(amount))
        for number, cells in enumerate(works, start=1)
        for stage, amount in zip(("plan", "executed"), cells, strict=True)
        if amount is not None
    ]
    found = facts(reading, "work", "stage", "amount_vnd_million")
    assert sorted(found, key=str) == sorted(expected, key=str)


def test_what_is_saved_is_what_was_filled(tmp_path: Path, reference: Reference) -> None:
    """The property tests stand on this: a decimal of one digit goes through a workbook unchanged."""
    stored = io.BytesIO()
    fill("bieu_08", [[1, "Đường", Decimal("0.1"), None]]).save(stored)
    values = [cell.value for row in load_workbook(stored).worksheets[0].iter_rows() for cell in row]
    assert 0.1 in values
