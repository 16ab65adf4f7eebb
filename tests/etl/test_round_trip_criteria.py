"""Templates of criteria: written, filled in at random, saved, read back, and nothing is other than it was."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from etl.context import Reference, SheetReading
from etl.template import read_template
from etl.workbook import Options, read_file
from ntm.settings import settings as product
from tests.etl.filling import fill
from tests.etl.findings import rows_of

FEW = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
OUTCOMES = {"x": "met", "CĐ": "not_met", "Đạt": "met", "Chưa đạt": "not_met"}
COMMUNES = {"Xã Vị Trung": "31444", "Xã Vị Thủy": "31447", "Xã Vị Thắng": "31450"}
DISTRICTS = {"Thành phố Vị Thanh": "930", "Huyện Vị Thủy": "935", "Huyện Phụng Hiệp": "934"}
MARKS = st.sampled_from(["x", "CĐ"])
COUNT = st.integers(0, 60)


def read_back(book: Workbook, reference: Reference) -> SheetReading:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bieu.xlsx"
        book.save(path)
        (reading,) = read_file(path, path.name, reference, Options()).sheets
    assert reading.issues == []
    assert reading.read == reading.loaded
    return reading


def listed(file: str, set_code: str, column: str) -> list[str]:
    with (product().reference_folder / file).open(encoding="utf-8", newline="") as lines:
        return [row[column] for row in csv.DictReader(lines) if row["set_code"] == set_code]


def marks_of(number: int, names: Sequence[str]) -> st.SearchStrategy[dict[str, list[str]]]:
    """Marks by unit; no unit is left out, none is all blank."""
    return st.fixed_dictionaries({name: st.lists(MARKS, min_size=number, max_size=number) for name in names})


@pytest.mark.parametrize(
    ("name", "set_code", "units"),
    [
        ("criteria_matrix_ntm", "XA_NTM_2021_2025", COMMUNES),
        ("criteria_matrix_nang_cao", "XA_NTM_NANG_CAO_2021_2025", COMMUNES),
        ("criteria_matrix_kieu_mau", "XA_KIEU_MAU_2021_2025", COMMUNES),
        ("criteria_huyen", "HUYEN_NTM_2021_2025", DISTRICTS),
        ("criteria_tinh", "TINH_HOAN_THANH_NTM_2021_2025", {"Tỉnh Hậu Giang": "93"}),
    ],
)
@FEW
@given(data=st.data())
def test_matrix(data: st.DataObject, name: str, set_code: str, units: dict[str, str], reference: Reference) -> None:
    numbers = listed("criteria.csv", set_code, "criterion_no")
    marks = data.draw(marks_of(len(numbers), list(units)))
    met = {unit: sum(mark == "x" for number, mark in zip(numbers, own, strict=True) if number.isdigit())
           for unit, own in marks.items()}  # fmt: skip
    rows = [["I", "Huyện Vị Thủy"]] if units is COMMUNES else []
    rows += [[place, unit, *own, met[unit]] for place, (unit, own) in enumerate(marks.items(), start=1)]
    reading = read_back(fill(name, rows), reference)
    columns = ("unit_code", "criterion_no", "outcome", "value_kind", "period_end", "set_code")
    assert set(rows_of(reading, "criterion_result", *columns)) == {
        (units[unit], number, OUTCOMES[mark], "actual", date(2022, 6, 30), set_code)
        for unit, own in marks.items()
        for number, mark in zip(numbers, own, strict=True)
    }
    assert dict(rows_of(reading, "stated_result", "unit_code", "value")) == {units[unit]: met[unit] for unit in units}


@FEW
@given(data=st.data())
def test_matrix_with_indicators(data: st.DataObject, reference: Reference) -> None:
    set_code = "XA_NTM_2021_2025"
    indicators = next(item for item in reference.criteria_sets if item.set_code == set_code).indicators.values()
    numbers = listed("criteria.csv", set_code, "criterion_no")
    measured = st.one_of(st.none(), st.integers(2, 100), st.decimals(2, 99, places=1).map(float))
    cells = {item.code: data.draw(MARKS if item.direction == "bool" else measured) for item in indicators}
    marks = data.draw(st.lists(MARKS, min_size=19, max_size=19))
    rows = [["I", "Huyện Vị Thủy"], [1, "Xã Vị Trung", *cells.values(), *marks, marks.count("x")]]
    reading = read_back(fill("criteria_matrix_indicators", rows), reference)
    found = {code: (value, outcome) for code, value, outcome in
             rows_of(reading, "indicator_value", "indicator_code", "value", "outcome")}  # fmt: skip
    expected = {code: (None, OUTCOMES[cell]) if cell in OUTCOMES else (cell, "unknown") for code, cell in cells.items()}
    written = {code: value for code, value in expected.items() if value != (None, "unknown")}
    assert {
        code: (value if value is None else float(str(value)), outcome) for code, (value, outcome) in found.items()
    } == {code: (value if value is None else float(value), outcome) for code, (value, outcome) in written.items()}
    assert [outcome for (outcome,) in rows_of(reading, "criterion_result", "outcome")] == [
        OUTCOMES[mark] for _, mark in zip(numbers, marks, strict=True)
    ]


@FEW
@given(data=st.data())
def test_bieu_10(data: st.DataObject, reference: Reference) -> None:
    template = read_template("bieu_10")
    verdict = st.sampled_from(["Đạt", "Chưa đạt"])
    rows, expected, measured, remarks = [], set(), set(), {}
    periods = ((date(2021, 12, 31), "actual"), (date(2022, 6, 30), "actual"), (date(2022, 12, 31), "plan"))
    remark = st.sampled_from([None, "Thiếu vốn", "<b>1+1</b>; '--", "Đề nghị tỉnh hỗ trợ 2.500 triệu đồng"])
    for fixed in template.rows:
        code, unit = str(fixed[0]), str(fixed[2])
        row: list[object] = []
        for period in periods:
            figure = data.draw(st.integers(2, 100)) if unit == "%" else None
            mark = data.draw(verdict)
            row += [figure, mark]
            if "." in code:
                measured.add((code, *period, figure, OUTCOMES[mark]))
            else:
                expected.add((code, *period, OUTCOMES[mark]))
        if "." not in code:
            remarks[code] = (data.draw(remark), data.draw(remark))
            row += remarks[code]
        rows.append(row)
    book = fill("bieu_10", rows, place="XÃ VỊ TRUNG, HUYỆN VỊ THỦY, TỈNH HẬU GIANG")
    reading = read_back(book, reference)
    assert set(rows_of(reading, "criterion_result", "criterion_no", "period_end", "value_kind", "outcome")) == expected
    columns = ("indicator_code", "period_end", "value_kind", "value", "outcome")
    assert set(rows_of(reading, "indicator_value", *columns)) == measured
    half_year = [fact for fact in reading.facts["criterion_result"] if fact["period_end"] == periods[1][0]]
    assert {fact["criterion_no"]: (fact.get("cause"), fact.get("proposal")) for fact in half_year} == remarks
    assert set(rows_of(reading, "criterion_result", "unit_code")) == {("31444",)}


@FEW
@given(counts=st.fixed_dictionaries({name: st.lists(COUNT, min_size=5, max_size=5) for name in DISTRICTS}))
def test_commune_count(counts: dict[str, list[int]], reference: Reference) -> None:
    bands = ((19, 19), (15, 18), (10, 14), (5, 9), (0, 4))
    rows = []
    for place, (unit, own) in enumerate(counts.items(), start=1):
        total = sum(own)
        mean = sum(low * count for (low, _), count in zip(bands, own, strict=True)) / total if total else None
        share = 100 * own[0] / total if total else None
        rows.append([place, unit, total, *own, mean, share])
    reading = read_back(fill("commune_count", rows), reference)
    assert set(rows_of(reading, "commune_count", "unit_code", "band_low", "band_high", "communes")) == {
        (DISTRICTS[unit], low, high, count)
        for unit, own in counts.items()
        for (low, high), count in zip(bands, own, strict=True)
    }
    totals = [row for row in rows_of(reading, "stated_result", "unit_code", "metric", "value") if row[1] == "communes"]
    assert {unit: value for unit, _, value in totals} == {DISTRICTS[unit]: sum(own) for unit, own in counts.items()}


@pytest.mark.parametrize(("name", "groups"), [("bieu_05", ("1", "2", "3")), ("bieu_06", (None,))])
@FEW
@given(data=st.data())
def test_summary(data: st.DataObject, name: str, groups: tuple[str | None, ...], reference: Reference) -> None:
    template = read_template(name)
    periods = ((date(2021, 12, 31), "actual"), (date(2022, 6, 30), "actual"), (date(2022, 12, 31), "plan"))
    rows, expected = [], set()
    for fixed in template.rows:
        is_section = fixed[0] in ("I", "II")
        row = [None if is_section else data.draw(COUNT) for _ in groups for _ in periods]
        rows.append(row)
        places = [(group, *period) for group in groups for period in periods]
        expected |= {(*place, value) for place, value in zip(places, row, strict=True) if value is not None}
    reading = read_back(fill(name, rows), reference)
    columns = ("unit_group", "period_end", "value_kind")
    found = rows_of(reading, "commune_count", *columns, "communes") + rows_of(
        reading, "stated_result", *columns, "value"
    )
    assert set(found) == expected
    assert len(found) == sum(value is not None for row in rows for value in row)
