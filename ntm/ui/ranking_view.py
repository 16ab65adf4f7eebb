"""What the sections of the ranking page share: choices of month and peers, values in words, sentences, the table."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from ntm.i18n import Translator
from ntm.metrics.ranking import CHANGE, LEVEL, WHY, Measure, close_pairs, rules
from ntm.metrics.share import share
from ntm.model import is_missing
from ntm.ui.cache import as_day, read
from ntm.ui.choices import choose_one
from ntm.ui.filters import Place
from ntm.ui.wording import share_text, words

_NAMES_SHOWN = 6
Row = Mapping[Hashable, Any]


def choose_then(t: Translator, place: Place, level: str) -> date | None:
    """Ask for the earlier month, among those that count with the criteria set of today; None when there is none."""
    months = read("standing_by_month", unit=place.province)
    days = months["period_end"]
    now = months.loc[days == pd.Timestamp(place.month), "set_code"]
    same = days[(days < pd.Timestamp(place.month)) & (months["set_code"].isin(now.dropna()))]
    options = {f"{day:%Y-%m}": f"{day:%m/%Y}" for day in same}
    if not options:
        return None
    chosen = choose_one(t("ranking.since"), options, key=f"ranking_since_{level}")
    return as_day(next(day for day in same if f"{day:%Y-%m}" == chosen))


def choose_peers(t: Translator, level: str) -> str | None:
    """Ask among whom a unit is ranked; None is all together."""
    options = {}
    for name in ("all", *rules()["peers"][level]):
        code = f"{level}_{name}"
        options[name] = t(f"ranking.peers_{code}")
    chosen = choose_one(t("ranking.peers"), options, key=f"ranking_peers_{level}")
    return None if chosen == "all" else chosen


def group_names(t: Translator, table: pd.DataFrame, level: str, peers: str | None) -> pd.Series:
    """Return the name of each row's peer group; '' for all together."""
    if peers is None or peers == "district":
        return table["group"].astype(str)
    rule = rules()["peers"][level][peers]
    if "bounds" not in rule:
        return table["group"].map(lambda group: t(f"ranking.group_{group}"))
    ends = list(rule["bounds"].values())
    first = dict(zip(rule["bounds"], [1, *(end + 1 for end in ends)], strict=False))
    last = next(reversed(rule["bounds"]))
    names = {
        group: t("ranking.group_from", low=first[group])
        if group == last
        else t("ranking.group_between", low=first[group], high=end)
        for group, end in rule["bounds"].items()
    }
    return table["group"].map(names).fillna(t("ranking.group_other"))


def value_text(t: Translator, row: Row, measure: Measure, prefix: str = "") -> str:
    """Return the measure of a unit with what it is made of."""
    numerator = row.get(prefix + measure.numerator)
    denominator = row.get(prefix + measure.denominator) if measure.denominator else None
    value = row["then_value" if prefix else "value"]
    if measure.key == "money":
        return t(
            "ranking.money_text",
            pct=t.format.share(value),
            disbursed=t.format.money(numerator),
            allocated=t.format.money(denominator),
        )
    if measure.kind == "share":
        return share_text(t, share(numerator, denominator, measure.definition))
    if measure.kind == "mean":
        return t(
            "ranking.mean_text",
            mean=t.format.plain(value),
            met=t.format.number(numerator),
            known=t.format.number(denominator),
        )
    return t("ranking.count_text", met=t.format.number(value), total=t.format.number(row["criteria_total"]))


def change_text(t: Translator, row: Row, measure: Measure) -> str:
    """Return the change with its unit: points of a percentage, or criteria."""
    unit = t({"share": "ranking.points", "mean": "unit.criteria", "count": "ranking.criteria"}[measure.kind])
    return f"{t.format.signed(row['change'], 0 if measure.kind == 'count' else 2)} {unit}"


