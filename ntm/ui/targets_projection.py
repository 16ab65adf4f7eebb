"""Section 'projection' of the target page: where the pace so far leads by the due date, with interval and limits."""

from __future__ import annotations

from datetime import date
from functools import partial

import pandas as pd
import streamlit as st

from ntm.charts.projection import fan
from ntm.i18n import Translator
from ntm.metrics.hazard import rules
from ntm.metrics.projection import METRICS, Missing, Projection
from ntm.ui import frame
from ntm.ui import targets_projection_sentences as say
from ntm.ui.cache import as_day, read
from ntm.ui.choices import choose_one
from ntm.ui.filters import Place
from ntm.ui.frame import column_label
from ntm.ui.sources import source_button
from ntm.ui.targets_projection_data import projected, tested, told
from ntm.ui.targets_view import communes_named, targets_of
from ntm.ui.unit_rows import commune_rows
from ntm.ui.wording import words

LOOK_BACK = 12
"""Months before the due date from which a target that is due is looked at again."""
_VALUES = ("value", "median", "low", "high")
UNLIKELY = 50
"""Chance in percent below which a commune that a plan names needs attention."""


def show(t: Translator, place: Place, targets: pd.DataFrame) -> None:
    """Show the projection of the province. `targets` is rows of metrics.pace.assessed, all years, of the place."""
    of_province = targets if place.district is None else targets_of(place, place.province)
    countable = of_province[of_province["metric"].isin(METRICS) & of_province["value"].notna()]
    if not len(countable):
        st.info(t("projection.no_targets"))
        return
    if place.district:
        st.caption(t("projection.of_province", place=place.province_name))
    due = _choose_due(t, countable, place.month)
    asked = countable[countable["due_date"].dt.strftime("%Y-%m") == f"{due:%Y-%m}"]
    is_over = due <= place.month
    since = as_day(pd.Timestamp(due) - pd.offsets.MonthEnd(LOOK_BACK)) if is_over else place.month
    found = projected(place.province, since, due)
    if isinstance(found, Missing):
        st.info(f"{say.nothing(t, found, due)}{_from_then(t, since) if is_over else ''}")
        return
    with st.container(border=True):
        sentence = say.outcome_sentence if is_over else say.target_sentence
        st.markdown("\n".join(f"- {sentence(t, row, found)}" for _, row in asked.iterrows()))
        st.markdown(say.basis(t, found))
        if found.crosses_reform:
            st.markdown(t("projection.reform"))
        if len(found.left_out):
            st.markdown(_left_out(t, found))
    metric = _choose_metric(t, found, asked)
    _chart(t, place, found, asked, metric)
    _limits(t, place, found)
    _communes(t, place, found)
    source_button(
        t,
        label=t("projection.open_cells", day=t.format.day(found.since)),
        title=t("projection.cells"),
        rows=partial(read, "criteria_counts", below=None, province=place.province, district=None, month=found.since),
        labels={
            "name": t("column.commune"),
            "district_name": t("column.district"),
            "criteria_met": column_label(t, "mart_commune_month", "criteria_met"),
            "last_report": column_label(t, "mart_commune_month", "last_report"),
        },
        key="sources_projection",
    )


def _choose_due(t: Translator, targets: pd.DataFrame, month: date) -> date:
    """Show the choice of the due date; the next one that is not over first."""
    ends = sorted({as_day(value + pd.offsets.MonthEnd(0)) for value in targets["due_date"]})
    options = {day.isoformat(): t.format.day(day) for day in ends}
    ahead = [day for day in ends if day > month]
    default = (ahead or ends[-1:])[0].isoformat()
    return date.fromisoformat(choose_one(t("projection.due"), options, key="projection_due", default=default))


def _choose_metric(t: Translator, found: Projection, asked: pd.DataFrame) -> str:
    wanted = [metric for metric in METRICS if metric in found.fans]
    first = next((metric for metric in wanted if metric in set(asked["metric"])), wanted[0])
    options = {metric: t(f"projection.metric_{metric}") for metric in wanted}
    return choose_one(t("projection.metric"), options, key="projection_metric", default=first)


