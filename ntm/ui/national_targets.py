"""The targets of the regions and the other targets of the country, each with the latest figure that was published."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ntm.i18n import Translator
from ntm.metrics import national
from ntm.ui.frame import column_label, data_table
from ntm.ui.national_view import FIGURES, TARGETS, line_of, target_lines
from ntm.ui.wording import words


def show(t: Translator, figures: pd.DataFrame, targets: pd.DataFrame) -> None:
    """Show both tables, each under a sentence that says how many of the targets can be judged."""
    table = _written(t, national.with_latest(targets, figures))
    is_region = table["scope_code"] != "VN"
    main = {metric for _, _, metric, _ in national.SERIES.values()}
    _table(t, table[is_region], "regional", first="scope_name")
    _table(t, table[~is_region & ~table["metric"].isin(main)], "other", first=None)


def _table(t: Translator, rows: pd.DataFrame, key: str, *, first: str | None) -> None:
    st.header(t(f"national.{key}_targets"))
    known = rows["is_reached"].notna()
    st.markdown(
        t(
            "national.judged",
            reached=t.format.number(int(rows["is_reached"].eq(True).sum())),
            known=t.format.number(int(known.sum())),
            count=t.format.number(len(rows)),
            unknown=t.format.number(int((~known).sum())),
        )
    )
    labels = {"scope_name": column_label(t, "target", "scope_code")} if first else {}
    labels |= {
        "verdict": t("national.column_verdict"),
        "metric_vi": column_label(t, "target", "metric_vi"),
        "value_text": column_label(t, "target", "value"),
        "unit": column_label(t, "target", "unit"),
        "actual": t("national.column_latest"),
        "actual_day": t("national.column_latest_day"),
        "document": column_label(t, "target", "document"),
        "confidence_name": column_label(t, "target", "confidence"),
        "target_line": t("national.column_target_line"),
        "actual_confidence": t("national.column_latest_confidence"),
        "line": t("national.column_line"),
        "actual_source": t("national.column_latest_source"),
    }
    data_table(t, rows, labels, key=f"national_{key}")


def _written(t: Translator, rows: pd.DataFrame) -> pd.DataFrame:
    verdicts = rows["is_reached"].map({True: "reached", False: "missed"}).fillna("unknown")
    return rows.assign(
        scope_name=words(t, rows["scope_code"], "region"),
        value_text=[
            t.format.number(low, 1 if low % 1 else 0)
            if pd.isna(high)
            else f"{t.format.number(low)}–{t.format.number(high)}"
            for low, high in zip(rows["value"].astype(float), rows["value_max"], strict=True)
        ],
        verdict=words(t, verdicts, "national.verdict"),
        confidence_name=words(t, rows["confidence"], "confidence"),
        actual_confidence=words(t, rows["actual_confidence"], "confidence"),
        target_line=line_of(t, TARGETS, target_lines(rows["cell"])),
        line=line_of(t, FIGURES, rows["figure_no"] + 1),
    )
