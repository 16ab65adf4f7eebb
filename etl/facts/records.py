"""What list forms share: walking the items under their district rows, and finding the units that they name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from etl.clean.standards import standard_in
from etl.clean.vocabulary import contains, vocabulary
from etl.context import SheetContext
from etl.facts.row_units import match_commune, match_district
from etl.read.rows import GROUP, ITEM, TOTAL, Row, district_in_ordinal, may_be_heading
from ntm.geo.names import KINDS, text_key, unit_name_key
from ntm.geo.units import Unit

_UNREAD_ROLES = frozenset({"ordinal", "note"})


@dataclass(frozen=True)
class Item:
    """One item of a list and what the rows above it say of it.

    `district` is that of its group, else the reporter; `standard` and `commune` (by name) are those that group rows
    name; `group` is the text of the nearest one.
    """

    row: int
    district: Unit | None = None
    standard: str | None = None
    commune: str = ""
    group: str = ""


def items(
    context: SheetContext,
    role: str,
    *,
    under_districts: bool = True,
    names_units: bool | None = None,
    totals: list[int] | None = None,
) -> Iterator[Item]:
    """Yield the items of a list, each with what its group rows say; rows of totals are added to `totals`.

    Other rows count as loaded. An item with an error in a column of the form is set aside: nothing of it is taken for
    empty.
    """
    own = context.unit if context.unit.level == "district" else None
    above = Item(0, own)
    for row in context.rows(role, names_units=names_units):
        if may_be_heading(row):
            above = replace(above, district=own, commune="")
        if under_districts and row.kind == ITEM and (name := district_in_ordinal(row.ordinal)):
            above = replace(above, district=match_district(context, row.number, name, "ordinal") or own)
        heads_standard = _heads_standard(context, row, role)
        if not heads_standard and (row.kind == ITEM or _is_filled(context, row, role)):
            if not _has_fault(context, row.number):
                yield replace(above, row=row.number)
            continue
        if row.kind == GROUP or heads_standard:
            above = _below(context, above, row, role if under_districts else "", own)
        if row.kind == TOTAL and totals is not None:
            totals.append(row.number)
        context.accept(row.number)


def _below(context: SheetContext, above: Item, row: Row, role: str, own: Unit | None) -> Item:
    """Return what the items below a group row take from it; `role` names districts, '' where groups name none."""
    above = replace(above, group=row.name or _other_text(context, row))
    if standard := _standard_of_group(context, row.name):
        return replace(above, standard=standard, district=own, commune="")
    if unit_name_key(row.name)[0] in KINDS["commune"]:
        return replace(above, commune=row.name)
    if not role:
        return above
    return replace(above, district=match_district(context, row.number, row.name, role) or own, commune="")


def _other_text(context: SheetContext, row: Row) -> str:
    """Return what a group row says beside its ordinal, where its naming column is empty."""
    return next((text for text in context.grid.row_texts(row.number) if text != row.ordinal), "")


def _standard_of_group(context: SheetContext, name: str) -> str | None:
    """Return the standard that a group row names ('II. Xã nông thôn mới nâng cao'); a district's name is none."""
    standard = standard_in(name)
    return None if standard and context.units_named(name, "district") else standard


def _heads_standard(context: SheetContext, row: Row, role: str) -> bool:
    """Tell a row 'A | XÃ NÔNG THÔN MỚI NÂNG CAO' among units: the standard of those below it, no unit of its own."""
    is_named = role == "unit" and row.kind == ITEM and _standard_of_group(context, row.name) is not None
    is_unit = is_named and context.units_named(row.name, "commune")
    return is_named and not is_unit and not _is_filled(context, replace(row, kind=GROUP), role)


def _is_filled(context: SheetContext, row: Row, role: str) -> bool:
    """Tell whether a row named like a district is an item of its own: it has cells that a heading of a group has not.

    A heading with a Roman ordinal may count its items in one cell; one that fills all that is required is an item too.
    """
    if row.kind != GROUP or district_in_ordinal(row.ordinal):
        return False
    form, columns = context.recognised.form, context.recognised.columns
    filled = {
        name
        for name, headings in columns.items()
        if name not in _UNREAD_ROLES | {role, "district"}
        and any(_is_own(context, row.number, heading.column) for heading in headings)
    }
    groups = [{item.name} for item in form.roles if item.is_required] + [set(group) for group in form.one_of]
    needed = [group for group in groups if role not in group]
    is_roman = row.ordinal.strip(". ").isalpha()
    return len(filled) > is_roman or (bool(needed) and all(group & filled for group in needed))


def _is_own(context: SheetContext, row: int, column: int) -> bool:
    """Tell whether a column has a text in a row, merged with rows above or not, but not with columns beside it."""
    return context.grid.origin(row, column)[1] == column and bool(context.grid.text(row, column))


def _has_fault(context: SheetContext, row: int) -> bool:
    for role, headings in context.recognised.columns.items():
        for heading in headings:
            if role not in _UNREAD_ROLES and context.report_fault(row, heading.column):
                context.reading.rejected.add(row)
                return True
    return False


def unit_of(context: SheetContext, row: int, group: Unit | None, *, role: str = "unit") -> Unit | None:
    """Return the commune of an item, within its district column or its group; else the row is set aside.

    An item whose name, or whose column's heading, says that it is a district is that district. So is one that fills
    only the district's column and whose standard says 'huyện': the name of a commune may just be missing.
    """
    name, district_name = context.text(row, role), context.text(row, "district")
    if name and names_districts(context, role):
        return district_of(context, row, name, role)
    if not name and district_name and _is_of_districts(context, row):
        return district_of(context, row, district_name, "district")
    if not name:
        context.reject("UNIT_MISSING", row, role)
        return None
    if unit_name_key(name)[0] in KINDS["district"]:
        return district_of(context, row, name, role)
    district = district_of(context, row, district_name, "district") if district_name else group
    if district_name and district is None:
        return None
    return match_commune(context, row, name, district)


def _is_of_districts(context: SheetContext, row: int) -> bool:
    return contains(context.text(row, "standard"), KINDS["district"])


def names_districts(context: SheetContext, role: str) -> bool:
    """Tell whether a column is headed as one of districts: its names need no 'huyện' before them."""
    headings = context.recognised.columns.get(role, ())
    known = {text_key(heading) for heading in vocabulary("district_headings")["headings"]}
    return role == "district" or any(heading.keys[-1] in known for heading in headings)


def district_of(context: SheetContext, row: int, name: str, role: str) -> Unit | None:
    """Return the district that a cell names, or set the row aside."""
    district = match_district(context, row, name, role)
    if district is None:
        context.reading.rejected.add(row)
    return district
