"""What a leader asks first, in sentences: promised, assigned, spent, owed, and who is behind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd
import streamlit as st

from ntm.i18n import Translator, translator
from ntm.metrics.arrears import Debts, debts
from ntm.metrics.funding import latest, totals
from ntm.metrics.payments import common_cutoff, disbursement, ranking
from ntm.ui.cache import as_day, derived, made, read
from ntm.ui.filters import Place
from ntm.ui.frame import column_label
from ntm.ui.funding_view import Wanted, amount_text, cell_labels, cells_button, named, rate_sentence, stage_name
from ntm.ui.sources import source_button

SAID = ("plan", "allocated", "disbursed")
"""Stages that the sentences say; the others are said where they are chosen."""
_LAST = 3
"""How many of the last districts are named, more where they are equal."""


@dataclass(frozen=True)
class Said:
    """The sentences, the money that they name, and whether they name any that was carried over or is owed."""

    lines: tuple[str, ...]
    wanted: Wanted
    is_carried: bool
    is_owed: bool


def show(t: Translator, place: Place) -> None:
    """Show the sentences with the buttons to their cells."""
    said, year = made(_said, t.language, place.province, place.district, place.month), place.month.year
    with st.container(border=True):
        st.markdown("\n".join(f"- {line}" for line in said.lines))
        st.caption(t("funding.credit_rule"))
        with st.container(horizontal=True):
            if said.wanted:
                title = t("funding.amounts_cells", year=year)
                cells_button(
                    t, place, said.wanted, title=title, label=t("funding.open_amounts"), key="sources_sentences"
                )
            if said.is_carried:
                _carried_button(t, place, year)
            if said.is_owed:
                _debts_button(t, place)


def _said(language: str, province: str, district: str | None, month: date) -> Said:
    t, unit, year = translator(language), district or province, month.year
    money = read("funding", unit=unit, month=month)
    of_year = money[money["year"] == year]
    rate = disbursement(of_year, year, month)
    carried = read("funding_carried", unit=unit, month=month)
    carried = carried[(carried["year"] == year) & (carried["period_end"] <= pd.Timestamp(month))]
    told = {stage: latest(of_year, year, stage, month) for stage in SAID}
    lines = [_stage(t, rows, year, stage) for stage, rows in told.items()]
    lines += [rate_sentence(t, rate, year), *carried_in(t, carried, year)]
    asked = {"province": province, "district": district, "month": month}
    lines.append(_owed(t, derived(debts, "debts", **asked)))
    if not district and len(read("payments_districts", province=province, month=month)):
        lines.append(behind(t, derived(ranking, "payments_districts", province=province, month=month), year))
    wanted = {(year, stage, as_day(rows["period_end"].max())) for stage, rows in told.items() if len(rows)}
    if rate is not None:
        wanted |= {(year, "allocated", rate.cutoff), (year, "disbursed", rate.cutoff)}
    return Said(tuple(lines), sorted(wanted), bool(len(carried)), bool(len(_owed_cells(read("debts", **asked)))))


def stage_sentence(t: Translator, money: pd.DataFrame, year: int, stage: str, month: date) -> str:
    """Return a stage's total without and with credit, rounded in words and exact, with its day."""
    return _stage(t, latest(money, year, stage, None if stage == "need" else month), year, stage)


def _stage(t: Translator, rows: pd.DataFrame, year: int, stage: str) -> str:
    total, without = totals(rows)
    name = stage_name(t, rows, stage)
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
                    stage=stage_name(t, told, str(stage)).lower(),
                    amount=amount_text(t, total),
                    day=t.format.day(as_day(told["period_end"].max())),
                )
            )
    return lines


def _owed(t: Translator, found: Debts | None) -> str:
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


def behind(t: Translator, ranked: pd.DataFrame, year: int) -> str:
    """Return the last districts by rate, equal ones all named, and those that do not report or cannot be compared."""
    compared = ranked[ranked["rank"].notna()]
    parts = []
    if len(compared) > 1:
        last = _last(compared)
        names = [
            t(
                "funding.behind_one",
                name=row["name"],
                rate=t.format.share(row["rate_pct"]),
                disbursed=t.format.plain(row["disbursed"], 6),
                allocated=t.format.plain(row["allocated"], 6),
            )
            for row in last.to_dict("records")
        ]
        key = "funding.behind_all" if len(last) == len(compared) else "funding.behind"
        parts.append(t(key, names="; ".join(names), day=t.format.day(common_cutoff(ranked)), year=year))
    else:
        parts.append(t("funding.no_ranking", year=year))
    unranked = ranked[ranked["is_reported"] & ranked["rank"].isna()]
    is_common = unranked["period_end"] == common_cutoff(ranked)
    for key, rows in {
        "funding.behind_silent": ranked[~ranked["is_reported"]],
        "funding.behind_unranked": unranked[~is_common],
        "payments.nothing_allocated": unranked[is_common],
    }.items():
        if len(rows) and len(compared):
            parts.append(t(key, names=", ".join(rows["name"])))
    return " ".join(parts)


def _last(compared: pd.DataFrame) -> pd.DataFrame:
    """Return the districts with the lowest rates, the lowest first; all of them only where all are equal."""
    rates = compared["rate_pct"]
    last = compared[rates <= rates.nsmallest(min(_LAST, len(rates) - 1)).max()]
    if len(last) == len(compared) and rates.min() < rates.max():
        last = compared[rates < rates.max()]
    return last.sort_values("rate_pct")


def _carried_button(t: Translator, place: Place, year: int) -> None:
    source_button(
        t,
        label=t("funding.open_carried"),
        title=t("funding.carried_cells", year=year),
        rows=lambda: named(t, read("funding_carried_cells", unit=place.unit, year=year, month=place.month)),
        labels={"origin_year": column_label(t, "funding", "origin_year"), **cell_labels(t, with_day=True)},
        key="sources_carried",
    )


def _owed_cells(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of query debts that the sum of what is owed is of."""
    return rows[rows["is_counted"] & (rows["list_no"] == 1)].reset_index(drop=True)


def _debts_button(t: Translator, place: Place) -> None:
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
        rows=lambda: _owed_cells(read("debts", province=place.province, district=place.district, month=place.month)),
        labels=labels,
        key="sources_debts_sentence",
    )
