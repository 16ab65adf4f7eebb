"""The funding page's parts: choices, sentences, the cells of the amounts, the tables' columns."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ntm.i18n import Translator
from ntm.metrics.funding import STAGES, Disbursement, totals
from ntm.ui.cache import as_day, read
from ntm.ui.choices import choose_one
from ntm.ui.filters import Place
from ntm.ui.frame import column_label
from ntm.ui.sources import source_button
from ntm.ui.wording import words


def choose_stage(t: Translator, money: pd.DataFrame, year: int) -> str | None:
    """Show the choice among the stages that the year has figures of; None when it has none."""
    present = set(money.loc[money["year"] == year, "stage"])
    stages = [stage for stage in STAGES if stage in present]
    if not stages:
        return None
    words = {stage: t(f"stage.{stage}") for stage in stages}
    return choose_one(t("filter.stage"), words, key="stage", default="allocated" if "allocated" in stages else None)


def choose_credit(t: Translator) -> bool:
    """Show the switch for credit, off at first: credit is lending turnover and dwarfs the budget."""
    return st.toggle(t("funding.count_credit"), key="credit", bind="query-params")


def sentences(t: Translator, year: int, stage: str, rows: pd.DataFrame, money: Disbursement | None) -> None:
    """Say the stage's total with and without credit, and what of the allocated money was disbursed."""
    lines = []
    total, without = totals(rows)
    if total is None:
        lines.append(t("funding.no_stage", stage=t(f"stage.{stage}"), year=year))
    else:
        has_credit = bool(rows["is_credit"].any())
        lines.append(
            t(
                "funding.total" if has_credit else "funding.total_no_credit",
                stage=t(f"stage.{stage}"),
                year=year,
                total=t.format.money(total),
                exact=t.format.number(total),
                without=t.format.money(without),
                exact_without=t.format.number(without),
                day=t.format.day(as_day(rows["period_end"].max())),
            )
        )
    if money is None:
        lines.append(t("funding.no_rate", year=year))
    else:
        lines.append(
            t(
                "overview.money",
                year=money.year,
                allocated=t.format.money(money.allocated),
                disbursed=t.format.money(money.disbursed),
                rate=t.format.share(money.rate.pct),
                day=t.format.day(money.cutoff),
            )
        )
    lines.append(t("funding.rate_rule"))
    with st.container(border=True):
        st.markdown("\n".join(f"- {line}" for line in lines))


def sources(t: Translator, place: Place, year: int, stage: str, rows: pd.DataFrame) -> None:
    """Show the button to the cells of the amounts."""
    if not len(rows):
        return
    cutoff = as_day(rows["period_end"].max())
    labels = {
        "source_name": t("column.source"),
        "nature_name": t("column.nature"),
        "detail": column_label(t, "funding", "detail"),
        "amount_vnd_million": column_label(t, "funding", "amount_vnd_million"),
    }
    source_button(
        t,
        label=t("overview.open_amounts"),
        title=t("funding.cells", stage=t(f"stage.{stage}"), year=year),
        rows=lambda: named(t, read("funding_cells", unit=place.unit, year=year, stages=[stage], cutoff=cutoff)),
        labels=labels,
        key="sources_funding",
    )


def named(t: Translator, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with the names of their codes beside them."""
    names = rows.copy()
    for column, prefix in (
        ("source_code", "source"),
        ("source_group", "source"),
        ("stage", "stage"),
        ("nature", "nature"),
    ):
        if column in rows:
            target = "source_name" if prefix == "source" else f"{column}_name"
            names[target] = words(t, rows[column], prefix)
    return names


def structure_labels(t: Translator) -> dict[str, str]:
    """Columns of the table twin of the structure by source."""
    return {
        "source_name": t("column.source"),
        "amount_vnd_million": column_label(t, "funding", "amount_vnd_million"),
        "share_pct": t("column.share_with_credit"),
        "share_without_credit_pct": t("column.share_without_credit"),
    }


def rate_labels(t: Translator) -> dict[str, str]:
    """Columns of the table twin of disbursement by source."""
    return {
        "source_name": t("column.source"),
        "allocated": t("column.allocated"),
        "disbursed": t("column.disbursed"),
        "rate_pct": t("column.rate"),
    }


def year_labels(t: Translator) -> dict[str, str]:
    """Columns of the table twin of the years."""
    return {
        "year": t("filter.year"),
        "stage_name": t("column.stage"),
        "amount_vnd_million": column_label(t, "funding", "amount_vnd_million"),
        "period_end": column_label(t, "funding", "period_end"),
    }
