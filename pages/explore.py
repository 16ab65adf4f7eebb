"""What else can be asked of these figures? A measure by rows and columns, distributions, scatters, two side by side."""

import streamlit as st

from ntm.ui import explore_saved, frame
from ntm.ui.filters import place_and_month
from ntm.ui.language import current_translator
from ntm.ui.sections import choose_section, show_section

t = current_translator()
opened = explore_saved.open_by_link(t)
top, bar = frame.page_top(t("explore.title"))
with bar:
    place = place_and_month(t)
frame.header(t, top, t("explore.heading", place=place.name), place.month)
if opened:
    explore_saved.banner(t, opened)
section = choose_section(t, "explore")
said = st.container(border=True)
show_section("explore", section, t, place, said)
explore_saved.show(t)
