"""Section 'pivot' of the page Khám phá: one measure by rows and columns, as sentence, chart and table at once."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ntm.charts import explore as charts
from ntm.i18n import Translator
from ntm.metrics.explore import TIMES, dimensions, refusal
from ntm.model import is_missing
from ntm.ui import frame
from ntm.ui.explore_choices import Asked, choose
from ntm.ui.explore_data import Found, find, value_text
from ntm.ui.explore_sources import cells_button
from ntm.ui.explore_words import asked_name, asked_title, denominator_text, source_of, told_notes
from ntm.ui.filters import Place

_MOST_BARS, _MOST_CELLS = 60, 60
_FEW = 3
"""Series that stand beside each other as bars; of more a matrix is drawn."""


def show(t: Translator, place: Place, said: DeltaGenerator) -> None:
    """Ask for a table, refuse it with the reason, or show it."""
    asked = choose(t, place)
    if reason := refusal(asked.measure, asked.dims, t.language):
        with said:
            st.warning(f"**{t('explore.refused')}** {reason}")
        return
    found = find(t, place, asked)
    with said:
        st.markdown("\n".join(f"- {line}" for line in sentences(t, place, asked, found)))
    if not found.table["value"].notna().any():
        st.info(t("explore.nothing"))
        return
    _chart(t, place, asked, found)
    _table(t, asked, found)
    cells_button(t, place, asked, found)


def sentences(t: Translator, place: Place, asked: Asked, found: Found) -> list[str]:
    """Return what the table says: the whole of it where that is a sum, its ends, what is unknown, how it is meant."""
    name, measure = asked_name(t, place, asked), asked.measure
    lines = []
    if found.total is not None:
        text = value_text(t, found.total.to_dict(), measure)
        lines.append(
            t("explore.say_total", measure=name, place=place.name, month=t.format.month(place.month), text=text)
        )
    else:
        lines.append(t("explore.say_table", measure=name, place=place.name, month=t.format.month(place.month)))
    known, at = _last(found.table.dropna(subset=["value"]), asked)
    if len(known) > 1 and known["value"].min() < known["value"].max():
        ends = [known.loc[known["value"] == end] for end in (known["value"].max(), known["value"].min())]
        lines.append(
            t(
                "explore.say_ends_at" if at else "explore.say_ends",
                high=_some(t, ends[0]), high_text=ends[0].iloc[0]["full_text"],
                low=_some(t, ends[1]), low_text=ends[1].iloc[0]["full_text"], at=at,
            )
        )  # fmt: skip
    return [*lines, *told_notes(t, found, measure), f"{name}: {t.label(measure.definition)}"]


def _last(known: pd.DataFrame, asked: Asked) -> tuple[pd.DataFrame, str]:
    """Return the cells of the last month or year and its name where a table sets others beside time; else all."""
    sides = dict(zip(asked.dims, ("row", "column"), strict=False))
    time = next((side for name, side in sides.items() if name in TIMES), None)
    if time is None or len(sides) == 1 or not len(known):
        return known, ""
    last = known[known[f"{time}_order"] == known[f"{time}_order"].max()]
    other = "column" if time == "row" else "row"
    return last.assign(row_label=last[f"{other}_label"], column_label=None), str(last[f"{time}_label"].iloc[0])


def _some(t: Translator, rows: pd.DataFrame) -> str:
    names = [_place_of(row) for row in rows.head(3).to_dict("records")]
    more = len(rows) - len(names)
    return ", ".join(names) + (f" {t('ranking.more', count=more)}" if more else "")


def _place_of(row: dict[object, object]) -> str:
    column = row.get("column_label")
    return f"{row['row_label']}" + ("" if is_missing(column) else f" · {column}")


def _chart(t: Translator, place: Place, asked: Asked, found: Found) -> None:
    drawn = figure(t, asked, found.table)
    if drawn is None:
        st.info(t("explore.too_many", count=t.format.number(len(found.table))))
        return
    long = {"row_label": t.label(dimensions()[asked.rows].label)}
    if asked.columns:
        long["column_label"] = t.label(dimensions()[asked.columns].label)
    frame.chart(
        t,
        title=asked_title(t, place, asked),
        figure=drawn,
        table=found.table,
        labels=long | part_labels(t, asked, found),
        unit=denominator_text(t, asked.measure, found),
        as_of=place.month,
        source=source_of(t, asked.measure),
        key="explore_pivot",
    )


def figure(t: Translator, asked: Asked, table: pd.DataFrame) -> go.Figure | None:
    """Return the chart that fits: lines over time, bars, bars side by side, a matrix; None of too many."""
    rows = list(dict.fromkeys(table["row_label"]))
    if asked.columns is None:
        if asked.rows in TIMES:
            return charts.lines(table.assign(column_label=""), rows, [""], t)
        return charts.bars(table.rename(columns={"row_label": "label"}), t) if len(rows) <= _MOST_BARS else None
    columns = list(dict.fromkeys(table.sort_values("column_order", kind="stable")["column_label"]))
    if asked.rows in TIMES and len(columns) <= len(charts.LINES):
        return charts.lines(table, rows, columns, t)
    if asked.columns in TIMES and len(rows) <= len(charts.LINES):
        turned = table.rename(columns={"row_label": "column_label", "column_label": "row_label"})
        return charts.lines(turned, columns, rows, t)
    if len(columns) <= _FEW and len(rows) <= 20:
        return charts.grouped_bars(table, rows, columns, t)
    return charts.matrix(table, rows, columns, t) if max(len(rows), len(columns)) <= _MOST_CELLS else None


def part_labels(t: Translator, asked: Asked, found: Found) -> dict[str, str]:
    """Columns of the parts of each cell."""
    measure = asked.measure
    labels = {"value": t("column.pct") if measure.kind == "share" else t.label(measure.label)}
    if measure.kind in ("share", "mean"):
        labels |= {"numerator": t("column.numerator"), "denominator": t("column.denominator")}
    if measure.is_money:
        return labels | {"until": frame.column_label(t, "funding", "period_end")}
    return labels | {"unknown": t("explore.column_unknown"), "units": t("explore.column_units")}


def _table(t: Translator, asked: Asked, found: Found) -> None:
    first = t.label(dimensions()[asked.rows].label)
    with st.container(border=True):
        st.header(t("explore.table", unit=t.label(asked.measure.unit)))
        if asked.columns is None:
            frame.data_table(t, found.table, {"row_label": first} | part_labels(t, asked, found), key="explore_table")
            return
        columns = list(dict.fromkeys(found.table.sort_values("column_order", kind="stable")["column_label"]))
        wide = found.table.pivot_table(index="row_label", columns="column_label", values="value", sort=False)
        order = list(dict.fromkeys(found.table["row_label"]))
        wide = wide.reindex(index=order, columns=columns).set_axis([f"c{at}" for at in range(len(columns))], axis=1)
        labels = {"row_label": first} | {f"c{at}": str(name) for at, name in enumerate(columns)}
        frame.data_table(t, wide.rename_axis("row_label").reset_index(), labels, key="explore_wide")
        st.caption(t("explore.wide_note"))
