"""Ranking of districts and communes that does not pretend: ties kept, the unknown apart, one criteria set at a time.

A rank is a standard competition rank (1, 2, 2, 4). Who does not report, reports late, or reports of too few communes
has no rank and is named with the reason. Improvement is the change of a measure since an earlier month under the same
criteria set. A score of several measures exists only with weights that its reader sets.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from ntm.metrics.payments import common_cutoff
from ntm.metrics.share import shares_pct
from ntm.yaml_files import read_yaml

_RULES = Path(__file__).with_suffix(".yml")
_DIGITS = 9  # beyond them two values of equal parts differ by the arithmetic alone

LEVEL, CHANGE = "level", "change"
BY = (LEVEL, CHANGE)
NO_REPORT, STALE, FEW_KNOWN, NO_BASE, UNKNOWN, OTHER_CUTOFF, NO_THEN, ALONE = (
    "no_report", "stale", "few_known", "no_base", "unknown", "other_cutoff", "no_then", "alone",
)  # fmt: skip
WHY = (NO_REPORT, STALE, FEW_KNOWN, NO_BASE, UNKNOWN, OTHER_CUTOFF, NO_THEN, ALONE)
"""Why a unit has no rank."""


@dataclass(frozen=True)
class Measure:
    """What units are ranked by: numerator over denominator (None: the number itself), `then_…` a month ago.

    `kind` is mean, share (percent), or count; `definition` is the key of the text that says of what.
    """

    key: str
    numerator: str
    denominator: str | None
    kind: str
    definition: str
    higher_is_better: bool = True
    needs_reports: bool = True
    """Whether it is counted from reports on criteria, so that a unit that is late has none."""

    def values(self, rows: pd.DataFrame, prefix: str = "") -> pd.Series:
        """Return the measure of each row, missing where it is unknown; columns that are not there tell nothing."""
        if prefix + self.numerator not in rows or (self.denominator and prefix + self.denominator not in rows):
            return pd.Series(np.nan, index=rows.index)
        numerators = rows[prefix + self.numerator].astype(float)
        if self.denominator is None:
            return numerators
        pct = shares_pct(numerators, rows[prefix + self.denominator])
        return pct if self.kind == "share" else pct / 100

    def step(self, rows: pd.DataFrame) -> pd.Series:
        """Return by how much one commune (of a mean: one criterion of one commune) changes the value of each row."""
        if self.denominator is None:
            return pd.Series(1.0, index=rows.index)
        ones = pd.Series(1.0, index=rows.index)
        pct = shares_pct(ones, rows[self.denominator])
        return pct if self.kind == "share" else pct / 100


DISTRICT = (
    Measure("mean", "criteria_met_sum", "known_communes", "mean", "share.of_known"),
    Measure("ntm", "ntm_communes", "communes", "share", "share.of_communes", needs_reports=False),
    Measure("nang_cao", "nang_cao_communes", "ntm_communes", "share", "share.of_ntm", needs_reports=False),
    Measure("below_15", "communes_below_15", "known_communes", "share", "share.of_known", higher_is_better=False),
    Measure("money", "disbursed", "allocated", "share", "share.of_allocated", needs_reports=False),
)
COMMUNE = (Measure("criteria", "criteria_met", None, "count", "share.of_criteria"),)
MEASURES = {"district": {item.key: item for item in DISTRICT}, "commune": {item.key: item for item in COMMUNE}}


@cache
def rules() -> Mapping[str, Any]:
    """Return the rules of ranking.yml."""
    found: Mapping[str, Any] = read_yaml(_RULES)
    return found


def rank(values: pd.Series, *, higher_is_better: bool = True, group: pd.Series | None = None) -> pd.DataFrame:
    """Return rank and is_tied of each value, on its index.

    1 is the best, equal values share a rank and the next are skipped (1, 2, 2, 4). The unknown has no rank. With
    `group`, ranks are within each group.
    """
    rounded = values.astype(float).round(_DIGITS)
    groups = pd.Series("", index=values.index) if group is None else group
    ranks = rounded.groupby(groups).rank(method="min", ascending=not higher_is_better).astype("Int64")
    told = pd.DataFrame({"rank": ranks, "group": groups})
    return pd.DataFrame({"rank": ranks, "is_tied": told.duplicated(keep=False) & ranks.notna()})


def with_money(rows: pd.DataFrame, paid: pd.DataFrame) -> pd.DataFrame:
    """Return districts with allocated and disbursed of payments.ranking, and whether theirs is another cut-off."""
    told = paid.set_index("unit_code")[["allocated", "disbursed", "period_end"]]
    joined = rows.join(told, on="unit_code")
    common = common_cutoff(paid)
    return joined.assign(is_other_cutoff=joined["period_end"].notna() & (joined["period_end"] != common))


def groups(rows: pd.DataFrame, level: str, peers: str | None) -> pd.Series:
    """Return the peer group of each row by a rule of ranking.yml; '' for all together.

    A district that holds no commune, and a kind that no group names, have no group ('other').
    """
    if peers is None:
        return pd.Series("", index=rows.index)
    rule = rules()["peers"][level][peers]
    if "bounds" in rule:
        ends = [0, *rule["bounds"].values()]
        cut = pd.cut(rows["communes"].astype(float), ends, labels=list(rule["bounds"]))
        return cut.astype(object).where(cut.notna(), "other")
    if "groups" in rule:
        names = {kind: name for name, kinds in rule["groups"].items() for kind in kinds}
        return rows["kind"].map(names).fillna("other")
    return rows["district_name"].fillna("other").astype(object)


def ranked(rows: pd.DataFrame, measure: Measure, group: pd.Series, *, by: str = LEVEL) -> pd.DataFrame:
    """Return the rows by rank with group, value, then_value, change, rank, is_tied, then_rank, moved, step, why, peers.

    Ranks are within the group; `peers` is how many are ranked in it. `by` is LEVEL, or CHANGE: what was gained since
    then, the best first. `change` is positive where the value grew. `then_rank` is of the level then and `moved`
    positive where that of today is better, both among the units that are known at both months. `why` is one of WHY for
    those without a rank, who come last.
    """
    table = rows.assign(group=group, value=measure.values(rows))
    why = _why_none(table, measure)
    now, then = table["value"].where(why.isna()), measure.values(rows, "then_")
    if measure.needs_reports:
        then = then.where(_enough_known(rows, "then_"))
        if "then_is_stale" in rows:
            then = then.mask(rows["then_is_stale"].astype(bool))
    is_both = now.notna() & then.notna()
    change = (now - then).round(_DIGITS)
    if by == CHANGE:
        why = why.mask(why.isna() & ~is_both, NO_THEN)
    compared = now if by == LEVEL else change
    is_alone = compared.groupby(group).transform("count").eq(1) & compared.notna()
    why, compared = why.mask(is_alone, ALONE), compared.mask(is_alone)
    better = measure.higher_is_better
    ranks = rank(compared, higher_is_better=better, group=group)
    then_rank = rank(then.where(is_both), higher_is_better=better, group=group)["rank"]
    now_rank = rank(now.where(is_both), higher_is_better=better, group=group)["rank"]
    table = table.assign(
        then_value=then,
        change=change,
        rank=ranks["rank"],
        is_tied=ranks["is_tied"],
        then_rank=then_rank,
        moved=then_rank - now_rank,
        step=measure.step(rows),
        why=why,
        peers=ranks["rank"].groupby(group).transform("count").astype(int),
    )
    return table.sort_values(["group", "rank", "name"], na_position="last", ignore_index=True)


def close_pairs(table: pd.DataFrame, *, by: str = LEVEL) -> pd.DataFrame:
    """Return name, next_name, difference, step of neighbours in rank that no more than one step sets apart.

    The step is that of the smaller of both: one commune, or one criterion of one commune. Equal values are ties.
    """
    column = "value" if by == LEVEL else "change"
    told = table[table["rank"].notna()]
    following = told.shift(-1)
    difference = (told[column] - following[column]).abs().round(_DIGITS)
    step = told["step"].combine(following["step"], max).round(_DIGITS)
    close = (told["group"] == following["group"]) & (difference > 0) & (difference <= step)
    pairs = pd.DataFrame({"name": told["name"], "next_name": following["name"], "difference": difference, "step": step})
    return pairs[close].reset_index(drop=True)


def score(rows: pd.DataFrame, weights: Mapping[str, float]) -> pd.DataFrame:
    """Return the rows by score with a column for each weighted measure (points 0-100), score, rank, is_tied, missing.

    The points of a measure are its share of what is possible (all criteria, all communes), turned round where lower is
    better, so that they do not change with who else is in the list. The score is their mean by the weights. A unit that
    lacks one of them has no score, and `missing` tells which. Raises ValueError without a positive weight.
    """
    used = {key: weight for key, weight in weights.items() if weight > 0}
    if not used:
        raise ValueError("a score needs a positive weight")
    points = pd.DataFrame({key: _points(rows, MEASURES["district"][key]) for key in used})
    total = sum(used.values())
    value = sum((points[key] * weight for key, weight in used.items()), start=pd.Series(0.0, index=rows.index)) / total
    missing = [tuple(key for key in used if pd.isna(told[key])) for told in points.to_dict("records")]
    table = rows.assign(**points, score=value, missing=pd.Series(missing, index=rows.index)).join(rank(value))
    return table.sort_values(["rank", "name"], na_position="last", ignore_index=True)


def _points(rows: pd.DataFrame, measure: Measure) -> pd.Series:
    told = measure.values(rows).where(_why_none(rows.assign(value=measure.values(rows)), measure).isna())
    points = told if measure.kind == "share" else shares_pct(told, rows["criteria_total"])
    return points if measure.higher_is_better else 100 - points


def _why_none(table: pd.DataFrame, measure: Measure) -> pd.Series:
    """Return why each row has no rank, missing where it has one; the first reason that holds."""
    reasons = [(UNKNOWN, table["value"].isna())]
    if measure.denominator and measure.denominator in table:
        reasons.insert(0, (NO_BASE, table[measure.denominator].astype(float) == 0))
    if measure.key == "money":
        reasons = [(NO_REPORT, table["period_end"].isna()), (OTHER_CUTOFF, table["is_other_cutoff"]), *reasons]
    if measure.needs_reports:
        if "last_report" in table:
            late = [(NO_REPORT, table["last_report"].isna()), (STALE, table["is_stale"].astype(bool))]
        else:
            late = [(NO_REPORT, table["known_communes"] == 0), (FEW_KNOWN, ~_enough_known(table, ""))]
        reasons = [*late, *reasons]
    why = pd.Series(None, index=table.index, dtype=object)
    for reason, holds in reversed(reasons):
        why = why.mask(holds.astype(bool), reason)
    return why


def _enough_known(rows: pd.DataFrame, prefix: str) -> pd.Series:
    """Tell of each district whether enough of its communes report in time; of a commune it is always told."""
    if prefix + "known_communes" not in rows:
        return pd.Series(True, index=rows.index)
    known = shares_pct(rows[prefix + "known_communes"], rows[prefix + "communes"])
    return known >= rules()["known"]["at_least_pct"]
