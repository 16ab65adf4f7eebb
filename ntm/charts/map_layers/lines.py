"""The hover of a unit: its name and place, what the layer shows of it, where it stands and by which report."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from functools import cache
from typing import Any

import pandas as pd
from numpy.typing import NDArray

from ntm.charts.map_layers import say, say_district
from ntm.charts.map_layers.classes import Keys
from ntm.charts.map_layers.model import NOT_RURAL, Criterion
from ntm.charts.map_layers.specs import LayerSpec
from ntm.formatting import UNKNOWN as DASH
from ntm.i18n import Translator
from ntm.metrics.watch import watch_rules
from ntm.model import is_missing

Row = Mapping[Hashable, Any]
Say = Callable[[Row, str, Translator], list[str]]
_STANDING = ("standard", "criteria_met", "criteria_total", "last_report")
_OF_DISTRICT = (
    "communes", "ntm_communes", "ntm_base", "ntm_pct", "ntm_published_at", "ntm_source", "known_communes",
    "criteria_met_mean", "mean_published_at", "mean_source",
)  # fmt: skip


def words_of(spec: LayerSpec, rows: pd.DataFrame, criterion: Criterion | None, t: Translator) -> dict[str, str]:
    """Return what a layer's title and note may name: document, year, criteria set, criterion, earlier month."""
    sets = rows["set_decision"].dropna().unique() if "set_decision" in rows else ()
    earlier = list(rows["earlier_month"].dropna().unique()) if "earlier_month" in rows else []
    return {
        "document": spec.document,
        "set": "; ".join(t("layer.set", decision=name) for name in sets) or t("layer.set_in_use"),
        "year": f"{rows['period_end'].max():%Y}" if len(rows) and "period_end" in rows else DASH,
        "criterion": _named(criterion) if criterion else DASH,
        "earlier": t.format.month(earlier[0]) if earlier else DASH,
        **(_watch_words(t) if spec.kind == "watch" else {}),
    }


def _named(criterion: Criterion) -> str:
    return f"{criterion.number}. {criterion.name}"


def _watch_words(t: Translator) -> dict[str, str]:
    rules = watch_rules()
    withdrawal, below_15 = rules["withdrawal"], rules["below_15"]
    return {
        "from_pct": t.format.number(withdrawal["from_pct"]),
        "any_pct": t.format.number(withdrawal["any_pct"]),
        "withdrawal_document": withdrawal["document"],
        "confidence": t(f"confidence.{withdrawal['confidence']}"),
        "below": t.format.number(below_15["below"]),
        "below_document": below_15["document"],
        "missing": t.format.number(rules["one_away"]["missing"]),
    }


def tooltips(
    spec: LayerSpec,
    units: pd.DataFrame,
    rows: pd.DataFrame,
    place: NDArray[Any],
    keys: Keys,
    criterion: Criterion | None,
    t: Translator,
) -> list[tuple[str, ...]]:
    """Return the hover lines of each unit, its name first; `place` is that of each row's unit among the units."""
    columns = (*_STANDING, *_OF_DISTRICT, *_COLUMNS.get(spec.lines, ()))
    told = rows[[name for name in dict.fromkeys(columns) if name in rows]].to_dict("records")
    row_of = dict(zip(place.tolist(), told, strict=True))
    is_commune = "standard" in rows and "last_report" in rows

    @cache
    def standing(standard: str, met: Any, total: Any, report: Any) -> tuple[str, ...]:
        return _standing(standard, met, total, report, t)

    def lines(number: int, key: str) -> tuple[str, ...]:
        row = row_of.get(number)
        if key == NOT_RURAL or row is None:
            return (spec.label(key, t),)
        own = _LINES[spec.lines](row, key, t) if spec.lines else []
        if criterion and "criterion" in spec.needs:
            own = [t("layer.say.criterion", criterion=_named(criterion), outcome=t(f"outcome.{key}"))]
        rest = standing(*(None if is_missing(row[name]) else row[name] for name in _STANDING)) if is_commune else ()
        return (*own, *rest) if is_commune else (*own, *_of_district(row, spec, t))

    names = units["name"].astype(str)
    return [
        (name, *above, *lines(number, key))
        for number, (name, above, key) in enumerate(zip(names, _places_above(units), keys, strict=True))
    ]


def _places_above(units: pd.DataFrame) -> list[tuple[str, ...]]:
    """Return where each unit lies, as one line: its district, and its province where units are of several."""
    columns = [column for column in ("district_name", "province_name") if column in units]
    if "province_name" in columns and len(units["province_name"].unique()) == 1:
        columns.remove("province_name")
    if not columns:
        return [()] * len(units)
    rows = units[columns].itertuples(index=False, name=None)
    lines = [", ".join(str(name) for name in names if not is_missing(name)) for names in rows]
    return [(line,) if line else () for line in lines]


def _standing(standard: str, met: Any, total: Any, report: Any, t: Translator) -> tuple[str, ...]:
    if met is None:
        return (t(f"highest.{standard}"), t("commune.no_report"))
    criteria = t("commune.criteria", met=t.format.number(met), total=t.format.number(total))
    return (t(f"highest.{standard}"), criteria, t("commune.reported", day=t.format.day(report)))


def _of_district(row: Row, spec: LayerSpec, t: Translator) -> list[str]:
    """What is said of every district and province beneath the layer's own line."""
    lines = [] if spec.lines == "ntm_share" else say_district.ntm_share(row, "", t)
    return lines if spec.lines == "mean_criteria" else [*lines, *say_district.mean_criteria(row, "", t)]


_LINES: Mapping[str, Say] = {
    "change": say.change,
    "reported": say.reported,
    "next_standard": say.next_standard,
    "watch": say.watch,
    "funding": say.funding,
    "disbursement": say.disbursement,
    "arrears": say.arrears,
    "ntm_share": say_district.ntm_share,
    "mean_criteria": say_district.mean_criteria,
    "district_standard": say_district.district_standard,
    "district_reported": say_district.district_reported,
}
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "change": ("earlier_month", "criteria_change"),
    "reported": ("months_since_report",),
    "next_standard": ("next_standard", "next_missing", "next_unknown", "next_total", "next_report"),
    "watch": ("criteria_not_met", "criteria_unknown", "unmet_mask"),
    "funding": ("year", "allocated_vnd_million", "allocated_until"),
    "disbursement": (
        "year", "disbursed_pct", "disbursed_vnd_million", "rate_allocated_vnd_million", "disbursed_until",
        "disbursed_communes",
    ),
    "arrears": ("arrears_vnd_million", "arrears_works", "arrears_until"),
    "district_standard": ("decision_no", "decision_date"),
    "district_reported": ("not_reporting_communes", "stale_communes", "never_reporting_communes"),
}  # fmt: skip
"""Columns that the hover of a layer reads beside those of the standing."""
