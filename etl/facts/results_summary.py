"""Biểu 05 and 06 (contents in rows, periods in columns) to commune_count for bands, to stated_result for the rest."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from etl.clean.bands import Band, read_band
from etl.clean.money import take_apart
from etl.clean.numbers import read_percent
from etl.clean.vocabulary import contains, contains_all, vocabulary
from etl.context import CriteriaSet, SheetContext
from etl.facts.counts import read_count, read_span
from etl.facts.criteria_sets import COMMUNE, find_criteria_set
from etl.facts.criterion_cells import Writing, writing_of
from etl.facts.period_columns import PeriodColumn, period_columns, report_same_period
from etl.facts.stated import Stated, add_stated
from etl.read.rows import DERIVED, GROUP, ITEM, TOTAL, Row

_OF_CRITERIA = re.compile(r"tiêu chí|\bTC\b", re.I)
_BARE_BAND = re.compile(r"[-–+•\s]*(?:từ|dưới|trên|<|>|≤|≥|<=|>=)?\s*\d{1,2}(?:\s*(?:-|–|—|đến|tới)\s*\d{1,2})?", re.I)
_OTHER_UNITS = ("huyện", "thị xã", "tỉnh", "thôn", "ấp", "bản")


@dataclass(frozen=True)
class _Line:
    """One row of contents: its wording, the section above it, and the band of communes that it counts, if it does."""

    row: int
    content: str
    section: str | None
    band: Band | None


def read(context: SheetContext) -> None:
    """Read one summary. Bands need the criteria set that they count with; without one they are kept as wordings."""
    columns = _columns(context)
    if not columns:
        return  # each column has its finding
    criteria_set = find_criteria_set(context, COMMUNE, is_needed=False)
    rows = context.rows("content", names_units=False)
    lines = list(_lines(context, rows, criteria_set))
    writings = {column.column: writing_of(context, [line.row for line in lines], column.column) for column in columns}
    if criteria_set is None and any(line.band for line in lines):
        context.report("BANDS_WITHOUT_SET", min(line.row for line in lines if line.band), context.column("content"))
    for line in lines:
        read_any = [_read_cell(context, line, column, criteria_set, writings[column.column]) for column in columns]
        is_blank = not any(context.grid.text(line.row, column.column) for column in columns)
        if is_blank or any(read_any):
            context.accept(line.row)
        else:
            context.reading.rejected.add(line.row)  # every cell has its own finding


def _columns(context: SheetContext) -> list[PeriodColumn]:
    """Return the columns of figures; those that mean the same are refused."""
    same: dict[tuple[object, ...], list[PeriodColumn]] = defaultdict(list)
    for column in period_columns(context, "value"):
        same[column.key].append(column)
    for twins in same.values():
        if len(twins) > 1:
            report_same_period(context, twins)
    return [twins[0] for twins in same.values() if len(twins) == 1]


def _lines(context: SheetContext, rows: Sequence[Row], criteria_set: CriteriaSet | None) -> Sequence[_Line]:
    """Return the rows that state something; headings of sections give their name to those below."""
    section: str | None = None
    is_under_bands = False
    lines = []
    for row in rows:
        content = _content(context, row)
        if row.kind == GROUP:
            section, is_under_bands = content, False
            if not _is_filled(context, row.number):
                context.accept(row.number)
                continue
        if row.kind not in (ITEM, GROUP, TOTAL, DERIVED) or not content:
            context.reject("CONTENT_MISSING", row.number, "content")
            continue
        total = criteria_set.total if criteria_set else None
        band = read_band(content.strip("-–+• "), total or 99)
        says_so = bool(_OF_CRITERIA.search(content)) and not contains(content, _OTHER_UNITS)
        is_bare = bool(_BARE_BAND.fullmatch(content)) and is_under_bands and not contains(section or "", _OTHER_UNITS)
        is_band = band is not None and (says_so or is_bare)
        is_under_bands = is_band or (is_under_bands and is_bare) or says_so
        lines.append(_Line(row.number, content, section, band if is_band else None))
    return lines


def _content(context: SheetContext, row: Row) -> str:
    """Return the wording of a row; '5-9' may have become a date."""
    return read_span(context, row.number, context.column("content")) or row.name or row.ordinal


def _is_filled(context: SheetContext, row: int) -> bool:
    headings = context.recognised.columns["value"]
    return any(context.grid.text(row, heading.column) for heading in headings)


def _read_cell(
    context: SheetContext, line: _Line, column: PeriodColumn, criteria_set: CriteriaSet | None, writing: Writing
) -> bool:
    """Load one cell; tell whether it stated something that can be read."""
    if line.band and criteria_set:
        share = read_count(context, line.row, column.column)
        if share is None:
            return False
        context.reading.add(
            "commune_count",
            {
                "unit_code": context.unit.unit_code,
                "period_end": column.period_end,
                "value_kind": column.value_kind,
                "set_code": criteria_set.set_code,
                "unit_group": column.unit_group,
                "band_low": line.band.low,
                "band_high": line.band.high,
                "communes": share.part,
                **context.provenance(line.row, column.column),
            },
        )
        return True
    value = _number(context, line.row, column.column, writing)
    if value is None:
        return False
    stated = Stated(
        unit_code=context.unit.unit_code,
        period_end=column.period_end,
        value_kind=column.value_kind,
        content=line.content,
        value=value,
        metric=metric_of(line.content),
        unit=context.text(line.row, "measure") or None,
        section=line.section if line.section != line.content else None,
        unit_group=column.unit_group,
    )
    add_stated(context, stated, line.row, column.column)
    return True


def _number(context: SheetContext, row: int, column: int, writing: Writing) -> Decimal | None:
    """Return the number of a cell, a percentage as 0-100; None for an empty one, or with its finding."""
    if context.report_fault(row, column):
        return None
    value, origin = context.grid.value(row, column), context.grid.origin(row, column)
    if not context.grid.text(row, column):
        return None
    if origin in context.grid.date_formats or "/" in context.grid.text(row, column):
        share = read_count(context, row, column)
        return Decimal(share.part) if share else None
    written = take_apart(value)
    number = read_percent(written.number, is_share=context.grid.is_percent(row, column))
    number = written.read(writing.style) if number is None else number
    if number is None:
        context.report("NUMBER_UNREADABLE", row, column)
    elif written.is_approximate:
        context.report("VALUE_APPROXIMATE", row, column)
    return number


def metric_of(content: str) -> str | None:
    """Return the code of what a wording counts, None when it is not known."""
    rules: Sequence[Mapping[str, Any]] = vocabulary("stated_metrics")
    found = (
        rule for rule in rules if contains_all(content, rule["all"]) and not contains(content, rule.get("none", ()))
    )
    return next((str(rule["metric"]) for rule in found), None)
