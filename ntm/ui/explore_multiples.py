"""Section 'multiples' of the page Khám phá: one measure over time, a small chart for each district on one scale."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ntm.charts.explore import multiples
from ntm.i18n import Translator
from ntm.metrics.explore import dimensions, refusal
from ntm.ui import frame
from ntm.ui.choices import choose_one
from ntm.ui.explore_choices import Asked, choose_criterion, choose_first, choose_measure
from ntm.ui.explore_data import find
from ntm.ui.explore_pivot import part_labels, sentences
from ntm.ui.explore_sources import cells_button
from ntm.ui.explore_words import asked_title, denominator_text, source_of
from ntm.ui.filters import Place


def show(t: Translator, place: Place, said: DeltaGenerator) -> None:
    """Show the measure month by month or year by year, each district by itself."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        measure = choose_measure(t)
        times = {name: t.label(dimensions()[name].label) for name in ("month", "year")}
        over = choose_one(t("explore.over"), times, key="explore_over")
        first = choose_first(t, place)
        dims = [over, "district"]
        criterion = choose_criterion(t, place, measure, dims)
    if reason := refusal(measure, dims, t.language):
        with said:
            st.warning(f"**{t('explore.refused')}** {reason}")
        return
    asked = Asked(measure, over, "district", criterion, first, {})
    found = find(t, place, asked)
    with said:
        st.markdown("\n".join(f"- {line}" for line in sentences(t, place, asked, found)))
    if not found.table["value"].notna().any():
        st.info(t("explore.nothing"))
        return
    table = found.table.sort_values(["column_order", "row_order"], kind="stable")
    panels = list(dict.fromkeys(table["column_label"]))
    ticks = list(dict.fromkeys(found.table["row_label"]))
    labels = {"column_label": t("column.district"), "row_label": times[over]} | part_labels(t, asked, found)
    frame.chart(
        t,
        title=asked_title(t, place, asked),
        figure=multiples(table, ticks, panels, t),
        table=table,
        labels=labels,
        unit=denominator_text(t, measure, found),
        as_of=place.month,
        source=source_of(t, measure),
        key="explore_multiples",
    )
    cells_button(t, place, asked, found)
