"""The data page's parts: files, findings, definitions, dictionary."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ntm.catalog import tables
from ntm.formatting import UNKNOWN
from ntm.i18n import Translator
from ntm.ui.frame import column_label, data_table, download, written
from ntm.ui.wording import words

DEFINITIONS = (
    "denominator", "nested", "recognised", "criteria_met", "mean", "bands", "stale", "disbursement", "credit",
    "withdrawal", "targets", "pace", "projection", "ranking", "illustrative", "map",
)  # fmt: skip
_FILE_COLUMNS = (
    "path",
    "sheet",
    "form_name",
    "period_end",
    "is_illustrative",
    "rows_read",
    "rows_loaded",
    "rows_rejected",
    "replaced_by",
)
_ISSUE_COLUMNS = ("severity_name", "path", "sheet", "cell", "message", "raw_value", "remedy", "code")


def sentences(t: Translator, snapshot: pd.Series, files: pd.DataFrame, issues: pd.DataFrame) -> None:
    """Say what was loaded, when, and what needs a person."""
    counts = issues["severity"].value_counts()
    with st.container(border=True):
        st.markdown(
            t(
                "data.summary",
                files=t.format.number(files["path"].nunique()),
                sheets=t.format.number(len(files)),
                read=t.format.number(int(files["rows_read"].sum())),
                loaded=t.format.number(int(files["rows_loaded"].sum())),
                rejected=t.format.number(int(files["rows_rejected"].sum())),
                time=t.format.time(snapshot["built_at"]),
                build_id=snapshot["build_id"],
            )
        )
        st.markdown(
            t(
                "data.findings",
                block=t.format.number(int(counts.get("block", 0))),
                ask=t.format.number(int(counts.get("ask", 0))),
                note=t.format.number(int(counts.get("note", 0))),
            )
        )


def files(t: Translator, rows: pd.DataFrame) -> None:
    """Show the sheets that were loaded."""
    paths = dict(zip(rows["source_id"], rows["path"], strict=True))
    newer = rows["replaced_by"].map(paths) if "replaced_by" in rows else None  # not in snapshots of older versions
    named = rows.assign(form_name=words(t, rows["form"].fillna("unknown"), "form"), replaced_by=newer)
    labels = {name: column_label(t, "source_file", "form" if name == "form_name" else name) for name in _FILE_COLUMNS}
    data_table(t, named, labels, key="source_files")


def issues(t: Translator, rows: pd.DataFrame) -> None:
    """Show the findings of the load, those that block first."""
    if not len(rows):
        st.success(t("data.no_issues"))
        return
    named = rows.assign(
        severity_name=words(t, rows["severity"], "severity"),
        message=rows[f"message_{t.language}"],
        remedy=rows[f"remedy_{t.language}"],
    )
    catalog_names = {"severity_name": "severity", "message": "message_vi", "remedy": "remedy_vi"}
    labels = {name: column_label(t, "load_issue", catalog_names.get(name, name)) for name in _ISSUE_COLUMNS}
    labels |= {"message": t("column.message"), "remedy": t("column.remedy")}
    st.caption(t("data.issues_hint"))
    chosen = st.dataframe(
        written(t, named, labels),
        hide_index=True,
        placeholder=UNKNOWN,
        width="stretch",
        on_select="rerun",
        selection_mode="single-row",
        key="load_issues_rows",
    )
    selected = chosen["selection"]["rows"]
    if selected and selected[0] < len(named):
        row = named.iloc[selected[0]]
        st.text(f"{row['message']}\n{row['remedy']}")
    download(t, named, labels, key="load_issues")


def definitions(t: Translator) -> None:
    """Show what each figure means, in the words of the rules behind it."""
    for name in DEFINITIONS:
        st.markdown(f"**{t(f'definition.{name}.term')}.** {t(f'definition.{name}.text')}")


def criteria_sets(t: Translator, rows: pd.DataFrame) -> None:
    """Show the criteria sets that figures are counted with."""
    st.header(t("data.criteria_sets"))
    named = rows.assign(
        name=rows["name_vi"] if t.language == "vi" else rows["name_en"].fillna(rows["name_vi"]),
        confidence=words(t, rows["confidence"], "confidence"),
    )
    labels = {"name": t("column.criteria_set")} | {
        column: column_label(t, "criteria_set", column)
        for column in (
            "decision",
            "valid_from",
            "valid_to",
            "criterion_count",
            "indicator_count",
            "confidence",
        )
    }
    data_table(t, named, labels, key="criteria_sets")


def dictionary(t: Translator) -> str:
    """Show what a row of a table is and what each of its columns means, as the catalog has it; return its name."""
    described = tables()
    chosen = st.selectbox(
        t("data.table"),
        list(described),
        format_func=lambda name: f"{t.label(described[name].label)} ({name})",
    )
    table = described[chosen]
    st.caption(t("data.grain", grain=t.label({"vi": table.grain_vi, "en": table.grain})))
    rows = pd.DataFrame(
        [
            (
                column.name,
                t.label(column.label),
                column.type,
                t.label({"vi": column.meaning_vi, "en": column.meaning}),
            )
            for column in table.columns
        ],
        columns=["name", "label", "type", "meaning"],
    )
    labels = {name: t(f"column.dictionary_{name}") for name in ("name", "label", "type", "meaning")}
    data_table(t, rows, labels, key=f"dictionary_{chosen}")
    return chosen
