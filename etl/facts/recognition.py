"""List of recognitions to recognition: events, in the order of their decisions, none overwriting another."""

from __future__ import annotations

from etl.context import SheetContext
from etl.facts.records import commune_of, day, items, word, year

NO_NUMBER = "chưa có số"


def read(context: SheetContext) -> None:
    """Read one list of recognitions. A row without a readable date of decision is set aside, never dated by guess."""
    column = context.recognised.column("unit") or context.table.ordinal_column
    for row, group in items(context, "unit"):
        unit = commune_of(context, row, group)
        if unit is None:
            continue
        standard = word(context, row, "standard", "standards")
        if standard is None:
            continue
        event = (
            word(context, row, "event", "recognition_events") if context.text(row, "event") else "recognised"
        )
        if event is None:
            continue
        decision_date = day(context, row, "decision_date")
        if decision_date is None:
            continue
        context.reading.rows_loaded += 1
        context.reading.add(
            "recognition",
            {
                "unit_code": unit.unit_code,
                "standard": standard,
                "event": event,
                "result_year": year(context, row, "result_year"),
                "decision_no": context.text(row, "decision_no") or NO_NUMBER,
                "decision_date": decision_date,
                "field": context.text(row, "field") or None,
                **context.provenance(row, column),
            },
        )
