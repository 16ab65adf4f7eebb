"""Which communes stand where? The map, and beside it the commune that was clicked or chosen."""

import streamlit as st

from ntm.ui import commune_card, frame, map_view
from ntm.ui.cache import read
from ntm.ui.filters import place_and_month
from ntm.ui.language import current_translator

t = current_translator()
top, bar = frame.page_top(t("map.title"))
with bar:
    place = place_and_month(t, with_district=False)
frame.header(t, top, t("map.heading", place=place.name), place.month)

units = read("commune_units", province=place.province, day=place.month)
communes = read("communes", **place.scope)
with bar:
    layer = map_view.choose_layer(t)
map_view.sentence(t, layer, communes)

left, right = st.columns([3, 2])
with right:
    commune = map_view.choose_commune(t, units)
with left:
    map_view.show(t, place, layer, units, communes, commune)
with right:
    commune_card.show(t, place, units, communes, commune)

frame.table_twin(t, communes, map_view.table_labels(t), key="map")
