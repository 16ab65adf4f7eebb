"""Where the communes of a province will stand at a due date if they go on as their reports tell: median and interval.

Method: hazard.py (rates), recognition.py (decisions), simulation.py (runs); numbers and sources in projection.yml; what
it cannot know, and how often its interval held, in docs/projection.md. No figure of the books: expert estimates (dự
kiến) and targets stand beside it and are no part of it.

Too little history gives `Lacking`, metric by metric: 'chưa đủ số liệu' is an answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from ntm.metrics.hazard import (
    MET,
    NOT_MET,
    RANKS,
    Closing,
    Floats,
    History,
    as_of,
    closing_rates,
    history_until,
    losing_rates,
    rules,
)
from ntm.metrics.recognition import STANDARDS, paces
from ntm.metrics.share import Share
from ntm.metrics.simulation import BELOW, Runs, Start, simulate

METRICS = (
    "ntm_communes", "nang_cao_communes", "kieu_mau_communes", "full_communes", "criteria_met_mean",
    "communes_below_15",
)  # fmt: skip
"""Those of targets, and `full_communes`: recognised as NTM or meeting every criterion."""
_NEEDS = {"ntm_communes": "ntm", "nang_cao_communes": "nang_cao", "kieu_mau_communes": "kieu_mau"}
NO_SET, MONTHS, EVENTS, RECOGNITIONS, HORIZON = "no_set", "months", "events", "recognitions", "horizon"
WHY = (NO_SET, MONTHS, EVENTS, RECOGNITIONS, HORIZON)
_REFORM = date(2025, 7, 1)


@dataclass(frozen=True)
class Lacking:
    """Why a metric is not projected: one of WHY, what the history has and what it needs."""

    why: str
    found: int
    needed: int


@dataclass(frozen=True)
class Fan:
    """`steps`: period_end, median, low, high, inside_pct of each month ahead. `ends`: each run's value at the due date.

    `inside_pct`: share of runs in the interval. Counts are whole, so it holds more of them than it is named after.
    """

    steps: pd.DataFrame
    ends: Floats

    @property
    def last(self) -> Mapping[str, float]:
        return {name: float(self.steps[name].iloc[-1]) for name in ("median", "low", "high")}

    def chance(self, value: float, comparison: str) -> Share:
        """Return the runs that reach a target, of all; means are compared as they would be printed."""
        ends = self.ends.round(1)
        reached = ends <= value if comparison == "<=" else ends == value if comparison == "=" else ends >= value
        return Share(float(reached.sum()), float(len(ends)), "projection.of_runs")


@dataclass(frozen=True)
class Projection:
    """From the month `since` to `due` (a month's end).

    `communes`: one row for each that was simulated: unit_code, name, district_name, last_report, standard, missing,
    full_pct and recognised_pct (chance to meet all, to hold NTM, at the due date). `left_out`: those whose latest
    report does not tell every criterion, or that have none. `history_months`, `events`: what it is based on.
    """

    since: date
    due: date
    set_code: str
    history_months: int
    first_month: date
    events: int
    losses: int
    recognitions: Mapping[str, int]
    fans: Mapping[str, Fan]
    lacking: Mapping[str, Lacking]
    communes: pd.DataFrame
    left_out: pd.DataFrame

    @property
    def crosses_reform(self) -> bool:
        """Whether units change between the month and the due date (1 July 2025: no districts, communes merged)."""
        return self.since < _REFORM <= self.due


@dataclass(frozen=True)
class Missing:
    """There is no projection at all: too little history."""

    lacking: Lacking


def project(rows: pd.DataFrame, month: date, due: date, *, runs: int | None = None) -> Projection | Missing:
    """Return the projection of the communes of a province from a month to a later due date.

    `rows` are those of query projection_reports, up to the month or beyond (what is later is not looked at).
    """
    return _projected(history_until(rows, month), month, due, runs)


def _projected(history: History | None, month: date, due: date, runs: int | None) -> Projection | Missing:
    ahead = (due.year - month.year) * 12 + due.month - month.month
    lacking = _lacking(history, ahead)
    if history is None or lacking is not None:
        return Missing(lacking or Lacking(NO_SET, 0, 1))
    closing, losing = closing_rates(history), losing_rates(history)
    needed = int(rules()["min_events"]["value"])
    if closing.seen < needed:
        return Missing(Lacking(EVENTS, closing.seen, needed))
    known, found = history.is_known, paces(history)
    is_held = history.standards[:, -1] >= RANKS["ntm"]
    start = Start(
        latest=history.latest[known],
        closing=_of(closing, known),
        losing=_of(losing, known),
        is_recognised=is_held[known],
        others=int((is_held & ~known).sum()),
        advanced=int((history.standards[:, -1] >= RANKS["nang_cao"]).sum()),
        model=int((history.standards[:, -1] >= RANKS["kieu_mau"]).sum()),
        paces=found,
    )
    result = simulate(
        start, month.month % 12 + 1, ahead, runs or int(rules()["runs"]["value"]), int(rules()["seed"]["value"])
    )
    least = int(rules()["min_recognitions"]["value"])
    few = {
        metric: Lacking(RECOGNITIONS, found[standard].seen, least)
        for metric, standard in _NEEDS.items()
        if not found[standard].is_enough
    }
    months = pd.date_range(pd.Timestamp(month) + pd.offsets.MonthEnd(1), periods=ahead, freq="ME")
    return Projection(
        since=month,
        due=months[-1].date(),
        set_code=str(history.units["set_code"].iloc[0]),
        history_months=history.reported_months,
        first_month=history.months[0].date(),
        events=closing.seen,
        losses=losing.seen,
        recognitions={standard: found[standard].seen for standard in STANDARDS},
        fans={metric: _fan(getattr(result, metric), months) for metric in METRICS if metric not in few},
        lacking=few,
        communes=_chances(history, result),
        left_out=history.units.loc[~known, ["unit_code", "name", "district_name", "last_report", "standard"]],
    )


def _lacking(history: History | None, ahead: int) -> Lacking | None:
    if history is None:
        return Lacking(NO_SET, 0, 1)
    needed, longest = int(rules()["min_months"]["value"]), int(rules()["max_horizon_months"]["value"])
    if history.reported_months < needed:
        return Lacking(MONTHS, history.reported_months, needed)
    return Lacking(HORIZON, ahead, longest) if not 0 < ahead <= longest else None


def _of(rates: Closing, chosen: npt.NDArray[np.bool_]) -> Closing:
    return replace(rates, rates=(rates.rates[0][chosen], rates.rates[1][chosen]))


def _fan(values: Floats, months: pd.DatetimeIndex) -> Fan:
    """Return the quantiles of each month; the ends are values that runs had, so that counts stay whole."""
    half = (100 - float(rules()["coverage_pct"]["value"])) / 2
    low, median, high = np.percentile(values, [half, 50, 100 - half], axis=0, method="inverted_cdf")
    inside = 100 * ((values >= low) & (values <= high)).mean(axis=0)
    steps = pd.DataFrame({"period_end": months, "median": median, "low": low, "high": high, "inside_pct": inside})
    return Fan(steps, values[:, -1])


def _chances(history: History, result: Runs) -> pd.DataFrame:
    known = history.is_known
    table = history.units.loc[known, ["unit_code", "name", "district_name", "last_report", "standard"]].copy()
    table["missing"] = (history.latest[known] == NOT_MET).sum(axis=1)
    table["full_pct"] = 100 * result.meets_all
    table["recognised_pct"] = 100 * result.recognised
    return table.sort_values(["recognised_pct", "full_pct", "unit_code"], ascending=False, ignore_index=True)


def actual(history: History, is_counted: npt.NDArray[np.bool_]) -> dict[str, float]:
    """Return the value of each metric at the end of a history; means and communes below 15 of those counted."""
    held, is_full = history.standards[:, -1], (history.latest == MET).all(axis=1)
    met = (history.latest[is_counted & history.is_known] == MET).sum(axis=1)
    counted = {metric: float((held >= RANKS[standard]).sum()) for metric, standard in _NEEDS.items()}
    return counted | {
        "full_communes": float((is_full | (held >= RANKS["ntm"])).sum()),
        "criteria_met_mean": float(met.mean()) if len(met) else float("nan"),
        "communes_below_15": float((met < BELOW).sum()),
    }


def told_by_month(rows: pd.DataFrame, month: date) -> pd.DataFrame:
    """Return period_end and METRICS of each month under the set in use at a month, up to it.

    Means and communes below 15 are of communes whose every criterion is known then.
    """
    sets = rows.loc[rows["period_end"] == pd.Timestamp(month), "set_code"].dropna()
    if not len(sets):
        return pd.DataFrame(columns=["period_end", *METRICS])
    table = rows[(rows["set_code"] == sets.iloc[0]) & (rows["period_end"] <= pd.Timestamp(month))]
    rank, is_known = table["standard"].map(RANKS), table["unknown_mask"] == 0
    lacked = np.bitwise_count(table["unmet_mask"].to_numpy(dtype=np.int64))
    met = (table["criteria_total"] - lacked).astype(float).where(is_known)
    held = {metric: (rank >= RANKS[standard]).astype(float) for metric, standard in _NEEDS.items()}
    columns = held | {
        "full_communes": ((rank >= RANKS["ntm"]) | (is_known & (table["unmet_mask"] == 0))).astype(float),
        "communes_below_15": (met < BELOW).astype(float),
    }
    of_month = pd.DataFrame({"period_end": table["period_end"], "criteria_met_mean": met, **columns})
    sums = of_month.groupby("period_end", as_index=False)
    return sums[list(columns)].sum().merge(sums[["criteria_met_mean"]].mean())[["period_end", *METRICS]]


def back_test(rows: pd.DataFrame, until: date) -> pd.DataFrame:
    """Project from every earlier month that has enough history, and compare with what was reported later.

    Returns cutoff, months_ahead, metric, low, median, high, inside_pct, actual, is_covered: one row for each metric,
    cut-off and distance (ahead_months). Only months of one set and one set of units are compared.
    """
    whole = history_until(rows, until)
    found = list(_compared(whole)) if whole else []
    columns = ["cutoff", "months_ahead", "metric", "low", "median", "high", "inside_pct", "actual"]
    table = pd.DataFrame(found, columns=columns).dropna()
    # Means are whole sums over as many communes: the ends are reached exactly, but for the last digit of a float.
    inside = (table["actual"] >= table["low"] - 1e-9) & (table["actual"] <= table["high"] + 1e-9)
    return table.assign(is_covered=inside)


def _cutoffs(whole: History) -> Iterator[tuple[int, Sequence[int]]]:
    """Yield each number of months that could have been known, with the distances at which it can be compared."""
    months = len(whole.months)
    for known in range(int(rules()["min_months"]["value"]), months):
        distances = [ahead for ahead in rules()["ahead_months"]["values"] if known + ahead <= months]
        if distances:
            yield known, distances


def _compared(whole: History) -> Iterator[tuple[object, ...]]:
    for known, distances in _cutoffs(whole):
        history, last = as_of(whole, known), whole.months[known - 1 + distances[-1]]
        cutoff = history.months[-1].date()
        projected = _projected(history, cutoff, last.date(), int(rules()["back_test_runs"]["value"]))
        if isinstance(projected, Missing):
            continue
        for ahead in distances:
            told = actual(as_of(whole, known + ahead), history.is_known)
            for metric, fan in projected.fans.items():
                step = fan.steps.iloc[ahead - 1]
                ends = (step["low"], step["median"], step["high"])
                yield cutoff, ahead, metric, *ends, step["inside_pct"], told[metric]
