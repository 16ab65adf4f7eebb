"""How much, from whom, and what of it was spent? By source with and without credit, by year and stage."""

import streamlit as st

from ntm.charts.funding import disbursement_by_source, funding_by_year, funding_structure
from ntm.metrics import funding
from ntm.ui import frame, funding_view
from ntm.ui.cache import as_day, read
from ntm.ui.filters import place_and_month
from ntm.ui.language import current_translator

t = current_translator()
top, bar = frame.page_top(t("funding.title"))
with bar:
    place = place_and_month(t, with_district=False)
frame.header(t, top, t("funding.heading", place=place.name), place.month)

money, year = read("funding", unit=place.unit), place.month.year
with bar:
    stage = funding_view.choose_stage(t, money, year)
if stage is None:
    st.info(t("funding.none", year=year))
    st.stop()
rows = funding.latest(money, year, stage, None if stage == "need" else place.month)
rates = funding.disbursement_by_source(money, year, place.month)
funding_view.sentences(t, year, stage, rows, funding.disbursement(money, year, place.month))
funding_view.sources(t, place, year, stage, rows)

if len(rows):
    structure = funding.by_source(rows)
    frame.chart(
        t,
        title=t("funding.structure", stage=t(f"stage.{stage}"), year=year),
        figure=funding_structure(structure, t),
        table=funding_view.named(t, structure),
        labels=funding_view.structure_labels(t),
        unit="%",
        as_of=as_day(rows["period_end"].max()),
        source=t("funding.source"),
        key="funding_structure",
    )
if rates is not None:
    frame.chart(
        t,
        title=t("funding.rate", year=year),
        figure=disbursement_by_source(rates, t),
        table=funding_view.named(t, rates),
        labels=funding_view.rate_labels(t),
        unit="%",
        as_of=as_day(rates["period_end"].iloc[0]),
        source=t("funding.source"),
        key="funding_rate",
    )
with_credit = funding_view.choose_credit(t)
yearly = funding.by_year_and_stage(money, with_credit=with_credit)
frame.chart(
    t,
    title=t("funding.by_year_with" if with_credit else "funding.by_year_without"),
    figure=funding_by_year(yearly, t),
    table=funding_view.named(t, yearly),
    labels=funding_view.year_labels(t),
    unit=t("unit.billion"),
    as_of=None,
    source=t("funding.source"),
    key="funding_by_year",
)
