"""Reference facts of data/reference as the reader of workbooks needs them."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

from etl.context import CriteriaSet, Indicator, Reference, Validity
from ntm.geo.changes import read_changes
from ntm.geo.units import read_register


@cache
def read_reference(folder: Path) -> Reference:
    """Return register, criteria sets and changes of units. Raises OSError when a file is missing."""
    criteria: Mapping[str, dict[str, str]] = defaultdict(dict)
    counts: Mapping[str, dict[str, int]] = defaultdict(dict)
    for row in reference_rows(folder / "criteria.csv"):
        criteria[row["set_code"]][row["criterion_no"]] = row["name_vi"]
        if row["indicator_count"]:
            counts[row["set_code"]][row["criterion_no"]] = int(row["indicator_count"])
    indicators: Mapping[str, dict[str, Indicator]] = defaultdict(dict)
    for row in reference_rows(folder / "indicators.csv"):
        code = row["indicator_code"]
        indicators[row["set_code"]][code] = Indicator(
            code=code,
            criterion_no=row["criterion_no"],
            name=row["name_vi"],
            unit=row["unit"],
            direction=row["direction"],
        )
    sets = tuple(
        CriteriaSet(
            set_code=row["set_code"],
            standard=row["standard"],
            unit_level=row["unit_level"],
            decision=row["decision"],
            province_code=row["province_code"],
            criteria=criteria[row["set_code"]],
            criterion_count=int(row["criterion_count"]) if row["criterion_count"] else None,
            counts=counts[row["set_code"]],
            indicators=indicators[row["set_code"]],
        )
        for row in reference_rows(folder / "criteria_sets.csv")
    )
    validity = tuple(
        Validity(date.fromisoformat(row["valid_from"]), int(row["value"].split()[0]))
        for row in reference_rows(folder / "ocop_rules.csv")
        if row["rule"] == "validity"
    )
    changes = read_changes(folder / "unit_changes.csv")
    return Reference(read_register(folder / "units.csv"), sets, changes, product_validity=validity)


def reference_rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a file of data/reference. Raises OSError when it is missing."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
