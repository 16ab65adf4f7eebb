"""The map alone, in made-up classes: ?area=38 (GSO code of a province, 'country', or 'country-district').

The second choice of layer gives every unit another class, so that all polygons are drawn in another colour.
"""

from datetime import date

import streamlit as st

from ntm.charts.map_layers import MapClass, MapUnit
from ntm.ui.geometry import geometry, shapes
from ntm.ui.language import current_translator
from ntm.ui.map import commune_map, part_texts

DAY = date(2022, 12, 31)
COLORS = ("#d9e7f3", "#9cc3e0", "#4f93c3", "#1f5f99", "#0b3157")
TEXTS = ("zoom_in", "zoom_out", "fit", "legend", "loading", "failed", "wheel", "touch")

t = current_translator()
area, _, unit = st.query_params.get("area", "38").partition("-")
level = "district" if unit else "commune"
province = None if area == "country" else area
shift = ("A", "B").index(st.segmented_control("Lớp", ("A", "B"), default="A", required=True) or "A")

made = geometry(level, province, DAY)
places = shapes(level, province, DAY).communes
classes = tuple(
    MapClass(str(key), f"Nhóm {key + 1}", color, len(range(key, len(places), len(COLORS))))
    for key, color in enumerate(COLORS)
)
units = tuple(
    MapUnit(str(code), str((position + shift) % len(COLORS)), (str(name), "12/19 tiêu chí", "31/12/2022"))
    for position, (code, name) in enumerate(zip(places["unit_code"], places["name"], strict=True))
)
commune_map(
    geometry_url=made.url,
    classes=classes,
    units=units,
    title="Nhóm",
    label="Bản đồ",
    caption="Bản đồ để đo",
    texts={name: t(f"map.{name}") for name in TEXTS} | part_texts(t),
    selected=None,
    height=620,
    key="bench_map",
)
