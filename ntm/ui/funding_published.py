"""The country's published money: the plan of 2021-2025 and what 2022 mobilised, with what does not add up in them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from ntm.charts.funding import funding_structure
from ntm.i18n import Translator, translator
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
from ntm.ui.cache import as_day, made, read
from ntm.ui.wording import words

_PERIOD, _YEAR = "2021-2025", 2022


def show(t: Translator) -> None:
    """Show both publications; each only where the snapshot has it."""
    plan, year = made(_plan, t.language), made(_year, t.language)
    if plan or year:
        st.header(t("funding.published"))
    if plan:
        said, chart = plan
        st.markdown(said)
        frame.show_chart(t, chart)
    if year:
        said, table, as_of = year
        st.markdown(said)
        frame.data_table(t, table, _year_labels(t), key="funding_published_year")
        st.caption(t("frame.as_of", day=t.format.day(as_of)))


def _plan(language: str) -> tuple[str, frame.Chart] | None:
    """Return what is said of the plan, with its chart."""
    t, plan = translator(language), read("funding_published", period=_PERIOD)
    found = plan_published(plan)
    if found is None:
        return None
    return _sum_sentence(t, t("funding.published_plan", period=_PERIOD), found), _plan_chart(t, plan)


def _year(language: str) -> tuple[str, pd.DataFrame, date] | None:
    """Return what is said of the year, with its table and day."""
    t, lines = translator(language), year_lines(read("published_figures", place="Việt Nam"), _YEAR)
    found = year_published(lines)
    if found is None:
        return None
    table = lines.assign(
        line=[_year_line(t, str(metric)) for metric in lines["metric"]],
        confidence_name=words(t, lines["confidence"], "confidence"),
    )
    said = _sum_sentence(t, t("funding.published_year", year=_YEAR), found)
    return said, table, as_day(lines["period_end"].max())


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


def _plan_chart(t: Translator, plan: pd.DataFrame) -> frame.Chart:
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
    return frame.Chart(
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


def _year_labels(t: Translator) -> dict[str, str]:
    return {
        "line": t("funding.column_line"),
        "value": t("funding.column_billion"),
        "source": frame.column_label(t, "published_figure", "source"),
        "confidence_name": frame.column_label(t, "published_figure", "confidence"),
    }


def _year_line(t: Translator, metric: str) -> str:
    if metric == TOTAL:
        return t("funding.plan_total")
    if metric in PART_OF_PART:
        return t("funding.of_which", name=t("source.local"))
    source = PARTS[metric]
    return t(f"source.{source}") if source else t("funding.plan_subtotal")
