"""What a leader asks first: where we stand against the targets of a year, and which communes stand between."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from ntm.i18n import Translator, translator
from ntm.metrics.pace import STATUSES
from ntm.metrics.share import share
from ntm.metrics.standing import STANDARDS
from ntm.model import is_missing
from ntm.ui.cache import made
from ntm.ui.filters import Place
from ntm.ui.targets_view import named_at, ntm_asked, targets_at
from ntm.ui.targets_words import target_line
from ntm.ui.wording import share_text

_NAMES_SHOWN = 8


def show(t: Translator, place: Place, year: int) -> None:
    """Say the firm targets and floors of the year, each with its gap, then stretch ones, then the communes named."""
    with st.container(border=True):
        for paragraph in made(_paragraphs, place.province, place.district, place.month, year, t.language):
            st.markdown(paragraph)


def _paragraphs(province: str, district: str | None, month: date, year: int, language: str) -> tuple[str, ...]:
    t = translator(language)
    targets = targets_at(district or province, month)
    targets = targets[targets["due_date"].dt.year == year]
    units = named_at(province, district, month)
    units = units[units["target_year"] == year]
    said = _targets(t, targets, is_district=district is not None, month=month, year=year)
    return (*said, *_units(t, targets, units, month))


def _targets(t: Translator, targets: pd.DataFrame, *, is_district: bool, month: date, year: int) -> list[str]:
    if not len(targets):
        return [t("targets.none_district" if is_district else "targets.none_year", year=year)]
    of_ntm, is_stretch = ntm_asked(targets), targets["kind"] == "stretch"
    rows = [*targets[~is_stretch].to_dict("records"), *targets[is_stretch].to_dict("records")]
    lines = "\n".join(f"- {target_line(t, row, of_ntm)}" for row in rows)
    return [_summary(t, targets[~is_stretch], month, year), lines]


def _units(t: Translator, targets: pd.DataFrame, units: pd.DataFrame, month: date) -> list[str]:
    found = []
    named = [line for standard in STANDARDS if (line := _named(t, standard, targets, units))]
    if named:
        found += [t("targets.named", day=t.format.day(month)), "\n".join(f"- {line}" for line in named)]
    slipped = units[units["is_slipped"] & ~units["is_reached"].fillna(False).astype(bool)]
    if len(slipped):
        years = zip(slipped["name"], slipped["planned_years"], strict=True)
        found.append(t("targets.slipped", names="; ".join(f"{name} ({planned})" for name, planned in years)))
    return found


def _summary(t: Translator, counted: pd.DataFrame, month: date, year: int) -> str:
    numbers = counted["status"].value_counts()
    parts = [f"{t(f'status.{status}').lower()} {numbers[status]}" for status in STATUSES if status in numbers]
    return t(
        "targets.summary",
        year=year,
        day=t.format.day(month),
        count=t.format.number(len(counted)),
        parts=", ".join(parts),
    )


def _named(t: Translator, standard: str, targets: pd.DataFrame, units: pd.DataFrame) -> str | None:
    """Name the communes of one standard: firm ones with what became of each, stretch ones apart."""
    of_standard = units[units["standard"] == standard]
    firm, stretch = (of_standard[of_standard["kind"] == kind] for kind in ("firm", "stretch"))
    parts = []
    if len(firm):
        names = _with_state(t, firm)
        parts.append(t("targets.named_firm", count=len(firm), standard=t(f"standard.{standard}"), names=names))
    if len(stretch):
        names = _with_state(t, stretch)
        parts.append(t("targets.named_stretch", count=len(stretch), standard=t(f"standard.{standard}"), names=names))
        if total := _with_stretch(t, standard, targets, len(stretch)):
            parts.append(total)
    return " ".join(parts) or None


def _with_state(t: Translator, units: pd.DataFrame) -> str:
    state = {True: "targets.is_reached", False: "targets.is_open"}
    names = [
        f"{row['name']} ({t('unknown') if is_missing(row['is_reached']) else t(state[bool(row['is_reached'])])}"
        f"{_criteria(t, row)})"
        for row in units.to_dict("records")
    ]
    more = len(names) - _NAMES_SHOWN
    return ", ".join(names[:_NAMES_SHOWN]) + (" " + t("and_more", count=more) if more > 0 else "")


def _criteria(t: Translator, row: Mapping[Hashable, Any]) -> str:
    """Return how many criteria of the NTM set are met, of a commune that is not there yet and named for NTM."""
    if row["standard"] != "ntm" or row["is_reached"] or not row["is_count_known"]:
        return ""
    met, total = (t.format.number(row[name]) for name in ("criteria_met", "criteria_total"))
    return t("targets.criteria_met", met=met, total=total)


def _with_stretch(t: Translator, standard: str, targets: pd.DataFrame, count: int) -> str | None:
    """Say what the firm target and the stretch communes add up to; nothing without a firm number of all communes."""
    firm = targets[(targets["metric"] == f"{standard}_communes") & (targets["kind"] == "firm")]
    if not len(firm) or is_missing(firm["value"].iloc[0]) or is_missing(firm["communes"].iloc[0]):
        return None
    of = share(float(firm["value"].iloc[0]) + count, firm["communes"].iloc[0], "share.of_communes")
    return t("targets.with_stretch", share=share_text(t, of))
