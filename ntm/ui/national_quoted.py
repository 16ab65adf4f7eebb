"""Percentages as documents state them beside the shares of their own counts: which of them do not add up."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ntm.formatting import UNKNOWN
from ntm.i18n import Translator
from ntm.metrics import national
from ntm.ui.cache import derived, read
from ntm.ui.frame import column_label, data_table
from ntm.ui.national_view import FIGURES, figure_labels, line_of
from ntm.ui.wording import words

_CODES = ("SHARE_MISMATCH", "RATE_MISMATCH")
"""Findings of the load about a percentage in a workbook that its own figures do not give."""


def show(t: Translator, figures: pd.DataFrame, targets: pd.DataFrame) -> None:
    """Show every published percentage with the share recomputed, and the findings about those in workbooks."""
    st.header(t("quoted.heading"))
    rows = derived(national.quoted, "published_figures", place=None)
    verdicts = rows["differs"].map({True: "differs", False: "agrees"}).where(rows["pct"].notna(), "unknown")
    st.markdown(
        t(
            "quoted.summary",
            differs=t.format.number(int(rows["differs"].sum())),
            known=t.format.number(int(rows["pct"].notna().sum())),
            unknown=t.format.number(int(rows["pct"].isna().sum())),
        )
    )
    table = rows.assign(line=line_of(t, FIGURES, rows["line"]), verdict=words(t, verdicts, "quoted.verdict"))
    labels = figure_labels(t, "place", "metric_vi", "period_end")
    labels |= {
        "value": t("column.quoted_pct"),
        "pct": t("column.pct"),
        "numerator": t("column.numerator"),
        "denominator": t("column.denominator"),
        "verdict": t("quoted.column_verdict"),
        "line": t("national.column_line"),
    }
    data_table(t, table, labels | figure_labels(t, "source"), key="quoted_published")
    _findings(t)


def _findings(t: Translator) -> None:
    issues = read("load_issues")
    rows = issues[issues["code"].isin(_CODES)]
    st.header(t("quoted.workbooks"))
    if not len(rows):
        st.markdown(t("quoted.no_findings"))
        return
    table = rows.assign(message=rows[f"message_{t.language}"]).fillna({"cell": UNKNOWN})
    labels = {name: column_label(t, "load_issue", name) for name in ("path", "sheet", "cell")}
    data_table(t, table, labels | {"message": t("column.message")}, key="quoted_workbooks")
