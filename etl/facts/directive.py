"""List of tasks that documents give (nhiệm vụ được giao) to directive: who is to do what by when, and whether it is."""

from __future__ import annotations

import hashlib

from etl.clean.decisions import read_decision
from etl.clean.states import read_state
from etl.context import SheetContext
from etl.facts.list_cells import day_if_stated, due_day, needed, state_of
from etl.facts.records import Item, items
from ntm.geo.names import text_key

_ID_LENGTH = 12
_DONE = "done"


def read(context: SheetContext) -> None:
    """Read one list. A due date that recurs ('trước ngày 20 hằng tháng') is kept in its words, without a day."""
    for item in items(context, "task", under_districts=False):
        row = item.row
        task = needed(context, row, "task")
        if task is None:
            continue
        document = _document(context, item)
        agency = context.text(row, "agency") or None
        due_date, due_rule = due_day(context, row, "due_date")
        state, done_date = state_of(context, row)
        in_words, _ = read_state(context.text(row, "done_date"))
        if in_words is None:
            done_date = day_if_stated(context, row, "done_date") or (done_date if state == _DONE else None)
        context.accept(row)
        context.reading.add(
            "directive",
            {
                "directive_id": _directive_id(context.province.unit_code, document, task, agency or ""),
                "period_end": context.period.end,
                "document": document,
                "task": task,
                "agency": agency,
                "partner": context.text(row, "partner") or None,
                "due_date": due_date,
                "due_rule": due_rule,
                "done_date": done_date,
                "state": state or in_words or (_DONE if done_date else None),
                **context.provenance(row, context.column("task")),
            },
        )


def _document(context: SheetContext, item: Item) -> str:
    """Return the document that gives a task: its own column, the group row that cites one, the sheet's, its title."""
    group = item.group if "/" in (read_decision(item.group).number or "") else ""
    return context.text(item.row, "document") or group or context.title.document or context.title.title


def _directive_id(*parts: str) -> str:
    """Return an id that stays the same when the list is sent again with other dates, rows or ways of writing."""
    key = "|".join(text_key(part) for part in parts)
    return hashlib.sha256(key.encode()).hexdigest()[:_ID_LENGTH]
