"""What is asked on the page Khám phá: measure, rows, columns, filters, period. All lies in the URL by codes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd
import streamlit as st

from ntm.i18n import Translator
from ntm.metrics.explore import Measure, dimensions, measures, of_communes
from ntm.metrics.explore_cells import is_over_time
from ntm.ui.cache import as_day, read
from ntm.ui.choices import choose_one, choose_several
from ntm.ui.commune_card import criterion_name
from ntm.ui.filters import Place
from ntm.ui.wording import words

NONE = "none"
FILTERS: Mapping[str, str] = {
    "standard": "explore_standards",
    "source_code": "explore_sources",
    "kind": "explore_kinds",
}
"""Column that rows can be filtered by -> the name of the choice in the URL."""
_TEXTS = {"standard": "highest", "source_code": "source"}
_CODES: Mapping[str, Sequence[str]] = {
    "standard": ["kieu_mau", "nang_cao", "ntm", "none", "unknown"],
    "source_code": [
        "central", "local_province", "local_district", "local_commune", "local", "integrated", "credit", "enterprise",
        "community", "other",
    ],
}  # fmt: skip
_KINDS: Mapping[str, Sequence[str]] = {
    "district": ["huyện", "quận", "thành phố", "thị xã"],
    "commune": ["xã", "phường", "thị trấn", "đặc khu"],
}
"""Kinds of the units of a level: of the districts that communes lie in, or of the units that tell money."""
_YEAR = 12


@dataclass(frozen=True)
class Asked:
    """A table that is asked for: `rows` and `columns` are keys of dimensions.

    `first` is the first month of the period (the month itself where the table goes over no time), `kept` the codes of a
    column that rows are kept of (none: all).
    """

    measure: Measure
    rows: str
    columns: str | None
    criterion: str | None
    first: date
    kept: Mapping[str, tuple[str, ...]]

    @property
    def dims(self) -> list[str]:
        return [self.rows, *([self.columns] if self.columns else [])]


def choose(t: Translator, place: Place) -> Asked:
    """Show the choices of a table."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        measure = choose_measure(t)
        labels = {key: t.label(dimension.label) for key, dimension in dimensions().items()}
        rows = choose_one(t("explore.rows"), labels, key="explore_rows")
        others = {NONE: t("explore.no_columns")} | labels
        columns = choose_one(t("explore.columns"), others, key="explore_columns")
        asked = [rows] if columns == NONE else [rows, columns]
        first = choose_first(t, place) if is_over_time(asked) else place.month
        criterion = choose_criterion(t, place, measure, asked)
        kept = _choose_kept(t, place, measure, asked)
    return Asked(measure, rows, None if columns == NONE else columns, criterion, first, kept)


def choose_measure(t: Translator, key: str = "explore_measure", default: str = "ntm_share") -> Measure:
    """Show the choice of a measure."""
    labels = {name: t.label(measure.label) for name, measure in measures().items()}
    return measures()[choose_one(t("explore.measure"), labels, key=key, default=default, width=360)]


def choose_of_commune(t: Translator, label: str, key: str, default: str) -> Measure:
    """Show the choice of a measure that each commune has a value of."""
    labels = {name: t.label(measure.commune or measure.label) for name, measure in of_communes().items()}
    return measures()[choose_one(label, labels, key=key, default=default, width=300)]


def choose_first(t: Translator, place: Place) -> date:
    """Show the choice of the period's first month: a year back unless another is chosen."""
    options = {f"{month:%Y-%m}": f"{month:%m/%Y}" for month in place.months if month <= place.month}
    codes = list(options)
    chosen = choose_one(t("explore.from"), options, key="explore_from", default=codes[min(_YEAR, len(codes) - 1)])
    return next(month for month in place.months if f"{month:%Y-%m}" == chosen)


def choose_criterion(t: Translator, place: Place, measure: Measure, asked: list[str]) -> str | None:
    """Show the choice of the criterion where a measure of criteria is not laid out by criterion."""
    if measure.subject != "criteria" or "criterion" in asked:
        return None
    return choose_one(t("explore.criterion"), criteria_names(t, place), key="explore_criterion", width=300)


def criteria_names(t: Translator, place: Place) -> dict[str, str]:
    """Return '10 Thu nhập' for the number of each criterion of the set in use at the month."""
    months = read("standing_by_month", unit=place.province)
    sets = months.loc[months["period_end"] == pd.Timestamp(place.month), "set_code"]
    rows = read("criteria")
    rows = rows[rows["set_code"].isin(sets)]
    return {
        str(row["criterion_no"]): f"{row['criterion_no']} {criterion_name(t, row)}" for row in rows.to_dict("records")
    }


def _choose_kept(t: Translator, place: Place, measure: Measure, asked: list[str]) -> dict[str, tuple[str, ...]]:
    options: dict[str, Sequence[str]] = {}
    if measure.is_money:
        options["source_code"] = _CODES["source_code"]
    elif measure.subject == "communes" and "standard" not in measure.refuses:
        options["standard"] = _CODES["standard"]
    level = level_of(place, asked) if measure.is_money else "district"
    # A district is of one kind, and outcomes of criteria come by district.
    if measure.subject != "criteria" and level in _KINDS and not (level == "district" and place.district):
        options["kind"] = _KINDS[level]
    return {
        column: choose_several(
            t(f"explore.only_{column}"),
            {code: kept_name(t, column, code) for code in codes},
            key=FILTERS[column],
            placeholder=t("explore.all"),
        )
        for column, codes in options.items()
    }


def kept_name(t: Translator, column: str, code: str) -> str:
    """Return the words of a code that rows are kept of; a kind of unit is its own word, capitalised."""
    if column == "kind":
        return code[:1].upper() + code[1:]
    return str(words(t, pd.Series([code]), _TEXTS[column]).iloc[0])


def level_of(place: Place, dims: Sequence[str]) -> str:
    """Return whose money is asked for: a province's total is what it reports, not the sum of its districts."""
    if "commune" in dims:
        return "commune"
    return "district" if "district" in dims or place.district else "province"


def month_of(day: object) -> str:
    """Return the words of a month as filters have them."""
    return f"{as_day(day):%m/%Y}"
