"""The card of one commune: standing, the strip of its criteria with who leads each, decisions, and their cells."""

from __future__ import annotations

import html
from collections.abc import Hashable
from typing import Any

import pandas as pd
import streamlit as st

from ntm.charts.theme import OUTCOME_COLORS
from ntm.i18n import Translator
from ntm.model import is_missing
from ntm.ui.cache import read
from ntm.ui.filters import Place
from ntm.ui.frame import column_label
from ntm.ui.sources import source_button
from ntm.ui.wording import words

_SIGNS = {"met": "✓", "not_met": "✗", "unknown": "?"}


def show(t: Translator, place: Place, units: pd.DataFrame, communes: pd.DataFrame, commune: str | None) -> None:
    """Show the card, or how to get one."""
    if commune is None:
        st.info(t("commune.choose"))
        return
    unit = units[units["unit_code"] == commune].iloc[0]
    with st.container(border=True):
        st.subheader(unit["name"])
        st.caption(" · ".join(str(part) for part in (unit["district_name"], unit["unit_code"]) if part))
        rows = communes[communes["unit_code"] == commune]
        if not len(rows):
            st.markdown(t("commune.not_rural", kind=unit["kind"]))
            return
        _standing(t, rows.iloc[0])
        _criteria(t, place, commune)
        _recognitions(t, place, commune)


def _standing(t: Translator, row: pd.Series) -> None:
    st.markdown(f"**{t('highest.' + row['standard'])}**")
    if is_missing(row["criteria_met"]):
        st.markdown(t("commune.no_report"))
        return
    met, total = t.format.number(row["criteria_met"]), t.format.number(row["criteria_total"])
    st.markdown(
        f"{t('commune.criteria', met=met, total=total)} · {t('commune.reported', day=t.format.day(row['last_report']))}"
    )
    if row["is_stale"]:
        st.warning(t("commune.stale", months=t.format.number(row["months_since_report"])))


def _criteria(t: Translator, place: Place, commune: str) -> None:
    criteria = read("commune_criteria", unit=commune, month=place.month)
    if not len(criteria):
        return
    st.html(_strip(t, criteria))
    lines = [_line(t, row) for row in criteria[criteria["outcome"] != "met"].to_dict("records")]
    if lines:
        st.markdown("\n".join(lines))
    rows = criteria.assign(
        name=criteria["name_vi" if t.language == "vi" else "name_en"],
        outcome_name=words(t, criteria["outcome"], "outcome"),
    ).dropna(subset=["cell"])
    labels = {
        "criterion_no": column_label(t, "criterion", "criterion_no"),
        "name": t("column.criterion"),
        "outcome_name": column_label(t, "criterion_result", "outcome"),
    }
    source_button(
        t,
        label=t("commune.open_criteria"),
        title=t("commune.criteria_cells"),
        rows=lambda: rows,
        labels=labels,
        key="sources_criteria",
    )


def _line(t: Translator, row: dict[Hashable, Any]) -> str:
    name = row["name_vi"] if t.language == "vi" else row["name_en"]
    agency = "" if is_missing(row["lead_agency"]) else f" ({row['lead_agency']})"
    return f"- **{row['criterion_no']} {name}**: {t('outcome.' + row['outcome'])}{agency}"


def _strip(t: Translator, criteria: pd.DataFrame) -> str:
    """Return the strip as HTML: a box for each criterion, told apart by colour and sign."""
    boxes = []
    for row in criteria.to_dict("records"):
        name = row["name_vi"] if t.language == "vi" else row["name_en"]
        title = html.escape(f"{row['criterion_no']}. {name}: {t('outcome.' + row['outcome'])}", quote=True)
        color = OUTCOME_COLORS[row["outcome"]]
        boxes.append(
            f'<li title="{title}" aria-label="{title}" style="background:{color};color:#fff;border-radius:3px;'
            f'padding:2px 0;text-align:center;font-size:12px;line-height:1.3">{html.escape(str(row["criterion_no"]))}'
            f'<br><span aria-hidden="true">{_SIGNS[row["outcome"]]}</span></li>'
        )
    return (
        '<ul style="display:grid;grid-template-columns:repeat(10,1fr);gap:3px;list-style:none;padding:0;margin:0">'
        + "".join(boxes)
        + "</ul>"
    )


def _recognitions(t: Translator, place: Place, commune: str) -> None:
    events = read("commune_recognitions", unit=commune, month=place.month)
    if not len(events):
        st.markdown(t("commune.no_decision"))
        return
    for row in events.to_dict("records"):
        st.markdown(
            "- "
            + t(
                f"event.{row['event']}",
                standard=t(f"standard.{row['standard']}"),
                number=row["decision_no"],
                day=t.format.day(row["decision_date"]),
                year=t("unknown") if is_missing(row["result_year"]) else int(row["result_year"]),
            )
        )
    rows = events.assign(standard_name=words(t, events["standard"], "standard"))
    labels = {
        "standard_name": column_label(t, "recognition", "standard"),
        "decision_no": column_label(t, "recognition", "decision_no"),
        "decision_date": column_label(t, "recognition", "decision_date"),
    }
    source_button(
        t,
        label=t("commune.open_decisions"),
        title=t("commune.decision_cells"),
        rows=lambda: rows,
        labels=labels,
        key="sources_decisions",
    )
