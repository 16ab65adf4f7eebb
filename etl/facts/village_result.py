"""List of villages (thôn, ấp, bản, khu dân cư) to village_result: which hold the standard, by which decision."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from etl.clean.decisions import NO_NUMBER, Decision
from etl.clean.marks import MET, NOT_MET, UNKNOWN, mark_key, usual_marks
from etl.clean.value_kinds import value_kind
from etl.clean.villages import split_village, village_kind, village_standard
from etl.clean.vocabulary import contains, vocabulary
from etl.context import SheetContext
from etl.facts.list_cells import count_if_stated, decision_of, needed, result_year
from etl.facts.records import Item, items, unit_of
from etl.facts.row_units import match_commune
from ntm.geo.names import KINDS, unit_name_key
from ntm.geo.units import Unit


def read(context: SheetContext) -> None:
    """Read one list of villages. Communes stand in a column, in group rows, or in the title block."""
    heading = " ".join(item.text for item in context.recognised.columns["village"])
    known_kind = village_kind(heading) or village_kind(context.title.title)
    kind_of_value = value_kind(context.title.title)
    for item in _villages(context):
        row = item.row
        name = needed(context, row, "village")
        unit = _commune(context, item) if name else None
        standard = _standard(context, item) if unit else None
        if name is None or unit is None or standard is None:
            continue
        decision = decision_of(context, row)
        year, span = result_year(context, row)
        outcome = _outcome(context, row, decision, year, span, kind_of_value)
        if outcome is None:
            context.report_role("VILLAGE_OUTCOME_UNKNOWN", row, "village", name=name)
        kind, village = split_village(name)
        context.accept(row)
        context.reading.add(
            "village_result",
            {
                "unit_code": unit.unit_code,
                "village": village,
                "village_kind": kind or known_kind,
                "standard": standard,
                "outcome": outcome or UNKNOWN,
                "criteria_met": count_if_stated(context, row, "criteria_met"),
                "result_year": year,
                "result_span": span,
                "decision_no": None if decision.number == NO_NUMBER else decision.number,
                "decision_date": decision.day,
                "period_end": context.period.end,
                "value_kind": kind_of_value,
                **context.provenance(row, context.column("village")),
            },
        )


def _villages(context: SheetContext) -> Iterator[Item]:
    """Yield the villages; a row named 'Xã …' heads those of that commune, whatever its ordinal."""
    commune, district = "", None
    for item in items(context, "village", names_units=True):
        if item.district != district:
            commune, district = "", item.district
        if unit_name_key(context.text(item.row, "village"))[0] in KINDS["commune"]:
            commune = context.text(item.row, "village")
            context.accept(item.row)
        else:
            yield replace(item, commune=commune or item.commune)


def _commune(context: SheetContext, item: Item) -> Unit | None:
    """Return the commune of a village, or set the row aside."""
    if context.text(item.row, "unit"):
        unit = unit_of(context, item.row, item.district)
    elif item.commune:
        unit = match_commune(context, item.row, item.commune, item.district)
    else:
        unit = context.unit
    if unit is not None and unit.level != "commune":
        context.reject("UNIT_MISSING", item.row, "unit")
        return None
    return unit


def _standard(context: SheetContext, item: Item) -> str | None:
    text = context.text(item.row, "standard")
    if text:
        standard = village_standard(text)
        if standard is None:
            context.reject("WORD_UNKNOWN", item.row, "standard", found=text)
        return standard
    standard = item.standard or village_standard(context.title.title, is_title=True)
    if standard is None:
        context.reject("STANDARD_UNKNOWN", item.row, "standard")
    return standard


def _outcome(
    context: SheetContext, row: int, decision: Decision, year: int | None, span: str | None, kind_of_value: str
) -> str | None:
    """Return the outcome: its own column, else a decision or year, else what the title says of all. None: not clear."""
    if "outcome" in context.recognised.columns:
        mark = mark_key(context.value(row, "outcome"))
        if mark and mark not in usual_marks():
            context.report_role("MARK_UNKNOWN", row, "outcome")
        return usual_marks().get(mark, UNKNOWN)
    if year is not None and year > context.period.end.year and kind_of_value == "actual":
        context.report_role("MARK_PLANNED", row, "result_year", year=year)
        return NOT_MET
    if decision.day or decision.number != NO_NUMBER or year or span:
        return MET
    title = context.title.title
    is_proposed = kind_of_value == "actual" and contains(title, vocabulary("recognition_notes")["proposed"])
    return MET if contains(title, vocabulary("villages")["reached"]) and not is_proposed else None
