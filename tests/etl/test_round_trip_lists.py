"""Every template of a list: written, filled in with whatever fits its columns, saved, read back: the same facts."""

from __future__ import annotations

import string
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.context import Fact, Reference, SheetReading
from etl.workbook import Options, read_file
from tests.etl.filling import fill

PERIOD = date(2022, 6, 30)
DISTRICTS = {"Huyện Vị Thủy": "935", "Thành phố Vị Thanh": "930", "Huyện Phụng Hiệp": "934"}
COMMUNES = {
    ("Xã Vị Trung", "Huyện Vị Thủy"): "31444",
    ("Xã Vị Thắng", "Huyện Vị Thủy"): "31450",
    ("Xã Vị Tân", "Thành phố Vị Thanh"): "31333",
    ("Xã Hoả Lựu", "Thành phố Vị Thanh"): "31336",
}
STANDARDS = {"NTM": "ntm", "NTM nâng cao": "nang_cao", "NTM kiểu mẫu": "kieu_mau"}
KINDS = {"giao": "firm", "phấn đấu": "stretch", "tối thiểu": "floor"}
STATES = {"Đang khắc phục": "in_progress", "Chưa khắc phục": "open", "Quá hạn": "overdue", "": None}

Written = tuple[Sequence[object], Fact]
"""Cells of a row without its ordinal, and what is to be read from them."""


def chosen(words: dict[str, str | None] | dict[str, str]) -> st.SearchStrategy[tuple[str, str | None]]:
    return st.sampled_from(sorted(words.items()))


WORDS = st.lists(
    st.sampled_from(["hồ sơ", "đường", "cầu", "trường", "chợ", "nước sạch", "vườn mẫu"]), min_size=1, max_size=5
)
TEXT = WORDS.map(lambda words: "Việc " + " ".join(words))
OR_NONE = st.none() | TEXT
DAY = st.integers(0, 3000).map(lambda number: date(2015, 1, 1) + timedelta(days=number))
DAY_OR_NONE = st.none() | DAY
YEAR = st.integers(2010, 2022)
NUMBER = st.builds(
    lambda number, letters: f"{number}/QĐ-{letters}",
    st.integers(1, 9999),
    st.text(string.ascii_uppercase, min_size=2, max_size=4),
)
COMMUNE = st.sampled_from(sorted(COMMUNES))
DISTRICT = chosen(DISTRICTS)


@st.composite
def recognition(draw: st.DrawFn) -> Written:
    (name, district), (word, standard) = draw(COMMUNE), draw(chosen(STANDARDS))
    year, number, day, field = draw(YEAR), draw(NUMBER), draw(DAY), draw(OR_NONE)
    event_word, event = draw(chosen({"Công nhận": "recognised", "Công nhận lại": "reaffirmed", "Thu hồi": "revoked"}))
    fact: Fact = {
        "unit_code": COMMUNES[name, district], "standard": standard, "event": event, "result_year": year,
        "decision_no": number, "decision_date": day, "field": field,
    }  # fmt: skip
    return [name, district, word, year, number, day, event_word, field], fact


@st.composite
def target(draw: st.DrawFn) -> Written:
    (place, code), (word, kind), due = draw(chosen({**DISTRICTS, "": "93"})), draw(chosen(KINDS)), draw(DAY)
    value, document = draw(st.none() | st.integers(0, 400)), draw(TEXT)
    wording, metric = draw(
        chosen({"Lũy kế số xã đạt chuẩn NTM": "ntm_communes", "Số xã NTM kiểu mẫu": "kieu_mau_communes"})
    )
    stated = None if value is None else Decimal(value)
    fact: Fact = {"scope_code": code, "metric": metric, "metric_vi": wording, "value": stated, "kind": kind}
    return [wording, place, "xã", value, word, None, due, document], {**fact, "due_date": due, "document": document}


@st.composite
def target_unit(draw: st.DrawFn) -> Written:
    (name, district), (word, standard) = draw(COMMUNE), draw(chosen(STANDARDS))
    (kind_word, kind), year, document = draw(chosen(KINDS)), draw(st.integers(2021, 2030)), draw(TEXT)
    code = COMMUNES[name, district]
    fact: Fact = {"unit_code": code, "standard": standard, "target_year": year, "kind": kind, "document": document}
    return [name, district, word, year, kind_word, document], fact


@st.composite
def product(draw: st.DrawFn) -> Written:
    name, group, producer = draw(TEXT), draw(st.sampled_from(["Thực phẩm", "Đồ uống"])), draw(TEXT)
    district, code = draw(DISTRICT)
    score, stars = draw(st.integers(500, 1000)), draw(st.integers(3, 5))
    number, day, until = draw(NUMBER), draw(DAY), draw(DAY)
    decision = f"{number} ngày {day.day}/{day.month}/{day.year}"
    fact: Fact = {
        "unit_code": code, "name": name, "product_group": group, "producer": producer, "score": score / 10,
        "stars": stars, "decision_no": number, "decision_date": day, "valid_until": until,
    }  # fmt: skip
    address = f"Xã A, {district}"
    return [name, group, producer, None, address, score / 10, f"{stars} sao", decision, until], fact


@st.composite
def village(draw: st.DrawFn) -> Written:
    (name, district), number = draw(COMMUNE), draw(st.integers(1, 99))
    word, standard = draw(chosen({"NTM": "ntm", "NTM kiểu mẫu": "kieu_mau"}))
    mark, outcome = draw(chosen({"Đạt": "met", "Chưa đạt": "not_met", "": "unknown"}))
    count, year, decision, day = draw(st.none() | st.integers(0, 19)), draw(YEAR), draw(NUMBER), draw(DAY)
    fact: Fact = {
        "unit_code": COMMUNES[name, district], "village_kind": "ấp", "village": str(number), "standard": standard,
        "criteria_met": count, "outcome": outcome, "result_year": year, "decision_no": decision, "decision_date": day,
    }  # fmt: skip
    return [f"Ấp {number}", name, district, word, count, mark, year, decision, day], fact


