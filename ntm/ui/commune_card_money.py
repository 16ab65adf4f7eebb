"""Money of one commune in words: what was allocated and disbursed each year, what it owes, which works it has."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from ntm.i18n import Translator
from ntm.metrics.arrears import arrears_rules
from ntm.metrics.exact import exact
from ntm.metrics.payments import disbursement
from ntm.ui.cache import read
from ntm.ui.commune_facts import CommuneFacts
from ntm.ui.frame import column_label
from ntm.ui.funding_view import CELL
from ntm.ui.sources import source_button
from ntm.ui.wording import words

_STAGES = ("allocated", "disbursed", "mobilised")


def show(t: Translator, facts: CommuneFacts, suffix: str) -> None:
    """Say money, arrears and works, with the cells of all of them behind one button."""
    lines = money_lines(t, facts.money, facts.yearly, facts.month)
    lines.append(arrears_text(t, facts))
    if len(facts.works):
        year = int(facts.works["year"].iloc[0])
        count = facts.works.loc[facts.works["year"] == year, "work"].nunique()
        lines.append(t("commune.works", count=t.format.number(count), year=year))
    st.markdown("\n".join(f"- {line}" for line in lines))
    if not (len(facts.money) or len(facts.works) or facts.arrears_rows["cell"].notna().any()):
        return
    source_button(
        t,
        label=t("commune.open_money"),
        title=t("commune.money_cells"),
        rows=lambda: cells(t, facts),
        labels={
            "what": t("profile.what"),
            "year": column_label(t, "funding", "year"),
            "period_end": column_label(t, "funding", "period_end"),
            "amount_vnd_million": column_label(t, "funding", "amount_vnd_million"),
        },
        key=f"sources_money{suffix}",
    )


def money_lines(t: Translator, money: pd.DataFrame, yearly: pd.DataFrame, month: date) -> list[str]:
    """Return a sentence for each year, the newest first; `yearly` is by_year_until of `money` (rows of mart_funding).

    Amounts of stages that are told up to different days have each its own day.
    """
    yearly = yearly[yearly["stage"].isin(_STAGES)]
    if not len(yearly):
        return [t("commune.no_money")]
    lines = []
    for year in sorted({int(year) for year in yearly["year"]}, reverse=True):
        rows = yearly[yearly["year"] == year]
        amounts = rows.set_index("stage")["amount_vnd_million"]
        days = rows.set_index("stage")["period_end"]
        is_one_day = len(set(days)) == 1
        stated = ", ".join(
            f"{t(f'stage.{stage}').lower()} {t.format.money(amounts[stage])}"
            + ("" if is_one_day else f" ({t.format.day(days[stage])})")
            for stage in _STAGES
            if stage in amounts
        )
        said = stated + _rate(t, money, year, month, amounts)
        if is_one_day:
            lines.append(t("commune.money", year=year, amounts=said, day=t.format.day(days.iloc[0])))
        else:
            lines.append(t("commune.money_days", year=year, amounts=said))
    if money["is_credit"].any():
        lines.append(t("commune.without_credit"))
    return lines


def _rate(t: Translator, money: pd.DataFrame, year: int, month: date, amounts: pd.Series) -> str:
    """Return the rate of disbursement, with its two parts where they are not the amounts that are said anyway."""
    if not {"allocated", "disbursed"} <= set(amounts.index):
        return ""
    paid = disbursement(money, year, month)
    if paid is None or paid.rate.pct is None:
        return ""
    rate = t.format.share(paid.rate.pct)
    if (paid.allocated, paid.disbursed) == (exact(amounts["allocated"]), exact(amounts["disbursed"])):
        return t("commune.money_rate", rate=rate)
    allocated, disbursed = t.format.money(paid.allocated), t.format.money(paid.disbursed)
    return t("commune.money_rate_of", rate=rate, disbursed=disbursed, allocated=allocated)


def arrears_text(t: Translator, facts: CommuneFacts) -> str:
    """Say what is owed and, from the day of the rule on, that it bars from recognition, with how sure the rule is."""
    owed = facts.arrears
    if owed is None:
        return t("commune.arrears_unknown")
    day = t.format.day(owed.told_until)
    if not owed.amount:
        return t("commune.arrears_none", day=day)
    rule = arrears_rules()["recognition"]
    said = {"amount": t.format.money(owed.amount), "day": day}
    if facts.standing is None or facts.month < rule["valid_from"]:
        return t("commune.arrears_only", **said)
    return t("commune.arrears", **said, document=rule["document"], confidence=t(f"confidence.{rule['confidence']}"))


def cells(t: Translator, facts: CommuneFacts) -> pd.DataFrame:
    """Return the cells of money, arrears and works, the newest year first."""
    years = sorted({int(year) for year in facts.money["year"]}, reverse=True)
    money = [
        read("funding_cells", unit=facts.code, year=year, stages=None, cutoff=None).assign(
            what=lambda rows: words(t, rows["stage"], "stage") + ": " + words(t, rows["source_code"], "source")
        )
        for year in years
    ]
    # Another unit may have had the code: its cut-offs are not among those of this one's money.
    money = [rows[rows["cutoff"].isin(facts.money["period_end"])].drop_duplicates(CELL) for rows in money]
    works = facts.works.assign(what=words(t, facts.works["stage"], "stage") + ": " + facts.works["work"])
    owed = facts.arrears_rows.dropna(subset=["cell"])
    owed = owed.assign(
        what=t("form.arrears") + ": " + owed["work"].fillna(facts.name),
        year=owed["told_until"].dt.year,
        period_end=owed["told_until"],
    )
    parts = [part for part in (*money, works, owed) if len(part)]
    columns = ["what", "year", "period_end", "amount_vnd_million", "path", "sheet", "cell", "source_id"]
    return pd.concat([part[columns] for part in parts], ignore_index=True)
