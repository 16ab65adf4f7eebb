"""Runs from today's communes: they begin at what is told, and their rates come out again."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from ntm.metrics.hazard import Closing
from ntm.metrics.recognition import Pace
from ntm.metrics.simulation import Start, simulate

COMMUNES, CRITERIA = 40, 19
SURE = 1e6
ALIKE = (np.full(4, SURE), np.full(4, SURE))


def rates(rate: float) -> Closing:
    """Rates that are known for sure and alike everywhere; nothing is shared."""
    cells = np.full((COMMUNES, CRITERIA), SURE)
    return Closing(10, (cells, cells / max(rate, 1e-12)), ALIKE, 0.0, 0.0)


def pace(chance: float, months: tuple[int, ...] = ()) -> Pace:
    of_month = np.ones(12)
    if months:
        of_month = np.array([float(month in months) * 50 for month in range(1, 13)])
    return Pace(SURE * chance, SURE, 10, of_month)


def start(unmet: int, *, closing: float = 0.0, losing: float = 0.0, decided: float = 0.5, higher: float = 0.0) -> Start:
    latest = np.ones((COMMUNES, CRITERIA), dtype=np.int8)
    latest[:, :unmet] = 0
    paces = {"ntm": pace(decided), "nang_cao": pace(higher), "kieu_mau": pace(0)}
    return Start(latest, rates(closing), rates(losing), np.zeros(COMMUNES, dtype=bool), 3, 2, 1, paces)


def test_without_any_rate_all_stays_as_it_is() -> None:
    runs = simulate(start(5), 7, 12, 50, seed=1)
    assert (runs.criteria_met_mean == 14).all()
    assert (runs.communes_below_15 == COMMUNES).all()
    assert (runs.ntm_communes == 3).all()
    assert (runs.nang_cao_communes == 2).all()


def test_the_rate_comes_out_again() -> None:
    runs = simulate(start(1, closing=0.1), 1, 12, 400, seed=2)
    expected = 18 + (1 - np.exp(-0.1 * np.arange(1, 13)))
    assert runs.criteria_met_mean.mean(axis=0) == pytest.approx(expected, abs=0.02)


def test_losses_come_out_again_and_lie_within_the_criteria() -> None:
    runs = simulate(start(0, losing=0.002), 1, 12, 400, seed=3)
    assert 19 - runs.criteria_met_mean[:, -1].mean() == pytest.approx(19 * 0.002 * 12, rel=0.05)
    assert runs.criteria_met_mean.min() > 17


def test_all_criteria_are_not_recognition() -> None:
    never = simulate(start(0, decided=1e-9), 1, 12, 50, seed=4)
    assert (never.full_communes == 3 + COMMUNES).all()
    assert never.ntm_communes.max() <= 4
    half = simulate(start(0, decided=0.5), 1, 2, 400, seed=4)
    assert half.ntm_communes.mean(axis=0) - 3 == pytest.approx([COMMUNES / 2, COMMUNES * 3 / 4], rel=0.05)


def test_decisions_of_december_come_in_december() -> None:
    begun = start(0)
    runs = simulate(replace(begun, paces=begun.paces | {"ntm": pace(0.2, (12,))}), 10, 6, 50, seed=5)
    assert (runs.ntm_communes[:, :2] == 3).all()
    assert (runs.ntm_communes[:, 2] == 3 + COMMUNES).all()


def test_higher_standards_are_drawn_from_those_that_hold_the_one_below() -> None:
    runs = simulate(start(5, higher=0.5), 1, 24, 50, seed=6)
    assert (runs.nang_cao_communes <= runs.ntm_communes).all()
    assert (runs.nang_cao_communes[:, -1] == 3).all()
    assert (runs.kieu_mau_communes == 1).all()


def test_what_communes_share_widens_the_interval_and_the_seed_fixes_it() -> None:
    alone = start(3, closing=0.05)
    shared = replace(alone, closing=replace(alone.closing, shared=0.5))
    narrow, wide, again = (simulate(one, 1, 12, 400, seed=7).criteria_met_mean for one in (alone, shared, shared))
    assert wide[:, -1].std() > 2 * narrow[:, -1].std()
    assert (wide == again).all()


def test_efforts_of_communes_bring_more_of_them_to_the_end() -> None:
    alone = start(3, closing=0.05)
    moved = replace(alone, closing=replace(alone.closing, own=2.0))
    ends = [simulate(one, 1, 6, 400, seed=8).full_communes[:, -1].mean() for one in (alone, moved)]
    assert ends[1] - 3 > 2 * (ends[0] - 3)
