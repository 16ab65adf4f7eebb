"""What a leader asks first, in sentences: promised, assigned, spent, owed, and who is behind."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from ntm.i18n import Translator
from ntm.metrics.arrears import debts
from ntm.metrics.funding import latest, totals
from ntm.metrics.payments import Disbursement, common_cutoff, disbursement, ranking
from ntm.ui.cache import as_day, read
from ntm.ui.filters import Place
from ntm.ui.frame import column_label
from ntm.ui.funding_view import amount_text, cell_labels, cells_of_stages, named, rate_sentence
from ntm.ui.sources import source_button

SAID = ("plan", "allocated", "disbursed")
"""Stages that the sentences say; the others are said where they are chosen."""
_LAST = 3
"""How many of the last districts are named, more where they are equal."""


def show(t: Translator, place: Place, money: pd.DataFrame, year: int) -> None:
    """Show the sentences with the buttons to their cells. `money` is the rows of query `funding`."""
    of_year = money[money["year"] == year]
    rate = disbursement(of_year, year, place.month)
    carried = read("funding_carried", unit=place.unit)
    carried = carried[(carried["year"] == year) & (carried["period_end"] <= pd.Timestamp(place.month))]
    owed = read("debts", province=place.province, district=place.district, month=place.month)
    lines = [stage_sentence(t, of_year, year, stage, place.month) for stage in SAID]
    lines += [rate_sentence(t, rate, year), *carried_in(t, carried, year), _owed(t, owed)]
    if not place.district:
        lines.append(_behind(t, place, year))
    with st.container(border=True):
        st.markdown("\n".join(f"- {line}" for line in lines))
        st.caption(t("funding.credit_rule"))
        with st.container(horizontal=True):
            _money_button(t, place, of_year, rate, year)
            _carried_button(t, place, carried, year)
            _debts_button(t, owed)


def stage_sentence(t: Translator, money: pd.DataFrame, year: int, stage: str, month: date) -> str:
    """Return a stage's total without and with credit, rounded in words and exact, with its day."""
    rows = latest(money, year, stage, None if stage == "need" else month)
    total, without = totals(rows)
    name = t(f"stage.{stage}")
    if total is None or without is None:
        return t("funding.no_stage", stage=name, year=year)
    has_credit, has_other = bool(rows["is_credit"].any()), not rows["is_credit"].all()
    day = t.format.day(as_day(rows["period_end"].max()))
    if has_credit and has_other:
        return t(
            "funding.say_both",
            stage=name, year=year, day=day, without=amount_text(t, without), total=amount_text(t, total),
        )  # fmt: skip
    key = "funding.say_credit_alone" if has_credit else "funding.say_no_credit"
    return t(key, stage=name, year=year, day=day, total=amount_text(t, total))


def carried_in(t: Translator, carried: pd.DataFrame, year: int) -> list[str]:
    """Return what was carried over from earlier budgets into the year, by year of origin and stage: never added."""
    lines = []
    for (origin, stage), rows in carried.groupby(["origin_year", "stage"], sort=True):
        told = latest(rows, year, str(stage))
        total, _ = totals(told)
        if total is not None:
            lines.append(
                t(
                    "funding.say_carried_in",
                    origin=origin,
                    year=year,
                    stage=t(f"stage.{stage}").lower(),
                    amount=amount_text(t, total),
                    day=t.format.day(as_day(told["period_end"].max())),
                )
            )
    return lines


def _owed(t: Translator, rows: pd.DataFrame) -> str:
    found = debts(rows)
    if found is None:
        return t("funding.no_debts")
    parts = [
        t(
            "funding.say_owed" if found.amount else "funding.say_nothing_owed",
            amount=amount_text(t, found.amount),
            works=t.format.number(found.works),
            owing=t.format.number(found.owing),
            covered=t.format.number(found.covered),
            day=", ".join(t.format.day(day) for day in found.lists),
        )
    ]
    if found.uncovered:
        parts.append(t("funding.owed_uncovered", count=t.format.number(found.uncovered)))
    return " ".join(parts)


def _behind(t: Translator, place: Place, year: int) -> str:
    """Return the last districts by rate, equal ones all named, and those that do not report or cannot be compared."""
    ranked = ranking(read("payments_districts", province=place.province, month=place.month))
    compared = ranked[ranked["rank"].notna()]
    parts = []
    if len(compared) > 1:
        bar = compared["rate_pct"].nsmallest(min(_LAST, len(compared) - 1)).max()
        last = compared[compared["rate_pct"] <= bar].sort_values("rate_pct")
        names = [
            t(
                "funding.behind_one",
                name=row.name_,
                rate=t.format.share(row.rate_pct),
                disbursed=t.format.plain(row.disbursed, 6),
                allocated=t.format.plain(row.allocated, 6),
            )
            for row in last.rename(columns={"name": "name_"}).itertuples()
        ]
        key = "funding.behind_all" if len(last) == len(compared) else "funding.behind"
        parts.append(t(key, names="; ".join(names), day=t.format.day(common_cutoff(ranked)), year=year))
    else:
        parts.append(t("funding.no_ranking", year=year))
    for key, rows in {
        "funding.behind_silent": ranked[~ranked["is_reported"]],
        "funding.behind_unranked": ranked[ranked["is_reported"] & ranked["rank"].isna()],
    }.items():
        if len(rows) and len(compared):
            parts.append(t(key, names=", ".join(rows["name"])))
    return " ".join(parts)


def _money_button(t: Translator, place: Place, of_year: pd.DataFrame, rate: Disbursement | None, year: int) -> None:
    found = {stage: latest(of_year, year, stage, place.month) for stage in SAID}
    wanted = {(year, stage, as_day(rows["period_end"].max())) for stage, rows in found.items() if len(rows)}
    if rate is not None:
        wanted |= {(year, "allocated", rate.cutoff), (year, "disbursed", rate.cutoff)}
    if not wanted:
        return
    source_button(
        t,
        label=t("funding.open_amounts"),
        title=t("funding.amounts_cells", year=year),
        rows=lambda: cells_of_stages(t, [place.unit], sorted(wanted)),
        labels=cell_labels(t, with_day=True),
        key="sources_sentences",
    )


def _carried_button(t: Translator, place: Place, carried: pd.DataFrame, year: int) -> None:
    if not len(carried):
        return
    source_button(
        t,
        label=t("funding.open_carried"),
        title=t("funding.carried_cells", year=year),
        rows=lambda: named(t, read("funding_carried_cells", unit=place.unit, year=year, month=place.month)),
        labels={"origin_year": column_label(t, "funding", "origin_year"), **cell_labels(t, with_day=True)},
        key="sources_carried",
    )


def _debts_button(t: Translator, rows: pd.DataFrame) -> None:
    owed = rows[rows["is_counted"] & (rows["list_no"] == 1)]
    if not len(owed):
        return
    labels = {
        "name": t("column.unit"),
        "work": column_label(t, "arrears", "work"),
        "period_end": column_label(t, "arrears", "period_end"),
        "amount_vnd_million": column_label(t, "arrears", "amount_vnd_million"),
    }
    source_button(
        t,
        label=t("funding.open_debts"),
        title=t("funding.debts_cells"),
        rows=lambda: owed.reset_index(drop=True),
        labels=labels,
        key="sources_debts_sentence",
    )
