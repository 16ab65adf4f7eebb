"""The commune page's part with what the commune itself says of its unmet criteria: why, and what it proposes."""

from __future__ import annotations

import streamlit as st

from ntm.i18n import Translator
from ntm.model import is_missing
from ntm.ui.commune_card import criterion_name
from ntm.ui.commune_facts import CommuneFacts
from ntm.ui.frame import column_label
from ntm.ui.sources import source_button

_REMARKS = ("cause", "proposal")


def remarks(t: Translator, facts: CommuneFacts, suffix: str) -> None:
    """Show causes and proposals beside the criteria not met at the latest report, word for word, with their cells.

    A fact's cell is that of its mark; the texts stand in the same row, among the cells shown around it.
    """
    if facts.standing is None or is_missing(facts.standing["last_report"]):
        return
    unmet = facts.criteria[facts.criteria["outcome"] == "not_met"]
    if not len(unmet):
        return
    day = t.format.day(facts.standing["last_report"])
    told = unmet.dropna(subset=list(_REMARKS), how="all")
    if not len(told):
        st.caption(t("profile.no_remarks", name=facts.name, day=day))
        return
    rows = told.assign(criterion=[f"{row['criterion_no']} {criterion_name(t, row)}" for row in told.to_dict("records")])
    labels = {"criterion": t("column.criterion")}
    labels |= {name: column_label(t, "criterion_result", name) for name in _REMARKS}
    with st.container(border=True):
        st.header(t("profile.remarks", name=facts.name))
        count, total = t.format.number(len(told)), t.format.number(len(unmet))
        st.caption(t("profile.remarks_note", count=count, unmet=total, day=day))
        for row in rows.to_dict("records"):
            st.markdown(f"**{row['criterion']}**")
            # As plain text: what a commune wrote is never markup.
            st.text("\n".join(f"{labels[name]}: {row[name]}" for name in _REMARKS if not is_missing(row[name])))
        source_button(
            t,
            label=t("profile.open_remarks"),
            title=t("profile.remarks", name=facts.name),
            rows=lambda: rows,
            labels=labels,
            key=f"sources_remarks{suffix}",
        )
