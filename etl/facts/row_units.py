"""The unit that a row names: found by its name (etl/matching.py), or the row is set aside with the reason."""

from __future__ import annotations

from etl.context import SheetContext
from etl.matching import Scope, find_commune, find_district
from ntm.geo.units import Unit


def match_district(context: SheetContext, row: int, name: str, role: str) -> Unit | None:
    """Return the district of a group row or of a column, or write down why not."""
    match = find_district(Scope(context.reference, context.province, context.day), name)
    for code, values in match.findings:
        context.report_role(code, row, role, **values)
    return match.unit


def match_commune(context: SheetContext, row: int, name: str, district: Unit | None, role: str = "unit") -> Unit | None:
    """Return the commune-level unit of a row, or set the row aside with the reason.

    Without a district of its own the row belongs to the district that the sheet reports for, or whose commune it does.
    """
    reporter = context.unit
    own = {"district": reporter.unit_code, "commune": reporter.district_code}.get(reporter.level)
    district_code = district.unit_code if district else own or None
    match = find_commune(Scope(context.reference, context.province, context.day, district_code), name)
    for code, values in match.findings:
        context.report_role(code, row, role, **values)
    if match.unit is None:
        context.reading.rejected.add(row)
    return match.unit
