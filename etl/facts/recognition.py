"""List of recognitions to recognition: events, in the order of their decisions, none overwriting another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from etl.clean.decisions import NO_NUMBER, read_decision
from etl.clean.standards import only_standard, standard_in
from etl.clean.vocabulary import contains, meanings, place_in, vocabulary
from etl.context import Fact, SheetContext
from etl.facts.list_cells import decision_of, result_year, standard_of, word
from etl.facts.named_set import set_of_cell
from etl.facts.records import Item, items
from etl.facts.unit_lists import units_of
from etl.read.header import Heading
from ntm.geo.names import text_key

_OF_STANDARD = ("result_year", "decision_no", "decision_date", "event", "field")
"""Roles that a list may have once for each standard, side by side."""

# A list of communes without its column of communes would make their districts recognised: one of districts says so.
_OF_COMMUNES = re.compile(r"(?<!thị )\bxã\b|^(?!.*\b(?:huyện|quận|thị xã|thành phố)\b)", re.I | re.S)


@dataclass(frozen=True)
class _Standing:
    """The columns that tell of one standard, as a context of their own. `standard` is what their headings name."""

    context: SheetContext
    standard: str | None = None


def read(context: SheetContext) -> None:
    """Read one list of recognitions. A row without a readable date of decision is set aside, never dated by guess."""
    title = context.title.title
    if "event" not in context.recognised.columns and contains(title, vocabulary("recognition_notes")["proposed"]):
        context.report("LIST_NOT_DECIDED", title=title)
        return
    standings = list(_standings(context))
    _report_unread(context, standings)
    role = "unit" if "unit" in context.recognised.columns else "district"
    if role == "district" and _OF_COMMUNES.search(context.title.title):
        context.report("UNIT_COLUMN_MISSING", title=context.title.title)
        return
    for item in items(context, role):
        units = units_of(context, item.row, item.district, role=role)
        if not units:
            continue
        facts = [(standing.context, fact) for standing in standings for fact in _events(standing, item, standings)]
        for its_context, fact in facts:
            for unit in units:
                set_code = set_of_cell(its_context, item.row, str(fact["standard"]), unit)
                context.reading.add("recognition", {"unit_code": unit.unit_code, "set_code": set_code, **fact})
        if facts or item.row not in context.reading.rejected:
            context.reading.rejected.discard(item.row)
            context.accept(item.row)


def _standings(context: SheetContext) -> Iterator[_Standing]:
    """Yield the standards that the columns tell of: one for each group of columns that names one, else one for all.

    Columns that could be of several standards are of none.
    """
    columns = context.recognised.columns
    groups: dict[str, dict[str, tuple[Heading, ...]]] = {}
    shared: dict[str, tuple[Heading, ...]] = {}
    for role in _OF_STANDARD:
        for heading in columns.get(role, ()):
            named = (standard_in(part) for part in heading.path) if "standard" not in columns else ()
            standard = next(filter(None, named), None)
            group = shared if standard is None else groups.setdefault(standard, {})
            group.setdefault(role, (heading,))
    if len(groups) > 1:
        for standard, group in groups.items():
            yield _Standing(_with_columns(context, group), standard)
    else:
        standard, group = next(iter(groups.items()), (None, {}))
        yield _Standing(_with_columns(context, {**shared, **group}), standard)


def _with_columns(context: SheetContext, columns: Mapping[str, tuple[Heading, ...]]) -> SheetContext:
    """Return the context with these columns for the roles of a standard; what it gives goes to the same reading."""
    rest = {role: found for role, found in context.recognised.columns.items() if role not in _OF_STANDARD}
    return replace(context, recognised=replace(context.recognised, columns={**rest, **columns}))


def _report_unread(context: SheetContext, standings: list[_Standing]) -> None:
    used = {heading for item in standings for found in item.context.recognised.columns.values() for heading in found}
    unread = [
        heading for role in _OF_STANDARD for heading in context.recognised.columns.get(role, ()) if heading not in used
    ]
    if unread:
        context.report("COLUMNS_NOT_READ", headings="; ".join(f"'{heading.text}'" for heading in unread))


def _events(standing: _Standing, item: Item, standings: list[_Standing]) -> Iterator[Fact]:
    """Yield the events that a row tells of one standard; else the row is set aside.

    Where standards stand side by side, columns that a row leaves empty tell that it has not reached that one.
    """
    context, row, is_alone = standing.context, item.row, len(standings) == 1
    if not is_alone and not any(context.text(row, role) for role in _OF_STANDARD):
        return
    standard = _standard(standing, item, is_alone=is_alone)
    event = _event(context, row) if standard else None
    if standard is None or event is None:
        return
    decision = decision_of(context, row, is_needed=True)
    if decision.day is None:
        return
    year, span = result_year(context, row)
    place = context.provenance(row, context.column("unit" if "unit" in context.recognised.columns else "district"))
    field = context.text(row, "field") or None
    fact: Fact = {"standard": standard, "result_year": year, "result_span": span, "field": field}
    yield {**fact, "event": event, "decision_no": decision.number, "decision_date": decision.day, **place}
    if noted := _noted_event(context, row, event, is_alone=is_alone):
        yield {**fact, **noted, **context.provenance(row, context.column("note"))}


def _standard(standing: _Standing, item: Item, *, is_alone: bool) -> str | None:
    """Return the standard of a row: its own cell, the headings over its columns, the group that it is in, the title."""
    context = standing.context
    if "standard" in context.recognised.columns and (context.text(item.row, "standard") or not item.standard):
        return standard_of(context, item.row)
    by_rows = item.standard if is_alone else None
    standard = by_rows or standing.standard or _standard_of_title(context)
    if standard is None:
        context.reject("STANDARD_UNKNOWN", item.row, "ordinal")
    return standard


def _standard_of_title(context: SheetContext) -> str | None:
    """Return the standard of the title; 'đạt chuẩn, hoàn thành nhiệm vụ' names two, so none."""
    title = context.title.title
    standard = only_standard(title)
    return (
        None if standard == "hoan_thanh" and contains(title, vocabulary("recognition_notes")["reached"]) else standard
    )


def _event(context: SheetContext, row: int) -> str | None:
    """Return what the decision did: its own column, else a note such as 'thu hồi', else what the title says of all."""
    if context.text(row, "event"):
        return word(context, row, "event", meanings("recognition_events"))
    noted = meanings("recognition_events").get(text_key(context.text(row, "note")))
    event = noted or _event_of_title(context)
    if event is None:
        context.reject("EVENT_UNKNOWN", row, "event" if "event" in context.recognised.columns else "note")
    return event


def _event_of_title(context: SheetContext) -> str | None:
    """Return what a list is of: 'thu hồi quyết định công nhận' withdrawals, 'công nhận, thu hồi' both, so None.

    Where a column of notes is for withdrawals, a row without such a note is a recognition.
    """
    words = vocabulary("recognition_notes")
    revoked, recognised = (place_in(context.title.title, words[event]) for event in ("revoked", "recognised"))
    notes = " ".join(heading.text for heading in context.recognised.columns.get("note", ()))
    if revoked is None or contains(notes, [words["revoked"]]):
        return "recognised"
    return None if recognised is not None and recognised < revoked else "revoked"


def _noted_event(context: SheetContext, row: int, event: str, *, is_alone: bool) -> Fact | None:
    """Return the later event that a note tells with a decision of its own ('Thu hồi theo QĐ số 9/QĐ-UBND ngày …').

    A note that speaks of one without saying by which decision, or of which standard, is asked about: no event yet.
    """
    note = context.text(row, "note")
    key = text_key(note)
    words = meanings("recognition_events")
    if key in words or not contains(note, vocabulary("recognition_notes")["mentions"]):
        return None
    begins = next(
        (words[word] for word in sorted(words, key=len, reverse=True) if f"{key} ".startswith(f"{word} ")), ""
    )
    if begins == event:
        return None
    decision = read_decision(note)
    if begins not in ("reaffirmed", "revoked") or decision.day is None or not is_alone:
        context.report_role("NOTE_EVENT_UNCLEAR", row, "note", found=note)
        return None
    return {"event": begins, "decision_no": decision.number or NO_NUMBER, "decision_date": decision.day}
