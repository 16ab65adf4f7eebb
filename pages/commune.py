"""What is known of one commune? Standing, whole history, money and plans, beside another's if wanted."""

import streamlit as st

from ntm.ui import frame, profile_commune, profile_links
from ntm.ui.cache import read
from ntm.ui.commune_facts import commune_facts
from ntm.ui.filters import place_and_month
from ntm.ui.language import current_translator

t = current_translator()
top, bar = frame.page_top(t("commune.title"))
with bar:
    place = place_and_month(t, with_district=False)
units = read("commune_units", province=place.province, day=place.month)
with bar:
    commune, other = profile_links.choose_communes(t, units)

if commune is None:
    frame.header(t, top, t("commune.heading", place=place.name), place.month)
    st.info(t("commune.pick"))
else:
    communes = read("communes", **place.scope)
    shown = [commune_facts(place, units, communes, code) for code in (commune, other) if code]
    frame.header(t, top, profile_commune.answer(t, shown[0]), place.month)
    profile_commune.show(t, shown)
