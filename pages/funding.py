"""How much was promised, assigned, spent and owed, from whom, and who is behind? In sentences, then by section."""

import streamlit as st

from ntm.ui import frame, funding_sections, funding_sentences
from ntm.ui.cache import read
from ntm.ui.filters import place_and_month
from ntm.ui.language import current_translator

t = current_translator()
top, bar = frame.page_top(t("funding.title"))
with bar:
    place = place_and_month(t)
frame.header(t, top, t("funding.heading", place=place.name), place.month)

money, year = read("funding", unit=place.unit), place.month.year
funding_sentences.show(t, place, money, year)
section = funding_sections.choose_section(t)
if not len(money):
    st.info(t("funding.none", year=year))
funding_sections.show(section, t, place, money)
