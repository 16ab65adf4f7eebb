"""Section 'distribution' of the page Khám phá: how many communes stand at each value of a measure."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ntm.charts.explore import histogram
from ntm.i18n import Translator
from ntm.metrics.explore import Measure
from ntm.metrics.explore_cells import bins, per_commune
from ntm.ui import frame
from ntm.ui.cache import read
from ntm.ui.explore_choices import choose_of_commune
from ntm.ui.explore_sources import commune_cells
from ntm.ui.explore_words import some, source_of
from ntm.ui.filters import Place
from ntm.ui.unit_rows import commune_rows


def show(t: Translator, place: Place, said: DeltaGenerator) -> None:
    """Show the histogram of a measure over the communes, with its middle and who is unknown."""
    measure = choose_of_commune(t, t("explore.measure"), "explore_of", "criteria_mean")
    rows = commune_values(place, measure, "value")
    known = rows.dropna(subset=["value"])
    label = label_of(t, measure)
    with said:
        st.markdown("\n".join(f"- {line}" for line in _sentences(t, place, label, rows)))
    if not len(known):
        st.info(t("explore.nothing"))
        return
    table = _bins(t, known)
    frame.chart(
        t,
        title=t("explore.distribution_title", measure=label, place=place.name),
        figure=histogram(table, t),
        table=table,
        labels={"label": label, "communes": t("explore.communes")},
        unit=known_unit(t, len(known), len(rows)),
        as_of=place.month,
        source=source_of(t, measure),
        key="explore_distribution",
    )
    listed = rows.sort_values(["value", "name"], kind="stable")
    labels = {"name": t("column.commune"), "district_name": t("column.district"), "value": label}
    commune_cells(t, place, measure)
    commune_rows(t, place, listed, labels, key="explore_distribution")


def commune_values(place: Place, measure: Measure, column: str) -> pd.DataFrame:
    """Return unit_code, name, district_name and a column with the measure of each commune at the month."""
    rows = read("explore_communes", first=place.month, **place.scope)
    return rows[["unit_code", "name", "district_name"]].assign(**{column: per_commune(rows, measure)})


def label_of(t: Translator, measure: Measure) -> str:
    """Return the label of a measure of one commune, with its unit."""
    return t.label(measure.commune or measure.label)


def known_unit(t: Translator, known: int, communes: int) -> str:
    """Return the unit of a chart of communes: how many are in it and how many are unknown."""
    return t(
        "explore.unit_communes",
        known=t.format.number(known),
        communes=t.format.number(communes),
        unknown=t.format.number(communes - known),
    )


def unknown_line(t: Translator, rows: pd.DataFrame) -> str:
    """Say which communes are not in a chart."""
    if not len(rows):
        return t("explore.say_all_known")
    return t("explore.say_silent", count=t.format.number(len(rows)), names=some(t, list(rows["name"])))


def _sentences(t: Translator, place: Place, label: str, rows: pd.DataFrame) -> list[str]:
    known = rows["value"].dropna()
    lines = []
    if len(known):
        lines.append(
            t(
                "explore.say_distribution",
                measure=label,
                place=place.name,
                known=t.format.number(len(known)),
                communes=t.format.number(len(rows)),
                middle=t.format.plain(known.median()),
                low=t.format.plain(known.min()),
                high=t.format.plain(known.max()),
            )
        )
    return [*lines, unknown_line(t, rows[rows["value"].isna()])]


def _bins(t: Translator, known: pd.DataFrame) -> pd.DataFrame:
    edges, is_whole = bins(known["value"])
    labels = [
        t.format.number((low + high) / 2) if is_whole else f"{t.format.plain(low)} – {t.format.plain(high)}"
        for low, high in pairwise(edges)
    ]
    counts = pd.cut(known["value"], edges, right=False, labels=False).value_counts().reindex(range(len(labels)))
    table = pd.DataFrame({"label": labels, "communes": counts.fillna(0).astype(int).to_numpy()})
    hovers = [
        t("explore.bin", value=label, count=count) for label, count in zip(labels, table["communes"], strict=True)
    ]
    return table.assign(hover=hovers)
