"""Section 'scatter' of the page Khám phá: any two measures of each commune, such as money against progress."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ntm.charts.explore import scatter
from ntm.i18n import Translator
from ntm.ui import frame
from ntm.ui.explore_choices import choose_of_commune
from ntm.ui.explore_distribution import commune_values, known_unit, label_of, unknown_line
from ntm.ui.explore_sources import commune_cells
from ntm.ui.explore_words import source_of
from ntm.ui.filters import Place
from ntm.ui.unit_rows import commune_rows


def show(t: Translator, place: Place, said: DeltaGenerator) -> None:
    """Show the communes that have both values as marks, and name those that have not."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        across = choose_of_commune(t, t("explore.across"), "explore_x", "disbursed")
        up = choose_of_commune(t, t("explore.up"), "explore_y", "criteria_mean")
    if across.key == up.key:
        with said:
            st.warning(f"**{t('explore.refused')}** {t('explore.same_measure')}")
        return
    rows = commune_values(place, across, "x").assign(y=commune_values(place, up, "y")["y"])
    known = rows.dropna(subset=["x", "y"])
    names = label_of(t, across), label_of(t, up)
    with said:
        st.markdown("\n".join(f"- {line}" for line in _sentences(t, place, names, rows, known)))
    if not len(known):
        st.info(t("explore.nothing"))
        return
    hovers = [
        f"{name} ({district})<br>{names[0]}: {t.format.plain(x)}<br>{names[1]}: {t.format.plain(y)}"
        for name, district, x, y in known[["name", "district_name", "x", "y"]].itertuples(index=False)
    ]
    labels = {"name": t("column.commune"), "district_name": t("column.district"), "x": names[0], "y": names[1]}
    sources = dict.fromkeys(source_of(t, measure) for measure in (across, up))
    frame.chart(
        t,
        title=t("explore.scatter_title", up=names[1], across=names[0], place=place.name),
        figure=scatter(known.assign(hover=hovers), names[0], names[1], t),
        table=rows,
        labels=labels,
        unit=known_unit(t, len(known), len(rows)),
        as_of=place.month,
        source="; ".join(sources),
        key="explore_scatter",
    )
    commune_cells(t, place, across)
    commune_cells(t, place, up)
    commune_rows(t, place, rows.sort_values(["y", "x", "name"], kind="stable"), labels, key="explore_scatter")


def _sentences(
    t: Translator, place: Place, names: tuple[str, str], rows: pd.DataFrame, known: pd.DataFrame
) -> list[str]:
    lines = [
        t(
            "explore.say_scatter",
            up=names[1],
            across=names[0],
            place=place.name,
            known=t.format.number(len(known)),
            communes=t.format.number(len(rows)),
        )
    ]
    if len(known):
        is_above = known["x"] >= known["x"].median()
        high, low = known.loc[is_above, "y"].median(), known.loc[~is_above, "y"].median()
        lines.append(
            t(
                "explore.say_halves",
                across=names[0],
                up=names[1],
                high=t.format.plain(high),
                high_count=t.format.number(int(is_above.sum())),
                low=t.format.plain(low),
                low_count=t.format.number(int((~is_above).sum())),
            )
        )
    return [*lines, unknown_line(t, rows[rows[["x", "y"]].isna().any(axis=1)]), t("explore.no_cause")]
