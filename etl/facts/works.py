"""Names of works and their places: which kind of work one is, and which unit it lies in."""

from __future__ import annotations

from etl.clean.vocabulary import first_meaning
from etl.context import SheetContext
from etl.matching import Scope, find_commune, find_district
from ntm.geo.names import KINDS, unit_name_key
from ntm.geo.units import Unit


def category_of(*names: str) -> str | None:
    """Return the kind of work that the first name to say one says; None when none does."""
    return next((category for name in names if (category := first_meaning("work_categories", name))), None)


def find_place(context: SheetContext, name: str, within: Unit) -> Unit | None:
    """Return the commune (or district) that a place means, within a unit; None when that is not certain."""
    if name == within.name:
        return within
    district_code = within.unit_code if within.level == "district" else within.district_code or None
    scope = Scope(context.reference, context.province, context.day, district_code)
    kind = unit_name_key(name)[0]
    commune = None if kind in KINDS["district"] else find_commune(scope, name).unit
    if commune or (kind and kind not in KINDS["district"]):
        return commune
    return find_district(Scope(context.reference, context.province, context.day), name).unit
