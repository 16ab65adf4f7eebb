"""Every published figure of the country with its source, how sure it is, and its line in the reference file."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ntm.i18n import Translator
from ntm.ui.frame import data_table
from ntm.ui.national_view import FIGURES, figure_labels, line_of
from ntm.ui.wording import words


def show(t: Translator, figures: pd.DataFrame, targets: pd.DataFrame) -> None:
    """Show the published figures of the country."""
    st.header(t("national.sources"))
    rows = figures[figures["place"] == "Việt Nam"]
    rows = rows.assign(confidence=words(t, rows["confidence"], "confidence"), line=line_of(t, FIGURES, rows["line"]))
    labels = figure_labels(t, "metric_vi", "date_stated", "value", "unit", "source", "confidence", "note")
    data_table(t, rows, labels | {"line": t("national.column_line")}, key="published_figures")
