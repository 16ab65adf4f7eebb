"""Which criteria set the figures of a sheet follow: named by the sheet or not known, never guessed."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from etl.clean.standards import find_standard
from etl.clean.vocabulary import contains, vocabulary
from etl.context import CriteriaSet, SheetContext
from etl.read.rows import GROUP, ITEM, read_body
from ntm.geo.names import KINDS, text_key, unit_name_key

_DECISION = re.compile(r"(\d+)\s*/\s*(?:(20\d{2})\s*/\s*)?QĐ\s*-\s*TTg", re.I)
# The years of the set, not those of the programme: 'chương trình … giai đoạn 2021-2025' says nothing of the set.
YEARS_OF_SET = re.compile(r"tiêu chí(?:(?!chương trình).)*?(20\d{2})\s*[-–]\s*(20\d{2})", re.I)
_NUMBER_OF_CRITERIA = re.compile(r"\b(\d{1,2})\s*(?:tiêu chí|TC)\b", re.I)
COMMUNE, DISTRICT, PROVINCE = "commune", "district", "province"


def find_criteria_set(
    context: SheetContext,
    level: str | None = COMMUNE,
    numbers: Collection[str] = (),
    other_level: str = "SET_OF_OTHER_LEVEL",
    *,
    is_needed: bool = True,
) -> CriteriaSet | None:
    """Return the one set that the title block names for units of a level, or None with the finding why not.

    A decision that is cited counts most (318/QĐ-TTg holds two sets, so the title must also say which standard); else
    the title must name the standard and the years of its criteria, or the province's own set. `level` is what the rows
    are, None when that cannot be told; `numbers` are the criteria that the sheet has, where they are numbered;
    `other_level` is the finding when the title names sets for units of other levels alone; a set that is not needed is
    None without a finding.
    """
    named = _named_sets(context)
    of_level = [item for item in named if level in (None, item.unit_level)]
    # 211/QĐ-TTg amends other sets and holds one of its own, which has conditions alone.
    fitting = [item for item in of_level if not item.criteria or not numbers or item.criteria.keys() & {*numbers}]
    found = fitting if len(of_level) > 1 else of_level
    if len(found) == 1:
        return found[0]
    if not is_needed:
        return None
    if named and not of_level:
        levels = vocabulary("unit_levels")
        wanted = ", ".join(sorted({levels[item.unit_level]["vi"] for item in named}))
        wanted_en = ", ".join(sorted({levels[item.unit_level]["en"] for item in named}))
        rows = levels[level]
        context.report(other_level, set=wanted, set_en=wanted_en, rows=rows["vi"], rows_en=rows["en"])
    else:
        context.report("SET_UNKNOWN", title=context.title.title)
    return None


def _named_sets(context: SheetContext) -> Sequence[CriteriaSet]:
    """Return the sets, of any level, that the title block can mean by what it cites."""
    title = context.title.title
    standard = find_standard(title)
    candidates = [
        item
        for item in context.reference.criteria_sets
        if standard in (None, item.standard) and item.province_code in ("", context.province.unit_code)
    ]
    cited = {match.groups() for text in context.title.texts for match in _DECISION.finditer(text)}
    years = {f"{match[1]}_{match[2]}" for match in YEARS_OF_SET.finditer(title)}
    by_decision = [item for item in candidates if (own := _DECISION.search(item.decision)) and own.groups() in cited]
    by_years = [item for item in candidates if any(item.set_code.endswith(span) for span in years)]
    found = [item for item in by_decision if item in by_years] or by_decision or (by_years if standard else [])
    return found or ([] if cited or not standard else _own_sets(title, candidates))


def _own_sets(title: str, candidates: Sequence[CriteriaSet]) -> list[CriteriaSet]:
    """Return the sets of the province itself, where the title says so: 'bộ tiêu chí của tỉnh', '16 tiêu chí'."""
    totals = {int(match[1]) for match in _NUMBER_OF_CRITERIA.finditer(title)}
    is_own = contains(title, vocabulary("titles")["own_set"])
    return [item for item in candidates if item.province_code and (is_own or item.total in totals)]


def naming_role(context: SheetContext) -> str:
    """Return the role of the column that names the rows' units: communes, else districts, else provinces."""
    return next((role for role in ("unit", DISTRICT, PROVINCE) if context.recognised.column(role)), "unit")


def level_of_rows(context: SheetContext) -> str | None:
    """Return what the rows of a table are: communes, districts or provinces; None when their names can be several.

    'Long Mỹ' alone is a huyện, a thị xã and a xã. Rows with a Roman numeral are asked only where there are no others:
    they are the districts that communes stand under.
    """
    rows = read_body(context.table, context.column(naming_role(context)), names_units=False).rows
    for kind in (ITEM, GROUP):
        names = [row.name for row in rows if row.kind == kind and row.name]
        levels = [_levels(context, name) for name in names]
        sure = [next(iter(found)) for found in levels if len(found) == 1]
        if COMMUNE in sure:
            return COMMUNE
        if sure:
            return max(sure, key=sure.count) if 2 * len(sure) > sum(map(bool, levels)) else None
        if names:
            return None
    return PROVINCE if rows else None


def _levels(context: SheetContext, name: str) -> set[str]:
    """Return the levels at which the register has a name within the province; that of its kind, if it says one."""
    own, kind = context.province, unit_name_key(name)[0]
    if text_key(name) == text_key(own.name):
        return {PROVINCE}
    if kind:
        return {level for level, kinds in KINDS.items() if kind in kinds}
    levels = {level for level in (COMMUNE, DISTRICT) if context.units_named(name, level)}
    return levels | ({PROVINCE} if text_key(name) == text_key(own.short_name) else set())
