"""What one column of a funding form means: stage, year, period, kind of value, and the source that headings name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from etl.clean.carry_over import MIXED, UNCLEAR, CarryOver
from etl.clean.part_of_year import part_of_year, spans_years
from etl.clean.periods import Period
from etl.clean.value_kinds import value_kind
from etl.clean.vocabulary import contains, vocabulary
from etl.context import SheetContext
from etl.facts.funding_carried import carried_of, stage_of_carried, years_left_out
from etl.facts.funding_sources import source_of_path
from etl.facts.money_cells import MoneyColumn
from etl.read.header import Heading
from etl.read.rows import is_total

EXECUTED = "executed"
SPENT = frozenset({"disbursed", "mobilised", EXECUTED})
_PAID_OUT_AND_RAISED = frozenset({"disbursed", "mobilised"})
# Titles with two of these stages do not say which of them a column has; 'GIẢI NGÂN KẾ HOẠCH VỐN' has one.
_TWO_STAGES = (_PAID_OUT_AND_RAISED, frozenset({"disbursed", "allocated"}))
_CUMULATIVE = re.compile(r"l[uũ][yỹ] kế|\blk\b|cộng dồn|\bđến\b|\bhết\b", re.I)
_CUMULATIVE_TITLE = re.compile(r"l[uũ][yỹ] kế|cộng dồn", re.I)
_IN_PERIOD = re.compile(r"\btrong (?:kỳ|tháng|quý)\b", re.I)


@dataclass(frozen=True)
class FundingColumn(MoneyColumn):
    """A column of amounts of one stage and period. `source` is what its headings name, None when they name none.

    `origin_year` is the year of the budget that the money is of: `year`, or an earlier one where it was carried over.

    `is_future`: it tells results of days that the sheet's cut-off had not reached; `is_of_longer`: results of days
    before and after it ('cả năm' in June); `is_of_years`: it sums up the year's own money and what was carried over.
    """

    stage: str
    year: int
    period: Period
    is_cumulative: bool
    value_kind: str
    origin_year: int
    source: Mapping[str, str] | None = None
    is_future: bool = False
    is_of_longer: bool = False
    is_of_years: bool = False

    @property
    def is_carried(self) -> bool:
        """Whether the money is of the budget of an earlier year."""
        return self.origin_year != self.year

    @property
    def key(self) -> tuple[object, ...]:
        """What its amounts are about, sources apart; columns of one key make up one table of sources."""
        return self.stage, self.year, self.period, self.is_cumulative, self.value_kind


def is_sum_column(column: MoneyColumn) -> bool:
    """Tell whether a column's lowest heading says that it is a sum."""
    return bool(column.path) and is_total(column.path[-1])


def scope(column: MoneyColumn) -> tuple[str, ...]:
    """Return the headings that a column stands under, without the words that call it a sum: those of its parts too."""
    path = column.path
    while path and is_total(path[-1]):
        path = path[:-1]
    return path


def is_part(column: FundingColumn, whole: FundingColumn) -> bool:
    """Tell whether a column stands under the headings of another one, which is their sum."""
    above, below = scope(whole), scope(column)
    is_below = below[: len(above)] == above and (
        len(below) > len(above) or (is_sum_column(whole) and not is_sum_column(column))
    )
    return is_below and (is_sum_column(whole) or bool(above))


