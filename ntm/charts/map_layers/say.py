"""What a layer says of a commune or of money: one function for each, lines of plain text."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

from ntm.charts.map_layers.model import UNKNOWN
from ntm.formatting import UNKNOWN as DASH
from ntm.i18n import Translator
from ntm.metrics.share import share
from ntm.model import is_missing

Row = Mapping[Hashable, Any]


def change(row: Row, key: str, t: Translator) -> list[str]:
    """How many criteria were gained or lost, or why that cannot be said."""
    if is_missing(row["earlier_month"]):
        return [t("layer.say.no_earlier")]
    earlier = t.format.month(row["earlier_month"])
    if key == "other_set":
        return [t("layer.say.other_set", earlier=earlier)]
    if key == UNKNOWN:
        return [t("layer.say.change_unknown", earlier=earlier)]
    return [t("layer.say.change", change=t.format.signed(row["criteria_change"]), earlier=earlier)]


def reported(row: Row, _: str, t: Translator) -> list[str]:
    """How long ago the commune reported."""
    if is_missing(row["months_since_report"]):
        return [t("layer.reported.never")]
    if row["months_since_report"] == 0:
        return [t("layer.reported.below_1")]
    return [t("layer.say.reported", months=t.format.number(row["months_since_report"]))]


def next_standard(row: Row, key: str, t: Translator) -> list[str]:
    """What is missing of the next standard, by which report."""
    if key == "top":
        return [t("layer.next_standard.top")]
    if is_missing(row["next_standard"]):
        return []
    standard = t(f"standard.{row['next_standard']}")
    if is_missing(row["next_missing"]):
        return [t("layer.say.no_results", standard=standard)]
    numbers = {name: t.format.number(row[f"next_{name}"]) for name in ("missing", "total", "unknown")}
    text = "layer.say.next_unknown" if key == UNKNOWN else "layer.say.next"
    return [t(text, standard=standard, day=t.format.day(row["next_report"]), **numbers)]


def watch(row: Row, key: str, t: Translator) -> list[str]:
    """Why the commune is on the list; that of withdrawal names the criteria, for some of them decide."""
    if is_missing(row["criteria_not_met"]):
        return [t("layer.watch.unknown")]
    if not row["criteria_not_met"] and key != UNKNOWN:
        return []
    numbers = [str(number) for number in range(1, 63) if int(row["unmet_mask"]) >> number & 1]
    missing = t(
        "layer.say.unmet",
        unmet=t.format.number(row["criteria_not_met"]),
        total=t.format.number(row["criteria_total"]),
        pct=t.format.share(share(row["criteria_not_met"], row["criteria_total"], "share.of_criteria").pct),
        numbers=", ".join(numbers) or DASH,
    )
    if key == UNKNOWN:
        return [t("layer.say.too_little", unknown=t.format.number(row["criteria_unknown"])), missing]
    return [t("layer.say.withdrawal"), missing] if key == "withdrawal" else [missing]


def funding(row: Row, _: str, t: Translator) -> list[str]:
    """Money allocated in the year of the month."""
    year = str(row["year"])
    if is_missing(row["allocated_vnd_million"]):
        return [t("layer.say.no_funding", year=year)]
    amount, day = t.format.money(row["allocated_vnd_million"]), t.format.day(row["allocated_until"])
    return [t("layer.say.funding", year=year, amount=amount, day=day)]


def disbursement(row: Row, _: str, t: Translator) -> list[str]:
    """Disbursed of allocated with both amounts; of a district, how many communes they were added from."""
    year = str(row["year"])
    if is_missing(row["disbursed_pct"]):
        return [t("layer.say.no_disbursement", year=year)]
    line = t(
        "layer.say.disbursement",
        year=year,
        disbursed=t.format.money(row["disbursed_vnd_million"]),
        allocated=t.format.money(row["rate_allocated_vnd_million"]),
        pct=t.format.share(row["disbursed_pct"]),
        day=t.format.day(row["disbursed_until"]),
    )
    communes = row.get("disbursed_communes")
    if is_missing(communes):
        return [line]
    told, whole = t.format.number(communes), t.format.number(row["communes"])
    return [line, t("layer.say.of_communes", told=told, communes=whole)]


def arrears(row: Row, _: str, t: Translator) -> list[str]:
    """What is owed by the latest list of arrears."""
    if is_missing(row["arrears_vnd_million"]):
        return [t("layer.say.no_arrears")]
    day = t.format.day(row["arrears_until"])
    if not row["arrears_vnd_million"]:
        return [t("layer.say.arrears_none", day=day)]
    amount, works = t.format.money(row["arrears_vnd_million"]), t.format.number(row["arrears_works"])
    return [t("layer.say.arrears", amount=amount, works=works, day=day)]
