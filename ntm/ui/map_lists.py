"""Beside the map, until a unit is chosen: the units of each class by name, the rare ones first."""

from __future__ import annotations

import html
from collections.abc import Collection

import pandas as pd
import streamlit as st

from ntm.charts.map_layers import NOT_RURAL, MapClass, MapLayer
from ntm.i18n import Translator

_LIST = "display:flex;flex-wrap:wrap;gap:2px 16px;list-style:none;margin:0;padding:0"
_MOST_NAMES = 15
"""A class with more units is what the map is for."""


def show(t: Translator, layer: MapLayer, units: pd.DataFrame, within: Collection[str] | None) -> None:
    """Name the units of each class, that of the fewest first; `within` are those that count, None for all."""
    names = dict(zip(units["unit_code"].astype(str), units["name"].astype(str), strict=True))
    by_class: dict[str, list[str]] = {}
    for unit in layer.units:
        if within is None or unit.code in within:
            by_class.setdefault(unit.class_key, []).append(names[unit.code])
    judged = [item for item in layer.classes if item.key != NOT_RURAL]
    for item in sorted(judged, key=lambda item: len(by_class.get(item.key, []))):
        _class(t, item, by_class.get(item.key, []))


def _class(t: Translator, item: MapClass, names: list[str]) -> None:
    if not names:
        return
    st.markdown(f"**{item.label}: {t.format.number(len(names))}**")
    if len(names) <= _MOST_NAMES:
        items = "".join(f"<li>{html.escape(name)}</li>" for name in names)
        st.html(f'<ul lang="vi" style="{_LIST}">{items}</ul>')
