"""Section 'flow' of the funding page: source → component → district, and the table of districts by source."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler

from ntm.charts.funding_flow import funding_flow
from ntm.charts.theme import INK
from ntm.formatting import UNKNOWN
from ntm.i18n import Translator
from ntm.metrics.funding import SOURCE_GROUPS
from ntm.metrics.funding_flow import NOT_CODED, Flow, Stand, flow, matrix, stand
from ntm.ui import frame
from ntm.ui.cache import made, read
from ntm.ui.filters import Place
from ntm.ui.funding_view import cell_labels, cells_of_stages, choose_credit, choose_stage
from ntm.ui.sources import source_button

_TINT = "108,188,147"
"""Of MONEY_COLORS, light enough at its darkest for dark text on it."""


def show(t: Translator, place: Place, money: pd.DataFrame, year: int, month: date) -> None:
    """Show the section. `money` is the rows of query `funding` for the place, all years."""
    districts = read("funding_districts", province=place.province, district=place.district, year=year, month=month)
    whole = money.head(0) if place.district else money
    stage = choose_stage(t, pd.concat([districts[["year", "stage"]], whole[["year", "stage"]]]), year)
    found = made(_stand, place.province, place.district, stage, month) if stage else None
    with_credit = found is not None and choose_credit(t)
    flows = made(_flows, place.province, place.district, stage, month, with_credit) if stage else None
    if stage is None or found is None or flows is None:
        st.info(t("funding.none", year=year))
        return
    title_end = t("funding.with_credit" if with_credit else "funding.without_credit").lower()
    _flow(t, place, found, flows, t("funding.flow", stage=t(f"stage.{stage}"), year=year, credit=title_end))
    _notes(t, place, found, flows)
    _matrix(t, place, found, stage, year)


def _stand(province: str, district: str | None, stage: str, month: date) -> Stand | None:
    districts = read("funding_districts", province=province, district=district, year=month.year, month=month)
    money = read("funding", unit=province, month=month)
    return stand(districts, money.head(0) if district else money, month.year, stage, month)


def _flows(province: str, district: str | None, stage: str, month: date, with_credit: bool) -> Flow | None:
    found = made(_stand, province, district, stage, month)
    coded = read("funding_components", province=province, year=month.year)
    return None if found is None else flow(found, coded, stage, province, with_credit=with_credit)


def _flow(t: Translator, place: Place, found: Stand, flows: Flow, title: str) -> None:
    if not len(flows.links):
        st.info(t("funding.no_flow"))
        return
    places = _places(t, place, found)
    links = flows.links
    components = [
        t("funding.not_coded") if code == NOT_CODED else t("funding.component", code=code)
        for code in links["component_no"]
    ]
    table = links.assign(
        source_name=[t(f"source.{group}") for group in links["source_group"]],
        component_name=components,
        place_name=links["unit_code"].map(places),
    )
    frame.chart(
        t,
        title=title,
        figure=funding_flow(links, places, t),
        table=table,
        labels={
            "source_name": t("column.source"),
            "component_name": frame.column_label(t, "funding", "component_no"),
            "place_name": t("column.district"),
            "amount_vnd_million": frame.column_label(t, "funding", "amount_vnd_million"),
        },
        unit=t("funding.unit_million"),
        as_of=found.cutoff,
        source=t("funding.source"),
        key="funding_flow",
    )


def _places(t: Translator, place: Place, found: Stand) -> dict[str, str]:
    names = dict(zip(found.units["unit_code"], found.units["name"], strict=True))
    return {**names, place.province: t("funding.not_divided")}


def _notes(t: Translator, place: Place, found: Stand, flows: Flow) -> None:
    lines = []
    if (flows.links["component_no"] == NOT_CODED).all():
        lines.append(t("funding.nothing_coded"))
    if flows.more_in_districts:
        lines.append(
            t("funding.more_in_districts", names=", ".join(t(f"source.{group}") for group in flows.more_in_districts))
        )
    if flows.unclear:
        names = {**_places(t, place, found), place.province: place.province_name}
        lines.append(t("funding.unclear_components", names=", ".join(names[code] for code in flows.unclear)))
    if not place.district and not len(found.province):
        lines.append(t("funding.no_province_figure", day=t.format.day(found.cutoff)))
    if found.silent:
        lines.append(t("funding.silent", names=", ".join(found.silent), day=t.format.day(found.cutoff)))
    for line in lines:
        st.caption(line)


def _matrix(t: Translator, place: Place, found: Stand, stage: str, year: int) -> None:
    table = matrix(found)
    labels = {
        "name": t("column.district"),
        **{group: t(f"funding.short_{group}") for group in SOURCE_GROUPS if group in table},
        "total_without_credit": t("funding.column_total_without"),
        "total": t("funding.column_total_with"),
    }
    names = {"sum": t("funding.sum"), "province": t("funding.province"), "difference": t("funding.difference")}
    table["name"] = table["name"].where(table["row"] == "unit", table["row"].map(names))
    with st.container(border=True):
        st.header(t("funding.matrix", stage=t(f"stage.{stage}"), year=year))
        shown = _heat(t, table, labels)
        st.dataframe(shown, hide_index=True, placeholder=UNKNOWN, width="stretch", height=38 + 35 * len(table))
        st.caption(
            " · ".join(
                [
                    t("frame.unit", unit=t("funding.unit_million")),
                    t("frame.as_of", day=t.format.day(found.cutoff)),
                    t("frame.source", source=t("funding.source")),
                ]
            )
        )
        if len(gap := table[table["row"] == "difference"]) and pd.notna(gap["total_without_credit"].iloc[0]):
            st.markdown(_gap_sentence(t, gap["total_without_credit"].iloc[0], found.silent))
        frame.download(t, table, labels, key="funding_matrix")
        units = [*found.units["unit_code"], *([] if place.district else [place.province])]
        source_button(
            t,
            label=t("funding.open_matrix"),
            title=t("funding.cells", stage=t(f"stage.{stage}"), year=year),
            rows=lambda: cells_of_stages(t, units, [(year, stage, found.cutoff)]).assign(
                place_name=lambda rows: rows["unit_code"].map(
                    {**_places(t, place, found), place.province: place.province_name}
                )
            ),
            labels={"place_name": t("column.unit"), **cell_labels(t)},
            key="sources_matrix",
        )


def _gap_sentence(t: Translator, gap: float, silent: list[str]) -> str:
    if not gap:
        return t("funding.gap_none")
    amount = f"{t.format.money(abs(gap))} ({t('funding.million', amount=t.format.plain(abs(gap), 6))})"
    if gap > 0 and silent:
        return t("funding.gap_silent", amount=amount, names=", ".join(silent))
    return t("funding.gap_province_more" if gap > 0 else "funding.gap_districts_more", amount=amount)


def _heat(t: Translator, table: pd.DataFrame, labels: dict[str, str]) -> Styler:
    """Return the table with the units' amounts shaded within each source: more is darker. Totals are bold."""
    is_unit = table["row"] == "unit"
    columns = {labels[name]: table[name] for name in labels if name != "name"}

    def shades(column: pd.Series) -> list[str]:
        values = columns.get(str(column.name))
        most = values[is_unit].max() if values is not None else None
        return [
            _shade(value, most) if values is not None and unit else "font-weight: 700" if not unit else ""
            for value, unit in zip(column if values is None else values, is_unit, strict=True)
        ]

    return frame.written(t, table, labels).apply(shades)


def _shade(value: float, most: float | None) -> str:
    if pd.isna(value) or not most or value < 0:
        return ""
    return f"background-color: rgba({_TINT},{0.1 + 0.9 * value / most:.2f}); color: {INK}"
