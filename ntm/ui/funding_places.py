"""Money where it goes: the communes in a year, then its works. What is not told is said to be unknown and counted."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from ntm.charts.places import money_bars
from ntm.i18n import Translator
from ntm.metrics import places
from ntm.ui import frame, funding_works
from ntm.ui.cache import as_day, derived, read
from ntm.ui.filters import Place
from ntm.ui.funding_view import CELL, named
from ntm.ui.sources import source_button
from ntm.ui.unit_rows import commune_rows

_MOST_BARS = 15


def show(t: Translator, place: Place, money: pd.DataFrame, year: int, month: date) -> None:
    """Show money per commune, then per criterion and the works. `money` is not asked: it is the unit's own."""
    asked = {"province": place.province, "district": place.district, "year": year, "month": month}
    rows, table = read("places_money", **asked), derived(places.with_rates, "places_money", **asked)
    st.header(t("places.title", year=year), divider="gray")
    _communes(t, place, rows, table, year, month)
    st.header(t("places.works_title", year=year), divider="gray")
    works = read("places_works", **asked)
    by_criterion = derived(places.by_criterion, "places_works", **asked)
    funding_works.show(t, place, works, by_criterion, derived(places.by_work, "places_works", **asked), year)


def _communes(t: Translator, place: Place, rows: pd.DataFrame, table: pd.DataFrame, year: int, month: date) -> None:
    unknown = places.without_money(rows)
    if not len(table):
        st.info(t("places.none", year=year, count=t.format.number(len(rows))))
        return
    with st.container(border=True):
        st.markdown("\n".join(f"- {line}" for line in _said(t, rows, table, year)))
    _sources(t, place, year, month, None, t("places.open_all"), "sources_places")
    shown = table.head(_MOST_BARS)
    frame.chart(
        t,
        title=t("places.chart", count=t.format.number(len(shown)), year=year),
        figure=money_bars(shown.assign(label=_label(shown)), "label", t),
        table=table,
        labels=_labels(t),
        unit=t("places.million"),
        as_of=as_day(table[["allocated_until", "disbursed_until"]].max().max()),
        source=t("funding.source"),
        key="places_chart",
    )
    st.header(t("places.table", year=year))
    commune_rows(
        t, place, table, _labels(t), "places",
        lambda row: _sources(
            t, place, year, month, row, t("places.open_one", name=row["name"]), "sources_places_one"
        ),
    )  # fmt: skip
    if len(unknown):
        st.markdown(t("places.unknown", count=t.format.number(len(unknown)), total=t.format.number(len(rows))))
        frame.table_twin(t, unknown, _unit_labels(t), "places_unknown")


def _said(t: Translator, rows: pd.DataFrame, table: pd.DataFrame, year: int) -> list[str]:
    total = places.places_total(rows)
    number, money = t.format.number, t.format.money
    lines = [
        t(
            "places.told",
            year=year,
            told=number(total.told),
            total=number(len(rows)),
            unknown=number(total.unknown),
            allocated=money(total.allocated),
            exact_allocated=t.format.plain(total.allocated, 6),
            disbursed=money(total.disbursed),
            exact_disbursed=t.format.plain(total.disbursed, 6),
            day=t.format.day(total.until),
        )
    ]
    if total.rate.pct is None:
        lines.append(t("places.no_rate"))
    else:
        lines.append(
            t(
                "places.rate",
                rate=t.format.share(total.rate.pct),
                disbursed=t.format.plain(total.rate.numerator),
                allocated=t.format.plain(total.rate.denominator),
                count=number(total.rate_units),
                day=t.format.day(total.rate_until),
            )
        )
    over = table[table["is_over"]]
    if len(over):
        lines.append(t("places.over", names=", ".join(over["name"])))
    lines.append(t("places.not_the_unit"))
    return lines


def _sources(t: Translator, place: Place, year: int, month: date, row: pd.Series | None, label: str, key: str) -> None:
    unit = None if row is None else str(row["unit_code"])
    source_button(
        t,
        label=label,
        title=t("places.cells", year=year),
        rows=lambda: named(
            t,
            # A month's cell is there for each cut-off that it was summed up to.
            read(
                "places_cells", province=place.province, district=place.district, unit=unit, year=year, month=month
            ).drop_duplicates(CELL),
        ),
        labels={
            "unit_name": t("column.unit"),
            "stage_name": t("column.stage"),
            "source_name": t("column.source"),
            "period_end": frame.column_label(t, "funding", "period_end"),
            "amount_vnd_million": frame.column_label(t, "funding", "amount_vnd_million"),
        },
        key=key,
    )


def _label(rows: pd.DataFrame) -> pd.Series:
    """Return names that are told apart: two communes of a province may share one."""
    within = rows["district_name"].fillna(rows["unit_code"])
    return rows["name"].where(~rows["name"].duplicated(keep=False), rows["name"] + " (" + within + ")")


def _unit_labels(t: Translator) -> dict[str, str]:
    return {"name": t("column.unit"), "district_name": t("column.district")}


def _labels(t: Translator) -> dict[str, str]:
    return {
        **_unit_labels(t),
        "allocated": t("column.allocated"),
        "disbursed": t("column.disbursed"),
        "rate_pct": t("column.rate"),
        "rate_disbursed": t("places.rate_disbursed"),
        "rate_allocated": t("places.rate_allocated"),
        "rate_until": t("places.rate_until"),
        "allocated_until": t("places.allocated_until"),
    }
