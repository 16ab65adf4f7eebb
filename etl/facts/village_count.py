"""Villages counted by commune or district to stated_result: how many there are, how many hold a standard."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal

from etl.clean.value_kinds import value_kind
from etl.context import SheetContext
from etl.facts.counts import read_count
from etl.facts.records import items, unit_of
from etl.facts.stated import Stated, add_stated
from etl.read.header import Heading
from ntm.geo.units import Unit

_WHOLE = "villages"
_METRICS = (_WHOLE, "villages_ntm", "villages_kieu_mau")
_UNIT = "thôn"
Columns = Mapping[str, Heading]
Counts = Mapping[str, Decimal]


def read(context: SheetContext) -> None:
    """Read one count of villages. A row of a district that has communes of its own below only has to add up."""
    columns = {name: found for name in _METRICS for found in context.recognised.columns.get(name, ())[:1]}
    sums: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    districts: list[tuple[int, Unit, Counts]] = []
    totals: list[int] = []
    for item in items(context, "unit", totals=totals):
        unit = unit_of(context, item.row, item.district)
        if unit is None:
            continue
        counts, is_sound = _counts(context, item.row, columns)
        if not is_sound and not counts:
            context.reading.rejected.add(item.row)
            continue
        context.accept(item.row)
        _add(context, item.row, unit, columns, counts)
        if unit.level == "district":
            districts.append((item.row, unit, counts))
            continue
        for metric, count in counts.items():
            sums[unit.district_code][metric] += count
    for row, district, stated in districts:
        if district.unit_code in sums:
            _reconcile(context, row, columns, stated, sums[district.unit_code])
    # Districts are counted where they state themselves alone.
    alone = [stated for _, district, stated in districts if district.unit_code not in sums]
    counted = _sum(columns, [*sums.values(), *alone])
    for row in totals:
        stated, _ = _counts(context, row, columns)
        _reconcile(context, row, columns, stated, counted)


def _counts(context: SheetContext, row: int, columns: Columns) -> tuple[Counts, bool]:
    """Return (count by metric, whether every filled cell is one). A blank cell is not reported, a dash is zero."""
    counts, is_sound = {}, True
    for metric, heading in columns.items():
        share = read_count(context, row, heading.column)
        if share is not None and share.part >= 0:
            counts[metric] = Decimal(share.part)
            whole = counts.get(_WHOLE)
            if None not in (share.whole, whole) and share.whole != whole:
                context.report("COUNT_OF_OTHER_WHOLE", row, heading.column, stated=whole, whole=share.whole)
        elif context.text(row, metric):
            is_sound = False
            if share is not None:
                context.report("NUMBER_UNREADABLE", row, heading.column)
    return counts, is_sound


def _add(context: SheetContext, row: int, unit: Unit, columns: Columns, counts: Counts) -> None:
    name = context.text(row, "unit")
    if not counts:
        context.report_role("ROW_NOT_REPORTED", row, "unit", name=name)
    for metric, count in counts.items():
        if metric != _WHOLE and count > counts.get(_WHOLE, count):
            column = columns[metric].column
            context.report("PART_EXCEEDS_WHOLE", row, column, part=count, whole=counts[_WHOLE], row=name)
        heading = columns[metric]
        stated = Stated(
            unit_code=unit.unit_code,
            period_end=context.period.end,
            value_kind=value_kind(f"{heading.text} {context.title.title}"),
            content=heading.text,
            metric=metric,
            value=count,
            unit=_UNIT,
        )
        add_stated(context, stated, row, heading.column)


def _sum(columns: Columns, parts: Sequence[Counts]) -> Counts:
    return {metric: sum((part[metric] for part in parts if metric in part), Decimal(0)) for metric in columns}


def _reconcile(context: SheetContext, row: int, columns: Columns, stated: Counts, counted: Counts) -> None:
    for metric, number in stated.items():
        if number != counted.get(metric, Decimal(0)):
            column = columns[metric].column
            values = {"place": context.grid.name(row, column), "row": context.text(row, "unit") or "…"}
            context.report("SUM_MISMATCH", row, column, stated=number, counted=counted.get(metric, 0), **values)
