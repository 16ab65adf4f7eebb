"""A score of several measures, with weights that the reader sets and sees; without weights there is none."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ntm.charts.ranking import then_and_now
from ntm.i18n import Translator
from ntm.metrics import payments
from ntm.metrics.ranking import MEASURES, score, with_money
from ntm.ui import frame
from ntm.ui.cache import read
from ntm.ui.filters import Place
from ntm.ui.ranking_districts import cells_button
from ntm.ui.ranking_view import measure_within, names_of


def show(t: Translator, place: Place, said: DeltaGenerator) -> None:
    """Show the fields of the weights and, once one is set, the score of each district with its parts."""
    weights = _weights(t)
    used = {key: weight for key, weight in weights.items() if weight > 0}
    if not used:
        said.markdown(t("ranking.no_weights"))
        return
    rows = read("ranking_districts", province=place.province, month=place.month, earlier=None)
    paid = payments.ranking(read("payments_districts", province=place.province, month=place.month))
    table = score(with_money(rows, paid), weights)
    said.markdown("\n".join(f"- {line}" for line in _sentences(t, table, used)))
    compared = table[table["rank"].notna()]
    if not len(compared):
        return
    ranks = compared["rank"].astype(str) + ". " + compared["name"]
    written = [t.format.number(value, 1) for value in compared["score"]]
    frame.chart(
        t,
        title=t("ranking.chart_score", place=place.name),
        figure=then_and_now(
            compared.assign(
                label=ranks,
                group_name="",
                value=compared["score"],
                then_value=float("nan"),
                value_text=written,
                hover=compared["name"] + ": " + pd.Series(written, index=compared.index),
            ),
            f"{place.month:%m/%Y}",
            None,
            t,
        ),
        table=table,
        labels={
            "rank": t("ranking.column_rank"),
            "is_tied": t("ranking.column_is_tied"),
            "name": t("column.district"),
            "score": t("ranking.score"),
            **{key: t("ranking.points_of", measure=t(f"ranking.measure_{key}")) for key in used},
        },
        unit=t("ranking.score_unit"),
        as_of=place.month,
        source=t("ranking.source_score"),
        key="ranking_score",
    )
    for key in used:
        cells_button(t, place, MEASURES["district"][key], table)


def _weights(t: Translator) -> dict[str, float]:
    """Ask for the weight of each measure, beginning at 0; they lie in the URL."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        return {
            key: float(
                st.number_input(
                    t(f"ranking.measure_{key}"),
                    min_value=0,
                    max_value=100,
                    value=0,
                    step=5,
                    key=f"weight_{key}",
                    bind="query-params",
                    width=200,
                )
            )
            for key in MEASURES["district"]
        }


def _sentences(t: Translator, table: pd.DataFrame, used: dict[str, float]) -> list[str]:
    total = sum(used.values())
    parts = [f"{t.format.plain(weight)} × {measure_within(t, key)}" for key, weight in used.items()]
    lines = [t("ranking.formula", parts=" + ".join(parts), total=t.format.plain(total))]
    told = table[table["rank"].notna()]
    if len(told):
        first, last = (told[told["rank"] == end] for end in (1, told["rank"].max()))
        lines.insert(
            0,
            t(
                "ranking.score_ends",
                first=names_of(t, list(first["name"])),
                first_score=t.format.number(first["score"].iloc[0], 1),
                last=names_of(t, list(last["name"])),
                last_score=t.format.number(last["score"].iloc[0], 1),
            ),
        )
    if len(apart := table[table["rank"].isna()]):
        named = [
            f"{row['name']} ({', '.join(measure_within(t, key) for key in row['missing'])})"
            for row in apart.to_dict("records")
        ]
        lines.append(t("ranking.no_score", names=names_of(t, named)))
    return [*lines, t("ranking.score_is_choice")]
