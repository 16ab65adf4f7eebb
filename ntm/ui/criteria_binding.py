"""Section 'binding' of the criteria page: what keeps communes near the goal from it, and whom it releases."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ntm.charts.criteria import released
from ntm.i18n import Translator
from ntm.metrics.binding import released_by_one, released_together
from ntm.ui import criteria_view as view
from ntm.ui import frame
from ntm.ui.choices import switch_one
from ntm.ui.filters import Place
from ntm.ui.unit_rows import commune_rows


def show(t: Translator, place: Place) -> None:
    """Show the criteria that block, what closing several releases, and the communes themselves."""
    group = switch_one(t("criteria.of"), {name: t(f"criteria.of_{name}") for name in view.GROUPS}, key="criteria_of")
    near = view.away(place, group)
    if not len(near):
        st.info(t("criteria.none_near"))
        return
    st.markdown(t("criteria.binding_meaning"))
    blocking = view.named(t, released_by_one(near, view.outcomes(place).criteria))
    if len(blocking):
        _blocking(t, place, near, blocking)
    _together(t, place, near)
    _communes(t, place, near)


def _blocking(t: Translator, place: Place, near: pd.DataFrame, blocking: pd.DataFrame) -> None:
    frame.chart(
        t,
        title=_title(t, blocking),
        figure=released(blocking, t),
        table=blocking,
        labels={
            "label": t("column.criterion"),
            "agency": t("district.agency"),
            "alone": t("criteria.alone"),
            "names": t("criteria.released_names"),
            "with_one": t("criteria.with_one"),
            "with_two": t("criteria.with_two"),
            "blocked": t("criteria.blocked"),
            "unsure": t("criteria.unsure"),
        },
        unit=t("unit.communes"),
        as_of=place.month,
        source=t("overview.source_criteria"),
        key="criteria_blocking",
    )
    view.cells(
        t,
        label=t("criteria.open_near", count=t.format.number(len(near))),
        title=t("criteria.cells_not_met"),
        rows=lambda: view.outcome_cells(place, "not_met", near["unit_code"]),
        key="near",
    )


def _title(t: Translator, blocking: pd.DataFrame) -> str:
    first = blocking.iloc[0]
    if first["alone"]:
        return t("criteria.blocking_title", label=first["label"], count=t.format.number(first["alone"]))
    first = blocking.sort_values("blocked", ascending=False, kind="stable").iloc[0]
    return t("criteria.blocking_title_none", label=first["label"], count=t.format.number(first["blocked"]))


def _together(t: Translator, place: Place, near: pd.DataFrame) -> None:
    table = released_together(near)
    if not len(table):
        return
    labels = view.label_of(t, place)
    table = table.assign(label=[" + ".join(labels[number] for number in numbers) for numbers in table["unmet"]])
    with st.container(border=True):
        st.header(t("criteria.together"))
        st.caption(t("criteria.together_note"))
        frame.data_table(
            t,
            table,
            {
                "label": t("criteria.closed"),
                "released": t("criteria.released"),
                "exactly": t("criteria.exactly"),
                "names": t("criteria.released_names"),
            },
            key="criteria_together",
        )


def _communes(t: Translator, place: Place, near: pd.DataFrame) -> None:
    labels = view.label_of(t, place)

    def told(lists: pd.Series) -> pd.Series:
        return lists.map(lambda numbers: "; ".join(labels[number] for number in numbers) or None)

    table = near.assign(unmet_text=told(near["unmet"]), untold_text=told(near["untold"]))
    columns = {
        "name": t("column.commune"),
        "district_name": t("column.district"),
        "not_met": t("criteria.count_not_met"),
        "unmet_text": t("district.missing"),
        "last_report": frame.column_label(t, "mart_commune_month", "last_report"),
    }
    sure, unsure = table[table["is_sure"]], table[~table["is_sure"]]
    for rows, title, key, shown in (
        (sure, t("criteria.near", count=t.format.number(len(sure))), "criteria_near", columns),
        (
            unsure,
            t("criteria.near_unsure", count=t.format.number(len(unsure))),
            "criteria_near_unsure",
            {**columns, "untold_text": t("district.not_told")},
        ),
    ):
        if len(rows):
            with st.container(border=True):
                st.header(title)
                commune_rows(t, place, rows, shown, key)
