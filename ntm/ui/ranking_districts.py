"""The districts of a province by one measure: rank now and then, among peers, with those that have no rank named."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ntm.charts.ranking import then_and_now
from ntm.i18n import Translator
from ntm.metrics import payments
from ntm.metrics.ranking import CHANGE, LEVEL, MEASURES, Measure, groups, ranked, with_money
from ntm.ui import frame
from ntm.ui import ranking_view as view
from ntm.ui.cache import read
from ntm.ui.choices import choose_one
from ntm.ui.filters import Place
from ntm.ui.frame import column_label
from ntm.ui.funding_view import named
from ntm.ui.profile_links import district_link
from ntm.ui.sources import source_button

_OPENS = {"mean": None, "below_15": 15}
"""Measure -> the count of criteria below which the communes behind it are listed."""


def show(t: Translator, place: Place, said: DeltaGenerator) -> None:
    """Show the ranking of the districts of the province by the measure chosen."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        options = {key: t(f"ranking.measure_{key}") for key in MEASURES["district"]}
        measure = MEASURES["district"][choose_one(t("ranking.measure"), options, key="ranking_measure")]
        peers = view.choose_peers(t, "district")
        has_then = measure.key != "money"
        then = view.choose_then(t, place, "district") if has_then else None
        by = choose_one(t("ranking.by"), view.by_options(t), key="ranking_by") if then else LEVEL
    rows = read("ranking_districts", province=place.province, month=place.month, earlier=then)
    if measure.key == "money":
        rows = with_money(
            rows, payments.ranking(read("payments_districts", province=place.province, month=place.month))
        )
    table = ranked(rows, measure, groups(rows, "district", peers), by=by)
    table = view.written(t, table.assign(group_name=view.group_names(t, table, "district", peers)), measure, by)
    with said:
        st.markdown("\n".join(f"- {line}" for line in _sentences(t, table, measure, by, then is not None, peers)))
    compared = table[table["rank"].notna()]
    if not len(compared):
        st.info(t("ranking.none"))
        return
    month = f"{place.month:%m/%Y}"
    frame.chart(
        t,
        title=t(f"ranking.chart_{by}", measure=view.measure_within(t, measure.key), place=place.name),
        figure=then_and_now(compared, month, f"{then:%m/%Y}" if then else None, t),
        table=table,
        labels=view.labels(t, measure, "district", is_grouped=peers is not None, has_then=then is not None),
        unit=t("unit.criteria") if measure.kind == "mean" else f"%, {t(measure.definition)}",
        as_of=place.month,
        source=t("funding.source") if measure.key == "money" else t("overview.source_standing"),
        key="ranking_districts",
    )
    cells_button(t, place, measure, table)
    with st.container(horizontal=True):
        for name in table["name"]:
            district_link(t, place, name, name)


def _sentences(
    t: Translator, table: pd.DataFrame, measure: Measure, by: str, has_then: bool, peers: str | None
) -> list[str]:
    """Who is first and last in each group, who gained and lost most, which differences are small, who has no rank."""
    lines = []
    for name, part in table.groupby("group_name", sort=False):
        told = part[part["rank"].notna()]
        if not len(told):
            continue
        text = (
            partial(view.change_text, t, measure=measure)
            if by == CHANGE
            else partial(view.value_text, t, measure=measure)
        )
        ends = [told[told["rank"] == end] for end in (1, told["rank"].max())]
        first, last = (view.names_of(t, list(rows["name"])) for rows in ends)
        values = [text(row=rows.iloc[0].to_dict()) for rows in ends]
        line = t(
            "ranking.all_equal" if len(ends[0]) == len(told) else "ranking.first_last",
            first=first,
            first_value=values[0],
            last=last,
            last_value=values[1],
            count=t.format.number(len(told)),
            communes=t.format.number(len(part)),
        )
        lines.append(f"{name!s}: {line}" if name else line)
    if measure.key == "money":
        lines.append(t("ranking.no_change_money"))
    elif not has_then:
        lines.append(t("ranking.no_then"))
    elif by == LEVEL:
        lines += gained(t, table, measure)
    lines += view.close_ones(t, table, measure, by)
    lines += view.not_ranked(t, table)
    note = view.rule_note(t, "district", peers)
    return [*lines, note] if note else lines


def gained(t: Translator, table: pd.DataFrame, measure: Measure) -> list[str]:
    """Say who gained most since then and who fell back; `change` turned so that more is better."""
    known = table[table["change"].notna()]
    change = known["change"] if measure.higher_is_better else -known["change"]
    lines = []
    if len(known) and change.max() > 0:
        best = known[change == change.max()]
        first = best.iloc[0].to_dict()
        line = t(
            "ranking.gained" if measure.higher_is_better else "ranking.gained_down",
            names=view.names_of(t, list(best["name"])),
            change=view.change_text(t, first, measure),
        )
        if len(best) == 1:
            now, then = view.value_text(t, first, measure), view.value_text(t, first, measure, "then_")
            line = f"{line} {t('ranking.from_to', now=now, then=then)}"
        lines.append(line)
    fallen = known[change < 0]
    if len(fallen):
        told = [f"{row['name']} ({view.change_text(t, row, measure)})" for row in fallen.to_dict("records")]
        line = t("ranking.fallen", count=t.format.number(len(told)), names=view.names_of(t, told))
        lines.append(f"{line} {t('ranking.either_part')}" if measure.kind == "share" else line)
    same = int((change == 0).sum())
    return [*lines, t("ranking.unchanged", count=t.format.number(same))] if same else lines


def cells_button(t: Translator, place: Place, measure: Measure, table: pd.DataFrame) -> None:
    """Show the button from the values of a measure to their communes or amounts with the cells."""
    source_button(
        t,
        label=t("ranking.open_measure", measure=view.measure_within(t, measure.key)),
        title=t(f"ranking.measure_{measure.key}"),
        rows=partial(_cells, t, place, measure, table),
        labels=_cell_labels(t, measure),
        key=f"sources_ranking_{measure.key}",
    )


def _cells(t: Translator, place: Place, measure: Measure, table: pd.DataFrame) -> pd.DataFrame:
    if measure.key in _OPENS:
        return read("criteria_counts", below=_OPENS[measure.key], **place.scope)
    if measure.key != "money":
        return read("holders", standard=measure.key, **place.scope)
    told = table[table["period_end"].notna()]
    stages, year = ["allocated", "disbursed"], place.month.year
    return pd.concat(
        [
            named(t, read("funding_cells", unit=unit, year=year, stages=stages, cutoff=day)).assign(name=name)
            for unit, name, day in zip(told["unit_code"], told["name"], told["period_end"], strict=True)
        ],
        ignore_index=True,
    )


def _cell_labels(t: Translator, measure: Measure) -> dict[str, str]:
    if measure.key == "money":
        return {
            "name": t("column.district"),
            "source_name": t("column.source"),
            "nature_name": t("column.nature"),
            "stage_name": t("column.stage"),
            "amount_vnd_million": column_label(t, "funding", "amount_vnd_million"),
        }
    labels = {"name": t("column.commune"), "district_name": t("column.district")}
    if measure.key in _OPENS:
        source, names = "mart_commune_month", ["criteria_met", "last_report"]
    else:
        source, names = "recognition", ["standard", "decision_no", "decision_date"]
    return labels | {name: column_label(t, source, name) for name in names}
