"""Where does one district stand? Its communes, what they miss, its decisions and money, beside another's if wanted."""

import streamlit as st

from ntm.ui import frame, profile_district, profile_links
from ntm.ui.cache import read
from ntm.ui.district_facts import DistrictFacts
from ntm.ui.filters import place_and_month
from ntm.ui.language import current_translator

t = current_translator()
top, bar = frame.page_top(t("district.title"))
with bar:
    place = place_and_month(t)
districts = read("standing_by_district", province=place.province, month=place.month)
names = {str(row.name): str(row.unit_code) for row in districts.itertuples(index=False)}

if place.district is None:
    frame.header(t, top, t("district.heading", place=place.name), place.month)
    profile_district.choose(t, place, names)
elif place.district not in names.values():
    frame.header(t, top, t("district.no_communes", name=place.name), place.month)
    st.info(t("district.none"))
else:
    with bar:
        other = profile_links.choose_other_district(t, names, place.district)
    shown = [DistrictFacts(place, code, name) for name, code in names.items() if code in (place.district, other)]
    shown.sort(key=lambda facts: facts.code != place.district)
    frame.header(t, top, profile_district.answer(t, shown[0]), place.month)
    profile_district.show(t, shown)
