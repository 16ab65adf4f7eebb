"""The target page's parts: the sentences, the table of targets, the communes that plans name."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ntm.i18n import Translator
from ntm.metrics.targets import REACHED, UNKNOWN
from ntm.model import is_missing
from ntm.ui.filters import WIDTH
from ntm.ui.frame import column_label, data_table
from ntm.ui.sources import source_button
from ntm.ui.wording import target_sentence, target_wording, words


def choose_year(t: Translator, targets: pd.DataFrame) -> int:
    """Show the choice of the year that targets are due in, the last one first."""
    years = sorted({int(year) for year in targets["due_date"].dt.year}, reverse=True)
    chosen = st.selectbox(
        t("targets.year"), [str(year) for year in years], key="target_year", bind="query-params", width=WIDTH
    )
    return int(chosen)


def sentences(t: Translator, targets: pd.DataFrame, units: pd.DataFrame) -> None:
    """Say how many firm targets are reached, then each target with its gap, then the communes still missing."""
    counted = targets[targets["kind"] != "stretch"]
    known = counted[counted["status"] != UNKNOWN]
    reached = int((known["status"] == REACHED).sum())
    with st.container(border=True):
        st.markdown(t("targets.summary", reached=reached, known=len(known)))
        st.markdown("\n".join(f"- {target_sentence(t, row)}" for _, row in targets.iterrows()))
        is_open = (units["kind"] == "firm") & units["is_reached"].eq(False).fillna(False)
        if is_open.any():
            names = ", ".join(
                f"{name} ({t(f'standard.{standard}')})"
                for name, standard in zip(units.loc[is_open, "name"], units.loc[is_open, "standard"], strict=True)
            )
            st.markdown(t("targets.named_open", names=names))


def named(t: Translator, targets: pd.DataFrame) -> pd.DataFrame:
    """Return the targets with the words of their codes."""
    return targets.assign(
        wording=[target_wording(t, row) for _, row in targets.iterrows()],
        kind_name=words(t, targets["kind"], "target_kind"),
        status_name=words(t, targets["status"], "status"),
        actual=targets["actual"].round(1),
        gap=targets["gap"].round(1),
        denominator_text=targets["denominator"].fillna(t("targets.no_denominator")),
    )


def target_labels(t: Translator) -> dict[str, str]:
    """Columns of the table of targets."""
    return {
        "wording": t("column.target"),
        "kind_name": column_label(t, "target", "kind"),
        "value": column_label(t, "target", "value"),
        "actual": column_label(t, "mart_target_progress", "actual"),
        "gap": column_label(t, "mart_target_progress", "gap"),
        "status_name": t("column.status"),
        "due_date": column_label(t, "target", "due_date"),
        "denominator_text": column_label(t, "target", "denominator"),
        "document": column_label(t, "target", "document"),
    }


def cells(t: Translator, rows: pd.DataFrame) -> None:
    """Show the button to the cells of the targets, as `named` returns them."""
    source_button(
        t,
        label=t("targets.open_cells", count=t.format.number(len(rows))),
        title=t("targets.cells"),
        rows=lambda: rows,
        labels={"wording": t("column.target"), "value": column_label(t, "target", "value")},
        key="sources_targets",
    )


def communes(t: Translator, units: pd.DataFrame, year: int) -> None:
    """Show the communes that plans name for the year, firm ones first, with what they still lack."""
    st.subheader(t("targets.communes", year=year))
    if not len(units):
        st.info(t("targets.no_communes"))
        return
    rows = units.assign(
        standard_name=words(t, units["standard"], "standard"),
        kind_name=words(t, units["kind"], "target_kind"),
        now_name=words(t, units["standard_now"], "highest"),
        unmet_text=units["unmet"].map(
            lambda numbers: None if numbers is None or not len(numbers) else ", ".join(numbers)
        ),
        reached_text=units["is_reached"].map(
            lambda value: None if is_missing(value) else t("yes") if value else t("no")
        ),
    )
    labels = {
        "standard_name": column_label(t, "target_unit", "standard"),
        "kind_name": column_label(t, "target_unit", "kind"),
        "name": t("column.commune"),
        "district_name": t("column.district"),
        "reached_text": t("column.reached"),
        "now_name": t("column.standard_now"),
        "criteria_met": column_label(t, "mart_commune_month", "criteria_met"),
        "unmet_text": column_label(t, "mart_commune_month", "unmet"),
    }
    data_table(t, rows, labels, key="target_communes")
    source_button(
        t,
        label=t("overview.open_communes", count=t.format.number(len(rows))),
        title=t("targets.communes", year=year),
        rows=lambda: rows,
        labels={name: labels[name] for name in ("name", "district_name", "standard_name", "kind_name")},
        key="sources_target_units",
    )
