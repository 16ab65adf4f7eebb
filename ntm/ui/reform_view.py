"""Today's units on the map: the switch, where their old communes stood, whether sums agree, a unit's old parts."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from ntm.charts.map_reform import part_lines, part_name, part_standing
from ntm.i18n import Translator
from ntm.metrics.reform import Reconciliation, new_units, reconcile, reform_day, reform_documents, standings
from ntm.model import is_missing
from ntm.ui.choices import switch_one
from ntm.ui.filters import Place
from ntm.ui.frame import column_label, data_table

Link = Callable[[Mapping[Hashable, Any], str], None]
"""Shows a link with a label to the page of a unit (unit_code, name, district_name)."""

_SWITCH = "units"
_CHOICES = ("as_reported", "today")
_MOST_NAMES = 6
_SAY = {
    "say_all": ("all_kieu_mau", "all_nang_cao", "all_ntm"),
    "say_some": ("some",),
    "say_none": ("none",),
    "say_unknown": ("unknown",),
    "say_no_rural": ("no_rural",),
}


def switch(t: Translator, month: date) -> bool:
    """Ask which units the map shows and tell whether it is today's; not asked once the reports are theirs."""
    if month >= reform_day():
        return False
    words = {choice: t(f"reform.{choice}") for choice in _CHOICES}
    return switch_one(t("reform.switch"), words, key=_SWITCH) == _CHOICES[1]


def sentence(t: Translator, place: Place, parts: pd.DataFrame) -> None:
    """Say how many of today's units have what kind of old parts, and that this is no standing of theirs."""
    counts = new_units(parts)["class_key"].value_counts()
    said = {key: int(counts.reindex(list(classes)).sum()) for key, classes in _SAY.items()}
    named = ", ".join(t(f"reform.{key}", count=t.format.number(count)) for key, count in said.items() if count)
    units = t.format.number(int(counts.sum()))
    st.markdown(f"{t('reform.say', units=units, place=place.province_name, classes=named)} {t('reform.no_status')}")


def totals(t: Translator, units: pd.DataFrame, communes: pd.DataFrame, parts: pd.DataFrame) -> None:
    """Say whether every old unit is found again once, name the divided ones, and give sums and units as tables.

    The frames are those of metrics.reform.reconcile.
    """
    found = reconcile(units, communes, parts)
    st.markdown(_equation(t, found))
    if found.is_exact:
        st.markdown(t("reform.totals_same", new=t.format.number(found.new_units)))
    else:
        st.warning(t("reform.totals_differ"))
    divided = [f"{unit.name} → {', '.join(unit.into)}" for unit in found.divided]
    for key, names in (("divided", divided), ("unknown", found.unknown), ("outside", found.outside)):
        if names:
            st.caption(t(f"reform.totals_{key}", names=_some_of(t, names)))
    st.caption(t("frame.source", source=t("reform.source")))
    drawer = st.expander(t("reform.tables"), key="reform_drawer", on_change="rerun")
    if drawer.open:
        with drawer:
            _tables(t, found, parts[~parts["is_outside"]])


def _tables(t: Translator, found: Reconciliation, parts: pd.DataFrame) -> None:
    """Show the sums by standing, and every old unit with where it went."""
    sums = found.standings.assign(standing=_standing_names(t, found.standings["standing"]))
    data_table(t, sums, {str(name): t(f"reform.{name}") for name in sums.columns}, key="reform_totals")
    standing = standings(parts["is_rural_commune"], parts["standard"])
    rows = parts.assign(standing=_standing_names(t, standing))
    labels = {
        "old_name": t("reform.old_unit"),
        "old_code": column_label(t, "unit_change", "old_code"),
        "district_name": t("column.district"),
        "standing": t("reform.standing"),
        "new_name": t("reform.new_unit"),
        "new_code": column_label(t, "unit_change", "new_code"),
        "is_partial": column_label(t, "unit_change", "is_partial"),
    }
    data_table(t, rows, labels, key="reform_old")


