"""Counterpart funding: what the local budget allocated beside the central one, judged only by a rule that is known."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from ntm.i18n import Translator
from ntm.metrics.counterpart import Counterpart, counterpart, usable
from ntm.model import is_missing
from ntm.ui import frame
from ntm.ui.cache import read
from ntm.ui.filters import Place
from ntm.ui.funding_view import named
from ntm.ui.sources import source_button
from ntm.ui.wording import words


def show(t: Translator, place: Place, money: pd.DataFrame, year: int, month: date) -> None:
    """Show the ratio of local to central money, and required against assigned for each rule that can be used."""
    actual = counterpart(money, year, month)
    day = actual.cutoff if actual else month
    rules = read("counterpart_rules", unit=place.unit, day=day)
    judged = usable(rules)
    lines = [_ratio(t, place, year, actual)]
    if not len(judged):
        lines.append(t("debts.no_rule_district" if place.district else "debts.no_rule"))
    for rule in judged.to_dict("records"):
        found = counterpart(
            money,
            year,
            month,
            source=rule["source_code"],
            paid_by=rule["paid_by"],
            nature=None if is_missing(rule["nature"]) else rule["nature"],
            ratio_pct=rule["ratio_pct"],
        )
        lines.append(_judged(t, year, rule, found))
    with st.container(border=True):
        st.markdown("\n".join(f"- {line}" for line in lines))
    if actual:
        _sources(t, place, year, actual.cutoff)
    if len(rules):
        _rules(t, rules)


def _ratio(t: Translator, place: Place, year: int, actual: Counterpart | None) -> str:
    if actual is None:
        return t("debts.no_counterpart", place=place.name, year=year)
    return t(
        "debts.ratio",
        place=place.name,
        year=year,
        assigned=t.format.plain(actual.assigned, 6),
        base=t.format.plain(actual.base, 6),
        ratio=t.format.share(actual.ratio.pct),
        day=t.format.day(actual.cutoff),
    )


def _judged(t: Translator, year: int, rule: Mapping[Hashable, Any], found: Counterpart | None) -> str:
    what = t(
        "debts.rule_text",
        document=rule["document"],
        confidence=t(f"confidence.{rule['confidence']}"),
        ratio=t.format.share(rule["ratio_pct"]),
        paid_by=t(f"source.{rule['paid_by']}").lower(),
        source=t(f"source.{rule['source_code']}").lower(),
    )
    if not is_missing(rule["nature"]):
        what += f" ({t('nature.' + rule['nature']).lower()})"
    if found is None or found.required is None or found.shortfall is None:
        return t("debts.rule_no_money", rule=what, year=year)
    return t(
        "debts.short" if found.shortfall else "debts.enough",
        rule=what,
        required=t.format.plain(found.required, 6),
        assigned=t.format.plain(found.assigned, 6),
        shortfall=t.format.plain(found.shortfall, 6),
        day=t.format.day(found.cutoff),
    )


def _sources(t: Translator, place: Place, year: int, cutoff: date) -> None:
    source_button(
        t,
        label=t("debts.open_counterpart"),
        title=t("debts.counterpart"),
        rows=lambda: named(t, read("funding_cells", unit=place.unit, year=year, stages=["allocated"], cutoff=cutoff)),
        labels={
            "source_name": t("column.source"),
            "nature_name": t("column.nature"),
            "period_end": frame.column_label(t, "funding", "period_end"),
            "amount_vnd_million": frame.column_label(t, "funding", "amount_vnd_million"),
        },
        key="sources_counterpart",
    )


def _rules(t: Translator, rules: pd.DataFrame) -> None:
    table = rules.assign(
        confidence_name=words(t, rules["confidence"], "confidence"),
        source_name=words(t, rules["source_code"], "source"),
        paid_by_name=words(t, rules["paid_by"], "source"),
    )
    columns = {"source_name": "source_code", "paid_by_name": "paid_by", "confidence_name": "confidence"}
    shown = (
        "document",
        "source_name",
        "paid_by_name",
        "ratio_pct",
        "area_note",
        "valid_from",
        "confidence_name",
        "source",
    )
    labels = {name: frame.column_label(t, "counterpart_rule", columns.get(name, name)) for name in shown}
    st.header(t("debts.rules"))
    frame.data_table(t, table, labels, key="debts_rules")
