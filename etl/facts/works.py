"""Names of works and their places: which kind of work one is, and which unit it lies in."""

from __future__ import annotations

import re

from etl.clean.vocabulary import first_meaning
from etl.context import SheetContext
from etl.facts.criterion_names import CriterionNames
from etl.matching import Scope, find_commune, find_district
from ntm.geo.names import KINDS, unit_name_key
from ntm.geo.units import Unit

_CRITERION = re.compile(r"(?:tiêu chí|TC)\b\s*(?:số\b)?\s*(?:0?(\d{1,2})(?!\d))?\s*[.:)–-]?\s*(.*)", re.I)
_NUMBER = re.compile(r"0?(\d{1,2})(?:\.0)?(?:\s*[.:)–-]\s*\D*)?")


def category_of(*names: str) -> str | None:
    """Return the kind of work that the first name to say one says; None when none does."""
    return next((category for name in names if (category := first_meaning("work_categories", name))), None)


def criterion_of(context: SheetContext, name: str) -> str | None:
    """Return the number of the criterion that a row names: 'Tiêu chí số 2', 'TC 2: Giao thông', 'Tiêu chí Giao thông'.

    None where it does not call itself one: what is built does not say for which criterion it was.
    """
    match = _CRITERION.fullmatch(name)
    return (match[1] or _criterion_named(context, match[2])) if match else None


def criterion_in_column(context: SheetContext, row: int) -> str | None:
    """Return the number that the column of criteria states for a row, as a number or by the criterion's name."""
    text = context.text(row, "criterion")
    match = _NUMBER.fullmatch(text)
    return match[1] if match else criterion_of(context, text) or _criterion_named(context, text)


def _criterion_named(context: SheetContext, name: str) -> str | None:
    """Return the number that a criterion's name has in every set of communes that knows it; None where they differ."""
    sets = (item for item in context.reference.criteria_sets if (item.standard, item.unit_level) == ("ntm", "commune"))
    numbers = {number for item in sets for number in CriterionNames(item).find([name])[0]}
    return numbers.pop() if len(numbers) == 1 else None


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