def measure_within(t: Translator, key: str) -> str:
    """Return the name of a measure for the middle of a sentence."""
    name = t(f"ranking.measure_{key}")
    return name[:1].lower() + name[1:]


def names_of(t: Translator, names: Sequence[str]) -> str:
    """Return names in a row, the first few where there are many."""
    more = len(names) - _NAMES_SHOWN
    return ", ".join(names[:_NAMES_SHOWN]) + (" " + t("ranking.more", count=more) if more > 0 else "")


def not_ranked(t: Translator, table: pd.DataFrame) -> list[str]:
    """Name those without a rank, by reason."""
    return [
        t(f"ranking.why_{why}", count=t.format.number(len(rows)), names=names_of(t, list(rows["name"])))
        for why in WHY
        if len(rows := table[table["why"] == why])
    ]


def close_ones(t: Translator, table: pd.DataFrame, measure: Measure, by: str) -> list[str]:
    """Say which neighbours in rank differ by no more than one commune, or one criterion of one commune, makes."""
    if measure.key == "money" or measure.kind == "count":
        return []
    pairs = close_pairs(table, by=by)
    if not len(pairs):
        return []
    told = [f"{row['name']} – {row['next_name']}" for row in pairs.to_dict("records")]
    return [t(f"ranking.close_{measure.kind}", count=t.format.number(len(pairs)), pairs=names_of(t, told))]


def rule_note(t: Translator, level: str, peers: str | None) -> str | None:
    """Return the rule behind the peer groups with its source, in the words of the rules."""
    if peers is None:
        return None
    rule = rules()["peers"][level][peers]
    code = f"{level}_{peers}"
    reason = rule["reason"] if t.language == "vi" else t(f"ranking.reason_{code}")
    return t("ranking.rule", reason=reason, source=rule["source"])


def written(t: Translator, table: pd.DataFrame, measure: Measure, by: str) -> pd.DataFrame:
    """Return the table with label, value_text, hover and why_name for its chart and its twin."""
    labels, texts, hovers = [], [], []
    decimals = 0 if measure.kind == "count" else 1
    for row in table.to_dict("records"):
        place = "–" if pd.isna(row["rank"]) else f"{row['rank']}"
        labels.append(f"{place}. {row['name']}")
        shown = t.format.share(row["value"]) if measure.kind == "share" else t.format.plain(row["value"])
        texts.append(shown if by == LEVEL else t.format.signed(row["change"], decimals))
        hovers.append(f"{row['name']}: {value_text(t, row, measure)}" + _moved(t, row))
    return table.assign(
        label=labels, value_text=texts, hover=hovers, why_name=words(t, table["why"], "ranking.no_rank")
    )


def _moved(t: Translator, row: Row) -> str:
    if is_missing(row["moved"]):
        return ""
    return " · " + t("ranking.moved", then=row["then_rank"], now=row["then_rank"] - row["moved"])


def labels(t: Translator, measure: Measure, level: str, *, is_grouped: bool, has_then: bool) -> dict[str, str]:
    """Columns of the table of ranks."""
    names = ["rank", "is_tied"] + (["group_name"] if is_grouped else [])
    shown = {name: t(f"ranking.column_{name}") for name in names}
    shown["name"] = t("column.district" if level == "district" else "column.commune")
    if level == "commune":
        shown["district_name"] = t("column.district")
    shown["value"] = t(f"ranking.measure_{measure.key}")
    if measure.denominator:
        shown |= {measure.numerator: t("column.numerator"), measure.denominator: t("column.denominator")}
    if has_then:
        shown |= {name: t(f"ranking.column_{name}") for name in ("then_value", "change", "then_rank", "moved")}
    return shown | {"why_name": t("ranking.column_why")}


def by_options(t: Translator) -> dict[str, str]:
    """What can be ranked of a measure: how high it is, or what was gained."""
    return {LEVEL: t("ranking.by_level"), CHANGE: t("ranking.by_change")}
