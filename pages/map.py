"""Which units stand where? The map, or two side by side, and beside it the unit that was clicked or found."""

import streamlit as st

from ntm.ui import boundary_report, frame, map_controls, map_data, map_view, reform_view
from ntm.ui.cache import read
from ntm.ui.language import current_translator

t = current_translator()
map_controls.follow_clicks()
top, bar = frame.page_top(t("map.title"))
with bar:
    view, other = map_controls.choose_view(t)
    units = map_data.units_of(view)
    view = map_controls.search(t, view, units)
heading = t("map.heading", place=map_view.place_name(t, view))
frame.header(t, top, heading, view.month, say=lambda: map_view.sentence(t, view))

map_controls.breadcrumb(t, view, units)
map_view.show(t, view, other)
if view.is_today:
    communes = read("communes", province=view.place.province, district=None, month=view.month)
    old_units = read("commune_units", province=view.place.province, day=view.month)
    reform_view.totals(t, old_units, communes, map_data.parts_of(view))

with st.container(horizontal=True):
    map_view.exports(t, view)
boundary_report.show(t, map_data.geometry_of(view))
frame.table_twin(t, *map_view.table(t, view), key="map")
