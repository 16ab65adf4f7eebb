"""List of inspections (kiểm tra, giám sát) to inspection: what was found where, what is to be done, how far it is."""

from __future__ import annotations

from collections import Counter

from etl.clean.decisions import read_decision
from etl.context import SheetContext
from etl.facts.list_cells import day_if_stated, due_day, needed, state_of
from etl.facts.records import items
from etl.facts.unit_lists import units_of

_NO_DAY = "khong-ngay"


def read(context: SheetContext) -> None:
    """Read one list. Findings of one unit, day and document are one inspection, numbered in the order of the rows."""
    numbers: Counter[str] = Counter()
    for item in items(context, "unit"):
        row = item.row
        units = units_of(context, row, item.district)
        content = needed(context, row, "content") if units else None
        if content is None:
            continue
        day = day_if_stated(context, row, "inspection_date")
        due_date, due_rule = due_day(context, row, "due_date")
        state, _ = state_of(context, row)
        context.accept(row)
        for unit in units:
            document = context.text(row, "document")
            parts = [unit.unit_code, f"{day:%Y%m%d}" if day else _NO_DAY, read_decision(document).number or document]
            inspection_id = "-".join(part for part in parts if part)
            numbers[inspection_id] += 1
            context.reading.add(
                "inspection",
                {
                    "inspection_id": inspection_id,
                    "finding_no": numbers[inspection_id],
                    "unit_code": unit.unit_code,
                    "period_end": context.period.end,
                    "document": document or None,
                    "content": content,
                    "inspection_date": day,
                    "finding": context.text(row, "finding") or None,
                    "remedy": context.text(row, "remedy") or None,
                    "due_date": due_date,
                    "due_rule": due_rule,
                    "state": state,
                    **context.provenance(row, context.column("content")),
                },
            )