def _chart(t: Translator, place: Place, found: Projection, asked: pd.DataFrame, metric: str) -> None:
    values = told(place.province, place.month if found.due > place.month else found.due)
    history = values[["period_end", metric]].rename(columns={metric: "value"})
    history = history[history["period_end"] <= pd.Timestamp(found.due)]
    steps, targets = found.fans[metric].steps, asked[asked["metric"].isin([metric, _stands_for(metric, found)])]
    estimates = read("projection_estimates", province=place.province, month=found.since)
    estimates = estimates[(estimates["metric"] == metric) & (estimates["period_end"] <= pd.Timestamp(found.due))]
    coverage = rules()["coverage_pct"]["value"]
    ends = {name: say.written(t, metric, value) for name, value in found.fans[metric].last.items()}
    title = t(
        "projection.chart",
        what=t(f"projection.metric_{metric}"),
        due=t.format.day(found.due),
        coverage=coverage,
        **ends,
    )
    frame.chart(
        t,
        title=title,
        figure=fan(history, steps, targets, estimates, metric in say.MEANS, t),
        table=history.merge(steps, on="period_end", how="outer").round(dict.fromkeys(_VALUES, 2)),
        labels={
            "period_end": t("filter.month"),
            "value": t("projection.told"),
            "median": t("projection.median"),
            "low": t("projection.low"),
            "high": t("projection.high"),
        },
        unit=t("unit.criteria") if metric in say.MEANS else t("unit.communes"),
        as_of=found.since,
        source=t("projection.source"),
        key=f"projection_{metric}",
    )
    st.markdown(say.coverage_text(t, tested(place.province, place.month), metric))
    if len(estimates):
        st.markdown(t("projection.estimates_beside"))
        source_button(
            t,
            label=t("projection.open_estimates", count=t.format.number(len(estimates))),
            title=t("projection.estimate"),
            rows=lambda: estimates,
            labels={"content": t("column.target"), "value": t("projection.estimate")},
            key="sources_projection_estimates",
        )
    else:
        st.caption(t("projection.no_estimates"))


def _stands_for(metric: str, found: Projection) -> str:
    """Return the metric whose targets a projected one stands in for, or its own."""
    for asked, instead in say.INSTEAD.items():
        if metric == instead and asked not in found.fans:
            return asked
    return metric


def _limits(t: Translator, place: Place, found: Projection) -> None:
    drawer = st.expander(t("projection.limits"), key="projection_limits", on_change="rerun")
    if not drawer.open:
        return
    with drawer:
        st.markdown(t("projection.limits_text", runs=t.format.number(rules()["runs"]["value"])))
        tests = tested(place.province, place.month)
        if len(tests):
            shown = tests.assign(
                metric_name=tests["metric"].map(lambda code: t(f"projection.metric_{code}")),
                covered=tests["is_covered"].map({True: t("yes"), False: t("no")}),
            ).round(dict.fromkeys((*_VALUES, "actual"), 2))
            labels = {
                "cutoff": t("projection.cutoff"),
                "months_ahead": t("projection.months_ahead"),
                "metric_name": t("projection.metric"),
                "low": t("projection.low"),
                "median": t("projection.median"),
                "high": t("projection.high"),
                "actual": t("projection.told"),
                "covered": t("projection.covered"),
            }
            frame.data_table(t, shown, labels, key="projection_tests")


def _communes(t: Translator, place: Place, found: Projection) -> None:
    """Show each commune that is not recognised, or lacks a criterion, with its chances; the ones named first."""
    table = found.communes
    if place.district:
        table = table[table["district_name"] == place.district_name]
    plans = communes_named(place)
    is_planned = (plans["standard"] == "ntm") & (plans["kind"] == "firm") & (plans["target_year"] <= found.due.year)
    is_waiting = table["standard"].isin(["none", "unknown"])
    table = table.assign(is_named=table["unit_code"].isin(plans.loc[is_planned, "unit_code"]) & is_waiting)
    table = table[is_waiting | (table["missing"] > 0)]
    needs = table["is_named"] & (table["recognised_pct"] < UNLIKELY)
    table = table.assign(
        attention=needs.map({True: t("projection.attention"), False: None}),
        named=table["is_named"].map({True: t("yes"), False: None}),
        recognised=table["recognised_pct"].where(table["standard"].isin(["none", "unknown"])).round(0),
        full=table["full_pct"].round(0),
        standard_name=words(t, table["standard"], "highest"),
    ).sort_values(["attention", "recognised", "missing", "unit_code"], ascending=[True, False, True, True])
    st.header(t("projection.communes", due=t.format.day(found.due)))
    st.caption(t("projection.communes_note", unlikely=UNLIKELY))
    labels = {
        "name": t("column.commune"),
        "district_name": t("column.district"),
        "standard_name": t("column.standard_now"),
        "missing": t("projection.missing"),
        "full": t("projection.full_pct"),
        "recognised": t("projection.recognised_pct"),
        "named": t("projection.named"),
        "attention": t("projection.watch"),
        "last_report": column_label(t, "mart_commune_month", "last_report"),
    }
    if "ntm_communes" not in found.fans:
        del labels["recognised"]
    commune_rows(t, place, table, labels, "projection_communes")


def _left_out(t: Translator, found: Projection) -> str:
    names = ", ".join(found.left_out["name"])
    return t("projection.left_out", count=t.format.number(len(found.left_out)), names=names)


def _from_then(t: Translator, since: date) -> str:
    return f" {t('projection.from_then', since=t.format.day(since))}"
