"""The national page's parts: sentences, targets by region, the published figures with their sources."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from ntm.i18n import Translator
from ntm.metrics.national import Latest
from ntm.ui.frame import column_label, data_table
from ntm.ui.wording import share_text, words


def sentences(t: Translator, found: Mapping[str, Latest | None]) -> None:
    """Say each share at its latest publication against its target, and where a quoted percentage does not add up."""
    lines = []
    for name, latest in found.items():
        if latest is None:
            lines.append(t("national.none", standard=t(f"standard.{name}")))
            continue
        verdict = {True: "national.reached", False: "national.missed", None: "national.no_target"}[latest.is_reached]
        lines.append(
            t(
                f"national.say_{name}",
                share=share_text(t, latest.share),
                day=t.format.day(latest.period_end),
                verdict=t(verdict, target=t.format.share(latest.target_pct, 0)),
            )
        )
        if latest.differs_from_quoted:
            lines.append(
                t(
                    "national.quoted",
                    quoted=t.format.share(latest.quoted_pct),
                    pct=t.format.share(latest.share.pct),
                    share=share_text(t, latest.share),
                )
            )
    lines.append(t("national.break"))
    with st.container(border=True):
        st.markdown("\n".join(f"- {line}" for line in lines))


def series_labels(t: Translator) -> dict[str, str]:
    """Columns of the table twin of a published series."""
    return {
        "period_end": column_label(t, "published_figure", "period_end"),
        "numerator": t("column.numerator"),
        "denominator": t("column.denominator"),
        "pct": t("column.pct"),
        "quoted_pct": t("column.quoted_pct"),
        "source": column_label(t, "published_figure", "source"),
    }


def regional_targets(t: Translator, targets: pd.DataFrame) -> None:
    """Show the targets of decision 263/QĐ-TTg for the country and its regions."""
    st.subheader(t("national.targets"))
    rows = targets.assign(
        scope_name=words(t, targets["scope_code"], "region"),
        value_text=[
            t.format.number(low) if pd.isna(high) else f"{t.format.number(low)}–{t.format.number(high)}"
            for low, high in zip(targets["value"], targets["value_max"], strict=True)
        ],
        confidence_name=words(t, targets["confidence"], "confidence"),
    )
    labels = {
        "scope_name": column_label(t, "target", "scope_code"),
        "metric_vi": column_label(t, "target", "metric_vi"),
        "value_text": column_label(t, "target", "value"),
        "unit": column_label(t, "target", "unit"),
        "document": column_label(t, "target", "document"),
        "confidence_name": column_label(t, "target", "confidence"),
    }
    data_table(t, rows, labels, key="national_targets")


def sources(t: Translator, figures: pd.DataFrame) -> None:
    """Show every published figure of the country with its source and how sure it is."""
    st.subheader(t("national.sources"))
    columns = ("metric_vi", "date_stated", "value", "unit", "source", "confidence", "note")
    rows = figures.assign(confidence=words(t, figures["confidence"], "confidence"))
    data_table(
        t,
        rows,
        {name: column_label(t, "published_figure", name) for name in columns},
        key="published_figures",
    )
