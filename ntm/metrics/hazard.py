"""How fast communes come to meet a criterion, or lose it: monthly hazards from their reports under one set.

Method: discrete-time survival (Singer and Willett, 'It's About Time', J. Educational Statistics 18(2), 1993): in each
month that a criterion is not met it may come to be met. Cells of one commune and criterion have hardly an event each,
so their rates are shrunk (Casella, 'An Introduction to Empirical Bayes Data Analysis', The American Statistician 39(2),
1985): commune to district, district to province, criterion by criterion. Strengths in projection.yml.

What is unknown is neither at risk nor an event. Only reports under the set in use, of the units in force, count.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from ntm.yaml_files import read_yaml

UNKNOWN, NOT_MET, MET = -1, 0, 1
NEARNESS = 4
RANKS = {"unknown": -1, "none": 0, "ntm": 1, "nang_cao": 2, "kieu_mau": 3}
Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int8]
_PATH = Path(__file__).with_name("projection.yml")


@dataclass(frozen=True)
class History:
    """What is told up to a month under the set in use then, of the communes in force then.

    `units` is one row per commune; `outcomes` commune x month x criterion at the reports of that very month;
    `standing` the same at the latest report of each month; `standards` commune x month, as RANKS. No month is left out.
    """

    units: pd.DataFrame
    months: pd.DatetimeIndex
    outcomes: Codes
    standing: Codes
    standards: Codes

    @property
    def latest(self) -> Codes:
        """Commune x criterion at the latest report."""
        return self.standing[:, -1]

    @property
    def district_of(self) -> npt.NDArray[np.int64]:
        return np.asarray(pd.factorize(self.units["district_code"].fillna(""))[0], dtype=np.int64)

    @property
    def is_known(self) -> npt.NDArray[np.bool_]:
        """Communes whose latest report tells every criterion."""
        return np.asarray((self.latest != UNKNOWN).all(axis=1))

    @property
    def reported_months(self) -> int:
        """Months of which at least one commune reported."""
        return int((self.outcomes != UNKNOWN).any(axis=(0, 2)).sum())


@dataclass(frozen=True)
class Counts:
    """Pairs of reports, commune x month of the later one x criterion: whether at risk, months between, the event."""

    events: Floats
    exposure: Floats

    @property
    def seen(self) -> int:
        return int(self.events.sum())


@dataclass(frozen=True)
class Closing:
    """Rates of one kind of change: `seen` events, `rates` as `shrunk` gives them, what the classes of `nearness` add.

    `nearness`: events and expected events of each class with those of the prior; their quotient is its factor of the
    pace. `shared`: standard deviation of the logarithm of the pace common to all; `own`: variance of communes' efforts.
    """

    seen: int
    rates: tuple[Floats, Floats]
    nearness: tuple[Floats, Floats]
    shared: float
    own: float


@cache
def rules() -> Mapping[str, Mapping[str, Any]]:
    """Return the numbers that a projection stands on, with their reasons and sources."""
    read: Mapping[str, Mapping[str, Any]] = read_yaml(_PATH)
    return read


def history_until(rows: pd.DataFrame, month: date) -> History | None:
    """Return what the rows of query projection_reports tell up to a month; None without a set in use at it."""
    end = pd.Timestamp(month)
    units = rows[rows["period_end"] == end].reset_index(drop=True)
    sets = units["set_code"].dropna()
    if not len(sets):
        return None
    under = rows[(rows["set_code"] == sets.iloc[0]) & (rows["period_end"] <= end)]
    months = pd.date_range(under["period_end"].min(), end, freq="ME")
    who = pd.MultiIndex.from_frame(units[["unit_code", "valid_from"]])
    n = who.get_indexer(pd.MultiIndex.from_frame(under[["unit_code", "valid_from"]]))
    at = months.get_indexer(pd.DatetimeIndex(under["period_end"]))
    is_own = n >= 0
    n, at, under = n[is_own], at[is_own], under[is_own]
    is_reported = (under["last_report"].dt.to_period("M") == under["period_end"].dt.to_period("M")).to_numpy()
    told = _outcomes(under, int(units["criteria_total"].iloc[0]))
    standing = np.full((len(units), len(months), told.shape[1]), UNKNOWN, dtype=np.int8)
    standing[n, at] = told
    outcomes = np.full_like(standing, UNKNOWN)
    outcomes[n[is_reported], at[is_reported]] = told[is_reported]
    standards = np.full((len(units), len(months)), RANKS["unknown"], dtype=np.int8)
    standards[n, at] = under["standard"].map(RANKS).to_numpy(dtype=np.int8)
    return History(units, months, outcomes, standing, standards)


def as_of(history: History, months: int) -> History:
    """Return what the first months of a history told at their end."""
    return History(
        history.units,
        history.months[:months],
        history.outcomes[:, :months],
        history.standing[:, :months],
        history.standards[:, :months],
    )


def _outcomes(rows: pd.DataFrame, criteria: int) -> Codes:
    numbers = np.arange(1, criteria + 1)
    unmet, unknown = (
        (rows[name].to_numpy(dtype=np.int64)[:, None] >> numbers) & 1 == 1 for name in ("unmet_mask", "unknown_mask")
    )
    return np.where(unknown, UNKNOWN, np.where(unmet, NOT_MET, MET)).astype(np.int8)


def counts(history: History, before: int, after: int) -> Counts:
    """Count changes of outcome from `before` to `after` between reports that follow one another.

    Two reports further apart than max_gap_months are no pair; those nearer put all months between them at risk.
    """
    told = history.outcomes
    months, is_told = told.shape[1], told != UNKNOWN
    events, exposure = np.zeros(told.shape), np.zeros(told.shape)
    is_silent = np.ones((len(told), max(months - 1, 0), told.shape[2]), dtype=bool)  # between the reports of a pair
    for gap in range(1, min(int(rules()["max_gap_months"]["value"]), months - 1) + 1):
        if gap > 1:
            is_silent = is_silent[:, :-1] & ~is_told[:, gap - 1 : months - 1]
        at_risk = is_silent & is_told[:, gap:] & (told[:, :-gap] == before)
        events[:, gap:] += at_risk & (told[:, gap:] == after)
        exposure[:, gap:] += gap * at_risk
    return Counts(events, exposure)


def month_weights(months: int) -> Floats:
    """Return how much each month of a history counts, the last one fully."""
    half_life = float(rules()["half_life_months"]["value"])
    return np.asarray(0.5 ** (np.arange(months)[::-1] / half_life))


def nearness(missing: npt.NDArray[Any], is_recognised: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """Return the class of communes whose pace is alike: 0 recognised as NTM, else by how many criteria are missing.

    Offices work where a decision is near: 1 for one missing, 2 for two, 3 for more.
    """
    return np.where(is_recognised, 0, np.clip(missing, 1, NEARNESS - 1)).astype(np.int64)


def closing_rates(history: History) -> Closing:
    """Return how fast unmet criteria come to be met."""
    found = counts(history, NOT_MET, MET)
    held = history.standards >= RANKS["ntm"]
    # As it stood before the event: what was at risk is what was lacked.
    near = nearness((found.exposure > 0).sum(axis=2)[:, 1:], held[:, :-1])
    events, exposure = found.events[:, 1:], found.exposure[:, 1:]
    weights = month_weights(len(history.months))[None, 1:, None]
    mean = (events.sum() + 0.5) / (exposure.sum() + 1)
    strength = float(rules()["strength"]["nearness"])
    near_events, near_expected = _by(near, events) + strength, mean * _by(near, exposure) + strength
    offset = exposure * (near_events / near_expected)[near][:, :, None]
    rates = shrunk((events * weights).sum(axis=1), (offset * weights).sum(axis=1), history.district_of)
    expected = offset.sum(axis=2) * events.sum() / max(offset.sum(), 1)
    return Closing(
        found.seen,
        rates,
        (near_events, near_expected),
        shared_spread(events.sum(axis=(0, 2)), expected.sum(axis=0)),
        own_variance(events.sum(axis=2), expected),
    )


def losing_rates(history: History) -> Closing:
    """Return how fast criteria that are met come to be lost: nearness and efforts of single communes play no part."""
    found = counts(history, MET, NOT_MET)
    weights = month_weights(len(history.months))[None, :, None]
    rates = shrunk((found.events * weights).sum(axis=1), (found.exposure * weights).sum(axis=1), history.district_of)
    totals = found.events.sum(axis=(0, 2)), found.exposure.sum(axis=(0, 2))
    mean = totals[0].sum() / max(totals[1].sum(), 1)
    alike = np.ones(NEARNESS), np.ones(NEARNESS)
    return Closing(found.seen, rates, alike, shared_spread(totals[0][1:], mean * totals[1][1:]), 0.0)


def _by(group: npt.NDArray[np.int64], values: Floats) -> Floats:
    return np.asarray(np.bincount(group.ravel(), values.sum(axis=2).ravel(), NEARNESS), dtype=np.float64)


def shrunk(events: Floats, exposure: Floats, district_of: npt.NDArray[np.int64]) -> tuple[Floats, Floats]:
    """Return the posterior of each cell's rate as events and months at risk, those of the prior among them.

    Their quotient is the rate: of the province, then of each criterion, of the district, of the commune, each level
    drawn to the one above by a prior worth so many events as projection.yml says.
    """
    strength = rules()["strength"]
    province = np.full(events.shape[1], (events.sum() + 0.5) / (exposure.sum() + 1))
    of_criterion = _mean(events.sum(axis=0), exposure.sum(axis=0), province, strength["criterion"])
    shape = (district_of.max(initial=0) + 1, events.shape[1])
    in_district, at_risk = np.zeros(shape), np.zeros(shape)
    np.add.at(in_district, district_of, events)
    np.add.at(at_risk, district_of, exposure)
    of_district = _mean(in_district, at_risk, of_criterion, strength["district"])[district_of]
    own = float(strength["commune"])
    return events + own, exposure + own / of_district


def _mean(events: Floats, exposure: Floats, above: Floats, strength: float) -> Floats:
    return np.asarray((events + strength) / (exposure + strength / above))


def shared_spread(events: Floats, expected: Floats) -> float:
    """Return the standard deviation of the logarithm of the pace that all communes share, from half-year to half-year.

    Variation beyond chance (Poisson) of the half-years' events around those that one rate would give, by moments,
    drawn to the prior of projection.yml. `events`, `expected`: of each month.
    """
    rule = rules()["shared"]
    seen, wanted = _blocks(events, int(rule["block_months"])), _blocks(expected, int(rule["block_months"]))
    beyond = _beyond(seen, wanted)
    before, weight, own = float(rule["prior_sd"]) ** 2, float(rule["weight"]), max(len(seen) - 1, 0)
    return float(np.sqrt((weight * before + own * np.log1p(beyond)) / (weight + own)))


def own_variance(events: Floats, expected: Floats) -> float:
    """Return the variance of a commune's own effort (mean 1) from half-year to half-year, in the same way.

    Criteria of one commune come to be met together: the year of its decision is the year of its roads and schools.
    `events`, `expected`: commune x month.
    """
    rule, size = rules()["own"], int(rules()["shared"]["block_months"])
    beyond = min(_beyond(_blocks(events, size), _blocks(expected, size)), float(rule["most"]))
    weight = float(rule["weight"])
    return float((weight * rule["prior_variance"] + events.sum() * beyond) / (weight + events.sum()))


def _blocks(months: Floats, size: int) -> Floats:
    """Return sums of whole blocks of months, the last ones, along the last axis."""
    count = months.shape[-1] // size
    kept = months[..., months.shape[-1] - count * size :]
    return kept.reshape(*months.shape[:-1], count, size).sum(axis=-1)


def _beyond(seen: Floats, expected: Floats) -> float:
    """Return the variance of a factor (mean 1) that multiplies the expected counts, beyond that of Poisson counts."""
    if not expected.sum():
        return 0.0
    return max(0.0, float(((seen - expected) ** 2 - expected).sum() / (expected**2).sum()))
