"""What each table of the warehouse is: read from ntm/tables/*.yml, one file a table.

App and ETL meet in these descriptions alone. DDL, column comments, data checks and the data dictionary are all
made from them, so a column's meaning is written once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ntm.errors import CatalogError
from ntm.yaml_files import read_yaml

FOLDER = Path(__file__).parent / "tables"
_PROVENANCE = FOLDER / "_provenance.yml"


@dataclass(frozen=True)
class Column:
    """One column: its DuckDB type, its label and its meaning (unit included) in both languages."""

    name: str
    type: str
    label: Mapping[str, str]
    meaning: str
    meaning_vi: str
    required: bool = False
    values: tuple[str, ...] = ()
    references: str | None = None


class ColumnLabel(str):
    """A column's label in one language that knows what the column means, for files that say so."""

    meaning: str

    def __new__(cls, text: str, meaning: str = "") -> ColumnLabel:
        made = super().__new__(cls, text)
        made.meaning = meaning
        return made


@dataclass(frozen=True)
class Table:
    """One table: grain, key and columns. A fact table ends with source_id, sheet, cell."""

    name: str
    label: Mapping[str, str]
    grain: str
    grain_vi: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    order: tuple[str, ...]
    is_fact: bool

    @property
    def layer(self) -> str:
        """`raw`, `mart` or `core`: how far the table lies from the workbooks."""
        prefix = self.name.partition("_")[0]
        return prefix if prefix in ("raw", "mart") else "core"

    @property
    def column_names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


@cache
def tables() -> Mapping[str, Table]:
    """Return all tables by name, in order of file name. Raises CatalogError on a faulty description."""
    paths = sorted(path for path in FOLDER.glob("*.yml") if not path.name.startswith("_"))
    return {path.stem: _read_table(path) for path in paths}


def table(name: str) -> Table:
    """Return one table. Raises KeyError when there is none of that name."""
    return tables()[name]


def _read_table(path: Path) -> Table:
    raw = read_yaml(path)
    is_fact = bool(raw.get("facts", False))
    provenance = read_yaml(_PROVENANCE) if is_fact else {}
    try:
        described = Table(
            name=path.stem,
            label=raw["label"],
            grain=raw["grain"],
            grain_vi=raw["grain_vi"],
            key=tuple(raw["key"]),
            columns=tuple(_read_column(path, name, body) for name, body in (raw["columns"] | provenance).items()),
            order=tuple(raw.get("order", raw["key"])),
            is_fact=is_fact,
        )
    except KeyError as missing:
        raise CatalogError("catalog.table_incomplete", table=path.stem, part=str(missing)) from missing
    unknown = {*described.key, *described.order} - {*described.column_names}
    if unknown:
        raise CatalogError("catalog.unknown_column", table=path.stem, columns=sorted(unknown))
    return described


def _read_column(path: Path, name: str, body: Mapping[str, Any]) -> Column:
    try:
        return Column(
            name=name,
            type=body["type"],
            label=body["label"],
            meaning=body["meaning"],
            meaning_vi=body["meaning_vi"],
            required=bool(body.get("required", False)),
            values=tuple(str(value) for value in body.get("values", ())),
            references=body.get("references"),
        )
    except KeyError as missing:
        raise CatalogError("catalog.column_incomplete", table=path.stem, column=name, part=str(missing)) from missing
