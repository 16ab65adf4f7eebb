"""Names in workbooks to units of the register: exact after normalising, or not at all.

Likeness only proposes. Of 2,377 made-up typing errors a fuzzy matcher took 4.6% of absent communes for a neighbour
with a similar name, so a proposal goes into the message for a person to confirm.
"""

from __future__ import annotations

import re
from datetime import date

from rapidfuzz import fuzz, process

from etl.context import Reference, SheetContext
from ntm.geo.names import text_key
from ntm.geo.units import Register, Unit

_PROPOSAL_SCORE = 75
_PROVINCE = re.compile(r"\b(?:tỉnh|thành phố|TP\.?)\s+(.+)", re.I)
_LONGEST_PROVINCE_NAME = 4


def match_district(context: SheetContext, row: int, name: str, role: str) -> Unit | None:
    """Return the district of a group row or of a column, or write down why not."""
    found = context.reference.register.find(
        name, level="district", day=context.day, province_code=context.province.unit_code
    )
    if len(found) == 1:
        return found[0]
    code = "DISTRICT_AMBIGUOUS" if found else "DISTRICT_UNKNOWN"
    context.report_role(code, row, role, name=name, choices=", ".join(unit.name for unit in found) or "…")
    return None


def match_commune(context: SheetContext, row: int, name: str, district: Unit | None) -> Unit | None:
    """Return the commune-level unit of a row, or set the row aside with the reason."""
    province_code = context.province.unit_code
    district_code = district.unit_code if district else None
    register = context.reference.register
    found = register.find(
        name,
        level="commune",
        day=context.day,
        province_code=province_code,
        district_code=district_code,
    )
    if len(found) == 1:
        return found[0]
    if found:
        choices = ", ".join(f"{unit.name} ({_district_name(context.reference, unit)})" for unit in found)
        context.reject("UNIT_AMBIGUOUS", row, "unit", name=name, choices=choices)
        return None
    candidates = [
        unit
        for unit in register.within(province_code, context.day)
        if district_code in (None, unit.district_code)
    ]
    context.reject("UNIT_UNKNOWN", row, "unit", name=name, proposal=_proposal(name, candidates))
    return None


def _proposal(name: str, candidates: list[Unit]) -> str:
    keys = {unit.name: text_key(unit.name) for unit in candidates}
    best = process.extractOne(text_key(name), keys, scorer=fuzz.WRatio, score_cutoff=_PROPOSAL_SCORE)
    return f"'{best[2]}'" if best else "…"


def _district_name(reference: Reference, unit: Unit) -> str:
    return next((d.name for d in reference.register.units if d.unit_code == unit.district_code), "…")


def find_province(register: Register, texts: tuple[str, ...], day: date) -> Unit | None:
    """Return the province in force that the text above a table names ('UBND TỈNH HẬU GIANG'), or None."""
    for text in texts:
        for match in _PROVINCE.finditer(text):
            words = match[1].split()
            for length in range(min(_LONGEST_PROVINCE_NAME, len(words)), 0, -1):
                found = register.find(" ".join(words[:length]), level="province", day=day)
                if len(found) == 1:
                    return found[0]
    return None
