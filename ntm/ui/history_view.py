"""The data page's parts about time: the loads so far, and what the last one changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pandas as pd
import streamlit as st

from ntm.catalog import Column, tables
from ntm.formatting import UNKNOWN
from ntm.i18n import Translator
from ntm.model import is_missing
from ntm.ui.cache import read
from ntm.ui.frame import column_label, data_table
from ntm.ui.sources import source_table
from ntm.ui.wording import words

MOST_CHANGES = 2_000
_HISTORY_COLUMNS = (
    "built_at", "changed", "added", "removed", "findings_block", "findings_ask", "note", "files", "sheets", "facts",
    "build_id",
)  # fmt: skip
_CHANGE_COLUMNS = ("column_name", "old_value", "new_value", "change", "what", "period_end", "table_name")
_WORDS = {
    "outcome": "outcome",
    "event": "event_name",
    "state": "state",
    "confidence": "confidence",
    "comparison": "comparison",
    "source_code": "source",
    "nature": "nature",
    "stage": "stage",
    "standard": "standard",
    "value_kind": "value_kind",
    "kind": "target_kind",
}
"""Column -> the section of texts that has the words of its codes."""
_SAID_LAST = ("value_kind", "is_cumulative", "year", "period_start", "reported_on", "set_code")
"""Parts of a key that many figures share: what tells one from its neighbours is said before them."""
_UNSAID = frozenset({"metric"})
"""Codes for the program beside the wording that people read."""


def is_known() -> bool:
    """Tell whether the snapshot has a history: one of an older version of the product has none."""
    return {"load_history", "fact_change"} <= set(read("known_tables")["table_name"])


def sentence(t: Translator) -> None:
    """Say what the last load changed."""
    last = read("load_history").iloc[0]
    key = "data.first_load" if last["note"] == "first_load" else "data.last_load"
    counts = {name: t.format.number(int(last[name])) for name in ("changed", "added", "removed")}
    st.markdown(t(key, **counts))


def loads(t: Translator) -> None:
    """Show the loads so far, the newest first."""
    rows = read("load_history")
    named = rows.assign(built_at=rows["built_at"].map(t.format.time), note=words(t, rows["note"], "load_note"))
    labels = {name: column_label(t, "load_history", name) for name in _HISTORY_COLUMNS}
    data_table(t, named, labels, key="load_history")


def changes(t: Translator) -> None:
    """Show the figures that the last load changed, lost or added, each with where it stands."""
    rows = read("fact_changes", most=MOST_CHANGES)
    if not len(rows):
        st.info(t("data.no_changes"))
        return
    if len(rows) == MOST_CHANGES:
        st.caption(t("data.most_changes", count=t.format.number(MOST_CHANGES)))
    set_names = _set_names(t)
    named = rows.assign(
        table_name=rows["table_name"].map(lambda name: t.label(tables()[name].label)),
        what=[_pairs(t, *row, set_names) for row in zip(rows["table_name"], rows["what"], strict=True)],
        change=words(t, rows["change"], "change"),
        column_name=rows.apply(lambda row: _label(t, row["table_name"], row["column_name"]), axis=1),
        old_value=_values(t, rows, "old_value", set_names),
        new_value=_values(t, rows, "new_value", set_names),
        old_place=rows["old_place"].map(lambda place: place or None),
    )
    labels = {name: column_label(t, "fact_change", name) for name in _CHANGE_COLUMNS}
    labels = {"unit": t("column.unit"), **labels, "old_place": t("column.old_place")}
    source_table(t, named, labels, key="fact_changes", whole=("what", "old_value", "new_value"))


def _set_names(t: Translator) -> Mapping[str, str]:
    sets = read("criteria_sets")
    names = sets["name_vi"] if t.language == "vi" else sets["name_en"].fillna(sets["name_vi"])
    return dict(zip(sets["set_code"], names, strict=True))


def _values(t: Translator, rows: pd.DataFrame, side: str, set_names: Mapping[str, str]) -> pd.Series:
    """Return the values of one side, written as people do; of an added or lost fact all that it states."""
    written: list[str | None] = []
    for table, column, value in zip(rows["table_name"], rows["column_name"], rows[side], strict=True):
        if is_missing(value):
            written.append(None)
        elif is_missing(column):
            written.append(_pairs(t, table, value, set_names))
        else:
            written.append(value_text(t, _column(table, column), value, set_names))
    return pd.Series(written, index=rows.index, dtype=object)


def _pairs(t: Translator, table: str, pairs: str, set_names: Mapping[str, str]) -> str:
    """Return 'column=value; …' in words, what tells one figure from its neighbours first."""
    parts = sorted(_split(table, pairs), key=lambda part: part[0] is not None and part[0].name in _SAID_LAST)
    return "; ".join(
        f"{t.label(column.label)}: {value_text(t, column, value, set_names)}" if column else value
        for column, value in parts
        if column is None or column.name not in _UNSAID
    )


def _split(table: str, pairs: str) -> list[tuple[Column | None, str]]:
    """Return columns and values of 'column=value; …'; a value may hold '; ' itself."""
    parts: list[tuple[Column | None, str]] = []
    for part in pairs.split("; "):
        name, _, value = part.partition("=")
        column = _column(table, name)
        if column or not parts:
            parts.append((column, value if column else part))
        else:
            before, text = parts.pop()
            parts.append((before, f"{text}; {part}"))
    return parts


def _column(table: str, name: str) -> Column | None:
    return next((column for column in tables()[table].columns if column.name == name), None)


def _label(t: Translator, table: str, name: str | None) -> str | None:
    column = None if is_missing(name) else _column(table, str(name))
    return t.label(column.label) if column else None


def value_text(t: Translator, column: Column | None, value: str, set_names: Mapping[str, str]) -> str:
    """Return a value that the list of changes has as text, written as people do; a code in its words."""
    if column is None:
        return value
    if column.name == "set_code":
        return set_names.get(value, value)
    if column.type == "BOOLEAN":
        return t("yes") if value == "true" else t("no")
    if column.type == "DATE":
        return t.format.day(date.fromisoformat(value))
    if column.type.startswith(("DECIMAL", "DOUBLE", "INTEGER", "BIGINT")) and not column.name.endswith("year"):
        return t.format.plain(Decimal(value), 6)
    return t.texts.get(f"{_WORDS.get(column.name, '')}.{value}", value) or UNKNOWN
