"""Criteria matrix (communes × criteria) to criterion_result."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from etl.clean.marks import MET, UNKNOWN, MarkReader, mark_key, mark_reader
from etl.clean.numbers import VIETNAMESE, read_number
from etl.clean.vocabulary import longest_meaning
from etl.context import CriteriaSet, SheetContext
from etl.read.grid import cell_name
from etl.read.rows import GROUP, ITEM, TOTAL, Row
from etl.read.table import Heading
from etl.read.title import read_legend
from etl.units import match_commune, match_district
from ntm.geo.names import text_key
from ntm.geo.units import Unit

_DECISION = re.compile(r"(\d+)\s*/\s*QĐ-TTg", re.I)
_SPAN = re.compile(r"(20\d{2})\s*[-–]\s*(20\d{2})")


@dataclass
class _Block:
    """The communes of one district: they share a way of marking, and a sub-total row when the form has one."""

    group: Row | None
    district: Unit | None
    rows: list[tuple[Row, Unit]] = field(default_factory=list)


def read(context: SheetContext) -> None:
    """Read one criteria matrix. A sheet whose criteria set is not named is refused whole: none is guessed."""
    criteria_set = find_criteria_set(context)
    if criteria_set is None:
        context.report("SET_UNKNOWN", title=context.title.title)
        return
    criteria = dict(_criterion_columns(context, criteria_set))
    legend = read_legend(context.table)
    met: dict[str, int] = defaultdict(int)
    blocks, total = _blocks(context)
    for block in blocks:
        cells = [context.grid.value(row.number, column) for row, _ in block.rows for column in criteria]
        reader = mark_reader(cells, legend)
        counted: dict[str, int] = defaultdict(int)
        for row, unit in block.rows:
            for criterion_no in _read_row(context, row, unit, criteria, criteria_set, reader):
                counted[criterion_no] += 1
                met[criterion_no] += 1
        if block.group:
            _reconcile(context, block.group, criteria, counted)
    if total:
        _reconcile(context, total, criteria, met)


def find_criteria_set(context: SheetContext) -> CriteriaSet | None:
    """Return the set that the title block names, by its decision, else by its standard and span of years."""
    text = " ".join(context.title.texts)
    standard = longest_meaning("standards", context.title.title) or "ntm"
    candidates = [
        item
        for item in context.reference.criteria_sets
        if item.standard == standard
        and item.unit_level == "commune"
        and item.province_code in ("", context.province.unit_code)
    ]
    decisions = {match[1] for match in _DECISION.finditer(text)}
    spans = {f"{match[1]}_{match[2]}" for match in _SPAN.finditer(text)}
    by_decision = [
        item for item in candidates if (m := _DECISION.search(item.decision)) and m[1] in decisions
    ]
    by_span = [item for item in candidates if any(item.set_code.endswith(span) for span in spans)]
    for found in (by_decision, by_span):
        if len(found) == 1:
            return found[0]
    return None


def _criterion_columns(context: SheetContext, criteria_set: CriteriaSet) -> Iterator[tuple[int, str]]:
    for heading in context.recognised.columns["criterion"]:
        number = _criterion_number(heading)
        name = heading.path[-1]
        known = criteria_set.criteria.get(number)
        if criteria_set.criteria and known is None:
            context.report("CRITERION_UNKNOWN", context.table.header_bottom, heading.column, number=number)
            continue
        is_named = not re.fullmatch(r"\W*\d+\W*", name) and number not in name
        if known and is_named and not _same_criterion(name, known):
            context.report(
                "CRITERION_NAME_DIFFERS",
                context.table.header_bottom,
                heading.column,
                number=number,
                known=known,
            )
        yield heading.column, number


def _criterion_number(heading: Heading) -> str:
    numbers = [match[0] for part in heading.path if (match := re.search(r"\d{1,2}(?=(?:\.0)?$)", part))]
    return str(int(numbers[0]))


def _same_criterion(written: str, known: str) -> bool:
    """Tell whether a heading names the criterion; offices shorten ('Thủy lợi…', 'QP và AN')."""
    ours, theirs = text_key(known).split(), text_key(written).split()
    initials = "".join(word[0] for word in ours)
    return ours[:1] == theirs[:1] or bool(set(ours) & set(theirs)) or initials.startswith(theirs[0][:1])


def _blocks(context: SheetContext) -> tuple[list[_Block], Row | None]:
    """Return the district blocks and the total row; rows whose unit is not found are set aside on the way."""
    blocks = [_Block(None, None)]
    total = None
    seen: dict[str, str] = {}
    name_column = context.recognised.column("unit") or context.table.ordinal_column
    for row in context.rows("unit"):
        if row.kind == ITEM:
            unit = match_commune(context, row.number, row.name, blocks[-1].district) if row.name else None
            if not row.name:
                context.reject("UNIT_MISSING", row.number, "unit")
            elif unit and unit.unit_code in seen:
                context.reject("UNIT_TWICE", row.number, "unit", name=unit.name, first=seen[unit.unit_code])
            elif unit:
                seen[unit.unit_code] = cell_name(row.number, name_column)
                blocks[-1].rows.append((row, unit))
            continue
        context.reading.rows_loaded += 1
        if row.kind == GROUP:
            blocks.append(_Block(row, match_district(context, row.number, row.name, "unit")))
        elif row.kind == TOTAL:
            total = row
    return blocks, total


def _read_row(
    context: SheetContext,
    row: Row,
    unit: Unit,
    criteria: dict[int, str],
    criteria_set: CriteriaSet,
    reader: MarkReader,
) -> list[str]:
    """Load one commune's marks and return the criteria that it meets."""
    grid = context.grid
    if not any(mark_key(grid.value(row.number, column)) for column in criteria):
        if not any((row.number, column) in grid.errors for column in criteria):
            context.reject("ROW_NOT_REPORTED", row.number, "unit", name=unit.name)
            return []
    context.reading.rows_loaded += 1
    met = []
    for column, criterion_no in criteria.items():
        outcome = _read_mark(context, row.number, column, reader)
        if outcome is None:
            continue
        if outcome == MET:
            met.append(criterion_no)
        context.reading.add(
            "criterion_result",
            {
                "unit_code": unit.unit_code,
                "set_code": criteria_set.set_code,
                "criterion_no": criterion_no,
                "period_end": context.period.end,
                "value_kind": longest_meaning("value_kinds", context.title.title) or "actual",
                "outcome": outcome,
                **context.provenance(row.number, column),
            },
        )
    stated = read_number(context.value(row.number, "stated_total"), VIETNAMESE)
    if stated is not None and stated != len(met):
        context.report_role("TOTAL_MISMATCH", row.number, "stated_total", stated=stated, counted=len(met))
    return met


def _read_mark(context: SheetContext, row: int, column: int, reader: MarkReader) -> str | None:
    """Return the outcome of a mark; None for a cell that holds an error and so states nothing."""
    if (row, column) in context.grid.errors:
        context.report("CELL_ERROR", row, column)
        return None
    if (row, column) in context.grid.uncached:
        context.report("CELL_UNCALCULATED", row, column)
        return None
    value = context.grid.value(row, column)
    outcome = reader.outcome(value)
    if outcome is None:
        context.report("MARK_UNKNOWN", row, column)
        return UNKNOWN
    if mark_key(value) == "" and reader.blank_rule == "none":
        context.report("MARK_BLANK", row, column)
    return outcome


def _reconcile(context: SheetContext, row: Row, criteria: dict[int, str], counted: dict[str, int]) -> None:
    """Compare the counts of a sub-total or total row with what was read."""
    for column, criterion_no in criteria.items():
        stated = read_number(context.grid.value(row.number, column), VIETNAMESE)
        if stated is not None and stated != counted[criterion_no]:
            context.report(
                "COUNT_MISMATCH",
                row.number,
                column,
                stated=stated,
                counted=counted[criterion_no],
                row=row.name,
            )
