"""The card of one commune: standing, criteria with who leads each and since when, decisions, money, plans, cells."""

from __future__ import annotations

import html
from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from ntm.charts.theme import OUTCOME_COLORS
from ntm.i18n import Translator
from ntm.metrics.watch import watch_rules
from ntm.model import is_missing
from ntm.ui import commune_card_money
from ntm.ui.commune_facts import CommuneFacts, commune_facts
from ntm.ui.filters import Place
from ntm.ui.frame import column_label
from ntm.ui.profile_links import commune_link, district_link
from ntm.ui.sources import source_button
from ntm.ui.wording import words

_SIGNS = {"met": "✓", "not_met": "✗", "unknown": "?"}


def show(t: Translator, place: Place, units: pd.DataFrame, communes: pd.DataFrame, commune: str | None) -> None:
    """Show the card, or how to get one."""
    if commune is None:
        st.info(t("commune.choose"))
        return
    facts = commune_facts(place, units, communes, commune)
    with st.container(border=True):
        st.header(facts.name)
        st.caption(" · ".join(str(part) for part in (facts.unit["district_name"], facts.code) if not is_missing(part)))
        body(t, facts)
        with st.container(horizontal=True):
            commune_link(t, place, facts.unit, t("commune.open_profile"))
            if not is_missing(facts.unit["district_name"]):
                district_link(t, place, str(facts.unit["district_name"]))


def body(t: Translator, facts: CommuneFacts, suffix: str = "") -> None:
    """Say what is known of a unit, each figure with its cells; `suffix` tells the buttons of two units apart."""
    standing(t, facts)
    if facts.standing is not None:
        _criteria(t, facts, suffix)
    _decisions(t, facts, suffix)
    commune_card_money.show(t, facts, suffix)
    _plans(t, facts, suffix)


def standing(t: Translator, facts: CommuneFacts) -> None:
    """Say the highest standard and the criteria met, each with the day that it is known for."""
    row = facts.standing
    if row is None:
        st.markdown(t("commune.not_rural", kind=facts.unit["kind"]))
        return
    standard = f"**{t('highest.' + row['standard'])}**"
    if row["standard"] == "unknown":
        st.markdown(f"{standard}: {t('commune.standard_unknown')}")
    else:
        st.markdown(f"{standard} · {t('commune.decided_until', day=t.format.day(row['recognition_as_of']))}")
    if is_missing(row["criteria_met"]):
        st.markdown(t("commune.no_report"))
        return
    met, total = t.format.number(row["criteria_met"]), t.format.number(row["criteria_total"])
    st.markdown(
        f"**{t('commune.criteria', met=met, total=total)}**"
        f" · {t('commune.reported', day=t.format.day(row['last_report']))}"
    )
    if facts.is_to_consider:
        st.warning(t("commune.withdrawal", document=watch_rules()["withdrawal"]["document"]))
    if row["is_stale"]:
        st.warning(t("commune.stale", months=t.format.number(row["months_since_report"])))


def _criteria(t: Translator, facts: CommuneFacts, suffix: str) -> None:
    criteria = facts.criteria
    if not len(criteria):
        return
    st.html(strip(t, criteria))
    unmet, unknown = criteria[criteria["outcome"] == "not_met"], criteria[criteria["outcome"] == "unknown"]
    lines = [
        f"- **{row['criterion_no']} {criterion_name(t, row)}**{_agency(row)}: {since(t, row)}"
        for _, row in unmet.iterrows()
    ]
    if len(unknown) == len(criteria):
        lines.append(f"- {t('commune.all_unknown')}")
    elif len(unknown):
        names = ", ".join(f"{row['criterion_no']} {criterion_name(t, row)}" for _, row in unknown.iterrows())
        lines.append(f"- {t('commune.unknown_criteria', names=names)}")
    if lines:
        st.markdown("\n".join(lines))
    rows = criteria.assign(
        name=[criterion_name(t, row) for _, row in criteria.iterrows()],
        outcome_name=words(t, criteria["outcome"], "outcome"),
    ).dropna(subset=["cell"])
    if not len(rows):
        return
    source_button(
        t,
        label=t("commune.open_criteria"),
        title=t("commune.criteria_cells"),
        rows=lambda: rows,
        labels={
            "criterion_no": column_label(t, "criterion", "criterion_no"),
            "name": t("column.criterion"),
            "outcome_name": column_label(t, "criterion_result", "outcome"),
            "lead_agency": column_label(t, "criterion", "lead_agency"),
        },
        key=f"sources_criteria{suffix}",
    )


