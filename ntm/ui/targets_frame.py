"""The frame that a province's targets stand in: those of its region and of the country, with what the province has."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from ntm.i18n import Translator, translator
from ntm.metrics.share import share
from ntm.metrics.targets import COUNTED, METRICS, SCALES
from ntm.model import is_missing
from ntm.ui.cache import made, read
from ntm.ui.filters import Place
from ntm.ui.frame import column_label, data_table
from ntm.ui.sources import source_button
from ntm.ui.targets_words import value_text
from ntm.ui.wording import share_text, words


def show(t: Translator, place: Place, year: int) -> None:
    """Show the targets of region and country due in the year; they bind those, not each province."""
    shown = made(_rows, place.province, place.month, year, t.language)
    if not len(shown):
        return
    labels = {
        "scope_name": column_label(t, "target", "scope_code"),
        "wording": t("column.target"),
        "value_text": column_label(t, "target", "value"),
        "own": t("targets.of_province", place=place.province_name),
        "document": column_label(t, "target", "document"),
        "confidence_name": column_label(t, "target", "confidence"),
    }
    with st.container(border=True):
        st.header(t("targets.frame", year=year))
        st.caption(t("targets.frame_note", day=t.format.day(place.month)))
        data_table(t, shown, labels, key="targets_frame")
        source_button(
            t,
            label=t("targets.open_frame"),
            title=t("targets.frame", year=year),
            rows=lambda: shown,
            labels={name: labels[name] for name in ("scope_name", "wording", "value_text", "document")},
            key="sources_frame",
        )


def _rows(province: str, month: date, year: int, language: str) -> pd.DataFrame:
    t = translator(language)
    rows = read("targets_frame", province=province, month=month, year=year)
    order = {metric: number for number, metric in enumerate(METRICS)}
    rows = rows.sort_values("metric", key=lambda found: found.map(order), kind="stable")
    reached = read("targets_metrics", unit=province, month=month).set_index("metric").to_dict("index")
    return rows.assign(
        scope_name=words(t, rows["scope_code"], "region"),
        wording=rows["metric_vi"] if t.language == "vi" else words(t, rows["metric"], "metric"),
        value_text=[value_text(t, row) for row in rows.assign(communes=None).to_dict("records")],
        own=[_own(t, row, reached) for row in rows.to_dict("records")],
        confidence_name=words(t, rows["confidence"], "confidence"),
    )


def _own(t: Translator, target: Mapping[Hashable, Any], reached: Mapping[Hashable, Mapping[Hashable, Any]]) -> str:
    """Return what the province has of what a target of its region or country counts."""
    metric = str(target["metric"])
    found = reached.get(COUNTED.get(metric, metric))
    if found is None:
        return t("unknown")
    if SCALES.get(metric) != "share":
        return f"{t.format.plain(found['value'])} {t(f'metric_unit.{metric}')}"
    is_of_ntm = target["denominator"] in ("ntm_communes", "ntm_district_units")
    whole = found["ntm_units"] if is_of_ntm else found["units"]
    if is_missing(whole):
        return t("unknown")
    of = share(found["value"], whole, "share.of_ntm" if is_of_ntm else "share.of_target")
    if "district" in metric:
        return t("targets.of_districts", **_parts(t, of.numerator, of.denominator, of.pct))
    return share_text(t, of)


def _parts(t: Translator, numerator: float | None, denominator: float | None, pct: float | None) -> dict[str, str]:
    number = t.format.number
    return {"numerator": number(numerator), "denominator": number(denominator), "pct": t.format.share(pct)}
