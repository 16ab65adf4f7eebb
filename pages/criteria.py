"""Which criteria hold the communes back, who leads them, what was lost, and who no longer meets what they hold?"""

import streamlit as st

from ntm.ui import criteria_sentences, frame
from ntm.ui.criteria_view import outcomes
from ntm.ui.filters import place_and_month
from ntm.ui.language import current_translator
from ntm.ui.sections import choose_section, show_section

t = current_translator()
top, bar = frame.page_top(t("criteria.title"))
with bar:
    place = place_and_month(t)
frame.header(t, top, t("criteria.heading", place=place.name), place.month)

if not len(outcomes(place)):
    st.info(t("criteria.none"))
    st.stop()
criteria_sentences.show(t, place)
show_section("criteria", choose_section(t, "criteria"), t, place)
