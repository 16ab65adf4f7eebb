"""A load against the snapshot before it: findings that only show over time, what changed, what would be lost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb

from etl import ddl
from etl.clean.money import THOUSANDFOLD
from etl.issues import Issue, shown
from etl.statements import statement, statements
from ntm.catalog import table

_ISSUE_PLACE = ("code", "source_id", "path", "sheet", "cell")
_UNITS_NAMED = 5
_LOSSES_NAMED = 3
_PERIOD = {"vi": "kỳ", "en": "period"}
_MORE = {"vi": "… và {count} bảng, kỳ khác", "en": "… and {count} more tables or periods"}


@dataclass(frozen=True)
class PlacedIssue:
    """A finding with the file that it is about."""

    source_id: str
    path: str
    issue: Issue


@dataclass(frozen=True)
class Loss:
    """Figures of one file, table and period that the snapshot before has and this load has no more."""

    table: str
    period_end: date | None
    unit_names: tuple[str, ...]
    figures_before: int
    figures_now: int
    source_id: str
    path: str
    sheet: str

    @property
    def units(self) -> str:
        """The units that they are about, the first of many."""
        return ", ".join([*self.unit_names[:_UNITS_NAMED], *(["…"] if len(self.unit_names) > _UNITS_NAMED else [])])

    def what(self, language: str) -> str:
        """Return what is lost, in words: table, period, units."""
        period = [f"{_PERIOD[language]} {shown(self.period_end, language)}"] if self.period_end else []
        parts = (f"'{table(self.table).label[language]}'", *period, self.units)
        return ", ".join(filter(None, parts))


@dataclass(frozen=True)
class FileLosses:
    """What is lost of one file."""

    losses: tuple[Loss, ...]

    @property
    def path(self) -> str:
        return self.losses[0].path

    @property
    def values(self) -> Mapping[str, object]:
        """What the sentence about it says: how many figures are left of how many, and of what."""
        values: dict[str, object] = {
            "before": sum(loss.figures_before for loss in self.losses),
            "now": sum(loss.figures_now for loss in self.losses),
        }
        for language, more in _MORE.items():
            named = [loss.what(language) for loss in self.losses[:_LOSSES_NAMED]]
            left = len(self.losses) - len(named)
            values[f"what_{language}"] = "; ".join([*named, *([more.format(count=left)] if left else [])])
        return values

    @property
    def finding(self) -> PlacedIssue:
        """The finding where somebody let the figures go."""
        first = self.losses[0]
        return PlacedIssue(first.source_id, first.path, Issue("DATA_SHRUNK", first.sheet, values=self.values))


def by_file(losses: Iterable[Loss]) -> list[FileLosses]:
    """Return losses by the file that they were read from: a folder left out is one line for each of its workbooks."""
    files: dict[str, list[Loss]] = defaultdict(list)
    for loss in losses:
        files[loss.source_id].append(loss)
    return [FileLosses(tuple(items)) for items in files.values()]


def compare(connection: duckdb.DuckDBPyConnection, *, is_first: bool = False) -> list[Loss]:
    """Fill fact_change, and return what would be lost. The views `before_<table>` must be there.

    The first load of a warehouse (`is_first`) has nothing to differ from.
    """
    connection.execute(ddl.all_facts("fact_now"))
    if is_first:
        return []
    connection.execute(ddl.all_facts("fact_before", "before_"))
    connection.execute(ddl.insert_from(table("fact_change"), statement("history", "fact_change")))
    rows = _rows(connection.execute(statement("history", "losses")))
    return [
        Loss(
            table=row["table_name"],
            period_end=row["period_end"],
            unit_names=tuple(row["unit_names"]),
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
            values = {name: value for name, value in row.items() if name not in _ISSUE_PLACE}
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
