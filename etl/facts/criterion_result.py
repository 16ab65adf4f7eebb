"""Criteria matrix (communes × criteria) to criterion_result."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from etl.clean.marks import MET, NOT_MET, UNKNOWN, MarkReader, mark_key, mark_reader, planned_year
from etl.clean.numbers import read_share
from etl.clean.value_kinds import value_kind
from etl.context import Fact, SheetContext
from etl.facts.criteria_sets import criterion_columns, find_criteria_set
from etl.read.grid import cell_name
from etl.read.rows import GROUP, ITEM, TOTAL, Row
from etl.read.title import read_legends
from etl.units import match_commune, match_district
from ntm.geo.names import text_key
from ntm.geo.units import Unit

Columns = Mapping[int, str]
"""Criterion number by column."""
_SUBTOTAL = text_key("cộng")


@dataclass
class _Block:
    """The communes of one district: they share a way of marking, and rows that count them."""

    name: str = ""
    district: Unit | None = None
    communes: list[tuple[Row, Unit]] = field(default_factory=list)
    counts: list[Row] = field(default_factory=list)


def read(context: SheetContext) -> None:
    """Read one criteria matrix. A sheet whose criteria set is not named is refused whole: none is guessed."""
    criteria_set = find_criteria_set(context)
    if criteria_set is None:
        context.report("SET_UNKNOWN", title=context.title.title)
        return
    columns = dict(criterion_columns(context, criteria_set))
    if not columns:
        return  # each column has its finding
    legends = read_legends(context.table)
    met: Counter[str] = Counter()
    blocks, totals = _blocks(context)
    common: Fact = {
        "set_code": criteria_set.set_code,
        "period_end": context.period.end,
        "value_kind": value_kind(context.title.title),
    }
    for block in blocks:
        reader = mark_reader(_marks(context, block, columns), legends.of(block.name))
        in_block: Counter[str] = Counter()
        for row, unit in block.communes:
            in_block.update(_read_commune(context, row, unit, columns, common, reader))
        for row in block.counts:
            _reconcile(context, row, columns, in_block)
        met += in_block
    for row in totals:
        _reconcile(context, row, columns, met)


def _marks(context: SheetContext, block: _Block, columns: Columns) -> list[object]:
    return [context.grid.value(row.number, column) for row, _ in block.communes for column in columns]


def _blocks(context: SheetContext) -> tuple[list[_Block], list[Row]]:
    """Return the district blocks and the total rows; rows whose unit is not found are set aside on the way."""
    blocks = [_Block()]
    totals: list[tuple[Row, _Block]] = []
    seen: dict[str, str] = {}
    for row in context.rows("unit"):
        if row.kind == ITEM:
            unit = _commune(context, row, blocks[-1].district, seen)
            if unit:
                seen[unit.unit_code] = cell_name(row.number, context.column("unit"))
                blocks[-1].communes.append((row, unit))
            continue
        context.accept(row.number)
        if row.kind == GROUP:
            district = match_district(context, row.number, row.name, "unit")
            blocks.append(_Block(row.name, district, counts=[row]))
        elif row.kind == TOTAL:
            totals.append((row, blocks[-1]))
    if len(totals) == 1:  # 'Cộng' alone is the province's; several are those of the districts above them
        return blocks, [totals[0][0]]
    for row, block in totals:
        if text_key(row.name).split()[:1] == [_SUBTOTAL]:
            block.counts.append(row)
    return blocks, [row for row, block in totals if row not in block.counts]


def _commune(context: SheetContext, row: Row, district: Unit | None, seen: Mapping[str, str]) -> Unit | None:
    """Return the commune of a row, or set the row aside: no name, not in the register, or there already."""
    if code := context.fault(row.number, context.column("unit")):
        context.reject(code, row.number, "unit")
        return None
    if not row.name:
        context.reject("UNIT_MISSING", row.number, "unit")
        return None
    unit = match_commune(context, row.number, row.name, district)
    if unit and unit.unit_code in seen:
        context.reject("UNIT_TWICE", row.number, "unit", name=unit.name, first=seen[unit.unit_code])
        return None
    return unit


def _read_commune(
    context: SheetContext,
    row: Row,
    unit: Unit,
    columns: Columns,
    common: Fact,
    reader: MarkReader,
) -> list[str]:
    """Load one commune's marks and return the criteria that it meets."""
    number = row.number
    stated = read_share(context.value(number, "stated_total"))
    is_silent = all(
        mark_key(context.grid.value(number, column)) == "" and not context.fault(number, column) for column in columns
    )
    if is_silent and context.text(number, "stated_total") != "0":
        context.reject("ROW_NOT_REPORTED", number, "unit", name=unit.name)
        return []
    outcomes = {column: outcome for column in columns if (outcome := _read_mark(context, number, column, reader))}
    for column, outcome in outcomes.items():
        context.reading.add(
            "criterion_result",
            {
                **common,
                "unit_code": unit.unit_code,
                "criterion_no": columns[column],
                "outcome": outcome,
                **context.provenance(number, column),
            },
        )
    if outcomes:
        context.accept(number)
    else:
        context.reading.rejected.add(number)  # every mark has its own finding
    _report_blanks(context, number, outcomes, columns, reader)
    met = [columns[column] for column, outcome in outcomes.items() if outcome == MET]
    if stated is not None and (stated.part != len(met) or stated.whole not in (None, len(columns))):
        written = context.text(number, "stated_total")
        context.report_role("TOTAL_MISMATCH", number, "stated_total", stated=written, counted=len(met))
    return met


def _read_mark(context: SheetContext, row: int, column: int, reader: MarkReader) -> str | None:
    """Return the outcome of a mark; None for a cell that holds an error and so states nothing."""
    if code := context.fault(row, column):
        context.report(code, row, column)
        return None
    value = context.grid.value(row, column)
    is_percent = context.grid.origin(row, column) in context.grid.percents
    outcome = None if is_percent else reader.outcome(value)
    if outcome:
        return outcome
    if year := planned_year(value, context.period.end):
        context.report("MARK_PLANNED", row, column, year=year)
        return NOT_MET
    context.report("MARK_UNKNOWN", row, column)
    return UNKNOWN


def _report_blanks(
    context: SheetContext, row: int, outcomes: Mapping[int, str], columns: Columns, reader: MarkReader
) -> None:
    """Write down, once for a row, the blanks whose meaning nothing explains."""
    if reader.is_blank_explained:
        return
    blanks = [column for column in outcomes if mark_key(context.grid.value(row, column)) == ""]
    if blanks:
        numbers = ", ".join(columns[column] for column in blanks)
        context.report("MARK_BLANK", row, blanks[0], numbers=numbers)


def _reconcile(context: SheetContext, row: Row, columns: Columns, counted: Mapping[str, int]) -> None:
    """Compare the counts of a sub-total or total row with what was read; one finding for a row.

    A single commune that is set aside changes every count above it: a finding for each would bury the cause.
    """
    differences = {
        column: (number, share.part, counted.get(number, 0))
        for column, number in columns.items()
        if (share := read_share(context.grid.value(row.number, column))) and share.part != counted.get(number, 0)
    }
    if differences:
        listed = "; ".join(f"{number}: {stated}/{count}" for number, stated, count in differences.values())
        context.report("COUNT_MISMATCH", row.number, min(differences), row=row.name, differences=listed)
