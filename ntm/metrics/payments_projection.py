"""What a running year will have spent by 31 December if it goes as earlier years went. No figure of the books.

Method: development to ultimate (the chain-ladder reading of cumulative payments; Mack, 'Distribution-free calculation
of the standard error of chain ladder reserve estimates', ASTIN Bulletin 23(2), 1993), each earlier year counting alike:
each tells by which factor its amount grew from this month to a later one, and today's amount grows by their geometric
mean. Interval: prediction interval of one further observation of the factors' logarithms (Hahn and Meeker, Statistical
Intervals, 1991), t distribution, coverage in payments_projection.yml. Back-test: each earlier year from the others.

Limits: it knows nothing of this year (late assignment, floods, a campaign in December); few years make a wide interval;
the years are taken as alike and independent. A rate is projected in the same way, from rates alone: each is over its
own base at its own cut-off, so that none is divided by another base.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from statistics import fmean, stdev
from typing import Any, TypeGuard

import pandas as pd

from ntm.metrics.payments_curve import Curve, month_end
from ntm.yaml_files import read_yaml

_PATH = Path(__file__).with_suffix(".yml")


@dataclass(frozen=True)
class Grown:
    """A value as it is projected, with the ends of its interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Projection:
    """From `since` and `now` on (million đồng, or percent of a rate) to 31 December.

    `steps`: period_end, value, low, high, years of each month end that can be projected, the last one 31 December.
    `tests`: year, reached (at the same month), final, projected, error_pct of each earlier year, from the others.
    """

    since: date
    now: float
    steps: pd.DataFrame
    tests: pd.DataFrame

    @property
    def final(self) -> Grown:
        last = self.steps.iloc[-1]
        return Grown(float(last["value"]), float(last["low"]), float(last["high"]))

    @property
    def worst_error_pct(self) -> float:
        """Largest error of the back-test, without its sign."""
        return float(self.tests["error_pct"].abs().max())


@dataclass(frozen=True)
class TooFew:
    """Earlier years that tell both this month and 31 December are fewer than are needed."""

    since: date
    years: tuple[int, ...]
    needed: int


@cache
def rules() -> Mapping[str, Mapping[str, Any]]:
    """Return the numbers that a projection stands on, with their reasons and sources."""
    read: Mapping[str, Mapping[str, Any]] = read_yaml(_PATH)
    return read


def project(this: Curve, earlier: Sequence[Curve]) -> Projection | TooFew | None:
    """Return the amount projected month by month; None when the year is over or has spent nothing that is told.

    `earlier` are curves of whole earlier years; one that does not tell this month and 31 December is not counted.
    """
    if this.last is None or this.last[0] != month_end(this.year, this.last[0].month) or this.last[0].month == 12:
        return None
    since, now = this.last
    if now <= 0:
        return None
    whole = {}
    for one in _newest(earlier, this.year):
        reached, final = one.at(since.month), one.at(12)
        if _is_positive(reached) and _is_positive(final):
            whole[one.year] = (one, reached, final)
    needed = int(rules()["min_years"]["value"])
    if len(whole) < needed:
        return TooFew(since, tuple(sorted(whole)), needed)
    steps = []
    for month_no in range(since.month + 1, 13):
        told = [(one.at(month_no), reached) for one, reached, _ in whole.values()]
        factors = [later / reached for later, reached in told if _is_positive(later)]
        if len(factors) >= needed:
            grown = grow(now, factors, least=now)
            steps.append((month_end(this.year, month_no), grown.value, grown.low, grown.high, len(factors)))
    tests = back_test({year: (reached, final) for year, (_, reached, final) in whole.items()})
    return Projection(since, now, _steps(steps), tests)


def project_rate(this: Curve, earlier: Sequence[Curve]) -> Projection | TooFew | None:
    """Return the rate of disbursement on 31 December projected from that of the latest cut-off; None as above.

    Only rates are used: this year's at its cut-off, and earlier years' at the same day and on 31 December.
    """
    base, last_day = this.base, month_end(this.year, 12)
    if base is None or not _is_positive(now := base.rate.pct) or base.cutoff == last_day:
        return None
    found = {}
    for one in _newest(earlier, this.year):
        reached, final = _pct(one, base.cutoff), _pct(one, last_day)
        if reached and final:
            found[one.year] = (reached, final)
    if len(found) < rules()["min_years"]["value"]:
        return TooFew(base.cutoff, tuple(sorted(found)), rules()["min_years"]["value"])
    grown = grow(now, [final / reached for reached, final in found.values()])
    steps = _steps([(last_day, grown.value, grown.low, grown.high, len(found))])
    return Projection(base.cutoff, now, steps, back_test(found))


def grow(now: float, factors: Sequence[float], *, least: float = 0) -> Grown:
    """Return a value grown by the geometric mean of factors (at least two), with its prediction interval.

    Its low end is not below `least`: of an amount what is reached already, for money that was spent stays spent. A rate
    has none: it falls when more money is allocated.
    """
    logs = [math.log(factor) for factor in factors]
    middle = fmean(logs)
    quantile = rules()["t_quantile"]["values"][len(logs) - 1]
    half = quantile * stdev(logs) * math.sqrt(1 + 1 / len(logs))
    value = now * math.exp(middle)
    return Grown(value, min(value, max(least, now * math.exp(middle - half))), now * math.exp(middle + half))


def back_test(years: Mapping[int, tuple[float, float]]) -> pd.DataFrame:
    """Return year, reached, final, projected, error_pct of each year, projected from all the others."""
    rows = []
    for year, (reached, final) in years.items():
        others = [math.log(end / begin) for other, (begin, end) in years.items() if other != year]
        projected = reached * math.exp(fmean(others))
        rows.append((year, reached, final, projected, 100 * (projected - final) / final))
    return pd.DataFrame(rows, columns=["year", "reached", "final", "projected", "error_pct"]).sort_values("year")


def _pct(one: Curve, day: date) -> float | None:
    """Return the rate on the same day of a curve's year; None when there is none above zero."""
    rate = one.rate_on(day)
    return rate.rate.pct if rate and _is_positive(rate.rate.pct) else None


def _is_positive(amount: float | None) -> TypeGuard[float]:
    return amount is not None and amount > 0


def _newest(earlier: Sequence[Curve], year: int) -> list[Curve]:
    first = year - int(rules()["max_years"]["value"])
    return [curve for curve in earlier if first <= curve.year < year]


def _steps(rows: Sequence[tuple[object, ...]]) -> pd.DataFrame:
    steps = pd.DataFrame(rows, columns=["period_end", "value", "low", "high", "years"])
    return steps.assign(period_end=pd.to_datetime(steps["period_end"]))
