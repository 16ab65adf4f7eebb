"""Count form (districts × bands of criteria) to commune_count; what it states beside the bands is kept and checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from etl.clean.bands import Band, gaps, overlaps, read_band
from etl.clean.numbers import read_percent, read_share
from etl.clean.value_kinds import value_kind
from etl.context import CriteriaSet, SheetContext
from etl.facts.count_checks import Counts, check_row
from etl.facts.counts import read_count, read_span
from etl.facts.criteria_sets import COMMUNE, DISTRICT, PROVINCE, find_criteria_set
from etl.facts.criteria_units import match_unit
from etl.facts.stated import Stated, add_stated
from etl.read.rows import GROUP, ITEM, TOTAL, Row
from etl.read.table import Heading
from ntm.geo.names import text_key
from ntm.geo.units import Unit

_METRICS = {"total": ("communes", "xã"), "mean": ("criteria_met_mean", "tiêu chí"), "share": ("full_communes_pct", "%")}


@dataclass(frozen=True)
class _Form:
    """What holds for all rows of a count form."""

    criteria_set: CriteriaSet
    total: int
    bands: Mapping[int, Band]
    value_kind: str
    is_whole: bool


def read(context: SheetContext) -> None:
    """Read one count form. A sheet whose criteria set is not named is refused whole: none is guessed."""
    criteria_set = find_criteria_set(context, COMMUNE)
    if criteria_set is None or not criteria_set.total:
        return
    bands = _bands(context, criteria_set.total)
    if not bands:
        return  # each column has its finding
    is_whole = _check_bands(context, list(bands.values()), criteria_set.total)
    form = _Form(criteria_set, criteria_set.total, bands, value_kind(context.title.title), is_whole)
    rows = context.rows("unit", names_units=False)
    units = [row for row in rows if row.kind == ITEM or (row.kind == GROUP and _is_filled(context, row.number, form))]
    read_rows = {row.number: counts for row in units if (counts := _read_row(context, row, form, _unit(context, row)))}
    for row in rows:
        if row in units:
            continue
        if row.kind == TOTAL and not units:  # one row for the unit that reports
            _read_row(context, row, form, context.unit)
            continue
        context.accept(row.number)
        if row.kind == TOTAL:
            _reconcile(context, row, form, list(read_rows.values()))


def _bands(context: SheetContext, total: int) -> dict[int, Band]:
    """Return the band of each column; a heading that names none that the set can have is written down."""
    bands: dict[int, Band] = {}
    for heading in _band_headings(context):
        place = context.table.header_bottom, heading.column
        band = _band(context, heading, total)
        if band is None:
            context.report("BAND_UNKNOWN", *place, heading=heading.text, total=total)
        elif band in bands.values():
            context.report("BAND_TWICE", *place, band=band.text)
        else:
            bands[heading.column] = band
    return bands


def _band_headings(context: SheetContext) -> list[Heading]:
    """Return the headings of bands, '19' alone among them: beside '15-18' it is a band."""
    return [heading for role in ("band", "number") for heading in context.recognised.columns.get(role, ())]


def _band(context: SheetContext, heading: Heading, total: int) -> Band | None:
    """Return the band of a heading; '5-9' may have become a date, like a share."""
    for row in range(context.table.header_bottom, context.table.top - 1, -1):
        if isinstance(context.grid.value(row, heading.column), datetime):
            span = read_span(context, row, heading.column)
            return read_band(span, total) if span else None
    return next((band for part in reversed(heading.path) if (band := read_band(part, total))), None)


def _check_bands(context: SheetContext, bands: Sequence[Band], total: int) -> bool:
    """Report bands that overlap or leave numbers out; tell whether each number of criteria is in one band."""
    column = min(heading.column for heading in _band_headings(context))
    place = context.table.header_bottom, column
    shared, missing = overlaps(bands), gaps(bands, total)
    if shared:
        context.report("BANDS_OVERLAP", *place, bands="; ".join(f"{a.text} / {b.text}" for a, b in shared))
    if missing:
        context.report("BANDS_LEAVE_OUT", *place, bands=", ".join(band.text for band in missing))
    return not shared and not missing


def _unit(context: SheetContext, row: Row) -> Unit | None:
    """Return the unit of a row: a district, or the province itself; else the row is set aside."""
    if code := context.fault(row.number, context.column("unit")):
        context.reject(code, row.number, "unit")
        return None
    if not row.name:
        context.reject("UNIT_MISSING", row.number, "unit")
        return None
    level = PROVINCE if text_key(row.name) == text_key(context.province.name) else DISTRICT
    return match_unit(context, row.number, row.name, level)


def _read_row(context: SheetContext, row: Row, form: _Form, unit: Unit | None) -> Counts | None:
    """Load one unit's counts and what is stated beside them; None for a row that is set aside."""
    if unit is None:
        return None
    number = row.number
    total_column = context.recognised.column("total")
    total = read_count(context, number, total_column) if total_column else None
    whole = total.part if total else None
    shares = {column: read_count(context, number, column, whole) for column in form.bands}
    counts = {column: share.part for column, share in shares.items() if share}
    if not counts:
        _reject_empty(context, number, form, unit)
        return None
    for column, count in counts.items():
        band = form.bands[column]
        context.reading.add(
            "commune_count",
            {
                "unit_code": unit.unit_code,
                "period_end": context.period.end,
                "value_kind": form.value_kind,
                "set_code": form.criteria_set.set_code,
                "unit_group": None,
                "band_low": band.low,
                "band_high": band.high,
                "communes": count,
                **context.provenance(number, column),
            },
        )
    context.accept(number)
    found = Counts(
        bands={form.bands[column]: count for column, count in counts.items()},
        wholes=frozenset(share.whole for share in shares.values() if share and share.whole is not None),
        total=whole,
        mean=context.number(number, "mean"),
        share=_share(context, number),
        is_whole=form.is_whole and len(counts) == len(form.bands),
    )
    _keep_stated(context, number, form, unit, found)
    check_row(context, number, found, form.total)
    return found


