"""Names in workbooks to units of the register: exact after normalising, or not at all.

Likeness only proposes. Of 2,377 made-up typing errors a fuzzy matcher took 4.6% of absent communes for a neighbour
with a similar name, so a proposal goes into the message for a person to confirm.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from rapidfuzz import fuzz, process

from etl.context import Reference, SheetContext
from ntm.geo.names import clean_text, unit_name_key
from ntm.geo.units import Register, Unit

_PROPOSAL_SCORE = 70
_PROVINCE = re.compile(r"\b(?:tỉnh\s|thành phố\s|TP[.\s])\s*(?=(.+))", re.I)
_DISTRICT = re.compile(r"\b(huyện\s|quận\s|thị xã\s|thành phố\s|TX[.\s]|TP[.\s])\s*(?=(.+))", re.I)
_LONGEST_NAME = 4


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
    """Return the commune-level unit of a row, or set the row aside with the reason.

    Without a district of its own the row belongs to the district that the sheet reports for, if it does.
    """
    province_code = context.province.unit_code
    if district is None and context.unit.level == "district":
        district = context.unit
    district_code = district.unit_code if district else None
    register = context.reference.register
    found = register.find(
        name, level="commune", day=context.day, province_code=province_code, district_code=district_code
    )
    if len(found) == 1:
        return found[0]
    if found:
        choices = ", ".join(f"{unit.name} ({_district_name(context.reference, unit)})" for unit in found)
        context.reject("UNIT_AMBIGUOUS", row, "unit", name=name, choices=choices)
        return None
    candidates = [
        unit for unit in register.within(province_code, context.day) if district_code in (None, unit.district_code)
    ]
    context.reject("UNIT_UNKNOWN", row, "unit", name=name, proposal=_proposal(name, candidates))
    return None


def _proposal(name: str, candidates: list[Unit]) -> str:
    """Return the full name of the most alike commune, or '…'."""
    keys = {place: unit_name_key(unit.name)[1] for place, unit in enumerate(candidates)}
    best = process.extractOne(unit_name_key(name)[1], keys, scorer=fuzz.ratio, score_cutoff=_PROPOSAL_SCORE)
    return f"'{candidates[best[2]].name}'" if best else "…"


def _district_name(reference: Reference, unit: Unit) -> str:
    districts = (d for d in reference.register.units if d.level == "district")
    return next((d.name for d in districts if d.unit_code == unit.district_code), "…")


def provinces_named(register: Register, texts: Iterable[str], day: date) -> list[Unit]:
    """Return the provinces in force that the lines above a table name ('UBND TỈNH HẬU GIANG'), each once."""
    found: dict[str, Unit] = {}
    for text in texts:
        for match in _PROVINCE.finditer(text):
            for name in _beginnings(match[1]):
                if units := register.find(name, level="province", day=day):
                    found |= {unit.unit_code: unit for unit in units}
                    break
    return list(found.values())


def districts_named(register: Register, texts: Iterable[str], day: date, province: Unit | None) -> list[Unit]:
    """Return the districts in force that the lines above a table name ('UBND HUYỆN PHỤNG HIỆP'), each once."""
    found: dict[str, Unit] = {}
    for text in texts:
        for match in _DISTRICT.finditer(text):
            for name in _beginnings(match[2]):
                units = register.find(
                    f"{match[1]} {name}",
                    level="district",
                    day=day,
                    province_code=province.unit_code if province else None,
                )
                if units:
                    found |= {unit.unit_code: unit for unit in units}
                    break
    return list(found.values())


def _beginnings(text: str) -> Iterator[str]:
    """Yield what a text begins with, four words, three, two, one: the longest name is the right one."""
    words = clean_text(text).split()
    for length in range(min(_LONGEST_NAME, len(words)), 0, -1):
        yield " ".join(words[:length])
