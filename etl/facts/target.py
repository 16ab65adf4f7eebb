"""List of targets to target: the metric comes from the wording, the rest stands in the row."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from etl.clean.numbers import VIETNAMESE, read_number
from etl.clean.vocabulary import vocabulary
from etl.context import SheetContext
from etl.facts.records import day, items, word
from ntm.geo.names import text_key

_RANGE = re.compile(r"([\d.,]+)\s*[-–]\s*([\d.,]+)")


def read(context: SheetContext) -> None:
    """Read one list of targets. A wording that no metric fits is set aside for somebody to add it to the vocabulary."""
    column = context.recognised.column("value") or context.table.ordinal_column
    for row, _ in items(context, "wording"):
        wording = context.text(row, "wording")
        metric = _metric(wording)
        if metric is None:
            context.reject("METRIC_UNKNOWN", row, "wording", found=wording or "…")
            continue
        kind = word(context, row, "kind", "target_kinds")
        if kind is None:
            continue
        due_date = day(context, row, "due_date")
        if due_date is None:
            continue
        low, high = _values(context.value(row, "value"))
        if low is None and context.text(row, "value"):
            context.reject("NUMBER_UNREADABLE", row, "value")
            continue
        context.reading.rows_loaded += 1
        scope_code = context.province.unit_code
        context.reading.add(
            "target",
            {
                "target_id": f"{scope_code}-{metric['metric']}-{kind}-{due_date:%Y%m%d}",
                "scope_code": scope_code,
                "metric": metric["metric"],
                "metric_vi": wording,
                "comparison": "range" if high is not None else metric["comparison"],
                "value": low,
                "value_max": high,
                "unit": context.text(row, "unit") or None,
                "due_date": due_date,
                "kind": kind,
                "denominator": context.text(row, "denominator") or None,
                "document": document_of(context, row),
                "confidence": "reported",
                "is_illustrative": context.title.is_illustrative,
                **context.provenance(row, column),
            },
        )


def document_of(context: SheetContext, row: int) -> str:
    """Return the document of a target: its own column, else the source that the sheet names, else its title."""
    return context.text(row, "document") or context.title.document or context.title.title


def _metric(wording: str) -> Mapping[str, str] | None:
    padded = f" {text_key(wording)} "
    for choice in vocabulary("target_metrics"):
        if all(f" {text_key(part)} " in padded for part in choice["all"]):
            return {"metric": choice["metric"], "comparison": choice["comparison"]}
    return None


def _values(value: object) -> tuple[Decimal | None, Decimal | None]:
    """Return (value, None), or both ends of a range such as '5 - 7'."""
    span = _RANGE.fullmatch(str(value).strip()) if isinstance(value, str) else None
    if span:
        return read_number(span[1], VIETNAMESE), read_number(span[2], VIETNAMESE)
    return read_number(value, VIETNAMESE), None
