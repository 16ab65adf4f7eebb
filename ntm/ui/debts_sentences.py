"""What is owed in sentences: how much by which lists, of which period, and whom it keeps from recognition."""

from __future__ import annotations

import pandas as pd

from ntm.i18n import Translator
from ntm.metrics import arrears


def sentences(
    t: Translator, found: arrears.Debts, works: pd.DataFrame, asked: pd.DataFrame | None, year: int
) -> list[str]:
    """Return the sentences; `works` is works_owed, `asked` owing_candidates or None before the rule was made."""
    return [*_said(t, found), *_periods(t, works), *_effect(t, asked, year)]


def _said(t: Translator, found: arrears.Debts) -> list[str]:
    number = t.format.number
    days = ", ".join(
        t("debts.list_day", day=t.format.day(day), count=number(count)) for day, count in found.lists.items()
    )
    lines = [
        t(
            "debts.total",
            total=t.format.money(found.amount),
            exact=t.format.plain(found.amount, 6),
            works=number(found.works),
            owing=number(found.owing),
            covered=number(found.covered),
            days=days,
        )
    ]
    if found.uncovered:
        lines.append(t("debts.uncovered", count=number(found.uncovered)))
    if found.change is None:
        lines.append(t("debts.no_change"))
    else:
        key = "debts.less" if found.change < 0 else "debts.more" if found.change > 0 else "debts.same"
        lines.append(t(key, change=t.format.plain(abs(found.change), 6), day=t.format.day(found.changed_since)))
    return lines


def _periods(t: Translator, works: pd.DataFrame) -> list[str]:
    if not len(works):
        return []
    rule = arrears.arrears_rules()["period"]
    amounts = arrears.by_period(works).set_index("begun")
    parts = [
        t(
            f"debts.begun_{begun}",
            year=rule["first_year"],
            amount=t.format.plain(amounts["amount_vnd_million"][begun], 6),
            works=t.format.number(amounts["works"][begun]),
        )
        for begun in arrears.PERIODS
        if amounts["works"][begun]
    ]
    return [t("debts.periods", parts="; ".join(parts), document=rule["document"])]


def _rule(t: Translator) -> str:
    """Return the rule's document, in words with how far it is known."""
    rule = arrears.arrears_rules()["recognition"]
    return t("debts.rule", document=rule["document"], confidence=t(f"confidence.{rule['confidence']}"))


def _effect(t: Translator, asked: pd.DataFrame | None, year: int) -> list[str]:
    if asked is None:
        return []
    if not len(asked):
        return [t("debts.no_candidates", year=year)]
    unknown = asked["amount"].isna()
    text = t(
        "debts.effect",
        year=year,
        asked=t.format.number(asked["unit_code"].nunique()),
        owing=t.format.number(asked.loc[asked["amount"] > 0, "unit_code"].nunique()),
        rule=_rule(t),
    )
    if unknown.any():
        text += " " + t("debts.effect_unknown", count=t.format.number(asked.loc[unknown, "unit_code"].nunique()))
    return [text]
