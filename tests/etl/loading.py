"""How tests load a folder of workbooks again and again, as an office does, and look at what is published."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
from openpyxl import Workbook
from typer.testing import CliRunner, Result

from etl.cli import app
from etl.publish import POINTER

_RUNNER = CliRunner()


class Office:
    """A folder of workbooks and the warehouse that it is loaded into."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "so_tinh"
        self.warehouse = folder / "kho"
        self.folder.mkdir()

    def put(self, **books: Workbook) -> None:
        """Save workbooks by name, over those that have it."""
        for name, book in books.items():
            book.save(self.folder / f"{name}.xlsx")

    def remove(self, name: str) -> None:
        (self.folder / f"{name}.xlsx").unlink()

    def run(self, *options: object, command: str = "load") -> Result:
        """Run the command over the folder."""
        place = ["--warehouse", self.warehouse] if command == "load" else []
        return _RUNNER.invoke(app, [command, *map(str, [self.folder, *place, *options])])

    def load(self, *options: object, exit_code: int = 0, **books: Workbook) -> dict[str, Any]:
        """Load the folder, with these workbooks put into it first, and return what the command says to machines."""
        self.put(**books)
        result = self.run(*options, "--json")
        assert result.exit_code == exit_code, result.output
        found: dict[str, Any] = json.loads(result.stdout)
        return found

    def published(self) -> Path:
        """Return the file of the snapshot that readers get."""
        return self.warehouse / (self.warehouse / POINTER).read_text(encoding="utf-8").strip()

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """Return the rows of a query to the published snapshot."""
        with duckdb.connect(str(self.published()), read_only=True) as connection:
            return connection.execute(query).fetchall()


def issues(found: Mapping[str, Any], *severities: str) -> list[tuple[str, str]]:
    """Return code and severity of the findings of a load; only those of some severities where they are given."""
    rows = [(row["code"], row["severity"]) for row in found["issues"]]
    return [row for row in rows if not severities or row[1] in severities]


def issue(found: Mapping[str, Any], code: str) -> Mapping[str, Any]:
    """Return the only finding of a code."""
    (row,) = [row for row in found["issues"] if row["code"] == code]
    return dict(row)
