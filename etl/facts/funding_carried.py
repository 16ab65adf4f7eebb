"""Money carried over from another year's budget: what headings, titles and rows say (carry_over.yml)."""

from __future__ import annotations

from dataclasses import dataclass

from etl.clean.carry_over import CarryOver, carry_over, is_carried, is_own_year, is_proposed, without_years
from etl.clean.part_of_year import part_of_year
from etl.clean.vocabulary import contains, vocabulary
from etl.context import SheetContext
from etl.read.header import Heading

_SPENT = frozenset({"disbursed", "mobilised"})


def carried_of(context: SheetContext, heading: Heading) -> CarryOver | str | None:
    """Return what a column's headings say of money carried over, else what the title says of all amounts.

    A title tells where no column does: beside one of money carried over the others are of the year itself.
    """
    for part in heading.path:
        if is_carried(part):
            base = part_of_year(years_left_out(heading), context.period) or context.period
            return _known(context, carry_over(part, base.end.year), heading)
    if any(map(_is_carried, context.table.headings)):
        return None
    year = (part_of_year(heading.text, context.period) or context.period).end.year
    of_title = carry_over(context.title.title, context.period.end.year)
    return of_title if not isinstance(of_title, CarryOver) or of_title.year == year else None


def _known(context: SheetContext, carried: CarryOver | str | None, heading: Heading) -> CarryOver | str | None:
    """Ask about the year of origin where the workbook does not tell it."""
    if isinstance(carried, CarryOver) and carried.is_assumed:
        place = context.table.header_bottom, heading.column
        context.report("CARRY_OVER_ASSUMED", *place, text=heading.text, origin=carried.origin_year)
    return carried


@dataclass(frozen=True)
class Budget:
    """Of which year's budget a row says to be: an earlier one (`origin_year`), the year's own, or neither is told."""

    origin_year: int | None = None
    is_told: bool = False
    is_assumed: bool = False
    is_unclear: bool = False


def budget_of_row(name: str, year: int, *, has_carried: bool) -> Budget:
    """Return of which year's budget a row is in a report on `year`.

    Money that goes into the next year is not of the columns' year: unclear. `has_carried`: another row is of an
    earlier year, so that 'Vốn năm 2022' is the year's own and no detail.
    """
    carried = carry_over(name, year)
    if carried is None:
        return Budget(is_told=has_carried and is_own_year(name, year))
    if not isinstance(carried, CarryOver) or carried.year != year:
        return Budget(is_unclear=True)
    return Budget(carried.origin_year, is_told=True, is_assumed=carried.is_assumed)


def years_left_out(heading: Heading) -> str:
    """Return a column's headings without the years that the money was carried over from and into."""
    return " / ".join(without_years(part) if is_carried(part) else part for part in heading.path)


def stage_of_carried(context: SheetContext, heading: Heading, stage: str | None) -> str:
    """Return the stage of money carried over: it was assigned once, where neither its headings nor the title say more.

    A title that speaks of spending says it of the columns that do not, unless another one does: then this is its base.
    """
    is_told = any(contains(heading.text, line["contains"]) for line in vocabulary("funding_stages"))
    if stage and (is_told or not any(map(_is_spent, context.table.headings))):
        return stage
    return "plan" if is_proposed(heading.text) else "allocated"


def _is_carried(heading: Heading) -> bool:
    return any(map(is_carried, heading.path))


def _is_spent(heading: Heading) -> bool:
    lines = (line for line in vocabulary("funding_stages") if line["stage"] in _SPENT)
    return any(contains(heading.text, line["contains"]) for line in lines)
