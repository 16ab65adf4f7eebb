"""Disbursement month by month within a year, in amounts, with the rates of the cut-offs that have one.

Between two reports of allocated money there is no rate: a month's payments over money allocated at another cut-off
would be one over another base. So the curve is an amount against the allocated amount, which is its 100%, and
percentages stand only at the cut-offs that tell both.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd

from ntm.metrics.payments import Disbursement, pairs_of, rates_of, reported

_PART = ["source_code", "nature"]
Told = dict[pd.Timestamp, dict[tuple[str, str], float]]
"""Day -> amount from January to it, of each source and nature that is told."""


@dataclass(frozen=True)
class Curve:
    """`months`: period_end, disbursed (million đồng from 1 January, missing where not told). `rates`: by cut-off.

    `base` is the latest of the rates: its allocated money is the 100% of the year so far; None when there is none.
    """

    year: int
    months: pd.DataFrame
    rates: tuple[Disbursement, ...]

    @property
    def base(self) -> Disbursement | None:
        return self.rates[-1] if self.rates else None

    @cached_property
    def last(self) -> tuple[date, float] | None:
        """The latest day told and its amount; None when nothing is told."""
        told = self.months.dropna(subset=["disbursed"])
        return (told["period_end"].iloc[-1].date(), float(told["disbursed"].iloc[-1])) if len(told) else None

    def at(self, month_no: int) -> float | None:
        """Return the amount at the end of a month 1-12; None when that is not told."""
        day = np.datetime64(month_end(self.year, month_no))
        found = self.months["disbursed"].to_numpy()[self.months["period_end"].to_numpy() == day]
        return float(found[0]) if len(found) and not np.isnan(found[0]) else None

    def rate_on(self, day: date) -> Disbursement | None:
        """Return the rate on the same day of this curve's year (the end of February is one); None without any."""
        return next((rate for rate in self.rates if _place(rate.cutoff) == _place(day)), None)


def curves(funding: pd.DataFrame, years: Sequence[int], month: date) -> dict[int, Curve]:
    """Return the curve of each year, up to a month and to its own 31 December; rows of mart_funding of one unit.

    A day is told when every source and nature of the base is reported for it: a sum of some of them would look as if
    money had come back. Where nothing was allocated yet, it is every source that the year's payments were reported for.
    Credit and estimates are never in it.
    """
    rows = reported(funding, years, month)
    rows = rows[rows["period_end"].dt.year == rows["year"]]
    pairs = pairs_of(rows)
    paid = rows[rows["stage"] == "disbursed"]
    told: dict[int, Told] = {year: {} for year in years}
    for (day, source, nature), amount in paid.groupby(["period_end", *_PART])["amount_vnd_million"].sum().items():
        told[day.year].setdefault(day, {})[source, nature] = amount
    return {year: _curve(year, told[year], pairs[pairs["year"] == year], month) for year in years}


def _curve(year: int, told: Told, pairs: pd.DataFrame, month: date) -> Curve:
    base = pairs[pairs["period_end"] == pairs["period_end"].max()]
    parts = set(zip(base["source_code"], base["nature"], strict=True)) or set().union(*told.values())
    ends = (pd.Timestamp(month_end(year, number)) for number in range(1, 13))
    days = sorted({*told, *(end for end in ends if end <= pd.Timestamp(month))})
    amounts = [
        round(sum(told[day][part] for part in parts), 6) if parts and parts <= told.get(day, {}).keys() else None
        for day in days
    ]
    months = pd.DataFrame({"period_end": days, "disbursed": amounts})
    return Curve(year, months.astype({"period_end": "datetime64[us]", "disbursed": float}), rates_of(pairs))


def month_end(year: int, month_no: int) -> date:
    """Return the last day of a month."""
    return date(year, month_no, monthrange(year, month_no)[1])


def _place(day: date) -> tuple[int, int]:
    """Return where a day lies in its year: the end of a month is one place, also in leap years."""
    return day.month, 0 if day == month_end(day.year, day.month) else day.day
