"""Histories of provinces that never were, to try the projection on: grown by another law than it assumes.

A criterion is met when a hidden score passes a bar and lost when it falls well below; scores drift at each commune's
own speed, faster in the years of its plan and in half-years that the whole province has in common, and are jolted.
There are no hazards here. Decisions are made at meetings, for those who were ready a month before, so many at a time.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

CRITERIA = 19
_STANDARDS = np.array(["none", "ntm", "nang_cao", "kieu_mau"])


@dataclass(frozen=True)
class Regime:
    """What sets one made-up province apart from another."""

    communes: int
    districts: int
    speed: float
    campaigns: float
    plan_factor: float
    jolt: float
    meetings: tuple[int, ...]
    silent: float
    quarterly: float
    untold: float


def regime(random: np.random.Generator) -> Regime:
    """Return a regime at random: slow or fast, with campaigns, losses, silent districts, rare meetings, or without."""
    return Regime(
        communes=int(random.integers(25, 121)),
        districts=int(random.integers(4, 11)),
        speed=float(random.choice([0.012, 0.02, 0.035])),
        campaigns=float(random.choice([0.0, 0.3, 0.6])),
        plan_factor=float(random.choice([1.0, 2.0, 4.0])),
        jolt=float(random.choice([0.01, 0.05, 0.09])),
        meetings=((12,), (6, 12), (3, 6, 9, 12), tuple(range(1, 13)))[int(random.integers(4))],
        silent=float(random.choice([0.0, 0.05, 0.15])),
        quarterly=float(random.choice([0.0, 0.0, 0.2])),
        untold=float(random.choice([0.0, 0.0, 0.01])),
    )


def made_up(seed: int, months: int = 42) -> pd.DataFrame:
    """Return the rows that query projection_reports would give of a made-up province, from July 2022 on."""
    random = np.random.default_rng(seed)
    rules = regime(random)
    ends = pd.date_range("2022-07-31", periods=months, freq="ME")
    met = _criteria(random, rules, ends)
    standards = _decisions(random, rules, met, ends)
    return _reports(random, rules, met, standards, ends)


def _district_of(rules: Regime) -> np.ndarray:
    return np.arange(rules.communes) % rules.districts


def _criteria(random: np.random.Generator, rules: Regime, ends: pd.DatetimeIndex) -> np.ndarray:
    """Return commune x month x criterion: whether it is met in truth."""
    size = (rules.communes, CRITERIA)
    readiness = random.normal(random.uniform(0.7, 2.0), 0.8, rules.communes)[:, None]
    score = readiness - random.normal(0, 0.8, CRITERIA) + random.normal(0, 0.6, size)
    speed = rules.speed * random.lognormal(0, 0.5, rules.communes)
    plan_year = random.integers(2022, 2028, rules.communes)
    effort = random.lognormal(0, 0.3, (len(ends) // 6 + 1, rules.districts))
    common = np.empty(len(effort))
    state = random.normal(0, 1)
    for block in range(len(common)):
        state = 0.5 * state + random.normal(0, 0.85)
        common[block] = np.exp(rules.campaigns * state)
    is_met = score > 0
    found = np.empty((rules.communes, len(ends), CRITERIA), dtype=bool)
    for at, end in enumerate(ends):
        pace = speed * common[at // 6] * effort[at // 6][_district_of(rules)]
        pace = pace * np.where(plan_year == end.year, rules.plan_factor, 1.0)
        score = np.minimum(score + pace[:, None] + random.normal(0, rules.jolt, size), 1.5)
        is_met = np.where(is_met, score > -0.2, score > 0)
        found[:, at] = is_met
    return found


def _decisions(random: np.random.Generator, rules: Regime, met: np.ndarray, ends: pd.DatetimeIndex) -> np.ndarray:
    """Return commune x month: the standard held (0 none to 3 kiểu mẫu)."""
    is_full = met.all(axis=2)
    first = met[:, 0].sum(axis=1)
    held = np.where(first >= CRITERIA - 2, 1, np.where(first >= CRITERIA - 4, random.integers(0, 2, len(first)), 0))
    beyond = random.normal(-1.0, 0.8, (2, len(first)))  # how ready a commune is for nâng cao and kiểu mẫu
    seats = max(2, rules.communes // 15)
    found = np.empty((len(first), len(ends)), dtype=np.int8)
    for at, end in enumerate(ends):
        beyond += random.uniform(0, 0.06, beyond.shape) * (held >= [[1], [2]])
        if end.month in rules.meetings and at:
            ready = np.flatnonzero((held == 0) & is_full[:, at - 1] & is_full[:, at])
            held[random.permutation(ready)[:seats]] = 1
            for above in (2, 1):
                ready = np.flatnonzero((held == above) & (beyond[above - 1] > 0) & (random.random(len(held)) < 0.7))
                held[random.permutation(ready)[: max(1, seats // 2)]] = above + 1
        found[:, at] = held
    return found


def _reports(
    random: np.random.Generator, rules: Regime, met: np.ndarray, standards: np.ndarray, ends: pd.DatetimeIndex
) -> pd.DataFrame:
    """Return what the province's office reads: silent districts, rare reporters, cells left out."""
    communes, district = len(met), _district_of(rules)
    is_quarterly = random.random(communes) < rules.quarterly
    unmet, unknown, last = np.zeros(communes, int), np.full(communes, (1 << CRITERIA + 1) - 2), np.zeros(communes, int)
    bits = 1 << np.arange(1, CRITERIA + 1)
    tables = []
    for at, end in enumerate(ends):
        is_silent = (random.random(rules.districts) < rules.silent)[district] | (is_quarterly & (end.month % 3 > 0))
        untold = random.random(met[:, at].shape) < rules.untold * (random.random((communes, 1)) < 0.1)
        now = ~is_silent | (at == 0)
        unmet = np.where(now, (~met[:, at] & ~untold) @ bits, unmet)
        unknown = np.where(now, untold @ bits, unknown)
        last = np.where(now, at, last)
        tables.append(
            pd.DataFrame(
                {
                    "unit_code": [f"{number:05}" for number in range(communes)],
                    "valid_from": pd.Timestamp("2000-01-01"),
                    "name": [f"Xã {number}" for number in range(communes)],
                    "district_code": [f"{number:03}" for number in district],
                    "district_name": [f"Huyện {number}" for number in district],
                    "period_end": end,
                    "set_code": "XA_NTM_2021_2025",
                    "criteria_total": CRITERIA,
                    "unmet_mask": unmet,
                    "unknown_mask": unknown,
                    "last_report": ends[last],
                    "standard": _STANDARDS[standards[:, at]],
                }
            )
        )
    return pd.concat(tables, ignore_index=True)
