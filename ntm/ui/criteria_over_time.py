"""Section 'over_time' of the criteria page: who meets each criterion, by month, district, agency."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ntm.charts.criteria import agencies, criterion_over_time, share_matrix
from ntm.charts.theme import month_ticks
from ntm.i18n import Translator
from ntm.metrics.outcomes import met_share
from ntm.ui import criteria_view as view
from ntm.ui import frame
from ntm.ui.cache import read
from ntm.ui.choices import choose_one
from ntm.ui.criteria_heat import count_labels, districts
from ntm.ui.filters import Place
from ntm.ui.wording import share_text


def show(t: Translator, place: Place) -> None:
    """Show one criterion month by month, all of the set in use, then districts and agencies at the month."""
    rows = read("criteria_months", unit=place.unit, until=place.month)
    in_use = str(view.outcomes(place).criteria["set_code"].iloc[0])
    _one(t, place, rows, in_use)
    _all(t, place, rows[rows["set_code"] == in_use], in_use)
    if place.district is None:
        districts(t, place)
    _agencies(t, place)


def _one(t: Translator, place: Place, rows: pd.DataFrame, in_use: str) -> None:
    criteria = view.outcomes(place).criteria
    labels = view.label_of(t, place)
    most_missed = str(criteria["criterion_no"].iloc[int(criteria["not_met"].argmax())])
    number = choose_one(t("column.criterion"), labels, key="criterion", default=most_missed)
    chosen = view.named(t, rows[rows["criterion_no"] == number])
    sets = [view.set_name(t, code) for code in chosen["set_code"]]
    chosen = chosen.assign(set_name=sets, label=chosen["label"] + " – " + pd.Series(sets, index=chosen.index))
    latest = chosen[chosen["set_code"] == in_use].iloc[-1]
    frame.chart(
        t,
        title=t(
            "criteria.one_title",
            place=place.name,
            label=labels[number],
            share=share_text(t, met_share(latest["met"], latest["not_met"])),
            agency=latest["agency"],
        ),
        figure=criterion_over_time(chosen, t),
        table=chosen,
        labels={"period_end": t("filter.month"), "set_name": t("column.criteria_set"), **count_labels(t)},
        unit=t("criteria.unit_share"),
        as_of=place.month,
        source=t("overview.source_criteria"),
        key="criteria_one",
    )
    view.cells(
        t,
        label=t("criteria.open_criterion", label=labels[number]),
        title=t("commune.criteria_cells"),
        rows=lambda: (cells := view.outcome_cells(place))[cells["criterion_no"] == number],
        key="criterion",
    )


def _all(t: Translator, place: Place, rows: pd.DataFrame, in_use: str) -> None:
    rows = view.named(t, rows)
    months = list(dict.fromkeys(rows["period_end"]))
    labels = [f"{month:%m/%Y}" for month in months]
    ticks = [f"{month:%m/%Y}" for month in month_ticks(months, 12)]
    frame.chart(
        t,
        title=t("criteria.all_title", place=place.name, set=view.set_name(t, in_use)),
        figure=share_matrix(
            rows.assign(month=rows["period_end"].dt.strftime("%m/%Y")), "month", labels, t, ticks=ticks
        ),
        table=rows,
        labels={"period_end": t("filter.month"), **count_labels(t)},
        unit=t("criteria.unit_share"),
        as_of=place.month,
        source=t("overview.source_criteria"),
        key="criteria_all",
    )
    st.caption(t("criteria.sets_apart"))


def _agencies(t: Translator, place: Place) -> None:
    rows = view.named(t, view.outcomes(place).criteria)
    led = rows.groupby("agency", sort=False).agg(
        met=("met", "sum"), not_met=("not_met", "sum"), unknown=("unknown", "sum"), label=("label", ", ".join)
    )
    led = led.reset_index().sort_values(["not_met", "unknown"], ascending=False, kind="stable")
    waiting = led[(led["not_met"] > 0) | (led["unknown"] > 0)]
    shares = [
        t("criteria.results", met=t.format.number(met), known=t.format.number(met + lacking), pct=t.format.share(pct))
        for met, lacking, pct in zip(
            led["met"],
            led["not_met"],
            (met_share(met, lacking).pct for met, lacking in zip(led["met"], led["not_met"], strict=True)),
            strict=True,
        )
    ]
    frame.chart(
        t,
        title=t("criteria.agencies_title"),
        figure=agencies(waiting, t),
        table=led.assign(share=shares),
        labels={
            "agency": t("district.agency"),
            "label": t("column.criterion"),
            "share": t("criteria.results_met"),
            "not_met": t("criteria.results_not_met"),
            "unknown": t("criteria.results_unknown"),
        },
        unit=t("criteria.unit_results"),
        as_of=place.month,
        source=t("overview.source_criteria"),
        key="criteria_agencies",
    )
    st.caption(t("criteria.agency_note"))
