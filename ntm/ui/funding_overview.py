"""Section 'overview' of the funding page: sources, years, the way of the budget money, and the country's own plan."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from ntm.charts.funding import funding_by_year, funding_structure
from ntm.charts.funding_steps import funding_natures, funding_steps
from ntm.i18n import Translator, translator
from ntm.metrics.funding import by_source, by_year_and_stage, latest
from ntm.metrics.funding_steps import by_nature, steps
from ntm.metrics.payments import disbursement_pairs
from ntm.ui import frame, funding_published
from ntm.ui.cache import as_day, made, read
from ntm.ui.filters import Place
from ntm.ui.funding_sentences import SAID, stage_sentence
from ntm.ui.funding_view import (
    Drawn,
    choose_credit,
    choose_stage,
    named,
    show_drawn,
    stage_name,
    structure_labels,
    year_labels,
)


def show(t: Translator, place: Place, money: pd.DataFrame, year: int, month: date) -> None:
    """Show the section. `money` is the rows of query `funding` for the place, all years."""
    stage = choose_stage(t, money, year)
    if stage:
        title = t("funding.cells", stage=t(f"stage.{stage}"), year=year)
        structure = made(_structure, t.language, place.unit, stage, month)
        show_drawn(t, place, structure, cells_title=title, key="sources_funding")
        way, natures = made(_way, t.language, place.unit, month)
        show_drawn(t, place, way, key="sources_steps")
        show_drawn(t, place, natures, key="")
    elif len(money):
        st.info(t("funding.none", year=year))
    if len(money):
        show_drawn(t, place, made(_years, t.language, place.unit, month, choose_credit(t)), key="sources_years")
    funding_published.show(t)


def _structure(language: str, unit: str, stage: str, month: date) -> Drawn:
    t, year, money = translator(language), month.year, read("funding", unit=unit, month=month)
    rows = latest(money, year, stage, None if stage == "need" else month)
    above = "" if stage in SAID and len(rows) else stage_sentence(t, money, year, stage, month)
    if not len(rows):
        return Drawn(above=above)
    cutoff = as_day(rows["period_end"].max())
    structure = by_source(rows)
    chart = frame.Chart(
        title=t("funding.structure", stage=stage_name(t, rows, stage), year=year),
        figure=funding_structure(structure, t),
        table=named(t, structure),
        labels=structure_labels(t),
        unit="%",
        as_of=cutoff,
        source=t("funding.source"),
        key="funding_structure",
    )
    return Drawn(chart, [(year, stage, cutoff)], above)


def _way(language: str, unit: str, month: date) -> tuple[Drawn, Drawn]:
    """Return the budget money on its way, and by nature."""
    t, year, money = translator(language), month.year, read("funding", unit=unit, month=month)
    of_year = money[money["year"] == year]
    pairs = disbursement_pairs(of_year, year, month)
    way, natures = steps(of_year, pairs, year, month), by_nature(of_year, pairs, year, month)
    return _steps(t, way, year), _natures(t, natures, year)


def _steps(t: Translator, table: pd.DataFrame, year: int) -> Drawn:
    if table["amount_vnd_million"].isna().all():
        return Drawn()
    reported = table.loc[table["step"] != "need", "period_end"].dropna()
    names = [t("funding.carried_over") if step == "carried_over" else t(f"stage.{step}") for step in table["step"]]
    chart = frame.Chart(
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
    left = table.loc[table["step"] == "carried_over", "amount_vnd_million"].iloc[0]
    rule = t("funding.no_carried_over" if pd.isna(left) else "funding.carried_rule")
    return Drawn(chart, wanted, below=f"{t('funding.steps_rule')} {rule}")


def _natures(t: Translator, table: pd.DataFrame, year: int) -> Drawn:
    if not len(table):
        return Drawn()
    names = {
        nature: t("funding.nature_not_told") if nature == "not_told" else t(f"nature.{nature}")
        for nature in table["nature"]
    }
    known_day = table["period_end"].dropna()
    chart = frame.Chart(
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
    return Drawn(chart)


def _years(language: str, unit: str, month: date, with_credit: bool) -> Drawn:
    t = translator(language)
    yearly = by_year_and_stage(read("funding", unit=unit, month=month), with_credit=with_credit)
    title = t("funding.by_year_with" if with_credit else "funding.by_year_without")
    chart = frame.Chart(
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
    return Drawn(chart, wanted)
