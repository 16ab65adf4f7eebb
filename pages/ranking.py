"""Which district or commune stands where among its peers, and who improved? Ties kept, the unknown listed apart."""

import streamlit as st

from ntm.ui import frame
from ntm.ui.filters import place_and_month
from ntm.ui.language import current_translator
from ntm.ui.sections import choose_section, show_section

t = current_translator()
top, bar = frame.page_top(t("ranking.title"))
with bar:
    place = place_and_month(t, with_district=False)
frame.header(t, top, t("ranking.heading", place=place.name), place.month)
section = choose_section(t, "ranking")
said = st.container(border=True)
show_section("ranking", section, t, place, said)
