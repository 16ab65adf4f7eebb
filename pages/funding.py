"""How much was promised, assigned, spent and owed, from whom, and who is behind? In sentences, then by section."""

import streamlit as st

from ntm.ui import frame, funding_sentences
from ntm.ui.cache import read
from ntm.ui.filters import place_and_month
from ntm.ui.language import current_translator
from ntm.ui.sections import choose_section, show_section

t = current_translator()
top, bar = frame.page_top(t("funding.title"))
with bar:
    place = place_and_month(t)
frame.header(t, top, t("funding.heading", place=place.name), place.month)

money = read("funding", unit=place.unit, month=place.month)
funding_sentences.show(t, place)
section = choose_section(t, "funding")
if not len(money):
    st.info(t("funding.none", year=place.month.year))
show_section("funding", section, t, place, money, place.month.year, place.month)
