"""Any division of a province's workbooks of money loads to the same sums: over files, sheets, rows, districts, months.

The amounts are drawn, written into workbooks however they are divided, read and built by the ETL; what the mart, the
queries and the page's metrics say is compared with the sums of the drawn decimals.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from etl.assemble import assemble
from etl.build import build
from etl.context import Options
from etl.load import Loaded
from etl.reference_facts import read_reference
from etl.workbook import read_file
from ntm.metrics.exact import exact, exact_sum
from ntm.metrics.funding import by_source, latest, totals
from ntm.warehouse import query_text
from tests.etl.findings import issue_text, issues_of
from tests.etl.money_books import MILLION, by_district, months
from tests.etl.workbooks import Row, funding

YEAR, PROVINCE = 2022, "93"
DISTRICTS = {"930": "Thành phố Vị Thanh", "932": "Huyện Châu Thành A", "935": "Huyện Vị Thủy"}
CONTENTS = {"01": "Quy hoạch", "02": "Hạ tầng kinh tế - xã hội", "04": "Giảm nghèo bền vững"}
SOURCES: Mapping[tuple[str, str | None, str | None], tuple[str, str]] = {
    ("central", "investment", None): ("NGÂN SÁCH TRUNG ƯƠNG", "Vốn đầu tư phát triển"),
    ("central", "recurrent", None): ("NGÂN SÁCH TRUNG ƯƠNG", "Vốn sự nghiệp"),
    ("local_province", None, None): ("NGÂN SÁCH ĐỊA PHƯƠNG", "Tỉnh"),
    ("local_district", None, None): ("NGÂN SÁCH ĐỊA PHƯƠNG", "Huyện"),
    ("integrated", None, None): ("VỐN LỒNG GHÉP", ""),
    ("credit", None, None): ("VỐN TÍN DỤNG", ""),
    ("enterprise", None, None): ("VỐN DOANH NGHIỆP", ""),
    ("community", None, "tiền mặt"): ("HUY ĐỘNG TỪ CỘNG ĐỒNG DÂN CƯ", "Tiền mặt"),
}
"""Source, nature, detail -> the row above and the row itself (the row above alone where nothing divides the source)."""
COLUMNS = {
    ("central", "investment"): ("NSTW", "ĐTPT"),
    ("central", "recurrent"): ("NSTW", "SN"),
    ("local", None): ("NSĐP",),
    ("integrated", None): ("Vốn lồng ghép",),
    ("credit", None): ("Vốn tín dụng",),
    ("community", None): ("Dân đóng góp",),
}
JUNE = date(2022, 6, 30)
MONTH_ENDS = (date(2022, 1, 31), date(2022, 2, 28), date(2022, 3, 31))
AMOUNT = st.integers(0, 10**14).map(lambda number: Decimal(number).scaleb(-6))
"""In million đồng, to the đồng; fourteen digits are a hundred trillion đồng."""
examples = settings(
    max_examples=int(os.environ.get("NTM_FUZZ_EXAMPLES", "0")) // 50 or 5, deadline=None, phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip


@dataclass(frozen=True)
class Fact:
    """An amount as the warehouse is to have it; the mart sums months up to `period_end`."""

    unit_code: str
    stage: str
    period_end: date
    source_code: str
    nature: str | None
    component_no: str | None
    amount: Decimal


Loader = Callable[[Sequence[Workbook]], duckdb.DuckDBPyConnection]


@pytest.fixture
def load(small_reference: Path) -> Iterator[Loader]:
    """Function that reads workbooks as the load does and builds a snapshot of them, whose checks all pass."""
    reference = read_reference(small_reference)
    opened: list[duckdb.DuckDBPyConnection] = []
    with TemporaryDirectory() as folder:

        def loaded(books: Sequence[Workbook]) -> duckdb.DuckDBPyConnection:
            readings = []
            for number, book in enumerate(books):
                path = Path(folder) / f"bieu-{number}.xlsx"
                book.save(path)
                readings.append(read_file(path, path.name, reference, Options()))
            found = [issue for reading in readings for issue in issues_of(reading)]
            assert [issue_text(issue) for issue in found if issue.severity == "block"] == []
            snapshot = Path(folder) / f"ntm-{len(opened)}.part"
            built = build(snapshot, small_reference, Loaded(tuple(readings), assemble(readings), Options()))
            assert built.failed == []
            opened.append(duckdb.connect(str(snapshot), read_only=True))
            return opened[-1]

        yield loaded
        for connection in opened:
            connection.close()


def bound(books: Sequence[Workbook]) -> Workbook:
    """Return one workbook with the sheets of several."""
    together = Workbook()
    together.remove(together.active)
    for number, book in enumerate(books, start=1):
        sheet = together.create_sheet(f"Trang {number}")
        for row in book.active.iter_rows():
            for cell in row:
                if cell.value is not None:
                    sheet[cell.coordinate] = cell.value
        for merged in book.active.merged_cells.ranges:
            sheet.merge_cells(merged.coord)
    return together


def by_rows(data: st.DataObject, rows: Sequence[Any]) -> list[list[Any]]:
    """Return the rows divided at random into one to three parts, none of them empty."""
    places = data.draw(st.lists(st.integers(0, 2), min_size=len(rows), max_size=len(rows)))
    parts: dict[int, list[Any]] = defaultdict(list)
    for place, row in zip(places, data.draw(st.permutations(rows)), strict=True):
        parts[place].append(row)
    return list(parts.values())


def source_rows(keys: Sequence[tuple[str, str | None, str | None]], cells: Callable[..., Row]) -> list[Row]:
    """Return the rows of a form by source; the parts of one source stand together below it, without a sum."""
    rows: list[Row] = []
    heads = dict.fromkeys(SOURCES[key][0] for key in keys)
    for head in heads:
        own = [key for key in keys if SOURCES[key][0] == head]
        ordinal = ("I", "II", "III", "IV", "V", "VI", "VII")[list(heads).index(head)]
        if SOURCES[own[0]][1]:
            rows += [[ordinal, head], *([number, SOURCES[key][1], *cells(key)] for number, key in enumerate(own, 1))]
        else:
            rows.append([ordinal, head, *cells(own[0])])
    return rows


Sheets = tuple[list[Workbook], list[Fact]]


def of_sources(data: st.DataObject) -> Sheets:
    """Plan and allocated money of the province by source: rows over sheets, the two columns together or apart."""
    keys = data.draw(st.lists(st.sampled_from(list(SOURCES)), min_size=1, unique=True))
    stages = {"plan": "Kế hoạch năm 2022", "allocated": "Vốn đã giao năm 2022"}
    amounts = {(stage, key): data.draw(AMOUNT) for stage, key in product(stages, keys)}
    sheets = []
    for told in data.draw(st.sampled_from([[["plan", "allocated"]], [["plan"], ["allocated"]]])):
        for part in by_rows(data, keys):
            rows = source_rows(part, lambda key, told=told: [amounts[stage, key] for stage in told])
            sheets.append(funding(*rows, headings=[stages[stage] for stage in told]))
    facts = [
        Fact(PROVINCE, stage, JUNE, source, nature, None, amount)
        for (stage, (source, nature, _)), amount in amounts.items()
    ]
    return sheets, facts


def of_months(data: st.DataObject) -> Sheets:
    """Payments of the province month by month: months over files, rows over sheets."""
    keys = data.draw(st.lists(st.sampled_from(list(SOURCES)), min_size=1, unique=True))
    amounts = {(key, month): data.draw(AMOUNT) for key, month in product(keys, range(3))}
    sheets = []
    for told in data.draw(st.sampled_from([[[0, 1, 2]], [[0], [1, 2]], [[0, 1], [2]], [[0], [1], [2]]])):
        day = MONTH_ENDS[told[-1]]
        for part in by_rows(data, keys):
            rows = source_rows(part, lambda key, told=told: [amounts[key, month] for month in told])
            headings = [f"Giải ngân tháng {month + 1}" for month in told]
            sheets.append(months(*rows, headings=headings, cut_off=f"(Số liệu đến {day.day}/{day.month}/{day.year})"))
    facts = [
        Fact(PROVINCE, "disbursed", end, key[0], key[1], None, sum(amounts[key, month] for month in range(last + 1)))  # type: ignore[arg-type]
        for key, (last, end) in product(keys, enumerate(MONTH_ENDS))
    ]
    return sheets, facts


def of_rows(data: st.DataObject, names: Mapping[str, str], *, are_units: bool) -> Sheets:
    """Money whose rows are districts or contents and whose columns are sources: rows and columns over sheets."""
    codes = data.draw(st.lists(st.sampled_from(list(names)), min_size=1, unique=True))
    columns = data.draw(st.lists(st.sampled_from(list(COLUMNS)), min_size=2, unique=True))
    amounts = {key: data.draw(AMOUNT) for key in product(codes, columns)}
    stage, heading = ("disbursed", "Giải ngân") if are_units else ("mobilised", "Huy động")
    first = ("Huyện",) if are_units else ("Nội dung thực hiện",)
    sheets = []
    divided = by_rows(data, columns)
    # The reader knows the form by two columns of money; one alone is no form.
    for across in divided if are_units and min(map(len, divided)) > 1 else [columns]:
        kept = sorted(across, key=list(COLUMNS).index)
        for part in by_rows(data, codes):
            rows = [[n, names[code], *(amounts[code, column] for column in kept)] for n, code in enumerate(part, 1)]
            paths = [("TT",), first, *((heading, *COLUMNS[column]) for column in kept)]
            sheets.append(by_district(*rows, paths=paths, unit=MILLION))
    facts = [
        Fact(code if are_units else PROVINCE, stage, JUNE, source, nature, None if are_units else code,
             amount)
        for (code, (source, nature)), amount in amounts.items()
    ]  # fmt: skip
    return sheets, facts


def summed(facts: Sequence[Fact], *keys: str) -> dict[tuple[object, ...], Decimal]:
    sums: dict[tuple[object, ...], Decimal] = defaultdict(Decimal)
    for fact in facts:
        sums[tuple(getattr(fact, key) for key in keys)] += fact.amount
    return dict(sums)


def asked(
    database: duckdb.DuckDBPyConnection, query: str, values: Mapping[str, object], *keys: str
) -> dict[tuple[object, ...], Decimal]:
    """Return the amounts of a query's rows summed by some of its columns: decimals, never floats."""
    found = database.execute(query, values)
    columns = [column[0] for column in found.description or ()]
    sums: dict[tuple[object, ...], Decimal] = defaultdict(Decimal)
    for row in (dict(zip(columns, cells, strict=True)) for cells in found.fetchall()):
        assert type(row["amount_vnd_million"]) is Decimal
        sums[tuple(row[key] for key in keys)] += row["amount_vnd_million"]
    return dict(sums)


