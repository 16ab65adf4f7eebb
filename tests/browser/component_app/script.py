"""The map, or with ?search the search of a unit, with switches for what a page may change."""

import streamlit as st

from ntm.charts.map_layers import MapClass, MapFrame, MapUnit
from ntm.i18n import translator
from ntm.ui.map import commune_map, map_frame, part_texts
from ntm.ui.unit_search import SearchUnit, unit_search
from tests.browser.component import HOSTILE, MONTHS

t = translator("vi")
st.set_page_config(layout="wide")
st.session_state.runs = st.session_state.get("runs", 0) + 1

if "search" in st.query_params:
    places = ["Thành phố Vị Thanh", "Huyện Vị Thủy", "Huyện Châu Thành"]
    names = ["Xã Vị Tân", "Xã Vị Bình", "Thị trấn Mái Dầm"]
    units = [
        SearchUnit(f"{number:05}", name, place)
        for number, (name, place) in enumerate(zip(names, places, strict=True), start=1)
    ]
    units += [SearchUnit("00010", "Xã Đông Phú", place) for place in places[2:]]
    units += [SearchUnit("00011", "Xã Tân Phú", place) for place in places[:1]]
    units += [SearchUnit("00012", "Xã Tân Phú", place) for place in places[1:2]]
    units += [SearchUnit(f"001{number:02}", f"Xã Số {number}", places[0]) for number in range(20)]
    picked = "00002" if st.toggle("pick") else None
    chosen = unit_search(t, units=units, selected=picked, label="Tìm xã", key="unit_search", parameter="unit")
    st.selectbox("Bên cạnh", ["một", "hai"])
    st.text(f"chosen {chosen} in run {st.session_state.runs}")
    st.stop()

TEXTS = {
    "zoom_in": "Phóng to", "zoom_out": "Thu nhỏ", "fit": "Toàn tỉnh", "legend": "Chú giải",
    "loading": "Đang tải", "failed": "Không tải được bản đồ",
} | part_texts(t)  # fmt: skip

recoloured, picking, other, hidden, focused, layered = (
    column.toggle(name)
    for column, name in zip(st.columns(6), ("recolour", "pick", "other", "hide", "focus", "layer"), strict=True)
)
picked = "00001" if picking else None
url = "/geo/2" if other else "/geo/" + st.query_params.get("geo", "3")
page = st.tabs(["first", "second"])[1] if "tab" in st.query_params else st.container()

classes = [
    MapClass("met", "Đạt", "rgb(17,102,170)", 1234),
    MapClass("unmet", "<b>Chưa đạt</b>", "rgb(238,170,102)", 0),
    MapClass("unknown", "Chưa rõ", "rgb(90,90,90)", 1, hatched=True),
]
if layered:
    classes = [MapClass("full", "Đủ", "rgb(17,102,170)", 1), *classes]
states = dict.fromkeys([f"0000{n}" for n in range(1, 9)], "met")
states |= {"00005": "unmet" if recoloured else "met", "00006": "unknown"}
left = map_frame("map")
if left:
    st.session_state.month = left
month = st.session_state.get("month", list(MONTHS)[-1])
histories = {key: dict.fromkeys(states, "unmet") for key in MONTHS} | {list(MONTHS)[-1]: states}
frames = [
    MapFrame(key, MONTHS[key], tuple(history.values()), (len(MONTHS), len(states), 0))
    for key, history in histories.items()
]
units = [MapUnit(code, state, (HOSTILE, "Đạt chuẩn")) for code, state in histories[month].items()]


def show(key: str) -> str | None:
    return commune_map(
        geometry_url=url, classes=classes, units=units, label="Bản đồ xã", caption="Bản đồ sơ đồ",
        texts=TEXTS, selected=picked, height=500, key=key, leaflet_url="/leaflet.js",
        frames=frames if "frames" in st.query_params else (), frame=month,
        focus=["00001"] if focused else None, group="pair" if "two" in st.query_params else None,
    )  # fmt: skip


with page:
    clicked = None if hidden else show("map")
    if "two" in st.query_params:
        show("other_map")
st.text(f"clicked {clicked} in run {st.session_state.runs}")
st.text(f"month {month} in run {st.session_state.runs}")
st.html("<div style='height: 2000px'></div>")
