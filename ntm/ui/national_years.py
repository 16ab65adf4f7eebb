"""The three shares of the country over time against 80/40/10, up to the break of 1 July 2025, and year by year."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ntm.charts.national import published_share
from ntm.i18n import Translator
from ntm.metrics import national
from ntm.ui import frame
from ntm.ui.cache import as_day, derived
from ntm.ui.national_view import FIGURES, figure_labels, line_of
from ntm.ui.wording import words


def show(t: Translator, figures: pd.DataFrame, targets: pd.DataFrame) -> None:
    """Show a chart for each share, and the last figure of each year with its distance from the target."""
    series = derived(national.every_series, "published_figures", place="Việt Nam")
    years = []
    for (name, rows), column in zip(series.items(), st.columns(len(series)), strict=True):
        latest = national.latest(rows, targets, name)
        if latest is None:
            continue
        rows = rows.assign(line=line_of(t, FIGURES, rows["figure_no"] + 1))
        years.append(national.by_year(rows, latest.target_pct).assign(series=name, target_pct=latest.target_pct))
        with column:
            frame.chart(
                t,
                title=t(f"national.chart_{name}"),
                figure=published_share(rows, latest.target_pct, name, t),
                table=rows,
                labels=_labels(t),
                unit="%",
                as_of=as_day(latest.period_end),
                source=t("national.source"),
                key=f"national_{name}",
            )
    if years:
        _by_year(t, pd.concat(years, ignore_index=True))
    _after(t, figures[figures["place"] == "Việt Nam"])


def _labels(t: Translator) -> dict[str, str]:
    return {
        **figure_labels(t, "period_end"),
        "numerator": t("column.numerator"),
        "denominator": t("column.denominator"),
        "pct": t("column.pct"),
        "quoted_pct": t("column.quoted_pct"),
        "line": t("national.column_line"),
        **figure_labels(t, "source"),
    }


def _by_year(t: Translator, table: pd.DataFrame) -> None:
    st.header(t("national.by_year"))
    verdicts = table["is_reached"].map({True: "reached", False: "missed"})
    table = table.assign(
        series_name=words(t, table["series"], "standard"), verdict=words(t, verdicts, "national.verdict")
    ).sort_values(["year", "series"], ascending=[False, False])
    labels = {"year": t("national.column_year"), "series_name": t("national.column_standard")} | _labels(t)
    added = {name: t(f"national.column_{name}") for name in ("target_pct", "gap_pct", "verdict")}
    order = ["year", "series_name", "period_end", "numerator", "denominator", "pct", *added, "line", "source"]
    frame.data_table(t, table, {name: (labels | added)[name] for name in order}, key="national_years")


def _after(t: Translator, country: pd.DataFrame) -> None:
    """Show what was published of the units after the reform apart: it joins no line above."""
    after = country[country["period_end"] >= national.reform_day()]
    if not len(after):
        return
    st.header(t("national.after"))
    rows = after.assign(line=line_of(t, FIGURES, after["line"]))
    labels = figure_labels(t, "metric_vi", "date_stated", "value", "unit")
    labels |= {"line": t("national.column_line")} | figure_labels(t, "source", "note")
    frame.data_table(t, rows, labels, key="national_after")
