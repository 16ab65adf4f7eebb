"""Totals and summaries that a workbook states, to stated_result: never mixed with what is counted from results."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from etl.context import SheetContext


@dataclass(frozen=True)
class Stated:
    """One stated figure. `content` is its wording, `section` what it stands under, `metric` the code where known.

    `value` is in `unit`; percent as 0-100. `unit_group` is a group of communes ('1', '2', '3'), None for all.
    """

    unit_code: str
    period_end: date
    value_kind: str
    content: str
    value: Decimal | int
    metric: str | None = None
    unit: str | None = None
    section: str | None = None
    unit_group: str | None = None
    set_code: str | None = None


def add_stated(context: SheetContext, stated: Stated, row: int, column: int) -> None:
    """Load a stated figure with its cell."""
    context.reading.add("stated_result", {**asdict(stated), **context.provenance(row, column)})