@examples
@given(data=st.data())
def test_workbooks_divided_in_any_way_load_to_the_same_sums(load: Loader, data: st.DataObject) -> None:
    drawn = [of_sources(data), of_months(data), of_rows(data, DISTRICTS, are_units=True),
             of_rows(data, CONTENTS, are_units=False)]  # fmt: skip
    sheets = data.draw(st.permutations([sheet for found, _ in drawn for sheet in found]))
    facts = [fact for _, found in drawn for fact in found]
    files: dict[int, list[Workbook]] = defaultdict(list)
    together = data.draw(st.lists(st.booleans(), min_size=len(sheets), max_size=len(sheets)))
    for sheet, is_joined in zip(sheets, together, strict=True):
        files[len(files) - bool(is_joined and files)].append(sheet)
    database = load([bound(found) for found in files.values()])
    check_mart(database, facts)
    check_queries(database, facts)
    check_page(database, facts)


def check_mart(database: duckdb.DuckDBPyConnection, facts: Sequence[Fact]) -> None:
    for keys in (("unit_code", "stage", "period_end", "source_code"), ("unit_code", "stage", "period_end", "nature"),
                 ("stage", "period_end")):  # fmt: skip
        query = "select * from mart_funding where year = $year"
        assert asked(database, query, {"year": YEAR}, *keys) == summed(facts, *keys)


