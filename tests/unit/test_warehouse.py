"""Reading snapshots: which one is current, that nothing writes to it, and that readers do not disturb each other."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from etl.ddl import create_table
from ntm.catalog import tables
from ntm.errors import NtmError
from ntm.settings import ROOT
from ntm.warehouse import POINTER, Snapshot, current_path, open_snapshot, query_text

MONTHS = tuple(date(2022, month, 28) for month in range(1, 11))
QUERIES = sorted(path.stem for path in (ROOT / "ntm" / "queries").glob("*.sql"))
MONTH = date(2022, 12, 31)
COMMUNE = "31333"
ASKED: dict[str, Any] = {
    "by_commune": False, "criterion": None, "each": False, "first": date(2022, 12, 31), "stage": "allocated",
    "below": 15, "cutoff": date(2022, 12, 31), "day": date(2022, 12, 31), "district": None,
    "earlier": date(2022, 11, 30), "first_year": 2021, "level": "district", "month": MONTH, "most": 9,
    "place": "Việt Nam", "period": "2021-2025", "province": "93", "since": date(2021, 1, 1), "stages": ["need"],
    "standard": "ntm", "unit": "93", "until": date(2022, 12, 31), "year": 2022,
}  # fmt: skip
OTHERWISE: dict[str, dict[str, object]] = {
    "deck_causes": {"month": date(2025, 6, 30)},
    "district_recognitions": {"district": "930"},
    "funding_check_findings": {
        "codes": ["NUMBER_STYLE_OF_NEIGHBOURS"],
        "year": 2023,
        "month": date(2023, 12, 31),
    },
    "island_districts": {"province": "48"},
    "payments_cells": {"earlier": 2021},
    "places_cells": {"unit": None},
    "proposals": {"month": date(2025, 6, 30)},
    "targets_frame": {"year": 2025, "month": date(2025, 6, 30)},
}
"""Queries that have answers for other places than most."""
EMPTY_AFTER_ONE_LOAD = {"fact_changes"}
"""Queries that compare with the snapshot before; tests/pages/test_history.py asks them after a second load."""
EMPTY_ON_SAMPLE = {
    "cheapest_costs", "civilised_wards", "criteria_district_results", "directives_open", "funding_components_cells",
    "funding_carried", "funding_carried_cells", "funding_check_amounts", "funding_components",
    "projection_estimates", "submissions_open", "village_cells",
}  # fmt: skip
"""Queries of what the sample has none of: carried-over money, faults, money by component, need by work, tasks."""


def write_snapshot(folder: Path, name: str, communes: int = 3) -> Path:
    """Write and publish a snapshot with one province whose communes' criteria tell the month (1 in January)."""
    path = folder / f"{name}.duckdb"
    with duckdb.connect(str(path)) as connection:
        statement = create_table(tables()["mart_commune_month"]).replace(" not null", "")  # a few columns will do
        connection.execute(statement)
        for month in MONTHS:
            for number in range(communes):
                connection.execute(
                    "insert into mart_commune_month by name"
                    " select $code as unit_code, '93' as province_code, $month as period_end, $met as criteria_met",
                    {"code": f"{number:05}", "month": month, "met": month.month},
                )
    waiting = folder / f"{POINTER}.new"
    waiting.write_text(f"{path.name}\n", encoding="utf-8")
    waiting.replace(folder / POINTER)
    return path


def ask(snapshot: Snapshot, month: date) -> pd.DataFrame:
    return snapshot.read("communes", province="93", district=None, month=month)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_snapshot(tmp_path, "ntm-1")
    return tmp_path


def test_the_pointer_says_which_snapshot_is_current(folder: Path) -> None:
    write_snapshot(folder, "ntm-0")
    assert current_path(folder) == folder / "ntm-0.duckdb"
    assert open_snapshot(folder).build_id == "ntm-0"


def test_a_folder_where_nothing_was_published_says_so(tmp_path: Path) -> None:
    for folder in (tmp_path / "none", tmp_path):
        with pytest.raises(NtmError) as caught:
            current_path(folder)
        assert caught.value.key == "warehouse.empty"
        assert caught.value.values == {"folder": folder.name}


