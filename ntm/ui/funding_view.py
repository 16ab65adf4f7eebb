"""The funding page's parts: choices, sentences, the cells of the amounts, the tables' columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pandas as pd
import streamlit as st

from ntm.i18n import Translator
from ntm.metrics.funding import STAGES
from ntm.metrics.payments import Disbursement
from ntm.ui.cache import read
from ntm.ui.choices import choose_one
from ntm.ui.filters import Place
from ntm.ui.frame import Chart, column_label, show_chart
from ntm.ui.sources import source_button
from ntm.ui.wording import words

CELL = ["source_id", "sheet", "cell"]
"""What names a cell; a month's is among the cells of each cut-off that it was summed up to."""
Wanted = Sequence[tuple[int, str, date]]
"""Year, stage and cut-off of the money whose cells are wanted."""


@dataclass(frozen=True)
class Drawn:
    """A chart (None where there is nothing to draw), the money whose cells it shows, what stands above and below it."""

    chart: Chart | None = None
    wanted: Wanted = ()
    above: str = ""
    below: str = ""


def show_drawn(t: Translator, place: Place, drawn: Drawn, *, key: str, cells_title: str | None = None) -> None:
    """Show a chart with its texts and, where it is of told money, the button to its cells."""
    if drawn.above:
        st.markdown(drawn.above)
    if drawn.chart is None:
        return
    show_chart(t, drawn.chart)
    if drawn.wanted:
        cells_button(t, place, drawn.wanted, title=cells_title or drawn.chart.title, key=key)
    if drawn.below:
        st.caption(drawn.below)


def choose_stage(t: Translator, money: pd.DataFrame, year: int) -> str | None:
    """Show the choice among the stages that the year has figures of; None when it has none."""
    present = set(money.loc[money["year"] == year, "stage"])
    stages = [stage for stage in STAGES if stage in present]
    if not stages:
        return None
    options = {stage: t(f"stage.{stage}") for stage in stages}
    return choose_one(t("filter.stage"), options, key="stage", default="allocated" if "allocated" in stages else None)


def choose_credit(t: Translator) -> bool:
    """Show the switch for credit, off at first: credit is lending turnover and dwarfs the budget."""
    return st.toggle(t("funding.count_credit"), key="credit", bind="query-params")


def amount_text(t: Translator, amount: Decimal) -> str:
    """Return an amount in million đồng as it is said, with the exact one beside it where that says more."""
    said, precise = t.format.money(amount), t("funding.million", amount=t.format.plain(amount, 6))
    return f"**{said}**" if said == precise else f"**{said}** ({precise})"


def stage_name(t: Translator, rows: pd.DataFrame, stage: str) -> str:
    """Return the name of a stage, and the kind of its rows where they are not what the stage says: estimates."""
    name, expected = t(f"stage.{stage}"), "plan" if stage in ("need", "plan") else "actual"
    if not len(rows) or (kind := rows["value_kind"].iloc[0]) == expected:
        return name
    return t("funding.stage_of_kind", stage=name, kind=t(f"value_kind.{kind}"))


def rate_sentence(t: Translator, found: Disbursement | None, year: int) -> str:
    """Return the rate of disbursement with its parts, base and cut-off; else why there is none."""
    if found is None or found.rate.pct is None:
        return t("funding.no_rate", year=year)
    said = t(
        "funding.say_rate",
        year=year,
        rate=t.format.share(found.rate.pct),
        disbursed=t.format.plain(found.disbursed, 6),
        allocated=t.format.plain(found.allocated, 6),
        day=t.format.day(found.cutoff),
    )
    return f"{said} {t('funding.over_100')}" if found.is_over else said


def cells_of_stages(t: Translator, units: Sequence[str], wanted: Wanted) -> pd.DataFrame:
    """Return the cells of units' money of years' stages at their cut-offs, with the names of their codes."""
    cells = [
        read("funding_cells", unit=unit, year=year, stages=[stage], cutoff=cutoff).assign(unit_code=unit)
        for unit in units
        for year, stage, cutoff in wanted
    ]
    return named(t, pd.concat(cells, ignore_index=True))


def cells_button(
    t: Translator, place: Place, wanted: Wanted, *, title: str, key: str, label: str | None = None
) -> None:
    """Show the button to the cells of the amounts above it."""
    source_button(
        t,
        label=label or t("funding.open_chart"),
        title=title,
        rows=lambda: cells_of_stages(t, [place.unit], wanted),
        labels=cell_labels(t, with_day=True),
        key=key,
    )


def cell_labels(t: Translator, *, with_day: bool = False) -> dict[str, str]:
    """Columns of the cells of amounts; stage and cut-off where there are several."""
    several = {"stage_name": t("column.stage"), "period_end": column_label(t, "funding", "period_end")}
    return {
        **(several if with_day else {}),
        "source_name": t("column.source"),
        "nature_name": t("column.nature"),
        "detail": column_label(t, "funding", "detail"),
        "amount_vnd_million": column_label(t, "funding", "amount_vnd_million"),
    }


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


def year_labels(t: Translator) -> dict[str, str]:
    """Columns of the table twin of the years."""
    return {
        "year": t("filter.year"),
        "stage_name": t("column.stage"),
        "amount_vnd_million": column_label(t, "funding", "amount_vnd_million"),
        "period_end": column_label(t, "funding", "period_end"),
    }
