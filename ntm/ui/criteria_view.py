"""What the sections of the criteria page share: the figures of a place, the words of a criterion, the cells behind."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from ntm.i18n import Translator
from ntm.metrics.binding import communes_away
from ntm.metrics.outcomes import OutcomeTable, outcome_table
from ntm.metrics.reassessment import reassessment
from ntm.metrics.regressions import losses
from ntm.metrics.standing import STANDARDS
from ntm.model import is_missing
from ntm.ui import frame
from ntm.ui.cache import derived, read
from ntm.ui.commune_card import criterion_name
from ntm.ui.filters import Place
from ntm.ui.sources import source_button
from ntm.ui.wording import words

CANDIDATES, HOLDERS = "candidates", "holders"
GROUPS = (CANDIDATES, HOLDERS)
"""Communes without a standard, and those that hold one and miss criteria of the set in use all the same."""
_NAMES_SAID = 6


def outcomes(place: Place) -> OutcomeTable:
    """Return who meets what at the month."""
    return derived(outcome_table, "commune_outcomes", **place.scope)


def away(place: Place, group: str = CANDIDATES) -> pd.DataFrame:
    """Return the communes of a group that are up to three criteria away from all of the set (communes_away)."""
    return derived({CANDIDATES: _candidates_away, HOLDERS: _holders_away}[group], "commune_outcomes", **place.scope)


def _candidates_away(rows: pd.DataFrame) -> pd.DataFrame:
    table = outcome_table(rows)
    return communes_away(table.of(~table.units["standard"].isin(STANDARDS)))


def _holders_away(rows: pd.DataFrame) -> pd.DataFrame:
    table = outcome_table(rows)
    return communes_away(table.of(table.units["standard"].isin(STANDARDS)))


def waiting(place: Place) -> pd.DataFrame:
    """Return the communes that meet all of the set and hold no standard by the lists of recognitions."""
    return outcomes(place).waiting


def lost(place: Place) -> pd.DataFrame:
    """Return the criteria met before and lost, under every set up to the month (regressions.losses)."""
    return derived(losses, "criteria_changes", **place.scope)


def reassessed(place: Place) -> pd.DataFrame:
    """Return where the recognised communes stand under the set in use (reassessment)."""
    return derived(reassessment, "criteria_recognised", **place.scope)


def named(t: Translator, rows: pd.DataFrame) -> pd.DataFrame:
    """Add the words of criteria: `criterion`, `label` with its number, `agency`, and `outcome_name` of outcomes."""
    pairs = list(zip(rows["name_vi"], rows["name_en"], strict=True))
    words_of = {pair: criterion_name(t, dict(zip(("name_vi", "name_en"), pair, strict=True))) for pair in set(pairs)}
    names = [words_of[pair] for pair in pairs]
    told = rows.assign(
        criterion=names,
        label=[f"{number} {name}" for number, name in zip(rows["criterion_no"], names, strict=True)],
        agency=[t("criteria.no_agency") if is_missing(agency) else agency for agency in rows["lead_agency"]],
    )
    return told.assign(outcome_name=words(t, rows["outcome"], "outcome")) if "outcome" in rows else told


def label_of(t: Translator, place: Place) -> dict[str, str]:
    """Return '10 Thu nhập' for each number of the set in use."""
    rows = outcomes(place).criteria
    return dict(zip(rows["criterion_no"], named(t, rows)["label"], strict=True))


def some_names(t: Translator, names: pd.Series) -> str:
    """Return names in a row: all of a few, of more the first and how many there are besides."""
    listed = [str(name) for name in names]
    if len(listed) <= _NAMES_SAID + 1:
        return ", ".join(listed)
    return t("criteria.and_more", names=", ".join(listed[:_NAMES_SAID]), count=len(listed) - _NAMES_SAID)


def set_name(t: Translator, set_code: str) -> str:
    """Return the name of a criteria set as charts say it."""
    return t("chart.set", years=set_code[-9:].replace("_", "-"))


def cells(
    t: Translator, *, label: str, title: str, rows: Callable[[], pd.DataFrame], key: str, day: bool = False
) -> None:
    """Show the button to the cells of rows of commune_outcomes or criteria_changes; `day` tells the report of each."""
    source_button(
        t,
        label=label,
        title=title,
        rows=lambda: named(t, rows()),
        labels={
            "name": t("column.commune"),
            "label": t("column.criterion"),
            "outcome_name": frame.column_label(t, "criterion_result", "outcome"),
            **({"period_end": frame.column_label(t, "criterion_result", "period_end")} if day else {}),
            "agency": t("district.agency"),
        },
        key=f"sources_criteria_{key}",
    )


def outcome_cells(place: Place, outcome: str | None = None, communes: pd.Series | None = None) -> pd.DataFrame:
    """Return the cells behind the outcomes of the place, of one outcome and of some communes (their codes) alone."""
    rows = read("commune_outcomes", **place.scope).dropna(subset=["cell"])
    if outcome:
        rows = rows[rows["outcome"] == outcome]
    return rows if communes is None else rows[rows["unit_code"].isin(communes)]
