"""List of recognitions to recognition: events, in the order of their decisions, none overwriting another."""

from __future__ import annotations

from etl.clean.vocabulary import meanings
from etl.context import SheetContext
from etl.facts.records import day, items, standard_of, unit_of, word, year

NO_NUMBER = "chưa có số"


def read(context: SheetContext) -> None:
    """Read one list of recognitions. A row without a readable date of decision is set aside, never dated by guess."""
    for row, group in items(context, "unit"):
        unit = unit_of(context, row, group)
        if unit is None:
            continue
        standard = standard_of(context, row)
        if standard is None:
            continue
        event = _event(context, row)
        if event is None:
            continue
        decision_date = day(context, row, "decision_date")
        if decision_date is None:
            continue
        result_year = year(context, row, "result_year")
        if result_year is None and context.text(row, "result_year"):
            context.report_role("RESULT_YEAR_UNREADABLE", row, "result_year", found=context.text(row, "result_year"))
        context.accept(row)
        context.reading.add(
            "recognition",
            {
                "unit_code": unit.unit_code,
                "standard": standard,
                "event": event,
                "result_year": result_year,
                "decision_no": context.text(row, "decision_no") or NO_NUMBER,
                "decision_date": decision_date,
                "field": context.text(row, "field") or None,
                **context.provenance(row, context.column("unit")),
            },
        )


def _event(context: SheetContext, row: int) -> str | None:
    """Return what the decision did; a list that does not say so, or leaves it blank, lists recognitions."""
    if not context.text(row, "event"):
        return "recognised"
    return word(context, row, "event", meanings("recognition_events"))