def _reject_empty(context: SheetContext, row: int, form: _Form, unit: Unit) -> None:
    """Set aside a row without counts: not reported, unless each of its cells has its own finding."""
    if _is_filled(context, row, form):
        context.reading.rejected.add(row)
    else:
        context.reject("COUNTS_NOT_REPORTED", row, "unit", name=unit.name)


def _is_filled(context: SheetContext, row: int, form: _Form) -> bool:
    return any(context.grid.text(row, column) or context.fault(row, column) for column in form.bands)


def _share(context: SheetContext, row: int) -> Decimal | None:
    """Return the share that a row states, as 0-100: '74,5%', 0.745 shown as 74.5%, or '38/51'."""
    column = context.recognised.column("share")
    if column is None or context.fault(row, column):
        return None
    value = context.grid.value(row, column)
    percent = read_percent(value, is_share=context.grid.is_percent(row, column))
    share = read_share(value) if percent is None else None
    if share and share.whole:
        return Decimal(100 * share.part) / share.whole
    return percent


def _keep_stated(context: SheetContext, row: int, form: _Form, unit: Unit, found: Counts) -> None:
    """Load what the row states beside its bands, apart from what is counted from results."""
    values = {"total": found.total, "mean": found.mean, "share": found.share}
    for role, (metric, measure) in _METRICS.items():
        value, column = values[role], context.recognised.column(role)
        if value is None or column is None:
            continue
        stated = Stated(
            unit_code=unit.unit_code,
            period_end=context.period.end,
            value_kind=form.value_kind,
            content=context.table.heading(column).text,
            value=value,
            metric=metric,
            unit=measure,
            set_code=form.criteria_set.set_code,
        )
        add_stated(context, stated, row, column)


def _reconcile(context: SheetContext, row: Row, form: _Form, read_rows: Sequence[Counts]) -> None:
    """Compare the counts of a total row with the sums of what was read; one finding for a row."""
    differences = []
    first = context.column("unit")
    for column, band in form.bands.items():
        stated = read_count(context, row.number, column)
        counted = sum(counts.bands.get(band, 0) for counts in read_rows)
        if stated and stated.part != counted:
            differences.append(f"{band.text}: {stated.part}/{counted}")
            first = column if len(differences) == 1 else first
    if differences:
        context.report("BAND_TOTAL_MISMATCH", row.number, first, row=row.name, differences="; ".join(differences))
