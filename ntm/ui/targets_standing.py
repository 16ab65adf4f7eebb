"""Section 'standing' of the target page: each target against what was reached, the paces, the frame they stand in."""

from __future__ import annotations

from datetime import date
from functools import partial

import pandas as pd
import streamlit as st

from ntm.charts.targets import targets_against
from ntm.i18n import Translator
from ntm.metrics.pace import scales_of
from ntm.metrics.standing import STANDARDS
from ntm.metrics.targets import COUNTED, SCALES, target_rules
from ntm.ui import frame, targets_cells, targets_frame
from ntm.ui.cache import read
from ntm.ui.filters import Place
from ntm.ui.sources import source_button
from ntm.ui.targets_view import communes_named, named, target_labels

WHY = ("communes", "districts", "wards", "villages", "products", "other")
"""Kinds of targets whose result may be missing -> what would have to be loaded."""


def show(t: Translator, place: Place, targets: pd.DataFrame, year: int) -> None:
    """Show the targets due in a year, one chart for each scale."""
    if len(targets):
        _charts(t, place, targets, year)
        st.caption(_rule(t))
        _missing(t, targets)
        _sources(t, place, targets, year)
    targets_frame.show(t, place, year)


def _charts(t: Translator, place: Place, targets: pd.DataFrame, year: int) -> None:
    rows = named(t, place, year).assign(with_stretch=_with_stretch(targets, communes_named(place), year))
    for scale in scales_of(targets):
        of_scale = rows[rows["metric"].map(SCALES) == scale]
        frame.chart(
            t,
            title=t(f"targets.chart_{scale}", year=year),
            figure=targets_against(of_scale, t),
            table=of_scale,
            labels=target_labels(t),
            unit=t(f"targets.scale_{scale}"),
            as_of=min(place.month, date(year, 12, 31)),
            source=t("targets.source"),
            key=f"targets_{scale}",
        )


def _with_stretch(targets: pd.DataFrame, units: pd.DataFrame, year: int) -> pd.Series:
    """Return, for firm counts of communes, the value with the stretch communes that the plan names; else missing."""
    extra = units[(units["kind"] == "stretch") & (units["target_year"] == year)]["standard"].value_counts()
    added = targets["metric"].str.removesuffix("_communes").map(extra)
    return (targets["value"].astype(float) + added).where(targets["kind"] == "firm")


def _rule(t: Translator) -> str:
    pace = target_rules()["pace"]
    return t(
        "targets.rule",
        base=t.format.day(pace["base"]),
        months=pace["min_months"],
        times=t.format.plain(pace["on_pace_from"], 1),
    )


def _missing(t: Translator, targets: pd.DataFrame) -> None:
    """Say of each target without a result what would have to be loaded."""
    unknown = targets[targets["status"] == "unknown"]
    lines = [f"{t(f'metric.{metric}')}: {t(f'targets.why_{_kind(metric)}')}" for metric in unknown["metric"]]
    if lines:
        st.info(t("targets.missing") + "\n" + "\n".join(f"- {line}" for line in lines))


def _kind(metric: str) -> str:
    counted = SCALES.get(COUNTED.get(metric, metric), "other")
    counted = {"criteria": "communes"}.get(counted, counted)
    return "other" if metric == "ocop_national_products" or counted not in WHY else counted


def _sources(t: Translator, place: Place, targets: pd.DataFrame, year: int) -> None:
    """Show the buttons to the cells of the targets and of what was reached."""
    labels = target_labels(t)
    month = min(place.month, date(year, 12, 31))
    scope = {"province": place.province, "district": place.district, "month": month}
    counted = set(targets["metric"].map(lambda metric: COUNTED.get(metric, metric)))
    with st.container(horizontal=True):
        source_button(
            t,
            label=t("targets.open_cells", count=t.format.number(len(targets))),
            title=t("targets.cells"),
            rows=partial(named, t, place, year),
            labels={name: labels[name] for name in ("wording", "value_text", "document_text", "confidence_name")},
            key="sources_targets",
        )
        for standard in STANDARDS:
            if {f"{standard}_communes", f"{standard}_communes_new"} & counted:
                source_button(
                    t,
                    label=t("targets.open_holders", standard=t(f"standard.{standard}")),
                    title=t("targets.open_holders", standard=t(f"standard.{standard}")),
                    rows=partial(read, "holders", standard=standard, **scope),
                    labels=_labels(t, "recognition", ("result_year", "decision_no", "decision_date")),
                    key=f"sources_targets_{standard}",
                )
        if set(target_rules()["of_criteria"]) & counted:
            source_button(
                t,
                label=t("targets.open_criteria"),
                title=t("targets.open_criteria"),
                rows=partial(read, "criteria_counts", below=None, **scope),
                labels=_labels(t, "mart_commune_month", ("criteria_met", "criteria_unknown", "last_report")),
                key="sources_targets_criteria",
            )
        targets_cells.buttons(t, place, targets)


def _labels(t: Translator, table: str, columns: tuple[str, ...]) -> dict[str, str]:
    own = {name: frame.column_label(t, table, name) for name in columns}
    return {"name": t("column.commune"), "district_name": t("column.district"), **own}
