"""Section 'overview' of the funding page: sources, years, the way of the budget money, and the country's own plan."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from ntm.charts.funding import funding_by_year, funding_structure
from ntm.charts.funding_steps import funding_natures, funding_steps
from ntm.i18n import Translator
from ntm.metrics.funding import by_source, by_year_and_stage, latest
from ntm.metrics.funding_steps import by_nature, steps
from ntm.metrics.payments import disbursement_pairs
from ntm.ui import frame, funding_published
from ntm.ui.cache import as_day
from ntm.ui.filters import Place
from ntm.ui.funding_sentences import SAID, stage_sentence
from ntm.ui.funding_view import (
    cells_button,
    choose_credit,
    choose_stage,
    named,
    structure_labels,
    year_labels,
)


def show(t: Translator, place: Place, money: pd.DataFrame, year: int, month: date) -> None:
    """Show the section. `money` is the rows of query `funding` for the place, all years."""
    stage = choose_stage(t, money, year)
    if stage:
        _structure(t, place, money, year, stage)
        of_year = money[money["year"] == year]
        pairs = disbursement_pairs(of_year, year, month)
        _steps(t, place, steps(of_year, pairs, year, month), year)
        _natures(t, by_nature(of_year, pairs, year, month), year)
    elif len(money):
        st.info(t("funding.none", year=year))
    if len(money):
        _years(t, place, money)
    funding_published.show(t)


def _structure(t: Translator, place: Place, money: pd.DataFrame, year: int, stage: str) -> None:
    month = place.month
    rows = latest(money, year, stage, None if stage == "need" else month)
    if stage not in SAID or not len(rows):
        st.markdown(stage_sentence(t, money, year, stage, month))
    if not len(rows):
        return
    cutoff = as_day(rows["period_end"].max())
    structure = by_source(rows)
    frame.chart(
        t,
        title=t("funding.structure", stage=t(f"stage.{stage}"), year=year),
        figure=funding_structure(structure, t),
        table=named(t, structure),
        labels=structure_labels(t),
        unit="%",
        as_of=cutoff,
        source=t("funding.source"),
        key="funding_structure",
    )
    cells_button(
        t,
        place,
        [(year, stage, cutoff)],
        title=t("funding.cells", stage=t(f"stage.{stage}"), year=year),
        key="sources_funding",
    )


def _steps(t: Translator, place: Place, table: pd.DataFrame, year: int) -> None:
    if table["amount_vnd_million"].isna().all():
        return
    reported = table.loc[table["step"] != "need", "period_end"].dropna()
    names = [t("funding.carried_over") if step == "carried_over" else t(f"stage.{step}") for step in table["step"]]
    frame.chart(
        t,
        title=t("funding.steps", year=year),
        figure=funding_steps(table, t),
        table=table.assign(step_name=names),
        labels={
            "step_name": t("column.stage"),
            "amount_vnd_million": frame.column_label(t, "funding", "amount_vnd_million"),
            "change_vnd_million": t("funding.column_change"),
            "period_end": frame.column_label(t, "funding", "period_end"),
        },
        unit=t("unit.billion"),
        as_of=None if reported.empty else as_day(reported.max()),
        source=t("funding.source"),
        key="funding_steps",
    )
    told = table[table["period_end"].notna() & (table["step"] != "carried_over")]
    wanted = [(year, str(row.step), as_day(row.period_end)) for row in told.itertuples()]
    cells_button(t, place, wanted, title=t("funding.steps", year=year), key="sources_steps")
    left = table.loc[table["step"] == "carried_over", "amount_vnd_million"].iloc[0]
    st.caption(
        t("funding.steps_rule") + " " + t("funding.no_carried_over" if pd.isna(left) else "funding.carried_rule")
    )


def _natures(t: Translator, table: pd.DataFrame, year: int) -> None:
    if not len(table):
        return
    names = {
        nature: t("funding.nature_not_told") if nature == "not_told" else t(f"nature.{nature}")
        for nature in table["nature"]
    }
    known_day = table["period_end"].dropna()
    frame.chart(
        t,
        title=t("funding.natures", year=year),
        figure=funding_natures(table, t, names),
        table=table.assign(nature_name=table["nature"].map(names)),
        labels={
            "nature_name": t("column.nature"),
            "plan": t("funding.column_plan"),
            "allocated": t("column.allocated"),
            "disbursed": t("column.disbursed"),
            "rate_pct": t("column.rate"),
        },
        unit=t("unit.billion"),
        as_of=as_day(known_day.iloc[0]) if len(known_day) else None,
        source=t("funding.source"),
        key="funding_natures",
    )


def _years(t: Translator, place: Place, money: pd.DataFrame) -> None:
    with_credit = choose_credit(t)
    yearly = by_year_and_stage(money, with_credit=with_credit)
    title = t("funding.by_year_with" if with_credit else "funding.by_year_without")
    frame.chart(
        t,
        title=title,
        figure=funding_by_year(yearly, t),
        table=named(t, yearly),
        labels=year_labels(t),
        unit=t("unit.billion"),
        as_of=None,
        source=t("funding.source"),
        key="funding_by_year",
    )
    wanted = [(int(row["year"]), str(row["stage"]), as_day(row["period_end"])) for row in yearly.to_dict("records")]
    cells_button(t, place, wanted, title=title, key="sources_years")
