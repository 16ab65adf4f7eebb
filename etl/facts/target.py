"""List of targets to target: the metric comes from the wording, the rest stands in the row."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from etl.clean.numbers import is_ambiguous, read_number
from etl.clean.vocabulary import contains_all, meanings, vocabulary
from etl.context import Fact, SheetContext
from etl.facts.list_cells import due_day, word
from etl.facts.records import Item, district_of, items
from ntm.geo.names import KINDS, unit_name_key
from ntm.geo.units import Unit

_RANGE = re.compile(r"([\d.,]+)\s*[-–]\s*([\d.,]+)")
_STORED_STEP = Decimal("0.001")
_OF_DISTRICT = re.compile(r"\b(?:của|thuộc|tại|ở)\s+((?:huyện|thị xã|thành phố|TX|TP|H\.)[\s.]*\w.*)", re.I)


@dataclass(frozen=True)
class Aim:
    """What a target asks of a scope by a day. `metric` is one of ntm/metrics; `high` is the upper end of a range."""

    scope_code: str
    metric: str
    comparison: str
    kind: str
    due_date: date
    low: Decimal | None
    high: Decimal | None = None
    unit: str | None = None


def read(context: SheetContext) -> None:
    """Read one list of targets. A wording that no metric fits is set aside for somebody to add it to the vocabulary."""
    for item in items(context, "wording", under_districts=False):
        row, wording = item.row, context.text(item.row, "wording")
        metric = _metric(wording)
        if metric is None:
            context.reject("METRIC_UNKNOWN", row, "wording", found=wording or "…")
            continue
        scope = _scope(context, item)
        kind = word(context, row, "kind", meanings("target_kinds")) if scope else None
        if scope is None or kind is None:
            continue
        due_date, _ = due_day(context, row, "due_date", is_needed=True)
        if due_date is None:
            continue
        low, high = _values(context, row)
        if low is None and context.text(row, "value"):
            is_double = is_ambiguous(context.value(row, "value"))
            context.reject("NUMBER_AMBIGUOUS" if is_double else "NUMBER_UNREADABLE", row, "value")
            continue
        context.accept(row)
        comparison = "range" if high is not None else metric["comparison"]
        unit = context.text(row, "unit_of_measure") or None
        aim = Aim(scope.unit_code, metric["metric"], comparison, kind, due_date, low, high, unit)
        add_target(context, row, aim, wording, role="value")


def add_target(context: SheetContext, row: int, aim: Aim, wording: str, *, role: str) -> None:
    """Add one target; `wording` is that of its document, `role` the column of its value."""
    fact: Fact = {
        "target_id": f"{aim.scope_code}-{aim.metric}-{aim.kind}-{aim.due_date:%Y%m%d}",
        "scope_code": aim.scope_code,
        "metric": aim.metric,
        "metric_vi": wording,
        "comparison": aim.comparison,
        "value": aim.low,
        "value_max": aim.high,
        "unit": aim.unit,
        "due_date": aim.due_date,
        "kind": aim.kind,
        "denominator": context.text(row, "denominator") or None,
        "document": document_of(context, row),
        "confidence": "reported",
        "is_illustrative": context.title.is_illustrative,
        **context.provenance(row, context.column(role)),
    }
    context.reading.add("target", fact)


def document_of(context: SheetContext, row: int) -> str:
    """Return the document of a target: its own column, else the source that the sheet names, else its title."""
    return context.text(row, "document") or context.title.document or context.title.title


def district_in(context: SheetContext, row: int, wording: str, role: str) -> tuple[str, Unit | None]:
    """Return (name, district) of a wording such as '4 xã của huyện Hương Khê'; the name is '' when it says none."""
    named = _OF_DISTRICT.search(wording)
    return (named[1], district_of(context, row, named[1], role)) if named else ("", None)


def _scope(context: SheetContext, item: Item) -> Unit | None:
    """Return whom a target binds: its own column, the district of its wording or group, else whoever reports."""
    name, district = context.text(item.row, "scope"), None
    role = "scope" if name else "wording"
    if name and unit_name_key(name)[0] == "tỉnh":
        return context.province
    if name:
        return district_of(context, item.row, name, role)
    name, district = district_in(context, item.row, context.text(item.row, "wording"), role)
    if not name and unit_name_key(item.group)[0] in KINDS["district"]:
        name, district = item.group, district_of(context, item.row, item.group, role)
    return district if name else context.unit


def _metric(wording: str) -> Mapping[str, str] | None:
    for choice in vocabulary("target_metrics"):
        if contains_all(wording, choice["all"]):
            return {"metric": choice["metric"], "comparison": choice["comparison"]}
    return None


def _values(context: SheetContext, row: int) -> tuple[Decimal | None, Decimal | None]:
    """Return (value, None), or both ends of a range such as '5 - 7'."""
    text = context.text(row, "value")
    span = _RANGE.fullmatch(text)
    ends = [read_number(end) for end in span.groups()] if span else [context.number(row, "value"), None]
    low, high = (end.quantize(_STORED_STEP) if end is not None else None for end in ends)
    return low, high