def _standing_names(t: Translator, codes: pd.Series) -> pd.Series:
    return codes.map(lambda code: t(f"reform.standing_of.{code}"))


def parts_card(
    t: Translator, place: Place, unit: pd.Series | None, parts: pd.DataFrame, link: Link | None = None
) -> None:
    """Show the old parts of one of today's units with their own standings, or how to get one.

    unit: a row of reform_units; parts: rows of reform_parts.
    """
    if unit is None:
        st.info(t("reform.choose"))
        return
    mine = parts[parts["new_code"] == unit["unit_code"]].sort_values("is_rural_commune", ascending=False, kind="stable")
    mine = mine.assign(standing=standings(mine["is_rural_commune"], mine["standard"]))
    with st.container(border=True):
        st.header(unit["name"])
        st.caption(f"{unit['province_name']} · {t('reform.code', code=unit['unit_code'])}")
        st.markdown(t("reform.not_derived", name=unit["name"]))
        if not unit["is_rural_commune"]:
            st.markdown(t("commune.not_rural", kind=unit["kind"]))
        count, communes = t.format.number(len(mine)), t.format.number(int(mine["is_rural_commune"].sum()))
        st.markdown(t("reform.made_of", parts=count, communes=communes, day=t.format.day(place.month)))
        st.markdown("\n".join(_part(t, row) for row in mine.to_dict("records")))
        if link:
            with st.container(horizontal=True):
                for row in mine[~mine["is_outside"]].to_dict("records"):
                    link(row | {"unit_code": row["old_code"], "name": row["old_name"]}, row["old_name"])
        documents = "; ".join(
            t(f"reform.document.{item.kind}", number=item.number, confidence=t(f"confidence.{item.confidence}"))
            for item in reform_documents(str(unit["province_code"]))
        )
        st.caption(t("reform.documents", day=t.format.day(reform_day()), documents=documents))


def table(t: Translator, units: pd.DataFrame, parts: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the map's table twin: one for each of today's units."""
    counted = new_units(parts).set_index("new_code")
    lines = part_lines(parts, t)
    keys = units["unit_code"].map(counted["class_key"]).fillna("unknown")
    return units.assign(
        class_name=keys.map(lambda key: t(f"reform.class.{key}")),
        parts=units["unit_code"].map(counted["parts"]),
        rural_parts=units["unit_code"].map(counted["rural_parts"]),
        old_parts=units["unit_code"].map(lambda code: "; ".join(lines.get(str(code), ()))),
    )


def table_labels(t: Translator) -> dict[str, str]:
    """Columns of that table."""
    return {
        "name": t("reform.new_unit"),
        "unit_code": column_label(t, "admin_unit", "unit_code"),
        "province_name": t("reform.province_today"),
        "class_name": t("reform.class_of_parts"),
        "parts": t("reform.parts"),
        "rural_parts": t("reform.communes"),
        "old_parts": t("reform.old_parts"),
    }


def _equation(t: Translator, found: Reconciliation) -> str:
    return t(
        "reform.totals",
        units=t.format.number(found.old_units),
        communes=t.format.number(found.old_communes),
        others=t.format.number(found.old_units - found.old_communes),
        whole=t.format.number(found.whole),
        divided=t.format.number(len(found.divided)),
        unknown=t.format.number(len(found.unknown)),
    )


def _some_of(t: Translator, names: Sequence[str]) -> str:
    more = len(names) - _MOST_NAMES
    tail = f" {t('reform.more', count=t.format.number(more))}" if more > 0 else ""
    return "; ".join(names[:_MOST_NAMES]) + tail


def _part(t: Translator, row: Mapping[Hashable, Any]) -> str:
    """Return one old part as an item of a list: name, district and code; then standing, criteria, day of report."""
    above = "" if is_missing(row["district_name"]) else f"{row['district_name']}, "
    code, day = t("reform.code", code=row["old_code"]), row["last_report"]
    reported = "" if is_missing(day) else f", {t('commune.reported', day=t.format.day(day))}"
    return f"- **{part_name(row, t)}** ({above}{code}): {part_standing(row, t)}{reported}"
