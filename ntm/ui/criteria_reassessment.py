"""Section 'reassessment' of the criteria page: recognised under an earlier set, standing under the set in use."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from ntm.i18n import Translator
from ntm.metrics.reassessment import CONSIDER, GONE, NOT_JUDGED, STATES, meeting_share
from ntm.metrics.watch import district_withdrawal, watch_rules
from ntm.model import is_missing
from ntm.ui import criteria_view as view
from ntm.ui import frame
from ntm.ui.cache import read
from ntm.ui.filters import Place
from ntm.ui.sources import source_button
from ntm.ui.unit_rows import commune_rows
from ntm.ui.wording import share_text, words


def show(t: Translator, place: Place) -> None:
    """Show how many of those recognised earlier meet the set in use, and what the rule of withdrawal says of each."""
    found = view.reassessed(place)
    if not len(found):
        st.info(t("criteria.say_no_recognised"))
        return
    in_use = view.set_name(t, str(view.outcomes(place).criteria["set_code"].iloc[0]))
    told = _told(t, place, found)
    earlier = told[told["is_earlier"]]
    with st.container(border=True):
        st.markdown("\n".join(f"- {line}" for line in [*_sentences(t, earlier, in_use), _districts(t, place)]))
    watched = told[told["verdict"].isin((CONSIDER, NOT_JUDGED))]
    if len(watched):
        _table(t, place, watched, t("criteria.watched", count=t.format.number(len(watched))), "watched")
    if len(earlier):
        _table(t, place, earlier, t("criteria.reassessed", count=len(earlier), set=in_use), "earlier")
    later = told[~told["is_earlier"]]
    if len(later):
        _table(t, place, later, t("criteria.recognised_since", count=len(later), set=in_use), "later")


def _told(t: Translator, place: Place, found: pd.DataFrame) -> pd.DataFrame:
    labels = view.label_of(t, place)
    return found.assign(
        standard_name=words(t, found["standard"], "highest"),
        state_name=words(t, found["state"], "criteria_state"),
        verdict_name=words(t, found["verdict"], "criteria_verdict"),
        reason=pd.Series([_reason(t, row, labels) for row in found.to_dict("records")], found.index, dtype=object),
    )


def _reason(t: Translator, row: Mapping[Hashable, Any], labels: Mapping[str, str]) -> str:
    """Say in words what the rule looks at: how many of the criteria fail, which of the named ones, what is unknown."""
    if is_missing(row["criteria_not_met"]):
        return t("criteria.reason_no_report")
    parts = [
        t(
            "criteria.reason_share",
            failing=t.format.number(row["criteria_not_met"]),
            total=t.format.number(row["criteria_total"]),
            pct=t.format.share(row["share_pct"]),
        )
    ]
    named = [labels.get(str(number), str(number)) for number in row["named"]]
    if named:
        parts.append(t("criteria.reason_named", names="; ".join(named)))
    elif row["criteria_not_met"]:
        parts.append(t("criteria.reason_none_named"))
    if row["criteria_unknown"]:
        parts.append(t("criteria.reason_unknown", count=t.format.number(row["criteria_unknown"])))
    return ", ".join(parts)


def _sentences(t: Translator, earlier: pd.DataFrame, in_use: str) -> list[str]:
    rule = watch_rules()["withdrawal"]
    lines = []
    if len(earlier):
        held = earlier[earlier["verdict"] != GONE]
        counts = [t.format.number((held["state"] == state).sum()) for state in STATES]
        lines.append(
            t(
                "criteria.say_reassessed",
                count=t.format.number(len(held)),
                set=in_use,
                share=share_text(t, meeting_share(earlier)),
                missing=counts[1],
                unknown=counts[2],
            )
        )
        if gone := len(earlier) - len(held):
            lines.append(t("criteria.say_gone", count=t.format.number(gone)))
        lines.append(t("criteria.say_no_target"))
    else:
        lines.append(t("criteria.say_none_earlier", set=in_use))
    lines.append(
        t(
            "criteria.rule",
            document=rule["document"],
            from_pct=rule["from_pct"],
            any_pct=rule["any_pct"],
            since=t.format.day(rule["valid_from"]),
            confidence=t(f"confidence.{rule['confidence']}"),
        )
    )
    lines.append(t("criteria.say_other_levels"))
    return lines


def _districts(t: Translator, place: Place) -> str:
    """Say what the rule for districts gives, each under the set of the standard that it holds."""
    rows = read("criteria_district_results", **place.scope)
    if not len(rows):
        return t("criteria.districts_none")
    found = district_withdrawal(rows)
    names = rows.loc[found.fillna(False).astype(bool), "name"].drop_duplicates()
    return t(
        "criteria.districts_considered",
        count=t.format.number(len(names)),
        names=", ".join(names) or "–",
        open=t.format.number(rows.loc[found.isna(), "unit_code"].nunique()),
        held=t.format.number(rows["unit_code"].nunique()),
    )


def _table(t: Translator, place: Place, rows: pd.DataFrame, title: str, key: str) -> None:
    labels = {
        "name": t("column.commune"),
        "district_name": t("column.district"),
        "standard_name": t("column.standard_now"),
        "state_name": t("criteria.standing_now"),
        "verdict_name": t("criteria.verdict_column"),
        "reason": t("criteria.reason"),
        "result_year": frame.column_label(t, "recognition", "result_year"),
        "decision_no": frame.column_label(t, "recognition", "decision_no"),
        "decision_date": frame.column_label(t, "recognition", "decision_date"),
        "reaffirmed_on": t("criteria.reaffirmed_on"),
        "last_report": frame.column_label(t, "mart_commune_month", "last_report"),
    }
    with st.container(border=True):
        st.header(title)
        commune_rows(t, place, rows, labels, f"criteria_{key}")
        with st.container(horizontal=True):
            view.cells(
                t,
                label=t("criteria.open_reassessed"),
                title=t("criteria.cells_not_met"),
                rows=lambda: view.outcome_cells(place, "not_met", rows["unit_code"]),
                key=key,
            )
            source_button(
                t,
                label=t("commune.open_decisions"),
                title=t("commune.decision_cells"),
                rows=lambda: rows,
                labels={name: labels[name] for name in ("name", "decision_no", "decision_date")},
                key=f"sources_criteria_decisions_{key}",
            )