def since(t: Translator, row: pd.Series) -> str:
    """Say since when a criterion is not met, and what stood before: a gap is said, never bridged."""
    if is_missing(row["before"]):
        return t("outcome.not_met")
    day = None if is_missing(row["before_day"]) else t.format.month(row["before_day"])
    return t(f"commune.since_{row['before']}", month=t.format.month(row["since"]), before=day)


def criterion_name(t: Translator, row: Mapping[Hashable, Any] | pd.Series) -> str:
    """Return the name of a criterion in the language; `row` is one of commune_criteria or commune_outcomes."""
    return str(row["name_vi"] if t.language == "vi" or is_missing(row["name_en"]) else row["name_en"])


def _agency(row: pd.Series) -> str:
    return "" if is_missing(row["lead_agency"]) else f" ({row['lead_agency']})"


def strip(t: Translator, criteria: pd.DataFrame) -> str:
    """Return the strip as HTML: a box for each criterion, told apart by colour, sign and words."""
    boxes = []
    for _, row in criteria.iterrows():
        told = since(t, row) if row["outcome"] == "not_met" else t("outcome." + row["outcome"])
        title = html.escape(f"{row['criterion_no']}. {criterion_name(t, row)}{_agency(row)}: {told}", quote=True)
        boxes.append(
            f'<li title="{title}" aria-label="{title}" style="background:{OUTCOME_COLORS[row["outcome"]]};color:#fff;'
            f'border-radius:3px;padding:2px 0;text-align:center;font-size:12px;line-height:1.3">'
            f'{html.escape(str(row["criterion_no"]))}<br><span aria-hidden="true">{_SIGNS[row["outcome"]]}</span></li>'
        )
    label = html.escape(t("commune.strip"), quote=True)
    return (
        f'<ul aria-label="{label}" style="display:grid;grid-template-columns:repeat(auto-fit,minmax(25px,1fr));'
        'gap:3px;max-width:60rem;list-style:none;padding:0;margin:0">' + "".join(boxes) + "</ul>"
    )


def _decisions(t: Translator, facts: CommuneFacts, suffix: str) -> None:
    events = facts.decisions
    if not len(events):
        if facts.is_recognition_known:
            st.markdown(t("commune.no_decision"))
        return
    st.markdown("\n".join(f"- {decision(t, row)}" for _, row in events.iterrows()))
    source_button(
        t,
        label=t("commune.open_decisions"),
        title=t("commune.decision_cells"),
        rows=lambda: events.assign(standard_name=words(t, events["standard"], "standard")),
        labels={
            "standard_name": column_label(t, "recognition", "standard"),
            "decision_no": column_label(t, "recognition", "decision_no"),
            "decision_date": column_label(t, "recognition", "decision_date"),
        },
        key=f"sources_decisions{suffix}",
    )


def decision(t: Translator, row: pd.Series) -> str:
    """Say one decision with its number, its day and the year of the result."""
    return t(
        f"event.{row['event']}",
        standard=t(f"standard.{row['standard']}"),
        number=row["decision_no"],
        day=t.format.day(row["decision_date"]),
        year=t("unknown") if is_missing(row["result_year"]) else int(row["result_year"]),
    )


def _plans(t: Translator, facts: CommuneFacts, suffix: str) -> None:
    if not len(facts.plans):
        return
    st.markdown("\n".join(f"- {plan(t, row)}" for _, row in facts.plans.iterrows()))
    named = facts.named
    source_button(
        t,
        label=t("commune.open_plans"),
        title=t("commune.plan_cells"),
        rows=lambda: named.assign(
            standard_name=words(t, named["standard"], "standard"), kind_name=words(t, named["kind"], "target_kind")
        ),
        labels={
            "standard_name": column_label(t, "target_unit", "standard"),
            "target_year": column_label(t, "target_unit", "target_year"),
            "kind_name": column_label(t, "target_unit", "kind"),
            "document": column_label(t, "target_unit", "document"),
        },
        key=f"sources_plans{suffix}",
    )


def plan(t: Translator, row: pd.Series) -> str:
    """Say for when plans name the unit, what slipped, and what came of it; `row` is one of metrics.slippage."""
    text = t(
        "commune.planned",
        standard=t(f"standard.{row['standard']}"),
        years=" → ".join(str(year) for year in row["years"]),
        kind=t(f"target_kind.{row['kind']}").lower(),
    )
    if row["slipped_years"]:
        text += f" {t('commune.slipped', years=t.format.number(row['slipped_years']))}"
    day = t.format.day(row["reached_on"])
    return f"{text} {t('commune.plan_' + row['state'], year=row['reached_year'], day=day)}"
