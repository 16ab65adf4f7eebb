"""How tests look at what the reading of a workbook gave: its findings as a clerk sees them, its facts as columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import duckdb
from openpyxl import Workbook

from etl.context import Fact, SheetReading
from etl.issues import Issue
from etl.workbook import WorkbookReading

Reader = Callable[..., SheetReading]
BookReader = Callable[..., WorkbookReading]
Warehouse = Callable[[Mapping[str, Workbook]], duckdb.DuckDBPyConnection]


def issues_of(reading: WorkbookReading) -> list[Issue]:
    """Return all findings about a file and its sheets."""
    return [*reading.issues, *(issue for sheet in reading.sheets for issue in sheet.issues)]


def issue_text(issue: Issue) -> str:
    """Return a finding as a clerk sees it."""
    return f"{issue.code} {issue.cell}: {issue.text('message', 'vi')} {issue.text('remedy', 'vi')}"


def only_issue(reading: SheetReading | WorkbookReading) -> Issue:
    """Return the one finding of a reading."""
    issues = issues_of(reading) if isinstance(reading, WorkbookReading) else reading.issues
    assert len(issues) == 1, "\n".join(map(issue_text, issues))
    return issues[0]


def facts(reading: SheetReading, *columns: str) -> list[object]:
    """Return columns of a sheet's only kind of fact: values for one column, tuples for several.

    Totals that the sheet states beside it are left out; `rows_of` gives them.
    """
    kinds = [name for name in reading.facts if name != "stated_result"] or list(reading.facts)
    (rows,) = [reading.facts[name] for name in kinds] or ([],)
    picked: list[Fact] = list(rows)
    if len(columns) == 1:
        return [row.get(columns[0]) for row in picked]
    return [tuple(row.get(column) for column in columns) for row in picked]


def rows_of(reading: SheetReading, table: str, *columns: str) -> list[tuple[object, ...]]:
    """Return columns of a sheet's facts of one table, a tuple for each."""
    return [tuple(row.get(column) for column in columns) for row in reading.facts.get(table, ())]


def message(issue: Issue) -> str:
    """Return what was found and what to do, in Vietnamese."""
    return f"{issue.text('message', 'vi')} {issue.text('remedy', 'vi')}"


def codes(reading: SheetReading | WorkbookReading) -> list[str]:
    """Return the codes of all findings, in order."""
    issues = issues_of(reading) if isinstance(reading, WorkbookReading) else reading.issues
    return [issue.code for issue in issues]


def row_counts(reading: SheetReading) -> tuple[int, int, int]:
    """Return how many rows were read, loaded and rejected."""
    return len(reading.read), len(reading.loaded), len(reading.rejected)
