"""The country's published money: the plan of 2021-2025 and what 2022 mobilised, with what does not add up in them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from ntm.charts.funding import funding_structure
from ntm.i18n import Translator
from ntm.metrics.funding import by_source
from ntm.metrics.funding_published import (
    PART_OF_PART,
    PARTS,
    TOTAL,
    Published,
    plan_parts,
    plan_published,
    year_lines,
    year_published,
)
from ntm.model import is_missing
from ntm.ui import frame
from ntm.ui.cache import as_day, read
from ntm.ui.wording import words

_PERIOD, _YEAR = "2021-2025", 2022


def show(t: Translator) -> None:
    """Show both publications; each only where the snapshot has it."""
    plan, lines = (
        read("funding_published", period=_PERIOD),
        year_lines(read("published_figures", place="Việt Nam"), _YEAR),
    )
    of_plan, of_year = plan_published(plan), year_published(lines)
    if of_plan is None and of_year is None:
        return
    st.subheader(t("funding.published"))
    if of_plan is not None:
        st.markdown(_sum_sentence(t, t("funding.published_plan", period=_PERIOD), of_plan))
        _plan_chart(t, plan)
    if of_year is not None:
        st.markdown(_sum_sentence(t, t("funding.published_year", year=_YEAR), of_year))
        _year_table(t, lines)


def _sum_sentence(t: Translator, subject: str, found: Published) -> str:
    """Say the published total, the sum of its parts, whether they differ, and the sum without credit."""
    key = "funding.sum_differs" if found.difference else "funding.sum_agrees"
    said = t(
        key,
        subject=subject,
        total=t.format.plain(found.total, 3),
        parts=t.format.plain(found.parts, 3),
        difference=t.format.plain(abs(found.difference), 3),
        more=t("funding.more" if found.difference > 0 else "funding.less"),
    )
    if found.parts_without_credit is None:
        return said
    return f"{said} {t('funding.sum_without_credit', parts=t.format.plain(found.parts_without_credit, 3))}"


def _plan_chart(t: Translator, plan: pd.DataFrame) -> None:
    parts = plan_parts(plan).dropna(subset=["source_code"])
    structure = by_source(
        parts.rename(columns={"source_code": "source_group"}).assign(
            amount_vnd_million=parts["amount_vnd_billion"] * 1000
        )
    )
    largest = plan["amount_vnd_billion"].max()
    table = plan.assign(
        line=[_plan_line(t, row, row["amount_vnd_billion"] == largest) for row in plan.to_dict("records")],
        confidence_name=words(t, plan["confidence"], "confidence"),
        # Of what nobody could check there is no document to name.
        source=plan["source"].where(plan["confidence"] != "unverified"),
    )
    frame.chart(
        t,
        title=t("funding.published_structure", period=_PERIOD),
        figure=funding_structure(structure, t),
        table=table,
        labels={
            "line": t("funding.column_line"),
            **{name: frame.column_label(t, "capital_plan", name) for name in ("amount_vnd_billion", "share_pct")},
            "source": frame.column_label(t, "capital_plan", "source"),
            "confidence_name": frame.column_label(t, "capital_plan", "confidence"),
        },
        unit="%",
        as_of=None,
        source=t("funding.published_source"),
        key="funding_published",
    )


def _plan_line(t: Translator, row: Mapping[Any, Any], is_largest: bool) -> str:
    """Return the line in the words of its document, or of the source in English."""
    if t.language == "vi":
        return str(row["label_vi"])
    if row["is_total"]:
        return t("funding.plan_total" if is_largest else "funding.plan_subtotal")
    name = t(f"source.{row['source_code']}")
    return name if is_missing(row["nature"]) else t("funding.of_which", name=t(f"nature.{row['nature']}"))


def _year_table(t: Translator, lines: pd.DataFrame) -> None:
    table = lines.assign(
        line=[_year_line(t, str(metric)) for metric in lines["metric"]],
        confidence_name=words(t, lines["confidence"], "confidence"),
    )
    labels = {
        "line": t("funding.column_line"),
        "value": t("funding.column_billion"),
        "source": frame.column_label(t, "published_figure", "source"),
        "confidence_name": frame.column_label(t, "published_figure", "confidence"),
    }
    frame.data_table(t, table, labels, key="funding_published_year")
    st.caption(t("frame.as_of", day=t.format.day(as_day(lines["period_end"].max()))))


def _year_line(t: Translator, metric: str) -> str:
    if metric == TOTAL:
        return t("funding.plan_total")
    if metric in PART_OF_PART:
        return t("funding.of_which", name=t("source.local"))
    source = PARTS[metric]
    return t(f"source.{source}") if source else t("funding.plan_subtotal")
