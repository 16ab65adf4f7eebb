"""What the projection section says in words: where it leads to, on what it is based, how often such intervals held."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from datetime import date
from typing import Any

import pandas as pd

from ntm.i18n import Translator
from ntm.metrics.hazard import rules
from ntm.metrics.projection import Lacking, Missing, Projection
from ntm.metrics.share import Share, share
from ntm.model import is_missing
from ntm.ui.wording import target_wording

Row = Mapping[Hashable, Any]
INSTEAD = {"ntm_communes": "full_communes"}
"""Metric -> the one projected in its place while decisions are too few to tell how long they take."""
MEANS = ("criteria_met_mean",)


def written(t: Translator, metric: str, value: float) -> str:
    """Return a value of a metric as it is written: means with one more decimal than targets have."""
    return t.format.number(value, 2 if metric in MEANS else 0)


def target_sentence(t: Translator, target: pd.Series, found: Projection) -> str:
    """Say where the pace leads for one target, or what is missing to say so."""
    metric, wording = str(target["metric"]), target_wording(t, target)
    shown = metric if metric in found.fans else INSTEAD.get(metric, metric)
    if shown not in found.fans:
        return f"**{wording}**: {lacking_text(t, found.lacking[metric], metric)}"
    fan, value = found.fans[shown], float(target["value"])
    if shown == metric and bool(target["is_reached"]):
        return t(
            "projection.reached",
            wording=wording,
            what=t(f"projection.what_{metric}"),
            due=t.format.day(found.due),
            coverage=rules()["coverage_pct"]["value"],
            target=t.format.plain(value),
            **{name: written(t, metric, number) for name, number in fan.last.items()},
        )
    said = t(
        "projection.sentence",
        wording=wording,
        what=t(f"projection.what_{shown}"),
        due=t.format.day(found.due),
        coverage=rules()["coverage_pct"]["value"],
        target=t.format.plain(value),
        chance=chance_text(t, fan.chance(value, str(target["comparison"]))),
        **{name: written(t, shown, number) for name, number in fan.last.items()},
    )
    if shown == metric:
        return said
    return f"{said} {t('projection.instead', reason=lacking_text(t, found.lacking[metric], metric))}"


def outcome_sentence(t: Translator, target: pd.Series, found: Projection) -> str:
    """Say what came of a target that is due, against what an earlier month projected."""
    metric, wording = str(target["metric"]), target_wording(t, target)
    if is_missing(target["actual"]) or metric not in found.fans:
        return f"**{wording}**: {t('projection.no_outcome')}"
    last, actual = found.fans[metric].last, round(float(target["actual"]), 10)
    inside = last["low"] - 1e-9 <= actual <= last["high"] + 1e-9
    return t(
        "projection.outcome_inside" if inside else "projection.outcome_outside",
        wording=wording,
        due=t.format.day(found.due),
        since=t.format.day(found.since),
        actual=written(t, metric, actual),
        target=t.format.plain(target["value"]),
        coverage=rules()["coverage_pct"]["value"],
        **{name: written(t, metric, number) for name, number in last.items()},
    )


def basis(t: Translator, found: Projection) -> str:
    """Say what the projection stands on."""
    number = t.format.number
    return t(
        "projection.basis",
        first=t.format.day(found.first_month),
        since=t.format.day(found.since),
        months=number(found.history_months),
        events=number(found.events),
        losses=number(found.losses),
        ntm=number(found.recognitions["ntm"]),
        nang_cao=number(found.recognitions["nang_cao"]),
        kieu_mau=number(found.recognitions["kieu_mau"]),
    )


def lacking_text(t: Translator, lacking: Lacking, metric: str | None = None) -> str:
    """Say what the history has too little of."""
    of = t(f"projection.what_{metric}") if metric else ""
    return t(
        f"projection.lacking_{lacking.why}",
        found=t.format.number(lacking.found), needed=t.format.number(lacking.needed), what=of,
    )  # fmt: skip


def nothing(t: Translator, missing: Missing, due: date) -> str:
    """Say that there is no projection at all, and why."""
    return t("projection.none", due=t.format.day(due), reason=lacking_text(t, missing.lacking))


def chance_text(t: Translator, of: Share) -> str:
    """Return the share of runs as a chance; the ends of the scale are never said to be sure."""
    pct = of.pct or 0.0
    if pct < 1 or pct > 99:
        return t("projection.under_one" if pct < 1 else "projection.over_99")
    return t.format.share(pct, 0)


def coverage_text(t: Translator, tests: pd.DataFrame, metric: str) -> str:
    """Say how often the interval held when earlier months were projected; 'not tried' without any."""
    part = tests[tests["metric"] == metric]
    if not len(part):
        return t("projection.not_tested")
    held = share(int(part["is_covered"].sum()), len(part), "projection.of_tests")
    said = t(
        "projection.tested",
        coverage=rules()["coverage_pct"]["value"],
        held=t.format.number(held.numerator),
        tests=t.format.number(held.denominator),
        pct=t.format.share(held.pct, 0),
        first=t.format.day(part["cutoff"].min()),
        last=t.format.day(part["cutoff"].max()),
    )
    is_narrow = held.pct is not None and held.pct < float(rules()["coverage_pct"]["least"])
    return f"{said} {t('projection.too_narrow')}" if is_narrow else said
