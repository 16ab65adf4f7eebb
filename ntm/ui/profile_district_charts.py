"""The district page's tables and charts, each with its cells or its table twin."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import streamlit as st

from ntm.charts.funding import funding_by_year
from ntm.charts.profile import binding_criteria as binding_figure
from ntm.charts.profile import communes_by_criterion
from ntm.charts.standing import criteria_mean_over_time
from ntm.i18n import Translator
from ntm.ui import frame, overview
from ntm.ui.cache import as_day, read
from ntm.ui.commune_card import criterion_name
from ntm.ui.district_facts import DistrictFacts
from ntm.ui.funding_view import CELL, year_labels
from ntm.ui.funding_view import named as with_words
from ntm.ui.profile_links import commune_link
from ntm.ui.sources import source_button
from ntm.ui.wording import words


def communes(t: Translator, facts: DistrictFacts, suffix: str) -> None:
    """Show the communes with what each holds and misses, and the link to each one's page."""
    rows = facts.communes.assign(
        standard_name=words(t, facts.communes["standard"], "highest"),
        unmet_text=_joined(facts.communes["unmet"]),
        unknown_text=_joined(facts.communes["unknown"].where(facts.communes["last_report"].notna(), None)),
    )
    labels = {
        "name": t("column.commune"),
        "standard_name": t("column.standard_now"),
        **{name: frame.column_label(t, "mart_commune_month", name) for name in ("criteria_met", "criteria_total")},
        "unmet_text": t("district.missing"),
        "unknown_text": t("district.not_told"),
        **{name: frame.column_label(t, "mart_commune_month", name) for name in ("last_report", "months_since_report")},
    }
    with st.container(border=True):
        st.header(t("district.communes"))
        frame.data_table(t, rows, labels, key=f"district_communes{suffix}")
        st.caption(t("district.links"))
        with st.container(horizontal=True):
            for row in rows.to_dict("records"):
                commune_link(t, facts.place, row, str(row["name"]))


def _joined(numbers: pd.Series) -> pd.Series:
    """Return lists of numbers as text; what is empty or unknown stays empty."""
    return pd.Series([", ".join(listed) or None if np.iterable(listed) else None for listed in numbers], numbers.index)


