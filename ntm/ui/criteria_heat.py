"""Section 'heat' of the criteria page: communes by criterion, or districts by criterion where communes are many."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ntm.charts.criteria import communes_by_criterion, share_matrix
from ntm.i18n import Translator
from ntm.metrics.outcomes import NOT_MET, UNKNOWN, OutcomeTable, met_share
from ntm.ui import criteria_view as view
from ntm.ui import frame
from ntm.ui.cache import read
from ntm.ui.choices import switch_one
from ntm.ui.filters import Place
from ntm.ui.unit_rows import commune_rows
from ntm.ui.wording import share_text, words

_READABLE = 60
"""Communes that stand in one heat map; of more the districts are shown first."""
_MOST_ROWS = 120


def show(t: Translator, place: Place) -> None:
    """Show the heat map, then each criterion with its agency, then the communes with their cells."""
    table = view.outcomes(place)
    level = _choose_level(t, place, len(table))
    if level == "districts":
        districts(t, place)
    elif len(table) > _MOST_ROWS and place.district is None:
        st.info(t("criteria.choose_district", count=t.format.number(len(table))))
    else:
        _communes(t, place, table)
    _criteria(t, place, table)
    _list(t, place, table)


def _choose_level(t: Translator, place: Place, communes: int) -> str:
    names = {name: t(f"criteria.level_{name}") for name in ("communes", "districts")}
    if place.district or not len(read("criteria_districts", province=place.province, month=place.month)):
        return "communes"
    options = names if communes <= _READABLE else dict(reversed(names.items()))
    return switch_one(t("criteria.level"), options, key="criteria_level")


def _communes(t: Translator, place: Place, table: OutcomeTable) -> None:
    criteria = view.named(t, table.criteria)
    numbers = list(criteria["criterion_no"])

    wide = pd.DataFrame(table.codes, columns=numbers)
    texts = {code: t(f"outcome.{name}") for code, name in enumerate(("met", "not_met", "unknown"))}
    frame.chart(
        t,
        title=_title(t, place, table),
        figure=communes_by_criterion(table, list(criteria["criterion"]), t),
        table=table.units[["name", "district_name"]].join(wide.replace(texts)),
        labels={
            "name": t("column.commune"),
            "district_name": t("column.district"),
            **dict(zip(numbers, criteria["label"], strict=True)),
        },
        unit=t("criteria.unit_outcome"),
        as_of=place.month,
        source=t("overview.source_criteria"),
        key="criteria_heat",
    )
    view.cells(
        t,
        label=t("criteria.open_not_met", count=t.format.number(int((table.codes == NOT_MET).sum()))),
        title=t("criteria.cells_not_met"),
        rows=lambda: view.outcome_cells(place, "not_met"),
        key="not_met",
    )


def _title(t: Translator, place: Place, table: OutcomeTable) -> str:
    return t(
        "criteria.heat_title",
        place=place.name,
        full=t.format.number(int((table.units["met"] == len(table.criteria)).sum())),
        communes=t.format.number(len(table)),
        missed=t.format.number(int((table.codes == NOT_MET).sum())),
        unknown=t.format.number(int((table.codes == UNKNOWN).sum())),
    )


def districts(t: Translator, place: Place) -> None:
    """Show the share of communes meeting each criterion, district by district, of the whole province."""
    rows = view.named(t, read("criteria_districts", province=place.province, month=place.month))
    if not len(rows):
        return
    names = list(dict.fromkeys(rows["name"].map(_short_district)))
    frame.chart(
        t,
        title=t("criteria.districts_title", place=place.province_name),
        figure=share_matrix(rows.assign(district=rows["name"].map(_short_district)), "district", names, t),
        table=rows,
        labels={"name": t("column.district"), **count_labels(t)},
        unit=t("criteria.unit_share"),
        as_of=place.month,
        source=t("overview.source_criteria"),
        key="criteria_districts",
    )


def _short_district(name: str) -> str:
    kind, _, rest = name.partition(" ")
    if kind == "Huyện":
        return rest
    return f"{rest.removeprefix('phố ').removeprefix('xã ')} ({'TP' if kind == 'Thành' else 'TX'})"


def count_labels(t: Translator) -> dict[str, str]:
    """Columns of tables that count communes by criterion."""
    return {
        "label": t("column.criterion"),
        "agency": t("district.agency"),
        "met": t("criteria.communes_met"),
        "not_met": t("district.miss"),
        "unknown": t("district.unknown"),
    }


def _criteria(t: Translator, place: Place, table: OutcomeTable) -> None:
    rows = view.named(t, table.criteria).sort_values(["not_met", "unknown"], ascending=False, kind="stable")
    with st.container(border=True):
        st.header(t("criteria.by_criterion", set=view.set_name(t, str(rows["set_code"].iloc[0]))))
        shares = [met_share(met, not_met) for met, not_met in zip(rows["met"], rows["not_met"], strict=True)]
        with_text = rows.assign(met=[share_text(t, share) for share in shares])
        labels = count_labels(t) | {"met": t("criteria.share_met")}
        frame.data_table(t, with_text, labels, key="criteria_by_criterion")


def _list(t: Translator, place: Place, table: OutcomeTable) -> None:
    rows = table.units.assign(
        standard_name=words(t, table.units["standard"], "highest"),
        unmet=table.numbers(NOT_MET).map(lambda numbers: ", ".join(numbers) or None),
    ).sort_values(["met", "name"], kind="stable")
    labels = {
        "name": t("column.commune"),
        "district_name": t("column.district"),
        "standard_name": t("column.standard_now"),
        "met": t("criteria.count_met"),
        "unmet": t("district.missing"),
        "unknown": t("criteria.count_unknown"),
        "last_report": frame.column_label(t, "mart_commune_month", "last_report"),
    }
    with st.container(border=True):
        st.header(t("criteria.list"))
        commune_rows(t, place, rows, labels, "criteria_communes", lambda row: _cells_of(t, place, row))


def _cells_of(t: Translator, place: Place, row: pd.Series) -> None:
    view.cells(
        t,
        label=t("criteria.open_commune", name=row["name"]),
        title=t("commune.criteria_cells"),
        rows=lambda: view.outcome_cells(place, communes=pd.Series([row["unit_code"]])),
        key="commune",
    )