def funding_column(
    context: SheetContext, money: MoneyColumn, heading: Heading, stages: frozenset[str], name_sources: bool
) -> FundingColumn | None:
    """Return what a column of money means, None when its heading does not say it: then it has its finding.

    `stages` are those that the form's table knows beside the ones of funding.
    """
    place = context.table.header_bottom, money.column
    carried = carried_of(context, heading)
    if carried == UNCLEAR:
        context.report("CARRY_OVER_UNCLEAR", *place, text=heading.text)
        return None
    if carried == MIXED or spans_years(heading.text):
        context.report("YEARS_TOGETHER", *place, heading=heading.text)
        return None
    stage = _stage(context, heading, stages)
    if isinstance(carried, CarryOver):
        stage = stage_of_carried(context, heading, stage)
    if stage is None:
        context.report("STAGE_UNKNOWN", *place, heading=heading.text)
        return None
    stated = part_of_year(years_left_out(heading) if carried else heading.text, context.period)
    year = (stated or context.period).end.year
    if isinstance(carried, CarryOver) and carried.year > year:
        if stage in SPENT:
            context.report("CARRY_OVER_UNCLEAR", *place, text=heading.text)
            return None
        year, stated = carried.year, None  # what goes into the next year is assigned there
    kind = _value_kind(heading, stage)
    is_cumulative = stage in SPENT and _is_cumulative(context, heading)
    period = _period(context, stage, kind, year, stated, is_cumulative)
    if period is None:
        context.report("PLAN_OF_PART_OF_YEAR", *place, heading=heading.text)
        return None
    is_result = stage in SPENT and kind == "actual"
    return FundingColumn(
        column=money.column,
        heading=money.heading,
        path=heading.path,
        factor=money.factor,
        style=money.style,
        stage=stage,
        year=year,
        period=period,
        is_cumulative=is_cumulative,
        value_kind=kind,
        origin_year=carried.origin_year if isinstance(carried, CarryOver) else year,
        source=source_of_path(heading.path) if name_sources else None,
        is_future=is_result and stated is not None and stated.start > context.period.end,
        is_of_longer=is_result and stated is not None and stated.start <= context.period.end < stated.end,
    )


def _stage(context: SheetContext, heading: Heading, stages: frozenset[str]) -> str | None:
    """Return the stage by the headings that name no source ('Huy động từ dân' is no stage), else by the others.

    A title says which stage 'Thực hiện' is only where money is spent: that of 'KẾ HOẠCH VỐN' is not carried out.
    """
    lines = [(str(line["stage"]), line["contains"]) for line in vocabulary("funding_stages")]
    is_executed = False
    own = " / ".join(part for part in heading.path if source_of_path((part,)) is None)
    for text in (own, heading.text):
        found = next((stage for stage, words in lines if contains(text, words)), None)
        if found and (found != EXECUTED or EXECUTED in stages):
            return found
        if found:
            is_executed = True
            break
    known = [(stage, words) for stage, words in lines if stage != EXECUTED]
    named = {stage for stage, words in known if contains(context.title.title, words)}
    stage = next((stage for stage, _ in known if stage in named), None)
    if is_executed:
        return stage if stage in SPENT and not named >= _PAID_OUT_AND_RAISED else None
    return stage if not any(named >= stages for stages in _TWO_STAGES) else None


def _is_cumulative(context: SheetContext, heading: Heading) -> bool:
    if _IN_PERIOD.search(heading.text):
        return False
    return bool(_CUMULATIVE.search(heading.text) or _CUMULATIVE_TITLE.search(context.title.title))


def _period(
    context: SheetContext, stage: str, kind: str, year: int, stated: Period | None, is_cumulative: bool
) -> Period | None:
    """Return the days of a column's amounts, None for a plan of a part of a year that cannot be told from the year's.

    What was spent is known up to the sheet's cut-off, what is estimated is so to the end of what the heading names. A
    plan of the year stands as of the cut-off, that of its last months for these.
    """
    first, last = date(year, 1, 1), date(year, 12, 31)
    end = min(context.period.end, last)
    if stated is None:
        return Period(first, max(first, end))
    if stage in SPENT:
        start = first if is_cumulative else stated.start
        end = stated.end if kind == "estimate" else min(end, stated.end)
        return Period(start, max(start, end))
    if stage == "allocated" or (stated.start, stated.end) == (first, last):
        return Period(first, max(first, end))
    return stated if stated.start > first else None


def _value_kind(heading: Heading, stage: str) -> str:
    """Need and plan are plans by their stage, or registered; what is spent or assigned can be an estimate ('ước')."""
    kind = value_kind(heading.text)
    if stage in ("need", "plan"):
        return "registered" if kind == "registered" else "plan"
    return "estimate" if kind == "estimate" else "actual"
