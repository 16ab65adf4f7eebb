"""Communes that a plan names to target_unit. Every planned year is kept: a later one shows slippage.

A row that gives a number and no names ('4 xã của huyện Hương Khê') is a target of that district: no name is invented.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from etl.clean.vocabulary import meanings, vocabulary
from etl.context import SheetContext
from etl.facts.list_cells import standard_of, word, year
from etl.facts.records import Item, district_of, items
from etl.facts.target import Aim, add_target, district_in, document_of
from etl.facts.unit_lists import units_of

_COUNT_ALONE = re.compile(
    r"(\d{1,3})\s*xã(?:\s*(?:,|của|thuộc|tại|ở)?\s*\b(?:huyện|thị xã|thành phố|TX|TP|H\.).*)?", re.I
)


def read(context: SheetContext) -> None:
    """Read one list of named communes."""
    for item in items(context, "unit"):
        row = item.row
        count = _COUNT_ALONE.fullmatch(context.text(row, "unit"))
        units = [] if count else units_of(context, row, item.district)
        standard = _standard(context, item) if units or count else None
        kind = word(context, row, "kind", meanings("target_kinds")) if standard else None
        if standard is None or kind is None:
            continue
        target_year = year(context, row, "target_year")
        if target_year is None:
            found = context.text(row, "target_year") or "…"
            context.reject("YEAR_UNREADABLE", row, "target_year", found=found)
            continue
        if count:
            _add_count(context, item, int(count[1]), f"{standard}_communes_new", kind, target_year)
            continue
        context.accept(row)
        for unit in units:
            context.reading.add(
                "target_unit",
                {
                    "unit_code": unit.unit_code,
                    "standard": standard,
                    "target_year": target_year,
                    "kind": kind,
                    "document": document_of(context, row),
                    **context.provenance(row, context.column("unit")),
                },
            )


def _standard(context: SheetContext, item: Item) -> str | None:
    return item.standard if item.standard and not context.text(item.row, "standard") else standard_of(context, item.row)


def _add_count(context: SheetContext, item: Item, count: int, metric: str, kind: str, target_year: int) -> None:
    """Add the target of so many communes of a district, or of whoever reports, by the end of a year."""
    row, wording = item.row, context.text(item.row, "unit")
    name, district = district_in(context, row, wording, "unit")
    role = "unit"
    if not name and (name := context.text(row, "district")):
        district, role = district_of(context, row, name, "district"), "district"
    if name and district is None:
        return
    if metric not in {choice["metric"] for choice in vocabulary("target_metrics")}:
        context.reject("METRIC_UNKNOWN", row, role, found=wording)
        return
    scope = district or item.district or context.unit
    context.accept(row)
    aim = Aim(scope.unit_code, metric, ">=", kind, date(target_year, 12, 31), Decimal(count), unit="xã")
    add_target(context, row, aim, wording, role="unit")
