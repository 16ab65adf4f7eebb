"""What a layer says of a district or province: one function for each, lines of plain text."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

from ntm.charts.map_layers.model import UNKNOWN
from ntm.i18n import Translator
from ntm.model import is_missing

Row = Mapping[Hashable, Any]


def ntm_share(row: Row, _: str, t: Translator) -> list[str]:
    """Share of NTM communes with numerator and denominator, or as it was quoted."""
    if is_missing(row["ntm_pct"]):
        return [t("layer.say.no_share")]
    pct = t.format.share(row["ntm_pct"])
    line = t("layer.say.quoted", pct=pct)
    if not is_missing(row["ntm_communes"]):
        met, base = t.format.number(row["ntm_communes"]), t.format.number(row.get("ntm_base", row["communes"]))
        line = t("layer.say.ntm_share", ntm_communes=met, communes=base, pct=pct)
    return [line, *_published(row, "ntm", t)]


def mean_criteria(row: Row, _: str, t: Translator) -> list[str]:
    """Mean criteria with the number of communes that it is counted over."""
    if is_missing(row["criteria_met_mean"]):
        return [t("layer.say.no_mean")]
    mean = t.format.number(row["criteria_met_mean"], 1)
    if published := _published(row, "mean", t):
        return [t("layer.say.mean_quoted", mean=mean), *published]
    counts = {name: t.format.number(row[name]) for name in ("known_communes", "communes")}
    return [t("layer.say.mean", mean=mean, **counts)]


def _published(row: Row, what: str, t: Translator) -> list[str]:
    day, source = row.get(f"{what}_published_at"), row.get(f"{what}_source")
    return [] if is_missing(day) else [t("layer.say.published", day=t.format.day(day), source=source)]


def district_standard(row: Row, key: str, t: Translator) -> list[str]:
    """Standard of the district and its decision."""
    words = t("layer.say.no_decisions") if key == UNKNOWN else t(f"layer.district_standard.{key}")
    if is_missing(row["decision_date"]):
        return [words]
    return [words, t("layer.say.decision", number=row["decision_no"], day=t.format.day(row["decision_date"]))]


def district_reported(row: Row, _: str, t: Translator) -> list[str]:
    """How many of its communes did not report."""
    counts = ("not_reporting_communes", "stale_communes", "never_reporting_communes", "communes")
    return [t("layer.say.not_reporting", **{name: t.format.number(row[name]) for name in counts})]
