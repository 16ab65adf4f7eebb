"""The commune page's parts: the answer in one sentence, then the history of one commune or of two side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from ntm.i18n import Translator
from ntm.metrics import history
from ntm.model import is_missing
from ntm.ui import commune_card, profile_history, profile_remarks, profile_tables
from ntm.ui.commune_facts import CommuneFacts

_NUMBERS_SAID = 3


def answer(t: Translator, facts: CommuneFacts) -> str:
    """Return in one sentence what a commune holds, how many criteria it meets, and what is missing."""
    row = facts.standing
    if row is None:
        return t("commune.answer_not_rural", name=facts.name, kind=facts.unit["kind"])
    standard = t(f"highest.{row['standard']}")
    if is_missing(row["criteria_met"]):
        return t("commune.answer_no_report", name=facts.name, standard=standard)
    return t(
        "commune.answer",
        name=facts.name,
        standard=standard,
        met=t.format.number(row["criteria_met"]),
        total=t.format.number(row["criteria_total"]),
        missing=_missing(t, list(row["unmet"]), int(row["criteria_unknown"])),
    )


def _missing(t: Translator, unmet: Sequence[str], unknown: int) -> str:
    text = ""
    if len(unmet) > _NUMBERS_SAID:
        text = t("commune.answer_missing_many", count=t.format.number(len(unmet)))
    elif unmet:
        text = t("commune.answer_missing", numbers=", ".join(unmet))
    return text + (t("commune.answer_unknown", count=t.format.number(unknown)) if unknown else "")


def show(t: Translator, shown: Sequence[CommuneFacts]) -> None:
    """Show one commune, or two side by side on the same scales."""

    def beside(part: Callable[[Translator, CommuneFacts, str], None]) -> None:
        """Show a part of each commune in a column of its own; the second one's keys have a suffix."""
        for number, (column, facts) in enumerate(zip(st.columns(len(shown)), shown, strict=True)):
            with column:
                part(t, facts, "_other" if number else "")

    beside(_summary if len(shown) > 1 else _plain_summary)
    beside(profile_remarks.remarks)
    if len(shown) > 1:
        profile_tables.side_by_side(t, shown)
    st.header(t("profile.history"), divider="gray")
    sets = _sets(shown)
    if not sets:
        beside(profile_history.nothing)
    for set_code in sets:
        months = history.months_of([facts.history for facts in shown], set_code)
        beside(partial(profile_history.strip, set_code=set_code, months=months))
    if sets:
        beside(partial(profile_history.met_over_time, ends=profile_history.scale(shown)))
    beside(profile_history.turns)
    beside(profile_tables.recognitions)
    beside(partial(profile_tables.money, most=profile_tables.most_money(shown)))
    beside(profile_tables.plans)
    beside(profile_tables.parts)


def _sets(shown: Sequence[CommuneFacts]) -> list[str]:
    """Return the sets that any of the communes reported under, the newest of NTM first."""
    return list(dict.fromkeys(code for facts in shown for code in facts.history["set_code"].unique()[::-1]))


def _plain_summary(t: Translator, facts: CommuneFacts, suffix: str) -> None:
    with st.container(border=True):
        commune_card.body(t, facts, suffix)


def _summary(t: Translator, facts: CommuneFacts, suffix: str) -> None:
    with st.container(border=True):
        st.header(facts.name)
        commune_card.body(t, facts, suffix)
