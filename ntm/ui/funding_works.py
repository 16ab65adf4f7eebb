"""Works of a year: their money by criterion, and their list. Works without a criterion stand apart, with their sum."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ntm.charts.places import money_bars
from ntm.i18n import Translator
from ntm.metrics import places
from ntm.model import is_missing
from ntm.ui import frame
from ntm.ui.cache import as_day, read
from ntm.ui.filters import Place
from ntm.ui.funding_view import named
from ntm.ui.sources import source_button


def show(
    t: Translator, place: Place, works: pd.DataFrame, by_criterion: pd.DataFrame, by_work: pd.DataFrame, year: int
) -> None:
    """Show the works, rows of query places_works and what metrics.places makes of them; else a sentence."""
    if not len(works):
        st.info(t("places.no_works", year=year))
        return
    _criteria(t, place, works, by_criterion, year)
    _works(t, works, by_work, year)


def _criteria(t: Translator, place: Place, works: pd.DataFrame, table: pd.DataFrame, year: int) -> None:
    names = _criterion_names(t, place)
    labels_of = [
        t("places.uncoded") if is_missing(number) else t("places.criterion", number=number, name=names.get(number, ""))
        for number in table["criterion_no"]
    ]
    table = table.assign(criterion=labels_of)
    is_uncoded = table["criterion_no"].isna()
    said = t("places.works", works=t.format.number(table["works"].sum()), year=year,
             units=t.format.number(works["unit_code"].nunique()))  # fmt: skip
    if is_uncoded.any():
        row = table[is_uncoded].iloc[0]
        said += " " + t(
            "places.works_uncoded", works=t.format.number(row["works"]), allocated=t.format.plain(row["allocated"], 6)
        )
    st.markdown(said)
    labels = {"criterion": t("column.criterion"), "works": t("debts.works"), "units": t("places.units")}
    frame.chart(
        t,
        title=t("places.by_criterion", year=year),
        figure=money_bars(table, "criterion", t),
        table=table,
        labels=labels | _stage_labels(t, table),
        unit=t("places.million"),
        as_of=as_day(works["period_end"].max()),
        source=t("places.works_source"),
        key="places_criteria",
    )


def _works(t: Translator, works: pd.DataFrame, table: pd.DataFrame, year: int) -> None:
    labels = {
        "work": frame.column_label(t, "work_funding", "work"),
        "unit_name": t("column.unit"),
        "category": frame.column_label(t, "work_funding", "category"),
        "criterion_no": t("column.criterion"),
        **_stage_labels(t, table),
        "period_end": frame.column_label(t, "work_funding", "period_end"),
    }
    with st.container(border=True):
        st.header(t("places.works_list", year=year))
        frame.data_table(t, table.fillna({"criterion_no": t("places.uncoded")}), labels, key="places_works")
        source_button(
            t,
            label=t("places.open_works"),
            title=t("places.works_list", year=year),
            rows=lambda: named(t, works),
            labels={
                "work": labels["work"],
                "unit_name": t("column.unit"),
                "stage_name": t("column.stage"),
                "period_end": labels["period_end"],
                "amount_vnd_million": frame.column_label(t, "work_funding", "amount_vnd_million"),
            },
            key="sources_works",
        )


def _criterion_names(t: Translator, place: Place) -> dict[str, str]:
    """Return the names of the criteria by number; none where the communes are counted with several sets."""
    found = read("map_criteria", province=place.province, month=place.month)
    if len(set(found["set_code"])) != 1:
        return {}
    names = found["name_vi"] if t.language == "vi" else found["name_en"].fillna(found["name_vi"])
    return dict(zip(found["criterion_no"], names, strict=True))


def _stage_labels(t: Translator, table: pd.DataFrame) -> dict[str, str]:
    return {
        stage: t("places.stage_million", stage=t(f"stage.{stage}"))
        for stage in places.STAGES
        if table[stage].notna().any()
    }
