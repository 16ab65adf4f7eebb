"""Criteria matrix (communes, districts or the province × criteria) to criterion_result, and what stands beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from etl.clean.marks import MET, MarkReader, mark_key, mark_reader
from etl.clean.numbers import read_share
from etl.clean.value_kinds import value_kind
from etl.context import SheetContext
from etl.facts.criteria_columns import Judged, judged_columns, numbers_of
from etl.facts.criteria_sets import find_criteria_set, level_of_rows, naming_role
from etl.facts.criteria_units import Block, blocks
from etl.facts.criterion_cells import Blanks, Subject, add_criterion, read_mark
from etl.facts.indicator_value import indicator_cells, read_indicators
from etl.facts.matrix_totals import read_achieved_year, read_total
from etl.read.rows import Row
from etl.read.title import read_legends


def read(context: SheetContext) -> None:
    """Read one criteria matrix. A sheet whose criteria set is not named is refused whole: none is guessed."""
    criteria_set = find_criteria_set(context, level_of_rows(context), numbers_of(context))
    if criteria_set is None:
        return
    judged = judged_columns(context, criteria_set)
    if not judged:
        return  # each column has its finding
    columns = {item.outcome: item.criterion_no for item in judged if item.indicator is None and item.outcome}
    legends = read_legends(context.table)
    met: Counter[str] = Counter()
    found, totals = blocks(context, criteria_set.unit_level)
    cells = indicator_cells(context, criteria_set, judged, [row.number for block in found for row, _ in block.units])
    for block in found:
        legend = legends.of(block.name)
        reader = mark_reader(_marks(context, block, columns), legend)
        indicator_reader = mark_reader(cells.marks(context, [row.number for row, _ in block.units]), legend)
        in_block: Counter[str] = Counter()
        for row, unit in block.units:
            subject = Subject(unit, criteria_set.set_code, context.period.end, value_kind(context.title.title))
            if _is_silent(context, row, judged, unit.name):
                continue
            outcomes = _read_criteria(context, row, subject, columns, reader)
            loaded = read_indicators(context, row.number, subject, cells, indicator_reader, outcomes)
            _settle(context, row, is_loaded=bool(outcomes) or loaded)
            met_here = [columns[column] for column, outcome in outcomes.items() if outcome == MET]
            in_block.update(met_here)
            read_achieved_year(context, row.number, subject)
            if columns:
                read_total(context, row.number, subject, criteria_set, sum(map(str.isdigit, met_here)))
        for row in block.counts:
            _reconcile(context, row, columns, in_block)
        met += in_block
    for row in totals:
        _reconcile(context, row, columns, met)


def _marks(context: SheetContext, block: Block, columns: Mapping[int, str]) -> list[object]:
    return [context.grid.value(row.number, column) for row, _ in block.units for column in columns]


def _is_silent(context: SheetContext, row: Row, judged: Sequence[Judged], name: str) -> bool:
    """Set a row aside that has no mark at all: 0 of 19 is not what a unit means that has not sent its figures."""
    columns = [column for item in judged for column in (item.outcome, item.result) if column]
    number = row.number
    is_blank = all(
        mark_key(context.grid.value(number, column)) == "" and not context.fault(number, column) for column in columns
    )
    if is_blank and context.text(number, "stated_total") != "0":
        context.reject("ROW_NOT_REPORTED", number, naming_role(context), name=name)
        return True
    return False


def _read_criteria(
    context: SheetContext, row: Row, subject: Subject, columns: Mapping[int, str], reader: MarkReader
) -> dict[int, str]:
    """Load one unit's marks and return their outcomes by column."""
    outcomes: dict[int, str] = {}
    blanks = Blanks()
    for column, number in columns.items():
        mark = read_mark(context, row.number, column, reader, subject)
        if mark is None:
            continue
        outcomes[column] = mark.outcome
        add_criterion(context, subject, number, mark, row.number, column)
        if not reader.is_blank_explained and mark_key(context.grid.value(row.number, column)) == "":
            blanks.places[row.number, column] = number
    blanks.report(context)
    return outcomes


def _settle(context: SheetContext, row: Row, *, is_loaded: bool) -> None:
    if is_loaded:
        context.accept(row.number)
    else:
        context.reading.rejected.add(row.number)  # every cell has its own finding


def _reconcile(context: SheetContext, row: Row, columns: Mapping[int, str], counted: Mapping[str, int]) -> None:
    """Compare the counts of a sub-total or total row with what was read; one finding for a row.

    A single unit that is set aside changes every count above it: a finding for each would bury the cause.
    """
    differences = {
        column: (number, share.part, counted.get(number, 0))
        for column, number in columns.items()
        if (share := read_share(context.grid.value(row.number, column))) and share.part != counted.get(number, 0)
    }
    if differences:
        listed = "; ".join(f"{number}: {stated}/{count}" for number, stated, count in differences.values())
        context.report("COUNT_MISMATCH", row.number, min(differences), row=row.name, differences=listed)
