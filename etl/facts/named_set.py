"""The criteria set that a list of recognitions names in a cell or in its title block; none is guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable

from etl.context import SheetContext
from etl.facts.criteria_sets import YEARS_OF_SET
from ntm.geo.names import text_key
from ntm.geo.units import Unit

_DECISION = re.compile(r"(\d+)\s*/\s*(?:20\d{2}\s*/\s*)?QĐ\s*-\s*(TTg|UBND)", re.I)
_YEARS = re.compile(r"(20\d{2})\s*[-–]\s*(20\d{2})")


def set_of_cell(context: SheetContext, row: int, standard: str, unit: Unit) -> str | None:
    """Return the set of a row's own cell, else that of the title block; a cell that names none is asked about."""
    text = context.text(row, "criteria_set")
    if not text:
        return named_set(context, context.title.texts, standard, unit, years=YEARS_OF_SET)
    found = named_set(context, [text], standard, unit, years=_YEARS)
    if found is None:
        context.report_role("SET_OF_ROW_UNKNOWN", row, "criteria_set", found=text)
    return found


def named_set(
    context: SheetContext, texts: Iterable[str], standard: str, unit: Unit, *, years: re.Pattern[str]
) -> str | None:
    """Return the one set of a standard and level of unit that some texts name by code, decision or years."""
    lines = list(texts)
    cited = {match[1] for text in lines for match in _DECISION.finditer(text)}
    spans = {f"{match[1]}_{match[2]}" for text in lines for match in years.finditer(text)}
    keys = {text_key(text) for text in lines}
    candidates = [
        item
        for item in context.reference.criteria_sets
        if item.standard == standard
        and item.unit_level == unit.level
        and item.province_code in ("", context.province.unit_code)
    ]
    found = [item for item in candidates if text_key(item.set_code) in keys]
    found = found or [item for item in candidates if (own := _DECISION.search(item.decision)) and own[1] in cited]
    found = found or [item for item in candidates if any(item.set_code.endswith(span) for span in spans)]
    return found[0].set_code if len(found) == 1 else None
