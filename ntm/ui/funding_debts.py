"""What is owed for works (nợ đọng) and what the local budget had to add (đối ứng), by the lists and rules at hand."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from ntm.charts.places import arrears_by_age, arrears_by_list, band_label
from ntm.i18n import Translator
from ntm.metrics import arrears
from ntm.ui import debts_sentences, frame, funding_counterpart, profile_links
from ntm.ui.cache import derived, made, read
from ntm.ui.filters import Place
from ntm.ui.sources import source_button
from ntm.ui.unit_rows import commune_rows
from ntm.ui.wording import words


def show(t: Translator, place: Place, money: pd.DataFrame, year: int, month: date) -> None:
    """Show the arrears by the latest lists up to the month, then the counterpart funding of the year."""
    st.header(t("debts.title"), divider="gray")
    scope = {"province": place.province, "district": place.district, "month": month}
    found = derived(arrears.debts, "debts", **scope)
    if found is None:
        st.info(t("debts.none", place=place.name))
    else:
        rows, works = read("debts", **scope), derived(arrears.works_owed, "debts", **scope)
        units, asked = derived(arrears.by_unit, "debts", **scope), made(_asked, place.province, place.district, month)
        with st.container(border=True):
            lines = debts_sentences.sentences(t, found, works, asked, year)
            st.markdown("\n".join(f"- {line}" for line in lines))
        profile_links.map_link(t, place, t("debts.open_map"), layer="arrears")
        _candidates(t, place, asked, year)
        _charts(t, place, works, found, month)
        _units(t, place, units)
        _works(t, rows, works)
    st.header(t("debts.counterpart"), divider="gray")
    funding_counterpart.show(t, place, money, year, month)


def _asked(province: str, district: str | None, month: date) -> pd.DataFrame | None:
    """Return the communes that plans name for the year with what they owe; None before the rule on arrears was made."""
    if month < arrears.arrears_rules()["recognition"]["valid_from"]:
        return None
    named = read("target_units", province=province, month=month)
    rows = read("debts", province=province, district=district, month=month)
    return arrears.owing_candidates(named, rows, month.year)


def _candidates(t: Translator, place: Place, asked: pd.DataFrame | None, year: int) -> None:
    if asked is None or not (asked["amount"] > 0).any():
        return
    owing = asked[asked["amount"] > 0]
    st.header(t("debts.candidates", year=year))
    table = owing.assign(
        standard_name=words(t, owing["standard"], "standard"), kind_name=words(t, owing["kind"], "target_kind")
    )
    labels = {
        "name": t("column.unit"),
        "district_name": t("column.district"),
        "standard_name": frame.column_label(t, "target_unit", "standard"),
        "kind_name": frame.column_label(t, "target_unit", "kind"),
        "amount": t("debts.owed"),
        "told_until": t("debts.told_until"),
    }
    commune_rows(t, place, table, labels, "debts_candidates")


def _charts(t: Translator, place: Place, works: pd.DataFrame, found: arrears.Debts, month: date) -> None:
    if len(works):
        table = arrears.by_age(works)
        frame.chart(
            t,
            title=t("debts.by_age"),
            figure=arrears_by_age(table, t),
            table=table.assign(band_name=[band_label(t, band) for band in table["band"]]),
            labels={"band_name": t("debts.age"), "works": t("debts.works"), "amount_vnd_million": t("debts.owed")},
            unit=t("places.million"),
            as_of=max(found.lists, default=None),
            source=t("debts.source"),
            key="debts_age",
        )
    lists = read("debts_by_list", province=place.province, district=place.district, month=month)
    frame.chart(
        t,
        title=t("debts.by_list"),
        figure=arrears_by_list(lists, t),
        table=lists,
        labels={
            "period_end": t("debts.told_until"),
            "amount_vnd_million": t("debts.owed"),
            "units_owing": t("debts.units_owing"),
            "units_told": t("debts.units_told"),
        },
        unit=t("places.million"),
        as_of=max(found.lists, default=None),
        source=t("debts.source"),
        key="debts_lists",
    )


def _units(t: Translator, place: Place, units: pd.DataFrame) -> None:
    owing = units[(units["amount"] != 0) & units["amount"].notna() | (units["earlier_amount"] > 0)]
    if not len(owing):
        return
    st.header(t("debts.by_unit"))
    labels = {
        "name": t("column.unit"),
        "district_name": t("column.district"),
        "amount": t("debts.owed"),
        "works": t("debts.works"),
        "told_until": t("debts.told_until"),
        "earlier_amount": t("debts.earlier"),
        "change": t("debts.change"),
    }
    commune_rows(t, place, owing.sort_values("amount", ascending=False, ignore_index=True), labels, "debts_units")


def _works(t: Translator, rows: pd.DataFrame, works: pd.DataFrame) -> None:
    told = rows[(rows["list_no"] == 1) & rows["cell"].notna()]
    if not len(told):
        return
    table = works.assign(begun_name=words(t, works["begun"], "begun"))
    owed = {
        "work": frame.column_label(t, "arrears", "work"),
        "name": t("column.unit"),
        "amount_vnd_million": t("debts.owed"),
    }
    labels = {
        **owed,
        "age": t("debts.age"),
        "begun_name": t("debts.period"),
        "started_year": frame.column_label(t, "arrears", "started_year"),
        "finished_year": frame.column_label(t, "arrears", "finished_year"),
        "category": frame.column_label(t, "arrears", "category"),
        "plan": frame.column_label(t, "arrears", "plan"),
    }
    with st.container(border=True):
        st.header(t("debts.by_work"))
        frame.data_table(t, table, labels, key="debts_works")
        source_button(
            t,
            label=t("debts.open_cells"),
            title=t("debts.cells"),
            rows=lambda: told,
            labels={**owed, "period_end": t("debts.told_until")},
            key="sources_debts",
        )
