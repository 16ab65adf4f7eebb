"""What a page's tables bring as files is what the tables show; a whole snapshot comes down as it is."""

from __future__ import annotations

import asyncio
import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
from openpyxl import load_workbook
from pyarrow import parquet
from starlette.requests import Request

from ntm.formatting import UNKNOWN
from ntm.i18n import Translator, translator
from ntm.reports.table_files import inert, make
from ntm.reports.table_sheet import TableSheet, columns
from ntm.settings import settings
from ntm.ui import downloads, snapshot_files
from ntm.ui.pages import PAGES
from ntm.warehouse import current_path
from tests.pages.reading import Visit

VI = translator("vi")
WITHOUT_TABLES = {"conference.py", "help.py", "query.py"}
"""Pages that show no table before something is chosen."""
CHOICE = {"commune.py": "commune", "district.py": "district"}
"""Pages about what is chosen -> the key of the choice."""
READ_ROWS = 100
"""Longer tables are read back elsewhere; here it would take too long."""
Offered = list[tuple[TableSheet, str]]


@pytest.fixture(scope="module")
def patch(sample_warehouse: Path) -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as module_patch:
        module_patch.setenv("NTM_WAREHOUSE", str(sample_warehouse))
        settings.cache_clear()
        yield module_patch
    settings.cache_clear()


@pytest.fixture(scope="module")
def offered(patch: pytest.MonkeyPatch) -> Offered:
    """The tables that are offered as files, in place of their buttons."""
    found: Offered = []
    patch.setattr(downloads, "show", lambda t, sheet, key: found.append((sheet, key)))
    return found


@pytest.fixture(scope="module")
def visit(patch: pytest.MonkeyPatch, offered: Offered) -> Visit:
    return Visit(patch, month="12/2022")


def written(t: Translator, sheet: TableSheet, name: str, kind: str, value: object) -> object:
    """Return a value of a file as the page's table writes it."""
    if value is None:
        return UNKNOWN
    if isinstance(value, date):
        return t.format.day(value)
    if kind == "year":
        return f"{value:.0f}"
    if isinstance(value, (int, float)) and pd.api.types.is_numeric_dtype(sheet.table[name]):
        return t.format.plain(value)
    return str(value)


@pytest.mark.parametrize("script", [entry.script for entry in PAGES if entry.script not in WITHOUT_TABLES])
def test_each_file_of_a_page_has_the_rows_and_headings_that_are_shown(
    visit: Visit, offered: Offered, script: str
) -> None:
    visit.open(script)
    choice = CHOICE.get(script)
    offered.clear()
    if choice:
        options = visit.app.selectbox(key=choice).options
        visit.choose(choice, next(option for option in options if option.startswith(("Xã ", "Huyện "))))
    else:
        visit.app.run()
    assert not visit.app.exception
    assert offered
    shown = {(tuple(table), len(table)): table for table in visit.tables()}
    for sheet, key in offered:
        table = shown[tuple(sheet.labels.values()), len(sheet.table)]
        assert sheet.origin.title, key
        assert sheet.build_id
        assert sheet.is_illustrative
        if len(table) <= READ_ROWS:
            compare(sheet, table, key)
    if choice:
        visit.choose(choice, None)
    elif script == "overview.py":
        assert any(column.meaning for sheet, _ in offered for column in columns(sheet, VI))


def compare(sheet: TableSheet, shown: pd.DataFrame, key: str) -> None:
    """Compare the three files of a table with what the page shows of it."""
    told = columns(sheet, VI)
    page = load_workbook(io.BytesIO(make("xlsx", sheet, VI)))["Bảng"]
    cells = [list(row) for row in page.iter_rows(min_row=2, max_row=len(sheet.table) + 1, values_only=True)]
    _, *fields = csv.reader(io.StringIO(make("csv", sheet, VI).decode("utf-8-sig"), newline=""))
    table = parquet.read_table(io.BytesIO(make("parquet", sheet, VI)))
    assert [cell.value for cell in page[1]] == table.column_names == [column.head for column in told]
    assert table.num_rows == len(shown)
    for place, column in enumerate(told):
        seen = [str(value) for value in shown.iloc[:, place]]
        if any(isinstance(value, (list, tuple)) for value in sheet.table[column.name]):
            continue
        of_workbook = [written(VI, sheet, column.name, column.kind, row[place]) for row in cells]
        assert of_workbook == seen, (key, column.name)
        if column.kind == "text":
            texts = [inert(text) if text != UNKNOWN else "" for text in seen]
            assert [row[place] for row in fields] == texts, (key, column.name)
        elif column.kind != "flag":
            of_parquet = [
                written(VI, sheet, column.name, column.kind, value) for value in table[column.head].to_pylist()
            ]
            assert of_parquet == seen, (key, column.name)


def fetch(name: str) -> tuple[int, dict[str, str], bytes]:
    """Return status, headers and body of the route's answer, as a browser gets them."""
    scope = {"type": "http", "method": "GET", "headers": [], "path_params": {"name": name}}
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        await asyncio.sleep(60)
        return {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    async def visit() -> None:
        answer = await snapshot_files.snapshot_response(Request(scope))
        await answer(scope, receive, send)  # type: ignore[arg-type]

    asyncio.run(visit())
    start, *parts = sent
    headers = {key.decode(): value.decode() for key, value in start["headers"]}
    return start["status"], headers, b"".join(part["body"] for part in parts)


class TestSnapshot:
    def test_the_file_comes_down_as_it_is(self, patch: pytest.MonkeyPatch) -> None:
        path = current_path()
        _, headers, content = fetch(path.name)
        assert content == path.read_bytes()
        assert f'filename="{path.name}"' in headers["content-disposition"]

    def test_the_zip_has_every_table_with_its_types_and_the_dictionary(
        self, patch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        path = current_path()
        _, headers, content = fetch(f"{path.stem}.zip")
        assert int(headers["content-length"]) == len(content)
        with zipfile.ZipFile(io.BytesIO(content)) as made:
            names = set(made.namelist()) - {snapshot_files.DICTIONARY, snapshot_files.READ_ME}
            made.extractall(tmp_path)
        assert path.stem in (tmp_path / snapshot_files.READ_ME).read_text(encoding="utf-8")
        with duckdb.connect(str(path), read_only=True) as connection:
            tables = {str(row[0]) for row in connection.execute("from (show tables)").fetchall()}
            assert names == {f"{table}.parquet" for table in tables}
            for table in ("funding", "admin_unit"):
                file = connection.read_parquet(str(tmp_path / f"{table}.parquet"))
                kept = connection.table(table)
                assert (file.columns, file.types) == (kept.columns, kept.types)
                assert not file.except_(kept).fetchall()
                assert len(file) == len(kept)
        dictionary = load_workbook(tmp_path / snapshot_files.DICTIONARY)["Bảng"]
        described = {row[0] for row in dictionary.iter_rows(min_row=2, values_only=True)}
        assert described == tables

    @pytest.mark.parametrize("name", ["ntm-20000101T000000000000Z.zip", "current", "../current.zip", "x.exe"])
    def test_what_is_no_kept_snapshot_is_not_found(self, patch: pytest.MonkeyPatch, name: str) -> None:
        assert fetch(name)[0] == 404
