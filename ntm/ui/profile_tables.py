"""The commune page's tables: criteria of two communes, decisions, money by year, plans, units before and after."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from ntm.charts.funding import funding_by_year
from ntm.i18n import Translator
from ntm.ui import frame
from ntm.ui.cache import as_day
from ntm.ui.commune_card import criterion_name, plan
from ntm.ui.commune_facts import CommuneFacts
from ntm.ui.district_facts import DistrictFacts
from ntm.ui.funding_view import named as with_words
from ntm.ui.funding_view import year_labels
from ntm.ui.wording import words


def side_by_side(t: Translator, shown: Sequence[CommuneFacts]) -> None:
    """Show the criteria of two communes beside each other, where both are judged by one set."""
    if any(facts.standing is None for facts in shown):
        return
    first, second = shown
    with st.container(border=True):
        st.header(t("profile.side_by_side"))
        if first.set_code != second.set_code:
            st.info(t("profile.other_sets"))
            return
        table = first.criteria[["criterion_no", "lead_agency"]].assign(
            criterion=[f"{row['criterion_no']} {criterion_name(t, row)}" for _, row in first.criteria.iterrows()]
        )
        labels = {"criterion": t("column.criterion")}
        for number, facts in enumerate(shown):
            table[f"outcome_{number}"] = words(t, facts.criteria["outcome"], "outcome")
            table[f"since_{number}"] = facts.criteria["since"]
            labels[f"outcome_{number}"] = t("profile.outcome_of", name=facts.name)
            labels[f"since_{number}"] = t("profile.since_of", name=facts.name)
        frame.data_table(t, table, {**labels, "lead_agency": t("district.agency")}, key="side_by_side")


def recognitions(t: Translator, facts: CommuneFacts, suffix: str) -> None:
    """Show the decisions about a unit in time."""
    events = facts.decisions
    if not len(events):
        key = "profile.no_recognitions" if facts.is_recognition_known else "profile.recognitions_unknown"
        if facts.standing is not None:
            st.info(t(key, name=facts.name))
        return
    rows = events.assign(
        standard_name=words(t, events["standard"], "standard"), event_name=words(t, events["event"], "event_name")
    )
    labels = {
        "decision_date": frame.column_label(t, "recognition", "decision_date"),
        "event_name": t("profile.event"),
        "standard_name": frame.column_label(t, "recognition", "standard"),
        "result_year": frame.column_label(t, "recognition", "result_year"),
        "decision_no": frame.column_label(t, "recognition", "decision_no"),
    }
    with st.container(border=True):
        st.header(t("profile.recognitions", name=facts.name))
        frame.data_table(t, rows, labels, key=f"recognitions{suffix}")


def money(t: Translator, facts: CommuneFacts, suffix: str, most: float) -> None:
    """Show the money that is coded to a unit, by year and stage; `most` (million đồng) ends the axis."""
    yearly = facts.yearly
    if not len(yearly):
        st.info(t("profile.no_money", name=facts.name))
        return
    frame.chart(
        t,
        title=t("profile.money", name=facts.name),
        figure=funding_by_year(yearly, t, most=most),
        table=with_words(t, yearly),
        labels=year_labels(t),
        unit=t("unit.billion"),
        as_of=min(facts.month, as_day(yearly["period_end"].max())),
        source=t("funding.source"),
        key=f"money{suffix}",
    )


def most_money(shown: Sequence[CommuneFacts] | Sequence[DistrictFacts]) -> float:
    """Return the largest amount of a year and stage, in million đồng; 0 without any."""
    amounts = [facts.yearly["amount_vnd_million"].max() for facts in shown if len(facts.money)]
    return max((float(amount) for amount in amounts if pd.notna(amount)), default=0.0)


def plans(t: Translator, facts: CommuneFacts, suffix: str) -> None:
    """Show the plans that name a unit, and what slipped."""
    named = facts.named
    if not len(named):
        st.info(t("profile.no_plans", name=facts.name))
        return
    rows = named.assign(
        standard_name=words(t, named["standard"], "standard"), kind_name=words(t, named["kind"], "target_kind")
    )
    labels = {
        "target_year": frame.column_label(t, "target_unit", "target_year"),
        "standard_name": frame.column_label(t, "target_unit", "standard"),
        "kind_name": frame.column_label(t, "target_unit", "kind"),
        "document": frame.column_label(t, "target_unit", "document"),
    }
    with st.container(border=True):
        st.header(t("profile.plans", name=facts.name))
        st.markdown("\n".join(f"- {plan(t, row)}" for _, row in facts.plans.iterrows()))
        frame.data_table(t, rows, labels, key=f"plans{suffix}")


def parts(t: Translator, facts: CommuneFacts, _suffix: str) -> None:
    """Say what a unit was made of and what it went into, whole or in part."""
    rows = facts.parts
    if not len(rows):
        st.caption(t("profile.no_parts", name=facts.name))
        return
    with st.container(border=True):
        for side, found in rows.groupby("side", sort=False):
            day = t.format.day(found["change_date"].iloc[0])
            key = "profile.before" if side == "before" else "profile.after"
            lines = [f"- {_part(t, row)}" for _, row in found.iterrows()]
            st.markdown(f"**{t(key, name=facts.name, day=day)}**\n\n" + "\n".join(lines))
        sources = ", ".join(sorted(set(rows["source"])))
        st.caption(t("profile.parts_source", source=sources))


def _part(t: Translator, row: pd.Series) -> str:
    return t(
        "profile.part",
        name=row["name"],
        within=row["within"],
        code=row["code"],
        extent=t("profile.partial" if row["is_partial"] else "profile.whole"),
        day=t.format.day(row["change_date"]),
    )