def check_queries(database: duckdb.DuckDBPyConnection, facts: Sequence[Fact]) -> None:
    values = {"year": YEAR, "province": PROVINCE}
    coded = [fact for fact in facts if fact.component_no]
    assert asked(database, query_text("funding_components"), values, "component_no") == summed(coded, "component_no")


def check_page(database: duckdb.DuckDBPyConnection, facts: Sequence[Fact]) -> None:
    """What the page prints of each unit and stage: total with and without credit, amounts by source, exact."""
    for unit, stage in {(fact.unit_code, fact.stage) for fact in facts}:
        own = [fact for fact in facts if (fact.unit_code, fact.stage) == (unit, stage)]
        last = max(fact.period_end for fact in own)
        own = [fact for fact in own if fact.period_end == last]
        rows = latest(database.execute(query_text("funding"), {"unit": unit, "month": last}).df(), YEAR, stage)
        lent = sum((fact.amount for fact in own if fact.source_code == "credit"), Decimal(0))
        whole = sum((fact.amount for fact in own), Decimal(0))
        assert totals(rows) == (whole, whole - lent)
        structure = by_source(rows)
        groups: dict[str, Decimal] = defaultdict(Decimal)
        for fact in own:
            groups["local" if fact.source_code.startswith("local") else fact.source_code] += fact.amount
        shown = structure[["source_group", "amount_vnd_million"]].itertuples(index=False)
        assert {group: exact(amount) for group, amount in shown} == groups
        values = {"unit": unit, "year": YEAR, "stages": [stage], "cutoff": last}
        cells: pd.DataFrame = database.execute(query_text("funding_cells"), values).df()
        assert exact_sum(cells["amount_vnd_million"]) == whole