def _with_names(t: Translator, rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(criterion=[criterion_name(t, row) for row in rows.to_dict("records")])


def matrix(t: Translator, facts: DistrictFacts, suffix: str) -> None:
    """Show which commune meets which criterion."""
    if not len(facts.criteria):
        return
    rows = _with_names(t, facts.criteria)
    table = rows.assign(outcome_name=words(t, rows["outcome"], "outcome")).pivot_table(
        index="name", columns="criterion_no", values="outcome_name", aggfunc="first"
    )
    numbers = list(dict.fromkeys(rows["criterion_no"]))
    frame.chart(
        t,
        title=t("district.matrix"),
        figure=communes_by_criterion(rows, t),
        table=table.reset_index(),
        labels={"name": t("column.commune"), **{number: number for number in numbers}},
        unit=t("district.matrix_unit"),
        as_of=facts.month,
        source=t("overview.source_criteria"),
        key=f"district_matrix{suffix}",
    )


def criteria_cells(t: Translator, facts: DistrictFacts, suffix: str) -> None:
    """Show the button to the cells of what is not met in the district."""
    rows = facts.criteria[facts.criteria["cell"].notna()]
    if not len(rows):
        return

    def listed() -> pd.DataFrame:
        shown = _with_names(t, rows).assign(outcome_name=words(t, rows["outcome"], "outcome"))
        return shown.sort_values("outcome", key=lambda outcome: outcome == "met", kind="stable")

    source_button(
        t,
        label=t("district.open_criteria"),
        title=t("commune.criteria_cells"),
        rows=listed,
        labels={
            "name": t("column.commune"),
            "criterion_no": frame.column_label(t, "criterion", "criterion_no"),
            "criterion": t("column.criterion"),
            "outcome_name": frame.column_label(t, "criterion_result", "outcome"),
        },
        key=f"sources_district_criteria{suffix}",
    )


def binding(t: Translator, facts: DistrictFacts, suffix: str, most: int) -> None:
    """Show how many communes miss each criterion, and who leads it; `most` ends the axis."""
    if not len(facts.missed):
        return
    table = _with_names(t, facts.missed)
    frame.chart(
        t,
        title=t("district.binding_chart"),
        figure=binding_figure(table, most, t),
        table=table.assign(label=table["criterion_no"] + " " + table["criterion"]),
        labels={
            "label": t("column.criterion"),
            "lead_agency": t("district.agency"),
            "not_met": t("district.miss"),
            "unknown": t("district.unknown"),
            "communes": frame.column_label(t, "mart_district_month", "communes"),
        },
        unit=t("unit.communes"),
        as_of=facts.month,
        source=t("overview.source_criteria"),
        key=f"district_binding{suffix}",
    )


def ends_of_means(shown: Sequence[DistrictFacts]) -> tuple[float, float] | None:
    """Return the ends of the axis of means that districts side by side share; None for one alone."""
    means = pd.concat([facts.months["criteria_met_mean"] for facts in shown]).dropna()
    if len(shown) == 1 or not len(means):
        return None
    return float(means.min()) - 0.5, float(means.max()) + 0.5


def mean_over_time(t: Translator, facts: DistrictFacts, suffix: str, ends: tuple[float, float] | None) -> None:
    """Show the mean of criteria month by month, a line for each set."""
    if not facts.months["criteria_met_mean"].notna().any():
        return
    frame.chart(
        t,
        title=t("district.mean", place=facts.name),
        figure=criteria_mean_over_time(facts.months, t, ends=ends),
        table=overview.with_set_names(t, facts.months),
        labels=overview.mean_labels(t),
        unit=t("unit.criteria"),
        as_of=facts.month,
        source=t("overview.source_criteria"),
        key=f"district_mean{suffix}",
    )


def recognitions(t: Translator, facts: DistrictFacts, suffix: str) -> None:
    """Show the decisions about the district and its units, each with its cell."""
    events = facts.decisions
    if not len(events):
        st.info(t("district.no_recognitions"))
        return
    rows = events.assign(
        standard_name=words(t, events["standard"], "standard"), event_name=words(t, events["event"], "event_name")
    )
    labels = {
        "name": t("column.unit"),
        "decision_date": frame.column_label(t, "recognition", "decision_date"),
        "event_name": t("profile.event"),
        "standard_name": frame.column_label(t, "recognition", "standard"),
        "result_year": frame.column_label(t, "recognition", "result_year"),
        "decision_no": frame.column_label(t, "recognition", "decision_no"),
    }
    with st.container(border=True):
        st.header(t("district.recognitions"))
        frame.data_table(t, rows, labels, key=f"district_recognitions{suffix}")
        source_button(
            t,
            label=t("commune.open_decisions"),
            title=t("commune.decision_cells"),
            rows=lambda: rows,
            labels={name: labels[name] for name in ("name", "standard_name", "decision_no", "decision_date")},
            key=f"sources_district_decisions{suffix}",
        )


def money(t: Translator, facts: DistrictFacts, suffix: str, most: float) -> None:
    """Show the money that is coded to the district, by year and stage, with its cells."""
    yearly = facts.yearly
    if not len(yearly):
        return
    frame.chart(
        t,
        title=t("district.money_chart", place=facts.name),
        figure=funding_by_year(yearly, t, most=most),
        table=with_words(t, yearly),
        labels=year_labels(t),
        unit=t("unit.billion"),
        as_of=min(facts.month, as_day(yearly["period_end"].max())),
        source=t("funding.source"),
        key=f"district_money{suffix}",
    )
    year = int(yearly["year"].max())

    def cells() -> pd.DataFrame:
        found = read("funding_cells", unit=facts.code, year=year, stages=None, cutoff=None)
        return found.drop_duplicates(CELL)

    source_button(
        t,
        label=t("overview.open_amounts"),
        title=t("district.money_chart", place=facts.name),
        rows=lambda: with_words(t, cells()),
        labels={
            "year": frame.column_label(t, "funding", "year"),
            "period_end": frame.column_label(t, "funding", "period_end"),
            "source_name": t("column.source"),
            "stage_name": t("column.stage"),
            "amount_vnd_million": frame.column_label(t, "funding", "amount_vnd_million"),
        },
        key=f"sources_district_money{suffix}",
    )
