"""The map page's parts: choice of layer and commune, the map with its caption, its table's columns."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from ntm.charts.map_layers import LAYERS, map_layer
from ntm.i18n import Translator
from ntm.metrics.share import share
from ntm.metrics.standing import STANDARDS
from ntm.ui.filters import Place
from ntm.ui.frame import column_label
from ntm.ui.geometry import Geometry, province_geometry
from ntm.ui.map import commune_map, map_selection
from ntm.ui.wording import share_text

_HEIGHT = 620
_COMMUNE = "commune"
_MAP = "commune_map"
_TABLE = (
    "name", "district_name", "standard_name", "criteria_met", "criteria_total", "criteria_unknown", "last_report",
    "months_since_report",
)  # fmt: skip


def choose_layer(t: Translator) -> str:
    """Show the choice of layer and return it."""
    chosen = st.segmented_control(
        t("map.layer"),
        LAYERS,
        format_func=lambda layer: t(f"map.layer_{layer}"),
        default=LAYERS[0],
        key="layer",
        bind="query-params",
        required=True,
    )
    return chosen or LAYERS[0]


def sentence(t: Translator, layer: str, communes: pd.DataFrame) -> None:
    """Say in one sentence what the layer shows."""
    if layer == "criteria":
        known = communes[communes["is_count_known"]]
        below = int((known["criteria_met"] < 15).sum())
        full = int((known["criteria_met"] == known["criteria_total"]).sum())
        st.markdown(t("map.say_criteria", full=full, below=below, known=len(known), communes=len(communes)))
        return
    if (communes["standard"] == "unknown").any():
        st.markdown(t("overview.no_recognitions"))
        return
    held = communes["standard"].isin(STANDARDS)
    st.markdown(t("map.say_standard", share=share_text(t, share(held.sum(), len(communes), "share.of_communes"))))


def choose_commune(t: Translator, units: pd.DataFrame) -> str | None:
    """Show the search for a commune and return the code chosen. A click on the map chooses too."""
    labels = {_label(row): str(row["unit_code"]) for row in units.to_dict("records")}
    codes = {code: label for label, code in labels.items()}
    given, clicked = map_selection(_MAP)
    if clicked != given:
        st.session_state[_COMMUNE] = codes.get(clicked or "")
    chosen = st.selectbox(
        t("map.commune"),
        list(labels),
        index=None,
        placeholder=t("map.choose"),
        key=_COMMUNE,
        bind="query-params",
    )
    return labels[chosen] if chosen else None


def _label(row: Mapping[Hashable, Any]) -> str:
    return f"{row['name']} ({row['district_name']})" if row["district_name"] else f"{row['name']} ({row['unit_code']})"


def show(
    t: Translator, place: Place, layer: str, units: pd.DataFrame, communes: pd.DataFrame, commune: str | None
) -> None:
    """Draw the map with its caption."""
    geometry = province_geometry(place.province, place.month)
    if geometry.fault:
        st.warning(t(geometry.fault.key, **geometry.fault.values))
    drawn = map_layer(layer, units, communes, t)
    commune_map(
        geometry_url=geometry.url,
        classes=drawn.classes,
        units=drawn.units,
        label=t("map.label", layer=t(f"map.layer_{layer}"), place=place.name, month=t.format.month(place.month)),
        caption=_caption(t, place, geometry),
        texts={
            name: t(f"map.{name}")
            for name in ("zoom_in", "zoom_out", "fit", "legend", "loading", "failed", "wheel", "touch")
        }
        | {"locale": t.language},
        selected=commune,
        height=_HEIGHT,
        key=_MAP,
    )


def _caption(t: Translator, place: Place, geometry: Geometry) -> str:
    parts = [t("frame.as_of", day=t.format.day(place.month))]
    parts += [t(key, **values) for key, values in geometry.notes]
    parts.append(t("frame.source", source=t("overview.source_standing")))
    return " · ".join(part.rstrip(".") for part in parts) + "."


def table_labels(t: Translator) -> dict[str, str]:
    """Columns of the map's table twin."""
    return {
        "name": t("column.commune"),
        "district_name": t("column.district"),
        **{
            name: column_label(t, "mart_commune_month", name)
            for name in _TABLE
            if name in ("criteria_met", "criteria_total", "criteria_unknown", "last_report", "months_since_report")
        },
    }
