"""What the sections of the target page share: the year, the targets assessed, the named communes, tables of targets."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import pandas as pd
import streamlit as st

from ntm.i18n import Translator, translator
from ntm.metrics.pace import assessed
from ntm.metrics.targets import named_units, with_years
from ntm.ui.cache import made, read
from ntm.ui.filters import WIDTH, Place
from ntm.ui.frame import column_label
from ntm.ui.targets_words import actual_text, document_text, missing_text, unit_word, value_text
from ntm.ui.wording import target_wording, words

DEFAULT_YEAR = 2025
"""The end of the programme's period, that the page is named for."""
OF_YEAR = ("standing", "communes")
"""Sections about the year chosen; the others are about the targets of all years."""


def targets_of(place: Place, unit: str | None = None) -> pd.DataFrame:
    """Return the targets of the place (or of another unit) at its month, as metrics.pace.assessed."""
    return targets_at(unit or place.unit, place.month)


def targets_at(unit: str, month: date) -> pd.DataFrame:
    """Return the targets of a district or province at a month, as metrics.pace.assessed."""
    return made(_assessed, unit, month)


def _assessed(unit: str, month: date) -> pd.DataFrame:
    return assessed(read("targets", unit=unit, month=month), read("targets_history", unit=unit), month)


def choose_year(t: Translator, years: Collection[int]) -> int:
    """Show the choice of the year that targets are due in; 2025 first where there is something due."""
    shown = sorted({*years} or {DEFAULT_YEAR}, reverse=True)
    first = shown.index(DEFAULT_YEAR) if DEFAULT_YEAR in shown else 0
    chosen = st.selectbox(
        t("targets.year"),
        [str(year) for year in shown],
        index=first,
        key="target_year",
        bind="query-params",
        width=WIDTH,
    )
    return int(chosen)


def due_years(targets: pd.DataFrame) -> set[int]:
    """Return the years that targets are due in."""
    return {int(year) for year in targets["due_date"].dt.year}


def of_section(section: str, targets: pd.DataFrame, year: int) -> tuple[object, ...]:
    """Return what a section's `show` takes besides the place: of OF_YEAR the year's targets and the year, else all."""
    return (targets[targets["due_date"].dt.year == year], year) if section in OF_YEAR else (targets,)


def communes_named(place: Place) -> pd.DataFrame:
    """Return the communes of the place that plans name, all years, with what they hold at the month."""
    return named_at(place.province, place.district, place.month)


def named_at(province: str, district: str | None, month: date) -> pd.DataFrame:
    """Return the same of a province, or of one district of it."""
    units = made(_named_units, province, month)
    return units if district is None else units[units["district_code"] == district]


def _named_units(province: str, month: date) -> pd.DataFrame:
    return with_years(named_units(read("target_units", province=province, month=month)))


def ntm_asked(targets: pd.DataFrame) -> float | None:
    """Return how many NTM communes the firm targets ask for: what its higher standards are shares of."""
    asked = targets[(targets["metric"] == "ntm_communes") & (targets["kind"] == "firm")]["value"].dropna()
    return float(asked.iloc[0]) if len(asked) else None


def named(t: Translator, place: Place, year: int) -> pd.DataFrame:
    """Return the targets of the place due in a year with the words of their codes."""
    return made(_named, place.unit, place.month, year, t.language)


def _named(unit: str, month: date, year: int, language: str) -> pd.DataFrame:
    t, targets = translator(language), made(_assessed, unit, month)
    targets = targets[targets["due_date"].dt.year == year]
    of_ntm = ntm_asked(targets)
    rows = list(targets.to_dict("records"))
    return targets.assign(
        wording=[target_wording(t, row) for _, row in targets.iterrows()],
        kind_name=words(t, targets["kind"], "target_kind"),
        status_name=words(t, targets["status"], "status"),
        confidence_name=words(t, targets["confidence"], "confidence"),
        value_text=[value_text(t, row, of_ntm) for row in rows],
        actual_text=[actual_text(t, row) for row in rows],
        missing_text=[missing_text(t, row) for row in rows],
        document_text=[document_text(t, row) for row in rows],
        pace_unit=[t("targets.a_year", unit=unit_word(t, row)) for row in rows],
        denominator_text=targets["denominator"].fillna(t("targets.no_denominator")),
    )


def target_labels(t: Translator) -> dict[str, str]:
    """Columns of the table of targets."""
    return {
        "wording": t("column.target"),
        "kind_name": column_label(t, "target", "kind"),
        "value_text": column_label(t, "target", "value"),
        "actual_text": column_label(t, "mart_target_progress", "actual"),
        "period_end": t("targets.at"),
        "missing_text": column_label(t, "mart_target_progress", "gap"),
        "status_name": t("column.status"),
        "pace_so_far": t("targets.pace_so_far"),
        "pace_of_year": t("targets.pace_of_year"),
        "pace_needed": t("targets.pace_needed"),
        "pace_unit": t("targets.pace_unit"),
        "due_date": column_label(t, "target", "due_date"),
        "denominator_text": column_label(t, "target", "denominator"),
        "document_text": column_label(t, "target", "document"),
        "confidence_name": column_label(t, "target", "confidence"),
    }