def test_a_pointer_to_a_file_that_is_gone_says_so(folder: Path) -> None:
    (folder / "ntm-1.duckdb").unlink()
    with pytest.raises(NtmError) as caught:
        open_snapshot(folder)
    assert (caught.value.key, caught.value.values) == ("warehouse.missing", {"path": "ntm-1.duckdb"})


@pytest.mark.parametrize("spoil", [lambda content: b"no database", lambda content: content[:5000]])
def test_a_file_that_is_no_whole_database_says_so(folder: Path, spoil: Callable[[bytes], bytes]) -> None:
    path = folder / "ntm-1.duckdb"
    path.write_bytes(spoil(path.read_bytes()))
    with pytest.raises(NtmError) as caught:
        open_snapshot(folder)
    assert caught.value.key == "warehouse.unreadable"
    assert str(folder) not in str(caught.value.values["path"])


@pytest.mark.parametrize("statement", ["delete from mart_commune_month", "create table mine (a integer)"])
def test_writing_is_refused(folder: Path, statement: str) -> None:
    before = (folder / "ntm-1.duckdb").read_bytes()
    snapshot = open_snapshot(folder)
    with pytest.raises(duckdb.Error, match="read-only"):
        snapshot._connection.cursor().execute(statement)
    snapshot.close()
    assert (folder / "ntm-1.duckdb").read_bytes() == before


def test_values_are_bound_and_never_part_of_the_query(folder: Path) -> None:
    hostile = "93' or true --"
    assert len(open_snapshot(folder).read("communes", province=hostile, district=None, month=MONTHS[0])) == 0


def test_an_unknown_query_is_a_fault(folder: Path) -> None:
    with pytest.raises(KeyError):
        open_snapshot(folder).read("no_such_question")


def test_eight_threads_on_one_snapshot_each_get_their_own_rows(folder: Path) -> None:
    snapshot = open_snapshot(folder)

    def answers(turn: int) -> bool:
        month = MONTHS[turn % len(MONTHS)]
        rows = ask(snapshot, month)
        return len(rows) == 3 and set(rows["criteria_met"]) == {month.month}

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(answers, range(400)))


def test_a_reader_keeps_its_snapshot_while_newer_ones_are_published(folder: Path) -> None:
    reader = open_snapshot(folder)
    write_snapshot(folder, "ntm-2", communes=5)
    assert len(ask(reader, MONTHS[0])) == 3
    assert len(ask(open_snapshot(folder), MONTHS[0])) == 5
    (folder / "ntm-1.duckdb").unlink()
    assert len(ask(reader, MONTHS[-1])) == 3


def test_a_frame_belongs_to_who_asked(folder: Path) -> None:
    snapshot = open_snapshot(folder)
    first = ask(snapshot, MONTHS[0])
    first["criteria_met"] = 99
    assert set(ask(snapshot, MONTHS[0])["criteria_met"]) == {1}


@pytest.mark.parametrize("query", QUERIES)
def test_every_query_answers_on_the_sample(sample_warehouse: Path, query: str) -> None:
    with duckdb.connect() as connection:
        statements = connection.extract_statements(query_text(query))
    assert len(statements) == 1
    snapshot = open_snapshot(sample_warehouse)
    asked = ASKED | place_of_a_cell(snapshot) | OTHERWISE.get(query, {})
    asked |= {"unit": COMMUNE} if query.startswith("commune_") else {}
    rows = snapshot.read(query, **{name: asked[name] for name in statements[0].named_parameters})
    assert len(rows) > 0 or query in EMPTY_AFTER_ONE_LOAD | EMPTY_ON_SAMPLE
    snapshot.close()


def place_of_a_cell(snapshot: Snapshot) -> dict[str, str | int]:
    """Return the values that name the cells around one recognition."""
    row = snapshot.read("commune_recognitions", unit=COMMUNE, month=MONTH).iloc[0]
    return {
        "source_id": row["source_id"], "sheet": row["sheet"], "first_row": 1, "last_row": 20, "first_column": 1,
        "last_column": 9,
    }  # fmt: skip
