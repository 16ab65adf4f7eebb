"""The communes of a province by criteria met: how many stand at each count, the lowest now and then, all in a table."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ntm.charts.ranking import communes_by_count, then_and_now
from ntm.i18n import Translator
from ntm.metrics.ranking import LEVEL, MEASURES, groups, ranked
from ntm.ui import frame
from ntm.ui import ranking_view as view
from ntm.ui.cache import read
from ntm.ui.choices import choose_one
from ntm.ui.filters import Place
from ntm.ui.ranking_districts import gained
from ntm.ui.sources import source_button
from ntm.ui.unit_rows import commune_rows

_SHOWN = 20
"""Communes in the chart: of five hundred nobody reads the names; the table holds them all."""
_MEASURE = MEASURES["commune"]["criteria"]


def show(t: Translator, place: Place, said: DeltaGenerator) -> None:
    """Show the ranking of the communes of the province by the number of criteria met."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        peers = view.choose_peers(t, "commune")
        then = view.choose_then(t, place, "commune")
        by = choose_one(t("ranking.by"), view.by_options(t), key="ranking_by") if then else LEVEL
    rows = read("ranking_communes", province=place.province, month=place.month, earlier=then)
    table = ranked(rows, _MEASURE, groups(rows, "commune", peers), by=by)
    table = table.assign(group_name=view.group_names(t, table, "commune", peers))
    with said:
        st.markdown("\n".join(f"- {line}" for line in _sentences(t, table, by, then is not None, peers)))
    if not table["rank"].notna().any():
        st.info(t("ranking.none"))
        return
    table = view.written(t, table, _MEASURE, by)
    month, earlier = f"{place.month:%m/%Y}", f"{then:%m/%Y}" if then else None
    counts = _counts(table)
    left, right = st.columns(2)
    with left:
        frame.chart(
            t,
            title=t("ranking.chart_counts", place=place.name),
            figure=communes_by_count(counts, month, earlier, t),
            table=counts,
            labels={
                "criteria": t("ranking.measure_criteria"),
                "communes": month,
                **({"then_communes": earlier} if earlier else {}),
            },
            unit=t("unit.communes"),
            as_of=place.month,
            source=t("overview.source_criteria"),
            key="ranking_counts",
        )
    labels = view.labels(t, _MEASURE, "commune", is_grouped=peers == "kind", has_then=then is not None)
    with right:
        lowest = _lowest(table)
        frame.chart(
            t,
            title=t(f"ranking.chart_lowest_{by}", count=len(lowest)),
            figure=then_and_now(lowest.assign(group_name=""), month, earlier, t),
            table=lowest,
            labels=labels,
            unit=t("unit.criteria"),
            as_of=place.month,
            source=t("overview.source_criteria"),
            key="ranking_lowest",
        )
    source_button(
        t,
        label=t("ranking.open_measure", measure=view.measure_within(t, _MEASURE.key)),
        title=t("ranking.measure_criteria"),
        rows=partial(read, "criteria_counts", below=None, **place.scope),
        labels={
            "name": t("column.commune"),
            "district_name": t("column.district"),
            "criteria_met": t("ranking.measure_criteria"),
        },
        key="sources_ranking_criteria",
    )
    st.header(t("ranking.all_communes", count=t.format.number(len(table))))
    commune_rows(t, place, table, labels, key="ranking_communes")


def _lowest(table: pd.DataFrame) -> pd.DataFrame:
    """Return the communes of the lowest ranks, as many whole ranks as there is room for, and always the last one."""
    told = table[table["rank"].notna()].sort_values(["rank", "name"])
    from_there = told["rank"].map(lambda rank: (told["rank"] >= rank).sum())
    chosen = told[(from_there <= _SHOWN) & (told["rank"] > 1)]
    return chosen if len(chosen) else told.tail(_SHOWN)


def _counts(table: pd.DataFrame) -> pd.DataFrame:
    """Return criteria, communes, then_communes: how many communes stand at each count, from the lowest."""
    told = table["value"].where(table["why"].isna() | table["why"].isin(["no_then", "alone"]))
    now, then = told.value_counts(), table["then_value"].value_counts()
    ends = [*now.index, *then.index]
    index = range(int(min(ends)), int(max(ends)) + 1)
    return pd.DataFrame(
        {
            "criteria": list(index),
            "communes": now.reindex(index, fill_value=0).to_numpy(),
            "then_communes": then.reindex(index, fill_value=0).to_numpy(),
        }
    )


def _sentences(t: Translator, table: pd.DataFrame, by: str, has_then: bool, peers: str | None) -> list[str]:
    told = table[table["rank"].notna()]
    lines = []
    if len(told):
        high, low = told["value"].max(), told["value"].min()
        best, worst = told[told["value"] == high], told[told["value"] == low]
        lines.append(
            t(
                "ranking.communes_ends",
                high=view.value_text(t, best.iloc[0].to_dict(), _MEASURE),
                high_count=t.format.number(len(best)),
                low=view.value_text(t, worst.iloc[0].to_dict(), _MEASURE),
                low_count=t.format.number(len(worst)),
                names=view.names_of(t, list(worst["name"] + " (" + worst["district_name"].fillna("–") + ")")),
                known=t.format.number(len(told)),
                communes=t.format.number(len(table)),
            )
        )
    if not has_then:
        lines.append(t("ranking.no_then"))
    else:
        lines += gained(t, table, _MEASURE)
    lines.append(t("ranking.communes_ties"))
    lines += view.not_ranked(t, table)
    note = view.rule_note(t, "commune", peers)
    return [*lines, note] if note else lines
