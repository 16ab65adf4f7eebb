"""Section 'communes' of the target page: the communes that plans name, and by name the criteria each has not met."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from ntm.i18n import Translator
from ntm.metrics.targets import SCALES
from ntm.model import is_missing
from ntm.ui.cache import read
from ntm.ui.filters import Place
from ntm.ui.frame import column_label
from ntm.ui.sources import source_button
from ntm.ui.targets_view import communes_named
from ntm.ui.unit_rows import commune_rows
from ntm.ui.wording import target_wording, words

Names = Mapping[tuple[str, str], str]
_KINDS = ("firm", "floor", "stretch")


def show(t: Translator, place: Place, targets: pd.DataFrame, year: int) -> None:
    """Show the named communes of the year, firm ones first, stretch ones apart; then the communes under a floor."""
    units = communes_named(place)
    units = units[units["target_year"] == year]
    names = criterion_names(t)
    st.caption(t("targets.communes_note", day=t.format.day(place.month)))
    for kind in _KINDS:
        of_kind = units[units["kind"] == kind]
        if len(of_kind):
            _table(t, place, of_kind, names, kind, year)
    if not len(units):
        st.info(t("targets.no_communes"))
    _count_only(t, targets, units)
    _under_floor(t, place, targets, names, year)


def criterion_names(t: Translator) -> Names:
    """Return the name of each criterion by (set_code, criterion_no)."""
    rows = read("criteria")
    words_of = rows["name_vi"] if t.language == "vi" else rows["name_en"].fillna(rows["name_vi"])
    return dict(zip(zip(rows["set_code"], rows["criterion_no"], strict=True), words_of, strict=True))


def lacking(t: Translator, row: Mapping[Hashable, Any], names: Names) -> str:
    """Return the criteria that a named commune has not met, by name, and those that are not known.

    For a standard above NTM first those of its own set, where there is a report under one, then those of the NTM set.
    """
    of_ntm = _listed(t, row["unmet"], row["unknown"], str(row["set_code"]), names)
    if row["standard"] == "ntm":
        return of_ntm
    standard = t(f"standard.{row['standard']}")
    own = t("targets.no_own_report", standard=standard)
    if not is_missing(row["own_set_code"]):
        found = _listed(t, row["own_unmet"], row["own_unknown"], str(row["own_set_code"]), names, is_told=True)
        own = f"{standard}: {found}"
    return own if of_ntm == t("targets.none_lacking") else f"{own}; {t('standard.ntm')}: {of_ntm}"


def _listed(
    t: Translator, unmet: object, unknown: object, set_code: str, names: Names, *, is_told: bool = False
) -> str:
    """Return the names of criteria not met and unknown. An empty list means none where a report is told of."""
    numbers, not_known = _numbers(unmet), _numbers(unknown)
    if not is_told and _is_absent(unmet):
        return t("unknown")
    named = ", ".join(names.get((set_code, number), number) for number in numbers)
    text = named or (t("targets.none_lacking") if not not_known else "")
    if not_known:
        more = ", ".join(names.get((set_code, number), number) for number in not_known)
        text = "; ".join(filter(None, [text, t("targets.criteria_unknown", names=more)]))
    return text


def _is_absent(value: object) -> bool:
    return not hasattr(value, "__len__") or isinstance(value, str)


def _numbers(value: object) -> Sequence[str]:
    return () if _is_absent(value) else sorted((str(number) for number in value), key=_as_number)  # type: ignore[attr-defined]


def _as_number(number: str) -> int:
    return int(number) if number.isdigit() else 0


def _table(t: Translator, place: Place, units: pd.DataFrame, names: Names, kind: str, year: int) -> None:
    rows = units.assign(
        standard_name=words(t, units["standard"], "standard"),
        now_name=words(t, units["standard_now"], "highest"),
        reached_text=[
            t("unknown") if is_missing(value) else t("yes") if value else t("no") for value in units["is_reached"]
        ],
        lacking_text=[lacking(t, row, names) for row in units.to_dict("records")],
    )
    labels = {
        "standard_name": column_label(t, "target_unit", "standard"),
        "name": t("column.commune"),
        "district_name": t("column.district"),
        "reached_text": t("column.reached"),
        "lacking_text": t("targets.lacking"),
        "now_name": t("column.standard_now"),
        "criteria_met": column_label(t, "mart_commune_month", "criteria_met"),
        "planned_years": t("targets.planned_years"),
        "document": column_label(t, "target_unit", "document"),
    }
    title = t("targets.communes", kind=t(f"target_kind.{kind}").lower(), year=year)
    with st.container(border=True):
        st.header(title)
        commune_rows(t, place, rows, labels, f"target_communes_{kind}")
        source_button(
            t,
            label=t("overview.open_communes", count=t.format.number(len(rows))),
            title=title,
            rows=lambda: rows,
            labels={name: labels[name] for name in ("name", "district_name", "standard_name", "document")},
            key=f"sources_target_units_{kind}",
        )


def _count_only(t: Translator, targets: pd.DataFrame, units: pd.DataFrame) -> None:
    """Say which targets give a number of communes without naming any; none is invented."""
    of_communes = targets[(targets["metric"].map(SCALES) == "communes") & targets["value"].notna()]
    named = set(units["standard"])
    lines = [
        f"{target_wording(t, row)}: {t.format.plain(row['value'])}"
        for _, row in of_communes.iterrows()
        if str(row["metric"]).partition("_communes")[0] not in named and row["metric"] != "communes_below_15"
    ]
    if lines:
        st.info(t("targets.count_only") + "\n" + "\n".join(f"- {line}" for line in lines))


def _under_floor(t: Translator, place: Place, targets: pd.DataFrame, names: Names, year: int) -> None:
    """Show the communes that stand under the floor of the year at the month of its figure."""
    floors = targets[(targets["metric"] == "criteria_met_min") & targets["value"].notna()]
    for value in sorted({int(value) for value in floors["value"]}):
        month = min(place.month, date(year, 12, 31))
        scope = {"province": place.province, "district": place.district, "month": month}
        found = partial(read, "criteria_counts", below=value, **scope)
        sets = read("communes", **scope).set_index("unit_code")["set_code"]
        rows = found()
        rows = rows.assign(
            unmet_text=[
                ", ".join(names.get((str(sets.get(code)), number), number) for number in _numbers(unmet))
                for code, unmet in zip(rows["unit_code"], rows["unmet"], strict=True)
            ]
        )
        labels = {
            "name": t("column.commune"),
            "district_name": t("column.district"),
            "criteria_met": column_label(t, "mart_commune_month", "criteria_met"),
            "unmet_text": t("targets.lacking"),
            "last_report": column_label(t, "mart_commune_month", "last_report"),
        }
        title = t("targets.under", value=value, count=t.format.number(len(rows)), day=t.format.day(month))
        with st.container(border=True):
            st.header(title)
            if len(rows):
                commune_rows(t, place, rows, labels, f"under_{value}")
                source_button(
                    t, label=t("overview.open_communes", count=t.format.number(len(rows))), title=title, rows=found,
                    labels={name: labels[name] for name in ("name", "district_name", "criteria_met")},
                    key=f"sources_under_{value}",
                )  # fmt: skip
