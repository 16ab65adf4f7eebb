"""Many possible ways from today's communes to a due date, drawn from the hazards of their history.

Each run draws a pace that all communes share (campaigns, orders, floods make them move together: independent draws
would give intervals that are too narrow), then for each unmet criterion the month in which it comes to be met, losses
and their mending, and the decisions of recognition. Numpy alone; the same seed gives the same runs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ntm.metrics.hazard import MET, NEARNESS, NOT_MET, Closing, Codes, Floats, nearness, rules
from ntm.metrics.recognition import Pace

BELOW = 15
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Start:
    """The communes that are simulated, how fast they change, and how many hold what today.

    `latest` commune x criterion, nothing unknown; `is_recognised` who holds NTM, `advanced` and `model` how many hold
    nâng cao and kiểu mẫu, `others` NTM communes beside those simulated (their criteria are not known).
    """

    latest: Codes
    closing: Closing
    losing: Closing
    is_recognised: Bools
    others: int
    advanced: int
    model: int
    paces: Mapping[str, Pace]


@dataclass(frozen=True)
class Runs:
    """Run x month ahead of each count; the share of runs in which each commune meets all, or is recognised, at the end.

    `full`: communes that are recognised or meet every criterion.
    """

    ntm_communes: Floats
    nang_cao_communes: Floats
    kieu_mau_communes: Floats
    full_communes: Floats
    criteria_met_mean: Floats
    communes_below_15: Floats
    meets_all: Floats
    recognised: Floats


def simulate(start: Start, first_month: int, months: int, runs: int, seed: int) -> Runs:
    """Return `runs` ways through `months` months, of which the first is `first_month` of the year (1-12)."""
    draw = np.random.default_rng(seed)
    pace = _shared(draw, start.closing.shared, runs)
    missing, is_held = _walk(draw, start, pace, months, first_month)
    ntm = start.others + is_held.sum(axis=1).astype(float)
    advanced = _rise(draw, start.paces["nang_cao"], start.closing.shared, ntm, start.advanced, first_month)
    model = _rise(draw, start.paces["kieu_mau"], start.closing.shared, advanced, start.model, first_month)
    criteria, is_full = start.latest.shape[1], missing == 0
    return Runs(
        ntm_communes=ntm,
        nang_cao_communes=advanced,
        kieu_mau_communes=model,
        full_communes=start.others + (is_full | is_held).sum(axis=1).astype(float),
        criteria_met_mean=criteria - missing.mean(axis=1),
        communes_below_15=(missing > criteria - BELOW).sum(axis=1).astype(float),
        meets_all=is_full[:, :, -1].mean(axis=0),
        recognised=is_held[:, :, -1].mean(axis=0),
    )


def _shared(draw: np.random.Generator, spread: float, runs: int) -> Floats:
    """Return a factor of the pace for each run, with median 1."""
    return np.exp(draw.normal(0, spread, runs))


def _walk(
    draw: np.random.Generator, start: Start, pace: Floats, months: int, first_month: int
) -> tuple[npt.NDArray[np.int8], Bools]:
    """Go month by month; return how many criteria each commune lacks, and who holds NTM: run x commune x month.

    The pace of a commune hangs on how near it is (hazard.nearness) as it then stands. A criterion comes to be met when
    its months, each counted at the pace of the time, reach an exponential wait drawn before.
    """
    runs, (communes, _) = len(pace), start.latest.shape
    commune, number = np.nonzero(start.latest == NOT_MET)
    events, exposure = (part[commune, number] for part in start.closing.rates)
    rate = draw.standard_gamma(events.astype(np.float32), (runs, len(events)), dtype=np.float32)
    rate *= (pace[:, None] / exposure).astype(np.float32)
    left = draw.standard_exponential(rate.shape, dtype=np.float32)
    lost = _losses(draw, start, pace, months)
    chance = _chance(draw, start.paces["ntm"], 0.0, runs, first_month)
    shape, expected = start.closing.nearness
    factors = (draw.standard_gamma(shape, (runs, NEARNESS)) / expected).astype(np.float32)
    block = int(rules()["shared"]["block_months"])
    missing, held = np.empty((runs, communes, months), np.int8), np.empty((runs, communes, months), bool)
    owners, first = np.unique(commune, return_index=True)
    place = np.searchsorted(owners, commune)
    waiting = np.flatnonzero(~start.is_recognised)
    lacks = np.broadcast_to((start.latest == NOT_MET).sum(axis=1).astype(np.int8), (runs, communes))
    is_held = np.broadcast_to(start.is_recognised, (runs, communes)).copy()
    effort = np.ones((runs, len(owners)), np.float32)
    for ahead in range(months):
        if ahead % block == 0 and start.closing.own:
            effort = draw.standard_gamma(1 / start.closing.own, effort.shape, np.float32) * start.closing.own
        near = nearness(lacks[:, owners], is_held[:, owners])
        left -= rate * np.take(effort * np.take_along_axis(factors, near, axis=1), place, axis=1)
        lacks = lost[:, :, ahead].copy()
        if len(owners):
            lacks[:, owners] += np.add.reduceat(left > 0, first, axis=1, dtype=np.int8)
        is_decided = draw.random((runs, len(waiting)), np.float32) < chance[:, [ahead % 12]]
        is_held[:, waiting] |= (lacks[:, waiting] == 0) & is_decided
        missing[:, :, ahead], held[:, :, ahead] = lacks, is_held
    return missing, held


def _losses(draw: np.random.Generator, start: Start, pace: Floats, months: int) -> npt.NDArray[np.int8]:
    """Return how many of the criteria met today are lost: run x commune x month; each until it is met again.

    They are few, so they are drawn one by one.
    """
    runs = len(pace)
    change = np.zeros((runs, len(start.latest), months + 1), dtype=np.int8)
    commune, number = np.nonzero(start.latest == MET)
    rate = (start.losing.rates[0] / start.losing.rates[1])[commune, number]
    if len(rate):
        total = rate.sum() * months * _shared(draw, start.losing.shared, runs)
        run = np.repeat(np.arange(runs), draw.poisson(total))
        cell = draw.choice(len(rate), len(run), p=rate / rate.sum())
        begins = draw.integers(0, months, len(run))
        again = (start.closing.rates[0] / start.closing.rates[1])[commune[cell], number[cell]] * pace[run]
        waited = np.minimum(draw.standard_exponential(len(run)) / again, months).astype(np.int64)
        np.add.at(change, (run, commune[cell], begins), 1)
        np.subtract.at(change, (run, commune[cell], np.minimum(begins + 1 + waited, months)), 1)
    return np.cumsum(change, axis=2, dtype=np.int8)[:, :, :-1]


def _chance(draw: np.random.Generator, pace: Pace, spread: float, runs: int, month: int) -> Floats:
    """Return each run's monthly chance of recognition by month of the year (run x month); its rate is uncertain."""
    chance = draw.beta(pace.events + 0.5, pace.exposure - pace.events + 0.5, runs)
    rate = -np.log1p(-np.minimum(chance, 1 - 1e-9)) * _shared(draw, spread, runs)
    return np.asarray(1 - np.exp(-rate[:, None] * np.roll(pace.of_month, 1 - month)))


def _rise(draw: np.random.Generator, pace: Pace, spread: float, below: Floats, held: int, month: int) -> Floats:
    """Return how many hold a standard, month by month, of those that hold the one below it."""
    runs, months = below.shape
    chance = _chance(draw, pace, spread, runs, month)
    count, now = np.empty((runs, months)), np.full(runs, held)
    for ahead in range(months):
        eligible = np.maximum(below[:, ahead - 1] if ahead else below[:, 0], now) - now
        now = now + draw.binomial(eligible.astype(np.int64), chance[:, ahead % 12])
        count[:, ahead] = now
    return count
