"""List of targets to target: the metric comes from the wording, the rest stands in the row."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from etl.clean.numbers import is_ambiguous, read_number
from etl.clean.vocabulary import meanings, vocabulary
from etl.context import SheetContext
from etl.facts.records import day, items, word
from ntm.geo.names import text_key

_RANGE = re.compile(r"([\d.,]+)\s*[-–]\s*([\d.,]+)")
_STORED_STEP = Decimal("0.001")


def read(context: SheetContext) -> None:
    """Read one list of targets. A wording that no metric fits is set aside for somebody to add it to the vocabulary."""
    for row, _ in items(context, "wording", under_districts=False):
        wording = context.text(row, "wording")
        metric = _metric(wording)
        if metric is None:
            context.reject("METRIC_UNKNOWN", row, "wording", found=wording or "…")
            continue
        kind = word(context, row, "kind", meanings("target_kinds"))
        if kind is None:
            continue
        due_date = day(context, row, "due_date")
        if due_date is None:
            continue
        low, high = _values(context, row)
        if low is None and context.text(row, "value"):
            is_double = is_ambiguous(context.value(row, "value"))
            context.reject("NUMBER_AMBIGUOUS" if is_double else "NUMBER_UNREADABLE", row, "value")
            continue
        context.accept(row)
        scope_code = context.unit.unit_code
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
                **context.provenance(row, context.column("value")),
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


def _values(context: SheetContext, row: int) -> tuple[Decimal | None, Decimal | None]:
    """Return (value, None), or both ends of a range such as '5 - 7'."""
    text = context.text(row, "value")
    span = _RANGE.fullmatch(text)
    ends = [read_number(end) for end in span.groups()] if span else [context.number(row, "value"), None]
    low, high = (end.quantize(_STORED_STEP) if end is not None else None for end in ends)
    return low, high
