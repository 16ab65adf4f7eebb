"""A load against the snapshot before it: findings that only show over time, what changed, what would be lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import duckdb

from etl import ddl
from etl.clean.money import THOUSANDFOLD
from etl.issues import Issue
from etl.statements import statement, statements
from ntm.catalog import table

_ISSUE_PLACE = ("code", "source_id", "path", "sheet", "cell")
_UNITS_NAMED = 5


@dataclass(frozen=True)
class PlacedIssue:
    """A finding with the file that it is about."""

    source_id: str
    path: str
    issue: Issue


@dataclass(frozen=True)
class Loss:
    """Figures of one table and period that the snapshot before has and this load has no more."""

    table: str
    period_end: date | None
    unit_names: str
    figures_before: int
    figures_now: int
    source_id: str
    path: str
    sheet: str

    @property
    def values(self) -> Mapping[str, object]:
        """What the sentence about it says."""
        names = self.unit_names.split(", ") if self.unit_names else []
        shown = [", ".join(names[:_UNITS_NAMED]), *(["…"] if len(names) > _UNITS_NAMED else [])]
        return {
            "table": table(self.table).label["vi"],
            "day": _shown(self.period_end) if self.period_end else "…",
            "units": ", ".join(filter(None, shown)) or "…",
            "before": self.figures_before,
            "now": self.figures_now,
        }

    @property
    def finding(self) -> PlacedIssue:
        """The finding where somebody let the figures go."""
        return PlacedIssue(self.source_id, self.path, Issue("DATA_SHRUNK", self.sheet, values=self.values))


def compare(connection: duckdb.DuckDBPyConnection) -> list[Loss]:
    """Fill fact_change, and return what would be lost. The views `before_<table>` must be there."""
    connection.execute(ddl.all_facts("fact_now"))
    connection.execute(ddl.all_facts("fact_before", "before_"))
    connection.execute(ddl.insert_from(table("fact_change"), statement("history", "fact_change")))
    rows = _rows(connection.execute(statement("history", "losses")))
    return [
        Loss(
            table=row["table_name"],
            period_end=row["period_end"],
            unit_names=row["unit_names"] or "",
            figures_before=row["figures_before"],
            figures_now=row["figures_now"],
            source_id=row["source_id"],
            path=row["path"] or row["sheet"],
            sheet=row["sheet"],
        )
        for row in rows
    ]


def findings_over_time(connection: duckdb.DuckDBPyConnection) -> list[PlacedIssue]:
    """Return the findings of etl/sql/across/*.sql: each row has code, file, place, and the values of the message."""
    low, high = THOUSANDFOLD
    found: list[PlacedIssue] = []
    for query in statements("across"):
        bound = {"low": low, "high": high} if "$low" in query else None
        for row in _rows(connection.execute(query, bound)):
            values = {name: _shown(value) for name, value in row.items() if name not in _ISSUE_PLACE}
            issue = Issue(row["code"], row["sheet"], row["cell"], values=values)
            found.append(PlacedIssue(row["source_id"], row["path"], issue))
    return found


def remember(connection: duckdb.DuckDBPyConnection, note: str | None) -> None:
    """Fill load_history and file_history: those of the snapshot before, and this load."""
    connection.execute(ddl.insert_from(table("file_history"), statement("history", "file_history")))
    (count,) = connection.execute(statement("history", "facts")).fetchall()
    values = {"facts": count[0], "note": note}
    connection.execute(ddl.insert_from(table("load_history"), statement("history", "load_history")), values)


def changed_facts(connection: duckdb.DuckDBPyConnection) -> Mapping[str, int]:
    """Return how many facts this load added, changed and removed."""
    (row,) = _rows(connection.execute(statement("history", "this_load")))
    return row


def _rows(result: duckdb.DuckDBPyConnection) -> Sequence[dict[str, Any]]:
    names = [column[0] for column in result.description]
    return [dict(zip(names, row, strict=True)) for row in _fetched(result)]


def _fetched(result: duckdb.DuckDBPyConnection) -> Iterable[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = result.fetchall()
    return rows


def _shown(value: object) -> object:
    """Return a value as a message has it: days as 30/6/2022 is written, amounts without needless decimals."""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, Decimal):
        return f"{value:f}".rstrip("0").rstrip(".") if value % 1 else f"{value:.0f}"
    return value
