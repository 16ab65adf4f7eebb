"""What did we promise, how far are we, and which communes and criteria stand between? In sentences, then by section."""

import streamlit as st

from ntm.ui import frame, targets_sentences, targets_view
from ntm.ui.filters import place_and_month
from ntm.ui.language import current_translator
from ntm.ui.sections import choose_section, show_section

t = current_translator()
top, bar = frame.page_top(t("targets.title"))
with bar:
    place = place_and_month(t)
frame.header(t, top, t("targets.heading", place=place.name), place.month)

targets = targets_view.targets_of(place)
of_province = targets_view.targets_of(place, place.province)
with bar:
    year = targets_view.choose_year(t, targets_view.due_years(targets) | targets_view.due_years(of_province))
if not len(of_province):
    st.info(t("targets.none"))
targets_sentences.show(t, place, year)
section = choose_section(t, "targets")
of_section = targets_view.of_section(section, targets, year)
show_section("targets", section, t, place, *of_section)
