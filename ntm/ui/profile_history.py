"""The reports of one commune over time: strips of its criteria, criteria met, criteria gained and lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from ntm.charts.profile import criteria_met_over_time, criteria_strip
from ntm.i18n import Translator
from ntm.metrics import history
from ntm.ui import frame
from ntm.ui.cache import read
from ntm.ui.commune_facts import CommuneFacts
from ntm.ui.sources import source_button


@dataclass(frozen=True)
class Scale:
    """The ends of the axes that communes side by side share: first and last report, criteria of the largest set."""

    days: tuple[pd.Timestamp, pd.Timestamp]
    most: int


def scale(shown: Sequence[CommuneFacts]) -> Scale:
    """Return the scale of communes that have reports."""
    rows = pd.concat([facts.history for facts in shown])
    most = rows.groupby("set_code")["criterion_no"].nunique().max()
    return Scale((rows["period_end"].min(), rows["period_end"].max()), int(most))


def nothing(t: Translator, facts: CommuneFacts, _suffix: str) -> None:
    """Say that a commune has no reports."""
    st.info(t("profile.no_history", name=facts.name))


def criterion_names(t: Translator, set_code: str) -> dict[str, str]:
    """Return the names of the criteria of a set by their numbers."""
    rows = read("criteria")
    rows = rows[rows["set_code"] == set_code]
    names = rows["name_vi"] if t.language == "vi" else rows["name_en"].fillna(rows["name_vi"])
    return dict(zip(rows["criterion_no"], names, strict=True))


def set_names(t: Translator) -> dict[str, str]:
    """Return a short name of each criteria set: its standard and its years where its code has them."""
    rows = read("criteria_sets")
    named = {}
    for code, standard, full in zip(rows["set_code"], rows["standard"], rows["name_vi"], strict=True):
        years = str(code)[-9:].replace("_", "–")
        has_years = years.replace("–", "").isdigit()
        named[str(code)] = (
            t("profile.set_line", standard=t(f"standard.{standard}"), years=years) if has_years else str(full)
        )
    return named


def strip(t: Translator, facts: CommuneFacts, suffix: str, set_code: str, months: pd.DatetimeIndex) -> None:
    """Show what a commune reported under one set: criteria by month."""
    name = set_names(t)[set_code]
    if not (facts.history["set_code"] == set_code).any():
        st.info(t("profile.strip_none", name=facts.name, set=name))
        return
    outcomes = history.by_month(facts.history, set_code, months)
    criteria = criterion_names(t, set_code)
    labels = {f"{month:%m/%Y}": f"{month:%m/%Y}" for month in months}
    table = outcomes.map(lambda outcome: None if outcome is None else t(f"outcome.{outcome}"))
    table.columns = pd.Index(list(labels))
    table.insert(0, "criterion", [f"{number} {criteria.get(number, '')}" for number in outcomes.index])
    frame.chart(
        t,
        title=t("profile.strip", name=facts.name, set=name),
        figure=criteria_strip(outcomes, criteria, t),
        table=table,
        labels={"criterion": t("column.criterion"), **labels},
        unit=t("profile.strip_unit"),
        as_of=facts.month,
        source=t("overview.source_criteria"),
        key=f"strip_{set_code}{suffix}",
    )


def met_over_time(t: Translator, facts: CommuneFacts, suffix: str, ends: Scale) -> None:
    """Show how many criteria a commune met at each report, a line for each set."""
    if not len(facts.history):
        return
    counts, names = history.counts(facts.history), set_names(t)
    frame.chart(
        t,
        title=t("profile.met_over_time", name=facts.name),
        figure=criteria_met_over_time(counts, names, ends.days, ends.most, t),
        table=counts.assign(set_name=counts["set_code"].map(names)),
        labels={
            "set_name": t("column.criteria_set"),
            "period_end": frame.column_label(t, "criterion_result", "period_end"),
            "met": frame.column_label(t, "mart_commune_month", "criteria_met"),
            "not_met": frame.column_label(t, "mart_commune_month", "criteria_not_met"),
            "unknown": frame.column_label(t, "mart_commune_month", "criteria_unknown"),
        },
        unit=t("profile.unit_criteria"),
        as_of=facts.month,
        source=t("overview.source_criteria"),
        key=f"met_over_time{suffix}",
    )


def turns(t: Translator, facts: CommuneFacts, suffix: str) -> None:
    """Show which criteria were gained and lost when, each with the cell of the report that says so."""
    if not len(facts.history):
        return
    found = history.turns(facts.history)
    if not len(found):
        st.info(t("profile.no_turns", name=facts.name))
        return
    sets = set_names(t)
    criteria = {code: criterion_names(t, code) for code in found["set_code"].unique()}
    rows = found.assign(
        turn_name=[t(f"profile.turn_{turn}") for turn in found["turn"]],
        criterion=[
            f"{number} {criteria[code].get(number, '')}"
            for code, number in zip(found["set_code"], found["criterion_no"], strict=True)
        ],
        set_name=found["set_code"].map(sets),
    )
    labels = {
        "period_end": frame.column_label(t, "criterion_result", "period_end"),
        "turn_name": t("profile.turn"),
        "criterion": t("column.criterion"),
        "before_day": t("profile.told_before"),
        "is_after_gap": t("profile.after_gap"),
        "set_name": t("column.criteria_set"),
    }
    with st.container(border=True):
        st.header(t("profile.turns", name=facts.name))
        frame.data_table(t, rows, labels, key=f"turns{suffix}")
        source_button(
            t,
            label=t("commune.open_criteria"),
            title=t("commune.criteria_cells"),
            rows=lambda: rows,
            labels={name: labels[name] for name in ("period_end", "turn_name", "criterion")},
            key=f"sources_turns{suffix}",
        )
