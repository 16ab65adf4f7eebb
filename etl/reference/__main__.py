"""Writes the unit register: `python -m etl.reference [FOLDER]`, by default into data/reference."""

from __future__ import annotations

import csv
import sys
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from etl.reference.changes import compile_changes, province_successors
from etl.reference.units import compile_units

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

REFERENCE = Path(__file__).parents[2] / "data" / "reference"


def write_register(folder: Path) -> None:
    """Write units.csv, unit_changes.csv and unit_changes_unmapped.csv, the same bytes each time."""
    with (REFERENCE / "provinces_regions.csv").open(encoding="utf-8") as file:
        regions = {row["province_code"]: row["region_code"] for row in csv.DictReader(file)}
    units = compile_units(regions, province_successors())
    changes, unmapped = compile_changes(units)
    _write(folder / "units.csv", units)
    _write(folder / "unit_changes.csv", changes)
    _write(folder / "unit_changes_unmapped.csv", unmapped)


def _write(path: Path, rows: Sequence[DataclassInstance]) -> None:
    names = [field.name for field in fields(rows[0])]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(names)
        writer.writerows([_text(getattr(row, name)) for name in names] for row in rows)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0").rstrip(".")
    return "" if value is None else str(value)


if __name__ == "__main__":
    write_register(Path(sys.argv[1]) if len(sys.argv) > 1 else REFERENCE)