@st.composite
def inspection(draw: st.DrawFn) -> Written:
    (name, district), content, document = draw(COMMUNE), draw(TEXT), draw(OR_NONE)
    finding, remedy, day, due = draw(TEXT), draw(OR_NONE), draw(DAY_OR_NONE), draw(DAY_OR_NONE)
    word, state = draw(chosen(STATES))
    fact: Fact = {
        "unit_code": COMMUNES[name, district], "content": content, "inspection_date": day, "document": document,
        "finding": finding, "remedy": remedy, "due_date": due, "state": state,
    }  # fmt: skip
    return [name, district, content, day, document, finding, remedy, due, word], fact


@st.composite
def directive(draw: st.DrawFn) -> Written:
    document, task, agency, partner = draw(TEXT), draw(TEXT), draw(TEXT), draw(OR_NONE)
    due, done = draw(st.just("trước ngày 20 hằng tháng") | DAY), draw(DAY_OR_NONE)
    is_day = isinstance(due, date)
    fact: Fact = {
        "document": document, "task": task, "agency": agency, "partner": partner,
        "due_date": due if is_day else None, "due_rule": None if is_day else due, "done_date": done,
        "state": "done" if done else "in_progress",
    }  # fmt: skip
    return [document, task, agency, partner, due, done, None if done else "Đang thực hiện"], fact


@st.composite
def submission(draw: st.DrawFn) -> Written:
    (place, code), report, due, came = draw(DISTRICT), draw(TEXT), draw(DAY_OR_NONE), draw(DAY_OR_NONE)
    fact: Fact = {
        "unit_code": code, "form": report, "period_end": date(2022, 5, 31), "due_date": due, "received_date": came,
        "state": "received" if came else "not_received",
    }  # fmt: skip
    return [place, report, "tháng 5/2022", due, came], fact


@st.composite
def policy(draw: st.DrawFn) -> Written:
    kind, number, day = draw(st.sampled_from(["Nghị quyết", "Kế hoạch"])), draw(NUMBER), draw(DAY_OR_NONE)
    subject, aim, content = draw(TEXT), draw(OR_NONE), draw(OR_NONE)
    cell = f"{number} ngày {day.day:02}/{day.month}/{day.year}" if day else number
    fact: Fact = {
        "unit_code": "93",
        "document_kind": kind,
        "document_no": number,
        "issued_date": day,
        "subject": subject,
    }
    return [kind, cell, subject, aim, content], {**fact, "aim": aim, "content": content}


@dataclass(frozen=True)
class Folder:
    """Where filled templates are saved, and what they are read against."""

    path: Path
    reference: Reference

    def read(self, name: str, rows: Sequence[Sequence[object]]) -> SheetReading:
        """Return the reading of a template filled with rows, saved as an office would."""
        file = self.path / f"{name}.xlsx"
        fill(name, rows).save(file)
        (sheet, *_) = read_file(file, file.name, self.reference, Options()).sheets
        return sheet


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, reference: Reference) -> Folder:
    return Folder(tmp_path_factory.mktemp("templates"), reference)


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("recognition", recognition),
        ("target", target),
        ("target_unit", target_unit),
        ("ocop_product", product),
        ("villages", village),
        ("inspections", inspection),
        ("directives", directive),
        ("submissions", submission),
        ("bieu_04", policy),
    ],
)
def test_list_is_read_back_as_it_was_filled_in(
    name: str, row: Callable[[], st.SearchStrategy[Written]], folder: Folder
) -> None:
    @settings(max_examples=30, deadline=None)
    @given(st.lists(row(), min_size=1, max_size=6))
    def round_trip(written: list[Written]) -> None:
        reading = folder.read(name, [[place, *cells] for place, (cells, _) in enumerate(written, start=1)])
        assert reading.issues == []
        (found,) = reading.facts.values()
        assert [{key: fact[key] for key in wanted} for fact, (_, wanted) in zip(found, written, strict=True)] == [
            wanted for _, wanted in written
        ]
        assert (reading.form, len(reading.loaded), len(reading.rejected)) == (name, len(written), 0)

    round_trip()


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(DISTRICT, DAY_OR_NONE, DAY_OR_NONE, DAY_OR_NONE), min_size=1, max_size=4))
def test_units_by_reports_are_read_back(
    folder: Folder, written: list[tuple[tuple[str, str], *tuple[date | None, ...]]]
) -> None:
    reading = folder.read("submissions_matrix", [[1, place, *days] for (place, _), *days in written])
    assert reading.issues == []
    found = [(fact["unit_code"], fact["received_date"]) for fact in reading.facts["submission"]]
    assert found == [(code, day) for (_, code), *days in written for day in days]


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.tuples(COMMUNE, st.integers(1, 40), st.integers(0, 40), st.none() | st.just(0)), min_size=1, max_size=5)
)
def test_village_counts_are_read_back(
    folder: Folder, written: list[tuple[tuple[str, str], int, int, int | None]]
) -> None:
    rows = [[1, f"{name}", whole, min(part, whole), best] for (name, _), whole, part, best in written]
    reading = folder.read("village_counts", rows)
    assert reading.issues == []
    found = [(fact["unit_code"], fact["metric"], fact["value"]) for fact in reading.facts["stated_result"]]
    assert found == [
        (COMMUNES[place], metric, Decimal(value))
        for place, whole, part, best in written
        for metric, value in (("villages", whole), ("villages_ntm", min(part, whole)), ("villages_kieu_mau", best))
        if value is not None
    ]
