"""What did we promise, how far are we, and which communes stand between? Firm targets first, stretch ones beside."""

import streamlit as st

from ntm.charts.targets import targets_reached
from ntm.metrics.targets import named_units, with_status
from ntm.ui import frame, targets_view
from ntm.ui.cache import read
from ntm.ui.filters import place_and_month
from ntm.ui.language import current_translator

t = current_translator()
top, bar = frame.page_top(t("targets.title"))
with bar:
    place = place_and_month(t, with_district=False)
frame.header(t, top, t("targets.heading", place=place.name), place.month)

targets = with_status(read("targets", unit=place.unit, month=place.month), place.month)
if not len(targets):
    st.info(t("targets.none"))
    st.stop()
units = named_units(read("target_units", province=place.province, month=place.month))
with bar:
    year = targets_view.choose_year(t, targets)
targets = targets[targets["due_date"].dt.year == year]
units = units[units["target_year"] == year]

named = targets_view.named(t, targets)
targets_view.sentences(t, targets, units)
frame.chart(
    t,
    title=t("targets.chart", year=year),
    figure=targets_reached(named, t),
    table=named,
    labels=targets_view.target_labels(t),
    unit=t("targets.chart_unit"),
    as_of=place.month,
    source=t("targets.source"),
    key="targets_reached",
)
targets_view.cells(t, named)
targets_view.communes(t, units, year)
