"""The districts of a province by their rate of disbursement on the funding page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pandas as pd
import streamlit as st

from ntm.charts.payments import rate_by_district
from ntm.i18n import Translator, translator
from ntm.metrics.payments import common_cutoff, ranking
from ntm.ui import frame
from ntm.ui.cache import as_day, made, read
from ntm.ui.filters import Place
from ntm.ui.funding_payments_curve import cell_labels
from ntm.ui.funding_view import named
from ntm.ui.sources import source_button


def show(
    t: Translator,
    place: Place,
    year: int,
    month: date,
    source: str | None,
    nature: str | None,
    narrow: Callable[[pd.DataFrame], pd.DataFrame],
) -> None:
    """Show the ranking of the whole province, also where one district is chosen; who is not in it is named below.

    `narrow` keeps those cells that are of the chosen source and nature.
    """
    if not len(read("payments_districts", province=place.province, month=month)):
        st.info(t("payments.no_districts", day=t.format.day(month)))
        return
    chart, lines, reported = made(_drawn, t.language, place.province, month, source, nature)
    if chart is not None:
        frame.show_chart(t, chart)
    for line in lines:
        st.markdown(line)
    if len(reported):
        source_button(
            t,
            label=t("payments.open_cells"),
            title=t("payments.cells_districts", year=year),
            rows=lambda: named(t, narrow(_cells(reported, year))),
            labels={"name": t("column.district"), **cell_labels(t)},
            key="sources_payments_ranking",
        )


def _drawn(
    language: str, province: str, month: date, source: str | None, nature: str | None
) -> tuple[frame.Chart | None, list[str], pd.DataFrame]:
    """Return the chart, what is said of those that are not in it, and the districts that report."""
    t = translator(language)
    rows = read("payments_districts", province=province, month=month)
    ranked = ranking(rows, source=source, nature=nature)
    compared = ranked[ranked["rank"].notna()]
    chart = None
    if len(compared):
        cutoff = as_day(common_cutoff(ranked))
        chart = frame.Chart(
            title=_title(t, compared, cutoff),
            figure=rate_by_district(compared, t),
            table=ranked,
            labels=_labels(t),
            unit=t("payments.unit_rate"),
            as_of=cutoff,
            source=t("funding.source"),
            key="payments_ranking",
        )
    return chart, _beside(t, ranked, month.year), ranked[ranked["is_reported"]]


def _title(t: Translator, compared: pd.DataFrame, cutoff: date) -> str:
    """Return the title that names the districts at both ends, equal ones together."""
    high, low = compared["rate_pct"].max(), compared["rate_pct"].min()
    names = {end: ", ".join(compared.loc[compared["rate_pct"] == end, "name"]) for end in (high, low)}
    day = t.format.day(cutoff)
    if high == low:
        return t("payments.sources_one", day=day, names=names[high], rate=t.format.share(high))
    return t(
        "payments.sources_title",
        day=day,
        high=names[high],
        high_rate=t.format.share(high),
        low=names[low],
        low_rate=t.format.share(low),
    )


def _beside(t: Translator, ranked: pd.DataFrame, year: int) -> list[str]:
    """Name those to be checked, those that do not report, those at another cut-off, those that got no money."""
    silent, common = ranked[~ranked["is_reported"]], common_cutoff(ranked)
    other = ranked[ranked["is_reported"] & (ranked["period_end"] != common)]
    nothing = ranked[ranked["is_reported"] & (ranked["period_end"] == common) & ranked["rank"].isna()]
    lines = []
    if ranked["is_over"].any():
        lines.append(t("places.over", names=", ".join(ranked.loc[ranked["is_over"], "name"])))
    if len(silent):
        lines.append(t("payments.silent", year=year, count=len(silent), names=", ".join(silent["name"])))
    if len(other):
        names = [
            t("payments.at_cutoff", name=name, day=t.format.day(day), rate=t.format.share(rate))
            for name, day, rate in zip(other["name"], other["period_end"], other["rate_pct"], strict=True)
        ]
        lines.append(t("payments.other_cutoffs", names="; ".join(names), day=t.format.day(common)))
    if len(nothing):
        lines.append(t("payments.nothing_allocated", names=", ".join(nothing["name"])))
    return lines


def _cells(reported: pd.DataFrame, year: int) -> pd.DataFrame:
    stages = ["allocated", "disbursed"]
    return pd.concat(
        [
            read("funding_cells", unit=unit, year=year, stages=stages, cutoff=day).assign(name=name)
            for unit, name, day in zip(reported["unit_code"], reported["name"], reported["period_end"], strict=True)
        ],
        ignore_index=True,
    )


def _labels(t: Translator) -> dict[str, str]:
    return {
        "rank": t("payments.column_rank"),
        "name": t("column.district"),
        "allocated": t("column.allocated"),
        "disbursed": t("column.disbursed"),
        "rate_pct": t("column.rate"),
        "period_end": t("payments.column_cutoff"),
        "is_over": t("payments.column_over"),
    }
