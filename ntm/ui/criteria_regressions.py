"""Section 'regressions' of the criteria page: criteria met before and lost, with the two reports that say so."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ntm.charts.criteria import losses_by_month
from ntm.i18n import Translator
from ntm.metrics.regressions import cells_of, still_lost
from ntm.ui import criteria_view as view
from ntm.ui import frame
from ntm.ui.cache import read
from ntm.ui.filters import Place
from ntm.ui.unit_rows import commune_rows

Labels = dict[str, str]


def show(t: Translator, place: Place) -> None:
    """Show what is lost now, then when and which criteria were lost, those met again since among them."""
    found = view.lost(place)
    if not len(found):
        st.info(t("criteria.never_lost"))
        return
    found = view.named(t, found).assign(set_name=[view.set_name(t, code) for code in found["set_code"]])
    in_use = str(view.outcomes(place).criteria["set_code"].iloc[0])
    now = still_lost(found)
    now = now[now["set_code"] == in_use]
    _now(t, place, now)
    _when(t, place, found)


def _now(t: Translator, place: Place, now: pd.DataFrame) -> None:
    with st.container(border=True):
        st.header(t("criteria.lost_now", count=t.format.number(len(now)), communes=now["unit_code"].nunique()))
        st.caption(t("criteria.lost_note"))
        if not len(now):
            return
        labels = {
            "name": t("column.commune"),
            "district_name": t("column.district"),
            "label": t("column.criterion"),
            "agency": t("district.agency"),
            "met_on": t("criteria.met_on"),
            "lost_on": t("criteria.lost_on"),
            "is_after_gap": t("criteria.is_after_gap"),
            "is_told_now": t("criteria.is_told_now"),
        }
        commune_rows(t, place, now, labels, "criteria_lost", lambda row: _cells(t, place, row.to_frame().T, "one"))
        _cells(t, place, now, "all")


def _cells(t: Translator, place: Place, rows: pd.DataFrame, key: str) -> None:
    view.cells(
        t,
        label=t(f"criteria.open_lost_{key}", count=t.format.number(len(rows))),
        title=t("criteria.cells_lost"),
        rows=lambda: cells_of(rows, read("criteria_changes", **place.scope)),
        key=f"lost_{key}",
        day=True,
    )


def _when(t: Translator, place: Place, found: pd.DataFrame) -> None:
    open_ones = int(found["regained_on"].isna().sum())
    frame.chart(
        t,
        title=t(
            "criteria.losses_title",
            place=place.name,
            count=t.format.number(len(found)),
            regained=t.format.number(len(found) - open_ones),
        ),
        figure=losses_by_month(found, place.month, t),
        table=found,
        labels={
            "lost_on": t("criteria.lost_on"),
            "name": t("column.commune"),
            "label": t("column.criterion"),
            "set_name": t("column.criteria_set"),
            "met_on": t("criteria.met_on"),
            "regained_on": t("criteria.regained_on"),
        },
        unit=t("criteria.unit_losses"),
        as_of=place.month,
        source=t("overview.source_criteria"),
        key="criteria_losses",
    )
    by = found.assign(still=found["regained_on"].isna()).groupby(["set_name", "label", "agency"], sort=False)
    table = by.agg(times=("name", "size"), still=("still", "sum"), communes=("name", ", ".join)).reset_index()
    with st.container(border=True):
        st.header(t("criteria.lost_by_criterion"))
        frame.data_table(
            t,
            table.sort_values("times", ascending=False, kind="stable"),
            {
                "set_name": t("column.criteria_set"),
                "label": t("column.criterion"),
                "agency": t("district.agency"),
                "times": t("criteria.times"),
                "still": t("criteria.still_lost"),
                "communes": t("column.commune"),
            },
            key="criteria_lost_by_criterion",
        )
