"""Reference facts of data/reference as the reader of workbooks needs them."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from etl.context import CriteriaSet, Reference
from ntm.geo.units import read_register


@cache
def read_reference(folder: Path) -> Reference:
    """Return register and criteria sets. Raises OSError when a file is missing."""
    criteria: Mapping[str, dict[str, str]] = defaultdict(dict)
    for row in _rows(folder / "criteria.csv"):
        criteria[row["set_code"]][row["criterion_no"]] = row["name_vi"]
    sets = tuple(
        CriteriaSet(
            set_code=row["set_code"],
            standard=row["standard"],
            unit_level=row["unit_level"],
            decision=row["decision"],
            province_code=row["province_code"],
            criteria=criteria[row["set_code"]],
        )
        for row in _rows(folder / "criteria_sets.csv")
    )
    return Reference(read_register(folder / "units.csv"), sets)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
