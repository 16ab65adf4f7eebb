"""The map page's parts: what the map says in a sentence, the map or two of them, the card beside, the table below."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ntm.charts.map_layers import NOT_RURAL
from ntm.i18n import Translator
from ntm.metrics.share import share
from ntm.metrics.standing import STANDARDS
from ntm.reports.map_sheet import MapSheet
from ntm.ui import commune_card, map_exports, map_lists, reform_view
from ntm.ui.cache import read, snapshot
from ntm.ui.frame import column_label, is_illustrative
from ntm.ui.geometry import Geometry
from ntm.ui.map import commune_map, part_texts
from ntm.ui.map_controls import MAP, OTHER_MAP, View
from ntm.ui.map_data import (
    counted_of,
    focus_of,
    geometry_of,
    layer_of,
    parts_of,
    rows_of,
    shapes_of,
    shown_of,
    units_of,
)
from ntm.ui.profile_links import commune_link
from ntm.ui.wording import share_text

_HEIGHT = 620
_TEXTS = ("zoom_in", "zoom_out", "fit", "legend", "loading", "failed", "wheel", "touch")
_COMMUNE_COLUMNS = ("criteria_met", "criteria_total", "criteria_unknown", "last_report", "months_since_report")
_OTHER_COLUMNS = ("communes", "ntm_communes", "criteria_met_mean")


def place_name(t: Translator, view: View) -> str:
    """Return the name of what the map is of."""
    return t("map.country") if view.is_country else view.place.name


def sentence(t: Translator, view: View) -> None:
    """Say in one sentence what the map shows, and how many units are unknown."""
    if view.is_today:
        reform_view.sentence(t, view.place, parts_of(view))
        return
    rows = rows_of(view, view.month)
    if view.level == "commune" and view.place.district and not view.is_country:
        rows = rows[rows["district_code"] == view.place.district]
    if view.level == "commune" and view.entry.key == "standard" and len(rows):
        held = rows["standard"].isin(STANDARDS).sum()
        if (rows["standard"] != "unknown").all():
            st.markdown(t("map.say_standard", share=share_text(t, share(held, len(rows), "share.of_communes"))))
            return
        st.markdown(t("overview.no_recognitions"))
    layer, _ = counted_of(view)
    classes = [item for item in layer.classes if item.key != NOT_RURAL and item.count]
    said = "; ".join(f"{item.label}: **{t.format.number(item.count)}**" for item in classes)
    st.markdown(t("map.say", title=layer.title, classes=said))


def show(t: Translator, view: View, other: View | None) -> None:
    """Draw the map, or two that move together, with the card of the unit chosen."""
    if other is None:
        left, right = st.columns([3, 2])
        with left:
            _map(t, view, MAP, frames=True)
    else:
        for column, shown, key in zip(st.columns(2), (view, other), (MAP, OTHER_MAP), strict=True):
            with column:
                st.markdown(f"**{t('map.of', layer=t(shown.entry.label), month=t.format.month(shown.month))}**")
                _map(t, shown, key, frames=False)
        right = st.container()
    with right:
        _card(t, view)


def _map(t: Translator, view: View, key: str, *, frames: bool) -> None:
    drawn, (layer, months) = geometry_of(view), counted_of(view)
    if drawn.fault:
        st.warning(t(drawn.fault.key, **drawn.fault.values))
    month = t.format.month(view.month)
    commune_map(
        geometry_url=drawn.url,
        classes=layer.classes,
        units=layer.units,
        title=layer.title,
        note=layer.note,
        label=t("map.label", layer=layer.title, place=place_name(t, view), month=month),
        caption=_caption(t, view, drawn),
        texts=part_texts(t) | {name: t(f"map.{name}") for name in _TEXTS},
        selected=view.unit,
        height=_HEIGHT,
        key=key,
        frames=months if frames else (),
        frame=view.month.isoformat(),
        group="maps",
        focus=focus_of(view),
    )


def _caption(t: Translator, view: View, drawn: Geometry) -> str:
    parts = [t("frame.as_of", day=t.format.day(view.month))]
    parts += [t(key, **values) for key, values in drawn.notes]
    parts.append(t("frame.source", source=source_of(t, view)))
    if is_illustrative():
        parts.append(t("frame.illustrative"))
    return " · ".join(part.rstrip(".") for part in parts) + "."


def source_of(t: Translator, view: View) -> str:
    """Return which workbooks, or published figures, the figures of a map come from."""
    if view.is_today:
        return t("reform.source")
    return t("layer.source.published" if view.level == "province" else view.entry.source)


def _card(t: Translator, view: View) -> None:
    units = units_of(view)
    if view.is_today:
        chosen = units[units["unit_code"] == view.unit]

        def link(unit: object, label: str) -> None:
            commune_link(t, view.place, unit, label)  # type: ignore[arg-type]

        reform_view.parts_card(t, view.place, chosen.iloc[0] if len(chosen) else None, parts_of(view), link)
        return
    is_of_province = view.level == "commune" and not view.is_country
    if not is_of_province or view.unit is None:
        st.info(t("commune.choose") if is_of_province else t(f"map.open_{view.level}"))
        map_lists.show(t, layer_of(view), units, focus_of(view))
        return
    communes = read("communes", province=view.place.province, district=None, month=view.month)
    commune_card.show(t, view.place, units, communes, view.unit)


def table(t: Translator, view: View) -> tuple[pd.DataFrame, dict[str, str]]:
    """Return the rows of the map's table twin, one for each unit, and the labels of its columns."""
    units, layer = units_of(view), layer_of(view)
    if view.is_today:
        return reform_view.table(t, units, parts_of(view)), reform_view.table_labels(t)
    labels = {item.key: item.label for item in layer.classes}
    classes = {unit.code: labels[unit.class_key] for unit in layer.units}
    columns = _COMMUNE_COLUMNS if view.level == "commune" else _OTHER_COLUMNS
    told = rows_of(view, view.month)
    told = told[["unit_code", *(column for column in columns if column in told)]]
    rows = units.assign(class_name=units["unit_code"].map(classes)).merge(told, how="left", on="unit_code")
    if (focus := focus_of(view)) is not None:
        rows = rows[rows["unit_code"].isin(focus)]
    named = {"name": t(f"map.unit_{view.level}")}
    if view.level == "commune":
        named["district_name"] = t("column.district")
    if view.is_country and view.level != "province":
        named["province_name"] = t("map.unit_province")
    mart = "mart_commune_month" if view.level == "commune" else "mart_district_month"
    named["class_name"] = layer.title
    return rows, named | {column: column_label(t, mart, column) for column in columns if column in told}


def exports(t: Translator, view: View) -> None:
    """Offer the map as files: pictures, GIS layers, a workbook, a map that needs no network."""

    def sheet() -> MapSheet:
        layer, drawn = shown_of(view), geometry_of(view)
        rows, labels = table(t, view)
        return MapSheet(
            title=t("map.heading", place=place_name(t, view)),
            subtitle=layer.title,
            as_of=view.month,
            source=source_of(t, view),
            is_illustrative=is_illustrative(),
            layer=layer,
            shapes=shapes_of(view),
            table=rows,
            labels=labels,
            notes=tuple(t(key, **values) for key, values in drawn.notes),
            topics=(place_name(t, view), t("reform.today" if view.is_today else view.entry.label)),
            build_id=snapshot().build_id,
        )

    map_exports.show(t, sheet, key="map_export")
