"""Tasks with a due date: directives that are not done, and reports that have not been received."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from ntm.metrics.payments import as_date
from ntm.model import is_missing
from ntm.reports.deck.model import Sentence, Slide
from ntm.reports.deck.writing import TableRow, Writer

_MOST = 30
"""Rows in a table: three slides; how many more there are is said."""


def directives(w: Writer) -> tuple[Slide, ...]:
    """Return the directives of the unit's own lists that are not done, overdue ones first; nothing without a list."""
    t = w.t
    found = w.read("directives_open", unit=w.material.unit.code, month=w.month)
    if not len(found):
        return ()
    until, rows = t.format.day(as_date(found["told_until"].iloc[0])), found[found["task"].notna()]
    overdue = rows[rows["is_overdue"].fillna(False).astype(bool)]
    words = {
        "count": w.number("directives", len(rows), t("deck.tasks.definition_directives"), rows),
        "overdue": w.number("directives_overdue", len(overdue), t("deck.tasks.definition_overdue"), overdue),
    }
    listed: list[TableRow] = [
        (str(row["task"]), str(row["document"]), _text(row["agency"]), _due(w, row), _state(w, row))
        for row in rows.head(_MOST).to_dict("records")
    ]
    head = tuple(t(f"deck.tasks.{name}") for name in ("task", "document", "agency", "due", "state"))
    said = [w.say("directives", "deck.tasks.say_directives", day=until, **words), _more(w, "directives", len(rows))]
    title = w.title("deck.tasks.title_directives", **words)
    return w.pages("directives", title, head, listed, said, source=t("form.directives"))


def submissions(w: Writer) -> tuple[Slide, ...]:
    """Return the reports of the unit and of those within it that are not received; nothing without a list."""
    t, period = w.t, w.material.period
    found = w.read("submissions_open", unit=w.material.unit.code, first_year=period.first_year, month=w.month)
    if not len(found):
        return ()
    rows = found[found["form"].notna()]
    overdue = rows[rows["is_overdue"].fillna(False).astype(bool)]
    words = {
        "count": w.number("submissions", len(rows), t("deck.tasks.definition_submissions"), rows),
        "all": w.number("submissions_all", int(found["reports"].iloc[0]), t("deck.tasks.definition_reports"), rows),
        "overdue": w.number("submissions_overdue", len(overdue), t("deck.tasks.definition_overdue"), overdue),
    }
    listed: list[TableRow] = [
        (str(row["name"]), str(row["form"]), _day(w, row["period_end"]), _due(w, row), _state(w, row))
        for row in rows.head(_MOST).to_dict("records")
    ]
    head = tuple(t(f"deck.tasks.{name}") for name in ("owing", "report", "period", "due", "state"))
    said = [w.say("submissions", "deck.tasks.say_submissions", **words), _more(w, "submissions", len(rows))]
    title = w.title("deck.tasks.title_submissions", **words)
    return w.pages("submissions", title, head, listed, said, source=t("form.submissions"))


def _more(w: Writer, name: str, count: int) -> Sentence | None:
    if count <= _MOST:
        return None
    more = w.number(f"{name}_more", count - _MOST, w.t("deck.arrears.definition_more"))
    return w.say(f"{name}_more", "deck.arrears.rest", count=more)


def _due(w: Writer, row: Mapping[Hashable, Any]) -> str | None:
    """Return the due date in the words of its document, where it has some, else the day."""
    return _text(row["due_rule"]) or _day(w, row["due_date"])


def _state(w: Writer, row: Mapping[Hashable, Any]) -> str:
    if not is_missing(row["is_overdue"]) and row["is_overdue"]:
        return w.t("state.overdue")
    return w.t("state.unknown") if is_missing(row["state"]) else w.t(f"state.{row['state']}")


def _day(w: Writer, value: object) -> str | None:
    return None if is_missing(value) else w.t.format.day(as_date(pd.Timestamp(value)))  # type: ignore[arg-type]


def _text(value: object) -> str | None:
    return None if is_missing(value) else str(value)
